"""Where in a text things stand. pandoc's tree has no places, so the text is searched for what the tree holds."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from dossierbuild.core.problems import Place

_AT_SIGN = re.compile(r"(?<!\w)@")
_WORD_SIGN = re.compile(r"\w")
_SPACE = re.compile(r"\s+")
_CODE = re.compile(r"^(```+|~~~+).*?^\1|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#{1,6})\s|^(?=\S.*\n(?:=+|-+)\s*$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Places:
    """A text that can be asked where something stands; code in it is never found.

    `starts` are the offsets of its lines, and `at_signs` those of the signs that a citation can begin with.
    """

    path: str
    text: str
    starts: tuple[int, ...]
    at_signs: tuple[int, ...]

    def at(self, offset: int) -> Place:
        line = bisect_right(self.starts, offset)
        return Place(self.path, line, offset - self.starts[line - 1] + 1)

    def nth(self, pattern: str, count: int = 0) -> Place:
        """The place of match number `count` of a pattern (its first group where it has one), or of the last one."""
        matches = islice(re.finditer(pattern, self.text, re.MULTILINE), count + 1)
        return self._last(
            [match.start(1) if match.re.groups and match[1] is not None else match.start() for match in matches]
        )

    def _last(self, offsets: Sequence[int]) -> Place:
        return self.at(offsets[-1]) if offsets else Place(self.path, 1, 1)

    def citation(self, key: str, count: int) -> Place:
        found = (at for at in self.at_signs if self._cites(at, f"@{key}") or self._cites(at, f"@{{{key}"))
        return self._last(list(islice(found, count + 1)))

    def _cites(self, at: int, written: str) -> bool:
        return self.text.startswith(written, at) and not _WORD_SIGN.match(self.text, at + len(written))

    def identifier(self, name: str, count: int = 0) -> Place:
        return self.nth(rf"(?<=[{{\s])(#{re.escape(name)})(?![\w-])", count)

    def target(self, address: str, count: int = 0) -> Place:
        """The place of a link or picture: of its bracket where it can be found, else of the address."""
        words = r"(?:[^\[\]\n]|\[[^\[\]\n]*\])*"  # a citation or a link may stand in them
        return self.nth(rf"(!?\[{words}\]\({re.escape(address)})|{re.escape(address)}", count)

    def heading(self, count: int) -> Place:
        return self.nth(_HEADING.pattern, count)

    def words(self, excerpt: str, count: int = 0) -> Place:
        """The place of a piece of text, as written; white space in it may be any."""
        pieces = excerpt.split()[:6]
        return self._last(list(islice(self._runs(pieces), count + 1)) if pieces else ())

    def _runs(self, words: Sequence[str]) -> Iterator[int]:
        """Where the words stand behind one another."""
        at = self.text.find(words[0])
        while at >= 0:
            end = self._end_of_run(words, at)
            if end is not None:
                yield at
            at = self.text.find(words[0], at + 1 if end is None else end)

    def _end_of_run(self, words: Sequence[str], at: int) -> int | None:
        end = at + len(words[0])
        for word in words[1:]:
            space = _SPACE.match(self.text, end)
            if not space or not self.text.startswith(word, space.end()):
                return None
            end = space.end() + len(word)
        return end


def places_of(path: str, text: str) -> Places:
    """The places of a text, of which code is blanked out first."""
    visible = _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)
    starts = (0, *(match.end() for match in re.finditer("\n", text)))
    return Places(path, visible, starts, tuple(match.start() for match in _AT_SIGN.finditer(visible)))
