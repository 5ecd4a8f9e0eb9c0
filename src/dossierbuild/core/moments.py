"""Moments as people and spreadsheets write them: years, quarters, months and days, as numbers on one line of time."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import product
from types import MappingProxyType

_MONTHS = (
    "januari january jan", "februari february feb", "maart march mrt mar", "april apr", "mei may",
    "juni june jun", "juli july jul", "augustus august aug", "september sept sep", "oktober october okt oct",
    "november nov", "december dec",
)  # fmt: skip
_MONTH_OF = MappingProxyType({name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()})

_YEAR = re.compile(r"[0-9]{1,4}\Z")
_MONTH = re.compile(
    r"(?P<year>[0-9]{4})[-/ ](?P<month>0?[1-9]|1[0-2])\Z|(?P<late>0?[1-9]|1[0-2])[-/](?P<its>[0-9]{4})\Z"
)
_MONTH_IN_WORDS = re.compile(r"(?P<name>[a-z]{3,9})\.?[ -]'?(?P<year>[0-9]{4}|[0-9]{2})\Z")
_YEAR_AND_MONTH = re.compile(r"(?P<year>[0-9]{4})[ -](?P<name>[a-z]{3,9})\.?\Z")
_QUARTER = re.compile(r"(?P<year>[0-9]{4})[ -]?[qk](?P<quarter>[1-4])\Z|[qk](?P<early>[1-4])[ -](?P<its>[0-9]{4})\Z")
_QUARTER_IN_WORDS = re.compile(
    r"(?P<quarter>[1-4])(?:e|de|ste|st|nd|rd|th) (?:kwartaal|quarter|kw\.?) (?P<year>[0-9]{4})\Z"
    r"|(?P<early>[0-9]{4}) (?P<late>[1-4])(?:e|de|ste|st|nd|rd|th) (?:kwartaal|quarter|kw\.?)\Z"
)
_DAY = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})(?:[t ]00:00(?::00)?)?\Z")
_DUTCH_DAY = re.compile(r"(?P<day>[0-9]{1,2})([-/.])(?P<month>[0-9]{1,2})\2(?P<year>[0-9]{4})\Z")
_DAY_IN_WORDS = re.compile(r"(?P<day>[0-9]{1,2}) (?P<name>[a-z]{3,9})\.? (?P<year>[0-9]{4})\Z")


class Span(Enum):
    """How long a moment lasts."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"
    DAY = "day"


# Steps from tick to tick on an axis: in years, quarters, months. Ticks of days stand at months and years.
_ROUND = tuple(step * 10**power for power, step in product(range(4), (1, 2, 5)))
_STEPS: Mapping[Span, tuple[int, ...]] = MappingProxyType(
    {
        Span.YEAR: tuple(sorted({*_ROUND, 25})),
        Span.QUARTER: (1, 2, *(4 * step for step in _ROUND)),
        Span.MONTH: (1, 2, 3, 6, *(12 * step for step in _ROUND)),
    }
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment as the number of its span: years, quarters or months from the year 0, or days from 1 January 1."""

    span: Span
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """How moments are printed: the names of the months, and patterns for a date and a quarter."""

    months: tuple[str, ...]
    date: str
    quarter: str

    def printed(self, moment: Moment) -> str:
        """A moment in words: "2020", "1e kwartaal 2020", "januari 2020", "1 februari 2020"."""
        number = moment.number
        match moment.span:
            case Span.QUARTER:
                return self.quarter.format(number=number % 4 + 1, year=number // 4)
            case Span.MONTH:
                return f"{self.months[number % 12]} {number // 12}"
            case Span.DAY:
                day = datetime.date.fromordinal(number)
                return self.date.format(day=day.day, month=self.months[day.month - 1], year=day.year)
            case _:
                return str(number)


def read_moments(cells: Sequence[str]) -> tuple[Moment, ...] | None:
    """The cells as moments; None unless each of them is a moment, and all are of one span."""
    found = [read_moment(cell) for cell in cells]
    moments = tuple(moment for moment in found if moment is not None)
    is_whole = len(moments) == len(cells) > 0 and len({moment.span for moment in moments}) == 1
    return moments if is_whole else None


def read_moment(cell: str) -> Moment | None:
    """A year, quarter, month or day in digits or in Dutch or English words; None for anything else."""
    text = " ".join(cell.casefold().split())
    if _YEAR.match(text):
        return Moment(Span.YEAR, int(text))
    return _quarter(text) or _month(text) or _day(text)


def ticks(first: Moment, last: Moment) -> Iterator[tuple[tuple[Moment, int], ...]]:
    """Whole years, quarters or months between two moments, from close together to far apart.

    Each comes with its number on the line of time of the two moments.
    """
    if first.span is not Span.DAY:
        for step in _STEPS[first.span]:
            numbers = range(-(-first.number // step) * step, last.number + 1, step)
            yield tuple((_rounded(Moment(first.span, number), step), number) for number in numbers)
        return
    if last.number - first.number <= 31:
        yield tuple((Moment(Span.DAY, number), number) for number in range(first.number, last.number + 1))
    months = [Moment(Span.MONTH, _month_of(day.number)) for day in (first, last)]
    for found in ticks(*months):
        placed = ((moment, _first_day(number)) for moment, number in found)
        yield tuple((moment, number) for moment, number in placed if first.number <= number <= last.number)


def _rounded(moment: Moment, step: int) -> Moment:
    """The moment as a year where each tick begins one."""
    parts = {Span.QUARTER: 4, Span.MONTH: 12}.get(moment.span, 1)
    return Moment(Span.YEAR, moment.number // parts) if parts > 1 and step % parts == 0 else moment


def _month_of(day: int) -> int:
    date = datetime.date.fromordinal(day)
    return date.year * 12 + date.month - 1


def _first_day(month: int) -> int:
    return datetime.date(month // 12, month % 12 + 1, 1).toordinal()


def _quarter(text: str) -> Moment | None:
    match = _QUARTER.match(text) or _QUARTER_IN_WORDS.match(text)
    if match is None:
        return None
    groups = [group for group in match.groups() if group]
    year, quarter = sorted(map(int, groups), reverse=True)
    return Moment(Span.QUARTER, year * 4 + quarter - 1)


def _month(text: str) -> Moment | None:
    match = _MONTH.match(text)
    if match:
        year, month = sorted(map(int, filter(None, match.groups())), reverse=True)
        return Moment(Span.MONTH, year * 12 + month - 1)
    words = _MONTH_IN_WORDS.match(text) or _YEAR_AND_MONTH.match(text)
    number = _MONTH_OF.get(words["name"]) if words else None
    return Moment(Span.MONTH, _full_year(words["year"]) * 12 + number - 1) if words and number else None


def _full_year(digits: str) -> int:
    """A year of two digits as spreadsheets read it: up to 29 in this century, from 30 in the last."""
    return int(digits) + (0 if len(digits) == 4 else 2000 if int(digits) < 30 else 1900)


def _day(text: str) -> Moment | None:
    match = _DAY.match(text) or _DUTCH_DAY.match(text)
    words = _DAY_IN_WORDS.match(text)
    if words and words["name"] in _MONTH_OF:
        parts = (int(words["year"]), _MONTH_OF[words["name"]], int(words["day"]))
    elif match:
        parts = (int(match["year"]), int(match["month"]), int(match["day"]))
    else:
        return None
    try:
        return Moment(Span.DAY, datetime.date(*parts).toordinal())
    except ValueError:
        return None
