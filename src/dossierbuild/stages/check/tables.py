"""Rules over tables: D304, D337 to D339, what they show of a data file; D363, D508, D510, D515, its room on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dossierbuild.core.ast import Nodes, classes, identifier, walk
from dossierbuild.core.bounds import LONGEST_WORD, longest_word
from dossierbuild.core.model import DataTable, Sources, TableUse, TextFile
from dossierbuild.core.nearest import nearest
from dossierbuild.core.problems import Place, Problem, problem
from dossierbuild.core.table_notes import is_table
from dossierbuild.core.table_width import Texts, columns_that_fit, setting_for, texts_of_table

_NARROW = frozenset({"BlockQuote", "BulletList", "DefinitionList", "OrderedList"})
_BOXES = frozenset({"attention", "definition", "key-point", "key-points", "practice", "quote"})

_MOST_ROWS = 2_000
"""As many as take some forty seconds to lay out, on fifty pages."""


@dataclass(frozen=True, slots=True)
class _Table:
    """A table in a text: its place and name, the texts of its head and of the rows below it.

    A `narrow` one stands in a box, a list or a quotation.
    """

    place: Place
    name: str
    heads: Texts
    cells: Texts
    narrow: bool


def too_wide_tables(sources: Sources) -> Iterator[Problem]:
    """D508: the columns of a table fit beside each other on a page on its side; D363: or in what it stands in."""
    for table in (*_typed_tables(sources), *_data_tables(sources)):
        if setting_for(table.heads, table.cells, narrow=table.narrow) is None:
            columns = max(map(len, (*table.heads, *table.cells)))
            room = columns_that_fit(table.heads, table.cells, narrow=table.narrow)
            if table.narrow:
                yield problem("D363", table.place, table.name, columns=columns, room=room)
            else:
                yield problem("D508", table.place, table.name, columns=columns, room=room)


def too_long_tables(sources: Sources) -> Iterator[Problem]:
    """D510: a table has no more rows than can be laid out within the time that a chapter gets."""
    for table in (*_typed_tables(sources), *_data_tables(sources)):
        rows = len(table.heads) + len(table.cells)
        if rows > _MOST_ROWS:
            yield problem("D510", table.place, table.name, rows=rows, most=_MOST_ROWS)


def endless_words(sources: Sources) -> Iterator[Problem]:
    """D515: each word of a data file that is shown as a table can be broken over lines. One for each table."""
    for table in _data_tables(sources):
        cells = (cell for row in (*table.heads, *table.cells) for cell in row)
        word = max(map(longest_word, cells), key=len, default="")
        if len(word) > LONGEST_WORD:
            yield problem("D515", table.place, table.name, text=word[:40], length=len(word), most=LONGEST_WORD)


def columns_of_views(sources: Sources) -> Iterator[Problem]:
    """D304: the columns that a table names are in its data file; D337: each column shown has its label."""
    for use, table in (found for text in sources.texts for found in _uses(sources, text)):
        for column in use.view.asked:
            if column not in table.columns:
                near, known = nearest(column, table.columns), ", ".join(table.columns)
                yield problem("D304", use.place, column, path=use.target, column=column, nearest=near, known=known)
        shown = len(use.view.columns or table.columns)
        lists = {"labels": use.view.labels, "decimals": use.view.decimals, "unit": use.view.units}
        for name, stated in lists.items():
            if len(stated) > shown or (name == "labels" and 0 < len(stated) < shown):
                yield problem("D337", use.place, name, name=name, found=len(stated), columns=shown)


def rows_of_views(sources: Sources) -> Iterator[Problem]:
    """D338: a table shows some rows of its data file; D339: one of them begins as the row of totals should."""
    for use, table in (found for text in sources.texts for found in _shown(sources, text)):
        rows = table.rows_shown(use)
        if not rows:
            yield problem("D338", use.place, use.target, path=use.target)
        elif use.view.total and rows[-1][0] != use.view.total:
            near = nearest(use.view.total, [row[0] for row in rows])
            yield problem("D339", use.place, use.view.total, total=use.view.total, nearest=near)


def _typed_tables(sources: Sources) -> Iterator[_Table]:
    """Each table that is typed in a text."""
    for text in sources.texts:
        places = {anchor.id: anchor.place for anchor in text.anchors}
        blocks = text.blocks.nodes() if text.blocks.holds("Table") else []
        narrow = _in_narrow_blocks(blocks)
        for table in walk(blocks):
            if table["t"] == "Table":
                name = identifier(table)
                yield _Table(places[name], name, *texts_of_table(table), narrow=name in narrow)


def _data_tables(sources: Sources) -> Iterator[_Table]:
    """Each data file that is shown as a table."""
    for text in sources.texts:
        narrow = _in_narrow_blocks(text.blocks.nodes()) if text.data_tables else frozenset()
        for use, table in _shown(sources, text):
            labels = use.view.labels or [table.columns[index] for index in use.view.shown(table.columns)]
            yield _Table(use.place, use.target, [labels], table.rows_shown(use), narrow=use.id in narrow)


def _in_narrow_blocks(blocks: Nodes) -> frozenset[str]:
    """The ids of the tables that stand in boxes, lists and quotations."""
    around = (block for block in walk(blocks) if block["t"] in _NARROW or not _BOXES.isdisjoint(classes(block)))
    return frozenset(identifier(inner) for block in around for inner in walk(block["c"]) if is_table(inner))


def _uses(sources: Sources, text: TextFile) -> Iterator[tuple[TableUse, DataTable]]:
    """Each use of a data file as a table in a text, with the file where it is there."""
    for use in text.data_tables:
        table = sources.table(use.target)
        if table is not None:
            yield use, table


def _shown(sources: Sources, text: TextFile) -> Iterator[tuple[TableUse, DataTable]]:
    """The uses of which the file has all columns."""
    return ((use, table) for use, table in _uses(sources, text) if set(use.view.asked) <= set(table.columns))


RULES: tuple[Callable[[Sources], Iterator[Problem]], ...] = (
    too_wide_tables,
    too_long_tables,
    endless_words,
    columns_of_views,
    rows_of_views,
)
