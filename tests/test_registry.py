"""The register of citations: manifest.json against the nine built files, read with other eyes, and against the last."""

from __future__ import annotations

import io
import json
import re
import unicodedata
import zipfile
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from command import ROOT, run
from lxml import etree, html

XHTML = "{http://www.w3.org/1999/xhtml}"
Page = etree._Element


# --- reading the files ---------------------------------------------------------------------------------------------


@cache
def html_pages(path: Path) -> tuple[Page, ...]:
    """The body of an HTML file, or of each content document of an EPUB."""
    if path.suffix == ".html":
        return tuple(html.fromstring(path.read_bytes()).iter("body"))
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        documents = [archive.read(name) for name in sorted(archive.namelist()) if name.endswith(".xhtml")]
    return tuple(body for one in documents for body in etree.fromstring(one).iter(f"{XHTML}body"))


def text_of(element: Page) -> str:
    return "".join(str(piece) for piece in element.itertext())


@cache
def pdf_pages(path: Path) -> tuple[str, ...]:
    """What can be selected on each page; pdfium marks the hyphen of a word that was cut with U+FFFE."""
    document = pypdfium2.PdfDocument(path.read_bytes())
    try:
        return tuple(comparable(page.get_textpage().get_text_range()) for page in document)
    finally:
        document.close()


def comparable(text: str) -> str:
    """A text without what a line break makes of it: spaces, hyphens and soft hyphens, ligatures."""
    whole = unicodedata.normalize("NFKC", text).replace("\ufffe", "").replace("\u00ad", "")
    return re.sub(r"[\s\u2010\u2011-]+", "", whole)


def times_on_pages(words: str, pages: tuple[str, ...]) -> tuple[int, int]:
    """How often words stand on the pages, and how often they begin at the end of one and go on at the next."""
    within = sum(page.count(words) for page in pages)
    across = sum(
        any(words[:cut] in page[-400:] and following.startswith(words[cut:]) for cut in range(1, len(words)))
        for page, following in pairwise(pages)
    )
    return within, across


def names_of(labels: dict[str, Any]) -> set[str]:
    """The label in both its forms, without the parentheses around it."""
    return {comparable(labels["parenthetical"].removeprefix("(").removesuffix(")")), comparable(labels["narrative"])}


def register(folder: Path) -> dict[str, dict[str, Any]]:
    citations: dict[str, dict[str, Any]] = json.loads((folder / "manifest.json").read_text("utf-8"))["citations"]
    return citations


# --- the law -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("publication", ["dossier", "in-het-kort", "infographic"])
@pytest.mark.parametrize("suffix", ["html", "epub", "pdf"])
def test_every_label_of_the_register_is_read_back_from_every_file(edition: Path, publication: str, suffix: str) -> None:
    path = edition / f"buurtfeesten-{publication}.{suffix}"
    if suffix == "pdf":
        text = "".join(pdf_pages(path))
    else:
        text = "".join(comparable(text_of(body)) for body in html_pages(path))
    cited = {key: labels for key, labels in register(edition).items() if publication in labels["publications"]}
    assert cited
    for key, labels in cited.items():
        assert any(name in text for name in names_of(labels)), f"{key} is not called {names_of(labels)} in {path.name}"


@pytest.mark.parametrize("publication", ["dossier", "in-het-kort", "infographic"])
@pytest.mark.parametrize("suffix", ["html", "epub"])
def test_the_register_counts_the_citations_that_the_files_hold(edition: Path, publication: str, suffix: str) -> None:
    pages = html_pages(edition / f"buurtfeesten-{publication}.{suffix}")
    cites = [one.get("data-cites", "") for page in pages for one in page.iter() if one.get("data-cites")]
    counted = Counter(key for keys in cites for key in keys.split())
    all_uses = [(key, use) for key, one in register(edition).items() for use in one["uses"]]
    uses = {key: use for key, use in all_uses if use["publication"] == publication}
    assert counted == {key: use["count"] for key, use in uses.items()}
    assert all(sum(part["count"] for part in use["parts"]) == use["count"] for use in uses.values())


def test_the_register_says_in_which_parts_a_work_is_used(edition: Path) -> None:
    for one in register(edition).values():
        assert [use["publication"] for use in one["uses"]] == one["publications"]
    (body,) = html_pages(edition / "buurtfeesten-dossier.html")
    for part in [part for one in register(edition).values() for use in one["uses"][:1] for part in use["parts"]]:
        (section,) = (one for one in body.iter("section") if one.get("id") == part["id"])
        assert comparable(part["heading"]) in comparable(text_of(section)[:200])


