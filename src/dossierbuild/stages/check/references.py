"""Rules D2 over the reference list: what is cited, what cannot be right, and what stands there twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Protocol

from dossierbuild.core.addresses import is_web_address
from dossierbuild.core.bounds import LONGEST_VALUE, LONGEST_WORD, longest_word
from dossierbuild.core.legible import first_few
from dossierbuild.core.model import CitationSite, Reference, ShortName, Sources
from dossierbuild.core.names import Organisation
from dossierbuild.core.problems import Place, Problem, problem
from dossierbuild.core.reasons import Reason
from dossierbuild.core.spec import FullPlan
from dossierbuild.core.spelling import folded
from dossierbuild.core.works import Work
from dossierbuild.tools.identifiers import is_isbn, is_issn, same_isbn

# A DOI, or the short form of one that the DOI Foundation gives out (https://shortdoi.org): 10/gf29tr.
_DOI = re.compile(r"(?:10\.[0-9]{4,9}(?:\.[0-9]+)*/\S*[^\s.,;]|10/[0-9A-Za-z]{2,})\Z")
_NUMBERS = re.compile(r"(?:(?<!\s)\s++)?+[,;/]\s*+|(?<!\s)\s++(?:en|and|&)\s++")
_REMARK = re.compile(r"(?:(?<!\s)\s++)?+\([^)]{0,200}\)|^ISBN(?:-1[03])?:?\s*|^ISSN:?\s*", re.IGNORECASE)
_AHEAD = 1  # years that an article is there before the issue of a journal that it stands in
_IN_ORDER = ("original-date", "issued", "accessed")
# Parts of one book share its ISBN.
_PARTS = frozenset({"chapter", "paper-conference", "entry", "entry-dictionary", "entry-encyclopedia"})

_UNCITED = MappingProxyType({"note": "D203", "warn": "D253"})
_NOT_PRINTED = frozenset({"abstract", "annote"})


class ReferenceList(Protocol):
    """What the rules that look at the works alone need."""

    @property
    def references(self) -> tuple[Reference, ...]: ...

    @property
    def short_names(self) -> tuple[ShortName, ...]: ...


def never_cited(sources: Sources) -> Iterator[Problem]:
    """D203, D253: each work of the list is cited or named somewhere. Those that no exception names are one problem.

    It is a note or a warning as dossier.yaml asks, and nothing is told where a list may hold more than is cited.
    """
    wish = sources.manifest.citations.uncited
    if wish == "allow":
        return
    cited = {site.key for site in (*_sites(sources), *_further(sources))}
    named = {ignore.at.partition("#")[2] for ignore in sources.manifest.ignore if ignore.code == _UNCITED[wish]}
    idle = [reference for reference in sources.references if reference.key not in cited]
    others = [reference for reference in idle if reference.key not in named]
    for group in (*((reference,) for reference in idle if reference.key in named), others):
        if group:
            keys = [reference.key for reference in group]
            subject = keys[0] if len(keys) == 1 else ""
            yield problem(_UNCITED[wish], group[0].place, subject, keys=first_few(keys), key=keys[0])


def cited_outside_dossier(sources: Sources) -> Iterator[Problem]:
    """D222: a summary or infographic rests on no work that the full dossier does not cite."""
    if not any(isinstance(plan, FullPlan) for plan in sources.manifest.publications):
        return
    inside = {site.key for chapter in sources.chapters for site in chapter.citations}
    known = {reference.key for reference in sources.references}
    others = [site for text in sources.summaries for site in text.citations]
    others += [site for text in sources.infographics for site in text.citations]
    for site in others:
        if site.key in known and site.key not in inside:
            yield problem("D222", site.place, site.key, key=site.key)


def impossible_dates(sources: Sources) -> Iterator[Problem]:
    """D223: nothing appeared, or was read, after the edition's date; nothing was read before it appeared.

    An article can be read and cited up to a year before the date of the issue that it will stand in.
    """
    day = sources.manifest.date
    edition = ("date", (day.year, day.month, day.day))
    for reference in sources.references:
        stated = [(field, date) for field in _IN_ORDER if (date := reference.work.date(field).first)]
        for (early, date), (late, limit) in pairwise([*stated, edition]):
            if _is_after(date, limit, _AHEAD if early == "issued" else 0):
                yield problem(
                    "D223",
                    reference.place,
                    reference.key,
                    key=reference.key,
                    field=early,
                    value=_shown(date),
                    other=late,
                    limit=_shown(limit),
                )


def book_and_serial_numbers(sources: ReferenceList) -> Iterator[Problem]:
    """D224: the check digit of an ISBN or ISSN is right."""
    for reference in sources.references:
        for kind, is_right in (("ISBN", is_isbn), ("ISSN", is_issn)):
            for number in _split_numbers(reference.work.text(kind)):
                if not is_right(number):
                    key = reference.key
                    yield problem("D224", reference.place, key, key=key, kind=kind, number=number)


def addresses(sources: ReferenceList) -> Iterator[Problem]:
    """D225, D226: a DOI and a URL have the form that they must have; where they lead is not asked."""
    for reference in sources.references:
        doi, url = (reference.work.text(field) for field in ("DOI", "URL"))
        if doi and not _DOI.match(doi):
            yield problem("D225", reference.place, reference.key, key=reference.key, doi=doi)
        if url and not is_web_address(url):
            yield problem("D226", reference.place, reference.key, key=reference.key, url=url)


def one_work_twice(sources: ReferenceList) -> Iterator[Problem]:
    """D227: no work stands there under two keys, by its DOI, its ISBN, or its authors, year and title."""
    first: dict[tuple[str, ...], Reference] = {}
    for reference in sources.references:
        marks = tuple(_marks(reference.work))
        other = next((first[mark] for mark in marks if mark in first), None)
        if other is not None:
            key = reference.key
            yield problem("D227", reference.place, key, (other.place,), key=key, other=other.key)
        for mark in marks:
            first.setdefault(mark, reference)


def _sites(sources: Sources) -> Iterator[CitationSite]:
    for text in (*sources.chapters, *sources.summaries):
        yield from text.citations
    for infographic in sources.infographics:
        yield from infographic.citations


def _further(sources: Sources) -> Iterator[CitationSite]:
    return (site for text in sources.texts for site in text.further_reading)


def _is_after(date: tuple[int, ...], limit: tuple[int, ...], leeway: int) -> bool:
    """Whether a date is later than another by more than `leeway` years, compared in the parts that both have."""
    length = min(len(date), len(limit))
    return date[:length] > (limit[0] + leeway, *limit[1:length])


def _shown(date: tuple[int, ...]) -> str:
    return "-".join(f"{part:02}" for part in date)


def _split_numbers(text: str) -> list[str]:
    """The numbers in a field that holds several, without remarks such as '(paperback)'."""
    plain = [_REMARK.sub("", number).strip() for number in _NUMBERS.split(text)]
    return [number for number in plain if number]


def _marks(work: Work) -> Iterator[tuple[str, ...]]:
    """What a work is known by. Volumes of one work differ in their number."""
    part = tuple(work.text(field) for field in ("volume", "issue", "number", "page", "edition", "part-number"))
    if doi := work.text("DOI"):
        yield ("DOI", doi.casefold())
    if work.type not in _PARTS:
        for number in _split_numbers(work.text("ISBN")):
            if same := same_isbn(number):
                yield ("ISBN", same, *part)
    title = folded(work.title)
    if title and not work.title.startswith("["):
        people = " ".join(folded(name.head) for name in work.creators)
        year = str(next(iter(work.issued.years), ""))
        yield ("title", title, people, year, work.type, *part)


def too_long_values(sources: ReferenceList) -> Iterator[Problem]:
    """D514: each field of a work that is printed can be laid out as one paragraph; D515: and each word of it be broken
    over lines."""
    for reference in sources.references:
        for field, value in reference.work.csl().items():
            texts = () if field in _NOT_PRINTED else tuple(_texts(value))
            length, word = sum(map(len, texts)), longest_word(" ".join(texts))
            if length > LONGEST_VALUE:
                yield problem("D514", reference.place, reference.key, key=field, length=length, most=LONGEST_VALUE)
            elif len(word) > LONGEST_WORD:
                yield problem(
                    "D515", reference.place, reference.key, text=word[:40], length=len(word), most=LONGEST_WORD
                )


def _texts(value: Any) -> Iterator[str]:
    """The texts of a field: itself, or those of all names or parts of a date."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


