"""`check --retractions`: the works of a list held against the data about retracted works that Crossref gives out."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

import pytest
from command import run

from dossierbuild.core.model import SourceFile
from dossierbuild.stages.check import is_about, marks_of, retractions
from dossierbuild.stages.parse.references import parse_references
from dossierbuild.tools.retraction_data import RetractionDataError, read_notices

COLUMNS = (
    "Record ID,Title,Subject,RetractionDate,RetractionDOI,RetractionPubMedID,OriginalPaperDate,OriginalPaperDOI,"
    "OriginalPaperPubMedID,RetractionNature,Reason,Paywalled,Notes"
)


def row(doi: str, nature: str, date: str = "5/2/2020 0:00", pmid: str = "0", title: str = "T") -> str:
    return f'7,"{title}",(BLS),{date},10.5555/bericht,0,1/1/2018 0:00,{doi},{pmid},{nature},+Error in Data;,No,'


def table(folder: Path, *rows: str) -> str:
    path = folder / "data.csv"
    path.write_bytes("\r\n".join(("\ufeff" + COLUMNS, *rows, "")).encode())
    return str(path)


LIST = """
- {id: a, type: article-journal, title: A, container-title: T, DOI: 10.5555/AbC}
- {id: b, type: webpage, title: B, URL: "https://doi.org/10.5555/b"}
- {id: c, type: article-journal, title: C, container-title: T, PMID: "1234567"}
- {id: d, type: article-journal, title: D, container-title: T}
"""


def told(path: str) -> list[tuple[str, str]]:
    works = parse_references(SourceFile("references.yaml", LIST.encode(), "")).value or ()
    marks = frozenset(mark for work in works for mark in marks_of(work))
    notices = [notice for notice in read_notices(path) if is_about(notice, marks)]
    return [(found.subject, found.code) for found in retractions(works, notices)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((row("10.5555/abc", "Retraction"),), [("a", "D258")]),
        ((row("10.5555/B", "Correction"),), [("b", "D260")]),
        ((row("unavailable", "Retraction", pmid="1234567"),), [("c", "D258")]),
        ((row("unavailable", "Retraction"), row("", "Retraction", pmid="")), []),
        ((row("10.5555/abc", "Retraction"), row("10.5555/abc", "Reinstatement", "6/1/2021 0:00")), [("a", "D260")]),
        ((row("10.5555/abc", "Reinstatement"), row("10.5555/abc", "Retraction", "6/1/2021 0:00")), [("a", "D258")]),
        ((row("10.5555/abc", "Correction"), row("10.5555/abc", "Retraction")), [("a", "D258"), ("a", "D260")]),
        ((row("10.5555/abcd", "Retraction"),), []),
    ],
)
def test_a_work_is_told_by_its_doi_or_number_and_by_what_was_published_last(
    tmp_path: Path, rows: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    assert sorted(told(table(tmp_path, *rows))) == expected


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        (('7,"nooit gesloten,x', row("10.5555/abc", "Retraction")), 2),
        ((row("10.5555/abc", "Retraction", title="een\r\ntwee"), "8,kort"), 4),
        (("x" * 200_000,), 2),
        (("," * 2_000_000,), 2),
    ],
)
def test_a_damaged_row_is_told_at_its_line(tmp_path: Path, rows: tuple[str, ...], line: int) -> None:
    with pytest.raises(RetractionDataError) as damage:
        told(table(tmp_path, *rows))
    assert damage.value.line == line


def test_a_large_table_takes_little_memory(tmp_path: Path) -> None:
    path = table(tmp_path, *(row(f"10.5555/{number}", "Retraction", title="T" * 400) for number in range(10_000)))
    assert Path(path).stat().st_size > 4_000_000
    tracemalloc.start()
    try:
        assert sum(is_about(notice, {"10.5555/9999"}) for notice in read_notices(path)) == 1
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def test_what_is_no_such_table_is_told(tmp_path: Path) -> None:
    for data in (b"", b"\x00\xff" * 99, b"a,b,c\n1,2,3\n"):
        (tmp_path / "ander.csv").write_bytes(data)
        with pytest.raises(RetractionDataError):
            list(read_notices(str(tmp_path / "ander.csv")))
    with pytest.raises(OSError, match="regular"):
        list(read_notices("/dev/null"))


@pytest.mark.built
def test_a_retraction_stops_no_draft_may_be_accepted_and_says_when_and_why(dossier: Path) -> None:
    listed = dossier / "references.yaml"
    listed.write_text(
        listed.read_text("utf-8").replace("page: 10-25", "page: 10-25\n    DOI: 10.5555/x"), encoding="utf-8"
    )
    data = (
        "--retractions",
        table(dossier.parent, row("10.5555/x", "Retraction"), "8,kort"),
        "--format-problems",
        "json",
    )
    ended = run("check", dossier, *data)
    found = {problem["code"]: problem for problem in map(json.loads, ended.err.splitlines())}
    assert ended.code == 3
    assert {code: problem["line"] for code, problem in found.items()} == {"D258": 9, "D259": 3}
    assert "2020-05-02, https://doi.org/10.5555/bericht" in found["D258"]["hint"]
    assert "Error in Data" in found["D258"]["hint"]
    manifest = dossier / "dossier.yaml"
    exception = "  - {code: D258, at: references.yaml#bakker2021a, reason: Dit hoofdstuk gaat over de intrekking.}\n"
    text = manifest.read_text("utf-8")
    manifest.write_text(text.replace("ignore:\n", f"ignore:\n{exception}"), encoding="utf-8")
    good = ("--retractions", table(dossier.parent, row("10.5555/x", "Retraction")))
    assert run("check", dossier, *good).code == 0
    assert run("check", dossier).code == 0
    manifest.write_text(text, encoding="utf-8")
    assert run("check", dossier, *good, "--draft").code == 0
