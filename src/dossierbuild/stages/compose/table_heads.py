"""What heads each cell of a table: columns, rows and groups of rows, told by scopes and where need be by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dossierbuild.core.ast import Attr, Node, attr, identifier, placed_cells, plain_text
from dossierbuild.core.row_heads import row_heads

_LONGEST_TITLE = 120
"""Signs from which on a row of one cell is a text, which heads nothing."""

Cell = list[Any]


def set_heads(table: Node, stated: str = "") -> None:
    """Mark in a table, in place, what heads its rows and columns.

    `stated` is what the editor states of the columns that head the rows. A row of one cell over all columns heads the
    rows below it.
    """
    _, _, columns, head, bodies, foot = table["c"]
    count = row_heads(table, stated)
    bodies[:] = [[*body[:1], count, *body[2:]] for written in bodies for body in _in_groups(written, len(columns))]
    _set_scopes(table, count)
    if len(head[1]) > 1 or foot[1] or count > 1 or len(bodies) > 1 or _has_spans(table):
        _name_heads(table, count)


def _in_groups(body: list[Any], columns: int) -> Iterator[list[Any]]:
    """A body as bodies that each begin with the rows of one cell over all columns that stood before theirs."""
    triple, count, heads, rows = body
    heads = [*heads]
    inside: list[Any] = []
    reached = {top + down for top, _, cell in placed_cells(rows) for down in range(1, cell[2])}
    for at, row in enumerate(rows):
        if _is_title(row, columns) and at not in reached and at + 1 < len(rows):
            if inside:
                yield [triple, count, heads, inside]
                triple, heads, inside = attr(), [], []
            heads.append(row)
        else:
            inside.append(row)
    yield [triple, count, heads, inside]


def _is_title(row: Any, columns: int) -> bool:
    """Whether a row is one cell over all columns with some words in it."""
    if columns == 1 or len(row[1]) != 1:
        return False
    _, _, down, across, blocks = row[1][0]
    return down == 1 and across == columns and 0 < len(plain_text(blocks)) <= _LONGEST_TITLE


def _has_spans(table: Node) -> bool:
    _, _, _, head, bodies, _ = table["c"]
    rows = [row for part in (head[1], *(body[3] for body in bodies)) for row in part]
    return any(cell[2] > 1 or cell[3] > 1 for row in rows for cell in row[1])


def _set_scopes(table: Node, count: int) -> None:
    _, _, _, head, bodies, foot = table["c"]
    for _, _, cell in placed_cells(head[1]):
        _set_scope(cell, "col")
    for rows in (*(body[3] for body in bodies), foot[1]):
        for _, column, cell in placed_cells(rows):
            if column < count:
                _set_scope(cell, "row")
    for body in bodies:
        for _, _, cell in placed_cells(body[2]):
            _set_scope(cell, "rowgroup")


def _set_scope(cell: Cell, scope: str) -> None:
    attributes: Attr = cell[0]
    if not any(name == "scope" for name, _ in attributes[2]):
        attributes[2].append(["scope", scope])


def _name_heads(table: Node, count: int) -> None:
    """Name in each cell the cells that head it, where their scopes do not tell.

    Source: W3C, Tables Tutorial, "Tables with multi-level headers".
    """
    _, _, _, head, bodies, foot = table["c"]
    name = f"cell-{identifier(table)}"
    heads: dict[int, list[str]] = {}  # the ids of the heads of each column, those of the upper levels first
    for level, column, cell in placed_cells(head[1]):
        _set_headers(cell, heads.get(column, []))
        if plain_text(cell[4]):
            cell[0][0] = f"{name}-head-{level + 1}-{column + 1}"
            for below in range(column, column + cell[3]):
                heads.setdefault(below, []).append(cell[0][0])
    for number, body in enumerate(bodies):
        groups = []
        for level, _, cell in placed_cells(body[2]):
            cell[0][0] = f"{name}-group-{number + 1}-{level + 1}"
            groups.append(cell[0][0])
        _name_in_rows(body[3], count, heads, groups, f"{name}-row-{number + 1}")
    _name_in_rows(foot[1], count, heads, [], f"{name}-foot")


def _name_in_rows(
    rows: Sequence[Any], count: int, heads: dict[int, list[str]], groups: Sequence[str], name: str
) -> None:
    """Name in the cells of rows, of which `count` columns head them, what heads them; `groups` head them all."""
    beside: dict[int, list[str]] = {}
    for row, column, cell in placed_cells(rows):
        over = [known for place in range(column, column + cell[3]) for known in heads.get(place, [])]
        _set_headers(cell, list(dict.fromkeys((*over, *groups, *beside.get(row, [])))))
        if column < count and plain_text(cell[4]):
            cell[0][0] = f"{name}-{row + 1}-{column + 1}"
            for down in range(row, row + cell[2]):
                beside.setdefault(down, []).append(cell[0][0])


def _set_headers(cell: Cell, ids: Sequence[str]) -> None:
    if ids:
        cell[0][2].append(["headers", " ".join(ids)])
