"""Brackets: where a style puts them around what an editor cannot see.

A style such as IEEE encloses each work of a citation, and citeproc puts what the editor writes behind a page outside:
"[6, p. 12] e.v.". A style for authors and years encloses a work without author even where the sentence needs its
title: "De (Wmo 2015 2014) regelt het".
"""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from itertools import chain, pairwise

from dossierbuild.core.ast import Node, Nodes, node, plain_text, rewrite, text, walk
from dossierbuild.tools.csl import MARK

_QUOTES = "‘’“”«»"
# Not the apostrophe of "bij de buren’".
_QUOTED = re.compile(r"(?:”|‘[^‘’]++’)\Z")
_BEFORE_SUFFIX = re.compile(r",? ?\{[^}]*\},? *|,? *")


def enclose_suffix(suffix: Nodes) -> Nodes:
    """A normalised suffix with marks around the words that `close_behind_suffixes` takes into the brackets."""
    words = "".join(" " if inline["t"] != "Str" else inline["c"] for inline in suffix)
    before = _BEFORE_SUFFIX.match(words)
    start = before.end() if before else 0
    if not words[start:] or any(inline["t"] not in ("Str", "Space", "SoftBreak") for inline in suffix):
        return suffix
    return text(f"{words[:start]}{MARK}{words[start:]}{MARK}")


def close_behind_suffixes(inlines: Nodes) -> Nodes:
    """A citation with marked words inside the bracket before them: "[6, p. 12] e.v." becomes "[6, p. 12 e.v.]".

    At the first mark of a pair the bracket is taken away, at the second it is put back.
    """
    inlines = copy.deepcopy(inlines)
    words = [word for word in walk(inlines) if word["t"] == "Str"]
    bracket = ""
    for index, word in enumerate(words):
        while MARK in word["c"]:
            closing, bracket = bracket, "" if bracket else _take_bracket(words[: index + 1])
            word["c"] = word["c"].replace(MARK, closing, 1)
    return inlines


def _take_bracket(words: Nodes) -> str:
    """Remove the bracket that closes before the mark in the last word, and return it; "" where there is none."""
    for word in reversed(words):
        text_before, mark, behind = word["c"].partition(MARK)
        held = text_before.rstrip(", ")
        if held.endswith(("]", ")")):
            word["c"] = held[:-1] + text_before[len(held) :] + mark + behind
            return str(held[-1])
        if held:
            break
    return ""


def close_behind_stops(inlines: Nodes) -> Nodes:
    """A comma or full stop behind a linked title within its quotation marks: “Buurtwerk,” and not “Buurtwerk”,.

    citeproc puts it there, unless the title is in a link.
    """
    inlines = copy.deepcopy(inlines)
    notes = [block["c"] for inline in inlines if inline["t"] == "Note" for block in inline["c"]]
    for linked, behind in chain.from_iterable(map(pairwise, [inlines, *notes])):
        stops = behind["t"] == "Str" and behind["c"].startswith((",", "."))
        if linked["t"] == "Link" and stops and _QUOTED.search(title := plain_text(linked)):
            last = [word for word in walk(linked) if word["t"] == "Str"][-1]
            inside = last["c"].rstrip("”’")
            stop = "" if title.rstrip("”’").endswith((",", ".", "?", "!")) else behind["c"][0]
            last["c"] = inside + stop + last["c"][len(inside) :]
            behind["c"] = behind["c"][1:]
    return inlines


def narrate_title(inlines: Nodes, titles: Sequence[str], author: str) -> Nodes:
    """ "(Wmo 2015 2014, artikel 3)" in running text: "Wmo 2015 (2014, artikel 3)"; other citations as they are.

    Where neither names nor a title are printed, `author` is the subject of the sentence.
    """
    words = plain_text(inlines)
    if not words.startswith("("):
        return inlines
    inside = words[1:].lstrip(_QUOTES)
    found = next((title for title in titles if title and inside.casefold().startswith(title.casefold())), "")
    if not found:
        return [*text(author), node("Space"), *inlines]
    end = len(words) - len(inside) + len(found)
    end += len(words[end:]) - len(words[end:].lstrip(_QUOTES))
    _, behind = _split(inlines, 1)
    linked, rest = _split(behind, end - 1)
    title: Nodes = rewrite(linked, lambda inner: list(inner["c"][1]) if inner["t"] == "Link" else None)
    _, rest = _split(rest, len(words[end:]) - len(words[end:].lstrip(", ")))
    return title if plain_text(rest) == ")" else [*title, node("Space"), node("Str", "("), *rest]


def _split(inlines: Nodes, count: int) -> tuple[Nodes, Nodes]:
    """The inlines with the first `count` characters of their text, and those with the rest."""
    before: Nodes = []
    for index, inline in enumerate(inlines):
        if count <= 0:
            return before, inlines[index:]
        length = _length(inline)
        if length > count:
            first, second = _split_node(inline, count)
            return [*before, first], [second, *inlines[index + 1 :]]
        before.append(inline)
        count -= length
    return before, []


def _length(inline: Node) -> int:
    return len(plain_text([node("Str", "|"), inline, node("Str", "|")])) - 2


def _split_node(inline: Node, count: int) -> tuple[Node, Node]:
    content = inline["c"]
    if inline["t"] == "Str":
        return node("Str", content[:count]), node("Str", content[count:])
    inner = content[1] if inline["t"] in ("Span", "Link") else content
    halves = _split(inner, count)
    if inline["t"] in ("Span", "Link"):
        first, second = ({**inline, "c": [content[0], half, *content[2:]]} for half in halves)
    else:
        first, second = ({**inline, "c": half} for half in halves)
    return first, second
