"""What each paragraph of the document that was sent is in the source: its segment, its part, its signs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.passages import Kind
from dossierbuild.core.sent import Bookmark, Carrier, read_bookmark
from dossierbuild.core.word import Note
from dossierbuild.stages.merge.glyphs import Glyph, GlyphKind
from dossierbuild.stages.merge.paragraphs import Role, WordBlock, WordCell
from dossierbuild.stages.merge.source import Part, Segment, SourceText
from dossierbuild.stages.merge.weaving import Strand, tied


@dataclass(frozen=True, slots=True, kw_only=True)
class CellTie:
    """A cell that was sent, with the part that says it; None where its words cannot be changed."""

    part: Part | None
    strand: Strand


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A block that was sent: its segment, None for one that is of none, and the part that its words are.

    Without a part it is a border, a picture or what else the program wrote there. `cells` are those of a table by row
    and by number in the row.
    """

    block: WordBlock
    segment: Segment | None = None
    part: Part | None = None
    strand: Strand = field(default_factory=Strand)
    cells: FrozenMap[tuple[int, int], CellTie] = field(default_factory=FrozenMap)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteTie:
    """A note that was sent: what calls it in the source, and the ties of its paragraphs."""

    name: str
    call: str
    ties: tuple[Tie, ...]

    @property
    def is_inline(self) -> bool:
        return self.call.startswith("^[")


def carried(bookmarks: frozenset[str]) -> tuple[Bookmark, ...]:
    """The bookmarks of ours among those of a paragraph."""
    return tuple(sorted(filter(None, map(read_bookmark, bookmarks)), key=lambda found: found.name))


def ties_of(blocks: Sequence[WordBlock], source: SourceText, first: int = 0) -> tuple[Tie, ...]:
    """What each block that was sent is; `first` is the number in the document of the text's first passage."""
    return tuple(_Tying(source, blocks, first).all())


class _Tying:
    def __init__(self, source: SourceText, blocks: Sequence[WordBlock], first: int) -> None:
        self.source = source
        self.blocks = blocks
        self.first = first
        self.met: set[tuple[int, str]] = set()
        self.said = {part.passage: (segment, part) for segment in source.segments for part in segment.parts}
        self.whole = {(segment.passage, segment.is_end): segment for segment in source.segments if segment.passage >= 0}

    def all(self) -> Iterator[Tie]:
        for block in self.blocks:
            yield self._table(block) if block.role is Role.TABLE else self._paragraph(block)

    def _carried(self, bookmarks: frozenset[str]) -> Bookmark | None:
        """The first bookmark of a passage of this text."""
        passages = range(self.first, self.first + len(self.source.passages))
        return next(
            (mark for mark in carried(bookmarks) if mark.carrier is not Carrier.TEXT and mark.number in passages), None
        )

    def _paragraph(self, block: WordBlock) -> Tie:
        mark = self._carried(block.bookmarks)
        if mark is None:
            return Tie(block=block, segment=self._figure(block))
        number = mark.number - self.first
        if mark.carrier in (Carrier.BOX_BEGIN, Carrier.BOX_END):
            return Tie(block=block, segment=self.whole.get((number, mark.carrier is Carrier.BOX_END)))
        segment, part = self.said.get(number, (self.whole.get((number, False)), None))
        segment = segment or self._around(number)
        if part is None or mark.carrier is Carrier.SHOWN:
            return Tie(block=block, segment=self.whole.get((number, True), segment))
        return Tie(block=block, segment=segment, part=part, strand=tied(block.signs, part.glyphs))

    def _figure(self, block: WordBlock) -> Segment | None:
        """The segment of the figure whose picture a paragraph is; the first that shows it and has not been met."""
        for picture in block.pictures:
            for segment in self.source.segments:
                shows = segment.kind is Kind.FIGURE and f"]({picture.name}" in segment.text
                if shows and (segment.number, picture.name) not in self.met:
                    self.met.add((segment.number, picture.name))
                    return segment
        return None

    def _around(self, number: int) -> Segment | None:
        """The segment of what a passage without one stands in."""
        within = self.source.passages[number].within
        around = next((at for at, passage in enumerate(self.source.passages) if passage.id == within), None)
        if not within or around is None:
            return None
        return self.whole.get((around, False)) or self._around(around)

    def _table(self, block: WordBlock) -> Tie:
        numbers = [
            mark.number - self.first for row in block.rows for cell in row if (mark := self._carried(cell.bookmarks))
        ]
        segment = next((self.said[number][0] for number in numbers if number in self.said), None)
        cells = {(at, place): self._cell(cell) for at, row in enumerate(block.rows) for place, cell in enumerate(row)}
        return Tie(block=block, segment=segment, cells=FrozenMap(cells.items()))

    def _cell(self, cell: WordCell) -> CellTie:
        mark = self._carried(cell.bookmarks)
        _, part = self.said.get(mark.number - self.first if mark else -1, (None, None))
        if part is None or part.is_fixed:
            return CellTie(part=None, strand=Strand())
        return CellTie(part=part, strand=tied(cell.signs, part.glyphs))


def strands_of(ties: Sequence[Tie]) -> Iterator[Strand]:
    """The strands of paragraphs and of cells."""
    for tie in ties:
        yield tie.strand
        yield from (cell.strand for cell in tie.cells.values())


_CALL = re.compile(r"\[\^([^\[\]\s]+)\]")


def note_ties(
    ties: Sequence[Tie], source: SourceText, blocks_of: Mapping[str, tuple[WordBlock, ...]], start: int = 0
) -> FrozenMap[str, NoteTie]:
    """The notes that were sent, by their names in the document."""
    defined = {
        label[1]: segment
        for segment in source.segments
        if segment.kind is Kind.NOTE and (label := _CALL.match(segment.text.lstrip()))
    }
    found: dict[str, NoteTie] = {}
    queue = [*strands_of(ties)]
    while queue:
        for thread in queue.pop(0).threads:
            if thread.sign is None or thread.sign.atom is None or not isinstance(thread.sign.atom.value, Note):
                continue
            call = next((glyph for glyph in thread.glyphs if glyph.kind is GlyphKind.NOTE), None)
            name = thread.sign.atom.name
            if call is None or name in found:
                continue
            own = _note(name, call, blocks_of.get(name, ()), source, defined, start)
            found[name] = own
            queue += [tie.strand for tie in own.ties]
    return FrozenMap(found.items())


def _note(
    name: str, call: Glyph, blocks: Sequence[WordBlock], source: SourceText, defined: Mapping[str, Segment], start: int
) -> NoteTie:
    label = _CALL.fullmatch(call.source)
    segment = defined.get(label[1]) if label else None
    if segment is None or not segment.parts:
        return NoteTie(name=name, call=call.source, ties=tuple(Tie(block=block) for block in blocks))
    part = segment.parts[0]
    first = [
        Tie(block=block, segment=segment, part=part, strand=tied(block.signs, part.glyphs)) for block in blocks[:1]
    ]
    return NoteTie(name=name, call=call.source, ties=(*first, *ties_of(blocks[1:], source, start)))
