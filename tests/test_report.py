"""A report has a foreword, summaries in two languages, parts, chapters and appendices, each with its number or none."""

from __future__ import annotations

import io
import json
import re
import zipfile
from functools import cache
from itertools import groupby
from pathlib import Path

import pikepdf
import pytest
from command import run
from edition import report
from opened import verified
from seen import page_texts

from dossierbuild.core.spec import Format
from dossierbuild.core.typography import format_letters, format_roman, page_label
from dossierbuild.tools import markup
from dossierbuild.tools.markup import Element
from dossierbuild.tools.pdf_reader import read_pdf

# What opens each part of the dossier in tests/dossiers/report: its id, its role, and its heading.
PARTS = (
    ("voorwoord", "doc-foreword", "Voorwoord"),
    ("samenvatting", "doc-abstract", "Samenvatting"),
    ("summary", "doc-abstract", "Summary"),
    ("samen", "doc-part", "Deel I Waarom buren helpen"),
    ("redenen", "doc-chapter", "1 Redenen om te helpen"),
    ("cijfers", "doc-chapter", "2 Cijfers over hulp"),
    ("lukt", "doc-part", "Deel II Hoe het lukt"),
    ("samen-doen", "doc-chapter", "3 Samen doen"),
    ("slot", "doc-chapter", "Tot slot"),
    ("literatuur", "doc-bibliography", "Literatuur"),
    ("vragenlijst", "doc-appendix", "Bijlage A De vragenlijst"),
    ("gesprekken", "doc-appendix", "Bijlage B De gesprekken"),
    ("appendix-data", "doc-appendix", "Bijlage C Gegevens bij de figuren"),
)
SECTIONS = (
    ("dank", "Dank"),
    ("wederkerigheid", "1.1 Wederkerigheid"),
    ("tussenspel", "Tussenspel"),
    ("onder-tussenspel", "Onder het tussenspel"),
    ("nabijheid", "1.2 Nabijheid"),
    ("trap", "1.2.1 De trap"),
    ("tellen", "2.1 Tellen"),
    ("afspraken", "3.1 Afspraken"),
    ("verder", "Verder"),
    ("wie-dit-las", "Wie dit las"),
    ("uitleg", "A.1 Uitleg bij de vragen"),
)
# Titles of the contents by their depth; the chapters of a part stand in it.
CONTENTS = (
    (1, "Voorwoord"), (2, "Dank"), (1, "Samenvatting"), (1, "Summary"),
    (1, "Deel I Waarom buren helpen"), (2, "1 Redenen om te helpen"), (3, "1.1 Wederkerigheid"), (3, "Tussenspel"),
    (3, "1.2 Nabijheid"), (2, "2 Cijfers over hulp"), (3, "2.1 Tellen"),
    (1, "Deel II Hoe het lukt"), (2, "3 Samen doen"), (3, "3.1 Afspraken"), (2, "Tot slot"), (3, "Verder"),
    (1, "Literatuur"), (1, "Bijlage A De vragenlijst"), (2, "A.1 Uitleg bij de vragen"), (1, "Bijlage B De gesprekken"),
    (1, "Bijlage C Gegevens bij de figuren"),
)  # fmt: skip
ORCID = "https://orcid.org/0000-0002-1825-0097"
FRONT = 5
"""Cover, contents, foreword and two summaries, each on a page."""


def data(form: Format) -> bytes:
    return report().artifact("rapport", form).data


@cache
def page() -> Element:
    return markup.parse_html(data(Format.HTML))


@cache
def book() -> dict[str, Element]:
    """The files of the e-book that are XML, by their names."""
    with zipfile.ZipFile(io.BytesIO(data(Format.EPUB))) as whole:
        names = [name for name in whole.namelist() if name.endswith((".xhtml", ".opf"))]
        return {name.removeprefix("EPUB/"): markup.parse_xml(whole.read(name)) for name in names}


def element(name: str) -> Element:
    found = markup.by_id(page(), name)
    assert found is not None, name
    return found


def words(found: Element) -> str:
    return " ".join(markup.text_of(found).split())


