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


# --- kinds, keys and names of every program


def test_each_kind_of_the_ris_specification_has_a_type() -> None:
    kinds = """
        ABST ADVS AGGR ANCIENT ART BILL BLOG BOOK CASE CHAP CHART CLSWK COMP CONF CPAPER CTLG DATA DBASE DICT EBOOK
        ECHAP EDBOOK EJOUR ELEC ENCYC EQUA FIGURE GEN GOVDOC GRANT HEAR ICOMM INPR INTV JFULL JOUR LEGAL MANSCPT MAP
        MGZN MPCT MULTI MUSIC NEWS PAMP PAT PCOMM RPRT SER SLIDE SOUND STAND STAT THES UNBILL UNPB UNPD VIDEO WEB
    """
    assert all(ris(f"TY  - {kind}", "TI  - Titel")["type"] for kind in kinds.split())
    assert ris("TY  - Book", "TI  - Titel")["type"] == "book"


def test_ris_names_by_what_they_do_in_a_recording() -> None:
    podcast = ris("TY  - SOUND", "A2  - Vis, K.", "TI  - Titel", "M3  - Podcast")
    assert (podcast["type"], podcast["host"][0]["family"]) == ("broadcast", "Vis")
    assert ris("TY  - MPCT", "AU  - Vis, K.", "TI  - Titel")["director"] == [{"family": "Vis", "given": "K."}]


def test_ris_degree_beside_the_thesis_is_its_kind() -> None:
    assert ris("TY  - THES", "AU  - Bos, A.", "TI  - T", "PB  - Gent", "VL  - M.Sc.")["genre"] == "M.Sc."


def test_several_people_in_one_line_are_several_people() -> None:
    people = [{"family": "Bos", "given": "A."}, {"family": "Dam", "given": "B.", "non-dropping-particle": "van"}]
    lines = ("Bos, A., Dam, B. van", "Bos, A. & Dam, B. van", "A. Bos en B. van Dam", "Bos, A.; van Dam, B.")
    for line in lines:
        assert ris("TY  - BOOK", f"AU  - {line}", "TI  - T")["author"] == people
    for line in (*lines, "Bos, A. AND van Dam, B.", "A. Bos \\& B. van Dam"):
        assert bib(f"@book{{a, title={{T}}, publisher={{P}}, author={{{line}}}}}")["author"] == people


def test_an_organisation_is_not_taken_apart() -> None:
    for name in ("Ministerie van Sociale Zaken en Werkgelegenheid", "Bos & Partners", "Wonen, Zorg en Welzijn"):
        assert bib(f"@book{{a, title={{T}}, author={{{{{name}}}}}}}")["author"] == [{"literal": name}]
    assert ris("TY  - BOOK", "AU  - Bos & Partners", "TI  - T")["author"] == [{"literal": "Bos & Partners"}]


def test_bib_others_behind_names_are_the_others_of_citeproc() -> None:
    for others in ("others", "et al.", "e.a."):
        item = bib(f"@book{{a, author={{{{Open Groep}} and {others}}}, title={{T}}, publisher={{P}}}}")
        assert item["author"] == [{"literal": "Open Groep"}, {"literal": "others"}]


def test_bib_name_in_braces_keeps_its_capital_wherever_it_stands() -> None:
    text = """
        @book{a, author={{Van Damme}, Jan and {van Dam}, Piet}, title={A}, publisher={P}}
        @book{b, editor={Van Damme, Jan and Van Damme, Piet}, title={B}, publisher={P}}
    """
    found = works("list.bib", text)
    whole = {"family": "Van Damme", "given": "Jan"}
    assert found["a"]["author"] == [whole, {"family": "Dam", "given": "Piet", "non-dropping-particle": "van"}]
    assert found["b"]["editor"] == [whole, {"family": "Damme", "given": "Piet", "non-dropping-particle": "van"}]


def test_a_key_that_no_text_can_cite_becomes_one_that_can() -> None:
    text = "@book{De Smet 2015, title={A}}\n@book{, author={Bos, A.}, title={B}, year=2019}\n@book{a#b, title={C}}"
    assert list(works("list.bib", text)) == ["De-Smet-2015", "bos2019", "a#b"]
    address, council = "http://zotero.org/users/1/items/", [{"literal": "Raad van State"}]
    dated = {"type": "book", "title": "T", "author": council, "issued": {"date-parts": [["2021"]]}}
    items = [
        {"id": f"{address}A", "type": "book", "title": "T", "note": "Citation Key: hof2020"},
        {"id": f"{address}B", **dated},
        {"id": f"{address}C", **dated},
    ]
    assert list(works("list.json", json.dumps(items))) == ["hof2020", "raadvanstate2021", "raadvanstate2021a"]


def test_bib_key_is_found_whatever_its_capitals() -> None:
    text = "@inbook{a, title={Deel}, crossref={Geheel 1}}\n@book{geheel 1, title={Geheel}, publisher={Boom}}"
    assert works("list.bib", text)["a"]["container-title"] == "Geheel"


def test_bib_links_without_an_end_are_cut_before_they_fill_the_memory() -> None:
    strings = '@string{s0 = "0123456789"}\n' + "".join(f"@string{{s{n} = s{n - 1} # s{n - 1}}}\n" for n in range(1, 60))
    doubled = "".join(
        f"@xdata{{x{n}, xdata={{x{n + 1}, y{n + 1}}}}}\n@xdata{{y{n}, xdata={{x{n + 1}}}}}\n" for n in range(30)
    )
    loop = "@book{a, crossref={b}, title={A}}\n@book{b, crossref={a}, title={B}}\n"
    text = f"{strings}{doubled}{loop}@book{{c, xdata={{x0}}, title={{C}}, note=s59}}"
    parsed = parse_references(SourceFile("list.bib", text.encode(), ""))
    assert [str(one.key) for one in parsed.value or ()] == ["a", "b", "c"]
    assert {one.subject for one in parsed.problems if one.code == "D250"} >= {"a", "b", "c"}


