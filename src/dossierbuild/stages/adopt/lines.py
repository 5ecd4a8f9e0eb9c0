"""Lines of a book on their way to a dossier: each knows the line that it came from.

A pass takes lines and gives lines, and between these a problem for each thing that could not be taken. What a pass does
not change stays as it was typed.
"""

from __future__ import annotations

import bisect
import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate, groupby
from typing import TypeAlias, TypeVar

from dossierbuild.core.problems import Place, Problem

LONGEST_EXCERPT = 60
"""Signs of a text that a message shows."""


class Kind(Enum):
    """What a line is part of: only text is changed."""

    TEXT = "text"
    CODE = "code"
    MATHS = "maths"


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it goes into the dossier; `source` is the line at `place` of the book as it was typed."""

    text: str
    place: Place
    source: str
    kind: Kind = Kind.TEXT

    def saying(self, text: str, kind: Kind | None = None) -> Line:
        """Another text that comes from the same line."""
        return dataclasses.replace(self, text=text, kind=kind or self.kind)

    def at(self, words: str, count: int = 0) -> Place:
        """The place of words in the line as it was typed, behind `count` others like them; else of the whole line."""
        column = -1
        for _ in range(count + 1):
            column = self.source.find(words, column + 1)
        return dataclasses.replace(self.place, column=max(column, 0) + 1)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in a paragraph something was found: its line, and what stands before it in that line."""

    line: Line
    before: str

    def place(self, words: str) -> Place:
        """The place of words that begin here."""
        first = words.split("\n", 1)[0]
        return self.line.at(first, self.before.count(first) if first else 0)


Taken: TypeAlias = Line | Problem
"""What a pass takes and gives."""

Found = TypeVar("Found")
Finder: TypeAlias = Callable[[str], Iterator[tuple[int, int, Found]]]
"""What finds things in the text of a paragraph: from where to where each stands, in order, and what it is."""
Edit: TypeAlias = Callable[[Found, Spot], Iterator[str | Problem]]
"""What comes in the place of something, and what of it could not be taken."""

CODE = (
    r"(?<!`)(?:`(?!`)(?:[^`]|``++)*+`(?!`)|``(?!`)(?:[^`]|`(?!`)|```++)*+``(?!`)"
    r"|```(?!`)(?:[^`]|``?(?!`)|````++)*+```(?!`))"
)
"""Code within a line: as many backticks behind it as before it."""
AS_TYPED = (
    rf"(?P<kept>{CODE}|\$(?=[^\s$])(?:[^$\\]|\\.)*+(?<=\S)\$(?!\d)|\\[^\w\s@(]"
    r"|<(?:https?|mailto):[^<>\s]*+>)|"
)
"""The beginning of a pattern that is sought outside code, formulas, addresses and signs behind a backslash."""
_KEPT = re.compile(AS_TYPED.rstrip("|"), re.DOTALL)


def lines_of(path: str, text: str) -> Iterator[Line]:
    """The lines of a file, whatever ends them."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    for number, line in enumerate(plain.split("\n"), 1):
        yield Line(line, Place(path, number, 1), line)


def outside_code(pattern: re.Pattern[str]) -> Finder[re.Match[str]]:
    """What finds each place that fits a pattern which begins with AS_TYPED."""

    def find(text: str) -> Iterator[tuple[int, int, re.Match[str]]]:
        for match in pattern.finditer(text):
            if match["kept"] is None:
                yield match.start(), match.end(), match

    return find


def as_typed(text: str) -> list[tuple[int, int]]:
    """From where to where code, formulas and addresses stand in a text."""
    return [match.span() for match in _KEPT.finditer(text)]


def edited(taken: Iterable[Taken], find: Finder[Found], edit: Edit[Found]) -> Iterator[Taken]:
    """The lines in which each thing that is found is replaced by what `edit` says of it."""
    for is_prose, group in groupby(taken, _is_prose):
        if is_prose:
            yield from _edited([line for line in group if isinstance(line, Line)], find, edit)
        else:
            yield from group


def _is_prose(taken: Taken) -> bool:
    return isinstance(taken, Line) and taken.kind is Kind.TEXT and bool(taken.text.strip())


def _edited(lines: list[Line], find: Finder[Found], edit: Edit[Found]) -> Iterator[Taken]:
    text = "\n".join(line.text for line in lines)
    starts = list(accumulate((len(line.text) + 1 for line in lines), initial=0))[:-1]
    rows: list[tuple[int, list[str]]] = [(0, [])]
    done = 0
    for start, end, found in find(text):
        at = bisect.bisect(starts, start) - 1
        said = tuple(edit(found, Spot(lines[at], text[starts[at] : start])))
        yield from (problem for problem in said if isinstance(problem, Problem))
        words = "".join(piece for piece in said if isinstance(piece, str))
        before = text[done:start]
        if not words and before.endswith(" ") and text[end : end + 1] in ("", " ", "\n"):
            before = before[:-1]
        _put(rows, before, bisect.bisect(starts, done) - 1, len(lines))
        _put(rows, words, at, len(lines))
        done = end
    _put(rows, text[done:], bisect.bisect(starts, done) - 1, len(lines))
    yield from (lines[at].saying("".join(pieces)) for at, pieces in rows)


def _put(rows: list[tuple[int, list[str]]], text: str, at: int, most: int) -> None:
    """Add a text that begins in line `at` to the rows, which are pieces of text and the line that each came from."""
    first, *rest = text.split("\n")
    rows[-1][1].append(first)
    rows.extend((min(at + count, most - 1), [more]) for count, more in enumerate(rest, 1))


def excerpt_of(text: str) -> str:
    """The beginning of a text in one line, as messages show it."""
    words = " ".join(text.split())
    return words if len(words) <= LONGEST_EXCERPT else f"{words[: LONGEST_EXCERPT - 1]}…"
