"""A data file as a Dutch spreadsheet saves it, with more rows than a page holds, in the files that are built of it."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest
from command import MINIMAL, run, use_two_fonts
from lxml import html

CHART = 'data="kosten.csv" type="bar" x="post" y="euro" unit="euro"'
ROWS = 45


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dossier's files, built of a file with semicolons in which 1.250 is thousands, and a chart that says so."""
    folder = tmp_path_factory.mktemp("data")
    dossier = folder / "dossier"
    shutil.copytree(MINIMAL, dossier)
    use_two_fonts(dossier)
    cells = "".join(f"Post {row};{row}.250;;\r\n" for row in range(1, ROWS + 1))
    (dossier / "data" / "kosten.csv").write_bytes(f"post;euro;;\r\n{cells};;;\r\n".encode("utf-16"))
    chapter = dossier / "chapters" / "02-slot.md"
    text = chapter.read_text("utf-8")
    assert CHART in text
    figure = '::: {.key-figure value="12,5"}\nprocent\n:::\n\n> Een feest'
    stated = text.replace(CHART, f'{CHART} thousands="."').replace("> Een feest", figure)
    chapter.write_text(stated, encoding="utf-8")
    done = run("build", dossier, "--output", folder, "--only", "dossier", "--format", "html", "--format", "pdf")
    assert done.code == 0, done.err
    return folder / "buurtfeesten"


@pytest.mark.built
def test_numbers_are_printed_in_dutch_in_chart_and_table(published: Path) -> None:
    page = html.parse(str(published / "buurtfeesten-dossier.html"))
    (chart,) = page.xpath("//*[@id='fig-kosten']")
    labels = {"".join(words.itertext()) for words in chart.iter("text")}
    printed = {f"{row}.250" for row in range(1, ROWS + 1)}
    assert printed <= labels
    cells = page.xpath("//table[@id='data-fig-kosten']//td//text()")
    assert set(cells) == printed
    assert "12,5" in {(figure.text or "").strip() for figure in page.xpath("//div[@class='value']")}


@pytest.mark.built
def test_every_row_stands_on_a_page(published: Path) -> None:
    with pypdfium2.PdfDocument(published / "buurtfeesten-dossier.pdf") as pdf:
        pages = [page.get_textpage().get_text_bounded() for page in pdf]
    assert sum("vervolg" in page for page in pages) == 1
    rows = Counter(int(row) for page in pages for row in re.findall(r"Post (\d+)", page))
    assert rows == dict.fromkeys(range(1, ROWS + 1), 2)  # in the chart, and in the table of its numbers
