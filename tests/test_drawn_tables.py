"""Tables that were drawn by hand: what pandoc would misprint is told, and what it reads as it was meant is not."""

from __future__ import annotations

import pytest

from dossierbuild.core.catalogue import Language
from dossierbuild.core.model import SourceFile
from dossierbuild.stages.parse.texts import parse_text


def told(text: str) -> list[tuple[str, int | None]]:
    """The codes about drawings, with their lines, of a text below a heading on its first line."""
    answer = parse_text(SourceFile("chapters/01.md", f"# Kop\n{text}".encode(), ""), Language.NL)
    return [(found.code, found.place.line) for found in answer.problems if found.code in ("D335", "D336")]


GRID = """
+-----+-----+
| a   | b   |
+=====+=====+
| 1   | 2   |
+-----+-----+
"""


@pytest.mark.parametrize(
    ("written", "drawn", "line"),
    [
        ("| 1   | 2   |", "| 1 en meer | 2   |", 6),
        ("| 1   | 2   |", "| 1  | 2    |", 6),
        ("| 1   | 2   |\n+-----+-----+", "| 1   | 2   |\n+----+------+", 7),
        ("| 1   | 2   |\n+-----+-----+", "| 1   | 2   |\n+-----+-----+\n| 3   | 4   |", 8),
        ("| a   | b   |", "| een | b  |", 4),
        ("| a   | b   |", "| een | b", 0),
        ("| 1   | 2   |", "| een cel   |", 0),
        ("| 1   | 2   |", "| café | 2  |", 4 + 2),
        ("| 1   | 2   |", "| é   | 2   |", 0),
        ("| 1   | 2   |", "| 1   | 2   |\n|     | nog |", 0),
        ("| 1   | 2   |", "| `|` | 2   |", 0),
    ],
)
def test_strokes_that_do_not_meet_are_told_at_their_line(written: str, drawn: str, line: int) -> None:
    assert told(GRID.replace(written, drawn)) == ([("D335", line)] if line else [])


@pytest.mark.parametrize(
    "text",
    [
        f"```\n{GRID.replace('| 1   | 2   |', '| 1 en meer | 2   |')}```\n",
        "\nTekst met een + en een | teken.\n\n| Een regel\n| en nog een\n",
        "\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    ],
    ids=["code", "lines", "pipes"],
)
def test_what_is_no_drawing_is_not_told(text: str) -> None:
    assert told(text) == []


SIMPLE = """
  Uren Taak
------ ----------
     2 Tafels
    12 Stoelen en banken

: Wie wat doet aan het eind van de dag
"""
FRAMED = """
-----------------
  Uren Taak
------ ----------
     2 Tafels
       klaarzetten

     3 Taart
-----------------
"""


@pytest.mark.parametrize("table", [SIMPLE, FRAMED], ids=["simple", "framed"])
def test_a_word_across_two_columns_is_told_at_its_line(table: str) -> None:
    assert told(table) == []
    assert told(f"\nTable: Een bijschrift dat erboven staat\n{table}".replace(": Wie wat", "Wie wat")) == []
    assert [code for code, _ in told(table.replace("     2 Tafels", "     2Tafels"))] == ["D336"]
    assert [code for code, _ in told(table.replace("  Uren Taak", "  Urentaak"))] == ["D336"]
