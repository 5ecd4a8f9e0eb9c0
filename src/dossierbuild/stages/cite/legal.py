"""Legal works: papers of parliament by series and number, laws by the gazette that they stand in.

Sources: Leidraad voor juridische auteurs (2019), 3.2 ("Stb. 2014, 280") and 3.4 ("Kamerstukken II 2013/14, 33841,
nr. 3"); the APA Team, 17 december 2019 ("Kamerstukken II, 32793, nr. 459").
"""

from __future__ import annotations

import re
from typing import Any

from dossierbuild.tools.csl import LEGAL, LEIDRAAD

_LEGAL = frozenset(LEGAL.split())
# Conferences and societies have Handelingen too.
_PARLIAMENT = re.compile(
    r"Kamerstuk|Handelingen\s(?:I{1,2}\b|TK|EK|[0-9]|(?:(?:der|van de)\s)?(?:Tweede|Eerste|Staten))|"
    r"Aanhangsel\s(?:I{1,2}\b|[0-9]|van de handelingen|handelingen)",
    re.IGNORECASE,
)
_PAPER = re.compile(
    r"(?P<series>Kamerstukken I{1,2})(?: (?P<years>\d{4}[/-]\d{2,4}))?, (?P<file>[\d ()-]+[A-Z]*), "
    r"(?:nr\. )?(?P<number>\w+)(?: \((?P<what>[^()]+)\))?\Z"
)
CASE_STYLES = frozenset({LEIDRAAD, "oscola", "oscola-no-ibid", "oscola-no-ibid-emoji"})
"""Styles for lawyers, which have a place for the number of a case."""

# "2014, 280" and "2014/280", but also "L 119/1" of the gazette of the Union.
_YEAR_AND_NUMBER = re.compile(r"([0-9]{4})\s*+[,/]\s*+(\S.*)\Z")
_GAZETTE = re.compile(r"(?:Stb|Stcrt|Trb|Gmb|Prb|Wsb|PbE[GU])\.?\Z", re.IGNORECASE)


def name_paper_of_parliament(item: dict[str, Any], *, apart: bool) -> None:
    """A paper of parliament goes by its number, whatever its type; with `apart` its parts stay fields of their own."""
    fields = ("title", "container-title")
    if not any(_PARLIAMENT.match(str(item.get(field, ""))) for field in fields):
        return
    item["type"] = "bill"
    series, number, page = (str(item.get(field, "")) for field in ("container-title", "number", "page"))
    paper = _PAPER.match(str(item.get("title", "")))
    if apart and paper:
        item |= {"container-title": paper["series"], "volume": paper["years"] or "", "number": paper["file"],
                 "page": paper["number"], "note": paper["what"] or ""}  # fmt: skip
    elif not apart and number and _PARLIAMENT.match(series):
        years = item.get("volume") or item.get("chapter-number") or ""
        numbered = f"{number}, nr. {page}" if page else number
        item["container-title"] = f"{series} {years}".strip() + f", {numbered}"
        for field in ("volume", "chapter-number", "number", "page"):
            item.pop(field, None)


def name_case(item: dict[str, Any], *, apart: bool) -> None:
    """A case keeps its ECLI in styles that print no number of a case: it stands behind the name, or in its place.

    With `apart` the number stays a field of its own, which the style prints.
    """
    number = str(item.get("number", ""))
    if apart or item.get("type") != "legal_case" or not number.upper().startswith("ECLI:"):
        return
    named = str(item.get("title", ""))
    item["title"] = named if number in named else ", ".join(part for part in (named, number) if part)
    del item["number"]


def name_gazette(item: dict[str, Any], *, apart: bool) -> None:
    """ "Stb. 2014, 280" as one name; with `apart` as gazette, year and page, which the style joins itself."""
    gazette = str(item.get("container-title", ""))
    number = str(item.get("number") or item.get("page") or "").strip()
    if item.get("type") not in _LEGAL or not _GAZETTE.match(gazette) or not number:
        return
    if apart and item["type"] != "legislation":
        return
    parts = (item.get("issued") or {}).get("date-parts") or [[""]]
    dated = _YEAR_AND_NUMBER.match(number)
    year, last = dated.groups() if dated else ("", number)
    item.pop("number", None)
    if apart:
        item["page"] = last
    else:
        item.pop("page", None)
        item["container-title"] = f"{gazette} {year or parts[0][0]}, {last}"
