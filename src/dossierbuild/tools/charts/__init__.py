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
from dossierbuild.tools.charts.plot import LINE, SIZE, Plot, Words
from dossierbuild.tools.charts.points import lines, upright_dots
from dossierbuild.tools.charts.text_measure import TextMeasure
from dossierbuild.tools.charts.timeline import timeline

Layout = Callable[[Chart], Plot]


def draw_chart(drawing: Drawing) -> bytes:
    """The chart as an `svg` element in UTF-8, to stand inline in HTML and XHTML.

    Its `viewBox` is `drawing.width` points wide; the style plot gives it the column's width. Its title is the chart's
    `alt`, the only id `<spec.id>-alt`. The theme gives the palette, the colours `ink`, `muted`, `line` and
    `paper`, and the font `chart`. Cells of `y` are numbers with a point, or empty; a column that does not
    exist raises `ValueError`. The same drawing gives the same bytes.
    """
    family = drawing.theme.font("chart")
    with matplotlib_apart():
        plot = lay_out(drawing, TextMeasure(drawing.fonts, family))
        svg = draw_plot(plot, drawing.theme.families("chart"), drawing.theme.colour("paper"))
    identifier = f"{drawing.spec.id}-alt"
    title = ElementTree.Element("title", {"id": identifier})
    title.text = writable(drawing.spec.alt)
    svg.set("role", "img")
    svg.set("aria-labelledby", identifier)
    svg.insert(0, title)
    return ElementTree.tostring(svg, encoding="unicode").encode()


def lay_out(drawing: Drawing, measure: TextMeasure) -> Plot:
    """The drawing as a plot, by the kind of chart and by what its categories are."""
    if drawing.spec.kind is ChartKind.TIMELINE:
        return timeline(drawing, measure)
    chart = read_chart(drawing, measure)
    if not chart.values:
        words = Words(x=0, y=SIZE, text=chart.no_data, colour=drawing.theme.colour("muted"))
        return Plot(drawing.width, LINE, (words,))
    return _layout(drawing.spec.kind, chart)(chart)


def _layout(kind: ChartKind, chart: Chart) -> Layout:
    if kind is ChartKind.LINE:
        return lines
    if kind is ChartKind.MULTIPLES:
        return multiples
    if kind is ChartKind.SHARE:
        return share
    if kind is ChartKind.DOT:
        return upright_dots if chart.years is not None else lying_dots
    if kind is ChartKind.STACKED:
        return standing_stacks if chart.years is not None else lying_stacks
    return standing_bars if stand_well(chart) else lying_bars
