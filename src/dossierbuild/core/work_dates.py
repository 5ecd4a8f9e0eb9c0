"""Dates of works: what lists write, as the dates of CSL-JSON.

The readers know EDTF level 0 and the part of level 1 that CSL knows (2021, 2021-03, 2021-03-05, 2021/2022, 2021-21,
2021~), the forms of CSL-JSON and CSL-YAML, and a date in words in Dutch or English. A text that could be two days, such
as 05-03-2021, is no date.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

MONTHS = MappingProxyType(
    {
        name: number
        for number, names in enumerate(
            (
                "januari january jan",
                "februari february feb",
                "maart march mrt mar",
                "april apr",
                "mei may",
                "juni june jun",
                "juli july jul",
                "augustus august aug",
                "september sept sep",
                "oktober october okt oct",
                "november nov",
                "december dec",
            ),
            start=1,
        )
        for name in names.split()
    }
)
SEASONS = MappingProxyType(
    {
        name: number
        for number, names in enumerate(
            ("lente voorjaar spring", "zomer summer", "herfst najaar autumn fall", "winter"), start=1
        )
        for name in names.split()
    }
)
UNDATED = frozenset(
    {"", "z.d.", "z.d", "zd", "z.j.", "z.j", "n.d.", "n.d", "nd", "s.d.", "s.a.", "zonder datum", "no date"}
)
STATUSES = frozenset(
    {
        "in druk",
        "ter perse",
        "te verschijnen",
        "in voorbereiding",
        "in press",
        "forthcoming",
        "in preparation",
    }
)

_EDTF = re.compile(r"(-?[0-9]{1,4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?([~?%]?)\Z")
_CIRCA = re.compile(r"(?:ca\.?|c\.|circa|±)\s*(?=[0-9])", re.IGNORECASE)
# A year that a library found elsewhere, and one of a copyright.
_SUPPLIED = re.compile(r"\[([0-9]{4})\??\]\Z|(?:c|cop\.|©)\s?([0-9]{4})\Z", re.IGNORECASE)
_RANGE = re.compile(r"(?:(?<!\s)\s++)?+–\s*+|(?<=^[0-9]{4})-(?=[0-9]{4}$)")
_DASHES = re.compile(r"(?<=[0-9])-(?=[A-Za-z])|(?<=[A-Za-z])-(?=[0-9]{4}\Z)")
_TIME = re.compile(r"T[0-9]{2}:[0-9]{2}(?s:.*)\Z")
_WORDS = re.compile(
    r"(?:(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?\s+)?(?P<month>[A-Za-z]+)\.?,?\s+(?P<year>[0-9]{4})\Z"
    r"|(?P<month2>[A-Za-z]+)\.?\s+(?P<day2>[0-9]{1,2})(?:st|nd|rd|th)?,?\s+(?P<year2>[0-9]{4})\Z"
    r"|(?P<year3>[0-9]{4}),\s+(?:(?P<day3>[0-9]{1,2})\s+)?(?P<month3>[A-Za-z]+)\Z"
    r"|(?P<year4>[0-9]{4}),\s+(?P<month4>[A-Za-z]+)\s+(?P<day4>[0-9]{1,2})\Z"
)


@dataclass(frozen=True, slots=True)
class DateError(Exception):
    """A value is no date; `value` is its text."""

    value: str


def read_date(value: Any) -> dict[str, Any] | None:
    """The date of CSL-JSON for a value as lists write it, or None for 'no date'; raises DateError.

    The result has `date-parts` (one date, or two for a range) and where known `season` (1 to 4) and `circa`,
    or only `literal` for words such as 'in druk'.
    """
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if isinstance(value, str):
        return _from_text(value)
    if isinstance(value, dict):
        return _from_mapping(value)
    if isinstance(value, list) and value:
        return _from_list(value)
    raise DateError(_shown(value))


def _from_text(text: str) -> dict[str, Any] | None:
    plain = " ".join(text.split())
    if plain.casefold() in UNDATED:
        return None
    if plain.casefold() in STATUSES:
        return {"literal": plain}
    if supplied := _SUPPLIED.match(plain):
        plain = supplied[1] or supplied[2]
    circa = _CIRCA.match(plain)
    ends = _RANGE.sub("/", plain[circa.end() :] if circa else plain).split("/")
    if len(ends) > 2:
        raise DateError(text)
    dates = [_one_date(end.strip(), text) for end in ends if end.strip() not in ("..", "")]
    return _joined(dates, text, circa=bool(circa))


def _one_date(text: str, whole: str) -> dict[str, Any]:
    match = _EDTF.match(_TIME.sub("", text))
    if match:
        parts = [int(part) for part in match.groups()[:3] if part]
        found: dict[str, Any] = {"circa": True} if match.group(4) else {}
        if len(parts) == 2 and 21 <= parts[1] <= 24:
            return {"date-parts": [parts[:1]], "season": parts[1] - 20, **found}
        return {"date-parts": [_checked(parts, whole)], **found}
    words = _WORDS.match(_DASHES.sub(" ", text))
    if not words:
        raise DateError(whole)
    groups = {name[:-1] if name[-1].isdigit() else name: part for name, part in words.groupdict().items() if part}
    return _named(int(groups["year"]), groups["month"], groups.get("day"), whole)


def _named(year: int, month: str, day: str | None, whole: str) -> dict[str, Any]:
    """A date whose month or season is a word."""
    word = month.casefold()
    if word in SEASONS and day is None:
        return {"date-parts": [[year]], "season": SEASONS[word]}
    if word not in MONTHS:
        raise DateError(whole)
    return {"date-parts": [_checked([year, MONTHS[word], *([int(day)] if day else [])], whole)]}


def _from_mapping(value: dict[str, Any]) -> dict[str, Any] | None:
    circa = str(value.get("circa", "")).casefold() not in ("", "0", "false", "none")
    if "date-parts" in value:
        parts = value["date-parts"]
        if not isinstance(parts, list) or not all(isinstance(part, list) for part in parts):
            raise DateError(_shown(parts))
        dates = [{"date-parts": [_numbers(part)]} for part in parts if part and part != [None]]
        if not dates:
            return _from_mapping({name: part for name, part in value.items() if name != "date-parts"})
        return _joined(dates, _shown(parts), circa=circa, season=value.get("season"))
    if "year" in value:
        numbers = [value[name] for name in ("year", "month", "day") if value.get(name) not in (None, "")]
        if len(numbers) >= 2 and str(numbers[1]).casefold() in MONTHS:
            numbers[1] = MONTHS[str(numbers[1]).casefold()]
        return _joined([{"date-parts": [_numbers(numbers)]}], _shown(numbers), circa=circa, season=value.get("season"))
    for name in ("edtf", "raw"):
        if name in value:
            return read_date(value[name])
    literal = value.get("literal")
    return _from_literal(literal) if isinstance(literal, str) else None


def _from_literal(text: str) -> dict[str, Any] | None:
    """The date that the editor's own words are; words that are no date stay as they are."""
    try:
        return _from_text(text)
    except DateError:
        return {"literal": " ".join(text.split())}


