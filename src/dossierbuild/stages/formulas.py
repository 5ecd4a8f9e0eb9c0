"""Formulas: each of a dossier is drawn once, for paper and to know how wide it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate
from typing import Protocol

from dossierbuild.core.formulas.mathml import write_mathml
from dossierbuild.core.formulas.reading import read_formula
from dossierbuild.core.formulas.signs import Role
from dossierbuild.core.formulas.tree import Part, Row, Sign
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.model import DrawnFormula, Formula, FormulaUse
from dossierbuild.tools.formulas import UNITS, FormulaDrawingError, FormulaPath, draw_mathml

_BEARING = 0.05 * UNITS
"""Units of space at the sides of a formula, as letters have it."""
_ACROSS = re.compile(r"(?<=[MLQ ])(-?[\d.]+) -?[\d.]+")
"""The pairs of numbers of a path, of which the first runs from left to right."""

_LONG = 10
"""em: a formula of this width in a line of text would leave too much of the line before it empty."""


class _HasFormulas(Protocol):
    @property
    def path(self) -> str: ...

    @property
    def formulas(self) -> tuple[FormulaUse, ...]: ...


def formulas_by_text(texts: tuple[_HasFormulas, ...]) -> dict[str, tuple[Formula, ...]]:
    """For each text by its path the formulas that no text before it has, each once."""
    seen: set[Formula] = set()
    new: dict[str, tuple[Formula, ...]] = {}
    for text in texts:
        own = tuple(dict.fromkeys(use.formula for use in text.formulas if use.formula not in seen))
        seen.update(own)
        if own:
            new[text.path] = own
    return new


def draw_formulas(formulas: tuple[Formula, ...]) -> FrozenMap[Formula, DrawnFormula]:
    """Formulas that can be read, drawn; one that cannot be drawn all the same is left out."""
    return FrozenMap(_drawn(formulas))


def _drawn(formulas: tuple[Formula, ...]) -> Iterator[tuple[Formula, DrawnFormula]]:
    for formula in formulas:
        try:
            row = read_formula(formula.tex)
            drawn = draw_mathml(write_mathml(row, display=formula.display))
            is_long = not formula.display and drawn.width > _LONG * UNITS
            pieces = tuple(_pieces(row, drawn)) if is_long else ()
        except FormulaDrawingError:
            continue
        yield formula, replace(_in_box(drawn, "".join(drawn.signs)), pieces=pieces)


def _in_box(drawn: FormulaPath, path: str) -> DrawnFormula:
    """A path in the box of a drawing. Words stand as far from it as from each other: a box ends where its ink does."""
    box = (drawn.left - _BEARING, drawn.top, drawn.width + 2 * _BEARING, drawn.height)
    return DrawnFormula(
        path=path,
        view=" ".join(f"{number:g}" for number in box),
        width=round(box[2] / UNITS, 3),
        height=round(drawn.height / UNITS, 3),
        depth=round((drawn.top + drawn.height) / UNITS, 3),
    )


def _pieces(row: Row, drawn: FormulaPath) -> Iterator[DrawnFormula]:
    """What a line of text may part a formula into: it goes on behind a relation or an operator, as in print.

    Each piece is as wide as it is in the whole, so that pieces on one line are the formula. None where the signs of the
    whole are not those of its parts.
    """
    ends = tuple(accumulate(len(draw_mathml(write_mathml(group, display=False)).signs) for group in _groups(row)))
    if len(ends) < 2 or ends[-1] != len(drawn.signs):
        return
    right = drawn.left + drawn.width + _BEARING
    begins = [drawn.left - _BEARING, *(_left(drawn.signs[end]) - _BEARING for end in ends[:-1])]
    for begin, until, start, end in zip(begins, [*begins[1:], right], (0, *ends), ends, strict=False):
        box = replace(drawn, left=begin + _BEARING, width=until - begin - 2 * _BEARING)
        yield _in_box(box, "".join(drawn.signs[start:end]))


def _left(path: str) -> float:
    """Where the ink of a path begins."""
    return min(float(number) for number in _ACROSS.findall(path))


def _groups(row: Row) -> Iterator[Row]:
    """The parts of a row in groups that end behind a relation or an operator between two parts."""
    group: list[Part] = []
    for before, part in zip((None, *row.parts), row.parts, strict=False):
        group.append(part)
        if _joins(part) and not (before is None or _joins(before)):
            yield Row(tuple(group))
            group = []
    if group:
        yield Row(tuple(group))


def _joins(part: Part) -> bool:
    return isinstance(part, Sign) and part.role in (Role.RELATION, Role.OPERATOR) and part.text != "/"
