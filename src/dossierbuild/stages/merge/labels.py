"""Atoms where a program left only what they printed, and the names of notes that lost theirs."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dossierbuild.core.passages import ATOM
from dossierbuild.core.word import Field, Note
from dossierbuild.stages.merge.glyphs import GlyphKind
from dossierbuild.stages.merge.paragraphs import Atom, Sign, WordBlock, WordCell, folded, note_blocks, payload

_PRINTED = frozenset({GlyphKind.CITATION, GlyphKind.REFERENCE})
SAME_NOTE = 0.6
"""How like the words of two notes are that are one, where nothing else tells."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The citations and references that were sent, by name; `are_gone` where none came back as a field."""

    by_name: Mapping[str, Atom]
    are_gone: bool

    @classmethod
    def of(cls, sent: Sequence[WordBlock], returned: Sequence[WordBlock]) -> Labels:
        names = {atom.name: atom for atom in _atoms(sent)}
        return cls(names, bool(names) and not any(True for _ in _atoms(returned)))


def _atoms(blocks: Sequence[WordBlock]) -> list[Atom]:
    return [
        sign.atom
        for block in blocks
        for inner in block.blocks()
        for sign in inner.signs
        if sign.atom and sign.atom.kind in _PRINTED
    ]


Retyped = tuple[str, str]
"""What a citation or a reference printed when it was sent, and what somebody typed over it."""


def restored(block: WordBlock, old: WordBlock | None, labels: Labels) -> tuple[WordBlock, tuple[Retyped, ...]]:
    """A returned block with its atoms, and those over whose labels somebody typed."""
    if block.rows:
        return _restored_table(block, old, labels)
    retyped: list[Retyped] = []
    signs = [_known(sign, labels, retyped) for sign in block.signs]
    if old is not None:
        here = [sign.atom.name for sign in signs if sign.atom]
        missing = [
            sign.atom for sign in old.signs if sign.atom and sign.atom.kind in _PRINTED and sign.atom.name not in here
        ]
        signs = _replaced(signs, missing)
    elif labels.are_gone:
        signs = _replaced(signs, sorted(labels.by_name.values(), key=lambda atom: -len(atom.printed)), in_order=False)
    return replace(block, signs=tuple(signs), comments=_moved(block, signs)), tuple(retyped)


def _restored_table(block: WordBlock, old: WordBlock | None, labels: Labels) -> tuple[WordBlock, tuple[Retyped, ...]]:
    retyped: list[Retyped] = []
    rows = []
    before = [sign for row in old.rows for cell in row for sign in cell.signs] if old else []
    for row in block.rows:
        cells: list[WordCell] = []
        for cell in row:
            found = [restored(inner, replace(inner, rows=(), signs=tuple(before)), labels) for inner in cell.blocks]
            retyped += [two for _, said in found for two in said]
            cells.append(replace(cell, blocks=tuple(inner for inner, _ in found)))
        rows.append(tuple(cells))
    return replace(block, rows=tuple(rows)), tuple(retyped)


def _known(sign: Sign, labels: Labels, retyped: list[Retyped]) -> Sign:
    """An atom under the name with which it was sent; what was typed over its label is noted."""
    if sign.atom is None or sign.atom.kind not in _PRINTED:
        return sign
    known = labels.by_name.get(sign.atom.name)
    if known is None:
        same = [atom for atom in labels.by_name.values() if folded(atom.printed) == folded(sign.atom.printed)]
        return replace(sign, atom=same[0]) if len({atom.name for atom in same}) == 1 else sign
    printed = _line(sign.atom.printed)
    if printed not in (_line(known.printed), _line(_stated(sign.atom))):
        retyped.append((known.printed, sign.atom.printed))
    return replace(sign, atom=known)


def _line(text: str) -> str:
    return " ".join(folded(text).split())


