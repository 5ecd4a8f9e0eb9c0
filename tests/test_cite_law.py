"""The law of `cite`: what is written with keys names the authors, years, places and words that were typed.

Lists and citations are made by rules that know which works each citation means. What is printed is read back without
the program's own notion of names: by numbers, and by words that the made names have alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dossierbuild.core.ast import Prose
from dossierbuild.core.catalogue import Language
from dossierbuild.core.model import CitationRequest, PublicationId, Reference, SourceFile
from dossierbuild.stages.cite import printed_alone, request_alone, resolve_citations
from dossierbuild.stages.parse.references import parse_references
from dossierbuild.stages.parse.texts import parse_text
from dossierbuild.stages.recognise import (
    Recognised,
    WorkIndex,
    candidate_keys,
    is_faithful,
    label_request,
    prose_of,
    readings,
    recognise,
    text_of_each,
    words_of,
)
from dossierbuild.tools.csl import load_style

# Each example runs pandoc four times; what fails is as readable as it is made, and is not made smaller for an hour.
LAW = settings(
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    phases=[Phase.explicit, Phase.generate],
)
APA = load_style("apa", language="nl-NL", as_written=False)
FAMILIES = "Aardema Beukers Cornelisse Dijkema Elzinga Feenstra Gaasterland Hofstede".split()
PARTICLES = ("", "", "", "van", "van den", "de", "’t")
ORGANISATIONS = (
    ("Centraal Bureau voor de Statistiek", "CBS"),
    ("Nederlands Jeugdinstituut", "NJi"),
    ("Raad voor Volksgezondheid en Samenleving", "RVS"),
)


@dataclass(frozen=True)
class Author:
    """An author of the made list; an organisation has a short name and no initials."""

    name: str
    initials: str = ""
    particle: str = ""
    short: str = ""

    @property
    def surname(self) -> str:
        return f"{self.particle} {self.name}".strip()

    @property
    def yaml(self) -> str:
        if self.short:
            return f'{{literal: "{self.name}", short: {self.short}}}'
        return f'{{family: {self.name}, given: {self.initials}, non-dropping-particle: "{self.particle}"}}'


@dataclass(frozen=True)
class Made:
    """A work of the made list. Works of the same authors and year have letters, in the order of their titles."""

    key: str
    authors: tuple[Author, ...]
    year: int
    letter: str = ""


@dataclass(frozen=True)
class Typed:
    """A citation as it is typed, and what it means: works in any order, and the numbers and words beside them."""

    text: str
    keys: frozenset[str]
    numbers: frozenset[str]
    words: frozenset[str] = field(default_factory=frozenset)
    is_damaged: bool = False


# --- made lists and citations --------------------------------------------------------------------------------------


@st.composite
def lists(draw: st.DrawFn) -> tuple[Made, ...]:
    """Works of which no two surnames are one, so that initials tell nobody apart; some share authors and year."""
    people = [
        Author(family, draw(st.sampled_from(["A.", "J. W.", "T."])), draw(st.sampled_from(PARTICLES)))
        for family in FAMILIES
    ]
    authors: list[Author] = [*people, *(Author(name, short=short) for name, short in ORGANISATIONS)]
    works: list[Made] = []
    for first in authors:
        others = draw(
            st.lists(st.sampled_from([author for author in people if author != first]), unique=True, max_size=3)
        )
        named = (first,) if first.short else (first, *others)
        for year in draw(st.lists(st.integers(1998, 2024), min_size=1, max_size=2, unique=True)):
            letters = draw(st.sampled_from(["", "", "ab", "abc"]))
            works += [Made(f"w{len(works) + n}", named, year, letter) for n, letter in enumerate(letters or [""])]
    return tuple(works)


def as_yaml(works: Sequence[Made]) -> bytes:
    """The list as editors write it; titles of one year are in the order of their letters."""
    entries = [
        f"  - {{id: {work.key}, type: book, author: [{', '.join(author.yaml for author in work.authors)}], "
        f"issued: {work.year}, title: Titel {work.letter or 'x'}, publisher: Uitgever}}"
        for work in works
    ]
    return "\n".join(["references:", *entries, ""]).encode()


@st.composite
def names(draw: st.DrawFn, work: Made, *, in_text: bool) -> str:
    """The authors of a work in one of the forms that people type."""
    join = draw(st.sampled_from([" en ", " & "] if not in_text else [" en "]))
    called = [draw(name(author, in_text=in_text)) for author in work.authors]
    if len(called) < 3:
        return join.join(called)
    if draw(st.booleans()):
        return called[0] + draw(st.sampled_from([" et al.", " e.a.", " c.s.", " en anderen", " en collega’s"]))
    return ", ".join(called[:-1]) + join + called[-1]


@st.composite
def name(draw: st.DrawFn, author: Author, *, in_text: bool) -> str:
    if author.short:
        both = [f"{author.name} [{author.short}]", f"{author.name} ({author.short})"]
        return draw(st.sampled_from([author.name, author.short, *both]))
    surname = author.surname[0].upper() + author.surname[1:]
    forms = [surname, surname, f"{author.initials} {author.surname}"]
    return draw(st.sampled_from(forms if in_text else [*forms, f"{surname}, {author.initials}"]))


@st.composite
def years(draw: st.DrawFn, works: Sequence[Made]) -> str:
    """The years of works by the same authors; letters may share one."""
    first, *others = works
    text = f"{first.year}{first.letter}"
    for work, before in zip(others, works, strict=False):
        shared = work.letter and work.year == before.year
        sign = draw(st.sampled_from([", ", ",", " en ", "/", " & "] if shared else [", ", "; ", " en "]))
        text += sign + (work.letter if shared and draw(st.booleans()) else f"{work.year}{work.letter}")
    return text


@st.composite
def citations(draw: st.DrawFn, works: Sequence[Made]) -> Typed:
    """A citation of one author or of several, in parentheses or in running text, now and then damaged."""
    heads = draw(
        st.lists(
            st.sampled_from(sorted({work.authors for work in works}, key=str)), min_size=1, max_size=3, unique=True
        )
    )
    in_text = draw(st.booleans()) and len(heads) == 1
    damage = draw(st.sampled_from(["", "", "", "letter", "name", "work"]))
    parts, keys, numbers, words = list[str](), set[str](), set[str](), set[str]()
    for authors in heads:
        of_authors = [work for work in works if work.authors == authors]
        named = sorted(
            draw(st.lists(st.sampled_from(of_authors), min_size=1, max_size=3, unique=True)),
            key=lambda work: (work.year, work.letter),
        )
        page = draw(st.sampled_from(["", "", "p. 7", "p.7", "pp. 31-35", "blz. 7", "7", "p. 7 e.v."]))
        place = f", {page}" if page else ""
        signal = draw(st.sampled_from(["", "", "zie ook ", "vgl. ", "bijvoorbeeld "])) if not in_text else ""
        stranger = "Ypma & " if damage == "name" and not parts else ""
        typed_names, typed_years = stranger + draw(names(named[0], in_text=in_text)), draw(years(named))
        parts.append(
            f"{typed_names} ({typed_years}{place})" if in_text else f"{signal}{typed_names}, {typed_years}{place}"
        )
        keys |= {work.key for work in named}
        numbers |= {f"{work.year}{work.letter}" for work in named} | set(re.findall(r"\d+", page))
        words |= set(re.findall(r"zie|ook|vgl|bijvoorbeeld", signal))
    text = "; ".join(parts)
    if damage == "letter":
        text = re.sub(r"((?:19|20)\d\d)[a-z]?(?!.*(?:19|20)\d\d)", r"\1z", text)
    elif damage == "work":
        text = f"{text[:-1]}; Ypma, 2003)" if in_text else f"{text}; Ypma, 2003"
    return Typed(
        text=text if in_text else f"({text})",
        keys=frozenset(keys),
        numbers=frozenset(numbers),
        words=frozenset(words),
        is_damaged=bool(damage),
    )


# --- what the program makes of them --------------------------------------------------------------------------------


def read_list(works: Sequence[Made]) -> tuple[Reference, ...]:
    read = parse_references(SourceFile("references.yaml", as_yaml(works), ""))
    assert read.value
    return read.value


def found_in(
    typed: Sequence[Typed], references: tuple[Reference, ...]
) -> tuple[WorkIndex, CitationRequest, list[list[Recognised]]]:
    """What is recognised in each of some citations, each in a paragraph of its own."""
    paragraphs = [f"Dat is zo. {citation.text} Verder." for citation in typed]
    file = SourceFile("a.md", ("# Kop\n\n" + "\n\n".join(paragraphs) + "\n").encode(), "")
    parsed = parse_text(file, Language.NL)
    assert parsed.value
    prose = prose_of(parsed.value, file)
    request = label_request(references, candidate_keys(prose, WorkIndex(references)), APA, "nl-NL")
    resolved = resolve_citations(request)
    assert resolved.value
    index = WorkIndex(references, resolved.value.labels)
    citations = recognise(prose, index)
    starts = [prose.text.index(paragraph) for paragraph in paragraphs]
    of_each = [
        [citation for citation in citations if start <= citation.start < start + len(paragraph)]
        for start, paragraph in zip(starts, paragraphs, strict=True)
    ]
    return index, request, of_each


def printed_by(citations: Sequence[Recognised], request: CitationRequest) -> Mapping[Recognised, str]:
    """What each citation prints once it is written with keys."""
    parsed = parse_text(SourceFile("b.md", text_of_each(citations).encode(), ""), Language.NL)
    assert parsed.value
    texts: Mapping[Recognised, Prose] = readings(citations, parsed.value)
    named = {PublicationId(str(number)): citation for number, citation in enumerate(citations)}
    resolved = resolve_citations(request_alone({name: texts[one] for name, one in named.items()}, request))
    assert resolved.value
    return {one: words_of(printed_alone(name, texts[one], resolved.value)) for name, one in named.items()}


def numbers_in(printed: str) -> frozenset[str]:
    return frozenset(re.findall(r"\d+[a-z]?", printed))


def assert_lawful(works: tuple[Made, ...], typed: Sequence[Typed]) -> None:
    index, request, of_each = found_in(typed, read_list(works))
    whole = [citation for citations in of_each for citation in citations if citation.is_whole]
    printed = printed_by(whole, request) if whole else {}
    by_key = {work.key: work for work in works}
    for citation, recognised in zip(typed, of_each, strict=True):
        if citation.is_damaged:
            assert not any(one.is_whole for one in recognised), citation.text
            continue
        assert [one.is_whole for one in recognised] == [True], citation.text
        (one,) = recognised
        assert frozenset(one.keys) == citation.keys, citation.text
        said = printed[one]
        assert numbers_in(said) == citation.numbers, (citation.text, said)
        assert citation.words <= set(re.findall(r"\w+", said)), (citation.text, said)
        firsts = [by_key[key].authors[0] for key in citation.keys]
        assert all(first.name in said or (first.short and first.short in said) for first in firsts), citation.text
        assert is_faithful(one.text, said, [index.works[key] for key in one.keys]), (citation.text, said)
        for other in damaged(said):
            assert not is_faithful(one.text, other, [index.works[key] for key in one.keys]), (citation.text, other)


def damaged(printed: str) -> Iterator[str]:
    """A printed citation with a number less, with another one, and with a word more."""
    for number in sorted(numbers_in(printed)):
        yield re.sub(rf"\b{number}\b", "", printed)
        yield re.sub(rf"\b{number}\b", "1877", printed)
    yield f"{printed[:-1]}, herdruk{printed[-1]}"


@st.composite
def cases(draw: st.DrawFn) -> tuple[tuple[Made, ...], list[Typed]]:
    works = draw(lists())
    return works, draw(st.lists(citations(works), min_size=12, max_size=12))


@settings(LAW, max_examples=4)
@given(case=cases())
def test_what_is_written_with_keys_prints_what_was_typed(case: tuple[tuple[Made, ...], list[Typed]]) -> None:
    assert_lawful(*case)


@pytest.mark.thorough
@settings(LAW, max_examples=60)
@given(case=cases())
def test_the_law_holds_for_many_lists(case: tuple[tuple[Made, ...], list[Typed]]) -> None:
    assert_lawful(*case)


@pytest.mark.parametrize("text", ["(Aardema, 2015a, c)", "(Aardema, 2015a; Ypma, 2003)", "(Aardema, 2015a, b, c)"])
def test_what_says_more_than_keys_would_print_is_told_and_never_written(text: str) -> None:
    works = tuple(Made(f"w{letter}", (Author("Aardema", "A."),), 2015, letter) for letter in "ab")
    _, _, (recognised,) = found_in([Typed(text, frozenset(), frozenset())], read_list(works))
    assert recognised
    assert not any(one.is_whole for one in recognised)
