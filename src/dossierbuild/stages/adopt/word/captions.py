"""Captions: each is joined with the figure or table that it belongs to, and its label and number are gone.

A caption has a style of that name, a field that counts (SEQ), or a label and number that were typed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dossierbuild.core.problems import Problem, problem
from dossierbuild.core.word import (
    Block,
    Break,
    Field,
    Inline,
    Mark,
    Paragraph,
    Picture,
    Table,
    Text,
    TextBox,
    inlines_of,
    paragraphs_of,
    text_of,
)
from dossierbuild.core.word_tree import is_empty
from dossierbuild.stages.adopt.word.content import (
    bookmarks_in,
    has_words,
    shown_in,
    without_start,
)
from dossierbuild.stages.adopt.word.pieces import Figure, Heading, Piece
from dossierbuild.stages.adopt.word.spots import spot, words_near

_STYLES = frozenset({"caption", "bijschrift", "table caption", "image caption", "figure caption", "captioned figure"})
_SEQ = re.compile(r"\s*SEQ\s", re.IGNORECASE)
_LABEL = re.compile(
    r"\s*(?P<word>figuur|afbeelding|fig\.|grafiek|foto|kaart|diagram|schema|illustratie|figure|chart|picture|map|image"
    r"|(?P<table>tabel|table))[ \u00a0]*(?P<number>\d{1,3}(?:[.\-–]\d{1,3})*|[A-Z][.\-]?\d{1,2})[a-z]?\b",
    re.IGNORECASE,
)
_PARTED = re.compile(r"[\s\u00a0]*[.:–—-]?[\s\u00a0]+|[\s\u00a0]*[.:–—-]|\Z")
_LONGEST_TYPED = 300
_SMALL = 12.0
"""Millimetres: a picture that is no higher stands in the words."""


@dataclass(frozen=True, slots=True)
class _Caption:
    content: tuple[Inline, ...]
    is_sure: bool
    of_table: bool


def gathered(blocks: Sequence[Block], name: str) -> tuple[tuple[Piece, ...], tuple[Problem, ...]]:
    """The pieces of a document, in its order; paragraphs with nothing in them are gone.

    D856: a caption that belongs to nothing near it stays a paragraph.
    """
    parts = [part for block in blocks for part in _apart(block)]
    parts = list(_with_labels([part for part in parts if not (isinstance(part, Paragraph) and is_empty(part))]))
    captions = {at: found for at, part in enumerate(parts) if (found := _caption(parts, at))}
    joined = _joined(parts, captions)
    of = {target: at for at, target in joined.items()}
    pieces: list[Piece] = []
    told = []
    for at, part in enumerate(parts):
        if at in captions and at not in joined and captions[at].is_sure and not _is_shown(part):
            assert isinstance(part, Paragraph)
            told.append(problem("D856", spot(name, part), text=words_near(part)))
        if at not in joined or joined[at] == at:
            pieces.append(_piece(part, parts, captions, of.get(at)))
    return tuple(pieces), tuple(told)


def _piece(part: Block, parts: Sequence[Block], captions: dict[int, _Caption], at: int | None) -> Piece:
    if isinstance(part, Paragraph) and part.outline:
        return Heading(paragraph=part, level=part.outline)
    if at is not None:
        paragraph = parts[at]
        assert isinstance(paragraph, Paragraph)
        caption = captions[at].content
        return Figure(block=part, caption=caption, paragraph=paragraph, bookmarks=bookmarks_in(paragraph.content))
    if _is_shown(part):
        paragraph = next(iter(paragraphs_of((part,))))
        return Figure(block=part, paragraph=paragraph, bookmarks=bookmarks_in(paragraph.content))
    return part


# --- pictures by themselves ------------------------------------------------------------------------------------------


def _apart(block: Block) -> Iterator[Block]:
    """A block, a paragraph's pictures and charts that are larger than its words apart from these.

    What stands before the words stays before them. A text box with nothing but a figure and its caption is no box.
    """
    if not isinstance(block, Paragraph):
        yield block
        return
    boxes = [inline for inline in inlines_of(block.content) if isinstance(inline, TextBox) and _is_frame(inline)]
    kept = tuple(inline for inline in block.content if not any(inline is box for box in boxes))
    rest = replace(block, content=kept)
    large = [shown for shown in shown_in(kept) if _is_large(shown)]
    if not large or not has_words(kept):
        yield rest
    else:
        words = replace(rest, content=_without(kept, large))
        pictures = replace(
            rest, content=tuple(large), outline=0, item=None, style="normal", styles=("normal",)
        )  # fmt: skip
        leads = not text_of(kept[: _index(kept, large[0])]).strip()
        yield from (pictures, words) if leads else (words, pictures)
    for box in boxes:
        for inner in box.blocks:
            yield from _apart(inner)


def _index(content: Sequence[Inline], shown: Inline) -> int:
    return next((at for at, inline in enumerate(content) if inline is shown), len(content))


def _without(content: Sequence[Inline], gone: Sequence[Inline]) -> tuple[Inline, ...]:
    kept = tuple(inline for inline in content if not any(inline is shown for shown in gone))
    first = next((at for at, inline in enumerate(kept) if not isinstance(inline, Break | Mark)), len(kept))
    return (*(inline for inline in kept[:first] if isinstance(inline, Mark)), *kept[first:])


def _is_frame(box: TextBox) -> bool:
    """Whether a text box holds a figure with its caption, or a caption alone."""
    paragraphs = [block for block in box.blocks if isinstance(block, Paragraph) and not is_empty(block)]
    are_all = all(isinstance(block, Paragraph) for block in box.blocks)
    return (
        are_all and all(not has_words(found.content) or _has_label(found) for found in paragraphs) and bool(paragraphs)
    )


def _is_large(shown: Inline) -> bool:
    return not isinstance(shown, Picture) or not 0 < shown.height <= _SMALL


# --- labels on a line of their own -----------------------------------------------------------------------------------


def _with_labels(parts: Sequence[Block]) -> Iterator[Block]:
    """The parts, a label on a line of its own ("Tabel 1", as in APA) in one paragraph with the title below it."""
    at = 0
    while at < len(parts):
        if _is_label_of(parts, at):
            label, title = parts[at], parts[at + 1]
            assert isinstance(label, Paragraph)
            assert isinstance(title, Paragraph)
            yield replace(title, content=(*label.content, Text(". "), *title.content))
            at += 2
        else:
            yield parts[at]
            at += 1


def _is_label_of(parts: Sequence[Block], at: int) -> bool:
    """Whether a line is nothing but a label, and the one below it the title of what stands beside the two."""
    label, title = parts[at], parts[at + 1] if at + 1 < len(parts) else None
    if not isinstance(label, Paragraph) or label.outline or not isinstance(title, Paragraph) or title.outline:
        return False
    found = _LABEL.match(label.text)
    is_alone = found is not None and not label.text[found.end() :].strip(" .:\u00a0")
    is_title = has_words(title.content) and len(title.text) < _LONGEST_TYPED and not _LABEL.match(title.text)
    return is_alone and is_title and (_is_target(parts, at + 2) or _is_target(parts, at - 1))


# --- captions --------------------------------------------------------------------------------------------------------


def _has_label(paragraph: Paragraph) -> bool:
    return bool({paragraph.style, *paragraph.styles} & _STYLES) or _sequence(paragraph) is not None


def _sequence(paragraph: Paragraph) -> Field | None:
    fields = (inline for inline in inlines_of(paragraph.content) if isinstance(inline, Field))
    return next((found for found in fields if _SEQ.match(found.instruction)), None)


def _caption(parts: Sequence[Block], at: int) -> _Caption | None:
    """What a paragraph says as a caption; None where it is none."""
    part = parts[at]
    if not isinstance(part, Paragraph) or part.outline or not has_words(part.content):
        return None
    words, sequence = part.text, _sequence(part)
    label = _LABEL.match(words)
    is_sure = _has_label(part)
    is_typed = bool(label) and len(words) < _LONGEST_TYPED and _is_beside_shown(parts, at)
    if not is_sure and not is_typed:
        return None
    count = 0
    if sequence is not None:
        count = _end_of(part.content, sequence)
    elif label:
        count = label.end()
    parted = _PARTED.match(words, count) if count else None
    kind = f"{sequence.instruction if sequence else ''} {label['word'] if label else ''}".lower()
    content = without_start(part.content, parted.end() if parted else count)
    return _Caption(content, is_sure, "tab" in kind) if has_words(content) else None


def _end_of(content: Sequence[Inline], field: Field) -> int:
    """Where the words of a field end in those of its paragraph."""
    count = 0
    for inline in content:
        count += len(text_of((inline,)))
        if inline is field:
            return count
    return 0


def _is_beside_shown(parts: Sequence[Block], at: int) -> bool:
    return any(_is_target(parts, beside) for beside in (at - 1, at + 1)) or bool(shown_in(_content(parts[at])))


def _content(block: Block) -> tuple[Inline, ...]:
    return block.content if isinstance(block, Paragraph) else ()


def _is_target(parts: Sequence[Block], at: int) -> bool:
    return 0 <= at < len(parts) and (_is_shown(parts[at]) or isinstance(parts[at], Table))


def _is_shown(block: Block) -> bool:
    """Whether a block has pictures or charts and nothing else; a table may be what they are laid out in."""
    if isinstance(block, Paragraph):
        return bool(shown_in(block.content)) and not has_words(block.content)
    if not isinstance(block, Table):
        return False
    paragraphs = tuple(paragraphs_of((block,)))
    has_any = any(shown_in(found.content) for found in paragraphs)
    return has_any and not any(has_words(found.content) for found in paragraphs)


def _joined(parts: Sequence[Block], captions: dict[int, _Caption]) -> dict[int, int]:
    """For each caption that belongs to something the place of that: before or behind it, as most in the document do."""
    above = {of_table: _stands_above(parts, captions, of_table=of_table) for of_table in (False, True)}
    joined: dict[int, int] = {}
    for at, caption in sorted(captions.items(), key=lambda found: not found[1].is_sure):
        sides = (at, at + 1, at - 1) if above[caption.of_table] else (at, at - 1, at + 1)
        kinds = (True, False) if caption.of_table else (False, True)
        free = [side for side in sides if side not in joined.values() and (side != at or shown_in(_content(parts[at])))]
        targets = [side for is_table in kinds for side in free if _fits(parts, side, is_table=is_table, own=side == at)]
        if targets:
            joined[at] = targets[0]
    return joined


def _fits(parts: Sequence[Block], at: int, *, is_table: bool, own: bool) -> bool:
    if not 0 <= at < len(parts):
        return False
    if is_table:
        return isinstance(parts[at], Table) and not _is_shown(parts[at])
    return own or _is_shown(parts[at])


def _stands_above(parts: Sequence[Block], captions: dict[int, _Caption], *, of_table: bool) -> bool:
    """Whether captions of a kind stand above what they belong to: where it cannot be seen those of tables do."""
    sides: Counter[int] = Counter()
    for at, caption in captions.items():
        if caption.of_table == of_table:
            sides.update(side for side in (-1, 1) if _fits(parts, at + side, is_table=of_table, own=False))
    return sides[1] > sides[-1] or (of_table and sides[1] == sides[-1])
