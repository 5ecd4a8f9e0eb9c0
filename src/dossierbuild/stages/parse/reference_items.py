"""One work of a reference list: what a file states, made into a `Work`, with what is wrong with it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from dossierbuild.core.csl_fields import (
    DATES,
    FIELDS,
    NAME_FLAGS,
    NAME_PARTS,
    NAMES,
    NEEDED,
    NUMBERS,
    PROSE,
    RENAMED,
    TYPES,
    UNPRINTED,
    UNTITLED,
)
from dossierbuild.core.languages import is_known, nearest_tag
from dossierbuild.core.model import Reference
from dossierbuild.core.names import OTHERS, Name, Organisation, Person, looks_like_organisation, read_name, says_others
from dossierbuild.core.nearest import nearest
from dossierbuild.core.problems import Place, Problem, problem
from dossierbuild.core.spelling import one_form
from dossierbuild.core.work_dates import DateError, read_date
from dossierbuild.core.works import Work, WorkDate
from dossierbuild.stages.parse.reference_texts import language_tag, with_emphasis, with_formulas, with_tags
from dossierbuild.stages.parse.short_names import with_short_authors_of_note

# The keys that pandoc reads after an @: signs only between letters and digits.
_KEY = re.compile(r"\w(?:\w|[:.#$%&+?<>~/-](?=\w))*\Z")
_UNKNOWN_TITLE = re.compile(r"\[(?:titel onbekend|title unknown)\.?\]\Z", re.IGNORECASE)
_DOI = re.compile(r"(?:https?://(?:www\.|dx\.)?doi\.org/|doi:)\s*", re.IGNORECASE)
_EDITION = re.compile(
    r"([0-9]{1,3})\s*+(?:e|de|ste|st|nd|rd|th)?\.?\s*+(?:druk|dr\.?|editie|edition|ed\.?)?\Z", re.IGNORECASE
)
_PINNED = re.compile(r"^[ \t]*+citation key:[ \t]*+(\S++)[ \t]*+$", re.IGNORECASE | re.MULTILINE)
_EXTRA = re.compile(r"\s*+([A-Za-z][A-Za-z -]*+):\s*+(\S(?:.*\S)?)\s*\Z")
_FIELD_OF = MappingProxyType({name.lower(): name for name in FIELDS - {"id", "note"}})
# Editions in words, as BibTeX has them.
_ORDINALS = MappingProxyType({
    word: str(number)
    for words in (
        "first second third fourth fifth sixth seventh eighth ninth tenth",
        "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde "
        "twaalfde dertiende veertiende vijftiende zestiende zeventiende achttiende negentiende twintigste",
    )
    for number, word in enumerate(words.split(), 1)
})  # fmt: skip
_ORDINAL = re.compile(r"([a-z]++)(?:\s(?:druk|editie|edition|ed\.?))?\Z", re.IGNORECASE)
# "2., geh. herz. dr.", as libraries write it.
_DUTCH_EDITION = re.compile(
    r"([0-9]{1,3})(?:\s*+(?:(?:e|de|ste)|(?=[.,])))?[.,]*+\s++(.*?)(?:dr(?:uk)?|ed(?:itie)?)\.?\Z", re.IGNORECASE
)
_WORDED = re.compile(r"([a-z]{5,20}),?\s((?:geheel\s)?[a-z]{5,20}e)(?:\s(?:druk|editie|uitgave))?\Z", re.IGNORECASE)
_HOST = re.compile(r"(?:www\.[\w-]+|[\w-]+)\.(?:be|com|eu|info|net|nl|org)(?:/\S*)?\Z", re.IGNORECASE)
_EDITION_WORDS = MappingProxyType({
    "aangev": "aangevulde", "bijgew": "bijgewerkte", "geh": "geheel", "gew": "gewijzigde", "herz": "herziene",
    "uitgebr": "uitgebreide", "verb": "verbeterde", "verm": "vermeerderde",
})  # fmt: skip
_LOOSE_TYPES = frozenset({None, "", "document"})
_ROLE = re.compile(r"\s?\((?:eds?|reds?|hrsg)\.?\s?\)\.?\Z", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:jr|sr)\.?\Z|(?:ii|iii|iv)\Z", re.IGNORECASE)
# "P5" may be what stands on the page.
_PAGES = re.compile(r"(?<!\w)(?:(?:pp?|[Bb]lz|[Pp]ag)\.?|PP?\.)\s*(?=[0-9])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A work as a file states it.

    `item` is laid out as CSL-JSON and unchecked. `places` has the place of each field where the format has any. With
    `own_names` the names are in the parts of CSL, so a name that is mended is a problem (D217). With `own_fields` the
    editor typed the fields, so an unknown field is a problem (D210, D214).
    """

    item: dict[str, Any]
    place: Place
    places: tuple[tuple[str, Place], ...] = ()
    own_names: bool = False
    own_fields: bool = False

    @property
    def key(self) -> str:
        """The id, or the citation key beside it where no text can cite the id (Zotero's is an address).

        Zotero's users pin a citation key in a line of the note.
        """
        name, beside = (str(self.item.get(field, "")).strip() for field in ("id", "citation-key"))
        pinned = _PINNED.search(str(self.item.get("note", "")))
        other = pinned.group(1) if pinned and not beside else beside
        return other if is_key(other) and not is_key(name) else name

    def place_of(self, field: str) -> Place:
        return dict(self.places).get(field, self.place)