def nested(found: Element, depth: int = 0) -> list[tuple[int, str]]:
    """The titles in lists within lists, with their depth: each item of a list without the list in it."""
    titles: list[tuple[int, str]] = []
    for child in found:
        if child.tag == "li":
            titles.append((depth, markup.text_of(child, lambda part: part.tag == "ol")))
        titles += nested(child, depth + (child.tag == "ol"))
    return titles


@pytest.mark.parametrize("form", list(Format), ids=lambda form: form.value)
def test_every_format_holds_all_of_a_report(form: Format) -> None:
    edition = report()
    found = verified(edition.publication("rapport"), edition.artifact("rapport", form))
    assert found.problems == ()
    assert found.expected["headings"] == len(PARTS) + len(SECTIONS) + 1  # and the title of a box


def test_each_text_has_its_role_and_its_number() -> None:
    found = [(part.get("id"), part.get("role"), words(element(f"{part.get('id')}-title")))
             for part in markup.with_tag(page(), "section") if part.get("role") != "doc-colophon"]  # fmt: skip
    assert found == list(PARTS)
    assert [(name, words(element(name))) for name, _ in SECTIONS] == list(SECTIONS)


def test_figures_and_tables_of_an_appendix_are_counted_apart() -> None:
    labels = [words(label) for label in markup.with_class(page(), "label") if label.getparent().tag != "div"]  # type: ignore[union-attr]
    assert labels == ["Figure 1", "Figuur 2", "Tabel 1", "Tabel A.1", "Figuur B.1"]


def test_references_lead_to_what_they_name() -> None:
    found = {(link.get("href", ""), words(link)) for link in markup.with_class(page(), "cross-reference")}
    assert found == {
        ("#vragenlijst", "bijlage A"), ("#samen-doen", "hoofdstuk 3"), ("#samen", "deel I"), ("#lukt", "deel II"),
        ("#fig-klussen", "figuur 2"), ("#fig-klussen", "Figuur 2"), ("#fig-jobs", "figure 1"),
        ("#samen-doen", "chapter 3"),
        ("#afspraken", "paragraaf 3.1"), ("#tbl-vragen", "tabel A.1"), ("#uitleg", "paragraaf A.1"),
        ("#voorwoord", "‘Voorwoord’"), ("#summary", "‘Summary’"), ("#tussenspel", "‘Tussenspel’"),
    }  # fmt: skip


def test_the_contents_of_every_format_have_chapters_in_their_part() -> None:
    nav = next(nav for nav in markup.with_tag(page(), "nav") if nav.get("role") == "doc-toc")
    toc = markup.by_id(book()["nav.xhtml"], "toc")
    assert toc is not None
    assert nested(nav) == list(CONTENTS)
    assert nested(toc) == [*CONTENTS, (1, "Colofon")]
    named = [(level - 1, title) for level, title in read_pdf(data(Format.PDF)).outline[1:]]
    outline = [heading for heading in named if heading[1] != "In the street"]  # the title of a box
    assert outline == [(1, "Inhoud"), *CONTENTS, (1, "Colofon")]


# --- languages -------------------------------------------------------------------------------------------------------


def test_a_text_in_another_language_is_marked_as_a_whole() -> None:
    assert element("summary").get("lang") == "en"
    file = book()["03-summary.xhtml"]
    (section,) = markup.with_tag(file, "section")
    assert (file.get("lang"), file.get(markup.XML_LANG), section.get(markup.XML_LANG)) == ("en", "en", "en")
    declared = [words(found) for found in book()["package.opf"].iter("{http://purl.org/dc/elements/1.1/}language")]
    assert declared == ["nl-NL", "en"]
    spoken = {found.text: found.language for found in read_pdf(data(Format.PDF)).elements if found.tag == "H2"}
    assert (spoken["Summary"], spoken["Samenvatting"]) == ("en", "nl-NL")


def test_its_title_is_marked_where_others_name_it() -> None:
    named = [link for link in page().iter("a") if link.get("href") == "#summary"]
    assert len(named) == 2
    for link in named:
        around = [link, *link.iterancestors()]
        assert next(found.get("lang") for found in around if found.get("lang")) == "en", words(link)


