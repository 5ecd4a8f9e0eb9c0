"""How much room the columns of a table need beside each other, and how it is set so that they have it.

Room is counted in the width of digits, for the pieces in which no line breaks. No letter of a table is smaller than 7
points.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dossierbuild.core.ast import Node, placed_cells, plain_text

Texts = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A way to set a table on paper: its classes in the style sheet, and the digits that fit beside each other.

    `gap` is the room between two columns. Words are hyphenated in the `cells` of the body, or in its `heads` as well.
    """

    classes: str
    room: int
    gap: int = 1
    cells: bool = False
    heads: bool = False


SETTINGS = (
    Setting(classes="", room=97, gap=2),
    Setting(classes="wide", room=128),
    Setting(classes="wide hyphenated", room=128, cells=True),
    Setting(classes="wide sideways", room=198),
    Setting(classes="wide sideways hyphenated", room=198, cells=True),
    Setting(classes="wide sideways hyphenated tight", room=198, cells=True, heads=True),
)
"""The ways to set a table, the best one first."""

NARROW_SETTINGS = (
    Setting(classes="", room=74, gap=2),
    Setting(classes="wide", room=98),
    Setting(classes="wide hyphenated", room=98, cells=True),
    Setting(classes="wide hyphenated tight", room=98, cells=True, heads=True),
)
"""The ways to set a table in a box, a list or a quotation, which has no page of its own."""

_HYPHENATED = 9
"""The most letters that stand together where words are hyphenated."""
_WIDE_LETTERS = frozenset("mwMW")
_SLIM_LETTERS = frozenset("fijlrt")
_BREAKING = 24
"""Signs from which on a piece that is no word, as an address, may break anywhere."""


def setting_for(heads: Texts, cells: Texts, *, narrow: bool) -> Setting | None:
    """The best way to set a table with these texts in its head and below it, row by row; None where nothing fits.

    A cell over several columns counts in none of them: its text is empty there.
    """
    settings = NARROW_SETTINGS if narrow else SETTINGS
    return next((setting for setting in settings if needed_room(heads, cells, setting) <= setting.room), None)


def columns_that_fit(heads: Texts, cells: Texts, *, narrow: bool) -> int:
    """About how many columns of a table fit beside each other at the most."""
    last = (NARROW_SETTINGS if narrow else SETTINGS)[-1]
    columns = max(map(len, (*heads, *cells)), default=0)
    return columns * last.room // max(1, needed_room(heads, cells, last))


def needed_room(heads: Texts, cells: Texts, setting: Setting) -> int:
    """The room of the longest piece of each column together, with that between them."""
    longest: dict[int, int] = {}
    for rows, hyphenated in ((heads, setting.heads), (cells, setting.cells)):
        for row in rows:
            for column, cell in enumerate(row):
                longest[column] = max(longest.get(column, 0), _longest(cell, hyphenated))
    return sum(longest.values()) + setting.gap * len(longest)


def texts_of(rows: Sequence[Any], columns: int) -> Texts:
    """The texts of rows of a tree's table, each in its column; that of a cell over several columns is left out."""
    texts = [[""] * columns for _ in rows]
    for row, column, cell in placed_cells(rows):
        if cell[3] == 1 and column < columns:
            texts[row][column] = plain_text(cell[4])
    return texts


def texts_of_table(table: Node) -> tuple[Texts, Texts]:
    """The texts of a table in its head and below it."""
    _, _, columns, head, bodies, foot = table["c"]
    rows = [row for part in (*(body[3] for body in bodies), foot[1]) for row in part]
    return texts_of(head[1], len(columns)), texts_of(rows, len(columns))


def breaks_anywhere(cell: str) -> bool:
    """Whether a text has a piece that is too long to stay whole in a column."""
    return any(len(piece) > _BREAKING for piece in _pieces(cell))


def _longest(cell: str, hyphenated: bool) -> int:
    return max((_length(piece, hyphenated) for piece in _pieces(cell)), default=0)


def _pieces(cell: str) -> list[str]:
    return re.split(r"[^\S\xa0\u202f]|(?<=[^\W\d][-–/])", cell)


def _length(piece: str, hyphenated: bool) -> int:
    """The room of a piece; one that may break anywhere needs no more than a part of a word."""
    breaks = len(piece) > _BREAKING and not piece.isalpha()
    is_word = piece.strip(".,;:()").isalpha()
    shown = piece[:_HYPHENATED] if breaks or (hyphenated and is_word) else piece
    return math.ceil(sum(map(_width, shown)))


def _width(sign: str) -> float:
    """About how wide a sign of a sans serif is, bold, in widths of a digit."""
    if sign in _WIDE_LETTERS:
        return 1.7
    if sign in _SLIM_LETTERS:
        return 0.8
    return 1.3 if sign.isupper() else 1.15 if sign.isalpha() else 1
