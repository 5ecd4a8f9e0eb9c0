"""A manuscript: a file as it was typed, line by line, each line with what it is.

Nothing is parsed here, so that a text can be read which pandoc would read otherwise than it was meant.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import groupby

from dossierbuild.core.model import InfographicText, SourceFile
from dossierbuild.core.visible import HIDDEN, ProseFile, prose_of, visible_text

TAB = 4

_LINE = re.compile(r"[^\r\n]*+(?:\r\n?|\n|\Z)")
_CODE_FENCE = re.compile(r" {0,3}(?P<sign>`{3,}|~{3,})")
_HEADING = re.compile(r"#{1,6}[ \t]")
_ITEM = re.compile(
    r" {0,3}(?:[-+*]|\(?(?:\d{1,9}|#|[a-z]|[ivxlcdm]{1,9}|@[\w-]*+)[.)]|[A-Z][)]|[A-Z]\.(?=\t| {2}))[ \t]"
)
_DEFINITION = re.compile(r" {0,3}[:~][ \t]+\S")
_NOTE = re.compile(r" {0,3}\[\^[^\]\s]+\]:")
_PIPE_ROW = re.compile(r"\A[ \t]*+\|?[ \t]*+:?-+:?[ \t]*+(?:[|+][ \t]*+:?-+:?[ \t]*+)++\|?[ \t]*+\Z")
_ONE_COLUMN = re.compile(r"\A[ \t]*+\|[ \t]*+:?-+:?[ \t]*+\|[ \t]*+\Z")
_DASH_ROW = re.compile(r"\A *+-{2,}(?: ++-{2,})++ *+\Z")
_FRAME = re.compile(r"\A *+--[- ]*+\Z")
_GRID_ROW = re.compile(r"\A *+\+(?:[-=:]++\+)++ *+\Z")


class Role(Enum):
    """What a line is."""

    BLANK = "blank"
    FRONT = "front matter"
    CODE = "code"
    FENCE = "fence"
    HEADING = "heading"
    TABLE = "table"
    ITEM = "item"
    QUOTE = "quotation"
    NOTE = "note"
    CONTINUED = "continued"  # a further paragraph of an item or a note
    INDENTED = "indented"
    PROSE = "prose"


_NO_PROSE = frozenset({Role.FRONT, Role.CODE, Role.FENCE})
# What goes on in the next line: the signs of a heading are words there.
_OPEN = frozenset({Role.PROSE, Role.QUOTE, Role.NOTE, Role.ITEM, Role.CONTINUED})


@dataclass(frozen=True, slots=True)
class Line:
    """A line that begins at offset `start`; its `text` is without the signs that end it."""

    start: int
    text: str
    role: Role

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A file with its prose and, where it is Markdown, its lines; `newline` is how it ends lines."""

    prose: ProseFile
    lines: tuple[Line, ...] = ()
    newline: str = "\n"

    def paragraphs(self) -> Iterator[tuple[Line, ...]]:
        """The lines that stand together, without code and front matter."""
        for is_text, lines in groupby(self.lines, lambda line: line.role not in (Role.BLANK, Role.FRONT, Role.CODE)):
            if is_text:
                yield tuple(lines)

    def is_prose(self, offset: int) -> bool:
        """Whether a sign stands in a line of text, and not in code within it."""
        if not self.lines:
            return self.prose.visible[offset] != HIDDEN
        line = self.lines[bisect_right(self.lines, offset, key=lambda line: line.start) - 1]
        is_in_code = line.text.count("`", 0, offset - line.start) % 2 == 1 and line.text[offset - line.start] != "`"
        return line.role not in _NO_PROSE and not is_in_code


def manuscript_of_text(path: str, text: str) -> Manuscript:
    """A chapter or summary as it was typed."""
    lines = _with_tables(tuple(_lines(text)))
    visible = list(visible_text(text))
    for line in lines:
        if line.role in _NO_PROSE:
            visible[line.start : line.end] = HIDDEN * len(line.text)
    starts = tuple(line.start for line in lines) or (0,)
    newline = next((sign for sign in ("\r\n", "\r") if sign in text), "\n")
    return Manuscript(ProseFile(path, text, "".join(visible), starts), lines, newline)


def manuscript_of_panels(parsed: InfographicText, file: SourceFile) -> Manuscript:
    """The texts of an infographic's panels, which have no lines: a text there is one paragraph."""
    return Manuscript(prose_of(parsed, file))


def _lines(text: str) -> Iterator[Line]:
    begin = int(text.startswith("\ufeff"))
    found = [match for match in _LINE.finditer(text, begin) if match[0]]
    texts = [match[0].rstrip("\r\n") for match in found]
    for match, content, role in zip(found, texts, _roles(texts), strict=True):
        yield Line(match.start(), content, role)


