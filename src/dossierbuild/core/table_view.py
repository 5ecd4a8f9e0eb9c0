"""What a table shows of a data file: which columns and rows, in which order, and how their numbers are printed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from dossierbuild.core.natural_order import natural_order
from dossierbuild.core.numerals import MISSING

KEYS = ("columns", "labels", "decimals", "unit", "sort", "where", "rows", "total")
"""The attributes of a table that say it."""

UNITS = ("", "%", "‰", "€")
MOST_DECIMALS = 6

_COUNT = re.compile(r"[1-9][0-9]{0,3}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableView:
    """The view as an editor writes it; each is empty where nothing is stated.

    `columns` are names in the file. `labels`, `decimals` and `units` have an entry for each column shown; of `decimals`
    and `units` one may do for all columns of numbers. `sort` is the column that puts the rows in order, from high to
    low where `descends`. Of the rows are shown those that have one of the values in each column of `where`, and of
    these the first ones up to `rows`. `total` is what the first cell of the row of totals says, which is shown last.
    """

    columns: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    decimals: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    sort: str = ""
    descends: bool = False
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    rows: str = ""
    total: str = ""

    @property
    def asked(self) -> tuple[str, ...]:
        """All columns that are named, each once."""
        named = (*self.columns, *([self.sort] if self.sort else []), *(name for name, _ in self.where))
        return tuple(dict.fromkeys(named))

    def shown(self, columns: Sequence[str]) -> tuple[int, ...]:
        """The indices of the columns to show among the file's; raises ValueError where the file lacks one."""
        return tuple(columns.index(name) for name in self.columns or columns)

    def each(self, stated: tuple[str, ...], place: int) -> str:
        """What `decimals` or `units` state for the column shown at a place: the only one is for all."""
        if len(stated) == 1:
            return stated[0]
        return stated[place] if place < len(stated) else ""

    def faults(self) -> tuple[tuple[str, str], ...]:
        """The attributes with a value that cannot be, each with what may stand there."""
        found = []
        if any(not re.fullmatch("[0-6]?", count) for count in self.decimals):
            found.append(("decimals", f"0-{MOST_DECIMALS}"))
        if any(unit not in UNITS for unit in self.units):
            found.append(("unit", ", ".join(UNITS[1:])))
        if self.rows and not _COUNT.match(self.rows):
            found.append(("rows", "10"))
        if any(not values for _, values in self.where):
            found.append(("where", "regio=Noord|Zuid"))
        return tuple(found)


WHOLE = TableView()
"""The whole file."""


def read_view(given: Mapping[str, str]) -> TableView:
    """The view that the attributes of a table state.

    Names of columns stand between commas, or semicolons where there are some; all else between semicolons.
    """
    columns = given.get("columns", "")
    sort = given.get("sort", "").strip()
    return TableView(
        columns=tuple(name for name in _listed(columns, ";" if ";" in columns else ",") if name),
        labels=_listed(given.get("labels", "")),
        decimals=_listed(given.get("decimals", "")),
        units=_listed(given.get("unit", "")),
        sort=sort.removeprefix("-").strip(),
        descends=sort.startswith("-"),
        where=tuple(_condition(part) for part in _listed(given.get("where", "")) if part),
        rows=given.get("rows", "").strip(),
        total=given.get("total", "").strip(),
    )


def _listed(written: str, sign: str = ";") -> tuple[str, ...]:
    return tuple(part.strip() for part in written.split(sign)) if written.strip() else ()


def _condition(written: str) -> tuple[str, tuple[str, ...]]:
    name, _, values = written.partition("=")
    return name.strip(), _listed(values, "|")


def rows_shown(
    view: TableView, columns: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[str | None]
) -> tuple[int, ...]:
    """The indices of the rows to show, in order.

    `rows` are those of the file with these `columns`, and `numbers` the plain numbers in the column to sort by.
    """
    held = [(columns.index(name), values) for name, values in view.where]
    found = [at for at, row in enumerate(rows) if all(row[place] in values for place, values in held)]
    first = view.shown(columns)[0]
    totals = [at for at in found if view.total and rows[at][first] == view.total]
    found = [at for at in found if at not in totals]
    if view.sort:
        place = columns.index(view.sort)
        found = _in_order(found, [row[place] for row in rows], numbers, descends=view.descends)
    return (*(found[: int(view.rows)] if view.rows else found), *totals)


def _in_order(rows: Sequence[int], cells: Sequence[str], numbers: Sequence[str | None], *, descends: bool) -> list[int]:
    """The rows by their numbers, and by their words where there are words; what has none of them stands last."""
    has_words = any(numbers[at] is None and cells[at].casefold() not in MISSING for at in rows)
    filled = [at for at in rows if (cells[at] if has_words else numbers[at])]
    empty = [at for at in rows if at not in set(filled)]
    if has_words:
        return [*sorted(filled, key=lambda at: natural_order(cells[at]), reverse=descends), *empty]
    return [*sorted(filled, key=lambda at: Decimal(numbers[at] or 0), reverse=descends), *empty]


def rounded(number: str, decimals: str) -> str:
    """A plain number with this many decimals, halves away from nought; as it is where none are stated."""
    if not decimals:
        return number
    return f"{Decimal(number).quantize(Decimal(1).scaleb(-int(decimals)), ROUND_HALF_UP):f}"
