"""Authors of a dossier: people with particles, organisations and mixtures of both, in every place that names them."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pytest
from command import MINIMAL, run, use_two_fonts

from dossierbuild.core.model import SourceFile
from dossierbuild.core.names import Organisation, Person, name_of
from dossierbuild.core.spec import Author
from dossierbuild.stages.parse.references import parse_references
from dossierbuild.tools.identifiers import same_orcid

AUTHORS = """\
authors:
  - {name: Jan Willem van der Meer, affiliation: "Zorg & Co", orcid: "https://orcid.org/000000021694233x"}
  - {name: Koninklijke Bibliotheek, affiliation: Rijk}
  - {literal: Atlas Wonen, short: A&W}
  - {name: Vier Windstreken, organisation: true}
  - {name: Stichting Bakker, organisation: false}
"""
ORCID = "https://orcid.org/0000-0002-1694-233X"
NAMES = ["Jan Willem van der Meer", "Koninklijke Bibliotheek", "Atlas Wonen", "Vier Windstreken", "Stichting Bakker"]
CITED = "Van der Meer, J. W., Koninklijke Bibliotheek, Atlas Wonen, Vier Windstreken, & Bakker, S. (2025). "


def with_authors(folder: Path, authors: str) -> Path:
    """A copy of the good dossier that these authors wrote."""
    for path in MINIMAL.rglob("*"):
        if path.is_file():
            copy = folder / path.relative_to(MINIMAL)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    manifest = folder / "dossier.yaml"
    text = manifest.read_text("utf-8")
    changed = re.sub(r"^authors:\n(?:  .*\n)+", lambda _: authors, text, flags=re.MULTILINE)
    assert changed != text
    manifest.write_text(changed, encoding="utf-8")
    use_two_fonts(folder)
    return folder


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("authors")
    dossier = with_authors(folder / "dossier", AUTHORS)
    built = run("build", dossier, "--output", folder / "output")
    assert built.code == 0, built.err
    return folder / "output" / "buurtfeesten"


def read_list(page: str, suffix: str) -> list[tuple[str, str]]:
    """The authors of the record that the page offers, as our own reader of such lists has them: kind and name."""
    records = re.findall(r"<pre>(.*?)</pre>", page, re.DOTALL)
    (record,) = [one for one in records if one.startswith({"bib": "@", "ris": "TY"}[suffix])]
    parsed = parse_references(SourceFile(f"list.{suffix}", f"{record}\n".encode(), ""))
    assert parsed.value
    return [(type(name).__name__, name.sorting) for name in parsed.value[0].work.people("author")]


def test_how_to_cite_names_people_and_organisations_each_in_their_way(published: Path) -> None:
    for name in ("index.html", "buurtfeesten-dossier.html", "buurtfeesten-infographic.html"):
        page = (published / name).read_text("utf-8").replace("&amp;", "&")
        assert f'how-to-cite">{CITED}' in page, name
    assert CITED in (book(published)["colophon.xhtml"]).replace("&amp;", "&")


@pytest.mark.parametrize("suffix", ["bib", "ris"])
def test_a_reference_manager_reads_the_authors_as_they_are(published: Path, suffix: str) -> None:
    assert read_list((published / "index.html").read_text("utf-8"), suffix) == [
        ("Person", "Meer, Jan Willem van der"),
        ("Organisation", "Koninklijke Bibliotheek"),
        ("Organisation", "Atlas Wonen"),
        ("Organisation", "Vier Windstreken"),
        ("Person", "Bakker, Stichting"),
    ]


def test_search_engines_are_told_who_is_a_person_and_who_an_organisation(published: Path) -> None:
    page = (published / "index.html").read_text("utf-8")
    (told,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    authors: list[dict[str, Any]] = json.loads(told)["author"]
    assert [one["name"] for one in authors] == NAMES
    assert [one["@type"] for one in authors] == ["Person", *["Organization"] * 3, "Person"]
    assert (authors[0]["@id"], authors[0]["sameAs"]) == (ORCID, ORCID)
    assert authors[0]["affiliation"] == {"@type": "Organization", "name": "Zorg & Co"}
    assert authors[1]["parentOrganization"]["name"] == "Rijk"


def book(published: Path) -> dict[str, str]:
    """The files of the dossier's e-book by their names."""
    data = (published / "buurtfeesten-dossier.epub").read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        files = [one for one in whole.namelist() if one.endswith((".opf", ".xhtml"))]
        return {Path(one).name: whole.read(one).decode("utf-8") for one in files}


def test_an_e_book_is_filed_under_the_family_name(published: Path) -> None:
    package = ElementTree.fromstring(book(published)["package.opf"])
    creators = [one for one in package.iter() if one.tag.endswith("}creator")]
    assert [one.text for one in creators] == NAMES
    refined: dict[str, dict[str, str]] = {one.get("id", ""): {} for one in creators}
    for meta in package.iter("{http://www.idpf.org/2007/opf}meta"):
        target = meta.get("refines", "").removeprefix("#")
        if target in refined:
            refined[target][meta.get("property", "")] = meta.text or ""
    assert {one["role"] for one in refined.values()} == {"aut"}
    assert [one.get("file-as") for one in refined.values()] == [
        "Meer, Jan Willem van der", None, None, None, "Bakker, Stichting",
    ]  # fmt: skip
    first = next(iter(refined.values()))
    assert first["schema:affiliation"] == "Zorg & Co"
    assert first["schema:sameAs"] == ORCID


