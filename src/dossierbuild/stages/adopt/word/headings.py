"""Which paragraphs are headings: those that have a heading's style, else those that look like one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import Enum

from dossierbuild.core.ast import is_worded
from dossierbuild.core.problems import Place, Problem, problem
from dossierbuild.core.word import Block, Inline, Paragraph, Text, inlines_of, paragraphs_of
from dossierbuild.core.word_tree import is_empty
from dossierbuild.stages.adopt.word.content import without_start
from dossierbuild.stages.adopt.word.spots import spot


class Headings(Enum):
    """How headings are told from other paragraphs."""

    STYLES = "styles"
    GUESS = "guess"


LONGEST = 90
"""Letters of a line that can be a heading."""

_ENDS = (".", ":", ";", ",", "?!")
_NUMBER = re.compile(r"\s*(?P<number>\d{1,2}(?:\.\d{1,2})*)(?P<dot>[.)]?)(?:[ \t\u00a0]+)(?=\S)")
_LABEL = re.compile(
    r"\s*(?:hoofdstuk|chapter)[ \u00a0]+(?:\d{1,2}|[IVX]{1,5})(?:\s*+[.:–—-]\s*+|\s++)(?=\S)", re.IGNORECASE
)
_TITLES = frozenset({"title", "subtitle", "titel", "ondertitel"})


def with_headings(
    blocks: Sequence[Block], asked: Headings | None, name: str
) -> tuple[tuple[Block, ...], tuple[Problem, ...]]:
    """The blocks in which `outline` says for each paragraph whether it is a heading, and of which level.

    Typed numbers of headings are gone. Without being asked, paragraphs are judged by their looks where none has the
    style of a heading. D847: what became a heading by its looks. D848: there are no headings.
    """
    styled = [_as_styled(block) for block in blocks]
    has_styles = any(isinstance(block, Paragraph) and block.outline for block in styled)
    guesses = asked is Headings.GUESS or (asked is None and not has_styles)
    found = _guessed(styled) if guesses else styled
    told = [
        problem("D847", spot(name, after), text=after.text.strip(), level=after.outline)
        for before, after in zip(styled, found, strict=True)
        if isinstance(before, Paragraph) and isinstance(after, Paragraph) and after.outline and not before.outline
    ]
    if not any(isinstance(block, Paragraph) and block.outline for block in found):
        told.append(problem("D848", Place(name)))
    return tuple(_without_numbers(found)), tuple(told)


def _as_styled(block: Block) -> Block:
    """A block; a heading without words, as one that holds a picture, is a paragraph, and a title is none."""
    if isinstance(block, Paragraph) and block.outline and (not is_worded(block.text) or block.style in _TITLES):
        return replace(block, outline=0)
    return block


# --- by looks --------------------------------------------------------------------------------------------------------


def _guessed(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with those that look like headings as such, below the headings by style that stand before them."""
    body = body_size(blocks)
    looks = {
        at: _look(block, body)
        for at, block in enumerate(blocks)
        if isinstance(block, Paragraph) and _is_candidate(block, body) and _leads(blocks, at)
    }
    ranks = {look: rank for rank, look in enumerate(sorted(set(looks.values())), 1)}
    above = 0
    out: list[Block] = []
    for at, block in enumerate(blocks):
        if isinstance(block, Paragraph) and block.outline:
            above = block.outline
        if at in looks and isinstance(block, Paragraph):
            out.append(replace(block, outline=above + ranks[looks[at]], item=None))
        else:
            out.append(block)
    return out


def body_size(blocks: Sequence[Block]) -> float:
    """The size of most letters."""
    letters: Counter[float] = Counter()
    for paragraph in paragraphs_of(tuple(blocks)):
        for text in _texts(paragraph):
            letters[text.look.size] += len(text.words)
    return max(letters, key=lambda size: letters[size], default=0.0)


def _texts(paragraph: Paragraph) -> list[Text]:
    inlines = inlines_of(paragraph.content)
    return [inline for inline in inlines if isinstance(inline, Text) and inline.words.strip()]


def _is_candidate(paragraph: Paragraph, body: float) -> bool:
    """Whether a paragraph looks like a heading: short, without a point, and all of it bold or larger than the text."""
    texts, words = _texts(paragraph), paragraph.text.strip()
    if not texts or paragraph.outline or paragraph.style in _TITLES or len(words) >= LONGEST or words.endswith(_ENDS):
        return False
    if paragraph.item is not None and not paragraph.item.is_ordered:
        return False
    stands_out = all(text.look.bold for text in texts) or all(text.look.size > body for text in texts)
    is_plain = all(isinstance(inline, Text) or not _shows(inline) for inline in inlines_of(paragraph.content))
    return stands_out and is_plain and any(sign.isalpha() for sign in words)


def _shows(inline: Inline) -> bool:
    return type(inline).__name__ in ("Picture", "Chart", "Formula", "TextBox", "Unread", "Field")


def _leads(blocks: Sequence[Block], at: int) -> bool:
    """Whether something stands below that is no empty end of the document."""
    return any(not (isinstance(block, Paragraph) and is_empty(block)) for block in blocks[at + 1 :])


def _look(paragraph: Paragraph, body: float) -> tuple[float, int, bool]:
    """What tells the levels of headings apart, the highest first: size, the depth of the number, bold or not."""
    texts = _texts(paragraph)
    size = max((text.look.size for text in texts), default=body)
    found = _NUMBER.match(paragraph.text)
    depth = found["number"].count(".") + 1 if found else paragraph.item.level + 1 if paragraph.item else 0
    return -size, depth, not all(text.look.bold for text in texts)


# --- typed numbers ---------------------------------------------------------------------------------------------------


def _without_numbers(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks without the numbers that were typed before headings: an edition numbers them by itself.

    A number alone is one where it counts on from the heading before it of that level: "3 redenen" has none.
    """
    counts: Counter[int] = Counter()
    for block in blocks:
        if not isinstance(block, Paragraph) or not block.outline:
            yield block
            continue
        label, number = _named(_LABEL.match(block.text)), _named(_NUMBER.match(block.text))
        if label:
            counts[block.outline] += 1
            yield replace(block, content=without_start(block.content, label.end()))
        elif number and ("." in number["number"] or _counts_on(number, counts, block.outline)):
            counts[block.outline] = int(number["number"].rsplit(".", 1)[-1])
            yield replace(block, content=without_start(block.content, number.end()))
        else:
            yield block


def _named(found: re.Match[str] | None) -> re.Match[str] | None:
    """What a heading begins with, where words follow it."""
    return found if found and is_worded(found.string[found.end() :]) else None


def _counts_on(number: re.Match[str], counts: Counter[int], level: int) -> bool:
    return int(number["number"]) == counts[level] + 1
