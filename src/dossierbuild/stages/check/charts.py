"""Rules D3 over numbers: what a chart or a table shows is there, can be read, and does not contradict itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType

from dossierbuild.core.model import ChartKind, ChartSpec, DataTable, InfographicText, Sources, TableUse
from dossierbuild.core.moments import read_moment
from dossierbuild.core.nearest import nearest
from dossierbuild.core.numerals import MISSING, Numbers, as_thousands, is_number
from dossierbuild.core.problems import Place, Problem, problem

_EXCEL_ERRORS = ("#DEEL/0!", "#DIV/0!", "#N/B", "#N/A", "#NAAM?", "#NAME?", "#WAARDE!", "#VALUE!", "#VERW!", "#REF!",
                 "#GETAL!", "#NUM!", "#LEEG!", "#NULL!")  # fmt: skip
_SAME_SIGN = MappingProxyType({"EUR": "€", "euro": "€", "procent": "%"})

# How many rows and columns of numbers a drawing of each kind can show. A row of a lying chart takes its own room, so
# that two hundred fill some seven pages; points over time stand as close as need be, but the table of their numbers in
# the appendix takes a page for every forty.
_LIMITS: Mapping[ChartKind, tuple[int, int]] = MappingProxyType(
    {
        ChartKind.LINE: (2000, 30),
        ChartKind.MULTIPLES: (2000, 60),
        ChartKind.DOT: (2000, 30),
        ChartKind.BAR: (200, 30),
        ChartKind.STACKED: (200, 30),
        ChartKind.TIMELINE: (200, 10),
        ChartKind.SHARE: (30, 1),
    }
)
_ROWS = 200
_PANEL = (25, 8)
"""How many rows that take their own room, and columns, a chart on the infographic's one sheet can show."""

_ONCE = frozenset({ChartKind.LINE, ChartKind.MULTIPLES, ChartKind.BAR, ChartKind.STACKED, ChartKind.SHARE})
_JOINED = frozenset({ChartKind.LINE, ChartKind.MULTIPLES})


@dataclass(frozen=True, slots=True)
class _Charted:
    """A chart whose data file and columns are there."""

    chart: ChartSpec
    table: DataTable
    on_sheet: bool  # on the infographic's one sheet

    @property
    def categories(self) -> tuple[str, ...]:
        return self.table.column(self.table.columns.index(self.chart.x))

    @property
    def series(self) -> tuple[tuple[str, Numbers], ...]:
        """The columns of numbers by name; a timeline has none."""
        if self.chart.kind is ChartKind.TIMELINE:
            return ()
        return tuple(zip(self.chart.y, self.table.series(self.chart), strict=True))

    def place(self, row: int) -> Place:
        return Place(self.table.path, self.table.lines[row])


def missing_columns(sources: Sources) -> Iterator[Problem]:
    """D304: the columns that a chart names are in its data file."""
    for chart, table, _ in _charts(sources):
        for column in (chart.x, *chart.y):
            if column not in table.columns:
                near, known = nearest(column, table.columns), ", ".join(table.columns)
                yield problem("D304", chart.place, column, path=chart.data, column=column, nearest=near, known=known)


def cells_that_are_no_numbers(sources: Sources) -> Iterator[Problem]:
    """D305: a chart's numbers are numbers in its unit, and an empty cell is a missing one; a timeline has moments, or
    words alone. In a table stands no error of a spreadsheet."""
    for charted in _charted(sources):
        unit = charted.table.unit(charted.chart)
        if charted.chart.kind is ChartKind.TIMELINE:
            moments = [read_moment(cell) is not None for cell in charted.categories]
            wrong = [at for at, is_moment in enumerate(moments) if not is_moment] if any(moments) else []
            yield from _no_numbers(charted.table, charted.chart.x, wrong)
        for column, numbers in charted.series:
            wrong = [] if numbers.mixed else [at for at in range(len(numbers.plain)) if not _fits(numbers, at, unit)]
            yield from _no_numbers(charted.table, column, wrong)
    for table, use in _tables(sources):
        for column in use.view.columns or table.columns:
            cells = enumerate(table.column(table.columns.index(column)))
            yield from _no_numbers(table, column, [at for at, cell in cells if cell.upper() in _EXCEL_ERRORS])


