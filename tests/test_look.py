"""The look: pages as they were approved, themes that reach every file, and texts of any length in their place.

The approved pictures in `approved/` are pages of the edition of the good dossier. After a change that was meant, make
them anew with `python tests/approve.py` and look at each.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path

import pytest
import yaml
from approve import APPROVED, PAGES, picture_of
from command import MINIMAL, ROOT, run
from edition import ROOT as EVERY_CONSTRUCT
from edition import every_construct
from look import Stretched, faults_in_book, faults_on_paper, faults_on_screen, stretched
from pictures import mean_difference
from PIL import Image
from seen import page_texts

from dossierbuild.core.spec import Format
from dossierbuild.tools.browser import Browser, find_browser, open_browser
from dossierbuild.tools.paper import write_pdf
from dossierbuild.tools.pdf_reader import page_picture, read_pdf

FONTS = {path: (ROOT / "styles" / path).read_bytes() for path in ("fonts/DossierSans-Regular.ttf",)}
WIDTHS = (320, 768, 1280)


@pytest.fixture(scope="module")
def browsers() -> Iterator[tuple[Browser, ...]]:
    """The browser of this machine, if it has one."""
    program = find_browser()
    if program is None:
        yield ()
    else:
        with open_browser(program) as browser:
            yield (browser,)


# --- approved pages ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_a_page_looks_as_it_was_approved(name: str, edition: Path) -> None:
    approved = (APPROVED / f"{name}.png").read_bytes()
    assert mean_difference(picture_of(name, edition), approved) < 0.01


def test_another_page_is_not_taken_for_the_approved_one(edition: Path) -> None:
    pictures = [picture_of(name, edition) for name in PAGES]
    sizes = [Image.open(io.BytesIO(one)).size for one in pictures]
    pairs = [pair for pair in combinations(range(len(pictures)), 2) if sizes[pair[0]] == sizes[pair[1]]]
    assert len(pairs) >= 3
    assert all(mean_difference(pictures[one], pictures[other]) > 0.02 for one, other in pairs)


# --- texts of any length -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=[2, 0.5])
def lengths(request: pytest.FixtureRequest) -> Stretched:
    """The dossier with every construct, its texts twice and half as long."""
    return stretched(EVERY_CONSTRUCT, request.param)


def test_no_line_leaves_the_paper_or_runs_over_another(lengths: Stretched, edition: Path) -> None:
    papers = {one.path: one.data for one in lengths.artifacts if one.format is Format.PDF}
    papers |= {one.name: one.read_bytes() for one in edition.glob("*.pdf")}
    assert len(papers) == 6
    assert {path: faults for path, data in papers.items() if (faults := faults_on_paper(data))} == {}


def test_no_line_leaves_the_screen_or_runs_over_another(
    lengths: Stretched, browsers: tuple[Browser, ...], tmp_path: Path
) -> None:
    for browser in browsers:
        for one in (one for one in lengths.artifacts if one.format is Format.HTML):
            (tmp_path / one.path).write_bytes(one.data)
            for width in WIDTHS:
                assert faults_on_screen(browser, tmp_path / one.path, width) == [], (one.path, width)


def test_the_links_back_of_a_work_that_is_cited_often_stay_on_a_phone(
    browsers: tuple[Browser, ...], plain: Path, tmp_path: Path
) -> None:
    with (plain / "chapters" / "02-slot.md").open("a", encoding="utf-8") as chapter:
        chapter.write("\nNog eens [@berg2019].\n" * 20)
    built = run("build", plain, "--output", tmp_path, "--only", "dossier", "--format", "html")
    assert built.code == 0, built.err
    for browser in browsers:
        assert faults_on_screen(browser, tmp_path / "buurtfeesten" / "buurtfeesten-dossier.html", 320) == []


def test_no_line_leaves_an_e_reader_or_runs_over_another(
    lengths: Stretched, browsers: tuple[Browser, ...], tmp_path: Path
) -> None:
    for browser in browsers:
        for one in (one for one in lengths.artifacts if one.format is Format.EPUB):
            for width in (320, 600):
                assert faults_in_book(browser, one.data, tmp_path / one.path, width) == [], (one.path, width)


def test_an_infographic_that_is_too_long_is_a_problem_with_its_place_and_room(
    browsers: tuple[Browser, ...], tmp_path: Path
) -> None:
    long = stretched(EVERY_CONSTRUCT, 8, ("plaat",))
    (told,) = long.problems
    words = told.words
    assert told.code == "D506"
    assert told.place.path == "infographic.yaml"
    assert 0 < int(str(words["room"])) < int(str(words["length"]))
    assert int(str(words["over"])) > 20  # with texts eight times as long, by far
    for one in long.artifacts:
        assert one.format is not Format.PDF or faults_on_paper(one.data) == []
        (tmp_path / one.path).write_bytes(one.data)
    for browser in browsers:
        for width in WIDTHS:
            assert faults_on_screen(browser, tmp_path / long.artifact("plaat", Format.HTML).path, width) == []


def test_the_measures_see_what_is_wrong(browsers: tuple[Browser, ...], tmp_path: Path) -> None:
    style = "@font-face{font-family:Own;src:url(fonts/DossierSans-Regular.ttf)}body{font:16px Own;margin:0}"
    page = (
        f"<!DOCTYPE html><html lang='nl'><head><title>Fout</title><style>{style}@page{{size:A5;margin:0}}"
        "p{position:absolute;margin:0;white-space:nowrap}</style></head><body><h1 style='font-size:10px'>Fout</h1>"
        "<p style='top:100px;left:20px'>De ene regel</p><p style='top:105px;left:40px'>staat op de andere</p>"
        "<p style='top:300px;left:500px'>en deze loopt van het blad</p></body></html>"
    )
    paper = faults_on_paper(write_pdf(page, FONTS, identifier="urn:x").data)
    assert any("leaves the page" in fault for fault in paper)
    assert any("De ene regel" in fault and "andere" in fault for fault in paper)
    (tmp_path / "fout.html").write_text(page, encoding="utf-8")
    for browser in browsers:
        screen = faults_on_screen(browser, tmp_path / "fout.html", 600)
        assert any("leaves the page" in fault for fault in screen)
        assert any("De ene regel" in fault and "andere" in fault for fault in screen)


# --- themes --------------------------------------------------------------------------------------------------------


OWN = {"accent": "#5a1e63", "accent-deep": "#3b0a45", "sun": "#ffd21f"}
PALETTE = "#5b2a86"


@pytest.fixture(scope="module")
def themed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The good dossier with colours and letters of its own, and a place on the web, built."""
    folder = tmp_path_factory.mktemp("themed")
    dossier = Path(shutil.copytree(MINIMAL, folder / "dossier"))
    theme = yaml.safe_load((ROOT / "styles/theme.yaml").read_text("utf-8"))
    theme["colours"] |= OWN
    theme["palette"][0] = PALETTE
    theme["fonts"] |= {"text": "Dossier Sans", "display": "Dossier Sans"}
    (dossier / "styles/themes").mkdir(parents=True)
    (dossier / "styles/themes/huisstijl.yaml").write_text(yaml.safe_dump(theme), encoding="utf-8")
    with (dossier / "dossier.yaml").open("a", encoding="utf-8") as manifest:
        manifest.write("website: https://voorbeeld.invalid/feest/\n")
    built = run("build", dossier, "--theme", "huisstijl", "--output", folder / "out")
    assert built.code == 0, built.err
    return folder / "out/buurtfeesten"


