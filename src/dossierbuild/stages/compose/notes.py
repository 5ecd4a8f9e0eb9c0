"""Notes: numbered through a publication, and set at the end of their part with a way there and back.

Runs after the citations are printed, because a note style makes notes of citations.
"""

from __future__ import annotations

import dataclasses

from dossierbuild.core.ast import Node, Nodes, attr, div, link, node, para, plain_text, prose, rewrite, text
from dossierbuild.core.model import Part, Publication
from dossierbuild.stages.compose.labels import Terms


def number_notes(publication: Publication, terms: Terms) -> Publication:
    """The publication with its notes as numbered links (`fnref-N`) and texts (`fn-N`)."""
    parts = []
    count = 0
    for part in publication.parts:
        numbered, count = _number(part, count, terms)
        parts.append(numbered)
    return dataclasses.replace(publication, parts=tuple(parts))


def _number(part: Part, count: int, terms: Terms) -> tuple[Part, int]:
    if not part.blocks.holds("Note"):
        return part, count
    notes: Nodes = []

    def change(one: Node) -> Node | None:
        if one["t"] != "Note":
            return None
        number = count + len(notes) + 1
        notes.append(_note(number, one["c"], terms))
        return _call(number)

    blocks = rewrite(part.blocks.nodes(), change)
    section = blocks[0]
    section["c"][1].append(div(attr("", ["footnotes"]), notes))
    return dataclasses.replace(part, blocks=prose(blocks)), count + len(notes)


def _call(number: int) -> Node:
    reference = link(text(str(number)), f"#fn-{number}", attr(f"fnref-{number}", role="doc-noteref"))
    return node("Span", attr("", ["note-ref"]), [node("Superscript", [reference])])


def _note(number: int, blocks: Nodes, terms: Terms) -> Node:
    back = link(text("↩"), f"#fnref-{number}", attr("", ["back"], role="doc-backlink", aria_label=terms["back"]))
    last = blocks[-1] if blocks else para([])
    if last["t"] in ("Para", "Plain"):
        content = [*blocks[:-1], para([*last["c"], node("Space"), back])]
    else:
        content = [*blocks, para([back])]
    marker = node("Span", attr("", ["note-number"]), text(str(number)))
    first = content[0]
    if first["t"] == "Para" and plain_text(first):
        first["c"] = [marker, node("Space"), *first["c"]]
    return div(attr(f"fn-{number}", ["footnote"], role="doc-footnote"), content)
