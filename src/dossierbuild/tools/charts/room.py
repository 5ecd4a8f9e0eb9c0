"""Whether there is room: boxes and lines that would run into each other."""

from __future__ import annotations

from itertools import pairwise

from dossierbuild.tools.charts.plot import Line, Mark, Point

Box = tuple[float, float, float, float]  # left, top, right, bottom


def box_of(mark: Mark) -> Box:
    half = mark.size / 2
    return mark.x - half, mark.y - half, mark.x + half, mark.y + half


def overlap(box: Box, other: Box, distance: float = 0.0) -> bool:
    """Whether two boxes come nearer to each other than `distance`."""
    return (
        box[0] < other[2] + distance
        and other[0] < box[2] + distance
        and box[1] < other[3] + distance
        and other[1] < box[3] + distance
    )


def crossed(box: Box, line: Line) -> bool:
    """Whether a line runs through a box."""
    return any(_cuts(box, start, end) for start, end in pairwise(line.points))


def _cuts(box: Box, start: Point, end: Point) -> bool:
    """Liang and Barsky's test: the part of the segment within each pair of sides, and whether any is left."""
    first, last = 0.0, 1.0
    for axis in (0, 1):
        delta = end[axis] - start[axis]
        low, high = box[axis] - start[axis], box[axis + 2] - start[axis]
        if delta == 0:
            if low > 0 or high < 0:
                return False
            continue
        enter, leave = sorted((low / delta, high / delta))
        first, last = max(first, enter), min(last, leave)
    return first <= last
