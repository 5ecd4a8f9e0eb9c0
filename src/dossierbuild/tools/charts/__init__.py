"""Charts by matplotlib: from a drawing as asked for to an SVG that stands in the page.

In order: `chart` reads the table; `columns`, `bars`, `points`, `dots`, `multiples` and `timeline` lay a kind of chart
out as a `Plot` of lines, bars, marks and words, with room for each as `text_measure` has measured it; `canvas`
draws the plot.
"""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree

from dossierbuild.core.model import ChartKind, Drawing
from dossierbuild.tools.charts.bars import lying_bars, lying_stacks, share
from dossierbuild.tools.charts.canvas import draw_plot
from dossierbuild.tools.charts.chart import Chart, read_chart, writable
from dossierbuild.tools.charts.columns import stand_well, standing_bars, standing_stacks
from dossierbuild.tools.charts.dots import lying_dots
from dossierbuild.tools.charts.library import matplotlib_apart
from dossierbuild.tools.charts.multiples import multiples
from dossierbuild.tools.charts.plot import LINE, PAGE, SIZE, Plot, Words
from dossierbuild.tools.charts.points import lines, upright_dots
from dossierbuild.tools.charts.text_measure import TextMeasure
from dossierbuild.tools.charts.timeline import timeline

__all__ = ["PAGE", "draw_chart"]

Layout = Callable[[Chart], tuple[Plot, ...]]


def draw_chart(drawing: Drawing) -> bytes:
    """The chart as `svg` elements in UTF-8, to stand inline in HTML and XHTML: one for each sheet that it takes.

    Rows that a page has no room for stand on a next sheet, which begins alike and says that it continues. The
    `viewBox` of each is `drawing.width` points wide; the style sheet gives it the column's width. The title of the
    first is the chart's `alt`, the only id `<spec.id>-alt`; the others are hidden from screen readers. The theme gives
    the palette, the colours `ink`, `muted`, `line` and `paper`, and the font `chart`. Cells of `y` are numbers or
    empty; a column that does not exist raises `ValueError`. The same drawing gives the same bytes.
    """
    family = drawing.theme.font("chart")
    with matplotlib_apart():
        plots = lay_out(drawing, TextMeasure(drawing.fonts, family))
        families, paper = drawing.theme.families("chart"), drawing.theme.colour("paper")
        first, *others = (draw_plot(plot, families, paper) for plot in plots)
    identifier = f"{drawing.spec.id}-alt"
    title = ElementTree.Element("title", {"id": identifier})
    title.text = writable(drawing.spec.alt)
    first.set("role", "img")
    first.set("aria-labelledby", identifier)
    first.insert(0, title)
    for svg in others:
        svg.set("aria-hidden", "true")
    return "".join(ElementTree.tostring(svg, encoding="unicode") for svg in (first, *others)).encode()


def lay_out(drawing: Drawing, measure: TextMeasure) -> tuple[Plot, ...]:
    """The drawing as a plot for each sheet, by the kind of chart and by what its categories are."""
    if drawing.spec.kind is ChartKind.TIMELINE:
        return timeline(drawing, measure)
    chart = read_chart(drawing, measure)
    if not chart.values:
        words = Words(x=0, y=SIZE, text=chart.no_data, colour=drawing.theme.colour("muted"))
        return (Plot(drawing.width, LINE, (words,)),)
    return _layout(drawing.spec.kind, chart)(chart)


def _layout(kind: ChartKind, chart: Chart) -> Layout:
    if kind is ChartKind.LINE:
        return _alone(lines)
    if kind is ChartKind.MULTIPLES:
        return multiples
    if kind is ChartKind.SHARE:
        return share
    if kind is ChartKind.DOT:
        return _alone(upright_dots) if chart.moments is not None else lying_dots
    if kind is ChartKind.STACKED:
        return _alone(standing_stacks) if chart.moments is not None else lying_stacks
    return _alone(standing_bars) if stand_well(chart) else lying_bars


def _alone(layout: Callable[[Chart], Plot]) -> Layout:
    """A layout that takes one sheet whatever the data."""
    return lambda chart: (layout(chart),)
