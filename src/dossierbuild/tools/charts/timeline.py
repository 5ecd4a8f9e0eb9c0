"""A timeline: events beside a scale of time, near to where they belong and never over each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from dossierbuild.core.model import Drawing
from dossierbuild.core.moments import Moment, Span, read_moments, ticks
from dossierbuild.tools.charts.chart import column
from dossierbuild.tools.charts.plot import (
    CAP,
    LINE,
    PAGE,
    SIZE,
    SMALL,
    TALLEST,
    Anchor,
    Line,
    Mark,
    Plot,
    Point,
    Shape,
    Words,
)
from dossierbuild.tools.charts.rows import divided
from dossierbuild.tools.charts.scale import Scale, plain, spread, steps
from dossierbuild.tools.charts.text_measure import TextMeasure

_GAP = 7.0  # points between events
_LEADER = 0.08  # of the width, from the scale to the moments of the events
_AIR = 1.15  # more height than the events need, so that most can stand at their own year


@dataclass(frozen=True, slots=True, kw_only=True)
class _Event:
    """An event: its moment as written, and what happened, in lines, each with its colour."""

    moment: str
    lines: tuple[tuple[str, str], ...]

    @property
    def height(self) -> float:
        return max(len(self.lines), 1) * LINE + _GAP


def timeline(drawing: Drawing, measure: TextMeasure) -> tuple[Plot, ...]:
    """Moments on a true scale, each with a line to its event; events whose moments are words stand evenly.

    Further text columns follow the first in muted words. Events that a page has no room for stand on a next sheet,
    on a scale of their own.
    """
    cells = column(drawing, drawing.spec.x)
    moments = read_moments(cells)
    names = tuple(map(drawing.calendar.printed, moments)) if moments else cells
    order = sorted(range(len(cells)), key=lambda row: moments[row].number if moments else row)
    lane = _Lane(
        axis=measure.width("0000", SMALL) + 10 if moments else 5.0,
        turn=_LEADER * drawing.width,
        words=measure.widest(names, bold=True) + 10,
    )
    page = _events(drawing, names, measure, PAGE - lane.axis - _LEADER * PAGE - lane.words)
    events = _events(drawing, names, measure, drawing.width - lane.left)
    parts = divided([page[row].height for row in order], (TALLEST - 2 * LINE) / _AIR)
    return tuple(
        _sheet(
            drawing,
            lane,
            [events[row] for row in order[part.start : part.stop]],
            [moments[row] for row in order[part.start : part.stop]] if moments else [],
            drawing.continued if part.start else "",
        )
        for part in parts
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lane:
    """From left to right: where the scale stands, how far the lines go to the moments, and the width of these."""

    axis: float
    turn: float
    words: float

    @property
    def left(self) -> float:
        """Where the words of the events begin."""
        return self.axis + self.turn + self.words


def _sheet(drawing: Drawing, lane: _Lane, events: list[_Event], moments: list[Moment], title: str) -> Plot:
    top = LINE + 5 if title else 0.0
    height = sum(event.height for event in events) * (_AIR if moments else 1.0)
    scale = _scale(events, moments, top, height) if moments else None
    own = [scale.at(moment.number) for moment in moments] if scale else [top + y for y in _evenly(events)]
    middles = spread(own, [event.height for event in events], top, top + height)
    muted = drawing.theme.colour("muted")
    shapes: list[Shape] = [Line(points=((lane.axis, top), (lane.axis, top + height)), colour=muted, width=1.0)]
    if title:
        shapes.append(Words(x=lane.left, y=SMALL, text=title, colour=muted, size=SMALL))
    if scale:
        shapes.extend(_ticks(drawing, scale, moments, lane.axis))
    for event, y, middle in zip(events, own, middles, strict=True):
        shapes.extend(_event(drawing, event, (lane.axis, y), middle, lane.left))
    return Plot(drawing.width, top + height, tuple(shapes))


def _events(drawing: Drawing, names: tuple[str, ...], measure: TextMeasure, room: float) -> tuple[_Event, ...]:
    ink, muted = drawing.theme.colour("ink"), drawing.theme.colour("muted")
    texts = [(column(drawing, name), muted if number else ink) for number, name in enumerate(drawing.spec.y)]
    return tuple(
        _Event(
            moment=name,
            lines=tuple((line, colour) for cells, colour in texts for line in measure.wrapped(cells[row], room)),
        )
        for row, name in enumerate(names)
    )


def _scale(events: list[_Event], moments: list[Moment], top: float, height: float) -> Scale:
    first, last = moments[0].number, moments[-1].number
    start, end = top + events[0].height / 2, top + height - events[-1].height / 2
    return Scale(low=first, high=max(last, first + 1), start=start, end=end)


def _evenly(events: list[_Event]) -> list[float]:
    ends = list(accumulate(event.height for event in events))
    return [end - event.height / 2 for end, event in zip(ends, events, strict=True)]


def _ticks(drawing: Drawing, scale: Scale, moments: list[Moment], axis: float) -> list[Shape]:
    """Whole years left of the scale, as far as there is room."""
    muted = drawing.theme.colour("muted")
    shapes: list[Shape] = []
    for year, y in _years(scale, moments):
        shapes.append(Line(points=((axis - 4, y), (axis, y)), colour=muted))
        shapes.append(
            Words(
                x=axis - 7,
                y=y + CAP * SMALL,
                text=year,
                colour=muted,
                anchor=Anchor.END,
                size=SMALL,
            )
        )
    return shapes


def _years(scale: Scale, moments: list[Moment]) -> Iterator[tuple[str, float]]:
    """Whole years with their places on the scale, a line of text apart."""
    if moments[0].span is Span.YEAR:
        rounded = [(plain(year), year) for year in steps(scale.low, scale.high)]
        years = [(name, year) for name, year in rounded if scale.low <= year <= scale.high and year == int(year)]
    else:
        whole = (group for group in ticks(moments[0], moments[-1]) if {tick.span for tick, _ in group} == {Span.YEAR})
        years = [(str(tick.number), float(number)) for tick, number in next(whole, ())]
    last = -LINE
    for name, year in years:
        if scale.at(year) >= last + LINE:
            last = scale.at(year)
            yield name, last


def _event(drawing: Drawing, event: _Event, place: Point, middle: float, left: float) -> list[Shape]:
    """The mark on the scale, the line to the first line of the event, its moment and its words."""
    theme, (x, y) = drawing.theme, place
    first = middle - (len(event.lines) - 1) * LINE / 2
    turn = x + _LEADER * drawing.width
    shapes: list[Shape] = [
        Line(points=((x, y), (x + 8, y), (turn - 10, first), (turn - 5, first)), colour=theme.colour("muted")),
        Mark(x=x, y=y, shape=0, colour=theme.palette[0]),
        Words(x=turn, y=first + CAP * SIZE, text=event.moment, colour=theme.colour("ink"), bold=True),
    ]
    shapes.extend(
        Words(x=left, y=first + number * LINE + CAP * SIZE, text=line, colour=colour)
        for number, (line, colour) in enumerate(event.lines)
    )
    return shapes
