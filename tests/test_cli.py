"""The command with real folders: exit codes, options, what is made again and what stays."""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
from pathlib import Path

import pytest
from command import MINIMAL, Run, run

import dossierbuild
from dossierbuild.cli import command_line, main
from dossierbuild.commands.words import WORDS
from dossierbuild.core.catalogue import Language

HTML = ("--format", "html", "--jobs", "1")


def published(folder: Path) -> dict[str, bytes]:
    """The files in a published folder with their bytes."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def times(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in (folder, *folder.iterdir())}


def explained(done: Run) -> list[tuple[str, str, str]]:
    """The lines of --explain: step, made or reused, and what it was about; as in English, from Dutch."""
    lines = re.findall(r"^(\w[\w ]*?) +(gemaakt|hergebruikt) +[0-9.]+ s  ([^:]+):", done.out, re.MULTILINE)
    english = {WORDS[name][Language.NL]: WORDS[name][Language.EN] for name in WORDS if name.startswith("step: ")}
    hows = {"gemaakt": "made", "hergebruikt": "reused"}
    return [(english[name], hows[how], what) for name, how, what in lines]


def test_each_step_has_a_name_in_each_language() -> None:
    begun = r'(?:begin|each|one|tell)\(\s*"([a-z ]+)"'
    sources = [path.read_text("utf-8") for path in Path(dossierbuild.__file__).parent.rglob("*.py")]
    names = {name for source in sources for name in re.findall(begun, source)}
    assert {name.removeprefix("step: ") for name in WORDS if name.startswith("step: ")} == names


def assert_whole(folder: Path) -> None:
    """SHA256SUMS names every file with the sum that it has, and the manifest says the same."""
    sums = dict(line.split("  ", 1)[::-1] for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines())
    files = published(folder)
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name != "SHA256SUMS"}
    for one in json.loads(files["manifest.json"])["files"]:
        assert (one["sha256"], one["bytes"]) == (sums[one["path"]], len(files[one["path"]]))


# --- exit codes and help -------------------------------------------------------------------------------------------


def test_a_good_dossier_ends_with_0(dossier: Path) -> None:
    assert run("check", dossier).code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("bouw",),
        ("build", "--format", "docx"),
        ("build", "--jobs", "veel"),
        ("build", "--jobs", "-1"),
        ("check", "--only", "dossier"),
        ("new",),
    ],
)
def test_wrong_use_ends_with_2_and_says_how_it_is_used(arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = run(*arguments, cwd=tmp_path, env={"LC_ALL": "C"})
    assert done.code == 2
    assert done.err.startswith("usage: dossierbuild")
    assert "Traceback" not in done.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "dutch", "english"),
    [
        (("chekc",), "Bedoelde u 'check'?", "Did you mean 'check'?"),
        (("build", "--format", "pfd"), "Bedoelde u 'pdf'?", "Did you mean 'pdf'?"),
        (("build", "--langauge", "nl"), "Bedoelde u '--language'?", "Did you mean '--language'?"),
        (("build", "--draf"), "Bedoelde u '--draft'?", "Did you mean '--draft'?"),
        (("build", "--draft=1"), "geen waarde ('1')", "no value ('1')"),
        (("build", "--jobs", "9999"), "niet '9999'", "not '9999'"),
        (("build", "--output"), "achter --output ontbreekt", "--output lacks"),
        (("new",), "er ontbreekt: FOLDER", "is lacking: FOLDER"),
        (("new", "a", "b"), "'b' is een woord te veel", "'b' is a word too many"),
    ],
)
def test_wrong_use_is_told_in_the_language_of_the_locale_with_what_is_nearest(
    arguments: tuple[str, ...],
    dutch: str,
    english: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for locale, words in (("nl_NL.UTF-8", dutch), ("C", english)):
        monkeypatch.setenv("LC_ALL", locale)
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert ended.value.code == 2
        assert words in capsys.readouterr().err.splitlines()[-1]


def test_a_folder_or_file_that_is_not_there_is_told_with_the_nearest(dossier: Path) -> None:
    assert f"'{dossier}'" in run("check", dossier.with_name("dosier")).err
    assert f"'{dossier}/in-het-kort.md'" in run("tidy", dossier / "in-het-krt.md").err


def test_hints_name_the_command_as_it_was_called(tmp_path: Path) -> None:
    called = {"DOSSIERBUILD_CALLED": "python3 build.py"}
    assert "'python3 build.py new MAP'" in run("check", tmp_path, env=called).err
    assert "'dossierbuild new MAP'" in run("check", tmp_path).err
    assert f"python3 build.py build {tmp_path / 'nieuw'}" in run("new", tmp_path / "nieuw", env=called).out


def test_names_that_lead_nowhere_are_told(dossier: Path, tmp_path: Path) -> None:
    """Links that lead to themselves, names that are no UTF-8, and names that are too long."""
    loop = tmp_path / "kring.md"
    loop.symlink_to(loop)
    for arguments in (
        ("tidy", loop),
        ("check", loop),
        ("verify", loop),
        ("check", tmp_path / "d\udcff\n"),
        ("new", "x" * 400),
    ):
        done = run(*arguments)
        assert done.code in (3, 4, 5), arguments
        assert re.search(r"fout D\d{3}: ", done.err.splitlines()[0]), arguments
    output = tmp_path / "uit\udcff"
    for ending in ("1", "2"):
        assert run("build", dossier, "--output", output, "--only", "dossier", *HTML).code == 0, ending


def test_a_publication_that_does_not_exist_is_wrong_use(dossier: Path, tmp_path: Path) -> None:
    done = run("build", dossier, "--output", tmp_path / "output", "--only", "infografic")
    assert done.code == 2
    assert "infografic" in done.err
    assert "infographic" in done.err
    assert "Traceback" not in done.err
    assert not (tmp_path / "output").exists()


def test_the_worst_of_several_dossiers_decides(dossier: Path, tmp_path: Path) -> None:
    done = run("check", dossier, tmp_path / "geen", MINIMAL)
    assert done.code == 3
    assert "D128" in done.err
    assert len(done.out.splitlines()) == 2


@pytest.mark.parametrize("command", ["build", "check", "new"])
def test_help_names_every_option(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    text = capsys.readouterr().out
    options = {
        "build": "--output --only --format --jobs --fresh --explain --draft --language --format-problems --theme",
        "check": "--jobs --fresh --explain --draft --language --format-problems",
        "new": "--language --format-problems FOLDER",
    }
    for option in options[command].split():
        assert re.search(rf"^ +{option}\b.*\n? +\w", text, re.MULTILINE), option


# --- build ---------------------------------------------------------------------------------------------------------


def test_an_unchanged_dossier_is_not_written_again(dossier: Path, tmp_path: Path) -> None:
    output = tmp_path / "output"
    first = run("build", dossier, "--output", output, *HTML)
    before = times(output / "buurtfeesten")
    second = run("build", dossier, "--output", output, *HTML)
    assert (first.code, second.code) == (0, 0)
    assert "niets veranderd" in second.out
    assert "niets veranderd" not in first.out
    assert times(output / "buurtfeesten") == before


def test_a_published_file_that_was_changed_is_put_right(dossier: Path, tmp_path: Path) -> None:
    output = tmp_path / "output"
    run("build", dossier, "--output", output, *HTML)
    before = published(output / "buurtfeesten")
    (output / "buurtfeesten" / "buurtfeesten-dossier.html").write_text("kapot", encoding="utf-8")
    assert run("build", dossier, "--output", output, *HTML).code == 0
    assert published(output / "buurtfeesten") == before


def test_a_changed_chapter_is_the_only_one_that_is_read_again(dossier: Path, tmp_path: Path) -> None:
    arguments = ("build", dossier, "--output", tmp_path / "output", "--explain", *HTML)
    run(*arguments)
    chapter = dossier / "chapters" / "02-slot.md"
    chapter.write_text(chapter.read_text("utf-8").replace("een zoet gebak", "een rond gebak"), encoding="utf-8")
    steps = explained(run(*arguments))
    assert [what for name, how, what in steps if name == "parse" and how == "made"] == ["chapters/02-slot.md"]
    assert [what for name, how, what in steps if name == "render" and how == "made"] == ["buurtfeesten-dossier.html"]
    assert {how for name, how, _ in steps if name in ("style", "cite", "draw", "subset")} == {"reused"}


def test_fresh_makes_everything_anew(plain: Path, tmp_path: Path) -> None:
    output = tmp_path / "output"
    run("build", plain, "--output", output, *HTML)
    before = published(output / "buurtfeesten")
    again = run("build", plain, "--output", output, "--explain", "--fresh", *HTML)
    steps = explained(again)
    assert {"parse", "style", "cite", "draw", "subset", "write", "render", "verify"} <= {name for name, _, _ in steps}
    assert {how for _, how, _ in steps} == {"made"}
    assert "niets veranderd" not in again.out
    assert published(output / "buurtfeesten") == before


def test_one_file_is_made_again_and_the_others_of_the_edition_stay(
    edition: Path, dossier: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(edition, tmp_path / "output" / "buurtfeesten"))
    (folder / "buurtfeesten-dossier.html").unlink()
    only = ("--only", "dossier", *HTML)
    done = run("build", dossier, "--output", tmp_path / "output", *only)
    assert (done.code, "D631" in done.err) == (0, False), done.err
    before, after = published(edition), published(folder)
    assert after.keys() == before.keys()
    assert all(after[name] == before[name] for name in after if name.startswith("buurtfeesten-"))
    assert_whole(folder)


def test_only_what_is_asked_for_is_made(dossier: Path, tmp_path: Path) -> None:
    output = tmp_path / "output"
    done = run("build", dossier, "--output", output, "--only", "in-het-kort", "--only", "infographic", *HTML)
    assert done.code == 0
    names = {name for name in published(output / "buurtfeesten") if name.startswith("buurtfeesten-")}
    assert names == {"buurtfeesten-in-het-kort.html", "buurtfeesten-infographic.html"}
    assert_whole(output / "buurtfeesten")


def test_what_others_put_beside_the_files_stays(dossier: Path, tmp_path: Path) -> None:
    output = tmp_path / "output"
    run("build", dossier, "--output", output, *HTML)
    (output / "buurtfeesten" / "leesmij.txt").write_text("van ons", encoding="utf-8")
    (dossier / "data" / "kosten.csv").write_text("post,euro\nTafels,1\nMuziek,2\n", encoding="utf-8")
    assert run("build", dossier, "--output", output, *HTML).code == 0
    assert (output / "buurtfeesten" / "leesmij.txt").read_text("utf-8") == "van ons"


def test_a_failing_build_changes_nothing(edition: Path, dossier: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(edition, tmp_path / "output" / "buurtfeesten"))
    template = dossier / "styles" / "html" / "publication.html.j2"
    template.parent.mkdir(parents=True)
    template.write_text("<!DOCTYPE html><html><head><title>{{ meta.title }}</title></head></html>", encoding="utf-8")
    done = run("build", dossier, "--output", tmp_path / "output", *HTML)
    assert done.code == 4
    assert "Traceback" not in done.err
    assert published(folder) == published(edition)
    assert [path.name for path in (tmp_path / "output").iterdir() if path.is_dir()] == ["buurtfeesten"]


def test_a_folder_with_spaces_and_accents(tmp_path: Path) -> None:
    dossier = Path(shutil.copytree(MINIMAL, tmp_path / "Één dossier (kopie)"))
    output = tmp_path / "de uitvoer: één"
    done = run("build", dossier, "--output", output, *HTML)
    assert done.code == 0, done.err
    assert_whole(output / "buurtfeesten")


def test_a_folder_of_temporary_files_may_have_a_long_path(dossier: Path, edition: Path, tmp_path: Path) -> None:
    temporary = tmp_path / ("long-" * 24)
    temporary.mkdir()
    env = {"TMPDIR": str(temporary), "DOSSIERBUILD_CACHE": str(tmp_path / "cache")}
    done = run("build", dossier, "--output", tmp_path / "output", *HTML, "--jobs", "2", env=env)
    assert done.code == 0, done.err
    assert "Traceback" not in done.err
    page = "buurtfeesten-dossier.html"
    assert (tmp_path / "output" / "buurtfeesten" / page).read_bytes() == (edition / page).read_bytes()
    assert list(temporary.iterdir()) == []


def test_several_dossiers_in_one_call(tmp_path: Path) -> None:
    dossiers = [Path(shutil.copytree(MINIMAL, tmp_path / name)) for name in ("een", "twee")]
    manifest = dossiers[1] / "dossier.yaml"
    manifest.write_text(manifest.read_text("utf-8").replace("slug: buurtfeesten", "slug: straatfeesten"), "utf-8")
    done = run("build", *dossiers, "--output", tmp_path / "output", *HTML)
    assert done.code == 0, done.err
    for name in ("buurtfeesten", "straatfeesten"):
        assert_whole(tmp_path / "output" / name)


def test_sources_is_the_dossier_when_none_is_named(dossier: Path) -> None:
    dossier.rename(dossier.parent / "sources")
    done = run("build", *HTML, cwd=dossier.parent)
    assert done.code == 0, done.err
    assert_whole(dossier.parent / "output" / "buurtfeesten")


def test_a_damaged_cache_is_made_again_and_not_served(plain: Path, tmp_path: Path) -> None:
    """Each entry is flipped at another place: in its digest, at its beginning, in its middle, at its end."""
    cache = tmp_path / "cache"
    arguments = ("build", plain, "--explain", *HTML)
    run(*arguments, "--output", tmp_path / "one", env={"DOSSIERBUILD_CACHE": str(cache)})
    entries = sorted(path for path in cache.rglob("*") if path.is_file())
    for count, entry in enumerate(entries):
        data = bytearray(entry.read_bytes())
        data[(0, 32, len(data) // 2, -1)[count % 4]] ^= 0x40
        entry.write_bytes(data)
    again = run(*arguments, "--output", tmp_path / "two", env={"DOSSIERBUILD_CACHE": str(cache)})
    assert again.code == 0, again.err
    assert {how for _, how, _ in explained(again)} == {"made"}
    assert published(tmp_path / "two" / "buurtfeesten") == published(tmp_path / "one" / "buurtfeesten")


def test_a_cache_that_cannot_be_written_does_not_matter(dossier: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("een bestand, geen map", encoding="utf-8")
    done = run("check", dossier, env={"DOSSIERBUILD_CACHE": str(tmp_path / "cache")})
    assert done.code == 0, done.err


# --- new -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "tag"), [("nl", "nl-NL"), ("en", "en")])
def test_a_new_dossier_builds_at_once(language: str, tag: str, tmp_path: Path) -> None:
    folder = tmp_path / "nieuw dossier"
    started = run("new", folder, "--language", language)
    assert started.code == 0
    assert str(folder) in started.out
    done = run("build", folder, "--output", tmp_path / "output", *HTML)
    assert (done.code, [line for line in done.err.splitlines() if re.search(r"\bD\d{3}\b", line)]) == (0, [])
    (made,) = (path for path in (tmp_path / "output").iterdir() if path.is_dir())
    assert_whole(made)
    manifest = json.loads((made / "manifest.json").read_text("utf-8"))
    assert manifest["language"].startswith(tag)
    assert len(manifest["files"]) == 3


def test_a_new_dossier_takes_no_place_that_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "notities.txt"
    file.write_text("van mij", encoding="utf-8")
    done = run("new", file)
    assert done.code == 5
    assert f"{file}: fout D149" in done.err
    assert file.read_text("utf-8") == "van mij"


# --- the words of the command --------------------------------------------------------------------------------------


def test_the_messages_are_in_the_language_of_the_dossier_unless_asked(dossier: Path) -> None:
    manifest = dossier / "dossier.yaml"
    assert "geen problemen" in run("check", dossier).out
    assert "no problems" in run("check", dossier, "--language", "en").out
    manifest.write_text(manifest.read_text("utf-8").replace("language: nl-NL", "language: en-GB"), encoding="utf-8")
    assert " warning D" in run("check", dossier).err
    assert " waarschuwing D" in run("check", dossier, "--language", "nl").err


def test_the_parser_knows_no_option_without_a_word_of_help() -> None:
    for action in command_line(Language.EN)._actions:
        if isinstance(action, argparse._SubParsersAction):
            for one in action.choices.values():
                assert all(option.help for option in one._actions)


def test_a_build_is_proved_by_another_one(plain: Path, tmp_path: Path) -> None:
    arguments = ("build", plain, "--output", tmp_path / "output", "--format", "html")
    assert run(*arguments).code == 0
    proved = run(*arguments, "--only", "dossier", "--twice")
    assert proved.code == 0, proved.err
    assert "byte voor byte gelijk" in proved.out
