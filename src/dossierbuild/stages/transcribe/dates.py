"""Dates as they are typed behind the authors of an entry, and days of access."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from dossierbuild.core.moments import Span, read_moment
from dossierbuild.core.works import WorkDate

_PARENTHESES = re.compile(r"[(\[]([^()\[\]]{2,40})[)\]]")
_UNDATED = re.compile(
    r"(?:z\.? ?[dj]\.?|n\.? ?d\.?|s\.? ?[ad]\.?|zonder (?:datum|jaar)|no date|ongedateerd)(?:-?(?P<letter>[a-z]))?\Z",
    re.IGNORECASE,
)
_STATUS = re.compile(
    r"(?P<status>in druk|in press|ter perse|te verschijnen|forthcoming|in voorbereiding|in preparation|ingediend|"
    r"submitted)(?:-?(?P<letter>[a-z]))?\Z",
    re.IGNORECASE,
)
_YEARS = re.compile(
    r"(?P<circa>ca?\.? ?|circa |± ?)?(?P<year>1[4-9][0-9]{2}|20[0-9]{2})(?P<letter>[a-z])?"
    r"(?: ?[-–—/] ?(?P<last>1[4-9][0-9]{2}|20[0-9]{2}|(?<=[0-9]{4}/)[0-9]{2}))?\Z"
)
_SEASONS = ("lente voorjaar spring", "zomer summer", "herfst najaar autumn fall", "winter")
_DAY_FIRST = re.compile(r"(?P<day>[0-9]{1,2})(?:e|st|nd|rd|th)? (?P<month>[A-Za-z]{3,9})\.?\Z")
_MONTH_FIRST = re.compile(r"(?P<month>[A-Za-z]{3,9})\.? (?P<day>[0-9]{1,2})(?:e|st|nd|rd|th)?\Z")
_ENGLISH = re.compile(r"(?P<month>[A-Za-z]{3,9})\.? (?P<day>[0-9]{1,2})(?:st|nd|rd|th)?,? (?P<year>[0-9]{4})\Z")
_YEAR_LAST = re.compile(r"(?P<rest>[^,0-9]{3,14}|[0-9]{1,2} [A-Za-z]{3,9}\.?),? (?P<year>[0-9]{4})\Z")


UNKNOWN = WorkDate()


@dataclass(frozen=True, slots=True)
class Issued:
    """When a work came out: its date, the letter behind the year, and what of it is a year in words to make a key of.

    `start` and `end` are where its parentheses stand. `original` is the year of the first edition.
    """

    date: WorkDate
    letter: str = ""
    original: WorkDate = UNKNOWN
    start: int = 0
    end: int = 0
    sure: bool = True

    @property
    def year(self) -> str:
        """The year as a key has it; "" for none."""
        return str(self.date.first[0]) if self.date.first else "indruk" if self.date.literal else ""


def find_issued(text: str) -> Issued | None:
    """The first date in parentheses."""
    for parentheses in _PARENTHESES.finditer(text):
        issued = read_issued(parentheses[1])
        if issued:
            sure = issued.sure and parentheses[0][0] == "("
            return Issued(issued.date, issued.letter, issued.original, parentheses.start(), parentheses.end(), sure)
    return None


def read_issued(text: str) -> Issued | None:
    """A date as APA has it: "2019", "2019b", "2019, 3 mei", "z.d.-a", "in druk", "1959/1993"; None for other words."""
    text = text.strip(" ,;.") if not _UNDATED.match(text.strip()) else text.strip()
    if undated := _UNDATED.match(text):
        return Issued(WorkDate(), undated["letter"] or "")
    if status := _STATUS.match(text):
        return Issued(WorkDate(literal=status["status"].lower()), status["letter"] or "")
    if years := _YEARS.match(text):
        return _years(years)
    year, comma, rest = text.partition(",")
    if comma and (known := _YEARS.match(year.strip())) and not known["last"]:
        date, sure = _within(int(known["year"]), rest.strip())
        return Issued(date, known["letter"] or "", sure=sure) if date else None
    date = read_day(text)
    return Issued(date) if date else None


def _years(years: re.Match[str]) -> Issued:
    first, letter, circa = int(years["year"]), years["letter"] or "", bool(years["circa"])
    if not years["last"]:
        return Issued(WorkDate(((first,),), circa=circa), letter)
    last = int(years["last"]) if len(years["last"]) == 4 else first // 100 * 100 + int(years["last"])
    if "/" in years[0] and last - first > 1:  # of a reprint: "1959/1993"
        return Issued(WorkDate(((last,),)), letter, WorkDate(((first,),)))
    return Issued(WorkDate(((first,), (last,))), letter, sure=last > first and "/" not in years[0])


def _within(year: int, rest: str) -> tuple[WorkDate | None, bool]:
    """A day, month or season of a year: "3 mei", "May 3", "mei", "zomer"; of two days the first, unsure."""
    first = re.split(r" ?[-–—/] ?| tot | en ", rest, maxsplit=1)
    for season, names in enumerate(_SEASONS, 1):
        if rest.casefold() in names.split():
            return WorkDate(((year,),), season=season), True
    day = _DAY_FIRST.match(first[0]) or _MONTH_FIRST.match(first[0])
    stated = f"{day['day']} {day['month']} {year}" if day else f"{first[0]} {year}"
    date = read_day(stated)
    return date, len(first) == 1


def read_day(text: str) -> WorkDate | None:
    """A day or a month in Dutch or English words or in digits: "3 mei 2021", "May 3, 2021", "3-5-2021", "mei 2021"."""
    text = re.sub(r"(?<=[0-9])(?:st|nd|rd|th|e)(?= )", "", " ".join(text.replace(",", " ").split()))
    if english := _ENGLISH.match(text):
        text = f"{english['day']} {english['month']} {english['year']}"
    moment = read_moment(text)
    if moment is None or moment.number < 1 or moment.span not in (Span.DAY, Span.MONTH):
        return None
    if moment.span is Span.MONTH:
        return WorkDate(((moment.number // 12, moment.number % 12 + 1),))
    day = datetime.date.fromordinal(moment.number)
    return WorkDate(((day.year, day.month, day.day),))
