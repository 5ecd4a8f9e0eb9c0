"""The tree of a text as one that pandoc writes as Word's: with styles by name, bookmarks, fields and pictures."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from dossierbuild.core.ast import (
    Node,
    Nodes,
    attr,
    attributes,
    citation_number,
    classes,
    div,
    header,
    identifier,
    node,
    para,
    plain_text,
    rewrite,
    span,
    text,
    walk,
)
from dossierbuild.core.downloads import SCHEME
from dossierbuild.core.entries import FURTHER_READING, key_of_named
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.model import ListKind, TextFile
from dossierbuild.core.passages import Kind
from dossierbuild.core.sent import (
    BEGINS,
    BOX_BEGIN_STYLE,
    BOX_END_STYLE,
    BOX_STYLE,
    CELL_STYLE,
    ENDS,
    PICTURE_STYLE,
    SHOWN_STYLE,
    TABLE_NOTE_STYLE,
    VERSE_STYLE,
    Bookmark,
    Carrier,
)
from dossierbuild.core.table_notes import NOTE
from dossierbuild.stages.send.drawings import Shown, drawing
from dossierbuild.stages.send.fields import DISPLAY, citation_field, raw, reference_field, xml_text
from dossierbuild.stages.send.passages import Bookmarks, PassageNumbers

BODY_STYLE = "Body Text"
# The kinds of box, each with the word for it.
_BOXES = MappingProxyType(
    {
        "key-point": "word_key_point",
        "key-figure": "word_key_figure",
        "practice": "practice",
        "definition": "definition",
        "quote": "quote",
        "attention": "attention",
    }
)
_LISTS = frozenset(kind.value for kind in ListKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class SentText:
    """A text to send, with all that it prints besides its own words.

    `blocks` is its tree in which citations are numbered and each cross-reference without words has its label.
    `printed` has what each citation prints by its number, `captions` the label ("Figuur 3") of each figure and table
    that has one by its id, and `terms` the fixed words of its language.
    """

    text: TextFile
    blocks: Any
    printed: FrozenMap[int, Any]
    captions: FrozenMap[str, str]
    terms: FrozenMap[str, str]


@dataclass(frozen=True, slots=True)
class _Around:
    """What a block stands in: the style of its paragraphs by name, empty in a note, where pandoc knows it."""

    style: str = BODY_STYLE

    def item(self) -> _Around:
        return replace(self, style="List Paragraph" if self.style in (BODY_STYLE, BOX_STYLE) else self.style)


@dataclass(slots=True)
class Writer:
    """A document while it is written: bookmarks and citations are counted through all of its texts.

    `works` has CSL-JSON by key, `pictures` what is shown by path, and `relations` the relation of each that is.
    """

    works: Mapping[str, str]
    pictures: Mapping[str, Shown]
    bookmarks: Bookmarks = field(default_factory=Bookmarks)
    relations: dict[str, str] = field(default_factory=dict)
    passages: int = 0
    citations: int = 0
    drawings: int = 0

    def text(self, sent: SentText) -> Nodes:
        """The blocks of a text."""
        written = _TextWriter(self, sent, PassageNumbers(sent.text.passages, self.passages))
        blocks = written.blocks(sent.blocks.nodes(), _Around())
        self.passages += len(sent.text.passages)
        return blocks

    def drawing(self, path: str, alt: str, given: float) -> Nodes:
        """A picture in a line; nothing where it is not there."""
        shown = self.pictures.get(path)
        if shown is None:
            return []
        self.drawings += 1
        relation = self.relations.setdefault(path, f"rIdPicture{len(self.relations) + 1}")
        return [drawing(shown, number=self.drawings, relation=relation, name=path, alt=alt, given=given)]


@dataclass(frozen=True, slots=True)
class _TextWriter:
    """The writer of one text."""

    document: Writer
    sent: SentText
    passages: PassageNumbers

    # --- blocks ------------------------------------------------------------------------------------------------------

    def blocks(self, blocks: Sequence[Node], around: _Around) -> Nodes:
        written: Nodes = []
        for block in blocks:
            write = _BLOCKS.get(block["t"])
            written += write(self, block, around) if write else []
        return written

    def paragraph(self, inlines: Nodes, style: str) -> Node:
        """A paragraph in a style by its name."""
        return div(attr(custom_style=style), [para(inlines)]) if style else para(inlines)

    def passage(self, kind: Kind, inlines: Nodes, style: str) -> Node:
        """A paragraph with the words of the next passage of a kind."""
        return self.numbered(self.passages.next(kind), inlines, style)

    def numbered(self, number: int | None, inlines: Nodes, style: str, carrier: Carrier = Carrier.WORDS) -> Node:
        return self.paragraph(self.document.bookmarks.around(carrier, number, self.inlines(inlines, number)), style)

    def led(
        self, number: int | None, blocks: Sequence[Node], style: str, around: _Around, carrier: Carrier = Carrier.WORDS
    ) -> Nodes:
        """Blocks of which the first paragraph is the words of a passage; an empty one where none leads."""
        leads = bool(blocks) and blocks[0]["t"] in ("Para", "Plain")
        first = self.numbered(number, blocks[0]["c"] if leads else [], style, carrier)
        rest = self.blocks(blocks[1:] if leads else blocks, around)
        return [first, *rest] if leads or not rest else rest

    def shown(self, number: int | None, words: str, *, picture: Nodes | None = None) -> Node:
        """A line that the program shows in the place of a block, or the picture that it draws there."""
        style, content = (PICTURE_STYLE, picture) if picture else (SHOWN_STYLE, text(words))
        return self.paragraph(self.document.bookmarks.around(Carrier.SHOWN, number, content), style)

    def words(self, name: str, **values: str) -> str:
        return self.sent.terms[name].format_map(values)

    def label(self, number: int | None, name: str) -> Nodes:
        """The line with the label of a figure or table, where it has one."""
        label = self.sent.captions.get(name, "")
        return [self.shown(number, label)] if label else []

    def caption(self, number: int | None, blocks: Sequence[Node]) -> Nodes:
        """The caption of a figure or table, which may be written as several blocks."""
        inlines: Nodes = []
        for block in blocks:
            if block["t"] in ("Para", "Plain"):
                inlines += [node("Space"), *block["c"]] if inlines else block["c"]
        return [self.numbered(number, inlines, "caption")] if inlines else []

    # --- inlines -----------------------------------------------------------------------------------------------------

    def inlines(self, inlines: Sequence[Node], passage: int | None) -> Nodes:
        """The words of a passage, which goes by its number."""
        written: Nodes = []
        for inline in inlines:
            write = _INLINES.get(inline["t"])
            written += write(self, inline, passage) if write else [self._inside(inline, passage)]
        return written

    def _inside(self, inline: Node, passage: int | None) -> Node:
        content = inline.get("c")
        if inline["t"] == "Quoted":
            return node("Quoted", inline["c"][0], self.inlines(inline["c"][1], passage))
        if isinstance(content, list) and inline["t"] != "Code":
            return node(inline["t"], self.inlines(content, passage))
        return inline


def _paragraph(writer: _TextWriter, block: Node, around: _Around) -> Nodes:
    return [writer.passage(Kind.PARAGRAPH, block["c"], around.style)]


def _heading(writer: _TextWriter, block: Node, around: _Around) -> Nodes:
    level, _, inlines = block["c"]
    number = writer.passages.next(Kind.HEADING)
    words = writer.inlines(inlines, number)
    return [header(level, attr(), writer.document.bookmarks.around(Carrier.WORDS, number, words))]


def _items(writer: _TextWriter, items: Sequence[Nodes], around: _Around) -> list[Nodes]:
    writer.passages.next(Kind.LIST)
    inside = around.item()
    return [writer.led(writer.passages.next(Kind.ITEM), item, inside.style, inside) for item in items]


def _bullets(writer: _TextWriter, block: Node, around: _Around) -> Nodes:
    return [node("BulletList", _items(writer, block["c"], around))]


def _numbers(writer: _TextWriter, block: Node, around: _Around) -> Nodes:
    return [node("OrderedList", block["c"][0], _items(writer, block["c"][1], around))]


def _definitions(writer: _TextWriter, block: Node, around: _Around) -> Nodes:
    writer.passages.next(Kind.LIST)
    written: Nodes = []
    for term, definitions in block["c"]:
        written.append(writer.passage(Kind.TERM, term, "Definition Term"))
        for definition in definitions:
            inside = replace(around, style="Definition")
            written += writer.led(writer.passages.next(Kind.DEFINITION), definition, "Definition", inside)
    return written


def _quotation(writer: _TextWriter, block: Node, around: _Around) -> Nodes:
    writer.passages.next(Kind.QUOTATION)
    return writer.blocks(block["c"], replace(around, style="Quote"))


def _code(writer: _TextWriter, block: Node, around: _Around) -> Nodes:
    lines = [[node("Code", attr(), line)] if line else [] for line in block["c"][1].split("\n")]
    return [writer.passage(Kind.CODE, _in_lines(lines), "Source Code")]


def _verse(writer: _TextWriter, block: Node, around: _Around) -> Nodes:
    return [writer.passage(Kind.VERSE, _in_lines(block["c"]), VERSE_STYLE)]


def _in_lines(lines: Sequence[Nodes]) -> Nodes:
    return [inline for at, line in enumerate(lines) for inline in ([node("LineBreak")] if at else []) + list(line)]


def _rule(writer: _TextWriter, block: Node, around: _Around) -> Nodes:
    return [writer.paragraph(text("* * *"), SHOWN_STYLE)]


def _table(writer: _TextWriter, block: Node, around: _Around) -> Nodes:
    _, (_, caption), columns, head, bodies, foot = block["c"]
    number = writer.passages.next(Kind.TABLE)
    above = [*writer.label(number, identifier(block)), *writer.caption(number, caption)]
    rows = [
        [writer_row(writer, row) for row in part]
        for part in (head[1], *(part for body in bodies for part in (body[2], body[3])), foot[1])
    ]
    heads, inner, feet = rows[0], rows[1:-1], rows[-1]
    written = [[attr(), body[1], inner[2 * at], inner[2 * at + 1]] for at, body in enumerate(bodies)]
    table = node("Table", attr(), [None, []], columns, [attr(), heads], written, [attr(), feet])
    return [*above, table]


def writer_row(writer: _TextWriter, row: Any) -> Any:
    """A row of a table, each cell with its words in the style of tables."""
    writer.passages.next(Kind.ROW)
    inside = _Around(CELL_STYLE)
    cells = [
        [attr(), align, down, across, writer.led(writer.passages.next(Kind.CELL), blocks, CELL_STYLE, inside)]
        for _, align, down, across, blocks in row[1]
    ]
    return [attr(), cells]


def _figure(writer: _TextWriter, block: Node, around: _Around) -> Nodes:
    number = writer.passages.next(Kind.FIGURE)
    caption = writer.caption(number, block["c"][1][1])
    pictures = [inner for inner in walk(block["c"][2]) if inner["t"] == "Image"]
    shown = [writer.paragraph(_picture(writer, picture), PICTURE_STYLE) for picture in pictures]
    return [*writer.label(number, identifier(block)), *shown, *caption]


def _figures(writer: _TextWriter, block: Node, around: _Around) -> Nodes:
    number = writer.passages.next(Kind.FIGURE)
    parts = [part for part in block["c"][1] if part["t"] == "Figure"]
    own = [part for part in block["c"][1] if part["t"] != "Figure"]
    caption = writer.led(number, own, "caption", replace(around, style="caption")) if own else []
    figures = [inner for part in parts for inner in _figure(writer, part, around)]
    return [*writer.label(number, identifier(block)), *figures, *caption]


# --- blocks between colons -------------------------------------------------------------------------------------------


def _div(writer: _TextWriter, block: Node, around: _Around) -> Nodes:
    """A block between colons: what its class says, or else a passage with an id or a language of its own."""
    names, language = classes(block), attributes(block).get("lang", "")
    write = next((write for name, write in _DIVS.items() if name in names), _transparent)
    written = write(writer, block, around)
    return [div(attr(lang=language), written)] if language else written


def _transparent(writer: _TextWriter, block: Node, around: _Around) -> Nodes:
    writer.passages.next(Kind.BOX)
    return writer.blocks(block["c"][1], around)


def _box(writer: _TextWriter, block: Node, around: _Around) -> Nodes:
    number = writer.passages.next(Kind.BOX)
    kind = next(name for name in _BOXES if name in classes(block))
    given = attributes(block)
    figure = " ".join(part for part in (given.get("value", ""), given.get("unit", "")) if part)
    name = writer.words(_BOXES[kind]) + (f" {figure}" if figure else "")
    begin = f"{BEGINS} {writer.words('word_box', label=name)} ({kind})"
    return [
        _border(writer, Carrier.BOX_BEGIN, number, begin, BOX_BEGIN_STYLE),
        *writer.blocks(block["c"][1], replace(around, style=BOX_STYLE)),
        _border(writer, Carrier.BOX_END, number, f"{ENDS} {writer.words('word_box_end')} ({kind})", BOX_END_STYLE),
    ]


def _border(writer: _TextWriter, carrier: Carrier, number: int | None, words: str, style: str) -> Node:
    return writer.paragraph(writer.document.bookmarks.around(carrier, number, text(words)), style)


def _notes(writer: _TextWriter, block: Node, around: _Around) -> Nodes:
    writer.passages.next(Kind.BOX)
    return writer.blocks(block["c"][1], replace(around, style=TABLE_NOTE_STYLE))


def _chart(writer: _TextWriter, block: Node, around: _Around) -> Nodes:
    number, name = writer.passages.next(Kind.CHART), identifier(block)
    given = attributes(block)
    picture = writer.document.drawing(f"charts/{name}", given.get("alt", ""), 0.0)
    words = writer.words("word_chart", file=given.get("data", ""))
    shown = [writer.shown(number, _labelled(writer, block, words))]
    shown += [writer.shown(number, "", picture=picture)] if picture else []
    return [*shown, *writer.led(number, block["c"][1], "caption", replace(around, style="caption"))]


def _data_table(writer: _TextWriter, block: Node, around: _Around) -> Nodes:
    number = writer.passages.next(Kind.TABLE)
    words = writer.words("word_table", file=attributes(block).get("data", ""))
    shown = writer.shown(number, _labelled(writer, block, words))
    return [shown, *writer.led(number, block["c"][1], "caption", replace(around, style="caption"))]


def _labelled(writer: _TextWriter, block: Node, words: str) -> str:
    label = writer.sent.captions.get(identifier(block), "")
    return f"{label} · {words}" if label else words


def _insert(writer: _TextWriter, block: Node, around: _Around) -> Nodes:
    """What comes from elsewhere: the key points of a chapter, a panel."""
    number = writer.passages.next(Kind.INSERT)
    source = attributes(block).get("from", "")
    name = "word_panel" if "panel" in classes(block) else "word_key_points"
    shown = [writer.shown(number, writer.words(name, source=source))] if source else []
    rest = block["c"][1]
    return [*shown, *(writer.led(number, rest, around.style, around) if rest else [])]


def _further_reading(writer: _TextWriter, block: Node, around: _Around) -> Nodes:
    number = writer.passages.next(Kind.BOX)
    writer.passages.skip_within(number)
    keys = [key_of_named(named) for named in block["c"][1]]
    titles = [str(json.loads(writer.document.works.get(key, "{}")).get("title", key)) for key in keys]
    return [writer.shown(number, writer.words("word_further_reading", works="; ".join(titles)))]


def _list(writer: _TextWriter, block: Node, around: _Around) -> Nodes:
    number = writer.passages.next(Kind.BOX)
    kind = next(name for name in classes(block) if name in _LISTS)
    words = writer.words("word_list", label=writer.sent.terms[kind])
    return [*writer.blocks(block["c"][1], around), writer.shown(number, words)]


# --- inlines ---------------------------------------------------------------------------------------------------------


def _cite(writer: _TextWriter, inline: Node, passage: int | None) -> Nodes:
    writer.document.citations += 1
    printed = writer.sent.printed.get(citation_number(inline))
    words = _as_words(printed.nodes() if printed else inline["c"][1])
    return citation_field(inline, writer.document.citations, words, writer.document.works)


def _as_words(printed: Nodes) -> Nodes:
    """What a citation prints, without links and without what stands in a note: this is put in brackets."""

    before = " " if printed and printed[0]["t"] != "Note" else ""

    def change(inline: Node) -> Node | Nodes | None:
        if inline["t"] in ("Link", "Span"):
            return list(inline["c"][1])
        if inline["t"] == "Note":
            return text(f"{before}[{plain_text(inline['c'])}]")
        return [] if inline["t"] == "RawInline" else None

    words: Nodes = rewrite(printed, change)
    return words


def _link(writer: _TextWriter, inline: Node, passage: int | None) -> Nodes:
    triple, words, (target, title) = inline["c"]
    if not target.startswith("#"):
        return [node("Link", attr(), writer.inlines(words, passage), [target.removeprefix(SCHEME), title])]
    if "cross-reference" in triple[1] or not words:
        return reference_field(target[1:], words or text(target))
    number = writer.passages.of_id(target[1:])
    anchor = Bookmark(Carrier.WORDS, number).name if number is not None else target[1:]
    return [raw(f'<w:hyperlink w:anchor="{xml_text(anchor)}">'), *writer.inlines(words, passage), raw("</w:hyperlink>")]


def _image(writer: _TextWriter, inline: Node, passage: int | None) -> Nodes:
    return _picture(writer, inline)


def _picture(writer: _TextWriter, image: Node) -> Nodes:
    path, alt = image["c"][2][0], plain_text(image["c"][1])
    width = attributes(image).get("width", "")
    given = float(width[:-1]) / 100 if width[:-1].isdigit() and width.endswith("%") else 0.0
    return writer.document.drawing(path, alt, given) or text(writer.words("word_picture", path=path))


def _note(writer: _TextWriter, inline: Node, passage: int | None) -> Nodes:
    blocks = inline["c"]
    leads = bool(blocks) and blocks[0]["t"] in ("Para", "Plain")
    words = plain_text(blocks[0]) if leads else ""
    number = writer.passages.of_note(json.dumps(blocks, sort_keys=True), words)
    return [node("Note", writer.led(number, blocks, "", _Around(""), Carrier.NOTE))]


def _math(writer: _TextWriter, inline: Node, passage: int | None) -> Nodes:
    """A formula. For one on a line of its own pandoc would begin a paragraph, so it gets its line here."""
    kind, tex = inline["c"]
    formula = [node("Math", {"t": "InlineMath"}, tex)]
    if kind["t"] == "DisplayMath":
        formula = [raw(f"<{DISPLAY}>"), *formula, raw(f"</{DISPLAY}>")]
    return writer.document.bookmarks.around(Carrier.FORMULA, passage, formula)


def _span(writer: _TextWriter, inline: Node, passage: int | None) -> Nodes:
    language = attributes(inline).get("lang", "")
    words = writer.inlines(inline["c"][1], passage)
    return [span(attr(lang=language), words)] if language else words


_Write = Callable[[_TextWriter, Node, _Around], Nodes]
_BLOCKS: Mapping[str, _Write] = MappingProxyType(
    {
        "Para": _paragraph,
        "Plain": _paragraph,
        "Header": _heading,
        "BulletList": _bullets,
        "OrderedList": _numbers,
        "DefinitionList": _definitions,
        "BlockQuote": _quotation,
        "CodeBlock": _code,
        "LineBlock": _verse,
        "HorizontalRule": _rule,
        "Table": _table,
        "Figure": _figure,
        "Div": _div,
    }
)
_DIVS: Mapping[str, _Write] = MappingProxyType(
    {
        "chart": _chart,
        "table": _data_table,
        "figures": _figures,
        "panel": _insert,
        "key-points": _insert,
        FURTHER_READING: _further_reading,
        NOTE: _notes,
        **dict.fromkeys(sorted(_LISTS), _list),
        **dict.fromkeys(_BOXES, _box),
    }
)
_INLINES: Mapping[str, Callable[[_TextWriter, Node, int | None], Nodes]] = MappingProxyType(
    {
        "Cite": _cite,
        "Link": _link,
        "Math": _math,
        "Image": _image,
        "Note": _note,
        "Span": _span,
        "RawInline": lambda writer, inline, passage: [],
    }
)
