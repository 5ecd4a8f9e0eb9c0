"""The two axes of upright charts: numbers at the left with light lines, and years or categories below."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import gcd

from dossierbuild.core.moments import Moment, Span, ticks
from dossierbuild.tools.charts.chart import Chart
from dossierbuild.tools.charts.legend import Band
from dossierbuild.tools.charts.plot import CAP, LINE, SIZE, SMALL, Anchor, Line, Shape, Words
from dossierbuild.tools.charts.scale import Scale, plain, steps

_BETWEEN = 8.0  # points between two labels
_YEAR_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500)
_MONTH_STEPS = (1, 2, 3, 4, 6, 12, 24, 48, 60, 120, 240, 600)  # and of quarters and days


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The rectangle in which numbers become heights, in points."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A place on the axis below; `row` is the table's row that stands there, None for a moment that is missing.

    `number` is that of the moment, else that of the row.
    """

    label: str
    row: int | None
    number: int


def slots(chart: Chart, most: int) -> tuple[Slot, ...]:
    """The places from left to right: moments at even steps with room for missing ones, categories one by one.

    Moments so far apart that they would need more than `most` places stand one by one too.
    """
    if chart.moments is None:
        return tuple(Slot(label=label, row=row, number=row) for row, label in enumerate(chart.categories))
    row_of = {moment.number: row for row, moment in enumerate(chart.moments)}
    step, first, last = _step(row_of), min(row_of), max(row_of)
    is_even = (last - first) // step < most
    return tuple(
        Slot(label=chart.printed_moment(number), row=row_of.get(number), number=number)
        for number in (range(first, last + 1, step) if is_even else sorted(row_of))
    )


