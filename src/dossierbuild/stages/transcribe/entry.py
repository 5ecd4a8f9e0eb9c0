"""The values of the room: an entry as it was typed, its text with the slant of each sign, what was found in a piece."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from dossierbuild.core.names import Name
from dossierbuild.core.problems import Place
from dossierbuild.core.works import Item, Work, WorkDate

_GONE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_EDGES = " \t\n.,;:"


@dataclass(frozen=True, slots=True)
class TypedEntry:
    """An entry of a reference list as it was typed: its words in runs, each with whether it is italic.

    It is `parted` when it stood behind another one in the same paragraph.
    """

    runs: tuple[tuple[str, bool], ...]
    place: Place
    parted: bool = False

    @property
    def text(self) -> str:
        """The words of all runs."""
        return "".join(words for words, _ in self.runs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcribed:
    """A work read from a typed entry.

    `unsure` names the fields that the text does not decide, sorted; `left` has the words that came into no field.
    `typed` is the entry on one line, which is also the work's `note` where anything is unsure. A work that is not `apa`
    is of type document, and its title is the whole entry. It is `parted` when it stood behind another in a paragraph.
    """

    work: Work
    unsure: tuple[str, ...]
    left: tuple[str, ...]
    typed: str
    place: Place
    apa: bool = True
    parted: bool = False

    @property
    def key(self) -> str:
        return self.work.key

    @property
    def item(self) -> Item:
        """The work as an item of CSL-JSON, made anew at each call."""
        return self.work.csl()

    @property
    def is_sure(self) -> bool:
        return not self.unsure and not self.left


@dataclass(frozen=True, slots=True)
class Line:
    """A text on one line, with "/" in `slant` for each sign that is italic and "|" for each that is not."""

    text: str
    slant: str

    def __bool__(self) -> bool:
        return bool(self.text)

    def __getitem__(self, part: slice) -> Line:
        return Line(self.text[part], self.slant[part])

    def __add__(self, other: Line) -> Line:
        return Line(self.text + other.text, self.slant + other.slant)

    def stripped(self, signs: str = _EDGES) -> Line:
        """The line without such signs at both ends."""
        start = len(self.text) - len(self.text.lstrip(signs))
        return self[start : len(self.text.rstrip(signs))] if start < len(self.text) else Line("", "")

    def without(self, found: re.Match[str]) -> Line:
        """The line without what was found in it."""
        return self.cut(found.start(), found.end())

    def cut(self, start: int, end: int) -> Line:
        """The line without what stands between two offsets; of the blanks around it one stays."""
        before, behind = self[:start], self[end:]
        return before + behind[1:] if before.text[-1:] == behind.text[:1] == " " else before + behind

    @property
    def upright(self) -> Line:
        """The line without italics."""
        return Line(self.text, "|" * len(self.text))

    @property
    def italics(self) -> tuple[tuple[int, int], ...]:
        """Start and end of each stretch of italic words; signs and spaces within belong to it."""
        stretches: list[tuple[int, int]] = []
        joins = False
        for at, (sign, slant) in enumerate(zip(self.text, self.slant, strict=True)):
            if not sign.isalnum():
                continue
            if slant == "/":
                stretches.append((stretches.pop()[0], at + 1) if joins else (at, at + 1))
            joins = slant == "/"
        return tuple(stretches)

    @property
    def is_wholly_italic(self) -> bool:
        """Whether there is no upright letter or digit."""
        return len(self.italics) == 1 and all(
            slant == "/" for sign, slant in zip(self.text, self.slant, strict=True) if sign.isalnum()
        )

    @property
    def is_italic(self) -> bool:
        """Whether most letters and digits are italic."""
        signs = [slant for sign, slant in zip(self.text, self.slant, strict=True) if sign.isalnum()]
        return 2 * signs.count("/") > len(signs) > 0


def line_of(runs: Iterable[tuple[str, bool]]) -> Line:
    """The runs as one line: composed (NFC), each gap a single space, without signs that are not seen."""
    signs: list[tuple[str, str]] = []
    for words, italic in runs:
        for typed in unicodedata.normalize("NFC", words):
            sign = " " if typed.isspace() or unicodedata.category(typed) == "Cc" else typed
            if sign in _GONE or (sign == " " and (not signs or signs[-1][0] == " ")):
                continue
            signs.append((sign, "/" if italic else "|"))
    return Line("".join(sign for sign, _ in signs), "".join(slant for _, slant in signs)).stripped(" ")


Value = str | WorkDate | tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Fields of a work by their names, and which of them are unsure; a field may be unsure that is not there."""

    fields: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    unsure: frozenset[str] = frozenset()

    def __or__(self, other: Found) -> Found:
        """Both; a field that both have keeps the first value, and is unsure where the values differ."""
        both = {name for name, value in other.fields.items() if self.fields.get(name, value) != value}
        return Found(MappingProxyType({**other.fields, **self.fields}), self.unsure | other.unsure | both)

    def doubted(self, *fields: str) -> Found:
        return Found(self.fields, self.unsure | frozenset(fields))


EMPTY = Found()


def found(unsure: Iterable[str] = (), **fields: Value) -> Found:
    """What was found, without what is empty; a hyphen in a field's name is written as an underscore."""
    named = {name.replace("_", "-"): value for name, value in fields.items() if value and value != WorkDate()}
    return Found(MappingProxyType(named), frozenset(unsure))
