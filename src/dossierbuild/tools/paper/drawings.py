"""Drawings that stand in a text: what they have in `currentColor` has the colour of that text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def with_colour_of_text(draw: Callable[..., None]) -> Callable[..., None]:
    """A drawing is read by itself, without the style of what it stands in; that is known where it is drawn."""

    def drawn(image: Any, stream: Any, width: float, height: float, style: Any) -> None:
        red, green, blue = (round(255 * part) for part in style["color"].to("srgb").coordinates)
        image._svg.tree.attrib.setdefault("color", f"#{red:02x}{green:02x}{blue:02x}")
        draw(image, stream, width, height, style)

    return drawn
