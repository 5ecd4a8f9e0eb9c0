"""A drawing made plain: every renderer reads it in the same way, and it holds nothing but the drawing.

Style sheets and short forms become attributes of the elements that they are for, units and colours the oldest way to
write them, and a choice between languages what was chosen. What editors of drawings keep in them goes: metadata,
elements and attributes of their own. What runs, reaches out or is drawn by something else is refused.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from types import MappingProxyType

from dossierbuild.stages.parse.svg.bounds import view_box
from dossierbuild.stages.parse.svg.faults import SvgError, UndrawnError
from dossierbuild.stages.parse.svg.features import (
    ATTRIBUTES,
    COLOURS,
    DROPPED,
    ELEMENTS,
    FOREIGN,
    OF_BROWSERS,
    PROPERTIES,
    STYLE_ONLY,
    local_name,
    undrawn_feature,
)
from dossierbuild.stages.parse.svg.fonts import family_list, font_properties, font_size
from dossierbuild.stages.parse.svg.transforms import about_origin, plain_transform
from dossierbuild.tools import markup
from dossierbuild.tools.markup import Element
from dossierbuild.tools.svg_styles import UnresolvedError, declarations, plain_colour

_SVG = f"{{{markup.SVG}}}"
_HREF = f"{{{markup.XLINK}}}href"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_KEPT_NAMES = frozenset({_HREF, markup.XML_LANG, _SPACE})
_URL = re.compile(r"url\(\s*['\"]?([^)'\"]*)")
_WHOLE = MappingProxyType({"width": "100%", "height": "100%"})
_OF_THE_PAGE = ("%", "auto", "vw", "vh")
"""How sizes of a whole drawing end that the page around it decides."""
_DEFAULTS = ("initial", "unset", "revert")
_LENGTHS = re.compile(r"[-+0-9., px]*\Z")
_PX = re.compile(r"(?<=[0-9.])px\b")
_WEB = re.compile(r"https?://|mailto:", re.IGNORECASE)
_FUNCTIONS = re.compile(r"(?<![\w-])(calc|min|max|clamp|env|attr|sin|cos|image-set|paint|element)\(")


def made_plain(root: Element, language: str) -> Element:
    """The drawing made plain, in place. Raises SvgError and UndrawnError."""
    if root.tag not in ("svg", f"{_SVG}svg"):
        raise SvgError(f"<{local_name(root)}>")
    _name_all(root)
    sheets = _clean(root, language)
    try:
        values = list(declarations(root, sheets))
        for element, declared in values:
            _set(element, declared, root)
        _draw_ground(root, values[0][1])
    except UnresolvedError as error:
        raise UndrawnError(str(error)) from error
    feature = undrawn_feature(root)
    if feature:
        raise UndrawnError(feature)
    return root


def _name_all(root: Element) -> None:
    """Put a drawing without a namespace, as pages of HTML hold it, into the namespace of SVG."""
    if root.tag == "svg":
        for element in root.iter():
            if not str(element.tag).startswith("{"):
                element.tag = _SVG + str(element.tag)


# --- elements -------------------------------------------------------------------------------------------------------


def _clean(root: Element, language: str) -> list[str]:
    """Take out what is no drawing; the texts of the style sheets, which are taken out too."""
    for element in list(root.iter()):
        _check_safe(element)
    for switch in list(root.iter(f"{_SVG}switch")):
        _choose(switch, language)
    sheets: list[str] = []
    for element in list(root.iter()):
        name = local_name(element)
        if name == "style" and element.get("type", "text/css") == "text/css":
            sheets.append(element.text or "")
        if not str(element.tag).startswith(_SVG) or name in DROPPED:
            markup.detach(element)
        elif name == "a":
            element.tag = f"{_SVG}tspan" if _in_text(element) else f"{_SVG}g"
            for key in ("href", _HREF):
                element.attrib.pop(key, "")
        elif name not in ELEMENTS and (
            element is root or root in element.iterancestors()
        ):  # not taken out with another
            raise UndrawnError(f"<{name}>")
    return sheets


def _in_text(element: Element) -> bool:
    return any(local_name(above) == "text" for above in element.iterancestors())


def _check_safe(element: Element) -> None:
    """Raises SvgError for an element that runs or reaches out of the drawing."""
    name = local_name(element)
    if name in FOREIGN:
        raise SvgError(f"<{name}>")
    if name == "style" and _reaches_out(element.text or ""):
        raise SvgError("<style>")
    for key, value in markup.attributes(element):
        local = key.rpartition("}")[2]
        if local.startswith("on") and len(local) > 2:
            raise SvgError(local)
        own = key in ("href", _HREF) or not key.startswith("{")
        leads_out = local == "href" and not value.strip().startswith("#")
        if leads_out and name == "a" and _WEB.match(value.strip()):
            continue  # no picture is a link, so it is taken out
        if own and (leads_out or _reaches_out(value)):
            raise SvgError(f"{local}={value[:40]}")


def _reaches_out(css: str) -> bool:
    lowered = css.lower()
    if "@import" in lowered or "\\" in lowered:  # a backslash can hide either
        return True
    return any(not found.startswith("#") for found in _URL.findall(lowered))


def _choose(switch: Element, language: str) -> None:
    """Put the first child that may be drawn in the place of a choice (SVG 2, 5.10)."""
    chosen = next((child for child in switch if _may_be_drawn(child, language)), None)
    for child in list(switch):
        if child is not chosen:
            markup.detach(child)
    switch.tag = f"{_SVG}g"
    if chosen is not None:
        chosen.attrib.pop("systemLanguage", "")


def _may_be_drawn(element: Element, language: str) -> bool:
    wanted = element.get("systemLanguage")
    tags = [tag.strip().lower() for tag in wanted.split(",")] if wanted is not None else [language]
    known = any(tag == language or tag.startswith(f"{language}-") for tag in tags)
    return known and local_name(element) in ELEMENTS and not element.get("requiredExtensions", "").strip()


# --- attributes -----------------------------------------------------------------------------------------------------


def _set(element: Element, declared: Mapping[str, str], root: Element) -> None:
    """Give an element what is declared for it as attributes, and take away those that are no drawing."""
    language = element.get("systemLanguage")
    if language is not None:
        raise UndrawnError("systemLanguage")
    kept = [
        f"{name}: {value}" for name, value in _long_forms(declared).items() if not _set_property(element, name, value)
    ]
    for name, value in markup.attributes(element):
        local = name.rpartition("}")[2]
        if name not in _KEPT_NAMES and (name.startswith("{") or local not in ATTRIBUTES | PROPERTIES):
            del element.attrib[name]
        elif _FUNCTIONS.search(value):
            found = _FUNCTIONS.search(value)
            raise UndrawnError(f"{found[1] if found else name}()")
        elif local in COLOURS:
            element.set(name, plain_colour(value))
        elif name == "font-size":
            element.set(name, font_size(value))
        elif name == "font-family":
            element.set(name, family_list(value))
    _scale_dashes(element)
    about_origin(element, view_box(root) or (0.0, 0.0, 0.0, 0.0))
    if kept:
        element.set("style", "; ".join(kept))


def _scale_dashes(element: Element) -> None:
    """Write the dashes of a circle in its own measure, where they are parts of a length that it is said to have."""
    said, dashes = element.get("pathLength"), element.get("stroke-dasharray", "none")
    if said is not None and (dashes == "none" or local_name(element) == "circle"):
        del element.attrib["pathLength"]
        try:
            ratio = 2 * math.pi * float(element.get("r", "0")) / float(said)
            for name in ("stroke-dasharray", "stroke-dashoffset"):
                numbers = [f"{float(word) * ratio:.6g}" for word in element.get(name, "").replace(",", " ").split()]
                if numbers and dashes != "none":
                    element.set(name, " ".join(numbers))
        except (ValueError, ZeroDivisionError):
            raise UndrawnError("pathLength") from None


def _long_forms(declared: Mapping[str, str]) -> Mapping[str, str]:
    """The declared properties with short forms written out."""
    values: dict[str, str] = {}
    for name, value in declared.items():
        if name == "font":
            values |= font_properties(value)
        elif name == "marker":
            values |= {f"marker-{where}": value for where in ("start", "mid", "end")}
        elif name == "text-decoration-line":
            values["text-decoration"] = value
        else:
            values[name] = value
    return MappingProxyType(values)


def _set_property(element: Element, name: str, value: str) -> bool:
    """Set a property as an attribute; False for one that has no attribute and stays in the style. Raises UndrawnError
    for one that only browsers heed."""
    if value in _DEFAULTS:
        return True
    if name in STYLE_ONLY:
        return value in ("normal", "auto")
    if name in OF_BROWSERS and value not in OF_BROWSERS[name]:
        raise UndrawnError(name)
    if name == "white-space" and value.startswith("pre"):
        element.set(_SPACE, "preserve")
    elif name == "transform":
        element.set(name, plain_transform(value))
    elif name in PROPERTIES | ATTRIBUTES and not (element.getparent() is None and value.endswith(_OF_THE_PAGE)):
        element.set(name, _PX.sub("", value) if _LENGTHS.match(value) else value)
    return True


def _draw_ground(root: Element, declared: Mapping[str, str]) -> None:
    """Draw the ground of the whole drawing as a shape, since only some renderers know a background."""
    ground = declared.get("background-color", declared.get("background", "none")).strip()
    if ground in ("none", "transparent", "initial", "inherit"):
        return
    if "url(" in ground or "gradient(" in ground or (len(ground.split()) > 1 and "(" not in ground):
        raise UndrawnError("background")
    x, y, width, height = (f"{number:g}" for number in view_box(root) or (0.0, 0.0, 0.0, 0.0))
    place = {"x": x, "y": y, "width": width, "height": height} if root.get("viewBox") else _WHOLE
    root.insert(0, markup.make(f"{_SVG}rect", {**place, "fill": plain_colour(ground)}))
