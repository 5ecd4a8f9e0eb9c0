"""What a service says of a work, as an item of CSL-JSON, and what is not sure about it."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from dossierbuild.core.csl_fields import NAMES, TYPES
from dossierbuild.core.names import looks_like_organisation, name_of, read_name
from dossierbuild.core.reasons import Reason
from dossierbuild.stages.consult.questions import Question, Service

_TYPES = MappingProxyType({
    "journal-article": "article-journal", "book-chapter": "chapter", "book-section": "chapter", "book-part": "chapter",
    "monograph": "book", "edited-book": "book", "reference-book": "book", "proceedings-article": "paper-conference",
    "dissertation": "thesis", "posted-content": "article", "report-component": "report",
    "reference-entry": "entry-encyclopedia", "peer-review": "review", "proceedings": "book",
})  # fmt: skip
_KEPT = (
    "title", "container-title", "collection-title", "volume", "issue", "number", "page", "edition", "publisher",
    "publisher-place", "genre", "version", "language", "ISBN", "ISSN",
)  # fmt: skip
_LANGUAGES = MappingProxyType({
    "eng": "en", "dut": "nl", "ger": "de", "fre": "fr", "spa": "es", "ita": "it", "por": "pt", "dan": "da", "swe": "sv",
})  # fmt: skip
# Works of which the list prints the day, and not the year alone.
_BY_DAY = frozenset({"article-newspaper", "article-magazine", "webpage", "post", "post-weblog", "broadcast"})
_CODE = re.compile(r"</?(?!(?:i|b|sub|sup)>)[A-Za-z][^<>]*>")
_PARTICLE_AND_NAME = re.compile(r"(.*\S)\s+([^\W\d_]{1,4}(?:-[^\W\d_])?)(?:\s+(?:Jr|Sr|2nd|3rd))?\Z")


class AnswerError(Exception):
    """The answer is none that can be read; or, with `unknown`, it says that there is no such work."""

    def __init__(self, *, unknown: bool = False) -> None:
        super().__init__()
        self.unknown = unknown


@dataclass(frozen=True, slots=True)
class Found:
    """A work as an item of CSL-JSON without an id, and what is not sure about it."""

    item: dict[str, Any]
    doubts: tuple[Reason, ...]


def found_in(answer: bytes, question: Question) -> Found:
    """What the answer to a question says of the work. Raises AnswerError."""
    try:
        stated = json.loads(answer)
        item = _READERS[question.service](stated, question.number)
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError, IndexError):
        raise AnswerError from None
    if not item.get("title"):
        raise AnswerError
    return Found({name: value for name, value in item.items() if value}, tuple(_doubts(item, question.service)))


# --- doi.org: CSL-JSON by Crossref, DataCite and others ---------------------------------------------------------------


def _of_doi(stated: dict[str, Any], number: str) -> dict[str, Any]:
    kind = str(stated.get("type", ""))
    kind = _TYPES.get(kind, kind)
    item: dict[str, Any] = {"type": kind if kind in TYPES else "document"}
    for role in sorted(NAMES & stated.keys()):
        item[role] = [_given_name(name) for name in stated[role] if isinstance(name, dict)]
    item |= {field: _text(stated[field]) for field in _KEPT if field in stated}
    subtitle = _text(stated.get("subtitle", ""))
    if subtitle and subtitle.casefold() not in item.get("title", "").casefold():
        item["title"] = f"{item.get('title', '')}: {subtitle}"
    item["number"] = item.get("number") or _text(stated.get("article-number", ""))
    item["publisher-place"] = item.get("publisher-place") or _text(stated.get("publisher-location", ""))
    if item["type"].startswith("article-"):
        item |= {"publisher": "", "publisher-place": "", "ISBN": ""}
    else:
        item["ISSN"] = ""
    item |= {"issued": _issued(stated.get("issued"), item["type"]), "DOI": _text(stated.get("DOI", "")) or number}
    return item


def _given_name(name: dict[str, Any]) -> dict[str, str]:
    """A name by its parts; an organisation that was cut in two is one again."""
    if whole := _text(name.get("literal") or name.get("name") or ""):
        return {"literal": whole}
    wanted = ("family", "given", "non-dropping-particle", "dropping-particle", "suffix")
    parts = {part: text for part in wanted if (text := _text(name.get(part, "")))}
    read = read_name(parts)
    return {"literal": str(read)} if read and looks_like_organisation(read) else parts


def _text(value: Any) -> str:
    """A field as plain text with the marks that titles have; the first of several."""
    if isinstance(value, list):
        value = value[0] if value else ""
    plain = value if isinstance(value, str) else str(value) if isinstance(value, int) else ""
    return " ".join(_CODE.sub("", html.unescape(plain)).split())


def _issued(value: Any, kind: str) -> dict[str, Any]:
    parts = [int(part) for part in value["date-parts"][0] if part] if isinstance(value, dict) else []
    return {"date-parts": [parts if kind in _BY_DAY else parts[:1]]} if parts else {}


# --- Open Library -----------------------------------------------------------------------------------------------------


def _of_book(stated: dict[str, Any], number: str) -> dict[str, Any]:
    if not stated:
        raise AnswerError(unknown=True)
    book = stated[f"ISBN:{number}"]
    title, subtitle = _text(book.get("title", "")), _text(book.get("subtitle", ""))
    return {
        "type": "book",
        "author": [_one_text(_text(author["name"])) for author in book.get("authors", ())],
        "issued": _year(_text(book.get("publish_date", ""))),
        "title": f"{title}: {subtitle}" if subtitle else title,
        "publisher": _text([publisher["name"] for publisher in book.get("publishers", ())]),
        "publisher-place": _text([place["name"] for place in book.get("publish_places", ())]),
        "ISBN": number,
    }


def _one_text(name: str) -> dict[str, str]:
    family, comma, given = (part.strip() for part in name.partition(","))
    return {"family": family, "given": given} if comma and given else name_of(name).csl()


def _year(text: str) -> dict[str, Any]:
    found = re.search(r"\b(?:1[4-9]|20)[0-9]{2}\b", text)
    return {"date-parts": [[int(found[0])]]} if found else {}


# --- PubMed -----------------------------------------------------------------------------------------------------------


def _of_pubmed(stated: dict[str, Any], number: str) -> dict[str, Any]:
    work = stated["result"].get(number)
    if not work or "error" in work:
        raise AnswerError(unknown=True)
    languages = [_LANGUAGES.get(tag, tag) for tag in work.get("lang", ())]
    title = _text(work.get("vernaculartitle", "")) or _text(work.get("title", "")).strip("[]. ").removesuffix("]")
    dois = [_text(known["value"]) for known in work.get("articleids", ()) if known.get("idtype") == "doi"]
    return {
        "type": "article-journal",
        "author": [_pubmed_name(name) for name in work.get("authors", ())],
        "issued": _year(_text(work.get("pubdate", ""))),
        "title": title.removesuffix("."),
        "container-title": _text(work.get("fulljournalname", "")) or _text(work.get("source", "")),
        "volume": _text(work.get("volume", "")),
        "issue": _text(work.get("issue", "")),
        "page": _whole_pages(_text(work.get("pages", ""))),
        "DOI": _text(dois),
        "PMID": number,
        "language": languages[0] if len(languages) == 1 else "",
    }


def _pubmed_name(name: dict[str, Any]) -> dict[str, str]:
    """ "van der Meer JA" as family name and initials; a group stays whole."""
    text = _text(name["name"])
    match = _PARTICLE_AND_NAME.match(text)
    if match is None or name.get("authtype") == "CollectiveName":
        return {"literal": text}
    return {"family": match[1], "given": " ".join(f"{letter}." for letter in match[2] if letter.isalpha())}


def _whole_pages(pages: str) -> str:
    """ "123-30" as 123-130."""
    first, dash, last = pages.partition("-")
    short = dash and first.isdigit() and last.isdigit() and len(last) < len(first)
    return f"{first}-{first[: len(first) - len(last)]}{last}" if short else pages


_READERS = MappingProxyType({Service.DOI: _of_doi, Service.OPEN_LIBRARY: _of_book, Service.PUBMED: _of_pubmed})


# --- what is not sure -------------------------------------------------------------------------------------------------


def _doubts(item: dict[str, Any], service: Service) -> Iterator[Reason]:
    title = str(item.get("title", ""))
    if _has_capitals(title):
        yield Reason(
            "de titel heeft hoofdletters als een kop en staat er zoals hij gegeven is; in zinsvorm hebben alleen het "
            "eerste woord en namen er een",
            "the title has the capitals of a headline and stands as it was given; in sentence case only the first word "
            "and names have one",
        )
    if item["type"] == "document":
        yield Reason("de soort van het werk is niet bekend", "the type of the work is not known")
    if not item.get("issued"):
        yield Reason("er is geen jaar bekend; er komt z.d. te staan", "no year is known; it will print as n.d.")
    if not any(item.get(role) for role in ("author", "editor", "translator")):
        yield Reason("er is geen auteur bekend", "no author is known")
    elif any("literal" in name for name in item.get("author", ())):
        yield Reason(
            "een naam in één stuk is overgenomen als die van een organisatie",
            "a name in one piece was taken over as that of an organisation",
        )
    if service is Service.OPEN_LIBRARY:
        yield Reason(
            "Open Library geeft namen in één stuk, en een drukaanduiding niet",
            "Open Library gives names in one piece, and no edition",
        )


def _has_capitals(title: str) -> bool:
    """Whether most of the long words behind the first have a capital, or all letters are capitals."""
    words = re.findall(r"[^\W\d_]{4,}", title)[1:]
    capitals = sum(word[0].isupper() for word in words)
    return title.isupper() or (len(words) > 1 and 3 * capitals > 2 * len(words))
