"""Languages by their tags (BCP 47)."""

from __future__ import annotations

from collections.abc import Iterable

FALLBACK = "en"
"""The language of the fixed words for a dossier whose own language has none."""


def language_for(tag: str, known: Iterable[str]) -> str:
    """The language of `known` that a tag names (`named_language`), and English where it names none."""
    return named_language(tag, known) or FALLBACK


def named_language(tag: str, known: Iterable[str]) -> str:
    """The language of `known` that a tag is or begins with, the longest first (RFC 4647, 3.4); empty without one."""
    by_tag = {language.lower(): language for language in known}
    subtags = tag.lower().replace("_", "-").split("-")
    beginnings = ("-".join(subtags[:length]) for length in range(len(subtags), 0, -1))
    return next((by_tag[beginning] for beginning in beginnings if beginning in by_tag), "")
