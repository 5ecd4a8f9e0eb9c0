"""Citations of Word itself: CITATION fields, and the sources of the document in XML.

Switches after ISO/IEC 29500-1, 17.16.5.9, sources after 22.6 there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from dossierbuild.core.work_dates import DateError, read_date
from dossierbuild.core.works import Item
from dossierbuild.stages.fields.citation import Citation, Cited, Form, Writer
from dossierbuild.stages.fields.items import tidied
from dossierbuild.stages.fields.payload import LONGEST, PayloadError, line
from dossierbuild.tools.identifiers import is_isbn, is_issn, same_doi
from dossierbuild.tools.markup import Element, MarkupError, parse_xml

Sources = Mapping[str, Item]
"""The works of a document by their tags, which are empty for a placeholder."""

_WORD = re.compile(
    r"""\\(?P<switch>[a-z*#@!])|["“”](?P<quoted>(?:[^"“”\\]|\\.)*)["“”]|(?P<bare>[^\s"“”]+)""", re.IGNORECASE
)
_VALUED = frozenset("flmpsv*#@")

_TYPES = MappingProxyType({
    "art": "graphic", "articleinaperiodical": "article-magazine", "book": "book", "booksection": "chapter",
    "case": "legal_case", "conferenceproceedings": "paper-conference", "documentfrominternetsite": "webpage",
    "electronicsource": "webpage", "film": "motion_picture", "internetsite": "webpage", "interview": "interview",
    "journalarticle": "article-journal", "misc": "document", "patent": "patent", "performance": "performance",
    "report": "report", "soundrecording": "song",
})  # fmt: skip
_NEWSPAPER = re.compile(
    r"krant|dagblad|courant|volkskrant|trouw|parool|telegraaf|nrc|standaard|times|guardian|morgen", re.I
)
_THESIS = re.compile(r"thesis|dissert|scriptie|proefschrift", re.IGNORECASE)
_TEXTS = MappingProxyType({
    "title": ("Title", "InternetSiteTitle", "AlbumTitle"), "volume": ("Volume",), "issue": ("Issue",),
    "page": ("Pages",), "edition": ("Edition",), "publisher": ("Publisher", "Institution", "ProductionCompany",
    "Distributor", "Station", "Theater"), "publisher-place": ("City",), "number-of-volumes": ("NumberVolumes",),
    "chapter-number": ("ChapterNumber",), "genre": ("ThesisType", "Type"), "medium": ("Medium",),
    "number": ("PatentNumber", "CaseNumber", "RecordingNumber"), "authority": ("Court",), "version": ("Version",),
    "URL": ("URL",), "DOI": ("DOI",),
})  # fmt: skip
_WHOLES = MappingProxyType({
    "article-journal": ("JournalName", "PeriodicalTitle"), "article-magazine": ("PeriodicalTitle", "JournalName"),
    "chapter": ("BookTitle",), "paper-conference": ("BookTitle", "ConferenceName"), "webpage": ("InternetSiteTitle",
    "PublicationTitle"), "legal_case": ("Reporter",), "document": ("PublicationTitle",), "interview":
    ("PublicationTitle", "BroadcastTitle"), "graphic": ("PublicationTitle",), "song": ("AlbumTitle",),
})  # fmt: skip
_ROLES = MappingProxyType({
    "Author": "author", "Editor": "editor", "BookAuthor": "container-author", "Translator": "translator",
    "Compiler": "compiler", "Director": "director", "ProducerName": "producer", "Interviewer": "interviewer",
    "Interviewee": "author", "Inventor": "author", "Artist": "author", "Composer": "composer",
    "Performer": "performer", "Writer": "author",
})  # fmt: skip


def read_word(instruction: str, sources: Sources, printed: str) -> Citation:
    """The citation of a CITATION field; a work that the document does not hold has an empty item."""
    works = tuple(_cited(tag, switches, sources) for tag, switches in _tags(instruction))
    if not works:
        raise PayloadError
    return Citation(writer=Writer.WORD, works=works, generated="", printed=printed)


def _tags(instruction: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The tag of each work with its switches: what follows `\\m` is the tag of another."""
    tokens = list(_WORD.finditer(instruction.partition("CITATION")[2]))
    tag, switches, at = "", dict[str, str](), 0
    while at < len(tokens):
        switch, value = (tokens[at]["switch"] or "").lower(), ""
        if switch in _VALUED and at + 1 < len(tokens) and not tokens[at + 1]["switch"]:
            at += 1
            value = _value(tokens[at])
        at += 1
        if switch == "m" and value:
            yield tag, switches
            tag, switches = value, {}
        elif switch:
            switches[switch] = value
        else:
            tag = tag or _value(tokens[at - 1])
    if tag:
        yield tag, switches


def _value(token: re.Match[str]) -> str:
    quoted = token["quoted"]
    return str(token["bare"]) if quoted is None else re.sub(r"\\(.)", r"\1", quoted)


def _cited(tag: str, switches: Mapping[str, str], sources: Sources) -> Cited:
    page, volume = line(switches.get("p", "")), line(switches.get("v", ""))
    if "n" in switches:
        form = Form.LISTED if "y" in switches else Form.YEAR
    else:
        form = Form.NAMES if "y" in switches else Form.BRACKETS
    return Cited(
        item=sources.get(tag) or sources.get(tag.casefold(), {}),
        name=tag,
        locator=page or volume,
        label="page" if page else "volume" if volume else "",
        prefix=switches.get("f", ""),
        suffix=switches.get("s", ""),
        form=form,
    )


# --- sources ---------------------------------------------------------------------------------------------------------


def sources_of(xml: str) -> Sources:
    """The works of Word's list of sources; none where it cannot be read."""
    if not xml.strip() or len(xml) > LONGEST:
        return {}
    try:
        root = parse_xml(xml.encode("utf-8", "replace"))
    except MarkupError:
        return {}
    found = [(_text(source, "Tag"), _item(source)) for source in _children(root, "Source")]
    found.reverse()  # the first of a tag counts
    return {tag.casefold(): item for tag, item in found} | dict(found)


def _item(source: Element) -> Item:
    """The work of a source; empty for a placeholder, which has no title."""
    kind = _TYPES.get(_text(source, "SourceType").casefold(), "document")
    texts = {field: _first(source, names) for field, names in _TEXTS.items()}
    whole = _first(source, _WHOLES.get(kind, ()))
    if not texts["title"] and kind not in ("interview", "legal_case"):
        return {}
    if kind == "article-magazine" and _NEWSPAPER.search(whole):
        kind = "article-newspaper"
    if kind == "report" and _THESIS.search(texts["genre"]):
        kind = "thesis"
    return tidied({
        "type": kind,
        **texts,
        "container-title": whole if whole != texts["title"] else "",
        "event-title": _text(source, "ConferenceName"),
        "collection-title": _text(source, "SeriesTitle"),
        **_number(_text(source, "StandardNumber"), kind),
        "issued": _date(source, ""),
        "accessed": _date(source, "Accessed"),
        **_people(source),
    })  # fmt: skip


def _number(text: str, kind: str) -> dict[str, str]:
    """The one number that Word has for all kinds, by what it is."""
    bare = re.sub(r"^(?:ISBN|ISSN|DOI)(?:-1[03])?:?\s*", "", text, flags=re.IGNORECASE)
    if same_doi(bare):
        return {"DOI": same_doi(bare)}
    if is_issn(bare) or kind.startswith("article-"):
        return {"ISSN": bare}
    return {"ISBN": bare} if is_isbn(bare) else {"number": bare} if bare else {}


def _date(source: Element, suffix: str) -> Any:
    """A date out of its year, month (a number or a name) and day; as much of it as is one."""
    year, month, day = (_text(source, f"{part}{suffix}") for part in ("Year", "Month", "Day"))
    for parts in ({"year": year, "month": month, "day": day}, {"year": year, "month": month}):
        try:
            if year and (month or not day) and (date := read_date(parts)):
                return date
        except DateError:
            continue
    return year


def _people(source: Element) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for roles in _children(source, "Author"):
        for role in roles:
            field = _ROLES.get(_name_of(role), "")
            if field:
                found.setdefault(field, []).extend(_names(role))
    return found


def _names(role: Element) -> Iterator[dict[str, str]]:
    for body in _children(role, "Corporate"):
        yield {"literal": line(body.text)}
    for listed in _children(role, "NameList"):
        for person in _children(listed, "Person"):
            given = " ".join(filter(None, (_text(person, "First"), _text(person, "Middle"))))
            yield {"family": _text(person, "Last"), "given": given}


def _name_of(element: Element) -> str:
    """The name of an element; the namespace differs by the edition of Word."""
    return str(element.tag).rpartition("}")[2]


def _children(parent: Element, name: str) -> list[Element]:
    return [child for child in parent if _name_of(child) == name]


def _text(parent: Element, name: str) -> str:
    return next((line(child.text) for child in _children(parent, name)), "")


def _first(parent: Element, names: tuple[str, ...]) -> str:
    return next((text for name in names if (text := _text(parent, name))), "")
