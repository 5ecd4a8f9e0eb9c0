"""What dossier.yaml says for colophon and cover, in the files that a reader opens and in what programs read of them."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from edition import every_construct

from dossierbuild.core.model import SourceFile
from dossierbuild.core.roles import ROLE_CODES, ContributorRole
from dossierbuild.core.spec import Format
from dossierbuild.core.works import Work
from dossierbuild.stages.parse import parse_references
from dossierbuild.stages.render.cite_as import bibtex, ris
from dossierbuild.tools import markup
from dossierbuild.tools.identifiers import printed_isbn, same_doi, same_issn, same_ror
from dossierbuild.tools.pdf_reader import read_pdf

COLOPHON = {
    "Redactie": "Jan Willem van der Sterren (Bureau Taal, https://orcid.org/0000-0002-1825-0097)",
    "Fotografie": "Piet Foto",
    "Vormgeving": "Studio Lijn",
    "Opdrachtgever": "Raad voor de Vorm",
    "Financiering": "Fonds Vorm (subsidie 40-41200), Gemeente Zwolle",
    "Uitgever": "Uitgeverij <Vorm>, Zwolle",
    "Reeks": "Vormen & maten 7",
    "Rapportnummer": "V-2023/12",
    "Projectnummer": "P.0815",
    "ISBN": "978-90-468-0992-1 (pdf), 978-90-13-14877-0 (e-boek)",
    "ISSN": "2049-3630",
    "DOI": "https://doi.org/10.5555/alles.1-2",
    "Kenmerk": "urn:example:alles-1.2",
    "Alle edities": "https://doi.org/10.5555/alles",
    "Omslagbeeld": "Kaartenmakers Zwolle",
    "Beeld": "Kaartenmakers Oost; Foto’s: Jan & Co; Anne de Boer",
    "Onderwerpen": "Vormgeving (NUR 658), Thema AKC, Cultuur, vormleer",
}


def colophon(data: bytes) -> dict[str, str]:
    root = markup.parse_html(data)
    section = markup.by_id(root, "colophon")
    assert section is not None
    texts = [[markup.text_of(found) for found in markup.with_tag(section, tag)] for tag in ("dt", "dd")]
    return dict(zip(*texts, strict=True))


def book(name: str) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(every_construct().artifact(name, Format.EPUB).data))


@pytest.mark.built
def test_the_colophon_says_who_helped_who_paid_and_under_which_numbers() -> None:
    page = colophon(every_construct().artifact("dossier", Format.HTML).data)
    assert COLOPHON.items() <= page.items()
    assert COLOPHON.items() <= colophon(book("dossier").read("EPUB/colophon.xhtml")).items()
    assert [label for label in page if label in COLOPHON] == list(COLOPHON)


@pytest.mark.built
def test_numbers_of_the_dossier_are_not_those_of_its_summary() -> None:
    page = colophon(every_construct().artifact("kort", Format.HTML).data)
    assert page.keys() & {"ISBN", "DOI", "ISSN", "Reeks"} == {"ISSN", "Reeks"}


@pytest.mark.built
def test_a_pdf_says_its_numbers_in_its_metadata() -> None:
    facts = read_pdf(every_construct().artifact("dossier", Format.PDF).data)
    metadata = dict(facts.metadata)
    assert metadata["dc:publisher"] == "Uitgeverij <Vorm>"
    told = " ".join(element.text for element in facts.elements)
    assert {label for label in COLOPHON if label not in told} == set()


@pytest.mark.built
def test_an_e_book_names_who_helped_by_the_role_that_libraries_know() -> None:
    package = book("dossier").read("EPUB/package.opf").decode()
    names = dict(re.findall(r'<dc:contributor id="([^"]+)">([^<]+)<', package))
    roles = re.findall(r'<meta refines="#(contributor-[0-9]+)" property="role" scheme="marc:relators">(\w+)<', package)
    assert [(names[of], role) for of, role in roles] == [
        ("Piet Foto", "pht"),
        ("Jan Willem van der Sterren", "edt"),
        ("Studio Lijn", "bkd"),
        ("Raad voor de Vorm", "pat"),
        ("Fonds Vorm", "fnd"),
        ("Gemeente Zwolle", "fnd"),
    ]
    assert "<dc:identifier>urn:isbn:9789013148770</dc:identifier>" in package
    assert "Studio" not in re.findall(r'property="file-as">([^<]+)<', package)


@pytest.mark.built
def test_the_picture_on_the_cover_stands_on_page_and_paper_with_what_it_shows() -> None:
    for name in ("dossier", "kort"):
        root = markup.parse_html(every_construct().artifact(name, Format.HTML).data)
        (picture,) = markup.with_class(root, "cover-picture")
        assert (picture.get("alt"), picture.get("style")) == ("Een kaart met twee wijken.", "object-position: 20% 70%")
        assert picture.get("src", "").startswith("data:image/")
        first = next(found for found in read_pdf(every_construct().artifact(name, Format.PDF).data).elements
                     if found.tag == "Figure")  # fmt: skip
        assert first.alt == "Een kaart met twee wijken."
    sheet = markup.parse_html(every_construct().artifact("plaat", Format.HTML).data)
    assert not markup.with_class(sheet, "cover-picture")


def record(suffix: str, text: str) -> Work:
    parsed = parse_references(SourceFile(f"list.{suffix}", f"{text}\n".encode(), ""))
    assert parsed.value
    return parsed.value[0].work


@pytest.mark.built
def test_reference_managers_read_series_numbers_and_place() -> None:
    meta = every_construct().publication("dossier").metadata
    for work in (record("bib", bibtex(meta, "Editie")), record("ris", ris(meta))):
        assert work.text("publisher-place") == "Zwolle"
        assert work.text("collection-title") == "Vormen & maten"
        assert work.text("number") == "V-2023/12"
        assert work.text("DOI") == "10.5555/alles.1-2"


def test_each_role_has_its_codes() -> None:
    assert set(ROLE_CODES) == set(ContributorRole)


@pytest.mark.parametrize(
    ("written", "form", "same"),
    [
        ("https://ror.org/04PP8HN57", same_ror, "04pp8hn57"),
        ("04pp8hn75", same_ror, ""),
        ("0ilo8hn57", same_ror, ""),
        ("doi:10.5555/x(1)", same_doi, "10.5555/x(1)"),
        ("11.5555/x", same_doi, ""),
        ("20493630", same_issn, "2049-3630"),
        ("2049-3631", same_issn, ""),
        ("90 13 14877 8", printed_isbn, "978-90-13-14877-0"),
        ("9789013148771", printed_isbn, ""),
    ],
)
def test_a_number_has_one_form(written: str, form: object, same: str) -> None:
    assert callable(form)
    assert form(written) == same
