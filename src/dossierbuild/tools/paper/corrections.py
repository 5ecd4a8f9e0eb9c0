"""What is put right in WeasyPrint, and what of its inside is leaned on: a row for each.

WeasyPrint has no way in for these things, so each row names something that a new version may move. A row tells what it
replaces or relies on, why, the issue of WeasyPrint about it, and the test that fails without it.

An upgrade is proven in two steps. First `pytest --any-engine tests/test_corrections.py tests/test_paper*.py`, with the
new version installed: it names each row whose place has moved, each correction that is not needed any more (its test
passes without it, so the row goes), and each shortcut that changes a byte. Then `ENGINE_VERSION` and the lock files
get the new version, and all tests run.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from enum import Enum
from typing import Any

from dossierbuild.tools.paper.cascade import with_needed_pseudo_elements, with_plain_values
from dossierbuild.tools.paper.continued import with_continued_rows
from dossierbuild.tools.paper.drawings import with_colour_of_text
from dossierbuild.tools.paper.lines import with_line_ends, with_line_starts, with_room_for_tracks_only
from dossierbuild.tools.paper.notes import (
    with_all_notes_movable,
    with_an_account,
    with_due_notes_kept,
    with_honest_overflow,
    with_linked_notes,
    with_moved_notes_remade,
    with_no_note_lost,
    with_notes_measured_once,
)
from dossierbuild.tools.paper.scripts import with_joined_letters
from dossierbuild.tools.paper.stylesheets import with_sheets_read_once

NONE_KNOWN = 0


class Kind(Enum):
    """What a row is for: a right result, less time for the same bytes, or a way in for the others."""

    RIGHT = "right"
    FAST = "fast"
    HOOK = "hook"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A function of WeasyPrint that another one takes the place of; `correct` makes that of the original.

    `issue` is the number among WeasyPrint's issues, `test` the test that fails without the correction; that of a
    shortcut fails when it saves no work, and that of a hook when the corrections that need it go wrong.
    """

    target: str
    kind: Kind
    why: str
    issue: int
    test: str
    correct: Callable[[Any], Callable[..., Any]]

    @contextmanager
    def applied(self) -> Iterator[None]:
        """Have the correction in place, in the whole process, until the end of the `with` statement."""
        owner, name = place_of(self.target)
        original = getattr(owner, name)
        setattr(owner, name, self.correct(original))
        try:
            yield
        finally:
            setattr(owner, name, original)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliance:
    """Something that WeasyPrint or pydyf does not document, and that is called or read as it is."""

    target: str
    why: str


@contextmanager
def corrected(corrections: Iterable[Correction]) -> Iterator[None]:
    """Have the corrections in place until the end of the `with` statement."""
    with ExitStack() as stack:
        for correction in corrections:
            stack.enter_context(correction.applied())
        yield


def place_of(target: str) -> tuple[Any, str]:
    """The module or class that holds a target, and its name there: that of `a.b.C.d` is `C` and "d"."""
    path, _, name = target.rpartition(".")
    try:
        return importlib.import_module(path), name
    except ModuleNotFoundError:
        owner, inner = place_of(path)
        return getattr(owner, inner), name


def is_moved(target: str) -> bool:
    """Whether a target is not where it was; an attribute of objects is where a method of their class names it."""
    try:
        owner, name = place_of(target)
    except (AttributeError, ImportError):
        return True
    methods = (getattr(method, "__func__", method) for method in vars(owner).values())
    codes = [method.__code__ for method in methods if hasattr(method, "__code__")]
    return not hasattr(owner, name) and not any(name in (*code.co_names, *code.co_consts) for code in codes)


