"""Points in rows: one row for each category, with a point for each series."""

from __future__ import annotations

import itertools

from dossierbuild.tools.charts.chart import Chart
from dossierbuild.tools.charts.plot import (
    CAP,
    LINE,
    SIZE,
    SMALL,
    Anchor,
    Line,
    Mark,
    Plot,
    Shape,
    Words,
)
from dossierbuild.tools.charts.rows import left_of_rows, opening, rows, sheets
from dossierbuild.tools.charts.scale import Scale, around, plain, steps

_ROW = 13.0  # points
_GAP = 9.0
_MARK = 8.0


def lying_dots(chart: Chart) -> tuple[Plot, ...]:
    """Rows over a common axis of numbers; one or two series have their numbers beside the points."""
    return tuple(_dots(sheet) for sheet in sheets(chart, True, _ROW, _GAP))


def _dots(chart: Chart) -> Plot:
    left = left_of_rows(chart) + 8
    low, high = around(chart.values, chart.unit)
    ticks = [tick for tick in steps(low, high) if low <= tick <= high]
    room = chart.measure.widest(label for series in chart.series for label in series.labels) + 10
    scale = Scale(low=low, high=high, start=left, end=chart.width - room)
    ticks = _apart(chart, ticks, scale)
    values = [series.values[chart.shown.start] for series in chart.series]
    first = [None if value is None else scale.at(value) for value in values]
    above = opening(chart, marks=True, places=first)
    laid = rows(chart, above.bottom + 4, _ROW, _GAP)
    grid: list[Shape] = []
    for tick in ticks:
        x = scale.at(tick)
        grid.append(
            Line(points=((x, laid.top - 4), (x, laid.bottom + 4)), colour=chart.theme.colour("line"), width=0.6)
        )
        grid.append(
            Words(
                x=x,
                y=laid.bottom + 8 + 2 * CAP * SMALL,
                text=chart.printed(plain(tick)),
                size=SMALL,
                colour=chart.theme.colour("muted"),
                anchor=Anchor.MIDDLE,
            )
        )
    points = [shape for row, middle in laid.placed(chart) for shape in _row(chart, row, middle, scale)]
    return Plot(chart.width, laid.bottom + 8 + LINE, (*grid, *above.shapes, *laid.shapes, *points))


def _apart(chart: Chart, ticks: list[float], scale: Scale) -> list[float]:
    """The ticks, or every second, third … of them, so that their numbers stand apart."""
    widths = [chart.measure.width(chart.printed(plain(tick)), SMALL) for tick in ticks]
    for step in range(1, len(ticks)):
        kept = list(range(0, len(ticks), step))
        gaps = (
            scale.at(ticks[after]) - scale.at(ticks[before]) - (widths[before] + widths[after]) / 2
            for before, after in itertools.pairwise(kept)
        )
        if min(gaps, default=99.0) >= SMALL / 2:
            return [ticks[index] for index in kept]
    return ticks[:1]


def _row(chart: Chart, row: int, middle: float, scale: Scale) -> list[Shape]:
    known = [(series, value) for series in chart.series if (value := series.values[row]) is not None]
    if not known:
        return [Words(x=scale.start, y=middle + CAP * SIZE, text=chart.no_data, colour=chart.theme.colour("muted"))]
    places = [scale.at(value) for _, value in known]
    muted, ink = chart.theme.colour("muted"), chart.theme.colour("ink")
    shapes: list[Shape] = [Line(points=((min(places), middle), (max(places), middle)), colour=muted, width=1.0)]
    shapes.extend(
        Mark(x=x, y=middle + aside, shape=series.number, colour=series.colour, size=_MARK)
        for (series, _), x, aside in zip(known, places, _asides(places), strict=True)
    )
    if len(chart.series) > 2:
        return shapes
    for index, ((series, _), x) in enumerate(zip(known, places, strict=True)):
        before = len(known) > 1 and index == places.index(min(places))
        shapes.append(
            Words(
                x=x - 8 if before else x + 8,
                y=middle + CAP * SIZE,
                text=series.labels[row],
                colour=ink,
                anchor=Anchor.END if before else Anchor.START,
            )
        )
    return shapes


def _asides(places: list[float]) -> list[float]:
    """Points by which each mark moves down, negative for up, so that no mark hides another."""
    order = sorted(range(len(places)), key=lambda at: places[at])
    clusters: list[list[int]] = []
    for index in order:
        if clusters and places[index] - places[clusters[-1][-1]] < 0.8 * _MARK:
            clusters[-1].append(index)
        else:
            clusters.append([index])
    asides = [0.0] * len(places)
    for cluster in clusters:
        for number, index in enumerate(cluster):
            asides[index] = (number - (len(cluster) - 1) / 2) * _MARK
    return asides
