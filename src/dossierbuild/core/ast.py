"""The vocabulary of pandoc's document tree, as the JSON that pandoc reads and writes (pandoc-types 1.23).

A node is `{"t": type, "c": content}`. This module only names, makes and walks nodes; it knows nothing of dossiers.
Between stages a tree travels as `Prose`, its JSON text, because text is immutable, hashable and picklable.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from dossierbuild.core.formulas.plain import plain_formula

Node = dict[str, Any]
Nodes = list[Node]
Attr = list[Any]  # [identifier, [class, …], [[name, value], …]]

_CITED_KEY = re.compile(r'"citationId":("(?:[^"\\]|\\.)*")')

API_VERSION = (1, 23, 1)


@dataclass(frozen=True, slots=True)
class Prose:
    """A list of block or inline nodes as canonical JSON text."""

    json: str = "[]"

    def nodes(self) -> Nodes:
        """The nodes, made anew at each call, so that nobody changes another's tree."""
        nodes: Nodes = json.loads(self.json)
        return nodes

    def holds(self, kind: str) -> bool:
        """Whether there is a node of a kind."""
        return self.count(kind) > 0

    def count(self, kind: str) -> int:
        """How many nodes of a kind there are, told without making them: quotes within a text are escaped."""
        return self.json.count(f'"t":"{kind}"')

    def cited_keys(self) -> tuple[str, ...]:
        """The keys of all citations in document order, told without making the nodes."""
        return tuple(json.loads(key) for key in _CITED_KEY.findall(self.json))

    def __bool__(self) -> bool:
        return self.json != "[]"


# A tree holds no node within itself, so that is not looked for.
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False)


def prose(nodes: Sequence[Node]) -> Prose:
    return Prose(_CANONICAL.encode(nodes))


def document(blocks: Prose, meta: Node | None = None) -> str:
    """A whole document as pandoc's `-f json` reads it."""
    about = json.dumps({"pandoc-api-version": list(API_VERSION), "meta": meta or {}}, ensure_ascii=False)
    return f'{about[:-1]}, "blocks": {blocks.json}}}'


def node(kind: str, *content: Any) -> Node:
    """A node; one argument is the content itself, several are a list, none is a node without content."""
    if not content:
        return {"t": kind}
    return {"t": kind, "c": content[0] if len(content) == 1 else list(content)}


def attr(identifier: str = "", classes: Sequence[str] = (), **attributes: str) -> Attr:
    """An attribute triple; an underscore in a name stands for a hyphen (`aria_label`)."""
    return [
        identifier,
        list(classes),
        [[name.replace("_", "-"), value] for name, value in attributes.items()],
    ]


def text(words: str) -> Nodes:
    """Inlines for a plain text: words and spaces."""
    inlines: Nodes = []
    for index, word in enumerate(words.split(" ")):
        if index:
            inlines.append(node("Space"))
        if word:
            inlines.append(node("Str", word))
    return inlines


def div(attributes: Attr, blocks: Sequence[Node]) -> Node:
    return node("Div", attributes, list(blocks))


def span(attributes: Attr, inlines: Sequence[Node]) -> Node:
    return node("Span", attributes, list(inlines))


def para(inlines: Sequence[Node]) -> Node:
    return node("Para", list(inlines))


def plain(inlines: Sequence[Node]) -> Node:
    return node("Plain", list(inlines))


def link(inlines: Sequence[Node], target: str, attributes: Attr | None = None) -> Node:
    return node("Link", attributes or attr(), list(inlines), [target, ""])


def header(level: int, attributes: Attr, inlines: Sequence[Node]) -> Node:
    return node("Header", level, attributes, list(inlines))


# Where each kind of node keeps its attribute triple: None is the content itself, a number the index in it.
_ATTR_INDEX = MappingProxyType({
    "Header": 1, "CodeBlock": 0, "Div": 0, "Table": 0, "Figure": 0, "Code": 0, "Link": 0, "Image": 0, "Span": 0,
})  # fmt: skip


def attr_of(found: Node) -> Attr:
    """The node's own attribute triple (to read or to change), or a fresh empty one where its kind has none."""
    index = _ATTR_INDEX.get(found["t"])
    if index is None:
        return ["", [], []]
    triple: Attr = found["c"][index]
    return triple


def identifier(found: Node) -> str:
    return str(attr_of(found)[0])


def classes(found: Node) -> list[str]:
    return list(attr_of(found)[1])


def attributes(found: Node) -> dict[str, str]:
    return dict(attr_of(found)[2])


def walk(tree: Any) -> Iterator[Node]:
    """Every node of a tree in document order, parents before children."""
    waiting = [tree]
    while waiting:
        found = waiting.pop()
        if isinstance(found, list):
            waiting += found[::-1]
        elif isinstance(found, dict):
            if "t" not in found:
                waiting += reversed(found.values())
                continue
            yield found
            content = found.get("c")
            if isinstance(content, list):
                waiting += content[::-1]
            elif content is not None:
                waiting.append(content)


_WORDS = frozenset({"Str", "Space", "SoftBreak"})


def without_words(nodes: Iterable[Node]) -> Nodes:
    """The nodes that hold others or stand for something: all but words and what is between them, most of a tree."""
    return [found for found in nodes if found["t"] not in _WORDS]


def rewrite(tree: Any, change: Callable[[Node], Node | Nodes | None]) -> Any:
    """A copy of a tree with each node changed, children before parents, in document order.

    `change` gets a node whose children are done; it returns the node, a list of nodes to put in its place, or None
    to leave it as it is.
    """
    if isinstance(tree, list):
        return _rewrite_all(tree, change)
    if not isinstance(tree, dict):
        return tree
    if "t" not in tree:
        return {name: rewrite(value, change) for name, value in tree.items()}
    copy = tree.copy()
    if isinstance(tree.get("c"), (list, dict)):
        copy["c"] = rewrite(tree["c"], change)
    changed = change(copy)
    return copy if changed is None else changed


