"""The infographic's one sheet of paper: letters as large as fit, and a problem when the texts are too long.

The style sheet says what gives way: it multiplies the sizes of letters by the property `--fit`, and keeps all panels
together as high as `--panels`, so that short texts fill the sheet as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from dossierbuild.core.problems import NOWHERE, Place, Problem, problem
from dossierbuild.tools import markup
from dossierbuild.tools.paper import Extent, measure

SIZES = (0.84, 0.88, 0.92, 0.96, 1.0, 1.04, 1.08, 1.12, 1.16, 1.2, 1.25)
"""The values of `--fit`; at the first the smallest letters of a panel measure 7.9 points."""

_LOOKS = (f"--fit:{SIZES[0]};--panels:0mm", *(f"--fit:{size}" for size in SIZES))
"""The looks in order of the room that they take, the smallest first."""

_LONGEST = 4000.0
"""The length of the longest sheet, in mm."""
_SPARE = (10.0, 30.0, 100.0, 300.0)
"""The room that is left below the last text, in mm: the first that is enough."""

# Panels as high as their text, on a sheet that is as long as need be.
_UNBOUND = "@page sheet{{size:{width}mm 4000mm}}.panels{{min-height:0!important;align-items:start!important}}"


def fitted(html: str, resources: Mapping[str, bytes]) -> str:
    """The page with the largest letters (`SIZES`) at which it fits on one sheet; with the smallest where none fit."""
    low, high = 0, len(_LOOKS) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if len(measure(_looking(html, _LOOKS[middle]), resources).pages) == 1:
            low = middle
        else:
            high = middle - 1
    return _looking(html, _LOOKS[low])


def lengthened(html: str, resources: Mapping[str, bytes]) -> str:
    """The page on one sheet that is as long as its texts need, up to 4 m."""
    width, height = measure(html, resources).pages[0]
    needed = max(height, _end(measure(_with_style(html, _UNBOUND.format(width=width)), resources).extents))
    longer = (f"@page sheet{{size:{width}mm {needed + room}mm}}" for room in (*_SPARE, _LONGEST - needed))
    pages = (_with_style(html, css) for css in longer)
    return next((page for page in pages if len(measure(page, resources).pages) == 1), html)


def _end(extents: tuple[Extent, ...]) -> float:
    """How far from the top the lowest text or picture ends, in mm."""
    return max(extent.top + extent.height for extent in extents)


def _looking(html: str, properties: str) -> str:
    return _with_style(html, f"html{{{properties}}}")


def _with_style(html: str, css: str) -> str:
    """The page with more style at the end of its head."""
    return html.replace("</head>", f"<style>{css}</style></head>", 1)


@dataclass(frozen=True, slots=True)
class _Panel:
    """A panel on a sheet without end: its number, the height of its text in mm, how much higher than the others in its
    row it is in mm (`surplus`), and the characters of its text (`length`)."""

    index: int
    height: float
    surplus: float
    length: int


def overfull(places: tuple[Place, ...], html: str, resources: Mapping[str, bytes]) -> Problem:
    """D506 at the panel to shorten first, for an infographic that takes more than one sheet.

    The problem names the characters that fit in that panel, estimated from the measured heights. `places` are the
    places of the panels in their file.
    """
    smallest = _looking(html, _LOOKS[0])
    width, height = measure(smallest, resources).pages[0]
    unbound = measure(_with_style(smallest, _UNBOUND.format(width=width)), resources)
    needed = _end(unbound.extents)
    over = max(needed - height, 1.0)  # the room below the last text is not measured
    panels = _panels(markup.parse_html(html.encode()), unbound.extents)
    if not panels:
        return problem("D506", NOWHERE, over=round(over), length=0, room=0)
    alone = max(panels, key=lambda panel: panel.surplus)
    if alone.surplus >= over:
        longest, share = alone, (alone.height - over) / alone.height
    else:
        longest, share = max(panels, key=lambda panel: panel.length), height / needed
    place = places[longest.index] if longest.index < len(places) else NOWHERE
    room = int(longest.length * share) // 10 * 10
    return problem("D506", place, over=round(over), length=longest.length, room=room)


def _panels(page: markup.Element, extents: tuple[Extent, ...]) -> list[_Panel]:
    texts = {panel.get("id", ""): markup.text_of(panel) for panel in markup.with_class(page, "panel")}
    names = list(texts)
    found: list[_Panel] = []
    standing = sorted((extent for extent in extents if extent.identifier in texts), key=lambda extent: extent.top)
    for _, row in groupby(standing, key=lambda extent: round(extent.top)):
        side_by_side = sorted(row, key=lambda extent: extent.height)
        for extent in side_by_side:
            others = [other.height for other in side_by_side if other is not extent]
            found.append(
                _Panel(
                    names.index(extent.identifier),
                    extent.height,
                    extent.height - max(others, default=0.0),
                    len(texts[extent.identifier]),
                )
            )
    return found
