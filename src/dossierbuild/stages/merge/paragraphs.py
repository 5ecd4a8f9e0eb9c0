"""A Word document as paragraphs that can be held against each other: their words sign by sign, and what they are.

What a file sent and the same file returned say alike is alike here, whichever program saved it: styles count only where
they make headings, and typographic variants of a sign are one.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property
from types import MappingProxyType
from typing import Any

from dossierbuild.core.passages import ATOM
from dossierbuild.core.sent import Carrier, read_bookmark
from dossierbuild.core.word import (
    PLAIN,
    Block,
    Break,
    BreakKind,
    Chart,
    Control,
    Document,
    Field,
    Formula,
    Inline,
    Link,
    Look,
    Mark,
    MarkKind,
    Note,
    Paragraph,
    Picture,
    Row,
    Table,
    Text,
    Unread,
    text_of,
)
from dossierbuild.stages.merge.glyphs import GlyphKind


class Role(Enum):
    """What a paragraph is, as far as every program keeps it."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Atom:
    """What stands among words as one sign. `name` is the same wherever it is moved; `printed` is what it shows.

    `value` is what was read: a field, a note, a picture, a formula; `data` are the bytes of a picture.
    """

    kind: GlyphKind
    name: str
    printed: str
    value: Inline
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign of a paragraph: what it shows, how it looks, where it leads, and what it is besides a letter."""

    shown: str
    look: Look = PLAIN
    link: str = ""
    atom: Atom | None = None


@dataclass(frozen=True, kw_only=True)
class WordBlock:
    """A paragraph or a table.

    `bookmarks` are those that begin in it, `ends` those that end; `comments` has where the words of each begin.
    `level` counts from 1 for headings and from 0 for items. `rows` are those of a table, cells with their paragraphs.
    """

    number: int
    role: Role
    signs: tuple[Sign, ...] = ()
    style: str = ""
    level: int = 0
    is_ordered: bool = False
    bookmarks: frozenset[str] = frozenset()
    ends: frozenset[str] = frozenset()
    comments: tuple[tuple[str, int], ...] = ()
    rows: tuple[tuple[WordCell, ...], ...] = ()

    @cached_property
    def text(self) -> str:
        """Its words with what its citations and references print."""
        if self.rows:
            return " ".join(cell.text for row in self.rows for cell in row)
        return "".join(_printed(sign) for sign in self.signs)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its words, folded."""
        return tuple(re.findall(r"\w+", folded(self.text)))

    @property
    def pictures(self) -> tuple[Picture, ...]:
        return tuple(sign.atom.value for sign in self.signs if sign.atom and isinstance(sign.atom.value, Picture))

    @property
    def is_empty(self) -> bool:
        return not self.rows and not any(sign.atom or not sign.shown.isspace() for sign in self.signs)

    def blocks(self) -> Iterator[WordBlock]:
        """It and the paragraphs of its cells."""
        yield self
        for row in self.rows:
            for cell in row:
                yield from cell.blocks


@dataclass(frozen=True, slots=True, kw_only=True)
class WordCell:
    """A cell with its paragraphs, and how many columns and rows it spans."""

    blocks: tuple[WordBlock, ...]
    columns: int = 1
    rows: int = 1

    @property
    def text(self) -> str:
        return " ".join(block.text for block in self.blocks)

    @property
    def signs(self) -> tuple[Sign, ...]:
        """The words of all its paragraphs, which line breaks part."""
        signs: list[Sign] = []
        for block in self.blocks:
            if not block.is_empty:
                signs += [Sign("\n")] if signs else []
                signs += block.signs
        return tuple(signs)

    @property
    def bookmarks(self) -> frozenset[str]:
        return frozenset(name for block in self.blocks for name in block.bookmarks)


CODE_STYLE = "source code"


def _printed(sign: Sign) -> str:
    return sign.atom.printed if sign.atom and sign.atom.kind in _LABELLED else "" if sign.atom else sign.shown


