"""Which works typed citations mean. Nothing is guessed: names and year fit one work of the list, or it stays open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from dossierbuild.core.model import CitationKey
from dossierbuild.stages.recognise.shape import is_prefix, looks_narrative, looks_typed, may_precede, name_run
from dossierbuild.stages.recognise.typed import Item, Typed
from dossierbuild.stages.recognise.works import Keys, WorkIndex


class Outcome(Enum):
    """How many works fit."""

    ONE = "one"
    SEVERAL = "several"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A citation that was typed as plain text, from `start` to `end`.

    `text` is it on one line, `keys` the works that it can mean (for NONE: those that are like it), `written` how it is
    written with keys. Only what `is_whole` can take the place of the typed text as it stands.
    """

    start: int
    end: int
    text: str
    outcome: Outcome
    keys: Keys
    written: str
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class _Work:
    """What one item came to: `prefix` is what stands before the `names`, `keys` the works for each of its years."""

    item: Item
    start: int
    prefix: str
    names: str
    keys: tuple[Keys, ...]

    @property
    def outcome(self) -> Outcome:
        if all(len(one) == 1 for one in self.keys):
            return Outcome.ONE
        return Outcome.SEVERAL if all(self.keys) else Outcome.NONE

    def all(self) -> Keys:
        return tuple(dict.fromkeys(key for keys in self.keys for key in keys))


def identify(text: str, typed: Typed, index: WorkIndex) -> Iterator[Finding]:
    """What a typed citation comes to; nothing, where it is none after all."""
    works = [_work(one, index, narrative=typed.narrative and one is typed.items[0]) for one in typed.items]
    known = [one for one in works if one is not None]
    all_known = len(known) == len(works) and not typed.rest and not any(_holds_signs(one) for one in known)
    if all_known and all(one.outcome is Outcome.ONE for one in known):
        start = known[0].start if typed.narrative else typed.start
        keys = tuple(key for one in known for key in one.all())
        written = _narrative(known, typed.behind) if typed.narrative else f"[{_in_brackets(known)}]"
        yield _finding(text, start, typed.end, Outcome.ONE, keys, written, is_whole=True)
        return
    for item, work in zip(typed.items, works, strict=True):
        in_text = typed.narrative and item is typed.items[0]
        if work is not None:
            written = _written_alone(work, in_text=in_text, with_others=not typed.rest)
            yield _finding(text, work.start, item.end, work.outcome, work.all(), written)
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


def _work(item: Item, index: WorkIndex, *, narrative: bool) -> _Work | None:
    """The works that the longest head fits; with a particle before it that may be part of a name, all that fit."""
    fitting = []
    for start, head in _heads(item):
        keys = tuple(index.find(head, year) for year in item.years)
        before = item.head[:start]
        if all(keys) and all(index.names_organisation(key) for one in keys for key in one):
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
        keys = tuple(tuple(dict.fromkeys((*one, *other))) for one, other in zip(keys, fitting[1][1], strict=True))
    prefix = "" if narrative else " ".join(f"{item.quoted_in}{item.head[:start]}".split())
    names = " ".join(item.head[start:].split())
    return _Work(item, item.start + (start if narrative else 0), prefix, names, keys)


def _heads(item: Item) -> Iterator[tuple[int, str]]:
    """The ends of the words before a year that may be the names, the longest first, with where each begins."""
    found = list(re.finditer(r"(?<!\S)[*_“\"‘'’]*(?=\w)", item.head))[-16:]
    for start in (each for one in found for each in dict.fromkeys((one.start(), one.end()))):
        head = item.head[start:]
        if any(sign.isupper() for sign in head) and _is_balanced(head):
            yield start, head


def _is_balanced(head: str) -> bool:
    """Whether words that begin with a quotation mark or emphasis hold its end as well; an apostrophe has none."""
    opening = head[: len(head) - len(head.lstrip("*_“\"‘'’"))]
    if opening in ("’", "'"):
        return bool(re.match(r".[a-z]\b", head))
    return opening.translate({ord("“"): "”", ord("‘"): "’"}) in head[len(opening) :]


def _in_brackets(works: list[_Work]) -> str:
    return "; ".join(_written(one) for one in works)


def _written(work: _Work) -> str:
    """A work with its keys: "zie ook @koeter2022, p. 5"; of several years the suffix belongs to the last."""
    keys = "; ".join(f"@{key}" for (key,) in work.keys)
    prefix = f"{work.prefix} " if work.prefix else ""
    return f"{prefix}{keys}" + (f", {work.item.suffix}" if work.item.suffix else "")


def _narrative(works: list[_Work], behind: str) -> str:
    """A citation in running text: "@koeter2022 [p. 5; zie ook @hofman2020]".

    Several years, or brackets behind it, would read as something else: then the names stay words, and
    "[-@koeter2022]" prints the year.
    """
    first, *others = works
    ((key, *_), *further) = first.keys
    if further or re.match(r"\s*\[", behind):
        return f"{first.names} [-{_in_brackets(works).replace('; @', '; -@', len(further))}]"
    suffix = f"{first.item.suffix}{'; ' if others else ''}{_in_brackets(others)}"
    if suffix:
        return f"@{key} [{suffix}]"
    return f"@{{{key}}}" if re.match(r"[:.#$%&+?<>~/_-]*\w", behind) else f"@{key}"


def _written_alone(work: _Work, *, in_text: bool, with_others: bool) -> str:
    """One work of a citation that cannot be replaced as a whole, to be written `with_others` that are still open."""
    if work.outcome is not Outcome.ONE:
        return ", ".join(f"@{key}" if in_text else f"[@{key}]" for key in work.all())
    if in_text:
        return _narrative([work], "")
    return f"[@…; {_written(work)}]" if with_others else f"[{_written(work)}]"


def _holds_signs(work: _Work) -> bool:
    """Whether there are signs in a citation that mean something else between brackets."""
    return bool(re.search(r"[\[\]@]", f"{work.prefix}{work.names}{work.item.suffix}"))


def _unknown_in_text(text: str, typed: Typed, index: WorkIndex) -> Iterator[Finding]:
    item = typed.items[0]
    run = name_run(item.head)
    if run and looks_narrative(run, item, typed.behind, index):
        start = item.start + item.head.rindex(run)
        yield _unknown(text, start, item.end, run, item.years[0], index)


def _unknown(text: str, start: int, end: int, head: str, year: str, index: WorkIndex) -> Finding:
    similar = index.similar(head, year)
    return _finding(text, start, end, Outcome.NONE, similar, ", ".join(f"[@{key}]" for key in similar))


def _finding(
    text: str, start: int, end: int, outcome: Outcome, keys: Keys, written: str, *, is_whole: bool = False
) -> Finding:
    shown = " ".join(text[start:end].split())
    return Finding(start=start, end=end, text=shown, outcome=outcome, keys=keys, written=written, is_whole=is_whole)
