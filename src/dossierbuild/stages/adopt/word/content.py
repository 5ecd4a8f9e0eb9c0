"""The content of a paragraph, cut: its words without the first of them, and what it holds besides words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dossierbuild.core.word import (
    Break,
    Chart,
    Control,
    Field,
    Formula,
    Inline,
    Link,
    Mark,
    MarkKind,
    Picture,
    Text,
    TextBox,
    Unread,
    inlines_of,
    text_of,
)

Shown = Picture | Chart | Unread


def without_start(content: Sequence[Inline], count: int) -> tuple[Inline, ...]:
    """Inlines without their first `count` signs, as `text_of` counts them; what is no word stays."""
    out: list[Inline] = []
    left = count
    for inline in content:
        length = len(text_of((inline,)))
        if left <= 0 or not isinstance(inline, Text | Break | Link | Field | Control):
            out.append(inline)
        elif length > left and isinstance(inline, Text):
            out.append(Text(inline.words[left:], inline.look))
        elif length > left and isinstance(inline, Link | Field | Control):
            out.append(replace(inline, content=without_start(inline.content, left)))
        left -= length
    return tuple(out)


def shown_in(content: Sequence[Inline]) -> tuple[Shown, ...]:
    """The pictures, charts and things that cannot be read in a paragraph."""
    return tuple(inline for inline in inlines_of(tuple(content)) if isinstance(inline, Shown))


def without_shown(content: Sequence[Inline]) -> tuple[Inline, ...]:
    """A paragraph's content without these and without breaks before its words."""
    kept = [inline for inline in content if not isinstance(inline, Shown)]
    first = next((at for at, inline in enumerate(kept) if not isinstance(inline, Break | Mark)), len(kept))
    return (*(inline for inline in kept[:first] if isinstance(inline, Mark)), *kept[first:])


def has_words(content: Sequence[Inline]) -> bool:
    """Whether there are words, a formula or a box in a paragraph."""
    return bool(text_of(tuple(content)).strip()) or any(
        isinstance(inline, Formula | TextBox) for inline in inlines_of(tuple(content))
    )


def bookmarks_in(content: Sequence[Inline]) -> frozenset[str]:
    """The names of the bookmarks that begin in a paragraph."""
    marks = (inline for inline in inlines_of(tuple(content)) if isinstance(inline, Mark))
    return frozenset(mark.name for mark in marks if mark.kind is MarkKind.BOOKMARK and mark.is_start)
