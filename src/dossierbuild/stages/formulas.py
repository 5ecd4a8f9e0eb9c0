"""Formulas: each of a dossier is drawn once, for paper and to know how wide it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from dossierbuild.core.formulas.mathml import write_mathml
from dossierbuild.core.formulas.reading import read_formula
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.model import DrawnFormula, Formula, FormulaUse
from dossierbuild.tools.formulas import UNITS, FormulaDrawingError, draw_mathml

_BEARING = 0.05 * UNITS
"""Units of space at the sides of a formula, as letters have it."""


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
            drawn = draw_mathml(write_mathml(read_formula(formula.tex), display=formula.display))
        except FormulaDrawingError:
            continue
        # Words stand as far from it as from each other: a box ends where its ink does.
        box = (drawn.left - _BEARING, drawn.top, drawn.width + 2 * _BEARING, drawn.height)
        yield (
            formula,
            DrawnFormula(
                path=drawn.path,
                view=" ".join(f"{number:g}" for number in box),
                width=round(box[2] / UNITS, 3),
                height=round(drawn.height / UNITS, 3),
                depth=round((drawn.top + drawn.height) / UNITS, 3),
            ),
        )
