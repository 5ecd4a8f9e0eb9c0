"""The words of a source as signs, each with what is written for it and the marks that it stands in.

Reading and writing are each other's inverse: `written(glyphs(text)) == text`, whatever the text. So an edit changes
signs, and what it does not touch keeps its bytes: line breaks, ids, keys, the way in which emphasis is written.
"""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from dossierbuild.core.passages import ATOM


class MarkKind(Enum):
    """What a mark around words says of them."""

    EMPHASIS = "*"
    STRONG = "**"
    STRIKE = "~~"
    SUPERSCRIPT = "^"
    SUBSCRIPT = "~"
    CODE = "`"
    LINK = "[]()"
    SPAN = "[]{}"


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark as it is written before and behind its words; `number` tells it from others like it."""

    kind: MarkKind
    number: int
    opening: str
    closing: str


class GlyphKind(Enum):
    """What stands in a text as one sign."""

    SIGN = "sign"
    SPACE = "space"
    BREAK = "break"
    CITATION = "citation"
    REFERENCE = "reference"
    NOTE = "note"
    PICTURE = "picture"
    FORMULA = "formula"
    HIDDEN = "hidden"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Glyph:
    """A sign that is shown, what is written for it, and the marks around it from the outside to the inside.

    What is no sign of its own shows `ATOM`, and what is not printed shows nothing.
    """

    shown: str
    source: str
    marks: tuple[Mark, ...] = ()
    kind: GlyphKind = GlyphKind.SIGN


def shown(glyphs: Iterable[Glyph]) -> str:
    """What a reader sees of them."""
    return "".join(glyph.shown for glyph in glyphs)


def written(glyphs: Iterable[Glyph]) -> str:
    """The text that they are written as."""
    pieces: list[str] = []
    around: tuple[Mark, ...] = ()
    for glyph in (*glyphs, Glyph("", "")):
        common = sum(
            1 for _ in itertools.takewhile(lambda two: two[0] == two[1], zip(around, glyph.marks, strict=False))
        )
        pieces += [mark.closing for mark in reversed(around[common:])]
        pieces += [mark.opening for mark in glyph.marks[common:]]
        pieces.append(glyph.source)
        around = glyph.marks
    return "".join(pieces)


def glyphs(
    text: str, *, is_quoted: bool = False, is_verse: bool = False, names: frozenset[str] = frozenset()
) -> tuple[Glyph, ...]:
    """The signs of a piece of Markdown without the marks of its block; `names` are those of links that are defined.

    In a quotation each line begins with its sign, which goes with the line break; so does the bar of a verse.
    """
    around = r"(?:[ \t]*>)*[ \t]*" if is_quoted else r"[ \t]*\|?[ ]?" if is_verse else r"[ \t]*"
    return tuple(_Reader(text, re.compile(rf"[ \t]*\n{around}(?:\n{around})*"), is_verse, names).read(0, len(text), ()))


_KEY = r"(?:\{[^{}\s]+\}|\w(?:[\w]|[:.#$%&+?<>~/-](?=\w))*)"
_CITES = re.compile(rf"(?:^|[\s;\[(-])-?@{_KEY}")
_NARRATIVE = re.compile(rf"-?@{_KEY}")
_CODE = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)(\{[^{}\n]*\})?", re.DOTALL)
_ATTRIBUTES = re.compile(r"\{[^{}]*\}")
_FORMULA = re.compile(
    r"\$\$(?:\\.|[^$\\])+\$\$(?:[ \t]*+(?:\n[ \t]*+)?\{#[^{}]*+\})?"
    r"|\$(?!\s)(?:\\.|[^$\\\s]|\s+(?![\s$])|\$(?=\d))+\$(?!\d)"
    r"|\\begin\{(\w+\*?)\}.*?\\end\{\1\}",
    re.DOTALL,
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ADDRESS = re.compile(r"<(?=[A-Za-z][\w+.-]*:|[^<>@\s]+@)([^<>\s]+)>(\{[^{}]*\})?")
_BARE = re.compile(r"(?:https?://|www\.)[^\s<>\[\]{}|\"]*[^\s<>\[\]{}|\".,;:!?')*_]")
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*);")
_NAME = re.compile(r"\[\^[^\[\]\s]+\]")
_RUNS = re.compile(r"-{2,}|\.{3}")
_DASHES = MappingProxyType({"--": "–", "---": "—", "...": "…"})
_PUNCTUATION = frozenset("\\`*_{}[]()>#+-.!<|~^$@\"'&%=:;,?/")
_EMPHASES = (
    ("***", None),
    ("**", MarkKind.STRONG),
    ("__", MarkKind.STRONG),
    ("*", MarkKind.EMPHASIS),
    ("_", MarkKind.EMPHASIS),
)


class _Reader:
    """Reads the signs of one text; each method gives where it ended, or nothing where its sign means itself."""

    def __init__(self, text: str, line_break: re.Pattern[str], is_verse: bool, names: frozenset[str]) -> None:
        self.text = text
        self.line_break = line_break
        self.is_verse = is_verse
        self.names = names
        self.numbers = itertools.count()

    def read(self, at: int, end: int, marks: tuple[Mark, ...]) -> Iterator[Glyph]:
        while at < end:
            found, at = self._next(at, end, marks)
            yield from found

    def _next(self, at: int, end: int, marks: tuple[Mark, ...]) -> tuple[list[Glyph], int]:
        for reader in (self._space, self._escape, self._atom, self._code, self._brackets, self._emphasis, self._script):
            if result := reader(at, end, marks):
                return result
        if run := _RUNS.match(self.text, at, end):
            return self._dashes(run[0], marks), run.end()
        if entity := _ENTITY.match(self.text, at, end):
            sign = html.unescape(entity[0])
            if len(sign) == 1:
                kind = GlyphKind.SPACE if sign.isspace() else GlyphKind.SIGN
                return [Glyph(" " if sign.isspace() else sign, entity[0], marks, kind)], entity.end()
        return [Glyph(self.text[at], self.text[at], marks)], at + 1

    def _dashes(self, run: str, marks: tuple[Mark, ...]) -> list[Glyph]:
        """Hyphens are read three at a time, and what is left of them two at a time."""
        pieces = re.findall(r"---|--|-|\.\.\.", run)
        return [Glyph(_DASHES.get(piece, piece), piece, marks) for piece in pieces]

    def _space(self, at: int, end: int, marks: tuple[Mark, ...]) -> tuple[list[Glyph], int] | None:
        if not self.text[at].isspace():
            return None
        if found := self.line_break.match(self.text, at, end):
            spaces = len(found[0]) - len(found[0].lstrip(" "))
            is_break = spaces >= 2 or self.is_verse
            kind = GlyphKind.BREAK if is_break else GlyphKind.SPACE
            return [Glyph("\n" if is_break else " ", found[0], marks, kind)], found.end()
        found = re.compile(r"[^\S\n]+").match(self.text, at, end)
        if not found:  # a lone line break of another kind
            return [Glyph(" ", self.text[at], marks, GlyphKind.SPACE)], at + 1
        if self.text[found.end() : found.end() + 1] == "\n" and self.line_break.match(self.text, found.start(), end):
            return None
        return [Glyph(" ", found[0], marks, GlyphKind.SPACE)], found.end()

    def _escape(self, at: int, end: int, marks: tuple[Mark, ...]) -> tuple[list[Glyph], int] | None:
        if self.text[at] != "\\" or at + 1 >= end:
            return None
        if self.text.startswith("\\begin{", at):
            return None
        sign = self.text[at + 1]
        if sign == "\n":
            found = self.line_break.match(self.text, at + 1, end)
            stop = found.end() if found else at + 2
            return [Glyph("\n", self.text[at:stop], marks, GlyphKind.BREAK)], stop
        if sign == " ":
            return [Glyph(" ", "\\ ", marks, GlyphKind.SPACE)], at + 2
        return ([Glyph(sign, self.text[at : at + 2], marks)], at + 2) if sign in _PUNCTUATION else None

    def _atom(self, at: int, end: int, marks: tuple[Mark, ...]) -> tuple[list[Glyph], int] | None:
        sign = self.text[at]
        if sign in "$\\" and (found := _FORMULA.match(self.text, at, end)):
            return [Glyph(ATOM, found[0], marks, GlyphKind.FORMULA)], found.end()
        if sign == "<" and (found := _COMMENT.match(self.text, at, end)):
            return [Glyph("", found[0], marks, GlyphKind.HIDDEN)], found.end()
        if sign == "<" and (found := _ADDRESS.match(self.text, at, end)):
            link = Mark(MarkKind.LINK, next(self.numbers), "<", f">{found[2] or ''}")
            return [Glyph(letter, letter, (*marks, link)) for letter in found[1]], found.end()
        if sign in "hw" and not _is_word(self.text[at - 1 : at]) and (found := _BARE.match(self.text, at, end)):
            link = Mark(MarkKind.LINK, next(self.numbers), "", "")
            return [Glyph(letter, letter, (*marks, link)) for letter in found[0]], found.end()
        if sign in "-@" and not _is_word(self.text[at - 1 : at]) and (found := _NARRATIVE.match(self.text, at, end)):
            stop = self._with_locator(found.end(), end)
            return [Glyph(ATOM, self.text[at:stop], marks, GlyphKind.CITATION)], stop
        return None

    def _with_locator(self, at: int, end: int) -> int:
        """Where a citation in the sentence ends: behind the place in the work, in brackets."""
        found = re.compile(r"\s?(?=\[(?!\^))").match(self.text, at, end)
        close = self._closing(found.end(), end) if found else None
        if close is None or self.text[close + 1 : close + 2] in ("(", "{", "["):
            return at
        return close + 1

    def _code(self, at: int, end: int, marks: tuple[Mark, ...]) -> tuple[list[Glyph], int] | None:
        found = _CODE.match(self.text, at, end) if self.text[at] == "`" else None
        if not found:
            return None
        inner = found[2]
        left, right = len(inner) - len(inner.lstrip()), len(inner.rstrip())
        if left >= right:
            return [Glyph(ATOM, found[0], marks, GlyphKind.OTHER)], found.end()
        mark = Mark(
            MarkKind.CODE,
            next(self.numbers),
            found[1] + inner[:left],
            f"{inner[right:]}{found[1]}{found[3] or ''}",
        )
        pieces = re.findall(r"\s+|\S", inner[left:right])
        return [
            Glyph(" " if piece.isspace() else piece, piece, (*marks, mark), _kind_of(piece)) for piece in pieces
        ], found.end()

    def _closing(self, at: int, end: int) -> int | None:
        """Where the bracket closes that opens at a place."""
        depth = 0
        for found in re.compile(r"\\.|`+[^`]*`+|\$(?!\s)[^$\n]+\$|[\[\]]", re.DOTALL).finditer(self.text, at, end):
            depth += {"[": 1, "]": -1}.get(found[0], 0)
            if depth == 0:
                return found.start()
        return None

    def _brackets(self, at: int, end: int, marks: tuple[Mark, ...]) -> tuple[list[Glyph], int] | None:
        prefix = next((sign for sign in ("^[", "![", "[") if self.text.startswith(sign, at)), None)
        close = self._closing(at + len(prefix) - 1, end) if prefix else None
        if prefix is None or close is None or close >= end:
            return None
        if prefix == "^[":
            return [Glyph(ATOM, self.text[at : close + 1], marks, GlyphKind.NOTE)], close + 1
        if found := _NAME.match(self.text, at, close + 1):
            return [Glyph(ATOM, found[0], marks, GlyphKind.NOTE)], found.end()
        content, stop = self.text[at + len(prefix) : close], self._behind(close + 1, end)
        behind = self.text[close + 1 : stop]
        if prefix == "![":
            return ([Glyph(ATOM, self.text[at:stop], marks, GlyphKind.PICTURE)], stop) if behind else None
        if not behind and _CITES.search(content):
            return [Glyph(ATOM, self.text[at : close + 1], marks, GlyphKind.CITATION)], close + 1
        if not behind and _folded_name(content) not in self.names:
            return None
        if not content.strip():
            kind = GlyphKind.REFERENCE if behind.startswith("(#") else GlyphKind.HIDDEN
            return [Glyph(ATOM if behind.startswith("(#") else "", self.text[at:stop], marks, kind)], stop
        kind_of_mark = MarkKind.SPAN if behind.startswith("{") else MarkKind.LINK
        mark = Mark(kind_of_mark, next(self.numbers), "[", f"]{behind}")
        return list(self.read(at + 1, close, (*marks, mark))), stop

    def _behind(self, at: int, end: int) -> int:
        """Where what belongs to a bracket ends: its target, its attributes, or both."""
        stop = at
        if self.text.startswith("(", at):
            found = re.compile(r"\((?:\\.|\"[^\"]*\"|[^()\\\"]|\([^()]*\))*\)").match(self.text, at, end)
            stop = found.end() if found else at
        elif self.text.startswith("[", at):
            found = re.compile(r"\[([^\[\]]*)\]").match(self.text, at, end)
            stop = found.end() if found and (not found[1] or _folded_name(found[1]) in self.names) else at
        found = _ATTRIBUTES.match(self.text, stop, end)
        return found.end() if found else stop

    def _emphasis(self, at: int, end: int, marks: tuple[Mark, ...]) -> tuple[list[Glyph], int] | None:
        if self.text[at] not in "*_":
            return None
        for sign, kind in _EMPHASES:
            if self.text.startswith(sign, at, end) and (close := self._emphasis_end(sign, at, end)) is not None:
                inner = (
                    (*marks, Mark(kind, next(self.numbers), sign, sign))
                    if kind
                    else (
                        *marks,
                        Mark(MarkKind.STRONG, next(self.numbers), "**", "**"),
                        Mark(MarkKind.EMPHASIS, next(self.numbers), "*", "*"),
                    )
                )
                return list(self.read(at + len(sign), close, inner)), close + len(sign)
        run = re.compile(r"\*+|_+").match(self.text, at, end)
        assert run
        return [Glyph(letter, letter, marks) for letter in run[0]], run.end()

    def _emphasis_end(self, sign: str, at: int, end: int) -> int | None:
        begin = at + len(sign)
        if begin >= end or self.text[begin].isspace() or self.text[begin] == sign[0]:
            return None
        if sign[0] == "_" and _is_word(self.text[at - 1 : at]):
            return None
        skipped = re.compile(r"\\.|`+[^`]+`+|\$(?!\s)[^$\n]+\$|\[|[*]+|[_]+", re.DOTALL)
        place = begin
        while found := skipped.search(self.text, place, end):
            place = found.end()
            if found[0] == "[":
                close = self._closing(found.start(), end)
                place = self._behind(close + 1, end) if close is not None else place
                continue
            if found[0][0] != sign[0] or not self._closes(found, sign):
                continue
            return found.end() - len(sign)
        return None

    def _closes(self, found: re.Match[str], sign: str) -> bool:
        if self.text[found.start() - 1].isspace():
            return False
        if sign[0] == "_" and _is_word(self.text[found.end() : found.end() + 1]):
            return False
        return len(found[0]) == len(sign) or len(found[0]) == 3

    def _script(self, at: int, end: int, marks: tuple[Mark, ...]) -> tuple[list[Glyph], int] | None:
        if self.text.startswith("~~", at, end):
            found = re.compile(r"~~(?=\S)((?:\\.|(?!~~)[^\\])+)(?<=\S)~~", re.DOTALL).match(self.text, at, end)
            kind = MarkKind.STRIKE
        elif self.text[at] in "^~":
            sign = re.escape(self.text[at])
            found = re.compile(rf"{sign}((?:\\.|[^\s\\{sign}])+){sign}").match(self.text, at, end)
            kind = MarkKind.SUPERSCRIPT if self.text[at] == "^" else MarkKind.SUBSCRIPT
        else:
            return None
        if not found:
            return None
        mark = Mark(kind, next(self.numbers), kind.value, kind.value)
        return list(self.read(found.start(1), found.end(1), (*marks, mark))), found.end()


def _is_word(sign: str) -> bool:
    return sign.isalnum()


def _kind_of(piece: str) -> GlyphKind:
    return GlyphKind.SPACE if piece.isspace() else GlyphKind.SIGN


def _folded_name(name: str) -> str:
    return " ".join(name.casefold().split())
