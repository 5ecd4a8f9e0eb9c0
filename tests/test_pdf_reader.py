"""Facts from a PDF: read from the built sample, and from files made here by hand for what WeasyPrint never writes."""

from __future__ import annotations

import io
import struct
from typing import Any

import pikepdf
import pytest
from paper_sample import IDENTIFIER, font_resources, page_html, sample_html, sample_resources
from pikepdf import Array, Dictionary, Name, String
from seen import page_sizes, page_texts

from dossierbuild.tools.paper import write_pdf
from dossierbuild.tools.pdf_reader import PdfElement, PdfError, page_picture, read_pdf


@pytest.fixture(scope="module")
def sample() -> bytes:
    return write_pdf(sample_html(), sample_resources(), identifier=IDENTIFIER).data


def small(body: str, css: str = "") -> bytes:
    return write_pdf(page_html(body, css), font_resources(), identifier=IDENTIFIER).data


# --- a file of the engine -----------------------------------------------------------------------------------


def test_the_outline_is_that_of_the_headings() -> None:
    facts = read_pdf(small("<h1>Een</h1><h2>Twee</h2><h3>Drie</h3><h2>Vier</h2>"))
    assert facts.outline == ((1, "Een"), (2, "Twee"), (3, "Drie"), (2, "Vier"))


def test_pages_have_sizes_and_texts() -> None:
    css = "@page { size: A5 } @page breed { size: A5 landscape } section { page: breed }"
    paper = small("<h1>Kop</h1><p>staand</p><section><p>liggend</p></section>", css)
    facts = read_pdf(paper)
    assert facts.pages == 2
    assert page_sizes(paper) == ((419.528, 595.276), (595.276, 419.528))
    assert page_texts(paper) == ("Kop\nstaand", "liggend")


def test_links_and_the_places_that_they_lead_to(sample: bytes) -> None:
    facts = read_pdf(sample)
    assert {"tekst", "ref-koeter", "eindnoot"} <= set(facts.destinations)
    assert facts.destinations == tuple(sorted(facts.destinations))
    outside = [link for link in facts.links if link.uri == "https://doi.org/10.1000/182"]
    assert outside
    assert all(link.destination is None and link.contents == link.uri for link in outside)
    assert all(link.page == facts.pages for link in outside)
    assert all((link.uri is None) != (link.destination is None) for link in facts.links)


def test_an_element_over_pages_is_whole_and_on_its_first_page() -> None:
    words = [f"woord{number}" for number in range(900)]
    facts = read_pdf(small(f"<h1>Kop</h1><p>{' '.join(words)}</p>", "@page { size: A6 }"))
    paragraph = next(element for element in facts.elements if element.tag == "P")
    assert facts.pages > 2
    assert paragraph.text.split() == words
    assert paragraph.page == 1


def test_text_is_composed_and_without_ligatures() -> None:
    facts = read_pdf(small("<h1>Kop</h1><p>efficie\u0308nte affiniteit, fijn</p>"))
    assert facts.elements[-1].text == "efficiënte affiniteit, fijn"


# --- pictures of pages --------------------------------------------------------------------------------------


def test_a_picture_of_a_page_has_the_width_that_was_asked(sample: bytes) -> None:
    picture = page_picture(sample, 1, 300)
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    assert width == 300
    assert height == pytest.approx(300 * 2**0.5, abs=2)
    assert picture == page_picture(sample, 1, 300)
    assert picture != page_picture(sample, 2, 300)


@pytest.mark.parametrize("page", [0, 2])
def test_there_is_no_picture_of_a_page_that_is_not_there(page: int) -> None:
    with pytest.raises(PdfError, match=f"no page {page}"):
        page_picture(small("<h1>Kop</h1>"), page, 100)


def test_an_element_on_no_page_is_told_as_damage() -> None:
    with pytest.raises(PdfError, match="can not be read"):
        read_pdf(hand_made(b"/P <</MCID 0>> BDC (TEKST) Tj EMC", lambda _: Dictionary(S=Name.P, K=Array([0]))))


