"""Tables that were pasted as text: cells between tabs, runs of spaces, semicolons, or strokes without a line below the
head."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from dossierbuild.stages.tidy.finding import Finding, Slip
from dossierbuild.stages.tidy.manuscript import Line, Manuscript, Role

_GAP = re.compile(r" {3,}")
_NUMBER = re.compile(r"[-−+]?[€$£]? ?\d[\d.,  ]*+ ?%?")
_LONGEST = 40
_REACH = 200
_FEWEST_ROWS = 3
_MARK = re.compile(r"\A[ \t\xa0]*+(?:[^\w\s]|\(?\w{1,2}[.)]|[oüqv])[ \xa0]*+\t[ \t]*+")

Cells = tuple[str, ...]


def tables(manuscript: Manuscript) -> Iterator[Finding]:
    """Lines that are the rows of a table, and are printed as one paragraph."""
    taken = 0
    for block in (*_runs_of_tabs(manuscript), *manuscript.paragraphs()):
        for split in (_by_tabs, _by_strokes, _by_gaps, _by_semicolons):
            rows = _rows(block, split)
            if rows and block[0].start >= taken:
                yield _finding(manuscript, block, rows)
                taken = block[-1].end if split is _by_tabs else taken
                break


def _runs_of_tabs(manuscript: Manuscript) -> Iterator[tuple[Line, ...]]:
    """Lines with a tab between words that follow each other, with or without empty lines between them."""
    lines = [line for line in manuscript.lines if line.role is not Role.BLANK]
    for is_row, run in groupby(lines, lambda line: bool(_by_tabs(line))):
        if is_row:
            yield tuple(run)


def _rows(block: Sequence[Line], split: Callable[[Line], Cells]) -> list[Cells]:
    """The rows of a table; none where the lines do not all have cells, or not equally many where that is no tab."""
    rows = [split(line) for line in block]
    if len(rows) < 2 or not all(rows):
        return []
    if split is _by_tabs:
        return rows if any(_parts_words(line.text) for line in block) else []
    is_even = len({len(row) for row in rows}) == 1
    return rows if is_even and (split is _by_strokes or len(rows) >= _FEWEST_ROWS) else []


def _by_tabs(line: Line) -> Cells:
    if line.role not in (Role.PROSE, Role.INDENTED, Role.ITEM):
        return ()
    text = line.text.rstrip()
    cells = tuple(cell.strip() for cell in text.split("\t"))
    is_marked = _MARK.match(text)
    has_cells = _parts_words(text) or (text.startswith("\t") and len(text) <= _LONGEST and text[-1] not in ".?!:")
    return cells if has_cells and not (is_marked and "\t" not in text[is_marked.end() :]) else ()


def _parts_words(text: str) -> bool:
    return "\t" in text.strip()


def _by_strokes(line: Line) -> Cells:
    text = line.text.strip()
    if line.role is not Role.PROSE or (text.count("|") < 2 and " | " not in text):
        return ()
    return tuple(cell.strip() for cell in text.strip("|").split("|"))


def _by_gaps(line: Line) -> Cells:
    cells = tuple(_GAP.split(line.text.strip()))
    return cells if line.role is Role.PROSE and len(cells) > 1 else ()


def _by_semicolons(line: Line) -> Cells:
    cells = tuple(cell.strip() for cell in line.text.split(";"))
    is_row = line.role is Role.PROSE and len(cells) > 2 and all(len(cell) <= _LONGEST for cell in cells)
    return cells if is_row and not line.text.rstrip().endswith((".", ",", ":", "?", "!")) else ()


def _finding(manuscript: Manuscript, block: Sequence[Line], rows: list[Cells]) -> Finding:
    start, end = block[0].start, block[-1].end
    text = manuscript.prose.text
    lines, newline = _pipe_table(rows), manuscript.newline
    is_glued = bool(re.search(r"[^\r\n]\r?\n\Z", text[max(0, start - 3) : start]))
    is_followed = bool(re.match(r"\r?\n[ \t]*[^\s]", text[end : end + _REACH]))
    mend = newline.join(lines)
    return Finding(
        slip=Slip.TABLE,
        start=start,
        end=end,
        text=" ".join(block[0].text.split())[:60],
        written=lines[0][:60],
        mend=f"{newline if is_glued else ''}{mend}{newline if is_followed else ''}",
    )


def _pipe_table(rows: list[Cells]) -> list[str]:
    """The lines of a table; its first row is the head, and columns of numbers stand to the right."""
    width = max(map(len, rows))
    even = [tuple(cell.replace("|", "\\|") for cell in (*row, *("",) * (width - len(row)))) for row in rows]
    columns = list(zip(*even[1:], strict=True))
    rules = ["---:" if _holds_numbers(column) else ":---" for column in columns]
    return [f"| {' | '.join(cells)} |" for cells in (even[0], rules, *even[1:])]


def _holds_numbers(column: Sequence[str]) -> bool:
    return any(column) and all(not cell or _NUMBER.fullmatch(cell) for cell in column)
