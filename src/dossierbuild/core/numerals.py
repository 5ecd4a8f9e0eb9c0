"""Numbers as people and spreadsheets write them: `€ 1.250,50`, `12,5%`, `1 250`, `1,5E+06`.

A column is read as a whole, because `1.250` alone may be twelve hundred and fifty or one and a quarter: its other
numbers decide, or what the editor states. What comes out is the plain form, digits with a point: `1250.50`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

MOST_DIGITS = 15
"""Digits before the point that a number may have: as many as a spreadsheet keeps exactly."""

MOST_DECIMALS = 20
"""Digits behind the point that a number may have."""

MISSING = frozenset({"-", "–", "—", ".", "..", "x", "*", "n.b.", "nb", "n.v.t.", "n/a", "na"})
"""What statistics write, in small letters, where there is no number."""

SIGNS = ("%", "‰", "€", "EUR")

_POINTS = MappingProxyType({".": ",", ",": "."})  # a decimal sign, and the other one, which then groups thousands
_SPACES = "\u0020\u00a0\u2007\u2009\u202f"
_DIGITS = re.compile(rf"[0-9]+(?:[.,'’{_SPACES}][0-9]+)*\Z|[.,][0-9]+\Z")
_GROUPED = re.compile(rf"[1-9][0-9]{{0,2}}(?:([.,'’{_SPACES}])[0-9]{{3}})(?:\1[0-9]{{3}})*\Z")
_EXPONENT = re.compile(r"[+-]?[0-9]{1,2}\Z")


@dataclass(frozen=True, slots=True)
class Notation:
    """What an editor states of how numbers are written: the decimal and the thousands sign, each empty if not."""

    decimal: str = ""
    thousands: str = ""

    @property
    def point(self) -> str:
        """The decimal sign that follows, empty where none does."""
        return self.decimal or _POINTS.get(self.thousands, "")


UNSTATED = Notation()
"""What an editor states who states nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """A column of cells as numbers.

    `plain` has the plain form of each, "" for an empty cell and None for what is no number; `signs` has the sign that
    stood at each (`%`, `€`), or "". `doubtful` is the index of a cell that may be thousands and that nothing in the
    column decides; `mixed` has the indices of two cells of which one has a decimal point and one a decimal comma.
    """

    plain: tuple[str | None, ...]
    signs: tuple[str, ...]
    doubtful: int | None = None
    mixed: tuple[int, int] | None = None

    @property
    def sign(self) -> str:
        """The sign that stands at every number, or "" where they have none or several."""
        found = {sign for number, sign in zip(self.plain, self.signs, strict=True) if number}
        return found.pop() if len(found) == 1 else ""


def read_numbers(cells: Sequence[str], notation: Notation, usual: str = "") -> Numbers:
    """A column of cells as numbers, written as `notation` states; `usual` is the decimal sign of their file, if known.

    Where nothing decides, a point is a decimal point.
    """
    written = [_written(cell) for cell in cells]
    by_point, by_comma = ([_plain(number, point) for number in written] for point in ".,")
    pairs = list(enumerate(zip(by_point, by_comma, strict=True)))
    points = [at for at, (point, comma) in pairs if point and comma is None]
    commas = [at for at, (point, comma) in pairs if comma and point is None]
    doubtful = [at for at, (point, comma) in pairs if point and comma and point != comma]
    doubtful = [at for at in doubtful if usual != "," or "," not in written[at].digits]
    decided = notation.point or ("," if commas else "." if points else "")
    is_mixed = bool(points and commas and not notation.point)
    comma = (decided or usual) == ","
    return Numbers(
        plain=tuple(by_comma if comma else by_point),
        signs=tuple(number.sign for number in written),
        doubtful=doubtful[0] if doubtful and not decided else None,
        mixed=(points[0], commas[0]) if is_mixed else None,
    )


def read_number(text: str) -> str | None:
    """The plain form of a number that stands alone; None for what is none, may be two, or has a sign with it."""
    found = read_numbers((text,), UNSTATED)
    return found.plain[0] if found.doubtful is None and not found.sign else None


def is_number(cell: str) -> bool:
    """Whether a cell is a number by itself, in whatever notation, or is empty."""
    return read_numbers((cell,), UNSTATED).plain[0] is not None


def is_doubtful(text: str) -> bool:
    """Whether a number that stands alone may have thousands or decimals."""
    return read_numbers((text,), UNSTATED).doubtful is not None


def as_thousands(cell: str) -> str:
    """The plain form of a doubtful number when its sign groups thousands."""
    return _plain(_written(cell), "." if "," in cell else ",") or ""


@dataclass(frozen=True, slots=True)
class _Written:
    """A cell taken apart: whether it is negative, its digits with points and commas, its exponent and its sign."""

    negative: bool
    digits: str
    exponent: str
    sign: str


def _written(cell: str) -> _Written:
    text, negative = _without_minus(cell.strip())
    sign = next((sign for sign in SIGNS if text.startswith(sign) or text.endswith(sign)), "")
    text = text.removesuffix(sign) if text.endswith(sign) else text.removeprefix(sign)
    text, again = (text.strip(), False) if negative else _without_minus(text.strip())
    digits, mark, exponent = text.upper().partition("E")
    return _Written(negative or again, digits, exponent if mark else "0", sign)


def _without_minus(text: str) -> tuple[str, bool]:
    negative = text.startswith(("-", "\u2212"))
    return (text[1:].strip() if negative else text.removeprefix("+")), negative


def _plain(number: _Written, point: str) -> str | None:
    """The number in plain form when `point` is the decimal sign; "" for an empty cell, None for what is no number."""
    if not number.digits and not number.sign and not number.negative and number.exponent == "0":
        return ""
    if not _DIGITS.match(number.digits) or not _EXPONENT.match(number.exponent) or number.digits.count(point) > 1:
        return None
    whole, _, fraction = number.digits.partition(point)
    if whole and not whole.isdigit():
        whole = re.sub("[^0-9]", "", whole) if _GROUPED.match(whole) else ""
        if not whole:
            return None
    if len(whole) > MOST_DIGITS or len(fraction) > MOST_DECIMALS or (fraction and not fraction.isdigit()):
        return None
    return _scaled(f"{whole or '0'}.{fraction}" if fraction else whole, int(number.exponent), number.negative)


def _scaled(digits: str, exponent: int, negative: bool) -> str | None:
    if exponent:
        digits = f"{Decimal(digits).scaleb(exponent):f}"
        if len(digits.partition(".")[0]) > MOST_DIGITS:
            return None
    return f"-{digits}" if negative else digits