def test_a_pdf_names_its_authors(published: Path) -> None:
    with pikepdf.open(published / "buurtfeesten-dossier.pdf") as pdf, pdf.open_metadata() as metadata:
        assert list(metadata["dc:creator"]) == [*NAMES, "Anna de Vries"]  # who wrote a chapter


def test_readers_see_where_an_author_works_and_the_orcid(published: Path) -> None:
    shown = (
        f'Jan Willem van der Meer (Zorg &amp; Co, <a href="{ORCID}">{ORCID}</a>), '
        "Koninklijke Bibliotheek (Rijk), Atlas Wonen, "
    )
    pages = [(published / name).read_text("utf-8") for name in ("index.html", "buurtfeesten-in-het-kort.html")]
    for page in (*pages, book(published)["colophon.xhtml"]):
        assert shown in page


# --- what is told --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("author", "told"),
    [
        ("{name: Anna Bos, orcid: 0000-0002-1825-0098}", "dossier.yaml:8:22: fout D150"),
        ("{name: Anna Bos, orcid: anna}", "dossier.yaml:8:22: fout D150"),
        ("{affiliation: Movisie}", "dossier.yaml:8:5: fout D103"),
        ("{name: Movisie, literal: Movisie}", "dossier.yaml:8:21: fout D104"),
        ("{literal: Movisie, organisation: false}", "dossier.yaml:8:24: fout D104"),
        ("{literal: Movisie, orcid: 0000-0002-1825-0097}", "dossier.yaml:8:24: fout D104"),
        ("{name: Anna Bos, orcid: 0000-0002-1825-0097, short: AB}", "dossier.yaml:8:50: fout D104"),
        ("{name: Anna Bos, organisation: false, short: AB}", "dossier.yaml:8:43: fout D104"),
        ("{name: Movisie, organisation: misschien}", "dossier.yaml:8:21: fout D104"),
    ],
)
def test_what_an_author_cannot_be_is_told_at_its_line(author: str, told: str, tmp_path: Path) -> None:
    ended = run("check", with_authors(tmp_path / "dossier", f"authors:\n  - {author}\n"))
    assert ended.code == 3
    assert [line for line in ended.err.splitlines() if told in line], ended.err
    assert "Traceback" not in ended.err


def test_an_author_of_a_chapter_is_a_name(dossier: Path) -> None:
    chapter = dossier / "chapters" / "02-slot.md"
    chapter.write_text(f"---\nauthors: [{{name: Anna}}]\n---\n{chapter.read_text('utf-8')}", encoding="utf-8")
    ended = run("check", dossier)
    assert "chapters/02-slot.md:2:1: fout D104" in ended.err


# --- names ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Rijksinstituut voor Volksgezondheid",
        "Gemeente Utrecht",
        "Hogeschool Rotterdam",
        "Stichting Vlinder",
        "Verwey-Jonker Instituut",
        "Nederlands Jeugdinstituut",
        "Trimbos-instituut",
        "Sociaal en Cultureel Planbureau",
        "Samen voor Elkaar",
        "Council of Europe",
        "Jan & Co",
        "Redactie buurtkrant",
        "Movisie",
    ],
)
def test_an_organisation_is_known_by_its_words(text: str) -> None:
    name = name_of(text)
    assert name == Organisation(text)
    assert {name.entry, name.record, name.sorting} == {text}


@pytest.mark.parametrize(
    ("text", "entry", "sorting"),
    [
        ("Anna de Vries", "De Vries, A.", "Vries, Anna de"),
        ("Jan-Willem van der Meer", "Van der Meer, J.-W.", "Meer, Jan-Willem van der"),
        ("Maarten ’t Hart", "’t Hart, M.", "Hart, Maarten ’t"),
        ("Philippe Van Parijs", "Van Parijs, P.", "Van Parijs, Philippe"),
        ("Anna d’Ancona", "d’Ancona, A.", "d’Ancona, Anna"),
        ("IJsbrand in ’t Veld", "In ’t Veld, IJ.", "Veld, IJsbrand in ’t"),
        ("Maria da Silva", "Da Silva, M.", "Silva, Maria da"),
        ("J.W. Voor ’t Hekke", "Voor ’t Hekke, J. W.", "Voor ’t Hekke, J.W."),
        ("Piet Raad", "Raad, P.", "Raad, Piet"),
        ("Eva Kennis", "Kennis, E.", "Kennis, Eva"),
        ("Jan Rijkschroeff", "Rijkschroeff, J.", "Rijkschroeff, Jan"),
    ],
)
def test_a_person_is_taken_apart_at_the_particle(text: str, entry: str, sorting: str) -> None:
    name = name_of(text)
    assert isinstance(name, Person)
    assert (str(name), name.entry, name.sorting) == (text, entry, sorting)


def test_an_orcid_decides_that_a_name_is_a_person() -> None:
    assert isinstance(Author(name="Plato").creator.name, Organisation)
    assert Author(name="Plato", orcid="0000-0002-1694-233X").creator.name == Person(family="Plato")


@pytest.mark.parametrize(
    "written", ["0000-0002-1694-233X", "000000021694233x", "https://orcid.org/0000-0002-1694-233X/"]
)
def test_an_orcid_has_one_form(written: str) -> None:
    assert same_orcid(written) == "0000-0002-1694-233X"


@pytest.mark.parametrize(
    "written", ["", "0000-0002-1694-2339", "0000-0002-1694-23", "https://orcid.example/0000-0002-1694-233X"]
)
def test_what_is_no_orcid_has_none(written: str) -> None:
    assert same_orcid(written) == ""
