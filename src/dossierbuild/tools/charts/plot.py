"""What stands on a drawing: lines, areas, marks and words, as values.

Coordinates are in points from the top left corner, x to the right and y down; `y` of words is their baseline.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

SIZE = 9.5  # points, of all measure
SMALL = 9.0  # points, of axis and column titles
LINE = 12.0  # points from baseline to baseline
PAGE = 425.0  # points, the width of a text column on paper: 150 mm
TALLEST = 560.0  # points: what a page holds beside a caption
CAP = 0.33  # half the height of capitals, as a part of the size: from the middle of words to their baseline

Point = tuple[float, float]


class Anchor(Enum):
    """Which end of the words stands at their x; the value is SVG's."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line through two or more points."""

    points: tuple[Point, ...]
    colour: str
    width: float = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A filled rectangle; `stripes` is the number of its pattern of stripes, 0 for none."""

    x: float
    y: float
    width: float
    height: float
    colour: str
    stripes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A point of a series; `shape` is the number of its shape."""

    x: float
    y: float
    shape: int
    colour: str
    size: float = 6.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One line of text."""

    x: float
    y: float
    text: str
    colour: str
    anchor: Anchor = Anchor.START
    size: float = SIZE
    bold: bool = False


Shape = Line | Bar | Mark | Words


@dataclass(frozen=True, slots=True)
class Plot:
    """A drawing, laid out, in points."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
