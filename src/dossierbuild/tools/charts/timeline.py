"""A timeline: events beside a scale of years, near to where they belong and never over each other."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from dossierbuild.core.model import Drawing
from dossierbuild.tools.charts.chart import column
from dossierbuild.tools.charts.plot import (
    CAP,
    LINE,
    SIZE,
    SMALL,
    Anchor,
    Line,
    Mark,
    Plot,
    Point,
    Shape,
    Words,
)
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


def timeline(drawing: Drawing, measure: TextMeasure) -> Plot:
    """Years on a true scale, each with a line to its event; moments that are no years stand evenly.

    Further text columns follow the first in muted words.
    """
    moments = column(drawing, drawing.spec.x)
    years = all(moment.isdecimal() and len(moment) <= 4 for moment in moments)
    axis = measure.width("0000", SMALL) + 10 if years else 5.0
    left = axis + _LEADER * drawing.width + measure.widest(moments, bold=True) + 10
    events = _events(drawing, moments, measure, drawing.width - left)
    if years:
        events = tuple(sorted(events, key=lambda event: int(event.moment)))
    height = sum(event.height for event in events) * (_AIR if years else 1.0)
    scale = _scale(events, height) if years else None
    own = [scale.at(int(event.moment)) for event in events] if scale else _evenly(events)
    middles = spread(own, [event.height for event in events], 0.0, height)
    shapes: list[Shape] = [Line(points=((axis, 0.0), (axis, height)), colour=drawing.theme.colour("muted"), width=1.0)]
    if scale:
        shapes.extend(_ticks(drawing, scale, axis))
    for event, y, middle in zip(events, own, middles, strict=True):
        shapes.extend(_event(drawing, event, (axis, y), middle, left))
    return Plot(drawing.width, height, tuple(shapes))


def _events(drawing: Drawing, moments: tuple[str, ...], measure: TextMeasure, room: float) -> tuple[_Event, ...]:
    ink, muted = drawing.theme.colour("ink"), drawing.theme.colour("muted")
    texts = [(column(drawing, name), muted if number else ink) for number, name in enumerate(drawing.spec.y)]
    return tuple(
        _Event(
            moment=moment,
            lines=tuple((line, colour) for cells, colour in texts for line in measure.wrapped(cells[row], room)),
        )
        for row, moment in enumerate(moments)
    )


def _scale(events: tuple[_Event, ...], height: float) -> Scale:
    first, last = int(events[0].moment), int(events[-1].moment)
    return Scale(low=first, high=max(last, first + 1), start=events[0].height / 2, end=height - events[-1].height / 2)


def _evenly(events: tuple[_Event, ...]) -> list[float]:
    ends = list(accumulate(event.height for event in events))
    return [end - event.height / 2 for end, event in zip(ends, events, strict=True)]


def _ticks(drawing: Drawing, scale: Scale, axis: float) -> list[Shape]:
    """Round years left of the scale, as far as there is room."""
    muted = drawing.theme.colour("muted")
    shapes: list[Shape] = []
    last = -LINE
    for year in steps(scale.low, scale.high):
        y = scale.at(year)
        if scale.low <= year <= scale.high and year == int(year) and y >= last + LINE:
            last = y
            shapes.append(Line(points=((axis - 4, y), (axis, y)), colour=muted))
            shapes.append(
                Words(
                    x=axis - 7,
                    y=y + CAP * SMALL,
                    text=plain(year),
                    colour=muted,
                    anchor=Anchor.END,
                    size=SMALL,
                )
            )
    return shapes


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
