"""Dates, numbers and sizes as they are printed, with the words and signs of styles/terms.yaml."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping

from dossierbuild.core.model import NumberFormat
from dossierbuild.core.moments import Calendar

_CODE = re.compile(r"0[0-9]")

_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_NO_BREAK_SPACE = "\u00a0"
# A number with a space between its thousands, of four groups at the most: a row of numbers is no number.
_THOUSANDS = re.compile(r"(?<![\d.,])(?<!\d\s)\d{1,3}(?:\s\d{3}){1,3}(?![\d.,])")
# What belongs to the number behind it, and to the number before it.
_BEFORE = re.compile(r"(?<!\w)([€$£§]|pp?\.|blz\.|nrs?\.|no\.|art\.|par\.|fig\.|vol\.)\s(?=\d)", re.IGNORECASE)
_BEHIND = re.compile(r"(?<=\d)\s(?=(?:%|‰|°C?|[mck]?m[²³]?|ha|k?g|l|k?Wh?|euro|miljoen|miljard|mln\.?|mld\.?)(?!\w))")


def whole_numbers(text: str) -> str:
    """A text in which no line ends inside a number, or between a number and what it counts: "12 500", "€ 5", "p. 7"."""
    text = _THOUSANDS.sub(lambda found: re.sub(r"\s", _NO_BREAK_SPACE, found[0]), text)
    return _BEHIND.sub(_NO_BREAK_SPACE, _BEFORE.sub(rf"\1{_NO_BREAK_SPACE}", text))


def number_format(terms: Mapping[str, str]) -> NumberFormat:
    """The signs with which the language of the terms writes numbers."""
    return NumberFormat(decimal=terms["decimal"], thousands=terms["thousands"])


def calendar(terms: Mapping[str, str]) -> Calendar:
    """The words with which the language of the terms names months, dates and quarters."""
    months = tuple(terms[f"month_{month}"] for month in range(1, 13))
    return Calendar(months=months, date=terms["date_in_words"], quarter=terms["quarter"])


def format_date(date: datetime.date, terms: Mapping[str, str]) -> str:
    """A date in words: "1 november 2024", "1 November 2024"."""
    return terms["date_in_words"].format(day=date.day, month=terms[f"month_{date.month}"], year=date.year)


def format_size(size: int, terms: Mapping[str, str]) -> str:
    """A size in bytes as people say it: "840 kB", "1,2 MB"."""
    if size < 1_000_000:
        return terms["size_kb"].format(size=max(1, round(size / 1000)))
    return terms["size_mb"].format(size=format_number(f"{size / 1_000_000:.1f}", number_format(terms)))


def format_roman(number: int) -> str:
    """A number from 1 in Roman numerals: "IV"."""
    numeral = ""
    for value, signs in _ROMAN:
        numeral += signs * (number // value)
        number %= value
    return numeral


def page_label(page: int, front: int) -> str:
    """What a page (from 1) is called in print, where the first `front` pages have a count of their own: "iv"."""
    return format_roman(page).lower() if page <= front else str(page - front)


def format_letters(number: int) -> str:
    """A number from 1 in letters, as appendices are numbered: "A" to "Z", then "AA"."""
    before, letter = divmod(number - 1, 26)
    return f"{format_letters(before) if before else ''}{chr(ord('A') + letter)}"


def with_sign(number: str, sign: str) -> str:
    """A printed number with the sign of what it counts: "41,0%", "€ 5"."""
    if sign == "€":
        return f"€\u00a0{number}"
    return f"{number}\u00a0{sign}" if sign.isalpha() else number + sign


def format_number(number: str, style: NumberFormat) -> str:
    """A number as written in data ("1471", "41.20") as it is printed: "1.471", "41,20"; digits are kept as given.

    Text that is no number comes back as it is, and so does a code that begins with a nought. A year-like whole number
    of four digits keeps its digits together only where the caller says so by not calling this.
    """
    sign, digits = ("−", number[1:]) if number.startswith("-") else ("", number)
    whole, _, fraction = digits.partition(".")
    if not whole.isascii() or not whole.isdigit() or (fraction and not fraction.isdigit()) or _CODE.match(whole):
        return number
    first = len(whole) % 3
    groups = style.thousands.join(
        filter(None, (whole[:first], *(whole[at : at + 3] for at in range(first, len(whole), 3))))
    )
    return f"{sign}{groups}{style.decimal}{fraction}" if fraction else f"{sign}{groups}"
