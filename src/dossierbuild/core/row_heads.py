"""How many columns of a table head its rows: what an editor states, or what the table says itself."""

from __future__ import annotations

from typing import Any

from dossierbuild.core.ast import Node, placed_cells, plain_text

STATED = ("yes", "no", "2", "3", "4")
"""What an editor may state."""

_MOST = 4


def row_heads(table: Node, stated: str) -> int:
    """As many columns as `stated`, one for "yes" and none for "no"; where nothing is, those that the table tells.

    These are columns with cells over several rows and, where numbers follow, the column of words beside them; else the
    first column where nothing is above it.
    """
    if stated:
        return {"yes": 1, "no": 0}.get(stated, 0) or int(stated if stated.isdecimal() else 0)
    _, _, _, head, bodies, _ = table["c"]
    has_empty_corner = bool(head[1]) and not plain_text(head[1][0][1][0][4])
    marked: list[int] = [body[1] for body in bodies]
    return max(_told(table), int(has_empty_corner), *marked)


def _told(table: Node) -> int:
    """How many columns head the rows by cells over several of them."""
    _, _, columns, _, bodies, _ = table["c"]
    if not any(cell[2] > 1 for body in bodies for row in body[3] for cell in row[1]):
        return 0
    cells = [(column, cell) for body in bodies for _, column, cell in placed_cells(body[3]) if cell[3] == 1]
    spanned = {column for column, cell in cells if cell[2] > 1 and plain_text(cell[4])}
    leading = next((column for column in range(len(columns)) if column not in spanned), 0)
    if not leading:
        return 0
    beside = [_has_digit(cell) for column, cell in cells if column == leading]
    behind = [_has_digit(cell) for column, cell in cells if column > leading and plain_text(cell[4])]
    return min(leading + (not any(beside) and bool(behind) and all(behind)), _MOST)


def _has_digit(cell: list[Any]) -> bool:
    return any(sign.isdigit() for sign in plain_text(cell[4]))
