"""Rows of lying charts: the categories' names in a column at the left, one row below the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dossierbuild.tools.charts.chart import Chart
from dossierbuild.tools.charts.legend import header, headings, key
from dossierbuild.tools.charts.plot import CAP, LINE, PAGE, SIZE, SMALL, TALLEST, Shape, Words

_COLUMN = 0.42  # of the width, the most that the names may take


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What stands above the rows, and whether the series are named at their places there."""

    shapes: tuple[Shape, ...]
    bottom: float
    named: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Rows laid out: the middle of each, the top of the first and the bottom of the last, and the names."""

    middles: tuple[float, ...]
    top: float
    bottom: float
    shapes: tuple[Shape, ...]

    def placed(self, chart: Chart) -> Iterator[tuple[int, float]]:
        """Each row that is shown, with its middle."""
        return zip(chart.shown, self.middles, strict=True)


def left_of_rows(chart: Chart) -> float:
    """Where the drawing begins, beside the column of names."""
    title = 0.0 if chart.moments is not None else chart.measure.width(chart.x_name, SMALL)
    return min(max(chart.measure.widest(chart.categories), title), _COLUMN * chart.width) + 10


def opening(chart: Chart, marks: bool, places: Sequence[float | None] | None = None) -> Opening:
    """What the numbers and the categories are, and which series is which.

    By names above the first row's `places` where they are given and the names fit, else by a key.
    """
    left = left_of_rows(chart)
    if len(chart.series) == 1:
        head, bottom = header(chart, left, 0.0)
        return Opening(shapes=(*head, *_title(chart, bottom)), bottom=bottom, named=True)
    head, top = header(chart, 0.0, 0.0)
    named = headings(chart, places, left, top) if places is not None else None
    if named:
        shapes, bottom = named
        return Opening(shapes=(*head, *shapes, *_title(chart, bottom - 5)), bottom=bottom, named=True)
    shapes, bottom = key(chart, top, marks)
    title = _title(chart, bottom + LINE)
    return Opening(shapes=(*head, *shapes, *title), bottom=bottom + (LINE if title else 0), named=False)


def sheets(chart: Chart, marks: bool, height: float, gap: float) -> tuple[Chart, ...]:
    """The chart with as many of its rows as a page holds, for each page; its axis stays the same."""
    page = replace(chart, width=PAGE)
    left = left_of_rows(page) - 10
    heights = [_high(chart.measure.wrapped(name, left), height) + gap / 2 for name in chart.categories]
    room = TALLEST - opening(page, marks).bottom - 2 * LINE
    return tuple(replace(chart, shown=part, is_continued=part.start > 0) for part in divided(heights, room))


def divided(heights: Sequence[float], room: float) -> Iterator[range]:
    """The fewest parts, as even as can be, each of which finds room; what is higher alone is a part by itself."""
    for count in range(1, len(heights) + 1):
        size = -(-len(heights) // count)
        parts = [range(start, min(start + size, len(heights))) for start in range(0, len(heights), size)]
        if size == 1 or all(sum(heights[part.start : part.stop]) <= room for part in parts):
            yield from parts
            return


def rows(chart: Chart, top: float, height: float, gap: float) -> Rows:
    """The rows of a sheet from `top` on, each as high as `height` or its name asks, `gap` apart.

    Where that is more than a page, they stand closer.
    """
    shown = chart.categories[chart.shown.start : chart.shown.stop]
    names = [chart.measure.wrapped(category, left_of_rows(chart) - 10) for category in shown]
    heights = [_high(lines, height) for lines in names]
    close = gap if top + sum(heights) + gap * len(heights) <= TALLEST else gap / 2
    shapes: list[Shape] = []
    middles: list[float] = []
    y = top
    for lines, own in zip(names, heights, strict=True):
        middles.append(y + own / 2)
        first = y + own / 2 - (len(lines) - 1) * LINE / 2 + CAP * SIZE
        shapes.extend(
            Words(x=0, y=first + number * LINE, text=line, colour=chart.theme.colour("ink"))
            for number, line in enumerate(lines)
        )
        y += own + close
    return Rows(middles=tuple(middles), top=top, bottom=y - close, shapes=tuple(shapes))


def _high(name: Sequence[str], height: float) -> float:
    return max(height, len(name) * LINE - 2)


def _title(chart: Chart, bottom: float) -> tuple[Shape, ...]:
    """What the categories are, above their names, where it fits; moments need no name."""
    fits = chart.measure.width(chart.x_name, SMALL) <= left_of_rows(chart) - 10
    if chart.moments is not None or not fits or not chart.x_name:
        return ()
    return (Words(x=0, y=bottom - 8, text=chart.x_name, colour=chart.theme.colour("muted"), size=SMALL),)
