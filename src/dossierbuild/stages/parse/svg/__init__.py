"""SVG: a drawing is read, refused where it runs, reaches out or never ends, and made plain for every renderer.

`plain` rewrites a drawing so that all renderers agree on it, `features` names what each of them can draw, `bounds`
counts how much work a drawing is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dossierbuild.core.reasons import Reason
from dossierbuild.stages.parse.svg.bounds import check_bounds, check_count, size_of
from dossierbuild.stages.parse.svg.faults import SvgError, UndrawnError
from dossierbuild.stages.parse.svg.features import hard_features
from dossierbuild.stages.parse.svg.plain import made_plain
from dossierbuild.tools import markup

__all__ = ["Svg", "SvgError", "UndrawnError", "read_svg"]

MAX_BYTES = 10_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Svg:
    """A drawing as SVG that holds nothing but the drawing; width and height are in CSS pixels, 0 when unknown.

    `hard` names what the layout engine cannot draw of it.
    """

    svg: str
    width: int
    height: int
    hard: tuple[str, ...]


def read_svg(data: bytes, language: str) -> Svg:
    """The drawing in an SVG file; `language` decides where it offers a choice.

    Raises SvgError for what may not or cannot be shown, UndrawnError for a feature that not every renderer has.
    """
    if len(data) > MAX_BYTES:
        raise SvgError(f"{len(data) // 1_000_000} MB")
    text = data.replace(b"\0", b"")  # whichever encoding it is in
    if b"<!ENTITY" in text or re.search(rb"<!DOCTYPE[^>]*\[", text):
        raise SvgError("<!ENTITY>")  # entities can unfold into gigabytes
    if b"<?xml-stylesheet" in text:
        raise SvgError("<?xml-stylesheet?>")
    try:
        root = markup.parse_xml(data)
    except markup.MarkupError as error:
        raise SvgError(Reason(f"geen goede XML ('{error}')", f"no sound XML ('{error}')")) from error
    check_count(root)
    plain = made_plain(root, language)
    check_bounds(plain)
    width, height = size_of(plain)
    return Svg(
        svg=markup.inner_xhtml(markup.make("div", {}, plain)),
        width=width,
        height=height,
        hard=hard_features(plain),
    )
