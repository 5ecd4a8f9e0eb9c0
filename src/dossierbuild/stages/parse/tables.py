"""The rows and cells of a Markdown table: where each stands, whichever of pandoc's four kinds of table it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from dossierbuild.core.ast import Node
from dossierbuild.stages.parse.rows import LostError, Row, boxed, in_box

_CAPTION = re.compile(r" {0,3}(?::(?![^\s\w])|[Tt]able:)")
_DASHES = re.compile(r" *-[- ]*\Z")
_BORDER = re.compile(r" {0,3}\+[-=:+]+\+\s*\Z")
_INNER_BORDER = re.compile(r"\+[-=:]{2,}+\+")
_PIPE_BREAK = re.compile(r" {0,3}\|?\s*+:?-++:?\s*+(?:[|+]\s*+:?-++:?\s*+)*+\|?\s*+\Z")
_PIPE = re.compile(r"\\.|(`{1,20}+)(?!`).*?(?<!`)\1(?!`)|(\|)")
_COLUMN = re.compile(r"-+")
_WIDEST = 1_000_000


@dataclass(frozen=True, slots=True)
class CellRows:
    """A cell of a tree with the rows that it stands in."""

    cell: Any
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a tree with the lines that it stands in, and its cells."""

    row: Any
    rows: Sequence[Row]
    cells: tuple[CellRows, ...]


def is_caption(row: Row) -> bool:
    """Whether the caption of a table begins in this row, when it stands before or behind one."""
    return bool(_CAPTION.match(row.text))


def end_of_table(rows: Sequence[Row], at: int) -> int:
    """The row behind a table that begins at row `at`. Raises LostError where no table begins there."""
    texts = [row.text for row in rows[at:]]
    if not texts:
        raise LostError
    blank = next((count for count, text in enumerate(texts) if not text.strip()), len(texts))
    if _BORDER.match(texts[0]):
        return at + next(
            (count for count, text in enumerate(texts) if not text.lstrip().startswith(("+", "|"))), len(texts)
        )
    if _DASHES.match(texts[0]):
        closing = (count for count, text in enumerate(texts) if count and _DASHES.match(text))
        last = next((count for count in closing if count + 1 == len(texts) or not texts[count + 1].strip()), None)
        if last is not None:
            return at + last + 1
    if any(_DASHES.match(text) for text in texts[:2]):
        return at + blank
    if any(_PIPE_BREAK.match(text) for text in texts[:2]):
        return at + next((count for count, text in enumerate(texts) if "|" not in text and count > 1), len(texts))
    raise LostError


def rows_of(table: Node, body: Sequence[Row]) -> Iterator[TableRow]:
    """The rows of a table; `body` are its rows in the text, without those of the caption.

    Raises LostError where tree and text do not agree.
    """
    _, _, columns, head, bodies, foot = table["c"]
    parts = [head[1], *(rows for part in bodies for rows in (part[2], part[3])), foot[1]]
    rows = [row for part in parts for row in part]
    if _BORDER.match(body[0].text):
        return _of_grid(rows, body, len(columns))
    if any(_PIPE_BREAK.match(row.text) and not _DASHES.match(row.text) for row in body[:2]):
        return _of_pipes(rows, body, has_head=bool(head[1]))
    return _of_columns(rows, body)


# --- cells between pipes -------------------------------------------------------------------------------------------


def _of_pipes(rows: Sequence[Any], body: Sequence[Row], *, has_head: bool) -> Iterator[TableRow]:
    break_at = next(at for at, row in enumerate(body) if _PIPE_BREAK.match(row.text))
    lines = [*(body[:break_at] if has_head else ()), *body[break_at + 1 :]]
    if len(lines) != len(rows):
        raise LostError
    for row, line in zip(rows, lines, strict=True):
        parts = list(_between_pipes(line))
        missing = len(row[1]) - len(parts)
        parts += [boxed(line, _WIDEST, _WIDEST)] * missing
        cells = tuple(CellRows(cell, in_box([part])) for cell, part in zip(row[1], parts, strict=False))
        yield TableRow(row, [line], cells)


def _between_pipes(line: Row) -> Iterator[Row]:
    """The parts of a line between its pipes; those in code and behind a backslash are none."""
    text = line.text.rstrip()
    pipes = [found.start() for found in _PIPE.finditer(text) if found[2]]
    first = len(text) - len(text.lstrip())
    bounds = [
        *([] if pipes[:1] == [first] else [first - 1]),
        *pipes,
        *([] if pipes[-1:] == [len(text) - 1] else [len(text)]),
    ]
    for before, behind in pairwise(bounds):
        part = text[before + 1 : behind].rstrip()
        yield Row(line.number, line.start + before + 1, part, is_boxed=True)


# --- cells in a grid -----------------------------------------------------------------------------------------------


def _of_grid(rows: Sequence[Any], body: Sequence[Row], columns: int) -> Iterator[TableRow]:
    """Where each cell stands follows from the rows and columns that the cells before it take."""
    borders = [at for at, row in enumerate(body) if _INNER_BORDER.search(row.text)]
    bounds = sorted(
        {at for row in body if _BORDER.match(row.text) for at, sign in enumerate(row.text.rstrip()) if sign == "+"}
    )
    if len(borders) != len(rows) + 1 or len(bounds) != columns + 1:
        raise LostError
    taken: set[tuple[int, int]] = set()
    for top, row in enumerate(rows):
        cells = []
        for cell in row[1]:
            left = next((column for column in range(columns) if (top, column) not in taken), None)
            bottom, right = top + cell[2], (left or 0) + cell[3]
            if left is None or bottom > len(rows) or right > columns:
                raise LostError
            taken |= {(line, column) for line in range(top, bottom) for column in range(left, right)}
            inside = body[borders[top] + 1 : borders[bottom]]
            cells.append(CellRows(cell, in_box([boxed(line, bounds[left] + 1, bounds[right]) for line in inside])))
        yield TableRow(row, body[borders[top] + 1 : borders[top + 1]], tuple(cells))


# --- cells in columns under dashes ---------------------------------------------------------------------------------


def _of_columns(rows: Sequence[Any], body: Sequence[Row]) -> Iterator[TableRow]:
    dashes = [at for at, row in enumerate(body) if _DASHES.match(row.text)]
    if not dashes:
        raise LostError
    has_frame = dashes[0] == 0
    rule = dashes[1] if has_frame and len(dashes) > 2 else dashes[0]
    head = [body[1 if has_frame else 0 : rule]] if rule else []
    closing = dashes[-1] if dashes[-1] != rule else len(body)
    lines = body[rule + 1 : closing]
    bands = _bands(lines)
    if len(head) + len(bands) != len(rows):
        bands = [[line] for line in lines if line.text.strip()]
    if len(head) + len(bands) != len(rows):
        raise LostError
    starts = [found.start() for found in _COLUMN.finditer(body[rule].text)]
    if any(len(row[1]) != len(starts) for row in rows):
        raise LostError
    for row, band in zip(rows, [*head, *bands], strict=True):
        parts = [[boxed(line, *bounds) for line in band] for bounds in pairwise([*starts, _WIDEST])]
        cells = tuple(CellRows(cell, in_box(part)) for cell, part in zip(row[1], parts, strict=True))
        yield TableRow(row, band, cells)


def _bands(lines: Sequence[Row]) -> list[list[Row]]:
    """The lines between blank ones."""
    bands: list[list[Row]] = [[]]
    for line in lines:
        if line.text.strip():
            bands[-1].append(line)
        elif bands[-1]:
            bands.append([])
    return [band for band in bands if band]