def _fits(numbers: Numbers, at: int, unit: str) -> bool:
    """Whether a cell is empty or a number, without a sign or with that of the chart's unit."""
    sign = numbers.signs[at]
    known = {_SAME_SIGN.get(name, name) for name in (sign, unit)}
    return numbers.plain[at] is not None and (not sign or len(known) == 1)


def _no_numbers(table: DataTable, column: str, wrong: list[int]) -> Iterator[Problem]:
    """One problem for a column, at its first cell that is no number."""
    if wrong:
        cell = table.column(table.columns.index(column))[wrong[0]]
        place, more = Place(table.path, table.lines[wrong[0]]), len(wrong) - 1
        yield problem("D305", place, column, cell=cell[:40], column=column, more=more or "")


def numbers_in_two_notations(sources: Sources) -> Iterator[Problem]:
    """D321: numbers that may be thousands say whether they are; D324: a column has one decimal sign."""
    for table, column, numbers in _columns(sources):
        cells = table.column(table.columns.index(column))
        if numbers.doubtful is not None:
            cell, sign = cells[numbers.doubtful], "." if "." in cells[numbers.doubtful] else ","
            place = Place(table.path, table.lines[numbers.doubtful])
            yield problem("D321", place, column, cell=cell, column=column, thousands=as_thousands(cell), sign=sign)
        if numbers.mixed is not None:
            first, other = sorted(numbers.mixed)
            place, elsewhere = (Place(table.path, table.lines[at]) for at in (first, other))
            yield problem("D324", place, column, (elsewhere,), column=column, first=cells[first], other=cells[other])


def too_few_numbers(sources: Sources) -> Iterator[Problem]:
    """D325: each column of a chart has values, a line has two, and each event of a timeline has words."""
    for charted in _charted(sources):
        needed = 2 if charted.chart.kind in _JOINED else 1
        counts = {name: sum(number != "" for number in numbers.plain) for name, numbers in charted.series}
        if charted.chart.kind is ChartKind.TIMELINE:
            name = charted.chart.y[0]
            counts = {name: sum(bool(cell) for cell in charted.table.column(charted.table.columns.index(name)))}
            needed = max(1, len(charted.table.rows))
        for name, found in counts.items():
            if found < needed:
                path, place = charted.chart.data, charted.chart.place
                yield problem("D325", place, name, column=name, path=path, found=found, needed=needed)


def places_taken_twice(sources: Sources) -> Iterator[Problem]:
    """D326: each year or category stands once in a chart that has one place for each."""
    for charted in _charted(sources):
        if charted.chart.kind in _ONCE:
            first: dict[object, int] = {}
            for row, cell in enumerate(charted.categories):
                before = first.setdefault(read_moment(cell) or cell, row)
                if before != row:
                    column, earlier = charted.chart.x, (charted.place(before),)
                    yield problem("D326", charted.place(row), column, earlier, value=cell, column=column)
                    break


def parts_that_are_no_whole(sources: Sources) -> Iterator[Problem]:
    """D327: parts of a whole are not below zero, and percentages are together no more than a hundred."""
    for charted in _charted(sources):
        kind, series, rows = charted.chart.kind, charted.series, charted.categories
        if kind is ChartKind.SHARE and rows:
            yield from _no_whole(charted, charted.chart.y[0], [(row, series[0][1]) for row in range(len(rows))])
        if kind is ChartKind.STACKED:
            stacks = ((cell, [(row, numbers) for _, numbers in series]) for row, cell in enumerate(rows))
            told = next((found for cell, parts in stacks for found in _no_whole(charted, cell, parts)), None)
            yield from (told,) if told else ()


