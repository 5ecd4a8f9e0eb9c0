"""Tables from CSV files and from editors' texts, with captions, scopes and wrappers for readers and screen readers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from dossierbuild.core.ast import Attr, Node, Nodes, attr, div, identifier, node, plain, plain_text, span, text
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
    header = [_cell(text(_column_title(column.name)), right=column.right, scope="col") for column in shown]
    rows = [
        [
            attr(),
            [
                _cell(text(column.cells[at]), right=column.right, scope="" if position else "row")
                for position, column in enumerate(shown)
            ],
        ]
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


def _cell(inlines: Nodes, *, right: bool, scope: str) -> list[object]:
    attributes: Attr = attr("", ["number"] if right else [], **({"scope": scope} if scope else {}))
    return [attributes, node("AlignRight" if right else "AlignDefault"), 1, 1, [plain(inlines)]]


def finish_table(table: Node, label: Nodes) -> Node:
    """A table with its label before its caption and scopes on its header cells, in a wrapper that can scroll.

    A table without caption gets neither label nor a named wrapper: a region without a name helps nobody.
    """
    _, caption, columns, head, bodies, _ = table["c"]
    rows = [row[1] for part in (head[1], *(body[3] for body in bodies)) for row in part]
    names = ["table-wrap", *_width(len(columns), [[_own_text(cell) for cell in row] for row in rows]).split()]
    cells = [cell for row in rows for cell in row]
    if any(len(plain_text(cell[4])) > _TALL for cell in cells):
        names.append("tall")
    for cell in cells:
        if breaks_anywhere(_own_text(cell)):
            cell[0][1].append("breaking")
    for row in head[1]:
        for cell in row[1]:
            _set_scope(cell, "col")
    for body in bodies:
        for row in body[3]:
            for cell in row[1][: body[1]]:
                _set_scope(cell, "row")
    if not caption[1]:
        return div(attr("", names, tabindex="0"), [table])
    caption_id = f"{identifier(table)}-caption"
    first = caption[1][0]
    first["t"] = "Plain"
    first["c"] = [span(attr(caption_id), [*label, *first["c"]])]
    wrapper = attr("", names, role="region", aria_labelledby=caption_id, tabindex="0")
    return div(wrapper, [table])


def _width(columns: int, rows: Sequence[Sequence[str]]) -> str:
    """The classes of a table by the room that its columns need beside each other."""
    rooms = (name for name, room in _ROOMS.items() if needed_room(rows, hyphenated=bool(name)) <= room)
    found = next(rooms, _NARROWEST)
    return found or ("wide" if columns >= _WIDE else "")


def _own_text(cell: Any) -> str:
    """The text of a cell that stands in one column; that of one over several is not counted."""
    return plain_text(cell[4]) if cell[3] == 1 else ""


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
