"""Footnotes, put right: none is lost, and each is printed on the page of its call or the next.

WeasyPrint 70 loses notes without a word: by a rounding error in the height of their area, and where it lays out a part
of a page again, as for columns, tables, boxes that may not break and page numbers in a table of contents. Of 40
random documents with notes, 21 came out with one missing. The corrections keep the account: what is called and not
printed is due on the next page, and what is due there stays there.

They are functions around WeasyPrint's own, put in place by `corrections`. A `context` is its LayoutContext.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

# The part of a page that notes may fill; more than that goes to the next page, and the text gets on.
LARGEST_AREA = 0.8


def name_paragraphs(root: Any) -> None:
    """Make a `p` of each `<div role="paragraph">` of an HTML tree.

    A parser of HTML ends a `p` where a list begins, also when that list is in a note; the note would go on as text of
    the page.
    """
    for element in root.iter("div"):
        if element.get("role") == "paragraph":
            element.tag = "p"
            del element.attrib["role"]


def with_linked_notes(make: Callable[..., Any]) -> Callable[..., Any]:
    """The call of a note that has an id leads to it, and its number back to the element that `data-call` names."""
    targets = {"footnote-call": "id", "footnote-marker": "data-call"}

    def make_box(tag: str, style: Any, content: Any, element: Any) -> Any:
        box = make(tag, style, content, element)
        attribute = targets.get(tag.partition("::")[2])
        if attribute and (target := element.get(attribute)):
            box.link = ("url", ("internal", target))
        return box

    return make_box


def with_an_account(initialise: Callable[..., None]) -> Callable[..., None]:
    def initialise_context(context: Any, *arguments: Any) -> None:
        initialise(context, *arguments)
        context.handed_on = {}  # by page, from 0: the notes that it hands on to the next
        context.due_notes = []  # the notes that were handed on to the page in the making
        context.kept_notes = []  # those of them that the layout has tried to move on
        context.area_overflows = False

    return initialise_context


def with_honest_overflow(update: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """WeasyPrint compares the height of the footnote area with the sum of the heights in it, to the last bit. The two
    are made in different ways, and with many a border and padding they differ by a rounding error: the area is
    then said to overflow. It does so only where CSS limits it, or where it leaves no room for text."""

    def update_footnote_area(context: Any) -> bool:
        movable = context.current_page_footnotes
        context.current_page_footnotes = [*context.kept_notes, *movable]
        overflow = update(context)
        context.current_page_footnotes = movable
        area = context.current_footnote_area
        limited = area.style["height"] != "auto" or area.height > area.max_height - 1e-6
        full = area.margin_height() > LARGEST_AREA * area.page.height
        context.area_overflows = full or (overflow and limited)
        return bool(context.area_overflows)

    return update_footnote_area


def with_notes_measured_once(update: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """WeasyPrint lays out all notes of a page again for each that comes or goes. Where no margin and no float comes
    between them, their height together is the sum of what each has alone."""

    def update_footnote_area(context: Any) -> bool:
        area, notes = context.current_footnote_area, context.current_page_footnotes
        heights = [_height_alone(context, note, update) for note in notes]
        height = math.nan if None in heights or context.excluded_shapes else sum(filter(None, heights))
        if area.style["height"] != "auto" or not area.min_height <= height < area.max_height:
            return update(context)
        room = 0 if area.height == "auto" else area.margin_height()
        area.children, area.height = notes, height
        context.page_bottom += 0 if context.in_column else room - area.margin_height()
        return False

    return update_footnote_area


def _height_alone(context: Any, note: Any, update: Callable[[Any], bool]) -> float | None:
    """The height of the area of notes of the page in the making with this note only, kept in that area; None for a note
    that may take other room below another one."""
    known: dict[Any, float | None] = vars(context.current_footnote_area).setdefault("heights_of_notes", {})
    if note not in known:
        known[note] = _measured(context, note, update) if _stacks(note) else None
    return known[note]


def _measured(context: Any, note: Any, update: Callable[[Any], bool]) -> float:
    notes = context.current_page_footnotes
    context.current_page_footnotes = [note]
    update(context)
    context.current_page_footnotes = notes
    return float(context.current_footnote_area.height)


def _stacks(note: Any) -> bool:
    """Whether no margin and no float is in a note."""
    boxes = (note, *note.descendants())
    margins = [box.style[side] for box in boxes for side in ("margin_top", "margin_bottom")]
    return all(box.is_in_normal_flow() for box in boxes) and all(margin[0] == 0 for margin in margins)


def with_due_notes_kept(report: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """To get one more line on a page, WeasyPrint moves notes to the next. A note that has been moved already stays
    (but the layout must think it gone, or it would not stop trying)."""

    def report_footnote(context: Any, note: Any) -> None:
        if note in context.due_notes and not context.area_overflows:
            context.current_page_footnotes.remove(note)
            context.kept_notes.insert(0, note)
            context._update_footnote_area()
        else:
            report(context, note)

    return report_footnote


def with_all_notes_movable(report: Callable[..., None]) -> Callable[..., None]:
    """The end of a text in columns moves notes until they fit, and can not do with one that stays."""

    def report_footnotes(context: Any, *arguments: Any) -> None:
        context.due_notes = []
        report(context, *arguments)

    return report_footnotes


def with_no_note_lost(remake: Callable[..., Any]) -> Callable[..., Any]:
    def remake_page(index: int, context: Any, *arguments: Any) -> Any:
        due = context.handed_on.get(index - 1, [])
        context.reported_footnotes, context.due_notes, context.kept_notes = list(due), list(due), []
        page, resume = remake(index, context, *arguments)
        called = [box.footnote for box in page.descendants(placeholders=True) if box.footnote]
        printed = {note.element for note in page.children[1].children}
        handed_on = [note for note in dict.fromkeys((*due, *called)) if note.element not in printed]
        context.reported_footnotes = list(handed_on)
        context.footnotes = [note for note in context.footnotes if note not in handed_on]
        if handed_on != context.handed_on.get(index, []) and (handed_on or resume is not None):
            _have_remade(context, index + 1)
        context.handed_on[index] = handed_on
        return page, resume

    return remake_page


def with_moved_notes_remade(make: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    """When page numbers change, WeasyPrint makes only some pages again, and forgets for the others that they hand on
    notes to the next. Such pages are made again always."""

    def make_all_pages(context: Any, *arguments: Any) -> Iterator[Any]:
        for index, handed_on in context.handed_on.items():
            if handed_on:
                _have_remade(context, index)
                _have_remade(context, index + 1)
        yield from make(context, *arguments)

    return make_all_pages


def _have_remade(context: Any, index: int) -> None:
    if index < len(context.page_maker):
        *_, remake_state = context.page_maker[index]
        remake_state["content_changed"] = True
