"""BibTeX and BibLaTeX: text in, entries laid out as CSL-JSON out.

pandoc reads the fields (TeX, strings, cross-references); what it loses is taken from the text itself: the
place of each entry, keys that it cannot read, titles as written (it takes every title without a language for English
and lowers its capitals), names in one line, dates in words, languages and the kinds of entry that it does not know.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from dossierbuild.core.catalogue import Language
from dossierbuild.core.citation_words import CITATION_WORDS
from dossierbuild.core.csl_fields import NAMES
from dossierbuild.core.problems import Checked, Place, Problem, problem
from dossierbuild.core.work_dates import DateError, read_date
from dossierbuild.stages.parse.bibtex_links import link_edits, string_edits
from dossierbuild.stages.parse.bibtex_names import WholeNames, names_apart, whole_names
from dossierbuild.stages.parse.bibtex_text import MAX_BRACES, BibEntry, Edit, edited, scan_entries, too_deep
from dossierbuild.stages.parse.places import Places, places_of
from dossierbuild.stages.parse.reference_items import Entry
from dossierbuild.stages.parse.reference_notes import stated_in_words
from dossierbuild.stages.parse.short_names import with_short_authors
from dossierbuild.tools.pandoc import PandocError, read_references

_ROUND = re.compile(r"\A(@\s*[A-Za-z]\w*\s*)\((.*)\)\Z", re.DOTALL)
_READABLE = re.compile(r"[\w:.+/-]+\Z", re.ASCII)
_COMMA = re.compile(r"\s*,")

_TITLES = frozenset(
    """
    title subtitle titleaddon booktitle booksubtitle booktitleaddon maintitle mainsubtitle maintitleaddon
    journaltitle journalsubtitle issuetitle issuesubtitle eventtitle origtitle shorttitle reprinttitle
    """.split()
)
# Lists in BibLaTeX, so that pandoc parts them at "and"; in most lists it is a word of a name: John Wiley and Sons.
_PUBLISHERS = frozenset({"publisher", "origpublisher", "institution", "organization", "school"})
_DATES = MappingProxyType(
    {"date": "issued", "urldate": "accessed", "origdate": "original-date", "eventdate": "event-date"}
)
_KINDS = MappingProxyType(
    {
        "misc": "document",
        "unpublished": "manuscript",
        "newspaper": "article-newspaper",
        "newspaperarticle": "article-newspaper",
        "magazine": "article-magazine",
        "blog": "post-weblog",
        "game": "software",
        "lecture": "speech",
        "map": "map",
        "monograph": "book",
        "podcast": "broadcast",
        "preprint": "article",
        "presentation": "speech",
        "source": "document",
        "talk": "speech",
        "workingpaper": "report",
        "webpage": "webpage",
        "website": "webpage",
        "law": "legislation",
        "bill": "bill",
        "case": "legal_case",
        "film": "motion_picture",
        "generic": "document",
        "hearing": "hearing",
        "magazine_article": "article-magazine",
        "newspaper_article": "article-newspaper",
        "statute": "legislation",
        "television_broadcast": "broadcast",
    }
)
# Kinds that pandoc takes for something else.
_OTHERWISE = MappingProxyType({"review": "article-journal", "standard": "standard"})
# Kinds of Mendeley's with a _ in their names, which pandoc cannot read, and others, by what it knows them by.
_ALIASES = MappingProxyType(
    {
        "book_section": "incollection",
        "conference": "inproceedings",
        "conference_proceedings": "inproceedings",
        "encyclopedia_article": "inreference",
        "magazine_article": "article",
        "newspaper_article": "article",
        "suppbook": "incollection",
        "suppcollection": "incollection",
        "web_page": "online",
        "working_paper": "report",
        "bachelorthesis": "thesis",
        "bachelorsthesis": "thesis",
        "masterthesis": "thesis",
        "dissertation": "thesis",
        "doctoralthesis": "thesis",
    }
)
_VERBATIM = frozenset({"DOI", "ISBN", "ISSN", "URL"})
_TEX = re.compile(r"\\(?:url|href|doi|path|nolinkurl)(?=\{)")
_COMPOUND = re.compile(r"(?:(.*)\s)?(\S+-(?:van|van de|van den|van der|de|den|der|ter|ten))\Z", re.IGNORECASE)
_DISSERTATION = MappingProxyType({language: words.dissertation for language, words in CITATION_WORDS.items()})
_MASTER = MappingProxyType({language: words.masters_thesis for language, words in CITATION_WORDS.items()})
_BACHELOR = MappingProxyType({language: words.bachelors_thesis for language, words in CITATION_WORDS.items()})
_KINDS_OF_THESIS = (
    (
        _DISSERTATION,
        "phdthesis|dissertation|doctoralthesis|phd thesis|phd dissertation|doctoral dissertation|doctoral thesis",
    ),
    (_MASTER, "mastersthesis|masterthesis|mathesis|master’s thesis|master's thesis|msc thesis"),
    (_BACHELOR, "bathesis|bachelorthesis|bachelorsthesis|bachelor thesis|bachelor’s thesis|bachelor's thesis"),
)
_THESES = MappingProxyType({name: kind for kind, names in _KINDS_OF_THESIS for name in names.split("|")})
_PRIVATE = frozenset({"persoonlijke communicatie", "personal communication", "e-mail", "email"})


def bibtex_entries(path: str, text: str, language: Language) -> Checked[tuple[Entry, ...]]:
    """The works of a .bib file; a thesis whose entry states no language is named in `language`.

    D250 for what an entry takes from elsewhere in the file and is not there; D138 and D208 where nothing can be read.
    """
    places = places_of(path, text)
    deep = too_deep(text)
    if deep is not None:
        return Checked(None, (problem("D138", places.at(deep), limit=MAX_BRACES),))
    found = tuple(scan_entries(text))
    if not found:
        return Checked(None, (problem("D229", Place(path)),))
    tokens = dict(zip(found, _tokens(found), strict=True))
    taken = [*string_edits(found, places), *link_edits(found, tokens, places)]
    edits = [edit for edit in taken if isinstance(edit, Edit)]
    problems = tuple(fault for fault in taken if isinstance(fault, Problem))
    try:
        items = read_references(_for_pandoc(text, tokens, edits), "biblatex")
    except PandocError as error:
        return Checked(None, (*problems, _unreadable(places, str(error), found)))
    by_token = {token: entry for entry, token in tokens.items()}
    whole = whole_names(found, text)
    read = ((by_token[item["id"]], item) for item in items)
    entries = tuple(
        Entry(
            item={**_mended(item, bib, bib.raw(text), language, whole), "id": bib.key},
            place=places.at(bib.offset),
        )
        for bib, item in read
    )
    return Checked(entries, problems)


# --- the text for pandoc ---------------------------------------------------------------------------------------------


def _tokens(entries: Sequence[BibEntry]) -> Iterator[str]:
    """The key by which pandoc gets each entry: its own where pandoc can read it, and no other entry has it."""
    taken: set[str] = set()
    for number, entry in enumerate(entries):
        fits = _READABLE.match(entry.key) and entry.key not in taken
        taken.add(entry.key)
        yield entry.key if fits else f"dossierbuild:{number}"


def _for_pandoc(text: str, tokens: Mapping[BibEntry, str], edits: Sequence[Edit]) -> str:
    """The entries alone, each on the lines where it stands in the text."""
    starts = [entry.offset for entry in tokens]
    taken: dict[int, list[Edit]] = {}
    for edit in edits:
        taken.setdefault(starts[bisect_right(starts, edit.start) - 1], []).append(edit)
    parts, last = [], 0
    for entry, token in tokens.items():
        own = [*taken.get(entry.offset, ()), *_kept_whole(entry), *names_apart(entry, text)]
        if entry.has_key:
            comma = "" if _COMMA.match(text, entry.key_end) else ","
            own.append(Edit(entry.key_start, entry.key_end, token + comma))
        written = edited(text, entry.offset, entry.end, own)
        parts += ["\n" * text.count("\n", last, entry.offset), _ROUND.sub(r"\1{\2}", _known_kind(written, entry.kind))]
        last = entry.end
    return "".join(parts)


def _known_kind(text: str, kind: str) -> str:
    alias = _ALIASES.get(kind, "misc" if "_" in kind else "")
    return re.sub(r"\A@\s*\w+", f"@{alias}", text) if alias else text


def _kept_whole(entry: BibEntry) -> Iterator[Edit]:
    """Braces around titles and publishers: so BibTeX keeps capitals, and an "and" in a name."""
    for name, pieces in entry.fields:
        if name in _TITLES | _PUBLISHERS:
            for piece in pieces:
                if not piece.bare:
                    yield Edit(piece.start, piece.start, "{")
                    yield Edit(piece.end, piece.end, "}")


def _unreadable(places: Places, message: str, entries: tuple[BibEntry, ...]) -> Problem:
    """Where pandoc gives up. The column may have moved with the braces that were added; the line has not.

    pandoc names the line in words only, which `test_a_list_that_cannot_be_read_is_told_at_its_line` checks.
    """
    match = re.search(r"line ([0-9]+)", message)
    lines = places.text.split("\n")
    number = int(match.group(1)) if match else 0
    if not 0 < number <= len(lines) or "end of input" in message:
        # An entry that is never closed runs to the end.
        last = places.at(entries[-1].offset)
        number = last.line
    return problem("D208", Place(places.path, number), reason=lines[number - 1].strip()[:60])


# --- the fields ------------------------------------------------------------------------------------------------------


def _mended(
    item: dict[str, Any], bib: BibEntry, raw: dict[str, str], language: Language, whole: WholeNames
) -> dict[str, Any]:
    """pandoc's item, with what it lost taken from the text."""
    mended = {field: _names(value, whole) if field in NAMES else value for field, value in item.items()}
    mended = with_short_authors(mended, {name: raw[name] for name, pieces in bib.fields if not pieces[0].bare})
    if "shorttitle" not in raw:
        mended.pop("title-short", None)
    mended |= {field: _verbatim(str(mended[field])) for field in _VERBATIM & mended.keys()}
    mended |= _dates(item, raw)
    mended.setdefault("language", raw.get("langid") or raw.get("language") or raw.get("hyphenation"))
    mended |= _genre(bib.kind, raw, Language.of(str(item.get("language", language.value))), item)
    mended |= _school(mended) | stated_in_words(mended)
    if "issue" in raw and item.get("type", "").startswith("article"):
        mended.setdefault("issue", raw["issue"])  # pandoc knows it beside a number only
    mended["type"] = _type(bib.kind, raw, mended)
    if mended["type"] == "legal_case" and "authority" not in mended:
        mended["authority"] = mended.pop("publisher", "")
    number = raw.get("eid") or raw.get("article-number")
    if number and not mended.get("page"):
        mended.setdefault("number", number)
    return mended | _preprint(raw, mended)


