"""Citations within citations: "[@a en @b]" and "[@a (zie [@b])]" become one citation of both works.

pandoc reads all behind the first key as words of its citation, in which citeproc prints the last citation alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from dossierbuild.core.ast import Node, Nodes, plain_text, walk

_JOINING = frozenset({"", ",", "en", "and", "und", "et", "of", "or", "&", "+", "/"})
_PLACE = re.compile(r",\s?[^,\d]{0,40}\d")
_SPACES = ("Space", "SoftBreak")


def join_citations(nodes: Iterable[Node]) -> None:
    """Make each citation that holds others one citation of all their works, in place and in their order."""
    for cite in nodes:
        if cite["t"] == "Cite" and any(_holds_cite(citation) for citation in cite["c"][0]):
            cite["c"][0] = list(_joined(cite["c"][0]))


def _holds_cite(citation: dict[str, Any]) -> bool:
    words = (citation["citationPrefix"], citation["citationSuffix"])
    return any(inner["t"] == "Cite" for inner in walk(list(words)))


def _joined(citations: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The citations with those that their words hold between them; each has the words beside it."""
    for citation in citations:
        found: list[dict[str, Any]] = []
        words: Nodes = []
        alone = {**citation, "citationPrefix": [], "citationSuffix": []}
        for piece in (*_pieces(citation["citationPrefix"]), [alone], *_pieces(citation["citationSuffix"])):
            if isinstance(piece, dict):
                words.append(piece)
                continue
            before = _place_of_last(found, words)
            first, *others = piece
            found += [{**first, "citationPrefix": [*before, *first["citationPrefix"]]}, *others]
            words = []
        found[-1] = {**found[-1], "citationSuffix": [*found[-1]["citationSuffix"], *words]}
        yield from found


def _place_of_last(found: list[dict[str, Any]], words: Nodes) -> Nodes:
    """The words between two citations that belong to the second; a place behind a comma is that of the first."""
    trimmed = _trimmed(words)
    if found and _PLACE.match(plain_text(trimmed)):
        found[-1] = {**found[-1], "citationSuffix": [*found[-1]["citationSuffix"], *trimmed]}
        return []
    return trimmed[1:] if plain_text(trimmed[:1]) == "," else trimmed


def _trimmed(words: Nodes) -> Nodes:
    """Words without what only joins them to what follows, and without spaces around them; no words if that is all."""
    while words and (words[-1]["t"] in _SPACES or plain_text([words[-1]]) in _JOINING):
        words = words[:-1]
    while words and words[0]["t"] in _SPACES:
        words = words[1:]
    return words


def _pieces(nodes: Nodes) -> Iterator[Node | list[dict[str, Any]]]:
    """The words, and in their place the citations that they hold, also in emphasis and links; all of one kind."""
    for inline in nodes:
        if inline["t"] == "Cite":
            yield [_in_brackets(citation) for citation in _joined(inline["c"][0])]
        elif any(inner["t"] == "Cite" for inner in walk([inline])) and inline["t"] != "Note":
            yield from _pieces(next(part for part in (inline["c"], *reversed(inline["c"])) if _is_inlines(part)))
        else:
            yield inline


def _is_inlines(part: Any) -> bool:
    return isinstance(part, list) and bool(part) and all(isinstance(inner, dict) and "t" in inner for inner in part)


def _in_brackets(citation: dict[str, Any]) -> dict[str, Any]:
    """The citation as it is within another, where no author stands in running text."""
    is_narrative = citation["citationMode"]["t"] == "AuthorInText"
    return {**citation, "citationMode": {"t": "NormalCitation"}} if is_narrative else citation
