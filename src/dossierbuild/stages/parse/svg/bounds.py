"""How large a drawing is, and how much work: both are bounded before any renderer sees it.

What is used several times counts each time, so that a drawing of a few lines cannot be one of a million shapes.
"""

from __future__ import annotations

import math
import re
from types import MappingProxyType

from dossierbuild.core.reasons import Reason
from dossierbuild.stages.parse.svg.faults import SvgError
from dossierbuild.tools import markup
from dossierbuild.tools.markup import Element

MAX_SHAPES = 50_000
MAX_EFFECTS = 500
"""Primitives of filters, counted each time that they are used."""
MAX_SIDE = 100_000.0
MAX_NUMBER = 1e7
_MAX_EFFECT = 100.0
"""The largest number that makes a filter slower: a radius, an order, a count of octaves."""

_NUMBER = re.compile(r"[0-9.]+(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"(?<![a-z])(?:inf|infinity|nan)(?![a-z])", re.IGNORECASE)
_REFERENCE = re.compile(r"url\(\s*['\"]?#([^)'\"]+)")
_GEOMETRY = frozenset(
    "x y x1 y1 x2 y2 cx cy r rx ry fx fy fr dx dy width height viewBox points d transform gradientTransform "
    "patternTransform refX refY markerWidth markerHeight stroke-width stroke-dasharray stroke-dashoffset font-size "
    "offset rotate textLength startOffset stdDeviation radius order numOctaves baseFrequency".split()
)
_SLOW = frozenset({"radius", "order", "numOctaves"})
_UNITS = MappingProxyType({"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0})
_LENGTH = re.compile(r"\+?((?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)([a-z]*)\Z")


def size_of(root: Element) -> tuple[int, int]:
    """Width and height in CSS pixels, rounded up; those of the viewBox where the drawing has no own, 0 without."""
    box = view_box(root)
    sides = [_length(root.get(name, "")) for name in ("width", "height")]
    if box and not all(sides):
        width, height = sides
        ratio = box[3] / box[2]
        sides = [width or (height / ratio if height else box[2]), height or (width * ratio if width else box[3])]
    if any(side > MAX_SIDE for side in sides):
        raise SvgError(f"{sides[0]:g} × {sides[1]:g} px")
    return math.ceil(sides[0]), math.ceil(sides[1])


def view_box(root: Element) -> tuple[float, float, float, float] | None:
    """The viewBox, or None where there is none. Raises SvgError for one that is no area."""
    written = root.get("viewBox")
    if written is None:
        return None
    try:
        x, y, width, height = (float(word) for word in written.replace(",", " ").split())
    except ValueError:
        raise SvgError(f"viewBox={written[:40]}") from None
    if not all(map(math.isfinite, (x, y, width, height))) or not (0 < width <= 1e6 and 0 < height <= 1e6):
        raise SvgError(f"viewBox={written[:40]}")
    return x, y, width, height


def _length(written: str) -> float:
    found = _LENGTH.match(written.strip().lower())
    value = float(found[1]) * _UNITS.get(found[2], 0.0) if found else 0.0
    if not math.isfinite(value):
        raise SvgError(f"width={written[:40]}")
    return value


def check_count(root: Element) -> None:
    """Raises SvgError for a file of more elements than can be drawn."""
    count = sum(1 for _ in root.iter())
    if count > MAX_SHAPES:
        raise SvgError(Reason(f"{count} > {MAX_SHAPES} elementen", f"{count} > {MAX_SHAPES} elements"))


def check_bounds(root: Element) -> None:
    """Raises SvgError for a drawing with numbers that are no numbers, or with more shapes than can be drawn."""
    size_of(root)
    for element in root.iter():
        for name, value in markup.attributes(element):
            if name in _GEOMETRY:
                _check_numbers(name, value)
    _Work(root).check()


def _check_numbers(name: str, value: str) -> None:
    if _NOT_FINITE.search(value):
        raise SvgError(f"{name}={value[:40]}")
    limit = _MAX_EFFECT if name in _SLOW else MAX_NUMBER
    for number in _NUMBER.findall(value):
        if (len(number) > 7 or not number.isdigit() or name in _SLOW) and _magnitude(number) > limit:
            raise SvgError(f"{name}={value[:40]}")


def _magnitude(number: str) -> float:
    """The size of a number; of several that are written against each other (`1.5.5`) that of the first."""
    whole, point, rest = number.partition(".")
    try:
        return float(number if rest.count(".") == 0 else f"{whole}{point}{rest.partition('.')[0]}" or "0")
    except ValueError:
        return 0.0


class _Work:
    """How many shapes and effects a drawing has when all that refers to others is put in the place."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._targets = {element.get("id"): element for element in root.iter() if element.get("id")}
        self._known: dict[Element, tuple[int, int]] = {}

    def check(self) -> None:
        shapes, effects = self._of(self._root, ())
        if shapes > MAX_SHAPES:
            raise SvgError(f"<use>: {shapes} > {MAX_SHAPES}")
        if effects > MAX_EFFECTS:
            raise SvgError(f"<filter>: {effects} > {MAX_EFFECTS}")

    def _of(self, element: Element, above: tuple[Element, ...]) -> tuple[int, int]:
        """The shapes and effects in an element. Raises SvgError for one that holds itself."""
        if element in above:
            raise SvgError(f"#{element.get('id', '')}: <use>")
        if element in self._known:
            return self._known[element]
        if len(above) > 300:
            raise SvgError("<use>")
        inside = [self._of(child, (*above, element)) for child in element]
        inside += [self._of(target, (*above, element)) for target in self._referred(element)]
        effect = int(str(element.tag).rpartition("}")[2].startswith("fe"))
        found = 1 + sum(shapes for shapes, _ in inside), effect + sum(effects for _, effects in inside)
        self._known[element] = (min(found[0], 10**12), min(found[1], 10**12))
        return self._known[element]

    def _referred(self, element: Element) -> list[Element]:
        names = [value[1:] for name, value in markup.attributes(element) if name.rpartition("}")[2] == "href"]
        names += [name for _, value in markup.attributes(element) for name in _REFERENCE.findall(value)]
        return [self._targets[name] for name in names if name in self._targets]