def test_its_labels_and_numbers_are_those_of_its_language() -> None:
    summary = element("summary")
    assert [words(label) for label in markup.with_class(summary, "box-label")] == ["In practice", "Key points"]
    assert [back.get("aria-label") for back in markup.with_class(summary, "back")] == ["Back to the text"]
    drawn = {name: words(element(name)) for name in ("fig-jobs", "fig-klussen")}
    assert "12.5" in drawn["fig-jobs"]
    assert "12,5" in drawn["fig-klussen"]


def test_what_it_takes_over_from_the_dossier_stays_in_the_language_of_that() -> None:
    (point,) = [item for item in markup.with_tag(element("summary"), "li") if "Begin klein" in words(item)]
    assert next(found.get("lang") for found in point.iterancestors() if found.get("lang")) == "nl-NL"


# --- pages -----------------------------------------------------------------------------------------------------------


def test_front_pages_have_roman_numerals_on_paper_and_in_the_e_book() -> None:
    pages = page_texts(data(Format.PDF))
    labels = [page_label(number, FRONT) for number in range(1, len(pages) + 1)]
    assert labels[:7] == ["i", "ii", "iii", "iv", "v", "1", "2"]
    for text, label in list(zip(pages, labels, strict=True))[1:]:
        assert label in text.split(), label
    with pikepdf.open(io.BytesIO(data(Format.PDF))) as pdf:
        assert [str(page.label) for page in pdf.pages] == labels
    listed = markup.by_id(book()["nav.xhtml"], "page-list")
    assert listed is not None
    assert [words(link) for link in markup.with_tag(listed, "a")] == labels[2:]


def test_the_contents_on_paper_give_the_numbers_of_the_pages() -> None:
    lines = page_texts(data(Format.PDF))[1].splitlines()
    numbers = {line.rpartition(" ")[0]: line.rpartition(" ")[2] for line in lines}
    assert (numbers["Voorwoord"], numbers["Summary"]) == ("iii", "v")
    assert next(number for title, number in numbers.items() if title.endswith("Waarom buren helpen")) == "1"


def test_a_part_has_a_page_of_its_own() -> None:
    headings = [found for found in read_pdf(data(Format.PDF)).elements if found.tag == "H2"]
    pages = {number: [found.text for found in on] for number, on in groupby(headings, lambda found: found.page)}
    assert ["Deel I Waarom buren helpen"] in pages.values()
    assert ["Deel II Hoe het lukt"] in pages.values()


def test_a_reading_system_offers_the_parts_of_a_report() -> None:
    landmarks = markup.by_id(book()["nav.xhtml"], "landmarks")
    assert landmarks is not None
    offered = {link.get(markup.EPUB_TYPE): link.get("href") for link in markup.with_tag(landmarks, "a")}
    assert offered["bodymatter"] == offered["part"] == "04-samen.xhtml"
    assert (offered["foreword"], offered["abstract"]) == ("01-voorwoord.xhtml", "02-samenvatting.xhtml")
    assert offered["appendix"] == "11-vragenlijst.xhtml"
    matters = {
        name: body.get(markup.EPUB_TYPE) for name, file in book().items() for body in markup.with_tag(file, "body")
    }
    assert (matters["01-voorwoord.xhtml"], matters["04-samen.xhtml"]) == ("frontmatter", "bodymatter")
    assert matters["11-vragenlijst.xhtml"] == "backmatter"


def test_the_authors_of_a_chapter_stand_under_its_title_and_in_what_the_files_say_of_themselves() -> None:
    title = element("redenen-title")
    below = title.getnext()
    assert below is not None
    assert words(below) == "Bas Bakker (Bureau Taal, orcid.org/0000-0002-1825-0097), Stichting De Straat"
    assert [link.get("href") for link in markup.with_tag(below, "a")] == [ORCID]
    told = ["Anna de Vries", "Bas Bakker", "Stichting De Straat"]
    assert [meta.get("content") for meta in page().iter("meta") if meta.get("name") == "author"] == told
    package = book()["package.opf"]
    named = [words(found) for found in package.iter() if re.search(r"\}(creator|contributor)$", str(found.tag))]
    assert named == told
    assert ORCID in {words(found) for found in package.iter() if found.get("property") == "schema:sameAs"}