def test_a_label_is_whole_across_the_end_of_a_line_a_hyphen_and_the_end_of_a_page(
    dossier: Path, tmp_path: Path
) -> None:
    """A label of many words, cited again and again while the line moves on, is cut in every way there is; the style
    sheet of this dossier lets words in it be cut too."""
    style = dossier / "styles" / "css" / "print.css"
    style.parent.mkdir(parents=True)
    own = (ROOT / "styles" / "css" / "print.css").read_text("utf-8")
    style.write_text(f"{own}\n.citation {{ hyphens: auto; }}\n", encoding="utf-8")
    name = "Landelijk Samenwerkingsverband van Vrijwilligersorganisaties en Buurtverenigingen"
    items = f'  - {{id: lang2020, type: report, author: [{{literal: {name}}}], issued: "2020", title: Verslag}}\n'
    listed = dossier / "references.yaml"
    listed.write_text(listed.read_text("utf-8").rstrip() + "\n" + items, encoding="utf-8")
    sentences = [f"Dat {'zeer ' * (number % 7)}lange feest is goed [@lang2020]." for number in range(120)]
    chapter = dossier / "chapters" / "03-lang.md"
    chapter.write_text("# Lang {#lang}\n\n" + "\n".join(sentences) + "\n", encoding="utf-8")
    built = run("build", dossier, "--output", tmp_path / "uit", "--only", "dossier", "--format", "pdf")
    assert built.code == 0, built.err
    path = tmp_path / "uit" / "buurtfeesten" / "buurtfeesten-dossier.pdf"
    label = comparable(register(path.parent)["lang2020"]["parenthetical"].strip("()"))
    within, across = times_on_pages(label, pdf_pages(path))
    assert within + across == len(sentences) == register(path.parent)["lang2020"]["uses"][0]["count"]
    assert across
    raw = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path.read_bytes()))
    written = re.findall(r"[\s\ufffe]*".join(map(re.escape, label)), raw)
    assert any("\n" in one for one in written)
    assert any("\ufffe" in one for one in written)


# --- against the previous edition ----------------------------------------------------------------------------------

NEW_WORK = (
    "  - {id: berg2019b, type: book, author: [{family: Berg, given: Karel, non-dropping-particle: van den}], "
    'issued: "2019", title: Zonder slingers, publisher: Uitgeverij Noord}\n'
)


@pytest.fixture
def with_a_second_work_of_one_year(dossier: Path) -> Path:
    listed, chapter = dossier / "references.yaml", dossier / "chapters" / "02-slot.md"
    listed.write_text(listed.read_text("utf-8").rstrip() + "\n" + NEW_WORK, encoding="utf-8")
    chapter.write_text(chapter.read_text("utf-8").rstrip() + "\n\nOok zonder [@berg2019b].\n", encoding="utf-8")
    return dossier


def test_a_label_that_changed_since_the_previous_edition_is_reported_at_the_work(
    edition: Path, with_a_second_work_of_one_year: Path, tmp_path: Path
) -> None:
    dossier, output = with_a_second_work_of_one_year, tmp_path / "uit"
    arguments = ("build", dossier, "--output", output, "--only", "in-het-kort", "--format", "html")
    previous = ("--previous", edition / "manifest.json")
    assert run(*arguments).code == 0  # the next build is held against the manifest, although nothing else changed
    ended = run(*arguments, *previous)
    assert ended.code == 3
    (told,) = [line for line in ended.err.splitlines() if "D235" in line]
    assert told.startswith(f"{dossier}/references.yaml:2:5: waarschuwing D235")
    assert "(Van den Berg, 2019) → (Van den Berg, 2019a)" in told
    assert "D235" in run("check", dossier, *previous).err
    assert run(*arguments, *previous, "--draft").code == 0


def test_a_changed_label_can_be_accepted_and_the_exception_is_kept_without_previous(
    edition: Path, with_a_second_work_of_one_year: Path
) -> None:
    dossier = with_a_second_work_of_one_year
    manifest = dossier / "dossier.yaml"
    accepted = "\n  - {code: D235, at: references.yaml#berg2019, reason: Er is een tweede boek bij gekomen.}\n"
    manifest.write_text(manifest.read_text("utf-8").rstrip() + accepted, encoding="utf-8")
    assert run("check", dossier, "--previous", edition / "manifest.json").code == 0
    assert run("check", dossier).code == 0


def test_an_edition_that_calls_its_works_the_same_has_no_problem(edition: Path, dossier: Path) -> None:
    assert run("check", dossier, "--previous", edition / "manifest.json").code == 0


def test_numbers_are_not_held_against_the_previous_edition(edition: Path, dossier: Path) -> None:
    manifest = dossier / "dossier.yaml"
    manifest.write_text(manifest.read_text("utf-8").replace("style: apa", "style: ieee"), encoding="utf-8")
    assert run("check", dossier, "--previous", edition / "manifest.json").code == 0


@pytest.mark.parametrize("text", [None, "{", "[]", '{"citations": {"a": 1}}', '{"citations": []}', "\ud800"])
def test_a_previous_manifest_that_cannot_be_read_is_a_problem(dossier: Path, tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "vorige.json"
    if text is not None:
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
    for command in (("check",), ("build", "--output", str(tmp_path / "uit"))):
        ended = run(*command, dossier, "--previous", path)
        assert ended.code == 3
        assert "fout D236" in ended.err
        assert "vorige.json" in ended.err
    assert not (tmp_path / "uit").exists()