def is_key(text: str) -> bool:
    """Whether a text can cite a work by this key."""
    return bool(_KEY.match(text))


def tidy_key(text: str) -> str:
    """The key that comes nearest to a text; empty when it has no letters and digits."""
    return re.sub(r"\W+", "-", text).strip("-")


def read_entry(entry: Entry) -> tuple[Reference | None, tuple[Problem, ...]]:
    """The work as a reference; None when it has no usable id."""
    if not entry.key:
        return None, (problem("D212", entry.place),)
    if not is_key(entry.key):
        near = tidy_key(entry.key) or "auteur2021"
        return None, (problem("D213", entry.place_of("id"), entry.key, key=entry.key, nearest=near),)
    found: dict[str, _Value] = {}
    problems: list[Problem] = []
    for name, value in _with_editors(_with_extra(with_short_authors_of_note(entry.item))).items():
        field = RENAMED.get(name, name) if isinstance(value, str) else name
        if name not in FIELDS:
            problems.extend(_unknown_field(entry, name))
        elif field in UNPRINTED or field == "id" or value is None or value == "":
            continue
        else:
            clean, wrong = _field(entry, name, field, value)
            problems.extend(wrong)
            if clean:
                found[field] = clean
    found |= _of_catalogue(found)
    problems.extend(_incomplete(entry, found))
    return Reference(work=_work(entry.key, found), place=entry.place), tuple(problems)


_Value = str | WorkDate | tuple[Name, ...]


def _of_catalogue(found: Mapping[str, _Value]) -> dict[str, _Value]:
    """A title without who made the work, which catalogues write behind it: "Buurtzorg / Hans van Ewijk"."""
    title, slash, made = str(found.get("title", "")).partition(" / ")
    people = [name for role in ("author", "editor", "translator") for name in _people(found.get(role))]
    return {"title": title} if slash and any(name.head and name.head in made for name in people) else {}


def _people(value: _Value | None) -> tuple[Name, ...]:
    return value if isinstance(value, tuple) else ()


def _work(key: str, found: Mapping[str, _Value]) -> Work:
    """The work of clean values by their fields."""
    fields = sorted(found.items())
    texts = {field: value for field, value in fields if isinstance(value, str)}
    return Work(
        key=key,
        type=texts.pop("type", ""),
        names=tuple((field, value) for field, value in fields if isinstance(value, tuple)),
        dates=tuple((field, value) for field, value in fields if isinstance(value, WorkDate)),
        texts=tuple(texts.items()),
    )


def _with_editors(item: dict[str, Any]) -> dict[str, Any]:
    """Authors of whom the last is called "(Red.)" or "(Eds.)" as editors, without that word."""
    people = item.get("author")
    if item.get("editor") or not isinstance(people, list) or not people or not isinstance(people[-1], dict):
        return item
    named = [
        {part: _ROLE.sub("", text) if isinstance(text, str) else text for part, text in name.items()}
        for name in people
        if isinstance(name, dict)
    ]
    if named[-1] == people[-1]:
        return item
    return {**{field: value for field, value in item.items() if field != "author"}, "editor": named}


def _with_extra(item: dict[str, Any]) -> dict[str, Any]:
    """The fields, together with those in Zotero's box "Extra", a line each: "Original Date: 1959".

    Source: www.zotero.org/support/kb/item_types_and_fields, "Citing Fields from Extra".
    """
    note = item.get("note")
    if not isinstance(note, str):
        return item
    found: dict[str, Any] = {}
    rest = []
    for line in note.split("\n"):
        match = _EXTRA.match(line)
        field = _FIELD_OF.get(match[1].strip().lower().replace(" ", "-")) if match else None
        if match is None or field is None:
            rest.append(line)
        elif _is_open(item, field):
            found[field] = [_extra_name(match[2])] if field in NAMES else _extra_value(field, match[2])
    return {**item, "note": "\n".join(rest).strip(), **found} if len(rest) < len(note.split("\n")) else item


