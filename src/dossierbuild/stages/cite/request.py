"""Request: every citation of every publication, in the order of the text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dossierbuild.core.ast import Node, Nodes, Prose, citation_number, node, text, walk
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.model import (
    CitationId,
    CitationKey,
    CitationRequest,
    CitationStyle,
    Cluster,
    Publication,
    PublicationId,
    Reference,
)
from dossierbuild.core.spec import ShortNames
from dossierbuild.stages.cite.brackets import enclose_suffix
from dossierbuild.stages.cite.locators import normalise_suffix, without_locator
from dossierbuild.tools.csl import StyleFacts, for_reading, style_facts

_WORDS = frozenset({"Str", "Space", "SoftBreak"})


def request_citations(
    publications: tuple[Publication, ...],
    references: tuple[Reference, ...],
    style: CitationStyle,
    language: str,
    as_written: bool,
    short_names: Mapping[PublicationId, ShortNames] = FrozenMap(),
) -> CitationRequest:
    """The citations of all parts (notes, captions, tables, boxes, headings) and the works that they name.

    Works keep the order of the list. A work that nobody cites stays out, because it would change initials and years.
    """
    facts = style_facts(style)
    clusters = FrozenMap(
        (publication.id, tuple(_cluster(found, facts, language) for found in _citations(publication)))
        for publication in publications
    )
    cited = {key for found in clusters.values() for cluster in found for key in keys_of(json.loads(cluster.cite))}
    return CitationRequest(
        publications=clusters,
        works=tuple(reference.csl_item() for reference in references if reference.key in cited),
        style=style,
        language=language,
        as_written=as_written,
        short_names=FrozenMap(short_names),
    )


def request_further_reading(
    keys: Iterable[CitationKey], references: tuple[Reference, ...], style: CitationStyle, language: str
) -> CitationRequest:
    """The works that texts name as further reading, in that order, to be listed by themselves.

    They take no part in the run of what is cited, so that they bring no letters and initials into it.
    """
    works = {reference.key: reference.csl_item() for reference in references}
    return CitationRequest(
        publications=FrozenMap(),
        works=tuple(works[key] for key in dict.fromkeys(keys) if key in works),
        style=CitationStyle(name=style.name, xml=for_reading(style.xml)),
        language=language,
        as_written=False,
    )


def keys_of(cite: Node) -> list[str]:
    """The keys of a `Cite` node, in the order as written."""
    return [citation["citationId"] for citation in cite["c"][0]]


@dataclass(frozen=True, slots=True)
class _Found:
    """A `Cite` where it stands.

    `note_number` counts the notes as if each citation outside them were a note too. `behind_words` says whether words
    stand before the citation in its note, `in_heading` whether it stands in a heading or in a note of one.
    """

    cite: Node
    place: CitationId
    in_note: bool
    note_number: int
    behind_words: bool = False
    in_heading: bool = False


def _citations(publication: Publication) -> Iterator[_Found]:
    """Every citation in the order of the text."""
    count = 0

    def search(tree: Any, part: str, note: int, opens: bool, heading: bool) -> Iterator[_Found]:
        nonlocal count
        if isinstance(tree, list):
            for index, value in enumerate(tree):
                if isinstance(value, list) or (isinstance(value, dict) and value["t"] not in _WORDS):
                    yield from search(value, part, note, opens and index == 0, heading)
        elif isinstance(tree, dict):
            kind = tree["t"]
            if kind == "Image":
                return  # the caption cites; a description holds no links
            if kind == "Note" or (kind == "Cite" and not note):
                count += 1
            if kind == "Cite":
                place = CitationId(publication=publication.id, part=part, number=citation_number(tree))
                behind_words = bool(note) and not opens
                yield _Found(tree, place, bool(note), note or count, behind_words=behind_words, in_heading=heading)
            elif kind == "Note":
                yield from search(tree["c"], part, count, True, heading)
            else:
                yield from search(tree.get("c"), part, note, opens, heading or kind == "Header")

    for part in publication.parts:
        yield from search(part.blocks.nodes(), part.id, 0, False, False)


def _cluster(found: _Found, facts: StyleFacts, language: str) -> Cluster:
    """The citation with only what its printed form depends on: no words as typed, no numbers that nobody prints.

    Words before the citation in a note become "…": the printed form depends on their presence only.
    """
    citations = [
        {
            **citation,
            "citationSuffix": _suffix(citation["citationSuffix"], facts, language),
            "citationNoteNum": found.note_number if facts.note or facts.shortens_later else 1,
            "citationHash": 0,
        }
        for citation in found.cite["c"][0]
    ]
    before = text("… ") if facts.note and found.behind_words else []
    cite = json.dumps(node("Cite", citations, before), ensure_ascii=False, sort_keys=True)
    return Cluster(place=found.place, cite=cite, in_note=found.in_note, in_heading=found.in_heading)


def _suffix(suffix: Nodes, facts: StyleFacts, language: str) -> Nodes:
    """The text behind a key in the form that citeproc reads."""
    normal = normalise_suffix(suffix, language)
    if facts.articles_are_paragraphs:
        normal = [node("Str", "{paragraaf") if inline == node("Str", "{artikel") else inline for inline in normal]
    if not facts.locators:
        return without_locator(normal)
    return enclose_suffix(normal) if facts.encloses_each else normal


def clusters_of_text(name: PublicationId, text: Prose, style: CitationStyle, language: str) -> tuple[Cluster, ...]:
    """The citations of a text that stands alone, in the place of a publication; they are numbered within it."""
    facts = style_facts(style)
    cites = (found for found in walk(text.nodes()) if found["t"] == "Cite")
    return tuple(
        _cluster(
            _Found(cite, CitationId(publication=name, part="", number=citation_number(cite)), False, 1), facts, language
        )
        for cite in cites
    )