def _roles(texts: Sequence[str]) -> Iterator[Role]:
    """What each line is, from what stands before it."""
    front = _length_of_front(texts)
    yield from [Role.FRONT] * front
    fence, is_list, before = "", False, Role.BLANK
    last = _last_fences(texts)
    for at, text in enumerate(texts[front:], front):
        opening = _CODE_FENCE.match(text)
        if fence:
            role = Role.CODE
            fence = "" if _closes(text, fence) else fence
        elif opening and last[opening["sign"][0]] > at and (opening["sign"][0] == "`" or before is not Role.PROSE):
            role, fence = Role.CODE, opening["sign"]
        else:
            role = _role(text, before, is_list=is_list)
            is_list = _stays_list(role, text, before, is_list=is_list)
        yield role
        before = role


def _last_fences(texts: Sequence[str]) -> dict[str, int]:
    """The last line that can end code, by its sign; what begins behind it never ends, and is no code."""
    return {sign: max((at for at, text in enumerate(texts) if _closes(text, sign * 3)), default=-1) for sign in "`~"}


def _closes(text: str, fence: str) -> bool:
    signs = text.strip()
    return len(signs) >= len(fence) and not signs.strip(fence[0])


def _length_of_front(texts: Sequence[str]) -> int:
    if not texts or texts[0].rstrip() != "---":
        return 0
    return next((at + 1 for at, text in enumerate(texts) if at and text.rstrip() in ("---", "...")), 0)


def _role(text: str, before: Role, *, is_list: bool) -> Role:
    is_in_paragraph = before in (Role.PROSE, Role.QUOTE, Role.NOTE) and not is_list
    if not text.strip():
        return Role.BLANK
    if text.lstrip(" ").startswith(":::"):
        return Role.FENCE
    if _HEADING.match(text) and before not in _OPEN:
        return Role.HEADING
    if is_indented(text) and before in (Role.BLANK, Role.INDENTED, Role.CONTINUED, Role.HEADING, Role.FENCE):
        return Role.CONTINUED if is_list and not text.startswith("\t") else Role.INDENTED
    if _ITEM.match(text.lstrip(" ") if is_list else text) and not is_in_paragraph:
        return Role.ITEM
    if text.lstrip(" ").startswith(">"):
        return Role.QUOTE
    return Role.NOTE if _NOTE.match(text) else Role.PROSE


def _stays_list(role: Role, text: str, before: Role, *, is_list: bool) -> bool:
    """Whether a paragraph that is indented belongs to an item, a definition or a note behind this line."""
    if role in (Role.ITEM, Role.NOTE) or (role is Role.PROSE and _DEFINITION.match(text)):
        return True
    if role in (Role.FENCE, Role.HEADING, Role.QUOTE):
        return False
    return is_list and not (role is Role.PROSE and before is Role.BLANK and not text.startswith(" "))


def is_indented(text: str) -> bool:
    """Whether a line begins as far to the right as code does."""
    plain = text.expandtabs(TAB)
    return len(plain) - len(plain.lstrip(" ")) >= TAB


def _with_tables(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines, with those of tables that are written as pandoc reads them told as such."""
    blocks = [
        (is_text, tuple(group))
        for is_text, group in groupby(lines, lambda line: line.role not in (Role.BLANK, Role.CODE, Role.FRONT))
    ]
    found: list[Line] = []
    framed = 0  # the block up to which a table goes on that has blank lines between its rows
    for at, (is_text, block) in enumerate(blocks):
        is_table = is_text and any(_is_rule(line.text) for line in block)
        if is_table and at >= framed and _FRAME.match(block[0].text):
            framed = next((end + 1 for end in range(at, len(blocks)) if _ends_table(blocks[end][1], block)), framed)
        is_inside = is_text and at < framed
        found += [replace(line, role=Role.TABLE) for line in block] if is_table or is_inside else block
    return tuple(found)


def _ends_table(block: Sequence[Line], first: Sequence[Line]) -> bool:
    """Whether a block ends with the line that closes the table that begins with the `first` block."""
    needed = 2 if _DASH_ROW.match(first[0].text) else 3  # with a head there is one more, below it
    return _is_frame(block[-1]) and (block is not first or sum(map(_is_frame, block)) >= needed)


def _is_frame(line: Line) -> bool:
    return bool(_FRAME.match(line.text))


def _is_rule(text: str) -> bool:
    return any(pattern.match(text) for pattern in (_PIPE_ROW, _ONE_COLUMN, _DASH_ROW, _GRID_ROW))
