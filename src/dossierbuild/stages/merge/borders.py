"""The lines of boxes, where somebody joined a paragraph with one: their words are the program's and stay out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dossierbuild.core.sent import Carrier, read_bookmark
from dossierbuild.stages.merge.paragraphs import WordBlock, folded

_BORDERS = frozenset({Carrier.BOX_BEGIN, Carrier.BOX_END})


def without_borders(returned: Sequence[WordBlock], sent: Sequence[WordBlock]) -> tuple[WordBlock, ...]:
    """Returned blocks without the words of a border that stands nowhere else, where they begin or end with these."""
    stands = {folded(block.text) for block in returned}
    gone = [text for block in sent if _is_border(block) and (text := folded(block.text)) not in stands]
    return tuple(_less(block, gone) for block in returned) if gone else tuple(returned)


def _is_border(block: WordBlock) -> bool:
    found = (read_bookmark(name) for name in block.bookmarks)
    return any(mark is not None and mark.carrier in _BORDERS for mark in found)


def _less(block: WordBlock, gone: Sequence[str]) -> WordBlock:
    """A block without the words of borders that it begins or ends with; a table is left alone."""
    if block.rows:
        return block
    signs = block.signs
    text = folded("".join(sign.shown for sign in signs))
    for border in gone:
        if text.endswith(border) and len(text) > len(border):
            kept = len(text[: -len(border)].rstrip())
            signs, text = signs[:kept], text[:kept]
        elif text.startswith(border) and len(text) > len(border):
            left = len(text) - len(text[len(border) :].lstrip())
            signs, text = signs[left:], text[left:]
    return block if len(signs) == len(block.signs) else replace(block, signs=signs)
