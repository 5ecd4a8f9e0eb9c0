"""Articles: the "De", "Het" and "Een" that a title or the name of an organisation begins with, and that do not count in
alphabetical order.

APA 9.44, 9.47 and 9.49; scribbr.nl/apa-stijl/literatuurlijst. A style sorts what it prints. Here an article travels
with its text as signs that take no room and sort as nothing, as the initials of namesakes do, and becomes letters again
in the list. The letters behind a year ("2011a") follow the same order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from types import MappingProxyType

from dossierbuild.core.works import Item
from dossierbuild.stages.cite.namesakes import hidden_signs, letters_of
from dossierbuild.stages.cite.works import leaders, leading_role
from dossierbuild.tools.csl import MARK

_ARTICLES = MappingProxyType(
    {"nl": "de het een ’t 't", "en": "the an a", "de": "der die das ein eine", "fr": "le la les un une"}
)
# Of organisations, whose names are not in the language of each of their works.
_OF_NAMES = "de het ’t 't the"
_HIDDEN = re.compile(f"{MARK}{MARK}([\U000e0100-\U000e01ff]+)")


def hide_articles(items: Iterable[Item], language: str) -> list[Item]:
    """The items with the first article of each title, and of the organisation that leads the work, hidden.

    `language` is that of works that do not say theirs. Citations print the short title, which keeps its article.
    """
    return [_led(_titled(item, str(item.get("language") or language))) for item in items]


def _titled(item: Item, language: str) -> Item:
    title = str(item.get("title", ""))
    hidden = _hidden(title, _ARTICLES.get(language.lower()[:2], ""))
    return item if hidden == title else {"title-short": title, **item, "title": hidden}


def _led(item: Item) -> Item:
    first, *others = leaders(item) or [{}]
    if "literal" not in first:
        return item
    return {**item, leading_role(item): [{**first, "literal": _hidden(first["literal"], _OF_NAMES)}, *others]}


def _hidden(text: str, articles: str) -> str:
    """A text with one of these articles at its beginning hidden; others as they are."""
    first, space, rest = text.partition(" ")
    if not rest or first.lower() not in articles.split():
        return text
    return f"{MARK}{MARK}{hidden_signs(first + space)}{rest}"


def sorting_title(item: Item) -> str:
    """The title of a work as it is sorted: without its hidden article, in small letters."""
    return _HIDDEN.sub("", str(item.get("title", ""))).casefold()


def show_article(word: str) -> str:
    """A word of an entry or a citation, with its hidden article as letters."""
    return _HIDDEN.sub(lambda match: letters_of(match[1]), word)
