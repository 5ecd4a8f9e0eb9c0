"""Pictures as each format shows them: no more pixels than their place has room for, and pixels for what the layout
engine cannot draw."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import partial
from html import unescape
from types import MappingProxyType
from urllib.parse import unquote

from dossierbuild.core.model import Asset, FitJob, Picture
from dossierbuild.stages.render.drawn_faces import with_faces
from dossierbuild.tools.pictures import fitted_raster
from dossierbuild.tools.resvg import DrawingError, draw_svg

SVG = "image/svg+xml"
_IMAGE = re.compile(r'<img\s++src="([^"]*+)"([^>]*+)>')
_WIDTH = re.compile(r'(?:width:\s*|width=")([0-9.]+)(%|px|cm|mm|in|pt|em|rem)?')
_CSS = MappingProxyType({"": 1.0, "px": 1.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "in": 96.0, "pt": 4 / 3, "em": 16.0,
                         "rem": 16.0})  # fmt: skip
_SUFFIXES = MappingProxyType({"image/png": (".png",), "image/jpeg": (".jpg", ".jpeg"), SVG: (".svg",)})


class Medium(Enum):
    """Where pictures are shown: the width and height in CSS pixels that a page has for one at the most, and how many
    pixels a picture has for each."""

    PAPER = (609.0, 756.0, 300 / 96)
    """The figures of print.css, 161 mm wide and 200 mm high, at 300 dots an inch."""
    SCREEN = (828.0, 16_000.0, 2.0)
    """The main column of screen.css, on a screen with twice the pixels."""

    @property
    def width(self) -> float:
        return self.value[0]

    @property
    def height(self) -> float:
        return self.value[1]

    @property
    def density(self) -> float:
        return self.value[2]


PAPER_COVER = 210 * 96 / 25.4
"""The width of a cover on paper in CSS pixels, which its picture fills."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A picture made ready: its asset, and how many of its pixels make one CSS pixel, 0 where that stays open."""

    asset: Asset
    density: float


def shown_widths(bodies: Iterable[str], medium: Medium) -> Mapping[str, float]:
    """The paths of the pictures that bodies show, with the width in CSS pixels that each is given at the most.

    0 stands for a picture that no text gives a width.
    """
    widths: dict[str, float] = {}
    for found in (found for body in bodies for found in _IMAGE.finditer(body)):
        path, given = _path(found[1]), _WIDTH.search(found[2])
        width = _css_width(float(given[1]), given[2] or "", medium) if given else 0.0
        known = widths.get(path, width)
        widths[path] = 0.0 if 0.0 in (known, width) else max(known, width)
    return MappingProxyType(widths)


def _css_width(number: float, unit: str, medium: Medium) -> float:
    return min(medium.width, medium.width * number / 100 if unit == "%" else number * _CSS[unit])


def _path(address: str) -> str:
    return unquote(unescape(address))


def room_for(picture: Picture, given: float, medium: Medium) -> tuple[int, int]:
    """The width and height in pixels that a picture has at the most in a medium; `given` is its width there or 0.

    A drawing has so many pixels exactly; it is printed as large as it says.
    """
    width = given or medium.width
    if picture.media_type == SVG:
        across, down = picture.width or 300, picture.height or 150
        width = min(given or across, medium.width)
        width = min(width, medium.height * across / down)
        zoom = width * medium.density / across
        if "<pattern>" in picture.hard and zoom > 1:
            zoom = math.floor(zoom)  # resvg rounds the tiles of a pattern to whole pixels
        return max(1, round(across * zoom)), max(1, round(down * zoom))
    return max(1, round(width * medium.density)), max(1, round(medium.height * medium.density))


def fit_picture(job: FitJob) -> Fitted:
    """The picture as it is shown; its path ends as its kind asks for."""
    picture = job.picture
    if picture.media_type != SVG:
        media_type, data = fitted_raster(picture.data, job.width, job.height)
        return Fitted(Asset(picture.path, media_type, data), 0.0)
    fonts = [font.data for font in job.fonts]
    families = dict(job.families)
    svg = picture.data.decode()
    draw = partial(draw_svg, width=job.width, height=job.height, fonts=fonts, families=families)
    try:
        png = draw(with_faces(svg, job.fonts, families))
    except DrawingError:  # of a sign that a face makes of several, which resvg does not take in a text of more faces
        png = draw(svg)
    return Fitted(Asset(picture.path, "image/png", png), job.width / (picture.width or 300))


def address_of(path: str, media_type: str, taken: Iterable[str]) -> str:
    """The address of a picture in a publication: its path, with an ending that fits its kind and that is not taken."""
    if path.lower().endswith(_SUFFIXES[media_type]):
        return path
    known = frozenset(taken)
    while path in known:
        path += _SUFFIXES[media_type][0]
    return path


def place_pictures(body: str, fitted: Mapping[str, tuple[str, float]]) -> str:
    """The body with the address of each picture, and on paper with its density; both go by the picture's path."""

    def placed(found: re.Match[str]) -> str:
        path = _path(found[1])
        if path not in fitted:
            return found[0]
        address, density = fitted[path]
        source = found[1] if address == path else found[1] + address.removeprefix(path)
        return f'<img src="{source}"{_with_density(found[2], density)}>'

    return _IMAGE.sub(placed, body)


def _with_density(attributes: str, density: float) -> str:
    if not density:
        return attributes
    style = f"image-resolution:{density:.6g}dppx"
    if 'style="' in attributes:
        return attributes.replace('style="', f'style="{style};', 1)
    return f' style="{style}"{attributes}'
