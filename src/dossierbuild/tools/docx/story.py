"""The blocks of a part in order, with its fields, notes and marks: the words of a document as a reader meets them.

Fields begin, end and nest anywhere, also over paragraphs (ECMA-376, 17.16.18), so they are kept open while a part is
read. Word cuts an instruction at every change of looks; here it is whole.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from lxml import etree

from dossierbuild.core.word import (
    Block,
    Break,
    BreakKind,
    Cell,
    Control,
    Field,
    Formula,
    Inline,
    Link,
    Look,
    Mark,
    MarkKind,
    Note,
    Paragraph,
    Row,
    Table,
    Text,
    Unread,
)
from dossierbuild.tools.docx.drawings import Drawings
from dossierbuild.tools.docx.package import Element, Package, Relation
from dossierbuild.tools.docx.styles import Numbering, Style, Styles, by_style, outline_of, sign, toggle
from dossierbuild.tools.docx.vocabulary import child, is_on, name, short, value

_HYPERLINK = re.compile(r'\s*HYPERLINK\s+(?:"(?P<address>[^"]*)"|(?P<bare>(?!\\)\S+))?(?P<rest>.*)', re.DOTALL)
_ANCHOR = re.compile(r'\\l\s+"?([^"\s]+)"?')
_BREAKS = MappingProxyType({"page": BreakKind.PAGE, "column": BreakKind.COLUMN})


@dataclass(slots=True)
class _Open:
    """A field that has begun: the pieces of its instruction, and what it prints so far in this paragraph."""

    pieces: list[str] = field(default_factory=list)
    data: str = ""
    is_printing: bool = False
    is_carried: bool = False  # it began in an earlier paragraph
    content: list[Inline] = field(default_factory=list)

    @property
    def instruction(self) -> str:
        return "".join(self.pieces).strip()


@dataclass(frozen=True, slots=True)
class Setting:
    """What the parts of a document share."""

    package: Package
    styles: Styles
    numbering: Numbering
    notes: Mapping[tuple[str, bool], Callable[[], tuple[Block, ...]]]
    count: Iterator[int]
    hidden: list[str]


class Story:
    """Reads the blocks of a part, or of a note, a text box or the like, whose fields end within it."""

    def __init__(self, setting: Setting, relations: dict[str, Relation], commented: frozenset[str]) -> None:
        self._setting = setting
        self._relations = relations
        self._commented = commented  # comments that have a range
        self._open: list[_Open] = []
        self._waiting: list[Inline] = []  # marks between paragraphs, which go into the next
        self._names: dict[str, str] = {}
        self._drawings = Drawings(setting.package, relations, self._inside)
        self._is_printed = True

    def blocks(self, parent: Element, control: str = "") -> tuple[Block, ...]:
        """The blocks within an element."""
        return tuple(self._blocks(parent, control))

    def _inside(self, parent: Element) -> tuple[Block, ...]:
        return Story(self._setting, self._relations, self._commented).blocks(parent)

    def _blocks(self, parent: Iterable[Element], control: str) -> Iterator[Block]:
        for element in parent:
            kind = short(element)
            if kind == "w:p":
                yield self._paragraph(element, control)
            elif kind == "w:tbl":
                yield self._table(element, control)
            elif kind == "w:sdt":
                yield from self._blocks(_content_of(element), _control(element)[0] or control)
            elif kind in ("w:customXml", "w:smartTag"):
                yield from self._blocks(element, control)
            elif kind == "w:altChunk":
                yield Unread("chunk")
            elif kind == "w:subDoc":
                yield Unread("subdocument")
            elif kind == "mc:AlternateContent":
                yield from self._blocks(element[0] if len(element) else (), control)
            elif kind in ("m:oMathPara", "m:oMath"):
                yield self._made(tuple(self._gathered(self._inlines([element], (), control))), control)
            elif mark := self._mark(element):
                self._waiting.append(mark)

    def _made(self, content: tuple[Inline, ...], control: str) -> Paragraph:
        """A paragraph around what stands between paragraphs."""
        number = next(self._setting.count)
        return Paragraph(number=number, style="", styles=(), content=content, in_control=control)

    # --- paragraphs --------------------------------------------------------------------------------------------------

    def _paragraph(self, paragraph: Element, control: str) -> Paragraph:
        number = next(self._setting.count)
        properties = child(paragraph, "w:pPr")
        styles = self._setting.styles.chain(value(properties, "w:pStyle"))
        outline = outline_of(properties, styles)
        carried = self._open[0].instruction if self._open else ""
        self._is_printed = False
        waiting, self._waiting = self._waiting, []
        content = [*waiting, *self._gathered(self._inlines(paragraph, styles, control))]
        return Paragraph(
            number=number,
            style=styles[0].name if styles else value(properties, "w:pStyle").casefold(),
            styles=tuple(style.name for style in styles),
            content=tuple(_joined(content)),
            outline=outline,
            item=None if outline else self._setting.numbering.place(properties, styles),
            in_field=carried if carried and (self._open or not _has_words(content) or self._is_printed) else "",
            in_control=control,
            is_bold=by_style("w:b", styles),
        )

    def _gathered(self, inlines: Iterator[_Read]) -> list[Inline]:
        """The inlines outside fields that are open; what a field that goes on prints here stands in it."""
        content: list[Inline] = []
        for inline in inlines:
            self._put(inline, content)
        fresh = [one for one in self._open if not one.is_carried]
        while fresh:  # from the innermost: each within the one around it
            last = fresh.pop()
            printed = Field(last.instruction, last.data, tuple(_joined(last.content)), is_whole=False)
            target = fresh[-1].content if fresh else content
            if not fresh or fresh[-1].is_printing:
                target.append(printed)
        for one in self._open:
            one.is_carried, one.content = True, []
        return content

    def _put(self, inline: Inline | _Sign, content: list[Inline]) -> None:
        if isinstance(inline, _Sign):
            self._follow(inline, content)
            return
        around = self._open[-1] if self._open else None
        if around is not None and not around.is_printing:
            if isinstance(inline, Mark):  # LibreOffice puts one there that began before the field
                around.content.append(inline)
            return  # else only instructions count within an instruction
        if around is not None and around.is_carried:
            self._is_printed = True
        fresh = [one for one in self._open if not one.is_carried and one.is_printing]
        (fresh[-1].content if fresh else content).append(inline)

    def _follow(self, sign: _Sign, content: list[Inline]) -> None:
        """Begin a field, go on with its instruction, or end it."""
        if sign.kind == "begin":
            self._open.append(_Open(data=sign.words))
        elif not self._open:
            return
        elif sign.kind == "instruction":
            if not self._open[-1].is_printing:
                self._open[-1].pieces.append(sign.words)
        elif sign.kind == "separate":
            self._open[-1].is_printing = True
        else:
            self._end(self._open.pop(), content)

    def _end(self, ended: _Open, content: list[Inline]) -> None:
        around = self._open[-1] if self._open else None
        if around is not None and not around.is_printing:  # a field within an instruction
            around.data += ended.data
            around.pieces += [part.words for part in ended.content if isinstance(part, Text)]
        elif not ended.is_carried:
            self._put(_field(ended.instruction, ended.data, tuple(_joined(ended.content))), content)

    # --- inlines -----------------------------------------------------------------------------------------------------

    def _inlines(self, parent: Iterable[Element], styles: tuple[Style, ...], control: str) -> Iterator[_Read]:
        for element in parent:
            reader = _READERS.get(short(element))
            if reader is not None:
                yield from reader(self, element, styles, control)
            elif mark := self._mark(element):
                yield mark

    def _all(self, element: Element, styles: tuple[Style, ...], control: str) -> Iterator[_Read]:
        yield from self._inlines(element, styles, control)

    def _within(self, element: Iterable[Element], styles: tuple[Style, ...], control: str) -> tuple[Inline, ...]:
        """What stands in an element that is one thing: the fields that begin in it end in it."""
        outer, self._open = self._open, []
        content = self._gathered(self._inlines(element, styles, control))
        self._open = outer
        return tuple(_joined(content))

    def _hyperlink(self, element: Element, styles: tuple[Style, ...], control: str) -> Iterator[_Read]:
        relation = self._relations.get(element.get(name("r:id"), ""))
        anchor = element.get(name("w:anchor"), "")
        target = (relation.target if relation else "") + (f"#{anchor}" if anchor else "")
        content = self._within(element, styles, control)
        yield from (Link(target, content),) if target else content

    def _simple_field(self, element: Element, styles: tuple[Style, ...], control: str) -> Iterator[_Read]:
        data = "".join((part.text or "") for part in element.iter(name("w:fldData")))
        inner = [part for part in element if short(part) != "w:fldData"]
        yield _field(element.get(name("w:instr"), "").strip(), data, self._within(inner, styles, control))

    def _control(self, element: Element, styles: tuple[Style, ...], control: str) -> Iterator[_Read]:
        tag, title = _control(element)
        yield Control(tag, title, self._within(_content_of(element), styles, control))

    def _formula(self, element: Element, styles: tuple[Style, ...], control: str) -> Iterator[_Read]:
        is_display = short(element) == "m:oMathPara"
        for formula in element.iter(name("m:oMath")) if is_display else (element,):
            letters = "".join(part.text or "" for part in formula.iter(name("m:t")))
            xml = etree.tostring(formula, encoding="unicode", with_tail=False)
            yield Formula(xml, is_display, letters)

    def _alternatives(self, element: Element, styles: tuple[Style, ...], control: str) -> Iterator[_Read]:
        """The first alternative that is read as something, else the last."""
        for choice in element:
            read = tuple(self._inlines(choice, styles, control))
            if choice is element[-1] or (read and not all(isinstance(part, Unread) for part in read)):
                yield from read
                return

    def _mark(self, element: Element) -> Mark | None:
        """Where a bookmark or the words of a comment begin or end."""
        kind, identifier = short(element), element.get(name("w:id"), "")
        if kind == "w:bookmarkStart":
            called = self._names[identifier] = element.get(name("w:name"), "")
            return Mark(MarkKind.BOOKMARK, called, is_start=True)
        if kind == "w:bookmarkEnd" and identifier in self._names:
            return Mark(MarkKind.BOOKMARK, self._names[identifier], is_start=False)
        if kind in ("w:commentRangeStart", "w:commentRangeEnd"):
            return Mark(MarkKind.COMMENT, identifier, is_start=kind == "w:commentRangeStart")
        return None

    # --- runs --------------------------------------------------------------------------------------------------------

    def _run(self, run: Element, styles: tuple[Style, ...], control: str) -> Iterator[_Read]:
        properties = child(run, "w:rPr")
        character = self._setting.styles.chain(value(properties, "w:rStyle"), "character")
        look = self._look(properties, styles, character)
        is_hidden = toggle("w:vanish", properties, (*character, *styles))
        font = child(properties, "w:rFonts") if properties is not None else None
        for part in run:
            for inline in self._part_of_run(part, look, font, control):
                if is_hidden and not isinstance(inline, _Sign):
                    if isinstance(inline, Text) and not self._is_in_instruction():
                        self._setting.hidden.append(inline.words)
                    continue
                yield inline

    def _is_in_instruction(self) -> bool:
        return bool(self._open) and not self._open[-1].is_printing

    def _look(self, run: Element | None, paragraph: tuple[Style, ...], character: tuple[Style, ...]) -> Look:
        alignment = next(
            (found for own in (run, *(child(style.element, "w:rPr") for style in character))
             if (found := value(own, "w:vertAlign"))), "",
        )  # fmt: skip
        return Look(
            bold=toggle("w:b", run, character),
            italic=toggle("w:i", run, character),
            underline=value(run, "w:u") not in ("", "none"),
            strike=toggle("w:strike", run, character) or toggle("w:dstrike", run, character),
            superscript=alignment == "superscript",
            subscript=alignment == "subscript",
            small_caps=toggle("w:smallCaps", run, character),
            highlight=value(run, "w:highlight") not in ("", "none"),
            style=character[0].name if character and value(run, "w:rStyle") else "",
            language=value(run, "w:lang"),
            size=self._setting.styles.size(run, paragraph, character),
        )

    def _part_of_run(self, part: Element, look: Look, font: Element | None, control: str) -> Iterator[_Read]:
        kind = short(part)
        if kind == "w:t":
            yield from _text(part.text or "", look, font)
        elif kind in _CHARACTERS:
            yield Text(_CHARACTERS[kind], look)
        elif kind in ("w:br", "w:cr"):
            yield Break(_BREAKS.get(part.get(name("w:type"), ""), BreakKind.LINE))
        elif kind == "w:sym":
            yield _symbol(part, look)
        elif kind == "w:fldChar":
            data = child(part, "w:fldData")
            yield _Sign(part.get(name("w:fldCharType"), ""), (data.text or "") if data is not None else "")
        elif kind == "w:instrText":
            yield _Sign("instruction", part.text or "")
        elif kind in ("w:footnoteReference", "w:endnoteReference"):
            yield from self._note(part, is_endnote=kind == "w:endnoteReference")
        elif kind in ("w:drawing", "w:pict", "w:object"):
            yield from self._drawings.read(part)
        elif kind == "mc:AlternateContent":
            yield from self._alternatives_of_run(part, look, font, control)
        elif kind == "w:commentReference":
            identifier = part.get(name("w:id"), "")
            if identifier not in self._commented:
                yield Mark(MarkKind.COMMENT, identifier, is_start=True)
                yield Mark(MarkKind.COMMENT, identifier, is_start=False)
        elif kind == "w:ruby":
            base = child(part, "w:rubyBase")
            yield from self._inlines(base if base is not None else (), (), control)

    def _alternatives_of_run(self, element: Element, look: Look, font: Element | None, control: str) -> Iterator[_Read]:
        for choice in element:
            read = tuple(inline for part in choice for inline in self._part_of_run(part, look, font, control))
            if choice is element[-1] or (read and not all(isinstance(part, Unread) for part in read)):
                yield from read
                return

    def _note(self, reference: Element, *, is_endnote: bool) -> Iterator[Note]:
        identifier = reference.get(name("w:id"), "")
        read = self._setting.notes.get((identifier, is_endnote))
        if read is not None:
            yield Note(identifier, is_endnote, read())

    # --- tables ------------------------------------------------------------------------------------------------------

    def _table(self, table: Element, control: str) -> Table:
        properties = child(table, "w:tblPr")
        look = child(properties, "w:tblLook")
        rows = [(row, list(self._cells(row, control))) for row in _unfolded(table, "w:tr")]
        return Table(
            rows=tuple(_rows(rows)),
            style=next(
                (style.name for style in self._setting.styles.chain(value(properties, "w:tblStyle"), "table")), ""
            ),
            has_head=_looks(look, "firstRow", 0x20),
            has_row_heads=_looks(look, "firstColumn", 0x80),
            title=value(properties, "w:tblCaption"),
            alt=value(properties, "w:tblDescription"),
        )

    def _cells(self, row: Element, control: str) -> Iterator[_Cell]:
        before = value(child(row, "w:trPr"), "w:gridBefore")
        if re.fullmatch("[1-9][0-9]?", before):
            yield _Cell((), int(before), "")
        for cell in _unfolded(row, "w:tc"):
            properties = child(cell, "w:tcPr")
            span, merged = value(properties, "w:gridSpan"), child(properties, "w:vMerge")
            columns = int(span) if re.fullmatch("[1-9][0-9]{0,2}", span) else 1
            down = "" if merged is None else merged.get(name("w:val"), "continue")
            yield _Cell(self.blocks(cell, control), columns, down)


@dataclass(frozen=True, slots=True)
class _Sign:
    """A sign of a field: where it begins, goes over from its instruction to what it prints, and ends."""

    kind: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell as it is written: `down` is "restart" at the head of cells that are merged downwards, else "continue"."""

    blocks: tuple[Block, ...]
    columns: int
    down: str


