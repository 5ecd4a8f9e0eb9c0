"""The notes below a table: its source apart, and each mark in the table with a way to the note that it calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dossierbuild.core.ast import Node, Nodes, attr, cells_of, div, identifier, link, node, para, rewrite, span, text
from dossierbuild.core.table_notes import (
    SIGNS,
    is_note_block,
    is_source,
    marks_in,
    marks_in_notes,
    marks_of,
    signs_behind,
)
from dossierbuild.stages.compose.targets import Terms


def notes_of(blocks: Sequence[Node], source: str, terms: Terms) -> Nodes:
    """The paragraphs below a table: those of `blocks`, and the `source` that is stated with its caption.

    What gives a source stands in a block of class `source`.
    """
    inside = [inner for block in blocks for inner in (block["c"][1] if is_note_block(block) else [block])]
    stated = [para(text(terms["table_source"].format(source=source)))] if source else []
    notes = [_as_source(block) if is_source(block) else block for block in inside]
    return [*notes, *map(_as_source, stated)]


def _as_source(block: Node) -> Node:
    return div(attr("", ["source"]), [block])


def tie_marks(table: Node, notes: Nodes, terms: Terms) -> Nodes:
    """Make each mark in a table, in place, lead to the note that it calls. Gives the notes, with ids at their marks.

    A mark without a note, as the square of an area, stays as it is.
    """
    known = marks_in(table)
    called = [mark for mark in dict.fromkeys(marks_in_notes(notes)) if mark in known]
    links = {
        mark: link(
            [node("Str", mark)],
            f"#cell-{identifier(table)}-note-{number}",
            attr(aria_label=terms["table_note"].format(mark=mark)),
        )
        for number, mark in enumerate(called, 1)
    }
    if not links:
        return notes
    for cell in cells_of(table):
        cell[4] = rewrite(cell[4], lambda found: _call(found, links))
    table["c"][1][1] = rewrite(table["c"][1][1], lambda found: _call(found, links))
    unnamed = {mark: target["c"][2][0].removeprefix("#") for mark, target in links.items()}
    named: Nodes = rewrite(notes, lambda found: _named(found, unnamed))
    return named


def _call(found: Node, links: Mapping[str, Node]) -> Node | Nodes | None:
    """A mark in a table with a link to each note that it calls."""
    if found["t"] == "Superscript":
        marks = marks_of(found)
        linked = [
            [node("Str", ",")] * bool(place) + [links.get(mark, node("Str", mark))] for place, mark in enumerate(marks)
        ]
        calls = not links.keys().isdisjoint(marks)
        return node("Superscript", [inline for group in linked for inline in group]) if calls else None
    signs = signs_behind(found["c"]) if found["t"] == "Str" else ""
    if signs not in links:
        return None
    return [*text(found["c"].removesuffix(signs)), span(attr("", ["note-call"]), [links[signs]])]


def _named(found: Node, unnamed: dict[str, str]) -> Node | None:
    """A mark at the beginning of a note with the id of the note, which is taken out of the `unnamed` ones."""
    marks: Sequence[str] = ()
    if found["t"] == "Superscript":
        marks = marks_of(found)
    elif found["t"] == "Str" and SIGNS.match(found["c"]):
        marks = (found["c"],)
    name = next((unnamed.pop(mark) for mark in marks if mark in unnamed), "")
    return span(attr(name, ["note-mark"]), [found]) if name else None
