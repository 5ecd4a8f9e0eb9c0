"""Where things stand on paper, in millimetres; nothing is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dossierbuild.tools.paper.engine import corrected_engine, load_engine
from dossierbuild.tools.paper.reading import Log, laid_out

_MILLIMETRE = 96 / 25.4
"""In CSS pixels, in which the engine counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """The room that an element with an id takes on its first page, which counts from 1: from its top to the lowest
    line or picture in it. In millimetres from the top left corner of the page."""

    identifier: str
    page: int
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A document on paper: width and height of each page in millimetres, and its elements with an id."""

    pages: tuple[tuple[float, float], ...]
    extents: tuple[Extent, ...]


def measure(html: str, resources: Mapping[str, bytes]) -> Layout:
    """The pages that a whole HTML document would have, and where its elements stand on them.

    Raises PaperError when the engine gives up, or is not there.
    """
    weasyprint = load_engine()
    with corrected_engine(), laid_out(weasyprint, html, resources, Log()) as document:
        extents = [found for number, page in enumerate(document.pages, 1) for found in _extents(page._page_box, number)]
    return Layout(
        pages=tuple((page.width / _MILLIMETRE, page.height / _MILLIMETRE) for page in document.pages),
        extents=tuple({extent.identifier: extent for extent in reversed(extents)}.values())[::-1],
    )


def _extents(page: Any, number: int) -> Iterator[Extent]:
    for box in page.descendants():
        name = box.element.get("id") if box.element is not None and box.element_tag == box.element.tag else None
        if name and hasattr(box, "descendants"):
            ends = [part.position_y + part.height for part in box.descendants() if not getattr(part, "children", ())]
            yield Extent(
                identifier=name,
                page=number,
                left=box.position_x / _MILLIMETRE,
                top=box.position_y / _MILLIMETRE,
                width=box.margin_width() / _MILLIMETRE,
                height=(max(ends, default=box.position_y) - box.position_y) / _MILLIMETRE,
            )