def _stated(atom: Atom) -> str:
    """What the program that keeps a citation says that it prints."""
    value = payload(atom.value.instruction) if isinstance(atom.value, Field) else None
    properties = value.get("properties") if isinstance(value, dict) else None
    return str(properties.get("plainCitation", "")) if isinstance(properties, dict) else ""


def _replaced(signs: Sequence[Sign], missing: Sequence[Atom], *, in_order: bool = True) -> list[Sign]:
    """Signs in which the labels of atoms that are missing are these atoms, each in its order and once."""
    found = list(signs)
    at = 0
    for atom in missing:
        label = folded(atom.printed)
        text = "".join(folded(sign.shown) for sign in found)
        start = text.find(label, at) if label.strip() else -1
        while start >= 0:
            found[start : start + len(label)] = [Sign(ATOM, link="", atom=atom)]
            at = start + 1 if in_order else 0
            text = "".join(folded(sign.shown) for sign in found)
            start = -1 if in_order else text.find(label)
    return found


def _moved(block: WordBlock, signs: Sequence[Sign]) -> tuple[tuple[str, int], ...]:
    """Where comments begin among signs of which some have become one."""
    if len(signs) == len(block.signs):
        return block.comments
    old, new = "".join(sign.shown for sign in block.signs), "".join(sign.shown for sign in signs)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)

    def moved(at: int) -> int:
        for _, first, last, begin, end in matcher.get_opcodes():
            if first <= at < last:
                return min(begin + at - first, end)
        return len(signs)

    return tuple((name, moved(at)) for name, at in block.comments)


# --- notes -----------------------------------------------------------------------------------------------------------


def named_notes(
    blocks: Sequence[WordBlock], sent: Mapping[str, tuple[WordBlock, ...]], media: Mapping[str, bytes]
) -> tuple[WordBlock, ...]:
    """Blocks whose notes each have a name: their own, that of a note that was sent with these words, or a new one."""
    return _Naming(sent, media).named(blocks)


class _Naming:
    def __init__(self, sent: Mapping[str, tuple[WordBlock, ...]], media: Mapping[str, bytes]) -> None:
        self.sent = sent
        self.media = media
        self.used: set[str] = set()
        self.own: set[str] = set()
        self.count = 0

    def named(self, blocks: Sequence[WordBlock]) -> tuple[WordBlock, ...]:
        self.own = {
            sign.atom.name
            for block in blocks
            for inner in block.blocks()
            for sign in inner.signs
            if sign.atom and isinstance(sign.atom.value, Note) and sign.atom.name
        }
        return tuple(self._block(block) for block in blocks)

    def _block(self, block: WordBlock) -> WordBlock:
        rows = tuple(
            tuple(replace(cell, blocks=tuple(self._block(inner) for inner in cell.blocks)) for cell in row)
            for row in block.rows
        )
        return replace(block, signs=tuple(self._sign(sign) for sign in block.signs), rows=rows)

    def _sign(self, sign: Sign) -> Sign:
        if sign.atom is None or not isinstance(sign.atom.value, Note):
            return sign
        name = sign.atom.name
        if not name or name in self.used or (self.sent and name not in self.sent):
            name = self._by_words(sign.atom.value) or self._fresh()
        self.used.add(name)
        return replace(sign, atom=replace(sign.atom, name=name))

    def _by_words(self, note: Note) -> str:
        words = folded(" ".join(block.text for block in note_blocks(note, self.media)))
        free = {
            name: folded(" ".join(block.text for block in blocks))
            for name, blocks in self.sent.items()
            if name not in self.used and name not in self.own
        }
        likeness = {
            name: difflib.SequenceMatcher(None, words, text, autojunk=False).ratio() for name, text in free.items()
        }
        best = max(likeness, key=lambda name: likeness[name], default="")
        return best if best and likeness[best] >= SAME_NOTE else ""

    def _fresh(self) -> str:
        self.count += 1
        return f"note #{self.count}{'+' if self.sent else ''}"
