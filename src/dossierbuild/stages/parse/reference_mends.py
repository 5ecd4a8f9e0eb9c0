"""What was put right in a list while it was read, one problem for each kind of mend."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dossierbuild.core.csl_fields import DATES, NAMES, PROSE, RENAMED
from dossierbuild.core.model import Reference
from dossierbuild.core.problems import Problem, problem
from dossierbuild.core.reasons import Reason
from dossierbuild.core.spelling import one_form
from dossierbuild.stages.parse.reference_items import Entry

_NAMES = Reason("namen", "names")
_OF_FAMILY = ("non-dropping-particle", "dropping-particle", "family", "literal")
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class _Mend:
    """One thing that was put right: in which field, and what it was and is."""

    field: str | Reason
    before: str
    after: str


def mends(entries: Sequence[Entry], references: Sequence[Reference]) -> tuple[Problem, ...]:
    """D252 for each field, and for names, with how many works it was mended in and the first as an example.

    Names that people write in the parts of CSL have a problem of their own (D217).
    """
    read = {reference.place: reference for reference in references}
    found: dict[str, list[tuple[Reference, _Mend]]] = {}
    for entry in entries:
        reference = read.get(entry.place)
        if reference is not None:
            for mend in _mends(entry, reference.work.csl()):
                found.setdefault(str(mend.field), []).append((reference, mend))
    return tuple(_told(group) for group in found.values())


def _told(group: Sequence[tuple[Reference, _Mend]]) -> Problem:
    reference, mend = group[0]
    count = len({reference.key for reference, _ in group})
    return problem(
        "D252", reference.place, count=count, field=mend.field, before=_cut(mend.before), after=_cut(mend.after),
        key=reference.key,
    )  # fmt: skip


def _mends(entry: Entry, work: Mapping[str, Any]) -> Iterator[_Mend]:
    for field, stated in entry.item.items():
        read = work.get(RENAMED.get(field, field))
        if field in NAMES and isinstance(stated, list) and isinstance(read, list) and not entry.own_names:
            for written, name in zip(stated, read, strict=False):
                if isinstance(written, dict) and _line(written) != _line(name):
                    yield _Mend(_NAMES, _line(written), _line(name))
        elif isinstance(stated, str) and stated.strip() and field not in DATES and field not in ("id", "note"):
            before = one_form(stated) if field in PROSE else " ".join(stated.split())
            if isinstance(read, str) and before != read:
                yield _Mend(field, before, read)
    yield from _out_of_note(entry, work)


def _out_of_note(entry: Entry, work: Mapping[str, Any]) -> Iterator[_Mend]:
    """The fields that stood in lines of the note."""
    note = entry.item.get("note")
    lines = note.split("\n") if isinstance(note, str) else []
    for line in lines:
        label, colon, _ = line.partition(":")
        field = label.strip().lower().replace(" ", "-")
        known = next((name for name in work if name.lower() == field), "")
        if colon and known and not entry.item.get(known):
            yield _Mend("note", line.strip(), known)


def _line(name: Mapping[str, str]) -> str:
    """A name as a line that shows which part is the family name: "van der Sterren, Jan"."""
    family = " ".join(name[part] for part in _OF_FAMILY if name.get(part))
    return ", ".join(one_form(part) for part in (family, name.get("given", ""), name.get("suffix", "")) if part)


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
