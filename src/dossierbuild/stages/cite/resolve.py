"""Resolve: one citation run over a skeleton of all publications.

The skeleton holds the citations and no prose. Each publication is a section in which positions begin anew, so
that no "ibid." reaches over from another; numbers, initials and year letters are those of all together.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from types import MappingProxyType

from dossierbuild.core.ast import (
    Node,
    Nodes,
    Prose,
    attr,
    citation_number,
    classes,
    div,
    identifier,
    node,
    para,
    prose,
    rewrite,
    text,
    walk,
    with_citation_number,
)
from dossierbuild.core.catalogue import Language
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.model import (
    CitationId,
    CitationKey,
    CitationRequest,
    PublicationId,
    Resolved,
)
from dossierbuild.core.problems import Checked, Place, Problem, problem
from dossierbuild.core.works import Item
from dossierbuild.stages.cite.articles import hide_articles
from dossierbuild.stages.cite.clusters import Works, join_pieces, order_of, split_cluster
from dossierbuild.stages.cite.labels import USUAL, labels_of
from dossierbuild.stages.cite.namesakes import hide_initials
from dossierbuild.stages.cite.notes import opened_notes
from dossierbuild.stages.cite.organisations import (
    call_organisations,
    in_full_names,
    join_two_organisations,
    joint_of,
    mark_short_names,
    short_names_in,
)
from dossierbuild.stages.cite.titles import with_languages
from dossierbuild.stages.cite.wording import Wording
from dossierbuild.stages.cite.works import prepare_items, sort_name
from dossierbuild.tools import pandoc
from dossierbuild.tools.csl import StyleFacts, style_facts, without_initials

# citeproc counts positions from the start in a division with both classes, at the top of the document.
_NEW_POSITIONS = ("section", "reset-citation-positions")

# What citeproc reports of works that a style cites in the text only, such as a conversation in APA.
_NOT_LISTED = "Bibliography entry with no printed form"
_INFORMATION = frozenset({"LoadedResource"})
_LINKED = MappingProxyType({"link-citations": {"t": "MetaBool", "c": True}})
# A citation of one work in parentheses, and one in running text.
_LABEL_MODES = ("NormalCitation", "AuthorInText")


@dataclass(frozen=True, slots=True)
class _Asked:
    """One citation as it is put to citeproc: in one piece or more, each a `Cite` with a number of its own."""

    pieces: Sequence[Node]
    in_note: bool

    @property
    def narrated(self) -> str:
        """The key of the work whose author stands in running text, or an empty text."""
        first = self.pieces[0]["c"][0][0]
        return str(first["citationId"]) if first["citationMode"]["t"] == "AuthorInText" else ""


@dataclass(frozen=True, slots=True)
class _Questions:
    """All that is put to citeproc: the citations of the texts, and for each work its citations of `_LABEL_MODES`."""

    asked: Mapping[CitationId, _Asked]
    labels: Mapping[str, tuple[_Asked, ...]]
    skeleton: Nodes


def resolve_citations(request: CitationRequest) -> Checked[Resolved]:
    """The printed form of every citation, the entries of the reference list in order, and each work's labels.

    A complaint of citeproc is D504. Keys that the list does not have are left to an earlier check.
    """
    facts = style_facts(request.style)
    language = Language.of(request.language)
    items = prepare_items(request.works, request.style.name, facts, language)
    named = mark_short_names(items)
    works = _as_sorted(named, request)
    questions = _questions(request, items, order_of(works, request.style.name), facts)
    style = request.style.xml
    if facts.initials:
        works, style = hide_initials(works), without_initials(style)
    try:
        cited = pandoc.resolve_citations(
            questions.skeleton, dict(_LINKED), json.dumps(works, ensure_ascii=False), style
        )
    except pandoc.PandocError as error:
        return Checked(None, (problem("D504", _place(request, ""), reason=error),))
    resolved = _answered(request, questions, cited.blocks, items, Wording(language, named, facts))
    return Checked(resolved, tuple(_problems(request, cited.log)))


def _as_sorted(named: Sequence[Item], request: CitationRequest) -> Sequence[Item]:
    """The works with names and titles by which the style's language sorts them."""
    if request.style.name.startswith("apa"):
        return hide_articles(join_two_organisations(named), request.language)
    return named


def _questions(request: CitationRequest, items: Sequence[Item], order: Works, facts: StyleFacts) -> _Questions:
    numbers = count(1)
    asked = {
        cluster.place: _asked(
            split_cluster(cluster, order, facts, request.as_written), numbers, in_note=cluster.in_note
        )
        for clusters in request.publications.values()
        for cluster in clusters
    }
    # Labels come last, where they change no number, each in a section of its own.
    labels = {
        item["id"]: tuple(_asked([_label_citation(item["id"], mode)], numbers, in_note=False) for mode in _LABEL_MODES)
        for item in items
    }
    skeleton = [
        *(_section(asked[cluster.place] for cluster in clusters) for clusters in request.publications.values()),
        *(_section([label]) for both in labels.values() for label in both),
    ]
    if facts.shortens_later:
        skeleton.append(_section([_cited_again(items, numbers)]))
    return _Questions(asked, labels, skeleton)


