"""RIS: text in, entries laid out as CSL-JSON out.

After the RIS specification (Research Information Systems, 2011) and the files that Zotero, Mendeley and EndNote write.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dossierbuild.core.problems import Checked, Place, problem
from dossierbuild.core.tagged_works import Record, item_of
from dossierbuild.stages.parse.reference_items import Entry

_LINE = re.compile(r"\s{0,3}([A-Z][A-Z0-9])\s{0,3}-(?:\s(.*)|\s*)\Z")


def ris_entries(path: str, text: str) -> Checked[tuple[Entry, ...]]:
    """The works of a .ris file; the id of a work without an ID is empty."""
    records = tuple(_records(text))
    if not records:
        return Checked(None, (problem("D229", Place(path)),))
    entries = (
        Entry(item={"id": record.first("ID"), **item_of(record)}, place=Place(path, line, 1))
        for line, record in records
    )
    return Checked(tuple(entries))


def _records(text: str) -> Iterator[tuple[int, Record]]:
    """The records, each with the line that it begins on.

    A record ends at ER, or where the next begins; a line without a tag goes on with the line before it.
    """
    line, tags = 0, list[tuple[str, str]]()
    for number, content in enumerate(text.split("\n"), start=1):
        match = _LINE.match(content)
        if match and match.group(1) in ("TY", "ER"):
            if tags:
                yield line, Record(tuple(tags))
            tags = [("TY", (match.group(2) or "").strip())] if match.group(1) == "TY" else []
            line = number
        elif match and tags:
            tags.append((match.group(1), (match.group(2) or "").strip()))
        elif tags and content.strip():
            tag, value = tags[-1]
            tags[-1] = (tag, f"{value} {content.strip()}".strip())
    if tags:
        yield line, Record(tuple(tags))
