"""A document in which each citation lies in a field or control: Zotero can keep it in a bookmark, too.

The words of such a bookmark are the label, and its name is that of custom properties, which hold in pieces what the
instruction of a field would be.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping

from dossierbuild.core.word import (
    Block,
    Cell,
    Control,
    Document,
    Field,
    Inline,
    Link,
    Mark,
    MarkKind,
    Note,
    Paragraph,
    Row,
    Table,
    TextBox,
)

_PIECE = re.compile(r"(ZOTERO_BREF_\w+)_(\d{1,4})\Z")


def in_fields(document: Document, is_citation: Callable[[str], bool]) -> Document:
    """The document with a field for each bookmark of Zotero's, and a control for each citation that is a paragraph.

    `is_citation` says so of the tag of a control.
    """
    kept = _kept(document.stated)
    return dataclasses.replace(document, blocks=_Change(kept, is_citation).blocks(document.blocks))


def _kept(stated: Mapping[str, str]) -> dict[str, str]:
    """The instruction for each bookmark, put together of its pieces."""
    pieces: dict[str, dict[int, str]] = {}
    for name, text in stated.items():
        if found := _PIECE.match(name):
            pieces.setdefault(found[1], {})[int(found[2])] = text
    return {name: "".join(parts[number] for number in sorted(parts)) for name, parts in pieces.items()}


class _Change:
    """Goes through blocks in order; a bookmark that begins in one paragraph may end in another."""

    def __init__(self, kept: Mapping[str, str], is_citation: Callable[[str], bool]) -> None:
        self._kept = kept
        self._is_citation = is_citation
        self._open = ""  # the bookmark that has begun

    def blocks(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(map(self._block, blocks))

    def _block(self, block: Block) -> Block:
        if isinstance(block, Paragraph):
            return self._paragraph(block)
        if isinstance(block, Table):
            return dataclasses.replace(block, rows=tuple(map(self._row, block.rows)))
        return block

    def _row(self, row: Row) -> Row:
        return dataclasses.replace(row, cells=tuple(map(self._cell, row.cells)))

    def _cell(self, cell: Cell) -> Cell:
        return dataclasses.replace(cell, blocks=self.blocks(cell.blocks))

    def _paragraph(self, paragraph: Paragraph) -> Paragraph:
        carried = self._kept.get(self._open, "")
        content = tuple(self._inlines(paragraph.content))
        if self._is_citation(paragraph.in_control):
            content, control = (Control(paragraph.in_control, "", content),), ""
        else:
            control = paragraph.in_control
        has_words = bool(paragraph.text.strip())
        return dataclasses.replace(
            paragraph,
            content=content,
            in_control=control,
            in_field=carried if carried and (self._open or not has_words) else paragraph.in_field,
        )

    def _inlines(self, content: tuple[Inline, ...]) -> Iterator[Inline]:
        """The inlines, with those between the ends of a bookmark in a field."""
        within: list[Inline] = []
        begun = ""
        for inline in content:
            if isinstance(inline, Mark) and inline.kind is MarkKind.BOOKMARK and inline.name in self._kept:
                if inline.is_start:
                    begun = self._open = inline.name
                    continue
                if begun:
                    yield Field(self._kept[begun], "", tuple(within))
                begun, within, self._open = "", [], ""
            elif begun:
                within.append(self._inline(inline))
            else:
                yield self._inline(inline)
        if begun:
            yield Field(self._kept[begun], "", tuple(within), is_whole=False)

    def _inline(self, inline: Inline) -> Inline:
        if isinstance(inline, Note | TextBox):
            return dataclasses.replace(inline, blocks=_Change(self._kept, self._is_citation).blocks(inline.blocks))
        if isinstance(inline, Link | Field | Control):
            return dataclasses.replace(inline, content=tuple(self._inlines(inline.content)))
        return inline
