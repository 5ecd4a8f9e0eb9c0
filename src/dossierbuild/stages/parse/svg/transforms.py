"""Transforms as style sheets write them, in the form of the attribute, which every renderer reads."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from types import MappingProxyType

from dossierbuild.stages.parse.svg.faults import UndrawnError
from dossierbuild.tools.markup import Element

_FUNCTION = re.compile(r"(?<![a-zA-Z0-9])([a-zA-Z0-9]+)\(([^()]*)\)")
_NUMBER = re.compile(r"([-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:e[-+]?[0-9]+)?)([a-z%]*)\Z", re.IGNORECASE)
_UNITS: Mapping[str, float] = MappingProxyType(
    {
        "": 1.0,
        "px": 1.0,
        "pt": 4 / 3,
        "mm": 96 / 25.4,
        "cm": 96 / 2.54,
        "in": 96.0,
        "deg": 1.0,
        "grad": 0.9,
        "rad": 180 / math.pi,
        "turn": 360.0,
    }
)
_NAMES = frozenset("matrix translate scale rotate skewX skewY".split())
_SIDES = MappingProxyType({"left": "0%", "top": "0%", "center": "50%", "right": "100%", "bottom": "100%"})


def plain_transform(value: str) -> str:
    """The transform with numbers in pixels and degrees. Raises UndrawnError for one in space or in percents."""
    if value.strip() == "none":
        return ""
    return " ".join(_plain(found[1], found[2]) for found in _FUNCTION.finditer(value))


def _plain(name: str, arguments: str) -> str:
    numbers = [_number(word, name) for word in arguments.replace(",", " ").split()]
    if name in ("translateX", "scaleX"):
        name, numbers = name[:-1], [*numbers, 1.0 if name == "scaleX" else 0.0]
    elif name in ("translateY", "scaleY"):
        name, numbers = name[:-1], [1.0 if name == "scaleY" else 0.0, *numbers]
    if name not in _NAMES:
        raise UndrawnError(f"{name}()")
    return f"{name}({' '.join(f'{number:.9g}' for number in numbers)})"


def _number(word: str, name: str) -> float:
    found = _NUMBER.match(word)
    if not found or found[2].lower() not in _UNITS:
        raise UndrawnError(f"{name}({word[:20]})")
    return float(found[1]) * _UNITS[found[2].lower()]


def about_origin(element: Element, box: tuple[float, float, float, float]) -> None:
    """Write an origin into the transform itself: only some renderers know origins."""
    origin = element.attrib.pop("transform-origin", "")
    if not origin or not element.get("transform"):
        return
    words = [_SIDES.get(word, word) for word in str(origin).lower().split()[:2]]
    if str(origin).lower().split()[0] in ("top", "bottom"):
        words.reverse()
    across, down = (*words, "50%")[:2]
    x, y = _side(across, box[0], box[2]), _side(down, box[1], box[3])
    element.set("transform", f"translate({x:.9g} {y:.9g}) {element.get('transform')} translate({-x:.9g} {-y:.9g})")


def _side(word: str, start: float, length: float) -> float:
    if word.endswith("%"):
        return start + length * _number(word[:-1], "transform-origin") / 100
    return _number(word, "transform-origin")
