"""The two axes of upright charts: numbers at the left with light lines, and years or categories below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import gcd

from dossierbuild.tools.charts.chart import Chart
from dossierbuild.tools.charts.legend import Band
from dossierbuild.tools.charts.plot import CAP, LINE, SIZE, SMALL, Anchor, Line, Shape, Words
from dossierbuild.tools.charts.scale import Scale, plain, steps

_BETWEEN = 8.0  # points between two labels
_YEAR_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The rectangle in which numbers become heights, in points."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A place on the axis below; `row` is the table's row that stands there, None for a missing year."""

    label: str
    row: int | None


def slots(chart: Chart, most: int) -> tuple[Slot, ...]:
    """The places from left to right: years at even steps with room for missing ones, categories one by one.

    Years so far apart that they would need more than `most` places stand one by one too.
    """
    rows = tuple(Slot(label=label, row=row) for row, label in enumerate(chart.categories))
    if chart.years is None:
        return rows
    first, last = min(chart.years), max(chart.years)
    step = gcd(*(year - first for year in chart.years)) or 1
    if (last - first) // step >= most:
        return tuple(sorted(rows, key=lambda slot: int(slot.label)))
    row_of = {year: row for row, year in enumerate(chart.years)}
    return tuple(Slot(label=str(year), row=row_of.get(year)) for year in range(first, last + 1, step))


def numbers_axis(chart: Chart, bounds: tuple[float, float], frame: Frame) -> tuple[tuple[Shape, ...], Frame, Scale]:
    """Light lines at round numbers with the numbers before them; the frame that is left; and the scale."""
    low, high = bounds
    scale = Scale(low=low, high=high, start=frame.bottom, end=frame.top)
    ticks = [tick for tick in steps(low, high) if low <= tick <= high]
    labels = [chart.printed(plain(tick)) for tick in ticks]
    left = frame.left + chart.measure.widest(labels, SMALL) + 8
    muted, light = chart.theme.colour("muted"), chart.theme.colour("line")
    shapes: list[Shape] = []
    for tick, label in zip(ticks, labels, strict=True):
        y = scale.at(tick)
        line = Line(points=((left, y), (frame.right, y)), colour=light if tick else muted)
        words = Words(x=left - 8, y=y + CAP * SMALL, text=label, colour=muted, anchor=Anchor.END, size=SMALL)
        shapes.extend((line, words))
    return tuple(shapes), replace(frame, left=left), scale


def below(
    chart: Chart,
    labels: Sequence[Slot],
    places: Sequence[float],
    room: float,
    top: float,
) -> Band:
    """The labels of the axis below, `room` points apart; where not all fit, one in so many, with the last among them.

    Years without data are muted. The name of the categories stands in the middle under them.
    """
    every, lines = _thinned(chart, labels, places, room)
    shown = _shown(chart, labels, every)
    shapes: list[Shape] = []
    for number, (slot, place, own) in enumerate(zip(labels, places, lines, strict=True)):
        if number in shown:
            colour = chart.theme.colour("muted" if slot.row is None else "ink")
            x, _ = _middle(chart, place, own)
            shapes.extend(
                Words(x=x, y=top + 2 * CAP * SIZE + line * LINE, text=text, colour=colour, anchor=Anchor.MIDDLE)
                for line, text in enumerate(own)
            )
    bottom = top + LINE * max(map(len, lines), default=0)
    if chart.years is not None or not chart.x_name:
        return tuple(shapes), bottom
    title = Words(
        x=(places[0] + places[-1]) / 2,
        y=bottom + 3 + SMALL,
        text=chart.x_name,
        anchor=Anchor.MIDDLE,
        colour=chart.theme.colour("muted"),
        size=SMALL,
    )
    return (*shapes, title), bottom + 3 + LINE


def fits(chart: Chart, labels: Sequence[Slot], room: float) -> bool:
    """Whether all labels find a place below, `room` apart, in at most two lines."""
    return _whole(labels, _wrapped(chart, labels, room))


def _shown(chart: Chart, labels: Sequence[Slot], every: int) -> set[int]:
    """The numbers of the labels that stay when one in `every` is shown: round years where years stand at even steps,
    else counted from the last."""
    last = len(labels) - 1
    counted = {number for number in range(len(labels)) if (last - number) % every == 0}
    if chart.years is None or every <= 2:
        return counted
    years = [int(slot.label) for slot in labels]
    step = years[1] - years[0]
    if years[-1] - years[0] != step * last:
        return counted
    return {number for number, year in enumerate(years) if year % (every * step) == 0} or counted


def _middle(chart: Chart, place: float, lines: tuple[str, ...]) -> tuple[float, float]:
    """Where the middle of a label stands, moved in where it would leave the chart, and half its width."""
    half = chart.measure.widest(lines) / 2
    return max(half, min(place, chart.width - half)), half


def _apart(chart: Chart, places: Sequence[float], lines: list[tuple[str, ...]], shown: set[int]) -> bool:
    """Whether the labels with the numbers in `shown` keep their distance; labels at the ends are moved inwards."""
    middles = [_middle(chart, places[number], lines[number]) for number in sorted(shown)]
    return all(other - its >= place + half + _BETWEEN - 1 for (place, half), (other, its) in pairwise(middles))


def _thinned(
    chart: Chart, labels: Sequence[Slot], places: Sequence[float], room: float
) -> tuple[int, list[tuple[str, ...]]]:
    """The interval of the labels that are shown (1: all of them), and all labels broken into lines."""
    if chart.years is not None:
        least = (chart.measure.widest(slot.label for slot in labels) + _BETWEEN) / max(room, 0.01)
        lines: list[tuple[str, ...]] = [(slot.label,) for slot in labels]
        fitting = (step for step in _YEAR_STEPS if step >= least)
        apart = (step for step in fitting if _apart(chart, places, lines, _shown(chart, labels, step)))
        return next(apart, len(labels)), lines
    for every in range(1, len(labels)):
        lines = _wrapped(chart, labels, room * every - (_BETWEEN if every > 1 else 0))
        if _whole(labels, lines) and _apart(chart, places, lines, _shown(chart, labels, every)):
            return every, lines
    return max(len(labels), 1), [chart.measure.wrapped(slot.label, chart.width / 2) for slot in labels]


def _wrapped(chart: Chart, labels: Sequence[Slot], room: float) -> list[tuple[str, ...]]:
    return [chart.measure.wrapped(slot.label, room - _BETWEEN) for slot in labels]


def _whole(labels: Sequence[Slot], lines: list[tuple[str, ...]]) -> bool:
    """Whether no word was broken and no label has more than two lines."""
    return all(
        len(own) <= 2 and " ".join(own) == " ".join(slot.label.split()) for slot, own in zip(labels, lines, strict=True)
    )
