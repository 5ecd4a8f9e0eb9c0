"""Names and the year of a listed work that stand together and are read as no citation: "Bakker, anno 2017".

Nothing but names of that work, and words that citations have, stands between them, so that a person who was somewhere
in that year is not meant: "Bakker was er tot 2017".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dossierbuild.core.model import CitationKey
from dossierbuild.core.visible import HIDDEN, ProseFile
from dossierbuild.core.works import Work
from dossierbuild.stages.recognise.called import anchors, comparable_head, name_words, whole_anchors
from dossierbuild.stages.recognise.identify import Recognised
from dossierbuild.stages.recognise.words import BETWEEN, OTHERS_BESIDE
from dossierbuild.stages.recognise.works import Keys, WorkIndex

_YEAR = re.compile(
    r"(?<![\w.,€$/–-])(?<!€\s)(?P<year>(?:1[5-9]|20)\d\d[a-z]?)[a-z¹²³⁴-⁹]{0,3}(?![\w’'%€]|[–-](?!\d{4}|[a-z]\b)|[.,]\d)"
)
_WORD = re.compile(r"[^\W_]+(?:[’'`.-][^\W_]+)*|&")
_APART = re.compile(r":\s|[^\w\s,.:;()\[\]/&*’'‘`“”\"–-]|[!?]|(?<![A-Za-z]\.)(?<!\b[a-z]{2}\.)(?<=[^\W\d_]{4}[.])\s")
_REACH = 160
_MOST_WORDS = 20


@dataclass(frozen=True, slots=True)
class Unread:
    """A text from offset `start` that names the works with these keys."""

    start: int
    text: str
    keys: Keys


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a text: its offset, as it is written and as it is compared."""

    start: int
    written: str

    @property
    def compared(self) -> str:
        return comparable_head(self.written)

    @property
    def is_small(self) -> bool:
        """Whether the word may stand between names and a year without being a name."""
        return (
            self.compared in BETWEEN
            or len(self.compared) == 1
            or bool(re.fullmatch(r"\d{1,3}|(?:1[5-9]|20)\d\d[a-z]?|\d{5,6}", self.compared))
        )


def unread(file: ProseFile, citations: Iterable[Recognised], index: WorkIndex) -> Iterator[Unread]:
    """What names listed works in a file outside the typed citations, where the paragraph does not cite them by key."""
    visible = file.visible
    read = sorted((citation.start, citation.end) for citation in citations)
    for year in _YEAR.finditer(visible):
        if any(start <= year.start() < end for start, end in read):
            continue
        is_enclosed = _is_enclosed(visible, year.start())
        if re.match("[–-]", visible[year.end() :]) and not is_enclosed:  # a span of years
            continue
        for words in (_words_before(visible, year.start()), _words_behind(visible, year)):
            length, named = _named(words, year["year"], index, is_enclosed=is_enclosed)
            keys = tuple(key for key in named if not _is_cited(file.text, year.start(), key))
            if keys:
                start = min(year.start(), words[-length].start)
                end = max(year.end(), words[-1].start + len(words[-1].written))
                yield Unread(start, " ".join(visible[start:end].split()), keys)
                break


def _words_before(visible: str, end: int) -> list[_Word]:
    """The words before a year, from the last sign that parts sentences."""
    begin = max(0, end - _REACH)
    text = visible[begin:end]
    cut = max((text.rfind(HIDDEN) + 1, text.rfind("\n\n") + 1, *(gap.end() for gap in _APART.finditer(text))))
    words = [_Word(begin + cut + found.start(), found[0]) for found in _WORD.finditer(text[cut:])]
    return words[-_MOST_WORDS:]


def _words_behind(visible: str, year: re.Match[str]) -> list[_Word]:
    """The words behind a year with which parentheses begin: "(2017, Bakker)"."""
    is_first = re.search(r"[(\[](?:jaar\s)?\Z", visible[max(0, year.start() - 10) : year.start()])
    behind = (
        re.match(rf"\s?[,:;]\s?([^()\[\]{HIDDEN}]{{1,{_REACH}}})[)\]]", visible[year.end() :]) if is_first else None
    )
    if behind is None:
        return []
    start = year.end() + behind.start(1)
    words = [_Word(start + found.start(), found[0]) for found in _WORD.finditer(behind[1])]
    return words[-_MOST_WORDS:]


def _is_enclosed(visible: str, offset: int) -> bool:
    """Whether an offset lies between parentheses, as far as the text close before it tells."""
    before = visible[max(0, offset - _REACH) : offset]
    return max(map(before.rfind, "([")) > max(map(before.rfind, ")]"))


def _named(words: Sequence[_Word], year: str, index: WorkIndex, *, is_enclosed: bool) -> tuple[int, Keys]:
    """The works of a year that the last of some words call with the most words, and how many words these are."""
    last = next((word for word in reversed(words) if not word.is_small), None)
    keys = index.of_name(last.compared.split()[-1], year) if last and last.compared else ()
    lengths = {key: _length(words, index.works[key], is_enclosed=is_enclosed) for key in keys}
    most = max(lengths.values(), default=0)
    return most, tuple(key for key, length in lengths.items() if length == most > 0)


def _length(words: Sequence[_Word], work: Work, *, is_enclosed: bool) -> int:
    """How many of the last words are names of a work; 0 where these do not call it.

    Outside parentheses a name alone does not call a work of several authors, nor one without its particle a person.
    """
    known = name_words(work)
    run = 0
    while run < len(words) and (words[-run - 1].is_small or known.issuperset(words[-run - 1].compared.split())):
        run += 1
    named = words[len(words) - run :]
    starts = _calling(named, work, is_enclosed=is_enclosed)
    is_called = bool(starts) and (is_enclosed or len(work.creators) < 2 or _names_others(named, work))
    return run - starts[0] if is_called else 0


def _names_others(words: Sequence[_Word], work: Work) -> bool:
    """Whether words name the second author of a work, or say that there are others."""
    said = {part for word in words for part in word.compared.split()}
    return bool(said & OTHERS_BESIDE) or not said.isdisjoint(work.creators[1].head.casefold().split())


def _calling(words: Sequence[_Word], work: Work, *, is_enclosed: bool) -> list[int]:
    """At which of some words a name begins by which the work is called; a person's has a capital."""
    return [
        start
        for start in range(len(words))
        for anchor in (anchors(work) if is_enclosed else whole_anchors(work))
        if f"{' '.join(word.compared for word in words[start:])} ".startswith(f"{anchor} ")
        and any(sign.isupper() for word in words[start : start + len(anchor.split())] for sign in word.written)
    ]


def _is_cited(text: str, offset: int, key: CitationKey) -> bool:
    """Whether the paragraph around an offset cites a key."""
    begin, end = text.rfind("\n\n", 0, offset) + 1, text.find("\n\n", offset)
    return f"@{key}" in text[begin : end if end >= 0 else len(text)]
