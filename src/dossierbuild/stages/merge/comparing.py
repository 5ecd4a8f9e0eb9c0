"""What a block says, in the form in which two of them are held against each other."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from dossierbuild.core.passages import ATOM
from dossierbuild.core.word import Note
from dossierbuild.stages.merge.paragraphs import Sign, WordBlock, folded, note_blocks
from dossierbuild.stages.merge.weaving import formats

NOTHING: Mapping[str, tuple[WordBlock, ...]] = MappingProxyType({})


def comparable_words(block: WordBlock, notes: Mapping[str, tuple[WordBlock, ...]] = NOTHING) -> str:
    """What a block says as the proof compares it: atoms by their kind, notes with their words, as `notes` has them."""
    if block.rows:
        cells = (cell.blocks for row in block.rows for cell in row)
        return " | ".join(" ".join(filter(None, (comparable_words(own, notes) for own in cell))) for cell in cells)
    return " ".join(_comparable(block.signs, notes).split())


def _comparable(signs: Sequence[Sign], notes: Mapping[str, tuple[WordBlock, ...]]) -> str:
    text = folded("".join(_compared(sign, notes) for sign in signs)).replace("...", "…")
    return re.sub("-{2,3}", "-", text)


def _compared(sign: Sign, notes: Mapping[str, tuple[WordBlock, ...]]) -> str:
    if sign.atom is None:
        return sign.shown
    if not isinstance(sign.atom.value, Note):
        return ATOM
    blocks = notes.get(sign.atom.name) or note_blocks(sign.atom.value, {})
    return f"{ATOM}({' '.join(comparable_words(block, notes) for block in blocks)})"


def differs(old: WordBlock, new: WordBlock) -> bool:
    """Whether the words, the atoms or the marks of two paragraphs are not the same."""
    return said(old.signs) != said(new.signs)


def said(signs: Sequence[Sign]) -> list[tuple[str, str, object]]:
    """What signs say: their words, their atoms and their marks."""
    return [
        (folded(sign.shown), sign.atom.name if sign.atom else "", formats(sign.look) if not sign.atom else None)
        for sign in signs
    ]
