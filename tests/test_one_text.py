"""An edition is of one text, of one dossier, and of files that are ours: whatever stood in the folder before."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from command import Run, run

OLD, NEW = "een zoet gebak", "een plat gebak"
HTML, EPUB, BOTH = ("--format", "html"), ("--format", "epub"), ("--format", "html", "--format", "epub")
DOSSIER, SUMMARY = ("--only", "dossier"), ("--only", "in-het-kort")
OTHER = "0f4f3f1c-5d3c-4d4e-8f3b-2a1b3c4d5e6f"
PAGE = "buurtfeesten-dossier.html"


def edited(dossier: Path, old: str = OLD, new: str = NEW, name: str = "chapters/02-slot.md") -> None:
    file = dossier / name
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def build(dossier: Path, *arguments: str, output: str = "output") -> Run:
    return run("build", dossier, "--output", dossier.parent / output, *arguments)


def listed(dossier: Path) -> set[str]:
    """The publications' files by manifest, checksums and page, which all name the same, and which are all there is."""
    folder = dossier.parent / "output" / "buurtfeesten"
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    files = {file["path"] for file in manifest["files"]}
    sums = {line.split("  ")[1] for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines()}
    reports = {"index.html", "manifest.json", *manifest["verification"]["pages"]}
    page = (folder / "index.html").read_text("utf-8")
    assert files == sums - reports
    assert {path.name for path in folder.iterdir()} == {*sums, "SHA256SUMS"}
    assert files == {path for path in all_names(files) if f'href="{path}"' in page or path.endswith(".png")}
    assert run("verify", folder).code == 0
    return files


def all_names(files: set[str]) -> set[str]:
    """These names, and those that other formats and publications would have."""
    ids, forms = ("dossier", "in-het-kort", "infographic"), ("pdf", "html", "epub")
    return files | {f"buurtfeesten-{name}.{form}" for name in ids for form in forms}


# --- one text ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "then", "expected"),
    [
        ((*DOSSIER, *BOTH), (*DOSSIER, *HTML), {PAGE}),
        ((*SUMMARY, *HTML), (*DOSSIER, *HTML), {PAGE}),
        ((*DOSSIER, *EPUB), (*DOSSIER, *HTML), {PAGE}),
    ],
)
def test_what_is_of_an_earlier_text_leaves_the_edition(
    first: tuple[str, ...], then: tuple[str, ...], expected: set[str], plain: Path
) -> None:
    build(plain, *first)
    before = listed(plain)
    edited(plain)
    done = build(plain, *then)
    assert done.code == 0, done.err
    assert listed(plain) == expected
    assert "opmerking D631" in done.err
    assert all(name in done.err for name in before - expected)


def test_files_of_the_same_text_stay_together_in_whatever_order_they_are_made(plain: Path) -> None:
    build(plain, *SUMMARY, *HTML)
    done = build(plain, *DOSSIER, *HTML)
    assert "D631" not in done.err
    assert listed(plain) == {PAGE, "buurtfeesten-in-het-kort.html"}


PARTS = (("--only", "infographic"), HTML, ("--format", "pdf", "--format", "epub"))


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0)])
def test_what_is_made_in_parts_is_what_is_made_at_once(edition: Path, dossier: Path, order: tuple[int, ...]) -> None:
    for at in order:
        done = build(dossier, *PARTS[at])
        assert done.code == 0, done.err
    made, whole = tree(dossier.parent / "output" / "buurtfeesten"), tree(edition)
    assert [name for name in sorted({*made, *whole}) if made.get(name) != whole.get(name)] == []


def _in_other_formats(dossier: Path) -> tuple[str, ...]:
    edited(dossier, "formats: [pdf, html, epub]", "formats: [html]", "dossier.yaml")
    return ()


def _as_a_draft(dossier: Path) -> tuple[str, ...]:
    return (*DOSSIER, *HTML, "--draft")


def _in_another_language(dossier: Path) -> tuple[str, ...]:
    edited(dossier, "language: nl-NL", "language: nl-BE", "dossier.yaml")
    return (*DOSSIER, *HTML)


def _by_another_version(dossier: Path) -> tuple[str, ...]:
    manifest = dossier.parent / "output" / "buurtfeesten" / "manifest.json"
    value = json.loads(manifest.read_text("utf-8"))
    value["generator"]["pandoc"] = "2.0"
    manifest.write_text(json.dumps(value), encoding="utf-8")
    return (*DOSSIER, *HTML)


