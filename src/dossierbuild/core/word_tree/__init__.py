"""A Word document as pandoc's tree: paragraphs, headings, lists, tables, quotations, code and notes as blocks.

What is no plain text (fields, pictures, charts, formulas, boxes) becomes what `Reading.become` says. A block that it
gives stands behind the paragraph that it came from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from dossierbuild.core.ast import Node, Nodes, attr, header, node, para, plain_text
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.word import (
    Block,
    Break,
    BreakKind,
    Chart,
    Control,
    Field,
    Formula,
    Inline,
    Link,
    Mark,
    Note,
    Paragraph,
    Picture,
    Table,
    Text,
    TextBox,
    Unread,
    inlines_of,
    paragraphs_of,
)
from dossierbuild.core.word_tree.lists import Item, nested
from dossierbuild.core.word_tree.tables import is_box, table_node, without_frame
from dossierbuild.core.word_tree.words import formatted, is_allowed, without_ends

__all__ = ["Reading", "Special", "inline_nodes", "is_empty", "list_numbers", "tree_of"]

Special = Field | Control | Link | Picture | Chart | Formula | TextBox | Unread
"""What a caller decides about. A link comes here when it leads to a place in the document."""

QUOTATIONS = frozenset(
    {"quote", "intense quote", "block text", "citaat", "duidelijk citaat", "block quote", "quotations"}
)
CODE = frozenset({"html preformatted", "source code", "code", "macro", "preformatted text"})
CONTINUED = frozenset({"list continue", "lijstvoortzetting"})
DEEPEST_HEADING = 6
_BEGINS_BLOCK = re.compile(r"(?::{3,}[\w.-]*|:|-{3,}|={3,})\Z")
"""Words at the beginning of a paragraph that the writer of Markdown does not know to begin a block there."""

_BLOCKS = frozenset({
    "Para", "Plain", "LineBlock", "CodeBlock", "RawBlock", "BlockQuote", "OrderedList", "BulletList", "DefinitionList",
    "Header", "HorizontalRule", "Table", "Figure", "Div",
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How words become a tree.

    `become` gives the inlines or blocks for what is no plain text; the same reading makes what is within it
    (`inline_nodes`, `tree_of`). `numbers` are those of `list_numbers` for the whole document, so that a list goes on
    behind what stands between its items. `language` is the tag of the words that state none.
    """

    become: Callable[[Special, Reading], Nodes]
    numbers: FrozenMap[int, int] = field(default_factory=FrozenMap)
    language: str = ""


def list_numbers(blocks: Sequence[Block]) -> FrozenMap[int, int]:
    """The number in its list of each paragraph that is an item, by the number of the paragraph.

    A level begins anew behind each item of a higher one.
    """
    counts: dict[tuple[str, int], int] = {}
    numbers: dict[int, int] = {}
    for paragraph in paragraphs_of(tuple(blocks)):
        item = paragraph.item
        if item is None or paragraph.outline:
            continue
        for deeper in [key for key in counts if key[0] == item.list and key[1] > item.level]:
            del counts[deeper]
        place = (item.list, item.level)
        counts[place] = numbers[paragraph.number] = counts.get(place, item.start - 1) + 1
    return FrozenMap(numbers)


def tree_of(blocks: Sequence[Block], reading: Reading) -> Nodes:
    """Blocks as nodes. Paragraphs without anything in them are left out; headings have no id."""
    kept = [block for block in blocks if not (isinstance(block, Paragraph) and is_empty(block))]
    return [made for kind, group in groupby(kept, _kind) for made in _group(kind, list(group), reading)]


def is_empty(paragraph: Paragraph) -> bool:
    """Whether a paragraph shows nothing at all."""
    return not any(
        inline.words.strip() if isinstance(inline, Text) else not isinstance(inline, Break | Mark | Link)
        for inline in inlines_of(paragraph.content)
    )


def _kind(block: Block) -> str:
    """What is gathered: blocks of one kind that follow each other become one thing."""
    if not isinstance(block, Paragraph):
        return "other"
    styles = {block.style, *block.styles}
    if block.outline:
        return "heading"
    if block.item or styles & CONTINUED:
        return "list"
    return "quotation" if styles & QUOTATIONS else "code" if styles & CODE else "paragraph"


def _group(kind: str, group: Sequence[Block], reading: Reading) -> Iterator[Node]:
    match kind:
        case "list":
            yield from nested([_item(block, reading) for block in group if isinstance(block, Paragraph)])
        case "quotation":
            yield node("BlockQuote", [made for block in group for made in _paragraph(block, reading)])
        case "code":
            lines = [_typed(block) for block in group if isinstance(block, Paragraph)]
            yield node("CodeBlock", attr("", ["text"]), "\n".join(lines))
        case _:
            for block in group:
                yield from _block(block, reading)


