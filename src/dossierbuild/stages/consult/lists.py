"""A new work in a list: the list with the work behind all others, else byte for byte as it was."""

from __future__ import annotations

import re
from typing import Any

from dossierbuild.tools.yamlfile import YamlDocument, YamlError, read_yaml

_ITEM = re.compile(r"([ ]*)-[ ]")


def appended(data: bytes, entry: str) -> bytes | None:
    """A list in CSL-YAML with `entry` (a list of one work, below `references:`) behind its last work.

    None when the list is laid out so that a work cannot simply stand at its end.
    """
    text = data.decode("utf-8")
    try:
        document = read_yaml(text.removeprefix("\ufeff"))
    except YamlError:
        return None
    lines = _laid_out(entry, text, document)
    if lines is None:
        return None
    end = "\r\n" if "\r\n" in text else "\n"
    before = "" if not text or text.endswith("\n") else end
    blank = end if _works(document.value) else ""
    after = data + f"{before}{blank}{end.join(lines)}{end}".encode()
    return after if _is_behind(after.decode("utf-8"), document.value) else None


def _laid_out(entry: str, text: str, document: YamlDocument) -> list[str] | None:
    """The lines of an entry as they stand in this list: as far to the right as its last work."""
    lines = entry.split("\n", 1)[1].rstrip("\n").split("\n")
    works = _works(document.value)
    if works:
        within = ("references",) if isinstance(document.value, dict) else ()
        last = text.split("\n")[document.places[(*within, len(works) - 1)][0] - 1]
        dash = _ITEM.match(last)
        return [f"{dash[1]}{line[2:]}" if line else line for line in lines] if dash else None
    if document.value is None:
        return ["references:", *lines]
    is_begun = isinstance(document.value, dict) and document.value.get("references", "") is None
    return lines if is_begun else None


def _works(value: Any) -> list[Any]:
    """The works of a list as YAML has them; none where it has no works yet or is no list."""
    listed = value.get("references") if isinstance(value, dict) else value
    return listed if isinstance(listed, list) else []


def _is_behind(text: str, before: Any) -> bool:
    """Whether the text reads as the list that it was, with one work more."""
    try:
        value = read_yaml(text.removeprefix("\ufeff")).value
    except YamlError:
        return False
    works = _works(value)
    if not works or works[:-1] != _works(before):
        return False
    if isinstance(value, dict) and isinstance(before, dict):
        return value | {"references": before["references"]} == before
    return before is None or isinstance(before, list)
