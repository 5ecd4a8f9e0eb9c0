"""Lists: paragraphs with a level each become lists within lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

from dossierbuild.core.ast import Node, Nodes, node, plain
from dossierbuild.core.word import ListPlace

_STYLES = MappingProxyType({
    "lowerLetter": "LowerAlpha", "upperLetter": "UpperAlpha", "lowerRoman": "LowerRoman", "upperRoman": "UpperRoman",
})  # fmt: skip
_ONE_STYLE = "Decimal"


@dataclass(frozen=True, slots=True)
class Item:
    """What stands in a list: its place, its number and its blocks; without a place it belongs to the item before it."""

    place: ListPlace | None
    number: int
    blocks: tuple[Node, ...]


def nested(items: Sequence[Item]) -> Nodes:
    """The lists that these items make, in their order, one for each run of the same kind at the highest level."""
    out: Nodes = []
    at = 0
    while at < len(items):
        if items[at].place is None:
            out += items[at].blocks
            at += 1
            continue
        end = _end(items, at)
        out.append(_list(items[at:end]))
        at = end
    return out


def _end(items: Sequence[Item], first: int) -> int:
    """Behind the last item of the list that begins with item `first`."""
    top, last = items[first].place, items[first]
    assert top is not None
    for at in range(first + 1, len(items)):
        place = items[at].place
        if place is None or place.level > top.level:
            continue
        if place.level < top.level or not _goes_on(last, items[at]):
            return at
        last = items[at]
    return len(items)


def _goes_on(before: Item, item: Item) -> bool:
    """Whether two items of a level are of one list: numbers count on, and bullets are alike."""
    assert before.place is not None
    assert item.place is not None
    if not (before.place.is_ordered and item.place.is_ordered):
        return before.place.is_ordered == item.place.is_ordered
    return before.place.format == item.place.format and item.number == before.number + 1


def _list(items: Sequence[Item]) -> Node:
    first = items[0]
    assert first.place is not None
    starts = [
        at
        for at, item in enumerate(items)
        if item.place is not None and (item.place.level <= first.place.level or at == 0)
    ]
    contents = [_content(items[start:end]) for start, end in zip(starts, [*starts[1:], len(items)], strict=True)]
    if all(sum(block["t"] == "Para" for block in content) <= 1 for content in contents):
        contents = [[_tight(block) for block in content] for content in contents]
    if not first.place.is_ordered:
        return node("BulletList", contents)
    style = node(_STYLES.get(first.place.format, _ONE_STYLE))
    return node("OrderedList", [first.number, style, node("Period")], contents)


def _content(items: Sequence[Item]) -> Nodes:
    """An item with what belongs to it, and the lists within it."""
    return [*items[0].blocks, *nested(items[1:])]


def _tight(block: Node) -> Node:
    return plain(block["c"]) if block["t"] == "Para" else block
