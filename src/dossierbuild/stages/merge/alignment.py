"""Which paragraph of a returned document is which of the one that was sent: by their words, helped by bookmarks."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dossierbuild.stages.merge.paragraphs import Role, WordBlock

SHARED = 0.45
"""What a bookmark that both have adds to how like they are, which is 1 for the same words."""
LEAST = 0.5
"""How like two paragraphs between the same neighbours have to be."""
MOVED = 0.8
"""How like two paragraphs at different places have to be."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """For each returned paragraph the number of the sent one that it is, or None."""

    sent: tuple[int | None, ...]

    @property
    def kept(self) -> frozenset[int]:
        return frozenset(number for number in self.sent if number is not None)


def aligned(sent: Sequence[WordBlock], returned: Sequence[WordBlock]) -> Alignment:
    """Pairs in order first, then paragraphs that were moved, then those that alone are left between the same two."""
    pairs: dict[int, int] = {}
    for first, last in _gaps(sent, returned, pairs):
        pairs |= _best_in_order(sent, returned, first, last)
    _pair_moved(sent, returned, pairs)
    _pair_leftovers(sent, returned, pairs)
    return Alignment(tuple(pairs.get(number) for number in range(len(returned))))


_Range = tuple[int, int]


def _gaps(
    sent: Sequence[WordBlock], returned: Sequence[WordBlock], pairs: dict[int, int]
) -> list[tuple[_Range, _Range]]:
    """What is left between paragraphs that are the same on both sides, which are paired."""
    keys = [[(block.role, block.text) for block in blocks] for blocks in (sent, returned)]
    matcher = difflib.SequenceMatcher(None, keys[0], keys[1], autojunk=False)
    gaps = []
    for tag, first, last, begin, end in matcher.get_opcodes():
        if tag == "equal":
            pairs |= {begin + step: first + step for step in range(last - first)}
        elif tag == "replace":
            gaps.append(((first, last), (begin, end)))
    return gaps


def likeness(one: WordBlock, other: WordBlock) -> float:
    """How like two paragraphs are: the part of their words that both have in order, and more for a shared bookmark."""
    if (one.role is Role.TABLE) != (other.role is Role.TABLE):
        return 0.0
    shared = SHARED if bookmarks_of(one) & bookmarks_of(other) else 0.0
    if not one.words and not other.words:
        return shared + (LEAST if bool(one.pictures) == bool(other.pictures) else 0.0)
    common = sum((Counter(one.words) & Counter(other.words)).values())
    most = 2 * common / (len(one.words) + len(other.words))
    if most + shared < LEAST:
        return most + shared
    ratio = difflib.SequenceMatcher(None, one.words, other.words, autojunk=False).ratio()
    return shared + ratio - (0.05 if one.role is not other.role else 0.0)


def bookmarks_of(block: WordBlock) -> frozenset[str]:
    return frozenset(name for inner in block.blocks() for name in inner.bookmarks)


def _best_in_order(
    sent: Sequence[WordBlock], returned: Sequence[WordBlock], first: _Range, last: _Range
) -> dict[int, int]:
    """The pairs in order that are together most alike (Needleman and Wunsch)."""
    rows, columns = range(*first), range(*last)
    alike = [[likeness(sent[row], returned[column]) for column in columns] for row in rows]
    best = [[0.0] * (len(columns) + 1) for _ in range(len(rows) + 1)]
    for row in range(len(rows) - 1, -1, -1):
        for column in range(len(columns) - 1, -1, -1):
            score = alike[row][column]
            paired = score + best[row + 1][column + 1] if score >= LEAST else -1.0
            best[row][column] = max(paired, best[row + 1][column], best[row][column + 1])
    pairs: dict[int, int] = {}
    row = column = 0
    while row < len(rows) and column < len(columns):
        score = alike[row][column]
        if score >= LEAST and best[row][column] == score + best[row + 1][column + 1]:
            pairs[columns[column]] = rows[row]
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            row += 1
        else:
            column += 1
    return pairs


def _pair_moved(sent: Sequence[WordBlock], returned: Sequence[WordBlock], pairs: dict[int, int]) -> None:
    taken = set(pairs.values())
    free = [block for block in sent if block.number not in taken]
    for block in returned:
        if block.number in pairs or not free:
            continue
        score, near = max(((likeness(old, block), old) for old in free), key=lambda pair: pair[0])
        if score >= MOVED and (near.words or near.pictures):
            pairs[block.number] = near.number
            free.remove(near)


def _pair_leftovers(sent: Sequence[WordBlock], returned: Sequence[WordBlock], pairs: dict[int, int]) -> None:
    """Pair what is left between the same neighbours where its number and its roles agree."""
    for old, new in list(_leftovers(sent, returned, pairs)):
        if len(old) == len(new) and all(
            (one.role, one.level) == (other.role, other.level) and bool(one.pictures) == bool(other.pictures)
            for one, other in zip(old, new, strict=True)
        ):
            pairs |= {other.number: one.number for one, other in zip(old, new, strict=True)}


def _leftovers(
    sent: Sequence[WordBlock], returned: Sequence[WordBlock], pairs: dict[int, int]
) -> Iterator[tuple[list[WordBlock], list[WordBlock]]]:
    taken = set(pairs.values())
    at = 0
    while at < len(returned):
        stop = at
        while stop < len(returned) and stop not in pairs:
            stop += 1
        if stop > at:
            before = pairs.get(at - 1, -1) if at else -1
            after = pairs[stop] if stop < len(returned) else len(sent)
            between = list(sent[before + 1 : after])
            if not any(block.number in taken for block in between):
                yield between, list(returned[at:stop])
        at = stop + 1
