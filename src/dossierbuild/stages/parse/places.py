"""Where in a text the parts of its tree stand, found by searching the lines of their block."""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import unquote

from dossierbuild.core.passages import Lines
from dossierbuild.core.problems import Place

_AT_SIGN = re.compile(r"(?<!\w)@")
_WORD_SIGN = re.compile(r"\w")
_SPACE = re.compile(r"\s+")
_CODE = re.compile(r"^(`{3,}+|~{3,}+).*?^\1|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#{1,6})\s|^(?=\S.*\n(?:=+|-+)\s*$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Places:
    """A text that can be asked where something stands; code in it is never found.

    `starts` are the offsets of its lines, and `at_signs` those of the signs that a citation can begin with. `nodes`
    has the lines of the nodes of its tree, by their `id`. It is searched from `begin` up to `end`.
    """

    path: str
    text: str
    starts: tuple[int, ...]
    at_signs: tuple[int, ...]
    begin: int
    end: int
    nodes: Mapping[int, Lines]

    def lines_of(self, thing: Any) -> Lines:
        """The lines of a node, or of a list of the tree that is an item, a cell or the like; else those of the text."""
        return self.nodes.get(id(thing)) or Lines(1, len(self.starts))

    def near(self, thing: Any) -> Places:
        """The same text, to be searched only in the lines of a node where its lines are known."""
        lines = self.nodes.get(id(thing))
        return self.within(lines) if lines else self

    def within(self, lines: Lines) -> Places:
        """The same text, to be searched only in these lines."""
        begin, end = self.starts[lines.first - 1], (*self.starts, len(self.text) + 1)[lines.last] - 1
        if lines.columns:
            begin += lines.columns[0][0] - 1
            end = self.starts[lines.last - 1] + lines.columns[-1][1] - 1
        return dataclasses.replace(self, begin=begin, end=end)

    def start(self) -> Place:
        """The place of the first sign that is searched."""
        space = _SPACE.match(self.text, self.begin, self.end)
        return self.at(space.end() if space and space.end() < self.end else self.begin)

    def attribute(self, lines: Lines, name: str, value: str) -> Lines:
        """The lines and columns of an attribute's value in a block, or the block's where the value is not found."""
        inside = self.within(lines)
        written = r"\s+".join(re.sub(r'(["\'])', r"\\\\?\1", re.escape(word)) for word in value.split())
        found = re.compile(rf"(?<![\w-]){name}\s*+=\s*+[\"']?\s*+({written})").search(
            self.text, inside.begin, inside.end
        )
        return self.between(found.start(1), found.end(1)) if found else lines

    def between(self, begin: int, end: int) -> Lines:
        """The lines and columns from one offset up to another."""
        first, last = self.at(begin), self.at(end)
        ends = [start - 1 for start in self.starts[first.line : last.line]]
        columns = [
            (1, end + 1 - start) for start, end in zip(self.starts[first.line - 1 :], (*ends, end), strict=False)
        ]
        return Lines(first.line, last.line, ((first.column, columns[0][1]), *columns[1:]))

    def at(self, offset: int) -> Place:
        line = bisect_right(self.starts, offset)
        return Place(self.path, line, offset - self.starts[line - 1] + 1)

    def nth(self, pattern: str, count: int = 0) -> Place:
        """The place of match number `count` of a pattern (its first group where it has one), or of the last one."""
        matches = islice(re.compile(pattern, re.MULTILINE).finditer(self.text, self.begin, self.end), count + 1)
        return self._last(
            [match.start(1) if match.re.groups and match[1] is not None else match.start() for match in matches]
        )

    def _last(self, offsets: Sequence[int]) -> Place:
        return self.at(offsets[-1]) if offsets else self.start()

    def citation(self, key: str, count: int) -> Place:
        inside = self.at_signs[bisect_left(self.at_signs, self.begin) : bisect_left(self.at_signs, self.end)]
        found = (at for at in inside if self._cites(at, f"@{key}") or self._cites(at, f"@{{{key}"))
        return self._last(list(islice(found, count + 1)))

    def _cites(self, at: int, written: str) -> bool:
        return self.text.startswith(written, at) and not _WORD_SIGN.match(self.text, at + len(written))

    def identifier(self, name: str, count: int = 0) -> Place:
        return self.nth(rf"(?<=[{{\s])(#{re.escape(name)})(?![\w-])", count)

    def target(self, address: str, count: int = 0) -> Place:
        """The place of a link or picture: of its bracket where it can be found, else of the address."""
        words = r"(?:[^\[\]]|\[[^\[\]]*\])*"  # a citation or a link may stand in them
        if address not in self.text:
            address = unquote(address)  # pandoc has written its spaces as %20
        pattern = rf"(!?\[{words}\]\({re.escape(address)})|{re.escape(address)}"
        is_here = self.text.find(address, self.begin, self.end) >= 0
        whole = self if is_here else dataclasses.replace(self, begin=0, end=len(self.text))  # described elsewhere
        return whole.nth(pattern, count)

    def heading(self) -> Place:
        return self.nth(_HEADING.pattern)

    def verbatim(self, written: str, count: int = 0) -> Place:
        """The place of a piece of text exactly as written."""
        return self.nth(re.escape(written), count)

    def words(self, excerpt: str, count: int = 0) -> Place:
        """The place of a piece of text as written; any white space may stand between its words."""
        pieces = excerpt.split()[:6]
        return self._last(list(islice(self._runs(pieces), count + 1)) if pieces else ())

    def _runs(self, words: Sequence[str]) -> Iterator[int]:
        """Where the words stand behind one another."""
        at = self.text.find(words[0], self.begin, self.end)
        while at >= 0:
            end = self._end_of_run(words, at)
            if end is not None:
                yield at
            at = self.text.find(words[0], at + 1 if end is None else end, self.end)

    def _end_of_run(self, words: Sequence[str], at: int) -> int | None:
        end = at + len(words[0])
        for word in words[1:]:
            space = _SPACE.match(self.text, end)
            if not space or not self.text.startswith(word, space.end()):
                return None
            end = space.end() + len(word)
        return end


def places_of(path: str, text: str, nodes: Mapping[int, Lines] | None = None) -> Places:
    """The places of a text, with its code blanked out; `nodes` has the lines of its tree's nodes."""
    visible = _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)
    starts = (0, *(match.end() for match in re.finditer("\n", text)))
    at_signs = tuple(match.start() for match in _AT_SIGN.finditer(visible))
    return Places(path, visible, starts, at_signs, 0, len(text), nodes or {})
