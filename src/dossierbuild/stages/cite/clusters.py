"""Clusters: citations of several works that citeproc would put in another order than asked for.

citeproc sorts a narrative citation's own work in among the works behind it, and brings works of one author
together even where the editor's order is to be kept. Such a cluster goes to citeproc in pieces, and the answers are
joined.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from dossierbuild.core.ast import Node, Nodes, node
from dossierbuild.core.model import Cluster
from dossierbuild.core.works import Item
from dossierbuild.stages.cite.articles import sorting_title
from dossierbuild.tools.csl import LEGAL, StyleFacts

Rank = tuple[Any, ...]
"""What sorts the works of one author."""


@dataclass(frozen=True, slots=True)
class Works:
    """What the order of a citation depends on, by key.

    `authors` has a text that is equal for works by the same people, `ranks` what sorts these. `nameless` are the keys
    of works for which the style prints no names: citeproc takes two of them for works of one author.
    """

    authors: Mapping[str, str]
    ranks: Mapping[str, Rank]
    nameless: frozenset[str]


def split_cluster(cluster: Cluster, works: Works, facts: StyleFacts, as_written: bool) -> list[Node]:
    """The cluster as one `Cite` node or, where an author-date style would reorder it, as several."""
    cite: Node = json.loads(cluster.cite)
    citations: list[Node] = cite["c"][0]
    if len(citations) < 2 or facts.note or facts.numeric:
        return [cite]
    if as_written:
        pieces = _without_returning_authors(citations, works.authors)
    elif citations[0]["citationMode"]["t"] == "AuthorInText":
        pieces = _narrated_apart(citations, works.authors)
        pieces[0] = _narrated_first(pieces[0], works.ranks) if facts.sorts_citations else pieces[0]
    elif len([citation for citation in citations if citation["citationId"] in works.nameless]) > 1:
        pieces = [[citation] for citation in citations]
    else:
        return [cite]
    return [node("Cite", piece, []) for piece in pieces if piece]  # author-date styles need no words before a citation


def _narrated_apart(citations: list[Node], authors: Mapping[str, str]) -> list[list[Node]]:
    """The works of the author in running text, "Claes (2018, 2020", and those of others.

    Words before a work keep it out of the years that stand together.
    """
    narrated = authors.get(citations[0]["citationId"])
    together = citations[:1]
    others: list[Node] = []
    for citation in citations[1:]:
        plain = not citation["citationPrefix"]
        (together if plain and authors.get(citation["citationId"]) == narrated else others).append(citation)
    return [together, others]


def _narrated_first(together: list[Node], ranks: Mapping[str, Rank]) -> list[Node]:
    """Works of one author with the one that is sorted first in running text: citeproc would part name and year else."""
    first, *others = sorted(together, key=lambda citation: ranks.get(citation["citationId"], ()))
    narrated, normal = ({"citationMode": {"t": mode}} for mode in ("AuthorInText", "NormalCitation"))
    return [first | narrated, *(citation | normal for citation in others)]


def join_pieces(pieces: Sequence[Nodes]) -> Nodes:
    """The pieces as one citation: "(A, 2000)" and "(B, 2001)" are "(A, 2000; B, 2001)"."""
    joined = list(pieces[0])
    for piece in pieces[1:]:
        if joined and _ends(joined[-1]) and piece and _begins(piece[0]):
            last, first = joined.pop(), piece[0]
            joined += [node("Str", f"{last['c'][:-1]};"), node("Space"), node("Str", first["c"][1:]), *piece[1:]]
        else:
            joined += [node("Space"), *piece]
    return [inline for inline in joined if inline != node("Str", "")]


def _ends(inline: Node) -> bool:
    return bool(inline["t"] == "Str" and inline["c"].endswith((")", "]")))


def _begins(inline: Node) -> bool:
    return bool(inline["t"] == "Str" and inline["c"].startswith(("(", "[")))


def _without_returning_authors(citations: list[Node], authors: Mapping[str, str]) -> list[list[Node]]:
    """Runs in which no author comes back after another, so that citeproc has nothing to bring together."""
    runs: list[list[Node]] = [[]]
    seen: set[str] = set()
    for author, group in groupby(citations, key=lambda citation: authors.get(citation["citationId"], "")):
        if author in seen:
            runs.append([])
            seen = set()
        seen.add(author)
        runs[-1].extend(group)
    return runs


def order_of(items: Sequence[Item], style: str) -> Works:
    """What the order of citations of these works depends on; `items` have their articles hidden."""
    return Works(
        authors=authors_by_key(items),
        ranks={item["id"]: _rank(item) for item in items},
        nameless=nameless_keys(items, style),
    )


def _rank(item: Item) -> Rank:
    """Works without a date come first, those that are not out yet last; works of one date by their titles."""
    issued = item.get("issued") or {}
    days = [tuple(map(int, day)) for day in issued.get("date-parts", ())]
    pending = bool(item.get("status")) and not days
    return (pending, days, sorting_title(item))


def nameless_keys(items: Sequence[Item], style: str) -> frozenset[str]:
    """The keys of the laws without author; none in APA, which as edited here prints their titles as names."""
    laws = LEGAL.split()
    nameless = [item["id"] for item in items if item.get("type") in laws and not item.get("author")]
    return frozenset() if style.startswith("apa") else frozenset(nameless)


def authors_by_key(items: Sequence[Item]) -> dict[str, str]:
    """A text for each key that is equal for works by the same people."""
    return {
        item["id"]: json.dumps(item.get("author") or item.get("editor") or item.get("title"), sort_keys=True)
        for item in items
    }