_Read = Inline | _Sign
_READERS: Mapping[str, Callable[..., Iterator[_Read]]] = MappingProxyType(
    {
        "w:r": Story._run,
        "w:hyperlink": Story._hyperlink,
        "w:fldSimple": Story._simple_field,
        "w:sdt": Story._control,
        "m:oMath": Story._formula,
        "m:oMathPara": Story._formula,
        "mc:AlternateContent": Story._alternatives,
        "w:smartTag": Story._all,
        "w:customXml": Story._all,
        "w:dir": Story._all,
        "w:bdo": Story._all,
        "w:rubyBase": Story._all,
    }
)
_CHARACTERS = MappingProxyType(
    {"w:tab": "\t", "w:ptab": "\t", "w:noBreakHyphen": "\N{NON-BREAKING HYPHEN}", "w:softHyphen": "\N{SOFT HYPHEN}"}
)


def _text(words: str, look: Look, font: Element | None) -> Iterator[Text]:
    """Words; those in a font of signs that stand for other characters become these."""
    if not words:
        return
    called = (font.get(name("w:ascii")) or font.get(name("w:hAnsi")) or "") if font is not None else ""
    yield Text("".join((sign(called, ord(one)) or one) if 0xF000 <= ord(one) <= 0xF0FF else one for one in words), look)