def test_a_theme_reaches_every_file(themed: Path) -> None:
    files = {path.name: path.read_bytes() for path in themed.iterdir()}
    for name, data in files.items():
        if name.endswith(".html"):
            assert all(colour.encode() in data for colour in OWN.values()), name
            assert b'--font-text:"Dossier Sans"' in data
            assert b"<svg" not in data or PALETTE.encode() in data, name
        elif name.endswith(".pdf"):
            assert not [font for font in read_pdf(data).fonts if "Serif" in font], name
            shown = colours(page_picture(data, 1, 300))
            assert max(shown.get(colour, 0) for colour in ((0x3B, 0x0A, 0x45), (0xFF, 0xD2, 0x1F))) > 10_000, name
        elif name.endswith(".epub"):
            css, cover, pages = unzipped(data)
            assert "#5a1e63" in css
            assert most_common_colour(cover) in {(0x3B, 0x0A, 0x45), (0xFF, 0xD2, 0x1F)}
            assert "<svg" not in pages or PALETTE in pages, name
        elif name.endswith(".png"):
            assert (0x3B, 0x0A, 0x45) in colours(data), name
    assert sum(name.endswith((".html", ".pdf", ".epub")) for name in files) >= 10
    paper = files["buurtfeesten-dossier.pdf"]
    numbers = range(1, read_pdf(paper).pages + 1)
    assert sum(colours(page_picture(paper, number, 300)).get((0x5B, 0x2A, 0x86), 0) for number in numbers) > 1000


def unzipped(epub: bytes) -> tuple[str, bytes, str]:
    """The style sheet, the cover and all pages of an e-book."""
    with zipfile.ZipFile(io.BytesIO(epub)) as book:
        package = book.read("EPUB/package.opf").decode()
        (cover,) = re.findall(r'href="([^"]*)"[^>]* properties="cover-image"', package)
        pages = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xhtml"))
        return book.read("EPUB/style.css").decode(), book.read(f"EPUB/{cover}"), pages


def colours(png: bytes) -> dict[tuple[int, ...], int]:
    found = Image.open(io.BytesIO(png)).convert("RGB").getcolors(1 << 24)
    assert found is not None
    return {colour: count for count, colour in found if isinstance(colour, tuple)}


def most_common_colour(png: bytes) -> tuple[int, ...]:
    found = colours(png)
    return max(found, key=lambda colour: found[colour])


