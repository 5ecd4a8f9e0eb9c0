"""Citations of Citavi: JSON, packed in the instruction of a field, which holds each work with all of its details.

After the fields and types of Citavi's manual (https://www1.citavi.com/sub/manual-citaviweb/en/fields_in_citavi.html).
The JSON is that of Newtonsoft: what stands in it twice is written once, with an `$id` that the other places refer to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from dossierbuild.core.work_dates import UNDATED
from dossierbuild.core.works import Item
from dossierbuild.stages.fields.citation import Citation, Cited, Form, Writer
from dossierbuild.stages.fields.items import tidied
from dossierbuild.stages.fields.payload import (
    PayloadError,
    elements,
    is_true,
    line,
    members,
    read_object,
    unpacked,
    words,
)

_PACKED = re.compile(r"\{\s*([A-Za-z0-9+/=_\s-]+)\}?\s*\Z")
_TYPES = MappingProxyType({
    "ArchiveMaterial": "manuscript", "AudioBook": "song", "AudioOrVideoDocument": "motion_picture", "Book": "book",
    "BookEdited": "book", "Broadcast": "broadcast", "CollectedWorks": "book", "ComputerProgram": "software",
    "ConferenceProceedings": "book", "Contribution": "chapter", "ContributionInLegalCommentary": "chapter",
    "CourtDecision": "legal_case", "File": "document", "InternetDocument": "webpage", "InterviewMaterial": "interview",
    "JournalArticle": "article-journal", "Lecture": "speech", "LegalCommentary": "book", "Manuscript": "manuscript",
    "Map": "map", "Movie": "motion_picture", "MusicAlbum": "song", "MusicTrack": "song",
    "NewsAgencyReport": "article-newspaper", "NewspaperArticle": "article-newspaper", "Patent": "patent",
    "PersonalCommunication": "personal_communication", "PressRelease": "report", "RadioPlay": "broadcast",
    "Software": "software", "SpecialIssue": "periodical", "Standard": "standard", "StatuteOrRegulation": "legislation",
    "Thesis": "thesis", "UnpublishedWork": "report",
})  # fmt: skip
_SERIAL = frozenset({"article-journal", "article-newspaper"})
_PLACES = MappingProxyType({"0": "page", "1": "column", "2": "section", "3": "paragraph"})
"""Kinds of places in a work; a margin number is a paragraph's, and the others are as they were typed."""
_FORMS = (("BibliographyEntry", Form.LISTED), ("PersonOnly", Form.NAMES), ("YearOnly", Form.YEAR))
# Pages are XML with the number of each end, and as what was typed as a whole at the end of it.
_TYPED = re.compile(r"<os>([^<]*)</os>")
_DUTCH_DAY = re.compile(r"(\d{1,2})[.](\d{1,2})[.](\d{4})\Z")
_REMOTE = "5"


def read_citavi(instruction: str, printed: str) -> Citation:
    """The citation in the instruction of a field; raises PayloadError where it holds none."""
    packed = _PACKED.search(instruction)
    if packed is None:
        raise PayloadError
    placeholder = read_object(unpacked(packed[1]))
    shared = _shared(placeholder)
    works = tuple(_cited(members(entry), shared) for entry in elements(placeholder.get("Entries")))
    if not works:
        raise PayloadError
    units = elements(members(placeholder.get("FormattedText")).get("TextUnits"))
    label = line(placeholder.get("Text")) or line("".join(words(members(unit).get("Text")) for unit in units))
    return Citation(writer=Writer.CITAVI, works=works, generated=label, printed=printed)


_Objects = Mapping[str, dict[str, Any]]


def _shared(value: Any) -> _Objects:
    """The objects of a JSON text by their `$id`."""
    found: dict[str, dict[str, Any]] = {}
    waiting = [value]
    while waiting:
        inner = waiting.pop()
        if isinstance(inner, dict):
            found[str(inner.get("$id"))] = inner
            waiting.extend(inner.values())
        elif isinstance(inner, list):
            waiting.extend(inner)
    return found


