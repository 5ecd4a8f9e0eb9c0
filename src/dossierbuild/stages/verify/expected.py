"""What a publication should hold, read off its text trees alone: so that a loss in any later step is seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from dossierbuild.core.ast import Node, Nodes, attr_of, attributes, classes, identifier, walk
from dossierbuild.core.formulas.mathml import formula_signs
from dossierbuild.core.model import Publication
from dossierbuild.core.passages import ATOM, Kind
from dossierbuild.stages.verify.facts import APPARATUS, FactList, Facts, link_key


def expected_facts(publication: Publication) -> Facts:
    """The facts that every file of the publication must hold."""
    facts = FactList()
    for part in publication.parts:
        facts.part = part.title or publication.metadata.title
        _blocks(part.blocks.nodes(), facts)
    return Facts(
        title=publication.metadata.title,
        language=publication.metadata.language,
        items=tuple(facts.items),
    )


def _blocks(blocks: Nodes, facts: FactList) -> None:
    for block in blocks:
        _BLOCKS.get(block["t"], _nothing)(block, facts)


def _nothing(block: Node, facts: FactList) -> None:
    """Rules and raw blocks hold no text."""


def _text_block(block: Node, facts: FactList) -> None:
    facts.add(Kind.PARAGRAPH, _text(block["c"]))
    _inlines(block["c"], facts)


def _header(block: Node, facts: FactList) -> None:
    facts.add(Kind.HEADING, _text(block["c"][2]), identifier(block))
    _inlines(block["c"][2], facts)


def _div(block: Node, facts: FactList) -> None:
    names, content = classes(block), block["c"][1]
    whole = {"box-label": Kind.BOX, "footnote": Kind.NOTE, "entry": Kind.REFERENCE}
    kind = next((whole[name] for name in names if name in whole), None)
    if kind is None:
        _blocks(content, facts)
    else:
        facts.add(kind, _text(content), "" if kind is Kind.BOX else identifier(block))
        _inlines(content, facts)


def _figure(block: Node, facts: FactList) -> None:
    _, (_, caption), content = block["c"]
    _inlines_of_pictures(content, facts)
    facts.add(Kind.FIGURE, _text(caption), identifier(block))
    _inlines(caption, facts)


def _inlines_of_pictures(content: Nodes, facts: FactList) -> None:
    for block in content:
        if block["t"] in ("Plain", "Para"):
            _text_block(block, facts)
        else:
            _blocks([block], facts)


def _table(block: Node, facts: FactList) -> None:
    _, (_, caption), _, head, bodies, foot = block["c"]
    facts.add(Kind.TABLE, _text(caption), identifier(block))
    _inlines(caption, facts)
    groups = [head[1], *(rows for body in bodies for rows in (body[2], body[3])), foot[1]]
    for row in (row for rows in groups for row in rows):
        cells = [cell[4] for cell in row[1]]
        facts.add(Kind.ROW, " ".join(_text(cell) for cell in cells))
        for cell in cells:
            _inlines(cell, facts)


def _list(block: Node, facts: FactList) -> None:
    items = block["c"][1] if block["t"] == "OrderedList" else block["c"]
    for item in items:
        _blocks(item, facts)


def _definitions(block: Node, facts: FactList) -> None:
    for term, definitions in block["c"]:
        facts.add(Kind.PARAGRAPH, _text(term))
        _inlines(term, facts)
        for definition in definitions:
            _blocks(definition, facts)


def _line_block(block: Node, facts: FactList) -> None:
    facts.add(Kind.PARAGRAPH, " ".join(_text(line) for line in block["c"]))
    _inlines(block["c"], facts)


_BLOCKS: Mapping[str, Callable[[Node, FactList], None]] = MappingProxyType(
    {
        "Para": _text_block,
        "Plain": _text_block,
        "Header": _header,
        "Div": _div,
        "Figure": _figure,
        "Table": _table,
        "BulletList": _list,
        "OrderedList": _list,
        "DefinitionList": _definitions,
        "BlockQuote": lambda block, facts: _blocks(block["c"], facts),
        "LineBlock": _line_block,
        "CodeBlock": lambda block, facts: facts.add(Kind.PARAGRAPH, block["c"][1]),
    }
)


_WORDS = frozenset({"Str", "Space", "SoftBreak", "LineBreak"})


def _inlines(tree: Any, facts: FactList) -> None:
    """The citations, links, pictures and notes anywhere in a tree, in order."""
    for child in tree if isinstance(tree, list) else ():
        if isinstance(child, list):
            _inlines(child, facts)
        elif isinstance(child, dict) and (kind := child.get("t")) and kind not in _WORDS:
            _inline(kind, child, facts)


def _inline(kind: str, inline: Node, facts: FactList) -> None:
    if kind == "Note":
        facts.add(Kind.NOTE, _text(inline["c"]))
    elif kind == "Image":
        facts.add(Kind.ALT, attributes(inline).get("alt") or _text(inline["c"][1]))
    elif kind == "Link":
        _link(inline, facts)
    elif kind == "Span" and "formula-text" in classes(inline):
        facts.add(Kind.FORMULA, attributes(inline).get("data-alt", ""), _signs(inline))
    elif (keys := _citation_keys(inline)) is not None:
        facts.add(Kind.CITATION, _text(inline["c"][1]), keys)
    if not _is_apparatus(inline):
        _inlines(inline.get("c"), facts)


def _signs(span: Node) -> str:
    """The signs of the formula in a span."""
    return "".join(formula_signs(found["c"][1]) for found in walk(span["c"][1]) if found["t"] == "Math")


def _link(link: Node, facts: FactList) -> None:
    key = link_key(str(link["c"][2][0]))
    if key and not _is_apparatus(link) and not _is_note_call(link):
        facts.add(Kind.LINK, _text(link["c"][1]), key)


def _citation_keys(inline: Node) -> str | None:
    """The keys that a citation names, with spaces between them; None for what is no citation."""
    if inline["t"] == "Cite":
        return " ".join(str(cited["citationId"]) for cited in inline["c"][0])
    if inline["t"] == "Span" and "citation" in classes(inline):
        named = attributes(inline)
        return named.get("cites") or named.get("data-cites") or ""
    return None


def _is_apparatus(node: Node) -> bool:
    """Whether a node only counts, or leads back or aside."""
    _, names, named = attr_of(node)
    return not APPARATUS.isdisjoint(names) or ["role", "doc-backlink"] in named


def _is_note_call(node: Node) -> bool:
    return node["t"] == "Note" or ["role", "doc-noteref"] in attr_of(node)[2]


def _text(tree: Any) -> str:
    """The text of a tree, with ATOM for the call of a note, and without links that lead back or aside."""
    pieces: list[str] = []
    _gather(tree, pieces)
    return " ".join("".join(pieces).split())


# Where a kind of node has its text, if that is not all of its content.
_TEXT_INDEX = MappingProxyType(
    {
        "Code": 1,
        "CodeBlock": 1,
        "Cite": 1,
        "Link": 1,
        "Span": 1,
        "Div": 1,
        "Quoted": 1,
        "Header": 2,
    }
)
_APART = frozenset({"Para", "Plain", "Header", "CodeBlock", "Div"})
_MARKS = MappingProxyType({"SingleQuote": ("‘", "’"), "DoubleQuote": ("“", "”")})


def _gather(tree: Any, pieces: list[str]) -> None:
    """Add the pieces of a tree's text. Most of a tree is words and spaces, so they come first."""
    for child in tree if isinstance(tree, list) else ():
        if isinstance(child, list):
            _gather(child, pieces)
        elif isinstance(child, dict) and (kind := child.get("t")):
            if kind == "Str":
                pieces.append(child["c"])
            elif kind in _WORDS:
                pieces.append(" ")
            elif _is_note_call(child):
                pieces.append(ATOM)
            elif kind not in ("RawInline", "RawBlock", "Image", "Math") and not _is_apparatus(child):
                _gather_from(kind, child.get("c"), pieces)


def _gather_from(kind: str, content: Any, pieces: list[str]) -> None:
    before, after = _MARKS[content[0]["t"]] if kind == "Quoted" else ("", " " if kind in _APART else "")
    inner = content[_TEXT_INDEX[kind]] if kind in _TEXT_INDEX else content
    pieces.append(before)
    if isinstance(inner, str):
        pieces.append(inner)
    else:
        _gather(inner, pieces)
    pieces.append(after)
