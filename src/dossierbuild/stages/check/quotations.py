"""Rule D2 over quotations: what is quoted word for word says where in the work it stands (APA 8.25 to 8.28)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from dossierbuild.core.ast import Node, Nodes, classes, para, plain_text, walk
from dossierbuild.core.model import CitationSite, Sources
from dossierbuild.core.problems import Problem, problem

SHORTEST = 40
"""From this many characters on, words between quotation marks are a quotation and no term."""

# What has no pages, paragraphs or chapters to point at.
_WITHOUT_PLACES = frozenset(
    "dataset personal_communication interview post song broadcast motion_picture speech".split()
)

Sites = dict[int, tuple[CitationSite, ...]]
"""The cited keys of each `Cite` node, by the node's id."""


def quotations_without_place(sources: Sources) -> Iterator[Problem]:
    """D231: a `quote` box that cites, and a longer text in quotation marks before a citation, have a locator."""
    types = {one.key: json.loads(one.csl_json).get("type", "") for one in sources.references}
    trees = [(text.blocks.nodes(), text.citations) for text in sources.texts]
    trees += [([para(tree.nodes()) for _, tree in one.texts], one.citations) for one in sources.infographics]
    for tree, citations in trees:
        sites_of = _sites_of_nodes(tree, citations)
        for cites in _quoting(tree):
            sites = [site for one in cites for site in sites_of[id(one)]]
            if sites and not any(site.locator or types.get(site.key) in _WITHOUT_PLACES for site in sites):
                yield problem("D231", sites[0].place, sites[0].key, key=sites[0].key)


def _sites_of_nodes(tree: object, citations: tuple[CitationSite, ...]) -> Sites:
    """Citations stand in a text in the order of its tree."""
    rest = iter(citations)
    cites = [one for one in walk(tree) if one["t"] == "Cite"]
    return {id(one): tuple(site for _, site in zip(one["c"][0], rest, strict=False)) for one in cites}


def _quoting(tree: object) -> Iterator[Nodes]:
    """The citations of each quotation."""
    boxed: set[int] = set()
    for one in walk(tree):
        if one["t"] == "Div" and "quote" in classes(one):
            cites = [inner for inner in walk(one["c"][1]) if inner["t"] == "Cite"]
            boxed |= {id(inner) for inner in cites}
            yield cites
        elif one["t"] in ("Para", "Plain"):
            yield from ([inner] for inner in _behind_quotation_marks(one["c"]) if id(inner) not in boxed)


def _behind_quotation_marks(inlines: Nodes) -> Iterator[Node]:
    """The citations with nothing but signs between them and a long text in quotation marks: “…”, "…" or '…'."""
    text = ""
    for one in inlines:
        if one["t"] == "Cite":
            if _ends_in_quotation(text):
                yield one
            text = ""
        elif one["t"] == "Quoted":
            text += f"“{plain_text(one['c'][1])}”"
        else:
            text += plain_text([one]) or (" " if one["t"] in ("Space", "SoftBreak", "LineBreak") else "")


def _ends_in_quotation(text: str) -> bool:
    before, mark, behind = text.rpartition("”")
    opening = max(before.rfind("“"), before.rfind("„"))
    return bool(mark) and not any(sign.isalnum() for sign in behind) and 0 <= opening <= len(before) - 1 - SHORTEST


RULES: tuple[Callable[[Sources], Iterator[Problem]], ...] = (quotations_without_place,)
