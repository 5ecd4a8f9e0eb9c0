"""Tables from data files: the columns and rows that are asked for, with their numbers as the language prints them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dossierbuild.core.ast import Attr, Node, Nodes, attr, node, plain, text
from dossierbuild.core.model import DataTable, NumberFormat
from dossierbuild.core.numerals import MISSING, Notation
from dossierbuild.core.table_view import TableView, rounded, rows_shown
from dossierbuild.core.typography import format_number, with_sign

_YEAR = re.compile(r"(1[89]|20|21)[0-9]{2}\Z")


def _column_title(column: str) -> str:
    """A column's name as a heading: `vrijwilligers_pct` is "Vrijwilligers (%)"."""
    words = column.strip().replace("_", " ")
    words = re.sub(r" (?:pct|percentage)$", " (%)", words)
    return words[:1].upper() + words[1:]


def data_table(
    table: DataTable, view: TableView, notation: Notation, name: str, caption: Nodes, style: NumberFormat
) -> Node:
    """What a view shows of a data file as a table node; its first column heads the rows.

    Its numbers are read as `notation` states, and printed in `style`. The row of totals has the class `total`.
    """
    shown = [
        _column(table, index, notation, _Print(style, view.each(view.decimals, place), view.each(view.units, place)))
        for place, index in enumerate(view.shown(table.columns))
    ]
    labels = view.labels or [_column_title(column.name) for column in shown]
    header = [_cell(text(label), right=column.right) for label, column in zip(labels, shown, strict=True)]
    numbers = table.numbers(table.columns.index(view.sort), notation).plain if view.sort else ()
    rows = [
        [
            attr("", ["total"] if view.total and table.rows[at][view.shown(table.columns)[0]] == view.total else []),
            [_cell(text(column.cells[at]), right=column.right) for column in shown],
        ]
        for at in rows_shown(view, table.columns, table.rows, numbers)
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
class _Print:
    """How the numbers of a column are printed: with how many decimals and which sign, each empty for as they are."""

    style: NumberFormat
    decimals: str
    unit: str

    def __call__(self, number: str, sign: str) -> str:
        return with_sign(format_number(rounded(number, self.decimals), self.style), sign or self.unit)


@dataclass(frozen=True, slots=True)
class _Column:
    """A column as it is printed; numbers stand at the `right`."""

    name: str
    cells: tuple[str, ...]
    right: bool


def _column(table: DataTable, index: int, notation: Notation, printed: _Print) -> _Column:
    name, cells = table.columns[index], table.column(index)
    if all(_YEAR.match(cell) for cell in cells if cell):
        return _Column(name, tuple(cell or "–" for cell in cells), right=False)
    numbers = table.numbers(index, notation)
    shown = tuple(
        cell if number is None else printed(number, sign) if number else "–"
        for cell, number, sign in zip(cells, numbers.plain, numbers.signs, strict=True)
    )
    read = zip(cells, numbers.plain, strict=True)
    is_numeric = all(number is not None or cell.casefold() in MISSING for cell, number in read)
    if not is_numeric and (numbers.doubtful is not None or numbers.mixed):
        return _Column(name, tuple(cell or "–" for cell in cells), right=False)  # words, which have no one notation
    return _Column(name, shown, right=is_numeric)


def _cell(inlines: Nodes, *, right: bool) -> list[object]:
    attributes: Attr = attr("", ["number"] if right else [])
    return [attributes, node("AlignRight" if right else "AlignDefault"), 1, 1, [plain(inlines)]]