@pytest.mark.parametrize("keep", [0, 20, 2000])
def test_a_broken_file_is_told(sample: bytes, keep: int) -> None:
    with pytest.raises(PdfError, match="can not be read"):
        read_pdf(sample[:keep])
    with pytest.raises(PdfError, match="can not be read"):
        page_picture(sample[:keep], 1, 100)


# --- files written by hand ----------------------------------------------------------------------------------

TEXT_MAP = b"""1 begincodespacerange <00> <ff> endcodespacerange
1 beginbfchar <2d> <00ad> endbfchar
3 beginbfrange <01> <1a> <0061> <41> <5a> <0061> <20> <20> <0020> endbfrange"""


def hand_made(content: bytes, structure: Any, **catalog: Any) -> bytes:
    """A PDF of one page, in a font of which the codes 1 to 26 and A to Z are the letters a to z."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(200, 100))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, ToUnicode=pdf.make_stream(TEXT_MAP))
    properties = Dictionary(Held=Dictionary(MCID=7))
    page.obj.Resources = Dictionary(Font=Dictionary(F=pdf.make_indirect(font)), Properties=properties)
    page.obj.Contents = pdf.make_stream(b"BT /F 10 Tf " + content + b" ET")
    root = pdf.make_indirect(structure(page.obj))
    pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=root, **catalog))
    data = io.BytesIO()
    pdf.save(data)
    return data.getvalue()


def elements_of(content: bytes, structure: Any, **catalog: Any) -> list[tuple[str, str]]:
    elements: tuple[PdfElement, ...] = read_pdf(hand_made(content, structure, **catalog)).elements
    return [(element.tag, element.text) for element in elements]


def paragraph(page: Any, *kids: Any) -> Any:
    return Dictionary(S=Name.P, Pg=page, K=Array(kids))


def test_text_is_that_of_the_marked_content_in_logical_order() -> None:
    content = b"/P <</MCID 0>> BDC (LATER) Tj EMC /P <</MCID 1>> BDC [(EE) -20 (RST )] TJ EMC (NERGENS) Tj"
    assert elements_of(content, lambda page: paragraph(page, 1, 0)) == [("P", "eerst later")]


@pytest.mark.parametrize("shown", [b"<010203> Tj", b"[<01> -3 <02> <03>] TJ", b"[(AB) 5 <03>] TJ", b"(ABC) Tj 5 Tj"])
def test_text_can_be_written_in_letters_and_in_digits(shown: bytes) -> None:
    assert elements_of(b"/P <</MCID 0>> BDC %b EMC" % shown, lambda page: paragraph(page, 0)) == [("P", "abc")]


def test_strings_of_two_bytes_are_read_as_they_are_with_distances_between_them_or_odd_digits() -> None:
    shown = b"[<4142>-3<>0 <0343>12.5\n<41>] TJ [<414>1<42>] TJ"
    whole = b"<4142034341> Tj <4140> Tj <42> Tj"
    texts = [elements_of(b"/P <</MCID 0>> BDC %b EMC" % one, lambda page: paragraph(page, 0)) for one in (shown, whole)]
    assert texts[0] == texts[1]
    assert texts[0][0][1].startswith("abcca")


def test_signs_of_a_string_within_a_text_are_text() -> None:
    content = b"/P <</MCID 0>> BDC (<4142>3<43>) Tj EMC"
    assert elements_of(content, lambda page: paragraph(page, 0)) == [("P", "\ufffd" * 11)]


def test_actual_text_stands_for_what_is_drawn() -> None:
    hyphen = b"/Span <</ActualText <FEFF00AD>>> BDC (-) Tj EMC"
    content = b"/P <</MCID 0>> BDC (AF) Tj %b EMC /P <</MCID 1>> BDC (BREKEN) Tj EMC" % hyphen
    assert elements_of(content, lambda page: paragraph(page, 0, 1)) == [("P", "afbreken")]


def test_artifacts_within_content_are_left_out() -> None:
    content = b"/P <</MCID 0>> BDC (TEKST) Tj /Artifact BMC (KOP) Tj EMC EMC"
    assert elements_of(content, lambda page: paragraph(page, 0)) == [("P", "tekst")]


def test_properties_can_be_held_by_name() -> None:
    content = b"/P /Held BDC (NAAM) Tj EMC"
    assert elements_of(content, lambda page: paragraph(page, 7)) == [("P", "naam")]


def test_types_of_ones_own_are_known_by_their_role() -> None:
    def structure(page: Any) -> Any:
        return Dictionary(S=Name.Kader, K=Dictionary(S=Name.P, Pg=page, K=0))

    content = b"/P <</MCID 0>> BDC (TEKST) Tj EMC"
    assert elements_of(content, structure, RoleMap=Dictionary(Kader=Name.Sect)) == [("Sect", "tekst"), ("P", "tekst")]


def test_blocks_are_apart_and_notes_are_out_of_the_running_text() -> None:
    def structure(page: Any) -> Any:
        note = Dictionary(S=Name.Note, Pg=page, ID=String("note-1"), K=2)
        call = Dictionary(S=Name.Reference, Pg=page, ID=String("call-1"), K=1)
        return Dictionary(S=Name.Sect, K=Array([paragraph(page, 0, call, note, 3), paragraph(page, 4)]))

    words = (b"EEN", b"X", b"NOOT", b"TWEE", b"DRIE")
    content = b" ".join(b"/P <</MCID %d>> BDC (%b) Tj EMC" % pair for pair in enumerate(words))
    assert elements_of(content, structure) == [
        ("Sect", "eentwee drie"),
        ("P", "eentwee"),
        ("Reference", "x"),
        ("Note", "noot"),
        ("P", "drie"),
    ]


def test_languages_attributes_and_depth_are_told() -> None:
    def structure(page: Any) -> Any:
        scope = Dictionary(O=Name.Table, Scope=Name.Row, ColSpan=2)
        head = Dictionary(S=Name.TH, Pg=page, K=0, A=scope, Alt=String("uitleg"), T=String("titel"))
        return Dictionary(S=Name.TR, Lang=String("en"), K=head)

    row, cell = read_pdf(hand_made(b"/TH <</MCID 0>> BDC (KOP) Tj EMC", structure)).elements
    assert (row.depth, cell.depth) == (0, 1)
    assert cell.language == "en"
    assert (cell.attribute("Scope"), cell.attribute("ColSpan"), cell.attribute("RowSpan")) == ("Row", "2", "")
    assert (cell.alt, cell.title) == ("uitleg", "titel")


def test_a_tree_without_end_is_refused() -> None:
    def structure(page: Any) -> Any:
        element = Dictionary(S=Name.P, Pg=page, K=0)
        for _ in range(300):
            element = Dictionary(S=Name.Sect, K=element)
        return element

    with pytest.raises(PdfError, match="levels"):
        read_pdf(hand_made(b"/P <</MCID 0>> BDC (DIEP) Tj EMC", structure))


def test_a_file_without_tags_has_no_elements() -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    data = io.BytesIO()
    pdf.save(data)
    facts = read_pdf(data.getvalue())
    assert (facts.elements, facts.links, facts.outline, facts.fonts, facts.metadata) == ((), (), (), (), ())
    assert (facts.title, facts.language, facts.pages) == ("", "", 1)


def test_a_file_with_a_text_that_does_not_end_is_told() -> None:
    data = small("<p><a href='https://example.org/abc'>bron</a></p>")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        plain = io.BytesIO()
        pdf.save(plain, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    with pytest.raises(PdfError):
        read_pdf(plain.getvalue().replace(b"/Contents (bron)", b"/Contents bron) "))


def test_a_font_that_is_not_in_the_file_is_named() -> None:
    facts = read_pdf(hand_made(b"/P <</MCID 0>> BDC (TEKST) Tj EMC", lambda page: paragraph(page, 0)))
    assert facts.fonts == ("Helvetica",)


def test_attachments_are_named() -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.attachments["cijfers.csv"] = b"jaar,aantal"
    data = io.BytesIO()
    pdf.save(data)
    assert read_pdf(data.getvalue()).attachments == ("cijfers.csv",)
