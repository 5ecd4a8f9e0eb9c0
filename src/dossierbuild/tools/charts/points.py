"""Points over moments or categories, joined by lines or not."""

from __future__ import annotations

from dataclasses import dataclass

from dossierbuild.tools.charts.axes import Course, Frame, below, course, numbers_axis, slots, ticks_below
from dossierbuild.tools.charts.chart import Chart, Series
from dossierbuild.tools.charts.legend import Band, header, key
from dossierbuild.tools.charts.names import end_height, end_names, end_room
from dossierbuild.tools.charts.plot import CAP, SIZE, Anchor, Bar, Line, Mark, Plot, Point, Words
from dossierbuild.tools.charts.room import Box, box_of, crossed, overlap
from dossierbuild.tools.charts.scale import Scale, around

_PLOT = (110.0, 0.115)  # points, the height: of its own, and for each point of width
_STROKE = 2.0
_MARGIN = 14.0  # from the ends of the axis below to its first and last place
_ABOVE = 10.0  # how far numbers may stand out above the frame
_MOST_SLOTS = 1000
_MOST_NAMED = 400.0  # points of height that names beside the ends may take; more series have a key
_MOST_NUMBERED = 60  # points of a series with a number at each
_CLOSEST = 2.0  # points of width: nearer to each other, points of a line have no marks
_JOINED, _ALONE, _SMALLEST = 6.5, 8.5, 2.5  # points, the size of marks


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stop:
    """A point of a series: place and number; `low` where both its neighbours are higher."""

    place: Point
    label: str
    low: bool = False


_Runs = list[list[_Stop]]
"""The points of a series from left to right, those together that are joined by a line."""


def lines(chart: Chart) -> Plot:
    """Lines over moments or categories; a line breaks where a moment or a number is missing."""
    return _points(chart, joined=True)


def upright_dots(chart: Chart) -> Plot:
    """Points over moments, with room for moments that are missing."""
    return _points(chart, joined=False)


def _points(chart: Chart, joined: bool) -> Plot:
    several = len(chart.series) > 1
    named = several and end_height(chart) <= _MOST_NAMED
    head, top = header(chart, 0.0, 0.0)
    keyed, top = key(chart, top, marks=True) if several and not named else ((), top)
    top += 6
    own = _PLOT[0] + _PLOT[1] * chart.width
    bottom = top + (max(own, end_height(chart) - 12) if named else own)  # names may stand out by 6 at either end
    right = chart.width - end_room(chart) if named else chart.width
    frame = Frame(left=0.0, top=top, right=right, bottom=bottom)
    axis, frame, scale = numbers_axis(chart, around(chart.values, chart.unit), frame)
    way = course(chart, _MOST_SLOTS)
    room = (right - frame.left - 2 * _MARGIN) / max(way.length, 1)
    centres = [frame.left + _MARGIN + place * room for place in way.places]
    pitch = room if way.is_counted else room * way.length / max(len(centres) - 1, 1)
    size = max(_SMALLEST, min(0.6 * pitch, _JOINED if joined else _ALONE))
    series = [(one_series, _runs(one_series, way, centres, scale)) for one_series in chart.series]
    strokes = [stroke for one_series, runs in series if joined for stroke in _strokes(one_series, runs)]
    marks = [
        Mark(x=stop.place[0], y=stop.place[1], shape=one_series.number, colour=one_series.colour, size=size)
        for one_series, runs in series
        for run in runs
        if pitch >= _CLOSEST or not joined or len(run) == 1
        for stop in run
    ]
    stops = [[stop for run in runs for stop in run] for _, runs in series]
    ends = [found[-1].place if found else (right, bottom) for found in stops]
    names = end_names(chart, ends, right, (top - 6, bottom + 6)) if named else ()
    labels, end = _below(chart, way, frame, room, bottom + 8)
    numbers = _numbers(chart, stops, strokes, marks, frame)
    plates = [_plate(chart, words) for words in numbers]
    shapes = (*head, *keyed, *axis, *plates, *strokes, *marks, *names, *numbers, *labels)
    return Plot(chart.width, end + 3, shapes)


def _below(chart: Chart, way: Course, frame: Frame, room: float, top: float) -> Band:
    """The labels of the axis below: of each place that is counted, else of whole years and months."""
    first = frame.left + _MARGIN
    if way.is_counted:
        places = slots(chart, _MOST_SLOTS)
        return below(chart, places, [first + number * room for number in range(len(places))], room, top)
    numbers = [moment.number for moment in chart.moments or ()]
    pace = room * way.length / max(max(numbers) - min(numbers), 1)
    return ticks_below(chart, lambda number: first + (number - min(numbers)) * pace, top)


def _runs(series: Series, way: Course, centres: list[float], scale: Scale) -> _Runs:
    runs = way.runs(series.values)
    known = [(row, value) for run in runs for row in run if (value := series.values[row]) is not None]
    low = {row for (_, before), (row, value), (_, after) in zip(known, known[1:], known[2:], strict=False)
           if before > value < after}  # fmt: skip
    stops = {
        row: _Stop(place=(centres[row], scale.at(value)), label=series.labels[row], low=row in low)
        for row, value in known
    }
    return [[stops[row] for row in run] for run in runs]


def _strokes(series: Series, runs: _Runs) -> list[Line]:
    """The line through points between which nothing is missing."""
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
    """The numbers at their points as far as there is room: all of one series of not too many, else the ends of each."""
    taken: list[Box] = [box_of(mark) for mark in marks]
    found: list[Words] = []
    for stops in series:
        is_whole = len(series) == 1 and len(stops) <= _MOST_NUMBERED
        chosen = stops if is_whole or len(stops) < 2 else [stops[0], stops[-1]]
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
        within = max(frame.top - _ABOVE, 0.0) <= box[1] and box[3] <= frame.bottom
        if (
            within
            and not any(overlap(box, other, 1.5) for other in taken)
            and not any(crossed(box, stroke) for stroke in strokes)
        ):
            return words
    return None