def _from_list(value: list[Any]) -> dict[str, Any] | None:
    """A list of dates (two for a range), or the numbers of one date."""
    if all(isinstance(entry, dict) for entry in value) and len(value) <= 2:
        dates = [date for entry in value if (date := _from_mapping(entry))]
        return _joined(dates, _shown(value)) if dates else None
    if all(isinstance(entry, list) for entry in value):
        return _from_mapping({"date-parts": value})
    return _joined([{"date-parts": [_numbers(value)]}], _shown(value))


def _numbers(parts: Sequence[Any]) -> list[int]:
    """Year, month and day as numbers, without the zeros and empty texts that some programs write at the end."""
    kept = list(parts)
    while kept and kept[-1] in (None, "", 0, "0", "00"):
        kept.pop()
    if not kept or not all(re.match(r"-?[0-9]{1,4}\Z", str(part)) for part in kept):
        raise DateError(_shown(parts))
    return _checked([int(part) for part in kept], _shown(parts))


def _checked(parts: list[int], whole: str) -> list[int]:
    year, month, day = (*parts, 1, 1)[:3]
    try:
        datetime.date(year if year > 0 else 4, month, day)
    except ValueError:
        raise DateError(whole) from None
    if len(parts) > 3:
        raise DateError(whole)
    return parts


def _joined(dates: list[dict[str, Any]], whole: str, *, circa: bool = False, season: Any = None) -> dict[str, Any]:
    """One date or a range out of its ends."""
    if not 1 <= len(dates) <= 2 or any("date-parts" not in date for date in dates):
        raise DateError(whole)
    joined: dict[str, Any] = {"date-parts": [part for date in dates for part in date["date-parts"]]}
    if circa or any(date.get("circa") for date in dates):
        joined["circa"] = True
    found = _season(season) or dates[0].get("season")
    if found:
        joined["season"] = found
    if len(dates) == 2 and joined["date-parts"][0] > joined["date-parts"][1]:
        raise DateError(whole)
    return joined


def _season(value: Any) -> int:
    text = str(value or "").casefold()
    return SEASONS.get(text, int(text) if text in ("1", "2", "3", "4") else 0)


def _shown(value: Any) -> str:
    """A value on one line, for a message."""
    if isinstance(value, list):
        return "-".join(_shown(entry) for entry in value)
    return str(value)[:60]
