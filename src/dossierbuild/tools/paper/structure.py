"""The structure tree of a PDF, and the shapes that the standard asks of it.

`tags` makes the tree from what was laid out, `settle` brings it into the forms of ISO 32000-1, 14.8.4 (a
list has items, an item a label and a body, text stands in paragraphs), and `objects` writes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

# An element of the HTML tree and an annotation of the PDF, both untyped in WeasyPrint and pydyf.
HtmlElement: TypeAlias = Any
Annotation: TypeAlias = Any


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of page content: a marked-content sequence, by page (from 0) and id on that page."""

    page: int
    mcid: int


@dataclass(frozen=True, slots=True, eq=False)
class LinkArea:
    """The area of a link on a page (from 0)."""

    page: int
    annotation: Annotation


@dataclass(slots=True, eq=False)
class Element:
    """A structure element of a tree that grows. `entries` are the texts in its dictionary (ActualText, Alt, E,
    ID, Lang, T); `attributes` go by owner, as in `{"Table": {"Scope": "/Row"}}`."""

    tag: str
    parent: Element | None = None
    source: HtmlElement | None = None
    kids: list[Element | Mark | LinkArea] = field(default_factory=list)
    entries: dict[str, str] = field(default_factory=dict)
    attributes: dict[str, dict[str, Any]] = field(default_factory=dict)

    def add(self, tag: str, source: HtmlElement | None = None) -> Element:
        """A new element at the end of this one."""
        kid = Element(tag, self, source)
        self.kids.append(kid)
        return kid

    def adopt(self, kid: Element | Mark | LinkArea) -> None:
        """Put a kid at the end of this element; whose it was must have let it go."""
        self.kids.append(kid)
        if isinstance(kid, Element):
            kid.parent = self

    def inside(self, tag: str) -> Element | None:
        """This element or the nearest one around it that has this type."""
        element: Element | None = self
        while element is not None and element.tag != tag:
            element = element.parent
        return element

    def elements(self) -> list[Element]:
        """The elements directly below this one."""
        return [kid for kid in self.kids if isinstance(kid, Element)]

    def below(self) -> Iterator[Element]:
        """All elements below this one, in reading order."""
        for kid in self.elements():
            yield kid
            yield from kid.below()


@dataclass(slots=True, kw_only=True)
class Tagged:
    """The structure tree of a document, and what is to be changed in its pages.

    `artifacts` gives the Type and Subtype of what is no content; `spaced` is text that ends a line where the
    source has a space, `hyphenated` text that ends in a hyphen which the source has not. `faults` are lines for
    the log: what no tag can make good.
    """

    document: Element = field(default_factory=lambda: Element("Document"))
    artifacts: dict[Mark, tuple[str, str]] = field(default_factory=dict)
    spaced: set[Mark] = field(default_factory=set)
    hyphenated: set[Mark] = field(default_factory=set)
    dropped_links: list[LinkArea] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def note_faults(document: Element) -> list[str]:
    """A line for each note of a fresh tree that is not printed, or before the page of its call.

    Where many are called on a page they may come later than on the next: all are there, and the call leads to them."""
    faults = []
    for parent in (document, *document.below()):
        for call, note in zip(parent.kids, parent.kids[1:], strict=False):
            if not isinstance(call, Element) or not isinstance(note, Element):
                continue
            if note.tag != "Note" or not call.entries.get("ID", "").startswith("call-"):
                continue
            called, printed = _first_page(call), _first_page(note)
            if called is not None and (printed is None or printed < called):
                where = "nowhere" if printed is None else f"on page {printed + 1}"
                faults.append(f"a note that is called on page {called + 1} is printed {where}")
    return faults


def _first_page(element: Element) -> int | None:
    marks = (kid for part in (element, *element.below()) for kid in part.kids if isinstance(kid, Mark))
    return min((mark.page for mark in marks), default=None)


