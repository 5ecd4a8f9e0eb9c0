"""Cross-references in the forms of other systems, which are read here as citations, as TeX or as plain words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dossierbuild.core.foreign_references import ForeignReference, foreign_references, own_id
from dossierbuild.core.problems import Problem
from dossierbuild.stages.tidy.finding import Finding, Known, Slip
from dossierbuild.stages.tidy.manuscript import Manuscript

_READ_AS = frozenset({"D108", "D201"})
"""What is told of such a reference where it is read as TeX, or as a citation."""


def references(manuscript: Manuscript, known: Known) -> Iterator[Finding]:
    """Cross-references of other systems; mended where what they name is there, and its label says the same."""
    text = manuscript.prose.text
    for found in foreign_references(text, known.keys):
        if _is_text(manuscript, found.start):
            ids = {target: _id(target, known.ids) for target in found.targets}
            written = found.written({target: name for target, name in ids.items() if name})
            yield Finding(
                slip=Slip.FOREIGN,
                start=found.start,
                end=found.end,
                text=" ".join(text[found.start : found.end].split()),
                written=written,
                mend=written if _is_sure(found, ids.values()) else None,
            )


def _is_text(manuscript: Manuscript, offset: int) -> bool:
    """Whether a sign stands in a text: in panels, where citations are no prose, behind no mark of a comment."""
    if manuscript.lines:
        return manuscript.is_prose(offset)
    text = manuscript.prose.text
    return not text[text.rfind("\n", 0, offset) + 1 : offset].lstrip().startswith("#")


def _id(target: str, ids: frozenset[str]) -> str:
    """The id of the dossier that a target names; empty where there is none."""
    return next((name for name in (target, own_id(target), target.replace(":", "-")) if name in ids), "")


def _is_sure(reference: ForeignReference, ids: Iterable[str]) -> bool:
    return reference.labelled and all(ids)


def told_otherwise(problems: Iterable[Problem], manuscript: Manuscript, found: Sequence[Finding]) -> Iterator[Problem]:
    """The problems less those that only say how a cross-reference of another system is read."""
    prose = manuscript.prose
    covered = [
        (prose.place(finding.start), prose.place(finding.end)) for finding in found if finding.slip is Slip.FOREIGN
    ]
    for told in problems:
        if told.code not in _READ_AS or not any(start <= told.place < end for start, end in covered):
            yield told
