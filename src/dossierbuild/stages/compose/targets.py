"""Targets of cross-references: the printed name of each id ("hoofdstuk 2", "figuur 3"), and its publication."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import ascii_lowercase

from dossierbuild.core.ast import Node, Nodes, classes, identifier, plain_text, title_text, walk
from dossierbuild.core.model import AnchorKind, PublicationId, TextFile

Terms = Mapping[str, str]

_FIGURES = frozenset({"chart", "figures"})
"""Classes of blocks that are figures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The name of an id in print: its kind, its number ("2.1", or empty) and its title."""

    id: str
    publication: PublicationId
    kind: AnchorKind
    number: str
    title: str

    def words(self, terms: Terms) -> str:
        """The label in running text: "figuur 3"; the title in quotation marks for what has no number."""
        return f"{terms[self.kind.value]} {self.number}" if self.number else terms["quoted"].format(title=self.title)


def targets_of(publication: PublicationId, texts: tuple[TextFile, ...], *, numbered: bool) -> tuple[Target, ...]:
    """The targets in all chapters, sections, figures, tables and boxes of a publication, in document order.

    Chapters and sections have numbers when `numbered`; figures and tables always do, counted through.
    """
    targets: list[Target] = []
    counts = [0, 0, 0]
    figures = tables = 0
    for text in texts:
        for kind, node in _labelled(text.blocks.nodes()):
            title = title_text(node["c"][2]) if node["t"] == "Header" else _title(node)
            number = ""
            if node["t"] == "Header":
                level = node["c"][0]
                if level <= 3:
                    counts[level - 1] += 1
                    counts[level:] = [0] * (3 - level)
                    number = ".".join(str(count) for count in counts[:level]) if numbered else ""
            elif kind is AnchorKind.FIGURE:
                figures += 1
                number = str(figures)
                targets += _parts_of(node, publication, number)
            elif kind is AnchorKind.TABLE:
                tables += 1
                number = str(tables)
            targets.append(Target(id=identifier(node), publication=publication, kind=kind, number=number, title=title))
    return tuple(targets)


def _parts_of(figure: Node, publication: PublicationId, number: str) -> Iterator[Target]:
    """The targets of the parts of a figure: 3a, 3b."""
    parts = [part for part in figure["c"][1] if part["t"] == "Figure"] if figure["t"] == "Div" else []
    for letter, part in zip(ascii_lowercase, parts, strict=False):
        yield Target(
            id=identifier(part),
            publication=publication,
            kind=AnchorKind.FIGURE,
            number=f"{number}{letter}",
            title=_title(part),
        )


def _labelled(blocks: Nodes) -> Iterator[tuple[AnchorKind, Node]]:
    """The nodes that have a label, in document order, each with its kind.

    A heading inside a box is the box's title and has no label.
    """
    for node in blocks:
        kind = _kind(node)
        if kind:
            yield kind, node
        if node["t"] == "Div" and kind in (None, AnchorKind.BOX):
            yield from _labelled([block for block in node["c"][1] if not (_is_box(node) and block["t"] == "Header")])
        elif node["t"] in ("BulletList", "OrderedList", "BlockQuote"):
            yield from ((kind, found) for found in walk(node["c"]) if (kind := _kind(found)))


def _is_box(node: Node) -> bool:
    return bool(set(classes(node)) & {"key-point", "key-figure", "practice", "definition", "quote", "attention"})


def _kind(node: Node) -> AnchorKind | None:
    if node["t"] == "Header":
        return AnchorKind.CHAPTER if node["c"][0] == 1 else AnchorKind.SECTION
    if node["t"] == "Figure" or (node["t"] == "Div" and _FIGURES.intersection(classes(node))):
        return AnchorKind.FIGURE
    if (node["t"] == "Table" and plain_text(node["c"][1])) or (node["t"] == "Div" and "table" in classes(node)):
        return AnchorKind.TABLE
    return AnchorKind.BOX if node["t"] == "Div" and _is_box(node) and identifier(node) else None


def _title(node: Node) -> str:
    if node["t"] == "Figure":
        return title_text(node["c"][1])
    headings = [block for block in walk(node) if block["t"] == "Header"]
    return title_text(headings[0]["c"][2]) if headings else title_text(node)[:60]
