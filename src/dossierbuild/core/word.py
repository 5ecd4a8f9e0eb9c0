"""A Word document as it was read: blocks with their words, in the order of the document.

Styles go by their names in small letters ("heading 1" where Dutch Word shows "Kop 1"), since their ids differ by
language and by program. Tracked changes are accepted or rejected while a document is read, and what is hidden is left
out of all text; `Held` counts both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from dossierbuild.core.frozen_map import FrozenMap


class Changes(Enum):
    """What is done with tracked changes while a document is read."""

    ACCEPT = "accept"
    REJECT = "reject"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How words look, as far as a text can have it.

    `style` is the name of a character style, `language` a BCP 47 tag that the run itself states, and `size` is in
    points, through all styles; 0 where nothing says it.
    """

    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    superscript: bool = False
    subscript: bool = False
    small_caps: bool = False
    highlight: bool = False
    style: str = ""
    language: str = ""
    size: float = 0.0


PLAIN = Look()


@dataclass(frozen=True, slots=True)
class Text:
    """Words that look alike. Tabs, soft hyphens and hyphens that do not break are characters in them."""

    words: str
    look: Look = PLAIN


class BreakKind(Enum):
    LINE = "line"
    PAGE = "page"
    COLUMN = "column"


@dataclass(frozen=True, slots=True)
class Break:
    """A break within a paragraph."""

    kind: BreakKind


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an address, or to a bookmark as `#name`; a HYPERLINK field comes as one too."""

    target: str
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its instruction in one piece, the data that it carries (base64, may be empty), and what it prints.

    A field that ends in a later paragraph has the words of its first paragraph; `is_whole` is False there, and the
    paragraphs that follow are `Paragraph.in_field`.
    """

    instruction: str
    data: str
    content: tuple[Inline, ...]
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Control:
    """A content control within a paragraph; `tag` and `title` are as the program that made it left them."""

    tag: str
    title: str
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or endnote, where it is called; `name` is its id in the document."""

    name: str
    is_endnote: bool
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture; `part` names it in `Document.media`, and is empty for one that is fetched from elsewhere.

    `alt` is its text alternative, `name` what the document calls it; width and height are in millimetres.
    """

    part: str
    alt: str = ""
    name: str = ""
    width: float = 0.0
    height: float = 0.0
    is_decorative: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One series of a chart; `values` are as written, an empty one where there is none."""

    name: str
    categories: tuple[str, ...]
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart that Word draws. `kind` is its element in DrawingML ("barChart"), `grouping` what it says ("stacked")."""

    kind: str
    grouping: str = ""
    title: str = ""
    alt: str = ""
    series: tuple[Series, ...] = ()


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as Office Math (an `m:oMath` element with its namespaces), and the letters in it."""

    xml: str
    is_display: bool
    letters: str


@dataclass(frozen=True, slots=True)
class TextBox:
    """A text box or shape with words, at the place where it is anchored."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """What stands there and cannot be read: `kind` is "smartart", "object", "shape", "chunk" or an element's name."""

    kind: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a bookmark or the words of a comment begin or end."""

    kind: MarkKind
    name: str
    is_start: bool


class MarkKind(Enum):
    BOOKMARK = "bookmark"
    COMMENT = "comment"


Inline = Text | Break | Link | Field | Control | Note | Picture | Chart | Formula | TextBox | Unread | Mark


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Where a paragraph stands in a list: `list` tells the list from others, `level` counts from 0.

    `format` is as Word calls it ("bullet", "decimal", "lowerLetter", …), `start` the number of its first item.
    """

    list: str
    level: int
    format: str
    start: int = 1

    @property
    def is_ordered(self) -> bool:
        return self.format not in ("bullet", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph; `number` counts the paragraphs of the document from 1, those in tables, notes and boxes included.

    `style` is a name, `styles` it and those that it is based on; `outline` is the level of a heading, by style or by
    itself, 0 for none. `in_field` holds the instruction of a field that began in an earlier paragraph, `in_control` the
    tag of the content control around it. `is_bold` is what its styles say; `Look.bold` is what its words have besides.
    """

    number: int
    style: str
    styles: tuple[str, ...]
    content: tuple[Inline, ...]
    outline: int = 0
    item: ListPlace | None = None
    in_field: str = ""
    in_control: str = ""
    is_bold: bool = False

    @property
    def text(self) -> str:
        """Its words, without those of notes and boxes."""
        return text_of(self.content)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell with how many columns and rows it spans."""

    blocks: tuple[Block, ...]
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; `is_header` where the document says that it is repeated as a head."""

    cells: tuple[Cell, ...]
    is_header: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table; cells that another spans are not there. `has_head` is what its look says of its first row.

    `title` and `alt` are the two fields of its text alternative.
    """

    rows: tuple[Row, ...]
    style: str = ""
    has_head: bool = False
    has_row_heads: bool = False
    title: str = ""
    alt: str = ""


Block = Paragraph | Table | Unread


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A comment; `name` is that of its marks. `replies_to` is the name of the comment that it answers."""

    name: str
    author: str
    text: str
    is_resolved: bool = False
    replies_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What the XML holds, counted without regard to what was made of it: to tell what did not come along."""

    drawings: int = 0
    external_pictures: int = 0
    text_boxes: int = 0
    charts: int = 0
    diagrams: int = 0
    objects: int = 0
    formulas: int = 0
    tables: int = 0
    notes: int = 0
    fields: int = 0
    chunks: int = 0
    insertions: int = 0
    deletions: int = 0
    formatting_changes: int = 0
    hidden_words: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document. `media` are the bytes of its pictures by the names of their parts.

    `properties` are the core ones by their element ("title", "creator", "created", "language"), `stated` the custom
    ones by name. `sources` is the XML of Word's own list of sources, empty without one; `language` is that of its
    default style.
    """

    blocks: tuple[Block, ...]
    comments: tuple[Comment, ...] = ()
    media: FrozenMap[str, bytes] = field(default_factory=FrozenMap)
    properties: FrozenMap[str, str] = field(default_factory=FrozenMap)
    stated: FrozenMap[str, str] = field(default_factory=FrozenMap)
    sources: str = ""
    language: str = ""
    held: Held = Held()


# --- walking ---------------------------------------------------------------------------------------------------------


def inlines_of(content: tuple[Inline, ...]) -> Iterator[Inline]:
    """Every inline of a paragraph in order, also within links, fields and controls, but not within notes and boxes."""
    for inline in content:
        yield inline
        if isinstance(inline, Link | Field | Control):
            yield from inlines_of(inline.content)


def text_of(content: tuple[Inline, ...]) -> str:
    """The words that a reader sees in a paragraph, with what its fields print; a break is a space."""
    return "".join(
        inline.words if isinstance(inline, Text) else " "
        for inline in inlines_of(content)
        if isinstance(inline, Text | Break)
    )


def paragraphs_of(blocks: tuple[Block, ...]) -> Iterator[Paragraph]:
    """Every paragraph of blocks in order: those of cells, and behind each paragraph those of its notes and boxes."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
            for inline in inlines_of(block.content):
                if isinstance(inline, Note | TextBox):
                    yield from paragraphs_of(inline.blocks)
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from paragraphs_of(cell.blocks)
