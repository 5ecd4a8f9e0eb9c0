"""Rules D3: pictures, data files, columns, cells and icons."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from dossierbuild.core.folder import PICTURE_SUFFIXES
from dossierbuild.core.model import ChartKind, ChartSpec, DataTable, Sources
from dossierbuild.core.nearest import nearest
from dossierbuild.core.problems import Place, Problem, problem

# How the names of pictures end that are of no kind that can be read; such files are not even opened.
_UNREADABLE = tuple(
    ".heic .heif .psd .eps .ps .ai .pdf .wmf .emf .svgz .jxl .ico .cdr .vsdx .drawio .cr2 .nef .dng .xcf".split()
)
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?\Z")


def missing_pictures(sources: Sources) -> Iterator[Problem]:
    """D301, D313: a picture that a text shows is there, and of a kind that is read."""
    known = [path for path in sources.paths if path.lower().endswith(PICTURE_SUFFIXES)]
    for text in sources.texts:
        for use in text.pictures:
            if use.path.lower().endswith(_UNREADABLE):
                kind = use.path.rpartition(".")[2].upper()
                yield problem("D313", use.place, use.path, path=use.path, kind=kind)
            elif use.path not in sources.paths or not use.path.lower().endswith(PICTURE_SUFFIXES):
                yield problem("D301", use.place, use.path, path=use.path, nearest=nearest(use.path, known))


def missing_data(sources: Sources) -> Iterator[Problem]:
    """D303: a data file behind a chart or table is there."""
    known = [path for path in sources.paths if path.endswith(".csv")]
    uses = [(chart.data, chart.place) for chart in _charts(sources)]
    uses += [(use.target, use.place) for text in sources.texts for use in text.data_tables]
    for path, place in uses:
        if path not in known:
            yield problem("D303", place, path, path=path, nearest=nearest(path, known))


def missing_columns(sources: Sources) -> Iterator[Problem]:
    """D304: the columns that a chart names are in its data file."""
    for chart in _charts(sources):
        table = sources.table(chart.data)
        if table is None:
            continue
        for column in (chart.x, *chart.y):
            if column not in table.columns:
                near, known = nearest(column, table.columns), ", ".join(table.columns)
                yield problem("D304", chart.place, column, path=chart.data, column=column, nearest=near, known=known)


def cells_that_are_no_numbers(sources: Sources) -> Iterator[Problem]:
    """D305: a chart's numbers are numbers; an empty cell is a missing one. On a timeline only the years are numbers."""
    for chart in _charts(sources):
        table = sources.table(chart.data)
        if table is None:
            continue
        for column in (chart.x,) if chart.kind is ChartKind.TIMELINE else chart.y:
            yield from _cells(table, column)


def _cells(table: DataTable, column: str) -> Iterator[Problem]:
    if column not in table.columns:
        return
    index = table.columns.index(column)
    for row, line in zip(table.rows, table.lines, strict=True):
        if row[index] and not _NUMBER.match(row[index]):
            yield problem("D305", Place(table.path, line), column, cell=row[index], column=column)


def unknown_icons(sources: Sources) -> Iterator[Problem]:
    """D312: an element's icon is one of those in styles/icons."""
    for infographic in sources.infographics:
        for icon, place in infographic.icons:
            if icon not in sources.icons:
                near, known = nearest(icon, sources.icons), ", ".join(sources.icons)
                yield problem("D312", place, icon, icon=icon, nearest=near, known=known)


def _charts(sources: Sources) -> Iterator[ChartSpec]:
    for text in sources.citing:
        yield from text.charts


RULES: tuple[Callable[[Sources], Iterator[Problem]], ...] = (
    missing_pictures,
    missing_data,
    missing_columns,
    cells_that_are_no_numbers,
    unknown_icons,
)
