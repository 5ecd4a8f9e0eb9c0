"""Code, tasks and figures as readers get them: on pages, on paper and in e-books."""

from __future__ import annotations

import ctypes
import io
import json
import zipfile
from functools import cache

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from edition import every_construct

from dossierbuild.core.catalogue import Language
from dossierbuild.core.model import SourceFile
from dossierbuild.core.spec import Format
from dossierbuild.stages.parse import parse_text
from dossierbuild.tools import markup
from dossierbuild.tools.markup import Element, by_id, text_of, with_class, with_tag
from dossierbuild.tools.pdf_reader import read_pdf

pytestmark = pytest.mark.built

CODE = ["x <- c(1, 2) # twee getallen", "", 'y <- "tekst"']


@cache
def page() -> Element:
    return markup.parse_html(every_construct().artifact("dossier", Format.HTML).data)


@cache
def book() -> dict[str, bytes]:
    archive = zipfile.ZipFile(io.BytesIO(every_construct().artifact("dossier", Format.EPUB).data))
    return {name: archive.read(name) for name in archive.namelist()}


def found(root: Element, name: str) -> Element:
    element = by_id(root, name)
    assert element is not None
    return element


@cache
def sizes() -> dict[str, float]:
    """The size in points of the letters in which each line of the dossier's PDF begins, by the line."""
    document = pypdfium2.PdfDocument(every_construct().artifact("dossier", Format.PDF).data)
    lines: dict[str, float] = {}
    for sheet in document:
        text = sheet.get_textpage()
        whole, start = text.get_text_range(), 0
        for line in whole.split("\r\n"):
            size = pdfium.FPDFText_GetFontSize(text, start)
            matrix = pdfium.FS_MATRIX()
            if line and pdfium.FPDFText_GetMatrix(text, start, ctypes.byref(matrix)):
                lines.setdefault(line.strip(), size * abs(matrix.d))
            start += len(line) + 2
    document.close()
    return lines


# --- code ----------------------------------------------------------------------------------------------------------


def test_each_line_of_code_is_a_line_with_its_words_told_apart() -> None:
    block = next(block for block in with_tag(page(), "pre") if "getallen" in text_of(block))
    assert [text_of(line) for line in with_class(block, "code-line")] == CODE
    assert text_of(with_class(block, "co")[0]) == "# twee getallen"
    assert text_of(with_class(block, "st")[0]) == '"tekst"'
    assert not with_tag(block, "a")
    assert not [line for line in block.iter() if line.get("id")]


def test_code_is_printed_in_letters_of_one_width() -> None:
    with pikepdf.open(io.BytesIO(every_construct().artifact("dossier", Format.PDF).data)) as pdf:
        names = {str(found.get("/BaseFont")) for found in pdf.objects if isinstance(found, pikepdf.Dictionary)}
    assert any("Dossier-Mono" in name or "DossierMono" in name for name in names)
    assert 'font-family:"Dossier Mono"' in every_construct().artifact("dossier", Format.HTML).data.decode()


def test_headings_of_all_levels_are_as_large_as_the_text() -> None:
    text = next(size for line, size in sizes().items() if line.startswith("Zie figuur"))
    assert text > 8
    assert min(sizes()[title] for title in ("Kleiner", "Nog kleiner")) >= text


def test_the_boxes_of_tasks_are_told_in_words() -> None:
    (tasks,) = with_class(page(), "tasks")
    boxes = with_class(tasks, "task")
    assert [(box.get("role"), box.get("aria-label")) for box in boxes] == [("img", "open:"), ("img", "gedaan:")]
    told = [element.alt for element in read_pdf(every_construct().artifact("dossier", Format.PDF).data).elements]
    assert {"open:", "gedaan:"} <= set(told)


# --- figures -------------------------------------------------------------------------------------------------------


def test_pictures_with_one_caption_have_a_letter_each_and_are_referred_to_by_it() -> None:
    figure = found(page(), "fig-paar")
    assert [text_of(label) for label in with_class(figure, "part-label")] == ["a", "b"]
    assert [part.get("id") for part in with_class(figure, "picture")] == ["fig-paar-a", "fig-paar-b"]
    number = text_of(with_class(figure, "label")[0]).removeprefix("Figuur ")
    called = {link.get("href"): text_of(link) for link in with_tag(found(page(), "beeld-en-code"), "a")}
    assert called["#fig-paar"] == f"figuur {number}"
    assert called["#fig-paar-b"] == f"figuur {number}b"


