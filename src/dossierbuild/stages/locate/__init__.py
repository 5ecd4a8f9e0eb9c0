"""Locate: where in the sources the words stand that are marked on the pages of a PDF.

Nothing is built for it. The letters of the pages are held against those of the sources (`alignment.py`); what the
program prints of itself, such as a citation's label, is found by what stands before and behind it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from dossierbuild.core.model import Reference
from dossierbuild.core.problems import Place
from dossierbuild.stages.locate.alignment import SEED, Block, aligned
from dossierbuild.stages.locate.letters import (
    PART,
    Corpus,
    Letters,
    Source,
    corpus_of,
    letters_of,
    source_of,
    source_of_works,
)

__all__ = ["Located", "Source", "corpus_of", "locate", "source_of", "source_of_works"]

LABEL = 40
"""Letters of the longest label of which no word is known."""
GAP = 800
"""Letters between two blocks of which the second goes on where the first ends: a label, a note, the head of a page."""
AROUND = 3_000
"""Letters before and behind a block in which words are sought that are too few for a block."""
LONGEST = 300
"""Letters of what is sought there."""
ENOUGH = 0.5
"""The part of the marked letters that has to stand in the sources."""
FEW = 3
"""Letters that are a word."""
ALONE = 6
"""Letters of words that are sought everywhere."""

_ATOM = re.compile(
    r"(?<![\w\\])-?@(?P<key>\{[^{}\n]*\}|\w(?:[:.#$%&+?<>~/-]?\w)*)"  # a citation, where its key begins
    r"|\[\]\(#[^()\s]*\)"  # a reference of which the label is printed
    r"|\[\^[^\]\s]+\](?!:)"  # the call of a note
)
_PARAGRAPH = re.compile(r"\n\s*\n|\n#")


@dataclass(frozen=True, slots=True)
class Located:
    """Where marked words stand; `is_sure` is False where the place is that of words near them."""

    place: Place
    is_sure: bool


def locate(
    text: str, marked: Iterable[Sequence[tuple[int, int]]], corpus: Corpus, references: Iterable[Reference]
) -> tuple[Located | None, ...]:
    """For each of the marked pieces of a text where the first of its words stands; None where that is not known.

    `text` has the words of pages, and `marked` from where to where pieces of it go. `references` are the works that
    citations may name.
    """
    pages = letters_of(text)
    blocks = _without_names(aligned(pages, corpus), corpus)
    search = _Search(pages, corpus, blocks, _names_by_key(references))
    return tuple(search.located(ranges) for ranges in marked)


def _names_by_key(references: Iterable[Reference]) -> dict[str, str]:
    """What a citation of each work prints, as letters: names and year."""
    return {
        reference.key: letters_of(
            " ".join((*(name.surname for name in reference.work.creators), *map(str, reference.work.issued.years)))
        ).text
        for reference in references
    }


def _without_names(blocks: Sequence[Block], corpus: Corpus) -> list[Block]:
    """The blocks without those of works that stand between two of a text which go on: names in a citation's label."""
    kept: list[Block] = []
    of_works: list[Block] = []
    for block in blocks:
        if corpus.is_of_works(block.to):
            of_works.append(block)
            continue
        if not (kept and _goes_on(kept[-1], block, corpus)):
            kept += of_works
        of_works = []
        kept.append(block)
    return kept + of_works


def _goes_on(before: Block, behind: Block, corpus: Corpus) -> bool:
    """Whether a block goes on where another ends, but for what the program prints between them."""
    same = corpus.source_at(before.to) == corpus.source_at(behind.to)
    return same and 0 < behind.to - before.last <= GAP and behind.at - before.end <= GAP


@dataclass(frozen=True, slots=True)
class _Atom:
    """A citation or reference: where it begins in what is written around it, the letters that its label may consist of,
    and whether a paragraph ends between it and what follows."""

    at: int
    printed: str
    ends_paragraph: bool


