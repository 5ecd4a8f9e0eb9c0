"""The proof: what would be sent again says what came back."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from dossierbuild.core.passages import ATOM
from dossierbuild.stages.merge.bringing import Brought
from dossierbuild.stages.merge.comparing import comparable_words
from dossierbuild.stages.merge.paragraphs import WordBlock


def unproven(brought: Brought, again: Iterable[WordBlock]) -> tuple[str, ...]:
    """The paragraphs that came back and would not be in a document of the text as it was brought, in their order."""
    said = _less_gone(map(comparable_words, again), brought)
    expected = _less_gone(brought.expected, brought)
    matcher = difflib.SequenceMatcher(None, expected, said, autojunk=False)
    return tuple(
        expected[at]
        for tag, first, last, _, _ in matcher.get_opcodes()
        if tag in ("replace", "delete")
        for at in range(first, last)
    )


def _less_gone(texts: Iterable[str], brought: Brought) -> list[str]:
    """What paragraphs say, without atoms where a program kept none of a kind."""
    if not brought.gone:
        return list(texts)
    plain = (" ".join(text.replace(ATOM, "").split()) for text in texts)
    return [text for text in plain if text]
