"""Laid out pages as plain values, so that chapters can be laid out apart, kept, and bound into one PDF afterwards.

What depends on the place of a page among the others stays open: page numbers, links to other pages, the numbers of
its objects and the part of the fonts that goes into the file. `binding` fills these in.
"""

from __future__ import annotations

import hashlib
import pickle
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from types import SimpleNamespace
from typing import Any

import pydyf

from dossierbuild.tools.paper.engine import drawn_fonts
from dossierbuild.tools.paper.judging import Fault
from dossierbuild.tools.paper.objects import mark_pages
from dossierbuild.tools.paper.starts import page_starts
from dossierbuild.tools.paper.structure import LinkArea, Tagged, note_faults, settle
from dossierbuild.tools.paper.tags import Box, tag_boxes

SCALE = 0.75
"""Points in a CSS pixel."""

# A page number that is still open stands in a page as two glyphs that no font has, around its number among them.
OPEN_NUMBER = "e0f0{:08x}e0f1"
DIGITS = "0 123456789"
"""What is drawn to know the glyphs of all digits; the space is for what comes behind a number."""
LETTERS = "ivxlcdm"
"""What is drawn besides where some numbers are Roman."""
NUMERALS = "0123456789ivxlcdm"
"""The signs of page numbers in the order in which a `PageNumber` has their glyphs: digits, then LETTERS."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageNumber:
    """A page number that is still open: that of the page with the element `target`, or without one that of the page
    `page` (from 0) among these pages. `glyphs` and `widths` (in thousandths of the letter size) are those of the
    digits, and of LETTERS where these were asked for; `shift` is the part of the width in excess of `room` that goes to
    the left, 1 for text set to the right."""

    target: str
    page: int
    glyphs: tuple[str, ...]
    widths: tuple[int, ...]
    room: int
    shift: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link of a page: to the outside or to an anchor, with its area for the engine, the area in points of what it
    covers in print, and the text that tells where it leads."""

    kind: str
    target: str
    rectangle: tuple[float, ...]
    area: tuple[float, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnPage:
    """A page: its size in CSS pixels, its content as the engine draws it, and what in it leads or is led to."""

    width: float
    height: float
    bleed: Mapping[str, float]
    lines: tuple[bytes, ...]
    links: tuple[Link, ...]
    anchors: Mapping[str, Any]
    bookmarks: tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """Pages with the resources, images and fonts that they draw with, their structure tree and open page numbers.

    In the tree, an annotation is the number of a link on its page. `fonts` goes by the names of their resources."""

    pages: tuple[DrawnPage, ...]
    resources: Mapping[str, Any]
    images: Mapping[str, Any]
    fonts: Mapping[str, Mapping[str, Any]]
    tagged: Tagged
    numbers: tuple[PageNumber, ...]
    metadata: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnPages:
    """Some pages that are laid out and not yet a PDF. `starts` has for each page the text with which its main flow
    begins, and `anchors` the ids of the elements on it; `log` is what the engine complained of; `faults` what the pages
    do not show as they should; `data` is a packed `Drawn`. `body` is the page (from 0) from which pages are counted
    anew, None where none of them is that."""

    starts: tuple[str, ...]
    anchors: tuple[tuple[str, ...], ...]
    log: tuple[str, ...]
    faults: tuple[Fault, ...]
    data: bytes
    body: int | None = None

    def drawn(self) -> Drawn:
        drawn: Drawn = pickle.loads(zlib.decompress(self.data))
        return drawn


def draw_pages(
    document: Any, metadata: Mapping[str, Any], name: str, *, numerals: str
) -> tuple[bytes, tuple[str, ...], list[str]]:
    """Draw a laid out WeasyPrint `document`: a packed `Drawn`, the first words of each page, and lines for the log.

    `numerals` are letters that page numbers may have besides digits.

    `name` is a text that only these pages have. The names of their resources are made of it, so that no other pages
    have a resource of the same name.
    """
    import weasyprint.pdf

    pdf, resources, images = _drawing_room(document, name)
    pages, streams, links = [], [], []
    for page in document.pages:
        frame = (0, 0, page.width, page.height)
        stream = weasyprint.pdf.Stream(
            document.fonts, frame, resources, images, {}, document.color_profiles, document.output_intent
        )
        links.append(_links(page, pdf))
        page.paint(stream, SCALE)
        pages.append(page)
        streams.append(stream)
    numbers = _open_numbers(pages, streams, DIGITS + numerals)
    tagged = tag_boxes(document, [dict(stream._tags) for stream in streams])
    faults = [*tagged.faults, *note_faults(tagged.document)]
    settle(tagged.document)
    glyphs = drawn_fonts(document)
    faults += mark_pages(streams, tagged, glyphs)
    _let_go(tagged, links)
    drawn = Drawn(
        pages=tuple(_drawn_page(page, stream, own) for page, stream, own in zip(pages, streams, links, strict=True)),
        resources=_plain(resources),
        images={key: _image(image) for key, image in images.items()},
        fonts={font.hash: _font(font) for font in document.fonts.values()},
        tagged=tagged,
        numbers=numbers,
        metadata=metadata,
    )
    return zlib.compress(pickle.dumps(drawn, protocol=5), 1), page_starts(document.pages), faults


def _drawing_room(document: Any, name: str) -> tuple[Any, Any, dict[str, Any]]:
    """The beginning of a PDF, its resources and its images, as WeasyPrint makes them in `generate_pdf`: so the objects
    that pages refer to have the numbers that they will have in the whole file."""
    pdf = pydyf.PDF()
    profile, spaces = pydyf.Object(), pydyf.Object()
    pdf.add_object(profile)
    pdf.add_object(spaces)
    document.color_profiles = {"srgb": SimpleNamespace(pdf_reference=profile.reference)}
    first = int(hashlib.sha256(name.encode()).hexdigest()[:12], 16)
    kinds = ("ExtGState", "XObject", "Pattern", "Shading")
    resources = pydyf.Dictionary({kind: _Numbered(first) for kind in kinds})
    resources["ColorSpace"] = spaces.reference
    return pdf, resources, {}


class _Numbered(pydyf.Dictionary):  # type: ignore[misc]  # pydyf is untyped
    """Resources of a kind. WeasyPrint names a new resource by their number, which is counted here from a number that no
    other pages count from."""

    def __init__(self, first: int) -> None:
        super().__init__()
        self.first = first

    def __len__(self) -> int:
        return self.first + int(super().__len__())


def _links(page: Any, pdf: Any) -> list[Any]:
    """The links of a page, each with the annotation that WeasyPrint makes of it."""
    from weasyprint.matrix import Matrix
    from weasyprint.pdf.anchors import add_links

    matrix = Matrix(SCALE, 0, 0, -SCALE, 0, page.height * SCALE)
    add_links((page.links, ()), matrix, pdf, pydyf.Dictionary(), [], {})
    return [(*link[:3], link[3].link_annotation) for link in page.links]


def _drawn_page(page: Any, stream: Any, links: list[Any]) -> DrawnPage:
    return DrawnPage(
        width=page.width,
        height=page.height,
        bleed=page.bleed,
        lines=_joined(stream.stream),
        links=tuple(
            Link(
                kind=kind,
                target=target,
                rectangle=tuple(rectangle),
                area=tuple(annotation["Rect"]),
                text=getattr(annotation["Contents"], "string", annotation["Contents"]),
            )
            for kind, target, rectangle, annotation in links
        ),
        anchors=dict(page.anchors),
        bookmarks=tuple(page.bookmarks),
    )


def _let_go(tagged: Tagged, links: list[list[Any]]) -> None:
    """Take out of a tree what only this process has: elements of HTML, and annotations, which go by their number."""
    numbers = {id(link[3]): number for page in links for number, link in enumerate(page)}

    def numbered(area: LinkArea) -> LinkArea:
        return LinkArea(area.page, numbers[id(area.annotation)])

    for element in (tagged.document, *tagged.document.below()):
        element.source = None
        element.kids = [numbered(kid) if isinstance(kid, LinkArea) else kid for kid in element.kids]
    tagged.dropped_links = [numbered(area) for area in tagged.dropped_links]
    tagged.spaced.clear()
    tagged.hyphenated.clear()


def _plain(resources: Any) -> Any:
    """Resources as objects of pydyf, whose streams hold bytes and nothing of WeasyPrint."""
    groups = {key: _stream(item) for key, item in resources["XObject"].items()}
    known = {id(item): groups[key] for key, item in resources["XObject"].items()}
    plain = pydyf.Dictionary(resources)
    plain["XObject"] = pydyf.Dictionary(groups)
    plain["Pattern"] = pydyf.Dictionary({key: _stream(pattern) for key, pattern in resources["Pattern"].items()})
    plain["Shading"] = pydyf.Dictionary(resources["Shading"])
    plain["ExtGState"] = pydyf.Dictionary(resources["ExtGState"])
    for state in plain["ExtGState"].values():
        if "SMask" in state and "G" in state["SMask"]:
            state["SMask"]["G"] = known[id(state["SMask"]["G"])]
    return plain


def _stream(stream: Any) -> Any:
    """A group or pattern as a plain stream; None stands for an image."""
    if stream is None:
        return None
    plain = pydyf.Stream(list(_joined(stream.stream)), stream.extra, compress=True)
    if "Resources" in plain.extra:
        plain.extra["Resources"] = _plain(plain.extra["Resources"])
    return plain


def _joined(lines: Iterable[Any]) -> tuple[bytes, ...]:
    """Drawing as it stands in a file, in as few pieces as leave each line with an open page number apart."""
    runs = groupby((pydyf._to_bytes(line) for line in lines), key=lambda line: b"<e0f0" in line)
    return tuple(piece for opened, run in runs for piece in (run if opened else (b"\n".join(run),)))


def _image(image: Mapping[str, Any]) -> Any:
    """An image with its bytes, which WeasyPrint fetches from its cache when it writes."""
    made = image["image"].get_x_object(image["interpolate"], max(image["dpi_ratios"]))
    for picture in (made, made.extra.get("SMask")):
        if picture is not None:
            picture.stream = [getattr(item, "data", item) for item in picture.stream]
    return made


def _font(font: Any) -> dict[str, Any]:
    """The attributes of a font, with the digest of its file in place of the file."""
    kept = {key: value for key, value in vars(font).items() if key not in ("hb_font", "hb_face", "file_content")}
    return {**kept, "digest": hashlib.sha256(font.file_content).hexdigest()}


# --- page numbers -----------------------------------------------------------------------------------------------------


def _open_numbers(pages: list[Any], streams: list[Any], signs: str) -> tuple[PageNumber, ...]:
    """The page numbers in drawn pages, each replaced in its page's stream by a mark that `binding` fills in with signs.

    What the style sheet printed gives only the place, the font and the alignment of a number.
    """
    numbers: list[PageNumber] = []
    for index, (page, stream) in enumerate(zip(pages, streams, strict=True)):
        places = {mark["mcid"]: box for box, mark in stream._tags.items()}
        wanted = {id(box): target for box, target in _number_boxes(page._page_box)}
        for mcid, box in places.items():
            if id(box) in wanted:
                _open_number(stream, mcid, len(numbers))
                numbers.append(_page_number(stream, box, wanted[id(box)], index, signs))
    return tuple(numbers)


def _number_boxes(page: Box) -> Iterator[tuple[Box, str]]:
    """The texts of a page that are page numbers, each with the id of the element whose page it names; the id is empty
    where the number is the page's own."""
    for box in (getattr(node, "_box", node) for node in page.descendants(placeholders=True)):
        if getattr(box, "at_keyword", None) and box.style["content"] == (("counter()", ("page", "decimal")),):
            yield from ((text, "") for text in box.descendants() if type(text).__name__ == "TextBox")
        elif type(box).__name__ == "TextBox" and (box.element_tag or "").endswith("::after"):
            target = box.element.get("data-href") if box.element is not None else None
            if target:
                yield box, target.removeprefix("#")


def _open_number(stream: Any, mcid: int, number: int) -> None:
    items = stream.stream
    start = next(at for at, item in enumerate(items) if isinstance(item, dict) and item.get("MCID") == mcid)
    at = next(at for at in range(start, len(items)) if isinstance(items[at], bytes) and items[at].endswith(b"] TJ"))
    items[at] = b"[<%b>] TJ" % OPEN_NUMBER.format(number).encode()


def _page_number(stream: Any, box: Box, target: str, page: int, signs: str) -> PageNumber:
    from weasyprint.draw.text import draw_first_line
    from weasyprint.matrix import Matrix
    from weasyprint.text.line_break import create_layout

    layout = create_layout(signs, box.style, None, None, 0)
    drawing = stream.clone(tags=None)
    text = SimpleNamespace(text=signs, style=box.style, pango_layout=layout, baseline=0)
    draw_first_line(drawing, text, "clip", "none", Matrix())
    name = next(item for item in drawing.stream if isinstance(item, bytes) and item.endswith(b" Tf"))[1:].split()[0]
    shown = b"".join(item for item in drawing.stream if isinstance(item, bytes) and item.endswith(b" TJ"))
    glyphs = re.findall("[0-9a-f]{4}", "".join(re.findall("<([0-9a-f]+)>", shown.decode())))
    del glyphs[DIGITS.index(" ")]
    font = next(font for font in stream._fonts.values() if font.hash.encode() == name)
    widths = tuple(font.widths[int(glyph, 16)] for glyph in glyphs)
    side = box.style["text_align_all"]
    return PageNumber(
        target=target,
        page=page,
        glyphs=tuple(glyphs),
        widths=widths,
        room=sum(widths[int(digit)] for digit in box.text if digit.isdigit()),
        shift={"right": 1.0, "end": 1.0, "center": 0.5}.get(side, 0.0),
    )


def on_later_page(fault: str, pages: int) -> str:
    """A line of the log, with its page numbers raised by the `pages` that come before in the whole document."""
    return re.sub(r"\bpage (\d+)\b", lambda found: f"page {int(found[1]) + pages}", fault)
