"""The proof: every page of a built edition is on a sheet, and what could not be shown is said."""

from __future__ import annotations

import io
import json
import re
import shutil
from pathlib import Path

import pytest
from command import run
from PIL import Image

from dossierbuild.tools.browser import find_browser


@pytest.fixture(scope="module")
def proof(edition: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The proof of the good dossier on a machine without browser, and what was said."""
    copy = Path(shutil.copytree(edition, tmp_path_factory.mktemp("proof") / "buurtfeesten"))
    made = run("proof", copy, env={"PATH": ""})
    assert made.code == 0, made.err
    return copy.parent / "buurtfeesten-proof", made.err + made.out


def test_every_page_of_every_pdf_is_on_a_sheet(proof: tuple[Path, str], edition: Path) -> None:
    folder, _ = proof
    listed = json.loads((edition / "manifest.json").read_text("utf-8"))["files"]
    papers = {one["path"]: one["pages"] for one in listed if one["format"] == "pdf"}
    page = (folder / "index.html").read_text("utf-8")
    for path, pages in papers.items():
        assert re.search(rf"{path}</a>: {pages} pagina’s</li>", page)
        sheets = sorted(folder.glob(f"{path.removesuffix('.pdf')}-pdf-*.png"))
        assert len(sheets) == -(-pages // 12)
        assert all(f'src="{sheet.name}"' in page for sheet in sheets)


def test_a_sheet_shows_its_pages_as_they_are(proof: tuple[Path, str]) -> None:
    folder, _ = proof
    sheet = Image.open(io.BytesIO((folder / "buurtfeesten-dossier-pdf-01.png").read_bytes())).convert("RGB")
    assert sheet.width == 4 * 416 + 16
    cover = sheet.crop((16, 16, 416, 582))
    ground = cover.getpixel((200, 300))
    assert ground == (0x08, 0x3B, 0x45)


def test_it_is_said_that_web_pages_are_left_out(proof: tuple[Path, str]) -> None:
    folder, told = proof
    assert "geen Chromium gevonden" in told
    assert not list(folder.glob("*-320-*.png"))


def test_a_folder_without_edition_is_a_problem(tmp_path: Path) -> None:
    made = run("proof", tmp_path)
    assert made.code == 3
    assert "D622" in made.err


def test_a_damaged_file_is_a_problem(edition: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(edition, tmp_path / "buurtfeesten"))
    (copy / "buurtfeesten-dossier.pdf").write_bytes(b"%PDF-1.7 stuk")
    made = run("proof", copy, env={"PATH": ""})
    assert made.code == 4
    assert "D624: buurtfeesten-dossier.pdf" in made.err


def test_web_pages_are_shown_at_two_widths_where_there_is_a_browser(edition: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(edition, tmp_path / "buurtfeesten"))
    made = run("proof", copy, "--language", "en")
    names = {path.name for path in (tmp_path / "buurtfeesten-proof").iterdir()}
    assert made.code == 0, made.err
    assert ("no Chromium found" in made.out) == (find_browser() is None)
    for width in (320, 1280):
        shown = {one for one in ("index", "buurtfeesten-dossier") if f"{one}-{width}-01.png" in names}
        assert shown == (set() if find_browser() is None else {"index", "buurtfeesten-dossier"})
    assert ("buurtfeesten-dossier-epub-01.png" in names) == (find_browser() is not None)