def _is_open(item: Mapping[str, Any], field: str) -> bool:
    """Whether a line of a note may state a field: never one that stands there, or that would be printed in its place.

    A type is what Zotero's users choose there for a work of no kind that Zotero has.
    """
    if field == "type":
        return item.get("type") in _LOOSE_TYPES
    if field == "number" and str(item.get("type", "")).startswith("article"):
        return not any(item.get(other) for other in ("number", "issue", "page"))
    return not item.get(field)


def _extra_value(field: str, value: str) -> str:
    return value.lower() if field == "type" and value.lower() in TYPES else value


def _extra_name(text: str) -> dict[str, str]:
    family, bars, given = (part.strip() for part in text.partition("||"))
    return {"family": family, "given": given} if bars else {"literal": family}


def _unknown_field(entry: Entry, name: str) -> Iterator[Problem]:
    """D210, D214: a field that CSL does not know. Fields that a program added pass, unless one is nearly known."""
    near = nearest(name, FIELDS)
    if near and (entry.own_fields or near.casefold() == name.casefold()):
        yield problem("D210", entry.place_of(name), entry.key, field=name, key=entry.key, nearest=near)
    elif entry.own_fields:
        yield problem("D214", entry.place_of(name), entry.key, field=name, key=entry.key)


def _field(entry: Entry, name: str, field: str, value: Any) -> tuple[_Value | None, list[Problem]]:
    """The clean value of a field, empty where it says nothing, and what is wrong with it."""
    place = entry.place_of(name)
    if field in NAMES:
        return _names(entry, field, value, place)
    if field in DATES:
        try:
            return _date(value), []
        except DateError as error:
            return None, [problem("D209", place, entry.key, key=entry.key, value=error.value)]
    if isinstance(value, list) and all(isinstance(piece, str | int) for piece in value):
        value = ", ".join(str(piece) for piece in value)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None, [problem("D215", place, entry.key, key=entry.key, field=field)]
    text = with_formulas(one_form(with_tags(str(value)))) if field in PROSE else " ".join(str(value).split())
    if field == "type":
        return _type(entry, text, place)
    if field == "language":
        return _language(entry, text, place)
    if entry.own_fields:
        return with_emphasis(text) if field in PROSE else _tidy(field, text), []
    return _without_signs(field, _tidy(field, text)), []


def _language(entry: Entry, text: str, place: Place) -> tuple[str, list[Problem]]:
    """The tag of the language that a work is in; what is none stays as it is (D157)."""
    tag = language_tag(text)
    if is_known(tag):
        return tag, []
    return tag, [problem("D157", place, entry.key, key=entry.key, tag=tag[:60], nearest=nearest_tag(tag))]


def _date(value: Any) -> WorkDate | None:
    """The date that a list states, or None for "no date". Raises DateError."""
    date = read_date(value)
    if date is None:
        return None
    return WorkDate(
        ends=tuple(tuple(end) for end in date.get("date-parts", ())),
        season=date.get("season", 0),
        circa=date.get("circa", False),
        literal=date.get("literal", ""),
    )


def _type(entry: Entry, text: str, place: Place) -> tuple[str | None, list[Problem]]:
    if text.lower() in TYPES:
        return text.lower(), []
    near = nearest(text, TYPES) or "document"
    return None, [problem("D206", place, entry.key, key=entry.key, type=text, nearest=near)]


def _tidy(field: str, text: str) -> str:
    """A text in the one form that all formats share."""
    if field == "DOI":
        return _DOI.sub("", text, count=1).strip()
    if field in ("ISBN", "ISSN") and len(re.findall(r"[0-9Xx]", text)) > 13:
        return re.split(r"[\s;,]+", text)[0]  # catalogues give those of every form of a work
    if field == "page":
        return re.sub(r"(?:(?<!\s)\s++)?+(?:-++|–|—)\s*+", "-", _PAGES.sub("", text))
    if field == "edition":
        match, word = _EDITION.match(text), _ORDINAL.match(text)
        number = match.group(1) if match else _ORDINALS.get(word.group(1).lower(), "") if word else ""
        return number or _edition(text)
    if field in NUMBERS:
        return text.replace("--", "-").replace("–", "-")
    return text