def _typed(paragraph: Paragraph) -> str:
    """The words of a line of code, in which a break begins a line."""
    inlines = inlines_of(paragraph.content)
    return "".join(
        inline.words if isinstance(inline, Text) else "\n" for inline in inlines if isinstance(inline, Text | Break)
    )


def _block(block: Block, reading: Reading) -> Nodes:
    if isinstance(block, Table):
        if is_box(block):
            return reading.become(TextBox(block.rows[0].cells[0].blocks), reading)
        if not any(row.cells for row in block.rows):
            return []
        return [table_node(block, lambda blocks: tree_of(blocks, reading))]
    return _paragraph(block, reading)


def _paragraph(block: Block, reading: Reading) -> Nodes:
    if isinstance(block, Unread):
        made = reading.become(block, reading)
        return [*([para(inlines)] if (inlines := _inlines(made)) else []), *_lifted(made)]
    assert isinstance(block, Paragraph)
    made = inline_nodes(block.content, reading)
    words = without_ends(_inlines(made))
    if block.outline and words:
        level = min(block.outline, DEEPEST_HEADING)
        return [header(level, attr(), _heading(words)), *_lifted(made)]
    return [*(para(_as_words(line)) for line in _parted(words)), *_lifted(made)]


def _inlines(nodes: Iterable[Node]) -> Nodes:
    return [made for made in nodes if made["t"] not in _BLOCKS]


def _lifted(nodes: Iterable[Node]) -> Nodes:
    return [made for made in nodes if made["t"] in _BLOCKS]


def _heading(words: Nodes) -> Nodes:
    """The words of a heading: on one line, and not emphasized as a whole."""
    while len(words) == 1 and words[0]["t"] in ("Strong", "Emph", "Underline", "SmallCaps"):
        words = words[0]["c"]
    return [node("Space") if made["t"] == "LineBreak" else made for made in words]


def _as_words(line: Nodes) -> Nodes:
    """A line whose first signs begin no block where they are written: a border of a box, a rule, a definition."""
    first = line[0]
    if first["t"] == "Str" and _BEGINS_BLOCK.match(first["c"]):
        return [node("RawInline", "markdown", re.sub(r"[:=-]", r"\\\g<0>", first["c"])), *line[1:]]
    return line


def _parted(words: Nodes) -> Iterator[Nodes]:
    """The paragraphs that an editor made of one by two line breaks in a row."""
    lines: list[Nodes] = [[]]
    for is_break, group in groupby(words, lambda made: made["t"] == "LineBreak"):
        made = list(group)
        if is_break and len(made) > 1:
            lines.append([])
        else:
            lines[-1] += made
    yield from (trimmed for line in lines if (trimmed := without_ends(line)))


def _item(paragraph: Paragraph, reading: Reading) -> Item:
    place = paragraph.item if paragraph.item and paragraph.item.format != "none" else None
    blocks = tuple(_paragraph(paragraph, reading))
    return Item(place, reading.numbers.get(paragraph.number, place.start if place else 1), blocks)


# --- inlines ---------------------------------------------------------------------------------------------------------


def inline_nodes(content: Sequence[Inline], reading: Reading) -> Nodes:
    """The content of a paragraph as nodes; blocks among them are what `become` gave."""
    return formatted(content, lambda inline: _become(inline, reading), reading.language)


def _become(inline: Inline, reading: Reading) -> Nodes:
    match inline:
        case Break(kind=kind):
            return [node("LineBreak")] if kind is BreakKind.LINE else [node("Space")]
        case Note(blocks=blocks):
            made = [block for found in tree_of(blocks, reading) for block in without_frame(found)]
            return [node("Note", made)] if made else []
        case Link(target=target, content=content) if not target.startswith("#"):
            return _link(target, content, reading)
        case Text() | Mark():
            return []
        case _:
            return reading.become(inline, reading)


def _plain(inline: Inline) -> Inline:
    """Words of a link that are not underlined for being one."""
    return replace(inline, look=replace(inline.look, underline=False)) if isinstance(inline, Text) else inline


def _link(target: str, content: Sequence[Inline], reading: Reading) -> Nodes:
    """A link to an address that a text may lead to; elsewhere its words only, which are never underlined."""
    made = inline_nodes([_plain(inline) for inline in content], reading)
    words, lifted = _inlines(made), _lifted(made)
    if not is_allowed(target) or not (plain_text(words) or any(word["t"] == "Image" for word in words)):
        return made
    return [node("Link", attr(), words, [target, ""]), *lifted]
