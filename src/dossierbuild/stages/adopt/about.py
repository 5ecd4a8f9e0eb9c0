"""What dossier.yaml says of a book: its settings by the keys of a dossier."""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from collections.abc import Iterator
from types import MappingProxyType
from typing import Any

from dossierbuild.core.languages import is_known
from dossierbuild.core.moments import Span, read_moment
from dossierbuild.core.problems import NOWHERE, Checked, Problem, problem
from dossierbuild.core.slug import slug
from dossierbuild.stages.adopt.folder import Settings, as_dict, as_list
from dossierbuild.stages.adopt.people import people
from dossierbuild.tools.identifiers import printed_isbn, same_isbn, same_issn

UNKNOWN_DATE = "2000-01-01"
"""The date of a dossier whose book has none: dossier.yaml must have one, and this one is seen to be none."""

# Keys that say how a book is laid out, made or found on the web, which a dossier needs no words for.
_PASSED_OVER = frozenset(
    """
    abstract affiliations after_chapter_script always-allow-html always_allow_html appendices author author-meta
    authors before_chapter_script biblatex biblatexoptions biblio-style bibliography bibliography-title book
    book_filename bookdown::epub_book bookdown::gitbook bookdown::html_book bookdown::pdf_book
    bookdown::word_document2 chapters citation-style cite-method citecolor citeproc classoption clean code-fold
    code-line-numbers colorlinks comments config copyright-page cover-image crossref csl css date date-format
    date-meta delete_merged_file description df-print documentclass doi downloads edit edition editor
    editor_options engine execute favicon fig-cap-location flandersqmd-book fontsize format freeze from geometry
    github-repo header-includes include-after indent input-file input-files institute keywords knit knitr lang
    language license lightbox linestretch link-citations linkReferences linkcolor links-as-notes lof lot
    mainfont margin-left margin-right metadata metadata-file metadata-files monofont navbar new_session nocite
    number-sections numbersections open-graph output output-file output_dir page-footer page-navigation
    pagetitle papersize params pdf-engine pkgdown project publisher reader-mode reference-section-title
    references repo repo-actions repo-url rmd_files rmd_subdir sansfont search secnumdepth sharing sidebar site
    site-url split_by standalone sub-url subtitle suppress-bibliography tbl-cap-location theme title
    title-block-banner title-prefix to toc toc-depth toc-title toccolor top-level-division twitter-card type url
    urlcolor variables version website isbn isbn-pdf isbn_pdf isbn-epub isbn_epub issn series series-number
    collection-title collection-number identifier report_number report-number reportnr rapportnummer
    """.split()
)
_LICENCES = re.compile(r"cc[ -]?(by(?:[ -](?:nc|sa|nd))*)(?:[ -]?(\d\.\d))?\b", re.IGNORECASE)
_TAGS = MappingProxyType({"nl": "nl-NL", "dutch": "nl-NL", "en": "en-GB", "english": "en-GB"})
_DUTCH = re.compile(r"\b(?:de|het|een|van|en|voor|zijn|wordt)\b")
_ENGLISH = re.compile(r"\b(?:the|of|and|to|for|is|are|was)\b")
_MARKUP = re.compile(r"<[^<>]*>|[*_`]|\\[a-z]+\b|[\\{}]")


def language_of(settings: Settings, text: str) -> str:
    """The tag of a book's language: as it says, else the one of Dutch and English of which its text has more words."""
    said = " ".join(settings.texts("lang"))
    if said and is_known(said):
        return _TAGS.get(said.lower(), said)
    sample = text[:200_000].lower()
    return "nl-NL" if len(_DUTCH.findall(sample)) >= len(_ENGLISH.findall(sample)) else "en-GB"