@pytest.mark.parametrize("path", ["theme.yaml", "themes/waterland.yaml"])
def test_the_colours_of_a_theme_can_be_told_apart(path: str) -> None:
    project = yaml.safe_load((ROOT / "styles/theme.yaml").read_text("utf-8"))
    theme = yaml.safe_load((ROOT / "styles" / path).read_text("utf-8"))
    for use, least in (("text", 4.5), ("shapes", 3.0)):
        for one, other in project["contrast"][use]:
            assert contrast(theme["colours"][one], theme["colours"][other]) >= least, (one, other)
    grey = sorted(luminance(colour) for colour in theme["palette"])
    assert all(contrast(colour, theme["colours"]["plate"]) >= 3 for colour in theme["palette"])
    assert all((after + 0.05) / (before + 0.05) >= 1.12 for before, after in pairwise(grey))


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


# --- what the edition offers ---------------------------------------------------------------------------------------


def test_the_picture_for_social_media_is_of_the_size_that_they_show(edition: Path) -> None:
    picture = edition / "buurtfeesten-social.png"
    assert Image.open(io.BytesIO(picture.read_bytes())).size == (1200, 630)
    listed = json.loads((edition / "manifest.json").read_text("utf-8"))["files"]
    assert [one["media_type"] for one in listed if one["path"] == picture.name] == ["image/png"]


def test_a_page_on_the_web_names_its_picture_for_social_media(themed: Path) -> None:
    page = (themed / "index.html").read_text("utf-8")
    assert '<meta property="og:image" content="https://voorbeeld.invalid/feest/buurtfeesten-social.png">' in page
    assert re.search(r'og:image:alt" content="[^"]*41,5%', page)


def test_the_page_says_to_search_engines_what_the_dossier_is(themed: Path) -> None:
    page = (themed / "index.html").read_text("utf-8")
    (told,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    data = json.loads(told)
    assert (data["@type"], data["name"], data["inLanguage"]) == ("Report", "Wat werkt bij buurtfeesten?", "nl-NL")
    assert {one["@type"] for one in data["author"]} == {"Person"}
    assert data["publisher"]["@type"] == "Organization"
    addresses = {one["contentUrl"] for one in data["encoding"]}
    assert addresses >= {f"https://voorbeeld.invalid/feest/buurtfeesten-dossier.{form.value}" for form in Format}
    assert data["image"] == "https://voorbeeld.invalid/feest/buurtfeesten-infographic.png"


def test_the_page_gives_the_reference_in_three_forms(edition: Path) -> None:
    page = (edition / "index.html").read_text("utf-8")
    assert "De Vries, A., &amp; Bakker, B. (2025). Wat werkt bij buurtfeesten? Een klein dossier met alles erin" in page
    assert "author = {de Vries, Anna and Bakker, Bas}," in page
    assert "AU  - de Vries, Anna" in page
    assert len(re.findall(r'<a href="data:[^"]*" download="buurtfeesten-dossier\.(?:bib|ris)">', page)) == 2


def test_the_summary_leads_to_the_passage_in_the_dossier_on_paper_too(edition: Path) -> None:
    summary = read_pdf((edition / "buurtfeesten-in-het-kort.pdf").read_bytes())
    passages = [one.uri.partition("#") for one in summary.links if one.uri and ".pdf#" in one.uri]
    known = read_pdf((edition / "buurtfeesten-dossier.pdf").read_bytes()).destinations
    assert {path for path, _, _ in passages} == {"buurtfeesten-dossier.pdf"}
    assert {place for _, _, place in passages} <= set(known)
    assert "begin" in {place for _, _, place in passages}


def test_key_figures_and_panels_stand_in_a_summary_in_every_format() -> None:
    edition = every_construct()
    for form in Format:
        data = edition.artifact("kort", form).data
        if form is Format.PDF:
            text = " ".join(page_texts(data))
        else:
            whole = unzipped(data)[2] if form is Format.EPUB else data.decode()
            text = re.sub(r"<[^>]*>", "", whole)
        flat = "".join(text.split())
        assert {one for one in ("1.250euro", "aanboodschappen", "40,5%", "Drielagen", "macrogroot", "Handgeven")
                if one not in flat} == set(), form  # fmt: skip


def test_a_chart_is_narrow_where_there_is_no_room(browsers: tuple[Browser, ...], tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(every_construct().artifact("dossier", Format.HTML).data)
    shown = (
        "[...document.querySelectorAll('figure.chart > svg')].map(one => [[...one.querySelectorAll('text')].filter("
        "text => text.getClientRects().length).length > 0, one.querySelector('.narrow').getClientRects().length > 0,"
        "one.querySelector('.wide').getClientRects().length > 0, Math.min(...[...one.querySelectorAll('text')].filter("
        "text => text.getClientRects().length).map(text => text.getBoundingClientRect().height))])"
    )
    for browser in browsers:
        for width, narrow in ((320, True), (1280, False)):
            browser.show(tmp_path / "page.html", width)
            for has_words, is_narrow, is_wide, height in browser.evaluate(shown):
                assert (has_words, is_narrow, is_wide) == (True, narrow, not narrow)
                assert height >= 11
