"""Bars in parts: where each part begins and ends, and the number inside it."""

from __future__ import annotations

from dossierbuild.tools.charts.chart import Chart, readable_on
from dossierbuild.tools.charts.plot import CAP, LINE, SIZE, Anchor, Bar, Shape, Words
from dossierbuild.tools.charts.scale import from_zero

Part = tuple[float, float]


def parts(chart: Chart, row: int) -> tuple[Part | None, ...]:
    """Begin and end of each series' part of a bar, as numbers; None for an empty cell. Negative parts go down."""
    up, down = 0.0, 0.0
    found: list[Part | None] = []
    for series in chart.series:
        value = series.values[row]
        if value is None:
            found.append(None)
        elif value < 0:
            found.append((down, down + value))
            down += value
        else:
            found.append((up, up + value))
            up += value
    return tuple(found)


def stack_bounds(chart: Chart) -> tuple[float, float]:
    """The lowest and the highest end of all bars, and zero."""
    ends = [part[1] for row in range(len(chart.categories)) for part in parts(chart, row) if part is not None]
    return from_zero(ends)


def label_inside(chart: Chart, bar: Bar, label: str) -> tuple[Shape, ...]:
    """A part's number in its middle, as far as it fits, on a plate of its colour where there are stripes."""
    width = chart.measure.width(label)
    if width + 5 > bar.width or bar.height < LINE:
        return ()
    x, y = bar.x + bar.width / 2, bar.y + bar.height / 2
    colour = readable_on(bar.colour, chart.theme)
    words = Words(x=x, y=y + CAP * SIZE, text=label, colour=colour, anchor=Anchor.MIDDLE)
    if not bar.stripes:
        return (words,)
    plate = Bar(x=x - width / 2 - 2, y=y - LINE / 2, width=width + 4, height=LINE, colour=bar.colour)
    return plate, words
