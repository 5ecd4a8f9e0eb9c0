"""The lines of each block of a text. pandoc's tree has no places, so the tree and the text are read side by side.

The tree says which block comes next, the text where it ends. What was found is proven by words: those of each
paragraph, heading, cell and caption stand in its lines in order, and no line with words is left over. One block whose
words are printed otherwise, such as the number of an example, is proven by the blocks before and behind it. Blocks that
cannot be proven have the lines of the block around them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from dossierbuild.core.ast import Node, Nodes
from dossierbuild.core.passages import Lines
from dossierbuild.stages.parse.fences import is_on_one_line
from dossierbuild.stages.parse.rows import LostError, Row, dedented, indent, without_mark
from dossierbuild.stages.parse.tables import end_of_table, is_caption, rows_of

Found = Mapping[int, Lines]
"""The lines of blocks, notes, items, terms, definitions, rows and cells, by `id` of the node or list in the tree."""

TAB = 4

_BLANK = re.compile(r"\s*\Z")
_CLOSING = re.compile(r"\s{0,3}:{3,}\s*\Z")
_CODE_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
_QUOTE_MARK = re.compile(r" {0,3}> ?")
_MARKER = re.compile(r" {0,3}(?:[-+*]|\(?(?:\d+|#|[A-Za-z]|[ivxlcdmIVXLCDM]+|@[\w-]*)[.)])(?= |\Z)")
_DEFINITION = re.compile(r" {0,3}[:~] +")
_NOTE = re.compile(r" {0,3}\[\^([^\]\s]+)\]: *")
_NOTE_MARK = re.compile(r" {0,3}\[\^[^\]\s]+\]")
_LINK = re.compile(r" {0,3}\[(?![\^@])[^\]]*\]: *(\S*)")
_LINK_TITLE = re.compile(r"\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\))\s*\Z")
_CALL = re.compile(r"\\.|(`{1,20}+)(?!`).*?(?<!`)\1(?!`)|\[\^(?P<label>[^\[\]\s]++)\](?!:)|(?P<inline>\^\[)", re.DOTALL)
_BRACKET = re.compile(r"\\.|(`{1,20}+)(?!`).*?(?<!`)\1(?!`)|[\[\]]", re.DOTALL)
_ATTRIBUTES = re.compile(r"\{[^{}]*\}")
_WORD = re.compile(r"\w+")
_LISTS = ("BulletList", "OrderedList")


def locate(blocks: Nodes, text: str) -> Found:
    """The lines of the blocks of a text whose front matter is blanked out.

    They end before the first block that cannot be placed, less the last two found, which nothing behind them proves.
    """
    reader = _Reader(text)
    try:
        reader.read_all(blocks)
    except LostError:
        return dict(tuple(reader.found.items())[:-2])
    return reader.found


def lines_of_nodes(blocks: Nodes, text: str) -> Found:
    """The lines of every node and list of a text's tree except words: its own, or those of the block around it."""
    lines: dict[int, Lines] = {}
    begin = len(text) - len(text.lstrip())
    whole = Lines(text.count("\n", 0, begin) + 1, text.count("\n") + 1)
    _spread(blocks, whole, locate(blocks, text), lines)
    return lines


def _spread(tree: list[Any], around: Lines, found: Found, lines: dict[int, Lines]) -> None:
    """Note the lines of all nodes and lists in a list. Most of a tree is words, so words are passed over first."""
    for inner in tree:
        content, own = inner, found.get(id(inner), around)
        if isinstance(inner, dict):
            kind = inner.get("t")
            if kind is None or kind in ("Space", "SoftBreak") or (kind == "Str" and "[^" not in inner["c"]):
                continue
            lines[id(inner)] = own
            content = inner.get("c")
        if isinstance(content, list):
            own = lines[id(content)] = found.get(id(content), own)
            _spread(content, own, found, lines)


@dataclass(frozen=True, slots=True)
class _Call:
    """A place where notes may be called: the rows of a paragraph and the notes that it calls, in order."""

    rows: Sequence[Row]
    notes: Nodes


