"""The text of a .bib file: which entries stand where, with what fields, and a text changed at some of its places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_START = re.compile(r"@\s*([A-Za-z]\w*)\s*[{(]")
_KEY = re.compile(r"\s*+([^,{}=]{0,200}),")
_FIELD = re.compile(r"(?:[\s,]|%[^\n]*\n)*([A-Za-z][\w:+-]*)\s*=\s*")
_BARE = re.compile(r"[^\s,{}\"#]+")
_JOIN = re.compile(r"\s*#\s*")
_BRACE = re.compile(r"(?<!\\)[{}]")

_NOT_READ = frozenset({"comment", "set", "ieeetranbstctl"})
_WITHOUT_KEY = frozenset({"preamble", "string"})
_NOT_WORKS = _WITHOUT_KEY | {"xdata"}

MAX_BRACES = 20


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a field's value: what stands between braces or quotes, or a bare word."""

    start: int
    end: int
    bare: bool


@dataclass(frozen=True, slots=True)
class BibEntry:
    """An entry as it stands in the text, from `offset` to `end`.

    Kind and names of fields are in lower case. `key` is empty where the entry has none; it stands from `key_start` to
    `key_end`, which are the same where there is none.
    """

    kind: str
    key: str
    key_start: int
    key_end: int
    offset: int
    end: int
    fields: tuple[tuple[str, tuple[Piece, ...]], ...]

    @property
    def is_work(self) -> bool:
        return self.kind not in _NOT_WORKS

    @property
    def has_key(self) -> bool:
        """Whether other entries can name this one."""
        return self.kind not in _WITHOUT_KEY

    def raw(self, text: str) -> dict[str, str]:
        """The fields as written, without the outer braces."""
        joined = {name: " ".join(text[piece.start : piece.end] for piece in pieces) for name, pieces in self.fields}
        return {name: " ".join(value.strip("{}").split()) for name, value in joined.items()}


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to stand from `start` to `end` of a text."""

    start: int
    end: int
    text: str


def edited(text: str, start: int, end: int, edits: Iterable[Edit]) -> str:
    """The text from `start` to `end` with edits, which do not overlap, made."""
    parts, last = [], start
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        parts += [text[last : edit.start], edit.text]
        last = edit.end
    return "".join([*parts, text[last:end]])


def too_deep(text: str) -> int | None:
    """Where too many braces stand in each other; pandoc would take minutes over them."""
    depth = 0
    for match in _BRACE.finditer(text):
        depth = max(0, depth + (1 if match.group() == "{" else -1))
        if depth > MAX_BRACES:
            return match.start()
    return None


def scan_entries(text: str) -> Iterator[BibEntry]:
    """The entries of a text. What does not parse is passed over here; pandoc tells what is wrong with it."""
    offset = 0
    while match := _START.search(text, offset):
        kind, start, inside = match.group(1).lower(), match.start(), match.end()
        offset = _closing(text, inside - 1)
        if kind in _NOT_READ:
            continue
        key = None if kind in _WITHOUT_KEY else _KEY.match(text, inside)
        fields = tuple(_fields(text, key.end() if key else inside))
        name = key.group(1).strip() if key else ""
        at = key.start(1) if key else inside
        yield BibEntry(kind, name, at, at + len(name), start, offset, fields)


def _fields(text: str, offset: int) -> Iterator[tuple[str, tuple[Piece, ...]]]:
    while match := _FIELD.match(text, offset):
        pieces, offset = _pieces(text, match.end())
        if not pieces:
            break
        yield match.group(1).lower(), pieces


def _pieces(text: str, offset: int) -> tuple[tuple[Piece, ...], int]:
    """The value at `offset`: pieces joined by #."""
    pieces: list[Piece] = []
    while offset < len(text):
        if text[offset] in '{"':
            end = _closing(text, offset)
            pieces.append(Piece(offset + 1, end - 1, bare=False))
        elif match := _BARE.match(text, offset):
            end = match.end()
            pieces.append(Piece(offset, end, bare=True))
        else:
            break
        offset = end
        join = _JOIN.match(text, offset)
        if not join:
            break
        offset = join.end()
    return tuple(pieces), offset


def _closing(text: str, offset: int) -> int:
    """The offset behind the sign that closes the brace, parenthesis or quote at `offset`; else the text's end."""
    closing = {"{": "}", "(": ")", '"': '"'}[text[offset]]
    depth, index = 0, offset + 1
    while index < len(text):
        sign = text[index]
        if sign == "\\":
            index += 1
        elif sign == closing and depth == 0:
            return index + 1
        elif sign in "{}":
            depth += 1 if sign == "{" else -1
        index += 1
    return len(text)
