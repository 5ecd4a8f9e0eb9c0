"""Typography by language: quotation marks, dates and numbers."""

from __future__ import annotations

import datetime
from types import MappingProxyType

from dossierbuild.core.catalogue import Language
from dossierbuild.core.model import NumberFormat

NUMBER_FORMATS = MappingProxyType(
    {
        Language.NL: NumberFormat(decimal=",", thousands="."),
        Language.EN: NumberFormat(decimal=".", thousands=","),
    }
)

_MONTHS = MappingProxyType(
    {
        Language.NL: "januari februari maart april mei juni juli augustus september oktober november december".split(),
        Language.EN: "January February March April May June July August September October November December".split(),
    }
)


def format_date(date: datetime.date, language: Language) -> str:
    """A date in words: "1 november 2024", "1 November 2024"."""
    return f"{date.day} {_MONTHS[language][date.month - 1]} {date.year}"


def format_number(number: str, style: NumberFormat) -> str:
    """A number as written in data ("1471", "41.20") as it is printed: "1.471", "41,20"; digits are kept as given.

    Text that is no number comes back as it is. A year-like whole number of four digits keeps its digits together
    only where the caller says so by not calling this.
    """
    sign, digits = ("−", number[1:]) if number.startswith("-") else ("", number)
    whole, _, fraction = digits.partition(".")
    if not whole.isascii() or not whole.isdigit() or (fraction and not fraction.isdigit()):
        return number
    groups = f"{int(whole):,}".replace(",", style.thousands)
    return f"{sign}{groups}{style.decimal}{fraction}" if fraction else f"{sign}{groups}"
