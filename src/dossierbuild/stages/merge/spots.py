"""Where in a brought text the comments of the document stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dossierbuild.stages.merge.edits import Edits
from dossierbuild.stages.merge.glyphs import Glyph, written
from dossierbuild.stages.merge.pairing import Pairing
from dossierbuild.stages.merge.paragraphs import WordBlock
from dossierbuild.stages.merge.placing import Placed, Woven
from dossierbuild.stages.merge.source import Part
from dossierbuild.stages.merge.ties import Tie


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where in a brought text a comment stands; `offset` is -1 for one without a place."""

    comment: str
    offset: int


def spots(pairing: Pairing, edits: Edits, placed: Sequence[Placed], starts: Sequence[int]) -> Iterator[Spot]:
    """The spots of all comments; `starts` are where in the text what is placed begins."""
    places = list(zip(placed, starts, strict=True))
    by_block = {own.block: (own, start) for own, start in places if own.block >= 0}
    by_segment = {own.number: (own, start) for own, start in places if own.segment}
    for block, tie in pairing.pairs():
        segment = tie.segment.number if tie and tie.segment else -1
        own, start = by_block.get(block.number) or by_segment.get(segment) or (None, -1)
        woven = own.woven if own and own.block == block.number else edits.woven.get(block.number)
        for inner, part in _parts(block, tie):
            for name, at in inner.comments:
                yield Spot(comment=name, offset=start + _offset(own.text, part, woven, at) if own else -1)


def _parts(block: WordBlock, tie: Tie | None) -> Iterator[tuple[WordBlock, Part | None]]:
    """A block and the paragraphs of its cells, each with the part of the source that says it."""
    yield block, tie.part if tie else None
    is_same_shape = tie is not None and len(tie.block.rows) == len(block.rows)
    for at, row in enumerate(block.rows):
        for place, cell in enumerate(row):
            own = tie.cells.get((at, place)) if tie and is_same_shape else None
            yield from ((inner, own.part if own else None) for inner in cell.blocks)


def _offset(text: str, part: Part | None, woven: Woven | None, at: int) -> int:
    """Where in lines that are placed the sign stands that is number `at` in its paragraph."""
    start = _start(text, part) if part else 0
    if woven:
        return start + len(woven.head) + _written_before(woven.glyphs, at)
    return start + len(part.head) + _written_before(part.glyphs, at) if part else 0


def _start(text: str, part: Part) -> int:
    """Where a part begins, by its words, else where it began."""
    found = -1 if text.startswith(part.source, part.start) else text.find(part.source)
    return found if found >= 0 else part.start


def _written_before(glyphs: Sequence[Glyph], count: int) -> int:
    """How much is written before a sign, counted by what is shown."""
    seen = 0
    for at, glyph in enumerate(glyphs):
        if glyph.shown and seen == count:
            marked = (*glyphs[:at], Glyph("", "\0", glyph.marks), *glyphs[at:])
            return written(marked).index("\0")
        seen += len(glyph.shown)
    return len(written(glyphs))
