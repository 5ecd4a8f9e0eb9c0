"""The built editions before validators of others: the example, dossiers with constructs, hard and awkward cases, and
some with hostile values that check is content with.

Each validator judges all files of an edition that are of its kind, the pages beside the publications included. That
they find faults at all is shown with files that have one.
"""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

import pikepdf
import pytest
from command import ROOT, run
from hostile import hostile_dossiers

from dossierbuild.tools.validators import VALIDATORS, Machine, Validator

MACHINE = Machine((ROOT / "tests" / "conformance" / "node_modules",))
OWN = ROOT / "tests" / "dossiers"
DOSSIERS = {
    "every-construct": OWN / "every-construct",
    "hard-cases": OWN / "hard-cases",
    "awkward": OWN / "awkward",
    "example": ROOT / "sources",
}
HOSTILE = "hostile"
# veraPDF comes from no package index that the tests use; page-validation stands in for it where it is not there.
RUNNING = [
    pytest.param(
        validator,
        id=validator.name,
        marks=pytest.mark.skipif(
            validator.name == "veraPDF" and not validator.find(MACHINE),
            reason="veraPDF is not here and no package index has it; page-validation judges the same files",
        ),
    )
    for validator in VALIDATORS
]

pytestmark = pytest.mark.conformance


def _command(validator: Validator) -> tuple[str, ...]:
    command = validator.find(MACHINE)
    assert command is not None, f"{validator.name} is not here: python3 build.py test installs it"
    return command


EDITIONS = [
    pytest.param(name, marks=[] if name == "example" else pytest.mark.thorough) for name in (*DOSSIERS, HOSTILE)
]


@pytest.fixture(scope="module", params=EDITIONS)
def published(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with a published edition, or with those of the hostile dossiers."""
    output = tmp_path_factory.mktemp("published")
    is_hostile = request.param == HOSTILE
    dossiers = hostile_dossiers(tmp_path_factory.mktemp("hostile")) if is_hostile else [DOSSIERS[request.param]]
    built = run("build", *dossiers, "--output", output, *(["--draft"] if is_hostile else []))
    assert built.code == 0, built.err
    assert sum(path.is_dir() for path in output.iterdir()) == len(dossiers)
    return output


@pytest.mark.parametrize("validator", RUNNING)
def test_a_validator_has_nothing_against_an_edition(published: Path, validator: Validator) -> None:
    files = sorted(published.glob(f"*/*{validator.suffix}"))
    assert files
    assert validator.judge(_command(validator), files) == ()


# --- that they look ------------------------------------------------------------------------------------------------


def _without_language(path: Path) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        del pdf.Root.Lang
        del pdf.Root.MarkInfo
        pdf.save(path, compress_streams=False)


def _without_alternative(path: Path) -> None:
    page = path.read_text(encoding="utf-8")
    picture = '<p><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="></p>'
    style = "<style>.kaal { color: #ccc } .breed { width: 2000px } .stil:focus { outline: none }"
    faint = ".flauw:focus { outline: 2px solid #eee }</style>"
    text = '<p class="kaal">Nauwelijks te zien.</p><p class="breed">Te breed.</p>'
    links = '<p><a class="stil" href="#main">Zonder rand</a> en <a class="flauw" href="#main">met een flauwe</a>.</p>'
    path.write_text(page.replace("</main>", f"{picture}{style}{faint}{text}{links}</main>"), encoding="utf-8")


def _without_titles(path: Path) -> None:
    pages = {}
    with zipfile.ZipFile(path) as book:
        for member in book.infolist():
            pages[member] = book.read(member)
    with zipfile.ZipFile(path, "w") as book:
        for member, data in pages.items():
            text = re.sub(rb"<title>[^<]*</title>", b"<title></title>", data)
            text = re.sub(rb' (?:xml:)?lang="[^"]*"', b"", text) if b"doc-chapter" in text else text
            book.writestr(member, text)


DAMAGE = {".pdf": _without_language, ".html": _without_alternative, ".epub": _without_titles}
FAULTS = {
    "page-validation": {"PDFUA1"},
    "EPUBCheck": {"RSC-005"},
    "Ace": {"html-has-lang", "document-title"},
    "Nu HTML Checker": {"alt"},
    "axe": {"image-alt", "color-contrast", "px too wide", "focus is not seen", "focus is seen with less"},
}


@pytest.mark.parametrize("validator", [one for one in VALIDATORS if one.name in FAULTS], ids=lambda one: one.name)
def test_a_validator_sees_faults(edition: Path, tmp_path: Path, validator: Validator) -> None:
    path = tmp_path / f"fout{validator.suffix}"
    shutil.copy(edition / f"buurtfeesten-in-het-kort{validator.suffix}", path)
    DAMAGE[validator.suffix](path)
    found = validator.judge(_command(validator), [path])
    assert {one.path for one in found} == {path}
    for fault in FAULTS[validator.name]:
        assert any(fault in one.message for one in found), (fault, found)
