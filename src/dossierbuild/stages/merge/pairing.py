"""What was sent of a text and what came back of it, side by side: which paragraph is which, and with which atoms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.problems import Place, Problem, problem
from dossierbuild.core.word import Note
from dossierbuild.stages.merge.alignment import aligned
from dossierbuild.stages.merge.arrivals import WHAT, Arrivals, Cite
from dossierbuild.stages.merge.exchanging import Exchange
from dossierbuild.stages.merge.glyphs import GlyphKind
from dossierbuild.stages.merge.labels import Labels, named_notes, restored
from dossierbuild.stages.merge.paragraphs import WordBlock, note_blocks, numbered, without_atoms
from dossierbuild.stages.merge.source import SourceText
from dossierbuild.stages.merge.ties import NoteTie, Tie, note_ties, ties_of

Notes = FrozenMap[str, tuple[WordBlock, ...]]
"""The paragraphs of notes, by the names of the notes."""

_KEPT_WHEN_GONE = frozenset({GlyphKind.FORMULA, GlyphKind.PICTURE, GlyphKind.OTHER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """A text's blocks that were sent, tied to the source, and those that came back.

    `numbers` has for each block that came back the number of the sent one that it is, None for a new one. `gone` are
    kinds of atom of which the program that saved the document kept none; no block has them. `first` is the number of
    the text's first passage among those of the document, `media` are the files of the document that came back.
    """

    source: SourceText
    first: int
    media: FrozenMap[str, bytes]
    gone: frozenset[GlyphKind]
    sent: tuple[WordBlock, ...]
    sent_notes: Notes
    ties: tuple[Tie, ...]
    note_ties: FrozenMap[str, NoteTie]
    returned: tuple[WordBlock, ...]
    returned_notes: Notes
    numbers: tuple[int | None, ...]
    problems: tuple[Problem, ...]

    def pairs(self) -> Iterator[tuple[WordBlock, Tie | None]]:
        """Each block that came back, with the tie of the one that it was."""
        for block, number in zip(self.returned, self.numbers, strict=True):
            yield block, None if number is None else self.ties[number]

    def kept(self) -> Iterator[tuple[WordBlock, Tie]]:
        """The pairs of blocks that were sent."""
        return ((block, tie) for block, tie in self.pairs() if tie is not None)

    @property
    def tied(self) -> frozenset[int]:
        """The numbers of the segments for which blocks of the document stand."""
        return frozenset(tie.segment.number for tie in self.ties if tie.segment)

    def place(self, tie: Tie | None) -> Place:
        """Where in the file a block that was sent stands."""
        return _place(self.source, tie)


def _place(source: SourceText, tie: Tie | None) -> Place:
    if tie is None or tie.segment is None:
        return Place(source.path)
    at = tie.segment.start + (tie.part.start + len(tie.part.head) if tie.part else 0)
    before = source.text[:at]
    return Place(source.path, before.count("\n") + 1, at - before.rfind("\n"))


def paired(exchange: Exchange, cite: Cite) -> Pairing:
    """The two sides of a text, less what neither a text can have nor a program has kept, which is told."""
    source, media = exchange.source, exchange.returned_media
    gone = _gone(exchange)
    sent = named_notes(without_atoms(exchange.sent, gone), {}, exchange.sent_media)
    found = _notes_of(sent, exchange.sent_media)
    sent_notes = FrozenMap((name, without_atoms(blocks, gone)) for name, blocks in found.items())
    returned = named_notes(numbered(exchange.returned), sent_notes, media)
    ties = ties_of(sent, source, exchange.first)
    numbers = aligned(sent, returned).sent
    problems = [
        problem("D916", Place(source.path), what=WHAT[kind]) for kind in sorted(gone, key=lambda kind: kind.name)
    ]
    arrivals = Arrivals(_names(sent, sent_notes), cite, problems)
    mending = _Mending(source, Labels.of(sent, returned), arrivals)
    whole = tuple(
        mending.mended(block, None if number is None else ties[number])
        for block, number in zip(returned, numbers, strict=True)
    )
    notes = FrozenMap(
        (name, mending.note(sent_notes.get(name, ()), blocks)) for name, blocks in _notes_of(whole, media).items()
    )
    return Pairing(
        source=source,
        first=exchange.first,
        media=media,
        gone=gone,
        sent=sent,
        sent_notes=sent_notes,
        ties=ties,
        note_ties=note_ties(ties, source, sent_notes, exchange.first),
        returned=whole,
        returned_notes=notes,
        numbers=numbers,
        problems=tuple(problems),
    )


@dataclass(frozen=True, slots=True)
class _Mending:
    """Gives blocks that came back their atoms again; what cannot be is told among the problems of `arrivals`."""

    source: SourceText
    labels: Labels
    arrivals: Arrivals

    def mended(self, block: WordBlock, tie: Tie | None) -> WordBlock:
        return self._against(block, tie.block if tie else None, _place(self.source, tie))

    def note(self, before: Sequence[WordBlock], blocks: Sequence[WordBlock]) -> tuple[WordBlock, ...]:
        """The paragraphs of a note, each held against the one that stood in its place."""
        olds = [*before, *[None] * max(0, len(blocks) - len(before))]
        place = Place(self.source.path)
        return tuple(self._against(block, old, place) for block, old in zip(blocks, olds, strict=False))

    def _against(self, block: WordBlock, old: WordBlock | None, place: Place) -> WordBlock:
        whole, retyped = restored(block, old, self.labels)
        self.arrivals.problems += [problem("D907", place, sent=label, returned=typed) for label, typed in retyped]
        return self.arrivals.settled(whole, old, place)


# --- atoms -----------------------------------------------------------------------------------------------------------


def _gone(exchange: Exchange) -> frozenset[GlyphKind]:
    """The kinds of atom of which a program kept none, so that their loss says nothing of any."""
    kinds = [
        {sign.atom.kind for block in _with_notes(blocks) for sign in block.signs if sign.atom}
        for blocks in (exchange.sent, exchange.returned)
    ]
    return frozenset(kinds[0] - kinds[1]) & _KEPT_WHEN_GONE


def _with_notes(blocks: Iterable[WordBlock]) -> Iterator[WordBlock]:
    """Blocks, the paragraphs of their cells, and those of the notes in them."""
    for block in blocks:
        for inner in block.blocks():
            yield inner
            for sign in inner.signs:
                if sign.atom and isinstance(sign.atom.value, Note):
                    yield from _with_notes(note_blocks(sign.atom.value, {}))


def _notes_of(blocks: Sequence[WordBlock], media: Mapping[str, bytes]) -> dict[str, tuple[WordBlock, ...]]:
    """The paragraphs of each note that is called, by its name."""
    found: dict[str, tuple[WordBlock, ...]] = {}
    for block in blocks:
        for inner in block.blocks():
            for sign in inner.signs:
                if sign.atom and isinstance(sign.atom.value, Note) and sign.atom.name not in found:
                    found[sign.atom.name] = note_blocks(sign.atom.value, media)
    return found


def _names(blocks: Sequence[WordBlock], notes: Notes) -> frozenset[str]:
    """The names of all atoms of blocks and their notes."""
    every = (*blocks, *(block for own in notes.values() for block in own))
    return frozenset(sign.atom.name for block in every for inner in block.blocks() for sign in inner.signs if sign.atom)
