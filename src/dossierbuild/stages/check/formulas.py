"""D347: formulas that the column of text has no room for."""

from __future__ import annotations

from collections.abc import Iterator

from dossierbuild.core.model import Sources
from dossierbuild.core.problems import Problem, problem

COLUMN = 34.0
"""The width of a column of text on paper, in em of the text."""
SMALLEST = 0.7
"""How small a wide formula may become on paper, as a part of its size: its small signs are then at the least that
people read."""


def wide_formulas(sources: Sources) -> Iterator[Problem]:
    """D347: a formula that fits only at less than SMALLEST of its size, each time that it is written."""
    for text in sources.citing:
        for use in text.formulas:
            drawn = sources.formulas.get(use.formula)
            width = max((piece.width for piece in drawn.pieces), default=drawn.width) if drawn else 0.0
            if width * SMALLEST > COLUMN:
                yield problem("D347", use.place, percent=str(int(100 * COLUMN / width)))


RULES = (wide_formulas,)
