"""Bookmarks and ids: what a reference in the document leads to, and which id that has in the dossier."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.ids import is_free
from dossierbuild.core.slug import slug
from dossierbuild.core.word import Chart, Document, Field, Link, Table, inlines_of, paragraphs_of, text_of
from dossierbuild.stages.adopt.word.content import bookmarks_in, shown_in
from dossierbuild.stages.adopt.word.pieces import Figure, Heading, Piece
from dossierbuild.stages.adopt.word.sections import Section

LONGEST = 40
"""Letters of an id that is made of words."""

_PARTS = re.compile(r'"[^"]*"|\S+')


@dataclass(frozen=True, slots=True)
class Instruction:
    """What a field is asked: its kind in capitals, what it is about, and its switches."""

    kind: str
    about: str
    switches: frozenset[str]


def instruction_of(field: Field) -> Instruction:
    """The instruction of a field, parted."""
    parts = [part.strip('"') for part in _PARTS.findall(field.instruction)]
    kind = parts[0].upper() if parts else ""
    about = next((part for part in parts[1:] if not part.startswith("\\")), "")
    return Instruction(kind, about, frozenset(part for part in parts if part.startswith("\\")))


def referred_to(document: Document) -> frozenset[str]:
    """The names of the bookmarks to which something in a document refers."""
    return frozenset(_referred_to(document))


def _referred_to(document: Document) -> Iterator[str]:
    for paragraph in paragraphs_of(document.blocks):
        for inline in inlines_of(paragraph.content):
            if isinstance(inline, Link) and inline.target.startswith("#"):
                yield inline.target[1:]
            elif isinstance(inline, Field) and (asked := instruction_of(inline)).kind in ("REF", "PAGEREF"):
                yield asked.about


def with_ids(sections: Sequence[Section], referred: frozenset[str]) -> tuple[tuple[Section, ...], FrozenMap[str, str]]:
    """The sections with the ids of what can be referred to, and the id that each bookmark leads to."""
    taken: set[str] = set()
    anchors: dict[str, str] = {}
    named = []
    for section in sections:
        pieces = [_named(piece, taken, referred) for piece in (section.heading, *section.pieces)]
        for piece in pieces:
            if isinstance(piece, Heading | Figure) and piece.id:
                marks = piece.bookmarks if isinstance(piece, Figure) else bookmarks_in(piece.content)
                anchors |= dict.fromkeys(marks, piece.id)
        heading, *rest = pieces
        assert isinstance(heading, Heading)
        named.append(replace(section, heading=heading, pieces=tuple(rest)))
    return tuple(named), FrozenMap(anchors)


def _named(piece: Piece, taken: set[str], referred: frozenset[str]) -> Piece:
    if isinstance(piece, Figure) and (piece.caption or piece.bookmarks & referred or _has_chart(piece)):
        kind = "tbl" if isinstance(piece.block, Table) and not _has_pictures(piece.block) else "fig"
        return replace(piece, id=_unique(f"{kind}-{_short(slug(text_of(piece.caption))) or '1'}", taken))
    if isinstance(piece, Heading) and (piece.level == 1 or bookmarks_in(piece.content) & referred):
        return replace(piece, id=_unique(_short(slug(piece.text)) or "hoofdstuk", taken))
    return piece


def _short(name: str) -> str:
    """A name with so many of its words as fit."""
    return name if len(name) <= LONGEST else name[: LONGEST + 1].rpartition("-")[0] or name[:LONGEST]


def _has_chart(piece: Figure) -> bool:
    paragraphs = paragraphs_of((piece.block,))
    return any(isinstance(inline, Chart) for paragraph in paragraphs for inline in inlines_of(paragraph.content))


def _has_pictures(table: Table) -> bool:
    return any(shown_in(paragraph.content) for paragraph in paragraphs_of((table,))) and not any(
        paragraph.text.strip() for paragraph in paragraphs_of((table,))
    )


def _unique(name: str, taken: set[str]) -> str:
    """A name as an id that no other has; one that begins with a digit or is made elsewhere has letters before it."""
    plain = name if is_free(name) else f"h-{name}"
    unique, count = plain, 2
    while unique in taken:
        unique, count = f"{plain}-{count}", count + 1
    taken.add(unique)
    return unique