def _verbatim(text: str) -> str:
    """An address or number without the signs of TeX, which stand in it as typed: braces, "\\url", "\\_"."""
    return _TEX.sub("", text).replace("\\~{}", "~").replace("{", "").replace("}", "").replace("\\", "")


def _type(kind: str, raw: Mapping[str, str], item: Mapping[str, Any]) -> str:
    """The type of CSL for a kind of entry; one that nobody knows stays, for the message."""
    if kind in _OTHERWISE:
        return _OTHERWISE[kind]
    if kind == "inbook" and not item.get("container-title"):
        return "book"  # BibTeX's: pages or a chapter of the book whose title it has
    if item.get("type") and not ("_" in kind and kind in _KINDS):
        return str(item["type"])
    if raw.get("type", "").lower() in _PRIVATE:
        return "personal_communication"
    return "webpage" if kind == "misc" and item.get("URL") else _KINDS.get(kind, kind)


def _preprint(raw: Mapping[str, str], item: Mapping[str, Any]) -> dict[str, str]:
    """APA 10.8: the archive of a preprint stands where a publisher would, behind the number that it has there."""
    archive = raw.get("eprinttype") or raw.get("archiveprefix") or ""
    kept = any(item.get(field) for field in ("publisher", "container-title", "event-title"))
    if archive.lower() != "arxiv" or not raw.get("eprint") or kept:
        return {}
    return {"type": "article", "publisher": "arXiv", "number": f"arXiv:{raw['eprint']}"}


