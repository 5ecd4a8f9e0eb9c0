"""Rows: the lines of a text as a block inside another sees them, without marks and indentation around it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass


class LostError(Exception):
    """A text and the tree that was made of it do not agree."""


@dataclass(frozen=True, slots=True)
class Row:
    """The part `text` of line `number` that belongs to a block; `start` signs of the line stand before it.

    A row `is_boxed` when more of the line stands behind it: in a cell of a table.
    """

    number: int
    start: int
    text: str
    is_boxed: bool = False


def indent(row: Row) -> int:
    """How many spaces a row begins with."""
    return len(row.text) - len(row.text.lstrip(" "))


def dedented(row: Row, hang: int) -> Row:
    """A row without the spaces that it begins with, at most `hang` of them."""
    return without_mark(row, min(hang, indent(row)))


def without_mark(row: Row, length: int) -> Row:
    """A row without its first signs."""
    return Row(row.number, row.start + length, row.text[length:], row.is_boxed)


def boxed(row: Row, start: int, end: int) -> Row:
    """The part of a row from column `start` up to `end`, counted from 0 and as wide as they are shown."""
    first, last = _offset(row.text, start), _offset(row.text, end)
    return Row(row.number, row.start + first, row.text[first:last].rstrip(), is_boxed=True)


def in_box(rows: Sequence[Row]) -> list[Row]:
    """The rows of a cell, without blank ones around its text and without the spaces before all of it."""
    filled = [at for at, row in enumerate(rows) if row.text.strip()]
    if not filled:
        return [without_mark(rows[0], len(rows[0].text))]
    kept = rows[filled[0] : filled[-1] + 1]
    hang = min(indent(row) for row in kept if row.text.strip())
    return [dedented(row, hang) for row in kept]


def _offset(text: str, column: int) -> int:
    """How many signs stand before a column: some are two columns wide, and accents on their own none."""
    if text.isascii():
        return min(column, len(text))
    width = 0
    for at, sign in enumerate(text):
        if width >= column and not unicodedata.combining(sign):
            return at
        width += 0 if unicodedata.combining(sign) else 1 + (unicodedata.east_asian_width(sign) in "WF")
    return len(text)
