"""Formulas drawn as paths, for paper, which has no MathML. The only importer of ziamath.

The drawing is made with the metrics of STIX Two Math: what stands where follows its table for mathematics.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from ziamath.config import config
from ziamath.zmath import Math

from dossierbuild.core.formulas.signs import SYMBOLS, Role

UNITS = 100
"""Units of a drawing in one em."""


class FormulaDrawingError(Exception):
    """MathML that cannot be drawn; the text says why in one line."""


@dataclass(frozen=True, slots=True)
class FormulaPath:
    """A drawing: the data of SVG paths that begin on the baseline, in the order of their signs, and their box, in UNITS
    to the em."""

    signs: tuple[str, ...]
    left: float
    top: float
    width: float
    height: float


def draw_mathml(mathml: str) -> FormulaPath:
    """The drawing of a `math` element. Raises FormulaDrawingError."""
    config.svg2 = False  # one path a sign, with its place in its numbers
    config.precision = 1
    try:
        drawn = Math(_with_looks_told(ElementTree.fromstring(mathml)), size=UNITS, margin=0).svgxml()
    except Exception as error:
        # It is written for MathML of people, and raises whatever it stumbles on.
        raise FormulaDrawingError(" ".join(str(error).split())[:80] or type(error).__name__) from error
    left, top, width, height = (float(number) for number in drawn.get("viewBox", "0 0 0 0").split())
    return FormulaPath(tuple(_paths(drawn)), left, top, width, height)


def _with_looks_told(formula: ElementTree.Element) -> ElementTree.Element:
    """The formula with what MathML Core (section 4) has browsers know by themselves written in it, changed in place.

    ziamath keeps the room of a formula on lines of its own within its fractions, and has a sum grow with what stands
    beside it. What an `mstyle` asks it gives to all that is within, so here a row asks it.
    """
    for element in list(formula.iter()):
        kind = element.tag.rpartition("}")[2]
        if kind == "mstyle":
            element.tag = element.tag.replace("mstyle", "mrow")
        if kind in ("mstyle", "mfrac"):
            look = element.get("displaystyle", "false") if kind == "mstyle" else "false"
            for child in element:
                child.attrib.setdefault("displaystyle", look)
        elif kind == "mo" and element.text in _LARGE:
            element.set("stretchy", "false")
    return formula


_LARGE = frozenset(sign for role, sign in SYMBOLS.values() if role in (Role.LARGE, Role.INTEGRAL))


def _paths(drawn: Any) -> Iterator[str]:
    for shape in drawn.iter():
        if shape.tag == "path":
            yield _tight(shape.get("d", ""))
        elif shape.tag == "rect":
            x, y, width, height = (shape.get(name, "0") for name in ("x", "y", "width", "height"))
            yield f"M{x} {y}h{width}v{height}h-{width}z"


def _tight(path: str) -> str:
    """Path data without the spaces around its commands."""
    for command in "MLQCZ":
        path = path.replace(f" {command} ", command).replace(f"{command} ", command).replace(f" {command}", command)
    return path.strip()
