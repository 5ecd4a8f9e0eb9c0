"""PDF from HTML: valid, well structured, the same bytes everywhere, and no note lost. Read back from the built file."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import page
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_sample import IDENTIFIER, LONG_TABLE_ROWS, font_resources, page_html, sample_html, sample_resources

from dossierbuild.tools.paper import Paper, PaperError, engine_versions, write_pdf
from dossierbuild.tools.paper.engine import require_engine
from dossierbuild.tools.pdf_reader import PdfElement, PdfFacts, read_pdf

PROFILES = (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A)
# Documents that the tests of notes make up. Hundreds go well too; a few minutes for each hundred.
NOTE_EXAMPLES = 25


def write(body: str, css: str = "", **options: str) -> Paper:
    return write_pdf(page_html(body, css, **options), font_resources(), identifier=IDENTIFIER)


def failures(data: bytes, tmp_path: Path) -> list[str]:
    """What the validator holds against a file, by both standards."""
    path = tmp_path / "built.pdf"
    path.write_bytes(data)
    results = [page.validate_pdf(path, profile=profile) for profile in PROFILES]
    return [f"{failure.rule_id}: {failure.message}" for result in results for failure in result.failures]


def texts(facts: PdfFacts, tag: str) -> list[str]:
    return [element.text for element in facts.elements if element.tag == tag]


def below(facts: PdfFacts, element: PdfElement) -> list[PdfElement]:
    """The elements below one, in reading order."""
    start = facts.elements.index(element) + 1
    inside = []
    for other in facts.elements[start:]:
        if other.depth <= element.depth:
            break
        inside.append(other)
    return inside


def tags_in(facts: PdfFacts, tag: str, text: str) -> str:
    """The types of the first element of a type that holds a text and of all below it, as `L(LI(Lbl LBody))`."""
    element = next(one for one in facts.elements if one.tag == tag and text in one.text)
    written, depth = element.tag, element.depth
    for other in below(facts, element):
        step = other.depth - depth
        written += "(" * step + ")" * -step + " " * (step <= 0) + other.tag
        depth = other.depth
    return written + ")" * (depth - element.depth)


@pytest.fixture(scope="module")
def sample() -> Paper:
    return write_pdf(sample_html(), sample_resources(), identifier=IDENTIFIER)


@pytest.fixture(scope="module")
def facts(sample: Paper) -> PdfFacts:
    return read_pdf(sample.data)


# --- standards and metadata ---------------------------------------------------------------------------------

@pytest.mark.conformance
def test_every_construct_is_accessible_and_archival(sample: Paper, tmp_path: Path) -> None:
    assert sample.log == ()
    assert failures(sample.data, tmp_path) == []


@pytest.mark.conformance
@pytest.mark.parametrize("body", [
    "<p><a href='#x'><em>nadruk</em> in <code>een</code> link</a></p>",
    "<p><a href='https://example.org'><sup>1</sup></a> <a href='#x'><abbr title='afkorting'>afk</abbr></a></p>",
    "<ul><li><p>alinea</p></li><li><div>blok</div></li><li><table><tr><td>cel</td></tr></table></li></ul>",
    "<ul style='list-style-position: inside'><li><p>alinea</p></li></ul>",
    "<ul><li style='display: inline'>in de regel</li></ul>",
    "<dl><div><dt>term</dt><dd>uitleg</dd></div></dl><dl><dd>los</dd></dl>",
    "<ul>losse tekst<li>en een punt</li></ul>",
    "<p><img src='figures/drawing.svg' alt=''> <span aria-hidden='true'>*</span></p>",
    "<p style='columns: 2'>een twee drie vier <a href='#x'>vijf</a></p>",
    "<table style='display: block'><tr><th>kop</th><td>cel</td></tr></table>",
    "<table><caption>Bijschrift</caption><tr><td rowspan='2'>a</td><td>b</td></tr><tr><td></td></tr></table>",
    "<div style='position: absolute; top: 0; transform: rotate(3deg); overflow: hidden'><p>tekst</p></div>",
    "<div style='background: linear-gradient(red, blue); box-shadow: 0 0 3px #888'><p>tekst</p></div>",
    "<ol role='list'><li>rol</li></ol><div role='list'><div role='listitem'>rol</div></div>",
    "<details open><summary>samenvatting</summary>tekst</details><form><input value='x'></form>",
    "<p>cursief <i lang='en'>English</i><br>regel <q>citaat <q>in citaat</q></q></p>",
])
def test_awkward_html_is_accessible_too(body: str, tmp_path: Path) -> None:
    resources = sample_resources()
    paper = write_pdf(page_html(f"<h1 id='x'>Kop</h1>{body}"), resources, identifier=IDENTIFIER)
    assert paper.log == ()
    assert failures(paper.data, tmp_path) == []


def test_the_metadata_are_those_of_the_html(facts: PdfFacts) -> None:
    metadata = dict(facts.metadata)
    assert facts.title == metadata["dc:title"] == "Elke vorm die een dossier kent"
    assert facts.language == "nl-NL"
    assert metadata["dc:creator"] == "J. Koeter; M. Şahin"
    assert metadata["dc:description"].startswith("Een proefstuk")
    assert metadata["pdf:Keywords"] == "proef, toegankelijkheid"
    assert metadata["dc:identifier"] == IDENTIFIER
    assert metadata["xmp:CreateDate"] == metadata["xmp:ModifyDate"] == "2024-11-01"
    assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"], metadata["pdfuaid:part"]) == ("2", "A", "1")


def test_a_file_can_be_accessible_without_being_archival() -> None:
    paper = write_pdf(page_html("<h1>Kop</h1>"), font_resources(), identifier=IDENTIFIER, archival=False)
    metadata = dict(read_pdf(paper.data).metadata)
    assert metadata["pdfuaid:part"] == "1"
    assert "pdfaid:part" not in metadata
    assert metadata["dc:identifier"] == IDENTIFIER


def test_the_date_of_today_is_nowhere() -> None:
    undated = dict(read_pdf(write("<h1>Kop</h1>").data).metadata)
    assert not {"xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"} & set(undated)


# --- structure ----------------------------------------------------------------------------------------------

def test_the_contents_are_a_table_of_contents(facts: PdfFacts) -> None:
    assert tags_in(facts, "TOC", "Nadruk") == (
        "TOC(TOCI(Reference(Link) TOC(TOCI(Reference(Link)) TOCI(Reference(Link)))) TOCI(Reference(Link)))")
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
        "L(LI(Lbl LBody) LI(Lbl LBody(L(LI(Lbl LBody) LI(Lbl LBody(L(LI(Lbl LBody))))))) LI(Lbl LBody(P P)))")
    assert tags_in(facts, "L", "Begrip") == "L(LI(Lbl LBody) LI(Lbl Lbl LBody(P) LBody))"
    assert tags_in(facts, "L", "In een groep") == "L(LI(Lbl LBody))"
    numberings = [element.attribute("ListNumbering") for element in facts.elements if element.tag == "L"]
    assert numberings[:4] == ["Disc", "Decimal", "Square", "Decimal"]


def test_a_table_over_pages_is_one_table_with_one_head(facts: PdfFacts) -> None:
    table = next(element for element in facts.elements if element.tag == "Table" and "lange tabel" in element.text)
    inside = below(facts, table)
    counted = Counter(element.tag for element in inside)
    assert (counted["THead"], counted["TBody"], counted["TR"]) == (1, 1, LONG_TABLE_ROWS + 1)
    assert len({element.page for element in inside}) == 4
    assert sum("Rij Inhoud" in text.replace("\n", " ") for text in facts.page_texts) == 4, "printed on each page"


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
    for number, text in enumerate(facts.page_texts, start=1):
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
        "Şahin en de werkgroep buurtontwikkelingssamenwerking (2024), ziet haar soms over twee regels lopen.")
    columns = next(text for text in texts(facts, "P") if text.startswith("Tekst in kolommen"))
    assert "met verantwoordelijkheidsbesef. Tekst in kolommen, die van de ene kolom in de andere loopt." in columns
    assert "eerste regel tweede regel" in texts(facts, "Code")


def test_a_hyphen_that_was_typed_stays() -> None:
    words = "e-mail aan de deur-tot-deuractie en de noord-zuidlijn van Noord-Brabant, zacht\u00adgekookt en "
    paper = write(f"<h1>Kop</h1><p>{words * 8}slot</p>", "@page { size: 60mm 200mm; margin: 8mm } p { hyphens: auto }")
    expected = (words.replace("\u00ad", "") * 8 + "slot").strip()
    read = read_pdf(paper.data)
    assert texts(read, "P") == [expected]
    assert len(read.page_texts[0].splitlines()) > 10, "the paragraph is broken into lines"


def test_the_text_on_the_page_can_be_copied_and_searched(facts: PdfFacts) -> None:
    seen = " ".join(facts.page_texts[2].split())
    assert "verantwoordelijkheidsbesef van vrijwilligersorganisaties en gemeentebestuurders. Een e-mail" in seen


def test_spaces_between_words_in_different_elements_are_there() -> None:
    body = "<h1>Kop</h1><p>een <em>twee</em> <strong>drie</strong> <code>vier</code>\u00a0vijf</p>"
    assert texts(read_pdf(write(body).data), "P") == ["een twee drie vier vijf"]


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
    paper = write(f"<h1>Kop</h1><table><thead><tr><th><a href='https://example.org'>kop</a></th></tr></thead>{rows}</table>")
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


# --- what goes in -------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("body", "address"), [
    ("<img src='{secret}' alt='x'>", "{secret}"),
    ("<p style='background: url({secret})'>x</p>", "{secret}"),
    ("<object data='{secret}'>x</object>", "{secret}"),
    ("<img src='http://127.0.0.1:9/x.png' alt='x'>", "http://127.0.0.1:9/x.png"),
    ("<img src='//elders.invalid/x.png' alt='x'>", "https://elders.invalid/x.png"),
    ("<ul style='list-style-image: url(ftp://elders.invalid/x.png)'><li>x</li></ul>", "ftp://elders.invalid/x.png"),
    ("<style>@import 'https://elders.invalid/x.css'; @font-face { font-family: X; src: url(../x.ttf) }</style>",
     "https://elders.invalid/x.css"),
    ("<svg xmlns='http://www.w3.org/2000/svg'><title>x</title><image href='{secret}' width='9' height='9'/></svg>",
     "{secret}"),
    ("<img src='figures/../../ontbreekt.png' alt='x'>", "https://dossier.invalid/ontbreekt.png"),
])
def test_nothing_is_read_but_the_resources(body: str, address: str, tmp_path: Path) -> None:
    secret = tmp_path / "geheim.svg"
    secret.write_text("<svg xmlns='http://www.w3.org/2000/svg'><text>GEHEIM</text></svg>", encoding="utf-8")
    paper = write("<h1>Kop</h1>" + body.replace("{secret}", secret.as_uri()))
    expected = address.replace("{secret}", secret.as_uri())
    assert any(line.startswith(f"error: refused to read {expected}") for line in paper.log)
    assert "GEHEIM" not in "".join(read_pdf(paper.data).page_texts)


def test_no_file_is_attached(tmp_path: Path) -> None:
    secret = tmp_path / "geheim.txt"
    secret.write_text("GEHEIM", encoding="utf-8")
    paper = write("<h1>Kop</h1>", head=f"<link rel='attachment' href='{secret.as_uri()}'>")
    assert any("refused to read" in line for line in paper.log)
    assert read_pdf(paper.data).attachments == ()


def test_a_data_address_is_no_request() -> None:
    paper = write("<h1>Kop</h1>", head="<link rel='stylesheet' href='data:text/css,h1{color:red}'>")
    assert paper.log == ()


def test_characters_that_no_font_has_are_named() -> None:
    log = write("<h1>Kop</h1><p>\u4e00 en \u4e00</p>").log
    assert len(log) == 1
    assert log[0].startswith("error: ")
    assert "U+4E00" in log[0]


def test_only_the_fonts_that_come_along_are_used(facts: PdfFacts) -> None:
    assert facts.fonts_embedded
    assert {name.partition("+")[2] for name in facts.fonts} == {"Text", "Text-Italic", "Text-Bold"}
    elsewhere = read_pdf(write("<h1>Kop</h1><p style='font-family: DejaVu Sans, Arial, serif'>tekst</p>").data)
    assert {name.partition("+")[2].removesuffix("-Bold") for name in elsewhere.fonts} == {"Text"}


@pytest.mark.parametrize("fonts", [{}, {"fonts/regular.ttf": b"no font"}])
def test_without_fonts_there_is_no_paper(fonts: dict[str, bytes]) -> None:
    with pytest.raises(PaperError, match="no font"):
        write_pdf(page_html("<h1>Kop</h1>"), fonts, identifier=IDENTIFIER)


@pytest.mark.parametrize(("body", "complaint"), [
    ("<img src='figures/drawing.svg'>", "text alternative"),
    ("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>", "text alternative"),
    ("<p style='opacity: .5'>doorschijnend</p>", "translucent"),
    ("<p style='kleur: rood'>onbekend</p>", "kleur"),
])
def test_what_tags_can_not_make_good_is_told(body: str, complaint: str) -> None:
    paper = write_pdf(page_html(f"<h1>Kop</h1>{body}"), sample_resources(), identifier=IDENTIFIER)
    assert len(paper.log) == 1
    assert complaint in paper.log[0]


def test_a_document_without_title_or_language_is_told() -> None:
    html = page_html("<h1>Kop</h1>").replace("<title>Proef</title>", "").replace(' lang="nl"', "")
    log = write_pdf(html, font_resources(), identifier=IDENTIFIER).log
    assert [line for line in log if "title" in line]
    assert [line for line in log if "lang" in line]


def test_what_the_engine_can_not_bear_is_one_line() -> None:
    with pytest.raises(PaperError, match=r"^the layout engine gave up: RecursionError[^\n]*$"):
        write("<div>" * 2000 + "diep")


# --- the same everywhere ------------------------------------------------------------------------------------

MAKE_SAMPLE = """
import hashlib, sys
sys.path[:0] = sys.argv[1:]
from dossierbuild.tools.paper import write_pdf
from paper_sample import IDENTIFIER, sample_html, sample_resources
print(hashlib.sha256(write_pdf(sample_html(), sample_resources(), identifier=IDENTIFIER).data).hexdigest())
"""


@pytest.mark.parametrize("surroundings", [
    {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    {"TZ": "America/New_York", "LC_ALL": "C.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "2",
     "SOURCE_DATE_EPOCH": "1", "FONTCONFIG_FILE": "fonts.conf"},
])
def test_the_same_bytes_in_any_surroundings(sample: Paper, surroundings: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "fonts.conf").write_text("<fontconfig></fontconfig>", encoding="utf-8")
    tests = Path(__file__).parent
    made = subprocess.run(
        [sys.executable, "-c", MAKE_SAMPLE, str(tests.parent / "src"), str(tests)],
        cwd=tmp_path, env={**os.environ, **surroundings}, capture_output=True, text=True, check=True)
    assert made.stdout.strip() == hashlib.sha256(sample.data).hexdigest()


def test_the_identifier_and_the_edition_date_are_in_the_bytes(sample: Paper) -> None:
    html = sample_html()
    other_identifier = write_pdf(html, sample_resources(), identifier="urn:isbn:9789000000000")
    other_date = write_pdf(html.replace("2024-11-01", "2025-01-02"), sample_resources(), identifier=IDENTIFIER)
    assert len({sample.data, other_identifier.data, other_date.data}) == 3


def test_the_versions_name_what_the_bytes_depend_on() -> None:
    versions = dict(engine_versions())
    assert {"weasyprint", "pydyf", "pango", "harfbuzz", "fontconfig"} <= set(versions)
    assert all(re.match(r"\d+(\.\d+)+", version) for version in versions.values())


def test_another_engine_is_refused() -> None:
    require_engine(dict(engine_versions())["weasyprint"])
    with pytest.raises(PaperError, match=r"70\.0 is needed .* not 71\.0"):
        require_engine("71.0")


# --- notes --------------------------------------------------------------------------------------------------

WORDS = "samenleving buurt wonen de het een en ontmoeting vrijwilliger verantwoordelijkheid zorg mensen werk".split()
# Areas of which some make WeasyPrint lose notes by a rounding error.
NOTE_AREAS = (
    "", "border-top: .5pt solid; padding-top: 2mm", "border-top: .5pt solid; padding-top: 1mm",
    "border-top: .5pt solid; margin-top: 2mm; padding-top: 2mm", "border-top: 1px solid; padding-top: 8px",
    "margin-top: .7em; border-top: .3pt solid; padding-top: .37em",
)


@st.composite
def passages(draw: st.DrawFn, longest: int) -> str:
    """Running text in which 0 to 4 notes are called."""
    def words(most: int) -> str:
        count, start = draw(st.integers(2, most)), draw(st.integers(0, len(WORDS) - 1))
        return " ".join(WORDS[(start + step * step) % len(WORDS)] for step in range(count))
    notes = draw(st.integers(0, 4))
    parts = [f'<span class="footnote">Noot {words(40)}.</span> {words(longest)}' for _ in range(notes)]
    return f"{words(longest)}" + "".join(parts) + "."


@st.composite
def blocks(draw: st.DrawFn, kinds: tuple[str, ...]) -> str:
    kind = draw(st.sampled_from(kinds))
    if kind == "list":
        return "<ul>" + "".join(f"<li>{text}</li>" for text in draw(st.lists(passages(20), min_size=1, max_size=4))) + "</ul>"
    if kind == "table":
        rows = draw(st.lists(passages(12), min_size=1, max_size=6))
        cells = "".join(f"<tr><td>cel</td><td>{text}</td></tr>" for text in rows)
        return f"<table><thead><tr><th>a</th><th>b</th></tr></thead>{cells}</table>"
    if kind == "box":
        return f'<div class="box"><h3>Kader</h3><p>{draw(passages(30))}</p><p>{draw(passages(30))}</p></div>'
    if kind == "heading":
        return "<h2 id='PLACE'>Tussenkop</h2>"
    return f'<div class="{kind}"><p>{draw(passages(60))}</p></div>'


@st.composite
def annotated(draw: st.DrawFn, kinds: tuple[str, ...], areas: tuple[str, ...]) -> str:
    """A document with notes, with a table of contents, which makes the engine lay out pages more than once."""
    body = draw(st.lists(blocks(kinds), min_size=6, max_size=24))
    numbered = [block.replace("PLACE", f"kop{place}") for place, block in enumerate(body)]
    places = re.findall(r"id='(\w+)'", "".join(numbered))
    contents = "".join(f"<li><a href='#{place}'>kop</a> <span data-href='#{place}'></span></li>" for place in places)
    css = f"""
        @page {{ size: {draw(st.sampled_from(["A5", "A4"]))}; margin: {draw(st.integers(12, 24))}mm;
                 @footnote {{ {draw(st.sampled_from(areas))} }} }}
        html {{ font: {draw(st.sampled_from([9, 9.5, 10.3]))}pt/{draw(st.sampled_from([1.2, 1.37, 1.5]))} Text;
                hyphens: auto; text-align: justify; orphans: {draw(st.integers(1, 3))}; widows: {draw(st.integers(1, 3))} }}
        .footnote {{ float: footnote; font-size: {draw(st.sampled_from([".8em", "7.3pt"]))} }}
        .box {{ break-inside: {draw(st.sampled_from(["auto", "avoid"]))}; border: 1px solid; padding: 2mm }}
        .columns {{ columns: 2 }} h2, h3 {{ break-after: avoid }} td {{ border: 1px solid }}
        nav span::after {{ content: target-counter(attr(data-href url), page) }}"""
    return page_html(f"<h1>Noten</h1><nav role='doc-toc'><ol>{contents}</ol></nav>{''.join(numbered)}", css)


def pages_of_notes(html: str) -> list[tuple[int, int]]:
    """For each note, the page of its call and the page that it is printed on; each must be printed once."""
    facts = read_pdf(write_pdf(html, font_resources(), identifier=IDENTIFIER).data)
    pages = {element.identifier: element.page for element in facts.elements if element.identifier}
    calls = [name for name in pages if name.startswith("call-")]
    assert len(calls) == html.count('class="footnote"')
    seen = sum(text.count("Noot ") for text in facts.page_texts)
    assert seen == len(calls), "each note is seen once on the pages"
    return [(pages[name], pages[name.replace("call", "note")]) for name in calls]


@settings(max_examples=NOTE_EXAMPLES, derandomize=True, deadline=None, database=None)
@given(html=annotated(("text", "text", "text", "list", "table", "box", "heading"), NOTE_AREAS))
def test_each_note_is_printed_on_the_page_of_its_call_or_the_next(html: str) -> None:
    for called, printed in pages_of_notes(html):
        assert called <= printed <= called + 1


@settings(max_examples=NOTE_EXAMPLES // 2, derandomize=True, deadline=None, database=None)
@given(html=annotated(("text", "columns", "columns", "table", "heading"), (*NOTE_AREAS, "max-height: 30%")))
def test_no_note_is_lost_in_columns_or_a_small_area(html: str) -> None:
    for called, printed in pages_of_notes(html):
        assert called <= printed


def test_many_long_notes_stay_on_the_page() -> None:
    notes = "".join(f'<span class="footnote">Noot {number} {"woord " * 250}</span>' for number in range(6))
    paper = write(f"<h1>Kop</h1><p>tekst{notes}</p>", "@page { size: A5 } .footnote { float: footnote }")
    assert "".join(read_pdf(paper.data).page_texts).count("woord") == 6 * 250
    assert [line for line in paper.log if "is printed on page" in line], "and it is told that they come late"
