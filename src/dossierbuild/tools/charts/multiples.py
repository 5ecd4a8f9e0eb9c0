"""Small multiples: a little line chart for each series, side by side on one scale, to compare regions or groups."""

from __future__ import annotations

from math import ceil

from dossierbuild.tools.charts.axes import slots
from dossierbuild.tools.charts.chart import Chart, Series
from dossierbuild.tools.charts.legend import header
from dossierbuild.tools.charts.plot import CAP, LINE, SIZE, SMALL, Anchor, Line, Mark, Plot, Shape, Words
from dossierbuild.tools.charts.scale import Scale, around, plain, steps

_PLOT = 58.0  # points, the height of each
_GAP = 14.0  # between two beside each other
_BELOW = 2 * LINE + 10.0  # from one plot to the title of the next
_NARROWEST = 80.0
_MOST_SLOTS = 1000
_EDGE = 5.0  # from the ends of a plot to its first and last point


def multiples(chart: Chart) -> Plot:
    """Each series under its own name, in rows of as many as there is room for; its last number stands at its end."""
    low, high = around(chart.values, chart.unit)
    ticks = _ticks(low, high)
    labels = [chart.printed(plain(tick)) for tick in ticks]
    left = chart.measure.widest(labels, SMALL) + 8
    most = max(1, min(4, int((chart.width - left + _GAP) // (_NARROWEST + _GAP))))
    columns = ceil(len(chart.series) / ceil(len(chart.series) / most))
    width = (chart.width - left - (columns - 1) * _GAP) / columns
    shapes, top = header(chart, 0.0, 0.0) if len(chart.series) > 1 else ((), 0.0)
    drawn = list(shapes)
    for start in range(0, len(chart.series), columns):
        row = chart.series[start : start + columns]
        titles = [chart.measure.wrapped(series.name, width, bold=True) for series in row]
        bottom = top + max(map(len, titles)) * LINE + LINE + 4 + _PLOT
        scale = Scale(low=low, high=high, start=bottom, end=bottom - _PLOT)
        drawn += _numbers(chart, ticks, labels, scale, left)
        for place, (series, title) in enumerate(zip(row, titles, strict=True)):
            x = left + place * (width + _GAP)
            drawn += _titled(chart, title, x, top)
            drawn += _one(chart, series, ticks, scale, (x, x + width))
        top = bottom + _BELOW
    return Plot(chart.width, top - _BELOW + LINE + 9, tuple(drawn))


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
    chart: Chart, series: Series, ticks: tuple[float, ...], scale: Scale, ends: tuple[float, float]
) -> list[Shape]:
    """The line of a series between two ends of its plot, broken where a number is missing."""
    left, right = ends
    light, muted = chart.theme.colour("line"), chart.theme.colour("muted")
    shapes: list[Shape] = [
        Line(points=((left, scale.at(tick)), (right, scale.at(tick))), colour=light, width=0.6) for tick in ticks
    ]
    places = slots(chart, _MOST_SLOTS)
    step = (right - left - 2 * _EDGE) / max(len(places) - 1, 1)
    colour = chart.theme.palette[0]
    runs: list[list[tuple[float, float]]] = [[]]
    known: list[tuple[float, float, str]] = []
    for number, slot in enumerate(places):
        value = series.values[slot.row] if slot.row is not None else None
        if value is None or slot.row is None:
            runs.append([])
        else:
            x, y = left + _EDGE + number * step, scale.at(value)
            runs[-1].append((x, y))
            known.append((x, y, series.labels[slot.row]))
    shapes += [Line(points=tuple(run), colour=colour, width=2.0) for run in runs if len(run) > 1]
    if not known:
        words = Words(x=left + _EDGE, y=scale.start - 6, text=chart.no_data, colour=muted)
        return [*shapes, words, *_ends(chart, left, right, scale.start)]
    shapes += [Mark(x=run[0][0], y=run[0][1], shape=0, colour=colour, size=4.0) for run in runs if len(run) == 1]
    x, y, label = known[-1]
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
