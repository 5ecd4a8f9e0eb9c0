"""A build that has nothing to do says so at once, and only when it is so."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from command import environment, run

HTML = ("--format", "html", "--only", "dossier")


@pytest.fixture
def built(plain: Path, tmp_path: Path) -> tuple[str, ...]:
    """The arguments of a build that ended well."""
    arguments = ("build", str(plain), "--output", str(tmp_path / "output"), *HTML)
    assert run(*arguments).code == 0
    return arguments


def imported(arguments: tuple[str, ...]) -> tuple[str, str]:
    """What a run says, and the modules that it imports, a line each."""
    done = subprocess.run(
        [sys.executable, "-P", "-X", "importtime", "-m", "dossierbuild", *arguments],
        env=environment(), capture_output=True, check=True, encoding="utf-8",
    )  # fmt: skip
    return done.stdout, done.stderr


def test_nothing_heavy_is_imported_when_nothing_changed(built: tuple[str, ...]) -> None:
    said, modules = imported(built)
    assert "niets veranderd" in said
    assert "dossierbuild.up_to_date" in modules
    assert "dossierbuild.pipeline" not in modules
    assert "dossierbuild.pipeline" in imported((*built, "--explain"))[1]


def edit(path: str, old: str, new: str) -> Callable[[Path, Path], None]:
    def change(dossier: Path, output: Path) -> None:
        file = (output if path.startswith("buurtfeesten") else dossier) / path
        file.write_text(file.read_text("utf-8").replace(old, new), encoding="utf-8")

    return change


def add_a_file(dossier: Path, output: Path) -> None:
    (dossier / "data" / "nieuw.csv").write_text("jaar,waarde\n2020,1\n", encoding="utf-8")


def take_a_file_away(dossier: Path, output: Path) -> None:
    (output / "buurtfeesten" / "manifest.json").unlink()


def leave_something_behind(dossier: Path, output: Path) -> None:
    (output / ".dossierbuild-buurtfeesten.abc").mkdir()


def damage_what_was_written_down(dossier: Path, output: Path) -> None:
    for path in Path(environment()["DOSSIERBUILD_CACHE"], "current").iterdir():
        path.write_bytes(path.read_bytes()[:-1] + b"?")


CHANGES: dict[str, Callable[[Path, Path], None]] = {
    "a word": edit("chapters/02-slot.md", "een zoet gebak", "een bitter gebak"),
    "a style": edit("styles/fonts/fonts.yaml", "weight: 400", "weight: 500"),
    "a new file": add_a_file,
    "a published file": edit("buurtfeesten/buurtfeesten-dossier.html", "</html>", "</html>\n"),
    "the checksums": edit("buurtfeesten/SHA256SUMS", "a", "b"),
    "a published file that is gone": take_a_file_away,
    "what a killed build left": leave_something_behind,
    "what was written down": damage_what_was_written_down,
}


@pytest.mark.thorough
@pytest.mark.parametrize("what", CHANGES)
def test_whatever_changed_is_seen(what: str, built: tuple[str, ...], tmp_path: Path) -> None:
    CHANGES[what](Path(built[1]), tmp_path / "output")
    assert "dossierbuild.pipeline" in imported(built)[1]
    assert "niets veranderd" in run(*built).out


def test_another_command_in_the_same_place_is_another_build(built: tuple[str, ...]) -> None:
    other = (*built[:-2], "--only", "in-het-kort")
    assert ["niets veranderd" in run(*other).out for _ in range(2)] == [False, True]


def test_warnings_are_said_again(plain: Path, tmp_path: Path) -> None:
    chapter = plain / "chapters" / "02-slot.md"
    chapter.write_text(chapter.read_text("utf-8") + "\n\nZie Jansen (1999).\n", encoding="utf-8")
    arguments = ("build", str(plain), "--output", str(tmp_path / "output"), "--draft", *HTML)
    first, second = run(*arguments), run(*arguments)
    assert "D234" in second.err
    assert first.err.endswith(second.err)
    assert second.code == first.code
    assert "niets veranderd" in second.out