def one_short_name_for_two(sources: Sources) -> Iterator[Problem]:
    """D245: of the organisations whose works are cited no two go by one short name, and none has that of another as its
    only one."""
    cited = {site.key for site in _sites(sources)}
    named = [
        (name, reference.place)
        for reference in sources.references
        if reference.key in cited
        for name in _organisations(reference)
    ]
    organisations = {name.name for name, _ in named}
    stated = [name for name in sources.short_names if name.organisation in organisations]
    whole = [ShortName(name.name, name.name, place) for name, place in named if not name.short]
    for alike in _alike([*stated, *whole], lambda name: name.short.casefold()):
        several = tuple(dict.fromkeys(name.organisation for name in alike))
        if len(several) > 1:
            (place, *others), short = _places(alike), alike[0].short
            yield problem("D245", place, short, tuple(others), short=short, organisations="; ".join(several))


def two_short_names_for_one(sources: ReferenceList) -> Iterator[Problem]:
    """D246: an organisation goes by one short name."""
    for alike in _alike(sources.short_names, lambda name: name.organisation):
        shorts = tuple(dict.fromkeys(name.short for name in alike))
        if len(shorts) > 1:
            (place, *others), full = _places(alike), alike[0].organisation
            yield problem("D246", place, full, tuple(others), organisation=full, shorts=", ".join(shorts))


