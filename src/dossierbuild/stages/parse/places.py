"""Where in a text things stand. pandoc's tree has no places, so the text is searched for what the tree holds."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from dossierbuild.core.problems import Place

_CODE = re.compile(r"^(```+|~~~+).*?^\1|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#{1,6})\s|^(?=\S.*\n(?:=+|-+)\s*$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Places:
    """A text that can be asked where something stands; code in it is never found."""

    path: str
    text: str
    starts: tuple[int, ...]

    def at(self, offset: int) -> Place:
        line = bisect_right(self.starts, offset)
        return Place(self.path, line, offset - self.starts[line - 1] + 1)

    def nth(self, pattern: str, count: int = 0) -> Place:
        """The place of match number `count` of a pattern (its first group where it has one), or of the last one."""
        matches = list(re.finditer(pattern, self.text, re.MULTILINE))
        if not matches:
            return Place(self.path, 1, 1)
        match = matches[min(count, len(matches) - 1)]
        return self.at(match.start(1) if match.re.groups and match[1] is not None else match.start())

    def citation(self, key: str, count: int) -> Place:
        return self.nth(rf"(?<![\w])-?(@\{{?){re.escape(key)}(?![\w])", count)

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
        pieces = [re.escape(piece) for piece in excerpt.split()[:6]]
        return self.nth(r"\s+".join(pieces), count) if pieces else Place(self.path, 1, 1)


def places_of(path: str, text: str) -> Places:
    """The places of a text, of which code is blanked out first."""
    visible = _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)
    starts = (0, *(match.end() for match in re.finditer("\n", text)))
    return Places(path, visible, starts)
