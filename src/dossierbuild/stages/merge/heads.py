"""What a paragraph begins with in the source: the signs of a heading, the marker of an item."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dossierbuild.core.passages import Kind
from dossierbuild.stages.merge.paragraphs import Role, WordBlock
from dossierbuild.stages.merge.placing import Placed
from dossierbuild.stages.merge.source import Part
from dossierbuild.stages.merge.ties import Tie


@dataclass(frozen=True, slots=True)
class Head:
    """What a paragraph begins with that became another kind of one; None for the marker that suits its place.

    `tail` is what it ends with.
    """

    text: str | None
    tail: str


def new_head(part: Part, role: Role, hashes: str) -> Head | None:
    """The head of a part that has another role or level in the document; None where it stays."""
    margin = _quotation(part.head)
    if role is Role.HEADING:
        return Head(f"{margin}{hashes} ", part.tail)
    if role is Role.ITEM and part.kind in (Kind.ITEM, Kind.PARAGRAPH):
        return Head(None, "")
    if role is Role.PARAGRAPH and part.kind in (Kind.HEADING, Kind.ITEM):
        return Head(margin if part.kind is Kind.HEADING else "", "")
    return None


def _quotation(text: str) -> str:
    """The spaces and the signs of quotations that a line begins with."""
    found = re.match(r"[>\s]*", text)
    assert found
    return found[0]


def hashes(level: int, ties: Iterable[Tie]) -> str:
    """The signs of a heading of a level in the document, as those that were sent have them."""
    counted = Counter(
        tie.part.head.count("#") - tie.block.level
        for tie in ties
        if tie.part and tie.part.kind is Kind.HEADING and "#" in tie.part.head
    )
    return "#" * max(1, min(6, level + (counted.most_common(1)[0][0] if counted else 0)))


def marker(item: WordBlock, before: Sequence[Placed]) -> str:
    """What an item begins with: as the items before it, and the next number where these are numbered."""
    margin = ""
    for placed in reversed(before):
        if placed.role is not Role.ITEM:
            break
        if placed.level == item.level and _is_numbered(placed.head) == item.is_ordered:
            return _next(placed.head)
        indent = _quotation(placed.head)
        margin = indent + " " * 4 if placed.level < item.level else margin or indent
        if placed.level < item.level:
            break
    return f"{margin}1. " if item.is_ordered else f"{margin}- "


_NUMBERED = re.compile(r"([>\s]*\(?)(\d+)([.)]\s+)")


def _is_numbered(head: str) -> bool:
    return not re.match(r"[>\s]*[-+*]", head)


def _next(head: str) -> str:
    found = _NUMBERED.fullmatch(head)
    return f"{found[1]}{int(found[2]) + 1}{found[3]}" if found else head
