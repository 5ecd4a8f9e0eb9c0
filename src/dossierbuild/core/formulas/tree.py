"""The parts of a formula as values: signs, and what stands above, below, around and behind each other."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from dossierbuild.core.formulas.signs import Face, Role


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign, number, name or text; `face` is None for the usual one of its role."""

    role: Role
    text: str
    face: Face | None = None


@dataclass(frozen=True, slots=True)
class Space:
    """Space of a width in CSS."""

    width: str


@dataclass(frozen=True, slots=True)
class Row:
    """Parts behind each other."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Fraction:
    """Something above something else; without a `line` it is what a binomial has between its brackets."""

    above: Part
    below: Part
    line: bool = True


class Limits(Enum):
    """Where what is at the foot and head of a part stands: beside it, right below and above it, or so only where the
    formula has room, on lines of its own."""

    BESIDE = "beside"
    STACKED = "stacked"
    MOVABLE = "movable"


@dataclass(frozen=True, slots=True)
class Scripts:
    """A base with what stands at its foot or head."""

    base: Part
    low: Part | None
    high: Part | None
    limits: Limits = Limits.BESIDE


@dataclass(frozen=True, slots=True)
class Root:
    """A square root, or one of another `degree`."""

    inside: Part
    degree: Part | None = None


@dataclass(frozen=True, slots=True)
class Accent:
    """A part with a mark above it, or below it; a `wide` mark is as wide as the part."""

    inside: Part
    mark: str
    is_below: bool = False
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Fenced:
    """A part between brackets that are as high as it is; each may be empty."""

    opening: str
    inside: Row
    closing: str


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells; `columns` has the alignment of each column: l, c or r."""

    rows: tuple[tuple[Part, ...], ...]
    columns: str
    kind: str


@dataclass(frozen=True, slots=True)
class Hidden:
    """Room for a part that is not shown."""

    inside: Part


@dataclass(frozen=True, slots=True)
class Styled:
    """A part set as in a formula on lines of its own when `displayed`, else as in a line of text."""

    inside: Part
    displayed: bool


Part: TypeAlias = Sign | Space | Row | Fraction | Scripts | Root | Accent | Fenced | Grid | Hidden | Styled