class _Reader:
    """Reads the blocks of a tree off the rows of their text; what is found is gathered in `found`."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self.found: dict[int, Lines] = {}
        self._calls: list[_Call] = []
        self._notes: dict[str, Sequence[Row]] = {}
        self._open = 0  # fenced blocks
        self._is_unproven = False  # the words of the block before

    def read_all(self, blocks: Nodes) -> None:
        """Read all blocks of the text, and the notes that they call."""
        rows = [Row(number, 0, line.expandtabs(TAB)) for number, line in enumerate(self.lines, start=1)]
        self._read_whole(blocks, rows)
        for call in self._calls:
            self._read_notes(call)

    def _mark(self, thing: Any, rows: Sequence[Row]) -> None:
        last = len(rows)
        while last > 1 and not rows[last - 1].text.strip():
            last -= 1
        columns = tuple(self._columns(row) for row in rows[:last]) if rows[0].is_boxed else ()
        self.found[id(thing)] = Lines(rows[0].number, rows[last - 1].number, columns)

    def _columns(self, row: Row) -> tuple[int, int]:
        """The columns of a part of a line in the file, where a tab is one sign."""
        line, end = self.lines[row.number - 1], row.start + len(row.text)
        if "\t" not in line:
            return row.start + 1, end + 1
        ends = [len(line[:count].expandtabs(TAB)) for count in range(len(line) + 1)]
        before = [
            next((at for at, width in enumerate(ends) if width >= column), len(line)) for column in (row.start, end)
        ]
        return before[0] + 1, before[1] + 1

    # --- blocks one behind the other -------------------------------------------------------------------------------

    def _read_whole(self, blocks: Nodes, rows: Sequence[Row]) -> None:
        """Read blocks that fill all the rows; raise LostError where rows are left over."""
        if self._past_definitions(rows, self._read_blocks(blocks, rows, 0)) < len(rows):
            raise LostError

    def _read_inside(self, blocks: Nodes, rows: Sequence[Row]) -> None:
        """Read the blocks inside another; blocks that cannot be placed get no lines of their own."""
        calls, is_open = len(self._calls), self._open
        try:
            self._read_whole(blocks, rows)
        except LostError:
            self._open = is_open
            del self._calls[calls:]
            for block in blocks:
                self.found.pop(id(block), None)

    def _read_blocks(self, blocks: Nodes, rows: Sequence[Row], at: int) -> int:
        followers = [*(block["t"] for block in blocks[1:]), ""]
        for block, follower in zip(blocks, followers, strict=False):
            at = self._past_definitions(rows, at)
            if at >= len(rows):
                raise LostError
            end = _READERS[block["t"]](self, block, rows, at, follower)
            if end <= at:
                raise LostError
            self._mark(block, rows[at:end])
            at = end
        return at

    def _past_definitions(self, rows: Sequence[Row], at: int) -> int:
        """The next row that can begin a block: behind blank rows and definitions of notes and links."""
        while at < len(rows):
            text = rows[at].text
            if _BLANK.match(text):
                at += 1
            elif note := _NOTE.match(text):
                end = self._end_of_note(rows, at)
                first = without_mark(rows[at], note.end())
                self._notes.setdefault(note[1], [first, *(dedented(row, TAB) for row in rows[at + 1 : end])])
                at = end
            elif link := _LINK.match(text):
                at += 1 if link[1] else 2
                at += at < len(rows) and bool(_LINK_TITLE.match(rows[at].text))
            else:
                break
        return at

    def _end_of_note(self, rows: Sequence[Row], at: int) -> int:
        return self._end_of_hanging(rows, at, TAB, lambda text: bool(_NOTE_MARK.match(text)))

    def _end_of_hanging(self, rows: Sequence[Row], at: int, hang: int, stops: Callable[[str], bool]) -> int:
        """The row behind a block that begins at row `at` and goes on in rows that are indented or follow at once."""
        end, has_gap = at + 1, False
        for count, row in enumerate(rows[at + 1 :], start=at + 1):
            if _BLANK.match(row.text):
                has_gap = True
                continue
            if indent(row) < hang and (has_gap or stops(row.text) or self._closes(row.text)):
                break
            end, has_gap = count + 1, False
        return end

    def _closes(self, text: str) -> bool:
        return self._open > 0 and bool(_CLOSING.match(text))

    # --- each kind of block -----------------------------------------------------------------------------------------

    def paragraph(self, block: Node, rows: Sequence[Row], at: int, follower: str) -> int:
        end = at + 1
        while end < len(rows) and not self._ends_paragraph(rows[end].text, follower):
            end += 1
        self._prove(block["c"][1][1] if block["t"] == "Figure" else block["c"], rows[at:end])
        return end

    def _ends_paragraph(self, text: str, follower: str) -> bool:
        return bool(
            _BLANK.match(text)
            or self._closes(text)
            or (follower == "CodeBlock" and _CODE_FENCE.match(text))
            or (follower in _LISTS and _MARKER.match(text))
        )

    def heading(self, block: Node, rows: Sequence[Row], at: int, _: str) -> int:
        end = at + 1 if rows[at].text.lstrip().startswith("#") else at + 2
        self._prove(block["c"][2], rows[at:end])
        return end

    def code(self, block: Node, rows: Sequence[Row], at: int, _: str) -> int:
        fence = _CODE_FENCE.match(rows[at].text)
        if fence:
            closing = re.compile(rf"\s*{fence[1][0]}{{{len(fence[1])},}}\s*\Z")
            return next((count for count in range(at + 1, len(rows)) if closing.match(rows[count].text)), len(rows)) + 1
        end = at
        for count, row in enumerate(rows[at:], start=at):
            if indent(row) >= TAB:
                end = count + 1
            elif not _BLANK.match(row.text):
                break
        if end == at:
            raise LostError
        return end

    def raw(self, block: Node, rows: Sequence[Row], at: int, follower: str) -> int:
        if _CODE_FENCE.match(rows[at].text):
            return self.code(block, rows, at, follower)
        return at + len(str(block["c"][1]).strip("\n").split("\n"))

    def rule(self, block: Node, rows: Sequence[Row], at: int, _: str) -> int:
        return at + 1

    def fenced(self, block: Node, rows: Sequence[Row], at: int, _: str) -> int:
        content = block["c"][1]
        if is_on_one_line(*(row.text for row in rows[at : at + 2])):
            return at + 1
        if not rows[at].text.lstrip().startswith(":::"):
            raise LostError
        at += 1
        self._open += 1
        at = self._past_definitions(rows, self._read_blocks(content, rows, at))
        self._open -= 1
        return at + 1 if at < len(rows) and _CLOSING.match(rows[at].text) else at

    def quotation(self, block: Node, rows: Sequence[Row], at: int, _: str) -> int:
        end = at
        while end < len(rows) and not _BLANK.match(rows[end].text) and not self._closes(rows[end].text):
            end += 1
        marks = [_QUOTE_MARK.match(row.text) for row in rows[at:end]]
        if not marks or not marks[0]:
            raise LostError
        self._read_inside(
            block["c"],
            [without_mark(row, mark.end()) if mark else row for row, mark in zip(rows[at:end], marks, strict=True)],
        )
        return end

    def listing(self, block: Node, rows: Sequence[Row], at: int, _: str) -> int:
        items: list[Nodes] = block["c"][1] if block["t"] == "OrderedList" else block["c"]
        for item in items:
            at = self._past_definitions(rows, at)
            marker = _MARKER.match(rows[at].text) if at < len(rows) else None
            if marker is None:
                raise LostError
            space = len(rows[at].text) - len(rows[at].text[marker.end() :].lstrip())
            hang = space if marker.end() < space <= marker.end() + TAB else marker.end() + 1
            if not rows[at].text[marker.end() :].strip():
                hang = marker.end() + 1
            end = self._end_of_hanging(rows, at, hang, _begins_item)
            self._mark(item, rows[at:end])
            first = without_mark(rows[at], hang)
            self._read_inside(item, [first, *(dedented(row, hang) for row in rows[at + 1 : end])])
            at = end
        return at

    def definitions(self, block: Node, rows: Sequence[Row], at: int, _: str) -> int:
        for term, definitions in block["c"]:
            at = self._past_definitions(rows, at)
            if at >= len(rows):
                raise LostError
            self._prove(term, rows[at : at + 1])
            self._mark(term, rows[at : at + 1])
            at += 1
            for definition in definitions:
                at = self._past_definitions(rows, at)
                marker = _DEFINITION.match(rows[at].text) if at < len(rows) else None
                if marker is None:
                    raise LostError
                end = self._end_of_hanging(rows, at, TAB, lambda text: bool(_DEFINITION.match(text)))
                self._mark(definition, rows[at:end])
                first = without_mark(rows[at], marker.end())
                self._read_inside(definition, [first, *(dedented(row, TAB) for row in rows[at + 1 : end])])
                at = end
        return at

    def verse(self, block: Node, rows: Sequence[Row], at: int, _: str) -> int:
        end = at
        while end < len(rows) and (rows[end].text.startswith("|") or (end > at and rows[end].text.startswith(" "))):
            end += 1
        self._prove(block["c"], rows[at:end])
        return end

    def table(self, block: Node, rows: Sequence[Row], at: int, _: str) -> int:
        """A table with its caption, which stands before it or behind it."""
        closing = (count for count in range(at, len(rows)) if self._closes(rows[count].text))
        rows = rows[: next(closing, len(rows))]
        caption, start = self._caption(rows, at)
        end = end_of_table(rows, start)
        body = rows[start:end]
        if not caption:
            behind, end_of_caption = self._caption(rows, end)
            if behind and (block["c"][1][1] or not _ATTRIBUTES.sub("", _text(behind)).strip(" :\n")):
                caption, end = behind, end_of_caption
        self._prove(block["c"][1][1], caption)
        self._read_rows(block, body)
        return end

    def _caption(self, rows: Sequence[Row], at: int) -> tuple[Sequence[Row], int]:
        """The rows of a caption where one begins there, and where the rows begin that are not blank behind it."""
        first = self._past_definitions(rows, at)
        if first >= len(rows) or not is_caption(rows[first]):
            return (), at
        end = first
        while end < len(rows) and not _BLANK.match(rows[end].text) and not self._closes(rows[end].text):
            end += 1
        return rows[first:end], self._past_definitions(rows, end)

    def _read_rows(self, block: Node, body: Sequence[Row]) -> None:
        """Read the rows and cells of a table; where they cannot be placed, they get no lines of their own."""
        with suppress(LostError):
            for found in tuple(rows_of(block, body)):
                self._mark(found.row, found.rows)
                for cell in found.cells:
                    self._mark(cell.cell, cell.rows)
                    if cell.cell[4]:
                        self._read_inside(cell.cell[4], cell.rows)

    # --- words and notes --------------------------------------------------------------------------------------------

    def _prove(self, inlines: Any, rows: Sequence[Row]) -> None:
        """Raise LostError where the words of a second block in succession do not stand in its rows in order.

        Note which notes are called there.
        """
        text = _text(rows)
        plain = html.unescape(text) if "&" in text else text
        words: list[str] = []
        notes: Nodes = []
        _gather(inlines, words, notes)
        if _stand_in_order(_WORD.findall(" ".join(words)), plain):
            self._is_unproven = False
        elif self._is_unproven:
            raise LostError
        else:
            self._is_unproven = True
        if notes:
            self._calls.append(_Call(rows, notes))

    def _read_notes(self, call: _Call) -> None:
        """Read the notes that some rows call, whether written there or defined elsewhere."""
        text = _text(call.rows)
        found = [match for match in _CALL.finditer(text) if match["inline"] or match["label"] in self._notes]
        if len(found) != len(call.notes):
            return
        for note, match in zip(call.notes, found, strict=True):
            rows = self._notes[match["label"]] if match["label"] else _inline_note(call.rows, text, match.start())
            self._mark(note, rows)
            if match["label"]:
                self._read_inside(note["c"], rows)


def _text(rows: Sequence[Row]) -> str:
    return "\n".join(row.text for row in rows)


def _stand_in_order(words: Sequence[str], text: str) -> bool:
    at = 0
    for word in words:
        found = text.find(word, at)
        if found < 0:
            return False
        at = found + len(word)
    return True


def _begins_item(text: str) -> bool:
    return bool(_MARKER.match(text) or _CODE_FENCE.match(text))


# Where a kind of node has the words that an editor wrote, if not in all of its content.
_WRITTEN = MappingProxyType({"Cite": 1, "Quoted": 1, "Link": 1, "Image": 1, "Span": 1, "Code": 1, "Math": 1})


def _gather(tree: Any, words: list[str], notes: Nodes) -> None:
    """The words of a tree and the notes that it calls, in order."""
    for inner in tree if isinstance(tree, list) else (tree,):
        if isinstance(inner, str):
            words.append(inner)
        elif isinstance(inner, list):
            _gather(inner, words, notes)
        elif (kind := inner["t"]) == "Str":
            words.append(inner["c"])
        elif kind == "Note":
            notes.append(inner)
        elif kind not in ("Space", "SoftBreak", "LineBreak", "RawInline"):
            _gather(inner["c"][_WRITTEN[kind]] if kind in _WRITTEN else inner["c"], words, notes)


def _inline_note(rows: Sequence[Row], text: str, start: int) -> Sequence[Row]:
    """The part of the rows that a note takes up that is written where it is called."""
    depth = 0
    for bracket in _BRACKET.finditer(text, start + 1):
        depth += {"[": 1, "]": -1}.get(bracket[0], 0)
        if depth == 0:
            return list(_part(rows, start, bracket.end()))
    raise LostError


def _part(rows: Sequence[Row], start: int, end: int) -> Iterator[Row]:
    """The rows from offset `start` in their text up to `end`, the first and the last cut there."""
    offset = 0
    for row in rows:
        first, last = max(start - offset, 0), min(end - offset, len(row.text))
        if first < last:
            yield Row(row.number, row.start + first, row.text[first:last], is_boxed=True)
        offset += len(row.text) + 1


_Read = Callable[[_Reader, Node, Sequence[Row], int, str], int]
_READERS: Mapping[str, _Read] = MappingProxyType(
    {
        "Para": _Reader.paragraph,
        "Plain": _Reader.paragraph,
        "Figure": _Reader.paragraph,
        "Header": _Reader.heading,
        "CodeBlock": _Reader.code,
        "RawBlock": _Reader.raw,
        "HorizontalRule": _Reader.rule,
        "Div": _Reader.fenced,
        "BlockQuote": _Reader.quotation,
        "BulletList": _Reader.listing,
        "OrderedList": _Reader.listing,
        "DefinitionList": _Reader.definitions,
        "LineBlock": _Reader.verse,
        "Table": _Reader.table,
    }
)
