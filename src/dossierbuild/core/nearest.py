"""The nearest of the words that are known, for hints such as "did you mean …?"."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

LONGEST = 100
"""Characters of a word that anything is near to: how long a comparison takes grows with the square of it."""
MANY = 200
"""Of more known words, so many are compared: those that begin as the word does, and are most nearly as long."""


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that is most like `word`, or an empty text when none is near."""
    if len(word) > LONGEST:
        return ""
    words = {candidate.casefold(): candidate for candidate in sorted(_comparable(word, list(known)), reverse=True)}
    found = difflib.get_close_matches(word.casefold(), words, n=1, cutoff=0.6)
    return words[found[0]] if found else ""


def _comparable(word: str, known: list[str]) -> list[str]:
    if len(known) > MANY:
        initial, length = word[:1].casefold(), len(word)
        alike = [other for other in known if other[:1].casefold() == initial]
        known = sorted(alike, key=lambda other: (abs(len(other) - length), other))[:MANY]
    return [other for other in known if len(other) <= LONGEST]
