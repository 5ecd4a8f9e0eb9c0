"""Where a sentence begins with a cross-reference, whose label has a capital there: "Figuur 3 laat zien"."""

from __future__ import annotations

import re
from typing import Any

from dossierbuild.core.ast import Node, Nodes, attr_of, plain_text, walk

BEGINS = "begins"
"""The class of a cross-reference that begins a sentence."""

_BLOCKS = frozenset({"Para", "Plain"})
_SPACES = frozenset({"Space", "SoftBreak", "LineBreak"})
_ENDS = re.compile(r"[.!?][)\]’”\"']*\Z")
_ABBREVIATED = re.compile(
    r"[(\[‘“]*(?:(?:[^\W\d_]\.)+"
    r"|(?:afb|bijl|bijv|bv|ca|cf|cfr|evt|excl|fig|figs|hfst|incl|nl|nr|nrs|pag|par|resp|tab|vgl|vol|vs)\.)\Z",
    re.IGNORECASE,
)


def mark_beginnings(tree: Any) -> None:
    """Give BEGINS to each cross-reference without a text of its own that begins a sentence, in place.

    What begins a block begins a sentence where the block ends as one: a cell or an item that is no sentence keeps its
    small letter.
    """
    if not any(_is_bare(found) for found in walk(tree)):
        return
    for block in walk(tree):
        if block["t"] in _BLOCKS:
            inlines: Nodes = block["c"]
            for at, inline in enumerate(inlines):
                if _is_bare(inline) and _begins(inlines, at):
                    attr_of(inline)[1].append(BEGINS)


def _is_bare(found: Node) -> bool:
    return found["t"] == "Link" and found["c"][2][0].startswith("#") and not found["c"][1]


def _begins(inlines: Nodes, at: int) -> bool:
    before = [inline for inline in inlines[:at] if inline["t"] != "Note"]
    if not before:
        return bool(_ENDS.search(plain_text(inlines[-1:])))
    words = plain_text(before[-2:-1]).split() if before[-1]["t"] in _SPACES else []
    return bool(words) and bool(_ENDS.search(words[-1])) and not _ABBREVIATED.match(words[-1])
