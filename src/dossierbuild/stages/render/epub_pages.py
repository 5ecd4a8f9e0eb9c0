"""Where the pages of the PDF begin in the e-book, so that readers of both can find the same page.

The PDF tells with which words each of its pages begins. These words are looked for in the text of the e-book, one page
after the other, and a mark with the page's number goes there (EPUB Accessibility 1.1, 4: page navigation).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dossierbuild.stages.render.epub_parts import PartFile
from dossierbuild.tools import markup
from dossierbuild.tools.markup import Element

# What paper has elsewhere or not at all: notes, what leads back to them, and the words in drawings.
_BESIDE_ROLES = frozenset({"doc-footnote", "doc-endnotes", "doc-backlink"})
_BESIDE_CLASSES = frozenset({"note-ref", "backlinks", "footnotes", "file-title"})
# A page may begin with a piece of a cell, behind which paper goes on with another cell: so shorter beginnings are
# tried as well. One that is shorter than the last is found in too many places.
_LENGTHS = (240, 120, 60, 36)
# A mark before these does not become a part of their names.
_NAMED = frozenset({
    "a", "caption", "cite", "code", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "q", "span",
    "strong", "sub", "sup", "table",
})  # fmt: skip
# These hold no text of their own, so no mark either.
_FRAMES = frozenset({"dl", "ol", "table", "tbody", "tfoot", "thead", "tr", "ul"})


@dataclass(frozen=True, slots=True)
class PageMark:
    """A page of the PDF that was found in the e-book: its printed number, and its address in the package."""

    number: int
    address: str


@dataclass(frozen=True, slots=True)
class _Place:
    """A character of the text: in the text of an element, or in the tail behind it."""

    element: Element
    in_tail: bool
    offset: int


@dataclass(slots=True)
class _Flow:
    """The text of all parts without spaces, hyphens and letter case, with the place of each character."""

    letters: list[str] = field(default_factory=list)
    places: list[_Place] = field(default_factory=list)

    def add(self, element: Element, text: str | None, *, in_tail: bool) -> None:
        for offset, character in enumerate(text or ""):
            for letter in _comparable(character):
                self.letters.append(letter)
                self.places.append(_Place(element, in_tail, offset))


def mark_pages(parts: Sequence[PartFile], starts: Sequence[str]) -> tuple[PageMark, ...]:
    """Put a mark in the parts wherever a page of paper begins. `starts` has the first words of each page; a page
    whose words are in no part, such as the cover, gets none."""
    flow = _Flow()
    owners: dict[Element, PartFile] = {}
    for part in parts:
        _read(part.body, flow)
        owners[part.body] = part
    taken = {identifier for part in parts for identifier in markup.ids(part.body)}
    found = list(_found(starts, "".join(flow.letters)))
    marks = []
    for number, index in reversed(found):  # from the end, so that the places before it stay what they are
        name = f"page-{number}"
        while name in taken:
            name += "-"
        mark = _insert(flow.places[index], number, name)
        marks.append(PageMark(number, f"{owners[_root(mark)].name}#{name}"))
    return tuple(reversed(marks))


def page_of(starts: Sequence[str], title: str, address: str, marks: Sequence[PageMark]) -> tuple[PageMark, ...]:
    """The page, after those that were found in the parts, that begins with a title; `address` is where the e-book has
    what stands there. Empty when there is none."""
    last = marks[-1].number if marks else 0
    numbers = (number for number, start in enumerate(starts, 1) if number > last and start.startswith(title))
    return tuple(PageMark(number, f"{address}#page-{number}") for number in numbers)[:1]


def _found(starts: Sequence[str], text: str) -> Iterator[tuple[int, int]]:
    """The number of each page that begins in the text, and the place in the text."""
    after = 0
    for number, start in enumerate(starts, 1):
        words = "".join(_comparable(character) for character in start)
        index = next((at for length in _lengths(words) if (at := text.find(words[:length], after)) >= 0), -1)
        if index >= 0:
            yield number, index
            after = index + 1


def _lengths(words: str) -> tuple[int, ...]:
    """How much of a beginning is looked for, the most first; all of it where it is short."""
    return tuple(one for one in _LENGTHS if one < len(words)) or ((len(words),) if len(words) >= 8 else ())


def _comparable(character: str) -> str:
    """A character as both formats have it; nothing for a space, a hyphen and what has no width."""
    if character.isspace() or character in "-\u00ad\u2010\u2011\u200b\u200c\u200d\u2060\ufeff":
        return ""
    return unicodedata.normalize("NFKC", character).casefold()


def _read(element: Element, flow: _Flow) -> None:
    flow.add(element, element.text, in_tail=False)
    for child in element:
        if not _is_beside(child):
            _read(child, flow)
        flow.add(child, child.tail, in_tail=True)


def _is_beside(element: Element) -> bool:
    return (
        str(element.tag).endswith("}svg")
        or element.get("role") in _BESIDE_ROLES
        or bool(_BESIDE_CLASSES & set(element.get("class", "").split()))
    )


def _root(element: Element) -> Element:
    while (parent := element.getparent()) is not None:
        element = parent
    return element


# --- the mark -----------------------------------------------------------------------------------------------


def _insert(place: _Place, number: int, name: str) -> Element:
    """Put the mark of a page before the word at a place."""
    attributes = {"id": name, "role": "doc-pagebreak", markup.EPUB_TYPE: "pagebreak", "aria-label": str(number)}
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
    """The outermost element that begins here and would take the mark into its name; None when there is none."""
    found = None
    while (parent := element.getparent()) is not None:
        if element.tag in _NAMED and parent.tag not in _FRAMES:
            found = element
        if not _begins_with(parent, element):
            break
        element = parent
    return found


def _begins_with(parent: Element, element: Element) -> bool:
    """Whether no text stands before an element in its parent; the picture before its caption is none."""
    texts = [parent.text or ""]
    for before in list(parent)[: parent.index(element)]:
        texts += ["" if _is_beside(before) else markup.text_of(before, _is_beside), before.tail or ""]
    return not "".join(texts).strip()