def test_makers_and_rights_stand_under_the_caption_in_every_format() -> None:
    credits = ["Beeld: Kaartenmakers Oost", "Beeld: Anne de Boer. CC BY 4.0", "Foto’s: Jan & Co"]
    assert [text_of(line) for line in with_class(page(), "credit")] == credits
    paper = " ".join(
        element.text for element in read_pdf(every_construct().artifact("dossier", Format.PDF).data).elements
    )
    texts = b"".join(data for name, data in book().items() if name.endswith(".xhtml")).decode()
    for line in credits:
        assert line in paper
        assert line.replace("&", "&amp;") in texts
    assert not [image for image in with_tag(page(), "img") if image.get("data-credit")]


def test_a_picture_that_is_a_link_is_a_figure_with_its_caption() -> None:
    figure = found(page(), "fig-weg")
    (link,) = (link for link in with_tag(figure, "a") if link.get("href") == "https://example.org/kaart")
    assert with_tag(link, "img")[0].get("alt") == "Een vlak met een stip, om aan te klikken."
    assert text_of(with_tag(figure, "figcaption")[0]).endswith("Een kaart die ergens heen leidt")


def test_a_figure_beside_the_text_is_marked_as_such() -> None:
    assert found(page(), "fig-naast").get("class") == "picture beside"


# --- data that is given along --------------------------------------------------------------------------------------


def test_a_data_file_is_linked_by_the_name_that_it_has_in_the_edition() -> None:
    name = "alles-een-keer-groei.csv"
    (link,) = (link for link in with_tag(page(), "a") if link.get("href") == name)
    assert text_of(link) == f"gegevens over de groei ({name})"
    texts = b"".join(data for path, data in book().items() if path.endswith(".xhtml")).decode()
    paper = read_pdf(every_construct().artifact("dossier", Format.PDF).data)
    assert f"gegevens over de groei ({name})" in texts  # without a website there is nothing to lead to
    assert f'href="{name}"' not in texts
    assert any(f"gegevens over de groei ({name})" in element.text for element in paper.elements)
    assert not [link for link in paper.links if name in str(link)]


def test_a_panel_gives_a_data_file_along() -> None:
    name = "alles-een-keer-deel.csv"
    assert name in {data.name for data in every_construct().publication("plaat").downloads}
    panels = markup.parse_html(every_construct().artifact("plaat", Format.HTML).data)
    assert (
        text_of(next(link for link in with_tag(panels, "a") if link.get("href") == name)) == f"de deelnemers ({name})"
    )


# --- what is typed -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        ("```\n\nEen zin.", ["D242 a.md:3:1"]),
        ("Een zin.\n~~~\n\nNog een.", ["D242 a.md:4:1"]),
        ("> ```\n> code", ["D242 a.md:3:3"]),
        ("```\n\nEen zin.\n\n```r\nx\n```", ["D242 a.md:3:1"]),
        ("```{r, echo=FALSE}\nx <- 1\n\n```\n\n`r nrow(x)` stuks", ["D243 a.md:3:1", "D243 a.md:8:1"]),
        ("```\ncode\n```\n\n- punt\n\n    ```r\n    x\n    ```\n\n``` {.python #lst-x}\ny\n```\n\n~~~\nz\n~~~", []),
        ("````\n```r\nx\n```\n````", []),
        ("Zet ``` ` ``` of `r` of `r is klein` in een zin.", []),
    ],
)
def test_fences_that_make_no_code_are_told_at_their_line(typed: str, places: list[str]) -> None:
    parsed = parse_text(SourceFile("a.md", f"# Kop\n\n{typed}\n".encode(), ""), Language.NL)
    told = [f"{problem.code} {problem.place}" for problem in parsed.problems if problem.code in ("D242", "D243")]
    assert told == places


@pytest.mark.parametrize(
    "left", ["```{=html}\n\n```", "```{=html}\n<!-- -->\n```", "<!-- -->", "- a\n\n<!-- -->\n\n- b"]
)
def test_what_visual_editors_leave_is_passed_over(left: str) -> None:
    parsed = parse_text(SourceFile("a.md", f"# Kop\n\nEen.\n\n{left}\n\nTwee.\n".encode(), ""), Language.NL)
    assert parsed.problems == ()
    assert parsed.value is not None
    assert "Raw" not in json.dumps(parsed.value.blocks.json)
