"""Charts: what a reader sees in the drawing, read back from the SVG."""

from __future__ import annotations

import csv
import hashlib
import io
import logging
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
import pytest
import weasyprint
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html

from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.model import Asset, ChartKind, ChartSpec, DataTable, Drawing, Theme
from dossierbuild.core.problems import Place
from dossierbuild.core.typography import calendar, number_format
from dossierbuild.tools.charts import draw_chart
from dossierbuild.tools.charts.library import matplotlib_apart
from dossierbuild.tools.charts.plot import Anchor, Words
from dossierbuild.tools.charts.text_measure import TextMeasure

ROOT = Path(__file__).resolve().parent.parent
SVG = "{http://www.w3.org/2000/svg}"
PALETTE = ("#005a70", "#e06030", "#1a1f45", "#b8860b", "#702050", "#407050")
INK, MUTED, LINE, PAPER = "#101820", "#505860", "#c8c8c8", "#ffffff"
THEME = Theme(
    name="test",
    colours=FrozenMap({"ink": INK, "muted": MUTED, "line": LINE, "paper": PAPER}),
    palette=PALETTE,
    fonts=FrozenMap({"chart": "Dossier Sans"}),
)
WIDE, NARROW = 425.0, 225.0  # a text column, and a phone or a panel of the infographic
TERMS = yaml.safe_load((ROOT / "styles/terms.yaml").read_text("utf-8"))
FONTS = tuple(Asset(path.name, "font/ttf", path.read_bytes()) for path in sorted((ROOT / "styles/fonts").glob("*.ttf")))

VOLUNTEERS = "jaar,vrijwilligers_pct\n2016,50\n2020,44\n2021,39\n2022,41\n2023,49\n2024,50\n"
AGES = "leeftijd,totaal_pct,buurt_pct\n15-25,41.0,2.8\n25-35,34.2,4.1\n35-45,44.6,9.0\n75+,34.5,4.3\n"
CONTACT = "jaar,familie_pct,vrienden_pct,buren_pct\n2012,32.0,31.2,19.4\n2013,28.8,28.0,18.2\n2014,29.1,28.5,16.2\n"
INITIATIVES = "jaar,aantal\n2014,101\n2016,320\n2019,536\n2020,1471\n"
COHESION = (
    "gebied,kennen_elkaar_nauwelijks,gaan_prettig_om,gezellig_en_helpen,voelt_zich_thuis\n"
    "Nederland,26.1,75.3,60.5,62.1\nNoord,21.3,77.3,63.2,63.3\nOost,22.7,77.9,64.1,64.5\n"
)
ORGANISATIONS = (
    "soort,vrijwilligers\nSportvereniging,13.4\nLevensbeschouwelijke organisatie,6.4\nNatuur,3.5\n"
    "Sociale hulpverlening,3.4\nArbeids- of politieke organisatie,1.8\n"
)
HISTORY = (
    "jaar,gebeurtenis\n1892,Eerste buurthuis\n1925,Opbouw Drenthe\n1955,Ross: Community Organization\n1963,Opleiding\n"
    "1982,Platform en tijdschrift\n1987,Eerste beroepsprofiel\n1989,Leerstoel\n1990,Profiel gepresenteerd\n"
    "2007,Eerste Wmo\n2010,Competentieprofiel\n2013,Troonrede over de participatiesamenleving\n2015,Wmo 2015\n"
    "2017,De brede basis\n2020,Canon staat online\n2022,Profiel van de sociaal werker\n"
)
OPINIONS = "groep,eens,neutraal,oneens\nHuurders,40.5,35,24.5\nEigenaren,60,27,13\n"


def drawing(
    data: str,
    kind: str,
    *,
    y: str = "",
    unit: str = "",
    identifier: str = "fig-a",
    alt: str = "Wat er te zien is",
    language: str = "nl",
    width: float = WIDE,
) -> Drawing:
    """A chart of CSV text; x is its first column, and y all others unless they are named."""
    columns, *rows = csv.reader(io.StringIO(data))
    return Drawing(
        spec=ChartSpec(
            id=identifier,
            kind=ChartKind(kind),
            data="data/x.csv",
            x=columns[0],
            y=tuple(y.split(",")) if y else tuple(columns[1:]),
            unit=unit,
            alt=alt,
            place=Place("chapters/01.md", 3),
        ),
        table=DataTable(
            path="data/x.csv",
            columns=tuple(columns),
            rows=tuple(map(tuple, rows)),
            lines=tuple(range(2, len(rows) + 2)),
        ),
        theme=THEME,
        numbers=number_format(TERMS[language]),
        calendar=calendar(TERMS[language]),
        no_data=TERMS[language]["no_data"],
        continued=TERMS[language]["continued"],
        fonts=FONTS,
        width=width,
    )


