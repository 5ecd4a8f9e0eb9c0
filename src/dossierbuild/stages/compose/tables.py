"""Tables from CSV files and from editors' texts, with captions, scopes and wrappers for readers and screen readers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from dossierbuild.core.ast import (
    Attr,
    Node,
    Nodes,
    attr,
    div,
    identifier,
    node,
    placed_cells,
    plain,
    plain_text,
    span,
    text,
)
from dossierbuild.core.model import DataTable, NumberFormat
from dossierbuild.core.numerals import MISSING, Notation
from dossierbuild.core.table_width import breaks_anywhere, needed_room
from dossierbuild.core.typography import format_number, with_sign

_WIDE = 8
"""Columns from which on a table has smaller letters on paper."""
_ROOMS = MappingProxyType({"": 84, "wide": 112, "wide sideways": 172})
"""How many signs fit beside each other on a page: with letters of the usual size, with smaller ones, and with these on
a page on its side."""
_TALL = 300
"""Signs in a cell from which on a row may be cut at the end of a page."""
_NARROWEST = "wide sideways dense"

_YEAR = re.compile(r"(1[89]|20|21)[0-9]{2}\Z")


def _column_title(column: str) -> str:
    """A column's name as a heading: `vrijwilligers_pct` is "Vrijwilligers (%)"."""
    words = column.strip().replace("_", " ")
    words = re.sub(r" (?:pct|percentage)$", " (%)", words)
    return words[:1].upper() + words[1:]


def data_table(
    table: DataTable, columns: Sequence[int], notation: Notation, name: str, caption: Nodes, numbers: NumberFormat
) -> Node:
    """The columns of a data file with these indices as a table node; the first of them heads its rows.

    Its numbers are read as `notation` states, and printed as `numbers` says.
    """
    shown = [_column(table, index, notation, numbers) for index in columns]
    header = [_cell(text(_column_title(column.name)), right=column.right) for column in shown]
    rows = [
        [attr(), [_cell(text(column.cells[at]), right=column.right) for column in shown]]
        for at in range(len(table.rows))
    ]
    specs = [[node("AlignRight" if column.right else "AlignLeft"), node("ColWidthDefault")] for column in shown]
    body = [attr(), 1, [], rows]
    return node(
        "Table",
        attr(name),
        [None, [plain(caption)]],
        specs,
        [attr(), [[attr(), header]]],
        [body],
        [attr(), []],
    )


@dataclass(frozen=True, slots=True)
class _Column:
    """A column as it is printed; numbers stand at the `right`."""

    name: str
    cells: tuple[str, ...]
    right: bool


def _column(table: DataTable, index: int, notation: Notation, style: NumberFormat) -> _Column:
    name, cells = table.columns[index], table.column(index)
    if all(_YEAR.match(cell) for cell in cells if cell):
        return _Column(name, tuple(cell or "–" for cell in cells), right=False)
    numbers = table.numbers(index, notation)
    printed = tuple(
        cell if number is None else with_sign(format_number(number, style), sign) if number else "–"
        for cell, number, sign in zip(cells, numbers.plain, numbers.signs, strict=True)
    )
    read = zip(cells, numbers.plain, strict=True)
    is_numeric = all(number is not None or cell.casefold() in MISSING for cell, number in read)
    if not is_numeric and (numbers.doubtful is not None or numbers.mixed):
        return _Column(name, tuple(cell or "–" for cell in cells), right=False)  # words, which have no one notation
    return _Column(name, printed, right=is_numeric)


def _cell(inlines: Nodes, *, right: bool) -> list[object]:
    attributes: Attr = attr("", ["number"] if right else [])
    return [attributes, node("AlignRight" if right else "AlignDefault"), 1, 1, [plain(inlines)]]