def test_bib_kinds_that_bibtex_and_others_have() -> None:
    kinds = {
        "conference": "paper-conference", "bachelorthesis": "thesis", "presentation": "speech", "preprint": "article",
        "review": "article-journal", "standard": "standard", "suppbook": "chapter", "workingpaper": "report",
    }  # fmt: skip
    for kind, expected in kinds.items():
        fields = "title={T}, booktitle={B}, journal={J}, author={Bos, A.}, school={S}, institution={S}, year=2020"
        assert bib(f"@{kind}{{a, {fields}}}")["type"] == expected


def test_bib_what_is_stated_in_words_has_its_own_field() -> None:
    where = "Beschikbaar via \\url{https://example.org/a_b}. Geraadpleegd op 3 mei 2021"
    page = bib(f"@misc{{a, title={{T}}, howpublished={{{where}}}}}")
    assert (page["URL"], page["accessed"]) == ("https://example.org/a_b", {"date-parts": [[2021, 5, 3]]})
    assert "publisher" not in page
    read = bib("@misc{a, title={T}, url={https://example.org/}, note={[Online; accessed 19-July-2008]}}")
    assert read["accessed"] == {"date-parts": [[2008, 7, 19]]}
    assert bib("@unpublished{a, title={T}, note={Ongepubliceerd manuscript}}")["genre"] == "Ongepubliceerd manuscript"
    preprint = bib("@misc{a, title={T}, eprint={1706.03762}, archiveprefix={arXiv}, year=2017}")
    assert (preprint["number"], preprint["publisher"]) == ("arXiv:1706.03762", "arXiv")


def test_bib_day_beside_the_month() -> None:
    for month in ('"8~" # aug', "{8 augustus}", "{August 8}"):
        item = bib(f"@article{{a, title={{T}}, journal={{J}}, year=1999, month={month}}}")
        assert item["issued"] == {"date-parts": [[1999, 8, 8]]}


def test_tags_of_web_pages_are_those_of_csl() -> None:
    title = '<em>E. coli</em> in H<sub>2</sub>O,<br/><span style="font-variant:small-caps;">laag</span> p <.05'
    assert zotero(title=title)["title"] == "<i>E. coli</i> in H<sub>2</sub>O, <sc>laag</sc> p <.05"


# --- what lists of institutes hold


def test_bib_of_a_catalogue_with_all_values_in_two_pairs_of_braces() -> None:
    item = bib(
        "@article{a, title={{T}}, journal={{J}}, doi={{10.1000/a\\_b}}, issn={{0036-8075}}, Article-Number={{7}}}"
    )
    assert (item["DOI"], item["ISSN"], item["number"]) == ("10.1000/a_b", "0036-8075", "7")
    assert bib("@misc{a, title={T}, doi={\\url{https://doi.org/10.1000/x}}}")["DOI"] == "10.1000/x"


def test_bib_compound_name_keeps_its_parts() -> None:
    item = bib("@book{a, title={T}, editor={M. Bouverne-De Bie and Perla J. Marang-van de Mheen}}")
    names = [(name["given"], name["family"]) for name in item["editor"]]
    assert names == [("M.", "Bouverne-De Bie"), ("Perla J.", "Marang-van de Mheen")]


def test_authors_who_are_called_editors_are_editors() -> None:
    for line in ("Raes, P. (Ed.)", "Raes, P. (red.)"):
        assert ris("TY  - BOOK", f"AU  - {line}", "TI  - T")["editor"] == [{"family": "Raes", "given": "P."}]


def test_editions_and_years_as_title_pages_have_them() -> None:
    assert zotero(edition="Dertiende, herziene")["edition"] == "13e herziene druk"
    for year in ("[2010]", "c2010", "cop. 2010", "©2010"):
        assert bib(f"@book{{a, title={{T}}, year={{{year}}}}}")["issued"] == {"date-parts": [[2010]]}


def test_signs_of_tex_in_a_title() -> None:
    assert bib("@book{a, title={{`}t Plein: 25\\,\\% ($\\pm$3 m)}}")["title"] == "’t Plein: 25 % (±3 m)"


def test_an_organisation_with_commas_in_its_name_is_one() -> None:
    name = "Ministerie van Volksgezondheid, Welzijn en Sport"
    assert ris("TY  - BOOK", f"AU  - {name}", "TI  - T")["author"] == [{"literal": name}]
    assert bib(f"@book{{a, title={{T}}, author={{{name} and Bos, A.}}}}")["author"][0] == {"literal": name}


def test_signs_of_catalogues_go() -> None:
    lines = ("TI  - Omgaan met de buurt : samen doen / Hans van Loo", "AU  - Loo, Hans van", "PB  - Stift,")
    item = ris("TY  - BOOK", *lines, "UR  - www.example.org/a")
    expected = ("Omgaan met de buurt: samen doen", "Stift", "https://www.example.org/a")
    assert (item["title"], item["publisher"], item["URL"]) == expected
    assert zotero(title="Arm / rijk")["title"] == "Arm / rijk"


def test_parts_of_names_as_mendeley_writes_them_all() -> None:
    laan = {"family": "Laan", "given": "G.", "dropping-particle": "van der", "non-dropping-particle": "", "suffix": ""}
    named = [{"family": "Laan", "given": "G.", "non-dropping-particle": "van der"}]
    assert zotero(author=[laan])["author"] == named
