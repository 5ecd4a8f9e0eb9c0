"""How much room the columns of a table need beside each other, in signs of the pieces in which no line breaks."""

from __future__ import annotations

import re
from collections.abc import Sequence

WIDEST = 300
"""The most signs that a page takes beside each other: on its side, in the smallest letters."""

_GAP = 2
"""Signs of room between two columns."""
_HYPHENATED = 14
"""The most signs that a word needs when words are hyphenated."""
_BREAKING = 24
"""Signs from which on a piece that is no word, as an address, may break anywhere."""


def needed_room(rows: Sequence[Sequence[str]], *, hyphenated: bool) -> int:
    """The signs of the longest piece of each column together; `rows` are the texts of their cells."""
    columns = max(map(len, rows), default=0)
    cells = ([row[place] for row in rows if place < len(row)] for place in range(columns))
    return sum(max(_longest(cell, hyphenated) for cell in column) + _GAP for column in cells)


def breaks_anywhere(cell: str) -> bool:
    """Whether a text has a piece that is too long to stay whole in a column."""
    return any(len(piece) > _BREAKING for piece in _pieces(cell))


def _longest(cell: str, hyphenated: bool) -> int:
    return max((_length(piece, hyphenated) for piece in _pieces(cell)), default=0)


def _pieces(cell: str) -> list[str]:
    return re.split(r"\s|(?<=-)", cell)


def _length(piece: str, hyphenated: bool) -> int:
    if len(piece) > _BREAKING and not piece.isalpha():
        return _HYPHENATED
    return min(len(piece), _HYPHENATED) if hyphenated and piece.isalpha() else len(piece)
