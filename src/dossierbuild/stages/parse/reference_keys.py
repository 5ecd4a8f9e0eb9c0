"""Keys for works whose list gives none that a text can cite: an address, words with spaces, or nothing."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Sequence
from typing import Any

from dossierbuild.core.citation_keys import free_key, key_letters
from dossierbuild.core.csl_fields import LEADERS
from dossierbuild.core.legible import first_few
from dossierbuild.core.names import read_name
from dossierbuild.core.problems import Problem, problem
from dossierbuild.core.work_dates import DateError, read_date
from dossierbuild.stages.parse.reference_items import Entry, is_key, tidy_key

_ADDRESS = re.compile(r"\w+://")


def with_keys(entries: Sequence[Entry]) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    """The works with a key each, and D249 once for all that were made. What people typed in YAML stays as it is.

    A key is made of the key that was given as far as it can be, else of family name and year.
    """
    taken = {entry.key for entry in entries if is_key(entry.key)}
    keyed: list[Entry] = []
    made: list[Entry] = []
    for entry in entries:
        if entry.own_fields or is_key(entry.key):
            keyed.append(entry)
            continue
        key = _made_key(entry, taken)
        taken.add(key)
        made.append(dataclasses.replace(entry, item={**entry.item, "id": key}))
        keyed.append(made[-1])
    if not made:
        return tuple(keyed), ()
    keys = [entry.key for entry in made]
    return tuple(keyed), (problem("D249", made[0].place, keys=first_few(keys), key=keys[0]),)


def _made_key(entry: Entry, taken: Collection[str]) -> str:
    """The key that was given, tidied, or family name and year; with a letter where another work has that key."""
    tidy = "" if _ADDRESS.match(entry.key) else tidy_key(entry.key)
    if tidy and is_key(tidy):
        folded = {key.casefold() for key in taken}
        return tidy if tidy.casefold() not in folded else free_key(tidy, "-", taken)
    item = entry.item
    named = next((item[role] for role in LEADERS if item.get(role)), None)
    people = named or [{"literal": str(item.get("title", "")).partition(" ")[0]}]
    first = people[0] if isinstance(people, list) else people
    name = read_name(first) if isinstance(first, dict) else None
    return free_key(key_letters(name.head if name else ""), _year(item.get("issued")), taken)


def _year(value: Any) -> str:
    try:
        date = read_date(value) or {}
    except DateError:
        return ""
    return str(date["date-parts"][0][0]) if "date-parts" in date else ""
