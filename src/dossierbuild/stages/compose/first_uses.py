"""The first use of each term in a publication: it leads to the list that explains it, and says what is abbreviated.

Later uses stay as they are, so that a page is not full of links.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from dossierbuild.core.ast import Node, Nodes, attr, classes, link, node, span, text
from dossierbuild.core.model import InfographicText, TextFile
from dossierbuild.core.passages import Kind
from dossierbuild.core.terms import Term, Use, uses_in, vocabulary_of

_PROSE = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.CELL, Kind.DEFINITION, Kind.NOTE, Kind.QUOTATION})
"""Passages in which a term can be marked."""
_WORDS = frozenset({"Str", "Space", "SoftBreak"})
_ENTERED = frozenset({"Emph", "Strong", "Underline"})
"""Inlines in which a term can be marked; links, citations, code and names of what is elsewhere stay as they are."""
_PASSED_OVER = frozenset({"Header", "Figure", "CodeBlock", "RawBlock"})
_BLOCKS = frozenset(
    {"Para", "Plain", "Div", "Table", "BulletList", "OrderedList", "DefinitionList", "BlockQuote", *_PASSED_OVER}
)
_LISTS = frozenset({"glossary", "abbreviations", "index-list"})


@dataclass(frozen=True, slots=True)
class FirstUse:
    """A term of which a text has the first use in its publication: the address that it leads to, empty where no list
    explains it, and whether it is the first use of its abbreviation."""

    term: Term
    address: str
    abbreviated: bool


def first_uses(
    texts: Sequence[TextFile | InfographicText], terms: Sequence[Term], addresses: Mapping[str, str]
) -> dict[str, tuple[FirstUse, ...]]:
    """By the path of each text of a publication, the terms and abbreviations that it is the first to use.

    `addresses` has the place in a list of the publication by the term.
    """
    vocabulary = vocabulary_of(terms)
    met: set[tuple[int, bool]] = set()
    found: dict[str, list[FirstUse]] = {}
    for written in texts if terms else ():
        for passage, use in uses_in(written.passages, vocabulary):
            if passage.kind in _PROSE:
                term = terms[use.number]
                found.setdefault(written.path, []).extend(_news(use, term, addresses.get(term.term, ""), met))
    return {path: tuple(uses) for path, uses in found.items()}


def _news(use: Use, term: Term, address: str, met: set[tuple[int, bool]]) -> Iterator[FirstUse]:
    """What a use is the first of: of the term, of its abbreviation."""
    for abbreviated in (False, True) if use.abbreviated else (False,):
        if (use.number, abbreviated) not in met:
            met.add((use.number, abbreviated))
            if address or abbreviated:
                yield FirstUse(term, "" if abbreviated else address, abbreviated)


class Marker:
    """Marks the first uses of a text, each where it is met first.

    Walks the blocks of a text in reading order. One object, because a use that was marked is not marked again."""

    def __init__(self, uses: Sequence[FirstUse]) -> None:
        self.terms = tuple(dict.fromkeys(use.term for use in uses))
        self.vocabulary = vocabulary_of(self.terms)
        self.addresses = {self.terms.index(use.term): use.address for use in uses if use.address}
        self.abbreviations = {self.terms.index(use.term) for use in uses if use.abbreviated}

    def blocks(self, blocks: Nodes) -> Nodes:
        """The blocks, with the terms that were not met before marked."""
        if not (self.addresses or self.abbreviations):
            return blocks
        return [self.block(block) for block in blocks]

    def block(self, block: Node) -> Node:
        kind = block["t"]
        if kind in _PASSED_OVER or (kind == "Div" and _LISTS & set(classes(block))):
            return block
        if kind in ("Para", "Plain"):
            return node(kind, self.inlines(block["c"]))
        return {**block, "c": self.within(block["c"])} if "c" in block else block

    def within(self, content: Any) -> Any:
        """What a block holds, at any depth, with the terms in its paragraphs marked."""
        if isinstance(content, list):
            return [self.within(item) for item in content]
        return self.block(content) if isinstance(content, dict) and content["t"] in _BLOCKS else content

    def inlines(self, inlines: Nodes) -> Nodes:
        """Inlines with the terms in them marked."""
        made: Nodes = []
        for are_words, run in groupby(inlines, key=lambda inline: inline["t"] in _WORDS):
            those = list(run)
            made += self.words(those) if are_words else map(self.inline, those)
        return made

    def inline(self, inline: Node) -> Node:
        """An inline that holds others; emphasis and the like are entered."""
        if inline["t"] == "Quoted":
            return node("Quoted", inline["c"][0], self.inlines(inline["c"][1]))
        if inline["t"] == "Note":
            return node("Note", self.blocks(inline["c"]))
        return node(inline["t"], self.inlines(inline["c"])) if inline["t"] in _ENTERED else inline

    def words(self, words: Nodes) -> Nodes:
        """A run of words and spaces; the words of a term may be parted by a space."""
        said = "".join(word.get("c", " ") for word in words)
        made: Nodes = []
        end = 0
        for use in self.vocabulary.uses(said):
            if marked := self.marked(use, text(said[use.start : use.end])):
                made += [*text(said[end : use.start]), marked]
                end = use.end
        return [*made, *text(said[end:])] if made else words

    def marked(self, use: Use, words: Nodes) -> Node | None:
        """A use of a term as a link to what it means, within what it is short for; None where it is not the first."""
        address = self.addresses.pop(use.number, "")
        inner = [link(words, f"#{address}", attr("", ["term"], role="doc-glossref"))] if address else words
        if use.abbreviated and use.number in self.abbreviations:
            self.abbreviations.remove(use.number)
            return span(attr("", ["abbr"], title=self.terms[use.number].term), inner)
        return inner[0] if address else None
