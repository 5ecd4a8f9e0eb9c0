"""What a text gets that it did not have: notes, pictures and citations, as paragraphs ask for them in being woven."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.word import Control, Field, Note, Picture
from dossierbuild.stages.merge.arrivals import Cite
from dossierbuild.stages.merge.glyphs import written
from dossierbuild.stages.merge.pairing import Pairing
from dossierbuild.stages.merge.paragraphs import Atom, note_blocks
from dossierbuild.stages.merge.pictures import FigureNames, NewPicture
from dossierbuild.stages.merge.ties import strands_of
from dossierbuild.stages.merge.weaving import Loom, Strand, atoms_of, begun, lost, usual_formats, woven

IN_NOTES = -1
"""Stands for the number of a block where a note that was sent calls a new one, which is written behind all else."""


@dataclass(slots=True, kw_only=True)
class Additions:
    """Gathers what is new while paragraphs are woven on its looms.

    `atoms` are the sources of those that were sent, by name. `names` are those of the new notes, and `notes` what is
    written for them, by the block that calls each.
    """

    pairing: Pairing
    cite: Cite
    atoms: FrozenMap[str, str]
    plain: Loom
    pictures: FigureNames = field(default_factory=FigureNames)
    names: list[str] = field(default_factory=list)
    notes: dict[int, list[str]] = field(default_factory=dict)

    @classmethod
    def to(cls, pairing: Pairing, cite: Cite) -> Additions:
        """Nothing added to a text yet."""
        notes = (strand for note in pairing.sent.note_ties.values() for strand in strands_of(note.ties))
        plain = Loom(
            donors=_donors(pairing),
            link=pairing.target,
            keeps_links=not any(sign.link for block in pairing.returned for sign in block.signs),
        )
        atoms = atoms_of([*strands_of(pairing.sent.ties), *notes])
        return cls(pairing=pairing, cite=cite, atoms=FrozenMap(atoms), plain=plain)

    def loom(self, block: int, margin: str = "", *, is_cell: bool = False) -> Loom:
        """A loom for a block that came back, or `IN_NOTES`; behind that block stand the notes that it calls."""
        return replace(self.plain, atom=partial(self._source_of, block), margin=margin, is_cell=is_cell)

    def cell_loom(self, block: int) -> Loom:
        """A loom for a cell of a table that came back."""
        return self.loom(block, is_cell=True)

    def picture(self, picture: Picture) -> NewPicture | None:
        """A picture of the document that came back, for the dossier; None for one of a format that it does not take."""
        return self.pictures.added(picture, self.pairing.media.get(picture.part, b""))

    def _source_of(self, block: int, atom: Atom) -> str | None:
        if atom.name in self.atoms:
            return self.atoms[atom.name]
        if isinstance(atom.value, Note):
            return self._note(block, atom.value)
        if isinstance(atom.value, Field | Control):
            return self.cite(atom.value)
        if isinstance(atom.value, Picture):
            added = self.picture(atom.value)
            assert added is not None
            return added.written("")
        return None

    def _note(self, block: int, note: Note) -> str:
        """What calls a new note, which is written behind its block; notes in it come behind it."""
        name = _free_name({*_CALLED.findall(self.pairing.source.text), *self.names})
        self.names.append(name)
        waiting = self.notes.setdefault(block, [])
        at = len(waiting)
        waiting.append("")
        waiting[at] = f"[^{name}]: " + "\n\n    ".join(self._paragraphs(block, note))
        return f"[^{name}]"

    def _paragraphs(self, block: int, note: Note) -> Iterator[str]:
        paragraphs = note_blocks(note, self.pairing.media)
        usual = usual_formats([sign for paragraph in paragraphs for sign in paragraph.signs])
        for count, paragraph in enumerate(paragraphs):
            text = written(woven(Strand(), paragraph.signs, usual, self.loom(block, "    ")))
            yield begun(text) if count else text


_CALLED = re.compile(r"\[\^([^\[\]\s]+)\]")


def _free_name(taken: set[str]) -> str:
    """A name for a note: the next number where all have numbers."""
    numbers = [int(name) for name in taken if name.isdecimal()]
    if numbers and len(numbers) == len(taken):
        return str(max(numbers) + 1)
    return next(name for count in range(1, len(taken) + 2) if (name := f"noot-{count}") not in taken)


def _donors(pairing: Pairing) -> tuple[Strand, ...]:
    """What paragraphs that were sent have lost."""
    signs = {number: block.signs for block, number in zip(pairing.returned, pairing.numbers, strict=True)}
    found = [
        lost(tie.strand, signs.get(number, ()))
        for number, tie in enumerate(pairing.sent.ties)
        if not tie.cells and tie.strand.threads and signs.get(number, ()) != tie.block.signs
    ]
    return tuple(donor for donor in found if any(thread.glyphs for thread in donor.threads))
