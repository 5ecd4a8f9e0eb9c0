"""Which colour, shape or pattern is which series: names where the series are, or a key above the drawing."""

from __future__ import annotations

from collections.abc import Sequence

from dossierbuild.tools.charts.chart import Chart
from dossierbuild.tools.charts.plot import (
    CAP,
    LINE,
    SIZE,
    SMALL,
    Anchor,
    Bar,
    Line,
    Mark,
    Shape,
    Words,
)
from dossierbuild.tools.charts.scale import spread

_SWATCH = 10.0
_GAP = 14.0

Band = tuple[tuple[Shape, ...], float]  # shapes, and the y below which the next may begin


def header(chart: Chart, x: float, top: float) -> Band:
    """What the numbers are, in small muted words from `x`; nothing when there is nothing to say."""
    lines = chart.measure.wrapped(chart.header, chart.width - x, SMALL)
    words = tuple(
        Words(x=x, y=top + SMALL + number * LINE, text=line, colour=chart.theme.colour("muted"), size=SMALL)
        for number, line in enumerate(lines)
    )
    return words, top + len(lines) * LINE + (5 if lines else 0)


def key(chart: Chart, top: float, marks: bool) -> Band:
    """A key of all series from left to right, with their marks or with their bars."""
    shapes: list[Shape] = []
    x, y = 0.0, top
    for series in chart.series:
        lines = chart.measure.wrapped(series.name, chart.width - _SWATCH - 5)
        room = _SWATCH + 5 + chart.measure.widest(lines)
        if x and x + room > chart.width:
            x, y = 0.0, y + LINE + 3
        middle = y + LINE / 2
        shapes.append(
            Mark(x=x + _SWATCH / 2, y=middle, shape=series.number, colour=series.colour)
            if marks
            else Bar(
                x=x,
                y=middle - _SWATCH / 2,
                width=_SWATCH,
                height=_SWATCH,
                colour=series.colour,
                stripes=series.number,
            )
        )
        shapes.extend(
            Words(
                x=x + _SWATCH + 5,
                y=middle + CAP * SIZE + number * LINE,
                text=line,
                colour=chart.theme.colour("ink"),
            )
            for number, line in enumerate(lines)
        )
        x, y = x + room + _GAP, y + (len(lines) - 1) * LINE
    return tuple(shapes), y + LINE + 9


def headings(chart: Chart, places: Sequence[float | None], left: float, top: float) -> Band | None:
    """The series' names side by side, each with a line down to the place that it names.

    None when a place is missing or the names find no room between `left` and the right edge.
    """
    known = [place for place in places if place is not None]
    if len(known) < len(chart.series):
        return None
    room = (chart.width - left) / len(known) - _GAP
    names = [chart.measure.wrapped(series.name, room) for series in chart.series]
    broken = any(series.name != " ".join(lines) for series, lines in zip(chart.series, names, strict=True))
    if broken or max(map(len, names)) > 3:
        return None
    sizes = [chart.measure.widest(lines) + _GAP for lines in names]
    middles = spread(known, sizes, left - _GAP / 2, chart.width + _GAP / 2)
    if max(abs(middle - place) for middle, place in zip(middles, known, strict=True)) > chart.width / 5:
        return None
    bottom = top + max(map(len, names)) * LINE
    shapes: list[Shape] = []
    for series, lines, middle, place in zip(chart.series, names, middles, known, strict=True):
        shapes.append(Line(points=((middle, bottom), (place, bottom + 10)), colour=series.colour, width=1.0))
        shapes.extend(
            Words(
                x=middle,
                y=bottom - 3 - number * LINE,
                text=line,
                colour=chart.theme.colour("ink"),
                anchor=Anchor.MIDDLE,
            )
            for number, line in enumerate(reversed(lines))
        )
    return tuple(shapes), bottom + 10