_LABELLED = frozenset({GlyphKind.CITATION, GlyphKind.REFERENCE})

_FOLDS = MappingProxyType(
    str.maketrans(
        {
            **dict.fromkeys("‘’‚‛′`´", "'"),
            **dict.fromkeys("“”„‟″«»", '"'),
            **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
            **dict.fromkeys("\u00a0\u202f\u2009\u2007\t\n\v", " "),
        }
    )
)
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")


def folded(text: str) -> str:
    """A text with the variants of quotes, dashes and spaces made one; as long as it was."""
    return text.translate(_FOLDS)


def word_blocks(document: Document) -> tuple[WordBlock, ...]:
    """The paragraphs and tables of a document in order, without empty ones."""
    return _Reading(document.media).flow(document.blocks)


def numbered(blocks: Iterable[WordBlock]) -> tuple[WordBlock, ...]:
    """Blocks counted from 0."""
    return tuple(replace(block, number=number) for number, block in enumerate(blocks))


def without_atoms(blocks: Sequence[WordBlock], kinds: frozenset[GlyphKind]) -> tuple[WordBlock, ...]:
    """Blocks without atoms of some kinds, and without those that are empty then."""
    return numbered(found for block in blocks if not (found := _less(block, kinds)).is_empty)


def _less(block: WordBlock, kinds: frozenset[GlyphKind]) -> WordBlock:
    if not kinds:
        return block
    rows = tuple(
        tuple(replace(cell, blocks=tuple(_less(inner, kinds) for inner in cell.blocks)) for cell in row)
        for row in block.rows
    )
    signs, comments = _tightened([s for s in block.signs if not s.atom or s.atom.kind not in kinds], block.comments)
    return replace(block, signs=tuple(signs), comments=tuple(comments), rows=rows)


def note_blocks(note: Note, media: Mapping[str, bytes]) -> tuple[WordBlock, ...]:
    """The paragraphs of a note."""
    return _Reading(media).flow(note.blocks)


