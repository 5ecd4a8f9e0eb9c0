"""The works of all citations, each once with a key, and the citations with these keys.

Two items are one work when their DOIs are equal, else when title, year and first name are; never by the ids of fields,
which some programs count anew in each. What tells volumes of one work apart keeps these apart.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dossierbuild.core.citation_keys import key_for
from dossierbuild.core.csl_fields import DATES, NAMES
from dossierbuild.core.model import CitationKey, Reference
from dossierbuild.core.names import read_name
from dossierbuild.core.problems import Place, Problem, problem
from dossierbuild.core.spelling import folded
from dossierbuild.core.works import Item
from dossierbuild.stages.fields.citation import Cited, Found
from dossierbuild.stages.fields.items import leaders_of, year_of
from dossierbuild.tools.identifiers import same_doi

# Fields in which parts of a whole with one title differ.
_PARTS = ("volume", "issue", "number", "part-number", "edition")
_MOST = 100
"""Works of one name, year and title that a work is held against; more are volumes."""
# Fields whose difference says nothing about the work.
_UNTOLD = frozenset({"accessed", "language", "note", "URL", "archive", "archive_location", "license", "medium"})


@dataclass(frozen=True, slots=True)
class Joined:
    """The new works as items of CSL-JSON with their keys as ids, in the order in which they are first cited.

    The citations are those that were given, each work with its key; a work that no document holds has none.
    """

    items: tuple[Item, ...]
    citations: tuple[Found, ...]
    problems: tuple[Problem, ...]


def join(citations: Iterable[Found], known: Sequence[Reference] = ()) -> Joined:
    """Each work of the citations with one key: that of a `known` work, or a new one of its first name and year.

    Details in which two citations of a new work differ are told, D874, and the fuller is kept.
    """
    works = _Works(known)
    keyed = tuple(works.with_keys(found) for found in citations)
    return Joined(tuple(works.items()), keyed, tuple(works.problems))


def match(item: Mapping[str, Any], references: Iterable[Reference]) -> CitationKey | None:
    """The key of the one work of a list that an item is: by its DOI, else by its title and what else both state.

    Names and a year alone prove nothing. None where no work fits, or more than one.
    """
    marks = _Marks.of(item)
    fitting = [reference.key for reference in references if marks.fits(_Marks.of(reference.work.csl()))]
    return fitting[0] if len(fitting) == 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Marks:
    """What a work is known by, in comparable form."""

    doi: str
    title: str
    year: str
    name: str
    parts: tuple[str, ...]

    @staticmethod
    def of(item: Mapping[str, Any]) -> _Marks:
        names = [name for parts in leaders_of(item)[:1] if (name := read_name(parts))]
        return _Marks(
            doi=(same_doi(str(item.get("DOI", ""))) or str(item.get("DOI", ""))).casefold(),
            title=folded(str(item.get("title", ""))),
            year=year_of(item),
            name=folded(names[0].head) if names else "",
            parts=tuple(_part(str(item.get(field, ""))) for field in _PARTS),
        )

    @property
    def called(self) -> tuple[str, str, str]:
        return self.title, self.year, self.name

    def is_work(self, other: _Marks) -> bool:
        """Whether both are one work."""
        if self.doi and other.doi:
            return self.doi == other.doi
        return bool(self.title) and self.called == other.called and self._may_be(other)

    def fits(self, other: _Marks) -> bool:
        """Whether both are one work as far as they say: a year or a name that one of them lacks is no hindrance."""
        if self.doi and other.doi:
            return self.doi == other.doi
        agree = all(not mine or not its or mine == its for mine, its in zip(self.called, other.called, strict=True))
        return bool(self.title) and self.title == other.title and agree and self._may_be(other)

    def _may_be(self, other: _Marks) -> bool:
        """Whether no part of a whole is told apart from another."""
        return all(not mine or not its or mine == its for mine, its in zip(self.parts, other.parts, strict=True))


def _part(text: str) -> str:
    """A number without the words around it ("2e druk"), else the folded text."""
    number = re.search(r"\d+(?:[.-]\d+)*", text)
    return number[0] if number else folded(text)


class _Works:
    """The works met so far, found by what they are known by."""

    def __init__(self, known: Sequence[Reference]) -> None:
        self._known = [(reference.key, _Marks.of(reference.work.csl())) for reference in known]
        self._items: dict[CitationKey, Item] = {}
        self._found: dict[object, list[tuple[CitationKey, _Marks]]] = {}
        self._taken = {reference.key for reference in known}
        self.problems: list[Problem] = []
        for key, marks in self._known:
            self._remember(key, marks)

    def items(self) -> Iterator[Item]:
        for key, item in self._items.items():
            yield {"id": key, **item}

    def with_keys(self, found: Found) -> Found:
        """The citation with the keys of its works."""
        works = tuple(
            dataclasses.replace(cited, key=self._key_of(cited, found.place)) if cited.item else cited
            for cited in found.citation.works
        )
        return dataclasses.replace(found, citation=dataclasses.replace(found.citation, works=works))

    def _key_of(self, cited: Cited, place: Place) -> CitationKey:
        marks = _Marks.of(cited.item)
        near = [*self._found.get(marks.doi, ()), *self._found.get(marks.called, ())]
        key = next((key for key, others in near if marks.is_work(others)), None)
        if key is None:
            key = CitationKey(key_for(cited.item, self._taken))
            self._taken.add(key)
            self._items[key] = cited.item
        elif key in self._items:
            self._add(key, cited.item, place)
        self._remember(key, marks)
        return key

    def _remember(self, key: CitationKey, marks: _Marks) -> None:
        for mark in (marks.doi, marks.title and marks.called):
            near = self._found.setdefault(mark, []) if mark else []
            if mark and len(near) < _MOST and (key, marks) not in near:
                near.append((key, marks))

    def _add(self, key: CitationKey, item: Item, place: Place) -> None:
        """What another citation says of a work: fields that were open, and the fuller of those that differ."""
        before = self._items[key]
        for field in item.keys() & before.keys():
            if field not in _UNTOLD and _differs(field, before[field], item[field]):
                kept, left = sorted((before[field], item[field]), key=_fullness, reverse=True)
                self.problems.append(
                    problem("D874", place, key, key=key, field=field, value=_shown(kept), other=_shown(left))
                )
        both = {
            field: max((before[field], item[field]), key=_fullness) if field in before and field in item else value
            for field, value in {**item, **before}.items()
        }
        self._items[key] = dict(sorted(both.items()))


def _differs(field: str, one: Any, other: Any) -> bool:
    """Whether two values of a field contradict each other; initials do not contradict first names."""
    if field in NAMES:
        return [folded(_head(name)) for name in one] != [folded(_head(name)) for name in other]
    if field in DATES:
        return not _begins_so(one, other)
    if field == "type":
        return "document" not in (one, other) and one != other
    if field in _PARTS:
        return _part(str(one)) != _part(str(other))
    return folded(str(one)) != folded(str(other))


def _head(parts: Mapping[str, Any]) -> str:
    name = read_name(parts)
    return name.head if name else ""


def _begins_so(one: Any, other: Any) -> bool:
    """Whether one date is the other or a part of it, as a year is of a day."""
    first, second = (date.get("date-parts", [[]])[0] for date in (one, other))
    short = min(len(first), len(second))
    return bool(short) and first[:short] == second[:short]


def _fullness(value: Any) -> tuple[int, int]:
    """How much a value says; a type says more than that a work is a document."""
    if isinstance(value, str):
        return 0 if value == "document" else 1, len(value)
    if isinstance(value, list):
        return len(value), sum(len(text) for name in value for text in name.values() if isinstance(text, str))
    return sum(map(len, value.get("date-parts", ()))), 0


def _shown(value: Any) -> str:
    """A value on one line, for a message."""
    if isinstance(value, list):
        return "; ".join(str(read_name(name) or "") for name in value)
    if isinstance(value, dict):
        return "/".join("-".join(map(str, end)) for end in value.get("date-parts", ())) or str(value.get("literal", ""))
    return str(value)
