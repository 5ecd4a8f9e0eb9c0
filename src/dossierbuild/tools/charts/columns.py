"""Standing bars: a column for each year or category, with a bar, a group of bars, or one bar in parts."""

from __future__ import annotations

from dataclasses import dataclass

from dossierbuild.tools.charts.axes import Frame, Slot, below, fits, numbers_axis, slots
from dossierbuild.tools.charts.chart import Chart
from dossierbuild.tools.charts.legend import header, key
from dossierbuild.tools.charts.names import end_height, end_names, end_room
from dossierbuild.tools.charts.plot import CAP, LINE, SIZE, Anchor, Bar, Line, Plot, Shape, Words
from dossierbuild.tools.charts.scale import Scale, from_zero, steps
from dossierbuild.tools.charts.stack import label_inside, parts, stack_bounds

_PLOT = (90.0, 0.115)  # points, the height of the longest bar: of its own, and for each point of width
_MOST_SLOTS = 60
_MOST = 12  # categories; moments may be more
_WIDEST = 46.0  # points
_FULL = 0.72  # of a slot is filled, the rest stays white


def stand_well(chart: Chart) -> bool:
    """Whether bars had better stand: moments that run on, and few categories with short names and numbers."""
    places = slots(chart, _MOST_SLOTS)
    if chart.moments is not None:
        return True
    room = chart.width / len(places)
    return len(places) <= _MOST and fits(chart, places, room) and _labels_fit(chart, room)


def standing_bars(chart: Chart) -> Plot:
    """Each bar with its number on top, or beside an axis of numbers where these do not fit."""
    head, top = header(chart, 0.0, 0.0)
    named, top = key(chart, top, marks=False) if len(chart.series) > 1 else ((), top)
    places = slots(chart, _MOST_SLOTS)
    labelled = _labels_fit(chart, chart.width / len(places))
    top += LINE if labelled else 4.0
    frame = Frame(left=0.0, top=top, right=chart.width, bottom=top + _plot(chart))
    axis: tuple[Shape, ...] = ()
    if labelled:
        low, high = from_zero(chart.values)
        scale = Scale(low=low, high=high, start=frame.bottom, end=frame.top)
    else:
        axis, frame, scale = _numbers_axis(chart, from_zero(chart.values), frame)
    columns = _Columns(chart=chart, places=places, frame=frame, scale=scale)
    bars = [
        shape
        for slot, centre in zip(places, columns.centres, strict=True)
        if slot.row is not None
        for shape in _group(columns, slot.row, centre, labelled)
    ]
    deepest = LINE if labelled and scale.low < 0 else 0.0
    labels, end = below(chart, places, columns.centres, columns.room, frame.bottom + deepest + 6)
    return Plot(chart.width, end + 3, (*head, *named, *axis, *bars, columns.zero, *labels))


def standing_stacks(chart: Chart) -> Plot:
    """Each part with its number where it fits; the names stand beside the last bar, or in a key."""
    places = slots(chart, _MOST_SLOTS)
    last = parts(chart, places[-1].row) if places[-1].row is not None else ()
    fits_beside = end_height(chart) <= _plot(chart)
    named = fits_beside and all(part is not None and part[1] > part[0] for part in last)
    head, top = header(chart, 0.0, 0.0)
    keyed, top = ((), top) if named else key(chart, top, marks=False)
    right = chart.width - end_room(chart) if named else chart.width
    frame = Frame(left=0.0, top=top + 4, right=right, bottom=top + 4 + _plot(chart))
    axis, frame, scale = _numbers_axis(chart, stack_bounds(chart), frame)
    columns = _Columns(chart=chart, places=places, frame=frame, scale=scale)
    bars = [
        shape
        for slot, centre in zip(places, columns.centres, strict=True)
        if slot.row is not None
        for shape in _stack(columns, slot.row, centre, striped=not named)
    ]
    edge = columns.centres[-1] + columns.thickness / 2
    ends = [(edge, scale.at(sum(part) / 2)) for part in last if part is not None]
    names = end_names(chart, ends, right, (frame.top, frame.bottom)) if named else ()
    labels, end = below(chart, places, columns.centres, columns.room, frame.bottom + 6)
    return Plot(chart.width, end + 3, (*head, *keyed, *axis, *bars, columns.zero, *names, *labels))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    """The columns of a standing chart."""

    chart: Chart
    places: tuple[Slot, ...]
    frame: Frame
    scale: Scale

    @property
    def room(self) -> float:
        return (self.frame.right - self.frame.left) / len(self.places)

    @property
    def centres(self) -> list[float]:
        return [self.frame.left + (number + 0.5) * self.room for number in range(len(self.places))]

    @property
    def thickness(self) -> float:
        """Of a bar in parts."""
        return min(_FULL * self.room, 1.4 * _WIDEST)

    @property
    def zero(self) -> Line:
        y = self.scale.at(0)
        ends = ((self.frame.left, y), (self.frame.right, y))
        return Line(points=ends, colour=self.chart.theme.colour("ink"))


