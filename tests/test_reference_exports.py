"""Reference lists as programs export them: what EndNote, Mendeley and Zotero write in ways of their own."""

from __future__ import annotations

import json
from typing import Any

from dossierbuild.core.model import SourceFile
from dossierbuild.stages.parse.references import parse_references


def works(path: str, text: str) -> dict[str, dict[str, Any]]:
    """The works of a list by key; the list has no errors."""
    parsed = parse_references(SourceFile(path, text.encode(), ""))
    assert parsed.value is not None, parsed.problems
    assert not [one for one in parsed.problems if one.code in ("D206", "D208", "D209", "D213", "D216")]
    return {str(one.key): one.work.csl() for one in parsed.value}


def ris(*lines: str) -> dict[str, Any]:
    return works("list.ris", "\n".join((*lines, "ID  - a", "ER  - ", "")))["a"]


def bib(text: str) -> dict[str, Any]:
    found = works("list.bib", text)
    assert len(found) == 1
    return next(iter(found.values()))


def zotero(**fields: Any) -> dict[str, Any]:
    return works("list.json", json.dumps([{"id": "a", "type": "book", "title": "Titel", **fields}]))["a"]


# --- EndNote


def test_ris_day_without_a_year_is_of_the_year_beside_it() -> None:
    for day in ("28 november", "Nov 28", "28 nov."):
        item = ris("TY  - NEWS", "TI  - Titel", "T2  - NRC", "PY  - 2021", f"DA  - {day}")
        assert item["issued"] == {"date-parts": [[2021, 11, 28]]}


def test_ris_words_that_are_no_day_leave_the_year() -> None:
    item = ris("TY  - JOUR", "TI  - Titel", "T2  - Blad", "PY  - 2021", "DA  - winternummer")
    assert item["issued"] == {"date-parts": [[2021]]}


def test_ris_degree_of_a_thesis_is_no_volume() -> None:
    lines = ("TY  - THES", "AU  - Dozy, M.", "TI  - Beroep", "PB  - Leiden", "PY  - 2008", "VL  - PhD")
    item = ris(*lines, "M3  - Proefschrift")
    assert "volume" not in item
    assert item["genre"] == "Proefschrift"


def test_ris_number_of_a_web_page_is_no_number() -> None:
    item = ris("TY  - WEB", "TI  - Titel", "UR  - https://example.org/", "PY  - 2020", "M1  - 3 maart 2024")
    assert "number" not in item


def test_ris_number_of_an_article() -> None:
    assert ris("TY  - JOUR", "TI  - Titel", "T2  - Blad", "PY  - 2021", "C7  - e123")["number"] == "e123"


def test_ris_court_and_number_of_a_case() -> None:
    item = ris("TY  - CASE", "AU  - Hoge Raad", "TI  - Urgenda", "PY  - 2019", "VL  - ECLI:NL:HR:2019:2006")
    assert (item["authority"], item["number"]) == ("Hoge Raad", "ECLI:NL:HR:2019:2006")
    assert "author" not in item


def test_ris_podcast_keeps_its_kind() -> None:
    item = ris("TY  - SOUND", "TI  - Titel", "PY  - 2021", "M3  - Podcast", "UR  - https://example.org/")
    assert item["genre"] == "Podcast"


def test_ris_of_two_issns_the_first_counts() -> None:
    item = ris("TY  - JOUR", "TI  - T", "T2  - Science", "PY  - 2021", "SN  - 0036-8075 (Print)", "0036-8075 (Linking)")
    assert item["ISSN"] == "0036-8075"


# --- Mendeley


def test_bib_issue_without_a_number_is_the_issue() -> None:
    assert bib("@article{a, title={T}, journal={J}, volume={30}, issue={2}, year={2021}}")["issue"] == "2"


def test_bib_institution_and_school_are_one_publisher() -> None:
    item = bib("@phdthesis{a, author={M Dozy}, title={T}, institution={Leiden}, school={Leiden}, year={2008}}")
    assert item["publisher"] == "Leiden"


def test_bib_first_name_that_begins_with_a_brace_is_no_particle() -> None:
    authors = r"{\c{S}}ule Jan {\"{O}}zt{\"{u}}rk and {\L}ukasz Nowak"
    item = bib(f"@book{{a, author={{{authors}}}, title={{T}}, publisher={{B}}, year={{2020}}}}")
    assert [(name["given"], name["family"]) for name in item["author"]] == [("Şule Jan", "Öztürk"), ("Łukasz", "Nowak")]