def manifest_of(settings: Settings, tag: str, fallback: str) -> Checked[dict[str, Any]]:
    """The keys of dossier.yaml with their values, without the reference list, its style and the publications.

    `fallback` is the title of a book without one. D806: a key that has no place in a dossier. D807: a date that cannot
    be read, or none.
    """
    date = _date(settings)
    said = {
        "title": _plain(settings, "title") or fallback,
        "subtitle": _plain(settings, "subtitle"),
        "slug": slug(_plain(settings, "title") or fallback)[:60].strip("-") or "dossier",
        "language": tag,
        "edition": _plain(settings, "edition", "version") or "1.0",
        "date": date or UNKNOWN_DATE,
        "authors": people(settings),
        "publisher": _plain(settings, "publisher", "institute"),
        "license": _licence(_plain(settings, "license")),
        "identifier": _plain(settings, "doi"),
        "issn": same_issn(_plain(settings, "issn")),
        "series": _series(settings),
        "report_number": _plain(settings, "report_number", "report-number", "reportnr", "rapportnummer"),
        "description": _plain(settings, "description"),
        "keywords": list(settings.texts("keywords")),
    }
    told = [] if date else [problem("D807", _place(settings, "date"), date=UNKNOWN_DATE)]
    told += _unknown(settings, said)
    return Checked({key: value for key, value in said.items() if value}, tuple(told))


def _unknown(settings: Settings, said: dict[str, Any]) -> Iterator[Problem]:
    for key in settings.by_key:
        if key.lower() not in _PASSED_OVER and settings.get(key) not in (None, "", [], {}) and "::" not in key:
            yield problem("D806", settings.place(key), key, key=key)
    taken = {"license": said["license"], "issn": said["issn"], "isbn": isbns_of(settings), "series": said["series"]}
    for key, value in taken.items():
        if settings.get(key) not in (None, "", [], {}) and not value:
            yield problem("D806", settings.place(key), key, key=key)


def isbns_of(settings: Settings) -> dict[str, str]:
    """The ISBNs of a book by the format that each is of; one of which that is not said is that of the PDF."""
    written = settings.get("isbn")
    said = {str(form).lower(): number for form, number in written.items()} if isinstance(written, dict) else {}
    listed = [as_dict(item) for item in as_list(settings.get("identifier"))]
    named = (item.get("text") for item in listed if "isbn" in str(item.get("scheme", "")).lower())
    alone = next((number for number in (*as_list(None if said else written), *named) if same_isbn(str(number))), "")
    found = {
        form: printed_isbn(str(said.get(form) or settings.get(f"isbn-{form}") or settings.get(f"isbn_{form}") or ""))
        for form in ("pdf", "epub")
    }
    found["pdf"] = found["pdf"] or (printed_isbn(str(alone)) if alone else "")
    return {form: number for form, number in found.items() if number}


def _series(settings: Settings) -> dict[str, str]:
    written = settings.get("series")
    said = as_dict(written)
    title = str(said.get("title") or said.get("name") or "") or _plain(settings, "series", "collection-title")
    number = said.get("number") or settings.get("series-number") or settings.get("collection-number") or ""
    return {"title": title} | ({"number": str(number)} if number else {}) if title else {}


def _place(settings: Settings, key: str) -> Any:
    return settings.place(key) if key in settings.by_key else NOWHERE


def _plain(settings: Settings, *keys: str) -> str:
    """What some key says in one line, without markup; empty where R works it out."""
    for key in keys:
        value = settings.get(key)
        value = value.get("name") or value.get("text") or value.get("type") if isinstance(value, dict) else value
        words = " ".join(str(item) for item in value) if isinstance(value, list) else value
        if isinstance(words, str | int | float) and "`r " not in str(words):
            return " ".join(_MARKUP.sub("", str(words)).split())
    return ""


def _date(settings: Settings) -> str:
    """The date as dossier.yaml has it: a month or a year is its last day, since no source was read after it."""
    value = settings.get("date")
    if isinstance(value, datetime.date):
        return value.isoformat()
    moment = read_moment(str(value)) if isinstance(value, str | int) else None
    if moment is None or not moment.number > 0:
        return ""
    parts = {Span.YEAR: 1, Span.QUARTER: 4, Span.MONTH: 12}
    if moment.span is Span.DAY:
        return datetime.date.fromordinal(moment.number).isoformat()
    year, part = divmod(moment.number, parts[moment.span])
    month = (part + 1) * 12 // parts[moment.span]
    return f"{year:04}-{month:02}-{monthrange(year, month)[1]}" if 1000 <= year <= 9999 else ""


def _licence(text: str) -> str:
    """A licence of Creative Commons by its SPDX identifier, or what is one already."""
    found = _LICENCES.search(text)
    if found:
        return f"CC-{found[1].upper().replace(' ', '-')}-{found[2] or '4.0'}"
    return text if re.fullmatch(r"[A-Za-z0-9.+-]+", text) else ""