CORRECTIONS = (
    Correction(
        target="weasyprint.layout.LayoutContext.__init__",
        kind=Kind.HOOK,
        why="the account of notes, which the other corrections of notes keep, begins with the document",
        issue=NONE_KNOWN,
        test="test_corrections.py::test_notes_need_their_account",
        correct=with_an_account,
    ),
    Correction(
        target="weasyprint.formatting_structure.build.make_box",
        kind=Kind.RIGHT,
        why="the call of a note is no link to the note, and its number no link back",
        issue=NONE_KNOWN,
        test="test_corrections.py::test_a_note_and_its_call_lead_to_each_other",
        correct=with_linked_notes,
    ),
    Correction(  # within the next one, which asks it whether the area overflows
        target="weasyprint.layout.LayoutContext._update_footnote_area",
        kind=Kind.FAST,
        why="all notes of a page are laid out again for each of them that comes or goes",
        issue=NONE_KNOWN,
        test="test_corrections.py::test_a_shortcut_saves_work",
        correct=with_notes_measured_once,
    ),
    Correction(
        target="weasyprint.layout.LayoutContext._update_footnote_area",
        kind=Kind.RIGHT,
        why="two heights that are equal but for a rounding error make an area overflow, and its notes are lost",
        issue=2502,
        test="test_corrections.py::test_a_bordered_area_of_notes_does_not_overflow",
        correct=with_honest_overflow,
    ),
    Correction(
        target="weasyprint.layout.LayoutContext.report_footnote",
        kind=Kind.RIGHT,
        why="a note that was moved to this page is moved on, and so comes pages later than its call",
        issue=2502,
        test="test_corrections.py::test_a_note_is_moved_once",
        correct=with_due_notes_kept,
    ),
    Correction(
        target="weasyprint.layout.column._report_footnotes",
        kind=Kind.HOOK,
        why="the end of a text in columns moves notes until they fit, and would not end with one that stays",
        issue=NONE_KNOWN,
        test="test_paper_notes.py::test_no_note_is_lost_in_columns_or_a_small_area",
        correct=with_all_notes_movable,
    ),
    Correction(
        target="weasyprint.layout.page.remake_page",
        kind=Kind.RIGHT,
        why="notes are lost where a part of a page is laid out again",
        issue=NONE_KNOWN,
        test="test_corrections.py::test_no_note_is_lost_where_a_page_is_made_again",
        correct=with_no_note_lost,
    ),
    Correction(
        target="weasyprint.layout.make_all_pages",
        kind=Kind.RIGHT,
        why="when page numbers change only some pages are made again, and the notes that others hand on are lost",
        issue=NONE_KNOWN,
        test="test_corrections.py::test_no_note_is_lost_where_page_numbers_change",
        correct=with_moved_notes_remade,
    ),
    Correction(
        target="weasyprint.layout.block.table_layout",
        kind=Kind.RIGHT,
        why="the head of a table is the same on each page, so nothing says that a table goes on",
        issue=NONE_KNOWN,
        test="test_corrections.py::test_a_table_says_on_a_next_page_that_it_goes_on",
        correct=with_continued_rows,
    ),
    Correction(
        target="weasyprint.layout.inline.split_text_box",
        kind=Kind.RIGHT,
        why="a PDF does not tell which spaces and hyphens are of the layout, so readers run words together",
        issue=NONE_KNOWN,
        test="test_corrections.py::test_words_at_the_ends_of_lines_are_apart_and_whole",
        correct=with_line_ends,
    ),
    Correction(
        target="weasyprint.svg.Node.text",
        kind=Kind.RIGHT,
        why="the letters of a text in a drawing are laid out one by one, so Arabic does not join and begins left",
        issue=NONE_KNOWN,
        test="test_corrections.py::test_letters_in_a_drawing_join",
        correct=with_joined_letters,
    ),
    Correction(
        target="weasyprint.images.SVGImage.draw",
        kind=Kind.RIGHT,
        why="what a drawing in a text has in the colour of that text is black",
        issue=NONE_KNOWN,
        test="test_corrections.py::test_a_drawing_has_the_colour_of_its_text",
        correct=with_colour_of_text,
    ),
    Correction(
        target="weasyprint.layout.inline.skip_first_whitespace",
        kind=Kind.RIGHT,
        why="the space between a link at the end of a line and the next words is left out of the next line",
        issue=NONE_KNOWN,
        test="test_corrections.py::test_words_on_either_side_of_a_link_at_the_end_of_a_line_are_apart",
        correct=with_line_starts,
    ),
    Correction(
        target="weasyprint.css.CSS",
        kind=Kind.FAST,
        why="the style sheet that all sections of a document have is read once",
        issue=618,
        test="test_corrections.py::test_a_shortcut_saves_work",
        correct=with_sheets_read_once,
    ),
    Correction(
        target="weasyprint.css.ComputedStyle.__missing__",
        kind=Kind.FAST,
        why="most properties have their first or their parent's value",
        issue=578,
        test="test_corrections.py::test_a_shortcut_saves_work",
        correct=with_plain_values,
    ),
    Correction(
        target="weasyprint.css.StyleFor.set_computed_styles",
        kind=Kind.FAST,
        why="most elements are no list items and no notes, so their pseudo-elements are never asked for",
        issue=578,
        test="test_corrections.py::test_a_shortcut_saves_work",
        correct=with_needed_pseudo_elements,
    ),
    Correction(
        target="weasyprint.layout.grid._distribute_extra_space",
        kind=Kind.FAST,
        why="what spans the tracks of a grid is measured also where no track asks for it",
        issue=1166,
        test="test_corrections.py::test_a_shortcut_saves_work",
        correct=with_room_for_tracks_only,
    ),
)
"""What is in place while a document is laid out."""

