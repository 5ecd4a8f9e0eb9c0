"""What stands inside something else arrives too: a list in a note, a note in a table, a box in another language."""

from __future__ import annotations

import io
import zipfile
from functools import cache

import pytest
from edition import hard_cases
from opened import verified
from paper_sample import below, texts
from seen import page_sizes, page_texts

from dossierbuild.core.spec import Format
from dossierbuild.stages.verify import expected_facts
from dossierbuild.tools import markup
from dossierbuild.tools.pdf_reader import PdfElement, PdfFacts, read_pdf

LONG_TABLE_ROWS = 55


@cache
def _paper() -> PdfFacts:
    return read_pdf(hard_cases().artifact("dossier", Format.PDF).data)


@cache
def _page() -> markup.Element:
    return markup.parse_html(hard_cases().artifact("dossier", Format.HTML).data)


def _element(tag: str, text: str) -> PdfElement:
    return next(one for one in _paper().elements if one.tag == tag and text in one.text)


@pytest.mark.parametrize("form", list(Format))
@pytest.mark.parametrize("name", ["dossier", "kort", "plaat"])
def test_everything_is_in_every_format(name: str, form: Format) -> None:
    publication = hard_cases().publication(name)
    file = verified(publication, hard_cases().artifact(name, form))
    assert file.problems == ()
    expected = expected_facts(publication).counts()
    assert file.found == {kind.value: count for kind, count in expected.items()}


def test_the_list_in_a_note_is_printed_in_the_note() -> None:
    note = _element("Note", "Noot met een lijst")
    assert "nog een punt" in note.text
    assert "tweede alinea in de noot" in note.text
    assert [one.tag for one in below(_paper(), note)].count("LI") == 2
    assert [one for one in texts(_paper(), "LI") if "een punt in de noot" in one] == [
        "• een punt in de noot met een bron (Bakker, 2020, p. 3)"
    ]


def test_a_list_on_paper_counts_from_its_first_number_with_the_signs_that_were_typed() -> None:
    numbers = [one.text.strip() for one in _paper().elements if one.tag == "Lbl"]
    assert {"(c)", "iv)", "v)", "12."} <= set(numbers)


def test_each_note_stands_in_the_tags_behind_its_call() -> None:
    notes = [one.identifier.removeprefix("note-") for one in _paper().elements if one.tag == "Note"]
    calls = [one.identifier.removeprefix("call-") for one in _paper().elements if one.identifier.startswith("call-")]
    written = len(markup.with_class(_page(), "footnote"))
    assert calls == notes == [str(number) for number in range(1, written + 1)]


def test_a_table_over_pages_is_one_table_with_heads_of_columns_and_rows() -> None:
    table = _element("Table", "Toelichting bij het jaar 1950")
    inside = below(_paper(), table)
    assert len({one.page for one in inside if one.tag == "TR"}) >= 2
    assert [one.tag for one in inside].count("TR") == LONG_TABLE_ROWS + 1
    scopes = [one.attribute("Scope") for one in inside if one.tag == "TH"]
    assert scopes == ["Column"] * 4 + ["Row"] * LONG_TABLE_ROWS


def test_a_table_of_seventeen_columns_stays_on_its_page() -> None:
    assert any(one.text == "Tabel 5 Een tabel met zeventien kolommen." for one in _paper().elements)
    texts = page_texts(hard_cases().artifact("dossier", Format.PDF).data)
    page = next(text for text in texts if "zeventien kolommen" in text)
    assert "Jaar 2005" in " ".join(page.split())


def test_a_cell_without_text_heads_no_column() -> None:
    heads = [markup.text_of(one) for one in markup.with_tag(_page(), "th")]
    assert "Noord" in heads
    assert all(heads)
    assert all(one.text for one in _paper().elements if one.tag == "TH")


def test_lists_are_numbered_as_they_were_written() -> None:
    numberings = {one.attribute("ListNumbering") for one in _paper().elements if one.tag == "L"}
    assert {"Decimal", "LowerAlpha", "LowerRoman", "Disc", "Circle"} <= numberings
    assert {"a.", "b.", "i.", "ii."} <= set(texts(_paper(), "Lbl"))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "This whole passage is in English, and a reader should hear it in English."),
        ("en", "A quote inside the passage, with two sentences. It is in English too."),
        ("en", "An English item"),
        ("de", "Ein ganzer Absatz auf Deutsch, damit die Stimme wechselt."),
        ("fr", "la vie en rose, comme on dit"),
        ("en", "English words"),
        ("en", "A definition in English that stands in a box."),
    ],
)
def test_a_passage_in_another_language_is_tagged_as_such(language: str, text: str) -> None:
    innermost = [one for one in _paper().elements if one.text == text][-1]
    assert innermost.language == language


def test_the_label_of_a_box_keeps_the_language_of_the_dossier() -> None:
    assert {one.language for one in _paper().elements if one.text == "Wat bedoelen we?"} == {"nl-NL"}
    label = next(one for one in markup.with_class(_page(), "box-label") if "bedoelen" in markup.text_of(one))
    around = [one.get("lang") for one in label.iterancestors() if one.get("lang")]
    assert around == ["nl-NL"]


def test_a_picture_is_no_higher_than_its_page() -> None:
    (_, height), *_ = page_sizes(hard_cases().artifact("dossier", Format.PDF).data)
    boxes = [one.attribute("BBox").split() for one in _paper().elements if one.tag == "Figure"]
    assert boxes
    for _, bottom, _, top in boxes:
        assert 0 < float(bottom) < float(top) < height


def test_the_words_in_a_picture_are_no_part_of_the_sentence_around_it() -> None:
    assert "Een plaatje in de regel: midden in de zin." in texts(_paper(), "P")


def test_a_table_in_a_box_with_a_title_has_a_number() -> None:
    assert "Tabel 3 Aantallen" in texts(_paper(), "Caption")
    assert any(one.text == "tabel 3" for one in _paper().elements if one.tag == "Link")


def test_contents_and_outline_name_the_source_in_a_heading() -> None:
    assert any("De wijk volgens Een et al. (2021)" in one for one in texts(_paper(), "TOCI"))
    assert any(title.endswith("De wijk volgens Een et al. (2021)") for _, title in _paper().outline)
    assert any(title.endswith("Een kop met een noot en een bron") for _, title in _paper().outline)
    contents = next(one for one in markup.with_tag(_page(), "nav") if one.get("role") == "doc-toc")
    assert "De wijk volgens Een et al. (2021)" in markup.text_of(contents)


def test_the_e_book_has_every_page_of_the_text_in_its_page_list() -> None:
    book = hard_cases().artifact("dossier", Format.EPUB).data
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        navigation = markup.parse_xml(archive.read("EPUB/nav.xhtml"))
    pages = next(one for one in markup.with_tag(navigation, "nav") if one.get("role") == "doc-pagelist")
    numbers = [int(markup.text_of(one)) for one in markup.with_tag(pages, "a")]
    assert numbers == list(range(3, _paper().pages + 1))
