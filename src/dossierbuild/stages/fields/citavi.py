"""Citations of Citavi: JSON, packed in the instruction of a field, which holds each work with all of its details.

After the fields and types of Citavi's manual (https://www1.citavi.com/sub/manual-citaviweb/en/fields_in_citavi.html).
The JSON is that of Newtonsoft: what stands in it twice is written once, with an `$id` that the other places refer to.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
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

_PACKED = re.compile(r"\{([A-Za-z0-9+/=_\s-]++)\}?+\s*+\Z")
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
_BOUND = frozenset({"book", "chapter", "paper-conference"})
_KINDS_OF_WORK = frozenset({"thesis", "report", "speech", "manuscript", "personal_communication"})
_OF_THE_WHOLE = (
    "collection-number", "collection-title", "edition", "ISBN", "issued", "publisher", "publisher-place", "volume",
)  # fmt: skip
_ROLES = MappingProxyType({"Authors": "author", "Editors": "editor", "Translators": "translator"})
_OTHER_ROLES = MappingProxyType(
    {
        "motion_picture": {"Authors": "director", "Editors": "producer"},
        "interview": {"Authors": "interviewer", "Collaborators": "author"},
        "personal_communication": {"Collaborators": "recipient"},
    }
)
_PLACES = MappingProxyType({"0": "page", "1": "column", "2": "section", "3": "paragraph"})
"""Kinds of places in a work; a margin number is a paragraph's, and the others are as they were typed."""
_FORMS = (("PersonOnly", Form.NAMES), ("YearOnly", Form.YEAR))
_IN_LIST_ONLY = "/bibonly"
# Pages are XML with the number of each end, and as what was typed as a whole at the end of it.
_TYPED = re.compile(r"<os>([^<]*)</os>")
_DUTCH_DAY = re.compile(r"(\d{1,2})[.](\d{1,2})[.](\d{4})\Z")


def read_citavi(instruction: str, printed: str) -> Citation:
    """The citation in the instruction of a field; raises PayloadError where it holds none."""
    packed = _PACKED.search(instruction)
    if packed is None:
        raise PayloadError
    stated = read_object(unpacked(packed[1].strip()))
    placeholder = _Node(stated, _shared(stated))
    works = tuple(map(_cited, placeholder.all("Entries")))
    if not works:
        raise PayloadError
    units = "".join(words(unit.stated.get("Text")) for unit in placeholder.inner("FormattedText").all("TextUnits"))
    label = placeholder.text("Text") or line(units)
    return Citation(writer=Writer.CITAVI, works=works, generated=label, printed=printed)


@dataclass(frozen=True, slots=True)
class _Node:
    """An object of the JSON; `shared` has those that others refer to, by their ids."""

    stated: Mapping[str, Any]
    shared: Mapping[str, Mapping[str, Any]]

    def text(self, name: str) -> str:
        return line(self.stated.get(name))

    def pages(self, name: str) -> str:
        """Pages as they were typed, out of an object, out of XML, or as they stand there."""
        value = self.stated.get(name)
        if isinstance(value, dict):
            return line(value.get("OriginalString")) or line(value.get("PrettyString"))
        typed = _TYPED.findall(words(value))
        return line(typed[-1]) if typed else line(value)

    def inner(self, name: str) -> _Node:
        """The object of a name, or the one that is referred to there; an empty one without either."""
        return self._node(self.stated.get(name))

    def all(self, name: str) -> list[_Node]:
        """The objects of a list."""
        value = self.stated.get(name)
        listed = elements(value) or elements(members(value).get("$values"))
        return [self._node(element) for element in listed]

    def _node(self, value: Any) -> _Node:
        stated = members(value)
        return _Node(self.shared.get(str(stated.get("$ref")), stated), self.shared)


def _shared(value: Any) -> dict[str, Mapping[str, Any]]:
    """The objects of a JSON text by their `$id`."""
    found: dict[str, Mapping[str, Any]] = {}
    waiting = [value]
    while waiting:
        inner = waiting.pop()
        if isinstance(inner, dict):
            if "$id" in inner:
                found[str(inner["$id"])] = inner
            waiting.extend(inner.values())
        elif isinstance(inner, list):
            waiting.extend(inner)
    return found


def _cited(entry: _Node) -> Cited:
    reference, locator = entry.inner("Reference"), entry.pages("PageRange")
    kind = str(entry.inner("PageRange").stated.get("NumberingType", "0"))
    return Cited(
        item=_item(reference) if reference.stated else {},
        name=reference.text("Title") or entry.text("ReferenceId"),
        locator=locator,
        label=_PLACES.get(kind, "") if locator else "",
        prefix=words(entry.stated.get("Prefix")),
        suffix=words(entry.stated.get("Suffix")),
        form=_form(entry),
    )


def _form(entry: _Node) -> Form:
    if entry.text("BibliographyEntry").casefold() == _IN_LIST_ONLY:
        return Form.LISTED
    return next((form for name, form in _FORMS if is_true(entry.stated.get(name))), Form.BRACKETS)


