"""Retraction data: the table that Crossref and Retraction Watch give out, a row for each notice about a work."""

from __future__ import annotations

import csv
import errno
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO

from dossierbuild.core.reasons import Reason

MAX_BYTES = 1_000_000_000
_LONGEST_LINE = 1_000_000
_NEEDED = (
    "RetractionDate", "RetractionDOI", "OriginalPaperDOI", "OriginalPaperPubMedID", "RetractionNature", "Reason",
)  # fmt: skip
_DATE = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})\b")  # month first
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A notice about a work, which goes by its `doi` (small letters) and `pmid`; "" for what is not known.

    `nature` is "Retraction", "Expression of concern", "Correction" or "Reinstatement", `date` the day of the notice as
    2021-03-04, `notice` its DOI, and `grounds` are the reasons as the table has them.
    """

    doi: str
    pmid: str
    nature: str
    date: str
    notice: str
    grounds: tuple[str, ...]


class RetractionDataError(Exception):
    """The table is damaged or is another one, at `line` (0 for the whole file)."""

    def __init__(self, line: int, reason: Reason) -> None:
        super().__init__(reason.en)
        self.line = line
        self.reason = reason


def read_notices(path: str) -> Iterator[Notice]:
    """The notices of a table, row by row, so that a file of any size takes little memory.

    Raises RetractionDataError at the row that is damaged, and OSError for what is no file or has more than MAX_BYTES.
    """
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    with os.fdopen(handle, encoding="utf-8-sig", errors="replace", newline="") as file:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "not a regular file", path)
        if found.st_size > MAX_BYTES:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), path)
        yield from _notices(_lines(file))


def _lines(file: TextIO) -> Iterator[str]:
    """The lines of a file; raises RetractionDataError where one is no line of a table, before it is all in memory."""
    number = 1
    while line := file.readline(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE:
            raise RetractionDataError(number, Reason("de regel is te lang", "the line is too long"))
        yield line
        number += 1


def _notices(file: Iterator[str]) -> Iterator[Notice]:
    rows = csv.reader(file, strict=True)
    line = 1
    try:
        head = next(rows, [])
        if lacking := [name for name in _NEEDED if name not in head]:
            names = ", ".join(lacking)
            raise RetractionDataError(1, Reason(f"de kolom {names} ontbreekt", f"the column {names} is lacking"))
        columns = tuple(head.index(name) for name in _NEEDED)
        line = rows.line_num + 1
        for row in rows:
            if row:
                yield _notice(row, columns, line)
            line = rows.line_num + 1
    except csv.Error as error:
        reason = Reason("de aanhalingstekens kloppen niet, of een cel is te groot", str(error))
        raise RetractionDataError(line, reason) from None


def _notice(row: list[str], columns: tuple[int, ...], line: int) -> Notice:
    if len(row) <= max(columns):
        reason = Reason(f"de rij heeft maar {len(row)} cellen", f"the row has {len(row)} cells only")
        raise RetractionDataError(line, reason)
    date, notice, doi, pmid, nature, grounds = (row[column].strip() for column in columns)
    return Notice(
        doi=_doi(doi).lower(),
        pmid=pmid if re.fullmatch(r"[1-9][0-9]*", pmid) else "",
        nature=nature,
        date=_day(date),
        notice=_doi(notice),
        grounds=tuple(ground.strip(" +") for ground in grounds.split(";") if ground.strip(" +")),
    )


def _doi(text: str) -> str:
    """A DOI, or nothing where the table says that there is none ("unavailable")."""
    return text if text.startswith("10.") else ""


def _day(text: str) -> str:
    if match := _DATE.match(text):
        return f"{match[3]}-{int(match[1]):02}-{int(match[2]):02}"
    found = _ISO_DATE.match(text)
    return found[0] if found else ""
