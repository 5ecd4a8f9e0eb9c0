"""The one gate for text: characters that cannot stand in it, as problems at their places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from dossierbuild.core.characters import loose_directions, name_of, unfit_characters
from dossierbuild.core.problems import Place, Problem, problem

_PLACES = 20
"""How many places of one character in one file are told."""


def character_problems(text: str, place: Callable[[int], Place]) -> tuple[Problem, ...]:
    """D137 for each character that cannot stand in a text, D151 for each mark of direction that stands alone.

    `place` gives the place of an offset. Of one character no more than 20 places are told.
    """
    unfit = [problem("D137", place(at), reason=name_of(sign)) for at, sign in _first(unfit_characters(text))]
    loose = [problem("D151", place(at), reason=name_of(sign)) for at, sign in _first(loose_directions(text))]
    return (*unfit, *loose)


def _first(found: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """The first places of each character."""
    told = Counter[str]()
    for offset, character in found:
        told[character] += 1
        if told[character] <= _PLACES:
            yield offset, character


def value_problems(value: Any, place: Place) -> tuple[Problem, ...]:
    """The same for all texts in a value made of mappings and lists, which stands at one place; each character once."""
    found = (fault for text in _texts(value) for fault in character_problems(text, lambda _: place))
    return tuple(dict.fromkeys(found))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from (*_texts(name), *_texts(inner))
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


def place_in(path: str, text: str) -> Callable[[int], Place]:
    """Where the offsets of the text of a file stand."""

    def place(offset: int) -> Place:
        return Place(path, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))

    return place
