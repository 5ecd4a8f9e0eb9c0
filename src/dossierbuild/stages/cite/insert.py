"""Insert: printed citations into the publications, and to each its own part of the reference list.

A citation links to its entry (`#ref-KEY`, role doc-biblioref) and has an id of its own, `cite-KEY-N`, to
which the entry links back (role doc-backlink): DPUB-ARIA 1.1.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Any

from dossierbuild.core.ast import (
    Node,
    Nodes,
    Prose,
    attr,
    citation_number,
    classes,
    div,
    identifier,
    link,
    node,
    para,
    prose,
    rewrite,
    span,
    text,
    title_text,
    walk,
)
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.model import (
    CitationKey,
    CitationRequest,
    Cluster,
    Inserted,
    Insertion,
    PartId,
    PartRole,
    Publication,
    Resolved,
)
from dossierbuild.stages.cite.notes import attach_notes, notes_behind_links
from dossierbuild.stages.cite.request import keys_of

LIST_ID = "refs"
BACKLINK = "↩"


def insertions(
    publications: tuple[Publication, ...], request: CitationRequest, resolved: Resolved
) -> dict[PartId, Insertion]:
    """What is to be put into each part of each publication."""
    return {
        place: insertion
        for publication in publications
        for place, insertion in _insertions(publication, request.publications[publication.id], resolved)
    }


def _insertions(
    publication: Publication, clusters: Sequence[Cluster], resolved: Resolved
) -> Iterator[tuple[PartId, Insertion]]:
    counts: Counter[str] = Counter()
    of_parts: dict[str, list[Cluster]] = {part.id: [] for part in publication.parts}
    for cluster in clusters:
        of_parts[cluster.place.part].append(cluster)
    for part in publication.parts:
        cited = [key for cluster in of_parts[part.id] for key in keys_of(json.loads(cluster.cite))]
        keys = [key for key in cited if key in resolved.entries]
        yield (
            PartId(publication.id, part.id),
            Insertion(
                blocks=part.blocks,
                printed=FrozenMap((one.place.number, resolved.printed[one.place]) for one in of_parts[part.id]),
                counts=FrozenMap((key, counts[key]) for key in dict.fromkeys(keys)),
            ),
        )
        counts.update(keys)


def insert_into_part(insertion: Insertion) -> Inserted:
    """A part with its citations printed."""
    filler = _Filler(insertion)
    return Inserted(
        blocks=prose(filler.fill(insertion.blocks.nodes())),
        keys=tuple(filler.keys),
        titles=FrozenMap(filler.titles),
    )


def insert_citations(
    publications: tuple[Publication, ...],
    resolved: Resolved,
    parts: Mapping[PartId, Inserted],
    *,
    back_to_citation: str,
) -> tuple[Publication, ...]:
    """The publications with their parts as inserted, and with their reference lists filled; `cited` is set.

    The list takes the place of the division with the id `refs`. `back_to_citation` is what a link back is
    called aloud ("terug naar verwijzing"); of several, each has its number put behind it.
    """
    done = []
    for publication in publications:
        inserted = {part.id: parts[PartId(publication.id, part.id)] for part in publication.parts}
        counts = Counter(key for one in inserted.values() for key in one.keys)
        entries = [(key, entry.nodes()) for key, entry in resolved.entries.items() if counts[key]]
        references = div(
            attr(LIST_ID, ["references"], role="list"),
            [_entry(key, inlines, counts[key], back_to_citation) for key, inlines in entries],
        )
        filled = tuple(
            dataclasses.replace(
                part,
                blocks=_with_list(inserted[part.id].blocks, references)
                if part.role is PartRole.BIBLIOGRAPHY
                else inserted[part.id].blocks,
            )
            for part in publication.parts
        )
        titles = {name: title for one in inserted.values() for name, title in one.titles.items()}
        titled = _titled(dataclasses.replace(publication, parts=filled), titles)
        done.append(dataclasses.replace(titled, cited=tuple(key for key, _ in entries)))
    return tuple(done)


def _titled(publication: Publication, titles: Mapping[str, str]) -> Publication:
    """The publication with the titles of the headings that cite, by the id of the heading, where they are named."""
    return dataclasses.replace(
        publication,
        parts=tuple(
            dataclasses.replace(one, title=titles.get(f"{one.id}-title", one.title)) for one in publication.parts
        ),
        contents=tuple(
            dataclasses.replace(one, title=titles.get(one.id, titles.get(f"{one.id}-title", one.title)))
            for one in publication.contents
        ),
    )


def anchor(key: str) -> str:
    """A key as it may stand in an id (an NCName in EPUB): other characters become their code point."""
    return re.sub(r"[^A-Za-z0-9_.-]", lambda match: f"_{ord(match[0]):x}_", key)


class _Filler:
    """Puts the printed citations of a part in place, and counts each key in the order of the text."""

    def __init__(self, insertion: Insertion) -> None:
        self._printed = insertion.printed
        self._counts = dict(insertion.counts)
        self.keys: list[str] = []  # each key of the list, as often as it is cited
        self.titles: list[tuple[str, str]] = []  # of headings that cite, with their id

    def fill(self, tree: Any, *, in_link: bool = False) -> Any:
        """A copy of the tree; `in_link` inside a link, which may hold no other link."""
        if isinstance(tree, list):
            return attach_notes(notes_behind_links([self.fill(value, in_link=in_link) for value in tree]))
        if not isinstance(tree, dict):
            return tree
        if tree.get("t") == "Cite":
            printed = self._printed[citation_number(tree)].nodes()
            return node("Cite", tree["c"][0], self._identified(printed, keys_of(tree), in_link))
        if tree.get("t") == "Image":
            return _without_citations(tree)
        if tree.get("t") == "Header" and any(one["t"] == "Cite" for one in walk(tree)):
            return self._titled(tree)
        inside = in_link or tree.get("t") == "Link"
        return {name: self.fill(value, in_link=inside) for name, value in tree.items()}

    def _titled(self, heading: Node) -> Node:
        """A heading that cites, with its title alone for where it is named elsewhere, as in running heads."""
        level, (name, names, pairs), inlines = heading["c"]
        filled = self.fill(inlines)
        words = [one for one in filled if classes(one) != ["number"]]
        self.titles.append((name, title_text(_as_words(words))))
        titled = [name, names, [*pairs, ["data-title", title_text(_as_words(filled))]]]
        return node("Header", level, titled, filled)

    def _identified(self, inlines: Nodes, keys: list[str], in_link: bool) -> Nodes:
        """Ids and roles on the links of a citation; a work without a link gives its id to the whole."""
        waiting = [key for key in keys if key in self._counts]

        def identified(one: Node) -> Node | Nodes | None:
            if one["t"] != "Link" or not one["c"][2][0].startswith("#ref-"):
                return None
            key = one["c"][2][0].removeprefix("#ref-")
            if key not in self._counts:
                return list(one["c"][1])
            name = self._next_id(key) if key in waiting else ""
            if name:
                waiting.remove(key)
            if in_link:
                return span(attr(name), one["c"][1])
            return _linked(one["c"][1], key, name)

        filled: Nodes = rewrite(inlines, identified)
        for key in reversed(waiting):
            filled = [span(attr(self._next_id(key)), filled)]
        return filled

    def _next_id(self, key: str) -> str:
        self._counts[key] += 1
        self.keys.append(key)
        return f"cite-{anchor(key)}-{self._counts[key]}"


def _as_words(title: Nodes) -> Nodes:
    """A printed title in which a source that is part of the sentence stands as words: "De wijk volgens Jansen"."""

    def change(one: Node) -> Nodes | None:
        sentence = one["t"] == "Cite" and one["c"][0][0]["citationMode"]["t"] == "AuthorInText"
        return list(one["c"][1]) if sentence else None

    words: Nodes = rewrite(title, change)
    return words


def _without_citations(image: Node) -> Node:
    """A picture whose description cites nothing: its caption does, in the same words."""
    attributes, description, target = image["c"]
    kept: Nodes = []
    for one in description:
        if one["t"] != "Cite":
            kept.append(one)
        elif kept and kept[-1]["t"] in ("Space", "SoftBreak"):
            kept.pop()
    return node("Image", attributes, kept, target)


def _linked(inlines: Nodes, key: str, name: str) -> Nodes:
    """The text as a link to its entry, up to an address in it, which is a link of its own."""
    linked = list(takewhile(lambda one: all(inner["t"] != "Link" for inner in walk(one)), inlines))
    rest = inlines[len(linked) :]
    if not linked:
        return [span(attr(name), rest)]
    return [link(linked, f"#ref-{anchor(key)}", attr(name, role="doc-biblioref")), *rest]


def _entry(key: CitationKey, inlines: Nodes, count: int, back_to_citation: str) -> Node:
    """An entry with a link back to each place where the work is cited in this publication."""
    links: Nodes = []
    for number in range(1, count + 1):
        shown, called = (f"{BACKLINK}{number}", f"{back_to_citation} {number}")
        if count == 1:
            shown, called = BACKLINK, back_to_citation
        attributes = attr(role="doc-backlink", aria_label=called)
        links += [node("Space"), link(text(shown), f"#cite-{anchor(key)}-{number}", attributes)]
    backlinks = [node("Space"), span(attr(classes=["backlinks"]), links[1:])]
    last = inlines[-1]
    if "entry-text" in classes(last):
        body = [*inlines[:-1], span(attr(classes=["entry-text"]), [*last["c"][1], *backlinks])]
    else:
        body = [*inlines, *backlinks]
    return div(attr(f"ref-{anchor(key)}", ["entry"], role="listitem"), [para(body)])


def _with_list(blocks: Prose, references: Node) -> Prose:
    def filled(one: Node) -> Node | None:
        return references if one["t"] == "Div" and identifier(one) == LIST_ID else None

    return prose(rewrite(blocks.nodes(), filled))
