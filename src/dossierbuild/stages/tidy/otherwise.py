"""Cells of rows and numbers of items that are printed otherwise than they were typed."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from dossierbuild.stages.tidy.finding import Finding, Slip, shortened
from dossierbuild.stages.tidy.manuscript import TAB, Line, Manuscript, Role

_STROKE = re.compile(r"(?<!\\)\||`[^`\n]*`")
_NUMBERED = re.compile(
    r"(?P<indent>[ \t]*+)\(?(?P<name>\d{1,9}|[a-z]|[ivx]{1,7}|[A-Z](?=\)|\.\t|\.  )|[IVX]{1,7})(?P<sign>[.)])"
    r"[ \t]++(?=\S)"
)
_LETTERS = tuple(string.ascii_lowercase)
_TENS = ("", "x", "xx")
_ROMANS = tuple(
    f"{tens}{units}" for tens in _TENS for units in ("", *"i ii iii iv v vi vii viii ix".split()) if tens or units
)
# A first number beyond these is no day of a month or item of a list that goes on, but a year or an amount.
_LAST_DAY = 31
_LISTED = frozenset({Role.ITEM, Role.CONTINUED, Role.NOTE, Role.BLANK, Role.INDENTED})


def rows(manuscript: Manuscript) -> Iterator[Finding]:
    """Rows of a table with more cells than its head, of which the last are not printed."""
    for block in manuscript.paragraphs():
        for head, rule in pairwise(block):
            if head.role is Role.TABLE and re.fullmatch(r"[ \t|:-]*+", rule.text) and "|" in rule.text:
                width = max(len(_cells(head.text)), len(_cells(rule.text)))
                for line in block:
                    cells = _cells(line.text)
                    if any(cell.strip() for cell in cells[width:]):
                        written = f"|{'|'.join(cells[:width])}|"
                        yield _otherwise(line, " ".join(line.text.split()), written)
                break


def _cells(row: str) -> list[str]:
    text = row.strip().removeprefix("|")
    text = text.removesuffix("|") if not text.endswith("\\|") else text
    at = [found.start() for found in _STROKE.finditer(text) if found[0] == "|"]
    return [text[start:end] for start, end in pairwise([0, *(place + 1 for place in at), len(text) + 1])]


def _otherwise(line: Line, text: str, written: str) -> Finding:
    return Finding(
        slip=Slip.OTHERWISE, start=line.start, end=line.end, text=shortened(text), written=shortened(written)
    )


@dataclass(frozen=True, slots=True)
class _Counting:
    """How a list counts: by which names (none: by figures), the sign behind them, its first number and its last."""

    names: tuple[str, ...]
    sign: str
    first: int
    last: int

    def number(self, name: str) -> int:
        """The number that a name is; 0 where the list does not count so."""
        if name.isdigit() or not self.names:
            return int(name) if name.isdigit() and not self.names else 0
        return self.names.index(name.lower()) + 1 if name.lower() in self.names else 0

    def name(self, number: int, like: str) -> str:
        """The name of a number, in the letter case of another."""
        if not self.names:
            return str(number)
        name = self.names[number - 1] if number <= len(self.names) else "…"
        return name.upper() if like.isupper() else name


def counts(manuscript: Manuscript) -> Iterator[Finding]:
    """Items of which the number is not the next one, as a list counts by itself; and a year that begins a list."""
    lists: dict[int, _Counting] = {}  # by how far they are indented
    ends: set[int] = set()
    before = Role.BLANK
    for line in manuscript.lines:
        found = _NUMBERED.match(line.text) if line.role is Role.ITEM else None
        indent = _indent(line.text)
        lists = {place: listed for place, listed in lists.items() if not _ends_list(line, before, place - indent)}
        if found:
            listed = lists.get(indent)
            goes_on = listed is not None and listed.sign == found["sign"] and listed.number(found["name"]) > 0
            counting = listed if listed and goes_on else _begun(found)
            yield from _told(line, found, counting) if goes_on else _year(line, found, counting, ends)
            lists[indent] = replace(counting, last=counting.last + 1)
            ends.add(counting.last + 1)
        before = line.role


def _begun(found: re.Match[str]) -> _Counting:
    """The list that begins with an item, of which nothing is printed yet."""
    name = found["name"].lower()
    names = () if name.isdigit() else _ROMANS if name == "i" or len(name) > 1 else _LETTERS
    counting = _Counting(names, found["sign"], 0, 0)
    first = counting.number(found["name"])
    return replace(counting, first=first, last=first - 1)


def _told(line: Line, found: re.Match[str], counting: _Counting) -> Iterator[Finding]:
    """An item out of count; the first number again means the next one."""
    if counting.number(found["name"]) not in (counting.first, counting.last + 1):
        opening, rest = line.text[: found.start("name")].strip(), line.text[found.end("name") :]
        yield _otherwise(line, line.text.strip(), f"{opening}{counting.name(counting.last + 1, found['name'])}{rest}")


def _year(line: Line, found: re.Match[str], counting: _Counting, ends: set[int]) -> Iterator[Finding]:
    """A first number that is no number of an item, and does not go on from a list before it."""
    if counting.first > _LAST_DAY and counting.last not in ends:
        at = found.start("sign")
        written = shortened(f"{line.text[:at]}\\{line.text[at:]}")
        yield Finding(slip=Slip.MARKUP, start=line.start, end=line.end, text=shortened(line.text), written=written)


def _indent(text: str) -> int:
    wide = text.expandtabs(TAB)
    return len(wide) - len(wide.lstrip())


def _ends_list(line: Line, before: Role, deeper: int) -> bool:
    """Whether a numbered list ends before a line; `deeper` is how much farther to the right than the line it stands."""
    if line.role is Role.ITEM:
        is_numbered = bool(_NUMBERED.match(line.text))
        return deeper > 0 or (deeper == 0 and not is_numbered)
    return line.role not in _LISTED and not (line.role is Role.PROSE and before is not Role.BLANK)
