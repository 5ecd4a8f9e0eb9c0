"""The works of a list by what they are called: by names and year from their data, and by their printed labels."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from dossierbuild.core.model import CitationKey, Label, Reference
from dossierbuild.core.names import Organisation
from dossierbuild.core.works import Work
from dossierbuild.stages.recognise.called import (
    calls,
    calls_first_of_two,
    calls_in_text,
    comparable_head,
    first_words,
    is_printed,
    name_words,
    short_names,
)

Keys = tuple[CitationKey, ...]

_COLLEAGUES = re.compile(r"\bcollega|\bcolleagues\b", re.IGNORECASE)
_YOUNGEST = 18  # years of an author
_LABEL = re.compile(r"\((?P<head>.+?),? (?P<year>in druk|ter perse|in press|[^, ]+)\)\Z", re.DOTALL)
_LETTER = re.compile(r"(?P<year>.*\d|[zn]d)-?(?P<letter>[a-z])\Z")


def comparable_year(year: str) -> str:
    """A year as it is compared: "z.d.-a" as "zd-a", "2019–2020" as "2019/2020"; z.j. and n.d. are z.d.

    The years of a reprint come in their order: "1993 [1959]" is "1959/1993".
    """
    plain = re.sub(r"[.\s]", "", year.casefold())
    undated = re.sub(r"^(?:zj|nd|sd|zonderdatum|zonderjaar|ongedateerd)(?![a-z])", "zd", plain)
    if reprint := re.fullmatch(r"\[?(\d{4})\]?[/\[(]?(\d{4})[\])]?", undated):
        return "/".join(sorted(reprint.groups()))
    return re.sub(r"(?<=\d)[–-](?=\d)", "/", undated)


@dataclass(frozen=True)
class WorkIndex:
    """The works of a list, and the labels of those that have one; ask for works by head and year."""

    references: tuple[Reference, ...]
    labels: tuple[Label, ...] = ()

    def find(self, head: str, year: str, *, in_text: bool = False) -> Keys:
        """The works that names and year can mean; a single work where it is printed so, or where no other fits.

        In running text, initials behind a name are those of an entry in a list, and no citation.
        """
        called = comparable_year(year)
        printed = self._by_label.get((comparable_head(head), called), ())
        if len(printed) == 1:
            return printed
        fitting = self._called(comparable_head(head), _plain(called), calls_in_text if in_text else calls)
        return tuple(key for key in fitting if self._printed.get(key) == called) if _LETTER.match(called) else fitting

    def first_of_two(self, head: str, year: str) -> Keys:
        """The works of two authors of whom the first is named, with colleagues: "Spierts en collega's"."""
        is_meant = bool(_COLLEAGUES.search(head))
        return self._called(comparable_head(head), comparable_year(year), calls_first_of_two) if is_meant else ()

    def candidates(self, head: str, year: str) -> Keys:
        """The works that names and year can mean when the letter behind the year is left out of account."""
        called = self._called(comparable_head(head), _plain(comparable_year(year)), calls)
        return called or self.first_of_two(head, year)

    def prints(self, head: str, key: CitationKey) -> bool:
        """Whether a citation of a work prints these names, be it in another form; it prints no first name."""
        return is_printed(comparable_head(head), self.works[key])

    def abbreviated(self, head: str, key: CitationKey) -> str:
        """The name of the organisation whose short name alone these names are; empty where they are no such name."""
        named = self.works[key].creators[:1]
        return next((name.head for name in named for short in short_names(name) if head.strip() == short), "")

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

    def of_name(self, word: str, year: str) -> Keys:
        """The works of a year, whatever its letter, that have a comparable word in a name, or in a title for one."""
        return self._by_name_word.get((word, _plain(comparable_year(year))), ())

    @cached_property
    def works(self) -> dict[CitationKey, Work]:
        """The works by their keys."""
        return {reference.key: reference.work for reference in self.references}

    def _called(self, head: str, year: str, is_called: Callable[[str, Work], bool]) -> Keys:
        """The works of a year that are called so."""
        first = head.split(" ", maxsplit=1)[0]
        return tuple(key for key in self._by_first_word.get((first, year), ()) if is_called(head, self.works[key]))

    @cached_property
    def _by_first_word(self) -> dict[tuple[str, str], Keys]:
        """The works by the first words and the years by which they may be called."""
        found: dict[tuple[str, str], list[CitationKey]] = {}
        for reference in self.references:
            for called in product(first_words(reference.work), map(comparable_year, _years(reference.work))):
                found.setdefault(called, []).append(reference.key)
        return {called: tuple(dict.fromkeys(keys)) for called, keys in found.items()}

    @cached_property
    def _by_name_word(self) -> dict[tuple[str, str], Keys]:
        found: dict[tuple[str, str], list[CitationKey]] = {}
        for reference in self.references:
            for called in product(
                name_words(reference.work), {comparable_year(year) for year in _years(reference.work)}
            ):
                found.setdefault(called, []).append(reference.key)
        return {called: tuple(keys) for called, keys in found.items()}

    @cached_property
    def _printed(self) -> dict[CitationKey, str]:
        """The years of the labels, with their letters."""
        matched = ((label.key, _LABEL.match(label.parenthetical)) for label in self.labels)
        return {key: comparable_year(match["year"]) for key, match in matched if match}

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
            (comparable_head(called), reference.key)
            for reference in self.references
            for name in reference.work.creators
            for called in (name.surname, *short_names(name))
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


def _plain(year: str) -> str:
    """A comparable year without its letter."""
    letter = _LETTER.match(year)
    return letter["year"] if letter else year


def _years(work: Work) -> tuple[str, ...]:
    """The years by which a work may be called, the usual one first: of a reprint also both, "1959/1993"."""
    issued, original = ("/".join(map(str, work.date(field).years)) for field in ("issued", "original-date"))
    year = issued or work.issued.literal or work.text("status") or "z.d."
    return (year, f"{original}/{year}") if original else (year,)
