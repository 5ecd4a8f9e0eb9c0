"""The segments of a changed text in their new order, and what stands between them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, replace

from dossierbuild.core.passages import Kind
from dossierbuild.stages.merge.glyphs import Glyph
from dossierbuild.stages.merge.paragraphs import Role
from dossierbuild.stages.merge.source import Segment, SourceText


@dataclass(frozen=True, slots=True)
class Woven:
    """A paragraph that was written anew, in signs of the source behind what it begins with."""

    head: str
    glyphs: tuple[Glyph, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Lines of a changed text: those of a segment, or new ones. `block` is the returned block that asked for them.

    `head` is what an item begins with. `is_note` tells a note that belongs to what stands before it. `woven` is the
    paragraph where it was written anew.
    """

    text: str
    segment: Segment | None = None
    role: Role = Role.PARAGRAPH
    level: int = 0
    head: str = ""
    block: int = -1
    is_note: bool = False
    woven: Woven | None = None

    @property
    def number(self) -> int:
        return self.segment.number if self.segment else -1

    @property
    def is_item(self) -> bool:
        return self.role is Role.ITEM and not self.is_note and bool(self.head.strip())

    @property
    def is_opening(self) -> bool:
        return self.segment is not None and self.segment.kind is Kind.BOX and not self.segment.is_end

    @property
    def is_closing(self) -> bool:
        return self.segment is not None and self.segment.is_end


def with_what_stays(
    placed: Sequence[Placed], source: SourceText, staying: Set[int], text_of: Callable[[Segment], str]
) -> list[Placed]:
    """What is placed with the segments of the numbers in `staying`: each behind the one that it stood behind."""
    found = list(placed)
    for segment in source.segments:
        if segment.number not in staying:
            continue
        if segment.is_end and not _opens(segment, found):
            continue
        at = _behind(segment, found)
        found.insert(at, Placed(text=text_of(segment), segment=segment))
    return found


def _opens(closing: Segment, placed: Sequence[Placed]) -> bool:
    return any(own.is_opening and own.segment and own.segment.passage == closing.passage for own in placed)


def _behind(segment: Segment, placed: Sequence[Placed]) -> int:
    """The place behind the nearest segment before it that is placed, and behind the new notes of that."""
    best, at = -1, 0
    for index, own in enumerate(placed):
        if own.segment and best < own.number < segment.number:
            best, at = own.number, index + 1
    while best >= 0 and at < len(placed) and placed[at].is_note:
        at += 1
    return at


_NUMBERED = re.compile(r"\A([>\s]*+\(?)(\d{1,9})(?=[.)]\s)")


def with_first_numbers(placed: Sequence[Placed], source: SourceText) -> list[Placed]:
    """What is placed; a list whose first item is gone begins with the number that it began with."""
    found = []
    for at, own in enumerate(placed):
        before = placed[at - 1] if at else None
        leads = before is None or not before.is_item or before.level < own.level
        first = _first_of_list(own.segment, source) if own.segment and own.is_item and leads else None
        begins = _NUMBERED.match(first.text) if first and first is not own.segment else None
        found.append(_with_number(own, begins[2]) if begins else own)
    return found


def _first_of_list(item: Segment, source: SourceText) -> Segment:
    """The item that a list began with in the text as it was sent."""
    own = _NUMBERED.match(item.text)
    first = item
    for segment in reversed(source.segments[: item.number]):
        marker = _NUMBERED.match(segment.text)
        if segment.kind is not Kind.ITEM or own is None or len(_indent(segment)) < len(_indent(item)):
            break
        if len(_indent(segment)) == len(_indent(item)):
            if marker is None:
                break
            first = segment
    return first


def _indent(segment: Segment) -> str:
    return segment.text[: len(segment.text) - len(segment.text.lstrip("> \t"))]


def _with_number(own: Placed, number: str) -> Placed:
    return replace(own, text=_NUMBERED.sub(rf"\g<1>{number}", own.text, count=1))


def joined(placed: Sequence[Placed], source: SourceText) -> tuple[str, tuple[int, ...]]:
    """The text, and where in it what is placed begins. Neighbours stay as far apart as they were."""
    if not placed:
        return source.gaps[0], ()
    text = source.gaps[0] + placed[0].text
    starts = [len(source.gaps[0])]
    for before, after in itertools.pairwise(placed):
        text += between(before, after, source)
        starts.append(len(text))
        text += after.text
    return text + source.gaps[-1], tuple(starts)


def between(before: Placed, after: Placed, source: SourceText) -> str:
    """What parts two neighbours: what parted them before, else what parts their kinds."""
    if before.segment and after.segment and before.number + 1 == after.number:
        return source.gaps[after.number]
    if before.is_opening or after.is_closing:
        return "\n"
    if before.is_item and after.is_item and (gap := _gap_of_items(before, after, source)):
        return gap
    if before.segment and after.segment and (before.segment.kind, after.segment.kind) == (Kind.TERM, Kind.DEFINITION):
        return "\n"
    margin = common_margin(before.text, after.text)
    return f"\n{margin.rstrip()}\n" if ">" in margin else "\n\n"


def _gap_of_items(before: Placed, after: Placed, source: SourceText) -> str:
    """How far the items of a list are apart, by those beside one of two."""
    for own in (before, after):
        if own.segment is None:
            continue
        for at in (own.number + 1, own.number):
            if 0 < at < len(source.segments):
                pair = source.segments[at - 1], source.segments[at]
                if all(segment.kind is Kind.ITEM for segment in pair) and source.gaps[at].count("\n") <= 2:
                    return source.gaps[at]
    return "\n"


def common_margin(one: str, other: str) -> str:
    """The margin with signs of quotations that both begin with."""
    margins = [re.match(r"(?:[ \t]*>[ \t]?)*", text) for text in (one, other)]
    return margins[0][0] if margins[0] and margins[1] and margins[0][0] == margins[1][0] else ""


def margin_of(before: Placed | None, after: Segment | None, source: SourceText) -> str:
    """The margin of a new paragraph between two others: that of what both stand in."""
    if before is None or (before.segment is None and not before.head):
        return ""
    if after is None or before.is_opening:
        return ""
    if before.is_item and after.kind is Kind.ITEM:
        return " " * len(before.head)
    quoted = common_margin(before.text, after.text)
    if ">" in quoted:
        return quoted
    indents = [text[: len(text) - len(text.lstrip(" \t"))] for text in (before.text, after.text)]
    return min(indents, key=len) if after.kind is Kind.PARAGRAPH else ""