def _numbers_axis(chart: Chart, bounds: tuple[float, float], frame: Frame) -> tuple[tuple[Shape, ...], Frame, Scale]:
    ticks = steps(*bounds)
    return numbers_axis(chart, (ticks[0], ticks[-1]), frame)


def _plot(chart: Chart) -> float:
    return _PLOT[0] + _PLOT[1] * chart.width


def _pitch(chart: Chart, room: float) -> float:
    """From one bar to the next within a group."""
    return min(_FULL * room / len(chart.series), _WIDEST)


def _labels_fit(chart: Chart, room: float) -> bool:
    """Whether the numbers fit on top of the bars; a bar that is alone has its whole slot for it."""
    widest = chart.measure.widest(label for series in chart.series for label in series.labels)
    return widest + 4 <= (room if len(chart.series) == 1 else _pitch(chart, room))


def _group(columns: _Columns, row: int, centre: float, labelled: bool) -> list[Shape]:
    chart, scale = columns.chart, columns.scale
    pitch, zero = _pitch(chart, columns.room), scale.at(0)
    width = pitch if len(chart.series) == 1 else pitch * 0.94
    ink, muted = chart.theme.colour("ink"), chart.theme.colour("muted")
    shapes: list[Shape] = []
    for series in chart.series:
        x = centre + (series.number - (len(chart.series) - 1) / 2) * pitch
        value = series.values[row]
        if value is None:
            room = columns.room if len(chart.series) == 1 else pitch
            fitting = [text for text in (chart.no_data, "–") if chart.measure.width(text) + 4 <= room]
            shapes.extend(Words(x=x, y=zero - 4, text=text, colour=muted, anchor=Anchor.MIDDLE) for text in fitting[:1])
            continue
        end = scale.at(value)
        shapes.append(
            Bar(
                x=x - width / 2,
                y=min(end, zero),
                width=width,
                height=abs(zero - end),
                colour=series.colour,
                stripes=series.number,
            )
        )
        if labelled:
            y = end - 4 if value >= 0 else end + 4 + 2 * CAP * SIZE
            shapes.append(Words(x=x, y=y, text=series.labels[row], colour=ink, anchor=Anchor.MIDDLE))
    return shapes


def _stack(columns: _Columns, row: int, centre: float, striped: bool) -> list[Shape]:
    chart, scale = columns.chart, columns.scale
    shapes: list[Shape] = []
    for series, part in zip(chart.series, parts(chart, row), strict=True):
        if part is None:
            continue
        start, end = sorted((scale.at(part[0]), scale.at(part[1])))
        bar = Bar(
            x=centre - columns.thickness / 2,
            y=start + 1,
            width=columns.thickness,
            height=max(end - start - 1, 0.5),
            colour=series.colour,
            stripes=series.number if striped else 0,
        )
        shapes.extend((bar, *label_inside(chart, bar, series.labels[row])))
    return shapes
