"""A text of a dossier as the pieces that an edit can touch: whole lines, in the order of the file.

A `Segment` is what goes or stays or moves as one: a paragraph, an item without what is below it, a table, the border of
a box. Its `Part`s are what each paragraph of a Word document can say in it. What no passage has, such as front matter,
is a segment without parts, and stays where it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from dossierbuild.core.passages import Kind, Passage
from dossierbuild.stages.merge.glyphs import Glyph, GlyphKind, glyphs, written


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one passage says within a segment; `passage` is its number in the text, `start` counts from the segment's.

    It is written as `head`, signs and `tail`. With `is_fixed` its words cannot be changed where they stand.
    """

    passage: int
    kind: Kind
    start: int
    head: str = ""
    glyphs: tuple[Glyph, ...] = ()
    tail: str = ""
    is_fixed: bool = False

    @property
    def source(self) -> str:
        return f"{self.head}{written(self.glyphs)}{self.tail}"

    @property
    def end(self) -> int:
        return self.start + len(self.source)


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Lines of the file from `start` up to `end`, which is before the line break; `number` counts them.

    `kind` is that of its first passage, None for what no passage has. The two borders of a box are two segments, of
    which the second `is_end`. `box` is the number of the segment that opens the box around it, -1 outside boxes.
    """

    number: int
    start: int
    end: int
    text: str
    kind: Kind | None = None
    passage: int = -1
    parts: tuple[Part, ...] = ()
    is_end: bool = False
    box: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """A text in its segments; what stands before each is in `gaps`, and behind the last one more."""

    path: str
    text: str
    passages: tuple[Passage, ...]
    segments: tuple[Segment, ...]
    gaps: tuple[str, ...]

    def segment_of(self, passage: int, *, is_end: bool = False) -> Segment | None:
        """The segment in which a passage is said."""
        return next(
            (
                segment
                for segment in self.segments
                if segment.is_end == is_end
                and (segment.passage == passage or any(part.passage == passage for part in segment.parts))
            ),
            None,
        )

    def passage_at(self, line: int) -> Passage | None:
        """The innermost passage that takes a line and has an id to call it by."""
        found = [passage for passage in self.passages if passage.lines.first <= line <= passage.lines.last]
        return min(found, key=lambda passage: passage.lines.last - passage.lines.first, default=None)


_COMPOSITE = frozenset({Kind.TABLE, Kind.CHART, Kind.INSERT, Kind.FIGURE})
_WHOLE = frozenset({Kind.HEADING, Kind.PARAGRAPH, Kind.VERSE, Kind.CODE, Kind.TERM})
_LED = frozenset({Kind.ITEM, Kind.DEFINITION, Kind.NOTE})
_FENCE = re.compile(r"[>\s]*:{3,}")
_ENDING = re.compile(r"[>\s]*:{3,}\s*\Z")
_EMPTY = re.compile(r"[>\s]*\Z")
_DEFINED = re.compile(r"^[> \t]*+\[(?!\^)([^\[\]]+)\]:", re.MULTILINE)
_TASK = re.compile(r"\[[ xX]\](?=\s)")
_NOTE = re.compile(r"\s*\[\^[^\[\]\s]+\]:[ \t]*")
_ITEM = re.compile(r"(?:(?<![>\s])[>\s]++)?(?:[-+*]|\(?(?:\d{1,9}|#|[A-Za-z]{1,9}|@[\w-]{0,99})[.)])(?:[ \t]++|\Z)")
_CAPTION = re.compile(r"[>\s]*(?:[Tt]able)?:[ \t]+")
_ATTRIBUTES_BEHIND = re.compile(r"(?<!\s)\s*+\{[^{}]*+\}\s*+\Z")
_HEADS = MappingProxyType(
    {
        Kind.HEADING: re.compile(r"[>\s]*(?:#{1,6}[ \t]+)?"),
        Kind.ITEM: _ITEM,
        Kind.DEFINITION: re.compile(r"[>\s]*[:~][ \t]+"),
        Kind.NOTE: _NOTE,
        Kind.VERSE: re.compile(r"[>\s]*\|[ ]?"),
    }
)
_TAILS = MappingProxyType(
    {
        Kind.HEADING: re.compile(
            r"(?:[ \t]+#+)?(?:(?:(?<!\])[ \t]*|[ \t]+)\{[^{}]*\})?[ \t]*(?:\n[ \t]*(?:=+|-+)[ \t]*)?\Z"
        ),
        Kind.TABLE: _ATTRIBUTES_BEHIND,
    }
)
_MARGIN = re.compile(r"[>\s]*")


def source_text(path: str, text: str, passages: Sequence[Passage]) -> SourceText:
    """A text, as it was parsed (NFC, lines that end in a line feed), in its segments."""
    return _Cutting(path, text, tuple(passages)).result()


@dataclass(frozen=True, slots=True)
class _Piece:
    """Lines that one passage owns, counted from 0; `last` is the last of them."""

    first: int
    last: int
    passage: int
    is_end: bool = False


class _Cutting:
    """Cuts one text into its segments."""

    def __init__(self, path: str, text: str, passages: tuple[Passage, ...]) -> None:
        self.path = path
        self.text = text
        self.passages = passages
        self.lines = text.split("\n")
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.names = frozenset(" ".join(name.casefold().split()) for name in _DEFINED.findall(text))
        self.number_of = {passage.id: number for number, passage in enumerate(passages)}
        self.children: dict[int, list[int]] = {}
        for number, passage in enumerate(passages):
            self.children.setdefault(self.number_of.get(passage.within, -1), []).append(number)

    def result(self) -> SourceText:
        pieces = self._apart(sorted(self._pieces(), key=lambda piece: (piece.first, piece.last)))
        segments = tuple(self._segments(pieces))
        ends = [0, *(segment.end for segment in segments)]
        begins = [*(segment.start for segment in segments), len(self.text)]
        gaps = tuple(self.text[end:begin] for end, begin in zip(ends, begins, strict=True))
        return SourceText(path=self.path, text=self.text, passages=self.passages, segments=segments, gaps=gaps)

    # --- which lines are whose ---------------------------------------------------------------------------------

    def _pieces(self) -> Iterator[_Piece]:
        for number, passage in enumerate(self.passages):
            first, last = passage.lines.first - 1, passage.lines.last - 1
            if self._is_within_composite(number):
                continue
            if passage.kind in _COMPOSITE or passage.kind in _WHOLE:
                yield _Piece(first, last, number)
            elif passage.kind is Kind.BOX:
                yield _Piece(first, first, number)
                if last > first and _ENDING.match(self.lines[last]):
                    yield _Piece(last, last, number, is_end=True)
            elif passage.kind in _LED and self._leads(number):
                yield _Piece(first, self._end_of_lead(number), number)

    def _is_within_composite(self, number: int) -> bool:
        around = self.number_of.get(self.passages[number].within, -1)
        return (
            around >= 0
            and (self.passages[around].kind in _COMPOSITE or self._is_within_composite(around))
            and (self.passages[number].kind is not Kind.NOTE or not self._is_defined(number))
        )

    def _is_defined(self, number: int) -> bool:
        """Whether a note stands in lines of its own."""
        return bool(_NOTE.match(self.lines[self.passages[number].lines.first - 1]))

    def _leads(self, number: int) -> bool:
        passage = self.passages[number]
        return bool(passage.text) and (passage.kind is not Kind.NOTE or self._is_defined(number))

    def _end_of_lead(self, number: int) -> int:
        """The last line of the first paragraph of an item, a definition or a note."""
        passage = self.passages[number]
        first, last = passage.lines.first - 1, passage.lines.last - 1
        below = [
            self.passages[child].lines.first - 1
            for child in self.children.get(number, ())
            if self.passages[child].kind not in (Kind.NOTE, Kind.ALT, Kind.VALUE)
        ]
        stop = min([last + 1, *(line for line in below if line > first)])
        line = first
        while line + 1 < stop and not _EMPTY.match(self.lines[line + 1]):
            line += 1
        return line

    def _apart(self, pieces: Sequence[_Piece]) -> list[_Piece]:
        """Pieces of which none stands in the lines of another, and between them the lines that are nobody's."""
        kept: list[_Piece] = []
        at = 0
        for piece in pieces:
            if piece.first < at:
                continue
            kept += self._unowned(at, piece.first)
            kept.append(piece)
            at = piece.last + 1
        return [*kept, *self._unowned(at, len(self.lines))]

    def _unowned(self, first: int, stop: int) -> Iterator[_Piece]:
        lines = [line for line in range(first, stop) if not _EMPTY.match(self.lines[line])]
        if lines:
            yield _Piece(lines[0], lines[-1], -1)

    def _segments(self, pieces: Sequence[_Piece]) -> Iterator[Segment]:
        boxes: list[tuple[int, int]] = []
        for number, piece in enumerate(pieces):
            passage = self.passages[piece.passage] if piece.passage >= 0 else None
            if piece.is_end and boxes:
                boxes.pop()
            start, end = self.starts[piece.first], self.starts[piece.last + 1] - 1
            yield Segment(
                number=number,
                start=start,
                end=end,
                text=self.text[start:end],
                kind=passage.kind if passage else None,
                passage=piece.passage,
                parts=tuple(self._parts(piece, start, end)) if passage else (),
                is_end=piece.is_end,
                box=boxes[-1][0] if boxes else -1,
            )
            if passage and passage.kind is Kind.BOX and not piece.is_end:
                closes = any(other.is_end and other.passage == piece.passage for other in pieces)
                boxes += [(number, piece.passage)] if closes else []

    # --- what is said in them ----------------------------------------------------------------------------------

    def _parts(self, piece: _Piece, start: int, end: int) -> Iterator[Part]:
        passage = self.passages[piece.passage]
        if passage.kind is Kind.BOX:
            return
        if passage.kind in _COMPOSITE:
            found = [*self._said_within(piece.passage, start)]
            yield from sorted(found, key=lambda part: part.start)
        elif passage.kind is Kind.CODE:
            yield Part(passage=piece.passage, kind=Kind.CODE, start=0, head=self.text[start:end], is_fixed=True)
        else:
            yield self._part(piece.passage, start, end, start)

    def _part(self, number: int, start: int, end: int, base: int) -> Part:
        """A part that takes the text from `start` up to `end`."""
        kind, text = self.passages[number].kind, self.text[start:end]
        head = (_HEADS.get(kind) or _MARGIN).match(text)
        begin = head.end() if head else 0
        task = _TASK.match(text, begin) if kind is Kind.ITEM else None
        tail = _TAILS[kind].search(text, begin) if kind in _TAILS else None
        stop = tail.start() if tail else len(text)
        if stop < begin:
            begin = stop = len(text)
        box = (Glyph("☐" if task[0] == "[ ]" else "☑", task[0], kind=GlyphKind.OTHER),) if task else ()
        signs = box + glyphs(
            text[task.end() if task else begin : stop],
            is_quoted=">" in text[:begin],
            is_verse=kind is Kind.VERSE,
            names=self.names,
        )
        return Part(passage=number, kind=kind, start=start - base, head=text[:begin], glyphs=signs, tail=text[stop:])

    def _said_within(self, number: int, base: int) -> Iterator[Part]:
        passage = self.passages[number]
        caption = self._caption(number) if passage.kind in _COMPOSITE else None
        if caption:
            yield self._part(number, *caption, base)
        elif passage.kind is Kind.CELL:
            yield self._cell(number, base)
        for child in self.children.get(number, ()):
            if self.passages[child].kind not in (Kind.NOTE, Kind.ALT, Kind.VALUE):
                yield from self._said_within(child, base)

    def _cell(self, number: int, base: int) -> Part:
        lines = self.passages[number].lines
        start = self.starts[lines.first - 1]
        if not lines.columns:
            return Part(passage=number, kind=Kind.CELL, start=start - base, is_fixed=True)
        start += lines.columns[0][0] - 1
        end = self.starts[lines.first - 1] + lines.columns[0][1] - 1
        children = [child for child in self.children.get(number, ()) if self.passages[child].kind is not Kind.NOTE]
        if lines.first != lines.last or children:
            return Part(passage=number, kind=Kind.CELL, start=start - base, is_fixed=True)
        return self._part(number, start, end, base)

    def _caption(self, number: int) -> tuple[int, int] | None:
        """From where to where the caption of a figure, a table, a chart or an insert is written; None without one."""
        lines = self.passages[number].lines
        first, last = lines.first - 1, lines.last - 1
        if _FENCE.match(self.lines[first]):
            return self._caption_in_fence(first + 1, last)
        if self.passages[number].kind is Kind.TABLE:
            return self._caption_of_table(first, last)
        start, end = self.starts[first], self.starts[last + 1] - 1
        found = re.compile(r"!\[((?:\\.|[^\[\]\\]|\[(?:[^\[\]]|\[[^\[\]]*\])*\])*)\](?=[\[({])").search(
            self.text, start, end
        )
        return (found.start(1), found.end(1)) if found else None

    def _caption_in_fence(self, first: int, last: int) -> tuple[int, int] | None:
        for line in range(first, last):
            text = self.lines[line]
            if _EMPTY.match(text) or _FENCE.match(text) or text.lstrip().startswith(("![", "[![")):
                continue
            stop = line
            while stop + 1 < last and not _EMPTY.match(self.lines[stop + 1]):
                stop += 1
            return self.starts[line], self.starts[stop + 1] - 1
        return None

    def _caption_of_table(self, first: int, last: int) -> tuple[int, int] | None:
        for line in (first, *range(last, first, -1)):
            found = _CAPTION.match(self.lines[line])
            if found:
                stop = line
                while stop < last and not _EMPTY.match(self.lines[stop + 1]) and "|" not in self.lines[stop + 1][:2]:
                    stop += 1
                return self.starts[line] + found.end(), self.starts[stop + 1] - 1
        return None
