"""Data files: CSV to tables."""

from __future__ import annotations

import csv
import io

from dossierbuild.core.model import DataTable, SourceFile
from dossierbuild.core.problems import Checked, Place, Problem, has_errors, problem
from dossierbuild.stages.parse.decoding import decode

MAX_ROWS = 5_000
MAX_COLUMNS = 100


def parse_table(file: SourceFile) -> Checked[DataTable]:
    """A CSV file: a header row, commas (or semicolons, as Dutch spreadsheets write) and rows of equal length."""
    text = decode(file)
    if text.value is None:
        return Checked(None, text.problems)
    first_line = text.value.split("\n", 1)[0]
    delimiter = ";" if first_line.count(";") > first_line.count(",") else ","
    reader = csv.reader(io.StringIO(text.value), delimiter=delimiter, strict=True)
    rows: list[tuple[str, ...]] = []
    lines: list[int] = []
    first = 1  # line of the row that is being read: a quotation mark that is never closed takes the rest of the file
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append(tuple(cell.strip() for cell in row))
                lines.append(reader.line_num)
            first = reader.line_num + 1
    except csv.Error as error:
        return Checked(None, (problem("D308", Place(file.path, first), path=file.path, reason=str(error)),))
    if not rows:
        return Checked(None, (problem("D106", Place(file.path)),))
    problems = _shape_problems(file.path, rows, lines)
    if has_errors(problems):
        return Checked(None, problems)
    return Checked(DataTable(file.path, rows[0], tuple(rows[1:]), tuple(lines[1:])), problems)


def _shape_problems(path: str, rows: list[tuple[str, ...]], lines: list[int]) -> tuple[Problem, ...]:
    width = len(rows[0])
    if len(rows) > MAX_ROWS or width > MAX_COLUMNS:
        return (problem("D119", Place(path), size=f"{len(rows)} × {width}", limit=f"{MAX_ROWS} × {MAX_COLUMNS}"),)
    return tuple(
        problem("D314", Place(path, line), found=len(row), expected=width)
        for row, line in zip(rows, lines, strict=True)
        if len(row) != width
    )
