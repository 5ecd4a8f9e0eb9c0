"""Data files as an editor's spreadsheet leaves them: what cannot be read is told at the row where it begins."""

import pytest

from dossierbuild.core.model import SourceFile
from dossierbuild.stages.parse.data import parse_table


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
