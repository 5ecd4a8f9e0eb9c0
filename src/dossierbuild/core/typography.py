"""Dates, numbers and sizes as they are printed, with the words and signs of styles/terms.yaml."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from itertools import pairwise

from dossierbuild.core.model import NumberFormat


def number_format(terms: Mapping[str, str]) -> NumberFormat:
    """The signs with which the language of the terms writes numbers."""
    return NumberFormat(decimal=terms["decimal"], thousands=terms["thousands"])


def format_date(date: datetime.date, terms: Mapping[str, str]) -> str:
    """A date in words: "1 november 2024", "1 November 2024"."""
    return terms["date_in_words"].format(day=date.day, month=terms[f"month_{date.month}"], year=date.year)


def format_size(size: int, terms: Mapping[str, str]) -> str:
    """A size in bytes as people say it: "840 kB", "1,2 MB"."""
    if size < 1_000_000:
        return terms["size_kb"].format(size=max(1, round(size / 1000)))
    return terms["size_mb"].format(size=format_number(f"{size / 1_000_000:.1f}", number_format(terms)))


def format_number(number: str, style: NumberFormat) -> str:
    """A number as written in data ("1471", "41.20") as it is printed: "1.471", "41,20"; digits are kept as given.

    Text that is no number comes back as it is. A year-like whole number of four digits keeps its digits together
    only where the caller says so by not calling this.
    """
    sign, digits = ("−", number[1:]) if number.startswith("-") else ("", number)
    whole, _, fraction = digits.partition(".")
    if not whole.isascii() or not whole.isdigit() or (fraction and not fraction.isdigit()):
        return number
    whole = whole.lstrip("0") or "0"
    starts = range(len(whole) % 3 or 3, len(whole), 3)
    groups = style.thousands.join(whole[begin:end] for begin, end in pairwise((0, *starts, len(whole))))
    return f"{sign}{groups}{style.decimal}{fraction}" if fraction else f"{sign}{groups}"
