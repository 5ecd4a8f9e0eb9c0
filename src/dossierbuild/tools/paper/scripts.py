"""Scripts: letters that join or stand on others are drawn together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dossierbuild.core.characters import joins


def with_joined_letters(text: Any) -> Any:
    """The letters of a drawing's text are laid out one by one. Where some of them join, or stand on others, the text is
    one letter for the layout."""

    def whole(node: Any) -> str | None:
        found: str | None = text.fget(node)
        return Whole(found) if found and joins(found) else found

    return property(whole)


class Whole(str):
    """A text that is gone through in one step."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        yield str(self)