def _no_whole(charted: _Charted, name: str, cells: list[tuple[int, Numbers]]) -> Iterator[Problem]:
    """D327 for the numbers of one bar, each at its row in its column."""
    plain = [number for row, numbers in cells if (number := numbers.plain[row])]
    values = [float(number) for number in plain]
    decimals = min((len(number.partition(".")[2]) for number in plain), default=0)
    rounding = len(values) * 0.5 * 10**-decimals  # each part may be rounded up by half of its last digit
    is_percentage = charted.table.unit(charted.chart) in ("%", "procent")
    if (is_percentage and sum(values) > 100 + rounding + 1e-9) or min(values, default=0.0) < 0:
        parts = " + ".join(plain if len(plain) <= 6 else [*plain[:5], "…"])
        total = f"{parts} = {round(sum(values), 6):g}"
        yield problem("D327", charted.place(cells[0][0]), name, name=name, parts=total)


def charts_that_are_too_large(sources: Sources) -> Iterator[Problem]:
    """D328: a chart has no more rows and columns than its kind can show."""
    for charted in _charted(sources):
        rows, columns = _most(charted)
        found = len(charted.table.rows), len(charted.chart.y)
        if found[0] > rows or found[1] > columns:
            place, name = charted.chart.place, charted.chart.id
            yield problem("D328", place, name, rows=found[0], columns=found[1], most_rows=rows, most_columns=columns)


def _most(charted: _Charted) -> tuple[int, int]:
    """The rows and columns that a chart may have."""
    kind = charted.chart.kind
    rows, columns = _LIMITS[kind]
    in_rows = kind is ChartKind.DOT and any(read_moment(cell) is None for cell in charted.categories)
    rows = min(rows, _ROWS) if in_rows else rows
    if not charted.on_sheet:
        return rows, columns
    return min(rows, _PANEL[0]) if rows <= _ROWS else rows, min(columns, _PANEL[1])


def columns_that_are_alike(sources: Sources) -> Iterator[Problem]:
    """D329: no two columns of a chart have the same numbers."""
    for charted in _charted(sources):
        for (name, numbers), (other, others) in combinations(charted.series, 2):
            known = sum(bool(number) for number in numbers.plain)
            if numbers.plain == others.plain and (known > 2 or name == other):
                yield problem("D329", charted.chart.place, name, name=name, other=other, path=charted.chart.data)


def _charts(sources: Sources) -> Iterator[tuple[ChartSpec, DataTable, bool]]:
    """Each chart with its data file where that is there, and whether it stands on the infographic."""
    for text in sources.citing:
        for chart in text.charts:
            table = sources.table(chart.data)
            if table is not None:
                yield chart, table, isinstance(text, InfographicText)


def _charted(sources: Sources) -> Iterator[_Charted]:
    for chart, table, on_sheet in _charts(sources):
        if {chart.x, *chart.y} <= set(table.columns):
            yield _Charted(chart, table, on_sheet)


def _tables(sources: Sources) -> Iterator[tuple[DataTable, TableUse]]:
    """Each data file that a text shows as a table, where it has the columns that are asked for."""
    for text in sources.texts:
        for use in text.data_tables:
            table = sources.table(use.target)
            if table is not None and set(use.view.asked) <= set(table.columns):
                yield table, use


def _columns(sources: Sources) -> Iterator[tuple[DataTable, str, Numbers]]:
    """Each column that is shown as numbers: those of charts, and those of tables that hold nothing else."""
    for charted in _charted(sources):
        yield from ((charted.table, name, numbers) for name, numbers in charted.series)
    for table, use in _tables(sources):
        for name in use.view.asked if use.view.columns else table.columns:
            index = table.columns.index(name)
            cells, numbers = table.column(index), table.numbers(index, use.notation)
            if all(cell.casefold() in MISSING or is_number(cell) for cell in cells):
                yield table, name, numbers


RULES: tuple[Callable[[Sources], Iterator[Problem]], ...] = (
    missing_columns,
    cells_that_are_no_numbers,
    numbers_in_two_notations,
    too_few_numbers,
    places_taken_twice,
    parts_that_are_no_whole,
    charts_that_are_too_large,
    columns_that_are_alike,
)
