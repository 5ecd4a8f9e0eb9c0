"""The passages of a text and the words of its links, each with its place: what rules of accessibility are about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from dossierbuild.core.ast import Node, attributes, plain_text, walk
from dossierbuild.core.model import Passage
from dossierbuild.stages.parse.places import Places

_RUN = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){1,5}")


def unmarked_passages(nodes: Sequence[Node], places: Places) -> Iterator[Passage]:
    """The paragraphs, headings and quotations that are not marked as being in another language, in order.

    What is marked within one is left out of it, and so are citations; the place is that of its first words.
    """
    for one in _unmarked(nodes):
        if one["t"] in ("Para", "Plain", "Header", "Quoted"):
            content = one["c"] if one["t"] in ("Para", "Plain") else one["c"][-1]
            words = plain_text(content, _is_left_out)
            if words:
                run = _RUN.search(words)
                yield Passage(words, places.words(run.group() if run else words))


def _unmarked(nodes: Sequence[Node]) -> list[Node]:
    """The nodes that stand in none with a language of its own."""
    marked = {id(inner) for one in nodes if attributes(one).get("lang") for inner in walk(one)}
    return [one for one in nodes if id(one) not in marked]


def _is_left_out(one: Node) -> bool:
    return one["t"] in ("Cite", "Note", "Code", "Math", "Quoted") or bool(attributes(one).get("lang"))


def link_texts(nodes: Iterable[Node], places: Places) -> Iterator[Passage]:
    """The words of each link that has some, in order."""
    for one in nodes:
        if one["t"] != "Link":
            continue
        words = plain_text(one["c"][1])
        if words:
            yield Passage(words, places.target(one["c"][2][0]))
