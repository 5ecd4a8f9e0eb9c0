"""Titles in another language than the dossier's: marked in the reference list, so that they are read aloud as such."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from dossierbuild.core.ast import Nodes, attr, plain_text, span
from dossierbuild.core.languages import is_known

_TAG = re.compile(r"<[^<>]*>")
_TITLES = ("title", "container-title")


def with_languages(entry: Nodes, item: Mapping[str, Any], language: str) -> Nodes:
    """An entry of the reference list with the titles of its work marked, where that is in a foreign language.

    `language` is the tag of the dossier's. A title that a style prints otherwise than it is written stays unmarked.
    """
    own = str(item.get("language", ""))
    if not is_known(own) or _primary(own) == _primary(language):
        return entry
    for title in _TITLES:
        entry = _marked(entry, _letters(_TAG.sub("", str(item.get(title, "")))), own)
    return entry


def _marked(entry: Nodes, title: str, language: str) -> Nodes:
    """The entry with the inlines that print a title in a span of its language."""
    letters = [_letters(plain_text(inline)) for inline in entry]
    for start in range(len(entry)):
        end, printed = start, ""
        while end < len(entry) and title.startswith(printed) and printed != title:
            printed += letters[end]
            end += 1
        if title and letters[start] and printed == title:
            return [*entry[:start], span(attr(lang=language), entry[start:end]), *entry[end:]]
    return entry


def _letters(text: str) -> str:
    """The letters and digits of a text, in one case: styles change capitals, dashes and quotation marks."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _primary(tag: str) -> str:
    return tag.lower().split("-")[0]
