"""`dossierbuild references`: four formats become one tidy list, and what was doubtful is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import run

from dossierbuild.core.model import SourceFile
from dossierbuild.core.works import Work
from dossierbuild.stages.parse.references import parse_references

SAMPLES = Path(__file__).parent / "references"
FORMATS = ("yaml", "json", "bib", "ris")


def listed(text: str) -> list[Work]:
    references = parse_references(SourceFile("references.yaml", text.encode(), "")).value
    assert references is not None
    return [one.work for one in references]


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_becomes_the_same_list_which_reads_as_the_same_works(suffix: str) -> None:
    converted = run("references", SAMPLES / f"works.{suffix}")
    assert converted.code == 0
    assert converted.out == run("references", SAMPLES / "works.yaml").out
    assert listed(converted.out) == listed((SAMPLES / "works.yaml").read_text("utf-8"))


def test_a_tidy_list_stays_as_it_is(tmp_path: Path) -> None:
    first = tmp_path / "references.yaml"
    ended = run("references", SAMPLES / "works.bib", "--output", first)
    assert (ended.code, ended.out) == (0, "")
    assert b"\r" not in first.read_bytes()
    again = run("references", first)
    assert (again.code, again.out) == (0, first.read_text("utf-8"))
    assert "0 fout(en), 0 waarschuwing(en), 0 opmerking(en)" in again.err


DOUBTS = """
@book{sterren2000, author = {Van der Sterren, Jan}, title = {Balans}, publisher = {Boom}, year = 2000}
@report{raad2021, author = {Raad van State}, title = {Advies}, year = 2021}
@article{koeter2022, author = {Koeter, L.}, title = {Vak}, year = 2022, doi = {11.1000/x}}
@book{balans, author = {van der Sterren, J.}, title = {Balans}, publisher = {B}, year = 2000, isbn = {90-352-2121-6}}
"""


def test_what_was_doubtful_is_told_by_code_and_line(tmp_path: Path) -> None:
    path = tmp_path / "lijst.bib"
    path.write_text(DOUBTS, encoding="utf-8")
    ended = run("references", path, "--format-problems", "json")
    told = [json.loads(line) for line in ended.err.splitlines()]
    assert {(one["code"], one["line"], one["subject"]) for one in told} == {
        ("D252", 2, None),
        ("D218", 3, "raad2021"),
        ("D205", 4, "koeter2022"),
        ("D225", 4, "koeter2022"),
        ("D224", 5, "balans"),
        ("D227", 5, "balans"),
    }
    assert 'non-dropping-particle: "van der"' in ended.out


def test_a_particle_that_was_mended_is_told_here_and_not_in_a_build() -> None:
    file = SourceFile("a.ris", b"TY  - BOOK\nID  - a\nAU  - Berg, K. van der\nTI  - T\nPB  - B\nER  - \n", "")
    assert parse_references(file).problems == ()
    assert [one.code for one in parse_references(file, tell_mended=True).problems] == ["D252"]


def test_what_was_mended_is_told_once_for_each_kind(tmp_path: Path) -> None:
    path = tmp_path / "lijst.ris"
    lines = ("TY  - BOOK", "ID  - {id}", "AU  - Berg, K. van der", "TI  - {id} $x^2$", "PB  - Boom", "ET  - {edition}")
    record = "\n".join((*lines, "DO  - {doi}", "ER  - \n"))
    first = record.format(id="a", edition="Second", doi="https://doi.org/10.1000/a")
    path.write_text(first + record.format(id="b", edition="3e druk", doi="10.1000/b"), encoding="utf-8")
    ended = run("references", path, "--language", "en")
    told = [line.partition("D252: ")[2] for line in ended.err.splitlines() if "D252" in line]
    assert sorted(told) == [
        "mended in 1 source(s): DOI, as in https://doi.org/10.1000/a → 10.1000/a (source 'a')",
        "mended in 2 source(s): edition, as in Second → 2 (source 'a')",
        "mended in 2 source(s): names, as in Berg, K. van der → van der Berg, K. (source 'a')",
        "mended in 2 source(s): title, as in a $x^2$ → a <i>x</i><sup>2</sup> (source 'a')",
    ]
    again = tmp_path / "weer.yaml"
    again.write_text(ended.out, encoding="utf-8")
    assert "D252" not in run("references", again).err


def test_what_could_not_be_read_is_left_out_and_ends_with_3(tmp_path: Path) -> None:
    path = tmp_path / "lijst.yaml"
    good = "- {id: bos2020, type: book, author: [{family: Bos, given: C.}], title: Titel, publisher: Boom}\n"
    path.write_text(good + good.replace("bos2020", "met spatie"), encoding="utf-8")
    ended = run("references", path, "--language", "en")
    assert ended.code == 3
    assert f"{path}:2:4: error D213" in ended.err
    assert "1 source(s) taken over, 1 error(s)" in ended.err
    assert len(listed(ended.out)) == 1


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("geen.bib", None, "D117"),
        ("lijst.docx", "x", "D219"),
        ("leeg.ris", "niets\n", "D229"),
        ("kapot.json", "[{", "D208"),
        ("kapot.yaml", "references: [", "D101"),
    ],
)
def test_a_list_that_cannot_be_read_is_a_problem_and_gives_nothing(
    tmp_path: Path, name: str, text: str | None, code: str
) -> None:
    path = tmp_path / name
    if text is not None:
        path.write_text(text, encoding="utf-8")
    output = tmp_path / "uit.yaml"
    ended = run("references", path, "--output", output)
    assert (ended.code, ended.out) == (3, "")
    assert code in ended.err
    assert "Traceback" not in ended.err
    assert not output.exists()


def test_a_list_that_is_there_changes_only_when_asked(tmp_path: Path) -> None:
    """Behind a link the file itself changes, and keeps the rights that it had."""
    there, link = tmp_path / "references.yaml", tmp_path / "lijst.yaml"
    there.write_text("references:\n  - {id: bos2020, type: book, title: Taart}\n", encoding="utf-8")
    there.chmod(0o640)
    link.symlink_to(there)
    before = there.read_bytes()
    shown = run("references", SAMPLES / "works.ris", "--output", link)
    assert shown.code == 0
    assert "\n-  - {id: bos2020, type: book, title: Taart}\n" in shown.out
    assert f"{link}: staat er al en is gelaten zoals het was" in shown.err
    assert there.read_bytes() == before
    written = run("references", SAMPLES / "works.ris", "--output", link, "--write")
    assert (written.code, written.out) == (0, shown.out)
    assert there.read_text("utf-8") == run("references", SAMPLES / "works.ris").out
    assert link.is_symlink()
    assert there.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["lijst.yaml", "references.yaml"]


def test_a_list_never_takes_its_own_place(tmp_path: Path) -> None:
    path = tmp_path / "references.yaml"
    path.write_text("# met een opmerking\nreferences: []\n", encoding="utf-8")
    ended = run("references", path, "--output", tmp_path / "." / "references.yaml")
    assert ended.code == 2
    assert path.read_text("utf-8").startswith("# met")
