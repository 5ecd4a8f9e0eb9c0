"""The proof: what would be sent again says what came back."""

from __future__ import annotations

import difflib

from dossierbuild.core.word import Document
from dossierbuild.stages.merge.bringing import Brought, comparable_words
from dossierbuild.stages.merge.paragraphs import word_blocks


def unproven(brought: Brought, again: Document) -> tuple[str, ...]:
    """The paragraphs that came back and would not be in a document of the text as it was brought, in their order."""
    said = [comparable_words(block, gone=brought.gone) for block in word_blocks(again)]
    matcher = difflib.SequenceMatcher(None, list(brought.expected), said, autojunk=False)
    return tuple(
        brought.expected[at]
        for tag, first, last, _, _ in matcher.get_opcodes()
        if tag in ("replace", "delete")
        for at in range(first, last)
    )