class _Reading:
    """Reads the blocks of one document."""

    def __init__(self, media: Mapping[str, bytes]) -> None:
        self.media = media

    def flow(self, blocks: Sequence[Block]) -> tuple[WordBlock, ...]:
        found = [self._block(block) for block in blocks]
        kept = _whole(_without_empty([block for block in found if block]))
        return numbered(kept)

    def _block(self, block: Block) -> WordBlock | None:
        if isinstance(block, Table):
            rows = tuple(self._row(row) for row in block.rows)
            return WordBlock(number=0, role=Role.TABLE, rows=rows, style=block.style)
        return self.paragraph(block) if isinstance(block, Paragraph) else None

    def _row(self, row: Row) -> tuple[WordCell, ...]:
        return tuple(
            WordCell(
                blocks=tuple(found for found in map(self._block, cell.blocks) if found),
                columns=cell.columns,
                rows=cell.rows,
            )
            for cell in row.cells
        )

    def paragraph(self, paragraph: Paragraph) -> WordBlock:
        signs: list[Sign] = []
        bookmarks: set[str] = set()
        ends: set[str] = set()
        comments: list[tuple[str, int]] = []
        for found in self._signs(paragraph.content, ""):
            if isinstance(found, Sign):
                signs.append(found)
            elif found.kind is MarkKind.BOOKMARK:
                (bookmarks if found.is_start else ends).add(found.name)
            elif found.is_start:
                comments.append((found.name, len(signs)))
        if paragraph.style.casefold() != CODE_STYLE:  # whose spaces say something
            signs, comments = _tightened(signs, comments)
        role, level = _role(paragraph)
        return WordBlock(
            number=0,
            role=role,
            signs=tuple(signs),
            style=paragraph.style.casefold(),
            level=level,
            is_ordered=bool(paragraph.item and paragraph.item.is_ordered),
            bookmarks=frozenset(bookmarks),
            ends=frozenset(ends),
            comments=tuple(comments),
        )

    def _signs(self, content: Sequence[Inline], link: str) -> Iterator[Sign | Mark]:
        for inline in content:
            if isinstance(inline, Mark):
                yield inline
            elif isinstance(inline, Text):
                words = _UNSEEN.sub("", inline.words.replace(ATOM, ""))
                yield from (Sign(" " if letter.isspace() else letter, inline.look, link) for letter in words)
            elif isinstance(inline, Break):
                yield Sign("\n" if inline.kind is BreakKind.LINE else " ", link=link)
            elif isinstance(inline, Link):
                yield from self._signs(inline.content, inline.target)
            elif isinstance(inline, Field | Control) and not (atom := _field_atom(inline)):
                yield from self._signs(inline.content, link)
            else:
                atom = _field_atom(inline) if isinstance(inline, Field | Control) else self._atom(inline)
                yield Sign(ATOM, link=link, atom=atom)
                if isinstance(inline, Field | Control):
                    yield from (found for found in self._signs(inline.content, link) if isinstance(found, Mark))

    def _atom(self, inline: Inline) -> Atom:
        if isinstance(inline, Note):
            blocks = self.flow(inline.blocks)
            name = next(
                (_note_name(mark) for block in blocks for mark in sorted(block.bookmarks) if _note_name(mark)), ""
            )
            return Atom(
                GlyphKind.NOTE, f"note {name}" if name else "", " ".join(block.text for block in blocks), inline
            )
        if isinstance(inline, Picture):
            data = self.media.get(inline.part, b"")
            return Atom(GlyphKind.PICTURE, f"picture {hashlib.sha256(data).hexdigest()}", inline.alt, inline, data)
        if isinstance(inline, Formula):
            return Atom(GlyphKind.FORMULA, f"formula {''.join(inline.letters.split())}", inline.letters, inline)
        kind = inline.kind if isinstance(inline, Chart | Unread) else "textbox"
        return Atom(GlyphKind.OTHER, f"other {kind}", "", inline)


def _without_empty(blocks: Sequence[WordBlock]) -> list[WordBlock]:
    """Blocks without empty ones, whose bookmarks go to the next."""
    kept: list[WordBlock] = []
    waiting: frozenset[str] = frozenset()
    for block in blocks:
        if block.is_empty:
            waiting |= block.bookmarks
            if kept and block.ends:
                kept[-1] = replace(kept[-1], ends=kept[-1].ends | block.ends)
        else:
            kept.append(replace(block, bookmarks=block.bookmarks | waiting))
            waiting = frozenset()
    return kept


def _whole(blocks: Sequence[WordBlock]) -> list[WordBlock]:
    """Blocks in which a paragraph that a displayed formula parted is one again: a bookmark of ours spans its pieces."""
    kept: list[WordBlock] = []
    at = 0
    while at < len(blocks):
        last = _last_piece(blocks, at)
        pieces = blocks[at : last + 1]
        signs = [sign for piece in pieces for sign in (Sign(" "), *piece.signs)][1:]
        ends = frozenset(name for piece in pieces for name in piece.ends)
        kept.append(replace(blocks[at], signs=tuple(signs), ends=ends) if len(pieces) > 1 else blocks[at])
        at = last + 1
    return kept


def _last_piece(blocks: Sequence[WordBlock], first: int) -> int:
    own = {name for name in blocks[first].bookmarks if read_bookmark(name)} - blocks[first].ends
    for last in range(first + 1, len(blocks)):
        if not own or blocks[last].rows or any(map(read_bookmark, blocks[last].bookmarks)):
            return first
        if own & blocks[last].ends:
            shows = any(_is_displayed(block) for block in blocks[first : last + 1])
            return last if shows else first
    return first


def _is_displayed(block: WordBlock) -> bool:
    return bool(block.signs) and all(
        sign.atom and isinstance(sign.atom.value, Formula) and sign.atom.value.is_display for sign in block.signs
    )


