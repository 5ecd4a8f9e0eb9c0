"""The notes and the source below a table: which blocks these are, and which marks in the table call them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dossierbuild.core.ast import Node, Nodes, cells_of, classes, plain_text, walk

NOTE = "table-note"
"""The class of a block of notes."""
NOTED = "noted"
"""The class of a block that holds a table and what stands below it."""

_MARK = re.compile(r"(?:[a-z]{1,2}|[A-Z]|[0-9]{1,2}|[*†‡§#]{1,3})\Z")
SIGNS = re.compile(r"[*†‡§]{1,3}\Z")
"""A mark that is no letter and no number."""
_SIGNS_BEHIND = re.compile(r"[*†‡§]{1,3}\Z")
_SOURCE = re.compile(r"(?:Bron(?:nen)?|Sources?)(?: [^\s:]{1,20}){0,3}:")
_REMARK = re.compile(r"(?:No(?:ot|ten|te|tes)|Toelichting|Opmerking(?:en)?):")


def is_table(block: Node) -> bool:
    """Whether a block is a table, or is to be made one of a data file."""
    return block["t"] == "Table" or (block["t"] == "Div" and "table" in classes(block))


def is_note_block(block: Node) -> bool:
    """Whether an editor marked a block as notes of a table."""
    return block["t"] == "Div" and NOTE in classes(block)


def with_notes(blocks: Nodes) -> Nodes:
    """The blocks, each table that has notes or a source below it together with these in one block of class `noted`.

    Below a table belong to it the blocks of notes, the paragraphs that begin with a mark in the table, and those that
    give a source.
    """
    grouped: Nodes = []
    table: Node | None = None  # the table before a block, and what belongs to it
    for block in blocks:
        if table is None or not _belongs(block, table):
            table = block if is_table(block) else None
            grouped.append(block)
        elif grouped[-1] is table:
            grouped[-1] = {"t": "Div", "c": [["", [NOTED], []], [table, block]]}
        else:
            grouped[-1]["c"][1].append(block)
    return grouped


def _belongs(block: Node, table: Node) -> bool:
    """Whether a block below a table is one of its notes, or gives its source."""
    if is_note_block(block) or is_source(block) or _is_remark(block):
        return True
    marks = first_marks(block)
    return bool(marks) and not marks.isdisjoint(marks_in(table))


def is_source(block: Node) -> bool:
    """Whether a paragraph says where the numbers of a table come from: "Bron: CBS"."""
    return bool(_SOURCE.match(_beginning(block)))


def _is_remark(block: Node) -> bool:
    """Whether a paragraph says of itself that it explains a table."""
    return bool(_REMARK.match(_beginning(block)))


def _beginning(block: Node) -> str:
    return plain_text(block["c"][:9]) if block["t"] in ("Para", "Plain") else ""


def first_marks(block: Node) -> frozenset[str]:
    """The mark that a paragraph begins with, if it does."""
    inlines = block["c"] if block["t"] in ("Para", "Plain") else []
    if inlines and inlines[0]["t"] == "Superscript":
        return frozenset(marks_of(inlines[0]))
    first = inlines[0]["c"] if inlines and inlines[0]["t"] == "Str" else ""
    return frozenset({first}) if SIGNS.match(first) else frozenset()


def marks_in(table: Node) -> frozenset[str]:
    """The marks in a table's cells and caption that may call notes."""
    if table["t"] != "Table":
        return frozenset()
    return frozenset(_marks_within([table["c"][1], *(cell[4] for cell in cells_of(table))]))


def marks_in_notes(notes: Sequence[Node]) -> Iterator[str]:
    """The marks with which notes begin, in order, as often as they stand there."""
    for block in walk(list(notes)):
        if block["t"] in ("Para", "Plain"):
            at_start = True
            for inline in block["c"]:
                if inline["t"] == "Superscript" and at_start:
                    yield from marks_of(inline)
                elif inline["t"] == "Str" and at_start and SIGNS.match(inline["c"]):
                    yield inline["c"]
                at_start = inline["t"] in ("Space", "SoftBreak", "LineBreak")


def _marks_within(tree: object) -> Iterator[str]:
    for found in walk(tree):
        if found["t"] == "Superscript":
            yield from marks_of(found)
        elif found["t"] == "Str" and (signs := signs_behind(found["c"])):
            yield signs


def marks_of(superscript: Node) -> tuple[str, ...]:
    """The marks in a raised text: "a,b" are two."""
    marks = tuple(part.strip().removesuffix(")") for part in plain_text(superscript["c"]).split(","))
    return marks if all(_MARK.match(mark) for mark in marks) else ()


def signs_behind(word: str) -> str:
    """The asterisks or daggers that stand behind a word, or alone."""
    found = _SIGNS_BEHIND.search(word)
    return found[0] if found else ""
