"""Works as items of CSL-JSON, in the one form in which those of all programs are compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from dossierbuild.core.csl_fields import DATES, FIELDS, NAMES, PROSE, RENAMED, TYPES, UNPRINTED
from dossierbuild.core.names import looks_like_organisation, read_name
from dossierbuild.core.spelling import one_form
from dossierbuild.core.work_dates import DateError, read_date
from dossierbuild.core.works import Item
from dossierbuild.stages.fields.payload import elements, line, members
from dossierbuild.tools.identifiers import same_doi

# What a library says of its copy, or counts for one document.
_OF_THE_LIBRARY = frozenset(
    """
    abstract annote call-number citation-label citation-number first-reference-note-number id keyword locator source
    title-short container-title-short year-suffix
    """.split()
)
_LEFT_OUT = UNPRINTED | _OF_THE_LIBRARY
_DOI_ADDRESS = re.compile(r"https?://(?:dx\.|www\.)?doi\.org/", re.IGNORECASE)
# What lists in BibTeX leave behind: braces that keep capitals, and escaped signs.
_OF_TEX = re.compile(r"[{}]|\\([&%_#$])")
_YEAR = re.compile(r"(?<!\d)(?:1[4-9]|20)\d\d(?!\d)")


def tidied(stated: Mapping[str, Any]) -> Item:
    """The fields of a work that a reference list has, sorted; a work of no known type is a document.

    What only says how a library keeps its copy is left out: abstract, keywords, where the record was found.
    """
    fields = dict(_fields(stated))
    if not fields.keys() - {"type"}:
        return {}
    if same_doi(fields.get("URL", "")) and fields.get("DOI") in (None, same_doi(fields["URL"])):
        fields["DOI"] = same_doi(fields.pop("URL"))
    return dict(sorted({"type": "document", **fields}.items()))


def _fields(stated: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in stated.items():
        field = RENAMED.get(name, name)
        if field in _LEFT_OUT or field not in FIELDS:
            continue
        read = _names(value) if field in NAMES else date_of(value) if field in DATES else _text(field, value)
        if read:
            yield field, read


def _text(field: str, value: Any) -> str:
    text = line(value)
    if field == "type":
        return text.lower() if text.lower() in TYPES else ""
    if field == "DOI":
        return same_doi(text) or _DOI_ADDRESS.sub("", text)
    if field == "note":  # Zotero states a field on each line of it
        return "\n".join(filter(None, map(line, str(value).split("\n")))) if text else ""
    if field in PROSE:
        text = _OF_TEX.sub(lambda mark: mark[1] or "", text)
    if field == "title":
        return re.sub(r"\A<i>([^<]*)</i>\Z", r"\1", text)  # a style sheet's slant, not the title's
    return text


# --- names and dates -------------------------------------------------------------------------------------------------


def _names(value: Any) -> list[dict[str, Any]]:
    stated = elements(value) or [value]
    return [name for name in map(name_of_parts, map(members, stated)) if name]


def name_of_parts(parts: Mapping[str, Any]) -> dict[str, Any]:
    """A name by its parts of CSL, with a Dutch particle in its place, an organisation in one piece; empty for none."""
    stated: dict[str, Any] = {part: text for part, value in parts.items() if (text := line(value))}
    name = read_name(stated)
    if name is None:
        return {}
    return {"literal": one_form(str(name))} if looks_like_organisation(name) else name.csl()


def date_of(value: Any) -> dict[str, Any]:
    """The date that a program states, its year where the rest is no date, or its words; empty for none."""
    try:
        return read_date(value) or {}
    except (DateError, ValueError, TypeError):
        if year := _YEAR.search(_in_one_text(value)):
            return {"date-parts": [[int(year[0])]]}
        return {"literal": line(value)} if line(value) else {}


def _in_one_text(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(map(_in_one_text, value.values()))
    return " ".join(map(_in_one_text, value)) if isinstance(value, list) else str(value)


def year_of(item: Mapping[str, Any]) -> str:
    """The year in which a work came out; empty where it has none."""
    parts = members(item.get("issued")).get("date-parts")
    return str(parts[0][0]) if parts else ""


def leaders_of(item: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Those whom a citation names: the authors, else the editors."""
    return item.get("author") or item.get("editor") or []
