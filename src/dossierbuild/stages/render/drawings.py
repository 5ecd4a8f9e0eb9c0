"""Drawings: each chart at two widths, and its insertion into the bodies of each format."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum

from dossierbuild.core.model import Asset, Drawing
from dossierbuild.tools import markup
from dossierbuild.tools.charts import draw_chart

WIDE = 425.0
"""Points: a text column of 150 mm."""
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
    """A chart as SVG that can stand in a page."""
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
    """An SVG with both drawings, of class `wide` and `narrow`, under one title; its style has their proportions."""
    drawings = {"wide": markup.parse_xml(wide.encode()), "narrow": markup.parse_xml(narrow.encode())}
    whole = markup.make(f"{_SVG}svg", {})
    for name in ("role", "aria-labelledby"):
        whole.set(name, drawings["wide"].get(name, ""))
    sizes = {name: " / ".join(drawing.get("viewBox", "").split()[2:]) for name, drawing in drawings.items()}
    whole.set("style", "; ".join(f"--{name}: {size}" for name, size in sizes.items()))
    title = drawings["wide"][0]
    markup.append(whole, markup.copy(title))
    for name, drawing in drawings.items():
        markup.detach(drawing[0])
        for attribute in ("role", "aria-labelledby"):
            del drawing.attrib[attribute]
        drawing.set("class", name)
        markup.append(whole, drawing)
    return markup.to_html(whole)
