"""A chart of DrawingML as its numbers: Word keeps them in the chart itself, beside the workbook that they come from."""

from __future__ import annotations

from dossierbuild.core.word import Chart, Series
from dossierbuild.tools.docx.package import Element
from dossierbuild.tools.docx.vocabulary import child, name, short

MAX_POINTS = 20_000
"""Points of a series that are read."""


def read_chart(root: Element, alt: str) -> Chart:
    """A chart; where it draws its series in several ways, its kind has them all: "barChart+lineChart"."""
    area = child(root, "c:chart", "c:plotArea")
    plots = [plot for plot in (area if area is not None else ()) if short(plot).endswith("Chart")]
    groupings = (child(plot, "c:grouping") for plot in plots)
    heading = child(root, "c:chart", "c:title")
    return Chart(
        kind="+".join(short(plot).removeprefix("c:") for plot in plots),
        grouping=next((found.get("val", "") for found in groupings if found is not None), ""),
        title=""
        if heading is None
        else " ".join("".join(part.text or "" for part in heading.iter(name("a:t"))).split()),
        alt=alt,
        series=tuple(_series(series) for plot in plots for series in plot.iter(name("c:ser"))),
    )


def _series(series: Element) -> Series:
    names = _points(child(series, "c:tx"))
    literal = child(series, "c:tx", "c:v")
    categories = _points(child(series, "c:cat") if child(series, "c:cat") is not None else child(series, "c:xVal"))
    values = _points(child(series, "c:val") if child(series, "c:val") is not None else child(series, "c:yVal"))
    count = max([*categories, *values], default=-1) + 1
    return Series(
        name=" ".join(names.values()) or (literal.text or "" if literal is not None else ""),
        categories=tuple(categories.get(at, "") for at in range(count)),
        values=tuple(values.get(at, "") for at in range(count)),
    )


def _points(data: Element | None) -> dict[int, str]:
    """The points of a cache by their numbers; of categories in several levels those of the lowest."""
    found: dict[int, str] = {}
    for point in data.iter(name("c:pt")) if data is not None else ():
        number = point.get("idx", "")
        written = child(point, "c:v")
        if number.isdecimal() and len(number) < 7 and int(number) < MAX_POINTS and written is not None:
            found.setdefault(int(number), " ".join((written.text or "").split()))
    return found
