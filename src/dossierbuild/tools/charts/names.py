"""Names of series at the right, each beside the end of its line or its part of the last bar."""

from __future__ import annotations

from collections.abc import Sequence

from dossierbuild.tools.charts.chart import Chart
from dossierbuild.tools.charts.plot import CAP, LINE, SIZE, Line, Point, Shape, Words
from dossierbuild.tools.charts.scale import spread

_MOST = 0.3  # of the width
_LEADER = 14.0  # points from the edge of the drawing to the names


def end_room(chart: Chart) -> float:
    """The width that names take, with the room before them."""
    return chart.measure.widest(line for lines in _lines(chart) for line in lines) + _LEADER


def end_height(chart: Chart) -> float:
    """The height that names take when they stand right below each other."""
    return sum(len(lines) * LINE + 3 for lines in _lines(chart))


def end_names(chart: Chart, ends: Sequence[Point], right: float, within: tuple[float, float]) -> tuple[Shape, ...]:
    """A name for each series, right of `right`, with a line from the end of the series; names do not overlap.

    `within` are the highest and the lowest y of the names, in points.
    """
    names = _lines(chart)
    sizes = [len(lines) * LINE + 3 for lines in names]
    middles = spread([y for _, y in ends], sizes, *within)
    shapes: list[Shape] = []
    for series, lines, (x, y), middle in zip(chart.series, names, ends, middles, strict=True):
        knee = right + _LEADER - 4
        shapes.append(
            Line(points=((x + 5, y), (max(x + 5, right + 2), y), (knee, middle)), colour=series.colour, width=0.8)
        )
        first = middle - (len(lines) - 1) * LINE / 2 + CAP * SIZE
        shapes.extend(
            Words(x=right + _LEADER, y=first + number * LINE, text=line, colour=chart.theme.colour("ink"))
            for number, line in enumerate(lines)
        )
    return tuple(shapes)


def _lines(chart: Chart) -> list[tuple[str, ...]]:
    return [chart.measure.wrapped(series.name, _MOST * chart.width) for series in chart.series]
