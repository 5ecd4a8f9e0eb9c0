"""The passages of a text and the words of its links, each with its place: what rules of accessibility are about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dossierbuild.core.ast import Node, attributes, plain_text, rewrite
from dossierbuild.core.model import Passage
from dossierbuild.stages.parse.places import Places

_RUN = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){1,5}")


def unmarked_passages(tree: Any, places: Places) -> Iterator[Passage]:
    """The paragraphs, headings and quotations that are not marked as being in another language, in order.

    What is marked within one is left out of it, and so are citations; the place is that of its first words.
    """
    for one in _unmarked(tree):
        if one["t"] in ("Para", "Plain", "Header", "Quoted"):
            content = one["c"] if one["t"] in ("Para", "Plain") else one["c"][-1]
            words = plain_text(rewrite(content, _without_marked))
            if words:
                run = _RUN.search(words)
                yield Passage(words, places.words(run.group() if run else words))


def _unmarked(tree: Any) -> Iterator[Node]:
    """Every node that stands in none with a language of its own."""
    if isinstance(tree, list):
        for one in tree:
            yield from _unmarked(one)
    elif isinstance(tree, dict) and not ("t" in tree and attributes(tree).get("lang")):
        if "t" in tree:
            yield tree
        for value in tree.values():
            yield from _unmarked(value)


def _without_marked(one: Node) -> list[Node] | None:
    gone = one["t"] in ("Cite", "Note", "Code", "Math", "Quoted") or attributes(one).get("lang")
    return [] if gone else None


def link_texts(tree: Any, places: Places) -> Iterator[Passage]:
    """The words of each link that has some, in order."""
    for one in _links(tree):
        words = plain_text(one["c"][1])
        if words:
            yield Passage(words, places.target(one["c"][2][0]))


def _links(tree: Any) -> Iterator[Node]:
    if isinstance(tree, list):
        for one in tree:
            yield from _links(one)
    elif isinstance(tree, dict):
        if tree.get("t") == "Link":
            yield tree
        for value in tree.values():
            yield from _links(value)