def _without_signs(field: str, text: str) -> str:
    """A text of a program without the signs that catalogues put between fields, and an address that browsers know."""
    if field in ("publisher", "publisher-place"):
        return text.rstrip(" ,:;")
    if field in ("title", "container-title"):
        return re.sub(r"(?<=\w) : (?=\S)", ": ", text)
    if field == "URL":
        return "" if text.startswith("<Go to") else f"https://{text}" if _HOST.match(text) else text
    return text


def _edition(text: str) -> str:
    """ "2., herz. dr." and "Tweede, herziene druk" as "2e herziene druk"; others stay as they are."""
    if (in_words := _WORDED.match(text)) and (number := _ORDINALS.get(in_words[1].lower())):
        text = f"{number}e {in_words[2]} druk"
    match = _DUTCH_EDITION.match(text)
    words = [_EDITION_WORDS.get(word.lower().strip("."), word) for word in match[2].split()] if match else []
    if match is None or not set(words) & set(_EDITION_WORDS.values()):
        return text
    return " ".join([f"{match[1]}e", *words, "druk"])


def _names(entry: Entry, field: str, value: Any, place: Place) -> tuple[tuple[Name, ...], list[Problem]]:
    """The names of one field; a single name may stand without its list."""
    names, problems = list[Name](), list[Problem]()
    for stated in value if isinstance(value, list) else [value]:
        parts = stated if isinstance(stated, dict) else {}
        if unknown := [part for part in parts if part not in (*NAME_PARTS, *NAME_FLAGS)]:
            near = nearest(unknown[0], NAME_PARTS) or "family"
            problems.append(problem("D210", place, entry.key, field=unknown[0], key=entry.key, nearest=near))
            continue
        name = read_name(_in_order(parts))
        if name is None:
            problems.append(problem("D216", place, entry.key, key=entry.key, field=field, name=_shown(stated)))
            continue
        if says_others(str(name)):
            name = Organisation(OTHERS)  # by which citeproc knows that there are more
        names.append(name)
        problems.extend(_unfit_short_name(entry, name, parts, place))
        moved = entry.own_names and not parts.get("non-dropping-particle")
        problems.extend(_doubts(entry, field, name, place, moved=moved))
    return tuple(names), problems


def _unfit_short_name(entry: Entry, name: Name, parts: Mapping[str, Any], place: Place) -> Iterator[Problem]:
    """D215, D210: a short name is a text, and stands at the name of an organisation in one piece."""
    short = parts.get("short")
    if short is not None and not isinstance(short, str):
        yield problem("D215", place, entry.key, key=entry.key, field="short")
    elif short and isinstance(name, Person):
        yield problem("D210", place, entry.key, field="short", key=entry.key, nearest="literal")


def _in_order(parts: Mapping[str, Any]) -> Mapping[str, Any]:
    """The parts with given name and suffix in their own places: BibTeX has "Jansen, Jr., Piet"."""
    given, suffix = (str(parts.get(part, "")) for part in ("given", "suffix"))
    if suffix and _SUFFIX.match(given) and not _SUFFIX.match(suffix):
        return {**parts, "given": suffix, "suffix": given}
    return parts


def _doubts(entry: Entry, field: str, name: Name, place: Place, *, moved: bool) -> Iterator[Problem]:
    """D217, D218, D228: what makes a name doubtful; a particle only does when it was `moved` from its place."""
    if says_others(str(name)):
        yield problem("D228", place, entry.key, key=entry.key, field=field, name=name)
    elif looks_like_organisation(name):
        yield problem("D218", place, entry.key, key=entry.key, name=name)
    elif moved and isinstance(name, Person) and name.particle:
        yield problem("D217", place, entry.key, key=entry.key, particle=name.particle, family=name.family)


def _shown(value: Any) -> str:
    return value[:60] if isinstance(value, str) else json.dumps(value, ensure_ascii=False)[:60]


def _incomplete(entry: Entry, found: Mapping[str, _Value]) -> Iterator[Problem]:
    """What a work of this type lacks. Anything may go without an author or a date."""
    kind, title = (str(found.get(field, "")) for field in ("type", "title"))
    if "type" not in entry.item or entry.item["type"] in ("", None):
        yield problem("D211", entry.place, entry.key, key=entry.key)
    if _UNKNOWN_TITLE.match(title) or not (title or kind in UNTITLED):
        yield problem("D204", entry.place, entry.key, key=entry.key, missing="title")
    for group in NEEDED.get(kind, ()):
        if not any(field in found for field in group):
            yield problem("D205", entry.place, entry.key, key=entry.key, field=" / ".join(group))