def _object(value: Any, shared: _Objects) -> dict[str, Any]:
    """An object, or the one that is referred to."""
    stated = members(value)
    return shared.get(str(stated.get("$ref")), stated) if "$ref" in stated else stated


def _objects(value: Any, shared: _Objects) -> list[dict[str, Any]]:
    listed = value if isinstance(value, list) else elements(members(value).get("$values"))
    return [_object(element, shared) for element in listed]


def _cited(entry: dict[str, Any], shared: _Objects) -> Cited:
    reference = _object(entry.get("Reference"), shared)
    place = entry.get("PageRange")
    kind = str(members(place).get("NumberingType", "0"))
    locator = _pages(place)
    return Cited(
        item=_item(reference, shared) if reference else {},
        name=line(reference.get("Title")) or line(entry.get("ReferenceId")),
        locator=locator,
        label=_PLACES.get(kind, "") if locator else "",
        prefix=words(entry.get("Prefix")),
        suffix=words(entry.get("Suffix")),
        form=next((form for name, form in _FORMS if is_true(entry.get(name))), Form.BRACKETS),
    )


def _pages(value: Any) -> str:
    """Pages as they were typed, out of an object, out of XML, or as they stand there."""
    if isinstance(value, dict):
        return line(value.get("OriginalString")) or line(value.get("PrettyString"))
    typed = _TYPED.findall(words(value))
    return line(typed[-1]) if typed else line(value)


# --- works -----------------------------------------------------------------------------------------------------------


def _item(reference: dict[str, Any], shared: _Objects) -> Item:
    kind = _TYPES.get(line(reference.get("ReferenceType")), "document")
    whole = _object(reference.get("ParentReference"), shared)
    if kind == "chapter" and line(whole.get("ReferenceType")) == "ConferenceProceedings":
        kind = "paper-conference"
    own = dict(_fields(reference, kind, shared))
    if whole:
        around = dict(_fields(whole, "book", shared))
        own = {**{name: around[name] for name in _OF_THE_WHOLE if name in around}, **own}
        own["container-title"] = around.get("title", "")
    return tidied({"type": kind, **own, **_people(reference, whole, kind, shared)})


_OF_THE_WHOLE = (
    "collection-number", "collection-title", "edition", "ISBN", "issued", "publisher", "publisher-place", "volume",
)  # fmt: skip


def _fields(reference: dict[str, Any], kind: str, shared: _Objects) -> Iterator[tuple[str, Any]]:
    """The fields that the reference has, but for its people."""
    number, volumes, supplement = (
        line(reference.get(name)) for name in ("Number", "NumberOfVolumes", "TitleSupplement")
    )
    periodical, series = (_object(reference.get(name), shared) for name in ("Periodical", "SeriesTitle"))
    subtitle = line(reference.get("Subtitle"))
    stated = {
        "title": ": ".join(filter(None, (line(reference.get("Title")), subtitle))),
        "container-title": line(periodical.get("Name")),
        "collection-title": line(series.get("Name")) or line(reference.get("SeriesTitle")),
        "volume": line(reference.get("Volume")),
        "issue": number if kind in _SERIAL else "",
        "collection-number": number if kind in ("book", "chapter", "paper-conference") else "",
        "number": volumes if kind in _SERIAL else number if kind not in ("book", "chapter", "paper-conference") else "",
        "number-of-volumes": "" if kind in _SERIAL else volumes,
        "genre": supplement if kind in ("thesis", "report", "speech", "manuscript", "personal_communication") else "",
        "edition": line(reference.get("Edition")),
        "page": _pages(reference.get("PageRange")),
        "publisher": "; ".join(filter(None, (line(name.get("Name")) for name in _publishers(reference, shared)))),
        "publisher-place": line(reference.get("PlaceOfPublication")),
        "ISBN": _pages(reference.get("Isbn")),
        "ISSN": line(periodical.get("Issn")),
        "DOI": line(reference.get("Doi")),
        "URL": _address(reference, shared),
        "issued": _date(reference),
        "accessed": _day(line(reference.get("AccessDate"))),
    }
    yield from ((name, value) for name, value in stated.items() if value)


