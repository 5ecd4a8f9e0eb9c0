"""Cross-references: fields and links that lead to a place in the document become links to its id."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from dossierbuild.core.ast import Nodes, is_worded, link, node
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.problems import Problem, problem
from dossierbuild.core.word import Field, Link, Paragraph, inlines_of, text_of
from dossierbuild.stages.adopt.word.anchors import instruction_of
from dossierbuild.stages.adopt.word.spots import spot

_WORD = (
    "figuur|figuren|afbeelding|grafiek|tabel|tabellen|hoofdstuk|paragraaf|par\\.|bijlage|fig\\.|hfst\\.|figure|table|chapter"
    "|section|appendix|foto|kaart|diagram|schema|formule|vergelijking|kader|deel|§"
)
_LABEL = re.compile(
    rf"\s*(?:(?:{_WORD})[ \u00a0]*)?(?:\d+(?:[.\-–]\d+)*|[A-Z](?:[.\-]\d+)*)[a-z.]?\s*\Z", re.IGNORECASE
)
_BEFORE = re.compile(rf"(?P<opening>\W*)(?:{_WORD})[ \u00a0]?\Z", re.IGNORECASE)
_BRINGING_IN = frozenset({"INCLUDETEXT", "INCLUDEPICTURE", "DDE", "DDEAUTO", "LINK", "EMBED", "DATABASE", "IMPORT"})


def reference_nodes(found: Field | Link, words: Nodes, anchors: FrozenMap[str, str]) -> Nodes:
    """A reference with its words as a link; without words where these are the label that is printed by itself.

    What leads nowhere is its words.
    """
    asked = instruction_of(found).about if isinstance(found, Field) else found.target[1:]
    target = anchors.get(asked, "")
    is_reference = isinstance(found, Link) or instruction_of(found).kind == "REF"
    if not target or not is_reference:
        return words
    printed = text_of(found.content)
    return [link([] if _LABEL.match(printed) or not is_worded(printed) else words, f"#{target}")]


def without_words_of_labels(tree: Any) -> Any:
    """A tree in which no word stands before a link that prints it: "figuur" before that to a figure."""
    if isinstance(tree, dict):
        return {**tree, "c": without_words_of_labels(tree["c"])} if "c" in tree else tree
    if not isinstance(tree, list):
        return tree
    out: list[Any] = []
    for part in tree:
        if _is_label(part):
            _take_word(out)
        out.append(without_words_of_labels(part))
    return out


def _is_label(part: Any) -> bool:
    return isinstance(part, dict) and part.get("t") == "Link" and not part["c"][1] and part["c"][2][0].startswith("#")


def _take_word(before: list[Any]) -> None:
    """Take the word of a label from the end of what stands before it."""
    spaces = 1 if before and _kind(before[-1]) in ("Space", "SoftBreak") else 0
    at = len(before) - 1 - spaces
    found = _BEFORE.match(before[at]["c"]) if at >= 0 and _kind(before[at]) == "Str" else None
    if found:
        del before[at:]
        if found["opening"]:
            before.append(node("Str", found["opening"]))


def _kind(part: Any) -> str:
    return str(part.get("t")) if isinstance(part, dict) else ""


def lost_references(paragraphs: Iterable[Paragraph], anchors: FrozenMap[str, str], name: str) -> Iterator[Problem]:
    """D857: the number of a page. D858: a reference to what has no id, which is text. D853: what a field brings in."""
    for paragraph in paragraphs:
        for inline in inlines_of(paragraph.content):
            if isinstance(inline, Field):
                asked, words = instruction_of(inline), " ".join(text_of(inline.content).split())
                if asked.kind == "PAGEREF":
                    yield problem("D857", spot(name, paragraph), text=words)
                elif asked.kind == "NOTEREF" or (asked.kind == "REF" and asked.about not in anchors):
                    yield problem("D858", spot(name, paragraph), text=words or asked.about)
                elif asked.kind in _BRINGING_IN:
                    yield problem("D853", spot(name, paragraph), kind=asked.kind, text=words)
            elif isinstance(inline, Link) and inline.target.startswith("#") and inline.target[1:] not in anchors:
                yield problem("D858", spot(name, paragraph), text=" ".join(text_of(inline.content).split()))
