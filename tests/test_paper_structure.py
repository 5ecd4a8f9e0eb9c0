"""What a screen reader is told by a PDF: its structure, its text and its links. Read back from the built file."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from paper_sample import (
    IDENTIFIER,
    LONG_TABLE_ROWS,
    below,
    sample_html,
    sample_resources,
    tags_in,
    texts,
    write,
)
from seen import page_texts

from dossierbuild.tools.paper import Paper, write_pdf
from dossierbuild.tools.pdf_reader import PdfFacts, read_pdf


@pytest.fixture(scope="module")
def sample() -> Paper:
    return write_pdf(sample_html(), sample_resources(), identifier=IDENTIFIER)


@pytest.fixture(scope="module")
def facts(sample: Paper) -> PdfFacts:
    return read_pdf(sample.data)


# --- structure ----------------------------------------------------------------------------------------------


def test_the_contents_are_a_table_of_contents(facts: PdfFacts) -> None:
    assert tags_in(facts, "TOC", "Nadruk") == (
        "TOC(TOCI(Reference(Link) TOC(TOCI(Reference(Link)) TOCI(Reference(Link)))) TOCI(Reference(Link)))"
    )
    assert [text.rstrip(" 0123456789") for text in texts(facts, "TOCI")[3:]] == ["Lijsten", "Tabellen", "Beelden"]


def test_page_numbers_in_the_contents_are_those_of_the_headings(facts: PdfFacts) -> None:
    pages = {element.text: element.page for element in facts.elements if element.tag in ("H2", "H3")}
    printed = [re.fullmatch(r"(.*) (\d+)", text) for text in texts(facts, "TOCI")[1:]]
    assert all(match and pages[match[1]] == int(match[2]) for match in printed)


def test_a_note_stands_behind_its_call(facts: PdfFacts) -> None:
    assert tags_in(facts, "P", "Een zin met een noot") == "P(Reference Note(Lbl Link) Reference Note(Lbl P))"
    assert "Een zin met een noot en nog een, en dan gaat de tekst verder." in texts(facts, "P")
    assert "2. De eerste noot, met een adres." in texts(facts, "Note")
    assert "3. De tweede noot heeft een alinea. En nog een." in texts(facts, "Note")


def test_a_note_of_a_heading_stands_behind_the_heading(facts: PdfFacts) -> None:
    heading = next(element for element in facts.elements if element.text == "Lopende tekst" and element.tag == "H2")
    assert [element.tag for element in below(facts, heading)] == ["Reference"]
    following = facts.elements[facts.elements.index(heading) + 2]
    assert (following.tag, following.depth, following.identifier) == ("Note", heading.depth, "note-1")


def test_an_endnote_is_a_note(facts: PdfFacts) -> None:
    assert tags_in(facts, "Note", "eindnoot") == "Note(P(Link))"


def test_lists_have_labels_and_bodies(facts: PdfFacts) -> None:
    assert tags_in(facts, "L", "met een alinea") == (
        "L(LI(Lbl LBody) LI(Lbl LBody(L(LI(Lbl LBody) LI(Lbl LBody(L(LI(Lbl LBody))))))) LI(Lbl LBody(P P)))"
    )
    assert tags_in(facts, "L", "Begrip") == "L(LI(Lbl LBody) LI(Lbl Lbl LBody(P) LBody))"
    assert tags_in(facts, "L", "In een groep") == "L(LI(Lbl LBody))"
    numberings = [element.attribute("ListNumbering") for element in facts.elements if element.tag == "L"]
    assert numberings[:4] == ["Disc", "Decimal", "Square", "Decimal"]


def test_a_table_over_pages_is_one_table_with_one_head(sample: Paper, facts: PdfFacts) -> None:
    table = next(element for element in facts.elements if element.tag == "Table" and "lange tabel" in element.text)
    inside = below(facts, table)
    counted = Counter(element.tag for element in inside)
    assert (counted["THead"], counted["TBody"], counted["TR"]) == (1, 1, LONG_TABLE_ROWS + 1)
    assert len({element.page for element in inside}) == 4
    assert sum("Rij Inhoud" in text.replace("\n", " ") for text in page_texts(sample.data)) == 4, "printed on each page"


def test_the_cells_of_a_table_tell_what_they_are(facts: PdfFacts) -> None:
    table = next(element for element in facts.elements if element.tag == "Table" and "kleine tabel" in element.text)
    cells = {element.text: element for element in below(facts, table) if element.tag in ("TH", "TD")}
    assert cells["Jaar"].attribute("Scope") == cells["Aantal"].attribute("Scope") == "Column"
    assert cells["2020"].attribute("Scope") == "Row"
    assert cells["over twee kolommen"].attribute("ColSpan") == "2"
    assert cells["twee rijen"].attribute("RowSpan") == "2"
    assert tags_in(facts, "TD", "in een cel") == "TD(L(LI(Lbl LBody) LI(Lbl LBody)))"


def test_captions_belong_to_what_they_tell_about(facts: PdfFacts) -> None:
    assert tags_in(facts, "Table", "kleine tabel").startswith("Table(Caption(Reference(Link)) THead(")
    assert tags_in(facts, "Table", "Tabel in een figuur").endswith(" Caption)")
    assert tags_in(facts, "Div", "Foto, naar") == "Div(Figure Caption(Reference(Link)))"


def test_pictures_have_their_alternatives_and_decoration_has_none(facts: PdfFacts) -> None:
    assert [element.alt for element in facts.elements if element.tag == "Figure"] == [
        "Een vlak in twee kleuren",
        "Een cirkel in een vierkant",
        "Vertrouwen stijgt Van 20 procent in 2020 naar 50 procent in 2024.",
        "Beeld met een link",
    ]


def test_chapters_boxes_and_quotations_are_told(facts: PdfFacts) -> None:
    sections = [element.title for element in facts.elements if element.tag == "Sect" and element.title]
    assert sections == ["Inhoud", "Lopende tekst", "Lijsten", "Kernpunt", "Tabellen", "Beelden", "Literatuur"]
    box = next(element for element in facts.elements if element.title == "Kernpunt")
    assert len({element.page for element in below(facts, box)}) == 2, "over two pages"
    assert tags_in(facts, "BlockQuote", "Tout le monde") == "BlockQuote(P P)"
    assert tags_in(facts, "BlockQuote", "los in het blok") == "BlockQuote(P)"


def test_foreign_passages_tell_their_language(facts: PdfFacts) -> None:
    languages = {element.text: element.language for element in facts.elements}
    assert languages["in plain English, which is read aloud with another voice"] == "en"
    assert languages["Et cela aussi."] == "fr"
    assert languages["Kernpunt"] == "nl-NL"


def test_running_heads_and_page_numbers_are_not_read_aloud(sample: Paper, facts: PdfFacts) -> None:
    aloud = facts.elements[0].text
    for number, text in enumerate(page_texts(sample.data), start=1):
        if number > 1:
            assert f"{number} / {sample.pages}" in text
        assert f"{number} / {sample.pages}" not in aloud
    assert aloud.count("Elke vorm die een dossier kent") == 1


def test_words_and_sentences_are_whole(facts: PdfFacts) -> None:
    paragraph = next(text for text in texts(facts, "P") if text.startswith("Samenlevingsopbouw"))
    assert paragraph == (
        "Samenlevingsopbouw vraagt verantwoordelijkheidsbesef van vrijwilligersorganisaties en gemeentebestuurders. "
        "Een e-mail aan de buurtbewonersvereniging, een samenwerkingsovereenkomst, of een ontmoetingsplaats: het zijn "
        "vertrouwenwekkende gemeenschapsvoorzieningen (Koeter, 2022). Wie een langere verwijzing leest, zoals die naar "
        "Şahin en de werkgroep buurtontwikkelingssamenwerking (2024), ziet haar soms over twee regels lopen."
    )
    columns = next(text for text in texts(facts, "P") if text.startswith("Tekst in kolommen"))
    assert "met verantwoordelijkheidsbesef. Tekst in kolommen, die van de ene kolom in de andere loopt." in columns
    assert "eerste regel tweede regel" in texts(facts, "Code")


def test_a_hyphen_that_was_typed_stays() -> None:
    words = "e-mail aan de deur-tot-deuractie en de noord-zuidlijn van Noord-Brabant, zacht\u00adgekookt en "
    paper = write(f"<h1>Kop</h1><p>{words * 8}slot</p>", "@page { size: 60mm 200mm; margin: 8mm } p { hyphens: auto }")
    expected = (words.replace("\u00ad", "") * 8 + "slot").strip()
    read = read_pdf(paper.data)
    assert texts(read, "P") == [expected]
    assert len(page_texts(paper.data)[0].splitlines()) > 10, "the paragraph is broken into lines"


def test_the_text_on_the_page_can_be_copied_and_searched(sample: Paper) -> None:
    seen = " ".join(page_texts(sample.data)[2].split())
    assert "verantwoordelijkheidsbesef van vrijwilligersorganisaties en gemeentebestuurders. Een e-mail" in seen


def test_spaces_between_words_in_different_elements_are_there() -> None:
    body = "<h1>Kop</h1><p>een <em>twee</em> <strong>drie</strong> <code>vier</code>\u00a0vijf</p>"
    assert texts(read_pdf(write(body).data), "P") == ["een twee drie vier vijf"]


@pytest.mark.parametrize(
    ("body", "css", "heading"),
    [
        ("<h2><span>1</span>Begin</h2>", "h2 span { position: absolute; left: -5mm }", "1 Begin"),
        ("<h2><span>1</span>Begin</h2>", "h2 span { float: left }", "1 Begin"),
        ("<h2><span>1</span>Begin</h2>", "h2 span { display: block }", "1 Begin"),
        ("<h2><span>1</span>Begin</h2>", "h2 span { margin-right: 1em }", "1 Begin"),
        ("<h2><span>1</span><span>Begin</span></h2>", "h2 { display: flex; gap: 5mm }", "1 Begin"),
        ("<h2>Be<span>gin</span></h2>", "h2 span { padding: 0 .1em; border: 1px solid }", "Begin"),
    ],
)
def test_words_that_stand_apart_are_read_apart(body: str, css: str, heading: str) -> None:
    assert texts(read_pdf(write(f"<h1>Kop</h1>{body}", css).data), "H2") == [heading]


def test_a_word_is_whole_over_the_page() -> None:
    text = "noord-zuid-oost-west-" * 40
    paper = write(f"<h1>Kop</h1><p>{text}</p>", "@page { size: 60mm 60mm; margin: 8mm } p { orphans: 1; widows: 1 }")
    assert paper.pages > 2
    assert texts(read_pdf(paper.data), "P") == [text]


NOTE = '<span class="footnote">Noot.</span>'
SENTENCE = (
    "Volgens <span><a href='https://example.org'>Vermeer (2019)</a></span> gaat <em>de zin</em> gewoon{} door tot <em>"
    "hij <strong>over</strong></em> een regel of twee{} loopt;<br>de <a href='#x'>sociaal-economische</a>"
    " samenlevingsopbouwers <code>a b</code> van <a href='https://example.org/a/b'>https://example.org/a/b</a>"
    " ver&shy;gaderen <em>nu</em>, <br> voor 12&nbsp;500 mensen<span> </span>en<span> nog iets</span>. <span>Een "
    "</span><em>eind</em>."
)
AS_READ = (
    "Volgens Vermeer (2019) gaat de zin gewoon door tot hij over een regel of twee loopt; de sociaal-economische"
    " samenlevingsopbouwers a b van https://example.org/a/b vergaderen nu, voor 12 500 mensen en nog iets. Een eind."
)


def test_words_are_apart_and_whole_wherever_their_lines_end() -> None:
    widths = range(18, 98, 2)
    body = "".join(f"<p style='width: {width}mm'>{SENTENCE.format(NOTE, NOTE)}</p>" for width in widths)
    paper = write(f"<h1 id='x'>Kop</h1>{body}", "p { hyphens: auto } .footnote { float: footnote }")
    assert set(texts(read_pdf(paper.data), "P")) == {AS_READ}


# --- links --------------------------------------------------------------------------------------------------


def test_links_say_what_they_are(facts: PdfFacts) -> None:
    told = {(link.destination or link.uri): link.contents for link in facts.links if link.page == 3}
    assert told["ref-koeter"] == "Koeter, 2022"
    assert told["https://example.org/rapport"] == "bron op het web"
    back = next(link for link in facts.links if link.destination == "eindnoot-terug")
    assert back.contents == "Terug naar de tekst"
    picture = next(link for link in facts.links if link.uri == "https://example.org/beeld")
    assert picture.contents == "Beeld met een link"


def test_a_link_is_one_stop_for_the_keyboard_on_each_line() -> None:
    paper = write("<h1 id='x'>Kop</h1><p><a href='#x'>een <em>link</em> met <code>veel</code><sup>1</sup></a></p>")
    assert [link.contents for link in read_pdf(paper.data).links] == ["een link met veel1"]


def test_links_in_repeated_heads_are_not_repeated() -> None:
    rows = "<tr><td>rij</td></tr>" * 120
    paper = write(
        f"<h1>Kop</h1><table><thead><tr><th><a href='https://example.org'>kop</a></th></tr></thead>{rows}</table>"
    )
    assert paper.pages > 1
    assert len(read_pdf(paper.data).links) == 1


def test_each_link_leads_to_a_place_in_the_document(facts: PdfFacts) -> None:
    assert {link.destination for link in facts.links if link.destination} <= set(facts.destinations)


@pytest.mark.parametrize("address", ["#nergens", "hoofdstuk-2.html"])
def test_a_link_to_nowhere_is_told(address: str) -> None:
    log = write(f"<h1>Kop</h1><p><a href='{address}'>dode link</a></p>").log
    assert len(log) == 1
    assert log[0].startswith("error: ")
    assert address.strip("#") in log[0]
