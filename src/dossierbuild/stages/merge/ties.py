"""What each paragraph of the document that was sent is in the source: its segment, its part, its signs."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.passages import Kind
from dossierbuild.core.word import Note
from dossierbuild.stages.merge.glyphs import Glyph, GlyphKind, shown
from dossierbuild.stages.merge.paragraphs import Role, WordBlock, WordCell, folded
from dossierbuild.stages.merge.source import Part, Segment, SourceText
from dossierbuild.stages.merge.weaving import Strand, tied

_BOOKMARK = re.compile(r"_db(?:t(\d+)_)?(\d+)_(\d+)")


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


def passage_of(bookmarks: frozenset[str]) -> int | None:
    """The number of the passage that bookmarks name first; None where they name none."""
    found = [match for name in bookmarks if (match := _BOOKMARK.fullmatch(name))]
    return min((int(match[2]) for match in found), default=None)


def ties_of(blocks: Sequence[WordBlock], source: SourceText) -> tuple[Tie, ...]:
    """What each block that was sent is."""
    return tuple(_Tying(source, blocks).all())


class _Tying:
    def __init__(self, source: SourceText, blocks: Sequence[WordBlock]) -> None:
        self.source = source
        self.blocks = blocks
        self.said = {part.passage: (segment, part) for segment in source.segments for part in segment.parts}
        self.whole = {(segment.passage, segment.is_end): segment for segment in source.segments if segment.passage >= 0}
        self.by_passage: dict[int, list[WordBlock]] = {}
        for block in blocks:
            number = passage_of(block.bookmarks) if block.role is not Role.TABLE else None
            if number is not None:
                self.by_passage.setdefault(number, []).append(block)

    def all(self) -> Iterator[Tie]:
        for block in self.blocks:
            yield self._table(block) if block.role is Role.TABLE else self._paragraph(block)

    def _paragraph(self, block: WordBlock) -> Tie:
        number = passage_of(block.bookmarks)
        if number is None or number >= len(self.source.passages):
            return Tie(block=block)
        together = self.by_passage[number]
        if self.source.passages[number].kind is Kind.BOX:
            is_end = len(together) > 1 and block is together[-1]
            return Tie(block=block, segment=self.whole.get((number, is_end)))
        segment, part = self.said.get(number, (self.whole.get((number, False)), None))
        if part is None or (part.kind is not Kind.CODE and block is not _saying(part, together)):
            return Tie(block=block, segment=segment or self._around(number))
        return Tie(block=block, segment=segment, part=part, strand=tied(block.signs, part.glyphs))

    def _around(self, number: int) -> Segment | None:
        """The segment of what a passage without one stands in."""
        within = self.source.passages[number].within
        around = next((at for at, passage in enumerate(self.source.passages) if passage.id == within), None)
        if not within or around is None:
            return None
        return self.whole.get((around, False)) or self._around(around)

    def _table(self, block: WordBlock) -> Tie:
        numbers = [
            number
            for row in block.rows
            for cell in row
            if (number := passage_of(cell.bookmarks)) is not None and number < len(self.source.passages)
        ]
        segment = next((self.said[number][0] for number in numbers if number in self.said), None)
        cells = {(at, place): self._cell(cell) for at, row in enumerate(block.rows) for place, cell in enumerate(row)}
        return Tie(block=block, segment=segment, cells=FrozenMap(cells.items()))

    def _cell(self, cell: WordCell) -> CellTie:
        number = passage_of(cell.bookmarks)
        _, part = self.said.get(-1 if number is None else number, (None, None))
        if part is None or part.is_fixed:
            return CellTie(part=None, strand=Strand())
        return CellTie(part=part, strand=tied(cell.signs, part.glyphs))


def _saying(part: Part, blocks: Sequence[WordBlock]) -> WordBlock:
    """Which of several paragraphs of a passage has its words."""
    words = folded(shown(part.glyphs))
    return max(
        blocks,
        key=lambda block: difflib.SequenceMatcher(
            None, words, folded("".join(sign.shown for sign in block.signs)), autojunk=False
        ).ratio(),
    )


def strands_of(ties: Sequence[Tie]) -> Iterator[Strand]:
    """The strands of paragraphs and of cells."""
    for tie in ties:
        yield tie.strand
        yield from (cell.strand for cell in tie.cells.values())


_CALL = re.compile(r"\[\^([^\[\]\s]+)\]")


def note_ties(
    ties: Sequence[Tie], source: SourceText, blocks_of: Mapping[str, tuple[WordBlock, ...]]
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
            own = _note(name, call, blocks_of.get(name, ()), source, defined)
            found[name] = own
            queue += [tie.strand for tie in own.ties]
    return FrozenMap(found.items())


def _note(
    name: str, call: Glyph, blocks: Sequence[WordBlock], source: SourceText, defined: Mapping[str, Segment]
) -> NoteTie:
    label = _CALL.fullmatch(call.source)
    segment = defined.get(label[1]) if label else None
    if segment is None or not segment.parts:
        return NoteTie(name=name, call=call.source, ties=tuple(Tie(block=block) for block in blocks))
    part = segment.parts[0]
    first = [
        Tie(block=block, segment=segment, part=part, strand=tied(block.signs, part.glyphs)) for block in blocks[:1]
    ]
    return NoteTie(name=name, call=call.source, ties=(*first, *ties_of(blocks[1:], source)))
