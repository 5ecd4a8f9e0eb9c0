"""PDF from HTML: valid by both standards, from nothing but what is handed over, and the same bytes everywhere."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import page
import pikepdf
import pytest
from paper_sample import IDENTIFIER, font_resources, page_html, sample_html, sample_resources, write
from seen import fonts_without_letters, page_texts

from dossierbuild.tools.paper import Paper, PaperError, engine_versions, lay_out, write_pdf
from dossierbuild.tools.paper.engine import require_engine
from dossierbuild.tools.pdf_reader import PdfFacts, read_pdf

PROFILES = (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A)


def failures(data: bytes, tmp_path: Path) -> list[str]:
    """What the validator holds against a file, by both standards."""
    path = tmp_path / "built.pdf"
    path.write_bytes(data)
    results = [page.validate_pdf(path, profile=profile) for profile in PROFILES]
    return [f"{failure.rule_id}: {failure.message}" for result in results for failure in result.failures]


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
@pytest.mark.parametrize(
    "body",
    [
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
    ],
)
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


MARKED_LINK = "<p><a href='https://example.org/a'><strong>Een</strong> <em>link</em> met <code>opmaak</code></a></p>"


def test_all_that_is_in_a_file_is_needed_and_well_written() -> None:
    data = write(f"<h1>Kop</h1>{MARKED_LINK}").data
    assert read_pdf(data).links[0].contents == "Een link met opmaak"
    with pikepdf.open(io.BytesIO(data)) as pdf:
        before = len(pdf.objects)
        tidy = io.BytesIO()
        pdf.save(tidy, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    with pikepdf.open(tidy) as pdf:
        streams_of_objects = 2
        assert len(pdf.objects) + streams_of_objects == before


# --- what goes in -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "address"),
    [
        ("<img src='{secret}' alt='x'>", "{secret}"),
        ("<p style='background: url({secret})'>x</p>", "{secret}"),
        ("<object data='{secret}'>x</object>", "{secret}"),
        ("<img src='http://127.0.0.1:9/x.png' alt='x'>", "http://127.0.0.1:9/x.png"),
        ("<img src='//elders.invalid/x.png' alt='x'>", "https://elders.invalid/x.png"),
        ("<ul style='list-style-image: url(ftp://elders.invalid/x.png)'><li>x</li></ul>", "ftp://elders.invalid/x.png"),
        (
            "<style>@import 'https://elders.invalid/x.css'; @font-face { font-family: X; src: url(../x.ttf) }</style>",
            "https://elders.invalid/x.css",
        ),
        (
            "<svg xmlns='http://www.w3.org/2000/svg'><title>x</title><image href='{secret}' width='9'/></svg>",
            "{secret}",
        ),
        ("<img src='figures/../../ontbreekt.png' alt='x'>", "https://dossier.invalid/ontbreekt.png"),
    ],
)
def test_nothing_is_read_but_the_resources(body: str, address: str, tmp_path: Path) -> None:
    secret = tmp_path / "geheim.svg"
    secret.write_text("<svg xmlns='http://www.w3.org/2000/svg'><text>GEHEIM</text></svg>", encoding="utf-8")
    paper = write("<h1>Kop</h1>" + body.replace("{secret}", secret.as_uri()))
    expected = address.replace("{secret}", secret.as_uri())
    assert any(line.startswith(f"error: refused to read {expected}") for line in paper.log)
    assert "GEHEIM" not in "".join(page_texts(paper.data))


def test_no_file_is_attached(tmp_path: Path) -> None:
    secret = tmp_path / "geheim.txt"
    secret.write_text("GEHEIM", encoding="utf-8")
    paper = write("<h1>Kop</h1>", head=f"<link rel='attachment' href='{secret.as_uri()}'>")
    assert read_pdf(paper.data).attachments == ()
    assert b"GEHEIM" not in paper.data


def test_a_data_address_is_no_request() -> None:
    paper = write("<h1>Kop</h1>", head="<link rel='stylesheet' href='data:text/css,h1{color:red}'>")
    assert paper.log == ()


def test_characters_that_no_font_has_are_named() -> None:
    log = write("<h1>Kop</h1><p>\u4e00 en \u4e00</p>").log
    assert len(log) == 1
    assert log[0].startswith("error: ")
    assert "U+4E00" in log[0]


def test_only_the_fonts_that_come_along_are_used(sample: Paper, facts: PdfFacts) -> None:
    assert fonts_without_letters(sample.data) == []
    assert {name.partition("+")[2] for name in facts.fonts} == {"Text", "Text-Italic", "Text-Bold"}
    elsewhere = read_pdf(write("<h1>Kop</h1><p style='font-family: DejaVu Sans, Arial, serif'>tekst</p>").data)
    assert {name.partition("+")[2].removesuffix("-Bold") for name in elsewhere.fonts} == {"Text"}


@pytest.mark.parametrize("fonts", [{}, {"fonts/regular.ttf": b"no font"}])
def test_without_fonts_there_is_no_paper(fonts: dict[str, bytes]) -> None:
    with pytest.raises(PaperError, match="no font"):
        write_pdf(page_html("<h1>Kop</h1>"), fonts, identifier=IDENTIFIER)


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("<img src='figures/drawing.svg'>", "text alternative"),
        ("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><path d='M0,0h9'/></svg>", "text alternative"),
        ("<p style='opacity: .5'>doorschijnend</p>", "translucent"),
        ("<p style='kleur: rood'>onbekend</p>", "kleur"),
    ],
)
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


@pytest.mark.parametrize(
    "surroundings",
    [
        {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {
            "TZ": "America/New_York",
            "LC_ALL": "C.UTF-8",
            "LANG": "tr_TR.UTF-8",
            "PYTHONHASHSEED": "2",
            "SOURCE_DATE_EPOCH": "1",
            "FONTCONFIG_FILE": "fonts.conf",
        },
    ],
)
def test_the_same_bytes_in_any_surroundings(sample: Paper, surroundings: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "fonts.conf").write_text("<fontconfig></fontconfig>", encoding="utf-8")
    tests = Path(__file__).parent
    made = subprocess.run(
        [sys.executable, "-c", MAKE_SAMPLE, str(tests.parent / "src"), str(tests)],
        cwd=tmp_path,
        env={**os.environ, **surroundings},
        capture_output=True,
        text=True,
        check=True,
    )
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


def faults(body: str) -> list[str]:
    return [fault.words for fault in lay_out(page_html(body), sample_resources()).faults]


@pytest.mark.parametrize(
    "body",
    [
        "<p style='white-space: nowrap'>" + "Een regel zonder einde. " * 12 + "</p>",
        "<p style='position: absolute; top: -30mm'>Een regel boven de bladzijde.</p>",
        "<p style='position: absolute; bottom: -40mm'>Een regel onder de bladzijde.</p>",
        "<p>Een alinea.</p><p style='margin-top: -2.2em'>Een regel over de alinea heen.</p>",
        "<p><img src='figures/drawing.svg' alt='Een tekening' style='margin-left: 200mm; width: 50mm'></p>",
        "<div style='margin-right: -40mm; border: 1px solid'>Een kader over de rand.</div>",
    ],
)
def test_what_a_page_does_not_show_is_a_fault(body: str) -> None:
    (words,) = faults(body)
    assert words.startswith("Een ")


def test_what_a_page_shows_is_no_fault() -> None:
    assert faults("<p>" + "Een regel zonder einde. " * 12 + "</p>") == []
    assert faults("<p>Hoog<sup>2</sup> en <span style='line-height: 0.6'>laag</span></p><hr>") == []
    hidden = "<span style='position: absolute; width: 1px; overflow: hidden; clip: rect(0, 0, 0, 0)'>voorgelezen</span>"
    assert faults(f"<p>{hidden}Wat er staat.</p>") == []
    assert lay_out(sample_html(), sample_resources()).faults == ()