def _organisations(reference: Reference) -> Iterator[Organisation]:
    """The organisations that a work names in any role."""
    return (name for _, names in reference.work.names for name in names if isinstance(name, Organisation))


def _places(names: Iterable[ShortName]) -> tuple[Place, ...]:
    """Where short names are stated, each place once."""
    return tuple(dict.fromkeys(name.place for name in names))


def _alike(stated: Iterable[ShortName], mark: Callable[[ShortName], str]) -> Iterable[list[ShortName]]:
    """Short names in groups that bear one mark, in their order."""
    groups: dict[str, list[ShortName]] = {}
    for name in stated:
        groups.setdefault(mark(name), []).append(name)
    return groups.values()


def empty_lists_of_kind(sources: Sources, places: Sequence[Place]) -> Iterator[Problem]:
    """D255: a text cites some work for each list of a kind; `places` are those of the lists."""
    cited = {site.key for site in _sites(sources)}
    types = {reference.work.type for reference in sources.references if reference.key in cited}
    for wanted, place in zip(sources.manifest.citations.lists, places, strict=True):
        if types.isdisjoint(wanted.types):
            reason = Reason(
                f"geen tekst verwijst ernaar, en de lijst '{wanted.title}' blijft weg",
                f"no text cites any, and the list '{wanted.title}' is left out",
            )
            yield problem("D255", place, wanted.title, types=", ".join(wanted.types) or "[]", reason=reason)


LIST_RULES: tuple[Callable[[ReferenceList], Iterator[Problem]], ...] = (
    book_and_serial_numbers,
    addresses,
    one_work_twice,
    two_short_names_for_one,
    too_long_values,
)
RULES: tuple[Callable[[Sources], Iterator[Problem]], ...] = (
    never_cited,
    cited_outside_dossier,
    impossible_dates,
    one_short_name_for_two,
    *LIST_RULES,
)
