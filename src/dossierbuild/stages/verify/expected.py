"""What a publication should hold, read off its text trees alone: so that a loss in any later step is seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from dossierbuild.core.ast import Node, Nodes, attributes, classes, identifier
from dossierbuild.core.model import Publication
from dossierbuild.stages.verify.facts import APPARATUS, NOTE_CALL, FactList, Facts, Kind, link_key


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


_BLOCKS: dict[str, Callable[[Node, FactList], None]] = {
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


def _inlines(tree: Any, facts: FactList) -> None:
    """The citations, links, pictures and notes anywhere in a tree, in order."""
    if isinstance(tree, list):
        for one in tree:
            _inlines(one, facts)
    elif isinstance(tree, dict):
        kind = tree.get("t")
        if kind == "Note":
            facts.add(Kind.NOTE, _text(tree["c"]))
        elif kind == "Image":
            facts.add(Kind.ALT, attributes(tree).get("alt") or _text(tree["c"][1]))
        elif kind == "Link":
            _link(tree, facts)
        elif (keys := citation_keys(tree)) is not None:
            facts.add(Kind.CITATION, _text(tree["c"][1]), keys)
        if kind is None or not _is_apparatus(tree):
            _inlines(tree.get("c"), facts)


def _link(tree: Node, facts: FactList) -> None:
    key = link_key(str(tree["c"][2][0]))
    if key and not _is_apparatus(tree) and not _is_note_call(tree):
        facts.add(Kind.LINK, _text(tree["c"][1]), key)


def citation_keys(tree: Node) -> str | None:
    """The keys that a citation names, with spaces between them; None for what is no citation."""
    if tree.get("t") == "Cite":
        return " ".join(str(one["citationId"]) for one in tree["c"][0])
    if tree.get("t") == "Span" and "citation" in classes(tree):
        named = attributes(tree)
        return named.get("cites") or named.get("data-cites") or ""
    return None


def _is_apparatus(tree: Node) -> bool:
    """Whether a node only counts, or leads back or aside."""
    return bool(APPARATUS & set(classes(tree))) or attributes(tree).get("role") == "doc-backlink"


def _is_note_call(tree: Node) -> bool:
    return tree["t"] == "Note" or attributes(tree).get("role") == "doc-noteref"


def _text(tree: Any) -> str:
    """The text of a tree, with NOTE_CALL where a note is called and without what leads back or aside."""
    return " ".join("".join(_pieces(tree)).split())


# Where a kind of node has its text, if that is not all of its content.
_TEXT_INDEX = {
    "Code": 1,
    "CodeBlock": 1,
    "Math": 1,
    "Cite": 1,
    "Link": 1,
    "Span": 1,
    "Div": 1,
    "Quoted": 1,
    "Header": 2,
}
_SPACED = frozenset({"Space", "SoftBreak", "LineBreak", "Para", "Plain", "Header", "CodeBlock", "Div"})
_MARKS = {"SingleQuote": "‘’", "DoubleQuote": "“”"}


def _pieces(tree: Any) -> Iterator[str]:
    if isinstance(tree, list):
        for one in tree:
            yield from _pieces(one)
    elif isinstance(tree, dict) and "t" in tree:
        if _is_note_call(tree):
            yield NOTE_CALL
        elif tree["t"] not in ("RawInline", "RawBlock", "Image") and not _is_apparatus(tree):
            yield from _pieces_of_node(tree["t"], tree.get("c"))


def _pieces_of_node(kind: str, content: Any) -> Iterator[str]:
    marks = _MARKS[content[0]["t"]] if kind == "Quoted" else ("", "")
    inner = content[_TEXT_INDEX[kind]] if kind in _TEXT_INDEX else content
    yield marks[0]
    if isinstance(inner, str):
        yield inner
    else:
        yield from _pieces(inner)
    yield marks[1]
    if kind in _SPACED:
        yield " "
