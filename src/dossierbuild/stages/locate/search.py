"""The search for marked words among pages and sources that were held against each other."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from dossierbuild.stages.locate.alignment import SEED, Block
from dossierbuild.stages.locate.letters import PART, Corpus, Letters, Source, letters_of

LABEL = 40
"""Letters of the longest label of which no word is known."""
GAP = 800
"""Letters between two blocks of which the second goes on where the first ends: a label, a note, the head of a page."""
MOST_NAMES = 4
"""Names in a label that stand elsewhere too."""
AROUND = 3_000
"""Letters before and behind a block in which words are sought that are too few for a block."""
LONGEST = 300
"""Letters of what is sought there."""
LITTLE = 0.33
"""The part of the marked letters that has to stand in blocks: the rest may be labels."""
ENOUGH = 0.5
"""The part of words too few for a block that has to stand in the sources."""
FEW = 3
"""Letters that are a word."""
ALONE = 6
"""Letters of words that are sought everywhere."""

_ATOM = re.compile(
    r"(?<![\w\\])-?@(?P<key>\{[^{}\n]*\}|\w(?:[:.#$%&+?<>~/-]?\w)*)"  # a citation, where its key begins
    r"|\[\]\(#[^()\s]*\)"  # a reference of which the label is printed
    r"|\[\^[^\[\]\s]+\](?!:)"  # the call of a note
)
_PARAGRAPH = re.compile(r"\n[ \t\r]*\n|\n#")


@dataclass(frozen=True, slots=True)
class Spot:
    """A letter of the sources at which marked words begin, by its source and its offset there.

    `is_sure` is False where it is that of words near them.
    """

    source: int
    offset: int
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class _Atom:
    """A citation or reference between two blocks: where in its source it begins, the letters that its label may consist
    of, and whether it is in one paragraph with the first block and with the second."""

    offset: int
    printed: str
    is_with_first: bool
    is_with_second: bool


class Search:
    """Pages whose `blocks` are known in the sources; `names` has what a citation of each work prints, by its key."""

    def __init__(self, pages: Letters, corpus: Corpus, blocks: Sequence[Block], names: Mapping[str, str]) -> None:
        self.pages = pages
        self.corpus = corpus
        self.names = names
        self.blocks = self._without_labels(blocks)
        self.begins = [block.at for block in self.blocks]

    def spot(self, first: int, last: int) -> Spot | None:
        """Where the letters of the pages from `first` up to `last` stand; None where that is not known."""
        number = bisect_right(self.begins, first)
        before = self.blocks[number - 1] if number else None
        behind = self.blocks[number] if number < len(self.blocks) else None
        enough = self._covered(first, last) >= LITTLE * (last - first)
        if before and first < before.end:
            return self._spot(before.to + first - before.at, is_sure=enough) if enough or last > before.end else None
        if before and behind and _goes_on(before, behind, self.corpus):
            return self._between(first, last, before, behind)
        if behind and behind.at < last and enough:
            return self._spot(behind.to)
        return self._near(first, last, [block for block in (before, behind) if block])

    def _spot(self, letter: int, *, is_sure: bool = True) -> Spot:
        source, offset = self.corpus.source_at(letter), self.corpus.offset(letter)
        return Spot(source, _begin_of_atom(self.corpus.sources[source], offset), is_sure)

    def _covered(self, first: int, last: int) -> int:
        """How many of the letters stand in a block."""
        number = max(bisect_right(self.begins, first) - 1, 0)
        covered = 0
        while number < len(self.blocks) and self.blocks[number].at < last:
            block = self.blocks[number]
            covered += max(min(block.end, last) - max(block.at, first), 0)
            number += 1
        return covered

    # Letters between two blocks that go on.

    def _without_labels(self, blocks: Sequence[Block]) -> list[Block]:
        """The blocks without those that are the label of a citation, whose words stand elsewhere too."""
        kept: list[Block] = []
        for block in blocks:
            for number in range(1, min(MOST_NAMES, len(kept) - 1) + 1):
                before, between = kept[-1 - number], kept[-number:]
                if _goes_on(before, block, self.corpus) and self._are_label(between, before, block):
                    del kept[-number:]
                    break
            kept.append(block)
        return kept

    def _are_label(self, between: Sequence[Block], before: Block, behind: Block) -> bool:
        """Whether blocks are from elsewhere, and are what a citation between two blocks prints."""
        if any(before.to < block.to < behind.to for block in between):
            return False
        atoms = self._atoms(before, behind)
        return all(self.corpus.is_of_works(block.to) or self._is_named(block, atoms) for block in between)

    def _is_named(self, block: Block, atoms: Sequence[_Atom]) -> bool:
        words = self.pages.text[block.at : block.end]
        return any(_longest(words, atom.printed)[1] >= ENOUGH * block.size for atom in atoms)

    def _between(self, first: int, last: int, before: Block, behind: Block) -> Spot:
        """What is marked begins between two blocks: with words too few for a block, or with a label."""
        begin, end = before.last + 1, behind.to
        goes_on = behind.at < last
        sought, written = self.pages.text[first : min(last, behind.at)], self.corpus.text[begin:end]
        if len(sought) >= FEW and sought in written:
            return self._spot(begin + written.index(sought))
        if goes_on and not written:
            return self._spot(behind.to)
        atoms = self._atoms(before, behind)
        if atom := _sharing_most(sought, atoms):
            return Spot(self.corpus.source_at(before.to), atom.offset)
        if len(sought) >= ALONE and (spot := self._word_for_word(sought, first, [before, behind])):
            return spot
        at, size = _longest(sought, written)
        if size >= max(FEW, ENOUGH * len(sought)):
            return self._spot(self._word_from(begin + at, size))
        is_next = first == before.end
        labels = [atom for atom in atoms if not goes_on or atom.is_with_second or (is_next and atom.is_with_first)]
        printed = behind.at - before.end
        if labels and printed <= LABEL * len(labels):
            part = (first - before.end) / printed
            return Spot(self.corpus.source_at(before.to), labels[int(part * len(labels))].offset)
        return self._spot(behind.to if goes_on else before.last, is_sure=goes_on)

    def _atoms(self, before: Block, behind: Block) -> list[_Atom]:
        """The citations and references between two blocks."""
        return self._atoms_in(self.corpus.between(before.last, behind.to), self.corpus.offset(before.last) + 1)

    def _atoms_in(self, written: str, begin: int) -> list[_Atom]:
        """The citations and references in a piece of a source that begins at an offset."""
        ends = [end.start() for end in _PARAGRAPH.finditer(written)]
        return [
            _Atom(
                begin + atom.start(),
                self._printed(atom),
                is_with_first=not ends or atom.start() < ends[0],
                is_with_second=not ends or atom.start() > ends[-1],
            )
            for atom in _ATOM.finditer(written)
        ]

    def _printed(self, atom: re.Match[str]) -> str:
        """The letters of which a label may consist: those that are written, and the names and the year of the work."""
        return f"{letters_of(atom[0]).text}{PART}{self.names.get((atom['key'] or '').strip('{}'), '')}"

    # Letters near blocks.

    def _near(self, first: int, last: int, around: Sequence[Block]) -> Spot | None:
        """Letters of which no block is known: in the neighbourhood of the blocks around them or, where they stand in
        the sources once, there."""
        sought = self.pages.text[first : min(last, first + LONGEST)]
        spot = self._word_for_word(sought, first, around) or self._alone(sought)
        return spot or self._label_at(sought, first, around) or self._alike(sought, first, around)

    def _label_at(self, sought: str, first: int, around: Sequence[Block]) -> Spot | None:
        """The citation or reference that is printed behind a block, where another text begins there."""
        for block in around:
            source, begin = self.corpus.source_at(block.to), self.corpus.offset(block.last) + 1
            atoms = [atom for atom in self._atoms_in(self.corpus.rest(block.last), begin) if atom.is_with_first]
            if not 0 <= first - block.end <= LABEL * len(atoms):
                continue
            if atom := _sharing_most(sought, atoms):
                return Spot(source, atom.offset)
            if atoms and first == block.end and sought[0].isalpha():
                return Spot(source, atoms[0].offset, is_sure=False)
        return None

    def _word_for_word(self, sought: str, first: int, around: Sequence[Block]) -> Spot | None:
        """Where what is sought begins in the neighbourhood, nearest to where it would be if nothing came between."""
        found = [
            (abs(to - expected), to)
            for begin, end, expected in self._neighbourhoods(first, around)
            for to in self._occurrences(sought, begin, end)
        ]
        return self._spot(min(found)[1]) if found and len(sought) >= FEW else None

    def _alone(self, sought: str) -> Spot | None:
        """Where what is sought stands once in all sources, or once in those of the publication."""
        if len(sought) < ALONE:
            return None
        everywhere = list(self._occurrences(sought, 0, len(self.corpus.text)))
        own = [to for to in everywhere if to < self.corpus.own] or everywhere
        return self._spot(own[0]) if len(own) == 1 else None

    def _alike(self, sought: str, first: int, around: Sequence[Block]) -> Spot | None:
        """Where the longest part of what is sought stands in the neighbourhood."""
        alike = []
        for begin, end, expected in self._neighbourhoods(first, around):
            at, size = _longest(sought, self.corpus.text[begin:end])
            alike.append((-size, abs(begin + at - expected), begin + at))
        less, _, letter = min(alike, default=(0, 0, 0))
        if -less < max(FEW + 1, ENOUGH * len(sought)):
            return None
        return self._spot(self._word_from(letter, -less), is_sure=-less >= SEED)

    def _neighbourhoods(self, first: int, around: Sequence[Block]) -> Iterator[tuple[int, int, int]]:
        """From where to where words are sought in the sources, and where they would be if nothing came between."""
        for block in around:
            if block.at - AROUND <= first <= block.end + AROUND:
                begin, end = self.corpus.bounds(block.to)
                expected = block.to + first - block.at
                yield max(block.to - AROUND, begin), min(block.last + AROUND, end), expected

    def _occurrences(self, sought: str, begin: int, end: int) -> Iterator[int]:
        """Where letters stand with which a word begins."""
        at = self.corpus.text.find(sought, begin, end) if sought else -1
        while at >= 0:
            if self.corpus.begins[at]:
                yield at
            at = self.corpus.text.find(sought, at + 1, end)

    def _word_from(self, letter: int, size: int) -> int:
        """The first of so many letters with which a word begins."""
        begin = self.corpus.begins.find(1, letter, letter + size)
        return letter if begin < 0 else begin


def _goes_on(before: Block, behind: Block, corpus: Corpus) -> bool:
    """Whether a block goes on where another ends, but for what the program prints between them."""
    same = corpus.source_at(before.to) == corpus.source_at(behind.to)
    return same and 0 < behind.to - before.last <= GAP and behind.at - before.end <= GAP


def _sharing_most(sought: str, atoms: Sequence[_Atom]) -> _Atom | None:
    """The atom that shares most letters with what is sought, where these are more than a few."""
    shared = [_longest(sought, atom.printed)[1] for atom in atoms]
    return atoms[shared.index(max(shared))] if shared and max(shared) > FEW else None


def _longest(sought: str, text: str) -> tuple[int, int]:
    """Where in a text the longest part of what is sought stands, and how long it is."""
    match = SequenceMatcher(None, sought[:LONGEST], text, autojunk=False).find_longest_match()
    return match.b, match.size


def _begin_of_atom(source: Source, offset: int) -> int:
    """Where a citation or reference begins when an offset lies in it, else the offset."""
    start = source.text.rfind("\n", 0, offset) + 1
    end = source.text.find("\n", offset)
    for atom in _ATOM.finditer(source.text, start, end if end >= 0 else len(source.text)):
        if atom.start() <= offset < atom.end():
            return atom.start()
    return offset
