"""Every problem that can be reported: a small change to the good dossier provokes it, at the very place.

`rules/D201.yaml` holds the change for D201 as data. `edits` change files of the dossier; a file in styles/ that the
dossier does not have begins as the project's own. `expect` are all places at which the code is then reported, `also`
the codes that it cannot be had without. Without `command` the sources are checked; without `exit` that ends with 3.
With the command `import` the edits make a book beside the dossier, and places are those in the book.
With the command `fields` the citations of `report.docx` are read, whose body the edit writes as `body`. `word` is what
stands in a Word document below a title, a date and a heading, its first three paragraphs; `head` is another beginning.
`revised` has what somebody does in Word to the document of a chapter, which then lies beside the dossier's files.
`run` has the arguments of a command of its own, which then is run as people do. With `times` a text is repeated.
What more than one call reports has an overlay for each: `D119-named.yaml` is for a file named on the command line.
"""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from answers import serving
from command import MINIMAL, ROOT, Run, run
from word_edits import Docx
from word_files import paragraph, word_file
from word_report import report

from dossierbuild.cli import main
from dossierbuild.core.catalogue import CATALOGUE, SEVERITY_WORDS, Language, Severity
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.model import BuildOptions, PublicationId
from dossierbuild.core.problems import ExitCode, Place, Problem, in_order
from dossierbuild.core.spec import Format
from dossierbuild.outcome import Outcome
from dossierbuild.pipeline import build, check
from dossierbuild.program import styles_folder
from dossierbuild.scheduler import Run as Steps
from dossierbuild.scheduler import local_scheduler
from dossierbuild.stages.adopt import adopt
from dossierbuild.stages.adopt.word import adopt_document
from dossierbuild.stages.fields import join, read_citations
from dossierbuild.stages.read import read_book_files
from dossierbuild.tools.docx import read_document

