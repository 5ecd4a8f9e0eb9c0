"""What is said and how it ends, whatever the streams, the signals and the texts of others do."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from command import MINIMAL, environment, hearing, run

HTML = ("--format", "html", "--only", "dossier", "--jobs", "1")


def command(*words: str | Path) -> list[str]:
    return [sys.executable, "-P", "-m", "dossierbuild", *map(str, words)]


# --- streams ---------------------------------------------------------------------------------------------------------


def closed(*numbers: int) -> Callable[[], None]:
    def close() -> None:
        for number in numbers:
            os.close(number)

    return close


def full(number: int) -> Callable[[], None]:
    def lead() -> None:
        os.dup2(os.open("/dev/full", os.O_WRONLY), number)

    return lead


def unread(number: int) -> Callable[[], None]:
    """A pipe that nobody reads any more."""

    def lead() -> None:
        reading, writing = os.pipe()
        os.dup2(writing, number)
        os.close(reading)

    return lead


STREAMS = {
    "no input": closed(0),
    "no output": closed(1),
    "no errors": closed(2),
    "none at all": closed(0, 1, 2),
    "full output": full(1),
    "full errors": full(2),
    "unread output": unread(1),
    "unread errors": unread(2),
}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is of Linux")
@pytest.mark.parametrize("state", STREAMS)
def test_the_work_is_done_whatever_becomes_of_what_is_said(state: str, tmp_path: Path) -> None:
    words = ("build", MINIMAL, "--output", tmp_path / "output", *HTML)
    said = tmp_path / "said"
    with said.open("wb") as file:
        done = subprocess.run(
            command(*words), env=environment(), stdout=file, stderr=file, preexec_fn=STREAMS[state], check=False
        )  # fmt: skip
    assert done.returncode == 0, said.read_text("utf-8")
    assert "Traceback" not in said.read_text("utf-8")
    assert {path.name for path in (tmp_path / "output" / "buurtfeesten").iterdir()} >= {"SHA256SUMS", "index.html"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is of Linux")
def test_what_is_printed_and_lost_is_told_where_it_was_all_the_work() -> None:
    words = command("references", MINIMAL / "references.yaml", "--language", "nl")
    with Path("/dev/full").open("wb") as nowhere:
        done = subprocess.run(words, env=environment(), stdout=nowhere, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 5
    assert "fout D149" in done.stderr.decode("utf-8")


# --- signals ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "times", "status"), [("SIGINT", 1, 130), ("SIGINT", 2, 130), ("SIGTERM", 1, 143), ("SIGHUP", 2, 129)]
)
def test_a_build_that_is_interrupted_says_so_in_a_line_and_leaves_nothing(
    name: str, times: int, status: int, edition: Path, plain: Path, tmp_path: Path
) -> None:
    published = Path(shutil.copytree(edition, tmp_path / "output" / "buurtfeesten"))
    before = {path.name: path.read_bytes() for path in published.iterdir()}
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    words = ("build", plain, "--output", tmp_path / "output", "--fresh", "--jobs", "2", "--language", "nl")
    with subprocess.Popen(
        command(*words),
        env=environment({"TMPDIR": str(temporary)}),
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=hearing,  # noqa: PLW1509 no thread of the tests holds a lock then
    ) as build:
        assert build.stderr
        build.stderr.readline()  # work has begun
        for _ in range(times):
            os.killpg(build.pid, getattr(signal, name))
        said = build.stderr.read().decode("utf-8").splitlines()
    assert build.returncode == status
    assert said[-1] == "afgebroken; er is niets veranderd"
    assert not [line for line in said if "Traceback" in line or "Error" in line]
    assert {path.name: path.read_bytes() for path in published.iterdir()} == before
    assert list(temporary.iterdir()) == []


def test_a_signal_waits_for_what_may_not_stop_half_way(tmp_path: Path) -> None:
    """The second file is put in place while the signal comes, and the third is not begun."""
    program = """
