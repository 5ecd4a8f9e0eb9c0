"""What was sent of a text and what came back of it, side by side: which paragraph is which, and with which atoms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.problems import Place, Problem, problem
from dossierbuild.core.sent import read_bookmark
from dossierbuild.core.word import Note
from dossierbuild.stages.merge.alignment import aligned
from dossierbuild.stages.merge.arrivals import WHAT, Arrivals, Cite
from dossierbuild.stages.merge.borders import without_borders
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
class Sent:
    """What was sent of a text: its blocks, the paragraphs of its notes, and what both are in the source."""

    blocks: tuple[WordBlock, ...]
    notes: Notes
    ties: tuple[Tie, ...]
    note_ties: FrozenMap[str, NoteTie]

    @property
    def atoms(self) -> frozenset[str]:
        """The names of all atoms of the blocks and the notes."""
        every = (*self.blocks, *(block for own in self.notes.values() for block in own))
        inner = (own for block in every for own in block.blocks())
        return frozenset(sign.atom.name for block in inner for sign in block.signs if sign.atom)

    @property
    def segments(self) -> frozenset[int]:
        """The numbers of the segments for which blocks of the document stand."""
        return frozenset(tie.segment.number for tie in self.ties if tie.segment)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """What was sent of a text and what came back of it.

    `numbers` has for each block that came back the number of the sent one that it is, None for a new one. `gone` are
    kinds of atom of which the program that saved the document kept none; no block has them. `first` is the number of
    the text's first passage among those of the document, `media` are the files of the document that came back.
    """

    source: SourceText
    first: int
    media: FrozenMap[str, bytes]
    gone: frozenset[GlyphKind]
    sent: Sent
    returned: tuple[WordBlock, ...]
    returned_notes: Notes
    numbers: tuple[int | None, ...]
    problems: tuple[Problem, ...]

    def pairs(self) -> Iterator[tuple[WordBlock, Tie | None]]:
        """Each block that came back, with the tie of the one that it was."""
        for block, number in zip(self.returned, self.numbers, strict=True):
            yield block, None if number is None else self.sent.ties[number]

    def kept(self) -> Iterator[tuple[WordBlock, Tie]]:
        """The pairs of blocks that were sent."""
        return ((block, tie) for block, tie in self.pairs() if tie is not None)

    def place(self, tie: Tie | None) -> Place:
        """Where in the file a block that was sent stands."""
        return _place(self.source, tie)

    def target(self, link: str) -> str:
        """What is written for the target of a link: an address as it is, for a bookmark of a passage its id, or ""."""
        if not link.startswith("#"):
            return link if re.match(r"(?:https?|mailto):", link) else ""
        found = read_bookmark(link[1:])
        number = found.number - self.first if found else -1
        passages = self.source.passages
        key = passages[number].key if 0 <= number < len(passages) else ""
        return f"#{key}" if key else ""


def _place(source: SourceText, tie: Tie | None) -> Place:
    if tie is None or tie.segment is None:
        return Place(source.path)
    at = tie.segment.start + (tie.part.start + len(tie.part.head) if tie.part else 0)
    before = source.text[:at]
    return Place(source.path, before.count("\n") + 1, at - before.rfind("\n"))


def paired(exchange: Exchange, cite: Cite) -> Pairing:
    """The two sides of a text, less what neither a text can have nor a program has kept, which is told."""
    source, media, gone = exchange.source, exchange.returned_media, _gone(exchange)
    sent = _sent(exchange, gone)
    bare = without_borders(named_notes(numbered(exchange.returned), sent.notes, media), sent.blocks)
    numbers = aligned(sent.blocks, bare).sent
    problems = [
        problem("D916", Place(source.path), what=WHAT[kind]) for kind in sorted(gone, key=lambda kind: kind.name)
    ]
    mending = _Mending(source, Labels.of(sent.blocks, bare), Arrivals(sent.atoms, cite, problems))
    returned = tuple(
        mending.block(block, None if number is None else sent.ties[number])
        for block, number in zip(bare, numbers, strict=True)
    )
    notes = {
        name: mending.note(sent.notes.get(name, ()), blocks) for name, blocks in _notes_of(returned, media).items()
    }
    return Pairing(
        source=source,
        first=exchange.first,
        media=media,
        gone=gone,
        sent=sent,
        returned=returned,
        returned_notes=FrozenMap(notes),
        numbers=numbers,
        problems=tuple(problems),
    )


def _sent(exchange: Exchange, gone: frozenset[GlyphKind]) -> Sent:
    blocks = named_notes(without_atoms(exchange.sent, gone), {}, exchange.sent_media)
    found = _notes_of(blocks, exchange.sent_media)
    notes = FrozenMap((name, without_atoms(own, gone)) for name, own in found.items())
    ties = ties_of(blocks, exchange.source, exchange.first)
    return Sent(
        blocks=blocks,
        notes=notes,
        ties=ties,
        note_ties=note_ties(ties, exchange.source, notes, exchange.first),
    )


@dataclass(frozen=True, slots=True)
class _Mending:
    """Gives blocks that came back their atoms again; what cannot be is told among the problems of `arrivals`."""

    source: SourceText
    labels: Labels
    arrivals: Arrivals

    def block(self, block: WordBlock, tie: Tie | None) -> WordBlock:
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
