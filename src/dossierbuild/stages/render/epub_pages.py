"""Where the pages of the PDF begin in the e-book, so that readers of both can find the same page.

The first words of each page of the PDF are searched in the text of the e-book, one page after the other, and a mark
with the page's number goes before them (EPUB Accessibility 1.1, 4: page navigation).
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from dossierbuild.core.typography import page_label
from dossierbuild.stages.render.epub_parts import PartFile
from dossierbuild.stages.render.locators import CLASS, by_page, once_a_section
from dossierbuild.tools import markup
from dossierbuild.tools.markup import Element

# Left out of the search, because paper has them elsewhere or not at all: notes, links back to calls, drawn words.
_BESIDE_ROLES = frozenset({"doc-footnote", "doc-endnotes", "doc-backlink"})
_BESIDE_CLASSES = frozenset({"note-ref", "backlinks", "footnotes", "file-title", CLASS})
_DRAWN = ("}svg", "}math")
# Letters of a beginning that are searched, the longest first. A page may begin with a piece of a cell, followed on
# paper by another cell, so shorter beginnings are tried too; less than 36 letters occur in too many places.
_LENGTHS = (240, 120, 60, 36)
# Elements whose text is a name: a mark goes before them, because a mark inside would become a part of the name.
_NAMED = frozenset({
    "a", "caption", "cite", "code", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "q", "span",
    "strong", "sub", "sup", "table",
})  # fmt: skip
# Elements that may hold no text of their own, so no mark either.
_FRAMES = frozenset({"dl", "ol", "table", "tbody", "tfoot", "thead", "tr", "ul"})


# What the id of a mark begins with, before the number of its page.
_MARK = "page-"


@dataclass(frozen=True, slots=True)
class PageMark:
    """A page of the PDF that was found in the e-book: which it is (from 1), its printed number, and its address in the
    package."""

    number: int
    label: str
    address: str


@dataclass(frozen=True, slots=True)
class _Place:
    """A character of the text: in the text of an element, or in the tail behind it."""

    element: Element
    in_tail: bool
    offset: int


class _Letters(dict[int, str]):
    """Characters as both formats have them, for `str.translate`; spaces, hyphens and signs without width are empty."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        hidden = character.isspace() or character in "-\u00ad\u2010\u2011\u200b\u200c\u200d\u2060\ufeff"
        self[code] = "" if hidden else unicodedata.normalize("NFKC", character).casefold()
        return self[code]


@dataclass(slots=True)
class _Flow:
    """The text of all parts without spaces, hyphens and letter case, in pieces of one element each."""

    known: _Letters = field(default_factory=_Letters)
    pieces: list[tuple[Element, bool]] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)

    def add(self, element: Element, text: str | None, *, in_tail: bool) -> None:
        if text:
            self.pieces.append((element, in_tail))
            self.letters.append(text.translate(self.known))

    def places(self, indices: Iterable[int]) -> Iterator[_Place]:
        """The place in the text of each letter, by its number in the flow."""
        ends = list(accumulate(map(len, self.letters)))
        for index in indices:
            piece = bisect_right(ends, index)
            element, in_tail = self.pieces[piece]
            text = (element.tail if in_tail else element.text) or ""
            counts = accumulate(len(character.translate(self.known)) for character in text)
            before = index - (ends[piece] - len(self.letters[piece]))
            yield _Place(element, in_tail, next(offset for offset, count in enumerate(counts) if count > before))


def mark_pages(parts: Sequence[PartFile], starts: Sequence[str], front: int) -> tuple[PageMark, ...]:
    """Put a mark in the parts wherever a page of the PDF begins, and give the marks.

    `starts` has the first words of each page; the first `front` have Roman numerals. A page whose words are in no part,
    such as the cover, gets no mark.
    """
    flow = _Flow()
    owners: dict[Element, PartFile] = {}
    for part in parts:
        _read(part.body, flow)
        owners[part.body] = part
    taken = {identifier for part in parts for identifier in markup.ids(part.body)}
    words = [start.translate(flow.known) for start in starts]
    found = list(_found(words, "".join(flow.letters)))
    places = list(flow.places(index for _, index in found))
    marks = []
    # from the end, so that the places before it stay what they are
    for (number, _), place in zip(reversed(found), reversed(places), strict=True):
        name = f"{_MARK}{number}"
        while name in taken:
            name += "-"
        label = page_label(number, front)
        mark = _insert(place, label, name)
        marks.append(PageMark(number, label, f"{owners[_root(mark)].name}#{name}"))
    return tuple(reversed(marks))


