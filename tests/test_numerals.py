"""Numbers as editors and spreadsheets write them: one meaning, or a column that is told to have two."""

from __future__ import annotations

import pytest

from dossierbuild.core.numerals import Notation, read_numbers

STATED = Notation()


@pytest.mark.parametrize(
    ("cells", "plain"),
    [
        (["12,5", "14,1", "1.300,25"], ["12.5", "14.1", "1300.25"]),
        (["12.5", "14", "0.125"], ["12.5", "14", "0.125"]),
        (["1.250", "1.000.000"], ["1250", "1000000"]),
        (["1.250", "3,5"], ["1250", "3.5"]),
        (["€ 1.250,50", "-€ 3", "€0"], ["1250.50", "-3", "0"]),
        (["12,5%", "7 %"], ["12.5", "7"]),
        (["1\u00a0250", "1\u202f250", "12 500"], ["1250", "1250", "12500"]),
        (["\u22125,5", "+3", "-2"], ["-5.5", "3", "-2"]),
        (["1,5E+06", "2E-2"], ["1500000", "0.02"]),
        (["", " ", "4"], ["", "", "4"]),
        (["33.333333333333336"], ["33.333333333333336"]),
    ],
)
def test_a_column_has_one_meaning(cells: list[str], plain: list[str]) -> None:
    found = read_numbers(cells, STATED)
    assert list(found.plain) == plain
    assert (found.doubtful, found.mixed) == (None, None)


@pytest.mark.parametrize(
    "cell",
    [
        "9" * 5000,
        "nan",
        "inf",
        "1e999",
        "1e-999",
        "#DEEL/0!",
        ".",
        "-",
        "x",
        "12 3",
        "1.2.3",
        "1,2,3",
        "5-",
        "--5",
        "٣",
        "%",
    ],
)
def test_what_is_no_number_is_none(cell: str) -> None:
    assert read_numbers([cell, "4"], STATED).plain == (None, "4")


@pytest.mark.parametrize("cells", [["950", "1.250"], ["1,250", "2,340"], ["1.250", "2.340"]])
def test_a_column_that_may_be_thousands_is_doubtful_until_it_is_stated(cells: list[str]) -> None:
    sign = "." if "." in cells[1] else ","
    assert read_numbers(cells, STATED).doubtful is not None
    thousands, decimals = (read_numbers(cells, Notation(**{name: sign})) for name in ("thousands", "decimal"))
    assert thousands.doubtful is decimals.doubtful is None
    assert float(thousands.plain[1] or 0) == pytest.approx(1000 * float(decimals.plain[1] or 0))


def test_a_point_and_a_comma_in_one_column_contradict_each_other() -> None:
    assert read_numbers(["4", "1.5", "1,5"], STATED).mixed == (1, 2)
    assert read_numbers(["4", "1.5", "1,5"], Notation(decimal=",")).plain == ("4", None, "1.5")


def test_a_file_with_semicolons_has_decimal_commas() -> None:
    assert read_numbers(["1,250"], STATED, ",").plain == ("1.250",)
    assert read_numbers(["1,250"], STATED, ",").doubtful is None
    assert read_numbers(["1.250"], STATED, ",").doubtful == 0
