"""APA: what its manual asks of the data, and a style cannot do.

Sources: American Psychological Association, Publication manual (7th ed., 2020), by section, and its Dutch
restatements at HAN and Tilburg (libguides.uvt.nl/apa-handleiding).
"""

from __future__ import annotations

import re
from typing import Any

from dossierbuild.tools.csl import LEGAL

_LEGAL = frozenset(LEGAL.split())
_ARTICLE_NUMBER = re.compile(r"[eE][0-9]+\Z")
_DATA = frozenset({"dataset", "data set", "databestand", "gegevensbestand"})
_PUBLISHED = frozenset({"proefschrift", "dissertatie", "academisch proefschrift"})
_FIRST_EDITION = re.compile(
    r"(?:1|1e|1ste|1st|eerste|first)\.?(?:\s+(?:druk|dr\.?|editie|uitgave|edition|ed\.?))?\Z", re.IGNORECASE
)
# The first letter behind a colon, also behind a quotation mark, a tag, or "\u2019s" and "\u2019t", which stay small.
# A letter alone in a tag is a sign of a formula.
_SUBTITLE = re.compile(r"(?<=: )((?:<\w+>|[\u201c\u2018\"\u00ab])*(?:\u2019[a-z] )?)(ij|[^\W\d_])(?![a-z]*[A-Z]|</)")


def follow_apa(item: dict[str, Any]) -> None:
    """Change an item, in place, into what APA prints of it."""
    _name_organisation_once(item)
    _number_article(item)
    _bind_proceedings(item)
    _describe_episode(item)
    _describe_data(item)
    _describe_pamphlet(item)
    _pass_over_first_edition(item)
    _publish_thesis(item)
    if item.get("type") in _LEGAL:
        _title_legal_work(item)
    else:
        _begin_subtitles(item)


def _name_organisation_once(item: dict[str, Any]) -> None:
    """APA 9.29 and 9.33: a publisher, or the site of a web page, that is the author is left out."""
    everyone = {form for names in _literals(item) for form in _together(names)} - {""}
    if str(item.get("publisher", "")).casefold() in everyone:
        del item["publisher"]
    site = str(item.get("container-title", "")).casefold()
    if item.get("type") in ("webpage", "post") and site in everyone:
        del item["container-title"]


def _literals(item: dict[str, Any]) -> tuple[list[str], list[str]]:
    """The organisations that are authors, by their full names and by their short ones."""
    full = [name.get("literal", "").casefold() for name in item.get("author", ())]
    return full, [str(name.get("short") or name.get("literal", "")).casefold() for name in item.get("author", ())]


def _together(names: list[str]) -> tuple[str, ...]:
    """How names stand on a title page: each alone, or all in one line."""
    return *names, " & ".join(names), " en ".join(names), " and ".join(names)


def _number_article(item: dict[str, Any]) -> None:
    """APA 9.27, "Artikel e1234": an article's number that the list gives as its page becomes `number`."""
    numbered = _ARTICLE_NUMBER.match(str(item.get("page", "")))
    if numbered and item.get("type") == "article-journal" and "number" not in item:
        item["number"] = item.pop("page")


def _bind_proceedings(item: dict[str, Any]) -> None:
    """APA 10.5: proceedings that a publisher brought out are a book, which the style sees by its editors only."""
    in_a_book = item.get("publisher") and item.get("container-title") and not item.get("issue")
    if item.get("type") == "paper-conference" and in_a_book:
        item["type"] = "chapter"


def _describe_episode(item: dict[str, Any]) -> None:
    """APA 10.13: "(nr. 3) [Podcastaflevering]"; the style would take the genre for the name of the series' numbers."""
    if item.get("type") == "broadcast" and item.get("number") and item.get("genre") and not item.get("medium"):
        item["medium"] = item.pop("genre")


def _describe_data(item: dict[str, Any]) -> None:
    """APA 10.9: "(StatLine-tabel 85496NED) [Dataset]", with no "nr." between the kind of table and its number."""
    genre = str(item.get("genre", ""))
    if item.get("type") != "dataset" or not genre or not item.get("number"):
        return
    del item["genre"]
    if genre.casefold() in _DATA:
        item.setdefault("medium", genre)
    else:
        item["number"] = f"{genre} {item['number']}"


def _describe_pamphlet(item: dict[str, Any]) -> None:
    """APA 10.4: a pamphlet says what it is, "[Brochure]", which is the word in Dutch and English."""
    if item.get("type") == "pamphlet" and not item.get("genre") and not item.get("medium"):
        item["genre"] = "Brochure"


def _publish_thesis(item: dict[str, Any]) -> None:
    """ "[Proefschrift, Universiteit van Amsterdam]", also in print: a dissertation is published (HAN, apa-normen).

    The style takes a thesis without an address for an unpublished one.
    """
    genre = str(item.get("genre", ""))
    stored = item.get("archive") or item.get("DOI") or item.get("URL")
    if item.get("type") == "thesis" and genre.lower() in _PUBLISHED and item.get("publisher") and not stored:
        item["genre"] = f"{genre}, {item.pop('publisher')}"


def _pass_over_first_edition(item: dict[str, Any]) -> None:
    """HAN, apa-normen: a first edition is never named."""
    if _FIRST_EDITION.match(str(item.get("edition", ""))):
        del item["edition"]


def _title_legal_work(item: dict[str, Any]) -> None:
    """A legal work without a title goes by its series and number: "Kamerstukken II, 32793, nr. 459"."""
    if not item.get("title"):
        fields = ("container-title", "number")
        item["title"] = ", ".join(str(item.pop(field)) for field in fields if item.get(field))


def _begin_subtitles(item: dict[str, Any]) -> None:
    """Tilburg, apa-handleiding; APA 6.17: a subtitle begins with a capital."""
    for field in ("title", "container-title", "original-title", "reviewed-title"):
        if isinstance(item.get(field), str):
            item[field] = _SUBTITLE.sub(lambda match: match[1] + match[2].upper(), item[field])
