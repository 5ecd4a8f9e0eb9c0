"""Halves among what is placed: a border without its other, a note that nothing calls, a table without its caption."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dossierbuild.core.passages import Kind
from dossierbuild.core.problems import Place, Problem, problem
from dossierbuild.stages.merge.pairing import Pairing
from dossierbuild.stages.merge.placing import Placed
from dossierbuild.stages.merge.source import Segment, SourceText
from dossierbuild.stages.merge.ties import Tie


def with_borders(placed: Sequence[Placed], source: SourceText) -> tuple[Placed, ...]:
    """What is placed, with the border of each box of which only the other border still stands."""
    found = list(placed)
    for opening, closing in _half_boxes(placed, source):
        numbers = [own.number for own in found]
        inside = [at for at, number in enumerate(numbers) if opening.number < number < closing.number]
        if opening.number in numbers:
            at = inside[-1] if inside else numbers.index(opening.number)
            found.insert(at + 1, Placed(text=closing.text, segment=closing))
        else:
            at = inside[0] if inside else numbers.index(closing.number)
            found.insert(at, Placed(text=opening.text, segment=opening))
    return tuple(found)


def half_boxes(placed: Sequence[Placed], pairing: Pairing) -> Iterator[Problem]:
    """D910: one border of a box was deleted and the other was not."""
    shown = pairing.sent.segments
    for opening, closing in _half_boxes(placed, pairing.source):
        if {opening.number, closing.number} <= shown:
            line = pairing.source.text.count("\n", 0, opening.start) + 1
            yield problem("D910", Place(pairing.source.path, line), text=opening.text)


def _half_boxes(placed: Sequence[Placed], source: SourceText) -> Iterator[tuple[Segment, Segment]]:
    """The two borders of each box of which one is placed."""
    numbers = {own.number for own in placed}
    for opening in source.segments:
        if opening.kind is Kind.BOX and not opening.is_end:
            closing = source.segment_of(opening.passage, is_end=True)
            if closing is not None and len(numbers & {opening.number, closing.number}) == 1:
                yield opening, closing


def with_called_notes(placed: Sequence[Placed], source: SourceText) -> tuple[Placed, ...]:
    """What is placed, without the notes that nothing calls any more."""
    text = "\n".join(own.text for own in placed)
    found = []
    for own in placed:
        called = _called(own)
        if called is None or called.search(text) or not called.search(source.text):
            found.append(own)
    return tuple(found)


def _called(placed: Placed) -> re.Pattern[str] | None:
    """What calls a note that was in the source, None for all else that is placed."""
    label = re.match(r"\s*(\[\^[^\[\]\s]+\]):", placed.text)
    is_note = placed.segment is not None and placed.segment.kind is Kind.NOTE
    return re.compile(re.escape(label[1]) + "(?!:)") if is_note and label else None


def half_captioned(placed: Sequence[Placed], pairing: Pairing) -> Iterator[Problem]:
    """D911, D922: a caption was deleted and what it belongs to was not, or the other way round."""
    kept = set(pairing.numbers)
    stays = {own.number for own in placed}
    for number, tie in enumerate(pairing.sent.ties):
        if tie.segment is None or number in kept or tie.segment.number not in stays:
            continue
        if tie.part and tie.segment.kind in (Kind.TABLE, Kind.FIGURE, Kind.CHART):
            yield problem("D911", pairing.place(tie), text=tie.block.text)
        if _is_shown(tie):
            yield problem("D922", pairing.place(tie), text=_caption(tie.segment, pairing.sent.ties))


def _is_shown(tie: Tie) -> bool:
    """Whether a block is what a caption belongs to."""
    return bool(tie.cells or tie.block.pictures) and not (tie.part and tie.part.kind is not Kind.FIGURE)


def _caption(segment: Segment, ties: Sequence[Tie]) -> str:
    """The caption of what a segment shows, else its first line."""
    said = [tie.block.text for tie in ties if tie.segment is segment and tie.part and tie.block.text]
    return said[0] if said else segment.text.split("\n", maxsplit=1)[0]
