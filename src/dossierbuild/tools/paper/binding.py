"""Drawn pages bound into one PDF: numbered, linked to each other, under one structure tree, with each font once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import pydyf

from dossierbuild.core.typography import page_label
from dossierbuild.tools.paper.drawn_pages import NUMERALS, Drawn, Link, PageNumber
from dossierbuild.tools.paper.engine import restored_font
from dossierbuild.tools.paper.objects import write_structure
from dossierbuild.tools.paper.structure import Element, LinkArea, Mark, Tagged

# What stands around the sections of a text, and goes on from one to the next.
FRAMES = frozenset({"Part", "Div"})

OPEN_NUMBER = re.compile(rb"<e0f0([0-9a-f]{8})e0f1>")


def bound_document(
    volumes: Sequence[Drawn], files: Iterable[bytes], front: int, blank: Callable[..., Any]
) -> tuple[Any, Any]:
    """A WeasyPrint document of all pages, and the function that takes the place of its `add_tags`.

    `files` are the files of the fonts that the pages were drawn with; the first `front` pages have Roman numerals;
    `blank` makes an empty document of pages.
    """
    firsts = _first_pages(volumes)
    places = _places(volumes, firsts)
    bound = [
        _BoundPage(volume, number, _numbered(page.lines, _closed(volume.numbers, first, places, front)))
        for volume, first in zip(volumes, firsts, strict=True)
        for number, page in enumerate(volume.pages)
    ]
    document = blank(bound, volumes[0].metadata)
    document.fonts = _fonts(volumes, files)

    def add_tags(pdf: Any, *_: Any) -> None:
        write_structure(pdf, _whole_tree(volumes, firsts, bound))
        if front:
            pdf.catalog["PageLabels"] = _page_labels(front)

    return document, add_tags


def _page_labels(front: int) -> Any:
    """How programs that show the file call its pages (ISO 32000-1, 12.4.2): as they are numbered in print."""
    styles = ((0, "/r"), (front, "/D"))
    ranges = [entry for page, style in styles for entry in (page, pydyf.Dictionary({"S": style}))]
    return pydyf.Dictionary({"Nums": pydyf.Array(ranges)})


def _first_pages(volumes: Sequence[Drawn]) -> list[int]:
    """How many pages come before each volume."""
    firsts = [0]
    for volume in volumes[:-1]:
        firsts.append(firsts[-1] + len(volume.pages))
    return firsts


def _places(volumes: Sequence[Drawn], firsts: Sequence[int]) -> dict[str, int]:
    """The page (from 1) of each anchor; the first where there are two."""
    places: dict[str, int] = {}
    for volume, first in zip(volumes, firsts, strict=True):
        for number, page in enumerate(volume.pages, first + 1):
            for anchor in page.anchors:
                places.setdefault(anchor, number)
    return places


class _BoundPage:
    """A page as WeasyPrint wants it for drawing; the links that its structure has no place for are not on it."""

    def __init__(self, volume: Drawn, number: int, lines: list[bytes]) -> None:
        page = volume.pages[number]
        dropped = {area.annotation for area in volume.tagged.dropped_links if area.page == number}
        self.width, self.height, self.bleed = page.width, page.height, page.bleed
        self.anchors, self.bookmarks = page.anchors, list(page.bookmarks)
        self.forms: dict[Any, Any] = {None: []}
        self.areas = [SimpleNamespace(link_annotation=None) for _ in page.links]
        self.links = [
            (link.kind, link.target, link.rectangle, area)
            for place, (link, area) in enumerate(zip(page.links, self.areas, strict=True))
            if place not in dropped
        ]
        self._volume = volume
        self._lines = lines

    def paint(self, stream: Any, _scale: float) -> None:
        stream.stream.extend(self._lines)
        for kind in ("ExtGState", "XObject", "Pattern", "Shading"):
            stream._resources[kind].update(self._volume.resources[kind])
        for key, image in self._volume.images.items():
            if key not in stream._images:
                stream._images[key] = {
                    "image": SimpleNamespace(get_x_object=lambda *_, image=image: image),
                    "interpolate": False, "dpi_ratios": {1}, "x_object": None,
                }  # fmt: skip


# --- page numbers -----------------------------------------------------------------------------------------------------


def _closed(numbers: Sequence[PageNumber], first: int, places: Mapping[str, int], front: int) -> list[bytes]:
    """The open page numbers of a volume as glyphs."""
    return [
        _glyphs(number, page_label(places.get(number.target, 0) if number.target else first + number.page + 1, front))
        for number in numbers
    ]


def _glyphs(number: PageNumber, label: str) -> bytes:
    signs = [NUMERALS.index(sign) for sign in label]
    excess = sum(number.widths[sign] for sign in signs) - number.room
    shift = round(excess * number.shift)
    return b"%b<%b>" % (b"%d" % shift if shift else b"", "".join(number.glyphs[sign] for sign in signs).encode())


def _numbered(lines: Sequence[bytes], numbers: Sequence[bytes]) -> list[bytes]:
    def close(found: re.Match[bytes]) -> bytes:
        return numbers[int(found[1], 16)]

    return [OPEN_NUMBER.sub(close, line) if b"<e0f0" in line else line for line in lines]


# --- fonts ------------------------------------------------------------------------------------------------------------


def _fonts(volumes: Sequence[Drawn], files: Iterable[bytes]) -> dict[str, Any]:
    """The fonts by the name of their resource, with the glyphs that any of the pages has."""
    by_digest = {hashlib.sha256(file).hexdigest(): file for file in files}
    fonts: dict[str, Any] = {}
    for volume in volumes:
        for name, values in volume.fonts.items():
            font = fonts.get(name)
            if font is None:
                fonts[name] = restored_font(values, by_digest)
                continue
            font.widths = {**values["widths"], **font.widths}
            font.to_unicode = {**values["to_unicode"], **font.to_unicode}
            font.missing = {**values["missing"], **font.missing}
    for font in fonts.values():
        font.widths, font.to_unicode = dict(sorted(font.widths.items())), dict(sorted(font.to_unicode.items()))
    return fonts


# --- the structure tree -----------------------------------------------------------------------------------------------


def _whole_tree(volumes: Sequence[Drawn], firsts: Sequence[int], bound: Sequence[_BoundPage]) -> Tagged:
    """One tree of the trees of all volumes; what two of them have around their text, as the main part, is one."""
    whole = Tagged()
    notes = numbered = 0
    for volume, first in zip(volumes, firsts, strict=True):
        tagged = volume.tagged
        elements = [tagged.document, *tagged.document.below()]
        for element in elements:
            placed = (_placed(kid, volume, first, bound) for kid in element.kids)
            element.kids = [kid for kid in placed if kid is not None]
            if element.entries.get("ID", "").startswith(("call-", "note-")):
                kind, _, number = element.entries["ID"].rpartition("-")
                numbered = max(numbered, int(number) + notes)
                element.entries["ID"] = f"{kind}-{int(number) + notes}"
        notes = numbered
        for mark, artifact in tagged.artifacts.items():
            whole.artifacts[Mark(mark.page + first, mark.mcid)] = artifact
        _join(whole.document, tagged.document)
    return whole


def _join(element: Element, other: Element) -> None:
    """Put what is in another element at the end of this one. Where this ends and that begins with the same frame
    around a text, it becomes one."""
    last = element.elements()[-1:]
    for kid in list(other.kids):
        if last and isinstance(kid, Element) and kid.tag == last[0].tag and kid.tag in FRAMES:
            _join(last[0], kid)
        else:
            element.adopt(kid)
        last = []


def _placed(kid: Any, volume: Drawn, first: int, bound: Sequence[_BoundPage]) -> Any:
    if isinstance(kid, Mark):
        return Mark(kid.page + first, kid.mcid)
    if isinstance(kid, LinkArea):
        return _area(kid, volume, first, bound)
    return kid


def _area(area: LinkArea, volume: Drawn, first: int, bound: Sequence[_BoundPage]) -> LinkArea | None:
    """The area of a link with its annotation in the whole file; None for a link that leads nowhere."""
    link: Link = volume.pages[area.page].links[area.annotation]
    annotation = bound[area.page + first].areas[area.annotation].link_annotation
    if annotation is None:
        return None
    annotation["Rect"][:] = link.area
    annotation["Contents"] = link.text
    return LinkArea(area.page + first, annotation)