def _answered(
    request: CitationRequest, questions: _Questions, blocks: Nodes, items: Sequence[Item], wording: Wording
) -> Resolved:
    """What citeproc answers, in the words of the language and with the names that belong at each place."""
    facts = style_facts(request.style)
    answers = {citation_number(cite): cite["c"][1] for cite in walk(blocks) if cite["t"] == "Cite"}
    forms = {
        key: (_printed(parenthetical, answers, wording), _printed(narrative, answers, wording))
        for key, (parenthetical, narrative) in questions.labels.items()
    }
    joint = None if facts.numeric else joint_of(parenthetical for parenthetical, _ in forms.values())
    by_key = {item["id"]: item for item in items}
    entries = dict(_entries(blocks, wording)) or _entries_of_notes(items, forms)
    printed = {place: _printed(citation, answers, wording) for place, citation in questions.asked.items()}
    return Resolved(
        printed=FrozenMap(_with_short_names(request, printed, facts, joint)),
        entries=FrozenMap(
            (CitationKey(key), prose(with_languages(entry, by_key.get(key, {}), request.language)))
            for key, entry in entries.items()
        ),
        labels=labels_of(forms, request, joint),
        unintroduced=FrozenMap(_unintroduced(request, printed)),
    )


def _asked(pieces: Sequence[Node], numbers: Iterator[int], *, in_note: bool) -> _Asked:
    """The pieces of a citation with numbers of their own, by which their answers are found."""
    return _Asked([with_citation_number(piece, next(numbers)) for piece in pieces], in_note=in_note)


def _label_citation(key: str, mode: str) -> Node:
    citation = {
        "citationId": key, "citationPrefix": [], "citationSuffix": [], "citationMode": {"t": mode},
        "citationNoteNum": 1, "citationHash": 0,
    }  # fmt: skip
    return node("Cite", [citation], [])


def _cited_again(items: Sequence[Item], numbers: Iterator[int]) -> _Asked:
    """One citation of all works, in the last section.

    citeproc looks there for works that later citations call the same: without it these would be told apart by what
    only a first citation has.
    """
    citations = [_label_citation(item["id"], _LABEL_MODES[0])["c"][0][0] for item in items]
    return _asked([node("Cite", citations, [])], numbers, in_note=False)


def _section(asked: Iterable[_Asked]) -> Node:
    return div(attr(classes=_NEW_POSITIONS), [para(_in_place(citation)) for citation in asked])


def _in_place(asked: _Asked) -> Nodes:
    """The citation with the surroundings that change its printed form.

    A note style puts a citation in parentheses when words stand before it in a note, and ends a narrative one with
    a full stop when none come behind it.
    """
    if not asked.in_note:
        return list(asked.pieces)
    before = asked.pieces[0]["c"][1]
    behind = text(" …") if asked.narrated else []
    return [node("Note", [para([*before, *asked.pieces, *behind])])]


def _printed(asked: _Asked, answers: Mapping[int, Nodes], wording: Wording) -> Nodes:
    inlines = join_pieces([answers[citation_number(piece)] for piece in asked.pieces])
    return wording.of_citation(inlines, asked.narrated)


def _with_short_names(
    request: CitationRequest, printed: Mapping[CitationId, Nodes], facts: StyleFacts, joint: str | None
) -> Iterator[tuple[CitationId, Prose]]:
    """The printed citations, in which those of each publication call organisations as is asked for."""
    for publication, clusters in request.publications.items():
        citations = {cluster.place: printed[cluster.place] for cluster in clusters}
        in_full = {cluster.place for cluster in clusters if cluster.in_heading or (facts.note and cluster.in_note)}
        when = request.short_names.get(publication, USUAL)
        for place, inlines in call_organisations(citations, when, in_full, joint).items():
            yield place, prose(inlines)


def _unintroduced(
    request: CitationRequest, printed: Mapping[CitationId, Nodes]
) -> Iterator[tuple[PublicationId, tuple[tuple[str, str], ...]]]:
    """What the short names of each publication stand for that has nothing but these, by the alphabet of these."""
    for publication, clusters in request.publications.items():
        if request.short_names.get(publication) == "always":
            found = {name for cluster in clusters for name in short_names_in(printed[cluster.place])}
            yield publication, tuple(sorted(found, key=lambda name: (name[1].casefold(), name)))


def _entries(blocks: Nodes, wording: Wording) -> Iterator[tuple[str, Nodes]]:
    """The entries of citeproc's list that have a printed form."""
    for entry in (block for block in walk(blocks) if block["t"] == "Div" and "csl-entry" in classes(block)):
        key = identifier(entry).removeprefix("ref-")
        inlines = [inline for block in entry["c"][1] for inline in block["c"]]
        if inlines:
            yield key, in_full_names(wording.of_entry(inlines, key))


def _entries_of_notes(items: Sequence[Item], forms: dict[str, tuple[Nodes, Nodes]]) -> dict[str, Nodes]:
    """A list for a style that has none: the notes in full, by author."""
    notes = {item["id"]: in_full_names(opened_notes(forms[item["id"]][0])) for item in sorted(items, key=sort_name)}
    return {key: _unlinked(entry) for key, entry in notes.items() if entry}


def _unlinked(inlines: Nodes) -> Nodes:
    """The inlines without links to entries of the list."""

    def unlinked(inline: Node) -> Nodes | None:
        return list(inline["c"][1]) if inline["t"] == "Link" and inline["c"][2][0].startswith("#ref-") else None

    result: Nodes = rewrite(inlines, unlinked)
    return result


def _problems(request: CitationRequest, log: Iterable[str]) -> Iterator[Problem]:
    for message in log:
        if message not in _INFORMATION and not message.startswith(_NOT_LISTED):
            yield problem("D504", _place(request, message), reason=message)


def _place(request: CitationRequest, message: str) -> Place:
    """The place of the work that a message names, else the reference list."""
    words = message.split()
    named = [work.place for work in request.works if work.key in words]
    return named[0] if named else Place(request.works[0].place.path if request.works else "")
