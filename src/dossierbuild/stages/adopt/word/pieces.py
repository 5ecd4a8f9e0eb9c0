"""The pieces that a document falls into: headings, figures and tables with their captions, and the blocks between."""

from __future__ import annotations

from dataclasses import dataclass

from dossierbuild.core.word import Block, Inline, Paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading; `content` are its words, and its id is given when all are known."""

    paragraph: Paragraph
    level: int
    id: str = ""

    @property
    def content(self) -> tuple[Inline, ...]:
        return self.paragraph.content

    @property
    def text(self) -> str:
        return " ".join(self.paragraph.text.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A table, or a block with pictures or a chart, with its caption without label and number.

    `paragraph` is that of the caption, else one of the block; `bookmarks` are those in the caption.
    """

    block: Block
    caption: tuple[Inline, ...] = ()
    paragraph: Paragraph
    bookmarks: frozenset[str] = frozenset()
    id: str = ""


Piece = Heading | Figure | Block
