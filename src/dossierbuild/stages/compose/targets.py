"""Targets of cross-references: the printed name of each id ("hoofdstuk 2", "figuur 3"), and its publication."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from string import ascii_lowercase
from types import MappingProxyType

from dossierbuild.core.ast import Node, Nodes, classes, identifier, is_formula, plain_text, title_text, walk
from dossierbuild.core.model import AnchorKind, PublicationId, TextFile, TextKind
from dossierbuild.core.typography import format_letters, format_roman

Terms = Mapping[str, str]

_FIGURES = frozenset({"chart", "figures"})
"""Classes of blocks that are figures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The name of an id in print: its kind, its number ("2.1", or empty) and its title, in the language of
    its text."""

    id: str
    publication: PublicationId
    kind: AnchorKind
    number: str
    title: str
    language: str

    def words(self, terms: Terms) -> str:
        """The label in running text: "figuur 3"; the title in quotation marks for what has no number."""
        return f"{terms[self.kind.value]} {self.number}" if self.number else terms["quoted"].format(title=self.title)

    def label(self, terms: Terms) -> str:
        """The label where it begins a line: "Figuur 3", "Bijlage A"; empty for what has no number."""
        words = self.words(terms) if self.number else ""
        return f"{words[:1].upper()}{words[1:]}"


_ROLES = MappingProxyType({TextKind.PART: AnchorKind.PART, TextKind.APPENDIX: AnchorKind.APPENDIX})
"""What the heading of level 1 of a text names, by the kind of the text, where it is no chapter."""

_WITHOUT_NUMBER = frozenset({TextKind.FOREWORD, TextKind.SUMMARY})
_DEEPEST_NUMBER = 3


def targets_of(
    publication: PublicationId, texts: tuple[TextFile, ...], language: str, *, numbered: bool
) -> tuple[Target, ...]:
    """The targets in all chapters, sections, figures, tables, formulas and boxes of a publication, in document order.

    Headings have numbers when `numbered`; figures, tables and formulas always do. See `_Numbers`. `language` is that of
    texts that have none of their own.
    """
    numbers = _Numbers()
    return tuple(
        target
        for text in texts
        for kind, node in _labelled(text.blocks.nodes())
        for target in _with_parts(
            node,
            Target(
                id=identifier(node),
                publication=publication,
                kind=_named(kind, text),
                number=_next_number(numbers, kind, node, text, numbered=numbered),
                title=_title(node),
                language=text.language or language,
            ),
        )
    )


def _named(kind: AnchorKind, text: TextFile) -> AnchorKind:
    """What a node of this kind names in a text; a heading of level 1 names what the text is."""
    return _ROLES.get(text.kind, kind) if kind is AnchorKind.CHAPTER else kind


def _next_number(numbers: _Numbers, kind: AnchorKind, node: Node, text: TextFile, *, numbered: bool) -> str:
    if node["t"] != "Header":
        return numbers.of_caption(kind)
    bare = not numbered or text.kind in _WITHOUT_NUMBER or is_unnumbered(node)
    return numbers.of_heading(_named(kind, text), node["c"][0], bare=bare)


def is_unnumbered(heading: Node) -> bool:
    """Whether the editor asks for a heading without a number: `{-}` or `{.unnumbered}`."""
    return "unnumbered" in classes(heading)


class _Numbers:
    """Counts what has a number: chapters and parts through the publication, appendices in letters, and the sections of
    each down to the third level.

    A heading without a number takes none, and gives none to the headings below it. Figures, tables and formulas are
    counted through, and apart in each appendix that has a letter.
    """

    def __init__(self) -> None:
        self._titles = Counter[AnchorKind]()
        self._captions = Counter[tuple[str, AnchorKind]]()
        self._bare: dict[int, bool] = {}
        self._title = self._appendix = ""
        self._sections: list[int] = []

    def of_heading(self, kind: AnchorKind, level: int, *, bare: bool) -> str:
        """The number of the next heading, empty for one that is `bare`, stands below such a one, or is too deep."""
        self._bare = {above: is_bare for above, is_bare in self._bare.items() if above < level} | {level: bare}
        is_numbered = level <= _DEEPEST_NUMBER and not any(self._bare.values())
        if level == 1:
            self._title = self._next_title(kind) if is_numbered else ""
            self._sections = [0] * (_DEEPEST_NUMBER - 1)
            self._appendix = self._title if kind is AnchorKind.APPENDIX else ""
        elif is_numbered:
            self._sections[level - 2] += 1
            self._sections[level - 1 :] = [0] * (_DEEPEST_NUMBER - level)
        return ".".join((self._title, *map(str, self._sections[: level - 1]))) if is_numbered else ""

    def of_caption(self, kind: AnchorKind) -> str:
        """The number of the next figure, table or formula; empty for what has none."""
        if kind not in _CAPTIONED:
            return ""
        self._captions[self._appendix, kind] += 1
        count = str(self._captions[self._appendix, kind])
        return f"{self._appendix}.{count}" if self._appendix else count

    def _next_title(self, kind: AnchorKind) -> str:
        self._titles[kind] += 1
        return _ORDINALS.get(kind, str)(self._titles[kind])


_CAPTIONED = frozenset({AnchorKind.FIGURE, AnchorKind.TABLE, AnchorKind.FORMULA})
_ORDINALS: Mapping[AnchorKind, Callable[[int], str]] = MappingProxyType(
    {AnchorKind.PART: format_roman, AnchorKind.APPENDIX: format_letters}
)


def _with_parts(node: Node, whole: Target) -> Iterator[Target]:
    """The target and, of a figure in parts, those of its parts: 3a, 3b."""
    yield whole
    parts = [part for part in node["c"][1] if part["t"] == "Figure"] if node["t"] == "Div" else []
    for letter, part in zip(ascii_lowercase, parts, strict=False):
        yield replace(whole, id=identifier(part), number=f"{whole.number}{letter}", title=_title(part))


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
        elif kind or node["t"] in ("Para", "Plain", "Table"):
            yield from ((AnchorKind.FORMULA, found) for found in walk(node["c"]) if _kind(found) is AnchorKind.FORMULA)
        elif node["t"] in ("BulletList", "OrderedList", "BlockQuote", "DefinitionList"):
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
    if node["t"] == "Span" and identifier(node) and is_formula(node):
        return AnchorKind.FORMULA
    return AnchorKind.BOX if node["t"] == "Div" and _is_box(node) and identifier(node) else None


def _title(node: Node) -> str:
    if node["t"] == "Header":
        return title_text(node["c"][2])
    if node["t"] == "Figure":
        return title_text(node["c"][1])
    headings = [block for block in walk(node) if block["t"] == "Header"]
    return title_text(headings[0]["c"][2]) if headings else title_text(node)[:60]
