"""Articles: the "De", "Het" and "Een" that a title begins with and that do not count in alphabetical order.

APA 9.45 and 9.47; scribbr.nl/apa-stijl/literatuurlijst. A style sorts what it prints. Here an article travels with the
title as signs that take no room and sort as nothing, as the initials of namesakes do, and becomes letters again in the
list. The letters behind a year ("2011a") follow the same order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from types import MappingProxyType

from dossierbuild.core.works import Item
from dossierbuild.stages.cite.namesakes import hidden_signs, letters_of
from dossierbuild.tools.csl import MARK

_ARTICLES = MappingProxyType(
    {"nl": "de het een ’t 't", "en": "the an a", "de": "der die das ein eine", "fr": "le la les un une"}
)
_HIDDEN = re.compile(f"{MARK}{MARK}([\U000e0100-\U000e01ff]+)")


def hide_articles(items: Iterable[Item], language: str) -> list[Item]:
    """The items with the first article of each title hidden; `language` is that of works that do not say theirs.

    Citations print the short title, which keeps its article.
    """
    return [_hidden(item, str(item.get("language") or language)) for item in items]


def _hidden(item: Item, language: str) -> Item:
    title = str(item.get("title", ""))
    first, space, rest = title.partition(" ")
    if not rest or first.lower() not in _ARTICLES.get(language.lower()[:2], "").split():
        return item
    signs = hidden_signs(first + space)
    return {"title-short": title, **item, "title": f"{MARK}{MARK}{signs}{rest}"}


def show_article(word: str) -> str:
    """A word of an entry or a citation, with its hidden article as letters."""
    return _HIDDEN.sub(lambda match: letters_of(match[1]), word)
