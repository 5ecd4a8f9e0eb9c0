"""Number: notes are numbered through a publication, and set at the end of their part with a way there and back.

This comes after the citations are printed, because a note style makes notes of citations.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dossierbuild.core.ast import (
    Node,
    Nodes,
    Prose,
    attr,
    classes,
    div,
    link,
    node,
    para,
    plain_text,
    prose,
    rewrite,
    text,
)
from dossierbuild.core.entries import OWN_LIST
from dossierbuild.core.model import PartId, Publication


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """A part whose notes get numbers from `first` on; `back` is the accessible name of a note's link to its call."""

    blocks: Prose
    first: int
    back: str


def notes_of(publications: tuple[Publication, ...], back: Mapping[str, str]) -> dict[PartId, Notes]:
    """The notes of each part that has any; `back` has the accessible name of the link back to the text, by the language
    of the part."""
    return {place: notes for publication in publications for place, notes in _notes_of(publication, back)}


def _notes_of(publication: Publication, back: Mapping[str, str]) -> Iterator[tuple[PartId, Notes]]:
    first = 1
    for part in publication.parts:
        if count := part.blocks.count("Note"):
            language = part.language or publication.metadata.language
            yield PartId(publication.id, part.id), Notes(blocks=part.blocks, first=first, back=back[language])
            first += count


def with_notes(publications: tuple[Publication, ...], numbered: Mapping[PartId, Prose]) -> tuple[Publication, ...]:
    """The publications with the blocks in `numbered` for the parts that it has; other parts stay as they are."""
    return tuple(
        dataclasses.replace(
            publication,
            parts=tuple(
                dataclasses.replace(part, blocks=numbered.get(PartId(publication.id, part.id), part.blocks))
                for part in publication.parts
            ),
        )
        for publication in publications
    )


def number_notes(part: Notes) -> Prose:
    """The blocks of a part with its notes as numbered links (`fnref-N`) and texts (`fn-N`), before its own list."""
    notes: Nodes = []

    def change(inline: Node) -> Node | None:
        if inline["t"] != "Note":
            return None
        number = part.first + len(notes)
        notes.append(_note(number, inline["c"], part.back))
        return _call(number)

    blocks = rewrite(part.blocks.nodes(), change)
    content = blocks[0]["c"][1]
    end = len(content) - (OWN_LIST in classes(content[-1]))
    content.insert(end, div(attr("", ["footnotes"]), notes))
    return prose(blocks)


def _call(number: int) -> Node:
    reference = link(text(str(number)), f"#fn-{number}", attr(f"fnref-{number}", role="doc-noteref"))
    return node("Span", attr("", ["note-ref"]), [node("Superscript", [reference])])


def _note(number: int, blocks: Nodes, back_label: str) -> Node:
    back = link(text("↩"), f"#fnref-{number}", attr("", ["back"], role="doc-backlink", aria_label=back_label))
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
