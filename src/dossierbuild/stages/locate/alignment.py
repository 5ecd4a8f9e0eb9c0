"""Pages held against sources: which letters of the pages are which letters of the sources."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dossierbuild.stages.locate.letters import PART, Corpus, Letters

SEED = 12
"""Letters that have to be the same for two pieces of text to be held against each other."""
CERTAIN = 16
"""Letters in a row which, where they stand in the sources once, leave no doubt."""
CHANCE = 3
"""Letters that are the same behind the same words by chance."""
MOST = 64
"""Places of the same letters that are looked at: what stands in more is a column of the same cells."""
LONGEST = 4_000
"""Letters of a block that are counted."""
FAR = 3_000
"""Letters between a block and one that is near it."""


@dataclass(frozen=True, slots=True)
class Block:
    """So many letters from `at` in the pages are those from `to` in the sources."""

    at: int
    to: int
    size: int

    @property
    def end(self) -> int:
        """The letter of the pages behind it."""
        return self.at + self.size

    @property
    def last(self) -> int:
        """The last letter of the sources in it."""
        return self.to + self.size - 1


def aligned(pages: Letters, corpus: Corpus) -> tuple[Block, ...]:
    """The blocks of which the pages consist, in their order; what the program prints of itself is in none.

    Letters that stand in the sources more than once are taken where the blocks around them are.
    """
    candidates = list(_candidates(pages.text, pages.begins, corpus))
    certain = [blocks[0] for blocks in candidates if len(blocks) == 1 and blocks[0].size >= CERTAIN]
    at = [block.at for block in certain]
    return tuple(_chosen(blocks, certain, at) for blocks in candidates)


def _candidates(pages: str, begins: bytes, corpus: Corpus) -> Iterator[tuple[Block, ...]]:
    """For each piece of the pages that stands in the sources, the blocks that it may be, the longest first; it begins
    with a word on both sides."""
    places = _places(pages, begins, corpus)
    at = 0
    while 0 <= at <= len(pages) - SEED:
        found = [
            Block(at, to, _whole_words(at, _same(pages, at, corpus.text, to), begins))
            for to in places.get(pages[at : at + SEED], ())
        ]
        own = [block for block in found if block.to < corpus.own] or found
        if own:
            longest = max(block.size for block in own)
            like = [block for block in own if block.size >= longest - CHANCE]
            yield tuple(sorted(like, key=lambda block: (-block.size, block.to)))
        at = begins.find(1, at + max((block.size for block in own), default=1))


def _places(pages: str, begins: bytes, corpus: Corpus) -> Mapping[str, Sequence[int]]:
    """Where in the sources the letters of the pages stand, by each SEED of them."""
    wanted = {pages[at : at + SEED] for at, begin in enumerate(begins) if begin}
    places: dict[str, list[int]] = defaultdict(list)
    text = corpus.text
    for to, begin in enumerate(corpus.begins):
        if begin and (seed := text[to : to + SEED]) in wanted and len(places[seed]) < MOST:
            places[seed].append(to)
    return places


def _same(pages: str, at: int, text: str, to: int) -> int:
    """How many letters are the same from two places on."""
    most = min(len(pages) - at, len(text) - to, LONGEST)
    size = SEED
    step = 32
    while size < most and pages[at + size : at + size + step] == text[to + size : to + size + step]:
        size = min(size + step, most)
    while size < most and pages[at + size] == text[to + size] != PART:
        size += 1
    return size


def _whole_words(at: int, size: int, begins: bytes) -> int:
    """So many letters of the pages without those of a word at their end that goes on otherwise."""
    if at + size == len(begins) or begins[at + size]:
        return size
    return max(begins.rfind(1, at, at + size) - at, SEED)


def _chosen(blocks: Sequence[Block], certain: Sequence[Block], at: Sequence[int]) -> Block:
    """Of the blocks that a piece of the pages may be, the one that stands nearest to what is certain around it."""
    if len(blocks) == 1:
        return blocks[0]
    number = bisect_right(at, blocks[0].at)
    around = [*certain[max(number - 1, 0) : number], *certain[number : number + 1]]
    near = min(blocks, key=lambda block: _distance(block, around))
    return near if _distance(near, around) <= FAR else blocks[0]


def _distance(block: Block, around: Sequence[Block]) -> int:
    """How far a block is from where it would be if nothing stood between it and the nearest of those around it."""
    return min((abs((block.to - block.at) - (other.to - other.at)) for other in around), default=FAR + 1)
