"""Fenced blocks in a text: lines of three or more colons that begin and close them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dossierbuild.core.ast import Node
from dossierbuild.core.problems import Place, Problem, problem
from dossierbuild.stages.parse.places import Places
from dossierbuild.tools.pandoc import Remark

# `::: {.key-points from="x"} :::` on one line, which pandoc would take for the beginning only.
_ONE_LINE = re.compile(
    r"^(:::++[ \t]*+\{(?=[^}\n]*\.(?:key-points|panel))[^}\n]*+\})[ \t]*+:::++[ \t]*+$(?!\n\s*+:::++[ \t]*+$)",
    re.MULTILINE,
)
_FENCE = re.compile(r"^[ \t]*+(?P<colons>:{3,}+)[ \t]*+(?P<rest>.*)$", re.MULTILINE)
_LABEL = re.compile(r"\{[^{}]*\}|[^\s{}:]+")
_NOT_IN_PARAGRAPH = re.compile(r"\s*(?:$|#|:{3})")


def on_two_lines(text: str) -> str:
    """The text with the blocks in one line written on two."""
    return _ONE_LINE.sub(r"\1\n:::", text)


def is_on_one_line(text: str, following: str = "") -> bool:
    """Whether a block begins and ends in this line, with another line behind it."""
    return bool(_ONE_LINE.match(f"{text}\n{following}"))


def fence_problems(nodes: Iterable[Node], remarks: tuple[Remark, ...], places: Places) -> Iterator[Problem]:
    """Blocks that are not closed, and colons that pandoc read as text."""
    lines = [places.at(match.start()).line + count for count, match in enumerate(_ONE_LINE.finditer(places.text))]
    for remark in remarks:
        if remark.kind == "UnclosedDiv":
            yield problem("D129", Place(places.path, remark.line - sum(line < remark.line for line in lines), 1))
    if any(node["t"] == "Str" and node["c"].startswith(":::") for node in nodes):
        yield from (problem("D139", place) for place in tuple(_strays(places)) or (places.words(":::"),))


def _strays(places: Places) -> Iterator[Place]:
    """The fences that begin or close nothing."""
    depth = 0
    for match in _FENCE.finditer(places.text):
        place = places.at(match.start("colons"))
        label = match["rest"].rstrip(" \t").rstrip(":").rstrip(" \t")
        end = max(0, match.start() - 1)
        before = places.text[places.text.rfind("\n", 0, end) + 1 : end]
        if not label:
            if not depth:
                yield place
            depth = max(0, depth - 1)
        elif not _LABEL.fullmatch(label) or not _NOT_IN_PARAGRAPH.match(before):
            yield place
        elif not _ONE_LINE.match(places.text, match.start()):
            depth += 1
