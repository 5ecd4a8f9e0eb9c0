"""Lying bars: a row for each category, with a bar, a group of bars, or one bar in parts."""

from __future__ import annotations

from dataclasses import replace

from dossierbuild.tools.charts.chart import Chart, Series
from dossierbuild.tools.charts.plot import CAP, SIZE, Anchor, Bar, Line, Plot, Shape, Words
from dossierbuild.tools.charts.rows import Rows, left_of_rows, opening, rows, sheets
from dossierbuild.tools.charts.scale import Scale, from_zero
from dossierbuild.tools.charts.stack import label_inside, parts, stack_bounds

_SINGLE = 14.0  # points, the thickness of a bar that is alone in its row
_GROUPED = 12.0  # from bar to bar within a group
_STACKED = 19.0


def lying_bars(chart: Chart) -> tuple[Plot, ...]:
    """Each bar with its number at its end; several series have a key and, beside their colours, stripes."""
    pitch, gap = (_GROUPED, 12) if len(chart.series) > 1 else (_SINGLE, 8)
    return tuple(_bars(sheet, pitch, gap) for sheet in sheets(chart, False, pitch * len(chart.series), gap))


def _bars(chart: Chart, pitch: float, gap: float) -> Plot:
    above = opening(chart, marks=False)
    laid = rows(chart, above.bottom, pitch * len(chart.series), gap)
    room = chart.measure.widest([label or chart.no_data for series in chart.series for label in series.labels]) + 5
    low, high = from_zero(chart.values)
    left = left_of_rows(chart)
    scale = Scale(low=low, high=high, start=left + (room if low < 0 else 0), end=chart.width - room)
    bars = [shape for row, middle in laid.placed(chart) for shape in _group(chart, row, middle, pitch, scale)]
    return Plot(chart.width, laid.bottom + 5, (*above.shapes, *laid.shapes, *bars, _zero(chart, scale, laid)))


def lying_stacks(chart: Chart, whole: float = 0.0) -> tuple[Plot, ...]:
    """Each part with its number where it fits; the parts' names stand above the first row, or in a key.

    Series without a number are named behind the bar where there is room. The scale reaches to `whole` at least; the
    part of a single bar beyond its series stays light.
    """
    return tuple(_stacks(sheet, whole) for sheet in sheets(chart, False, _STACKED, 8))


def _stacks(chart: Chart, whole: float) -> Plot:
    low, total = stack_bounds(chart)
    high = max(total, whole)
    scale = Scale(low=low, high=high, start=left_of_rows(chart), end=chart.width)
    first = [None if part is None else scale.at((part[0] + part[1]) / 2) for part in parts(chart, chart.shown.start)]
    above = opening(chart, marks=False, places=first)
    laid = rows(chart, above.bottom, _STACKED, 8)
    bars = [
        shape
        for row, middle in laid.placed(chart)
        for shape in _stack(chart, row, middle, scale, striped=not above.named)
    ]
    left_over = () if high == total else (_part(scale, total, high, laid.middles[0], chart.theme.colour("line")),)
    return Plot(
        chart.width, laid.bottom + 5, (*above.shapes, *laid.shapes, *left_over, *bars, _zero(chart, scale, laid))
    )


def share(chart: Chart) -> tuple[Plot, ...]:
    """One bar of which each category is a part, by the numbers of the first series.

    Percentages are parts of a hundred, even if their sum is less. Where a part is too thin for its number, the number
    stands behind the name.
    """
    values, labels = chart.series[0].values, chart.series[0].labels
    known = [value for value in values if value is not None]
    hundred = 100.0 if chart.unit == "%" and all(value >= 0 for value in known) and None not in values else 0.0
    whole, palette = max(sum(map(abs, known)), hundred) or 1.0, chart.theme.palette
    turned = []
    for number, (name, value, label) in enumerate(zip(chart.categories, values, labels, strict=True)):
        room = (chart.width - 10) * abs(value or 0.0) / whole - 1
        full = f"{name} ({label})" if label and chart.measure.width(label) + 5 > room else name
        colour = palette[number % len(palette)]
        turned.append(Series(name=full, values=(value,), labels=(label,), colour=colour, number=number))
    bar = replace(chart, x_name="", categories=("",), moments=None, series=tuple(turned), shown=range(1))
    return lying_stacks(bar, hundred)


def _group(chart: Chart, row: int, middle: float, pitch: float, scale: Scale) -> list[Shape]:
    shapes: list[Shape] = []
    thick = pitch if len(chart.series) == 1 else pitch - 1.5
    zero = scale.at(0)
    ink = chart.theme.colour("ink")
    for series in chart.series:
        y = middle + (series.number - (len(chart.series) - 1) / 2) * pitch
        value = series.values[row]
        if value is None:
            shapes.append(Words(x=zero + 5, y=y + CAP * SIZE, text=chart.no_data, colour=chart.theme.colour("muted")))
            continue
        end = scale.at(value)
        shapes.append(
            Bar(
                x=min(zero, end),
                y=y - thick / 2,
                width=abs(end - zero),
                height=thick,
                colour=series.colour,
                stripes=series.number,
            )
        )
        x, anchor = (end + 5, Anchor.START) if value >= 0 else (end - 5, Anchor.END)
        shapes.append(Words(x=x, y=y + CAP * SIZE, text=series.labels[row], colour=ink, anchor=anchor))
    return shapes


def _stack(chart: Chart, row: int, middle: float, scale: Scale, striped: bool) -> list[Shape]:
    shapes: list[Shape] = []
    missing: list[str] = []
    edge = scale.at(0)
    for series, part in zip(chart.series, parts(chart, row), strict=True):
        if part is None:
            missing.append(series.name)
            continue
        bar = _part(scale, *part, middle, series.colour, stripes=series.number if striped else 0)
        shapes.extend((bar, *label_inside(chart, bar, series.labels[row])))
        edge = max(edge, *map(scale.at, part))
    note = f"{', '.join(missing)}: {chart.no_data}"
    if missing and edge + 5 + chart.measure.width(note) <= chart.width:
        muted = chart.theme.colour("muted")
        shapes.append(Words(x=edge + 5, y=middle + CAP * SIZE, text=note, colour=muted))
    return shapes


def _part(scale: Scale, first: float, other: float, middle: float, colour: str, stripes: int = 0) -> Bar:
    """The part of a bar from one number to another."""
    start, end = sorted((scale.at(first), scale.at(other)))
    width, top = max(end - start - 1, 0.5), middle - _STACKED / 2
    return Bar(x=start, y=top, width=width, height=_STACKED, colour=colour, stripes=stripes)


def _zero(chart: Chart, scale: Scale, laid: Rows) -> Line:
    x = scale.at(0)
    return Line(points=((x, laid.top - 3), (x, laid.bottom + 3)), colour=chart.theme.colour("ink"))
