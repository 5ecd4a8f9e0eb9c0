"""Sections as texts of a dossier: their pieces as a tree, with figures, charts, boxes and references as here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from dossierbuild.core.ast import Node, Nodes, attr, div, has_words, header, link, node, para, plain, text
from dossierbuild.core.catalogue import Language
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.word import (
    Chart,
    Control,
    Field,
    Formula,
    Link,
    Paragraph,
    Picture,
    Table,
    TextBox,
    paragraphs_of,
)
from dossierbuild.core.word_tree import Reading, Special, inline_nodes, tree_of
from dossierbuild.stages.adopt.pictures import STAND_IN
from dossierbuild.stages.adopt.word.charts import Charted
from dossierbuild.stages.adopt.word.content import shown_in
from dossierbuild.stages.adopt.word.media import Media
from dossierbuild.stages.adopt.word.pieces import Figure, Heading, Piece
from dossierbuild.stages.adopt.word.references import reference_nodes, without_words_of_labels
from dossierbuild.stages.adopt.word.sections import Section
from dossierbuild.stages.adopt.words import WORDS

BOX = "attention"
"""The class of the box that a text box becomes, which is the one for anything that asks for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the parts of a document are in the dossier: pictures, charts, formulas, bookmarks, citations.

    `citations` has the nodes for each field or control that is one.
    """

    language: Language
    tag: str
    media: Media = field(default_factory=Media)
    charts: FrozenMap[Chart, Charted] = field(default_factory=FrozenMap)
    formulas: FrozenMap[str, str] = field(default_factory=FrozenMap)
    anchors: FrozenMap[str, str] = field(default_factory=FrozenMap)
    citations: FrozenMap[Field | Control, str] = field(default_factory=FrozenMap)
    numbers: FrozenMap[int, int] = field(default_factory=FrozenMap)


def tree_of_section(section: Section, known: Known) -> Nodes:
    """A section as the blocks of a text, which says so where nothing of it could be brought in."""
    reading = Reading(become=_become(known), numbers=known.numbers, language=known.tag)
    blocks = [
        made
        for is_apart, group in groupby(
            (section.heading, *section.pieces), lambda piece: isinstance(piece, Heading | Figure)
        )
        for made in (_apart(group, known, reading) if is_apart else tree_of(_blocks(group), reading))
    ]
    if len(blocks) == 1 and section.kind != "part":
        blocks.append(para(text(WORDS["figure"][known.language])))
    tree: Nodes = without_words_of_labels(blocks)
    return tree


def _blocks(pieces: Iterable[Piece]) -> list[Paragraph | Table]:
    return [piece for piece in pieces if isinstance(piece, Paragraph | Table)]


def _apart(pieces: Iterable[Piece], known: Known, reading: Reading) -> Iterator[Node]:
    for piece in pieces:
        if isinstance(piece, Heading):
            yield from _heading(piece, reading)
        elif isinstance(piece, Figure):
            yield from _figure(piece, known, reading)


def _heading(heading: Heading, reading: Reading) -> Iterator[Node]:
    """A heading with its level and its id, and what stands behind it that is no heading."""
    for made in tree_of([heading.paragraph], reading):
        yield header(heading.level, attr(heading.id), made["c"][2]) if made["t"] == "Header" else made


# --- figures and tables ----------------------------------------------------------------------------------------------


def _figure(figure: Figure, known: Known, reading: Reading) -> Nodes:
    caption = _caption(figure, reading)
    paragraphs = tuple(paragraphs_of((figure.block,)))
    shown = [inline for paragraph in paragraphs for inline in shown_in(paragraph.content)]
    if isinstance(figure.block, Table) and any(paragraph.text.strip() for paragraph in paragraphs):
        return _table(figure, caption, reading)
    charts = [inline for inline in shown if isinstance(inline, Chart)]
    pictures = [inline for inline in shown if isinstance(inline, Picture) and inline.part in known.media.paths]
    made: Nodes = []
    if len(pictures) == 1:
        made.append(_one_picture(pictures[0], figure.id, caption, known))
    elif pictures:
        made.append(_pictures(pictures, figure.id, caption, known))
    elif caption and not charts:
        made.append(_stand_in(figure.id, caption, known))
    for number, chart in enumerate(charts):
        own = (
            (figure.id, caption) if not pictures and not number else (f"{figure.id}-{chr(ord('a') + number % 26)}", [])
        )
        made += _chart(chart, *own, known)
    return made


def _caption(figure: Figure, reading: Reading) -> Nodes:
    made = inline_nodes(figure.caption, reading)
    words = [found for found in made if found["t"] not in ("Div", "Para", "Table", "Figure")]
    while words and words[0]["t"] in ("Space", "LineBreak"):
        words = words[1:]
    while words and words[-1]["t"] in ("Space", "LineBreak"):
        words = words[:-1]
    return [node("Space") if found["t"] == "LineBreak" else found for found in words]


def _table(figure: Figure, caption: Nodes, reading: Reading) -> Nodes:
    made = tree_of([figure.block], reading)
    tables = [found for found in made if found["t"] == "Table"]
    if not tables:
        return [*([para(caption)] if caption else []), *made]
    tables[0]["c"][0] = attr(figure.id)
    tables[0]["c"][1] = [None, [plain(caption)] if caption else []]
    return made


def _image(picture: Picture, known: Known, caption: Nodes | None = None) -> Node:
    """A picture; the words of its text alternative stand in it, or those of its caption where it has none."""
    path = known.media.paths[picture.part]
    if caption:
        return node("Image", attr(), text(picture.alt) if picture.alt else caption, [path, ""])
    alt = {"alt": picture.alt} if picture.alt or picture.is_decorative else {}
    return node("Image", attr(**alt), [], [path, ""])


def _one_picture(picture: Picture, identifier: str, caption: Nodes, known: Known) -> Node:
    image = _image(picture, known, caption)
    if not caption:
        return para([image])
    return node("Figure", attr(identifier), [None, [plain(caption)]], [plain([image])])


def _pictures(pictures: Sequence[Picture], identifier: str, caption: Nodes, known: Known) -> Node:
    images = [para([_image(picture, known)]) for picture in pictures]
    if not caption:
        return para([inline for picture in pictures for inline in (_image(picture, known), node("Space"))][:-1])
    return div(attr(identifier, ["figures"]), [*images, para(caption)])


def _stand_in(identifier: str, caption: Nodes, known: Known) -> Node:
    image = node("Image", attr(), text(WORDS["figure"][known.language]), [STAND_IN, ""])
    return node("Figure", attr(identifier), [None, [plain(caption)]], [plain([image])])


def _chart(chart: Chart, identifier: str, caption: Nodes, known: Known) -> Nodes:
    """A chart of the dossier, or a link to its numbers where no kind of ours shows the same."""
    made = known.charts.get(chart)
    if made is None:
        return [para(caption)] if caption else []
    words = caption or text(chart.title or WORDS["chart"][known.language])
    if made.kind is None:
        return [para([*words, node("Space"), node("Str", "("), _numbers(made, known), node("Str", ")")])]
    said = {"data": made.path.removeprefix("data/"), "type": made.kind.value, "x": made.x, "y": ",".join(made.y)}
    said |= {"decimal": "."} if made.has_decimals else {}
    said |= {"alt": chart.alt or chart.title or WORDS["chart"][known.language]}
    return [div(attr(identifier, ["chart"], **said), [para(words)])]


def _numbers(made: Charted, known: Known) -> Node:
    return link(text(WORDS["numbers"][known.language]), made.path)


# --- what is no plain text -------------------------------------------------------------------------------------------


def _become(known: Known) -> Callable[[Special, Reading], Nodes]:
    """What becomes of what is no plain text, in a document of which so much is known."""

    def become(inline: Special, reading: Reading) -> Nodes:
        if isinstance(inline, Field | Control) and inline in known.citations:
            return [node("RawInline", "markdown", known.citations[inline])]
        match inline:
            case Field() | Link():
                return reference_nodes(inline, inline_nodes(inline.content, reading), known.anchors)
            case Control(content=content):
                return inline_nodes(content, reading)
            case Formula():
                return _formula(inline, known)
            case TextBox(blocks=blocks):
                return [div(attr("", [BOX]), made)] if (made := _in_box(tree_of(blocks, reading))) else []
            case Picture() if inline.part in known.media.paths:
                return [_image(inline, known)]
            case Chart():
                return [_numbers(known.charts[inline], known)] if inline in known.charts else []
            case _:
                return []

    return become


def _formula(formula: Formula, known: Known) -> Nodes:
    tex = known.formulas.get(formula.xml)
    if tex is None:
        return [node("Code", attr(), formula.letters)] if formula.letters.strip() else []
    kind = "DisplayMath" if formula.is_display else "InlineMath"
    return [node("Math", {"t": kind}, tex)]


def _in_box(blocks: Nodes) -> Nodes:
    """The blocks of a box, whose first words are its heading where they are all bold or one; it has no other, and no
    box within it."""
    flat = [inner for made in blocks for inner in (made["c"][1] if made["t"] == "Div" else [made])]
    plain_blocks = [para([node("Strong", made["c"][2])]) if made["t"] == "Header" else made for made in flat]
    first = plain_blocks[0] if len(plain_blocks) > 1 else None
    if first and first["t"] == "Para" and [part["t"] for part in first["c"]] == ["Strong"] and has_words(first):
        return [header(3, attr(), first["c"][0]["c"]), *plain_blocks[1:]]
    return plain_blocks