RULES = Path(__file__).parent / "rules"
DOCUMENT = "rapport.docx"
HEAD = paragraph("Bomen", style="Titel") + paragraph("12 maart 2024") + paragraph("Kop", style="Kop1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """A change to the good dossier, and what is then reported."""

    edits: tuple[dict[str, Any], ...]
    expect: tuple[str, ...]
    also: tuple[str, ...] = ()
    command: str = "check"
    only: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    output: str = "output"
    exit: int = 3
    hidden: tuple[str, ...] = ()
    run: tuple[str, ...] = ()
    revised: tuple[tuple[str, ...], ...] = ()


def overlay(name: str) -> Overlay:
    data = yaml.safe_load((RULES / f"{name}.yaml").read_text("utf-8"))
    given: dict[str, Any] = {key: tuple(one) if isinstance(one, list) else one for key, one in data.items()}
    return Overlay(**given)


def code_of(name: str) -> str:
    """The code that an overlay is for."""
    return name.partition("-")[0]


def _text(dossier: Path, name: str) -> str:
    """A file of the dossier; where it has no such file in styles/, the project's."""
    own = dossier / name
    return (own if own.exists() else ROOT / name).read_text("utf-8")


def apply(edits: tuple[dict[str, Any], ...], dossier: Path) -> None:
    """Change the dossier's files as the edits say."""
    for edit in edits:
        path = dossier / edit["file"]
        path.parent.mkdir(parents=True, exist_ok=True)
        if "write" in edit:
            path.write_text(edit["write"] * edit.get("times", 1), encoding="utf-8")
        elif "body" in edit:
            path.write_bytes(word_file(edit["body"]))
        elif "write_base64" in edit:
            path.write_bytes(base64.b64decode(edit["write_base64"]))
        elif "word" in edit:
            parts = {name: edit[name] for name in ("comments",) if name in edit}
            path.write_bytes(report(edit.get("head", HEAD) + edit["word"], **parts))
        elif "link" in edit:
            path.symlink_to(edit["link"])
        elif "delete" in edit:
            path.unlink()
        elif "append" in edit:
            path.write_text(_text(dossier, edit["file"]) + edit["append"] * edit.get("times", 1), encoding="utf-8")
        else:
            text = _text(dossier, edit["file"])
            assert text.count(edit["find"]) == 1, (
                f"{edit['file']} holds {edit['find']!r} {text.count(edit['find'])} times"
            )
            path.write_text(text.replace(edit["find"], edit["replace"] * edit.get("times", 1)), encoding="utf-8")


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The good dossier from which its chapters were sent as Word documents, which lie in it."""
    dossier = Path(shutil.copytree(MINIMAL, tmp_path_factory.mktemp("letters") / "dossier"))
    assert main(["word", "out", str(dossier), "--output", str(dossier)]) == 0
    return dossier


def edit_in_word(change: Overlay, dossier: Path, letters: Path) -> None:
    """Edit the document of a chapter, which the first of the edits names, by the methods of `Docx`."""
    (name, *_), *edits = change.revised
    shutil.copytree(letters / ".word", dossier / ".word")
    docx = Docx((letters / name).read_bytes())
    for method, *arguments in edits:
        getattr(docx, method)(*arguments)
    (dossier / name).write_bytes(docx.data())


@pytest.fixture(scope="module")
def steps() -> Iterator[Steps]:
    """One run for all overlays, so that processes start once."""
    with local_scheduler(2) as scheduler, scheduler.run("test") as shared:
        yield shared


def outcome(change: Overlay, dossier: Path, steps: Steps) -> Outcome:
    """Check or build the changed dossier, with its output beside it, adopt the book beside it, or read citations."""
    if change.command == "fields":
        reading = read_citations(read_document((dossier / "report.docx").read_bytes()), "report.docx")
        problems = in_order((*reading.problems, *join(reading.citations).problems))
        return Outcome(language=Language.NL, problems=problems, exit_code=ExitCode.GOOD)
    if change.command == "import" and (dossier.parent / DOCUMENT).is_file():
        document = read_document((dossier.parent / DOCUMENT).read_bytes())
        adopted = adopt_document(document, DOCUMENT, "rapport", lambda _, data: data.startswith(b"\x89PNG"))
        return Outcome(language=Language.NL, problems=in_order(adopted.problems), exit_code=ExitCode.GOOD)
    if change.command == "import":
        read = read_book_files(dossier.parent / "book")
        assert read.value is not None
        adopted = adopt(read.value, "book")
        language = Language.of(adopted.value.language) if adopted.value else Language.NL
        code = ExitCode.GOOD if adopted.value else ExitCode.SOURCES
        return Outcome(language=language, problems=in_order((*read.problems, *adopted.problems)), exit_code=code)
    options = BuildOptions(
        root=str(dossier),
        output=str(dossier.parent / change.output),
        only=tuple(PublicationId(one) for one in change.only),
        formats=tuple(Format(one) for one in change.formats),
    )
    return (build if change.command == "build" else check)(options, Path(styles_folder()), steps)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def assert_readable(one: Problem) -> None:
    """Message and hint say something in both languages, with every word filled in and no trace of a program."""
    for language in Language:
        for text in (one.message(language), one.hint(language)):
            assert text.strip(), f"{one.code} says nothing in {language.value}"
            assert not re.search(r"{[a-z_]*}|{{|}}|Traceback|\bNone\b|<[a-z]+ object", text), text
    assert one.message(Language.NL) != one.message(Language.EN)


# --- the catalogue -------------------------------------------------------------------------------------------------


def test_every_code_has_its_overlay_and_every_overlay_a_code() -> None:
    assert {code_of(name) for name in OVERLAYS} == set(CATALOGUE)


def test_codes_lie_in_the_ranges_of_the_contract() -> None:
    assert all(re.fullmatch(r"D[1-689][0-9]{2}", code) for code in CATALOGUE)


# Of these, what is near is made from what was written, or has a default.
ALWAYS_NEAR = {"D126", "D206", "D210", "D213"}


@pytest.mark.parametrize("code", sorted(set(CATALOGUE) - ALWAYS_NEAR))
def test_a_hint_is_left_when_nothing_is_near(code: str) -> None:
    """ "Did you mean …?" goes when nothing is like it; something else must then be there to go by."""
    entry = CATALOGUE[code]
    for language in Language:
        names = set(re.findall(r"(?<!{){([a-z_]+)}(?!})", entry.message[language] + entry.hint[language]))
        words = {name: "" if name == "nearest" else "x" for name in names}
        bare = Problem(code=code, place=Place("x"), words=FrozenMap(words))
        assert bare.hint(language).strip()


# --- each code -----------------------------------------------------------------------------------------------------


SLOW = {"D501"}  # pandoc is given all the time that it may take
OVERLAYS = {path.stem: overlay(path.stem) for path in sorted(RULES.iterdir())}
IN_PROCESS = [
    pytest.param(name, marks=[pytest.mark.built] if one.command == "build" or code_of(name) in SLOW else [])
    for name, one in OVERLAYS.items()
    if not one.run
]


@pytest.mark.parametrize("name", IN_PROCESS)
def test_the_code_is_reported_at_its_place(name: str, dossier: Path, steps: Steps) -> None:
    code, change = code_of(name), overlay(name)
    apply(change.edits, dossier)
    published = dossier.parent / "output" / "buurtfeesten"
    published.mkdir(parents=True)
    (published / "index.html").write_text("de vorige editie", encoding="utf-8")
    before = tree(dossier.parent)
    found = outcome(change, dossier, steps)
    reported = [one for one in found.problems if one.code == code]
    assert tuple(dict.fromkeys(str(one.place) for one in reported)) == change.expect
    others = {one.code for one in found.problems} - {code}
    # One damage to a page shows in several ways, so the codes of verification come together.
    assert {one for one in others if code < "D6" or one < "D6"} == set(change.also)
    assert found.exit_code.value == change.exit
    assert tree(dossier.parent) == before
    for one in reported:
        assert_readable(one)


def assert_reported(done: Run, code: str, place: str, language: Language) -> None:
    """The command's two lines for a problem, in a language."""
    word = SEVERITY_WORDS[language][CATALOGUE[code].severity]
    lines = done.err.splitlines()
    (at,) = [
        number
        for number, line in enumerate(lines)
        if line.startswith(f"{place}: {word} {code}: " if place else f"{word} {code}: ")
    ]
    assert lines[at + 1].startswith("  hint: ")
    assert "Traceback" not in done.err


WITHOUT_PANGO = """
import cffi

load = cffi.FFI.dlopen

def dlopen(self, name, *rest):
    if "pango" in str(name):
        raise OSError(f"cannot load library {name!r}")
    return load(self, name, *rest)

cffi.FFI.dlopen = dlopen
"""

# The second build of --twice has this seed.
UNSTEADY = """
import os

if os.environ.get("PYTHONHASHSEED") == "1":
    import dossierbuild

    dossierbuild.__version__ = "other"
"""
# The folder that the program is started in is taken away.
WITHOUT_A_FOLDER = """
import os, tempfile

os.chdir(tempfile.mkdtemp())
os.rmdir(os.getcwd())
"""
# Python runs `sitecustomize` at its start: here it makes a machine without Pango, or a program that changes.
HIDDEN = {"pango": WITHOUT_PANGO, "folder": WITHOUT_A_FOLDER, "sameness": UNSTEADY}


@pytest.mark.built
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", [name for name, one in OVERLAYS.items() if one.run])
def test_the_command_reports_the_code(
    name: str,
    language: Language,
    dossier: Path,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> None:
    code, change = code_of(name), overlay(name)
    if change.revised:
        edit_in_word(change, dossier, request.getfixturevalue("letters"))
    apply(change.edits, dossier)
    more = {}
    for hidden in change.hidden:  # on a machine of its own, where nothing was made before
        (dossier.parent / "sitecustomize.py").write_text(HIDDEN[hidden], encoding="utf-8")
        paths = (str(dossier.parent), str(ROOT / "src"))
        more = {"PYTHONPATH": os.pathsep.join(paths), "DOSSIERBUILD_CACHE": str(tmp_path_factory.mktemp("machine"))}
    before = tree(dossier.parent)
    with serving() as server:
        arguments = [argument.format(dossier=dossier, server=server) for argument in change.run]
        done = run(*arguments, "--language", language.value, env=more)
    assert done.code == change.exit
    for place in change.expect:
        assert_reported(done, code, at_place(dossier, place), language)
    assert {name: data for name, data in tree(dossier.parent).items() if "__pycache__" not in name} == before


def at_place(dossier: Path, place: str) -> str:
    """A place as the command prints it; "-" is nowhere."""
    return "" if place == "-" else f"{dossier}/{place}" if place else str(dossier)


# --- several at once -----------------------------------------------------------------------------------------------

AT_ONCE = ("D102", "D110", "D112", "D118", "D201", "D206", "D223", "D302", "D305", "D306", "D312")


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dossier with many things wrong at once."""
    dossier = Path(shutil.copytree(MINIMAL, tmp_path_factory.mktemp("broken") / "dossier"))
    for code in AT_ONCE:
        apply(overlay(code).edits, dossier)
    return dossier


@pytest.mark.built
def test_everything_is_reported_in_one_run_sorted_by_place(broken: Path) -> None:
    done = run("check", broken)
    assert done.code == 3
    lines = [line for line in done.err.splitlines() if not line.startswith("  hint:")]
    found = [
        re.match(rf"{re.escape(str(broken))}/([^:]+)(?::(\d+))?(?::(\d+))?: \w+ (D\d+): ", line) for line in lines[:-1]
    ]
    places = [(one[1], int(one[2] or 0), int(one[3] or 0)) for one in found if one]
    assert len(places) == len(lines) - 1
    assert places == sorted(places)
    expected = {(place, code) for code in AT_ONCE for place in overlay(code).expect}
    assert expected <= {(":".join(filter(None, one.groups()[:3])), one[4]) for one in found if one}
    assert str(len(places)) in lines[-1] or "fout" in lines[-1]


@pytest.mark.built
def test_problems_are_printed_for_programs_too(broken: Path) -> None:
    text, lines = run("check", broken), run("check", broken, "--format-problems", "json")
    assert lines.code == text.code == 3
    found = [json.loads(line) for line in lines.err.splitlines()]
    assert len(found) == sum(line.startswith("  hint:") for line in text.err.splitlines())
    for one in found:
        assert one.keys() == {"code", "severity", "path", "line", "column", "subject", "message", "hint"}
        assert one["severity"] in {severity.value for severity in Severity}
        assert Path(one["path"]).exists()
        assert one["message"] in text.err


def test_a_faulty_dossier_yaml_does_not_hide_what_is_wrong_elsewhere(dossier: Path, steps: Steps) -> None:
    for code in ("D102", "D103", "D130", "D110"):
        apply(overlay(code).edits, dossier)
    found = outcome(overlay("D110"), dossier, steps)
    assert {one.code for one in found.problems} == {"D102", "D103", "D130", "D110"}


# --- warnings ------------------------------------------------------------------------------------------------------


def test_an_accepted_problem_is_not_reported_and_an_exception_too_many_is(dossier: Path, steps: Steps) -> None:
    apply(overlay("D203").edits, dossier)
    exception = "- {code: D203, at: references.yaml#bos2020, reason: Wordt later genoemd.}"
    apply(({"file": "dossier.yaml", "find": "ignore:\n", "replace": f"ignore:\n  {exception}\n"},), dossier)
    assert outcome(overlay("D203"), dossier, steps).problems == ()
    apply(({"file": "dossier.yaml", "find": "#bos2020", "replace": "#bos2021"},), dossier)
    found = outcome(overlay("D203"), dossier, steps)
    assert [one.code for one in found.problems] == ["D115", "D203"]


def test_an_exception_without_a_reason_is_refused(dossier: Path, steps: Steps) -> None:
    apply(
        ({"file": "dossier.yaml", "find": ", reason: De titel van dit werk is niet te achterhalen.", "replace": ""},),
        dossier,
    )
    found = outcome(overlay("D204"), dossier, steps)
    assert {one.code for one in found.problems} == {"D103", "D204"}


@pytest.mark.built
def test_a_draft_is_built_with_warnings_and_marks_what_is_unfinished(dossier: Path, tmp_path: Path) -> None:
    apply(overlay("D124").edits, dossier)
    output = tmp_path / "output"
    refused = run("build", dossier, "--output", output, "--format", "html")
    assert refused.code == 3
    assert not output.exists()
    done = run("build", dossier, "--output", output, "--format", "html", "--draft")
    assert done.code == 0
    assert_reported(done, "D124", f"{dossier}/chapters/01-begin.md:3:1", Language.NL)
    page = (output / "buurtfeesten" / "buurtfeesten-dossier.html").read_text("utf-8")
    marks = yaml.safe_load((ROOT / "styles" / "terms.yaml").read_text("utf-8"))["nl"]["unfinished"]
    assert page.count(marks) == 1


@pytest.mark.built
@pytest.mark.parametrize("options", [(), ("--draft",)])
@pytest.mark.parametrize("command", ["check", "build"])
def test_a_note_stops_nothing_and_is_told(command: str, options: tuple[str, ...], plain: Path, tmp_path: Path) -> None:
    apply(overlay("D203").edits, plain)
    making = ("--output", str(tmp_path / "output"), "--format", "html") if command == "build" else ()
    for _ in range(2):  # a build that has nothing to do tells it again
        done = run(command, plain, *making, *options)
        assert done.code == 0
        assert_reported(done, "D203", f"{plain}/references.yaml:28:5", Language.NL)
        assert done.out.endswith("0 fout(en), 0 waarschuwing(en), 1 opmerking(en)\n")
    told = run(command, plain, *making, *options, "--format-problems", "json")
    assert [json.loads(line)["severity"] for line in told.err.splitlines()] == ["note"]


@pytest.mark.built
def test_a_note_is_told_and_counted_beside_what_stops(dossier: Path) -> None:
    for code in ("D110", "D203"):
        apply(overlay(code).edits, dossier)
    done = run("check", dossier)
    assert done.code == 3
    codes = re.findall(r"^\S+: (?:fout|waarschuwing|opmerking) (D\d+)", done.err, re.MULTILINE)
    assert codes == ["D110", "D203"]
    assert "0 fout(en), 1 waarschuwing(en), 1 opmerking(en)" in done.err


@pytest.mark.built
def test_severities_are_words_in_both_languages(dossier: Path) -> None:
    for code in ("D110", "D118", "D203"):
        apply(overlay(code).edits, dossier)
    done = run("check", dossier, "--language", "en")
    assert re.search(r": note D203: .*\n  hint: ", done.err)
    assert re.search(r": warning D110: .*\n  hint: ", done.err)
    assert re.search(r": error D118: .*\n  hint: ", done.err)
