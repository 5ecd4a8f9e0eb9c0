"""Where the decimal mark stands in the numbers of a column, so that they can be set below each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dossierbuild.core.numerals import MISSING, UNSTATED, read_numbers

# The last number in a cell, behind what it is a bound of ("<0,01"), what its range begins with ("5–10") or what says
# that it is about so much; and the percent sign behind it.
_CELL = re.compile(
    r"(?!0[0-9])(?:[<>≤≥≈~±=]{1,2}\s?|(?:ca?\.|circa)\s|[-−–+]?[0-9][0-9.,\u00a0\u202f]{0,20}\s?[–‒-]\s?(?!0[0-9]))?"
    r"(?P<number>[-−–+]?\s?(?:(?:€|EUR)\s?)?[-−–+]?[0-9.,](?:[0-9.,’'\u0020\u00a0\u2007\u2009\u202f]{0,40}[0-9])?)"
    r"(?P<behind>\s?[%‰])?\Z"
)
_NO_NUMBER = MISSING | {"n.s.", "ns", "nvt", "onb.", "onbekend", "unknown", "geheim"}
"""What stands in a column of numbers where there is none, in small letters."""
_FEWEST = 2
_YEAR = re.compile(r"(?:1[6-9]|20|21)[0-9]{2}\Z")


@dataclass(frozen=True, slots=True)
class Tail:
    """What stands behind the whole number in a cell: how many decimals, and a percent sign with a space or without."""

    decimals: int
    sign: str

    @property
    def mark(self) -> bool:
        """Whether there is a decimal mark."""
        return bool(self.decimals)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What a number lacks of the longest tail in its column: decimals, the decimal mark, the percent sign and the space
    before that."""

    decimals: int = 0
    mark: bool = False
    sign: bool = False
    space: bool = False


def shortfalls(cells: Sequence[str], decimal: str) -> tuple[Shortfall, ...] | None:
    """What each cell of a column of numbers lacks; None for a column of words, of years or of one number.

    `decimal` is the decimal mark of the language, for a number that may be read in two ways. What says that there is no
    number ("–", "n.b.") stands where a whole number stands; an empty cell lacks nothing.
    """
    found = _tails(cells, decimal)
    tails = [tail for tail in found or () if tail]
    if found is None or len(tails) < _FEWEST or all(_YEAR.match(cell) for cell in cells if cell):
        return None
    longest = Tail(max(tail.decimals for tail in tails), max((tail.sign for tail in tails), key=len))
    return tuple(
        _shortfall(tail or Tail(0, ""), longest) if cell else Shortfall()
        for cell, tail in zip(cells, found, strict=True)
    )


def _shortfall(tail: Tail, longest: Tail) -> Shortfall:
    return Shortfall(
        longest.decimals - tail.decimals,
        mark=longest.mark and not tail.mark,
        sign=bool(longest.sign) and not tail.sign,
        space=len(longest.sign) > max(1, len(tail.sign)),
    )


def _tails(cells: Sequence[str], decimal: str) -> list[Tail | None] | None:
    """The tail of each cell, None where it has no number; None for all where a cell has words."""
    said = [("" if cell.casefold() in _NO_NUMBER else cell) for cell in cells]
    matches = [_CELL.match(cell) for cell in said]
    if any(cell and not match for cell, match in zip(said, matches, strict=True)):
        return None
    written = [match["number"].strip().replace("–", "-") if match else "" for match in matches]
    numbers = read_numbers(written, UNSTATED, decimal)
    if numbers.mixed or any(number is None for number in numbers.plain):
        return None
    return [
        Tail(len(plain.partition(".")[2]), match["behind"] or "") if match and plain else None
        for match, plain in zip(matches, numbers.plain, strict=True)
    ]
