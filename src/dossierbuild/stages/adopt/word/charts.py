"""Charts: their numbers as a data file, and a chart of one of our kinds where there is one for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dossierbuild.core.catalogue import Language
from dossierbuild.core.model import ChartKind
from dossierbuild.core.word import Chart
from dossierbuild.stages.adopt.words import WORDS

_IN_NAMES = re.compile(r"[,;\"\s]+")
_MOST_ROWS = 200
_MOST_SERIES = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Charted:
    """A chart as it will stand in a text: the path of its data and their text, its kind, and its columns.

    `kind` is None where no chart can be drawn of it.
    """

    path: str
    csv: str
    kind: ChartKind | None
    x: str
    y: tuple[str, ...]

    @property
    def has_decimals(self) -> bool:
        return bool(re.search(r"\d\.\d", self.csv))


def charted(chart: Chart, path: str, language: Language) -> Charted:
    """What is made of a chart; its numbers are those that Word has kept beside it, without the noise of their bits."""
    categories = _categories(chart)
    names = _names(chart, language)
    rows = [
        [category, *(_value(series.values, at) for series in chart.series)] for at, category in enumerate(categories)
    ]
    head = [WORDS["category"][language], *names]
    csv = "".join(",".join(map(_cell, row)) + "\n" for row in (head, *rows))
    return Charted(path=path, csv=csv, kind=_kind(chart, categories), x=head[0], y=tuple(names))


def _categories(chart: Chart) -> list[str]:
    count = max((max(len(series.categories), len(series.values)) for series in chart.series), default=0)
    given = max((series.categories for series in chart.series), key=len, default=())
    names = [" ".join(name.split()) for name in given]
    return [names[at] if at < len(names) and names[at] else str(at + 1) for at in range(count)]


def _names(chart: Chart, language: Language) -> list[str]:
    """The names of the columns, each its own, and without the signs that part names."""
    names: list[str] = []
    for number, series in enumerate(chart.series, 1):
        usual = _IN_NAMES.sub(" ", series.name).strip() or f"{WORDS['series'][language]} {number}"
        taken = {WORDS["category"][language], *names}
        names.append(usual if usual not in taken else f"{usual} {number}")
    return names


def _value(values: Sequence[str], at: int) -> str:
    written = values[at].strip() if at < len(values) else ""
    try:
        return f"{float(written):.15g}" if written else ""
    except ValueError:
        return ""


def _cell(words: str) -> str:
    escaped = words.replace('"', '""')
    return f'"{escaped}"' if re.search(r'[",\n]', words) else words


def _kind(chart: Chart, categories: Sequence[str]) -> ChartKind | None:
    """The kind of ours that shows the same; None where there is none, or where it could not be drawn."""
    numbers = [value for series in chart.series for value in series.values if value.strip()]
    if not numbers or len(set(categories)) < len(categories):
        return None
    if len(categories) > _MOST_ROWS or len(chart.series) > _MOST_SERIES:
        return None
    if chart.kind in ("barChart", "bar3DChart"):
        return ChartKind.STACKED if "stacked" in chart.grouping.lower() else ChartKind.BAR
    if chart.kind in ("lineChart", "line3DChart"):
        return ChartKind.LINE if len(categories) > 1 else ChartKind.BAR
    if chart.kind in ("pieChart", "pie3DChart", "doughnutChart") and len(chart.series) == 1:
        are_parts = all(float(value) >= 0 for value in numbers if re.fullmatch(r"-?[\d.]+(?:[eE][+-]?\d+)?", value))
        return ChartKind.SHARE if are_parts and len(categories) <= _MOST_SERIES else ChartKind.BAR
    return None