TAGS = Correction(
    target="weasyprint.pdf.add_tags",
    kind=Kind.RIGHT,
    why="an element over several pages is several elements, and notes and contents have no tags of their own",
    issue=2903,
    test="test_corrections.py::test_a_table_over_pages_is_one_table",
    correct=lambda original: original,
)
"""What is in place while a file is written; the function that takes its place is made for each file."""

RELIED_ON = (
    Reliance(target="weasyprint.document.Page._page_box", why="the boxes of a page, for tags, measures and beginnings"),
    Reliance(target="weasyprint.document.Document._html", why="the elements by their id, for names of elements"),
    Reliance(target="weasyprint.document.DocumentMetadata", why="what a bound document says of itself"),
    Reliance(target="weasyprint.layout.absolute.AbsolutePlaceholder._box", why="the box of what is positioned"),
    Reliance(target="weasyprint.formatting_structure.boxes.MarginBox.at_keyword", why="running heads are artifacts"),
    Reliance(target="weasyprint.formatting_structure.boxes.TableRowGroupBox.is_header", why="repeated table heads"),
    Reliance(target="weasyprint.formatting_structure.boxes.TableRowGroupBox.is_footer", why="repeated table feet"),
    Reliance(target="weasyprint.formatting_structure.boxes.Box.is_leader", why="leaders are artifacts"),
    Reliance(target="weasyprint.formatting_structure.boxes.Box.footnote", why="which notes a page calls"),
    Reliance(target="weasyprint.images.SVGImage._svg", why="the tree of a drawing, for the colour of its text"),
    Reliance(target="weasyprint.pdf.Stream", why="a page is drawn apart from its file"),
    Reliance(target="weasyprint.pdf.stream.Stream._tags", why="which content of a page a box drew"),
    Reliance(target="weasyprint.pdf.stream.Stream._fonts", why="the glyphs of digits, for open page numbers"),
    Reliance(target="weasyprint.pdf.stream.Stream._images", why="images are drawn in one file and written in another"),
    Reliance(target="weasyprint.pdf.stream.Stream._resources", why="so are patterns, groups and states"),
    Reliance(target="weasyprint.pdf.fonts.Font", why="fonts are kept as values and made again"),
    Reliance(target="weasyprint.pdf.anchors.add_links", why="the areas of links are those that WeasyPrint makes"),
    Reliance(target="weasyprint.draw.text.draw_first_line", why="the glyphs of digits, for open page numbers"),
    Reliance(target="weasyprint.matrix.Matrix", why="what the two functions before it ask for"),
    Reliance(target="weasyprint.text.line_break.create_layout", why="the glyphs of digits, for open page numbers"),
    Reliance(target="weasyprint.text.ffi", why="fonts of the document only, and the versions of native libraries"),
    Reliance(target="weasyprint.text.fonts.FontConfiguration._folder", why="it is taken away when a document is done"),
    Reliance(target="weasyprint.layout.LayoutContext._update_footnote_area", why="notes that stay take room"),
    Reliance(target="weasyprint.css.PHYSICAL_FUNCTIONS", why="which logical property stands for a property"),
    Reliance(target="weasyprint.css.properties.INHERITED", why="which properties have their parent's value"),
    Reliance(target="weasyprint.css.properties.INITIAL_NOT_COMPUTED", why="whose first value has to be worked out"),
    Reliance(target="weasyprint.css.properties.INITIAL_VALUES", why="the first values of properties"),
    Reliance(target="weasyprint.css.counters.CounterStyle", why="what a style sheet brings in"),
    Reliance(target="pydyf._to_bytes", why="a stream is compressed once and not twice"),
)
"""What is leaned on as it is; `load_engine` refuses a WeasyPrint in which one has moved."""


def moved() -> tuple[str, ...]:
    """The targets of all rows that are not where they were."""
    targets = (row.target for row in (*CORRECTIONS, TAGS, *RELIED_ON))
    return tuple(dict.fromkeys(target for target in targets if is_moved(target)))
