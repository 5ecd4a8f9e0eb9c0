"""Addresses that editors write: which of them lead somewhere on the web, and which could run something."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):(?=\S)")
_HARMLESS = frozenset({"http", "https", "mailto", "tel"})
# Three points where a part was left out; inside a part they belong to it, as in the bibcode 1992JTest..61...41H.
_NOT_IN_ADDRESS = re.compile(r"[\s<>\"]|…|(?<![^/=?&])\.{3}|\.{3}(?![^/?&#])")


def is_web_address(address: str) -> bool:
    """Whether it is the address of something on the web: http or https, with a host and a port that can be."""
    try:
        parts = urlsplit(address)
        host = parts.hostname if parts.port != 0 else ""
    except ValueError:  # brackets that do not match, and ports that are no number
        return False
    fits = parts.scheme in ("http", "https") and "." in (host or "").strip(".")
    return fits and not _NOT_IN_ADDRESS.search(address)


def runs_or_opens(text: str) -> bool:
    """Whether a text begins with a scheme by which a reader's program could run or open something of its own."""
    found = _SCHEME.match(text)
    return found is not None and found[1].lower() not in _HARMLESS
