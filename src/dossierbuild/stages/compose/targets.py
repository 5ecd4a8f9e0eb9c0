"""Targets of cross-references: the printed name of each id ("hoofdstuk 2", "figuur 3"), and its publication."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dossierbuild.core.ast import Node, Nodes, classes, identifier, plain_text, title_text, walk
from dossierbuild.core.model import PublicationId, TextFile

Terms = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The name of an id in print: its kind (a key of the terms), its number ("2.1", or empty) and its title."""

    id: str
    publication: PublicationId
    kind: str
    number: str
    title: str

    def words(self, terms: Terms) -> str:
        """The label in running text: "figuur 3"; the title in quotation marks for what has no number."""
        return f"{terms[self.kind]} {self.number}" if self.number else terms["quoted"].format(title=self.title)


def targets_of(publication: PublicationId, texts: tuple[TextFile, ...], *, numbered: bool) -> tuple[Target, ...]:
    """The targets in all chapters, sections, figures, tables and boxes of a publication, in document order.

    Chapters and sections have numbers when `numbered`; figures and tables always do, counted through.
    """
    targets: list[Target] = []
    counts = [0, 0, 0]
    figures = tables = 0
    for text in texts:
        for node in _labelled(text.blocks.nodes()):
            kind, title = _kind(node), title_text(node["c"][2]) if node["t"] == "Header" else _title(node)
            number = ""
            if node["t"] == "Header":
                level = node["c"][0]
                if level <= 3:
                    counts[level - 1] += 1
                    counts[level:] = [0] * (3 - level)
                    number = ".".join(str(count) for count in counts[:level]) if numbered else ""
            elif kind == "figure":
                figures += 1
                number = str(figures)
            elif kind == "table":
                tables += 1
                number = str(tables)
            targets.append(Target(id=identifier(node), publication=publication, kind=kind, number=number, title=title))
    return tuple(targets)


def _labelled(blocks: Nodes) -> Iterator[Node]:
    """The nodes that have a label, in document order; a heading inside a box is the box's title and has no label."""
    for node in blocks:
        if node["t"] == "Header" or _kind(node) not in ("", "box"):
            yield node
        elif node["t"] == "Div":
            inner = [block for block in node["c"][1] if not (_is_box(node) and block["t"] == "Header")]
            if identifier(node) and _is_box(node):
                yield node
            yield from _labelled(inner)
        elif node["t"] in ("BulletList", "OrderedList", "BlockQuote"):
            yield from (found for found in walk(node["c"]) if _kind(found))


def _is_box(node: Node) -> bool:
    return bool(set(classes(node)) & {"key-point", "key-figure", "practice", "definition", "quote", "attention"})


def _kind(node: Node) -> str:
    if node["t"] == "Header":
        return "chapter" if node["c"][0] == 1 else "section"
    if node["t"] == "Figure" or (node["t"] == "Div" and "chart" in classes(node)):
        return "figure"
    if (node["t"] == "Table" and plain_text(node["c"][1])) or (node["t"] == "Div" and "table" in classes(node)):
        return "table"
    return "box" if node["t"] == "Div" and _is_box(node) and identifier(node) else ""


def _title(node: Node) -> str:
    if node["t"] == "Figure":
        return title_text(node["c"][1])
    headings = [block for block in walk(node) if block["t"] == "Header"]
    return title_text(headings[0]["c"][2]) if headings else title_text(node)[:60]