def _publishers(reference: dict[str, Any], shared: _Objects) -> list[dict[str, Any]]:
    return _objects(reference.get("Publishers"), shared)


def _address(reference: dict[str, Any], shared: _Objects) -> str:
    """Where the work is found: its address, else the first of its locations on the web."""
    addresses = [_object(place.get("Address"), shared) for place in _objects(reference.get("Locations"), shared)]
    remote = (
        line(address.get("OriginalString")) or line(address.get("UriString"))
        for address in addresses
        if str(address.get("LinkedResourceType", _REMOTE)) == _REMOTE
    )
    return line(reference.get("OnlineAddress")) or next((url for url in remote if url.startswith("http")), "")


def _date(reference: dict[str, Any]) -> str:
    """The day where it is known and in the year that is stated, else the year."""
    year = line(reference.get("YearResolved")) or line(reference.get("Year"))
    day = _day(line(reference.get("Date")))
    return day if day and (year in day or not year or year.casefold() in UNDATED) else year


def _day(text: str) -> str:
    """A day as EDTF has it; Citavi writes 05.03.2021, the day first."""
    dutch = _DUTCH_DAY.match(text)
    return f"{dutch[3]}-{dutch[2]:0>2}-{dutch[1]:0>2}" if dutch else text.partition("T")[0]


# --- people ----------------------------------------------------------------------------------------------------------

_ROLES = MappingProxyType({
    "Authors": "author", "Editors": "editor", "Translators": "translator",
})  # fmt: skip
_OTHER_ROLES = MappingProxyType({
    "motion_picture": {"Authors": "director", "Editors": "producer"}, "interview": {"Authors": "interviewer",
    "Collaborators": "author"}, "personal_communication": {"Collaborators": "recipient"},
})  # fmt: skip


def _people(reference: dict[str, Any], whole: dict[str, Any], kind: str, shared: _Objects) -> dict[str, Any]:
    """Those who made the work by their roles; an organisation made what has no author or editor, else published it."""
    roles = {**_ROLES, **_OTHER_ROLES.get(kind, {})}
    found = {role: _names(reference, field, shared) for field, role in roles.items()}
    if whole:
        found["editor"] = _names(whole, "Editors", shared) or found.get("editor", [])
        found["container-author"] = _names(whole, "Authors", shared)
    bodies = _names(reference, "Organizations", shared)
    if bodies and kind == "legal_case":
        return {**found, "authority": str(bodies[0].get("literal", ""))}
    if bodies and not any(found.get(role) for role in ("author", "editor", "director")):
        return {**found, "author": bodies}
    if bodies and kind in ("thesis", "report") and not reference.get("Publishers"):
        return {**found, "publisher": str(bodies[0].get("literal", ""))}
    return found


def _names(reference: dict[str, Any], field: str, shared: _Objects) -> list[dict[str, str]]:
    return [_name(person) for person in _objects(reference.get(field), shared)]


def _name(person: dict[str, Any]) -> dict[str, str]:
    """A name in the parts of CSL; one without a first name is an organisation's."""
    given = " ".join(filter(None, (line(person.get(part)) for part in ("FirstName", "MiddleName"))))
    family = line(person.get("LastName")) or line(person.get("Name"))
    if not given:
        return {"literal": " ".join(filter(None, (line(person.get("Prefix")), family)))}
    particle, suffix = line(person.get("Prefix")), line(person.get("Suffix"))
    return {"family": family, "given": given, "non-dropping-particle": particle, "suffix": suffix}
