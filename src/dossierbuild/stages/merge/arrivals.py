"""What a document has that was not sent, as far as a text can have it; the rest is told and left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from dossierbuild.core.problems import Place, Problem, problem
from dossierbuild.core.reasons import Reason
from dossierbuild.core.word import Control, Field, Look, Picture
from dossierbuild.stages.merge.glyphs import GlyphKind
from dossierbuild.stages.merge.paragraphs import Atom, Sign, WordBlock
from dossierbuild.stages.merge.pictures import is_taken

Cite = Callable[[Field | Control], str]
"""What is written for a citation that was added in Word; "" where its works cannot be told."""

WHAT = MappingProxyType(
    {
        GlyphKind.FORMULA: Reason("een formule", "a formula"),
        GlyphKind.PICTURE: Reason("een afbeelding", "a picture"),
        GlyphKind.OTHER: Reason("een grafiek, tekstvak of ander object", "a chart, a text box or another object"),
    }
)


@dataclass(slots=True)
class Arrivals:
    """Looks through blocks that came back; `known` are the names of all atoms that were sent."""

    known: frozenset[str]
    cite: Cite
    problems: list[Problem] = field(default_factory=list)

    def settled(self, block: WordBlock, old: WordBlock | None, place: Place) -> WordBlock:
        """A block in which each atom is one that was sent or can be written."""
        signs = _with_formulas(block.signs, old.signs if old else (), self.known)
        rows = tuple(
            tuple(
                replace(cell, blocks=tuple(self.settled(inner, None, place) for inner in cell.blocks)) for cell in row
            )
            for row in block.rows
        )
        kept = tuple(fresh for sign in signs for fresh in self._sign(sign, place))
        return replace(block, signs=kept, rows=rows)

    def _sign(self, sign: Sign, place: Place) -> Iterator[Sign]:
        atom = sign.atom
        if atom is None or atom.name in self.known or atom.kind is GlyphKind.NOTE:
            yield sign
        elif isinstance(atom.value, Field | Control):
            yield from self._field(sign, atom, place)
        elif isinstance(atom.value, Picture) and is_taken(atom.data):
            yield sign
        elif isinstance(atom.value, Picture):
            self.problems.append(problem("D915", place, name=atom.value.name or atom.value.part))
        else:
            self.problems.append(problem("D914", place, what=WHAT[atom.kind]))

    def _field(self, sign: Sign, atom: Atom, place: Place) -> Iterator[Sign]:
        """A citation of works that are known, or else the words that a field prints."""
        assert isinstance(atom.value, Field | Control)
        is_citation = atom.kind is GlyphKind.CITATION
        if is_citation and self.cite(atom.value):
            yield sign
            return
        if is_citation:
            self.problems.append(problem("D919", place, text=atom.printed))
        yield from (Sign(" " if letter.isspace() else letter, Look(), sign.link) for letter in atom.printed)


def _with_formulas(signs: Sequence[Sign], old: Sequence[Sign], known: frozenset[str]) -> tuple[Sign, ...]:
    """Signs in which a formula that another program wrote in its own way is the one that stood in its place."""
    here = {sign.atom.name for sign in signs if sign.atom}
    missing = [
        sign.atom for sign in old if sign.atom and sign.atom.kind is GlyphKind.FORMULA and sign.atom.name not in here
    ]
    found = []
    for sign in signs:
        is_unknown = sign.atom and sign.atom.kind is GlyphKind.FORMULA and sign.atom.name not in known
        found.append(replace(sign, atom=missing.pop(0)) if is_unknown and missing else sign)
    return tuple(found)
