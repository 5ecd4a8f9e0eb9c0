"""Columns of numbers: what each lacks to stand below the others, and what a view chooses of a data file."""

from __future__ import annotations

import pytest

from dossierbuild.core.decimal_marks import Shortfall, shortfalls
from dossierbuild.core.table_view import TableView, read_view, rounded, rows_shown

WHOLE = Shortfall(decimals=2, mark=True)
ONE = Shortfall(decimals=1)
NOTHING = Shortfall()


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (["12,5", "1,25", "100", "−0,5", "–3"], [ONE, NOTHING, WHOLE, ONE, WHOLE]),
        (["<0,01", "5–10", "ca. 3", "", "n.b.", "12,5"], [NOTHING, WHOLE, WHOLE, NOTHING, WHOLE, ONE]),
        (["1.234", "12", "1.250,25"], [WHOLE, WHOLE, NOTHING]),
        (["€ 1.250,50", "€ 3"], [NOTHING, WHOLE]),
        (["0.12", "-1.5"], [NOTHING, ONE]),
        (["12%", "3"], [NOTHING, Shortfall(sign=True)]),
        (["12 %", "3%", "4"], [NOTHING, Shortfall(space=True), Shortfall(sign=True, space=True)]),
    ],
)
def test_each_number_is_told_what_it_lacks(cells: list[str], found: list[Shortfall]) -> None:
    assert shortfalls(cells, ",") == tuple(found)


@pytest.mark.parametrize(
    "cells",
    [
        ["2020", "2021"],
        ["0344", "0363"],
        ["020-1234567", "030-7654321"],
        ["1-2-2024", "12-10-2024"],
        ["1,2 (0,8–1,5)", "3,4 (2,0–4,1)"],
        ["12,5", "veel"],
        ["12,5"],
        ["-", "x"],
        [],
    ],
    ids=";".join,
)
def test_what_are_no_numbers_to_compare_are_left(cells: list[str]) -> None:
    assert shortfalls(cells, ",") is None


COLUMNS = ("regio", "naam", "aantal")
ROWS = (("N", "wijk 10", "9"), ("N", "wijk 9", "10"), ("Z", "Élan", ""), ("Z", "echo", "2"), ("", "Som", "21"))
NUMBERS = ("9", "10", "", "2", "21")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ({}, [0, 1, 2, 3, 4]),
        ({"sort": "aantal"}, [3, 0, 1, 4, 2]),
        ({"sort": "-aantal", "total": "Som", "columns": "naam,aantal"}, [1, 0, 3, 2, 4]),
        ({"sort": "-aantal", "rows": "2"}, [4, 1]),
        ({"where": "regio=N"}, [0, 1]),
        ({"where": "regio=N|Z; aantal=9|2"}, [0, 3]),
        ({"where": "regio=X"}, []),
    ],
)
def test_a_view_chooses_rows_and_puts_them_in_order(given: dict[str, str], shown: list[int]) -> None:
    assert list(rows_shown(read_view(given), COLUMNS, ROWS, NUMBERS)) == shown


def test_words_are_sorted_as_people_do() -> None:
    names = tuple(None for _ in ROWS)
    assert list(rows_shown(TableView(sort="naam"), COLUMNS, ROWS, names)) == [3, 2, 4, 1, 0]


@pytest.mark.parametrize(
    ("number", "decimals", "printed"),
    [("12.55", "1", "12.6"), ("-0.25", "1", "-0.3"), ("3", "2", "3.00"), ("1250.5", "0", "1251"), ("7.25", "", "7.25")],
)
def test_numbers_are_rounded_to_what_is_asked(number: str, decimals: str, printed: str) -> None:
    assert rounded(number, decimals) == printed
