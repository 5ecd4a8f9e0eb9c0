"""Titles as names in addresses, ids and paths."""

from __future__ import annotations

import re
import unicodedata


def slug(title: str) -> str:
    """A title in lower case, without accents, words joined by hyphens; empty where nothing of it can be kept."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
