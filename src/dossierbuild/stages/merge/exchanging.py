"""A document of several texts, parted: what was sent of each, and what came back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.sent import TOP, Carrier
from dossierbuild.core.word import Document
from dossierbuild.stages.merge.alignment import aligned
from dossierbuild.stages.merge.paragraphs import WordBlock, numbered, word_blocks
from dossierbuild.stages.merge.source import SourceText
from dossierbuild.stages.merge.ties import carried


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One text and what stands for it in the document that was sent and in the one that came back.

    `first` is the number of the text's first passage among those of the document.
    """

    source: SourceText
    sent: tuple[WordBlock, ...]
    returned: tuple[WordBlock, ...]
    sent_media: FrozenMap[str, bytes]
    returned_media: FrozenMap[str, bytes]
    first: int = 0


def exchanges(sources: Sequence[SourceText], sent: Document, returned: Document) -> Iterator[Exchange]:
    """What was sent of each text and what came back of it, without what the document says of itself."""
    old, new = word_blocks(sent), word_blocks(returned)
    pairs = aligned(old, new).sent
    begins = [_begin(old, number) for number in range(1, len(sources) + 1)]
    ends = [*begins[1:], len(old)]
    starts = [_first_returned(pairs, begin, end, len(new)) for begin, end in zip(begins, ends, strict=True)]
    stops = [*starts[1:], len(new)]
    first = 0
    notice = {at for at, number in enumerate(pairs) if number is not None and TOP in old[number].bookmarks}
    for at, source in enumerate(sources):
        begin = 0 if at == 0 else starts[at]
        yield Exchange(
            source=source,
            sent=numbered(block for block in old[begins[at] : ends[at]] if TOP not in block.bookmarks),
            returned=numbered(
                block for count, block in enumerate(new[begin : stops[at]], begin) if count not in notice
            ),
            sent_media=sent.media,
            returned_media=returned.media,
            first=first,
        )
        first += len(source.passages)


def _begin(blocks: Sequence[WordBlock], number: int) -> int:
    """Where a text begins in the document that was sent."""
    for at, block in enumerate(blocks):
        if any(mark.carrier is Carrier.TEXT and mark.number == number for mark in carried(block.bookmarks)):
            return 0 if number == 1 else at
    return 0 if number == 1 else len(blocks)


def _first_returned(pairs: Sequence[int | None], begin: int, end: int, last: int) -> int:
    """Where a text begins in the document that came back: at the first of its paragraphs that is there."""
    return next((at for at, number in enumerate(pairs) if number is not None and begin <= number < end), last)
