"""Points over years or categories, joined by lines or not."""

from __future__ import annotations

from dataclasses import dataclass

from dossierbuild.tools.charts.axes import Frame, Slot, below, numbers_axis, slots
from dossierbuild.tools.charts.chart import Chart, Series
from dossierbuild.tools.charts.legend import header
from dossierbuild.tools.charts.names import end_height, end_names, end_room
from dossierbuild.tools.charts.plot import CAP, SIZE, Anchor, Bar, Line, Mark, Plot, Point, Words
from dossierbuild.tools.charts.room import Box, box_of, crossed, overlap
from dossierbuild.tools.charts.scale import Scale, around

_PLOT = (110.0, 0.115)  # points, the height: of its own, and for each point of width
_STROKE = 2.0
_MARGIN = 14.0  # from the ends of the axis below to its first and last place
_ABOVE = 10.0  # how far numbers may stand out above the frame
_MOST_SLOTS = 1000
_JOINED, _ALONE, _SMALLEST = 6.5, 8.5, 2.5  # points, the size of marks


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stop:
    """A point of a series: place, slot and number; `low` where both its neighbours are higher."""

    place: Point
    slot: int
    label: str
    low: bool = False


def lines(chart: Chart) -> Plot:
    """Lines over years or categories; a line breaks where a year or a number is missing."""
    return _points(chart, joined=True)


def upright_dots(chart: Chart) -> Plot:
    """Points over years, with room for years that are missing."""
    return _points(chart, joined=False)


def _points(chart: Chart, joined: bool) -> Plot:
    several = len(chart.series) > 1
    head, top = header(chart, 0.0, 0.0)
    top += 6
    own = _PLOT[0] + _PLOT[1] * chart.width
    bottom = top + (max(own, end_height(chart) - 12) if several else own)  # names may stand out by 6 at either end
    right = chart.width - end_room(chart) if several else chart.width
    frame = Frame(left=0.0, top=top, right=right, bottom=bottom)
    axis, frame, scale = numbers_axis(chart, around(chart.values, chart.unit), frame)
    places = slots(chart, _MOST_SLOTS)
    room = (right - frame.left - 2 * _MARGIN) / max(len(places) - 1, 1)
    centres = [frame.left + _MARGIN + number * room for number in range(len(places))]
    size = max(_SMALLEST, min(0.6 * room, _JOINED if joined else _ALONE))
    series = [(one_series, _stops(one_series, places, centres, scale)) for one_series in chart.series]
    strokes = [stroke for one_series, stops in series if joined for stroke in _strokes(one_series, stops)]
    marks = [
        Mark(x=stop.place[0], y=stop.place[1], shape=one_series.number, colour=one_series.colour, size=size)
        for one_series, stops in series
        for stop in stops
    ]
    ends = [stops[-1].place if stops else (right, bottom) for _, stops in series]
    names = end_names(chart, ends, right, (top - 6, bottom + 6)) if several else ()
    labels, end = below(chart, places, centres, room, bottom + 8)
    numbers = _numbers(chart, [stops for _, stops in series], strokes, marks, frame)
    plates = [_plate(chart, words) for words in numbers]
    return Plot(chart.width, end + 3, (*head, *axis, *plates, *strokes, *marks, *names, *numbers, *labels))


def _stops(series: Series, places: tuple[Slot, ...], centres: list[float], scale: Scale) -> list[_Stop]:
    known = [
        (number, slot.row, value)
        for number, slot in enumerate(places)
        if slot.row is not None and (value := series.values[slot.row]) is not None
    ]
    values = [value for _, _, value in known]
    return [
        _Stop(
            place=(centres[number], scale.at(value)),
            slot=number,
            label=series.labels[row],
            low=0 < at < len(values) - 1 and values[at - 1] > value < values[at + 1],
        )
        for at, (number, row, value) in enumerate(known)
    ]


def _strokes(series: Series, stops: list[_Stop]) -> list[Line]:
    """The line through points that stand next to each other, broken elsewhere."""
    runs: list[list[_Stop]] = []
    for stop in stops:
        if runs and stop.slot == runs[-1][-1].slot + 1:
            runs[-1].append(stop)
        else:
            runs.append([stop])
    return [
        Line(points=tuple(stop.place for stop in run), colour=series.colour, width=_STROKE)
        for run in runs
        if len(run) > 1
    ]


def _numbers(
    chart: Chart,
    series: list[list[_Stop]],
    strokes: list[Line],
    marks: list[Mark],
    frame: Frame,
) -> tuple[Words, ...]:
    """The numbers at their points as far as there is room: all of one series, the ends of several."""
    taken: list[Box] = [box_of(mark) for mark in marks]
    found: list[Words] = []
    for stops in series:
        chosen = stops if len(series) == 1 else [stops[index] for index in (0, -1)] if len(stops) > 1 else stops
        for stop in chosen:
            words = _number(chart, stop, strokes, taken, frame)
            if words is not None:
                found.append(words)
                taken.append(chart.measure.box(words))
    return tuple(found)


def _plate(chart: Chart, words: Words) -> Bar:
    """A ground for a number, so that the light lines of the axis do not run through it."""
    left, top, right, bottom = chart.measure.box(words)
    paper = chart.theme.colour("paper")
    return Bar(x=left - 2, y=top - 2, width=right - left + 4, height=bottom - top + 4, colour=paper)


def _number(chart: Chart, stop: _Stop, strokes: list[Line], taken: list[Box], frame: Frame) -> Words | None:
    x, y = stop.place
    half = chart.measure.width(stop.label) / 2
    above, under = y - 8, y + 8 + 2 * CAP * SIZE
    for baseline in (under, above) if stop.low else (above, under):
        words = Words(
            x=max(frame.left + half, min(x, frame.right - half)),
            y=baseline,
            text=stop.label,
            colour=chart.theme.colour("ink"),
            anchor=Anchor.MIDDLE,
        )
        box = chart.measure.box(words)
        within = frame.top - _ABOVE <= box[1] and box[3] <= frame.bottom
        if (
            within
            and not any(overlap(box, other, 1.5) for other in taken)
            and not any(crossed(box, stroke) for stroke in strokes)
        ):
            return words
    return None
