"""Which works typed citations mean. Nothing is guessed: names and year fit one work of the list, or all are named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from dossierbuild.core.model import CitationKey
from dossierbuild.core.names import PARTICLE_WORDS
from dossierbuild.stages.recognise.called import OTHERS
from dossierbuild.stages.recognise.shape import is_prefix, looks_narrative, looks_typed, may_precede, name_run
from dossierbuild.stages.recognise.typed import Item, Typed
from dossierbuild.stages.recognise.works import Keys, WorkIndex

_LONGEST_NAME = 200
_MOST_WORDS = 24
_APOSTROPHES = ("’", "'", "‘")
_LARGE_PAGES = re.compile(r"^(?:pp?|blz|pag)\. \d{4}(?:\s?[–-]\s?\d{4})?\Z")


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
    """An item that fits works of the list: the words `prefix` before the `names`, and the works for each year.

    Where what is typed `stays`, the names are no more than words, and the citation prints the year behind them.
    """

    item: Item
    start: int
    prefix: str
    names: str
    keys: tuple[Keys, ...]
    stays: bool = False

    @property
    def fit(self) -> Fit:
        if all(len(keys) == 1 for keys in self.keys):
            return Fit.ONE
        return Fit.SEVERAL if all(self.keys) else Fit.NONE

    def all(self) -> Keys:
        return tuple(dict.fromkeys(key for keys in self.keys for key in keys))


def identify(text: str, typed: Typed, index: WorkIndex) -> Iterator[Recognised]:
    """A typed citation as a whole where each of its works is known, else each work of it that looks like a source."""
    results = [_read(item, index, narrative=typed.narrative and item is typed.items[0]) for item in typed.items]
    works = [work for work in results if work is not None]
    all_known = len(works) == len(results) and not typed.rest and not any(_holds_signs(work) for work in works)
    if all_known and all(work.fit is Fit.ONE for work in works):
        named = _named_before(text, typed, works[0], index)
        narrated = typed.narrative or named < typed.start
        start = works[0].start if typed.narrative else named
        keys = tuple(key for work in works for key in work.all())
        written = _narrative(works, text[typed.end :]) if narrated else f"[{_in_brackets(works)}]"
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


def _named_before(text: str, typed: Typed, work: _Known, index: WorkIndex) -> int:
    """Where a citation begins whose short name stands behind the full one: "Wereldgezondheidsorganisatie (WHO, 2018)".

    Where the full name of that organisation does not stand there, it begins with the parentheses.
    """
    name = "" if work.prefix else index.abbreviated(work.names, work.all()[0])
    words = r"\s+".join(map(re.escape, name.split()))
    before = re.search(rf"(?<!\w){words}\s+\Z", text[: typed.start][-_LONGEST_NAME:], re.IGNORECASE) if name else None
    return typed.start - len(before[0]) if before else typed.start


def candidates(typed: Typed, index: WorkIndex) -> Iterator[CitationKey]:
    """All works that a typed citation may mean, whatever the letters behind the years."""
    for reading in (reading for item in typed.items for reading in _readings(item)):
        for _, head in _heads(reading):
            for year in reading.years:
                yield from index.candidates(head, year)
                yield from index.candidates(_possessor(head, index), year)


def _read(item: Item, index: WorkIndex, *, narrative: bool) -> _Known | None:
    """An item with the works that it fits in the first reading in which it fits any, or None."""
    known = (_known(reading, index, narrative=narrative) for reading in _readings(item))
    return next((work for work in known if work), None)


def _readings(item: Item) -> Iterator[Item]:
    """What an item may mean: a first year without a comma may be of a title, as in "Wmo 2015, 2014"."""
    yield item
    if not item.comma and len(item.years) > 1:
        yield replace(item, head=f"{item.head} {item.years[0]}", years=item.years[1:], comma=True)


def _known(item: Item, index: WorkIndex, *, narrative: bool) -> _Known | None:
    """An item with the works that its longest head fits, or None where no head fits.

    Where that head begins with a particle, which may be none of the name, the works that the next head fits count too.
    """
    fitting = []
    for start, head in _heads(item):
        called = _possessor(head, index) if narrative else head
        keys = tuple(index.find(called, year, in_text=narrative) for year in item.years)
        if narrative and not all(keys):
            keys = tuple(index.first_of_two(called, year) for year in item.years)
        before = item.head[:start]
        if all(keys) and all(index.names_organisation(key) for of_year in keys for key in of_year):
            before = re.sub(r"\bDe\s+\Z", "", before)  # an article there, and not the beginning of a surname
        is_all = not narrative and not before.strip() and not item.suffix  # "(bakker 2017)"
        if not all(keys) or not (item.comma or is_all or index.names_author(head)):
            continue
        fits = may_precede(before) and not _ends_entry(head) if narrative else is_prefix(before)
        if fits or item.is_further:
            fitting.append((start, keys))
    if not fitting:
        return None
    start, keys = fitting[0]
    first_word = item.head[start:].split()[0]
    if first_word.islower() and "." not in first_word and len(fitting) > 1:
        keys = tuple(
            tuple(dict.fromkeys((*longer, *shorter))) for longer, shorter in zip(keys, fitting[1][1], strict=True)
        )
    prefix = "" if narrative or item.is_further else " ".join(f"{item.quoted_in}{item.head[:start]}".split())
    names = " ".join(item.head[start:].split())
    stays = narrative and _stays(names, keys, index)
    return _Known(item, item.start + (start if narrative else 0), prefix, names, keys, stays)


def _ends_entry(head: str) -> bool:
    """Whether names in running text end with a full stop, as in an entry of a list: "Movisie. (2019). Titel"."""
    return head.rstrip().endswith(".") and not OTHERS.search(head)


def _stays(names: str, keys: tuple[Keys, ...], index: WorkIndex) -> bool:
    """Whether names in running text stay as they were typed, because a citation by key prints others.

    So do a possessive, a first name, and "en collega's" behind the first of two.
    """
    return names[-1] in "’'" or not all(index.prints(names, key) for (key, *_) in keys)


def _heads(item: Item) -> Iterator[tuple[int, str]]:
    """What may be the names at the end of the words before a year, the longest first, each with its offset there."""
    starts = list(re.finditer(r"(?<![^\s\[(])[*_“\"‘'’]*(?=\w)", item.head))[-_MOST_WORDS:]
    for start in (offset for found in starts for offset in dict.fromkeys((found.start(), found.end()))):
        head = item.head[start:]
        if re.match(r"[nst]\s", head) and item.head[:start].endswith(_APOSTROPHES):  # the "t" of "’t Hart"
            continue
        is_whole = not item.head[:start].strip()  # "(jansen, 2020)"
        if (is_whole or any(sign.isupper() for sign in head)) and _is_balanced(head):
            yield start, head


def _possessor(head: str, index: WorkIndex) -> str:
    """Who is meant by names with a possessive s: "Jansens (2020) boek"; no name of the list may end so."""
    plain = re.sub(r"(?<=\w)(?:[’']s|s)\Z", "", head.rstrip())
    return plain if not index.names_author(head) and index.names_author(plain) else head


def _is_balanced(head: str) -> bool:
    """Whether words hold both ends of brackets, and of a quotation mark or emphasis with which they begin.

    An apostrophe has no end.
    """
    if re.match(r"[^(\[]*[)\]]", head):
        return False
    opening = head[: len(head) - len(head.lstrip("*_“\"‘'’"))]
    if opening in ("’", "'"):
        return bool(re.match(r".[a-z]\b", head))
    if re.match(r"‘[nst]\b", head):  # the opening sign that Word sets in "‘t Hart"
        return True
    return opening.translate({ord("“"): "”", ord("‘"): "’"}) in head[len(opening) :]


def _in_brackets(works: list[_Known]) -> str:
    return "; ".join(_written(work) for work in works)


def _written(work: _Known, sign: str = "@") -> str:
    """A work with its keys: "zie ook @koeter2022, p. 5"; of several years the suffix belongs to the last."""
    keys = "; ".join(f"{sign}{key}" for (key,) in work.keys)
    prefix = f"{work.prefix} " if work.prefix else ""
    return f"{prefix}{keys}" + (f", {work.item.suffix}" if work.item.suffix else "")


def _narrative(works: list[_Known], behind: str) -> str:
    """A citation in running text: "@koeter2022 [p. 5; zie ook @hofman2020]".

    Several years, or brackets behind it, would read as something else: then the names stay words as well, and
    "[-@koeter2022]" prints the year.
    """
    first, *others = works
    ((key, *_), *further) = first.keys
    among = "; ".join(_written(work, "-@" if work.item.is_further else "@") for work in others)
    if further or first.stays or re.match(r"\s*\[", behind):
        return f"{first.names} [{_written(first, '-@')}{'; ' if among else ''}{among}]"
    suffix = f"{first.item.suffix}{'; ' if among else ''}{among}"
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
    suffix = _LARGE_PAGES.sub("", work.item.suffix)
    more = re.match(r"[a-z](?![\w.]|\s*\d)|(?:.*\W)?(?:1[5-9]|20)\d\d[a-z]?\Z", suffix)
    return bool(more or "@" in work.names or re.search(r"[\[\]@]", f"{work.prefix}{work.item.suffix}"))


def _unknown_in_text(text: str, typed: Typed, index: WorkIndex) -> Iterator[Recognised]:
    item = typed.items[0]
    run = _with_particle(name_run(item.head), item.head, index)
    if run and looks_narrative(run, item, typed.behind, index):
        start = item.start + item.head.rindex(run)
        yield _unknown(text, start, item.end, run, item.years[0], index)


def _with_particle(run: str, head: str, index: WorkIndex) -> str:
    """A run of names at the end of some words, with the "Van" before it where the list has somebody of that name."""
    before = head[: head.rindex(run)].split()[-1:] if run else []
    named = " ".join([*before, run])
    may_be_longer = bool(before) and before[0].casefold() in PARTICLE_WORDS and not index.names_author(run)
    is_named = may_be_longer and index.names_author(named)
    return named if is_named and named in head else run


def _unknown(text: str, start: int, end: int, head: str, year: str, index: WorkIndex) -> Recognised:
    similar = index.similar(head, year)
    return _recognised(text, start, end, Fit.NONE, similar, ", ".join(f"[@{key}]" for key in similar))


def _recognised(
    text: str, start: int, end: int, fit: Fit, keys: Keys, written: str, *, is_whole: bool = False
) -> Recognised:
    shown = " ".join(text[start:end].split())
    return Recognised(start=start, end=end, text=shown, fit=fit, keys=keys, written=written, is_whole=is_whole)
