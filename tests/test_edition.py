"""The two records of an edition, manifest.json and SHA256SUMS, in a folder in which others can write.

Whatever stands in them or in their place, commands say what is wrong with it and end as they should.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from command import MINIMAL, run, use_two_fonts
from hypothesis import given, settings
from hypothesis import strategies as st

from dossierbuild.cli import main
from dossierbuild.core.edition import edition_json, read_edition
from dossierbuild.core.published import Checksums

PAGE = "buurtfeesten-in-het-kort.html"
FORMS = ("--only", "in-het-kort", "--format", "html")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A dossier with two fonts and the folder of its edition: the summary as a web page only."""
    dossier = Path(shutil.copytree(MINIMAL, tmp_path_factory.mktemp("edition") / "dossier"))
    use_two_fonts(dossier)
    output = dossier.parent / "output"
    done = run("build", dossier, "--output", output, *FORMS)
    assert done.code == 0, done.err
    return dossier, output / "buurtfeesten"


@pytest.fixture
def folder(built: tuple[Path, Path], tmp_path: Path) -> Path:
    """A copy of the edition, to change."""
    return Path(shutil.copytree(built[1], tmp_path / "output" / "buurtfeesten"))


def command(*arguments: str | Path) -> tuple[int, str]:
    """Exit code and standard error of a command that runs in this process, so that what it raises fails the test."""
    errors = io.StringIO()
    with contextlib.redirect_stderr(errors), contextlib.redirect_stdout(io.StringIO()):
        code = main([str(argument) for argument in arguments])
    return code, errors.getvalue()


# --- what is written is what is read -------------------------------------------------------------------------------


def test_the_records_of_an_edition_are_written_as_they_were_read(edition: Path) -> None:
    manifest, sums = (edition / "manifest.json").read_bytes(), (edition / "SHA256SUMS").read_bytes()
    assert edition_json(read_edition(manifest)) == manifest
    assert Checksums.read(sums).text.encode() == sums


def test_what_a_newer_version_adds_is_passed_over(folder: Path) -> None:
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({"passages": [], **manifest}), encoding="utf-8")
    code, errors = command("verify", folder)
    assert (code, "D622" in errors) == (4, False)  # the manifest is not the one that SHA256SUMS lists


# --- wrong values, anywhere ----------------------------------------------------------------------------------------

Way = tuple[str | int, ...]


def ways(value: object, way: Way = ()) -> Iterator[Way]:
    """The way to each value in a JSON value, itself included."""
    yield way
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, member in members:
        yield from ways(member, (*way, name))