def finish_table(table: Node, label: Nodes, row_headers: str = "") -> Node:
    """A table with its label before its caption and its header cells marked as such, in a wrapper that can scroll.

    `row_headers` says whether the first column heads the rows: "yes", "no", or nothing where the table decides. A table
    without caption gets neither label nor a named wrapper: a region without a name helps nobody.
    """
    _, caption, columns, head, bodies, _ = table["c"]
    if row_headers or _has_empty_corner(table):
        for body in bodies:
            body[1] = 0 if row_headers == "no" else 1
    rows = [row[1] for part in (head[1], *(body[3] for body in bodies)) for row in part]
    names = ["table-wrap", *_width(len(columns), [[_own_text(cell) for cell in row] for row in rows]).split()]
    _mark_for_paper([cell for row in rows for cell in row], names)
    _set_scopes(table)
    if len(head[1]) > 1:
        _name_headers(table)
    if not caption[1]:
        return div(attr("", names, tabindex="0"), [table])
    caption_id = f"{identifier(table)}-caption"
    first = caption[1][0]
    first["t"] = "Plain"
    first["c"] = [span(attr(caption_id), [*label, *first["c"]])]
    wrapper = attr("", names, role="region", aria_labelledby=caption_id, tabindex="0")
    return div(wrapper, [table])


def _mark_for_paper(cells: Sequence[Any], names: list[str]) -> None:
    """Add to the classes of a table and of its cells what a page must do for a high row and for a long word."""
    if any(len(plain_text(cell[4])) > _TALL for cell in cells):
        names.append("tall")
    for cell in cells:
        if breaks_anywhere(_own_text(cell)):
            cell[0][1].append("breaking")


def _width(columns: int, rows: Sequence[Sequence[str]]) -> str:
    """The classes of a table by the room that its columns need beside each other."""
    rooms = (name for name, room in _ROOMS.items() if needed_room(rows, hyphenated=bool(name)) <= room)
    found = next(rooms, _NARROWEST)
    return found or ("wide" if columns >= _WIDE else "")


def _own_text(cell: Any) -> str:
    """The text of a cell that stands in one column; that of one over several is not counted."""
    return plain_text(cell[4]) if cell[3] == 1 else ""


def _has_empty_corner(table: Node) -> bool:
    """Whether nothing heads the first column, so that it heads the rows itself."""
    head = table["c"][3]
    return bool(head[1]) and not plain_text(head[1][0][1][0][4])


def _set_scopes(table: Node) -> None:
    _, _, _, head, bodies, _ = table["c"]
    for _, _, cell in placed_cells(head[1]):
        _set_scope(cell, "col")
    for body in bodies:
        for _, column, cell in placed_cells(body[3]):
            if column < body[1]:
                _set_scope(cell, "row")


def _name_headers(table: Node) -> None:
    """Name in each cell below heads of several levels the cells that head it, which their scopes do not tell.

    Source: W3C, Tables Tutorial, "Tables with multi-level headers".
    """
    _, _, _, head, bodies, _ = table["c"]
    name = f"cell-{identifier(table)}"
    heads: dict[int, list[str]] = {}  # the ids of the heads of each column, those of the upper levels first
    for level, column, cell in placed_cells(head[1]):
        _set_headers(cell, heads.get(column, []))
        if plain_text(cell[4]):
            cell[0][0] = f"{name}-head-{level + 1}-{column + 1}"
            for below in range(column, column + cell[3]):
                heads.setdefault(below, []).append(cell[0][0])
    for number, body in enumerate(bodies):
        rows: dict[int, list[str]] = {}
        for row, column, cell in placed_cells(body[3]):
            if column < body[1] and plain_text(cell[4]):
                cell[0][0] = f"{name}-row-{number + 1}-{row + 1}"
                for beside in range(row, row + cell[2]):
                    rows.setdefault(beside, []).append(cell[0][0])
                _set_headers(cell, heads.get(column, []))
            else:
                over = [known for place in range(column, column + cell[3]) for known in heads.get(place, [])]
                _set_headers(cell, list(dict.fromkeys((*over, *rows.get(row, [])))))


def _set_headers(cell: list[Any], ids: Sequence[str]) -> None:
    if ids:
        cell[0][2].append(["headers", " ".join(ids)])


def _set_scope(cell: list[object], scope: str) -> None:
    attributes = cell[0]
    assert isinstance(attributes, list)
    if not any(name == "scope" for name, _ in attributes[2]):
        attributes[2].append(["scope", scope])


def caption_of(table: Node) -> Nodes:
    """The blocks of a table's caption."""
    blocks: Nodes = table["c"][1][1]
    return blocks


def without_data(triple: Attr) -> Attr:
    """An attribute triple that keeps the id and the language only; the other attributes said how to make the block."""
    return [triple[0], [], [pair for pair in triple[2] if pair[0] == "lang"]]