# --- works -----------------------------------------------------------------------------------------------------------


def _item(reference: _Node) -> Item:
    """The work, with what it has of the whole that it is a part of."""
    kind, whole = _TYPES.get(reference.text("ReferenceType"), "document"), reference.inner("ParentReference")
    if kind == "chapter" and whole.text("ReferenceType") == "ConferenceProceedings":
        kind = "paper-conference"
    fields = {"type": kind, **_fields(reference, kind), **_people(reference, whole, kind)}
    if whole.stated:
        around = _fields(whole, "book")
        fields = {**{name: around[name] for name in _OF_THE_WHOLE if name in around}, **fields}
        fields["container-title"] = around.get("title", "")
    return tidied(fields)


def _fields(reference: _Node, kind: str) -> dict[str, Any]:
    """The fields that a reference has, but for its people."""
    periodical, series = reference.inner("Periodical"), reference.inner("SeriesTitle")
    stated = {
        "title": _joined(": ", reference.text("Title"), reference.text("Subtitle")),
        "container-title": periodical.text("Name"),
        "collection-title": series.text("Name") or reference.text("SeriesTitle"),
        "volume": reference.text("Volume"),
        "genre": reference.text("TitleSupplement") if kind in _KINDS_OF_WORK else "",
        "edition": reference.text("Edition"),
        "page": reference.pages("PageRange"),
        "publisher": _joined("; ", *(publisher.text("Name") for publisher in reference.all("Publishers"))),
        "publisher-place": reference.text("PlaceOfPublication"),
        "ISBN": reference.pages("Isbn"),
        "ISSN": periodical.text("Issn"),
        "DOI": reference.text("Doi"),
        "URL": _address(reference),
        "issued": _date(reference),
        "accessed": _day(reference.text("AccessDate")),
        **_numbers(reference, kind),
    }
    return {name: value for name, value in stated.items() if value}


def _numbers(reference: _Node, kind: str) -> dict[str, str]:
    """The two numbers, whose meaning differs by the type: an article has an issue, a book a place in its series."""
    number, second = reference.text("Number"), reference.text("NumberOfVolumes")
    if kind in _SERIAL:
        return {"issue": number, "number": second}
    return {"collection-number" if kind in _BOUND else "number": number, "number-of-volumes": second}


def _address(reference: _Node) -> str:
    """Where the work is found: its address, else the first of its locations on the web."""
    addresses = [place.inner("Address") for place in reference.all("Locations")]
    remote = (address.text(name) for address in addresses for name in ("OriginalString", "UriString"))
    return reference.text("OnlineAddress") or next((url for url in remote if url.startswith("http")), "")


def _date(reference: _Node) -> str:
    """The day where it is known and in the year that is stated, else the year."""
    year = (reference.text("YearResolved") or reference.text("Year")).strip("[]")
    day = _day(reference.text("Date"))
    return day if day and (year in day or not year or year.casefold() in UNDATED) else year


def _day(text: str) -> str:
    """A day as EDTF has it; Citavi writes 05.03.2021, the day first."""
    dutch = _DUTCH_DAY.match(text)
    return f"{dutch[3]}-{dutch[2]:0>2}-{dutch[1]:0>2}" if dutch else text.partition("T")[0]


# --- people ----------------------------------------------------------------------------------------------------------


def _people(reference: _Node, whole: _Node, kind: str) -> dict[str, Any]:
    """Those who made the work by their roles; an organisation made what has no author or editor, else published it."""
    roles = {**_ROLES, **_OTHER_ROLES.get(kind, {})}
    found: dict[str, Any] = {role: _names(reference, field) for field, role in roles.items()}
    found["editor"] = _names(whole, "Editors") or found.get("editor", [])
    found["container-author"] = _names(whole, "Authors")
    bodies = _names(reference, "Organizations")
    if bodies and kind == "legal_case":
        found["authority"] = bodies[0].get("literal", "")
    elif bodies and not any(found.get(role) for role in ("author", "editor", "director")):
        found["author"] = bodies
    elif bodies and kind in ("thesis", "report") and not reference.all("Publishers"):
        found["publisher"] = bodies[0].get("literal", "")
    return {role: names for role, names in found.items() if names}


def _names(reference: _Node, field: str) -> list[dict[str, str]]:
    return [_name(person) for person in reference.all(field)]


def _name(person: _Node) -> dict[str, str]:
    """A name in the parts of CSL; one without a first name is an organisation's."""
    given = _joined(" ", person.text("FirstName"), person.text("MiddleName"))
    family, particle = person.text("LastName") or person.text("Name"), person.text("Prefix")
    if not given:
        return {"literal": _joined(" ", particle, family)}
    return {"family": family, "given": given, "non-dropping-particle": particle, "suffix": person.text("Suffix")}


def _joined(sign: str, *parts: str) -> str:
    return sign.join(part for part in parts if part)
