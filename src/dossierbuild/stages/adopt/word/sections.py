"""The chapters of a document: where each begins, what it is in a report, and on which levels its headings are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dossierbuild.core.word import Paragraph
from dossierbuild.stages.adopt.kinds import APPENDIX, FOREWORD, PART, REFERENCES, summary_language
from dossierbuild.stages.adopt.word.content import without_start
from dossierbuild.stages.adopt.word.pieces import Heading, Piece

_ONLY_APPENDICES = re.compile(r"(?:bijlagen?|appendices|appendix)\W*\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A chapter to come: its heading on level 1, what is below it, what it is, and a language of its own."""

    heading: Heading
    pieces: tuple[Piece, ...]
    kind: str = "chapter"
    language: str = ""


def level_of_chapters(pieces: Sequence[Piece]) -> int:
    """The level of headings with which chapters begin.

    It is the first that has more than one heading; a heading that stands alone above all others is a title.
    """
    levels = [piece.level for piece in pieces if isinstance(piece, Heading)]
    if not levels:
        return 1
    top = min(levels)
    below = [level for level in levels if level > top]
    if levels.count(top) > 1 or not below:
        return top
    second = min(below)
    return second if levels[0] == top and levels.count(second) > 1 else top if levels[0] == top else second


def title_heading(pieces: Sequence[Piece]) -> Heading | None:
    """The one heading that stands above all chapters: the title of the document."""
    first = next((piece for piece in pieces if isinstance(piece, Heading)), None)
    return first if first is not None and first.level < level_of_chapters(pieces) else None


def sections_of(pieces: Sequence[Piece]) -> tuple[Section, ...]:
    """The sections of a document from its first chapter on, in order; their first headings are those of chapters."""
    level = level_of_chapters(pieces)
    parts: list[list[Piece]] = []
    for piece in pieces:
        if isinstance(piece, Heading) and piece.level <= level:
            parts.append([piece])
        elif parts:
            parts[-1].append(piece)
    sections = [section for part in parts for section in _sections(part)]
    return tuple(replace(section, pieces=_levelled(section.pieces)) for section in sections)


def _sections(part: Sequence[Piece]) -> Iterator[Section]:
    """The section of a heading, or the appendices below one that only says that they follow."""
    heading, *rest = part
    assert isinstance(heading, Heading)
    levels = [piece.level for piece in rest if isinstance(piece, Heading)]
    follow = _ONLY_APPENDICES.match(heading.text) and levels and isinstance(rest[0], Heading)
    if not follow:
        yield _section(heading, rest)
        return
    starts = [at for at, piece in enumerate(rest) if isinstance(piece, Heading) and piece.level == min(levels)]
    for start, end in zip([0, *starts[1:]], [*starts[1:], len(rest)], strict=True):
        first = rest[start]
        assert isinstance(first, Heading)
        yield replace(_section(first, rest[start + 1 : end]), kind="appendix")


def _section(heading: Heading, rest: Sequence[Piece]) -> Section:
    words = heading.text
    summary = summary_language(words)
    kind = "summary" if summary else "foreword" if FOREWORD.match(words) else "chapter"
    label = APPENDIX.match(words)
    part = PART.match(words)
    if part and part.end() < len(words):
        kind, heading = "part", _without_label(heading, part.end())
    if label and (label.end() < len(words) or _ONLY_APPENDICES.match(words) or label[0].strip() == words):
        kind = "appendix"
        named = label.end() < len(heading.paragraph.text.strip())
        heading = _without_label(heading, label.end()) if named else heading
    return Section(heading=replace(heading, level=1), pieces=tuple(rest), kind=kind, language=summary)


def _without_label(heading: Heading, count: int) -> Heading:
    paragraph = heading.paragraph
    return replace(heading, paragraph=replace(paragraph, content=without_start(paragraph.content, count)))


def _levelled(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Pieces whose headings skip no level, from level 2 on."""
    above: list[int] = []
    out: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Heading):
            above = [level for level in above if level < piece.level]
            above.append(piece.level)
            out.append(replace(piece, level=min(len(above) + 1, 6)))
        else:
            out.append(piece)
    return tuple(out)


# --- the list of references ------------------------------------------------------------------------------------------


def listed_in(pieces: Sequence[Piece]) -> tuple[Paragraph, ...]:
    """The paragraphs of the list of references: all below a heading that says so, up to one of its level or above."""
    return tuple(piece for piece, is_listed in _with_lists(pieces) if is_listed and isinstance(piece, Paragraph))


def without_listed(pieces: Sequence[Piece], listed: frozenset[int]) -> tuple[Piece, ...]:
    """The pieces without the paragraphs with these numbers, and without the headings of a list that is empty then."""
    kept: list[Piece] = []
    for piece, is_listed in reversed(list(_with_lists(pieces))):
        if isinstance(piece, Paragraph) and piece.number in listed:
            continue
        behind = kept[-1] if kept else None
        is_empty = behind is None or (
            isinstance(behind, Heading) and isinstance(piece, Heading) and behind.level <= piece.level
        )
        if not (is_listed and isinstance(piece, Heading) and is_empty):
            kept.append(piece)
    return tuple(reversed(kept))


def _with_lists(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, bool]]:
    """Each piece with whether it stands in a list of references, its heading included."""
    level = 0
    for piece in pieces:
        if isinstance(piece, Heading):
            level = level if level and piece.level > level else piece.level if REFERENCES.match(piece.text) else 0
        yield piece, bool(level)