EVERY = {
    "line": drawing(CONTACT, "line", unit="%"),
    "line of one": drawing(VOLUNTEERS, "line", unit="%"),
    "dots over years": drawing(INITIATIVES, "dot", unit="initiatieven"),
    "dots in rows": drawing(COHESION, "dot", unit="%"),
    "standing bars": drawing(VOLUNTEERS, "bar", unit="%"),
    "lying bars": drawing(ORGANISATIONS, "bar", unit="%"),
    "grouped bars": drawing(AGES, "bar", unit="%"),
    "lying stacks": drawing(OPINIONS, "stacked", unit="%"),
    "standing stacks": drawing(CONTACT, "stacked", unit="uren"),
    "timeline": drawing(HISTORY, "timeline"),
    "share": drawing("soort,deel\nZorg,45.5\nWonen en leefomgeving,30\nSport,24.5\n", "share", unit="%"),
    "multiples": drawing(CONTACT, "multiples", unit="%"),
}
EVERY = {
    name: replace(one, spec=replace(one.spec, id=f"fig-{number}")) for number, (name, one) in enumerate(EVERY.items())
}
every = pytest.mark.parametrize("one", EVERY.values(), ids=EVERY.keys())


def sheets(one: Drawing) -> list[ElementTree.Element]:
    """The drawing on each sheet that it takes."""
    return list(ElementTree.fromstring(b"<sheets>" + draw_chart(one) + b"</sheets>"))


def drawn(one: Drawing) -> ElementTree.Element:
    """The drawing of a chart that takes one sheet."""
    (svg,) = sheets(one)
    return svg


def texts(svg: ElementTree.Element) -> list[str]:
    return [text.text or "" for text in svg.iter(f"{SVG}text")]


def place_of(svg: ElementTree.Element, text: str) -> tuple[float, float]:
    """x and y of the one text with these words."""
    (found,) = [one for one in svg.iter(f"{SVG}text") if one.text == text]
    return float(found.attrib["x"]), float(found.attrib["y"])


Corners = list[tuple[float, float]]


def corners(path: ElementTree.Element) -> Corners:
    return [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)(?= [A-Za-z]|$)", path.attrib["d"])]


def lines(svg: ElementTree.Element, colour: str) -> list[Corners]:
    return [corners(path) for path in svg.iter(f"{SVG}path") if path.get("stroke") == colour]


def filled(svg: ElementTree.Element, colour: str) -> list[ElementTree.Element]:
    return [path for path in svg.iter(f"{SVG}path") if path.get("fill") == colour]


