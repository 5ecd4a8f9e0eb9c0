"""A new work in a list: its key, and the list with the work behind all others, else byte for byte as it was."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from dossierbuild.core.citation_keys import free_key, key_letters
from dossierbuild.core.names import Person, read_name
from dossierbuild.tools.yamlfile import YamlError, read_yaml

_ITEM = re.compile(r"([ ]*)-[ ]")


def key_for(item: dict[str, Any], taken: Collection[str]) -> str:
    """A key of the first name and the year, koeter2022, with a letter behind it where that is taken."""
    parts = item.get("issued", {}).get("date-parts", ())
    return free_key(_head(item), str(parts[0][0]) if parts else "", taken)


def _head(item: dict[str, Any]) -> str:
    """The name by which a work is looked up in small letters; of an organisation in several words the initials."""
    names = [name for role in ("author", "editor") for stated in item.get(role, ()) if (name := read_name(stated))]
    if names and isinstance(names[0], Person):
        return key_letters(names[0].family)
    words = str(names[0] if names else item["title"]).split()
    initials = "".join(word[0] for word in words if word[0].isupper()) if names else ""
    return key_letters(initials if len(initials) > 2 else next((word for word in words if len(word) > 3), words[0]))


def appended(data: bytes, entry: str) -> bytes | None:
    """A list in CSL-YAML with `entry` (a list of one work, below `references:`) behind its last work.

    None when the list is laid out so that a work cannot simply stand at its end.
    """
    text = data.decode("utf-8")
    lines = entry.split("\n", 1)[1].rstrip("\n").split("\n")
    try:
        document = read_yaml(text.removeprefix("\ufeff"))
    except YamlError:
        return None
    within = ("references",) if isinstance(document.value, dict) else ()
    listed = document.value.get("references") if isinstance(document.value, dict) else document.value
    if document.value is None:
        lines = ["references:", *lines]
    elif isinstance(listed, list) and listed:
        last = text.split("\n")[document.places[(*within, len(listed) - 1)][0] - 1]
        dash = _ITEM.match(last)
        if dash is None:
            return None
        lines = [f"{dash[1]}{line[2:]}" if line else line for line in lines]
    elif listed is not None or not isinstance(document.value, dict) or "references" not in document.value:
        return None
    end = "\r\n" if "\r\n" in text else "\n"
    before = "" if not text or text.endswith("\n") else end
    blank = end if text.strip() and document.value is not None and listed else ""
    after = data + f"{before}{blank}{end.join(lines)}{end}".encode()
    return after if _is_behind(after.decode("utf-8"), document.value, listed) else None


def _is_behind(text: str, before: Any, listed: Any) -> bool:
    """Whether the text reads as the list that it was, with one work more."""
    try:
        value = read_yaml(text.removeprefix("\ufeff")).value
    except YamlError:
        return False
    works = value.get("references") if isinstance(value, dict) else value
    if not isinstance(works, list) or not works or works[:-1] != (listed or []):
        return False
    around = {**value, "references": listed} if isinstance(value, dict) else before
    return before is None or around == before
