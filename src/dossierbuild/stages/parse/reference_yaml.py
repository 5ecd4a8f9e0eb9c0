"""References as tidy CSL-YAML, for people to keep and mend."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dossierbuild.core.csl_fields import DATES, NAMES, ORDER
from dossierbuild.core.model import Reference
from dossierbuild.core.names import read_name
from dossierbuild.tools.yamlfile import write_yaml


def references_as_yaml(references: Iterable[Reference]) -> str:
    """The works as CSL-YAML that parses to the same works: a field a line, a name a line, dates as EDTF."""
    items = [_laid_out(reference.work.csl()) for reference in references]
    return write_yaml({"references": items}).replace("\n  - id:", "\n\n  - id:").replace("\n\n", "\n", 1)


def _laid_out(item: dict[str, Any]) -> dict[str, Any]:
    rank = {field: number for number, field in enumerate(ORDER)}
    fields = sorted(item, key=lambda field: (rank.get(field, len(ORDER)), field))
    return {field: _value(field, item[field]) for field in fields}


def _value(field: str, value: Any) -> Any:
    if field in NAMES:
        return [_name(name) for name in value]
    return _date(value) if field in DATES else value


def _name(name: dict[str, str]) -> dict[str, str]:
    """A name; an empty particle keeps a family name whole that begins like a particle."""
    parts: dict[str, str] = {part: name[part] for part in ("literal", "family", "given") if part in name}
    parts |= name
    read = read_name(name)
    return parts if read and read.csl() == name else {**parts, "non-dropping-particle": ""}


def _date(date: dict[str, Any]) -> Any:
    """A date as EDTF where EDTF has it, else as CSL-JSON."""
    parts = date.get("date-parts", [])
    if not parts or any(part[0] < 0 for part in parts) or (len(parts) > 1 and "season" in date):
        return date
    ends = ["-".join([f"{part[0]:04}", *(f"{number:02}" for number in part[1:])]) for part in parts]
    if "season" in date:
        if len(parts[0]) > 1:
            return date
        ends = [f"{ends[0]}-{date['season'] + 20}"]
    return "/".join(ends) + ("~" if date.get("circa") else "")
