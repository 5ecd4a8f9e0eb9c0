"""Data files: CSV as spreadsheets save it, to tables."""

from __future__ import annotations

import csv
import dataclasses
import io
import re
from collections.abc import Iterator

from dossierbuild.core.model import DataTable, SourceFile
from dossierbuild.core.problems import Checked, Place, Problem, has_errors, problem
from dossierbuild.stages.parse.decoding import decode

MAX_ROWS = 5_000
MAX_COLUMNS = 100

_DELIMITERS = "\t;,"  # in this order where several fit: a comma stands in numbers and texts as well
_LOOKED_AT = 20  # rows, to see which sign stands between the columns
_BYTE_ORDERS = (b"\xff\xfe", b"\xfe\xff")  # how a file in UTF-16 begins
# Two bytes and more that are one letter in UTF-8: a file that has some is damaged, and not in another encoding.
_UTF8_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_DIRECTIVE = re.compile(r"sep=([\t;,])\Z", re.IGNORECASE)


def parse_table(file: SourceFile) -> Checked[DataTable]:
    """A CSV file in UTF-8, UTF-16 or Windows-1252: a header row, and rows of equal length.

    The columns are parted by tabs, semicolons or commas, whichever parts the rows alike; a first line `sep=;` says so
    itself. Empty columns and rows at the end are left out; a line break in a cell is a space.
    """
    text = decode(dataclasses.replace(file, data=_as_utf8(file.data)))
    if text.value is None:
        return Checked(None, text.problems)
    delimiter, before = _delimiter(text.value)
    rows: list[tuple[str, ...]] = []
    lines: list[int] = []
    try:
        for line, cells in _records(text.value, delimiter):
            if line > before and any(cells):
                rows.append(cells)
                lines.append(line)
    except _UnreadableError as error:
        return Checked(None, (problem("D308", Place(file.path, error.line), path=file.path, reason=str(error)),))
    if not rows:
        return Checked(None, (*text.problems, problem("D106", Place(file.path))))
    rows = _without_empty_ends(rows)
    problems = (*text.problems, *_shape_problems(file.path, rows, lines))
    if has_errors(problems):
        return Checked(None, problems)
    usual = "," if delimiter == ";" else ""
    return Checked(DataTable(file.path, rows[0], tuple(rows[1:]), tuple(lines[1:]), usual), problems)


class _UnreadableError(Exception):
    """What is wrong with a CSV file, in the record that begins at `line`."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.line = line


def _as_utf8(data: bytes) -> bytes:
    """The bytes in UTF-8 where they are text in UTF-16 or Windows-1252, else as they are."""
    encoding = "utf-16" if data.startswith(_BYTE_ORDERS) else ""
    if not encoding and not _is_utf8(data) and not _UTF8_LETTER.search(data):
        encoding = "cp1252"
    try:
        return data.decode(encoding).encode() if encoding else data
    except UnicodeDecodeError:
        return data


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(text: str) -> tuple[str, int]:
    """The sign between the columns, and how many lines stand before the header row."""
    first = text.split("\n", 1)[0].strip('" ')
    directive = _DIRECTIVE.match(first)
    if directive:
        return directive[1], 1
    widths = {sign: _widths(text, sign) for sign in _DELIMITERS}
    even = (sign for sign, found in widths.items() if len(set(found)) == 1 and found[0] > 1)
    widest = max(_DELIMITERS, key=lambda sign: widths[sign][0] if widths[sign] else 0)
    return next(even, widest if widths[widest] and widths[widest][0] > 1 else ","), 0


def _widths(text: str, delimiter: str) -> list[int]:
    """How many columns the first rows have."""
    found: list[int] = []
    try:
        for _, cells in _records(text, delimiter):
            if any(cells):
                found.append(len(cells))
            if len(found) == _LOOKED_AT:
                break
    except _UnreadableError:
        pass
    return found


def _records(text: str, delimiter: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Each record with the line on which it begins; raises _UnreadableError."""
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    first = 1  # a quotation mark that is never closed takes the rest of the file
    try:
        for row in reader:
            yield first, tuple(" ".join(cell.split("\n")).strip() for cell in row)
            first = reader.line_num + 1
    except csv.Error as error:
        raise _UnreadableError(str(error), first) from None


def _without_empty_ends(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The rows without empty cells behind the last column that has anything in the header row."""
    width = max((at + 1 for at, name in enumerate(rows[0]) if name), default=1)
    return [(*row[:width], *_without_end(row[width:])) for row in rows]


def _without_end(cells: tuple[str, ...]) -> tuple[str, ...]:
    """The cells up to the last one that has something in it."""
    return cells[: max((at + 1 for at, cell in enumerate(cells) if cell), default=0)]


def _shape_problems(path: str, rows: list[tuple[str, ...]], lines: list[int]) -> tuple[Problem, ...]:
    width = len(rows[0])
    if len(rows) > MAX_ROWS + 1 or width > MAX_COLUMNS:
        return (problem("D119", Place(path), size=f"{len(rows) - 1} × {width}", limit=f"{MAX_ROWS} × {MAX_COLUMNS}"),)
    return tuple(
        problem("D314", Place(path, line), found=len(row), expected=width)
        for row, line in zip(rows, lines, strict=True)
        if len(row) != width
    )