def name_by_page(parts: Sequence[PartFile], word: str, front: int) -> None:
    """Name the places of an index by the pages that are marked in the parts, in place; without marks by their sections.

    `word` is "pagina"; the first `front` pages have Roman numerals.
    """
    entries = [entry for part in parts for entry in markup.with_class(part.body, CLASS)]
    pages = _pages_of_ids(parts) if entries else {}
    for entry in entries:
        by_page(entry, pages, word, front)
    if not pages:
        for part in parts:
            once_a_section(part.body)


def _pages_of_ids(parts: Sequence[PartFile]) -> dict[str, int]:
    """The page on which each element with an id stands, for one in a note that of its call.

    Those before the first mark have none.
    """
    pages: dict[str, int] = {}
    page = 0
    elements = [element for part in parts for element in part.body.iter()]
    for element in elements:
        if element.get("role") == "doc-pagebreak":
            page = int(element.get("id", "").removeprefix(_MARK).rstrip("-"))
        elif page and (name := element.get("id")):
            pages[name] = page
    for note in (element for element in elements if element.get("role") == "doc-footnote"):
        called = pages.get(note.get("id", "").replace("fn-", "fnref-", 1))
        pages |= {name: called for name in markup.ids(note) if called}
    return pages


def page_of(
    starts: Sequence[str], title: str, address: str, marks: Sequence[PageMark], front: int
) -> tuple[PageMark, ...]:
    """The mark of the first page behind `marks` that begins with `title`; empty when no page does.

    `address` is the file of the e-book that has the title; the first `front` pages have Roman numerals.
    """
    last = marks[-1].number if marks else 0
    numbers = (number for number, start in enumerate(starts, 1) if number > last and start.startswith(title))
    return tuple(PageMark(number, page_label(number, front), f"{address}#page-{number}") for number in numbers)[:1]


def _found(starts: Sequence[str], text: str) -> Iterator[tuple[int, int]]:
    """The number of each page that begins in the text, and the place in the text."""
    after = 0
    for number, words in enumerate(starts, 1):
        index = next((at for length in _lengths(words) if (at := text.find(words[:length], after)) >= 0), -1)
        if index >= 0:
            yield number, index
            after = index + 1


def _lengths(words: str) -> tuple[int, ...]:
    """How many letters of a beginning are searched, the longest first; a short beginning is searched whole."""
    return tuple(length for length in _LENGTHS if length < len(words)) or ((len(words),) if len(words) >= 8 else ())


def _read(element: Element, flow: _Flow) -> None:
    flow.add(element, element.text, in_tail=False)
    for child in element:
        if not _is_beside(child):
            _read(child, flow)
        flow.add(child, child.tail, in_tail=True)


def _is_beside(element: Element) -> bool:
    return (
        str(element.tag).endswith(_DRAWN)
        or element.get("role") in _BESIDE_ROLES
        or bool(_BESIDE_CLASSES & set(element.get("class", "").split()))
    )


def _root(element: Element) -> Element:
    while (parent := element.getparent()) is not None:
        element = parent
    return element


# --- the mark -----------------------------------------------------------------------------------------------


def _insert(place: _Place, label: str, name: str) -> Element:
    """Put the mark of a page before the word at a place."""
    attributes = {"id": name, "role": "doc-pagebreak", markup.EPUB_TYPE: "pagebreak", "aria-label": label}
    mark = markup.make("span", attributes)
    text = (place.element.tail if place.in_tail else place.element.text) or ""
    offset = _word_start(text, place.offset)
    if not place.in_tail and not text[:offset].strip() and (outer := _outermost(place.element)) is not None:
        outer.addprevious(mark)
        return mark
    before, mark_tail = text[:offset], text[offset:]
    if place.in_tail:
        place.element.addnext(mark)
        place.element.tail = before
    else:
        place.element.insert(0, mark)
        place.element.text = before
    mark.tail = mark_tail
    return mark


def _word_start(text: str, offset: int) -> int:
    while offset and not text[offset - 1].isspace():
        offset -= 1
    return offset


def _outermost(element: Element) -> Element | None:
    """The outermost element around the place that begins with it and would take the mark into its name, or None."""
    found = None
    while (parent := element.getparent()) is not None:
        if element.tag in _NAMED and parent.tag not in _FRAMES:
            found = element
        if not _begins_with(parent, element):
            break
        element = parent
    return found


def _begins_with(parent: Element, element: Element) -> bool:
    """Whether no text stands before an element in its parent; a picture before its caption does not count as text."""
    texts = [parent.text or ""]
    for before in list(parent)[: parent.index(element)]:
        texts += ["" if _is_beside(before) else markup.text_of(before, _is_beside), before.tail or ""]
    return not "".join(texts).strip()
