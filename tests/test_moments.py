"""Moments as editors and spreadsheets write them: the same moment is the same number, and time is in proportion."""

from __future__ import annotations

import pytest

from dossierbuild.core.moments import Calendar, read_moment, read_moments, ticks

DUTCH = Calendar(
    months=tuple("januari februari maart april mei juni juli augustus september oktober november december".split()),
    date="{day} {month} {year}",
    quarter="{number}e kwartaal {year}",
)


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("2020", ["2020"]),
        (
            "januari 2020",
            ["2020-01", "2020/1", "01-2020", "jan 2020", "Januari 2020", "jan. 2020", "jan-20", "2020 jan"],
        ),
        ("maart 1999", ["1999-03", "mrt 1999", "mrt-99", "March 1999"]),
        (
            "1e kwartaal 2020",
            ["2020Q1", "2020-K1", "Q1 2020", "1e kwartaal 2020", "2020 1e kwartaal", "1st quarter 2020"],
        ),
        ("1 februari 2020", ["2020-02-01", "1-2-2020", "01/02/2020", "1 februari 2020", "2020-02-01 00:00:00"]),
    ],
)
def test_a_moment_is_the_same_however_it_is_written(words: str, written: list[str]) -> None:
    assert {DUTCH.printed(moment) for cell in written if (moment := read_moment(cell))} == {words}
    assert None not in map(read_moment, written)


@pytest.mark.parametrize("cell", ["15-25", "31-2-2020", "2020-13", "voorjaar", "", "75+", "2019-20", "mei", "1.250"])
def test_what_is_no_moment_is_none(cell: str) -> None:
    assert read_moment(cell) is None


def test_moments_of_two_spans_are_no_line_of_time() -> None:
    assert read_moments(["2020", "2020-02"]) is None
    assert read_moments([]) is None


def test_days_have_ticks_at_whole_months_and_years() -> None:
    first, last = read_moment("2019-11-15"), read_moment("2021-02-03")
    assert first
    assert last
    found = [[DUTCH.printed(moment) for moment, _ in group] for group in ticks(first, last)]
    assert found[0][:3] == ["december 2019", "januari 2020", "februari 2020"]
    assert ["2020", "2021"] in found