def _step(numbers: Iterable[int]) -> int:
    """The widest step at which all the numbers stand."""
    first = min(numbers)
    return gcd(*(number - first for number in numbers)) or 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How the rows follow each other along the axis below.

    `order` has the rows from left to right, `places` how many steps from the first each of them stands, by row, and
    `length` the steps to the last. Where it `is_counted`, a step that is missed is a place that is missing.
    """

    order: tuple[int, ...]
    places: tuple[float, ...]
    length: float
    is_counted: bool

    def runs(self, values: Sequence[float | None]) -> list[list[int]]:
        """The rows that have a value, from left to right, those together that nothing is missing between."""
        found: list[list[int]] = [[]]
        for before, row in zip((self.order[0], *self.order), self.order, strict=False):
            is_apart = self.is_counted and self.places[row] - self.places[before] > 1
            if values[row] is None or is_apart:
                found.append([])
            if values[row] is not None:
                found[-1].append(row)
        return [run for run in found if run]


def course(chart: Chart, most: int) -> Course:
    """The course of a chart's rows: categories one by one, moments in proportion to time.

    Days, and moments that would need more than `most` places, are not counted: they follow each other as they come.
    """
    if chart.moments is None:
        rows = tuple(range(len(chart.categories)))
        return Course(order=rows, places=tuple(map(float, rows)), length=len(rows) - 1.0, is_counted=True)
    numbers = [moment.number for moment in chart.moments]
    first, step = min(numbers), _step(numbers)
    places = tuple((number - first) / step for number in numbers)
    return Course(
        order=tuple(sorted(range(len(numbers)), key=lambda row: places[row])),
        places=places,
        length=max(places),
        is_counted=chart.moments[0].span is not Span.DAY and max(places) < most,
    )


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

    Moments without data are muted. The name of the categories stands in the middle under them.
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
    title, bottom = _title(chart, (places[0] + places[-1]) / 2, bottom)
    return (*shapes, *title), bottom


def _title(chart: Chart, middle: float, top: float) -> Band:
    """What stands along the axis below, in the middle under it; years need no name."""
    if not chart.x_name or (chart.moments is not None and chart.moments[0].span is Span.YEAR):
        return (), top
    lines = chart.measure.wrapped(chart.x_name, 2 * min(middle, chart.width - middle), SMALL)
    colour = chart.theme.colour("muted")
    words = tuple(
        Words(x=middle, y=top + 3 + SMALL + number * LINE, text=line, anchor=Anchor.MIDDLE, colour=colour, size=SMALL)
        for number, line in enumerate(lines)
    )
    return words, top + 3 + len(lines) * LINE


def ticks_below(chart: Chart, place_of: Callable[[int], float], top: float) -> Band:
    """Whole years, months or days below an axis of time, as many as there is room for; `place_of` has their x.

    Where none lies between the first and the last moment, these two.
    """
    moments = sorted(chart.moments or (), key=lambda moment: moment.number)
    found = next((group for group in ticks(moments[0], moments[-1]) if _is_roomy(chart, group, place_of)), ())
    outer = tuple((moment, moment.number) for moment in dict.fromkeys((moments[0], moments[-1])))
    shown = found or (outer if _is_roomy(chart, outer, place_of) else outer[:1])
    shapes: list[Shape] = []
    for moment, number in shown:
        label, colour = chart.calendar.printed(moment), chart.theme.colour("ink")
        x, _ = _middle(chart, place_of(number), (label,))
        ends = ((place_of(number), top - 7), (place_of(number), top - 3))
        tick = Line(points=ends, colour=chart.theme.colour("muted"))
        words = Words(x=x, y=top + 2 * CAP * SIZE, text=label, colour=colour, anchor=Anchor.MIDDLE)
        shapes.extend((tick, words))
    middle = (place_of(moments[0].number) + place_of(moments[-1].number)) / 2
    title, bottom = _title(chart, middle, top + LINE)
    return (*shapes, *title), bottom


def _is_roomy(chart: Chart, group: tuple[tuple[Moment, int], ...], place_of: Callable[[int], float]) -> bool:
    """Whether ticks are there, no more than can have room, and their labels keep their distance."""
    if not 0 < len(group) <= chart.width / _BETWEEN:
        return False
    lines: list[tuple[str, ...]] = [(chart.calendar.printed(moment),) for moment, _ in group]
    return _apart(chart, [place_of(number) for _, number in group], lines, set(range(len(group))))


def fits(chart: Chart, labels: Sequence[Slot], room: float) -> bool:
    """Whether all labels find a place below, `room` apart, in at most two lines."""
    return _whole(labels, _wrapped(chart, labels, room))


def _shown(chart: Chart, labels: Sequence[Slot], every: int) -> set[int]:
    """The numbers of the labels that stay when one in `every` is shown: round moments where they stand at even steps,
    else counted from the last."""
    last = len(labels) - 1
    counted = {number for number in range(len(labels)) if (last - number) % every == 0}
    if chart.moments is None or every <= 2:
        return counted
    moments = [slot.number for slot in labels]
    step = moments[1] - moments[0]
    if chart.moments[0].span is Span.DAY or moments[-1] - moments[0] != step * last:
        return counted
    return {number for number, moment in enumerate(moments) if moment % (every * step) == 0} or counted


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
    if chart.moments is not None:
        least = (chart.measure.widest(slot.label for slot in labels) + _BETWEEN) / max(room, 0.01)
        lines: list[tuple[str, ...]] = [(slot.label,) for slot in labels]
        steps_of_span = _YEAR_STEPS if chart.moments[0].span is Span.YEAR else _MONTH_STEPS
        fitting = (step for step in steps_of_span if step >= least)
        apart = (step for step in fitting if _apart(chart, places, lines, _shown(chart, labels, step)))
        return next(apart, len(labels)), lines
    every = max(1, int(chart.measure.widest(slot.label for slot in labels) / 2 / max(room, 0.01)))  # two lines at most
    while every < len(labels):
        lines = _wrapped(chart, labels, room * every - (_BETWEEN if every > 1 else 0))
        if _whole(labels, lines) and _apart(chart, places, lines, _shown(chart, labels, every)):
            return every, lines
        every += 1 + every // 10  # of thousands of names not every number is tried
    return max(len(labels), 1), [chart.measure.wrapped(slot.label, chart.width / 2) for slot in labels]


def _wrapped(chart: Chart, labels: Sequence[Slot], room: float) -> list[tuple[str, ...]]:
    return [chart.measure.wrapped(slot.label, room - _BETWEEN) for slot in labels]


def _whole(labels: Sequence[Slot], lines: list[tuple[str, ...]]) -> bool:
    """Whether no word was broken and no label has more than two lines."""
    return all(
        len(own) <= 2 and " ".join(own) == " ".join(slot.label.split()) for slot, own in zip(labels, lines, strict=True)
    )
