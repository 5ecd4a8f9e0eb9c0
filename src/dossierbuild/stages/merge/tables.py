"""Tables that came back: their cells by place, rows and columns that were added or taken away."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from dossierbuild.core.reasons import Reason
from dossierbuild.stages.merge.alignment import aligned
from dossierbuild.stages.merge.comparing import said
from dossierbuild.stages.merge.glyphs import written
from dossierbuild.stages.merge.paragraphs import Role, Sign, WordBlock, WordCell
from dossierbuild.stages.merge.ties import CellTie, Tie
from dossierbuild.stages.merge.weaving import Loom, Strand, formats, usual_formats, without_usual_look, woven


@dataclass(frozen=True, slots=True, kw_only=True)
class TableEdit:
    """What a table becomes: the parts of `cells` by their passage, or all its text as `rows`.

    `reason` says why it cannot be changed.
    """

    cells: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    rows: str | None = None
    reason: Reason | None = None


Looms = Callable[[], Loom]


MERGED = Reason("er zijn cellen samengevoegd", "cells were merged")
SHAPE = Reason("er zijn rijen of kolommen bij of af", "rows or columns were added or removed")
CELL = Reason("een cel van meer regels is veranderd", "a cell of several lines was changed")
ROOM = Reason("de nieuwe woorden passen niet in de getekende cel", "the new words do not fit in the drawn cell")


def edited_table(tie: Tie, new: WordBlock, loom: Looms) -> TableEdit:
    """What a table becomes that came back."""
    assert tie.segment
    tie, new = replace(tie, block=_without_look_of_head(tie.block)), _without_look_of_head(new)
    if _said(tie.block) == _said(new):
        return TableEdit()
    if any(cell.columns > 1 or cell.rows > 1 for row in new.rows for cell in row) and not _same_shape(tie.block, new):
        return TableEdit(reason=MERGED)
    assert tie.segment
    grid = _PipeTable.read(tie.segment.text)
    if grid is None or len(grid.rows) != len(tie.block.rows):
        return _in_place(tie, new, loom)
    return TableEdit(rows=_rewritten(grid, tie, new, loom))


def _said(table: WordBlock) -> list[list[list[tuple[str, str, object]]]]:
    return [[said(cell.signs) for cell in row] for row in table.rows]


def _same_shape(one: WordBlock, other: WordBlock) -> bool:
    return [len(row) for row in one.rows] == [len(row) for row in other.rows]


def _in_place(tie: Tie, new: WordBlock, loom: Looms) -> TableEdit:
    """A table whose columns are drawn: words that fit in the place that they have."""
    assert tie.segment
    if not _same_shape(tie.block, new):
        return TableEdit(reason=SHAPE)
    cells: dict[int, str] = {}
    for at, row in enumerate(new.rows):
        for place, cell in enumerate(row):
            own = tie.cells[at, place]
            if said(tie.block.rows[at][place].signs) == said(cell.signs):
                continue
            if own.part is None:
                return TableEdit(reason=CELL)
            text = _cell_text(own, tie.block.rows[at][place], cell, loom)
            behind = tie.segment.text[own.part.end :]
            room = len(own.part.source) + len(behind) - len(behind.lstrip(" "))
            if len(text) > room:
                return TableEdit(reason=ROOM)
            cells[own.part.passage] = text.ljust(len(own.part.source))
            if len(text) > len(own.part.source):
                return TableEdit(reason=ROOM)
    return TableEdit(cells=cells)


def _cell_text(own: CellTie, old: WordCell, new: WordCell, loom: Looms) -> str:
    usual = usual_formats(old.signs)
    return written(woven(own.strand, new.signs, usual, loom())).strip()


# --- tables of lines with bars ---------------------------------------------------------------------------------------


def _without_look_of_head(table: WordBlock) -> WordBlock:
    """A table whose heads do not look as a style of tables has them, which some programs give to the words."""
    heads = max(1, sum(1 for _ in itertools.takewhile(_looks_alike, table.rows)))
    rows = [
        tuple(replace(cell, blocks=tuple(map(without_usual_look, cell.blocks))) for cell in row)
        for row in table.rows[:heads]
    ]
    return replace(table, rows=(*rows, *table.rows[heads:]))


def _looks_alike(row: Sequence[WordCell]) -> bool:
    """Whether all words of a row are marked in one way."""
    found = {formats(sign.look) for cell in row for sign in cell.signs if not sign.atom and not sign.shown.isspace()}
    return len(found) == 1 and found != {frozenset()}


_RULE = re.compile(r"\s*+(?:\|\s*+)?:?-++:?\s*+(?:[|+]\s*+:?-++:?\s*+)*+(?:\|\s*+)?\Z")
_BAR = re.compile(r"\\.|`+[^`]*`+|\|", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class _PipeTable:
    """A table of lines with bars: where its lines stand in the text, and the cells of each as written."""

    lines: tuple[str, ...]
    first: int
    rule: int
    rows: tuple[int, ...]

    @classmethod
    def read(cls, text: str) -> _PipeTable | None:
        lines = tuple(text.split("\n"))
        rule = next((at for at, line in enumerate(lines) if "-" in line and _RULE.match(line)), -1)
        if rule < 0 or "+" in lines[rule].strip()[:1]:
            return None
        head = [rule - 1] if rule and "|" in lines[rule - 1] else []
        stop = rule + 1
        while stop < len(lines) and "|" in lines[stop]:
            stop += 1
        if "|" not in lines[rule] or not (head or stop > rule + 1):
            return None
        rows = [*(at for at in head if any(cell.strip() for cell in _cells(lines[at]))), *range(rule + 1, stop)]
        return cls(lines=lines, first=min([rule, *head]), rule=rule, rows=tuple(rows))


def _cells(line: str) -> list[str]:
    """The cells of a line as they are written, with the spaces around them."""
    inner = line.strip()
    inner = inner[1:] if inner.startswith("|") else inner
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    cells, start = [], 0
    for found in _BAR.finditer(inner):
        if found[0] == "|":
            cells.append(inner[start : found.start()])
            start = found.end()
    return [*cells, inner[start:]]


def _line(cells: Sequence[str], margin: str) -> str:
    return f"{margin}|{'|'.join(cells)}|"


def _rewritten(grid: _PipeTable, tie: Tie, new: WordBlock, loom: Looms) -> str:
    columns = _columns(tie.block, new)
    rows = _paired_rows(tie.block, new)
    margin = grid.lines[grid.rule][: len(grid.lines[grid.rule]) - len(grid.lines[grid.rule].lstrip())]
    rules = _cells(grid.lines[grid.rule])
    widths = [len(cell) for cell in rules]
    texts: list[str] = []
    for at, row in enumerate(new.rows):
        old = rows.get(at)
        line = grid.lines[grid.rows[old]] if old is not None else ""
        before = _cells(line) if old is not None else []
        cells = []
        for place, cell in enumerate(row):
            column = columns[place] if place < len(columns) else None
            kept = before[column] if column is not None and column < len(before) else None
            was = (
                tie.block.rows[old][column]
                if old is not None and column is not None and column < len(tie.block.rows[old])
                else None
            )
            width = widths[column] if column is not None and column < len(widths) else 0
            own = tie.cells.get((old, column)) if old is not None and column is not None else None
            is_right = column is not None and rules[column : column + 1] != [] and _is_right(rules[column])
            cells.append(_piece(kept, was, cell, own, width, loom, is_right=is_right))
        same = cells == before and old is not None
        texts.append(line if same else _line(cells, margin))
    rule = _rule(grid, columns)
    headed = bool(grid.rows) and grid.rows[0] < grid.rule
    head = texts[:1] if headed else list(grid.lines[grid.first : grid.rule])
    if not headed and len(columns) != len(widths):
        head = [_line([" " * max(3, 1)] * len(columns), margin)] if head else []
    body = texts[1:] if headed else texts
    last = max([grid.rule, *grid.rows])
    return "\n".join([*grid.lines[: grid.first], *head, rule, *body, *grid.lines[last + 1 :]])


def _piece(
    kept: str | None,
    was: WordCell | None,
    cell: WordCell,
    own: CellTie | None,
    width: int,
    loom: Looms,
    *,
    is_right: bool,
) -> str:
    """A cell as it is written between its bars: as it was, or as wide as it was where its words have room."""
    if kept is not None and was is not None and said(was.signs) == said(cell.signs):
        return kept
    strand = own.strand if own else Strand()
    usual = usual_formats(was.signs if was else cell.signs)
    text = written(woven(strand, cell.signs, usual, loom())).strip()
    room = (len(kept) if kept is not None else width) - 2
    return f" {text.rjust(room) if is_right else text.ljust(room)} "


def _is_right(rule: str) -> bool:
    """Whether the words of a column stand at its right."""
    return rule.strip().endswith(":") and not rule.strip().startswith(":")


def _rule(grid: _PipeTable, columns: Sequence[int | None]) -> str:
    cells = _cells(grid.lines[grid.rule])
    if list(columns) == list(range(len(cells))):
        return grid.lines[grid.rule]
    margin = grid.lines[grid.rule][: len(grid.lines[grid.rule]) - len(grid.lines[grid.rule].lstrip())]
    return _line([cells[at] if at is not None and at < len(cells) else "---" for at in columns], margin)


def _paired_rows(old: WordBlock, new: WordBlock) -> dict[int, int]:
    """The row that was sent for each that came back; by place where there are as many."""
    if len(old.rows) == len(new.rows) and _in_step(old, new):
        return {at: at for at in range(len(new.rows))}
    pairs = aligned(_lines_of(old.rows), _lines_of(new.rows)).sent
    return {at: number for at, number in enumerate(pairs) if number is not None}


def _in_step(old: WordBlock, new: WordBlock) -> bool:
    """Whether no row stands where another stood."""
    texts = {" ".join(cell.text for cell in row): at for at, row in enumerate(old.rows)}
    return all(texts.get(" ".join(cell.text for cell in row), at) == at for at, row in enumerate(new.rows))


def _columns(old: WordBlock, new: WordBlock) -> list[int | None]:
    """The column that was sent for each that came back; by place where there are as many."""
    widths = [max((len(row) for row in table.rows), default=0) for table in (old, new)]
    if widths[0] == widths[1]:
        return list(range(widths[1]))
    turned = [
        [tuple(row[at] for row in table.rows if at < len(row)) for at in range(width)]
        for table, width in zip((old, new), widths, strict=True)
    ]
    return list(aligned(_lines_of(turned[0]), _lines_of(turned[1])).sent)


def _lines_of(rows: Sequence[Sequence[WordCell]]) -> list[WordBlock]:
    """Rows or columns as blocks that can be held against each other."""
    found = []
    for at, row in enumerate(rows):
        signs: list[Sign] = []
        for cell in row:
            signs += [*cell.signs, Sign(" ")]
        marks = frozenset(name for cell in row for name in cell.bookmarks)
        found.append(WordBlock(number=at, role=Role.PARAGRAPH, signs=tuple(signs), bookmarks=marks))
    return found


def new_table(new: WordBlock, loom: Looms, margin: str) -> str:
    """A table that was added, its first row as the heads."""
    width = max((len(row) for row in new.rows), default=0)
    rows = [
        [written(woven(Strand(), cell.signs, usual_formats(cell.signs), loom())) for cell in row]
        + [""] * (width - len(row))
        for row in new.rows
    ]
    widths = [max(3, *(len(row[at]) for row in rows)) for at in range(width)]
    lines = [_line([f" {cell.ljust(size)} " for cell, size in zip(row, widths, strict=True)], margin) for row in rows]
    rule = _line(["-" * (size + 2) for size in widths], margin)
    return "\n".join([lines[0], rule, *lines[1:]]) if lines else ""
