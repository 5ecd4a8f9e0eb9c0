"""The heads of tables in a text: what nothing heads is hard to follow for those who hear it cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dossierbuild.core.ast import Node, attributes, identifier, placed_cells, plain_text, walk
from dossierbuild.core.problems import Problem, problem
from dossierbuild.core.row_heads import row_heads
from dossierbuild.stages.parse.places import Places


def header_problems(nodes: Sequence[Node], places: Places) -> Iterator[Problem]:
    """D333 for a column that nothing heads, D334 for a table without any head.

    Nothing need head the first column, and the others whose cells head the rows.
    """
    for table in (node for node in nodes if node["t"] == "Table"):
        place, name = places.near(table).start(), identifier(table)
        head = table["c"][3][1]
        if not head and attributes(table).get("row-headers") != "yes":
            yield problem("D334", place, name)
        for column in _without_head(head, max(1, row_heads(table, attributes(table).get("row-headers", "")))):
            yield problem("D333", place, name, column=column + 1)


def _without_head(head: Sequence[Any], first: int) -> list[int]:
    """The columns from the `first` one on, counted from 0, of which no cell in the head says anything."""
    cells = [(column, cell) for _, column, cell in placed_cells(head)]
    headed = {column + beside for column, cell in cells if _says_something(cell) for beside in range(cell[3])}
    return sorted({column for column, _ in cells if column >= first} - headed)


def _says_something(cell: list[Any]) -> bool:
    return bool(plain_text(cell[4])) or any(node["t"] in ("Image", "Math") for node in walk(cell[4]))
