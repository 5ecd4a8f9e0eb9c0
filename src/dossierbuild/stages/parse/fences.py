"""Fenced blocks in a text: lines of three or more colons, backticks or tildes that begin and close them."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Sequence

from dossierbuild.core.ast import Node, classes
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
# Behind the marks of items and quotations; a backtick behind it makes code within a line.
_CODE_FENCE = re.compile(
    r"^[ \t]*+(?:(?:[-+*>]|\d{1,9}[.)])[ \t]++)*+(?P<fence>`{3,}+|~{3,}+)(?P<rest>[^`\n]*)$", re.MULTILINE
)
# A chunk of R Markdown or Quarto, and an expression in a line of it.
_CHUNK = re.compile(r"\{\{?(?:r|python|julia|ojs|sql|bash|stata|octave|dot|mermaid)\b[^}\n]*+\}", re.IGNORECASE)
_EXPRESSION = re.compile(r"\A(?:\{(?:r|python|julia)\}\s|r\s++(?=[^(\[$]*+[(\[$]))")
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


def code_problems(nodes: Sequence[Node], typed: str, places: Places) -> Iterator[Problem]:
    """D242: lines that are to begin or close code and do not; D243: code that another program would run.

    `typed` is the text of `places`, with its code.
    """
    blocks = [places.lines_of(node) for node in nodes if node["t"] in ("CodeBlock", "RawBlock")]
    chunk, begun = "", ""  # the fences of the chunk that is open, and of the last block that began
    for found in _CODE_FENCE.finditer(typed):
        fence, rest, place = found["fence"], found["rest"].strip(), places.at(found.start("fence"))
        block = next((lines for lines in blocks if lines.first <= place.line <= lines.last), None)
        if chunk:
            chunk = "" if fence.startswith(chunk) and not rest else chunk
        elif _CHUNK.fullmatch(rest):
            chunk = fence
            yield problem("D243", place, written=f"{fence}{rest}"[:60])
        elif block is None:
            yield problem("D242", place, fence=f"{fence}{rest}"[:60])
        elif place.line == block.first:
            begun = fence
        elif rest and fence.startswith(begun):
            yield problem("D242", Place(places.path, block.first, 1), fence=begun)
    yield from _expressions(nodes, dataclasses.replace(places, text=typed))


def _expressions(nodes: Iterable[Node], places: Places) -> Iterator[Problem]:
    """D243: what another program would put the value of into a line."""
    for node in nodes:
        if node["t"] == "Code" and not classes(node) and _EXPRESSION.match(node["c"][1]):
            written = f"`{node['c'][1]}`"
            yield problem("D243", places.near(node).words(written), written=written[:60])


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
