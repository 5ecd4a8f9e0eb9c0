"""Small multiples: a little line chart for each series, side by side on one scale, to compare regions or groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from dossierbuild.tools.charts.axes import Course, course, slots
from dossierbuild.tools.charts.chart import Chart, Series
from dossierbuild.tools.charts.legend import header
from dossierbuild.tools.charts.plot import CAP, LINE, PAGE, SIZE, SMALL, TALLEST, Anchor, Line, Mark, Plot, Shape, Words
from dossierbuild.tools.charts.rows import divided
from dossierbuild.tools.charts.scale import Scale, around, plain, steps

_PLOT = 58.0  # points, the height of each
_GAP = 14.0  # between two beside each other
_BELOW = 2 * LINE + 10.0  # from one plot to the title of the next
_NARROWEST = 80.0
_MOST_SLOTS = 1000
_EDGE = 5.0  # from the ends of a plot to its first and last point


def multiples(chart: Chart) -> tuple[Plot, ...]:
    """Each series under its own name, in rows of as many as there is room for; its last number stands at its end.

    A sheet has as many rows as a page has room for.
    """
    page = _grid(replace(chart, width=PAGE))
    rows = [chart.series[start : start + page.columns] for start in range(0, len(chart.series), page.columns)]
    heights = [_high(_titles(replace(chart, width=PAGE), row, page.width)) for row in rows]
    return tuple(
        _sheet(replace(chart, is_continued=part.start > 0), [series for row in part for series in rows[row]])
        for part in divided(heights, TALLEST - 2 * LINE)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grid:
    """How many plots stand beside each other, where the first begins, and how wide each is, on one scale."""

    columns: int
    left: float
    width: float
    bounds: tuple[float, float]
    ticks: tuple[float, ...]
    labels: list[str]


def _grid(chart: Chart) -> _Grid:
    low, high = around(chart.values, chart.unit)
    ticks = _ticks(low, high)
    labels = [chart.printed(plain(tick)) for tick in ticks]
    left = chart.measure.widest(labels, SMALL) + 8
    most = max(1, min(4, int((chart.width - left + _GAP) // (_NARROWEST + _GAP))))
    columns = ceil(len(chart.series) / ceil(len(chart.series) / most))
    width = (chart.width - left - (columns - 1) * _GAP) / columns
    return _Grid(columns=columns, left=left, width=width, bounds=(low, high), ticks=ticks, labels=labels)


def _titles(chart: Chart, row: Sequence[Series], width: float) -> list[tuple[str, ...]]:
    return [chart.measure.wrapped(series.name, width, bold=True) for series in row]


def _high(titles: list[tuple[str, ...]]) -> float:
    """How high a row is, with the room below it."""
    return max(map(len, titles)) * LINE + LINE + 4 + _PLOT + _BELOW


def _sheet(chart: Chart, shown: list[Series]) -> Plot:
    """Some of the series of a chart, on the scale of all of them."""
    grid = _grid(chart)
    low, high = grid.bounds
    way = course(chart, _MOST_SLOTS)
    drawn, top = header(chart, 0.0, 0.0) if len(chart.series) > 1 else ((), 0.0)
    for start in range(0, len(shown), grid.columns):
        row = shown[start : start + grid.columns]
        titles = _titles(chart, row, grid.width)
        bottom = top + _high(titles) - _BELOW
        scale = Scale(low=low, high=high, start=bottom, end=bottom - _PLOT)
        drawn = (*drawn, *_numbers(chart, grid.ticks, grid.labels, scale, grid.left))
        for place, (series, title) in enumerate(zip(row, titles, strict=True)):
            x = grid.left + place * (grid.width + _GAP)
            plot = _one(chart, series, way, grid.ticks, scale, (x, x + grid.width))
            drawn = (*drawn, *_titled(chart, title, x, top), *plot)
        top = bottom + _BELOW
    return Plot(chart.width, top - _BELOW + LINE + 9, drawn)


def _ticks(low: float, high: float) -> tuple[float, ...]:
    """Round numbers of the scale, every other one where there are more than four."""
    within = tuple(tick for tick in steps(low, high) if low <= tick <= high)
    if len(within) < 2:
        return low, high
    return within[:: 2 if len(within) > 4 else 1]


def _numbers(chart: Chart, ticks: tuple[float, ...], labels: list[str], scale: Scale, left: float) -> list[Shape]:
    """The numbers of the scale, at the left of a row; a number that would touch the one before it is left out."""
    muted = chart.theme.colour("muted")
    shapes: list[Shape] = []
    last = float("inf")
    for tick, label in zip(ticks, labels, strict=True):
        y = scale.at(tick) + CAP * SMALL
        if last - y >= LINE:
            shapes.append(Words(x=left - 8, y=y, text=label, colour=muted, anchor=Anchor.END, size=SMALL))
            last = y
    return shapes


def _titled(chart: Chart, title: tuple[str, ...], x: float, top: float) -> list[Shape]:
    ink = chart.theme.colour("ink")
    return [
        Words(x=x, y=top + SIZE + number * LINE, text=line, colour=ink, bold=True) for number, line in enumerate(title)
    ]


def _one(
    chart: Chart,
    series: Series,
    way: Course,
    ticks: tuple[float, ...],
    scale: Scale,
    ends: tuple[float, float],
) -> list[Shape]:
    """The line of a series between two ends of its plot, broken where a number is missing."""
    left, right = ends
    light, muted = chart.theme.colour("line"), chart.theme.colour("muted")
    shapes: list[Shape] = [
        Line(points=((left, scale.at(tick)), (right, scale.at(tick))), colour=light, width=0.6) for tick in ticks
    ]
    step = (right - left - 2 * _EDGE) / max(way.length, 1)
    colour = chart.theme.palette[0]
    rows = way.runs(series.values)
    runs = [
        [(left + _EDGE + way.places[row] * step, scale.at(series.values[row] or 0.0)) for row in run] for run in rows
    ]
    shapes += [Line(points=tuple(run), colour=colour, width=2.0) for run in runs if len(run) > 1]
    if not runs:
        words = Words(x=left + _EDGE, y=scale.start - 6, text=chart.no_data, colour=muted)
        return [*shapes, words, *_ends(chart, left, right, scale.start)]
    shapes += [Mark(x=run[0][0], y=run[0][1], shape=0, colour=colour, size=4.0) for run in runs if len(run) == 1]
    (x, y), label = runs[-1][-1], series.labels[rows[-1][-1]]
    half = chart.measure.width(label) / 2
    shapes += [
        Mark(x=x, y=y, shape=0, colour=colour, size=5.5),
        Words(
            x=max(left + half, min(x, right - half)),
            y=y - 6,
            text=label,
            colour=chart.theme.colour("ink"),
            anchor=Anchor.MIDDLE,
        ),
    ]
    return [*shapes, *_ends(chart, left, right, scale.start)]


def _ends(chart: Chart, left: float, right: float, bottom: float) -> list[Shape]:
    """The first and the last year or category below a plot; where only one has room, the last."""
    muted, y = chart.theme.colour("muted"), bottom + 5 + 2 * CAP * SMALL
    names = [slot.label for slot in slots(chart, _MOST_SLOTS)]
    room = right - left
    first, last = (chart.measure.wrapped(name, room / 2 - 6, SMALL)[:1] for name in (names[0], names[-1]))
    shapes: list[Shape] = []
    if len(names) > 1 and first == (names[0],):
        shapes.append(Words(x=left, y=y, text=names[0], colour=muted, size=SMALL))
    if last == (names[-1],):
        shapes.append(Words(x=right, y=y, text=names[-1], colour=muted, size=SMALL, anchor=Anchor.END))
    return shapes
