"""Titles and citation keys as names in addresses, ids and paths."""

from __future__ import annotations

import re
import unicodedata


def slug(title: str) -> str:
    """A title in lower case, without accents, words joined by hyphens; empty where nothing of it can be kept."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def anchor(key: str) -> str:
    """A citation key as it stands in an id (an NCName in EPUB): characters that may not stand there become `_HEX_`."""
    return re.sub(r"[^A-Za-z0-9_.-]", lambda match: f"_{ord(match[0]):x}_", key)
