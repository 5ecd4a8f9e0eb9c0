"""The citations of quotations: what is quoted word for word is followed by its source, or stands in a box with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from dossierbuild.core.ast import Node, Nodes, classes, plain_text, walk
from dossierbuild.core.model import CitationSite

SHORTEST = 40
"""From this many characters on, words between quotation marks are a quotation and no term."""

Sites = dict[int, tuple[CitationSite, ...]]
"""The cited keys of each `Cite` node, by the node's id."""


def quotation_sites(nodes: Sequence[Node], citations: tuple[CitationSite, ...]) -> Iterator[tuple[CitationSite, ...]]:
    """The keys cited for each quotation: in a `quote` box, or behind a longer text in quotation marks.

    `nodes` are those of a text in document order, and `citations` all keys that it cites, in the same order.
    """
    sites_of = _sites_of_nodes(nodes, citations)
    for cites in _quoting(nodes):
        yield tuple(site for cite in cites for site in sites_of[id(cite)])


def _sites_of_nodes(nodes: Sequence[Node], citations: tuple[CitationSite, ...]) -> Sites:
    rest = iter(citations)
    cites = [cite for cite in nodes if cite["t"] == "Cite"]
    return {id(cite): tuple(islice(rest, len(cite["c"][0]))) for cite in cites}


def _quoting(nodes: Sequence[Node]) -> Iterator[Nodes]:
    """The citations of each quotation."""
    boxed: set[int] = set()
    for node in nodes:
        if node["t"] == "Div" and "quote" in classes(node):
            cites = [inner for inner in walk(node["c"][1]) if inner["t"] == "Cite"]
            boxed |= {id(inner) for inner in cites}
            yield cites
        elif node["t"] in ("Para", "Plain") and any(inner["t"] == "Cite" for inner in node["c"]):
            yield from ([inner] for inner in _behind_quotation_marks(node["c"]) if id(inner) not in boxed)


def _behind_quotation_marks(inlines: Nodes) -> Iterator[Node]:
    """The citations with nothing but signs between them and a long text in quotation marks: “…”, "…" or '…'."""
    text = ""
    for inline in inlines:
        if inline["t"] == "Str":
            text += inline["c"]
        elif inline["t"] in ("Space", "SoftBreak", "LineBreak"):
            text += " "
        elif inline["t"] == "Cite":
            if _ends_in_quotation(text):
                yield inline
            text = ""
        elif inline["t"] == "Quoted":
            text += f"“{plain_text(inline['c'][1])}”"
        else:
            text += plain_text([inline])


def _ends_in_quotation(text: str) -> bool:
    before, mark, behind = text.rpartition("”")
    opening = max(before.rfind("“"), before.rfind("„"))
    return bool(mark) and not any(sign.isalnum() for sign in behind) and 0 <= opening <= len(before) - 1 - SHORTEST
