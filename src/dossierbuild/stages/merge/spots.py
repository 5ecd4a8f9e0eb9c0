"""Where in a brought text the comments of the document stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dossierbuild.stages.merge.glyphs import Glyph, written
from dossierbuild.stages.merge.pairing import Pairing
from dossierbuild.stages.merge.placing import Placed
from dossierbuild.stages.merge.ties import Tie


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where in a brought text a comment stands; `offset` is -1 for one without a place."""

    comment: str
    offset: int


def spots(pairing: Pairing, placed: Sequence[Placed], starts: Sequence[int]) -> Iterator[Spot]:
    """The spots of all comments; `starts` are where in the text what is placed begins."""
    begins = {own.block: (own, start) for own, start in zip(placed, starts, strict=True) if own.block >= 0}
    for block, tie in pairing.pairs():
        own, start = begins.get(block.number, (None, -1))
        for inner in block.blocks():
            for name, at in inner.comments:
                yield Spot(comment=name, offset=start + _offset(own, tie, at) if own else -1)


def _offset(placed: Placed, tie: Tie | None, at: int) -> int:
    """Where in lines that are placed the sign stands that is number `at` in their paragraph."""
    if placed.woven:
        return len(placed.woven.head) + _written_before(placed.woven.glyphs, at)
    if tie and tie.part:
        return tie.part.start + len(tie.part.head) + _written_before(tie.part.glyphs, at)
    return 0


def _written_before(glyphs: Sequence[Glyph], count: int) -> int:
    """How much is written before a sign, counted by what is shown."""
    seen = 0
    for at, glyph in enumerate(glyphs):
        if glyph.shown and seen == count:
            marked = (*glyphs[:at], Glyph("", "\0", glyph.marks), *glyphs[at:])
            return written(marked).index("\0")
        seen += len(glyph.shown)
    return len(written(glyphs))
