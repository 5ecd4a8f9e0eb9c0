"""What the sources hold is in every format, is written down, and can be found again without the sources."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from command import run
from edition import every_construct
from opened import verified

from dossierbuild.core.spec import Format
from dossierbuild.stages.check.language import foreign_language
from dossierbuild.stages.verify import expected_facts
from dossierbuild.stages.verify.facts import KINDS
from dossierbuild.tools import markup

FORMATS = ["pdf", "html", "epub"]


def _manifest(folder: Path) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text("utf-8"))
    return manifest


def _page(folder: Path, name: str) -> markup.Element:
    return markup.parse_html((folder / name).read_bytes())


def _cells(table: markup.Element) -> list[list[str]]:
    return [[markup.text_of(cell) for cell in row] for row in markup.with_tag(table, "tr")]


@pytest.fixture
def copy(edition: Path, tmp_path: Path) -> Path:
    """A copy of the published folder, to damage."""
    return Path(shutil.copytree(edition, tmp_path / "buurtfeesten"))


# --- the matrix ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", list(Format))
@pytest.mark.parametrize("name", ["dossier", "kort", "plaat"])
def test_every_cell_is_that_of_the_sources(name: str, form: Format) -> None:
    publication = every_construct().publication(name)
    file = verified(publication, every_construct().artifact(name, form))
    expected = expected_facts(publication).counts()
    assert file.problems == ()
    assert file.found == file.expected == {kind.value: expected[kind] for kind in KINDS}


def test_the_manifest_has_the_matrix_of_each_publication(edition: Path) -> None:
    matrix = _manifest(edition)["verification"]["matrix"]
    assert set(matrix) == {"dossier", "in-het-kort", "infographic"}
    for formats in matrix.values():
        assert set(formats) == {"sources", *FORMATS}
        assert all(formats[form] == formats["sources"] for form in FORMATS)
    assert matrix["dossier"]["sources"]["tables"] == 7  # one written, one from data, and the data of five charts
    assert matrix["dossier"]["sources"]["alternatives"] == 7


def test_the_page_shows_the_matrix_of_the_manifest(edition: Path) -> None:
    page = _page(edition, "verification.html")
    tables = {markup.text_of(one): one.getparent() for one in markup.with_tag(page, "caption")}
    matrix = _manifest(edition)["verification"]["matrix"]
    titles = ["Wat werkt bij buurtfeesten?", "In het kort: buurtfeesten", "Een feest in één oogopslag"]
    shown = [table for title in titles if (table := tables[title]) is not None]
    for table, formats in zip(shown, matrix.values(), strict=True):
        head, *rows = _cells(table)
        assert head[1:] == ["Bronnen", "PDF", "Webpagina", "E-boek (EPUB)"]
        numbers = [[str(formats[form][kind]) for form in ("sources", *FORMATS)] for kind in formats["sources"]]
        assert sorted(row[1:] for row in rows) == sorted(numbers)


def test_the_pages_belong_to_the_release(edition: Path) -> None:
    pages = _manifest(edition)["verification"]["pages"]
    assert pages == ["verification.html", "toegankelijkheidsverklaring.html"]
    sums = (edition / "SHA256SUMS").read_text("utf-8")
    links = {link.get("href") for link in markup.with_tag(_page(edition, "index.html"), "a")}
    assert set(pages) <= links
    assert all(f"  {page}\n" in sums for page in pages)


def test_each_file_says_what_it_conforms_to_and_what_was_looked_at(edition: Path) -> None:
    files = {one["path"]: one for one in _manifest(edition)["files"]}
    claims = {name.rpartition(".")[2]: one.get("conforms_to") for name, one in files.items()}
    assert claims == {"pdf": ["PDF/A-2a", "PDF/UA-1"], "html": [], "epub": ["EPUB 3.3"], "png": None}
    assert all({"opens", "parity", "links"} <= set(one["checks"]) for one in files.values() if "checks" in one)


# --- an edition that was built earlier -----------------------------------------------------------------------------


def test_a_sound_edition_has_no_problem(edition: Path) -> None:
    done = run("verify", edition)
    assert (done.code, done.err) == (0, "")
    assert str(edition) in done.out


def _write(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def _append(path: Path, data: bytes) -> None:
    path.write_bytes(path.read_bytes() + data)


def _with_sums(change: Callable[[Path], None]) -> Callable[[Path], None]:
    """A change that somebody has covered up in SHA256SUMS and the manifest."""

    def both(folder: Path) -> None:
        before = {path.name: path.read_bytes() for path in folder.iterdir()}
        change(folder)
        for record in (folder / "manifest.json", folder / "SHA256SUMS"):
            text = record.read_text("utf-8")
            for path in sorted(folder.iterdir()):
                old, new = (hashlib.sha256(data).hexdigest() for data in (before[path.name], path.read_bytes()))
                text = text.replace(old, new)
            record.write_text(text, encoding="utf-8")

    return both


DOSSIER = "buurtfeesten-dossier"
DAMAGE: dict[str, tuple[Callable[[Path], None], set[str]]] = {
    "a byte more": (lambda folder: _append(folder / f"{DOSSIER}.pdf", b" "), {"D624"}),
    "a file less": (lambda folder: (folder / f"{DOSSIER}.epub").unlink(), {"D624", "D607"}),
    "no checksums": (lambda folder: (folder / "SHA256SUMS").unlink(), {"D624"}),
    "another picture": (lambda folder: _append(folder / "buurtfeesten-infographic.png", b" "), {"D624"}),
    "a manifest with other numbers": (lambda folder: _write(folder / "manifest.json", '"headings": ', '"headings": 1'),
                                      {"D623", "D624"}),
    "a manifest with another label": (lambda folder: _write(folder / "manifest.json", "Van den Berg", "Van der Berg"),
                                      {"D603", "D624"}),
    "a claim more": (lambda folder: _write(folder / "manifest.json", '"PDF/UA-1"', '"PDF/UA-2"'), {"D625", "D624"}),
    "a sentence less": (_with_sums(lambda folder: _write(folder / f"{DOSSIER}.html", "Zorg voor taart.", "")),
                        {"D611", "D623"}),
    "something from elsewhere": (
        _with_sums(lambda folder: _write(folder / "verification.html", "</main>",
                                         '<img src="https://elders.invalid/x.png" alt=""></main>')), {"D604"}),
    "a page with a dead link": (
        _with_sums(lambda folder: _write(folder / "index.html", "</main>", '<a href="weg.html">Weg</a></main>')),
        {"D607"}),
}  # fmt: skip


@pytest.mark.parametrize("case", list(DAMAGE))
def test_damage_to_an_edition_is_seen(copy: Path, case: str) -> None:
    change, codes = DAMAGE[case]
    change(copy)
    done = run("verify", copy)
    assert done.code == 4, done.err
    assert codes <= set(re.findall(r" (D\d{3}): ", done.err)), done.err
    assert "Traceback" not in done.err


def test_a_damaged_file_is_not_what_others_are_held_against(copy: Path) -> None:
    _write(copy / f"{DOSSIER}.html", "Zorg voor taart.", "")
    blamed = {line.partition(": ")[0] for line in run("verify", copy).err.splitlines() if " D6" in line}
    assert blamed == {str(copy / f"{DOSSIER}.html")}


def test_a_folder_that_is_no_edition_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"files": [1]}', encoding="utf-8")
    done = run("verify", tmp_path)
    assert done.code == 4
    assert "D622" in done.err


def test_validators_that_are_not_there_are_named(edition: Path, tmp_path: Path) -> None:
    done = run("verify", edition, "--conformance", env={"PATH": str(tmp_path)})
    assert done.code == 0, done.err
    for name in ("veraPDF", "EPUBCheck", "Ace", "Nu HTML Checker", "axe"):
        assert f"{name}: niet gevonden" in done.out
    assert "page-validation: 3 bestand(en) gekeurd, 0 bevinding(en)" in done.out


def test_files_of_an_earlier_text_are_left_out(dossier: Path, tmp_path: Path) -> None:
    output = tmp_path / "output"
    assert run("build", dossier, "--output", output, "--format", "html", "--format", "epub").code == 0
    _write(dossier / "chapters" / "02-slot.md", "Vraag op tijd", "Er kwam een zin bij.\n\nVraag op tijd")
    done = run("build", dossier, "--output", output, "--format", "html")
    assert done.code == 0
    assert "D631" in done.err
    folder = output / "buurtfeesten"
    matrix = _manifest(folder)["verification"]["matrix"]["dossier"]
    assert matrix["html"] == matrix["sources"]
    assert set(matrix) == {"sources", "html"}
    assert run("verify", folder).code == 0


# --- honest claims -------------------------------------------------------------------------------------------------

SHORT: dict[str, tuple[str, str, str]] = {
    "D302": ("chapters/02-slot.md", ' alt="Een ronde taart met een kaars."', ""),
    "D110": ("chapters/01-begin.md", "## Wie er komen", "### Wie er komen"),
    "D143": ("chapters/02-slot.md", "Vraag op tijd", "Kijk [hier](https://feestbureau.invalid/). Vraag op tijd"),
    "D144": ("chapters/02-slot.md", "Vraag op tijd een vergunning aan.",
             "We are stronger together than alone, and that is what matters most to us."),
    "D315": ("chapters/02-slot.md", "Een ronde taart met een kaars.", "taart.png"),
}  # fmt: skip
NOTED = {"D334": ("chapters/02-slot.md", "| Taak | Uren | Wie |", "| | | |")}


def _claims(folder: Path) -> list[str]:
    return [claim for one in _manifest(folder)["files"] for claim in one.get("conforms_to", [])]


def test_a_draft_that_falls_short_is_made_without_the_claims(dossier: Path, tmp_path: Path) -> None:
    """One chart and one picture without text, a skipped level: the PDF is tagged, archival, and claims no more."""
    for code in ("D302", "D110"):
        _write(dossier / SHORT[code][0], *SHORT[code][1:])
    _write(dossier / "dossier.yaml", "language:", "certifier: Stichting Toets\nlanguage:")
    _write(dossier / "chapters" / "02-slot.md", ' alt="Elk jaar komen er meer."', "")
    assert run("build", dossier, "--output", tmp_path / "output").code == 3
    assert not (tmp_path / "output").exists()
    done = run("build", dossier, "--output", tmp_path / "output", "--draft")
    assert done.code == 0, done.err
    folder = tmp_path / "output" / "buurtfeesten"
    assert set(_claims(folder)) == {"PDF/A-2u", "EPUB 3.3"}
    with pikepdf.open(folder / f"{DOSSIER}.pdf") as pdf:
        assert "/StructTreeRoot" in pdf.Root
        assert "pdfuaid:part" not in pdf.open_metadata()
    assert [one["code"] for one in _manifest(folder)["verification"]["shortcomings"]] == ["D110", "D302", "D302"]
    statement = markup.text_of(_page(folder, "toegankelijkheidsverklaring.html"))
    assert "taart.png" in statement
    assert "geen tekortkomingen" not in statement
    assert run("verify", folder).code == 0


@pytest.mark.parametrize(("code", "stays"), [("D302", False), ("D110", False), ("D143", True), ("D315", True)])
def test_an_exception_keeps_the_claim_only_where_an_editor_can_know_better(
    dossier: Path, tmp_path: Path, code: str, *, stays: bool
) -> None:
    path, old, new = SHORT[code]
    _write(dossier / path, old, new)
    _write(dossier / "dossier.yaml", "language:", "certifier: Stichting Toets\nlanguage:")
    _write(dossier / "dossier.yaml", "ignore:\n", f"ignore:\n  - {{code: {code}, at: {path}, reason: Zo is het.}}\n")
    done = run("build", dossier, "--output", tmp_path, "--format", "epub")
    assert done.code == 0, done.err
    claim = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
    assert (claim in _claims(tmp_path / "buurtfeesten")) is stays


@pytest.mark.parametrize("code", list(SHORT))
def test_what_falls_short_stops_a_build_with_what_to_do(dossier: Path, code: str) -> None:
    path, old, new = SHORT[code]
    _write(dossier / path, old, new)
    done = run("check", dossier)
    assert done.code == 3
    assert f" {code}: " in done.err


# --- the statement -------------------------------------------------------------------------------------------------


def test_the_statement_says_what_was_checked_and_marks_what_the_publisher_fills_in(edition: Path) -> None:
    page = _page(edition, "toegankelijkheidsverklaring.html")
    text = markup.text_of(page)
    assert page.get("lang", "").startswith("nl")
    assert len(markup.with_class(page, "fill")) >= 12
    assert "geen tekortkomingen gevonden" in text
    assert "Wat werkt bij buurtfeesten?" in text
    for words in ("alternatieve tekst", "contrast van minstens 4,5", "woord voor woord"):
        assert words in text


def test_the_statement_has_the_parts_of_the_model_of_the_dutch_government(edition: Path) -> None:
    page = _page(edition, "toegankelijkheidsverklaring.html")
    headings = [markup.text_of(one) for one in markup.with_tag(page, "h2")]
    wanted = (
        "Nalevingsstatus",
        "Norm",
        "Afwijkingen die bekend zijn",
        "Hoe deze verklaring tot stand is gekomen",
        "Iets gevonden dat niet werkt?",
        "Niet tevreden met het antwoord?",
        "Vastgesteld",
    )
    assert [one for one in headings if one in wanted] == list(wanted)
    statuses = [markup.text_of(one)[0] for one in markup.with_tag(page, "dt")]
    assert statuses[:4] == ["A", "B", "C", "D"]
    text = markup.text_of(page)
    assert "EN 301 549" in text
    assert "WCAG 2.1" in text
    assert "WCAG 2.2" in text


@pytest.mark.parametrize(("code", "criterion"), [("D302", "1.1.1"), ("D110", "1.3.1"), ("D143", "2.4.4"),
                                                 ("D144", "3.1.2"), ("D315", "1.1.1"),
                                                 ("D334", "1.3.1")])  # fmt: skip
def test_a_known_shortcoming_stands_in_the_statement_with_what_it_means(
    dossier: Path, tmp_path: Path, code: str, criterion: str
) -> None:
    path, old, new = (SHORT | NOTED)[code]
    _write(dossier / path, old, new)
    done = run("build", dossier, "--output", tmp_path / "output", "--format", "html", "--draft")
    assert done.code == 0, done.err
    page = _page(tmp_path / "output" / "buurtfeesten", "toegankelijkheidsverklaring.html")
    (known,) = markup.with_class(page, "shortcomings")
    assert len([one for one in known if one.tag == "li"]) == 1
    assert f"WCAG {criterion}" in markup.text_of(known)
    assert path in markup.text_of(known)


def test_the_statement_says_who_accepted_a_look_of_ones_own_and_what_was_not_measured_in_it(
    dossier: Path, tmp_path: Path
) -> None:
    sheet = dossier / "styles" / "css" / "report.css"
    sheet.parent.mkdir(parents=True)
    sheet.write_text(".report-dossier { color: #333; }\n", encoding="utf-8")
    mark = hashlib.sha256(sheet.read_bytes()).hexdigest()[:12]
    exception = f'ignore:\n  - {{code: D408, at: "styles/css/report.css#{mark}", reason: Gemeten met axe.}}\n'
    _write(dossier / "dossier.yaml", "ignore:\n", exception)
    done = run("build", dossier, "--output", tmp_path, "--format", "html")
    assert done.code == 0, done.err
    text = markup.text_of(_page(tmp_path / "buurtfeesten", "toegankelijkheidsverklaring.html"))
    assert "eigen opmaak (styles/css/report.css) die de uitgever heeft aanvaard" in text
    assert "Contrast van vormen" in text
    assert "een contrast van minstens" not in text


def test_an_english_dossier_has_its_statement_in_english(dossier: Path, tmp_path: Path) -> None:
    text = (dossier / "dossier.yaml").read_text("utf-8")
    (dossier / "dossier.yaml").write_text(re.sub(r"(?m)^language:.*", "language: en-GB", text), encoding="utf-8")
    done = run("build", dossier, "--output", tmp_path, "--format", "html", "--draft")
    assert done.code == 0, done.err
    folder = tmp_path / "buurtfeesten"
    page = _page(folder, "accessibility-statement.html")
    assert page.get("lang") == "en-GB"
    assert "What a computer cannot judge" in markup.text_of(page)
    assert not (folder / "toegankelijkheidsverklaring.html").exists()


# --- languages -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "own", "other"),
    [
        ("The core idea of social capital theory is that social networks have value.", "nl-NL", "en"),
        ("In the end, people in the neighbourhood decide what is needed.", "nl-NL", "en"),
        ("Das Gemeinwesen ist mehr als die Summe der Menschen, die dort wohnen.", "nl-NL", "de"),
        ("Le quartier est le lieu où les habitants se rencontrent tous les jours.", "nl-NL", "fr"),
        ("Wie begint, begint klein en gaat daarna met de bewoners verder.", "en-GB", "nl"),
        ("Het boek Bowling Alone: The Collapse and Revival of American Community verscheen in 2000.", "nl-NL", ""),
        ("De term community building is in de jaren tachtig in de VS bedacht.", "nl-NL", ""),
        ("Asset-Based Community Development, social return on investment, bonding, bridging, linking", "nl-NL", ""),
        ("The municipality of Utrecht and the province of Zuid-Holland work together.", "en-GB", ""),
        ("We are stronger together than alone, and that is what matters most.", "en-GB", ""),
        ("In the end, people in the neighbourhood decide what is needed.", "fy-NL", ""),
    ],
)
def test_a_passage_in_another_language_is_recognised(text: str, own: str, other: str) -> None:
    assert foreign_language(text, own) == other