def _symbol(symbol: Element, look: Look) -> Inline:
    code = symbol.get(name("w:char"), "")
    called = symbol.get(name("w:font"), "")
    found = sign(called, int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{1,4}", code) else ""
    return Text(found, look) if found else Unread("symbol")


def _field(instruction: str, data: str, content: tuple[Inline, ...]) -> Inline:
    """A field, or the link that it is."""
    link = _HYPERLINK.fullmatch(instruction)
    if link is None:
        return Field(instruction, "".join(data.split()), content)
    anchor = _ANCHOR.search(link["rest"] or "")
    target = (link["address"] or link["bare"] or "") + (f"#{anchor[1]}" if anchor else "")
    return Link(target, content)


def _joined(content: Iterable[Inline]) -> Iterator[Inline]:
    """Inlines with neighbouring words of one look in one piece: Word cuts them where somebody once typed."""
    for look, inlines in itertools.groupby(content, lambda inline: inline.look if isinstance(inline, Text) else None):
        if look is None:
            yield from inlines
        else:
            yield Text("".join(inline.words for inline in inlines if isinstance(inline, Text)), look)


def _has_words(content: Iterable[Inline]) -> bool:
    return any(not isinstance(inline, Mark) for inline in content)


def _content_of(control: Element) -> Iterable[Element]:
    content = child(control, "w:sdtContent")
    return content if content is not None else ()


def _control(control: Element) -> tuple[str, str]:
    """The tag and title of a content control; without a tag, the gallery that it came from ("Table of Contents")."""
    properties = child(control, "w:sdtPr")
    gallery = value(child(properties, "w:docPartObj"), "w:docPartGallery")
    return value(properties, "w:tag") or gallery, value(properties, "w:alias")


def _unfolded(parent: Iterable[Element], kind: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also those within content controls."""
    for element in parent:
        if short(element) == kind:
            yield element
        elif short(element) == "w:sdt":
            yield from _unfolded(_content_of(element), kind)
        elif short(element) == "w:customXml":
            yield from _unfolded(element, kind)


def _looks(look: Element | None, attribute: str, bit: int) -> bool:
    if look is None:
        return False
    stated = look.get(name(f"w:{attribute}"))
    if stated is not None:
        return stated in ("1", "true", "on")
    mask = look.get(name("w:val"), "0")
    return bool(int(mask, 16) & bit) if re.fullmatch("[0-9A-Fa-f]{1,8}", mask) else False


def _rows(rows: list[tuple[Element, list[_Cell]]]) -> Iterator[Row]:
    """Rows whose cells say how many rows they span, without those that another spans."""
    spans: dict[tuple[int, int], int] = {}
    spanned: set[tuple[int, int]] = set()
    heads: dict[int, int] = {}  # by column, the row whose cell goes on downwards there
    for at, (_, cells) in enumerate(rows):
        for column, cell in _placed(cells):
            if cell.down == "continue" and column in heads:
                spans[heads[column], column] += 1
                spanned.add((at, column))
            else:
                heads.pop(column, None)
                if cell.down == "restart":
                    heads[column] = at
                    spans[at, column] = 1
    for at, (row, cells) in enumerate(rows):
        kept = (
            Cell(blocks=cell.blocks, columns=cell.columns, rows=spans.get((at, column), 1))
            for column, cell in _placed(cells)
            if (at, column) not in spanned
        )
        yield Row(tuple(kept), is_on(child(row, "w:trPr", "w:tblHeader")))


def _placed(cells: Iterable[_Cell]) -> Iterator[tuple[int, _Cell]]:
    """Each cell of a row with its first column."""
    column = 0
    for cell in cells:
        yield column, cell
        column += cell.columns
