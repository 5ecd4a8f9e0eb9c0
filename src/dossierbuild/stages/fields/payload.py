"""What programs pack into fields: base64, and JSON. It comes from strangers, so all of it has bounds."""

from __future__ import annotations

import base64
import json
import re
import unicodedata
from typing import Any

LONGEST = 4_000_000
"""Characters of a payload: a citation of hundreds of works with their abstracts."""

_SPACE = re.compile(r"\s+")
_PACKED = re.compile(r"[^=]+=*")


class PayloadError(Exception):
    """What a field carries cannot be read."""


def unpacked(text: str) -> str:
    """The text that base64 stands for, in either alphabet, with or without padding, and one behind the other.

    Raises PayloadError.
    """
    if len(text) > LONGEST:
        raise PayloadError
    try:
        data = b"".join(map(_decoded, _PACKED.findall(_SPACE.sub("", text).replace("-", "+").replace("_", "/"))))
        return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-8-sig").rstrip("\0")
    except ValueError:
        raise PayloadError from None


def _decoded(packed: str) -> bytes:
    bare = packed.rstrip("=")
    return base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True)


def read_object(text: str) -> dict[str, Any]:
    """The first JSON object in a text, its numbers as texts. What stands behind it is left; raises PayloadError."""
    start = text.find("{")
    if start < 0 or len(text) > LONGEST:
        raise PayloadError
    try:
        value, _ = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str).raw_decode(text, start)
    except (ValueError, RecursionError):
        raise PayloadError from None
    return members(value)


def members(value: Any) -> dict[str, Any]:
    """The members of an object; none of anything else."""
    return value if isinstance(value, dict) else {}


def elements(value: Any) -> list[Any]:
    """The elements of a list; none of anything else."""
    return value if isinstance(value, list) else []


def words(value: Any) -> str:
    """A text as it was typed, without signs that cannot stand in a text; empty for anything else."""
    if not isinstance(value, str):
        return ""
    return "".join(" " if unicodedata.category(sign) in ("Cc", "Cs") else sign for sign in value)


def line(value: Any) -> str:
    """A text on one line with single spaces; empty for anything else."""
    return " ".join(words(value).split())


def is_true(value: Any) -> bool:
    """Whether a program says yes, be it as `true`, 1 or a text."""
    return value is True or (isinstance(value, str) and value.casefold() in ("true", "1", "yes"))
