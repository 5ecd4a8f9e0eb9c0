"""What is too long, too wide or too high for a page on paper: all of it is shown, and nothing over something else.

One dossier with many awkward texts, each of which `check` is content with. Its pages are read by pdfium and Poppler.
"""

from __future__ import annotations

import ctypes
import io
import re
import subprocess
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from command import Run, run
from look import faults_on_paper
from PIL import Image
from seen import page_sizes, page_texts

from dossierbuild.tools.pdf_reader import PdfFacts, read_pdf

WORDS = "de buurt vraagt om een samenhangende aanpak waarin bewoners en beroepskrachten elkaar vinden ".split()
LONG_WORD = "Meervoudigepersoonlijkheidsstoornisbehandelingsovereenkomstvoorwaardenaanpassingscommissieverslag"
ADDRESS = f"https://www.example.org/{'rapport-' * 12}/{'a' * 120}?x={'1234567890' * 8}"


def words(count: int) -> str:
    return " ".join(WORDS[number % len(WORDS)] for number in range(count))


def table(caption: str, *rows: list[str]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(("", lines[0], "|---" * len(rows[0]) + "|", *lines[1:], "", f": {caption}", ""))


NUMBERS = "Er zijn 12 500 mensen voor € 5 per dag op p. 7 en 1.250.000 bij 12 % van 300 km² en ".split(" ")
CHAPTERS = {
    "Noten": f"Zin^[Noot 1 {words(700)}.] en^[Noot 2 kort.] dan^[Noot 3 {words(120)}.] door^[Noot 4 {words(120)}.].\n\n"
    f"En^[Noot 5 {ADDRESS} {LONG_WORD}] {words(60)}.\n\n"
    "| Kop^[Noot 6 in een kop.] | Kop |\n|--:|:-:|\n| 1^[Noot 7 rechts.] | 2^[Noot 8 midden.] |\n\n"
    ": Bijschrift^[Noot 9 in een bijschrift.] {#tbl-noten}\n\n## Tussenkop^[Noot 10 in een kop.] {#kop-noot}\n\n"
    "*Schuin^[Noot 11.]*",
    "Tabellen": "Vooraf.\n"
    + table("Dertig kolommen", [f"Jaar {2000 + number}" for number in range(30)], [str(11000 + n) for n in range(30)])
    + "\nWeer rechtop.\n"
    + table("Een hoge cel", ["A", "B"], [words(700), "12 500"], ["x", "y"])
    + table("Lange woorden", ["Naam", "Adres", "Getal"], [LONG_WORD, ADDRESS, "1.250.000"]),
    "Lijm": table("Klein", ["Soort", "Aantal"], ["Een", "1"], ["Twee", "2"], ["Drie", "3"])
    + "\n![Hoog](figures/hoog.png){#fig-hoog alt='Een hoge plaat.'}\n\n"
    "In de regel ![](figures/hoog.png){alt='hoog'} ook.\n\n"
    + table("Beeld", ["Kop van het beeld"], ["![](figures/hoog.png){alt='hoog'}"]),
    "Woorden": f"{LONG_WORD * 3}\n\n<{ADDRESS}>\n\n`{'code_' * 60}`\n\n**{'VET' * 100}**\n\n{'x' * 400}\n\n"
    + "".join(f"{'  ' * level * 2}- niveau {level} {LONG_WORD}\n" for level in range(7))
    + f"\n```\n{'regel ' * 60}\n{'y' * 300}\n```\n\n::: practice\n{'q' * 200}\n\n{words(900)}\n:::\n\n"
    f"::: quote\n{words(500)}\n:::\n",
    f"{words(45)} {LONG_WORD}": f"## {words(50)} {{#kop-een}}\n\nTekst.\n\n## {LONG_WORD} {{#kop-twee}}\n\n"
    + "\n\n".join(" ".join(["woord"] * shift + NUMBERS * 6) for shift in range(5)),
}
MANIFEST = f"""\
title: {words(60)}
subtitle: {words(60)}
slug: stug
language: nl-NL
edition: "1.0"
date: 2024-05-01
authors: [{", ".join(f"{{name: Voornaam van den Achternaam{number}}}" for number in range(60))}]
publisher: Uitgeverij
license: CC-BY-4.0
description: {words(100)}.
keywords: [vorm]
references: references.yaml
publications:
  - {{id: dossier, kind: full}}
  - {{id: plaat, kind: infographic, spec: infographic.yaml, title: {words(30)}}}
"""
PANELS = "\n".join(
    f"  - kind: points\n    title: Punt {number} {LONG_WORD[:40]}\n    items: ['{words(60)}', '{words(60)}']"
    for number in range(8)
)


def write_dossier(folder: Path) -> Path:
    for name in ("chapters", "figures"):
        (folder / name).mkdir(parents=True)
    for number, (title, text) in enumerate(CHAPTERS.items(), 1):
        (folder / "chapters" / f"{number}.md").write_text(f"# {title} {{#deel-{number}}}\n\n{text}\n", encoding="utf-8")
    (folder / "dossier.yaml").write_text(MANIFEST, encoding="utf-8")
    (folder / "references.yaml").write_text("references: []\n", encoding="utf-8")
    (folder / "infographic.yaml").write_text(f"title: Plaat\npanels:\n{PANELS}\n", encoding="utf-8")
    Image.new("RGB", (100, 2000), "#0b4f8a").save(folder / "figures" / "hoog.png")
    return folder


@pytest.fixture(scope="module")
def dossier_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_dossier(tmp_path_factory.mktemp("stug") / "bron")


@pytest.fixture(scope="module")
def built(dossier_folder: Path) -> Run:
    return run("build", dossier_folder, "--output", dossier_folder.parent / "uit", "--format", "pdf")


@pytest.fixture(scope="module")
def papers(built: Run, dossier_folder: Path) -> dict[str, bytes]:
    assert built.code == 0, built.err
    return {path.stem: path.read_bytes() for path in (dossier_folder.parent / "uit" / "stug").glob("*.pdf")}


@pytest.fixture(scope="module")
def paper(papers: dict[str, bytes]) -> bytes:
    return papers["stug-dossier"]


@pytest.fixture(scope="module")
def facts(paper: bytes) -> PdfFacts:
    return read_pdf(paper)


def test_what_check_is_content_with_is_built(dossier_folder: Path, built: Run) -> None:
    checked = run("check", dossier_folder)
    assert (checked.code, built.code) == (0, 0), checked.err + built.err


def test_nothing_leaves_its_page_or_lies_over_other_text(papers: dict[str, bytes]) -> None:
    assert len(papers) == 2
    assert [fault for data in papers.values() for fault in faults_on_paper(data)] == []


def test_an_infographic_with_much_text_is_on_one_long_sheet(papers: dict[str, bytes]) -> None:
    ((width, height),) = page_sizes(papers["stug-plaat"])
    assert (round(width), height > 1191) == (842, True)
    assert "Punt 7" in page_texts(papers["stug-plaat"])[0]


@pytest.mark.conformance
@pytest.mark.needs("pdftotext")
def test_poppler_has_nothing_to_say(paper: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(paper)
    for command in (["pdfinfo", "x.pdf"], ["pdftotext", "x.pdf", "-"]):
        assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=True).stderr == b""


# --- notes ----------------------------------------------------------------------------------------------------------


def test_each_note_is_printed_once_and_leads_to_its_call(paper: bytes, facts: PdfFacts) -> None:
    seen = " ".join(page_texts(paper)).split()
    assert seen.count("Noot") == 11
    led = {link.destination for link in facts.links if link.destination}
    assert {f"{name}-{number}" for number in range(1, 12) for name in ("fn", "fnref")} <= led


def test_notes_at_the_foot_look_alike_wherever_they_are_called(paper: bytes) -> None:
    document = pypdfium2.PdfDocument(paper)
    looks = [look for page in document for look in _note_looks(page)]
    document.close()
    edges, colours, heights = zip(*looks, strict=True)
    assert len(looks) == 10  # of 11, the first is too long for a foot
    assert max(edges) - min(edges) < 3
    assert len(set(colours)) == 1
    assert len(set(heights)) == 1


def _note_looks(page: pypdfium2.PdfPage) -> list[tuple[float, tuple[int, ...], float]]:
    """The left edge of the number of each note at the foot of a page, and colour and height of its first letter."""
    text = page.get_textpage()
    looks = []
    for found in re.finditer(r"(?m)^\d+\. (N)oot \d", text.get_text_range()):
        letter = text.get_charbox(found.start(1))
        looks.append(
            (text.get_charbox(found.start())[0], _colour(text, found.start(1)), round(letter[3] - letter[1], 1))
        )
    return looks


def _colour(text: pypdfium2.PdfTextPage, at: int) -> tuple[int, ...]:
    parts = [ctypes.c_uint() for _ in range(4)]
    pypdfium2.raw.FPDFText_GetFillColor(text, at, *parts)
    return tuple(part.value for part in parts)


# --- tables and numbers ---------------------------------------------------------------------------------------------


def page_with(paper: bytes, text: str) -> int:
    """The number of the first page with a text behind the contents, from 0."""
    return next(
        number for number, seen in enumerate(page_texts(paper)) if number > 1 and text in " ".join(seen.split())
    )


def test_a_small_table_stays_under_its_text_when_something_high_follows(paper: bytes) -> None:
    assert page_with(paper, "Drie") == page_with(paper, "Soort Aantal") < page_with(paper, "Hoog")


def test_a_table_too_wide_for_a_page_is_on_its_side_and_the_text_goes_on_upright(paper: bytes) -> None:
    sizes = page_sizes(paper)
    wide, after = sizes[page_with(paper, "Dertig kolommen")], sizes[page_with(paper, "Weer rechtop.")]
    assert wide[0] > wide[1]
    assert after[0] < after[1]


def test_the_head_of_a_table_stands_over_a_row_higher_than_a_page(facts: PdfFacts) -> None:
    at = next(number for number, one in enumerate(facts.elements) if one.tag == "Table" and "Een hoge cel" in one.text)
    head = next(one for one in facts.elements[at:] if one.tag == "TH")
    row = next(one for one in facts.elements[at:] if one.tag == "TD")
    assert head.page == row.page


def test_no_line_ends_inside_a_number_or_before_its_unit(paper: bytes) -> None:
    lines = page_texts(paper)[page_with(paper, "Er zijn 12 500")].splitlines()
    assert len(lines) > 20
    ends = {(above.split()[-1], below.split()[0]) for above, below in pairwise(filter(str.strip, lines))}
    assert ends.isdisjoint({("12", "500"), ("€", "5"), ("p.", "7"), ("12", "%"), ("300", "km²")})


def test_qpdf_finds_no_fault(papers: dict[str, bytes]) -> None:
    for data in papers.values():
        with pikepdf.open(io.BytesIO(data)) as pdf:
            assert pdf.check_pdf_syntax() == []
