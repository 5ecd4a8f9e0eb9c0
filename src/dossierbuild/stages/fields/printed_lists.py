"""Which entries of a printed list are works that citations of the document brought."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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
    works = [_Work.of(item) for item in items]
    return tuple(entry for entry in entries if not _is_found(entry.text, works))


@dataclass(frozen=True, slots=True)
class _Work:
    """What an entry of a work says in any style: its first name, its year, and its title in words."""

    name: str
    year: str
    title: tuple[str, ...]

    @staticmethod
    def of(item: Mapping[str, Any]) -> _Work:
        names = [name for parts in leaders_of(item)[:1] if (name := read_name(parts))]
        title = re.sub(r"<[^<>]*>", "", str(item.get("title", "")))
        return _Work(folded(names[0].head) if names else "", year_of(item), tuple(_folded_words(title)))


def _is_found(text: str, works: Iterable[_Work]) -> bool:
    """Whether an entry has the name, the year and most words of the title of a work."""
    letters, words = folded(text), frozenset(_folded_words(text))
    called = (work.title for work in works if work.title and work.name in letters and work.year in text)
    return any(sum(word in words for word in title) >= _FEWEST * len(title) for title in called)


def _folded_words(text: str) -> list[str]:
    return [folded(word) for word in _WORD.findall(text)]
