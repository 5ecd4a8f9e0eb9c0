"""Which works typed citations mean. Nothing is guessed: names and year fit one work of the list, or all are named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from dossierbuild.core.model import CitationKey
from dossierbuild.stages.recognise.shape import is_prefix, looks_narrative, looks_typed, may_precede, name_run
from dossierbuild.stages.recognise.typed import Item, Typed
from dossierbuild.stages.recognise.works import Keys, WorkIndex


class Fit(Enum):
    """How many works of the list fit a typed citation."""

    ONE = "one"
    SEVERAL = "several"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """A citation that was typed as plain text, from offset `start` up to `end`, with the works that fit.

    `text` is the typed text on one line, `keys` are the works that it can mean (for NONE: works that are like it), and
    `written` is the citation with these keys. Where `is_whole`, `written` can replace the typed text as it stands.
    """

    start: int
    end: int
    text: str
    fit: Fit
    keys: Keys
    written: str
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class _Known:
    """An item that fits works of the list: the words `prefix` before the `names`, and the works for each year."""

    item: Item
    start: int
    prefix: str
    names: str
    keys: tuple[Keys, ...]
    possessive: bool = False

    @property
    def fit(self) -> Fit:
        if all(len(keys) == 1 for keys in self.keys):
            return Fit.ONE
        return Fit.SEVERAL if all(self.keys) else Fit.NONE

    def all(self) -> Keys:
        return tuple(dict.fromkeys(key for keys in self.keys for key in keys))


def identify(text: str, typed: Typed, index: WorkIndex) -> Iterator[Recognised]:
    """A typed citation as a whole where each of its works is known, else each work of it that looks like a source."""
    results = [_known(item, index, narrative=typed.narrative and item is typed.items[0]) for item in typed.items]
    works = [work for work in results if work is not None]
    all_known = len(works) == len(results) and not typed.rest and not any(_holds_signs(work) for work in works)
    if all_known and all(work.fit is Fit.ONE for work in works):
        start = works[0].start if typed.narrative else typed.start
        keys = tuple(key for work in works for key in work.all())
        written = _narrative(works, typed.behind) if typed.narrative else f"[{_in_brackets(works)}]"
        yield _recognised(text, start, typed.end, Fit.ONE, keys, written, is_whole=True)
        return
    for item, work in zip(typed.items, results, strict=True):
        in_text = typed.narrative and item is typed.items[0]
        if work is not None:
            written = _written_alone(work, in_text=in_text, with_others=not typed.rest)
            yield _recognised(text, work.start, item.end, work.fit, work.all(), written)
        elif in_text:
            yield from _unknown_in_text(text, typed, index)
        elif looks_typed(item, index):
            yield _unknown(text, item.start, item.end, item.head, item.years[0], index)


def candidates(typed: Typed, index: WorkIndex) -> Iterator[CitationKey]:
    """All works that a typed citation may mean, whatever the letters behind the years."""
    for item in typed.items:
        for _, head in _heads(item):
            for year in item.years:
                yield from index.candidates(head, year)
                yield from index.candidates(_possessor(head, index), year)


def _known(item: Item, index: WorkIndex, *, narrative: bool) -> _Known | None:
    """An item with the works that its longest head fits, or None where no head fits.

    Where that head begins with a particle, which may be none of the name, the works that the next head fits count too.
    """
    fitting = []
    for start, head in _heads(item):
        called = _possessor(head, index) if narrative else head
        keys = tuple(index.find(called, year) for year in item.years)
        before = item.head[:start]
        if all(keys) and all(index.names_organisation(key) for of_year in keys for key in of_year):
            before = re.sub(r"\bDe\s+\Z", "", before)  # an article there, and not the beginning of a surname
        if not all(keys) or not (item.comma or index.names_author(head)):
            continue
        if may_precede(before) if narrative else is_prefix(before):
            fitting.append((start, keys))
    if not fitting:
        return None
    start, keys = fitting[0]
    first_word = item.head[start:].split()[0]
    if first_word.islower() and len(fitting) > 1:
        keys = tuple(
            tuple(dict.fromkeys((*longer, *shorter))) for longer, shorter in zip(keys, fitting[1][1], strict=True)
        )
    prefix = "" if narrative else " ".join(f"{item.quoted_in}{item.head[:start]}".split())
    names = " ".join(item.head[start:].split())
    possessive = narrative and (names[-1] in "’'" or _possessor(names, index) != names)
    return _Known(item, item.start + (start if narrative else 0), prefix, names, keys, possessive)


def _heads(item: Item) -> Iterator[tuple[int, str]]:
    """What may be the names at the end of the words before a year, the longest first, each with its offset there."""
    starts = list(re.finditer(r"(?<!\S)[*_“\"‘'’]*(?=\w)", item.head))[-16:]
    for start in (offset for found in starts for offset in dict.fromkeys((found.start(), found.end()))):
        head = item.head[start:]
        is_whole = not item.head[:start].strip()  # "(jansen, 2020)"
        if (is_whole or any(sign.isupper() for sign in head)) and _is_balanced(head):
            yield start, head


def _possessor(head: str, index: WorkIndex) -> str:
    """Who is meant by names with a possessive s: "Jansens (2020) boek"; no name of the list may end so."""
    plain = re.sub(r"(?<=\w)(?:[’']s|s)\Z", "", head.rstrip())
    return plain if not index.names_author(head) and index.names_author(plain) else head


def _is_balanced(head: str) -> bool:
    """Whether words that begin with a quotation mark or emphasis hold its end as well; an apostrophe has none."""
    opening = head[: len(head) - len(head.lstrip("*_“\"‘'’"))]
    if opening in ("’", "'"):
        return bool(re.match(r".[a-z]\b", head))
    if re.match(r"‘[nst]\b", head):  # the opening sign that Word sets in "‘t Hart"
        return True
    return opening.translate({ord("“"): "”", ord("‘"): "’"}) in head[len(opening) :]


def _in_brackets(works: list[_Known]) -> str:
    return "; ".join(_written(work) for work in works)


def _written(work: _Known) -> str:
    """A work with its keys: "zie ook @koeter2022, p. 5"; of several years the suffix belongs to the last."""
    keys = "; ".join(f"@{key}" for (key,) in work.keys)
    prefix = f"{work.prefix} " if work.prefix else ""
    return f"{prefix}{keys}" + (f", {work.item.suffix}" if work.item.suffix else "")


def _narrative(works: list[_Known], behind: str) -> str:
    """A citation in running text: "@koeter2022 [p. 5; zie ook @hofman2020]".

    Several years, a possessive, or brackets behind it, would read as something else: then the names stay words, and
    "[-@koeter2022]" prints the year.
    """
    first, *others = works
    ((key, *_), *further) = first.keys
    if further or first.possessive or re.match(r"\s*\[", behind):
        return f"{first.names} [-{_in_brackets(works).replace('; @', '; -@', len(further))}]"
    suffix = f"{first.item.suffix}{'; ' if others else ''}{_in_brackets(others)}"
    if suffix:
        return f"@{key} [{suffix}]"
    return f"@{{{key}}}" if re.match(r"[:.#$%&+?<>~/_-]*\w", behind) else f"@{key}"


def _written_alone(work: _Known, *, in_text: bool, with_others: bool) -> str:
    """A work of a citation that cannot be replaced as a whole; `with_others`, beside works that stay open."""
    if work.fit is not Fit.ONE:
        return ", ".join(f"@{key}" if in_text else f"[@{key}]" for key in work.all())
    if in_text:
        return _narrative([work], "")
    return f"[@…; {_written(work)}]" if with_others else f"[{_written(work)}]"


def _holds_signs(work: _Known) -> bool:
    """Whether a citation holds signs that mean something else between brackets, or what may be one more work."""
    more = re.match(r"[a-z](?![\w.]|\s*\d)|(?:.*\W)?(?:1[5-9]|20)\d\d[a-z]?\Z", work.item.suffix)
    return bool(more or re.search(r"[\[\]@]", f"{work.prefix}{work.names}{work.item.suffix}"))


def _unknown_in_text(text: str, typed: Typed, index: WorkIndex) -> Iterator[Recognised]:
    item = typed.items[0]
    run = name_run(item.head)
    if run and looks_narrative(run, item, typed.behind, index):
        start = item.start + item.head.rindex(run)
        yield _unknown(text, start, item.end, run, item.years[0], index)


def _unknown(text: str, start: int, end: int, head: str, year: str, index: WorkIndex) -> Recognised:
    similar = index.similar(head, year)
    return _recognised(text, start, end, Fit.NONE, similar, ", ".join(f"[@{key}]" for key in similar))


def _recognised(
    text: str, start: int, end: int, fit: Fit, keys: Keys, written: str, *, is_whole: bool = False
) -> Recognised:
    shown = " ".join(text[start:end].split())
    return Recognised(start=start, end=end, text=shown, fit=fit, keys=keys, written=written, is_whole=is_whole)