def _by_a_version_that_kept_no_record(dossier: Path) -> tuple[str, ...]:
    manifest = dossier.parent / "output" / "buurtfeesten" / "manifest.json"
    value = json.loads(manifest.read_text("utf-8"))
    del value["made_from"], value["id"]
    manifest.write_text(json.dumps(value), encoding="utf-8")
    return (*DOSSIER, *HTML)


@pytest.mark.parametrize(
    "change",
    [_in_other_formats, _as_a_draft, _in_another_language, _by_another_version, _by_a_version_that_kept_no_record],
)
def test_what_was_made_otherwise_leaves_the_edition(change: Callable[[Path], tuple[str, ...]], plain: Path) -> None:
    build(plain, *DOSSIER, *EPUB)
    done = build(plain, *change(plain))
    assert done.code == 0, done.err
    assert "buurtfeesten-dossier.epub" not in listed(plain)


def test_a_draft_leaves_no_file_in_the_edition_that_follows(plain: Path) -> None:
    build(plain, *DOSSIER, *EPUB, "--draft")
    build(plain, *DOSSIER, *HTML)
    assert listed(plain) == {PAGE}


# --- one dossier ---------------------------------------------------------------------------------------------------


def another(dossier: Path) -> Path:
    """Another dossier with the same slug."""
    other = Path(shutil.copytree(dossier, dossier.parent / "tweede"))
    edited(other, "language: ", f"id: {OTHER}\nlanguage: ", "dossier.yaml")
    return other


