"""Laid out pages, judged as they are drawn: nothing lies outside its page, and no text over other text.

A page that is judged well shows all that is in it. Screen readers would read what runs off, and nobody would see it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dossierbuild.tools.paper.types import plain_text, text_of

_TOLERANCE = 1.5
"""How far something may reach over the edge of a page, in CSS pixels: what is bled to the edge is rounded."""
_INK = 0.3
"""The part of the height of a line's letters that is left out above and below: what ascends and descends may touch."""
_TOUCH = 2.0
"""The width and height from which on two texts lie over each other, in CSS pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What a page does not show as it should: the `words` with which it begins, all of what it stands in."""

    words: str


@dataclass(frozen=True, slots=True)
class _Ink:
    """What a box draws, in CSS pixels from the top left of its page."""

    box: Any
    left: float
    top: float
    right: float
    bottom: float


def judged(pages: Iterable[Any]) -> tuple[Fault, ...]:
    """The faults of laid out WeasyPrint pages, each once, in order.

    Passed over are boxes that the style sheet turns or shifts (`transform`), those that it hides, which may be for
    screen readers alone (`clip`), and what an image holds.
    """
    faults = (fault for page in pages for fault in _faults(page))
    return tuple(dict.fromkeys(faults))


def _faults(page: Any) -> Iterator[Fault]:
    boxes = list(_visible(page._page_box))
    texts = [_ink(box) for box in boxes if type(box).__name__ == "TextBox" and box.text.strip()]
    shapes = [_frame(box) for box in boxes if _is_drawn(box)]
    outside = [ink for ink in (*texts, *shapes) if _beyond(ink, page) > _TOLERANCE]
    for ink in (*outside, *_under_others(texts)):
        yield Fault(words=_words(ink.box))


def _visible(box: Any) -> Iterator[Any]:
    box = getattr(box, "_box", box)  # an absolutely positioned box stands behind a placeholder
    if box.style["transform"] or box.style["clip"] or box.style["visibility"] != "visible":
        return
    yield box
    for child in getattr(box, "children", ()):
        yield from _visible(child)


def _ink(text: Any) -> _Ink:
    spare = _INK * text.height
    top, bottom = text.position_y + text.margin_top + spare, text.position_y + text.margin_top + text.height - spare
    return _Ink(text, text.position_x, top, text.position_x + text.width, bottom)


def _frame(box: Any) -> _Ink:
    left, top = box.border_box_x(), box.border_box_y()
    return _Ink(box, left, top, left + box.border_width(), top + box.border_height())


def _is_drawn(box: Any) -> bool:
    """Whether a box is an image, or has a ground or a border of its own."""
    kind = type(box).__name__
    if kind in ("PageBox", "MarginBox", "TextBox", "LineBox") or (
        box.element is not None and box.element.tag == "html"
    ):
        return False
    return "Replaced" in kind or box.style["background_color"].alpha > 0 or bool(box.border_bottom_width)


def _beyond(ink: _Ink, page: Any) -> float:
    """How far it reaches over the edge of its page, in CSS pixels; negative within."""
    return float(max(-ink.left, -ink.top, ink.right - page.width, ink.bottom - page.height))


def _under_others(texts: Sequence[_Ink]) -> Iterator[_Ink]:
    """The texts that lie over one that begins above them or at the same height."""
    in_order = sorted(texts, key=lambda ink: (ink.top, ink.left))
    open_texts: list[_Ink] = []
    for ink in in_order:
        open_texts = [other for other in open_texts if other.bottom - ink.top >= _TOUCH]
        if any(_is_over(ink, other) for other in open_texts):
            yield ink
        open_texts.append(ink)


def _is_over(ink: _Ink, other: _Ink) -> bool:
    wide = min(ink.right, other.right) - max(ink.left, other.left)
    high = min(ink.bottom, other.bottom) - max(ink.top, other.top)
    return wide >= _TOUCH and high >= _TOUCH


def _words(box: Any) -> str:
    """The text of the element that a box is of, or what is read out in its place."""
    source = box.element
    if source is None:
        return plain_text(getattr(box, "text", ""))
    return plain_text(text_of(source) or source.get("alt") or source.get("aria-label") or "") or source.tag
