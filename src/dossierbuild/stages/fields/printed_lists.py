"""Which entries of a printed list are works that citations of the document brought."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from dossierbuild.core.names import read_name
from dossierbuild.core.spelling import folded
from dossierbuild.core.works import Item
from dossierbuild.stages.fields.documents import Entry
from dossierbuild.stages.fields.items import leaders_of, year_of

_FEWEST = 0.8  # of the words of a title: styles drop a subtitle's first word's capital, never words, but lines are cut
_WORD = re.compile(r"\w+")


def unfound(entries: Iterable[Entry], items: Iterable[Item]) -> tuple[Entry, ...]:
    """The entries of a printed list that are none of the works: the rest of the list was typed, or is of works that
    nothing cites."""
    works = [_Words(item) for item in items]
    return tuple(entry for entry in entries if not any(words.stand_in(entry.text) for words in works))


class _Words:
    """What an entry of a work says in any style: its first name, its year and its title."""

    def __init__(self, item: Mapping[str, Any]) -> None:
        names = [name for parts in leaders_of(item)[:1] if (name := read_name(parts))]
        self._name = folded(names[0].head) if names else ""
        self._year = year_of(item)
        self._title = _folded_words(re.sub(r"<[^<>]*>", "", str(item.get("title", ""))))

    def stand_in(self, text: str) -> bool:
        words = set(_folded_words(text))
        shared = sum(word in words for word in self._title)
        is_titled = bool(self._title) and shared >= _FEWEST * len(self._title)
        return is_titled and self._name in folded(text) and self._year in text


def _folded_words(text: str) -> list[str]:
    return [folded(word) for word in _WORD.findall(text)]
