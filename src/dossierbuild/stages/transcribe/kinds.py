"""Which type of work a typed entry is of, and whether its text decides that."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dossierbuild.core.csl_fields import WorkType
from dossierbuild.stages.transcribe.entry import Found
from dossierbuild.stages.transcribe.media import MEDIA
from dossierbuild.stages.transcribe.publishers import is_house, is_institute, is_known_institute

_NEWSPAPERS = frozenset(
    name.strip()
    for name in """
    nrc|nrc handelsblad|nrc next|nrc.next|trouw|de volkskrant|volkskrant|het parool|parool|ad|algemeen dagblad|
    de standaard|de morgen|de tijd|het financieele dagblad|fd|de telegraaf|telegraaf|the guardian|the new york times|
    new york times|het laatste nieuws|hln|gazet van antwerpen|nederlands dagblad|reformatorisch dagblad|
    friesch dagblad|het nieuwsblad|leeuwarder courant|dagblad van het noorden|de gelderlander|tubantia|de stentor|
    bn destem|brabants dagblad|eindhovens dagblad|het belang van limburg|de limburger|noordhollands dagblad|
    leidsch dagblad|le monde|le soir|the washington post|the times|financial times|the independent|die zeit|metro|
    spits|de stem|pzc|haarlems dagblad
    """.split("|")
)
_PRINTED = re.compile(r"\.pdf\b|/(?:rapport|publicatie|report|publication|download|kamerstuk)", re.IGNORECASE)
_BLOG = re.compile(r"\bblog|weblog|wordpress|medium\.com", re.IGNORECASE)
_REFERENCE_WORK = re.compile(r"wikipedia|encyclop|van dale|woordenboek|dictionary", re.IGNORECASE)
_PROCEEDINGS = re.compile(r"proceedings|conference|congres|symposium|lecture notes", re.IGNORECASE)
_JOURNAL = re.compile(
    r"journal|tijdschrift|review|maandblad|annals|archives|international|research|studies|quarterly|science|"
    r"plos|bmc|bmj|lancet|nature|psychology|psychiatry|medicine|policy|kwartaal|beleid",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What of an entry tells its type.

    `italic` is "title", "container" or "" for where italics are; `serial` says whether numbers of a journal stand,
    `organisation` whether organisations alone made it, and `precision` how much of its date is known: 1 is a year.
    """

    fields: Found
    italic: str = ""
    chapter: bool = False
    edited: bool = False
    serial: bool = False
    thesis: bool = False
    report: bool = False
    medium: str = ""
    organisation: bool = False
    precision: int = 0

    def text(self, name: str) -> str:
        value = self.fields.fields.get(name, "")
        return value if isinstance(value, str) else ""


def is_newspaper(name: str) -> bool:
    return name.casefold() in _NEWSPAPERS


def kind_of(signs: Signs) -> tuple[WorkType, bool]:
    """The type, and whether the entry decides it."""
    if signs.thesis:
        return "thesis", True
    if signs.medium:
        kind = MEDIA.get(signs.medium.casefold().split(",")[0])
        return (kind, True) if kind else ("report" if not signs.text("URL") else "webpage", False)
    if signs.chapter:
        return _part_of_book(signs)
    container = signs.text("container-title")
    if container and (signs.serial or signs.italic == "container" or is_newspaper(container)):
        return _article(signs)
    return _by_itself(signs)


def _part_of_book(signs: Signs) -> tuple[WorkType, bool]:
    book = signs.text("container-title")
    if _REFERENCE_WORK.search(book):
        return "entry-encyclopedia", False
    if _PROCEEDINGS.search(book):
        return "paper-conference", False
    return "chapter", signs.edited or (signs.italic == "container" and bool(signs.text("page")))


def _article(signs: Signs) -> tuple[WorkType, bool]:
    container = signs.text("container-title")
    if is_newspaper(container):
        return "article-newspaper", not signs.text("volume")
    if signs.precision > 1 and not signs.text("DOI"):
        kind: WorkType = "article-magazine" if signs.serial else "article-newspaper"
        return ("post-weblog" if _BLOG.search(f"{container} {signs.text('URL')}") else kind), False
    if signs.text("DOI"):
        return "article-journal", True
    if signs.serial and signs.text("volume"):
        return "article-journal", bool(signs.text("page") or signs.text("issue") or signs.italic == "container")
    return "article-journal", bool(_JOURNAL.search(container)) and signs.italic == "container" and not signs.text("URL")


def _by_itself(signs: Signs) -> tuple[WorkType, bool]:
    """Of a work that is no part of another: book, report or page."""
    publisher, url = signs.text("publisher"), signs.text("URL")
    if signs.report:
        return "report", True
    if (
        signs.text("edition")
        or signs.text("ISBN")
        or "translator" in signs.fields.fields
        or (publisher and is_house(publisher))
    ):
        return "book", not url and bool(publisher) and signs.precision < 2 and not signs.organisation
    if url and not _PRINTED.search(url) and (signs.precision in (0, 2, 3) or not publisher):
        return "webpage", signs.precision == 0 and signs.italic == "title" and not publisher
    if publisher and is_institute(publisher):
        known = (is_known_institute(publisher) or signs.organisation) and (not url or bool(_PRINTED.search(url)))
        return "report", known and signs.italic == "title" and signs.precision == 1 and not signs.edited
    if signs.organisation or url:
        return "report", False
    return "book", False
