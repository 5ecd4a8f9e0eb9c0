"""What a chart says: categories and series from the table, with names and numbers as they are printed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dossierbuild.core.contrast import contrast
from dossierbuild.core.model import ChartKind, Drawing, NumberFormat, Theme
from dossierbuild.core.moments import Calendar, Moment, read_moments
from dossierbuild.core.typography import format_number, with_sign
from dossierbuild.tools.charts.text_measure import TextMeasure

_SUFFIX = re.compile(r"_(pct|percentage|aantal)$")
_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SIGNS = ("%", "‰", "°C")


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One column of numbers: value and printed form for each category, None and "" where a cell is empty.

    `number` counts from 0 and chooses the colour, the shape of marks and the stripes of bars.
    """

    name: str
    values: tuple[float | None, ...]
    labels: tuple[str, ...]
    colour: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart to lay out `width` points wide, with the measure to measure its words.

    `categories` are the names of the rows. `moments` are the categories as moments where all of them are, and each
    stands once, or the chart is of points alone; otherwise None. `shown` are the rows on this sheet, which
    `is_continued` when it is not the first.
    """

    x_name: str
    categories: tuple[str, ...]
    moments: tuple[Moment, ...] | None
    series: tuple[Series, ...]
    unit: str
    theme: Theme
    numbers: NumberFormat
    calendar: Calendar
    no_data: str
    continued: str
    measure: TextMeasure
    width: float
    shown: range
    is_continued: bool = False

    @property
    def header(self) -> str:
        """What the numbers are: the only series' name, and the unit unless it stands at each number."""
        name = self.series[0].name if len(self.series) == 1 else ""
        unit = "" if self.unit == "€" or self.unit in _SIGNS else self.unit
        parts = dict.fromkeys((name, "" if name.casefold() == unit.casefold() else unit))
        return ", ".join(part for part in (*parts, self.continued if self.is_continued else "") if part)

    @property
    def values(self) -> tuple[float, ...]:
        """All numbers of all series."""
        return tuple(value for series in self.series for value in series.values if value is not None)

    def printed(self, number: str) -> str:
        """A number as it stands at a bar, a mark or an axis: "41,0%", "€ 5", "1.471"."""
        return _printed(number, self.unit, self.numbers)

    def printed_moment(self, number: int) -> str:
        """A moment of the chart's span in words."""
        assert self.moments is not None
        return self.calendar.printed(Moment(self.moments[0].span, number))


def read_chart(drawing: Drawing, measure: TextMeasure) -> Chart:
    """The chart of a drawing; rows keep the order of the table."""
    spec, theme, unit = drawing.spec, drawing.theme, drawing.unit
    categories = column(drawing, spec.x)
    return Chart(
        x_name=readable(spec.x, ""),
        categories=categories,
        moments=_moments(categories, spec.kind),
        series=tuple(_series(drawing, name, number, unit) for number, name in enumerate(spec.y)),
        unit=writable(unit),
        theme=theme,
        numbers=drawing.numbers,
        calendar=drawing.calendar,
        no_data=drawing.no_data,
        continued=drawing.continued,
        measure=measure,
        width=drawing.width,
        shown=range(len(categories)),
    )


def column(drawing: Drawing, name: str) -> tuple[str, ...]:
    """The cells of one column, without the spaces around them."""
    cells = drawing.table.column(drawing.table.columns.index(name))
    return tuple(writable(cell).strip() for cell in cells)


def writable(text: str) -> str:
    """The text with a space for each character that XML cannot hold, such as control characters."""
    return _NOT_XML.sub(" ", text)


def readable(name: str, unit: str) -> str:
    """A column's name as words: `vertrouwen_medemens_pct` is "Vertrouwen medemens", without the unit."""
    words = " ".join(_SUFFIX.sub("", writable(name).strip()).split("_")).strip()
    if unit:
        words = words.removesuffix(f"({unit})").removesuffix(f" in {unit}").strip()
    return words[:1].upper() + words[1:]


def readable_on(colour: str, theme: Theme) -> str:
    """Paper or ink, the first that is readable on the colour (4.5:1), or else black, which then is."""
    candidates = (theme.colour("paper"), theme.colour("ink"))
    return next((candidate for candidate in candidates if contrast(candidate, colour) >= 4.5), "#000000")


def _series(drawing: Drawing, name: str, number: int, unit: str) -> Series:
    numbers = drawing.table.numbers(drawing.table.columns.index(name), drawing.spec.notation).plain
    palette = drawing.theme.palette
    return Series(
        name=readable(name, unit),
        values=tuple(float(number) if number else None for number in numbers),
        labels=tuple(_printed(number, unit, drawing.numbers) if number else "" for number in numbers),
        colour=palette[number % len(palette)],
        number=number,
    )


def _printed(number: str, unit: str, numbers: NumberFormat) -> str:
    text = format_number(number, numbers)
    return with_sign(text, unit) if unit == "€" or unit in _SIGNS else text


def _moments(categories: tuple[str, ...], kind: ChartKind) -> tuple[Moment, ...] | None:
    moments = read_moments(categories)
    is_once = moments is not None and len(set(moments)) == len(moments)
    return moments if is_once or kind is ChartKind.DOT else None
