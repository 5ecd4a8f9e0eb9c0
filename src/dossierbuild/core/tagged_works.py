"""A work as a record of tags, as RIS has it and EndNote keeps it, to an item laid out as CSL-JSON.

After the RIS specification (Research Information Systems, 2011) and what Zotero, Mendeley and EndNote put in the tags.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from dossierbuild.core.names import names_in_record
from dossierbuild.core.work_dates import DateError, read_date

_KINDS = MappingProxyType(
    {
        "ABST": "article-journal",
        "ADVS": "motion_picture",
        "ANCIENT": "classic",
        "ART": "graphic",
        "BILL": "bill",
        "BLOG": "post-weblog",
        "BOOK": "book",
        "CASE": "legal_case",
        "CHAP": "chapter",
        "CHART": "figure",
        "CLSWK": "classic",
        "COMP": "software",
        "CONF": "paper-conference",
        "CPAPER": "paper-conference",
        "CTLG": "book",
        "DATA": "dataset",
        "DBASE": "dataset",
        "AGGR": "dataset",
        "DICT": "entry-dictionary",
        "EBOOK": "book",
        "ECHAP": "chapter",
        "EDBOOK": "book",
        "EJOUR": "article-journal",
        "ELEC": "webpage",
        "ENCYC": "entry-encyclopedia",
        "EQUA": "figure",
        "FIGURE": "figure",
        "GEN": "document",
        "GOVDOC": "report",
        "GRANT": "document",
        "HEAR": "hearing",
        "ICOMM": "personal_communication",
        "INPR": "article-journal",
        "INTV": "interview",
        "JFULL": "periodical",
        "JOUR": "article-journal",
        "LEGAL": "regulation",
        "MANSCPT": "manuscript",
        "MAP": "map",
        "MGZN": "article-magazine",
        "MPCT": "motion_picture",
        "MULTI": "document",
        "MUSIC": "musical_score",
        "NEWS": "article-newspaper",
        "PAMP": "pamphlet",
        "PAT": "patent",
        "PCOMM": "personal_communication",
        "PODCAST": "broadcast",
        "PRESS": "webpage",
        "RPRT": "report",
        "SER": "book",
        "SLIDE": "speech",
        "SOUND": "song",
        "STAND": "standard",
        "STD": "standard",
        "STAT": "legislation",
        "THES": "thesis",
        "UNBILL": "bill",
        "UNPB": "manuscript",
        "UNPD": "manuscript",
        "VIDEO": "motion_picture",
        "WEB": "webpage",
    }
)

# Tags whose first value that is there fills a field, for every type.
_SIMPLE = MappingProxyType(
    {
        "title": ("TI", "T1", "CT"),
        "title-short": ("ST",),
        "publisher": ("PB",),
        "publisher-place": ("CY", "PP"),
        "volume": ("VL",),
        "edition": ("ET",),
        "number-of-volumes": ("NV",),
        "DOI": ("DO", "DI"),
        "URL": ("UR", "LK"),
        "language": ("LA",),
        "abstract": ("AB", "N2"),
        "note": ("N1", "RN"),
    }
)
_WHOLE = ("T2", "JF", "BT", "JO", "J2", "JA", "T3")
_IN_A_WHOLE = frozenset(
    """
    article-journal article-magazine article-newspaper chapter dataset entry-dictionary entry-encyclopedia
    paper-conference periodical post-weblog webpage
    """.split()
)
_SERIAL = frozenset({"article-journal", "article-magazine", "article-newspaper", "periodical"})
_BOUND = frozenset({"book", "report", "thesis", "document", "manuscript"})
_KINDS_OF_WORK = frozenset("broadcast manuscript motion_picture pamphlet report song speech thesis".split())
# Who stands second where a work is heard or seen: RIS has no editors there.
_RECORDED = MappingProxyType({"broadcast": "host", "motion_picture": "producer", "song": "host"})
_DEGREE = re.compile(
    r"(?:ph\.?d|m\.?sc|m\.?a|b\.?sc|b\.?a)\b|.*(?:thesis|dissert|scriptie|proefschrift)", re.IGNORECASE
)
_ISSN = re.compile(r"[0-9]{4}-?[0-9]{3}[0-9Xx]\b")


@dataclass(frozen=True, slots=True)
class Record:
    """Tag and value of each line of a record, in their order."""

    tags: tuple[tuple[str, str], ...]

    def all(self, *tags: str) -> list[str]:
        return [value for tag in tags for name, value in self.tags if name == tag and value]

    def first(self, *tags: str) -> str:
        return next(iter(self.all(*tags)), "")


def item_of(record: Record) -> dict[str, Any]:
    """The work of a record, unchecked, with empty texts for what the record does not have."""
    code = record.first("TY").upper()
    kind = _KINDS.get(code, code.lower() or "")
    if kind == "song" and record.first("M3").lower().startswith("podcast"):
        kind = "broadcast"
    item: dict[str, Any] = {"type": kind}
    item |= {field: record.first(*tags) for field, tags in _SIMPLE.items()}
    whole = record.first(*_WHOLE)
    if kind in ("book", "report") and not item["title"]:
        item["title"] = record.first("BT")
    elif kind in _IN_A_WHOLE:
        item["container-title"] = whole
        item["collection-title"] = record.first("T3") if record.first("T3") != whole else ""
    else:
        item["collection-title"] = record.first("T2", "T3")
    if kind == "paper-conference" and record.first("C3"):
        item |= {"container-title": record.first("C3"), "event-title": record.first("T2")}
        item |= {"event-place": record.first("CY"), "publisher-place": record.first("C1")}
    item |= _people(record, code, kind) | _numbers(record, kind) | _dates(record)
    item["keyword"] = ", ".join(record.all("KW"))
    item["genre"] = record.first("M3") if kind in _KINDS_OF_WORK else ""
    item |= _strays(record, item)
    return item


def _strays(record: Record, item: dict[str, Any]) -> dict[str, Any]:
    """What EndNote puts into fields that hold something else for other types."""
    match item["type"]:
        case "thesis":
            degree = item["volume"] if _DEGREE.match(item["volume"]) else ""
            return {"volume": "", "genre": item["genre"] or degree}
        case "webpage" | "post-weblog":
            return {"number": ""}  # a date
        case "legal_case":
            return {"authority": item["publisher"] or record.first("AU", "A2"), "author": [], "publisher": "",
                    "number": item.get("number") or item["volume"], "volume": ""}  # fmt: skip
        case _:
            return {"number": record.first("C7")} if record.first("C7") else {}  # the number of an article


def _people(record: Record, code: str, kind: str) -> dict[str, Any]:
    """The names by their roles. A1 and AU are the authors of a work, and the editors of a collection."""
    first, second, third = record.all("AU", "A1"), record.all("A2", "ED"), record.all("A3")
    fields = {"author": first, "editor": second, "translator": record.all("A4")}
    if code == "EDBOOK":
        fields |= {"author": [], "editor": first or second}
    elif kind == "book":
        fields |= {"editor": [*record.all("ED"), *third], "collection-editor": record.all("A2")}
    elif kind == "chapter":
        fields |= {"collection-editor": third}
    if kind in _RECORDED:
        fields |= {"editor": [], _RECORDED[kind]: second}
    if code == "MPCT":
        fields |= {"author": [], "director": first}
    named = {field: [part for name in names for part in names_in_record(name)] for field, names in fields.items()}
    return {field: names for field, names in named.items() if names}


def _numbers(record: Record, kind: str) -> dict[str, str]:
    start, end, issue = record.first("SP"), record.first("EP"), record.first("IS")
    found = {"issue": issue} if kind in _SERIAL else {"number": issue or record.first("M1")}
    if kind in _BOUND and start and not end:
        found["number-of-pages"] = start
    else:
        found["page"] = f"{start}-{end}" if start and end and end != start else start
    number = record.first("SN")
    if kind in _SERIAL or _ISSN.fullmatch(number):
        found["ISSN"] = number
    else:
        found["ISBN"] = number
    return found


def _dates(record: Record) -> dict[str, str]:
    """`PY  - 2021/03/05/` and its shorter forms; DA may know the day where PY knows the year ("5 maart")."""
    year, day = _date(record.first("PY", "Y1")), _date(record.first("DA"))
    issued = day if day.startswith(year) else _day_of(day, year)
    found = {
        "issued": issued,
        "accessed": _date(record.first("Y2")),
        "original-date": _date(record.first("OP")),
    }
    return {field: value for field, value in found.items() if value}


def _day_of(day: str, year: str) -> str:
    """A day without its year ("28 november", "Nov 28") in that year, or the year alone where it is no day."""
    words = sorted(day.replace(".", "").replace(",", "").split(), key=str.isalpha)
    written = " ".join([*words, year])
    try:
        return written if words and read_date(written) else year
    except DateError:
        return year


def _date(text: str) -> str:
    """A date of RIS, year/month/day/words, in the form 2021-03-05; anything else as it is."""
    if "/" not in text:
        return text
    parts = [part.strip() for part in text.split("/")]
    numbers = [part for part in parts[:3] if part]
    return "-".join([numbers[0], *(part.zfill(2) for part in numbers[1:])]) if numbers else parts[-1]