@pytest.mark.parametrize(
    "texts",
    [
        ("# Deel 34 {#a}\n\nHet kind.\n", "# Slot {#b}\n\nWoorden.\n"),
        ("# Deel 1 {#a}\n\n## Het begin {#c}\n\nWoorden.\n", "# Slot {#b}\n\nWoorden.\n"),
        ("# Deel 1 {#a}\n\nWoorden.\n", "# Deel 2 {#b}\n\nWoorden.\n"),
    ],
)
def test_a_chapter_that_is_called_a_part_is_a_chapter(texts: tuple[str, str], dossier: Path) -> None:
    for number, text in enumerate(texts, 3):
        (dossier / "chapters" / f"0{number}-deel.md").write_text(text, encoding="utf-8")
    ended = run("check", dossier)
    assert "D198" not in ended.err
    assert ended.code == 0


# --- languages of texts ----------------------------------------------------------------------------------------------


def test_a_text_cites_in_its_own_language() -> None:
    """One work is called by the same names, letters and year in both, with the words of each."""
    cited = [words(found) for found in markup.with_class(element("summary"), "citation")]
    assert cited == ["(Smit, 2020; Vos & Kok, n.d.)"]
    assert [words(found) for found in markup.with_class(element("slot"), "citation")] == ["Vos en Kok (z.d.)"]
    listed = words(element("ref-vos"))
    assert "(z.d.)" in listed
    assert "Geraadpleegd" in listed


def test_a_summary_in_another_language_is_in_it_from_cover_to_colophon() -> None:
    told = report().artifact("brief", Format.HTML).data
    brief = markup.parse_html(told)
    assert brief.get("lang") == "en"
    assert [words(found) for found in markup.with_class(brief, "citation")] == [
        "(Smit, 2020; Vos & Kok, n.d., Chapter 2)", "Vos and Kok (n.d.)"
    ]  # fmt: skip
    headings = [words(found) for found in markup.with_tag(brief, "h2")]
    assert {"In brief", "References", "Colophon"} <= set(headings)
    assert {found.get("aria-label") for found in markup.with_class(brief, "back")} == {"Back to the text"}
    listed = markup.by_id(brief, "ref-vos")
    assert listed is not None
    assert "Retrieved" in words(listed)
    paper = read_pdf(report().artifact("brief", Format.PDF).data)
    assert paper.language == "en"
    assert {"Contents", "References", "Colophon"} <= {title for _, title in paper.outline}
    with zipfile.ZipFile(io.BytesIO(report().artifact("brief", Format.EPUB).data)) as opened:
        assert "<dc:language>en</dc:language>" in opened.read("EPUB/package.opf").decode()


def test_pages_about_the_edition_are_in_the_dossiers_language_also_beside_one_in_another(tmp_path: Path) -> None:
    dossier = Path(__file__).parent / "dossiers" / "report"
    built = run("build", dossier, "--output", tmp_path, "--only", "brief", "--format", "html")
    assert built.code == 0, built.err
    folder = tmp_path / "buurt-aan-zet"
    assert json.loads((folder / "manifest.json").read_text("utf-8"))["language"] == "nl-NL"
    for name in ("index.html", "verification.html", "toegankelijkheidsverklaring.html"):
        told = markup.parse_html((folder / name).read_bytes())
        assert told.get("lang") == "nl-NL"
        titles = [found for found in told.iter() if words(found) == "The street in brief" and not len(found)]
        assert {found.get("lang") for found in titles if found.tag not in ("title", "a")} == {"en"}, name


def test_an_unlisted_heading_is_in_no_contents() -> None:
    assert words(element("wie-dit-las")) == "Wie dit las"
    (contents,) = (nav for nav in markup.with_tag(page(), "nav") if nav.get("aria-labelledby") == "contents-heading")
    assert "Wie dit las" not in words(contents)
    assert "Wie dit las" not in words(book()["nav.xhtml"])
    assert "Wie dit las" not in {title for _, title in read_pdf(data(Format.PDF)).outline}


# --- numerals --------------------------------------------------------------------------------------------------------


def test_numerals_of_parts_and_letters_of_appendices() -> None:
    assert [format_roman(number) for number in (1, 4, 9, 14, 40, 1949)] == ["I", "IV", "IX", "XIV", "XL", "MCMXLIX"]
    assert [format_letters(number) for number in (1, 26, 27, 52, 53, 703)] == ["A", "Z", "AA", "AZ", "BA", "AAA"]