def _rewrite_all(values: list[Any], change: Callable[[Node], Node | Nodes | None]) -> list[Any]:
    out: list[Any] = []
    for value in values:
        if isinstance(value, dict):
            new = rewrite(value, change)
            if isinstance(new, list):
                out += new
            else:
                out.append(new)
        elif isinstance(value, list):
            out.append(_rewrite_all(value, change))
        else:
            out.append(value)
    return out


def placed_cells(rows: Sequence[Any]) -> Iterator[tuple[int, int, list[Any]]]:
    """Each cell of rows of a table with its row and its first column, counted from 0; a cell may span both."""
    taken: set[tuple[int, int]] = set()
    for top, row in enumerate(rows):
        column = 0
        for cell in row[1]:
            while (top, column) in taken:
                column += 1
            taken |= {(top + down, column + right) for down in range(cell[2]) for right in range(cell[3])}
            yield top, column, cell


def cells_of(table: Node) -> Iterator[list[Any]]:
    """Each cell of a table, in order."""
    _, _, _, head, bodies, foot = table["c"]
    for rows in (head[1], *(rows for body in bodies for rows in (body[2], body[3])), foot[1]):
        for row in rows:
            yield from row[1]


def number_citations(blocks: Nodes) -> Nodes:
    """A copy of the blocks of a part in which each `Cite` has a number of its own; see `citation_number`."""
    count = 0

    def numbered(found: Node) -> Node | None:
        nonlocal count
        if found["t"] != "Cite":
            return None
        count += 1
        return with_citation_number(found, count)

    copy: Nodes = rewrite(blocks, numbered)
    return copy


def with_citation_number(cite: Node, number: int) -> Node:
    """A copy of a `Cite` that has this number."""
    citations, inlines = cite["c"]
    return node("Cite", [{**citation, "citationHash": number} for citation in citations], inlines)


def citation_number(cite: Node) -> int:
    """The number of a `Cite` in its part. pandoc keeps `citationHash` as it is, and prints it nowhere."""
    return int(cite["c"][0][0]["citationHash"])


def is_formula(found: Node) -> bool:
    """Whether a node is a formula, or a span around nothing but one."""
    if found["t"] == "Span":
        return len(found["c"][1]) == 1 and is_formula(found["c"][1][0])
    return bool(found["t"] == "Math")


def formulas_with_languages(tree: Any, language: str = "") -> Iterator[tuple[Node, str]]:
    """Each formula in a tree with the language that the passage around it is marked with, which is `language` where it
    is marked with none."""
    if isinstance(tree, list):
        for part in tree:
            yield from formulas_with_languages(part, language)
    elif isinstance(tree, dict) and tree.get("t") == "Math":
        yield tree, language
    elif isinstance(tree, dict) and "t" in tree:
        yield from formulas_with_languages(tree.get("c"), attributes(tree).get("lang") or language)


def title_text(tree: Any) -> str:
    """The text of a title where it is named elsewhere, in contents and labels: without citations and notes."""
    words = plain_text(tree, lambda found: found["t"] in ("Cite", "Note"))
    return re.sub(r"(?<! ) ++([.,;:!?])", r"\1", words)


def has_words(tree: Any) -> bool:
    """Whether there is a letter or a digit in a text, besides its pictures, notes and citations."""
    return is_worded(plain_text(tree, lambda found: found["t"] in ("Cite", "Image", "Note")))


def is_worded(words: str) -> bool:
    """Whether there is a letter or a digit in words: what is read aloud as more than signs."""
    return any(sign.isalnum() for sign in words)


_ENDS = frozenset({"Para", "Plain", "LineBreak"})
# Where each kind of node keeps what it holds, when not all of its content is that.
_HELD_INDEX = MappingProxyType({"Cite": 1, "Quoted": 1, "Link": 1, "Image": 1, "Span": 1, "Div": 1, "Header": 2})


def plain_text(tree: Any, left_out: Callable[[Node], bool] | None = None) -> str:
    """The text a reader sees: words and single spaces; notes are left out, they stand elsewhere.

    `left_out` says of a node other than a word whether it is left out too.
    """
    pieces: list[str] = []
    _add_text(tree, left_out, pieces)
    return " ".join("".join(pieces).split())


def _add_text(tree: Any, left_out: Callable[[Node], bool] | None, pieces: list[str]) -> None:
    if isinstance(tree, list):
        for value in tree:
            _add_text(value, left_out, pieces)
        return
    if not isinstance(tree, dict):
        return
    kind = tree.get("t")
    if kind == "Str":
        pieces.append(tree["c"])
    elif kind in ("Space", "SoftBreak"):
        pieces.append(" ")
    elif left_out and left_out(tree):
        return
    elif kind == "Code":
        pieces.append(tree["c"][1])
    elif kind == "Math":
        pieces.append(plain_formula(tree["c"][1]))
    elif kind not in ("Note", "RawInline", "RawBlock", "CodeBlock"):
        opening, closing = _quotation_marks(tree) if kind == "Quoted" else ("", "")
        pieces.append(opening)
        held = _HELD_INDEX.get(str(kind))
        _add_text(tree.get("c") if held is None else tree["c"][held], left_out, pieces)
        pieces.append(closing)
    if kind in _ENDS:
        pieces.append(" ")


def _quotation_marks(quoted: Node) -> tuple[str, str]:
    return ("‘", "’") if quoted["c"][0]["t"] == "SingleQuote" else ("“", "”")
