"""Notes on paper: at the foot of the page of their call where there is room, else at the end of their part."""

from __future__ import annotations

from collections.abc import Iterator

from dossierbuild.tools import markup

# Elements that HTML does not allow inside a paragraph. A note may hold them, and on paper stands in a paragraph.
_BLOCKS = ("blockquote", "div", "dl", "figure", "h3", "h4", "h5", "h6", "hr", "ol", "pre", "table", "ul")
# Those of them that are higher than their words say, and an image.
_HIGH = ("figure", "img", "pre", "table")

_ROOM = 1300
"""Signs of running text whose room notes may take at the foot of a page: half a page. The layout can not break a note
over pages."""
_SMALL = 2 / 3
"""The room of a sign of a note, which is smaller, in signs of running text."""


def notes_to_calls(root: markup.Element) -> None:
    """Put each note of a part where it is called; the layout sets it at the foot of that page, with its number.

    A note for which there is no room (`_ROOM`), or that holds a picture, a table or code, stays at the end of the part.
    """
    for note, call in tuple(_at_the_foot(root)):
        _put_at_call(note, call)
    for section in markup.with_class(root, "footnotes"):
        if not len(section):
            markup.detach(section)


def _at_the_foot(root: markup.Element) -> Iterator[tuple[markup.Element, markup.Element]]:
    """The notes for which there is room at the foot of the pages where they are called, each with its call.

    A page takes less of its text the more notes there are; what they take is free again when as many signs of text
    have come by.
    """
    notes = {f"fnref-{note.get('id', '')[3:]}": note for note in markup.with_class(root, "footnote")}
    taken, before = 0.0, 0
    for call, signs in _calls(root):
        note = notes.get(call.get("id", ""))
        if note is None:
            continue
        length = _SMALL * len(markup.text_of(note))
        taken, before = max(0.0, taken - (signs - before)), signs
        if taken + length <= _ROOM and not markup.with_tag(note, *_HIGH):
            taken += length
            yield note, call


def _calls(root: markup.Element) -> Iterator[tuple[markup.Element, int]]:
    """Each call in reading order, with the signs of text before it."""
    signs = 0
    for element in root.iter():
        if element.get("role") == "doc-noteref":
            yield element, signs
        signs += len(element.text or "") + len(element.tail or "")


def _put_at_call(note: markup.Element, called: markup.Element) -> None:
    call: markup.Element | None = called
    while call is not None and not markup.has_class(call, "note-ref"):
        call = call.getparent()
    if call is None:
        return
    for extra in (*markup.with_class(note, "note-number"), *markup.with_class(note, "back")):
        markup.detach(extra)
    note.tag = "span"
    note.set("data-call", called.get("id", ""))  # where its number leads back to
    note.text = (note.text or "").lstrip()  # a line break here would put the note's number on a line of its own
    for paragraph in markup.with_tag(note, "p"):
        paragraph.tag = "span"
        paragraph.set("class", "footnote-paragraph")
    _widen_paragraph(call, note)
    markup.replace(call, markup.make("span", {"id": called.get("id", "")}, markup.detach(note)))


def _widen_paragraph(call: markup.Element, note: markup.Element) -> None:
    """Make the paragraph around a call a `div` with the role of a paragraph, if the note holds a block.

    In a `p` the block would end the paragraph.
    """
    around = call.getparent()
    while around is not None and around.tag != "p":
        around = around.getparent()
    if around is not None and markup.with_tag(note, *_BLOCKS):
        around.tag = "div"
        around.set("role", "paragraph")