INLINE = frozenset({"Span", "Link", "Reference", "Code", "Quote"})
GROUPS = frozenset({"Document", "Part", "Art", "Sect", "Div", "BlockQuote"})
HEADINGS = frozenset({"H1", "H2", "H3", "H4", "H5", "H6"})
# Elements that count even without content: to leave one out would shift the columns of a table.
KEPT_EMPTY = frozenset({"TD", "TH", "TR"})


def settle(element: Element) -> None:
    """Bring an element and all below it into the forms that their types ask for; empty elements go."""
    for kid in element.elements():
        settle(kid)
    element.kids = [kid for kid in element.kids if not isinstance(kid, Element) or kid.kids or kid.tag in KEPT_EMPTY]
    if element.tag == "L":
        _settle_list(element)
    elif element.tag in ("LI", "TOCI"):
        _settle_item(element)
    elif element.source is not None and element.source.tag == "figure":
        _move_caption_into_table(element)
    if element.tag in GROUPS:
        _settle_group(element)


def _settle_list(element: Element) -> None:
    """Put the terms and descriptions of a definition list, and what strayed into a list, in items."""
    kids, element.kids = element.kids, []
    item: Element | None = None
    for kid in kids:
        tag = kid.tag if isinstance(kid, Element) else ""
        if tag in ("LI", "L", "Caption"):
            element.adopt(kid)
            item = None
            continue
        if item is None or (tag == "Lbl" and any(part.tag == "LBody" for part in item.elements())):
            item = element.add("LI")
        item.adopt(kid)
    for item in element.elements():
        if item.tag == "LI":
            _settle_item(item)


def _settle_item(item: Element) -> None:
    """A list item is a label and a body; an item of a table of contents a reference and the items below it."""
    kept, wrapper = (("Lbl", "LBody"), "LBody") if item.tag == "LI" else (("TOC", "Reference"), "Reference")
    kids, item.kids = item.kids, []
    body: Element | None = None
    for kid in kids:
        if isinstance(kid, Element) and kid.tag in kept:
            item.adopt(kid)
        else:
            body = body or item.add(wrapper)
            body.adopt(kid)


def _move_caption_into_table(figure: Element) -> None:
    """The caption of a figure that shows one table and no picture is the caption of that table. The caption of a
    picture stays beside its Figure: within it, readers would give the text alternative in place of the caption
    and of the links and citations in it."""
    tables = [kid for kid in figure.below() if kid.tag == "Table"]
    captions = [kid for kid in figure.elements() if kid.tag == "Caption"]
    if len(tables) != 1 or len(captions) != 1 or any(kid.tag == "Figure" for kid in figure.below()):
        return
    table, caption = tables[0], captions[0]
    above = figure.kids[0] is caption
    figure.kids.remove(caption)
    table.adopt(caption)
    if above:
        table.kids.insert(0, table.kids.pop())


def _settle_group(group: Element) -> None:
    """Text stands in a paragraph: a Div of text alone becomes one, other loose text gets one. A note that is
    called in a heading comes behind it, so that the heading reads as it does in the contents."""
    if group.tag == "Div" and group.kids and all(_is_inline(kid) for kid in group.kids):
        group.tag = "P"
        return
    kids, group.kids = group.kids, []
    paragraph: Element | None = None
    for kid in kids:
        if _is_inline(kid):
            paragraph = paragraph or group.add("P")
            paragraph.adopt(kid)
            continue
        paragraph = None
        group.adopt(kid)
        if isinstance(kid, Element) and kid.tag in HEADINGS:
            _move_notes(kid, group)


def _move_notes(heading: Element, group: Element) -> None:
    for note in [below for below in heading.below() if below.tag == "Note"]:
        if note.parent is not None:
            note.parent.kids.remove(note)
        group.adopt(note)


def _is_inline(kid: Element | Mark | LinkArea) -> bool:
    return not isinstance(kid, Element) or kid.tag in INLINE
