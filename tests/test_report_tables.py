"""Tables as reports have them, read back from built files: heads, merged cells, numbers, notes, chosen data."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import pypdfium2
import pytest
from test_claims import data_of, table_on_page

from dossierbuild.core.spec import Format
from dossierbuild.core.table_width import SETTINGS, setting_for
from dossierbuild.tools import markup
from dossierbuild.tools.pdf_reader import PdfElement, read_pdf

NAMES = ("tbl-lagen", "tbl-rijen", "tbl-hoek", "tbl-merken", "tbl-wijken", "tbl-veertien", "tbl-in-kader")


def on_page() -> markup.Element:
    return markup.parse_html(data_of(Format.HTML))


def in_book(name: str) -> markup.Element:
    """A table in the e-book."""
    with zipfile.ZipFile(io.BytesIO(data_of(Format.EPUB))) as members:
        pages = [members.read(path) for path in members.namelist() if path.endswith(".xhtml")]
    found = [markup.by_id(markup.parse_xml(page), name) for page in pages]
    return next(table for table in found if table is not None)


@cache
def cells_on_paper() -> tuple[PdfElement, ...]:
    return tuple(element for element in read_pdf(data_of(Format.PDF)).elements if element.tag in ("TH", "TD"))


def headed_on_page(table: markup.Element, words: str) -> list[str]:
    """What heads the cell with these words, as its `headers` say."""
    cell = next(cell for cell in markup.with_tag(table, "td") if markup.text_of(cell) == words)
    heads = [markup.by_id(table, name) for name in cell.get("headers", "").split()]
    return [markup.text_of(head) for head in heads if head is not None]


def headed_on_paper(words: str) -> list[str]:
    heads = {cell.identifier: cell.text for cell in cells_on_paper() if cell.tag == "TH" and cell.identifier}
    cell = next(cell for cell in cells_on_paper() if cell.tag == "TD" and cell.text == words)
    return [heads[name] for name in cell.attribute("Headers").split()]


@pytest.mark.parametrize(
    ("table", "words", "heads"),
    [
        ("tbl-lagen", "935,5", ["Mannen", "2023", "Noord-Nederland", "Drenthe"]),
        ("tbl-lagen", "66", ["Vrouwen", "2023", "Zuid-Nederland", "Zeeland"]),
        ("tbl-lagen", "46,75", ["Mannen", "2022", "Totaal"]),
        ("tbl-rijen", "404", ["Gasten", "Oever", "oud"]),
        ("tbl-hoek", "502", ["Beurt", "tweede", "ploeg"]),
    ],
)
def test_a_cell_names_all_that_heads_it_in_each_format(table: str, words: str, heads: list[str]) -> None:
    assert headed_on_page(table_on_page(table), words) == heads
    assert headed_on_page(in_book(table), words) == heads
    assert headed_on_paper(words) == heads


def widths(table: markup.Element) -> list[int]:
    """How many columns each row of a table takes, with the cells that reach into it from above."""
    rows = list(markup.with_tag(table, "tr"))
    taken = [0] * (len(rows) + 9)
    for number, row in enumerate(rows):
        for cell in row:
            for down in range(int(cell.get("rowspan", "1"))):
                taken[number + down] += int(cell.get("colspan", "1"))
    return taken[: len(rows)]


@pytest.mark.parametrize("name", NAMES)
def test_no_row_of_a_table_is_longer_or_shorter_than_others(name: str) -> None:
    assert len(set(widths(table_on_page(name)))) == 1
    assert len(set(widths(in_book(name)))) == 1


def test_merged_cells_keep_their_spans_on_paper() -> None:
    spans = {(cell.text, cell.attribute("RowSpan"), cell.attribute("ColSpan")) for cell in cells_on_paper()}
    assert {("Provincie", "2", ""), ("Mannen", "", "2"), ("Oever", "2", ""), ("Noord-Nederland", "", "5")} <= spans


# --- numbers -------------------------------------------------------------------------------------------------------


@cache
def texts_on_paper() -> tuple[tuple[str, list[tuple[float, float, float, float]]], ...]:
    """The text of each page, with the box of each of its characters."""
    document = pypdfium2.PdfDocument(data_of(Format.PDF))
    found = []
    for page in document:
        text = page.get_textpage()
        boxes = [text.get_charbox(at, loose=True) for at in range(text.count_chars())]
        found.append(("".join(text.get_text_range(at, 1) for at in range(text.count_chars())), boxes))
    return tuple(found)


def end_of_whole_number(number: str) -> float:
    """Where the whole part of a number ends on its page, in points from the left."""
    whole = re.split(r",|(?<=\d)\Z", number)[0]
    for text, boxes in texts_on_paper():
        found = re.search(rf"(?<![\d.,]){re.escape(number)}(?![\d.])", text)
        if found:
            return boxes[found.start() + len(whole) - 1][2]
    raise AssertionError(number)


@pytest.mark.parametrize(
    "numbers",
    [
        ["71,5", "8,25", "46,75"],
        ["1.234", "935,5", "2.077", "4.246,5"],
        ["9,5", "15,625"],
        ["12.500", "1.250,5", "75"],
        ["20,1%", "12,5%", "3,0%", "100,0%"],
        ["10.884,58", "6.025"],
    ],
)
def test_numbers_stand_below_each_other_by_their_decimal_mark(numbers: list[str]) -> None:
    ends = [end_of_whole_number(number) for number in numbers]
    assert max(ends) - min(ends) < 0.2


def test_no_number_in_a_table_is_smaller_than_seven_points() -> None:
    heights = [boxes[text.index("17.220,44")] for text, boxes in texts_on_paper() if "17.220,44" in text]
    ((left, _, right, _),) = heights
    assert right - left >= 0.497 * 7 - 0.01  # a digit is 0.497 em wide


def test_a_table_of_fourteen_columns_gets_a_page_on_its_side_and_no_other_does() -> None:
    document = pypdfium2.PdfDocument(data_of(Format.PDF))
    on_side = [page.get_textpage().get_text_range() for page in document if page.get_width() > page.get_height()]
    assert len(on_side) == 1
    assert "17.220,44" in on_side[0]


# --- notes and sources ---------------------------------------------------------------------------------------------


def notes_below(name: str) -> list[str]:
    """The texts that stand below a table, in one block with it."""
    block = next(
        found for found in markup.with_class(on_page(), "noted-table") if markup.by_id(found, name) is not None
    )
    return [markup.text_of(text) for text in markup.with_tag(markup.with_class(block, "table-notes")[0], "p")]


def test_notes_and_sources_stand_below_their_table() -> None:
    assert notes_below("tbl-merken") == [
        "a Broedparen, zegt Bos (2019). b Geschat.",
        "* Alleen langs de kust.",
        "Bron: Vogeltellers, 2024",
    ]
    assert notes_below("tbl-wijken") == ["Bron: de gemeente."]
    assert notes_below("tbl-in-kader") == ["Bron: eigen telling."]


def test_a_mark_leads_to_its_note_and_says_what_it_is() -> None:
    root, table = on_page(), table_on_page("tbl-merken")
    calls = [(link.get("aria-label"), link.get("href", "")) for link in markup.with_tag(table, "a")]
    assert [label for label, _ in calls] == [f"noot {mark} bij de tabel" for mark in "aab*"]
    targets = [markup.by_id(root, address.removeprefix("#")) for _, address in calls]
    assert [markup.text_of(target) for target in targets if target is not None] == ["a", "a", "b", "*"]


def test_what_is_raised_and_has_no_note_stays_as_it_is() -> None:
    cell = next(cell for cell in markup.with_tag(table_on_page("tbl-merken"), "td") if "km" in markup.text_of(cell))
    assert [markup.text_of(raised) for raised in markup.with_tag(cell, "sup")] == ["2"]
    assert not list(markup.with_tag(cell, "a"))


def test_notes_stand_on_the_page_where_their_table_ends() -> None:
    for last, note in (("Wulp", "Alleen langs de kust"), ("Samen", "de gemeente"), ("Bert", "eigen telling")):
        pages = [text for text, _ in texts_on_paper() if last in text and note in text]
        assert pages, (last, note)


# --- chosen data ---------------------------------------------------------------------------------------------------


def rows_of(table: markup.Element) -> Iterator[list[str]]:
    for row in markup.with_tag(table, "tr"):
        yield [markup.text_of(cell) for cell in row]


def test_a_data_file_shows_what_is_chosen_in_the_order_that_is_asked_for() -> None:
    assert list(rows_of(table_on_page("tbl-wijken"))) == [
        ["Wijk", "Inwoners", "Aandeel"],
        ["Zuiderpark", "2.500", "20,1%"],
        ["Noorderhof", "1.310,5", "12,5%"],
        ["Kanaal", "960", "3,0%"],
        ["Samen", "4.860,5", "100,0%"],
    ]


def test_the_row_of_totals_is_marked() -> None:
    marked = markup.with_class(table_on_page("tbl-wijken"), "total")
    assert [markup.text_of(row) for row in marked] == ["Samen 4.860,5 100,0%"]


# --- room ----------------------------------------------------------------------------------------------------------


def test_a_wider_table_gets_a_way_to_be_set_with_more_room() -> None:
    columns = [setting_for([["kop"] * count], [["12.500"] * count], narrow=False) for count in range(1, 60)]
    ways = [SETTINGS.index(way) if way else len(SETTINGS) for way in columns]
    assert all(first <= second for first, second in pairwise(ways))
    assert ways[0] == 0
    assert ways[-1] == len(SETTINGS)