def shown(way: Way) -> str:
    """A way as messages show it: files[3].bytes."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in way).removeprefix(".")


def replaced(value: Any, way: Way, other: object) -> Any:
    """The value with another at the end of the way."""
    if not way:
        return other
    members: Any = dict(value) if isinstance(value, dict) else list(value)
    members[way[0]] = replaced(value[way[0]], way[1:], other)
    return members


def value_at(value: Any, way: Way) -> object:
    for step in way:
        value = value[step]
    return value


WRONG: tuple[Any, ...] = (None, True, -1, 2.5, 10**15 + 1, "", "\ud800", [], [[]], {}, {"a": {}}, ["x", 7])


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_value_of_another_type_is_told_with_its_place(built: tuple[Path, Path], data: st.DataObject) -> None:
    manifest = json.loads((built[1] / "manifest.json").read_text("utf-8"))
    way = data.draw(st.sampled_from([way for way in ways(manifest) if way]))
    before = value_at(manifest, way)
    other = data.draw(st.sampled_from([wrong for wrong in WRONG if type(wrong) is not type(before)]))
    with _in_place_of_the_manifest(built[1], json.dumps(replaced(manifest, way, other)).encode()) as folder:
        for name, exit_code in (("verify", 4), ("proof", 3)):
            code, errors = command(name, folder, "--language", "en")
            assert code == exit_code
            assert "D622" in errors
            assert f"manifest.json: {shown(way)}" in errors or "is too long" in errors


REQUIRED = ("dossier", "title", "edition", "date", "language", "generator", "files", "citations")
IN_FILES = ("publication", "format", "path", "media_type", "bytes", "sha256")


@pytest.mark.parametrize(
    "way", [*((name,) for name in REQUIRED), *(("files", 0, name) for name in IN_FILES)], ids=shown
)
def test_what_the_contract_names_must_be_there(built: tuple[Path, Path], way: Way) -> None:
    manifest = json.loads((built[1] / "manifest.json").read_text("utf-8"))
    owner: Any = value_at(manifest, way[:-1])
    del owner[way[-1]]
    with _in_place_of_the_manifest(built[1], json.dumps(manifest).encode()) as folder:
        code, errors = command("verify", folder)
    assert code == 4
    assert f"D622: in '{folder}'" in errors
    assert f"manifest.json: {shown(way)}: hier hoort een waarde" in errors


@pytest.mark.parametrize(
    "name", ["../geheim", "/etc/passwd", "..", ".", "", "map/naam", "map\\naam", "C:naam", "a\0b", "\x1b[2J", "x" * 256]
)
@pytest.mark.parametrize("way", [("files", 0, "path"), ("verification", "pages", 0)], ids=shown)
def test_a_file_is_named_and_not_led_to(built: tuple[Path, Path], way: Way, name: str) -> None:
    manifest = json.loads((built[1] / "manifest.json").read_text("utf-8"))
    with _in_place_of_the_manifest(built[1], json.dumps(replaced(manifest, way, name)).encode()) as folder:
        code, errors = command("verify", folder)
    assert code == 4
    assert f"{shown(way)}: hier hoort de naam van een bestand" in errors


def _with_its_first_file_again(manifest: bytes) -> bytes:
    value = json.loads(manifest)
    return json.dumps({**value, "files": [*value["files"], value["files"][0]]}).encode()


RAW: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda manifest: b"",
    "half of it": lambda manifest: manifest[: len(manifest) // 2],
    "no UTF-8": lambda manifest: manifest.replace(b'"title": "', b'"title": "\xff'),
    "another encoding": lambda manifest: manifest.decode().encode("utf-16"),
    "a name twice": lambda manifest: manifest.replace(b'"title"', b'"edition": "2.1", "title"'),
    "no number": lambda manifest: manifest.replace(b'"bytes": ', b'"bytes": NaN, "size": '),
    "many digits": lambda manifest: manifest.replace(b'"bytes": ', b'"bytes": ' + b"9" * 5000),
    "a deep list": lambda manifest: manifest.replace(b'"generator": ', b'"generator": ' + b"[" * 200_000, 1),
    "deep objects": lambda manifest: b'{"dossier":' * 200_000,
    "a file twice": _with_its_first_file_again,
    "no files": lambda manifest: json.dumps({**json.loads(manifest), "files": []}).encode(),
    "a hundred megabytes": lambda manifest: manifest + b" " * 100_000_000,
}


# How works were called is all that a later edition asks a manifest for.
ITS_WORKS_ARE_SOUND = frozenset({"a file twice", "no files"})


@pytest.mark.parametrize("case", RAW)
def test_what_is_no_manifest_is_told(built: tuple[Path, Path], tmp_path: Path, case: str) -> None:
    dossier, folder = built
    manifest = RAW[case]((folder / "manifest.json").read_bytes())
    with _in_place_of_the_manifest(folder, manifest):
        for name, exit_code in (("verify", 4), ("proof", 3)):
            code, errors = command(name, folder)
            assert code == exit_code
            assert "fout D622" in errors
    previous = tmp_path / "vorige.json"
    previous.write_bytes(manifest)
    code, errors = command("check", dossier, "--previous", previous)
    if case in ITS_WORKS_ARE_SOUND:
        assert code == 0, errors
        return
    assert code == 3
    assert f"{previous}: " in errors
    assert "fout D236" in errors


@contextlib.contextmanager
def _in_place_of_the_manifest(folder: Path, manifest: bytes) -> Iterator[Path]:
    """The folder, in which another manifest stands for a while."""
    path = folder / "manifest.json"
    before = path.read_bytes()
    path.write_bytes(manifest)
    try:
        yield folder
    finally:
        path.write_bytes(before)


# --- checksums -----------------------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_byte_that_changed_in_the_checksums_is_seen(built: tuple[Path, Path], data: st.DataObject) -> None:
    path = built[1] / "SHA256SUMS"
    before = path.read_bytes()
    at = data.draw(st.integers(0, len(before) - 1))
    put = data.draw(
        st.sampled_from([b"", b"/", b"\0", b"\n", b"\r", b" ", b"\\", b"\xff", b"A", b"0", before[at : at + 1] * 2])
    )
    after = before[:at] + put + before[at + 1 :]
    try:
        path.write_bytes(after)
        code, errors = command("verify", built[1])
    finally:
        path.write_bytes(before)
    assert (code == 4 and "fout D624" in errors) if after != before else code == 0


LINE = f"{'0' * 64}  {PAGE}\n"


@pytest.mark.parametrize(
    "line",
    [
        f"{'0' * 63}  {PAGE}\n", f"{'0' * 64} *{PAGE}\n", f"{'0' * 64}\t{PAGE}\n", f"{'0' * 64}  ../{PAGE}\n",
        f"{'0' * 64}  /{PAGE}\n", f"{'0' * 64}  \n", f"{'g' * 64}  {PAGE}\n", "\n", "# remark\n", LINE, LINE[:-1],
    ],
)  # fmt: skip
def test_a_line_that_is_no_checksum_is_told_by_its_number(folder: Path, line: str) -> None:
    path = folder / "SHA256SUMS"
    path.write_text(path.read_text("utf-8") + line, encoding="utf-8")
    number = path.read_text("utf-8").count("\n") + (not line.endswith("\n"))
    code, errors = command("verify", folder)
    assert code == 4
    assert f"{folder}/SHA256SUMS:{number}: fout D624" in errors


# --- what is no file -----------------------------------------------------------------------------------------------


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _link(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _link_to_the_same(path: Path) -> None:
    other = path.parent.parent / f"elders-{path.name}"
    shutil.copy2(path.with_name(f"{path.name}.was"), other)
    path.symlink_to(other)


def _large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(2_000_000_000)


@pytest.mark.parametrize("kind", [_pipe, Path.mkdir, _link, _link_to_the_same, _large])
@pytest.mark.parametrize("name", ["manifest.json", "SHA256SUMS", PAGE, "verification.html"])
def test_what_stands_in_the_place_of_a_file_is_told(folder: Path, name: str, kind: Callable[[Path], None]) -> None:
    (folder / name).rename(folder / f"{name}.was")
    kind(folder / name)
    code, errors = command("verify", folder)
    assert code == 4
    assert ("fout D622" if name == "manifest.json" else f"fout D624: {name}") in errors
    if name == "manifest.json":
        assert command("proof", folder)[0] == 3


@pytest.mark.parametrize(
    ("name", "kind"), [("manifest.json", _pipe), ("SHA256SUMS", _pipe), (PAGE, _large), (PAGE, _pipe)]
)
def test_a_build_puts_a_whole_edition_in_the_place_of_what_is_none(
    built: tuple[Path, Path], folder: Path, name: str, kind: Callable[[Path], None]
) -> None:
    (folder / name).unlink()
    kind(folder / name)
    for _ in range(2):  # the second has nothing to do
        done = run("build", built[0], "--output", folder.parent, *FORMS)
        assert done.code == 0, done.err
    assert "niets veranderd" in done.out
    assert (folder / name).read_bytes() == (built[1] / name).read_bytes()


def test_a_previous_manifest_that_is_a_pipe_is_not_waited_for(built: tuple[Path, Path], tmp_path: Path) -> None:
    _pipe(tmp_path / "vorige.json")
    code, errors = command("check", built[0], "--previous", tmp_path / "vorige.json")
    assert code == 3
    assert "fout D236" in errors


def test_a_pipe_among_the_sources_is_not_waited_for(plain: Path, tmp_path: Path) -> None:
    arguments = ("build", plain, "--output", tmp_path / "output", *FORMS)
    first = run(*arguments)
    _pipe(plain / "chapters" / "03-wacht.md")
    again = run(*arguments)
    assert (first.code, again.code) == (0, 0), again.err


def test_a_build_takes_over_no_file_that_only_the_manifest_in_place_claims(
    built: tuple[Path, Path], folder: Path
) -> None:
    """A file of another build of this edition stays listed, one that bears another name does not."""
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    strange = {**manifest["files"][0], "path": "vreemd.html"}
    shutil.copy2(folder / PAGE, folder / "vreemd.html")
    path.write_text(json.dumps({**manifest, "files": [*manifest["files"], strange]}), encoding="utf-8")
    done = run("build", built[0], "--output", folder.parent, "--only", "dossier", "--format", "html")
    assert done.code == 0, done.err
    listed = [file["path"] for file in json.loads(path.read_text("utf-8"))["files"]]
    assert listed == ["buurtfeesten-dossier.html", PAGE]


# --- a PDF that does something -------------------------------------------------------------------------------------


def _script() -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def _on_opening(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = _script()


def _after_a_link(pdf: pikepdf.Pdf) -> None:
    page = next(page for page in pdf.pages if "/Annots" in page and any("/A" in link for link in page.Annots))
    next(link for link in page.Annots if "/A" in link).A.Next = pikepdf.Array([_script()])


def _on_a_page(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].AA = pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="programma"))


def _attached(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["los.exe"] = b"MZ"


def _by_name(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Names.JavaScript = pikepdf.Dictionary(Names=pikepdf.Array(["a", pdf.make_indirect(_script())]))


def _played(pdf: pikepdf.Pdf) -> None:
    film = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Movie, Rect=[0, 0, 9, 9])
    pdf.pages[0].Annots = pikepdf.Array([*pdf.pages[0].get("/Annots", []), pdf.make_indirect(film)])


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (_on_opening, "/JavaScript"),
        (_after_a_link, "/JavaScript"),
        (_on_a_page, "/Launch"),
        (_attached, "/EmbeddedFiles los.exe"),
        (_by_name, "/JavaScript"),
        (_played, "/Movie"),
    ],
)
def test_a_pdf_that_does_something_is_told(
    edition: Path, tmp_path: Path, change: Callable[[pikepdf.Pdf], None], found: str
) -> None:
    copy = Path(shutil.copytree(edition, tmp_path / "buurtfeesten"))
    path = copy / "buurtfeesten-dossier.pdf"
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        change(pdf)
        pdf.save(path)
    code, errors = command("verify", copy)
    assert code == 4
    assert f"fout D628: in {path.name} staat iets dat bij de lezer wordt uitgevoerd: {found}" in errors
