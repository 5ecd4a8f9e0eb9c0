"""What files claim of themselves is so: heads of rows and columns, decoration, languages, and a look of one's own."""

from __future__ import annotations

import dataclasses
import json
import zipfile
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from command import run
from rendered import Rendered, rendered

from dossierbuild.core.model import BuildOptions
from dossierbuild.core.spec import Format
from dossierbuild.stages.render.epub import write_epub
from dossierbuild.tools import markup
from dossierbuild.tools.pdf_reader import PdfElement, read_pdf

AWKWARD = Path(__file__).parent / "dossiers" / "awkward"


@cache
def awkward() -> Rendered:
    """The dossier with awkward constructs inside each other, which has no problem from check to render."""
    with TemporaryDirectory() as folder:
        made = rendered(BuildOptions(root=str(AWKWARD), output=folder))
    assert made.problems == ()
    return made


def data_of(form: Format) -> bytes:
    return next(artifact.data for artifact in awkward().artifacts if artifact.format is form)


def table_on_page(name: str) -> markup.Element:
    found = markup.by_id(markup.parse_html(data_of(Format.HTML)), name)
    assert found is not None
    return found


def cells_on_paper() -> Iterator[PdfElement]:
    return (element for element in read_pdf(data_of(Format.PDF)).elements if element.tag in ("TH", "TD"))


@pytest.mark.parametrize(
    ("table", "heads"),
    [
        ("tbl-a", ["man", "vrouw"]),
        ("tbl-b", ["leden", "gasten"]),
        ("tbl-c", ["Oost"]),
        ("tbl-d", []),
        ("tbl-f", []),
    ],
)
def test_the_first_column_heads_the_rows_where_its_corner_is_empty_or_the_editor_says_so(
    table: str, heads: list[str]
) -> None:
    found = [cell for cell in markup.with_tag(table_on_page(table), "th") if cell.get("scope") == "row"]
    assert [markup.text_of(cell) for cell in found] == heads


def test_the_heads_of_rows_are_those_of_rows_on_paper() -> None:
    found = [cell.text for cell in cells_on_paper() if cell.tag == "TH" and cell.attribute("Scope") == "Row"]
    assert {"man", "vrouw", "leden", "gasten", "Oost"} <= set(found)


def test_a_cell_below_heads_of_two_levels_names_them_and_the_head_of_its_row() -> None:
    table = table_on_page("tbl-b")
    cell = next(cell for cell in markup.with_tag(table, "td") if markup.text_of(cell) == "4")
    heads = [markup.by_id(table, name) for name in cell.get("headers", "").split()]
    assert [markup.text_of(head) for head in heads if head is not None] == ["Zuid", "vrouw", "leden"]


def test_a_cell_names_the_cells_that_head_it_on_paper() -> None:
    cells = list(cells_on_paper())
    heads = {cell.identifier: cell.text for cell in cells if cell.tag == "TH" and cell.identifier}
    named = [[heads[name] for name in cell.attribute("Headers").split()] for cell in cells if cell.text == "4"]
    assert ["Zuid", "vrouw", "leden"] in named


def test_a_picture_that_decorates_is_skipped_by_those_who_listen() -> None:
    pictures = list(markup.with_tag(markup.parse_html(data_of(Format.HTML)), "img"))
    silent = [image for image in pictures if image.get("alt") == ""]
    figures = [element for element in read_pdf(data_of(Format.PDF)).elements if element.tag == "Figure"]
    assert len(silent) == 2
    assert all(image.get("alt") is not None for image in pictures)
    assert all(figure.alt for figure in figures)


def claims_of_book(book: bytes) -> bool:
    with zipfile.ZipFile(BytesIO(book)) as members:
        return "dcterms:conformsTo" in members.read("EPUB/package.opf").decode()


def test_a_book_whose_look_nobody_measured_does_not_name_wcag() -> None:
    job = next(job for job in awkward().jobs if job.format is Format.EPUB)
    assert claims_of_book(write_epub(job).data)
    assert not claims_of_book(write_epub(dataclasses.replace(job, is_measured=False)).data)


def test_an_exception_holds_for_the_look_that_was_measured_and_no_later_one(dossier: Path) -> None:
    sheet = dossier / "styles" / "css" / "base.css"
    sheet.parent.mkdir(parents=True)
    sheet.write_text("p { color: #bbb; }\n", encoding="utf-8")
    told = json.loads(run("check", dossier, "--format-problems", "json").err)
    assert (told["code"], told["severity"]) == ("D408", "note")
    manifest = dossier / "dossier.yaml"
    entry = f'  - {{code: D408, at: "styles/css/base.css#{told["subject"]}", reason: Gemeten met axe.}}\n'
    manifest.write_text(manifest.read_text("utf-8") + entry, encoding="utf-8")
    assert run("check", dossier, "--format-problems", "json").err == ""
    sheet.write_text("p { color: #ccc; }\n", encoding="utf-8")
    again = [json.loads(line) for line in run("check", dossier, "--format-problems", "json").err.splitlines()]
    assert [found["code"] for found in again] == ["D115", "D408"]


def test_a_title_in_another_language_is_marked_in_the_reference_list() -> None:
    page = markup.parse_html(data_of(Format.HTML))
    marked = [
        (span.get("lang"), markup.text_of(span))
        for entry in markup.with_class(page, "entry")
        for span in markup.with_tag(entry, "span")
        if span.get("lang")
    ]
    assert marked == [
        ("de-DE", "Die Straße: Ein neuer Anfang."),
        ("de-DE", "Zeitschrift für Soziologie"),
        ("en", "The street and its people"),
    ]
    on_paper = [element.text for element in read_pdf(data_of(Format.PDF)).elements if element.language == "de-DE"]
    assert "Zeitschrift für Soziologie" in on_paper
