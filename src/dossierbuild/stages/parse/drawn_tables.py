"""Tables as they were drawn: strokes that do not meet, words across the border of two columns, rows that become one.

pandoc makes something of each: it prints strokes, cuts words, leaves out rows or joins them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dossierbuild.core.ast import Node, Nodes
from dossierbuild.core.passages import Lines
from dossierbuild.core.problems import Place, Problem, problem
from dossierbuild.core.table_width import texts_of_table
from dossierbuild.stages.parse.places import Places

_BORDER = re.compile(r"\+(?:[-=:]++\+)++\Z")
_INNER_BORDER = re.compile(r"\+[-=:]{2,}+\+")
_DASHES = re.compile(r" *+-[- ]*+\Z")
_COLUMN = re.compile(r"-+")
_WORD = re.compile(r"\S+")
_NUMBER = re.compile(r"[-−+]?[€$£]? ?\d[\d.,]*+ ?%?")
_NARROWEST = 2
"""Signs from one stroke to the next in a column that can hold something."""
_NEAR = 3
"""How far a stroke may stand from its column and still be meant for it."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """The lines of a table between strokes, without what stands before them; `first` is the number of the first one."""

    first: int
    lines: tuple[str, ...]
    indent: int


def drawings(places: Places, code: Sequence[range]) -> Iterator[Drawing]:
    """The tables in a text that begin with a border `+---+`, but in the lines of code."""
    lines, at = places.text.split("\n"), 0
    while at < len(lines):
        end = at + 1
        if _BORDER.match(lines[at].strip()) and not any(at + 1 in taken for taken in code):
            while end < len(lines) and lines[end].lstrip().startswith(("+", "|")):
                end += 1
            indent = len(lines[at]) - len(lines[at].lstrip())
            yield Drawing(at + 1, tuple(_wide(line[indent:].rstrip()) for line in lines[at:end]), indent)
        at = end


def _wide(line: str) -> str:
    """A line in which each sign takes as many places as columns: accents on their own none, ideographs two."""
    if line.isascii():
        return line
    return "".join(
        sign + "\0" * (unicodedata.east_asian_width(sign) in "WF") for sign in line if not unicodedata.combining(sign)
    )


def drawing_problems(drawn: Sequence[Drawing], nodes: Nodes, places: Places) -> Iterator[Problem]:
    """D335: the strokes of a table meet, and pandoc saw a table there. One for each table, at its first wrong line.

    In a list it sees none that begins farther to the right than the words of the item.
    """
    tables = _lines_of_tables(nodes, places)
    for drawing in drawn:
        wrong = next(_wrong_lines(drawing.lines), None)
        is_seen = tables is None or any(_overlap(drawing, lines) for lines in tables)
        if wrong is not None or not is_seen:
            yield problem("D335", Place(places.path, drawing.first + (wrong or 0), drawing.indent + 1))


def _lines_of_tables(nodes: Nodes, places: Places) -> tuple[Lines, ...] | None:
    """The lines of all tables; None where those of one are not known."""
    tables: list[Node] = [node for node in nodes if node["t"] == "Table"]
    are_known = all(id(table) in places.nodes for table in tables)
    return tuple(places.lines_of(table) for table in tables) if are_known else None


def _overlap(drawing: Drawing, lines: Lines) -> bool:
    return lines.first < drawing.first + len(drawing.lines) and drawing.first <= lines.last


def _wrong_lines(lines: Sequence[str]) -> Iterator[int]:
    borders = [at for at, line in enumerate(lines) if _is_border(line)]
    bounds: set[int] = set()
    for at in borders:
        bounds |= {place for place, sign in enumerate(lines[at]) if sign == "+"}
        if any(right - left < _NARROWEST for left, right in pairwise(sorted(bounds))):
            yield at
            return
    last = max(bounds)
    for above, below in pairwise([*borders, len(lines)]):
        for at in range(above + 1, min(below, len(lines))):
            is_too_long = len(lines[at]) > last + 1
            if is_too_long or below == len(lines) or _misses(lines[at], _shared(lines[above], lines[below]), bounds):
                yield at
                return


def _is_border(line: str) -> bool:
    """Whether a line has a border somewhere: one goes round a cell over several rows."""
    return bool(_INNER_BORDER.search(line)) and line[:1] in "+|"


def _shared(above: str, below: str) -> set[int]:
    """Where a stroke stands in both borders of a row."""
    return {place for place, sign in enumerate(above) if sign == "+" and below[place : place + 1] == "+"}


def _misses(line: str, shared: set[int], bounds: set[int]) -> bool:
    """Whether a stroke of a row stands beside the place where its column ends, and none in it."""
    strokes = {place for place, sign in enumerate(line) if sign == "|" and line[place - 1 : place] != "\\"}
    lacking = (place for place in shared if line[place : place + 1] not in ("|", "+"))
    return any(0 < abs(stroke - place) <= _NEAR for place in lacking for stroke in strokes - bounds)


def without_consequences(
    problems: Sequence[Problem], drawn: Sequence[Drawing], broken: Sequence[Problem]
) -> tuple[Problem, ...]:
    """The problems without those in the lines of a table whose strokes do not meet: there pandoc saw what is not."""
    lines = [range(drawing.first, drawing.first + len(drawing.lines)) for drawing in drawn]
    wrong = [taken for taken in lines if any(found.place.line in taken for found in broken)]
    return tuple(found for found in problems if not any(found.place.line in taken for taken in wrong))


def cut_words(nodes: Nodes, places: Places) -> Iterator[Problem]:
    """D336: in a table with columns below dashes each word stands in one column. One for each table."""
    lines = places.text.split("\n")
    for table in (node for node in nodes if node["t"] == "Table" and id(node) in places.nodes):
        taken = places.lines_of(table)
        rows = list(enumerate(lines[taken.first - 1 : taken.last], taken.first))
        yield from list(_cut_words(rows, places.path))[:1]


def _cut_words(rows: Sequence[tuple[int, str]], path: str) -> Iterator[Problem]:
    rules = [at for at, (_, line) in enumerate(rows) if _DASHES.match(line)]
    if not rules:
        return
    starts = max(([found.start() for found in _COLUMN.finditer(rows[at][1])] for at in rules), key=len)[1:]
    for number, line in _inside(rows, rules):
        for word in _WORD.finditer(line if _wide(line) == line else ""):
            if any(word.start() < start < word.end() for start in starts):
                yield problem("D336", Place(path, number, word.start() + 1), word=word[0][:40])


def _inside(rows: Sequence[tuple[int, str]], rules: Sequence[int]) -> Sequence[tuple[int, str]]:
    """The lines of a table without its rules and what stands before and behind it, as its caption.

    A table that no rule closes ends with a blank line, and one that none opens begins with one line of heads.
    """
    first = max(0, rules[0] - 1)
    is_closed = len(rules) > 1 and (len(rules) > 2 or not rows[first][1].strip() or rules[0] == first)
    blank = (at for at, (_, line) in enumerate(rows) if at > rules[0] and not line.strip())
    last = rules[-1] if is_closed else next(blank, len(rows))
    return [row for at, row in enumerate(rows) if first <= at < last and at not in rules]


def joined_rows(nodes: Nodes, places: Places) -> Iterator[Problem]:
    """D186: lines below dashes that are a row each have a blank line between them, where some rows have several lines.

    One for each table, at the first line that is joined to the one above it.
    """
    for table in (node for node in nodes if node["t"] == "Table" and id(node) in places.nodes):
        taken = places.lines_of(table)
        rows = list(enumerate(places.text.split("\n")[taken.first - 1 : taken.last], taken.first))
        _, cells = texts_of_table(table)
        yield from list(_joined_rows(rows, len(cells), places.path))[:1]


def _joined_rows(rows: Sequence[tuple[int, str]], count: int, path: str) -> Iterator[Problem]:
    """The lines of a table of so many rows that are joined, though they do not look like one text on two lines."""
    rules = [at for at, (_, line) in enumerate(rows) if _DASHES.match(line)]
    if not rules:
        return
    head = rules[1] if len(rules) > 2 else rules[0]
    body = [row for row in _inside(rows, rules) if row[0] > rows[head][0]]
    pairs = [(above, below) for (_, above), (_, below) in pairwise(body) if above.strip() and below.strip()]
    if count != sum(bool(line.strip()) for _, line in body) - len(pairs):
        return
    columns = max(([found.span() for found in _COLUMN.finditer(rows[at][1])] for at in rules), key=len)
    for (_, above), (number, below) in pairwise(body):
        if (above, below) in pairs and _are_rows(_cells(above, columns), _cells(below, columns), columns):
            yield problem("D186", Place(path, number, 1), text=" ".join(below.split())[:60])


def _cells(line: str, columns: Sequence[tuple[int, int]]) -> list[str]:
    starts = [start for start, _ in columns]
    return [line[start:end].strip() for start, end in pairwise([*starts, len(line) + max(starts)])]


def _are_rows(above: Sequence[str], below: Sequence[str], columns: Sequence[tuple[int, int]]) -> bool:
    """Whether two lines are a row each: a column has numbers in both, or room for the next word in the first one."""
    pairs = list(zip(above, below, columns, strict=True))
    if not all(first and second for first, second, _ in pairs):
        return False
    if any(_NUMBER.fullmatch(first) and _NUMBER.fullmatch(second) for first, second, _ in pairs):
        return True
    begin_alike = all(first[0].isupper() == second[0].isupper() for first, second, _ in pairs)
    return begin_alike and any(
        len(first) + 1 + len(second.split()[0]) <= end - start for first, second, (start, end) in pairs
    )


def lines_of_code(nodes: Nodes, places: Places) -> tuple[range, ...]:
    """The lines of the blocks of code whose place is known."""
    found: list[Node] = [node for node in nodes if node["t"] == "CodeBlock" and id(node) in places.nodes]
    taken = [places.lines_of(node) for node in found]
    return tuple(range(lines.first, lines.last + 1) for lines in taken)
