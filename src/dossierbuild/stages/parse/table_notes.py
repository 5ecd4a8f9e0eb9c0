"""The notes below tables: each stands below a table, and each mark in them is one in it."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_lowercase

from dossierbuild.core.ast import Node, Nodes, identifier, walk
from dossierbuild.core.problems import Problem, problem
from dossierbuild.core.table_notes import NOTED, is_note_block, is_table, marks_in, marks_in_notes, with_notes
from dossierbuild.stages.parse.inspect import block_kind, opening
from dossierbuild.stages.parse.places import Places

_LETTERS = tuple(ascii_lowercase)
_LISTS = frozenset({"BlockQuote", "BulletList", "DefinitionList", "OrderedList"})


def note_problems(blocks: Nodes, places: Places) -> Iterator[Problem]:
    """What is wrong with the notes below the tables of a text, and with what stands in a block with a caption."""
    yield from _misplaced_notes(blocks, places)
    yield from _loose_marks(blocks, places)
    yield from _lost_blocks(blocks, places)


def _lost_blocks(blocks: Nodes, places: Places) -> Iterator[Problem]:
    """D362: in the block of a chart or a table from a data file stand paragraphs, which are its caption, and notes."""
    for block in walk(blocks):
        kind = block_kind(block)
        if kind in ("chart", "table"):
            for inner in block["c"][1]:
                if inner["t"] not in ("Para", "Plain") and not (kind == "table" and is_note_block(inner)):
                    yield problem("D362", opening(block, places), identifier(block), block=kind)


def _loose_marks(blocks: Nodes, places: Places) -> Iterator[Problem]:
    """D364: a mark with which a note begins is in its table; D365: a letter that is raised there has its note.

    A letter beyond the next one is none that calls a note: as in "19e".
    """
    for table, *below in _noted_tables(blocks):
        marks, known = set(marks_in_notes(below)), marks_in(table)
        for mark in sorted(marks - known):
            yield problem("D364", places.near(below[0]).start(), mark, mark=mark)
        noted = sorted(mark for mark in marks if mark in _LETTERS)
        following = _LETTERS[: _LETTERS.index(noted[-1]) + 2] if noted else ()
        for mark in sorted(mark for mark in known - marks if mark in following):
            yield problem("D365", places.near(table).start(), mark, mark=mark)


def _noted_tables(blocks: Nodes) -> Iterator[Nodes]:
    """Each typed table in a list of blocks, or in blocks within it, with what belongs to it below it."""
    for block in with_notes(blocks):
        if block["t"] == "Div" and NOTED in block["c"][0][1]:
            if block["c"][1][0]["t"] == "Table":
                yield block["c"][1]
        elif block["t"] == "Div":
            yield from _noted_tables(block["c"][1])
        elif block["t"] in _LISTS:
            for inner in _lists_within(block):
                yield from _noted_tables(inner)


def _misplaced_notes(blocks: Nodes, places: Places) -> Iterator[Problem]:
    """D361: a block of notes stands right below a table, or in the block of a table from a data file."""
    for block in with_notes(blocks):
        if is_note_block(block):
            yield problem("D361", opening(block, places))
        elif block["t"] == "Div" and not (NOTED in block["c"][0][1] or is_table(block)):
            yield from _misplaced_notes(block["c"][1], places)
        elif block["t"] in _LISTS:
            for inner in _lists_within(block):
                yield from _misplaced_notes(inner, places)


def _lists_within(block: Node) -> Iterator[Nodes]:
    """The lists of blocks that a block holds."""
    content = block["c"]
    if block["t"] == "BlockQuote":
        yield content
    elif block["t"] == "DefinitionList":
        yield from (blocks for _, definitions in content for blocks in definitions)
    else:
        yield from (content[1] if block["t"] == "OrderedList" else content)
