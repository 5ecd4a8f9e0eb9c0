"""Axes: from numbers to points, round steps, and labels that give each other room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

_LEAST = 1e-9  # numbers on an axis are rounded to ten decimals


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A straight scale: `low` and `high` are numbers, `start` and `end` the points where they stand."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def from_zero(values: Sequence[float]) -> tuple[float, float]:
    """The bounds of a length: bars begin at zero. Numbers too small for an axis get that of one."""
    low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
    return (low, high) if high - low > _LEAST else (0.0, 1.0)


def around(values: Sequence[float], unit: str) -> tuple[float, float]:
    """The bounds of a position, on round numbers: from zero unless the values lie far from it.

    An axis of percentages shows at least twenty points, so that small differences look small, and stays
    within 0 and 100 when the values do.
    """
    low, high = (value if abs(value) > _LEAST else 0.0 for value in (min(values), max(values)))
    if low > 0 and low <= 0.4 * high:
        low = 0.0
    elif high < 0 and high >= 0.4 * low:
        high = 0.0
    least = 20.0 if unit == "%" else abs(high) * 0.1 or 1.0
    margin = max(least - (high - low), 0.1 * (high - low)) / 2
    wide = (low - margin if low else 0.0, high + margin if high else 0.0)
    if min(values) >= 0:
        wide = (max(wide[0], 0.0), wide[1] or least)
    ticks = steps(*wide)
    low, high = min(ticks[0], wide[0]), max(ticks[-1], wide[1])
    if unit == "%" and max(values) <= 100:
        high = min(high, 100.0)
    return low, high


def steps(low: float, high: float) -> tuple[float, ...]:
    """Three to six round numbers from at or below `low` to at or above `high`."""
    from matplotlib.ticker import MaxNLocator

    found = MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    return tuple(round(float(value), 10) + 0.0 for value in found)


def plain(value: float) -> str:
    """A number as data would write it: 0.5, 1500, -2."""
    return f"{value:.10f}".rstrip("0").rstrip(".")


def spread(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> tuple[float, ...]:
    """The middle of each label, as near to the wanted one as can be, in order and without overlap.

    `sizes` are the extents of the labels along the line. Labels stay between `low` and `high` as far as there is room.
    """
    groups: list[tuple[list[int], float, float]] = []  # members, start, total size
    for index in sorted(range(len(wanted)), key=lambda at: wanted[at]):
        groups.append(_group([index], wanted, sizes, low, high))
        while len(groups) > 1 and groups[-2][1] + groups[-2][2] > groups[-1][1]:
            last, before = groups.pop(), groups.pop()
            groups.append(_group(before[0] + last[0], wanted, sizes, low, high))
    middles = [0.0] * len(wanted)
    for members, start, _ in groups:
        ends = accumulate((sizes[index] for index in members), initial=start)
        for index, end in zip(members, ends, strict=False):  # the last end has nothing after it
            middles[index] = end + sizes[index] / 2
    return tuple(middles)


def _group(
    members: list[int], wanted: Sequence[float], sizes: Sequence[float], low: float, high: float
) -> tuple[list[int], float, float]:
    total, starts = 0.0, 0.0
    for index in members:
        starts += wanted[index] - sizes[index] / 2 - total
        total += sizes[index]
    return members, max(low, min(starts / len(members), high - total)), total
