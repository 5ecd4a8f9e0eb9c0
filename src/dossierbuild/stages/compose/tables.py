"""Tables from CSV files and from editors' texts, with captions, scopes and wrappers for readers and screen readers."""

from __future__ import annotations

import re
from collections.abc import Sequence
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
from dossierbuild.core.typography import format_number

WIDE = 8
"""Columns from which on a table has smaller letters on paper, and words that may break anywhere."""

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?\Z")
_YEAR = re.compile(r"(1[89]|20|21)[0-9]{2}\Z")


def _column_title(column: str) -> str:
    """A column's name as a heading: `vrijwilligers_pct` is "Vrijwilligers (%)"."""
    words = column.strip().replace("_", " ")
    words = re.sub(r" (?:pct|percentage)$", " (%)", words)
    return words[:1].upper() + words[1:]


def data_table(table: DataTable, columns: Sequence[str], name: str, caption: Nodes, numbers: NumberFormat) -> Node:
    """The named columns of a data file as a table node; the first column heads its rows."""
    indices = [table.columns.index(column) for column in columns]
    numeric = [_is_numeric([row[index] for row in table.rows]) for index in indices]
    header = [_cell(text(_column_title(column)), right=right)
              for column, right in zip(columns, numeric, strict=True)]  # fmt: skip
    rows = []
    for row in table.rows:
        cells = []
        for index, right in zip(indices, numeric, strict=True):
            printed = _printed([line[index] for line in table.rows], row[index], numbers)
            cells.append(_cell(text(printed), right=right))
        rows.append([attr(), cells])
    specs = [[node("AlignRight" if right else "AlignLeft"), node("ColWidthDefault")] for right in numeric]
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


def _is_numeric(cells: Sequence[str]) -> bool:
    return all(_NUMBER.match(cell) for cell in cells if cell) and not all(_YEAR.match(cell) for cell in cells if cell)


def _printed(column: Sequence[str], cell: str, numbers: NumberFormat) -> str:
    if not cell:
        return "–"
    return cell if all(_YEAR.match(value) for value in column if value) else format_number(cell, numbers)


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
    names = ["table-wrap", "wide"] if len(columns) >= WIDE else ["table-wrap"]
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