def bars(svg: ElementTree.Element, colour: str) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of the rectangles of a colour."""
    found = [corners(path) for path in filled(svg, colour) if "C" not in path.attrib["d"]]
    boxes = [(min(xs), min(ys), max(xs), max(ys)) for xs, ys in (zip(*points, strict=True) for points in found)]
    return [box for box in boxes if box[2] - box[0] != pytest.approx(10) or box[3] - box[1] != pytest.approx(10)]


def middle(path: ElementTree.Element) -> tuple[float, float]:
    xs, ys = zip(*corners(path), strict=True)
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.fixture(scope="module")
def measure() -> Iterator[TextMeasure]:
    with matplotlib_apart():
        yield TextMeasure(FONTS, "Dossier Sans")


def boxes(svg: ElementTree.Element, measure: TextMeasure) -> list[tuple[str, tuple[float, float, float, float]]]:
    """Each text with its box: left, top, right, bottom."""
    return [
        (
            text.text or "",
            measure.box(
                Words(
                    x=float(text.attrib["x"]),
                    y=float(text.attrib["y"]),
                    text=text.text or "",
                    colour=text.get("fill", "#000000"),
                    anchor=Anchor(text.get("text-anchor", "start")),
                    size=float(text.attrib["font-size"]),
                    bold=text.get("font-weight") == "600",
                )
            ),
        )
        for text in svg.iter(f"{SVG}text")
    ]


def assert_room_for_all(svg: ElementTree.Element, measure: TextMeasure) -> None:
    """No text over another, and none beyond the edge."""
    _, _, width, height = (float(number) for number in svg.attrib["viewBox"].split())
    found = boxes(svg, measure)
    for text, (left, top, right, bottom) in found:
        assert left >= -0.2 and top >= -0.2 and right <= width + 0.2 and bottom <= height + 0.2, text  # noqa: PT018
    for (text, one), (other_text, other) in combinations(found, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart, (text, other_text)


# --- what stands there ---------------------------------------------------------------------------------------------


def test_grouped_bars_show_names_and_dutch_numbers() -> None:
    found = texts(drawn(drawing(AGES, "bar", unit="%")))
    assert {"Totaal", "Buurt", "Leeftijd", "15-25", "75+", "41,0%", "2,8%", "34,5%"} <= set(found)


def test_thousands_are_grouped_and_years_are_not() -> None:
    assert {"1.471", "101", "2014", "2020", "Aantal, initiatieven"} <= set(
        texts(drawn(drawing(INITIATIVES, "bar", unit="initiatieven")))
    )


def test_numbers_and_words_follow_the_language() -> None:
    data = "group,share\nTenants,1234.5\nOwners,\n"
    assert {"1,234.5", "no data"} <= set(texts(drawn(drawing(data, "bar", language="en"))))
    assert {"1.234,5", "geen gegevens"} <= set(texts(drawn(drawing(data, "bar"))))


@pytest.mark.parametrize(
    ("column", "unit", "name"),
    [
        ("vertrouwen_medemens_pct", "%", "Vertrouwen medemens"),
        ("vrijwilligers (%)", "%", "Vrijwilligers"),
        ("initiatieven_aantal", "", "Initiatieven"),
        ("uren_percentage", "%", "Uren"),
        ("Wmo-meldingen", "", "Wmo-meldingen"),
        ("tijd", "uren per week", "Tijd, uren per week"),
    ],
)
def test_column_names_become_words(column: str, unit: str, name: str) -> None:
    assert name in texts(drawn(drawing(f"jaar,{column}\n2020,1\n2021,2\n", "line", unit=unit)))


def test_negative_numbers_go_the_other_way_with_a_minus_sign() -> None:
    svg = drawn(drawing("gebied,verschil\nNoord,-3.5\nZuid,2\n", "bar"))
    (_, top, _, zero), (_, down_top, _, down) = sorted(bars(svg, PALETTE[0]))[::-1]
    assert "−3,5" in texts(svg)
    assert zero == pytest.approx(down_top)
    assert (down - down_top) / (zero - top) == pytest.approx(3.5 / 2, rel=0.01)


def test_a_table_without_numbers_says_so() -> None:
    assert texts(drawn(drawing("jaar,aantal\n2020,\n", "line"))) == ["geen gegevens"]
    assert texts(drawn(drawing("jaar,aantal\n", "bar"))) == ["geen gegevens"]


# --- honest shapes -------------------------------------------------------------------------------------------------


def test_a_line_breaks_where_a_year_is_missing() -> None:
    svg = drawn(drawing("jaar,a\n2012,58\n2018,62\n2013,58\n2020,63\n2022,66\n2021,66\n2019,\n2014,59\n", "line"))
    runs = sorted(lines(svg, PALETTE[0]))
    years = {year: place_of(svg, str(year))[0] for year in range(2012, 2023)}
    spans = [(run[0][0], run[-1][0]) for run in runs]
    assert spans == [pytest.approx((years[2012], years[2014])), pytest.approx((years[2020], years[2022]))]
    assert len([path for path in filled(svg, PALETTE[0]) if "C" in path.attrib["d"]]) == 7
    widths = [later - year for year, later in pairwise(years.values())]
    assert widths == [pytest.approx(widths[0], abs=0.2)] * 10


def test_a_cell_that_is_empty_breaks_the_line_of_its_series_only() -> None:
    svg = drawn(drawing("kwartaal,a,b\neerste,1,4\ntweede,2,5\nderde,,6\nvierde,4,7\n", "line"))
    whole = [run for run in lines(svg, PALETTE[1]) if len(run) == 4]
    broken = [run for run in lines(svg, PALETTE[0]) if len(run) >= 3]
    assert len(whole) == 1
    assert not [run for run in broken if run[0][0] == whole[0][0][0] and run[-1][0] == whole[0][-1][0]]


def test_years_far_apart_that_follow_each_other_evenly_are_joined() -> None:
    svg = drawn(drawing("jaar,a\n1990,5\n2000,6\n2010,7\n", "line"))
    assert [len(run) for run in lines(svg, PALETTE[0])] == [3]


def test_dots_are_not_joined_and_leave_room() -> None:
    svg = drawn(drawing(INITIATIVES, "dot"))
    marks = [middle(path)[0] for path in filled(svg, PALETTE[0])]
    assert marks == [pytest.approx(place_of(svg, year)[0], abs=0.3) for year in ("2014", "2016", "2019", "2020")]
    assert lines(svg, PALETTE[0]) == []
    assert (marks[2] - marks[1]) / (marks[1] - marks[0]) == pytest.approx(3 / 2, rel=0.02)


def test_standing_bars_start_at_zero_and_leave_room_for_missing_years() -> None:
    svg = drawn(drawing(VOLUNTEERS, "bar", unit="%"))
    found = sorted(bars(svg, PALETTE[0]))
    assert {bottom for _, _, _, bottom in found} == {found[0][3]}
    heights = [bottom - top for _, top, _, bottom in found]
    assert [height / heights[0] * 50 for height in heights] == pytest.approx([50, 44, 39, 41, 49, 50], abs=0.1)
    assert found[1][0] - found[0][0] == pytest.approx(4 * (found[2][0] - found[1][0]), abs=0.3)
    assert "2018" in texts(svg)


def test_lying_bars_start_at_zero() -> None:
    svg = drawn(drawing(ORGANISATIONS, "bar", unit="%"))
    found = sorted(bars(svg, PALETTE[0]), key=lambda box: box[1])
    assert len({left for left, *_ in found}) == 1
    widths = [right - left for left, _, right, _ in found]
    assert [width / widths[0] * 13.4 for width in widths] == pytest.approx([13.4, 6.4, 3.5, 3.4, 1.8], abs=0.05)


def test_parts_of_a_bar_lie_end_to_end() -> None:
    svg = drawn(drawing(OPINIONS, "stacked", unit="%"))
    upper = [min(bars(svg, colour), key=lambda box: box[1]) for colour in PALETTE[:3]]
    assert [after[0] - before[2] for before, after in pairwise(upper)] == pytest.approx([1, 1], abs=0.15)
    assert [box[2] - box[0] + 1 for box in upper] == pytest.approx(
        [share * (upper[2][2] + 1 - upper[0][0]) / 100 for share in (40.5, 35, 24.5)], abs=0.3
    )


def test_shares_are_the_parts_of_one_bar() -> None:
    svg = drawn(drawing("soort,deel\nZorg,45.5\nWonen,30\nSport,24.5\n", "share", unit="%"))
    parts = [bars(svg, colour)[-1] for colour in PALETTE[:3]]
    assert len({(top, bottom) for _, top, _, bottom in parts}) == 1
    widths = [right - left + 1 for left, _, right, _ in parts]
    assert [width / sum(widths) * 100 for width in widths] == pytest.approx([45.5, 30, 24.5], abs=0.3)
    assert {"Zorg", "Wonen", "Sport", "45,5%", "30%", "24,5%"} <= set(texts(svg))


def test_percentages_that_are_no_whole_do_not_fill_the_bar() -> None:
    svg = drawn(drawing("soort,deel\nZorg,45.5\nWonen,30\n", "share", unit="%"))
    first, second = (bars(svg, colour)[-1] for colour in PALETTE[:2])
    assert second[2] == pytest.approx(first[0] + (WIDE - first[0]) * 0.755, abs=6)
    assert bars(svg, LINE)[-1][2] == pytest.approx(WIDE, abs=6)


def test_small_multiples_stand_on_one_scale() -> None:
    svg = drawn(drawing("jaar,noord,zuid\n2020,10,40\n2021,20,30\n2022,30,20\n", "multiples", unit="%"))
    north, south = sorted((run for run in lines(svg, PALETTE[0]) if len(run) == 3), key=lambda run: run[0][0])
    assert {"Noord", "Zuid", "30%", "20%", "2020", "2022"} <= set(texts(svg))
    assert [y for _, y in north[1:]] == pytest.approx([y for _, y in reversed(south[1:])], abs=0.2)
    assert north[-1][0] < south[0][0]


def test_an_axis_that_does_not_start_at_zero_shows_its_numbers_and_is_not_stretched() -> None:
    svg = drawn(drawing("jaar,a\n2020,60\n2021,61\n", "line", unit="%"))
    axis = [int(text.rstrip("%")) for text in texts(svg) if text.endswith("%") and text not in ("60%", "61%")]
    assert max(axis) - min(axis) >= 20
    assert max(axis) <= 100


def test_percentages_stay_below_a_hundred() -> None:
    axis = [text for text in texts(drawn(drawing("jaar,a\n2020,97\n2021,99\n", "line", unit="%"))) if "%" in text]
    assert max(int(text.rstrip("%")) for text in axis) == 100


def test_a_timeline_stands_on_a_true_scale() -> None:
    svg = drawn(drawing(HISTORY, "timeline"))
    rows = [line.split(",") for line in HISTORY.splitlines()[1:]]
    marks = [middle(path)[1] for path in filled(svg, PALETTE[0])]
    years = [int(year) for year, _ in rows]
    share = [(year - years[0]) / (years[-1] - years[0]) for year in years]
    assert [(mark - marks[0]) / (marks[-1] - marks[0]) for mark in marks] == pytest.approx(share, abs=0.005)
    for year, event in rows:
        assert place_of(svg, year)[1] == pytest.approx(place_of(svg, event)[1])
    heights = [place_of(svg, event)[1] for _, event in rows]
    assert heights == sorted(heights)


def test_a_timeline_of_moments_that_are_no_years_keeps_their_order() -> None:
    svg = drawn(drawing("wanneer,wat,wie\nvoorjaar,Begin,de buurt\nzomer,Feest,allen\n", "timeline"))
    assert texts(svg) == ["voorjaar", "Begin", "de buurt", "zomer", "Feest", "allen"]


# --- readable ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [WIDE, NARROW])
@every
def test_nothing_overlaps_or_is_cut_off(one: Drawing, width: float, measure: TextMeasure) -> None:
    svg = drawn(replace(one, width=width))
    assert svg.attrib["viewBox"].split()[2] == f"{width:g}"
    assert_room_for_all(svg, measure)


@every
def test_a_narrow_drawing_says_what_the_wide_one_says(one: Drawing) -> None:
    wide, narrow = ("".join(texts(drawn(replace(one, width=width)))) for width in (WIDE, NARROW))
    letters = [sorted(re.sub(r"[^a-zé]", "", text.casefold())) for text in (wide, narrow)]
    assert letters[0] == letters[1]


WORD = st.text("abcdefghijklmnopqrstuvwxyzé", min_size=1, max_size=24)
NAME = st.lists(WORD, min_size=1, max_size=7).map(" ".join)
NUMBER = st.one_of(st.just(""), st.integers(-50, 5000).map(str), st.floats(0, 100).map(lambda value: f"{value:.1f}"))


@st.composite
def tables(draw: st.DrawFn) -> str:
    """A table of up to 40 rows and four columns of numbers, with years or names as categories."""
    series = draw(st.integers(1, 4))
    labels = st.lists(NAME, min_size=1, max_size=40, unique=True)
    years = st.lists(st.integers(1890, 2030).map(str), min_size=1, max_size=40, unique=True)
    categories = draw(st.one_of(labels, years))
    names = draw(st.lists(NAME, min_size=series, max_size=series, unique=True))
    rows = [[category, *(draw(NUMBER) for _ in range(series))] for category in categories]
    out = io.StringIO()
    csv.writer(out).writerows([["soort", *names], *rows])
    return out.getvalue()


@given(
    data=tables(),
    kind=st.sampled_from(["line", "bar", "dot", "stacked", "share", "multiples"]),
    unit=st.sampled_from(["", "%", "uren"]),
    width=st.sampled_from([WIDE, NARROW]),
)
@example(  # years so far apart that they stand one by one, among them round ones that stand side by side
    data="soort,a,a a\n"
    + "".join(f"{year},,\n" for year in (*range(1890, 1900), 1955, *range(1965, 1970)))
    + "1970,,0\n",
    kind="bar",
    unit="",
    width=NARROW,
)
@settings(max_examples=90, deadline=None, derandomize=True)
def test_nothing_overlaps_whatever_the_data(
    measure: TextMeasure, data: str, kind: str, unit: str, width: float
) -> None:
    for svg in sheets(drawing(data, kind, unit=unit, width=width)):
        assert_room_for_all(svg, measure)


@given(
    events=st.lists(st.tuples(st.integers(1500, 2030), NAME), min_size=1, max_size=40),
    width=st.sampled_from([WIDE, NARROW]),
)
@settings(max_examples=20, deadline=None, derandomize=True)
def test_no_event_overlaps_another(measure: TextMeasure, events: list[tuple[int, str]], width: float) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([["jaar", "wat"], *events])
    for svg in sheets(drawing(out.getvalue(), "timeline", width=width)):
        assert_room_for_all(svg, measure)


PAGE_HEIGHT = 560  # points: what a page holds beside a caption


def height(svg: ElementTree.Element) -> float:
    return float(svg.attrib["viewBox"].split()[3])


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("kind", ["bar", "dot", "stacked", "timeline"])
def test_rows_beyond_a_page_are_continued_on_the_next(kind: str, width: float) -> None:
    names = [f"Gemeente {number}" for number in range(1, 91)]
    data = "plaats,aandeel,ander\n" + "".join(f"{name},{at % 37 + 1},{at}.5\n" for at, name in enumerate(names))
    chart = drawing(data, kind, y="aandeel" if kind == "bar" else "", width=width)
    found = sheets(chart)
    assert [text for svg in found for text in texts(svg) if text.startswith("Gemeente")] == names
    assert all(height(svg) <= PAGE_HEIGHT for svg in found if width == WIDE)
    assert ["vervolg" in " ".join(texts(svg)) for svg in found] == [False] + [True] * (len(found) - 1)
    assert [svg.get("role") for svg in found] == ["img"] + [None] * (len(found) - 1)
    assert len(found) == len(sheets(replace(chart, width=WIDE))) > 1


def test_the_axis_is_the_same_on_each_sheet() -> None:
    data = "gemeente,aandeel\n" + "".join(f"Gemeente {number},{number}\n" for number in range(1, 41))
    first, second = sheets(drawing(data, "bar"))
    longest, other = (max(box[2] - box[0] for box in bars(svg, PALETTE[0])) for svg in (first, second))
    assert longest / other == pytest.approx(20 / 40, abs=0.01)


def test_thirty_small_multiples_are_continued_on_one_scale() -> None:
    columns = [f"wijk {number}" for number in range(1, 31)]
    rows = [[str(year), *(str(number * (year - 2018)) for number in range(1, 31))] for year in (2019, 2020, 2021)]
    found = sheets(drawing("\n".join(",".join(row) for row in [["jaar", *columns], *rows]), "multiples"))
    assert [text for svg in found for text in texts(svg) if text.startswith("Wijk")] == [
        name.title() for name in columns
    ]
    assert all(height(svg) <= PAGE_HEIGHT for svg in found)
    assert {"80", "40"} <= set(texts(found[0])) & set(texts(found[-1]))


@pytest.mark.parametrize("kind", ["line", "bar", "stacked", "dot"])
def test_thirty_series_find_room_on_a_page(kind: str, measure: TextMeasure) -> None:
    names = ",".join(f"een lange naam van een reeks met nummer {number}" for number in range(30))
    rows = "".join(f"{year},{','.join(str(number + 1) for number in range(30))}\n" for year in (2019, 2020, 2021))
    for width in (WIDE, NARROW):
        svg = drawn(drawing(f"jaar,{names}\n{rows}", kind, width=width))
        assert_room_for_all(svg, measure)
        assert height(svg) <= (PAGE_HEIGHT if width == WIDE else 2 * PAGE_HEIGHT)


# --- time ----------------------------------------------------------------------------------------------------------


def marks(svg: ElementTree.Element) -> list[float]:
    """The x of each point of the first series, from left to right."""
    return sorted(middle(path)[0] for path in filled(svg, PALETTE[0]))


@pytest.mark.parametrize(
    "moments",
    [
        ["2020-01", "2020-02", "2020-05"],
        ["mei 2020", "jan 2020", "feb 2020"],
        ["2020Q1", "2020Q2", "2021Q1"],
        ["2020-01-01", "2020-01-11", "2020-02-10"],
        ["10-2-2020", "1-1-2020", "11 januari 2020"],
        ["2016", "2017", "2020"],
    ],
    ids=lambda moments: moments[0],
)
@pytest.mark.parametrize("kind", ["line", "dot"])
def test_time_on_the_axis_is_in_proportion(kind: str, moments: list[str]) -> None:
    svg = drawn(drawing("maand,a\n" + "".join(f"{moment},{at + 1}\n" for at, moment in enumerate(moments)), kind))
    first, second, third = marks(svg)
    assert (third - second) / (second - first) == pytest.approx(3, abs=0.05)


def test_months_and_quarters_are_printed_in_the_language_of_the_dossier() -> None:
    data = "maand,a\n2020-01,1\n2020-02,2\n2020-03,3\n"
    assert {"januari 2020", "maart 2020"} <= set(texts(drawn(drawing(data, "line"))))
    assert {"January 2020", "March 2020"} <= set(texts(drawn(drawing(data, "line", language="en"))))
    assert "1e kwartaal 2020" in texts(drawn(drawing("kwartaal,a\n2020Q1,1\n2020Q2,2\n", "bar")))


def test_years_of_months_and_days_have_ticks_at_whole_years() -> None:
    months = [f"{2000 + number // 12}-{number % 12 + 1:02}" for number in range(120)]
    days = [f"{1 + number % 28}-{number % 12 + 1}-{2000 + number // 12}" for number in range(120)]
    for moments in (months, days):
        svg = drawn(drawing("x,a\n" + "".join(f"{moment},{at}\n" for at, moment in enumerate(moments)), "line"))
        labels = [text for text in texts(svg) if re.search("20[01][0-9]", text)]
        assert len(labels) >= 3
        assert {re.sub("januari ", "", label) for label in labels} <= {str(year) for year in range(2000, 2011)}


def test_a_cloud_of_points_may_have_several_in_a_year() -> None:
    svg = drawn(drawing("jaar,a\n2020,1\n2020,2\n2022,3\n2023,3\n", "dot"))
    first, second, third, _ = marks(svg)
    assert first == second < third
    assert "2021" in texts(svg)


@pytest.mark.parametrize("kind", ["line", "dot"])
def test_ten_thousand_points_are_few_shapes_and_words(kind: str) -> None:
    rows = "".join(f"{1 + at % 28}-{at // 28 % 12 + 1}-{at // 336 + 2000},{at % 91},{at % 83}\n" for at in range(5000))
    svg = drawn(drawing(f"dag,a,b\n{rows}", kind))
    assert len(texts(svg)) < 30
    assert len(list(svg)) < (60 if kind == "line" else 10_060)


@pytest.mark.parametrize("kind", ["line", "bar", "dot", "stacked", "share", "multiples"])
@pytest.mark.parametrize("moments", [("2020", "2021"), ("Noord", "Zuid"), ("1-1-0001", "31-12-9999")])
def test_the_smallest_and_the_largest_numbers_find_a_scale(
    kind: str, moments: tuple[str, str], measure: TextMeasure
) -> None:
    for numbers in (("0.00000000000000000001", "0.00000000000000000002"), ("999999999999999", "1"), ("-5", "-5")):
        rows = "".join(f"{moment},{number}\n" for moment, number in zip(moments, numbers, strict=True))
        assert_room_for_all(drawn(drawing(f"x,a\n{rows}", kind)), measure)


# --- words ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["line", "bar", "dot", "stacked", "multiples"])
@pytest.mark.parametrize("first", ["2020", "Noord", "1-1-2020", "jan 2020"])
def test_long_names_of_columns_find_room(kind: str, first: str, measure: TextMeasure) -> None:
    name = "een kolom met een heel lange naam die nergens op één regel past, en ook niet op een telefoon"
    for width in (WIDE, NARROW):
        assert_room_for_all(drawn(drawing(f'"{name}","{name} x"\n{first},12\n', kind, width=width)), measure)


def test_long_names_are_wrapped_not_cut() -> None:
    name = "Organisatie voor ontmoeting, ondersteuning en belangenbehartiging van bewoners in de wijk"
    svg = drawn(drawing(f'soort,aantal\n"{name}",3\nKort,4\n', "bar"))
    words = " ".join(texts(svg))
    assert name not in texts(svg)
    assert name in words


@every
def test_lettering_is_large_and_dark_enough(one: Drawing) -> None:
    svg = drawn(one)
    _, _, width, _ = (float(number) for number in svg.attrib["viewBox"].split())
    points = 150 / 25.4 * 72 / width  # at the column's width of 150 mm
    for text in svg.iter(f"{SVG}text"):
        assert float(text.attrib["font-size"]) * points >= 8.5
    grounds = [(box, colour) for colour in PALETTE for box in bars(svg, colour)]
    for text in svg.iter(f"{SVG}text"):
        x, y = float(text.attrib["x"]), float(text.attrib["y"]) - 3
        under = [colour for box, colour in grounds if box[0] < x < box[2] and box[1] < y < box[3]]
        assert contrast(text.get("fill", "#000000"), under[-1] if under else PAPER) >= 4.5, text.text


@pytest.mark.parametrize("kind", ["line", "dot"])
def test_series_differ_by_the_shape_of_their_marks(kind: str) -> None:
    svg = drawn(drawing(CONTACT, kind))
    shapes = {re.sub(r"[\d. -]+", "", filled(svg, colour)[0].attrib["d"]) for colour in PALETTE[:2]}
    assert len(shapes) == 2


def test_series_of_bars_differ_by_stripes() -> None:
    svg = drawn(drawing(AGES, "bar", unit="%"))
    stripes = [run for run in lines(svg, PAPER) if len(run) > 2]

    def striped(box: tuple[float, float, float, float]) -> bool:
        starts = [run[0] for run in stripes]
        return any(box[0] - 0.1 <= x <= box[2] + 0.1 and box[1] - 0.1 <= y <= box[3] + 0.1 for x, y in starts)

    assert [striped(box) for box in bars(svg, PALETTE[0])] == [False] * 4
    assert [striped(box) for box in bars(svg, PALETTE[1])] == [True] * 4


def test_lines_are_named_at_their_ends() -> None:
    svg = drawn(drawing(CONTACT, "line", unit="%"))
    heights = [place_of(svg, name)[1] for name in ("Familie", "Vrienden", "Buren")]
    (line,) = [run for run in lines(svg, PALETTE[2]) if run[-1][0] - run[0][0] > 100]
    assert heights == sorted(heights)
    assert heights[2] == pytest.approx(line[-1][1] + 3, abs=1)


# --- fit to stand in a page ----------------------------------------------------------------------------------------


@every
def test_the_drawing_has_a_name_and_takes_its_size_from_the_page(one: Drawing) -> None:
    svg = drawn(one)
    title = svg[0]
    assert title.tag == f"{SVG}title"
    assert title.text == "Wat er te zien is"
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == title.get("id")
    assert svg.keys() == ["viewBox", "font-family", "role", "aria-labelledby"]


@every
def test_the_drawing_holds_paths_and_texts_only(one: Drawing) -> None:
    data = draw_chart(one).decode()
    inside = list(ElementTree.fromstring(data))[1:]
    assert {element.tag for element in inside} <= {f"{SVG}path", f"{SVG}text"}
    assert not [element for element in inside if {"id", "style", "class", "clip-path"} & set(element.keys())]
    assert data.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert "<!--" not in data
    assert "xlink" not in data


def test_two_charts_share_no_id() -> None:
    both = [drawn(drawing(AGES, "bar", identifier=name)) for name in ("fig-a", "fig-b")]
    ids = [element.attrib["id"] for svg in both for element in svg.iter() if "id" in element.attrib]
    assert len(ids) == len(set(ids)) > 0
    assert all(one.startswith(("fig-a-", "fig-b-")) for one in ids)


def test_alternative_text_is_escaped() -> None:
    assert drawn(drawing(AGES, "bar", alt='< 5% & "meer" é'))[0].text == '< 5% & "meer" é'


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    svg = drawn(drawing("soort,a\x07 b\nEen\x00twee,3\nDrie,4\n", "bar", alt="Meer\x0cminder", unit="\x1b"))
    assert svg[0].text == "Meer minder"
    assert {"Een twee", "Drie", "3", "4"} <= set(texts(svg))


def test_a_browser_reads_the_same_drawing_inline() -> None:
    data = draw_chart(EVERY["grouped bars"]).decode()
    page = html.document_fromstring(f"<!doctype html><body><figure>{data}</figure></body>")
    assert [text.text for text in page.iter("text")] == texts(ElementTree.fromstring(data))


def test_paper_shows_every_chart_without_complaint(caplog: pytest.LogCaptureFixture) -> None:
    faces = "".join(
        f"@font-face{{font-family:'Dossier Sans';font-weight:{weight};src:url({path.as_uri()})}}"
        for weight, path in (
            (400, ROOT / "styles/fonts/DossierSans-Regular.ttf"),
            (600, ROOT / "styles/fonts/DossierSans-Semibold.ttf"),
        )
    )
    figures = "".join(f"<figure>{draw_chart(one).decode()}</figure>" for one in EVERY.values())
    source = f"<html lang='nl'><style>{faces}figure{{margin:0;break-after:page}}</style><body>{figures}"
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        paper = weasyprint.HTML(string=source).write_pdf()
    with pypdfium2.PdfDocument(paper) as pdf:
        pages = [pdf[number].get_textpage().get_text_bounded() for number in range(len(EVERY))]
    assert caplog.records == []
    for one, page in zip(EVERY.values(), ("".join(page.split()) for page in pages), strict=True):
        assert [text for text in texts(drawn(one)) if "".join(text.split()) not in page] == []


# --- the same everywhere -------------------------------------------------------------------------------------------

PROGRAM = """
import sys, hashlib
sys.path[:0] = sys.argv[2:]
from tests.test_charts import EVERY
from dossierbuild.tools.charts import draw_chart
print(hashlib.sha256(b"".join(map(draw_chart, EVERY.values()))).hexdigest())
"""


def test_the_same_drawing_gives_the_same_bytes_anywhere(tmp_path: Path) -> None:
    (tmp_path / "matplotlibrc").write_text("font.style: italic\nmarkers.fillstyle: none\nsvg.fonttype: path\n")
    (tmp_path / "home").mkdir()
    places = {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C", "HOME": str(tmp_path / "home")}
    done = subprocess.run(
        [sys.executable, "-P", "-c", PROGRAM, "-", str(ROOT / "src"), str(ROOT)],
        cwd=tmp_path,
        env={key: value for key, value in os.environ.items() if not key.startswith(("MPL", "XDG"))} | places,
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == hashlib.sha256(b"".join(map(draw_chart, EVERY.values()))).hexdigest()
    assert done.stderr == ""
    assert not [path for path in (tmp_path / "home").rglob("*") if "matplotlib" in path.name]


def test_the_environment_is_left_as_it_was() -> None:
    before = dict(os.environ)
    draw_chart(EVERY["line"])
    assert dict(os.environ) == before
