"""Drawings: each chart at two widths, and its insertion into the bodies of each format."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum

from dossierbuild.core.model import Asset, Drawing
from dossierbuild.tools import markup
from dossierbuild.tools.charts import PAGE, draw_chart

WIDE = PAGE
"""Points: a text column on paper."""
NARROW = 225.0
"""Points: a phone, an e-reader, and a panel of the infographic."""


class ChartWidth(Enum):
    """How wide the charts of a file are."""

    COLUMN = "column"
    NARROW = "narrow"
    BOTH = "both"
    """Each chart twice: the style sheet shows the one for which there is room."""


_SVG = f"{{{markup.SVG}}}"
_PLACE = re.compile(r'<img src="charts/([^"]*)\.svg"[^>]*>')


def draw_figure(drawing: Drawing) -> Asset:
    """A chart as SVG that can stand in a page: an element for each sheet that it takes."""
    return Asset(_path(drawing.spec.id, drawing.width), "image/svg+xml", draw_chart(drawing))


def insert_drawings(body: str, drawings: Mapping[str, str], width: ChartWidth) -> str:
    """The body with each chart's drawing in place of the picture that stands for it.

    `drawings` has the SVG of each drawing by path.
    """

    def drawn(found: re.Match[str]) -> str:
        wide, narrow = (drawings[_path(found[1], points)] for points in (WIDE, NARROW))
        if width is ChartWidth.BOTH:
            return _both(wide, narrow)
        return wide if width is ChartWidth.COLUMN else narrow

    return _PLACE.sub(drawn, body)


def _path(name: str, width: float) -> str:
    return f"charts/{name}-{width:g}.svg"


def _both(wide: str, narrow: str) -> str:
    """For each sheet an SVG with both drawings."""
    sheets = (list(markup.parse_xml(f"<sheets>{drawings}</sheets>".encode())) for drawings in (wide, narrow))
    return "".join(_pair(*pair) for pair in zip(*sheets, strict=True))


def _pair(wide: markup.Element, narrow: markup.Element) -> str:
    """An SVG with both drawings, of class `wide` and `narrow`, under one title; its style has their proportions.

    Only the first sheet of a chart has a title and a role; those after it are hidden from screen readers.
    """
    drawings = {"wide": wide, "narrow": narrow}
    whole = markup.make(f"{_SVG}svg", {})
    kept = [name for name in ("role", "aria-labelledby", "aria-hidden") if name in wide.attrib]
    for name in kept:
        whole.set(name, wide.get(name, ""))
    sizes = {name: " / ".join(drawing.get("viewBox", "").split()[2:]) for name, drawing in drawings.items()}
    whole.set("style", "; ".join(f"--{name}: {size}" for name, size in sizes.items()))
    if "role" in kept:
        markup.append(whole, markup.copy(wide[0]))
    for name, drawing in drawings.items():
        if "role" in kept:
            markup.detach(drawing[0])
        for attribute in kept:
            del drawing.attrib[attribute]
        drawing.set("class", name)
        markup.append(whole, drawing)
    return markup.to_html(whole)
