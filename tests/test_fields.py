"""Citations of six programs in Word documents: the same works from each, and nothing that was typed is lost unsaid."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
from field_works import (
    CSL,
    FILES,
    LABELS,
    citavi,
    citavi_entry,
    cite,
    csl_item,
    endnote,
    mendeley,
    mendeley_cite,
    packed,
    word_sources,
    zotero,
)
from hypothesis import given
from hypothesis import strategies as st
from word_files import field, paragraph, run, word_file, xml

from dossierbuild.core.catalogue import Language
from dossierbuild.core.model import Reference, SourceFile
from dossierbuild.core.word import Control, Document, Field, Paragraph, Text
from dossierbuild.core.works import Work
from dossierbuild.stages.fields import Joined, Reading, join, match, read_citations, unfound, written
from dossierbuild.stages.parse.references import parse_references
from dossierbuild.tools.docx import read_document

KEYS = ("berg2019", "vis2018", "nijhof2016", "cbb2021", "gemeente2020", "zomer2014")


def read(data: bytes) -> Reading:
    return read_citations(read_document(data), "rapport.docx")


def listed(joined: Joined) -> dict[str, Work]:
    """The works as a reference list has them, with what is read into its fields there."""
    data = json.dumps(joined.items).encode()
    parsed = parse_references(SourceFile("works.json", data, ""))
    assert parsed.value is not None
    assert parsed.problems == ()
    return {reference.key: reference.work for reference in parsed.value}


def markdown(data: bytes) -> list[str]:
    return [written(found.citation) for found in join(read(data).citations).citations]


def codes(reading: Reading) -> list[str]:
    return [found.code for found in reading.problems]


def references(*items: dict[str, Any]) -> tuple[Reference, ...]:
    parsed = parse_references(SourceFile("references.json", json.dumps(items).encode(), ""))
    assert parsed.value is not None
    return parsed.value


# --- the same works --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("program", FILES)
def test_each_program_gives_the_same_works(program: str) -> None:
    reading = read(FILES[program]())
    assert reading.problems == ()
    joined = join(reading.citations)
    expected = [{"id": key, **item} for key, item in zip(KEYS, CSL.values(), strict=True)]
    assert list(listed(joined).values()) == [reference.work for reference in references(*expected)]
    assert [written(found.citation) for found in joined.citations] == [f"[@{key}]" for key in KEYS]
    assert [found.place.line for found in joined.citations] == list(range(1, 7))


def test_a_work_of_several_programs_is_one_work() -> None:
    label = LABELS["artikel"]
    body = (
        paragraph(zotero([csl_item("artikel", 17)], label))
        + paragraph(mendeley([csl_item("artikel", "ITEM-1")], label))
        + paragraph(endnote(cite("artikel", label), label))
        + paragraph(citavi([citavi_entry("artikel")], label))
        + paragraph(field(" CITATION artikel \\l 1043 ", printed=label.replace("&", "&amp;")))
    )
    joined = join(read(word_sources(body)).citations)
    assert list(listed(joined)) == ["berg2019"]
    assert joined.problems == ()


def test_works_with_one_id_stay_apart() -> None:
    """Mendeley Desktop numbers the works of each field anew."""
    body = paragraph(mendeley([csl_item("boek", "ITEM-1"), csl_item("artikel", "ITEM-2")], "(x)")) + paragraph(
        mendeley([csl_item("artikel", "ITEM-1")], LABELS["artikel"])
    )
    assert markdown(word_file(body)) == ["[@vis2018; @berg2019]", "[@berg2019]"]


def _book(title: str, **more: Any) -> dict[str, Any]:
    return {
        "id": 1,
        "itemData": {
            "type": "book",
            "title": title,
            "author": [{"family": "Aarts", "given": "A."}],
            "issued": {"date-parts": [[2018]]},
            **more,
        },
    }


@pytest.mark.parametrize(
    ("one", "other", "keys"),
    [
        (_book("Een"), _book("Twee"), ["aarts2018", "aarts2018a"]),
        (_book("Één: <i>verslag</i>"), _book("Een – Verslag"), ["aarts2018", "aarts2018"]),
        (_book("Een", DOI="10.1/a"), _book("Anders", DOI="https://doi.org/10.1/A"), ["aarts2018", "aarts2018"]),
        (_book("Een", DOI="10.1234/a"), _book("Een", DOI="10.1234/b"), ["aarts2018", "aarts2018a"]),
        (_book("Een", DOI="10.1234/a"), _book("Een"), ["aarts2018", "aarts2018"]),
        (_book("Jaarbericht", number="1"), _book("Jaarbericht", number="nr. 2"), ["aarts2018", "aarts2018a"]),
        (_book("Een", edition="2e druk"), _book("Een", edition="2"), ["aarts2018", "aarts2018"]),
    ],
)
def test_works_are_one_by_doi_or_by_title_year_and_name(
    one: dict[str, Any], other: dict[str, Any], keys: list[str]
) -> None:
    body = "".join(paragraph(zotero([item], "(Aarts, 2018)")) for item in (one, other))
    assert markdown(word_file(body)) == [f"[@{key}]" for key in keys]


def test_what_differs_in_a_work_is_told_and_the_fuller_is_kept() -> None:
    short = _book("Een", publisher="Linde", author=[{"family": "Aarts", "given": "A."}], page="12")
    full = _book(
        "Een", publisher="Uitgeverij Linde", author=[{"family": "Aarts", "given": "Anna"}], ISBN="9789013148770"
    )
    body = "".join(paragraph(zotero([item], "(Aarts, 2018)")) for item in (short, full))
    joined = join(read(word_file(body)).citations)
    (work,) = listed(joined).values()
    assert work.text("publisher") == "Uitgeverij Linde"
    assert [str(name) for name in work.creators] == ["Anna Aarts"]
    assert (work.text("page"), work.text("ISBN")) == ("12", "9789013148770")
    assert [(found.code, found.words["field"], found.place.line) for found in joined.problems] == [
        ("D874", "publisher", 2)
    ]


def test_a_work_of_the_list_keeps_its_key() -> None:
    (known,) = references({"id": "buren", **CSL["artikel"], "DOI": "https://doi.org/10.1234/TVB.2019.12", "title": "X"})
    body = paragraph(zotero([csl_item("artikel", 1), csl_item("boek", 2)], "(x)"))
    joined = join(read(word_file(body)).citations, [known])
    assert [written(found.citation) for found in joined.citations] == ["[@buren; @vis2018]"]
    assert [item["id"] for item in joined.items] == ["vis2018"]


def test_a_work_is_found_in_a_list_by_doi_or_title_and_never_by_name_and_year() -> None:
    works = references(
        {"id": "een", **CSL["artikel"]},
        {"id": "twee", **CSL["boek"]},
        {"id": "jaar2019", "type": "report", "title": "Jaarbericht", "issued": "2019"},
        {"id": "jaar2020", "type": "report", "title": "Jaarbericht", "issued": "2020"},
    )
    assert match({"title": "Iets anders", "DOI": "10.1234/tvb.2019.12"}, works) == "een"
    assert match({"title": "SAMEN WONEN"}, works) == "twee"
    assert match({**CSL["boek"], "title": "Samen leven"}, works) is None
    assert match({"title": "Jaarbericht"}, works) is None
    assert match({"title": "Jaarbericht", "issued": {"date-parts": [[2020]]}}, works) == "jaar2020"
    assert match({}, works) is None


# --- places and words around a citation ------------------------------------------------------------------------------


def _zotero_with(**more: Any) -> list[str]:
    return markdown(word_file(paragraph(zotero([csl_item("boek", 3, **more)], "(label)"))))


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"locator": "12", "label": "page"}, "[@vis2018, p. 12]"),
        ({"locator": "12-15"}, "[@vis2018, pp. 12-15]"),
        ({"locator": "3", "label": "chapter"}, "[@vis2018, hfst. 3]"),
        ({"locator": "2.1", "label": "section"}, "[@vis2018, par. 2.1]"),
        ({"locator": "2", "label": "volume"}, "[@vis2018, deel 2]"),
        ({"locator": "bijlage 2", "label": "page"}, "[@vis2018, bijlage 2]"),
        ({"locator": "hfst. 4", "label": "page"}, "[@vis2018, hfst. 4]"),
        ({"prefix": "zie ook ", "suffix": ", noot 3"}, "[zie ook @vis2018, noot 3]"),
        ({"suffix": ":12"}, "[@vis2018: 12]"),
        ({"suffix": "met name het slot", "locator": "9"}, "[@vis2018, p. 9 met name het slot]"),
        ({"prefix": "<i>contra</i> [1]; a@b.nl *"}, r"[*contra* \[1\]\; a\@b.nl \* @vis2018]"),
        ({"suppress-author": True, "locator": "5"}, "[-@vis2018, p. 5]"),
        ({"composite": True, "locator": "5"}, "@vis2018 [p. 5]"),
        ({"author-only": True}, "(label)"),
    ],
)
def test_places_and_words_around_a_citation_are_kept(more: dict[str, Any], expected: str) -> None:
    assert _zotero_with(**more) == [expected]


def test_an_english_dossier_has_english_words() -> None:
    data = word_file(paragraph(zotero([csl_item("boek", 3, locator="3", label="chapter")], "(label)")))
    (found,) = join(read(data).citations).citations
    assert written(found.citation, Language.EN) == "[@vis2018, ch. 3]"


def test_words_own_switches_are_read() -> None:
    instruction = r' CITATION boek \p "12-15" \f "zie " \s ", noot 2" \l 1043 \m artikel \n \m rapport \v 2 '
    body = paragraph(field(instruction, printed="(zie Vis &amp; De Wit, 2018, pp. 12-15, noot 2; 2019)"))
    assert markdown(word_sources(body)) == ["[zie @vis2018, pp. 12-15, noot 2; -@berg2019; @cbb2021, deel 2]"]


def test_what_endnote_says_of_a_citation_is_read() -> None:
    pages = "<Prefix>zie </Prefix><Pages>12</Pages><Suffix>, noot 1</Suffix>"
    body = (
        paragraph(endnote(cite("boek", "(x)", more=pages) + cite("rapport", "", attributes=' ExcludeAuth="1"'), "(x)"))
        + paragraph(endnote(cite("boek", "Vis (2018)", attributes=' AuthorYear="1"'), "Vis (2018)"))
        + paragraph(endnote(cite("artikel", "", attributes=' Hidden="1"'), ""), "Tekst.")
    )
    joined = join(read(word_file(body)).citations)
    assert [written(found.citation) for found in joined.citations] == [
        "[zie @vis2018, p. 12, noot 1; -@cbb2021]", "@vis2018", "",
    ]  # fmt: skip
    assert [item["id"] for item in joined.items] == ["vis2018", "cbb2021", "berg2019"]


def test_what_citavi_says_of_a_citation_is_read() -> None:
    place = {"$type": "SwissAcademic.PageRange", "OriginalString": "12-15", "NumberingType": 0}
    first = citavi_entry("boek", Prefix="vgl. ", PageRange=place)
    again = {"$id": "e2", "Reference": {"$ref": "r-boek"}, "YearOnly": True}
    listed_only = citavi_entry("artikel", BibliographyEntry="/bibonly")
    body = paragraph(citavi([first, again, listed_only], "(x)"))
    assert markdown(word_file(body)) == ["[vgl. @vis2018, pp. 12-15; -@vis2018]"]


def test_what_is_no_date_and_what_bibtex_leaves_behind_is_read() -> None:
    item = _book("Wonen {\\&} {W}erken", issued={"raw": "in druk"})
    other = _book("Twee", issued={"date-parts": [["2018", "13"]]})
    joined = join(read(word_file("".join(paragraph(zotero([one], "(x)")) for one in (item, other)))).citations)
    works = listed(joined)
    assert (works["aartszd"].title, works["aartszd"].issued.literal) == ("Wonen & Werken", "in druk")
    assert works["aarts2018"].issued.ends == ((2018,),)


def test_titles_keep_their_slant() -> None:
    record = cite("boek", "(x)").replace(
        "<title>Samen wonen</title>",
        '<title><style face="normal">Over </style><style face="italic">Samen</style><style face="normal"> wonen</style>'
        "</title>",
    )
    joined = join(read(word_file(paragraph(endnote(record, "(x)")))).citations)
    assert joined.items[0]["title"] == "Over <i>Samen</i> wonen"


# --- labels that were typed over -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "expected", "told"),
    [
        ("(Vis & De Wit, 2018)", "[@vis2018]", []),
        ("(Vis en De Wit 2018)", "[@vis2018]", []),
        ("(Vis & De\u00a0Wit, 2018)", "[@vis2018]", []),
        ("(Vis & De Wit, 2018, met name hoofdstuk 3)", "[@vis2018, met name hoofdstuk 3]", ["D872"]),
        ("(zie bijvoorbeeld Vis & De Wit, 2018)", "[zie bijvoorbeeld @vis2018]", ["D872"]),
        ("Vis en De Wit (2018)", "@vis2018", ["D872"]),
        ("Vis en De Wit (2018, p. 3)", "@vis2018 [p. 3]", ["D872"]),
        ("(2018)", "[-@vis2018]", ["D872"]),
        ("(Visser, 2018)", "[@vis2018]", ["D871"]),
        ("(Vis & De Wit, 2019)", "[@vis2018]", ["D871"]),
        ("zie de literatuurlijst", "[@vis2018]", ["D871"]),
    ],
)
@pytest.mark.parametrize("program", ["zotero", "mendeley", "mendeley_cite", "endnote", "citavi", "word"])
def test_a_label_that_was_typed_over_is_told(program: str, printed: str, expected: str, told: list[str]) -> None:
    label, items = LABELS["boek"], [csl_item("boek", 1)]
    plain = printed.replace("&", "&amp;")
    inline = {
        "zotero": zotero(items, label, printed),
        "mendeley": mendeley(items, label, printed),
        "mendeley_cite": mendeley_cite(items, label, printed),
        "endnote": endnote(cite("boek", label), printed),
        "citavi": citavi([citavi_entry("boek")], label, printed),
        "word": field(" CITATION boek \\l 1043 ", printed=plain),
    }[program]
    data = word_sources(paragraph("Tekst ", inline, "."))
    reading = read(data)
    assert codes(reading) == told
    assert markdown(data) == [expected]
    for found in reading.problems:
        assert printed in found.message(Language.NL)
        assert found.place.line == 1


def test_and_others_are_the_same_in_both_languages() -> None:
    label = "(Vis et al., 2018, p. 3)"
    body = paragraph(zotero([csl_item("boek", 1)], label, "(Vis e.a., 2018, p. 3)"))
    assert codes(read(word_file(body))) == []


def test_words_between_several_works_go_to_their_own_work() -> None:
    items = [csl_item("boek", 1), csl_item("rapport", 2)]  # a style prints them in the order of names
    label = "(Centraal Bureau voor Buurten, 2021; Vis & De Wit, 2018)"
    typed = "(Centraal Bureau voor Buurten, 2021, p. 4; zie ook Vis & De Wit, 2018)"
    data = word_file(paragraph(zotero(items, label, typed)))
    assert codes(read(data)) == ["D872"]
    assert markdown(data) == ["[zie ook @vis2018; @cbb2021, p. 4]"]


@pytest.mark.parametrize("printed", ["(Vis & Wit 2018)", "[1]", "(Samen wonen, 2018)", "(Vis & De Wit, 2018, blz. 12)"])
def test_other_styles_of_word_are_no_typing(printed: str) -> None:
    body = paragraph(field(" CITATION boek \\p 12 ", printed=printed.replace("&", "&amp;")))
    told = codes(read(word_sources(body)))
    assert told == (["D871"] if "Samen" in printed else [])


# --- what cannot be read ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "inline",
    [
        field(" ADDIN ZOTERO_ITEM CSL_CITATION {&quot;citationItems&quot;: [ ", printed="(Bos, 2019)"),
        field(" ADDIN ZOTERO_ITEM ", printed="(Bos, 2019)"),
        field(" ADDIN CSL_CITATION {}", printed="(Bos, 2019)"),
        field(" ADDIN EN.CITE &lt;EndNote&gt;&lt;Cite&gt;", printed="(Bos, 2019)"),
        field(" ADDIN EN.CITE ", printed="(Bos, 2019)", data="geen base64!"),
        field(" ADDIN EN.CITE ", printed="(Bos, 2019)", data=packed("<EndNote><!DOCTYPE x></EndNote>")),
        field(" ADDIN CitaviPlaceholder{@@@}", printed="(Bos, 2019)"),
        field(f" ADDIN CitaviPlaceholder{{{packed('[]')}}}", printed="(Bos, 2019)"),
        field(" ADDIN REFMGR.CITE &lt;Refman&gt;", printed="(Bos, 2019)"),
        field(f" ADDIN CSL_CITATION {'{&quot;a&quot;:' * 20_000}", printed="(Bos, 2019)"),
        '<w:sdt><w:sdtPr><w:tag w:val="MENDELEY_CITATION_v3_e30"/></w:sdtPr><w:sdtContent>'
        f"{run('(Bos, 2019)')}</w:sdtContent></w:sdt>",
    ],
)
def test_a_field_that_cannot_be_read_is_told_and_stays_text(inline: str) -> None:
    reading = read(word_file(paragraph("Tekst ", inline)))
    assert codes(reading) == ["D870"]
    assert "(Bos, 2019)" in reading.problems[0].message(Language.EN)
    assert reading.citations == ()


def test_a_work_that_the_document_does_not_hold_is_told_and_stays_text() -> None:
    placeholder = "<b:Source><b:Tag>Later</b:Tag><b:SourceType>Misc</b:SourceType></b:Source>"
    body = "".join(
        paragraph(inline)
        for inline in (
            field(" CITATION Weg19 \\l 1043 ", printed="(Weg, 2019)"),
            field(" CITATION boek \\m Later ", printed="(Vis, 2018; Later)"),
            zotero([{"id": 3, "uris": ["http://zotero.org/users/1/items/A"]}], "(Bos, 2019)"),
        )
    )
    data = word_sources(body, ["boek"], placeholder)
    assert codes(read(data)) == ["D873", "D873", "D873"]
    assert markdown(data) == ["(Weg, 2019)", "(Vis, 2018\\; Later)", "(Bos, 2019)"]
    assert [item["id"] for item in join(read(data).citations).items] == ["vis2018"]


_SIGNS = st.text(max_size=40)
_BEGINS = st.sampled_from(
    [
        "ADDIN ZOTERO_ITEM CSL_CITATION ", "ADDIN CSL_CITATION {", "ADDIN EN.CITE <EndNote>",
        "ADDIN CitaviPlaceholder{",
        'CITATION x \\m "', "CITATION ", "ADDIN EN.CITE ", "BIBLIOGRAPHY ", 'ADDIN ZOTERO_ITEM {"citationItems":[{',
    ]
)  # fmt: skip


@given(begin=_BEGINS, rest=_SIGNS, data=_SIGNS, printed=_SIGNS)
def test_nothing_in_a_field_is_a_crash(begin: str, rest: str, data: str, printed: str) -> None:
    content = (Text(printed),)
    inlines = (Field(begin + rest, data, content), Control(f"MENDELEY_CITATION_v3_{packed(rest)}", "", content))
    document = Document(blocks=(Paragraph(number=1, style="", styles=(), content=inlines),), sources=rest)
    joined = join(read_citations(document, "x.docx").citations)
    assert all(isinstance(written(found.citation), str) for found in joined.citations)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["author", "issued", "date-parts", "title", "family", "DOI", "type", "locator"]),
            inner,
        )
    ),
    max_leaves=12,
)


@given(item=_JSON, entry=_JSON, reference=_JSON)
def test_nothing_in_a_payload_is_a_crash(item: Any, entry: Any, reference: Any) -> None:
    zotero_field = f"ADDIN ZOTERO_ITEM {json.dumps({'citationItems': [{'itemData': item, 'locator': entry}, entry]})}"
    citavi_json = {"Entries": [{"Reference": {"Title": item, "Authors": entry, "ParentReference": reference}}, entry]}
    fields = (
        Field(zotero_field, "", ()),
        Field(f"ADDIN CitaviPlaceholder{{{packed(json.dumps(citavi_json))}}}", "", ()),
    )
    document = Document(blocks=(Paragraph(number=1, style="", styles=(), content=fields),))
    joined = join(read_citations(document, "x.docx").citations)
    parse_references(SourceFile("works.json", json.dumps(joined.items).encode(), ""))
    assert all(isinstance(written(found.citation), str) for found in joined.citations)


# --- bookmarks, controls and notes -----------------------------------------------------------------------------------


def test_citations_that_zotero_keeps_in_bookmarks_are_read() -> None:
    code = "ZOTERO_ITEM CSL_CITATION " + json.dumps(
        {"properties": {"plainCitation": LABELS["boek"]}, "citationItems": [csl_item("boek", 1, locator="4")]}
    )
    pieces = [code[at : at + 255] for at in range(0, len(code), 255)]
    stated = "".join(
        f'<property fmtid="x" pid="{number}" name="ZOTERO_BREF_aB3_{number}"><vt:lpwstr>'
        f"{piece.replace('&', '&amp;')}</vt:lpwstr></property>"
        for number, piece in enumerate(pieces, 1)
    )
    body = paragraph(
        "Zie ",
        '<w:bookmarkStart w:id="1" w:name="ZOTERO_BREF_aB3"/>',
        run("(Vis &amp; De Wit, 2018)"),
        '<w:bookmarkEnd w:id="1"/>',
        ".",
    )
    reading = read(word_file(body, {"docProps/custom.xml": xml("Properties", stated)}))
    (found,) = join(reading.citations).citations
    assert written(found.citation) == "[@vis2018, p. 4]"
    (block,) = reading.document.blocks
    assert isinstance(block, Paragraph)
    assert found.inline in block.content


def test_a_citation_that_is_a_paragraph_of_its_own_is_read() -> None:
    inline = mendeley_cite([csl_item("boek", 1)], LABELS["boek"])
    inside = run(LABELS["boek"].replace("&", "&amp;"))
    body = inline.replace(inside, paragraph(inside))
    reading = read(word_file(body))
    assert [written(found.citation) for found in join(reading.citations).citations] == ["[@vis2018]"]
    (block,) = reading.document.blocks
    assert isinstance(block, Paragraph)
    assert block.content == (reading.citations[0].inline,)


def test_citations_in_notes_and_cells_are_read() -> None:
    note = f'<w:footnote w:id="2">{paragraph(zotero([csl_item("artikel", 1)], "Van der Berg & Tak"))}</w:footnote>'
    cell = f"<w:tbl><w:tr><w:tc>{paragraph(zotero([csl_item('boek', 1)], LABELS['boek']))}</w:tc></w:tr></w:tbl>"
    call = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    data = word_file(paragraph("Tekst", call) + cell, {"word/footnotes.xml": xml("w:footnotes", note)})
    assert markdown(data) == ["[@berg2019]", "[@vis2018]"]


# --- printed lists ---------------------------------------------------------------------------------------------------

ENTRIES = (
    "Van der Berg, A., &amp; Tak, J. P. (2019). Buren in beweging: Een terugblik. Tijdschrift voor Buurten, 12(3).",
    "Getypt, H. (2017). Met de hand toegevoegd. Linde.",
    "Vis, C., &amp; De Wit, D. (2018). Samen wonen (2e druk). Uitgeverij Linde.",
)


def _over_paragraphs(instruction: str) -> str:
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    code = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    first, *others, last = ENTRIES
    return "".join([
        paragraph(begin, code, separate, first), *map(paragraph, others), paragraph(last), paragraph(end),
    ])  # fmt: skip


@pytest.mark.parametrize(
    "printed",
    [
        _over_paragraphs(' ADDIN ZOTERO_BIBL {"uncited":[],"custom":[]} CSL_BIBLIOGRAPHY '),
        _over_paragraphs(" ADDIN EN.REFLIST "),
        _over_paragraphs("ADDIN Mendeley Bibliography CSL_BIBLIOGRAPHY"),
        _over_paragraphs(" BIBLIOGRAPHY \\l 1043 "),
        _over_paragraphs("ADDIN CitaviBibliography"),
        '<w:sdt><w:sdtPr><w:tag w:val="MENDELEY_BIBLIOGRAPHY"/></w:sdtPr><w:sdtContent>'
        + "".join(map(paragraph, ENTRIES))
        + "</w:sdtContent></w:sdt>",
        paragraph(
            field("ADDIN ZOTERO_BIBL CSL_BIBLIOGRAPHY", printed="<w:r><w:br/></w:r>".join(map(run, ENTRIES))),
        ),
    ],
)
def test_only_the_entries_of_found_works_leave_a_printed_list(printed: str) -> None:
    cited = "".join(
        paragraph(zotero([csl_item(work, number)], LABELS[work])) for number, work in enumerate(("artikel", "boek"))
    )
    reading = read(word_file(cited + printed + paragraph("Bijlage")))
    assert [entry.text for entry in reading.entries] == [entry.replace("&amp;", "&") for entry in ENTRIES]
    rest = unfound(reading.entries, join(reading.citations).items)
    assert [entry.text for entry in rest] == [ENTRIES[1]]


def test_a_work_of_the_same_people_and_year_is_not_the_entry() -> None:
    reading = read(word_file(paragraph(field(" BIBLIOGRAPHY ", printed="Vis, C. (2018). Iets heel anders. Linde."))))
    items = [{"id": "vis2018", **CSL["boek"]}]
    assert len(unfound(reading.entries, items)) == 1
    assert dataclasses.replace(reading.entries[0]).text.startswith("Vis")
