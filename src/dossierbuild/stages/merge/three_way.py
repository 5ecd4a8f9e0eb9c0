"""Two versions of one text made one: by blocks, and within blocks that both changed by words.

Only where both changed the same words, or one took away what the other changed, is there a conflict. Then ours stays,
or the other where that was chosen; a text never has marks of a conflict in it.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum


class Taken(Enum):
    """Whose words were chosen for a conflict; the value is what editors type."""

    WORD = "word"
    OURS = "ours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Words that both changed; `offset` is where ours begin in our text, `merged` where they begin in the result."""

    offset: int
    merged: int
    before: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The text of both, and where they contradict each other."""

    text: str
    conflicts: tuple[Conflict, ...]


Choose = Callable[[int], Taken | None]
"""What was chosen for a conflict at an offset of our text; None where nothing was."""


def three_way(base: str, ours: str, theirs: str, choose: Choose = lambda offset: None) -> Merged:
    """What both changed in a text, in one text."""
    if ours in (base, theirs):
        return Merged(theirs, ())
    if theirs == base:
        return Merged(ours, ())
    return _Merging(choose).blocks(base, ours, theirs)


_BLOCK = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|\Z))+|(?:[^\S\n]*\n)+|[^\S\n]+\Z")
_WORD = re.compile(r"\[[^\[\]\n]*\](?:\([^()\n]*\)|\{[^{}\n]*\})?|\{[^{}\n]*\}|\w+|\s+|.", re.DOTALL)


@dataclass(slots=True)
class _Merging:
    choose: Choose
    pieces: list[str] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    length: int = 0
    ours_at: int = 0

    def blocks(self, base: str, ours: str, theirs: str) -> Merged:
        for stretch in _stretches(*(_BLOCK.findall(text) for text in (base, ours, theirs))):
            self._settle(stretch, self._words)
        return Merged("".join(self.pieces), tuple(self.conflicts))

    def _settle(self, stretch: _Stretch, contradicts: Callable[[_Stretch], None]) -> None:
        """Take what one of both changed; what both changed in different ways goes on."""
        base, ours, theirs = stretch.base, stretch.ours, stretch.theirs
        if theirs in (ours, base):
            self._add(ours, len(ours))
        elif ours == base:
            self._add(theirs, len(ours))
        else:
            contradicts(stretch)

    def _add(self, text: str, ours: int) -> None:
        self.pieces.append(text)
        self.length += len(text)
        self.ours_at += ours

    def _words(self, stretch: _Stretch) -> None:
        if not stretch.base.strip():
            self._both(stretch)
            return
        words = (_WORD.findall(text) for text in (stretch.base, stretch.ours, stretch.theirs))
        for inner in _stretches(*words):
            self._settle(inner, self._conflict)

    def _both(self, stretch: _Stretch) -> None:
        """Blocks that both added at one place: ours first, and theirs unless it is among ours."""
        self._add(stretch.ours, len(stretch.ours))
        if stretch.theirs.strip() not in stretch.ours:
            self._add(stretch.theirs, 0)

    def _conflict(self, stretch: _Stretch) -> None:
        at = self.ours_at + len(stretch.ours) - len(stretch.ours.lstrip())
        taken = self.choose(at)
        if taken is None:
            self.conflicts.append(
                Conflict(
                    offset=at,
                    merged=self.length,
                    before=stretch.base,
                    ours=stretch.ours,
                    theirs=stretch.theirs,
                )
            )
        self._add(stretch.theirs if taken is Taken.WORD else stretch.ours, len(stretch.ours))


@dataclass(frozen=True, slots=True)
class _Stretch:
    """What stands between two places at which all three texts are the same, or what is the same there."""

    base: str
    ours: str
    theirs: str


def _stretches(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> Iterator[_Stretch]:
    """The three texts in step: what is the same in all, and what stands between."""
    same = [_same(base, other) for other in (ours, theirs)]
    at = [0, 0, 0]
    for place in [*(place for place in range(len(base)) if place in same[0] and place in same[1]), len(base)]:
        ends = [place, same[0].get(place, len(ours)), same[1].get(place, len(theirs))]
        pieces = ["".join(text[start:end]) for text, start, end in zip((base, ours, theirs), at, ends, strict=True)]
        if any(pieces):
            yield _Stretch(*pieces)
        if place < len(base):
            yield _Stretch(base[place], ours[ends[1]], theirs[ends[2]])
        at = [end + 1 for end in ends]


def _same(base: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    blocks = difflib.SequenceMatcher(None, base, other, autojunk=False).get_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)}
