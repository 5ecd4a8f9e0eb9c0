"""Insert: printed citations into the publications, and to each its own part of the reference list.

A citation links to its entry (`core/entries.py`; role doc-biblioref) and has an id of its own, `cite-KEY-N`, to
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
    attr_of,
    citation_number,
    classes,
    div,
    link,
    node,
    prose,
    rewrite,
    span,
    title_text,
    walk,
)
from dossierbuild.core.entries import FURTHER_READING, LIST, entry_id, key_of_named
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.model import (
    CitationKey,
    Cluster,
    Inserted,
    Insertion,
    Part,
    PartId,
    PartRole,
    Publication,
    Resolved,
    WorksOfKind,
)
from dossierbuild.core.slug import anchor
from dossierbuild.stages.cite.listing import Listing, entry, list_of, short_names, with_headings, with_list
from dossierbuild.stages.cite.notes import attach_notes, notes_behind_links
from dossierbuild.stages.cite.request import keys_of


def insertions(
    publication: Publication, clusters: Sequence[Cluster], resolved: Resolved, further: FrozenMap[CitationKey, Prose]
) -> Iterator[tuple[PartId, Insertion]]:
    """Each part of a publication with the printed citations, and the entries of `further` reading, that belong into
    it. `clusters` are the publication's citations in the request."""
    counts: Counter[str] = Counter()
    of_parts: dict[str, list[Cluster]] = {part.id: [] for part in publication.parts}
    for cluster in clusters:
        of_parts[cluster.place.part].append(cluster)
    for number, part in enumerate(publication.parts, 1):
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
                number=number,
                own_list=part.own_list,
                further=further if further and _reads_further(part) else FrozenMap(),
            ),
        )
        counts.update(keys)


def _reads_further(part: Part) -> bool:
    blocks = walk(part.blocks.nodes())
    return any(block["t"] == "Div" and FURTHER_READING in classes(block) for block in blocks)


def insert_into_part(insertion: Insertion) -> Inserted:
    """A part with its citations printed, and its further reading listed."""
    filler = _Filler(insertion)
    return Inserted(
        blocks=prose(filler.fill(insertion.blocks.nodes())),
        keys=tuple(filler.keys),
        titles=FrozenMap(filler.titles),
    )


def insert_citations(
    publication: Publication,
    resolved: Resolved,
    parts: Mapping[PartId, Inserted],
    kinds: Sequence[WorksOfKind],
    *,
    terms: Mapping[str, str],
) -> Publication:
    """A publication with its parts as inserted, and with its reference lists filled; `cited` is set.

    A list, with headings for its `kinds`, takes the place of the division with the id `refs`: in the part of the
    reference list, and in parts with a list of their own. `terms` are the fixed words: also for what tells above the
    list what short names stand for, where no citation does, and for the accessible name of a link back ("terug naar
    verwijzing"); where an entry has several, a number follows it.
    """
    listing = Listing(entries=resolved.entries, kinds=kinds, back_to_citation=terms["back_to_citation"])
    inserted = {part.id: parts[PartId(publication.id, part.id)] for part in publication.parts}
    above = short_names(resolved.unintroduced.get(publication.id, ()), terms["short_names"])
    return _with_lists(publication, inserted, listing, above)


def _with_lists(
    publication: Publication, inserted: Mapping[str, Inserted], listing: Listing, above: Nodes
) -> Publication:
    """A publication with its parts as inserted, by their ids, and with its lists, the first behind what stands `above`
    it; an empty one is left out."""
    parts: list[Part] = []
    left_out: set[str] = set()
    contents = publication.contents
    counts = Counter(key for part in inserted.values() for key in part.keys)
    earlier: Counter[str] = Counter()
    for number, part in enumerate(publication.parts, 1):
        blocks, own = inserted[part.id].blocks, Counter(inserted[part.id].keys)
        if part.own_list:
            listed = listing.blocks({key: _numbers(earlier[key], own[key]) for key in own}, number)
            blocks, above = with_list(blocks, [*above, *listed] if listed else []), [] if listed else above
            left_out |= set() if listed else {f"{LIST}-at-{part.id}"}
        elif part.role is PartRole.BIBLIOGRAPHY:
            listed = listing.blocks({key: _numbers(0, count) for key, count in counts.items()})
            blocks = with_list(blocks, [*above, *listed] if listed else [])
            contents = with_headings(contents, part.id, listed)
            left_out |= set() if listed else {part.id}
        parts.append(dataclasses.replace(part, blocks=blocks))
        earlier += own
    titles = {name: title for part in inserted.values() for name, title in part.titles.items()}
    filled = dataclasses.replace(
        publication,
        parts=tuple(part for part in parts if part.id not in left_out),
        contents=tuple(heading for heading in contents if heading.id not in left_out),
        cited=tuple(key for key in listing.entries if counts[key]),
    )
    return _titled(filled, titles)


def _numbers(before: int, count: int) -> range:
    """The numbers of some citations of a work in its publication, of which others stand before."""
    return range(before + 1, before + count + 1)


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
        self._number = insertion.number
        self._list = insertion.number if insertion.own_list else 0
        self._further = insertion.further
        self._read = 0  # entries of further reading
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
        if tree.get("t") == "Div" and FURTHER_READING in classes(tree):
            return self._listed(tree)
        if tree.get("t") == "Header" and any(inner["t"] == "Cite" for inner in walk(tree)):
            return self._titled(tree)
        inside = in_link or tree.get("t") == "Link"
        return {name: self.fill(value, in_link=inside) for name, value in tree.items()}

    def _listed(self, block: Node) -> Node:
        """A block of further reading with the entries of its works, in the order of the reference list."""
        remarks = {key_of_named(named): named["c"][1] for named in block["c"][1]}
        entries: Nodes = []
        for key in (key for key in self._further if key in remarks):
            self._read += 1
            name = f"{LIST}-further-{self._number}-{self._read}"
            entries.append(entry(name, self._further[key].nodes(), self.fill(remarks[key])))
        (name, names, pairs), listed = attr_of(block), list_of(entries)
        attr_of(listed)[:] = [name, [*names, *classes(listed)], [*pairs, *attr_of(listed)[2]]]
        return listed if entries else div([name, names, pairs], [])

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
            return _linked(inline["c"][1], entry_id(key, self._list), name)

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


def _linked(inlines: Nodes, entry: str, name: str) -> Nodes:
    """The text as a link to an entry by its id, up to an address in it, which is a link of its own."""
    linked = list(takewhile(lambda inline: all(inner["t"] != "Link" for inner in walk(inline)), inlines))
    rest = inlines[len(linked) :]
    if not linked:
        return [span(attr(name), rest)]
    return [link(linked, f"#{entry}", attr(name, role="doc-biblioref")), *rest]
