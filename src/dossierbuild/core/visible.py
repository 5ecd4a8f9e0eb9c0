"""The prose of a file: its passages, with all else blanked out, so that every word keeps its offset in the file."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

from dossierbuild.core.model import InfographicText, SourceFile, TextFile
from dossierbuild.core.passages import Kind, Lines
from dossierbuild.core.problems import Place

HIDDEN = "\0"

# A backslash keeps the sign behind it from meaning anything. Nothing goes back over what it has taken (`*+`), so that
# no text takes longer than it is long.
_IN_BRACKETS = r"(?:[^\[\]\\]|\\.)*+"
_UP_TO_KEY = r"(?:[^\[\]\\@]|\\.)*+"
_NOT_PROSE = re.compile(
    rf"""
      `[^`\n]+`
    | (?<![\\$])\$\$[^$]*+\$\$ | (?<![\\$])\$(?![\s$])[^$\n]*+(?<!\s)\$(?!\d)   # formulas
    | <!--(?:(?!-->).)*+(?:-->|\Z)
    | ^\[(?!\^)[^\]\n]+\]:.*?$                               # the address of a link
    | (?<=\])\([^()]*+(?:\([^()]*+\)[^()]*+)*+\)
    | <[^<>\s]+>
    | (?:https?://|www\.)(?:[^\s()]|\([^\s()]*\))+
    | \[{_UP_TO_KEY}@{_IN_BRACKETS}\]                        # citations by key
    | (?<!\w)-?@\{{?\w[^\s\[\](){{}}]*\}}?(?:[ ]?\[{_IN_BRACKETS}\])?
    | \{{[^{{}}\n]*\}}                                       # attributes
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
_ENTITIES = MappingProxyType({"&amp;": "&    ", "&nbsp;": "      "})
_QUOTE_MARKS = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)


def visible_text(markdown: str) -> str:
    """The text with everything blanked out that is no prose, and with spaces for the marks before a quotation."""
    prose = _NOT_PROSE.sub(lambda found: re.sub(r"[^\n]", HIDDEN, found[0]), markdown.replace("\r", " "))
    for entity, sign in _ENTITIES.items():
        prose = prose.replace(entity, sign)
    return _QUOTE_MARKS.sub(lambda found: " " * len(found[0]), prose)


@dataclass(frozen=True, slots=True)
class ProseFile:
    """A file: its `text` as it was written, and the text that is `visible` when all but prose is blanked out.

    `starts` are the offsets at which its lines begin, behind a byte order mark.
    """

    path: str
    text: str
    visible: str
    starts: tuple[int, ...]

    def place(self, offset: int) -> Place:
        line = bisect_right(self.starts, offset)
        return Place(self.path, line, offset - self.starts[line - 1] + 1)


# Passages that are no running text.
_NO_PROSE = frozenset({Kind.ALT, Kind.VALUE, Kind.CODE})


def prose_of(parsed: TextFile | InfographicText, file: SourceFile) -> ProseFile:
    """The prose of a chapter, a summary or an infographic; `file` is what it was parsed from."""
    text = unicodedata.normalize("NFC", file.data.decode("utf-8"))  # as it was parsed
    starts = (int(text.startswith("\ufeff")), *(found.end() for found in re.finditer(r"\r\n?|\n", text)))
    visible = list(re.sub(r"[^\n]", HIDDEN, text))
    in_quotes = isinstance(parsed, InfographicText)
    for passage in parsed.passages:
        if passage.text and passage.kind not in _NO_PROSE:
            begin, end = _offsets(passage.lines, starts, len(text))
            begin, end, shown = _unquoted(text, begin, end) if in_quotes else (begin, end, text[begin:end])
            visible[begin:end] = shown
    for passage in (code for code in parsed.passages if code.kind is Kind.CODE):
        begin, end = _offsets(passage.lines, starts, len(text))
        visible[begin:end] = re.sub(r"[^\n]", HIDDEN, text[begin:end])
    return ProseFile(file.path, text, visible_text("".join(visible)), starts)


def _offsets(lines: Lines, starts: Sequence[int], length: int) -> tuple[int, int]:
    """From where to where a passage stands in the text of the file."""
    if not lines.columns:
        return starts[lines.first - 1], (*starts, length)[lines.last]
    (first, _), (_, last) = lines.columns[0], lines.columns[-1]
    return starts[lines.first - 1] + first - 1, starts[lines.last - 1] + last - 1


def _unquoted(yaml: str, begin: int, end: int) -> tuple[int, int, str]:
    """A text as it is written in YAML, with a space for the sign before it, which is where a word ends."""
    written = yaml[begin:end]
    if written[0] in "\"'":
        return begin, end, f" {written[1:-1]} "
    if written[0] in "|>":
        return begin, end, re.sub(r"^[^\n]*", lambda found: HIDDEN * len(found[0]), written)
    return begin - 1, end, f" {written}"
