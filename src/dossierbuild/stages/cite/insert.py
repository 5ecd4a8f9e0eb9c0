"""Insert: printed citations into the publications, and to each its own part of the reference list.

A citation links to its entry (`#ref-KEY`, role doc-biblioref) and has an id of its own, `cite-KEY-N`, to
which the entry links back (role doc-backlink): DPUB-ARIA 1.1.
"""

from __future__ import annotations

import dataclasses
import json
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
from dossierbuild.core.slug import anchor
from dossierbuild.stages.cite.notes import attach_notes, notes_behind_links
from dossierbuild.stages.cite.request import keys_of

_LIST_ID = "refs"
_BACKLINK = "↩"


def insertions(
    publications: tuple[Publication, ...], request: CitationRequest, resolved: Resolved
) -> dict[PartId, Insertion]:
    """Each part of each publication with the printed citations that belong into it."""
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
                printed=FrozenMap(
                    (cluster.place.number, resolved.printed[cluster.place]) for cluster in of_parts[part.id]
                ),
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
    terms: Mapping[str, str],
) -> tuple[Publication, ...]:
    """The publications with their parts as inserted, and with their reference lists filled; `cited` is set.

    The list takes the place of the division with the id `refs`. Above it stands what short names are short for, where
    no citation tells that. `terms` are the fixed words, also for the accessible name of a link back ("terug naar
    verwijzing"); where an entry has several, a number follows it.
    """
    done = []
    for publication in publications:
        inserted = {part.id: parts[PartId(publication.id, part.id)] for part in publication.parts}
        counts = Counter(key for part in inserted.values() for key in part.keys)
        entries = [(key, entry.nodes()) for key, entry in resolved.entries.items() if counts[key]]
        references = div(
            attr(_LIST_ID, ["references"], role="list"),
            [_entry(key, inlines, counts[key], terms["back_to_citation"]) for key, inlines in entries],
        )
        above = _short_names(resolved.unintroduced.get(publication.id, ()), terms["short_names"])
        filled = tuple(
            dataclasses.replace(
                part,
                blocks=_with_list(inserted[part.id].blocks, [*above, references])
                if part.role is PartRole.BIBLIOGRAPHY
                else inserted[part.id].blocks,
            )
            for part in publication.parts
        )
        titles = {name: title for part in inserted.values() for name, title in part.titles.items()}
        titled = _titled(dataclasses.replace(publication, parts=filled), titles)
        done.append(dataclasses.replace(titled, cited=tuple(key for key, _ in entries)))
    return tuple(done)


def _titled(publication: Publication, titles: Mapping[str, str]) -> Publication:
    """The publication with `titles`, by the id of the heading, in place of those of its parts and contents."""
    return dataclasses.replace(
        publication,
        parts=tuple(
            dataclasses.replace(part, title=titles.get(f"{part.id}-title", part.title)) for part in publication.parts
        ),
        contents=tuple(
            dataclasses.replace(heading, title=titles.get(heading.id, titles.get(f"{heading.id}-title", heading.title)))
            for heading in publication.contents
        ),
    )


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
        if tree.get("t") == "Header" and any(inner["t"] == "Cite" for inner in walk(tree)):
            return self._titled(tree)
        inside = in_link or tree.get("t") == "Link"
        return {name: self.fill(value, in_link=inside) for name, value in tree.items()}

    def _titled(self, heading: Node) -> Node:
        """A heading that cites, with its title as plain words in `data-title`, which running heads print."""
        level, (name, names, pairs), inlines = heading["c"]
        filled = self.fill(inlines)
        words = [inline for inline in filled if classes(inline) != ["number"]]
        self.titles.append((name, title_text(_as_words(words))))
        others = [pair for pair in pairs if pair[0] != "data-title"]
        titled = [name, names, [*others, ["data-title", title_text(_as_words(filled))]]]
        return node("Header", level, titled, filled)

    def _identified(self, inlines: Nodes, keys: list[str], in_link: bool) -> Nodes:
        """Ids and roles on the links of a citation; a work without a link gives its id to the whole."""
        waiting = [key for key in keys if key in self._counts]

        def identified(inline: Node) -> Node | Nodes | None:
            if inline["t"] != "Link" or not inline["c"][2][0].startswith("#ref-"):
                return None
            key = inline["c"][2][0].removeprefix("#ref-")
            if key not in self._counts:
                return list(inline["c"][1])
            name = self._next_id(key) if key in waiting else ""
            if name:
                waiting.remove(key)
            if in_link:
                return span(attr(name), inline["c"][1])
            return _linked(inline["c"][1], key, name)

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

    def change(inline: Node) -> Nodes | None:
        sentence = inline["t"] == "Cite" and inline["c"][0][0]["citationMode"]["t"] == "AuthorInText"
        return list(inline["c"][1]) if sentence else None

    words: Nodes = rewrite(title, change)
    return words


def _without_citations(image: Node) -> Node:
    """A picture whose description cites nothing: its caption does, in the same words."""
    attributes, description, target = image["c"]
    kept: Nodes = []
    for inline in description:
        if inline["t"] != "Cite":
            kept.append(inline)
        elif kept and kept[-1]["t"] in ("Space", "SoftBreak"):
            kept.pop()
    return node("Image", attributes, kept, target)


def _linked(inlines: Nodes, key: str, name: str) -> Nodes:
    """The text as a link to its entry, up to an address in it, which is a link of its own."""
    linked = list(takewhile(lambda inline: all(inner["t"] != "Link" for inner in walk(inline)), inlines))
    rest = inlines[len(linked) :]
    if not linked:
        return [span(attr(name), rest)]
    return [link(linked, f"#ref-{anchor(key)}", attr(name, role="doc-biblioref")), *rest]


def _entry(key: CitationKey, inlines: Nodes, count: int, back_to_citation: str) -> Node:
    """An entry with a link back to each place where the work is cited in this publication."""
    links: Nodes = []
    for number in range(1, count + 1):
        shown, called = (f"{_BACKLINK}{number}", f"{back_to_citation} {number}")
        if count == 1:
            shown, called = _BACKLINK, back_to_citation
        attributes = attr(role="doc-backlink", aria_label=called)
        links += [node("Space"), link(text(shown), f"#cite-{anchor(key)}-{number}", attributes)]
    backlinks = [node("Space"), span(attr(classes=["backlinks"]), links[1:])]
    last = inlines[-1]
    if "entry-text" in classes(last):
        body = [*inlines[:-1], span(attr(classes=["entry-text"]), [*last["c"][1], *backlinks])]
    else:
        body = [*inlines, *backlinks]
    return div(attr(f"ref-{anchor(key)}", ["entry"], role="listitem"), [para(body)])


def _short_names(names: Sequence[tuple[str, str]], words: str) -> Nodes:
    """A paragraph that tells what short names stand for; nothing where there are none."""
    told = "; ".join(f"{short} ({full})" for full, short in names)
    return [div(attr(classes=["list-note"]), [para(text(words.format(names=told)))])] if told else []


def _with_list(blocks: Prose, listed: Nodes) -> Prose:
    def filled(block: Node) -> Nodes | None:
        return listed if block["t"] == "Div" and identifier(block) == _LIST_ID else None

    return prose(rewrite(blocks.nodes(), filled))
