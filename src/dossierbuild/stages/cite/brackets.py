"""Brackets: where a style puts them around what an editor cannot see.

A style such as IEEE encloses each work of a citation, and citeproc puts what the editor writes behind a page outside:
"[6, p. 12] e.v.". A style for authors and years encloses a work that nobody is named of also where the sentence needs
its title: "De (Wmo 2015 2014) regelt het".
"""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence

from dossierbuild.core.ast import Node, Nodes, node, plain_text, rewrite, text, walk
from dossierbuild.tools.csl import MARK

_QUOTES = "‘’“”«»"
_BEFORE_SUFFIX = re.compile(r",? ?\{[^}]*\},? *|,? *")


def enclose_suffix(suffix: Nodes) -> Nodes:
    """A normalised suffix, with marks around what `close_behind_suffixes` is to take into the brackets."""
    words = "".join(" " if one["t"] != "Str" else one["c"] for one in suffix)
    before = _BEFORE_SUFFIX.match(words)
    start = before.end() if before else 0
    if not words[start:] or any(one["t"] not in ("Str", "Space", "SoftBreak") for one in suffix):
        return suffix
    return text(f"{words[:start]}{MARK}{words[start:]}{MARK}")


def close_behind_suffixes(inlines: Nodes) -> Nodes:
    """ "[6, p. 12] e.v." as "[6, p. 12 e.v.]": a first mark calls for the bracket before it, a second one has it."""
    inlines = copy.deepcopy(inlines)
    words = [one for one in walk(inlines) if one["t"] == "Str"]
    bracket = ""
    for index, word in enumerate(words):
        while MARK in word["c"]:
            closing, bracket = bracket, "" if bracket else _take_bracket(words[: index + 1])
            word["c"] = word["c"].replace(MARK, closing, 1)
    return inlines


def _take_bracket(words: Nodes) -> str:
    """Take the bracket away that closes before the mark in the last word; it is returned."""
    for word in reversed(words):
        text_before, mark, behind = word["c"].partition(MARK)
        held = text_before.rstrip(", ")
        if held.endswith(("]", ")")):
            word["c"] = held[:-1] + text_before[len(held) :] + mark + behind
            return str(held[-1])
        if held:
            break
    return ""


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
    title: Nodes = rewrite(linked, lambda one: list(one["c"][1]) if one["t"] == "Link" else None)
    _, rest = _split(rest, len(words[end:]) - len(words[end:].lstrip(", ")))
    return title if plain_text(rest) == ")" else [*title, node("Space"), node("Str", "("), *rest]


def _split(inlines: Nodes, count: int) -> tuple[Nodes, Nodes]:
    """The inlines up to and from a character of their text."""
    before: Nodes = []
    for index, one in enumerate(inlines):
        if count <= 0:
            return before, inlines[index:]
        length = _length(one)
        if length > count:
            first, second = _split_node(one, count)
            return [*before, first], [second, *inlines[index + 1 :]]
        before.append(one)
        count -= length
    return before, []


def _length(one: Node) -> int:
    return len(plain_text([node("Str", "|"), one, node("Str", "|")])) - 2


def _split_node(one: Node, count: int) -> tuple[Node, Node]:
    content = one["c"]
    if one["t"] == "Str":
        return node("Str", content[:count]), node("Str", content[count:])
    inner = content[1] if one["t"] in ("Span", "Link") else content
    halves = _split(inner, count)
    if one["t"] in ("Span", "Link"):
        first, second = ({**one, "c": [content[0], half, *content[2:]]} for half in halves)
    else:
        first, second = ({**one, "c": half} for half in halves)
    return first, second