def tree(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_two_dossiers_with_one_slug_are_refused_before_anything_is_built(plain: Path, tmp_path: Path) -> None:
    other = another(plain)
    for command in (("build", "--output", tmp_path / "output"), ("check",)):
        done = run(command[0], plain, other, *command[1:])
        assert done.code == 3
        for root in (plain, other):
            assert f"{root}/dossier.yaml:" in done.err
        assert done.err.count("fout D180") == 2
    assert not (tmp_path / "output").exists()
    assert run("check", plain, plain).code == 0


def test_an_edition_of_another_dossier_is_not_replaced(plain: Path, tmp_path: Path) -> None:
    build(plain, *DOSSIER, *HTML)
    before = tree(tmp_path / "output" / "buurtfeesten")
    other = another(plain)
    done = build(other, *DOSSIER, *HTML)
    assert done.code == 3
    assert "fout D181" in done.err
    own = json.loads(before["manifest.json"])["id"]
    assert own in done.err
    assert OTHER in done.err
    assert tree(tmp_path / "output" / "buurtfeesten") == before
    edited(other, OTHER, own, "dossier.yaml")
    assert build(other, *DOSSIER, *HTML).code == 0


def test_new_dossiers_are_published_beside_each_other(tmp_path: Path) -> None:
    for name in ("Eén dossier", "twee", "…"):
        assert run("new", tmp_path / name).code == 0
    texts = [(tmp_path / name / "dossier.yaml").read_text("utf-8") for name in ("Eén dossier", "twee", "…")]
    slugs = [line for text in texts for line in text.splitlines() if line.startswith("slug:")]
    ids = {line for text in texts for line in text.splitlines() if line.startswith("id:")}
    assert slugs == ["slug: een-dossier", "slug: twee", "slug: dossier"]
    assert len(ids) == 3
    assert run("check", tmp_path / "Eén dossier", tmp_path / "twee").code == 0


# --- files of others -----------------------------------------------------------------------------------------------


def _file(path: Path) -> None:
    path.write_text("van iemand anders", encoding="utf-8")


def _folder(path: Path) -> None:
    path.mkdir()
    _file(path / "brief.txt")


def _link(path: Path) -> None:
    elsewhere = path.parent.parent / "elders.txt"
    _file(elsewhere)
    path.symlink_to(elsewhere)


def _link_to_itself(path: Path) -> None:
    path.symlink_to(path.name)


@pytest.mark.parametrize(
    ("kind", "code"),
    [(_file, "D182"), (_folder, "D182"), (os.mkfifo, "D182"), (_link, "D183"), (_link_to_itself, "D183")],
)
def test_what_stands_in_the_place_of_a_file_is_named_and_left(
    kind: Callable[[Path], None], code: str, plain: Path
) -> None:
    folder = plain.parent / "output" / "buurtfeesten"
    folder.mkdir(parents=True)
    kind(folder / PAGE)
    before = [path.lstat().st_ino for path in (folder, folder / PAGE)]
    done = build(plain, *DOSSIER, *HTML)
    assert done.code == 5
    assert f"fout {code}: '{folder / PAGE}'" in done.err
    assert [path.lstat().st_ino for path in (folder, folder / PAGE)] == before
    assert [path.name for path in folder.iterdir()] == [PAGE]


def test_what_others_have_in_the_folder_stays_and_is_not_listed(plain: Path) -> None:
    build(plain, *DOSSIER, *EPUB)
    folder = plain.parent / "output" / "buurtfeesten"
    names = ("brief.txt", "map", "koppeling", "kring", "pijp")
    for name, kind in zip(names, (_file, _folder, _link, _link_to_itself, os.mkfifo), strict=True):
        kind(folder / name)
    os.mkfifo(folder / "map" / "pijp")
    edited(plain)
    done = build(plain, *DOSSIER, *HTML)
    assert done.code == 0, done.err
    sums = (folder / "SHA256SUMS").read_text("utf-8")
    others = {path.name for path in folder.iterdir()} - {line.split("  ")[1] for line in sums.splitlines()}
    assert others == {*names, "SHA256SUMS"}
    assert (folder / "brief.txt").read_text("utf-8") == "van iemand anders"
    assert all((folder / name).is_symlink() for name in ("koppeling", "kring"))
    assert all((folder / name).is_fifo() for name in ("pijp", "map/pijp"))
    assert not any(name in (folder / "index.html").read_text("utf-8") for name in ("brief.txt", "koppeling"))
    told = run("verify", folder).err
    assert "D633: dit staat ook in de map en hoort niet bij de uitgave: brief.txt, map\n" in told
    assert [name for name in names if f"/{name}: fout D634" in told] == ["koppeling", "kring", "pijp"]


def test_a_file_of_ours_that_somebody_changed_is_left_when_it_goes(plain: Path) -> None:
    build(plain, *DOSSIER, *EPUB)
    book = plain.parent / "output" / "buurtfeesten" / "buurtfeesten-dossier.epub"
    _file(book)
    edited(plain)
    assert build(plain, *DOSSIER, *HTML).code == 0
    assert book.read_text("utf-8") == "van iemand anders"


# --- links ---------------------------------------------------------------------------------------------------------


def test_an_output_folder_may_be_a_link_to_a_folder(plain: Path) -> None:
    (plain.parent / "echt").mkdir()
    (plain.parent / "output").symlink_to("echt")
    assert build(plain, *DOSSIER, *HTML).code == 0
    assert (plain.parent / "output").is_symlink()
    assert (plain.parent / "echt" / "buurtfeesten" / PAGE).is_file()


@pytest.mark.parametrize("leads_to", ["output", "nergens", "dossier/dossier.yaml"])
def test_an_output_that_is_a_link_to_no_folder_is_refused(leads_to: str, plain: Path) -> None:
    (plain.parent / "output").symlink_to(leads_to)
    done = build(plain, *DOSSIER, *HTML)
    assert done.code == 5
    assert "fout D183" in done.err
    assert (plain.parent / "output").readlink() == Path(leads_to)


@pytest.mark.parametrize("leads_to", ["buurtfeesten", "nergens", "../served"])
def test_a_published_folder_that_is_a_link_is_not_replaced(leads_to: str, plain: Path) -> None:
    served = plain.parent / "served"
    served.mkdir()
    _file(served / "index.html")
    (plain.parent / "output").mkdir()
    (plain.parent / "output" / "buurtfeesten").symlink_to(leads_to)
    done = build(plain, *DOSSIER, *HTML)
    assert done.code == 5
    assert "fout D183" in done.err
    assert (plain.parent / "output" / "buurtfeesten").readlink() == Path(leads_to)
    assert tree(served) == {"index.html": b"van iemand anders"}


def test_a_file_in_the_place_of_the_published_folder_is_refused(plain: Path) -> None:
    (plain.parent / "output").mkdir()
    _file(plain.parent / "output" / "buurtfeesten")
    done = build(plain, *DOSSIER, *HTML)
    assert done.code == 5
    assert "fout D182" in done.err
    assert (plain.parent / "output" / "buurtfeesten").read_text("utf-8") == "van iemand anders"


# --- sources that are no files -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "code"), [(os.mkfifo, 0), (_folder, 0), (_link_to_itself, 3)])
def test_what_is_no_source_is_not_waited_for(kind: Callable[[Path], None], code: int, plain: Path) -> None:
    assert build(plain, *DOSSIER, *HTML).code == 0
    kind(plain / "chapters" / "03-x.md")
    again = build(plain, *DOSSIER, *HTML)
    assert again.code == code, again.err
    assert ("fout D184" in again.err) == bool(code)


def test_an_edition_inside_the_dossier_is_no_source(plain: Path) -> None:
    build(plain, *SUMMARY, *HTML, output="dossier/uit")
    done = build(plain, *DOSSIER, *HTML, output="dossier/uit")
    assert (done.code, "D631" in done.err) == (0, False), done.err
