"""Data files as an editor's spreadsheet leaves them: what cannot be read is told at the row where it begins."""

import pytest

from dossierbuild.core.model import DataTable, SourceFile
from dossierbuild.core.numerals import UNSTATED
from dossierbuild.stages.parse.data_tables import parse_table


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('wijk,leden\nOost,"12\nWest,9\nZuid,4\n', 2),
        ('wijk,leden\n"Oost\nen West",21\n"Zuid" (deels),4\n', 4),
    ],
)
def test_a_table_that_cannot_be_read_is_told_at_the_row_where_its_fault_begins(text: str, line: int) -> None:
    answer = parse_table(SourceFile("data/leden.csv", text.encode(), ""))
    assert answer.value is None
    assert [(problem.code, problem.place.line) for problem in answer.problems] == [("D308", line)]


def table(data: bytes) -> DataTable:
    """What a data file says, which has no problems."""
    answer = parse_table(SourceFile("data/leden.csv", data, ""))
    assert answer.problems == ()
    assert answer.value
    return answer.value


DUTCH = "jaar;aandeel, in %;café\n2020;12,5;één\n2021;14,1;twee\n"


@pytest.mark.parametrize(
    "data",
    [
        DUTCH.encode(),
        DUTCH.encode("utf-8-sig"),
        DUTCH.encode("cp1252"),
        DUTCH.replace(";", "\t").encode("utf-16"),
        ("sep=;\r\n" + DUTCH.replace("\n", "\r\n")).encode("cp1252"),
        DUTCH.replace("\n", ";;;\n").encode() + b";;;;;\n;;;;;\n",
        b'jaar,"aandeel, in %",caf\xc3\xa9\n2020,"12,5",\xc3\xa9\xc3\xa9n\n2021,"14,1",twee\n',
    ],
    ids="utf-8 bom windows-1252 tabs-utf-16 sep-line empty-ends commas".split(),
)
def test_a_file_is_read_as_a_spreadsheet_saves_it(data: bytes) -> None:
    found = table(data)
    assert found.columns == ("jaar", "aandeel, in %", "café")
    assert found.rows == (("2020", "12,5", "één"), ("2021", "14,1", "twee"))
    assert found.numbers(1, UNSTATED).plain == ("12.5", "14.1")
    assert found.lines[1] == found.lines[0] + 1


def test_a_cell_with_a_line_break_is_one_cell_and_the_next_row_keeps_its_line() -> None:
    found = table(b'wijk,leden\n"Oost\nen West",21\nZuid,4\n')
    assert found.rows == (("Oost en West", "21"), ("Zuid", "4"))
    assert found.lines == (2, 4)


def test_a_damaged_file_is_not_taken_for_windows() -> None:
    answer = parse_table(SourceFile("data/leden.csv", "wijk,leden\ncafé,3\n".encode() + b"na\xefef,4\n", ""))
    assert [(problem.code, problem.place.line) for problem in answer.problems] == [("D107", 3)]