def test_bib_kinds_of_mendeley() -> None:
    kinds = {"generic": "document", "web_page": "webpage", "book_section": "chapter", "statute": "legislation"}
    for kind, expected in kinds.items():
        fields = "title={T}, booktitle={B}, url={https://example.org/}, year={2020}, publisher={P}"
        assert bib(f"@{kind}{{a, {fields}}}")["type"] == expected


# --- BibLaTeX


def test_bib_parenthesis_in_a_title_does_not_end_the_entry() -> None:
    fields = "title={De wijk (afl. 12)}, author={Lans, Jos}, date={2023-10-02}, type={Podcast}, langid={dutch}"
    item = bib(f"@audio{{a, {fields}}}")
    assert (item["title"], item["genre"], item["language"]) == ("De wijk (afl. 12)", "Podcast", "nl-NL")
    assert item["issued"] == {"date-parts": [[2023, 10, 2]]}


def test_bib_entry_in_parentheses() -> None:
    assert bib("@book(a, title={De wijk (deel 1)}, publisher={B}, year={2020})")["title"] == "De wijk (deel 1)"


def test_bib_court_of_a_case_is_its_authority() -> None:
    item = bib("@jurisdiction{a, title={Urgenda}, institution={Hoge Raad}, number={ECLI:1}, date={2019-12-20}}")
    assert (item["authority"], item["number"]) == ("Hoge Raad", "ECLI:1")


def test_bib_conversation_is_personal_communication() -> None:
    item = bib("@misc{a, author={Peters, J.}, title={Gesprek}, type={Persoonlijke communicatie}, date={2023-02-01}}")
    assert item["type"] == "personal_communication"


def test_bib_thesis_in_words_is_named_in_the_language_of_the_work() -> None:
    for language, genre in (("dutch", "Proefschrift"), ("english", "Doctoral dissertation")):
        fields = f"title={{T}}, type={{PhD thesis}}, institution={{X}}, date={{2020}}, langid={{{language}}}"
        assert bib(f"@thesis{{a, author={{Dozy, M.}}, {fields}}}")["genre"] == genre


# --- Zotero


def test_fields_in_extra_are_fields() -> None:
    item = zotero(note="Original Date: 1959\noriginal-title: The presentation\nDOI: 10.1000/1\nEen opmerking: let op")
    assert item["original-date"] == {"date-parts": [[1959]]}
    assert (item["original-title"], item["DOI"]) == ("The presentation", "10.1000/1")
    assert item["note"] == "Een opmerking: let op"


def test_field_itself_goes_before_extra() -> None:
    assert zotero(publisher="Boom", note="Publisher: Ander")["publisher"] == "Boom"


def test_names_in_extra() -> None:
    item = zotero(note="Translator: van der Berg || Dirk")
    assert item["translator"] == [{"family": "Berg", "given": "Dirk", "non-dropping-particle": "van der"}]


def test_citation_key_stands_in_for_an_address() -> None:
    item = {"id": "http://zotero.org/users/1/items/A", "citation-key": "hof2020", "type": "book", "title": "T"}
    assert set(works("list.json", json.dumps([item]))) == {"hof2020"}


def test_signs_of_web_pages_are_signs() -> None:
    assert zotero(title="Zorg &amp; &quot;welzijn&quot; &lt; buurt")["title"] == 'Zorg & "welzijn" &lt; buurt'


# --- libraries


def test_editions_as_libraries_write_them() -> None:
    written = {
        "2., herz. dr.": "2e herziene druk", "3e, geh. herz. dr": "3e geheel herziene druk",
        "2e herziene druk": "2e herziene druk", "4., uitgebr. ed.": "4e uitgebreide druk", "3e dr.": "3",
        "2nd rev. ed.": "2nd rev. ed.",
    }  # fmt: skip
    assert {text: zotero(edition=text)["edition"] for text in written} == written


def test_of_several_isbns_the_first_counts() -> None:
    assert zotero(ISBN="9789035218482 9035218485")["ISBN"] == "9789035218482"
    assert zotero(ISBN="978 90 352 1848 2")["ISBN"] == "978 90 352 1848 2"