def _tightened(signs: Sequence[Sign], comments: Sequence[tuple[str, int]]) -> tuple[list[Sign], list[tuple[str, int]]]:
    """Signs with one space where there are several and none at the ends, and where the comments begin among them."""
    kept: list[Sign] = []
    places: list[int] = []
    for sign in signs:
        places.append(len(kept))
        is_space = sign.shown in (" ", "\n")
        if is_space and not kept:
            continue
        if is_space and kept[-1].shown in (" ", "\n"):
            places[-1] = len(kept) - 1
            if sign.shown == "\n":
                kept[-1] = sign
            continue
        kept.append(sign)
    while kept and kept[-1].shown in (" ", "\n"):
        kept.pop()
    places.append(len(kept))
    return kept, [(name, min(places[at], len(kept))) for name, at in comments]


_HEADING = re.compile(r"(?:heading|kop) ?(\d)")


def _role(paragraph: Paragraph) -> tuple[Role, int]:
    found = next(
        (found for style in paragraph.styles or (paragraph.style,) if (found := _HEADING.fullmatch(style.casefold()))),
        None,
    )
    if found or paragraph.outline:
        return Role.HEADING, int(found[1]) if found else paragraph.outline
    if paragraph.item:
        return Role.ITEM, paragraph.item.level
    return Role.PARAGRAPH, 0


# --- fields ----------------------------------------------------------------------------------------------------------

_CITING = re.compile(
    r"\s*(?:ADDIN\s+(?:ZOTERO_ITEM|CSL_CITATION|EN\.CITE|CitaviPlaceholder|Mendeley Citation)|CITATION\s)",
    re.IGNORECASE,
)
_CITING_CONTROL = re.compile(r"MENDELEY_CITATION|CitaviPlaceholder", re.IGNORECASE)
_OWN = re.compile(r"\s*ADDIN\s+DOSSIERBUILD\b", re.IGNORECASE)


def _field_atom(field: Field | Control) -> Atom | None:
    """The citation or reference that a field is; None for a field that is no more than the words it prints."""
    printed = text_of(field.content)
    if isinstance(field, Control):
        if not _CITING_CONTROL.search(field.tag):
            return None
        return Atom(GlyphKind.CITATION, f"cite {field.tag}", printed, field)
    if _OWN.match(field.instruction):
        return Atom(GlyphKind.REFERENCE, f"ref {_canonical(field.instruction)}", printed, field)
    if _CITING.match(field.instruction):
        return Atom(GlyphKind.CITATION, f"cite {_cited(field.instruction)}", printed, field)
    return None


def payload(instruction: str) -> Any:
    """The JSON value in a field's instruction; None without one."""
    at = instruction.find("{")
    try:
        return json.JSONDecoder().raw_decode(instruction[at:])[0] if at >= 0 else None
    except ValueError:
        return None


def _canonical(instruction: str) -> str:
    value = payload(instruction)
    return json.dumps(value, sort_keys=True) if value is not None else " ".join(instruction.split())


_ITEM_KEYS = ("id", "locator", "label", "prefix", "suffix", "suppress-author", "author-only")


def _cited(instruction: str) -> str:
    """What a citation is without what it prints: its number, and each work with its place in it."""
    value = payload(instruction)
    items = value.get("citationItems") if isinstance(value, dict) else None
    if not isinstance(items, list):
        return " ".join(instruction.split())
    said = [{key: item[key] for key in _ITEM_KEYS if item.get(key)} for item in items if isinstance(item, dict)]
    return json.dumps([value.get("citationID", ""), said], sort_keys=True)


def _note_name(bookmark: str) -> str:
    found = read_bookmark(bookmark)
    return f"{found.number}_{found.count}" if found and found.carrier is Carrier.NOTE else ""


def texts_of(blocks: Iterable[WordBlock]) -> tuple[str, ...]:
    """The words of paragraphs as the proof compares them."""
    return tuple(" ".join(folded(block.text).split()) for block in blocks)