import os, signal, sys
from dossierbuild.core.interruption import Interruption, in_one_go, interruptible
try:
    with interruptible():
        for number in range(3):
            with in_one_go():
                if number == 1:
                    os.kill(os.getpid(), signal.SIGTERM)
                print(number)
except Interruption as met:
    print(met.changed)
    sys.exit(met.exit_status)
"""
    done = subprocess.run([sys.executable, "-P", "-c", program], env=environment(), capture_output=True, check=False)
    assert (done.returncode, done.stdout.split()) == (143, [b"0", b"1", b"True"])


# --- a fault of the program ------------------------------------------------------------------------------------------

FAULTY = """
import dossierbuild.stages.read as read

def read_files(root, styles):
    raise KeyError("een fout van ons")

read.read_files = read_files
"""


@pytest.mark.parametrize(("language", "words"), [("nl", "zelf een fout"), ("en", "itself has failed")])
def test_a_fault_of_the_program_is_told_in_a_line_and_written_down(language: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(FAULTY, encoding="utf-8")
    env = {"PYTHONPATH": os.pathsep.join((str(tmp_path), environment()["PYTHONPATH"])), "TMPDIR": str(tmp_path)}
    done = run("check", MINIMAL, "--language", language, env=env)
    (line,) = done.err.splitlines()
    assert (done.code, words in line) == (1, True)
    trace = Path(line.rpartition(" ")[2])
    assert trace.parent == tmp_path
    assert "een fout van ons" in trace.read_text("utf-8")


# --- what others have written ----------------------------------------------------------------------------------------

HOSTILE = "\x1b]0;weg\x07 \x1b[2J \u202e \u2066 \u200f \x9b31m"


def test_nothing_that_others_wrote_steers_the_terminal_or_fakes_a_line(dossier: Path) -> None:
    name = f"09-\x1b[2J\u202e{'x'}\nchapters/01-begin.md:1:1: fout D999: onzin.md"
    (dossier / "chapters" / name).mkdir(parents=True)
    (dossier / "chapters" / name / "tekst\u202e\x1b[1m.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    manifest = dossier / "dossier.yaml"
    manifest.write_text(manifest.read_text("utf-8") + f'"{"k" * 5000}\\u202e\\u061c": 1\n', encoding="utf-8")
    text = run("check", dossier)
    lines = run("check", dossier, "--format-problems", "json")
    for said in (text.err, text.out, lines.err):
        assert not [sign for sign in HOSTILE if sign != " " and not sign.isprintable() and sign in said]
        assert "\u202e" not in said
    assert not [line for line in text.err.splitlines() if line.startswith("chapters/")]
    assert max(map(len, text.err.splitlines())) < 1000
    assert {Path(found["path"]).exists() for found in map(json.loads, lines.err.splitlines())} == {True}


def test_a_difference_steers_nothing_either(dossier: Path) -> None:
    chapter = dossier / "chapters" / "01-begin.md"
    chapter.write_text(chapter.read_text("utf-8") + "\nOok  \u2067hier\u2069.\n", encoding="utf-8")
    done = run("tidy", chapter)
    assert "+Ook \\u2067hier\\u2069." in done.out
    assert "\u2067" not in done.out + done.err


def test_problems_of_one_code_are_counted_when_there_are_many(dossier: Path) -> None:
    chapter = dossier / "chapters" / "02-slot.md"
    lines = "".join(f"\nZin {number} [@weg{number}].\n" for number in range(72))
    chapter.write_text(chapter.read_text("utf-8") + lines, encoding="utf-8")
    text, told = run("check", dossier, "--language", "en"), run("check", dossier, "--format-problems", "json")
    assert text.err.count(" error D201: ") == 50
    assert f"{dossier}: note D188: there are 22 more of D201" in text.err
    assert "72 error(s)" in text.err
    problems = [json.loads(line) for line in told.err.splitlines()]
    (rest,) = (found for found in problems if found["code"] == "D188")
    assert (rest["subject"], rest["severity"]) == ("D201", "note")
