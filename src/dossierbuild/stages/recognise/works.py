"""The works of a list by what they are called: by names and year from their data, and by their printed labels."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from dossierbuild.core.model import CitationKey, Label, Reference
from dossierbuild.core.names import Name, Organisation
from dossierbuild.core.works import Work

Keys = tuple[CitationKey, ...]

_OTHERS = re.compile(
    r"\bet\.?\s+al\b\.?|\be\.\s?a\b\.?|\bc\.\s?s\b\.?|\bcs\.|\b(?:en|and)\s+(?:anderen|others|collegas|colleagues)\b",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"[.,:;/()\[\]“”„\"«»\-–—]")
_YOUNGEST = 18  # years of an author
_AND = frozenset({"en", "and", "und"})
_LABEL = re.compile(r"\((?P<head>.+), (?P<year>[^,]+)\)\Z", re.DOTALL)
_LETTER = re.compile(r"(?P<year>.*\d|[zn]d)-?(?P<letter>[a-z])\Z")


def comparable_head(words: str) -> str:
    """Names in the form in which they are compared: "Spierts & Van der Sterren", "spierts en van der Sterren" are one.

    Letters are without accents and capitals, "&", "en" and "and" are one sign, and so are "et al." and "e.a.".
    """
    plain = re.sub(r"[\\*_’'`‘]", "", words)
    folded = unicodedata.normalize("NFKD", _OTHERS.sub(" + ", plain)).casefold()
    letters = "".join(sign for sign in folded if not unicodedata.combining(sign))
    return " ".join("&" if word in _AND else word for word in _SIGNS.sub(" ", letters).split())


def comparable_year(year: str) -> str:
    """A year as it is compared: "z.d.-a" as "zd-a", "2019–2020" as "2019/2020"; z.j. and n.d. are z.d."""
    plain = re.sub(r"[.\s]", "", year.casefold())
    undated = re.sub(r"^(?:zj|nd|sd)(?![a-z])", "zd", plain)
    return re.sub(r"(?<=\d)[–-](?=\d)", "/", undated)


@dataclass(frozen=True)
class WorkIndex:
    """The works of a list, and the labels of those that have one; ask for works by head and year."""

    references: tuple[Reference, ...]
    labels: tuple[Label, ...] = ()

    def find(self, head: str, year: str) -> Keys:
        """The works that names and year can mean; a single work where it is printed so, or where no other fits."""
        called = (comparable_head(head), comparable_year(year))
        printed = self._by_label.get(called, ())
        if len(printed) == 1 or _LETTER.match(called[1]):
            return printed
        return self._by_names.get(called, ())

    def candidates(self, head: str, year: str) -> Keys:
        """The works that names and year can mean when the letter behind the year is left out of account."""
        plain = comparable_year(year)
        letter = _LETTER.match(plain)
        return self._by_names.get((comparable_head(head), letter["year"] if letter else plain), ())

    def similar(self, head: str, year: str) -> Keys:
        """At most three works that may be meant where none fits: of that year by a named author, else by the first."""
        words = comparable_head(head)
        acronyms = re.findall(r"\b[A-Z]{2,}\b", head)
        wanted = comparable_year(year)[:4]
        named = [(name, key) for name, key in self._surnames if f" {name} " in f" {words} "]
        short = [(name, key) for name, key in self._organisations if any(_is_acronym(word, name) for word in acronyms)]
        of_year = [key for _, key in (*named, *short) if self._years[key][:4] == wanted]
        by_first = [key for name, key in named if words.startswith(name)] + [key for _, key in short]
        return tuple(dict.fromkeys(of_year or by_first))[:3]

    def abbreviates(self, head: str) -> bool:
        """Whether the capitals of an organisation of the list are named: "het CBS"."""
        acronyms = re.findall(r"\b[A-Z]{2,}\b", head)
        return any(_is_acronym(word, name) for word in acronyms for name, _ in self._organisations)

    def names_organisation(self, key: CitationKey) -> bool:
        """Whether a work is called by the name of an organisation, or by its title."""
        return key in self._without_people

    def names_author(self, head: str) -> bool:
        """Whether a person of the list is named, with a capital."""
        words = f" {comparable_head(head)} "
        capitals = {comparable_head(word) for word in re.findall(r"[^\W\d_]+", head) if word[0].isupper()}
        return any(f" {name} " in words and name.split()[-1] in capitals for name, _ in self._surnames)

    def may_be_born(self, head: str, year: str) -> bool:
        """Whether a year lies so long before all works of the persons named that they may have been born in it."""
        words = f" {comparable_head(head)} "
        written = [self._years[key][:4] for name, key in self._surnames if f" {name} " in words]
        dated = [int(first) for first in written if first.isdecimal()]
        return bool(dated) and year.isdecimal() and int(year) + _YOUNGEST <= min(dated)

    @cached_property
    def _by_names(self) -> dict[tuple[str, str], Keys]:
        found: dict[tuple[str, str], list[CitationKey]] = {}
        for reference in self.references:
            for head in dict.fromkeys(comparable_head(form) for form in _heads(reference.work)):
                for year in _years(reference.work):
                    found.setdefault((head, comparable_year(year)), []).append(reference.key)
        return {called: tuple(dict.fromkeys(keys)) for called, keys in found.items()}

    @cached_property
    def _by_label(self) -> dict[tuple[str, str], Keys]:
        found: dict[tuple[str, str], list[CitationKey]] = {}
        for label in self.labels:
            for printed in label.parentheticals:
                if match := _LABEL.match(printed):
                    called = (comparable_head(match["head"]), comparable_year(match["year"]))
                    found.setdefault(called, []).append(label.key)
        return {called: tuple(keys) for called, keys in found.items()}

    @cached_property
    def _surnames(self) -> tuple[tuple[str, CitationKey], ...]:
        names = [
            (comparable_head(name.surname), reference.key)
            for reference in self.references
            for name in reference.work.creators
        ]
        return tuple((name, key) for name, key in names if name)

    @cached_property
    def _organisations(self) -> tuple[tuple[str, CitationKey], ...]:
        return tuple(
            (name.name, reference.key)
            for reference in self.references
            for name in reference.work.creators
            if isinstance(name, Organisation)
        )

    @cached_property
    def _without_people(self) -> frozenset[CitationKey]:
        return frozenset(
            reference.key
            for reference in self.references
            if all(isinstance(name, Organisation) for name in reference.work.creators)
        )

    @cached_property
    def _years(self) -> dict[CitationKey, str]:
        return {reference.key: comparable_year(_years(reference.work)[0]) for reference in self.references}


def _is_acronym(letters: str, name: str) -> bool:
    """Whether letters may stand for an organisation: RIVM has all capitals of its name, and no letter out of order."""
    capitals = "".join(re.findall(r"\b[A-Z]", name))
    return len(capitals) > 1 and _is_within(capitals, letters) and _is_within(letters, name.upper())


def _is_within(letters: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)


def _heads(work: Work) -> Iterator[str]:
    """What may be typed before the year: one name, two, the first of more, or all of them; else the title."""
    names = work.creators
    if not names:
        yield from (title for title in (work.text("title-short"), work.title) if title)
        return
    yield from _typed_names([name.surname for name in names], names[0].initials)
    if any(isinstance(name, Organisation) and name.short for name in names):
        yield from _typed_names([_short(name) for name in names], names[0].initials)
        yield from _typed_names([_introduced(name) for name in names], names[0].initials)


def _typed_names(called: Sequence[str], initials: str) -> Iterator[str]:
    """The ways to write names that are `called` so, the first one also with its initials."""
    for name in dict.fromkeys((called[0], f"{initials} {called[0]}")):
        if len(called) == 1:
            yield name
            yield f"{called[0]} {initials}"
        elif len(called) == 2:
            yield f"{name} & {called[1]}"
        else:
            yield f"{name} et al."
            yield from (f"{', '.join([name, *called[1:count]])}, et al." for count in range(2, len(called)))
            yield f"{', '.join([name, *called[1:-1]])} & {called[-1]}"


def _short(name: Name) -> str:
    """The short name of an organisation that has one; else the name."""
    return name.short if isinstance(name, Organisation) and name.short else name.surname


def _introduced(name: Name) -> str:
    """An organisation as its first citation has it: "Centraal Bureau voor de Statistiek [CBS]"."""
    return f"{name.surname} [{name.short}]" if isinstance(name, Organisation) and name.short else name.surname


def _years(work: Work) -> tuple[str, ...]:
    """The years by which a work may be called, the usual one first: of a reprint also both, "1959/1993"."""
    issued, original = ("/".join(map(str, work.date(field).years)) for field in ("issued", "original-date"))
    year = issued or work.issued.literal or work.text("status") or "z.d."
    return (year, f"{original}/{year}") if original else (year,)
