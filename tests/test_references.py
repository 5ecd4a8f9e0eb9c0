"""The reference list: four formats, one result; what is wrong with a list is told at its place."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossierbuild.core.catalogue import Language, Severity
from dossierbuild.core.characters import loose_directions, unfit_characters
from dossierbuild.core.csl_fields import DATES, NAMES, PROSE, TYPES
from dossierbuild.core.model import CitationStyle, Reference, SourceFile, Sources, TextFile
from dossierbuild.core.problems import Problem, as_text
from dossierbuild.core.spec import CitationSettings, FullPlan, Ignore, Manifest, PublicationKind, SummaryPlan
from dossierbuild.stages.check import citations as citation_rules
from dossierbuild.stages.check import quotations
from dossierbuild.stages.check import references as rules
from dossierbuild.stages.parse.manifest import parse_manifest
from dossierbuild.stages.parse.reference_yaml import references_as_yaml
from dossierbuild.stages.parse.references import parse_references
from dossierbuild.stages.parse.short_names import stated_in_manifest, with_short_names
from dossierbuild.stages.parse.texts import parse_text

SAMPLES = Path(__file__).parent / "references"
FORMATS = ("yaml", "json", "bib", "ris")


def source(path: str, text: str) -> SourceFile:
    return SourceFile(path, text.encode(), "")


def parsed(text: str, path: str = "references.yaml") -> tuple[tuple[Reference, ...], tuple[Problem, ...]]:
    answer = parse_references(source(path, text))
    for one in answer.problems:
        assert all(as_text(one, language, "").startswith(f"{path}:") for language in Language)
    return answer.value or (), answer.problems


def works(text: str, path: str = "references.yaml") -> dict[str, dict[str, object]]:
    references, _ = parsed(text, path)
    return {one.key: one.work.csl() for one in references}


def found(text: str, path: str = "references.yaml") -> list[tuple[str, int, str]]:
    """Code, line and subject of every problem."""
    return [(one.code, one.place.line, one.subject) for one in parsed(text, path)[1]]


def book(**fields: object) -> dict[str, object]:
    return {"id": "a", "type": "book", "title": "Titel", "publisher": "Boom", **fields}


def in_json(**fields: object) -> str:
    return json.dumps([book(**fields)])


def in_yaml(*lines: str) -> str:
    return "\n".join(
        ("- id: a", "  type: book", "  title: Titel", "  publisher: Boom", *(f"  {line}" for line in lines))
    )


# --- four formats ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_same_works_are_the_same_in_every_format(suffix: str) -> None:
    path = SAMPLES / f"works.{suffix}"
    references, problems = parsed(path.read_text("utf-8"), path.name)
    expected = parsed((SAMPLES / "works.yaml").read_text("utf-8"))[0]
    assert problems == ()
    assert [one.work for one in references] == [one.work for one in expected]


@pytest.mark.parametrize("suffix", FORMATS)
def test_each_work_has_its_place(suffix: str) -> None:
    path = SAMPLES / f"works.{suffix}"
    text = path.read_text("utf-8")
    lines = text.split("\n")
    starts = {"yaml": "id: ", "json": "{", "bib": "@", "ris": "TY  - "}
    for one in parsed(text, path.name)[0]:
        assert one.place.path == path.name
        assert lines[one.place.line - 1][one.place.column - 1 :].startswith(starts[suffix])
        entry = "\n".join(lines[one.place.line - 1 : one.place.line + 3])
        assert one.key in entry


def test_items_are_canonical_json() -> None:
    for one in parsed((SAMPLES / "works.bib").read_text("utf-8"), "works.bib")[0]:
        item = one.work.csl()
        assert json.dumps(item) == json.dumps(item, sort_keys=True)


def test_values_that_yaml_reads_as_something_else_stay_text() -> None:
    text = in_yaml("issue: 010", "volume: 1e3", "note: No", "number: 2020-03-05", "issued: 2020-03-05")
    work = works(text)["a"]
    assert [work[field] for field in ("issue", "volume", "note", "number")] == [
        "010",
        "1e3",
        "No",
        "2020-03-05",
    ]
    assert work["issued"] == {"date-parts": [[2020, 3, 5]]}


def test_capitals_in_a_bibtex_title_stay_as_written() -> None:
    titles = ("De Wmo in Den Haag", "Sociaal Werk: een Vak")
    for title in titles:
        assert works(f"@book{{a, title = {{{title}}}, year = 2020}}", "a.bib")["a"]["title"] == title


def test_a_bibtex_file_may_hold_remarks_strings_and_round_entries() -> None:
    text = (
        "Uit Zotero, vragen: bieb@example.org\n@comment{niets}\n@string{boom = {Boom}}\n"
        '@book(a, % oud\n title = "De Wmo in " # {Den Haag}, publisher = boom, year = 2020)'
    )
    (reference,), problems = parsed(text, "a.bib")
    work = reference.work.csl()
    assert (work["title"], work["publisher"]) == ("De Wmo in Den Haag", "Boom")
    assert (reference.place.line, problems) == (4, ())


def test_a_thesis_in_bibtex_is_called_by_the_language_of_its_entry_or_of_the_dossier() -> None:
    text = "@phdthesis{a, author={Bos, C.}, title={X}, school={UvA}, langid={english}}\n@phdthesis{b, title={Y}}"
    file = source("a.bib", text)
    dutch, english = (parse_references(file, language).value for language in (Language.NL, Language.EN))
    assert dutch
    assert english
    genres = [one.work.csl()["genre"] for one in (*dutch, *english)]
    assert genres == [
        "Doctoral dissertation",
        "Proefschrift",
        "Doctoral dissertation",
        "Doctoral dissertation",
    ]


def test_a_ris_work_without_id_is_called_by_name_and_year() -> None:
    record = "TY  - BOOK\nAU  - van der Müller, Jan\nTI  - Titel\nPB  - Boom\nPY  - 2021\nER  - \n"
    assert list(works(record * 3, "a.ris")) == ["muller2021", "muller2021a", "muller2021b"]


@pytest.mark.parametrize(
    ("tag", "number", "field"),
    [("BOOK", "978-90-352-2121-5", "ISBN"), ("JOUR", "0028-0836", "ISSN"), ("RPRT", "0028-0836", "ISSN")],
)
def test_sn_in_ris_is_an_isbn_or_an_issn_by_type(tag: str, number: str, field: str) -> None:
    assert works(f"TY  - {tag}\nID  - a\nTI  - X\nSN  - {number}\nER  - ", "a.ris")["a"][field] == number


# --- names -----------------------------------------------------------------------------------------------

STERREN = {"family": "Sterren", "given": "Jan", "non-dropping-particle": "van der"}


@pytest.mark.parametrize(
    "name",
    [
        {"family": "van der Sterren", "given": "Jan"},
        {"family": "Van der Sterren", "given": "Jan"},
        {"family": "Sterren, van der", "given": "Jan"},
        {"family": "Sterren", "given": "Jan van der"},
        {"family": "Sterren", "given": "Jan", "dropping-particle": "van der"},
    ],
)
def test_a_particle_goes_to_its_place_and_the_editor_is_told(name: dict[str, str]) -> None:
    text = in_json(author=[name])
    assert works(text, "a.json")["a"]["author"] == [STERREN]
    (problem,) = parsed(text, "a.json")[1]
    assert (problem.code, problem.subject, problem.words["particle"]) == ("D217", "a", "van der")


def test_a_particle_beside_another_takes_nothing_away() -> None:
    text = in_json(author=[{"family": "de Vries", "given": "Jan", "dropping-particle": "van"}])
    assert works(text, "a.json")["a"]["author"] == [
        {"family": "de Vries", "given": "Jan", "non-dropping-particle": "van"}
    ]


@pytest.mark.parametrize(
    "author",
    [
        "van der Sterren, Jan",
        "Jan van der Sterren",
        "{van der Sterren}, Jan",
        "Sterren, Jan van der",
        "family=Sterren, given=Jan, prefix=van der",
    ],
)
def test_a_particle_in_bibtex_goes_to_its_place_in_silence(author: str) -> None:
    text = f"@book{{a, author = {{{author}}}, title = {{X}}, publisher = {{Boom}}}}"
    assert works(text, "a.bib")["a"]["author"] == [STERREN]
    assert found(text, "a.bib") == []


@pytest.mark.parametrize(
    ("author", "given", "particle"),
    [
        ("Bergh, Erika Van den", "Erika", "van den"),
        ("Bergh, Erika Van", "Erika", "van"),
        ("Bergh, E. De", "E.", "de"),
        ("Bergh, Jan Willem Van De", "Jan Willem", "van de"),
    ],
)
def test_a_particle_that_is_left_behind_the_first_names_goes_before_the_family_name(
    author: str, given: str, particle: str
) -> None:
    text = f"@book{{a, author = {{{author}}}, title = {{X}}, publisher = {{Boom}}}}"
    assert works(text, "a.bib")["a"]["author"] == [
        {"family": "Bergh", "given": given, "non-dropping-particle": particle}
    ]


@pytest.mark.parametrize(
    ("family", "particle", "rest"),
    [
        ("'t Hart", "’t", "Hart"),
        ("in ’t Veld", "in ’t", "Veld"),
        ("Van den Berg", "van den", "Berg"),
        ("Op de Beeck", "op de", "Beeck"),
        ("Ter Horst", "ter", "Horst"),
        ("von Meyenfeldt", "von", "Meyenfeldt"),
    ],
)
def test_dutch_particles(family: str, particle: str, rest: str) -> None:
    names = works(f"TY  - BOOK\nID  - a\nAU  - {family}, A.\nER  - ", "a.ris")["a"]["author"]
    assert names == [{"family": rest, "given": "A.", "non-dropping-particle": particle}]


@pytest.mark.parametrize(
    "name",
    [
        {"family": "Over", "given": "A."},
        {"family": "Laguna-Muggenburg", "given": "E."},
        {"family": "Wang", "given": "Te"},
        {"family": "Nguyễn", "given": "Thị Van"},
        {"family": "Bos", "given": "Jan Ten"},
        {"family": "Bos", "given": "Van"},
        {"family": "d’Ancona", "given": "H."},
        {"literal": "De Nederlandsche Bank"},
        {"literal": "Van Gogh Museum"},
    ],
)
def test_names_without_a_particle_stay_whole(name: dict[str, str]) -> None:
    text = in_json(author=[name])
    assert works(text, "a.json")["a"]["author"] == [name]
    assert found(text, "a.json") == []


def test_what_other_programs_say_of_a_name_is_kept() -> None:
    names = [{"family": "Movisie", "isInstitution": True}, {"family": "Bos", "suffix": "Jr.", "comma-suffix": True}]
    read, problems = parsed(in_json(author=names), "references.json")
    assert not problems
    kept = [{"literal": "Movisie"}, {"comma-suffix": True, "family": "Bos", "suffix": "Jr."}]
    assert read[0].work.csl()["author"] == kept
    assert works(references_as_yaml(read)) == {"a": read[0].work.csl()}


@pytest.mark.parametrize(
    ("page", "clean"),
    [("p. 5", "5"), ("P. 5-7", "5-7"), ("pp.5–7", "5-7"), ("Blz. 5", "5"), ("P5", "P5"), ("N110-P5", "N110-P5")],
)
def test_a_page_loses_its_label_and_no_letter(page: str, clean: str) -> None:
    assert works(in_json(page=page), "references.json")["a"]["page"] == clean


def test_an_empty_particle_keeps_a_flemish_name_whole_there_and_back() -> None:
    text = in_yaml("author: [{family: Van Parijs, given: Philippe, non-dropping-particle: ''}]")
    references, problems = parsed(text)
    assert references[0].work.csl()["author"] == [{"family": "Van Parijs", "given": "Philippe"}]
    assert problems == ()
    assert [one.work for one in parsed(references_as_yaml(references))[0]] == [references[0].work]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("@book{a, author={Raad van State}, title={X}, publisher={Y}}", "a.bib"),
        ("@book{a, author={Centraal Bureau voor de Statistiek}, title={X}, publisher={Y}}", "a.bib"),
        ("@book{a, author={Stichting Lezen, Schrijven}, title={X}, publisher={Y}}", "a.bib"),
        ("TY  - BOOK\nID  - a\nAU  - Stichting Lezen, Schrijven\nTI  - X\nER  - ", "a.ris"),
        (in_json(author=[{"family": "State", "given": "Raad", "non-dropping-particle": "van"}]), "a.json"),
    ],
)
def test_an_organisation_split_into_first_and_last_name_is_told(text: str, path: str) -> None:
    assert found(text, path) == [("D218", 1, "a")]


def test_an_organisation_keeps_its_short_name_there_and_back() -> None:
    stated = {"literal": "Raad van State", "short": "RvS"}
    references, problems = parsed(in_json(author=[stated]))
    again, _ = parsed(references_as_yaml(references))
    assert not problems
    assert [reference.work.csl()["author"] for reference in (*references, *again)] == [[stated], [stated]]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ({"family": "Jansen", "given": "A.", "short": "AJ"}, "D210"),
        ({"literal": "Raad van State", "short": ["RvS"]}, "D215"),
        ({"literal": "Raad van State", "shrot": "RvS"}, "D210"),
    ],
)
def test_a_short_name_is_a_text_at_an_organisation(name: dict[str, object], code: str) -> None:
    assert [told for told, _, _ in found(in_json(author=[name]))] == [code]


def test_a_short_name_that_is_the_name_says_nothing() -> None:
    references, _ = parsed(in_json(author=[{"literal": "Movisie", "short": "Movisie"}]))
    assert references[0].work.csl()["author"] == [{"literal": "Movisie"}]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.bib", "@report{a, author = {{Raad van State}}, shortauthor = {{RvS}}, title = {X}, year = 2020}"),
        ("a.bib", "@report{a, author = {{Raad van State} and Bos, Jan}, shortauthor = {RvS and Bos}, title = {X}}"),
        ("a.bib", "@book{a, editor = {{Raad van State}}, shorteditor = {RvS}, title = {X}}"),
        ("a.bib", "@report{a, author = {{Raad van State}}, title = {X}, note = {Short author: RvS}}"),
        ("a.json", in_json(author=[{"literal": "Raad van State"}], note="Een noot\nShort Author: RvS")),
        ("a.json", in_json(author=[{"literal": "Raad van State"}], note="tex.shortauthor: {RvS}")),
        (
            "a.json",
            in_json(author=[{"family": "Bos", "given": "J."}, {"literal": "Raad van State"}], note="shortauthor: RvS"),
        ),
        ("a.json", in_json(author=[{"literal": "Raad van State", "short": "RvS"}], note="shortauthor: Raad")),
        ("a.ris", "TY  - RPRT\nID  - a\nAU  - Raad van State\nTI  - X\nN1  - Short author: RvS\nER  - \n"),
    ],
)
def test_short_names_are_read_where_programs_keep_them(path: str, text: str) -> None:
    work = works(text, path)["a"]
    people = [name for role in ("author", "editor") for name in work.get(role, [])]  # type: ignore[attr-defined]
    assert {"literal": "Raad van State", "short": "RvS"} in people
    assert [name.get("short") for name in people if "family" in name] in ([], [None])
    assert work.get("note", "Een noot") == "Een noot"


@pytest.mark.parametrize("short", ["rvs", "{R\\'evS}", "{A and B}"])
def test_what_is_not_sure_to_be_a_short_name_is_none(short: str) -> None:
    text = f"@report{{a, author = {{{{Raad van State}}}}, shortauthor = {short}, title = {{X}}}}"
    assert works(f'@string{{rvs = "RvS"}}\n{text}', "a.bib")["a"]["author"] == [{"literal": "Raad van State"}]


@pytest.mark.parametrize(
    "stated",
    [
        "publisher: {name: Raad van State, short: RvS}",
        "authors: [{literal: Raad van State, short: RvS}]",
        "contributors: [{name: Raad van State, role: editor, short: RvS}]",
        "funders: [{name: Raad van State, short: RvS}]",
    ],
)
def test_an_organisation_of_the_dossier_gives_its_works_its_short_name(stated: str) -> None:
    manifest = parse_manifest(source("dossier.yaml", f"title: Titel\n{stated}\n")).value
    assert manifest
    names = tuple(stated_in_manifest("dossier.yaml", *manifest))
    assert [name.place.line for name in names] == [2]
    (work,) = with_short_names(parsed(in_json(author=[{"literal": "Raad van State"}]))[0], names)
    assert work.work.csl()["author"] == [{"literal": "Raad van State", "short": "RvS"}]


def test_people_who_are_called_raad_or_bank_are_no_organisations() -> None:
    people = [
        {"family": "Raad", "given": "B.", "non-dropping-particle": "de"},
        {"family": "Bank", "given": "Jan"},
    ]
    assert found(in_json(author=people), "a.json") == []


def test_an_organisation_of_one_word_is_the_same_in_braces_and_without() -> None:
    plain, braced, ris = (
        works("@misc{a, author={Movisie}, title={X}}", "a.bib"),
        works("@misc{a, author={{Movisie}}, title={X}}", "a.bib"),
        works("TY  - GEN\nID  - a\nAU  - Movisie,\nTI  - X\nER  - ", "a.ris"),
    )
    assert plain == braced == ris


# --- dates -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("2021", [[2021]]),
        ("2021-03", [[2021, 3]]),
        ("2021-03-05", [[2021, 3, 5]]),
        ("2021/2022", [[2021], [2022]]),
        ("2021–2022", [[2021], [2022]]),
        ("2021-03/2021-05", [[2021, 3], [2021, 5]]),
        ("5 maart 2021", [[2021, 3, 5]]),
        ("maart 2021", [[2021, 3]]),
        ("2021, 5 maart", [[2021, 3, 5]]),
        ("March 5, 2021", [[2021, 3, 5]]),
        ("{year: 2021, month: 3}", [[2021, 3]]),
        ("{year: 2021, month: maart}", [[2021, 3]]),
        ("[2021, 3]", [[2021, 3]]),
        ("[[2021, 3]]", [[2021, 3]]),
        ("[{year: 2021}, {year: 2022}]", [[2021], [2022]]),
        ("{date-parts: [[2021, 3, 0]]}", [[2021, 3]]),
        ("{literal: 2021-03}", [[2021, 3]]),
        ("{raw: 2021-03}", [[2021, 3]]),
        ("-0350", [[-350]]),
    ],
)
def test_dates(written: str, parts: list[list[int]]) -> None:
    assert works(in_yaml(f"issued: {written}"))["a"]["issued"] == {"date-parts": parts}
    assert found(in_yaml(f"issued: {written}")) == []


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2021-21", {"date-parts": [[2021]], "season": 1}),
        ("herfst 2021", {"date-parts": [[2021]], "season": 3}),
        ("2021~", {"date-parts": [[2021]], "circa": True}),
        ("ca. 1650", {"date-parts": [[1650]], "circa": True}),
        ("in druk", {"literal": "in druk"}),
        ("{literal: voorjaar van 1989}", {"literal": "voorjaar van 1989"}),
    ],
)
def test_dates_with_more_to_them(written: str, date: dict[str, object]) -> None:
    assert works(in_yaml(f"issued: {written}"))["a"]["issued"] == date


@pytest.mark.parametrize("written", ["z.d.", "n.d.", "{literal: z.d.}", "", "{date-parts: [[]]}"])
def test_a_work_without_a_date_has_none(written: str) -> None:
    assert "issued" not in works(in_yaml(f"issued: {written}"))["a"]
    assert found(in_yaml(f"issued: {written}")) == []


@pytest.mark.parametrize(
    "written",
    ["2021-02-30", "2021-13", "05-03-2021", "5/3/2021", "2022/2021", "onbekend", "[a]", "{year: x}", "2021a"],
)
def test_what_is_no_date_is_told_at_its_line(written: str) -> None:
    assert found(in_yaml(f"issued: {written}")) == [("D209", 5, "a")]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("@book{a,\ntitle={X}, publisher={Y}, date={2021-13-01}}", "a.bib"),
        ("TY  - BOOK\nID  - a\nTI  - X\nPB  - Y\nPY  - 2021/13/01/\nER  - ", "a.ris"),
        (in_json(issued={"date-parts": [[2021, 13]]}), "a.json"),
    ],
)
def test_what_is_no_date_is_told_in_every_format(text: str, path: str) -> None:
    assert found(text, path) == [("D209", 1, "a")]


@pytest.mark.parametrize("written", ["2000///", "2000", "2000//"])
def test_dates_of_ris(written: str) -> None:
    text = f"TY  - BOOK\nID  - a\nPY  - {written}\nER  - "
    assert works(text, "a.ris")["a"]["issued"] == {"date-parts": [[2000]]}


# --- texts and numbers -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "written", "expected"),
    [
        ("DOI", "https://doi.org/10.1000/ABC", "10.1000/ABC"),
        ("DOI", "doi: 10.1000/abc", "10.1000/abc"),
        ("page", "pp. 12–30", "12-30"),
        ("page", "12--30", "12-30"),
        ("edition", "2e druk", "2"),
        ("edition", "3rd ed.", "3"),
        ("edition", "Second", "2"),
        ("edition", "tweede druk", "2"),
        ("edition", "International", "International"),
        ("edition", "2e herziene druk", "2e herziene druk"),
        ("language", "Nederlands", "nl-NL"),
        ("language", "fy", "fy"),
        (
            "title",
            "Zo'n buurt in '80: 's avonds bij de gemeente's loket",
            "Zo’n buurt in ’80: ’s avonds bij de gemeente’s loket",
        ),
        ("title", "'Het is altijd' geweest", "'Het is altijd' geweest"),
        ("URL", "https://example.org/a'b", "https://example.org/a'b"),
    ],
)
def test_texts_take_one_form(field: str, written: str, expected: str) -> None:
    assert works(in_json(**{field: written}), "a.json")["a"][field] == expected


def test_markdown_emphasis_in_yaml_becomes_csl_markup() -> None:
    assert works('- {id: a, type: book, title: "Over *Macbeth* en 2 * 3"}')["a"]["title"] == (
        "Over <i>Macbeth</i> en 2 * 3"
    )


# --- problems --------------------------------------------------------------------------------------------

BASE = "id: a, type: book, title: Titel, publisher: Boom"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- {" + BASE + "}\n- {" + BASE.replace("id: a", "id: A") + "}", [("D202", 2, "A")]),
        ("- {id: a, type: book, publisher: Boom}", [("D204", 1, "a")]),
        ("- {id: a, type: book, publisher: Boom,\n   title: '[titel onbekend]'}", [("D204", 1, "a")]),
        ("- {id: a, type: book, publisher: Boom,\n   title: '[Title unknown]'}", [("D204", 1, "a")]),
        ("- {id: a, type: article-journal, title: Titel}", [("D205", 1, "a")]),
        ("- {id: a, type: chapter, title: Titel}", [("D205", 1, "a")]),
        ("- {id: a, type: webpage, title: Titel, issued: 2021}", [("D205", 1, "a")]),
        ("- {id: a, type: webpage, title: Titel, URL: https://example.org}", [("D205", 1, "a")]),
        ("- {id: a, type: webpage, title: Titel, URL: https://example.org, accessed: 2024-03-03}", []),
        ("- {id: a,\n   type: boek, title: Titel}", [("D206", 2, "a")]),
        ("- {" + BASE + ",\n   isbn: x}", [("D210", 2, "a")]),
        ("- {" + BASE + ",\n   author: [{surname: Bos, given: A.}]}", [("D210", 2, "a")]),
        ("- {id: a, title: Titel}", [("D211", 1, "a")]),
        ("- {type: book, title: Titel}", [("D212", 1, "")]),
        ("- {" + BASE.replace("id: a", "id: a b") + "}", [("D213", 1, "a b")]),
        ("- {" + BASE + ",\n   opmerking bureau: x}", [("D214", 2, "a")]),
        ("- {" + BASE + ",\n   note: {x: y}}", [("D215", 2, "a")]),
        ("- {" + BASE + ",\n   author: 'Bos, A.'}", [("D216", 2, "a")]),
        ("- {" + BASE + ",\n   author: [{given: ''}]}", [("D216", 2, "a")]),
        ("- {" + BASE + ",\n   author: [{literal: e.a.}]}", [("D228", 2, "a")]),
        ("- {" + BASE + "}\n- tekst", [("D221", 2, "")]),
        ("title: Titel", [("D220", 1, "")]),
        ("references: tekst", [("D220", 1, "")]),
        ("references:", []),
    ],
)
def test_problems_of_a_list_in_yaml(text: str, expected: list[tuple[str, int, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("a.txt", "x", ("D219", 0)),
        ("a.json", '[{"id": "a",\n}]', ("D208", 2)),
        ("a.json", '{"x": 1}', ("D220", 1)),
        ("a.json", '[{"id": "a"},\n]', ("D208", 2)),
        ("a.json", '[\n{"id": "a"', ("D208", 2)),
        ("a.json", '[{"id":\n"a}]\n', ("D208", 2)),
        ("a.json", '[{"id": "a"}]\n[]', ("D208", 2)),
        ("a.json", "[" * 100_000, ("D138", 1)),
        ("a.json", "[\n" * 200 + "]" * 200, ("D138", 41)),
        ("a.bib", "@book{a, title = {X}}\n\n@book{b,\n title = {Y}\n author = {Z}}", ("D208", 5)),
        ("a.bib", "@book{a, title = {X}}\n@book{b,\n title = {Y, author = {Z}}", ("D208", 2)),
        ("a.bib", "tekst", ("D229", 0)),
        ("a.ris", "tekst", ("D229", 0)),
    ],
)
def test_a_list_that_cannot_be_read_is_told_at_its_line(path: str, text: str, expected: tuple[str, int]) -> None:
    answer = parse_references(source(path, text))
    assert answer.value is None
    assert [(one.code, one.place.line) for one in answer.problems] == [expected]


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_list_in_another_encoding_is_refused(suffix: str) -> None:
    answer = parse_references(SourceFile(f"a.{suffix}", "Müller".encode("latin-1"), ""))
    assert (answer.value, [one.code for one in answer.problems]) == (None, ["D107"])


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.bib", "@book{Bos, title={X}, publisher={Y}}\n@book{bos, title={Z}, publisher={Y}}"),
        ("a.ris", "TY  - BOOK\nID  - Bos\nTI  - X\nPB  - Y\nTY  - BOOK\nID  - bos\nTI  - X\nPB  - Y\nER  - "),
        ("a.json", json.dumps([book(id="Bos"), book(id="bos")], indent=0)),
    ],
)
def test_a_key_that_stands_there_twice_is_told_with_the_first_place(path: str, text: str) -> None:
    references, (problem,) = parsed(text, path)
    assert problem.code == "D202"
    assert problem.related == (references[0].place,)
    assert problem.place.line > references[0].place.line


def test_fields_of_other_programs_in_json_are_read_over_but_a_misspelt_one_is_told() -> None:
    assert found(in_json(**{"is-referenced-by-count": 3, "library": "x"}), "a.json") == []
    assert found(in_json(doi="10.1000/1"), "a.json") == [("D210", 1, "a")]


def test_and_others_in_bibtex_is_told() -> None:
    text = "@book{a, author={Bos, A. and others}, title={X}, publisher={Y}}"
    assert found(text, "a.bib") == [("D228", 1, "a")]


# --- tidy YAML -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", FORMATS)
def test_tidy_yaml_holds_the_same_works(suffix: str) -> None:
    path = SAMPLES / f"works.{suffix}"
    references, _ = parsed(path.read_text("utf-8"), path.name)
    again, problems = parsed(references_as_yaml(references))
    assert [one.work for one in again] == [one.work for one in references]
    assert problems == ()


def test_tidy_yaml_is_laid_out_for_people() -> None:
    references, _ = parsed(in_json(issued={"date-parts": [[2021, 3]]}, author=[STERREN], note="No"), "a.json")
    assert references_as_yaml(references).splitlines() == [
        "references:",
        "  - id: a",
        "    type: book",
        "    author:",
        '      - {family: Sterren, given: Jan, non-dropping-particle: "van der"}',
        '    issued: "2021-03"',
        "    title: Titel",
        "    publisher: Boom",
        '    note: "No"',
    ]


TEXT = st.text(max_size=30).filter(lambda text: not [*unfit_characters(text), *loose_directions(text)])
NAME = st.one_of(
    st.fixed_dictionaries({"literal": TEXT}),
    st.fixed_dictionaries(
        {"family": st.one_of(TEXT, st.sampled_from(["van der Sterren", "Sterren", "'t Hart", "d'Ancona"]))},
        optional={
            "given": st.one_of(TEXT, st.sampled_from(["Jan van", "No", "J."])),
            "non-dropping-particle": st.sampled_from(["", "van", "in 't", "al", "d'"]),
            "dropping-particle": st.sampled_from(["", "de", "l'", "von"]),
            "suffix": TEXT,
        },
    ),
)
YEAR = st.integers(-999, 2999).filter(bool)
DATE = st.one_of(
    st.builds(lambda year: {"date-parts": [[year]]}, YEAR),
    st.builds(
        lambda year, month, circa: {"date-parts": [[year, month]], "circa": circa},
        YEAR,
        st.integers(1, 12),
        st.booleans(),
    ),
    st.builds(lambda year, season: {"date-parts": [[year]], "season": season}, YEAR, st.integers(1, 4)),
    st.builds(
        lambda year, more: {"date-parts": [[year], [year + more]]},
        YEAR.filter(lambda y: y < -9 or y > 0),
        st.integers(1, 9),
    ),
    st.builds(lambda text: {"literal": text}, TEXT),
)
ITEM = st.builds(
    lambda kind, texts, people, dates: {"id": "a", "type": kind, **texts, **people, **dates},
    st.sampled_from(sorted(TYPES)),
    st.dictionaries(st.sampled_from(sorted(PROSE | {"page", "edition", "DOI", "URL", "language"})), TEXT, max_size=6),
    st.dictionaries(st.sampled_from(sorted(NAMES)), st.lists(NAME, max_size=3), max_size=3),
    st.dictionaries(st.sampled_from(sorted(DATES)), DATE, max_size=3),
)


@settings(derandomize=True, max_examples=120, deadline=None)
@given(item=ITEM)
def test_any_work_is_the_same_after_writing_and_reading_it_as_yaml(item: dict[str, object]) -> None:
    references = parse_references(source("a.json", json.dumps([item]))).value
    assert references
    again = parse_references(source("references.yaml", references_as_yaml(references)))
    assert again.value
    assert [one.work for one in again.value] == [one.work for one in references]


# --- rules -----------------------------------------------------------------------------------------------


def text_file(path: str, text: str) -> TextFile:
    value = parse_text(source(path, text), Language.NL).value
    assert value
    return value


def sources(items: list[dict[str, object]], chapter: str = "", summary: str = "") -> Sources:
    references = parse_references(source("references.json", json.dumps(items))).value
    plans = (FullPlan(id="dossier", kind=PublicationKind.FULL), SummaryPlan(id="kort", kind=PublicationKind.SUMMARY))
    date = datetime.date(2024, 11, 1)
    return Sources(
        manifest=Manifest(title="Proef", edition="1", date=date, publications=plans),
        paths=(),
        chapters=(text_file("chapters/01.md", f"# Eén\n\n{chapter}"),),
        summaries=(text_file("in-het-kort.md", f"# Kort\n\n{summary}"),),
        infographics=(),
        references=references or (),
        references_path="references.json",
        tables=(),
        pictures=(),
        icons=(),
        style=CitationStyle(name="apa", xml=""),
    )


def told(some: Sources) -> list[tuple[str, str]]:
    """Code and subject of what all rules find, apart from works that are not cited."""
    problems = [one for rule in rules.RULES for one in rule(some)]
    assert all(one.severity in Severity and as_text(one, Language.EN, "") for one in problems)
    return [(one.code, one.subject) for one in problems if one.code != "D203"]


@pytest.mark.parametrize(
    ("kind", "fields", "note", "expected"),
    [
        ("article", "journal = {Water}, number = {7}, pages = {3--8}", "Number: 12", {"issue": "7", "page": "3-8"}),
        ("article", "journal = {Water}", "Number: 12", {"number": "12"}),
        ("book", "publisher = {Boom}", "Type: Article", {"type": "book"}),
        ("book", "publisher = {Boom}", "Type: Book", {"type": "book", "publisher": "Boom"}),
        ("book", "publisher = {Boom}", "Publisher: X", {"publisher": "Boom"}),
    ],
)
def test_a_label_in_a_note_overrules_nothing(kind: str, fields: str, note: str, expected: dict[str, str]) -> None:
    text = f"@{kind}{{a, author = {{Bos, A.}}, title = {{X}}, {fields}, year = 2020, note = {{{note}}}}}"
    work = works(text, "a.bib")["a"]
    assert {field: work.get(field) for field in expected} == expected
    assert "number" in expected or "number" not in work
    assert "D206" not in [problem.code for problem in parsed(text, "a.bib")[1]]


def test_a_publisher_keeps_the_word_that_parts_names() -> None:
    text = "@book{a, author = {Bos, A. and Mol, B.}, title = {X}, publisher = {John Wiley and Sons}}"
    work = works(text, "a.bib")["a"]
    assert work["publisher"] == "John Wiley and Sons"
    assert [name["family"] for name in work["author"]] == ["Bos", "Mol"]  # type: ignore[attr-defined]


def test_a_work_that_is_never_cited_is_told() -> None:
    some = sources([book(id="a"), book(id="b"), book(id="c")], "Zie [@a].", "Zie @b.")
    assert [(one.code, one.subject) for one in rules.never_cited(some)] == [("D203", "c")]


def test_works_that_are_never_cited_are_told_in_one_line_but_for_those_that_an_exception_names() -> None:
    some = sources([book(id=key) for key in ("a", "b", "c", "d")], "Zie [@a].")
    (problem,) = rules.never_cited(some)
    assert problem.subject == ""
    assert "b, c, d" in problem.message(Language.NL)
    accepted = Ignore(code="D203", at="references.yaml#c", reason="Voor later.")
    told = rules.never_cited(replace(some, manifest=replace(some.manifest, ignore=(accepted,))))
    assert [problem.subject for problem in told] == ["c", ""]


@pytest.mark.parametrize(("wish", "told"), [("note", ["D203"]), ("warn", ["D253"]), ("allow", [])])
def test_works_that_are_never_cited_are_told_as_the_dossier_asks(
    wish: Literal["note", "warn", "allow"], told: list[str]
) -> None:
    some = sources([book(id="a"), book(id="b"), book(id="c")], "Zie [@a].")
    asked = replace(some.manifest, citations=CitationSettings(uncited=wish))
    assert [problem.code for problem in rules.never_cited(replace(some, manifest=asked))] == told


def test_a_work_that_only_the_summary_cites_is_told_there() -> None:
    (problem,) = rules.cited_outside_dossier(sources([book(id="a"), book(id="b")], "Zie [@a].", "Zie [@a; @b]."))
    assert (problem.code, problem.subject, problem.place.path) == ("D222", "b", "in-het-kort.md")
    assert problem.place.line == 3


@pytest.mark.parametrize(
    ("dates", "is_told"),
    [
        ({"issued": [[2024]]}, False),
        ({"issued": [[2025]]}, False),
        ({"issued": [[2026]]}, True),
        ({"issued": [[2025, 11, 2]]}, True),
        ({"accessed": [[2024, 12]]}, True),
        ({"issued": [[2024, 2]], "accessed": [[2023, 4, 1]]}, False),
        ({"issued": [[2024, 5]], "accessed": [[2023, 4, 1]]}, True),
        ({"issued": [[2023]], "accessed": [[2023, 4, 1]]}, False),
        ({"original-date": [[1993]], "issued": [[1959]]}, True),
    ],
)
def test_impossible_dates(dates: dict[str, list[list[int]]], is_told: bool) -> None:
    item = book(**{field: {"date-parts": parts} for field, parts in dates.items()})
    assert told(sources([item])) == ([("D223", "a")] if is_told else [])


@pytest.mark.parametrize(
    ("field", "number", "is_told"),
    [
        ("ISBN", "978-90-352-2121-5", False),
        ("ISBN", "978-90-352-2121-6", True),
        ("ISBN", "0-87946-108-X", False),
        ("ISBN", "ISBN 0-87946-108-X (paperback), 978-90-352-2121-5", False),
        ("ISBN", "90-352", True),
        ("ISSN", "0028-0836", False),
        ("ISSN", "0028-0837", True),
    ],
)
def test_check_digits(field: str, number: str, is_told: bool) -> None:
    assert told(sources([book(**{field: number})])) == ([("D224", "a")] if is_told else [])


@pytest.mark.parametrize(
    ("field", "address", "code"),
    [
        ("DOI", "10.1177/0042098018761536", ""),
        ("DOI", "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O", ""),
        ("DOI", "10/gf29tr", ""),
        ("DOI", "10/", "D225"),
        ("DOI", "10/gf29tr/x", "D225"),
        ("DOI", "11.1177/x", "D225"),
        ("DOI", "10.1177", "D225"),
        ("DOI", "10.1177/x y", "D225"),
        ("URL", "https://www.cbs.nl/nl-nl/cijfers/detail/85146NED?q=a#b", ""),
        ("URL", "http://xn--caf-dma.nl", ""),
        ("URL", "https://ui.adsabs.harvard.edu/abs/1992JTest..61...41H/abstract", ""),
        ("URL", "https://iiif.invalid.nl/beeld/1...2/full/,800/0/default.jpg", ""),
        ("URL", "www.cbs", "D226"),
        ("URL", "https://www.cbs.nl/.../cijfers", "D226"),
        ("URL", "https://www.cbs.nl/nieuws…", "D226"),
        ("URL", "https://cbs", "D226"),
        ("URL", "https://www.cbs.nl/a b", "D226"),
        ("URL", "https://www.cbs.nl/nieuws/...", "D226"),
        ("URL", "https://www.cbs.nl/nieu...", "D226"),
        ("URL", "https://[x", "D226"),
        ("URL", "javascript:alert(1)", "D226"),
    ],
)
def test_addresses(field: str, address: str, code: str) -> None:
    assert told(sources([book(**{field: address})])) == ([(code, "a")] if code else [])


BY_BOS = [{"family": "Bos", "given": "A."}]
IN_2020 = {"date-parts": [[2020]]}


@pytest.mark.parametrize(
    ("first", "second", "is_told"),
    [
        ({"DOI": "10.1000/ABC", "title": "X"}, {"DOI": "https://doi.org/10.1000/abc", "title": "Y"}, True),
        ({"ISBN": "978-0-87946-108-9", "title": "X"}, {"ISBN": "0-87946-108-X", "title": "Y"}, True),
        ({"ISBN": "0-87946-108-X", "volume": "1"}, {"ISBN": "0-87946-108-X", "volume": "2"}, False),
        (
            {"author": BY_BOS, "issued": IN_2020, "title": "De Wijk: één verhaal"},
            {
                "author": [{"family": "Bos", "given": "Anna"}],
                "issued": IN_2020,
                "title": "de wijk; een <i>verhaal</i>",
            },
            True,
        ),
        (
            {"author": BY_BOS, "issued": IN_2020},
            {"author": BY_BOS, "issued": {"date-parts": [[2021]]}},
            False,
        ),
        (
            {"author": BY_BOS, "title": "[titel onbekend]"},
            {"author": BY_BOS, "title": "[titel onbekend]"},
            False,
        ),
    ],
)
def test_one_work_under_two_keys(first: dict[str, object], second: dict[str, object], is_told: bool) -> None:
    some = sources([book(**first), book(**{**second, "id": "b"})])
    assert told(some) == ([("D227", "b")] if is_told else [])
    assert all(one.related == (some.references[0].place,) for one in rules.one_work_twice(some))


def test_chapters_of_one_book_share_its_isbn() -> None:
    chapters = [
        book(id=key, type="chapter", title=key, ISBN="0-87946-108-X", **{"container-title": "Boek"})
        for key in ("a", "b")
    ]
    assert told(sources(chapters)) == []


# --- rules over citations ----------------------------------------------------------------------------------


def article(**fields: object) -> dict[str, object]:
    return {"id": "a", "type": "article-journal", "title": "T", "container-title": "C", **fields}


@pytest.mark.parametrize(
    ("work", "citation", "is_told"),
    [
        (article(page="108-121"), "[@a, p. 108]", False),
        (article(page="108-121"), "[@a, p. 122]", True),
        (article(page="108-121"), "[@a, blz. 14]", True),
        (article(page="108-121"), "[@a, pp. 118-130]", True),
        (article(page="108-121"), "[@a, pp. 118–20]", False),
        (article(page="108-121"), "[@a, 122]", True),
        (article(page="108-121"), "[@a, p. 120 e.v.]", False),
        (article(page="108-121, 130"), "[@a, p. 122]", False),
        (article(page="108-21"), "[@a, p. 121]", False),
        (article(page="108"), "[@a, p. 300]", False),
        (article(page="E14-E20"), "[@a, p. 3]", False),
        (article(), "[@a, p. 3]", False),
        (article(page="108-121"), "[@a, hfst. 3]", False),
        (article(page="108-121"), "[@a, 3 maart]", False),
        (article(page="108-121"), "@a [p. 3]", True),
        (article(page="108-121"), "[@a, p. xii]", False),
        (article(page="108-121"), "[@a]", False),
        (book(**{"number-of-pages": "240"}), "[@a, p. 240]", False),
        (book(**{"number-of-pages": "xii, 240"}), "[@a, p. 241]", True),
        (book(**{"number-of-pages": "240"}), "[@a, pp. 12, 300]", True),
        (book(page="108-121"), "[@a, p. 3]", False),
    ],
)
def test_a_cited_page_is_one_of_the_work_s(work: dict[str, object], citation: str, is_told: bool) -> None:
    found = list(citation_rules.pages_outside_works(sources([work], f"Zie {citation}.")))
    assert [(one.code, one.subject, one.place.line) for one in found] == ([("D230", "a", 3)] if is_told else [])


LONG = "mensen in de buurt doen meer dan men denkt"


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        (f"“{LONG}” [@a].", True),
        (f'"{LONG}" [@a].', True),
        (f"'{LONG}' [@a].", True),
        (f"“{LONG}.” [@a]", True),
        (f"“{LONG}”\n[@a]", True),
        (f"*“{LONG}”* [zie @a]", True),
        (f"“{LONG}” [@a, p. 3].", False),
        (f"“{LONG}” [@a; @b, p. 3].", False),
        ("“mensen in de buurt” [@a].", False),
        (f"“{LONG}”, en dat is zo [@a].", False),
        (f"{LONG} [@a].", False),
        (f"“mensen” in {LONG} in “de buurt” [@a].", False),
        (f"::: quote\n{LONG} [@a]\n:::", True),
        ("::: quote\nKort [@a]\n:::", True),
        (f"::: quote\n“{LONG}” [@a, alinea 4]\n:::", False),
        (f"::: practice\n{LONG} [@a]\n:::", False),
        (f"“{LONG}” [@c].", False),
    ],
)
def test_a_quotation_says_where_it_stands(text: str, is_told: bool) -> None:
    talk: dict[str, object] = {"id": "c", "type": "personal_communication", "author": BY_BOS, "issued": IN_2020}
    works = [book(), book(id="b"), talk]
    found = list(quotations.quotations_without_place(sources(works, f"Zie @b.\n\n{text}")))
    assert [(one.code, one.subject) for one in found] == ([("D231", "a")] if is_told else [])
    assert all(one.place.line >= 5 and one.place.path == "chapters/01.md" for one in found)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('Lessard <span class="nodecor">v.</span> Schmidt', 'Lessard <span class="nodecor">v.</span> Schmidt'),
        (
            '<span style="color: red">Samen</span> in <span class="nocase">NAVO</span>',
            'Samen in <span class="nocase">NAVO</span>',
        ),
        (
            '<span lang="nl">Werk van <span class="nocase">Movisie</span></span>',
            'Werk van <span class="nocase">Movisie</span>',
        ),
    ],
)
def test_spans_that_mean_something_to_csl_stay_and_others_leave_nothing(written: str, read: str) -> None:
    assert works(json.dumps([book(title=written)]), "a.json")["a"]["title"] == read
