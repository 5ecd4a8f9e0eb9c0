"""What each laid out box means: the layout engine's boxes in, a tree of PDF structure elements out.

A screen reader reads the structure tree of a PDF (ISO 32000-1, 14.7 and 14.8; PDF/UA-1 is ISO 14289-1), not
its pages. WeasyPrint writes such a tree itself, but one element for each *box*: a paragraph over two pages is
two paragraphs, a table over three pages three tables; it has no notes, tables of contents and languages.
Here the tree has one element for each element of the *HTML*, whatever number of boxes it was cut into:

- the boxes of one HTML element, over lines, columns and pages, fill one structure element;
- what is printed on every page (running heads, page numbers, repeated table heads) and what only decorates
  (`aria-hidden`, an empty `alt`) is no content but an artifact;
- a footnote stands right behind its call, wherever it is printed.

This module only decides; `objects` writes the decisions into the PDF.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

import pydyf

from dossierbuild.core.characters import is_drawn_in_order
from dossierbuild.tools.paper.structure import Annotation, Element, HtmlElement, LinkArea, Mark, Tagged
from dossierbuild.tools.paper.types import (
    NUMBERINGS,
    REFERENCES,
    SVG,
    is_decoration,
    language_of,
    plain_text,
    role_of,
    structure_type,
    text_of,
)

# A laid out box of WeasyPrint, which is untyped.
Box: TypeAlias = Any

PREFORMATTED = frozenset({"pre", "pre-wrap", "pre-line", "break-spaces"})


def tag_boxes(document: Any, page_marks: list[dict[Box, dict[str, Any]]]) -> Tagged:
    """Tag a laid out WeasyPrint `document`; `page_marks` has, for each page, the marked content of each box."""
    tagger = _Tagger(document, page_marks)
    for number in range(len(document.pages)):
        tagger.read_page(number)
    tagger.tell_spaces()
    return tagger.tagged


class _Tagger:
    """Walks the boxes of all pages in reading order. One object, because an element that was begun on one page is
    filled on the next."""

    def __init__(self, document: Any, page_marks: list[dict[Box, dict[str, Any]]]) -> None:
        self.tagged = Tagged()
        self.pages = document.pages
        self.page_marks = page_marks
        self.page = 0
        self.known: dict[tuple[HtmlElement, str], Element] = {}
        self.printed: set[tuple[HtmlElement, str]] = set()
        self.notes = 0
        self.last_text: Mark | None = None
        self.goes_on = False
        self.retold: dict[Mark, Element] = {}
        self.line_ends: dict[HtmlElement, Mark] = {}
        self.areas: dict[tuple[Element, int], list[Annotation]] = {}
        elements = document._html.etree_element.iter()
        self.by_id = {element.get("id"): element for element in elements if element.get("id")}

    def read_page(self, number: int) -> None:
        self.page = number
        self.read(self.pages[number]._page_box, self.tagged.document)
        for kept in self.page_marks[number].values():
            # Drawn, but in no box of the walk: without an element the map of the page would have a hole.
            self.tagged.artifacts[Mark(number, kept["mcid"])] = ("Layout", "")
            self.tagged.faults.append(f"page {number + 1}: content that is in no structure element")

    def read(self, box: Box, parent: Element) -> None:
        """Read a box and all in it into `parent`, or into the element that it begins or goes on."""
        box = getattr(box, "_box", box)  # an absolutely positioned box stands behind a placeholder
        if artifact := self.artifact(box):
            self.discard(box, artifact)
            return
        mark = self.take_mark(box)
        if mark and not hasattr(box, "replacement"):
            self.place_text(box, mark, parent)
            return
        element = self.element_for(box, parent)
        self.add_link_area(box, element)
        if mark:
            element.kids.append(mark)
        if type(box).__name__ == "LineBox":
            self.read_line_text(box)
        apart_before, apart_after = _apart(box)
        if apart_before:
            self.end_word()
        for child in getattr(box, "children", ()):
            self.read(child, element)
        if apart_after:
            self.end_word()

    def place_text(self, box: Box, mark: Mark, parent: Element) -> None:
        """Put a piece of text into its element. Where its signs do not stand in the order of its characters, it is told
        as it is read besides (ISO 32000-1, 14.9.4)."""
        if box.style["direction"] == "rtl" or not is_drawn_in_order(box.text):  # there signs change sides too
            parent = self.retold[mark] = parent.add("Span")
            parent.entries["ActualText"] = box.text
        parent.kids.append(mark)
        self.last_text = mark

    def tell_spaces(self) -> None:
        """Tell the space behind a text that is told as it is read, where it has one."""
        for mark, element in self.retold.items():
            if mark in self.tagged.spaced and not element.entries["ActualText"].endswith(" "):
                element.entries["ActualText"] += " "

    def take_mark(self, box: Box) -> Mark | None:
        kept = self.page_marks[self.page].pop(box, None)
        return Mark(self.page, kept["mcid"]) if kept else None

    def artifact(self, box: Box) -> tuple[str, str] | None:
        """The Type and Subtype of the artifact that a box is, when it is one."""
        if at_keyword := getattr(box, "at_keyword", None):
            return "Pagination", "Footer" if at_keyword.startswith("@bottom") else "Header"
        if getattr(box, "is_header", False) or getattr(box, "is_footer", False):
            # The head of a table is printed again on each page, but it is there once.
            key = (box.element, box.element_tag)
            if key in self.printed:
                return "Pagination", ""
            self.printed.add(key)
        if box.is_leader or is_decoration(box.element, box.element_tag):
            return "Layout", ""
        return None

    def discard(self, box: Box, artifact: tuple[str, str]) -> None:
        box = getattr(box, "_box", box)
        if mark := self.take_mark(box):
            self.tagged.artifacts[mark] = artifact
        if box.link_annotation:
            # A link in no element would be a link that only a mouse can find.
            self.tagged.dropped_links.append(LinkArea(self.page, box.link_annotation))
        for child in getattr(box, "children", ()):
            self.discard(child, artifact)

    def element_for(self, box: Box, parent: Element) -> Element:
        source, html_tag = box.element, box.element_tag
        if source is None or html_tag is None:
            return parent
        key = (source, html_tag)
        if key not in self.known:
            if "::" in html_tag:
                element = self.begin_pseudo(box, html_tag.partition("::")[2], parent)
            else:
                element = self.begin(box, parent)
            if element is parent:
                return parent
            self.known[key] = element
        return self.known[key]

    def begin_pseudo(self, box: Box, pseudo: str, parent: Element) -> Element:
        if pseudo in ("marker", "footnote-marker"):
            return _leading(parent.add("Lbl"), box)
        if pseudo == "footnote-call":
            source: HtmlElement = box.element
            call = parent.add("Reference")
            # The note itself is met at the foot of this page or the next; its place is behind the call.
            note = self.known[source, source.tag] = parent.add("Note", source)
            self.notes += 1
            call.entries["ID"], note.entries["ID"] = f"call-{self.notes}", f"note-{self.notes}"
            return _leading(call, box)
        return parent

    def begin(self, box: Box, parent: Element) -> Element:
        """Begin the element of an HTML element at its first box; `parent` itself when it needs none."""
        source: HtmlElement = box.element
        tag = structure_type(source, parent, as_block="block" in box.style["display"])
        if tag is None:
            return parent
        if tag == "Link" and role_of(source) in REFERENCES:
            parent = parent.add("Reference")
        element = parent.add(tag, source)
        if language := language_of(source):
            element.entries["Lang"] = language
        if tag == "Span" and role_of(source) == "img":
            element.entries["Alt"] = self.name_of(source)  # a sign that is told in words
        if source.tag == "abbr" and source.get("title"):
            element.entries["E"] = source.get("title")
        if tag in ("Sect", "Part", "Art") and (name := self.name_of(source)):
            element.entries["T"] = name
        if tag in ("Figure", "Formula"):
            self.describe_figure(element, box)
        elif tag in ("TH", "TD"):
            element.attributes["Table"] = _cell_attributes(box, source, element)
            if tag == "TH" and source.get("id"):
                element.entries["ID"] = source.get("id")
        elif tag == "Note":
            self.notes += 1
            element.entries["ID"] = f"note-{self.notes}"  # PDF/UA-1, 7.9
        elif source.tag == "li" and tag == "LI":
            style = box.style["list_style_type"]
            numbering = NUMBERINGS.get(style, "None") if isinstance(style, str) else "None"
            parent.attributes.setdefault("List", {"ListNumbering": f"/{numbering}"})
        return element

    def name_of(self, source: HtmlElement) -> str:
        """The accessible name of an element: its aria-label, or the text of what labels it."""
        labels = [self.by_id[name] for name in (source.get("aria-labelledby") or "").split() if name in self.by_id]
        return plain_text(source.get("aria-label") or " ".join(text_of(label) for label in labels))

    def describe_figure(self, figure: Element, box: Box) -> None:
        source: HtmlElement = figure.source
        if source.tag == "img":
            description = plain_text(source.get("alt") or "")
        else:
            parts = [source.find(f"{SVG}title"), source.find(f"{SVG}desc")]
            description = plain_text(" ".join(text_of(part) for part in parts if part is not None))
        description = description or self.name_of(source)
        if description:
            figure.entries["Alt"] = description
        else:
            name = (source.get("src") or source.get("id") or "inline svg")[:60]
            self.tagged.faults.append(f"page {self.page + 1}: picture {name} has no text alternative")
        left, top = box.content_box_x(), box.content_box_y()
        figure.attributes["Layout"] = {"BBox": self.on_page(left, top, left + box.width, top + box.height)}

    def on_page(self, left: float, top: float, right: float, bottom: float) -> tuple[float, ...]:
        """A rectangle of CSS pixels from the top left, in points from the bottom left of the page."""
        height = self.pages[self.page].height
        return tuple(round(0.75 * value, 2) for value in (left, height - bottom, right, height - top))

    def add_link_area(self, box: Box, element: Element) -> None:
        """Give the area of a link to its Link element. WeasyPrint makes an area for each box inside a link too;
        those make one, or a keyboard would stop twice at one link."""
        annotation = box.link_annotation
        if not annotation:
            return
        area = LinkArea(self.page, annotation)
        link = element.inside("Link")
        if link is None:
            self.tagged.dropped_links.append(area)
            self.tagged.faults.append(f"page {self.page + 1}: a link that is no <a href> was left out")
            return
        earlier = self.areas.setdefault((link, self.page), [])
        for other in earlier:
            if _is_in_line(annotation["Rect"], other["Rect"]):
                other["Rect"] = pydyf.Array(_around(annotation["Rect"], other["Rect"]))
                self.tagged.dropped_links.append(area)
                return
        earlier.append(annotation)
        annotation["Contents"] = _printed(box) if link.source is None else self.link_text(link.source)
        link.kids.append(area)

    def link_text(self, source: HtmlElement) -> str:
        pictures = " ".join(picture.get("alt", "") for picture in source.iter("img"))
        text = source.get("aria-label") or text_of(source) or pictures or source.get("title") or source.get("href")
        return plain_text(text)

    def read_line_text(self, line: Box) -> None:
        """Find where a line ends with a space that the layout took away or a hyphen that it put there, and which
        spaces between words are drawn as nothing at all."""
        marks = self.page_marks[self.page]
        last: Mark | None = None
        if getattr(line, "begins_after_space", False) and line.element in self.line_ends:
            self.tagged.spaced.add(self.line_ends[line.element])
        broken = line.style["white_space"] in PREFORMATTED
        for box in _inline_boxes(line):
            broken = broken or box.element_tag == "br"
            if last and (box.is_leader or _is_space(box, drawn=box in marks)):
                self.tagged.spaced.add(last)
            if box.is_leader or box not in marks:
                continue
            if not box.text.strip():
                self.tagged.artifacts[Mark(self.page, marks.pop(box)["mcid"])] = ("Layout", "")
                continue
            last = Mark(self.page, marks[box]["mcid"])
            if getattr(box, "ends_with_layout_hyphen", False):
                self.tagged.hyphenated.add(last)
            elif getattr(box, "source_ends_with_space", False) and not box.text.endswith(" "):
                self.tagged.spaced.add(last)
        if last and broken:
            self.tagged.spaced.add(last)
        if last:
            self.line_ends[line.element] = last
        self.goes_on = line.resume_at is not None

    def end_word(self) -> None:
        """What stands apart on the page is a word apart, also where the source has no space: the number of
        a heading in the margin, the cells of a grid. (A paragraph that goes on over the page is not at its end.)"""
        if self.last_text and not self.goes_on:
            self.tagged.spaced.add(self.last_text)


def _leading(element: Element, box: Box) -> Element:
    """A Link in the element of a box that leads somewhere; else the element itself."""
    return element.add("Link") if box.link_annotation else element


def _printed(box: Box) -> str:
    """What is printed in a box."""
    return plain_text("".join(text.text for text in box.descendants() if type(text).__name__ == "TextBox"))


def _apart(box: Box) -> tuple[bool, bool]:
    """Whether a box stands apart from the text before it and after it."""
    kind = type(box).__name__
    if kind in ("TextBox", "LineBox"):
        return False, False
    if kind.startswith("Inline"):
        gap = 0.2 * box.style["font_size"]
        return box.margin_left > gap, box.margin_right > gap
    return True, True


def _inline_boxes(box: Box) -> Iterator[Box]:
    """The inline boxes and texts in a line, in order; not what is in the lines of a block in it, nor pictures."""
    for child in box.children:
        if type(child).__name__ in ("InlineBox", "TextBox"):
            yield child
            if not child.is_leader:
                yield from _inline_boxes(child) if hasattr(child, "children") else ()


def _is_space(box: Box, *, drawn: bool) -> bool:
    """Whether a box is nothing but a space of the source, drawn or taken away by the layout."""
    blank = type(box).__name__ == "TextBox" and not box.text.strip()
    return blank and (drawn or getattr(box, "source_ends_with_space", False))


def _cell_attributes(box: Box, source: HtmlElement, cell: Element) -> dict[str, Any]:
    attributes: dict[str, Any] = {}
    if box.colspan != 1:
        attributes["ColSpan"] = box.colspan
    if box.rowspan != 1:
        attributes["RowSpan"] = box.rowspan
    if headers := (source.get("headers") or "").split():
        attributes["Headers"] = tuple(headers)
    if cell.tag == "TH":
        scope = source.get("scope") or ("col" if cell.inside("THead") else "row")
        attributes["Scope"] = "/Row" if scope in ("row", "rowgroup") else "/Column"
    return attributes


# Areas of links are left, top, right and bottom, in points from the bottom left of the page.


def _is_in_line(area: Sequence[float], other: Sequence[float]) -> bool:
    """Whether an area is a part of another, or of the same line, as a raised figure is."""
    return area[0] >= other[0] - 2 and area[2] <= other[2] + 2 and min(area[1], other[1]) - max(area[3], other[3]) > 2


def _around(area: Sequence[float], other: Sequence[float]) -> tuple[float, float, float, float]:
    return min(area[0], other[0]), max(area[1], other[1]), max(area[2], other[2]), min(area[3], other[3])
