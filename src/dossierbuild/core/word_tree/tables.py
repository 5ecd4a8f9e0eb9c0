"""Tables: rows of cells, with those that span others, and a head where the document shows one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from dossierbuild.core.ast import Node, Nodes, attr, node, plain
from dossierbuild.core.word import Block, Cell, Row, Table, Text, inlines_of, paragraphs_of

_INNERMOST = ("Para", "Plain")


def is_box(table: Table) -> bool:
    """Whether a table is a frame around its one cell."""
    return len(table.rows) == 1 and len(table.rows[0].cells) == 1


def table_node(table: Table, blocks: Callable[[Sequence[Block]], Nodes]) -> Node:
    """A table that has cells, without a caption and without an id; `blocks` makes the nodes of a cell."""
    count = head_rows(table)
    rows = [_row(row, blocks, is_head=at < count) for at, row in enumerate(_padded(table.rows))]
    columns = [[node("AlignDefault"), node("ColWidthDefault")] for _ in range(max(_widths(table.rows)))]
    body = [attr(), 0, [], rows[count:]]
    return node("Table", attr(), [None, []], columns, [attr(), rows[:count]], [body], [attr(), []])


def head_rows(table: Table) -> int:
    """How many rows are the head: those that are repeated, else the first where its look or its bold words say so.

    A head has all rows that its cells reach into, and leaves at least one row.
    """
    marked = next((at for at, row in enumerate(table.rows) if not row.is_header), len(table.rows))
    count = marked or int(table.has_head or _is_bold(table.rows[0]))
    at = 0
    while at < min(count, len(table.rows)):
        count = max(count, at + max((cell.rows for cell in table.rows[at].cells), default=1))
        at += 1
    return count if count < len(table.rows) else 0


def _is_bold(row: Row) -> bool:
    """Whether all words of a row are bold, and more than one cell has some."""
    worded = [found for cell in row.cells if (found := list(_bold_words(cell)))]
    return len(worded) > 1 and all(is_bold for found in worded for is_bold in found)


def _bold_words(cell: Cell) -> Iterator[bool]:
    """For each text of a cell with words whether it is bold, by itself or as all of its paragraph."""
    for paragraph in paragraphs_of(cell.blocks):
        for inline in inlines_of(paragraph.content):
            if isinstance(inline, Text) and inline.words.strip():
                yield inline.look.bold or paragraph.is_bold


def _padded(rows: Sequence[Row]) -> list[Row]:
    """Rows that all have as many columns, and in which no cell reaches below the last."""
    widths = _widths(rows)
    out = []
    for at, row in enumerate(rows):
        cells = [replace(cell, rows=min(cell.rows, len(rows) - at)) for cell in row.cells]
        out.append(Row((*cells, *[Cell(blocks=())] * (max(widths) - widths[at])), row.is_header))
    return out


def _widths(rows: Sequence[Row]) -> list[int]:
    """How many columns the cells of each row take, with those that reach into it from above."""
    widths = [0] * len(rows)
    for top, row in enumerate(rows):
        for cell in row.cells:
            for at in range(top, min(top + cell.rows, len(rows))):
                widths[at] += cell.columns
    return widths


def _row(row: Row, blocks: Callable[[Sequence[Block]], Nodes], *, is_head: bool) -> list[Any]:
    return [attr(), [_cell(cell, blocks, is_head=is_head) for cell in row.cells]]


def _cell(cell: Cell, blocks: Callable[[Sequence[Block]], Nodes], *, is_head: bool) -> list[Any]:
    made = [block for found in blocks(cell.blocks) for block in without_frame(found)]
    if is_head:
        made = [_regular(block) for block in made]
    if len(made) == 1 and made[0]["t"] == "Para":
        made = [plain(made[0]["c"])]
    return [attr(), node("AlignDefault"), cell.rows, cell.columns, made]


def _regular(block: Node) -> Node:
    """A paragraph of a head, whose words are bold by themselves."""
    if block["t"] in _INNERMOST and len(block["c"]) == 1 and block["c"][0]["t"] == "Strong":
        return node(block["t"], block["c"][0]["c"])
    return block


def without_frame(block: Node) -> Nodes:
    """What a cell or a note may hold: a heading there is a bold paragraph, a table the paragraphs of its cells, and a
    box what is in it."""
    if block["t"] == "Div":
        return [inner for found in block["c"][1] for inner in without_frame(found)]
    if block["t"] == "Header":
        return [node("Para", [node("Strong", block["c"][2])])]
    if block["t"] == "Table":
        _, _, _, head, bodies, foot = block["c"]
        rows = [*head[1], *(row for body in bodies for part in (body[2], body[3]) for row in part), *foot[1]]
        return [inner for row in rows for cell in row[1] for inner in cell[4]]
    return [block]
