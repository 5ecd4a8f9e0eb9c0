"""The citations of quotations: what is quoted word for word is followed by its source, or stands in a box with it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from dossierbuild.core.ast import Node, Nodes, classes, plain_text, walk
from dossierbuild.core.model import CitationSite

SHORTEST = 40
"""From this many characters on, words between quotation marks are a quotation and no term."""

Sites = dict[int, tuple[CitationSite, ...]]
"""The cited keys of each `Cite` node, by the node's id."""


def quotation_sites(tree: object, citations: tuple[CitationSite, ...]) -> Iterator[tuple[CitationSite, ...]]:
    """The keys cited for each quotation: in a `quote` box, or behind a longer text in quotation marks.

    `citations` are all keys that the tree cites, in the order of the tree.
    """
    sites_of = _sites_of_nodes(tree, citations)
    for cites in _quoting(tree):
        yield tuple(site for one in cites for site in sites_of[id(one)])


def _sites_of_nodes(tree: object, citations: tuple[CitationSite, ...]) -> Sites:
    rest = iter(citations)
    cites = [one for one in walk(tree) if one["t"] == "Cite"]
    return {id(one): tuple(islice(rest, len(one["c"][0]))) for one in cites}


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
