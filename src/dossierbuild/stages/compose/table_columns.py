"""The columns of a table: how wide they are, and where their numbers stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dossierbuild.core.ast import Node, classes, node, placed_cells, plain_text
from dossierbuild.core.decimal_marks import Shortfall, shortfalls

_ONE_LINE = 84
"""The signs that fit beside each other in a table."""
_GAP = 2
"""Signs of room between two columns."""
_ALIKE = 1.7
"""How many times as wide as another a column is when its line of dashes has but colons more: `---` and `:---:`."""
_MOST_DECIMALS = 6
"""Decimals for which the style sheet keeps room behind a shorter number."""
_MARKS = frozenset({"Superscript", "Note"})

Cell = list[Any]


def set_columns(table: Node, decimal: str) -> None:
    """Set, in place, the widths of a table's columns and the numbers in them below each other.

    `decimal` is the decimal mark of the publication's language.
    """
    _, _, columns, head, bodies, foot = table["c"]
    heads, rows = _by_column([head[1]]), _by_column([*(body[3] for body in bodies), foot[1]])
    _set_widths(columns, [*heads.values(), *rows.values()])
    _center([cell for row in head[1] for cell in row[1] if cell[3] > 1])
    for column in range(bodies[0][1] if bodies else 0, len(columns)):
        cells = rows.get(column, [])
        if columns[column][0]["t"] in _alignments(column):
            found = shortfalls([_number(cell) for cell in cells], decimal)
            if found is not None:
                _align(cells, found)
                _align_right([*cells, *heads.get(column, [])])


def _by_column(parts: Sequence[Sequence[Any]]) -> dict[int, list[Cell]]:
    """The cells that stand in one column alone, by their column."""
    found: dict[int, list[Cell]] = {}
    for rows in parts:
        for _, column, cell in placed_cells(rows):
            if cell[3] == 1:
                found.setdefault(column, []).append(cell)
    return found


def _alignments(column: int) -> tuple[str, ...]:
    """The alignments that an editor may have given a column that is set by its numbers.

    The first column without any may hold numbers that name the rows.
    """
    return ("AlignRight", "AlignDefault") if column else ("AlignRight",)


def _number(cell: Cell) -> str:
    """What a cell says, without the marks behind it that call notes."""
    return plain_text(cell[4], lambda found: found["t"] == "Superscript" or "note-call" in classes(found))


def _align(cells: list[Cell], found: tuple[Shortfall, ...]) -> None:
    """Tell the style sheet what each number of a column lacks, and whether marks hang behind some of them."""
    has_marks = any(_has_mark(cell) for cell in cells)
    for cell, lacks in zip(cells, found, strict=True):
        names: list[str] = cell[0][1]
        if lacks != Shortfall():
            names.append("short")
        if lacks.decimals:
            names.append(f"decimals-{min(lacks.decimals, _MOST_DECIMALS)}")
        names += ["bare"] * lacks.mark + ["unsigned"] * lacks.sign + ["apart"] * lacks.space + ["marked"] * has_marks


def _has_mark(cell: Cell) -> bool:
    return any(found["t"] in _MARKS or "note-call" in classes(found) for block in cell[4] for found in _inlines(block))


def _inlines(block: Node) -> list[Node]:
    return block["c"] if block["t"] in ("Plain", "Para") else []


def _center(heads: list[Cell]) -> None:
    """Set heads over several columns in the middle of these, unless the editor set them to the left."""
    for cell in heads:
        if cell[1]["t"] != "AlignLeft":
            cell[1] = node("AlignCenter")


def _align_right(cells: list[Cell]) -> None:
    for cell in cells:
        cell[1] = node("AlignRight")
        if "number" not in cell[0][1]:
            cell[0][1].append("number")


def _set_widths(columns: list[Any], cells: Sequence[list[Cell]]) -> None:
    """Leave the widths of columns to their content, where the editor's are much alike or are not needed.

    Widths come from the dashes and strokes with which a table was drawn, which say little of a page.
    """
    given = [width["c"] if width["t"] == "ColWidth" else 0.0 for _, width in columns]
    longest = sum(max(len(plain_text(cell[4])) for cell in column) + _GAP for column in cells)
    keeps = max(given) > _ALIKE * min(given) and longest > _ONE_LINE
    for column, share in zip(columns, given, strict=True):
        column[1] = node("ColWidth", share / sum(given)) if keeps and share else node("ColWidthDefault")