class _Search:
    """Pages that were held against the sources."""

    def __init__(self, pages: Letters, corpus: Corpus, blocks: Sequence[Block], names: Mapping[str, str]) -> None:
        self.pages = pages
        self.corpus = corpus
        self.blocks = blocks
        self.names = names
        self.begins = [block.at for block in blocks]

    def located(self, ranges: Sequence[tuple[int, int]]) -> Located | None:
        pieces = [(self.pages.index(start), self.pages.index(end)) for start, end in ranges]
        pieces = [(first, last) for first, last in pieces if first < last]
        found = next((spot for piece in pieces if (spot := self._spot(*piece))), None)
        if found is None:
            return None
        source, offset, is_sure = found
        written = self.corpus.sources[source]
        return Located(written.place(_begin_of_atom(written, offset)), is_sure)

    def _spot(self, first: int, last: int) -> tuple[int, int, bool] | None:
        """The source, the offset in it, and whether it is sure, of the letters of the pages from `first` to `last`."""
        number = bisect_right(self.begins, first)
        before = self.blocks[number - 1] if number else None
        behind = self.blocks[number] if number < len(self.blocks) else None
        if before and first < before.end:
            enough = self._covered(first, last) >= ENOUGH * (last - first)
            return self._at(before.to + first - before.at, is_sure=enough) if enough or last > before.end else None
        if before and behind and _goes_on(before, behind, self.corpus):
            return self._in_gap(first, last, before, behind)
        if behind and behind.at < last and self._covered(first, last) >= ENOUGH * (last - first):
            return self._at(behind.to, is_sure=True)
        return self._near(first, last, before, behind)

    def _at(self, letter: int, *, is_sure: bool) -> tuple[int, int, bool]:
        return self.corpus.source_at(letter), self.corpus.offset(letter), is_sure

    def _covered(self, first: int, last: int) -> int:
        """How many of the letters stand in a block."""
        number = max(bisect_right(self.begins, first) - 1, 0)
        covered = 0
        while number < len(self.blocks) and self.blocks[number].at < last:
            block = self.blocks[number]
            covered += max(min(block.end, last) - max(block.at, first), 0)
            number += 1
        return covered

    def _in_gap(self, first: int, last: int, before: Block, behind: Block) -> tuple[int, int, bool]:
        """The place of letters that begin between two blocks that go on."""
        begin, end = before.last + 1, behind.to
        sought = self.pages.text[first : min(last, behind.at)]
        letters = self.corpus.text[begin:end]
        if sought in letters and len(sought) >= FEW:
            return self._at(begin + letters.index(sought), is_sure=True)
        if not letters and behind.at < last:
            return self._at(behind.to, is_sure=True)
        atoms = self._atoms(before, behind)
        if (atom := self._naming(sought, atoms)) is not None:
            return self._behind(before, atom)
        found = self._word_for_word(sought, first, before, behind) if len(sought) >= ALONE else None
        if found is not None:
            return self._at(found, is_sure=True)
        same = _longest(sought, letters)
        if same.size >= max(FEW, ENOUGH * len(sought)):
            return self._at(self._word_from(begin + same.at, same.size), is_sure=True)
        near = [atom for atom in atoms if behind.at >= last or not atom.ends_paragraph]
        printed = behind.at - before.end
        if near and printed <= LABEL * len(near):
            return self._behind(before, near[int((first - before.end) / printed * len(near))])
        return self._at(behind.to if behind.at < last else before.last, is_sure=behind.at < last)

    def _behind(self, before: Block, atom: _Atom) -> tuple[int, int, bool]:
        return self.corpus.source_at(before.to), self.corpus.offset(before.last) + 1 + atom.at, True

    def _atoms(self, before: Block, behind: Block) -> list[_Atom]:
        """The citations and references between two blocks."""
        written = self.corpus.between(before.last, behind.to)
        return [
            _Atom(atom.start(), self._printed(atom), bool(_PARAGRAPH.search(written, atom.end())))
            for atom in _ATOM.finditer(written)
        ]

    def _naming(self, sought: str, atoms: Sequence[_Atom]) -> _Atom | None:
        """The atom that shares most letters with what is sought, where these are more than a few."""
        shared = [_longest(sought, atom.printed).size for atom in atoms]
        return atoms[shared.index(max(shared))] if shared and max(shared) > FEW else None

    def _printed(self, atom: re.Match[str]) -> str:
        """The letters of which a label may consist: those that are written, and the names and the year of the work."""
        return f"{letters_of(atom[0]).text}{PART}{self.names.get((atom['key'] or '').strip('{}'), '')}"

    def _near(self, first: int, last: int, before: Block | None, behind: Block | None) -> tuple[int, int, bool] | None:
        """The place of letters of which no block is known: in the neighbourhood of the blocks around them, or, where
        they stand in the sources once, there."""
        sought = self.pages.text[first : min(last, first + LONGEST)]
        found = self._word_for_word(sought, first, before, behind)
        if found is not None:
            return self._at(found, is_sure=True)
        if len(sought) >= ALONE:
            everywhere = list(self._occurrences(sought, 0, len(self.corpus.text)))
            own = [to for to in everywhere if to < self.corpus.own] or everywhere
            if len(own) == 1:
                return self._at(own[0], is_sure=True)
        return self._alike(sought, first, before, behind)

    def _word_for_word(self, sought: str, first: int, before: Block | None, behind: Block | None) -> int | None:
        """The letter with which what is sought begins in the neighbourhood of two blocks, nearest to where it would
        be if nothing came between."""
        found = [
            (abs(to - expected), to)
            for begin, end, expected in self._neighbourhoods(first, before, behind)
            for to in self._occurrences(sought, begin, end)
        ]
        return min(found)[1] if found and len(sought) >= FEW else None

    def _alike(
        self, sought: str, first: int, before: Block | None, behind: Block | None
    ) -> tuple[int, int, bool] | None:
        """The place of the longest part of what is sought that stands in the neighbourhood."""
        alike = []
        for begin, end, expected in self._neighbourhoods(first, before, behind):
            same = _longest(sought, self.corpus.text[begin:end])
            alike.append((-same.size, abs(begin + same.at - expected), begin + same.at))
        if alike and -min(alike)[0] >= max(FEW + 1, ENOUGH * len(sought)):
            size, _, letter = min(alike)
            return self._at(self._word_from(letter, -size), is_sure=-size >= SEED)
        return None

    def _occurrences(self, sought: str, begin: int, end: int) -> Iterator[int]:
        """Where letters stand with which a word begins."""
        at = self.corpus.text.find(sought, begin, end)
        while at >= 0 and sought:
            if self.corpus.begins[at]:
                yield at
            at = self.corpus.text.find(sought, at + 1, end)

    def _word_from(self, letter: int, size: int) -> int:
        """The first of so many letters with which a word begins."""
        begin = self.corpus.begins.find(1, letter, letter + size)
        return letter if begin < 0 else begin

    def _neighbourhoods(self, first: int, before: Block | None, behind: Block | None) -> Iterator[tuple[int, int, int]]:
        """From where to where words are sought in the sources, and where they would be if nothing came between."""
        for block in (before, behind):
            if block and block.at - AROUND <= first <= block.end + AROUND:
                begin, end = self.corpus.bounds(block.to)
                expected = block.to + first - block.at
                yield max(block.to - AROUND, begin), min(block.last + AROUND, end), expected


def _longest(sought: str, text: str) -> _Same:
    match = SequenceMatcher(None, sought[:LONGEST], text, autojunk=False).find_longest_match()
    return _Same(match.b, match.size)


@dataclass(frozen=True, slots=True)
class _Same:
    """So many letters are the same from `at` on in a text."""

    at: int
    size: int


def _begin_of_atom(source: Source, offset: int) -> int:
    """Where a citation or reference begins when an offset lies in it, else the offset."""
    start = source.text.rfind("\n", 0, offset) + 1
    end = source.text.find("\n", offset)
    for atom in _ATOM.finditer(source.text, start, end if end >= 0 else len(source.text)):
        if atom.start() <= offset < atom.end():
            return atom.start()
    return offset
