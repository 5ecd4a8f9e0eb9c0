"""Figures that pandoc does not make: a picture that is a link, and pictures in one block with one caption."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from dossierbuild.core.ast import Node, Nodes, attr_of, attributes, classes, identifier, node, plain, plain_text, walk
from dossierbuild.core.passages import Lines
from dossierbuild.core.problems import Problem, problem
from dossierbuild.stages.parse.inspect import block_kind, opening
from dossierbuild.stages.parse.places import Places

MOST_PARTS = 26
"""As many pictures as there are letters."""

_CREDITS = ("credit", "rights")


def shape_figures(blocks: Nodes, lines: Mapping[int, Lines]) -> dict[int, Lines]:
    """Make figures of a tree's pictures that are to be figures, in place; the lines of each, which `lines` lacks.

    These are the pictures in a block `figures`, and a picture that alone makes a paragraph, is a link and has an id or
    an alternative text of its own besides its caption.
    """
    made: dict[int, Lines] = {}
    for found in list(walk(blocks)):
        if found["t"] == "Div" and "figures" in classes(found):
            found["c"][1][:] = [part for block in found["c"][1] for part in _parts(block, lines, made)]
        elif found["t"] == "Para" and (link := _linked_picture(found)):
            figure = _figure(link, _picture_of(link))
            found["t"], found["c"] = figure["t"], figure["c"]
    return made


def _parts(block: Node, lines: Mapping[int, Lines], made: dict[int, Lines]) -> Iterator[Node]:
    """A paragraph of pictures as a figure for each; any other block as it is."""
    inlines = [inline for inline in block["c"] if inline["t"] not in ("Space", "SoftBreak")] if _is_text(block) else []
    pictures = [_picture_of(inline) for inline in inlines]
    if not inlines or not all(pictures):
        yield block
        return
    whole = lines.get(id(pictures[0]))
    is_each_on_a_line = whole is not None and whole.last - whole.first + 1 == len(pictures)
    for at, (inline, picture) in enumerate(zip(inlines, pictures, strict=True)):
        figure = _figure(inline, picture)
        if whole is not None:
            line = whole.first + at
            made[id(figure)] = replace(whole, first=line, last=line) if is_each_on_a_line else whole
        yield figure


def _is_text(block: Node) -> bool:
    return block["t"] in ("Para", "Plain")


def _picture_of(inline: Node) -> Node:
    """The picture that an inline is, or that a link is made of alone; an empty node for any other."""
    inside = inline["c"][1] if inline["t"] == "Link" else [inline]
    return inside[0] if len(inside) == 1 and inside[0]["t"] == "Image" else {}


def _linked_picture(paragraph: Node) -> Node | None:
    inlines: Nodes = paragraph["c"]
    picture = _picture_of(inlines[0]) if len(inlines) == 1 and inlines[0]["t"] == "Link" else {}
    is_figure = bool(picture) and plain_text(picture["c"][1]) and (identifier(picture) or "alt" in attributes(picture))
    return inlines[0] if is_figure else None


def _figure(shown: Node, picture: Node) -> Node:
    """A figure of a picture, or of a link that shows it; it takes the picture's id and caption, as pandoc does."""
    name, caption = identifier(picture), picture["c"][1]
    attr_of(picture)[0] = ""
    return node("Figure", [name, [], []], [None, [plain(caption)] if caption else []], [plain([shown])])


def figure_problems(nodes: Nodes, places: Places) -> Iterator[Problem]:
    """D309, D310, D371 of blocks of figures; D370 where what is to stand under a caption has none to stand under."""
    for block in nodes:
        if block_kind(block) == "figures":
            yield from _block_problems(block, places)
    captioned = {id(inner) for figure in nodes if figure["t"] == "Figure" and figure["c"][1][1]
                 for inner in walk(figure["c"][2])}  # fmt: skip
    in_blocks = {id(inner) for block in nodes if block_kind(block) == "figures" for inner in walk(block)}
    for picture in (found for found in nodes if found["t"] == "Image" and id(found) not in captioned | in_blocks):
        given = [name for name in _CREDITS if attributes(picture).get(name, "").strip()]
        if given:
            target = str(picture["c"][2][0])
            yield problem("D370", places.near(picture).target(target), target, path=target, names=", ".join(given))


def _block_problems(block: Node, places: Places) -> Iterator[Problem]:
    place, content = opening(block, places), block["c"][1]
    figures = [part for part in content if part["t"] == "Figure"]
    if not identifier(block):
        yield problem("D309", place, block="figures", attribute="#id", example="#fig-1")
    if not 2 <= len(figures) <= MOST_PARTS or any(part["t"] != "Figure" and not _is_text(part) for part in content):
        yield problem("D371", place, identifier(block), most=MOST_PARTS)
    elif not any(_is_text(part) for part in content):
        yield problem("D310", place, identifier(block), block="figures")