def _names(names: list[dict[str, str]], whole: WholeNames) -> list[dict[str, str]]:
    """Names without tags; a first letter in braces, `{\\c{S}}ukru`, makes pandoc take a given name for a particle."""
    plain = [{part: re.sub(r"<[^<>]++>", "", text) for part, text in name.items()} for name in names]
    for name in plain:
        if name.get("dropping-particle", "")[:1].isupper():
            *middle, name["family"] = name["family"].split(" ")
            name["given"] = " ".join([name.get("given", ""), name.pop("dropping-particle"), *middle]).strip()
        if compound := _COMPOUND.match(name.get("given", "")):
            rest = (compound[2], name.pop("dropping-particle", ""), name.get("family", ""))
            name |= {"given": compound[1] or "", "family": " ".join(part for part in rest if part)}
        if (name.get("family", "").casefold(), name.get("given", "")[:1].casefold()) in whole:
            name["non-dropping-particle"] = ""
    return plain


def _genre(kind: str, raw: dict[str, str], language: Language, item: dict[str, Any]) -> dict[str, Any]:
    """The kind of a thesis or report: BibLaTeX has words for some that pandoc knows in English only."""
    word = raw.get("type", kind).lower()
    if word in _THESES:
        return {"genre": _THESES[word][language]}
    return {"genre": item.get("genre", "") if "type" in raw and word != "techreport" else ""}


def _dates(item: dict[str, Any], raw: dict[str, str]) -> dict[str, Any]:
    """Each date as written, unless only pandoc can read it."""
    written: dict[str, Any] = {_DATES[name]: raw[name] for name in _DATES if raw.get(name)}
    if "issued" not in written and raw.get("year"):
        parts = {name: raw[name] for name in ("year", "month", "day") if raw.get(name)}
        written["issued"] = parts if len(parts) > 1 else raw["year"]
        if day := re.search(r"[0-9]{1,2}", parts.get("month", "")):
            month = re.sub(r"[^A-Za-z]+", " ", parts["month"]).strip()
            written["issued"] = f"{day.group()} {month} {raw['year']}" if month else parts
    return {field: _readable(value, item.get(field)) for field, value in written.items()}


def _readable(value: Any, other: Any) -> Any:
    """A date as written, else as pandoc read it; where neither is a date, as written, for the message."""
    parts = isinstance(other, dict) and other.get("date-parts")
    for date in (value, other) if parts else (value,):
        try:
            read_date(date)
        except DateError:
            continue
        return date
    return "-".join(value.values()) if isinstance(value, dict) else value


def _school(item: Mapping[str, Any]) -> dict[str, str]:
    """The publisher once: Mendeley gives a school as the institution too."""
    publishers = str(item.get("publisher", "")).split("; ")
    return {"publisher": publishers[0]} if len(publishers) == 2 and len(set(publishers)) == 1 else {}
