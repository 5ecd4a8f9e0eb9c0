"""The nearest of the words that are known, for hints such as "did you mean …?"."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that is most like `word`, or an empty text when none is near."""
    words = {candidate.casefold(): candidate for candidate in sorted(known, reverse=True)}
    found = difflib.get_close_matches(word.casefold(), words, n=1, cutoff=0.6)
    return words[found[0]] if found else ""
