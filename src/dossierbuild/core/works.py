"""Works: the books, articles and pages of a reference list as values, and as items of CSL-JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dossierbuild.core.names import Name

Item = dict[str, Any]
"""A work as an item of CSL-JSON."""

_CANONICAL = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)


@dataclass(frozen=True, slots=True)
class WorkDate:
    """A date of a work: one day or the two ends of a range, each as year, month and day as far as it is known.

    `season` counts from 1 (spring) and is 0 where none is given; `literal` holds words that are no date ("in druk").
    """

    ends: tuple[tuple[int, ...], ...] = ()
    season: int = 0
    circa: bool = False
    literal: str = ""

    @property
    def first(self) -> tuple[int, ...]:
        """The day, or the first day of a range; empty when none is known."""
        return self.ends[0] if self.ends else ()

    @property
    def years(self) -> tuple[int, ...]:
        """The years of both ends, each once."""
        return tuple(dict.fromkeys(end[0] for end in self.ends))

    def csl(self) -> Item:
        """The date as CSL-JSON has it, with sorted keys."""
        parts = {
            "circa": self.circa,
            "date-parts": [list(end) for end in self.ends],
            "literal": self.literal,
            "season": self.season,
        }
        return {name: value for name, value in parts.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One work, by the fields of CSL 1.0.2 that it has, sorted.

    `names` pairs a role ("author") with those who have it in their order, `dates` a field ("issued") with its date,
    `texts` every other field ("title", "DOI", "page") with its text. `type` is empty when the list gives none.
    """

    key: str
    type: str = ""
    names: tuple[tuple[str, tuple[Name, ...]], ...] = ()
    dates: tuple[tuple[str, WorkDate], ...] = ()
    texts: tuple[tuple[str, str], ...] = ()

    @property
    def title(self) -> str:
        return self.text("title")

    @property
    def creators(self) -> tuple[Name, ...]:
        """Whom a citation names: the authors, else the editors."""
        return self.people("author") or self.people("editor")

    @property
    def issued(self) -> WorkDate:
        return self.date("issued")

    def people(self, role: str) -> tuple[Name, ...]:
        """Those who have a role in the work, in their order."""
        return next((names for name, names in self.names if name == role), ())

    def date(self, field: str) -> WorkDate:
        """The date of a field; an empty one when the list gives none."""
        return next((date for name, date in self.dates if name == field), WorkDate())

    def text(self, field: str) -> str:
        """The text of a field; an empty one when the list gives none."""
        return next((text for name, text in self.texts if name == field), "")

    def csl(self) -> Item:
        """The work as an item of CSL-JSON with sorted keys, made anew at each call."""
        return dict(sorted(self._fields()))

    def csl_json(self) -> str:
        """The item as canonical JSON text."""
        return _CANONICAL.encode(self.csl())

    def _fields(self) -> Iterator[tuple[str, Any]]:
        yield "id", self.key
        if self.type:
            yield "type", self.type
        yield from ((role, [name.csl() for name in names]) for role, names in self.names)
        yield from ((field, date.csl()) for field, date in self.dates)
        yield from self.texts
