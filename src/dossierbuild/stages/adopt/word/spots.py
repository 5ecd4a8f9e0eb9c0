"""Where something stands in a Word document: it has no lines, so its paragraphs are counted, and their words named."""

from __future__ import annotations

from collections.abc import Sequence

from dossierbuild.core.problems import Place
from dossierbuild.core.word import Paragraph

_LONGEST = 60


def spot(name: str, paragraph: Paragraph) -> Place:
    """The place of a paragraph in the file of a name: its number stands where the line stands in a text."""
    return Place(name, paragraph.number)


def words_near(paragraph: Paragraph, around: Sequence[Paragraph] = ()) -> str:
    """The first words of a paragraph, by which it is found in Word; of one without words those of one before it."""
    for found in (paragraph, *reversed(around)):
        words = " ".join(found.text.split())
        if words:
            return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rsplit(' ', 1)[0]} …"
    return ""
