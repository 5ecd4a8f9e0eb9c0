"""The blocks of a text: what pandoc makes of it, put right where an editor means something else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dossierbuild.core.ast import Node, Nodes, walk
from dossierbuild.core.catalogue import Language
from dossierbuild.core.passages import Lines
from dossierbuild.stages.parse.fences import on_two_lines
from dossierbuild.stages.parse.figures import shape_figures
from dossierbuild.stages.parse.formulas import environments_as_formulas, with_formulas_told
from dossierbuild.stages.parse.lines import lines_of_nodes
from dossierbuild.stages.parse.nested_citations import join_citations
from dossierbuild.stages.parse.straight_signs import without_straight_signs
from dossierbuild.tools.pandoc import Remark, read_markdown


@dataclass(frozen=True, slots=True)
class Read:
    """The blocks of a text, what pandoc remarked on it, and the lines of each node by its `id`."""

    blocks: Nodes
    remarks: tuple[Remark, ...]
    lines: Mapping[int, Lines]


def read_blocks(text: str, language: Language) -> Read:
    """The blocks of a text in a language. Raises DepthError and PandocError."""
    blocks, remarks = read_markdown(without_straight_signs(with_formulas_told(on_two_lines(text)), language))
    lines = lines_of_nodes(blocks, text)
    join_citations(walk(blocks))
    environments_as_formulas(walk(blocks))
    lines = {**lines, **shape_figures(blocks, lines)}
    _tick_tasks(walk(blocks))
    return Read(blocks, remarks, lines)


def _tick_tasks(nodes: Iterable[Node]) -> None:
    """Give the tasks that are done the tick that the fonts have, in place of pandoc's cross."""
    for listed in (node for node in nodes if node["t"] in ("BulletList", "OrderedList")):
        for item in listed["c"] if listed["t"] == "BulletList" else listed["c"][1]:
            first = item[0]["c"][:1] if item and item[0]["t"] in ("Plain", "Para") else []
            if first and first[0] == {"t": "Str", "c": "☒"}:
                first[0]["c"] = "☑"
