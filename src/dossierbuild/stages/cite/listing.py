"""Listing: the reference lists of a publication, and the entries of further reading.

A list is a division with the role list, and an entry one with the role listitem; pandoc has no list of which each item
has an id.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dossierbuild.core.ast import (
    Node,
    Nodes,
    Prose,
    attr,
    classes,
    div,
    header,
    identifier,
    link,
    node,
    para,
    plain_text,
    prose,
    rewrite,
    span,
    text,
)
from dossierbuild.core.entries import ENTRY, LIST, OWN_LIST, entry_id
from dossierbuild.core.model import CitationKey, Heading, WorksOfKind
from dossierbuild.core.slug import anchor

_BACKLINK = "↩"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What lists are made of: all entries in list order, and the `kinds` of works that get headings of their own.

    `back_to_citation` is the accessible name of a link from an entry back to the text.
    """

    entries: Mapping[CitationKey, Prose]
    kinds: Sequence[WorksOfKind]
    back_to_citation: str

    def blocks(self, cited: Mapping[str, Sequence[int]], part: int = 0) -> Nodes:
        """The list of the works that are cited, each with the numbers of its citations in the publication.

        Works that no kind takes come first. It is the list of the publication, or of its part with this number; nothing
        where no work has an entry.
        """
        entries = {
            key: self._entry(key, printed.nodes(), cited[key], part)
            for key, printed in self.entries.items()
            if cited.get(key)
        }
        under: Nodes = []
        for number, kind in enumerate(self.kinds, 1):
            taken = [entries.pop(key) for key in tuple(entries) if key in kind.keys]
            if taken:
                name = f"{LIST}-list-{part}-{number}" if part else f"{LIST}-list-{number}"
                under += [header(4 if part else 3, attr(name), text(kind.title)), list_of(taken)]
        first = [list_of(list(entries.values()), f"{LIST}-{part}" if part else LIST)] if entries else []
        return [*first, *under]

    def _entry(self, key: CitationKey, inlines: Nodes, numbers: Sequence[int], part: int) -> Node:
        """An entry with a link back to each place where the work is cited."""
        links: Nodes = []
        for shown, number in enumerate(numbers, 1):
            count = "" if len(numbers) == 1 else str(shown)
            attributes = attr(role="doc-backlink", aria_label=f"{self.back_to_citation} {count}".strip())
            links += [node("Space"), link(text(f"{_BACKLINK}{count}"), f"#cite-{anchor(key)}-{number}", attributes)]
        backlinks = [node("Space"), span(attr(classes=["backlinks"]), links[1:])]
        last = inlines[-1]
        if "entry-text" in classes(last):
            body = [*inlines[:-1], span(attr(classes=["entry-text"]), [*last["c"][1], *backlinks])]
        else:
            body = [*inlines, *backlinks]
        return entry(entry_id(key, part), body)


def list_of(entries: Sequence[Node], name: str = "") -> Node:
    """A list of entries."""
    return div(attr(name, ["references"], role="list"), entries)


def entry(name: str, inlines: Nodes, remarks: Sequence[Node] = ()) -> Node:
    """An entry, with what the editor says of the work below it."""
    said = [div(attr("", ["remark"]), remarks)] if remarks else []
    return div(attr(name, [ENTRY], role="listitem"), [para(inlines), *said])


def short_names(names: Sequence[tuple[str, str]], words: str) -> Nodes:
    """A paragraph that tells what short names stand for; nothing where there are none."""
    told = "; ".join(f"{short} ({full})" for full, short in names)
    return [div(attr(classes=["list-note"]), [para(text(words.format(names=told)))])] if told else []


def with_list(blocks: Prose, listed: Nodes) -> Prose:
    """The blocks of a part with its list in the place for it; without the section for it when the list is empty."""

    def filled(block: Node) -> Node | Nodes | None:
        if block["t"] != "Div":
            return None
        if OWN_LIST in classes(block) and not listed:
            return []
        return listed if identifier(block) == LIST else None

    return prose(rewrite(blocks.nodes(), filled))


def with_headings(contents: tuple[Heading, ...], part: str, listed: Nodes) -> tuple[Heading, ...]:
    """The contents with the headings of a list below that of its part."""
    below = [(identifier(block), plain_text(block["c"][2])) for block in listed if block["t"] == "Header"]
    headings: list[Heading] = []
    for heading in contents:
        headings.append(heading)
        if heading.id == part:
            level = heading.level + 1
            headings += [dataclasses.replace(heading, id=name, level=level, title=title) for name, title in below]
    return tuple(headings)
