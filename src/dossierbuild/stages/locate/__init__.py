"""Locate: where in the sources the words stand that are marked on the pages of a PDF.

Nothing is built for it. The letters of the pages are held against those of the sources (`alignment.py`); what the
program prints of itself, such as a citation's label, is found by what stands before and behind it (`search.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dossierbuild.core.model import Reference
from dossierbuild.core.problems import Place
from dossierbuild.stages.locate.alignment import aligned
from dossierbuild.stages.locate.letters import Corpus, corpus_of, letters_of, source_of, source_of_works
from dossierbuild.stages.locate.search import Search

__all__ = ["Located", "corpus_of", "locate", "source_of", "source_of_works"]


@dataclass(frozen=True, slots=True)
class Located:
    """Where marked words begin in the sources; `is_sure` is False where the place is that of words near them."""

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
    names = {str(reference.key): _names(reference) for reference in references}
    search = Search(pages, corpus, aligned(pages, corpus), names)
    pieces = [[(pages.index(start), pages.index(end)) for start, end in ranges] for ranges in marked]
    return tuple(_first(search, [piece for piece in found if piece[0] < piece[1]]) for found in pieces)


def _names(reference: Reference) -> str:
    """What a citation of a work prints, as letters: names and year, or the title of a work of nobody."""
    work = reference.work
    called = [name.surname for name in work.creators] or [work.title]
    return letters_of(" ".join((*called, *map(str, work.issued.years)))).text


def _first(search: Search, pieces: Iterable[tuple[int, int]]) -> Located | None:
    """Where the first piece begins that stands in the sources."""
    spot = next((found for piece in pieces if (found := search.spot(*piece))), None)
    return Located(search.corpus.sources[spot.source].place(spot.offset), spot.is_sure) if spot else None
