"""A PDF in which people have put comments in, the comments out: what was marked, on which words, what was said of it.

The annotations are read with pikepdf (ISO 32000-1, 12.5.6), the words below them with pdfium (pypdfium2).
"""

from __future__ import annotations

import html
import io
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from itertools import islice, pairwise
from types import MappingProxyType
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from dossierbuild.tools.pdf_reader import MAX_PAGES, PdfError, clean_text, listed, opened, refuse_bombs

MAX_COMMENTS = 2_000
"""Comments of one PDF with their answers: an editor who reads closely writes some hundreds."""
MAX_ANNOTATIONS = 100_000
"""Annotations of one PDF, of which nearly all are links."""
MAX_QUADS = 500
"""Lines that one comment can mark."""
MAX_LETTERS = 100_000
"""Letters of a page whose words are sought; the fullest poster has a tenth of that."""
MAX_TEXT = 10_000
"""Characters of what is said in a comment."""
MAX_DRAWN = 20_000_000
"""Bytes that a page draws, with what it draws more than once."""
MAX_NESTED = 30
"""Forms that are drawn within each other."""
MAX_BOOKMARKS = 10_000
COLUMNS = 0.3
"""The part of the lines of a page with another beside them from which on it has columns."""
HYPHEN = "\ufffe"
"""Stands in the words of a page for a hyphen at the end of a line."""
_HYPHEN = "\x02"
"""What pdfium has there when it is asked for one letter."""
MAX_SHOWN = 120
"""Characters of the line that is shown for a comment that marks no words."""


class Mark(Enum):
    """What a comment does to the page; a replacement strikes words out and puts others in their place."""

    HIGHLIGHT = "highlight"
    UNDERLINE = "underline"
    SQUIGGLY = "squiggly"
    STRIKEOUT = "strike-out"
    REPLACEMENT = "replacement"
    CARET = "caret"
    NOTE = "note"
    FREE_TEXT = "free text"
    DRAWING = "drawing"
    OTHER = "other"


_MARKS = MappingProxyType(
    {
        "/Highlight": Mark.HIGHLIGHT,
        "/Underline": Mark.UNDERLINE,
        "/Squiggly": Mark.SQUIGGLY,
        "/StrikeOut": Mark.STRIKEOUT,
        "/Caret": Mark.CARET,
        "/Text": Mark.NOTE,
        "/FreeText": Mark.FREE_TEXT,
        **dict.fromkeys(("/Square", "/Circle", "/Line", "/Polygon", "/PolyLine", "/Ink"), Mark.DRAWING),
        **dict.fromkeys(("/Stamp", "/FileAttachment", "/Sound", "/Redact"), Mark.OTHER),
    }
)
_POINTS = frozenset({Mark.NOTE, Mark.CARET, Mark.FREE_TEXT})
"""What stands beside the words that it is about."""
_SETTLED = frozenset({"Accepted", "Rejected", "Cancelled", "Completed"})
"""The states of a review in which nothing is left to be done (ISO 32000-1, table 171)."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What someone answered to a comment."""

    author: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfComment:
    """A comment on a page (from 1), with what was answered to it.

    `words` are those that are marked, and `ranges` where they stand in the `text` of all; with `is_near` it marks none,
    `words` is the line beside it and `ranges` has the nearest word there. Both are empty where no words are. `heading`
    is the nearest bookmark before it. It is `settled` when a state says so that people gave it in a review.
    """

    mark: Mark
    page: int
    author: str
    text: str
    words: str = ""
    ranges: tuple[tuple[int, int], ...] = ()
    is_near: bool = False
    heading: str = ""
    replies: tuple[Reply, ...] = ()
    settled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentedPdf:
    """A PDF with its comments by page, and from top to bottom there.

    `text` has the words of the pages with comments and of those before them, in reading order; a
    hyphen at the end of a line is a HYPHEN. `title` and `identifier` are what the file says of itself.
    """

    title: str
    identifier: str
    text: str
    comments: tuple[PdfComment, ...]


def read_comments(data: bytes) -> CommentedPdf:
    """Read the comments in a PDF, of whatever program.

    Raises PdfError when it is none, is protected, or holds more than there is room for.
    """
    refuse_bombs(data)
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf, opened(data) as document:
            if pdf.is_encrypted:
                raise PdfError("it is protected with a password")
            if len(pdf.pages) > MAX_PAGES:
                raise PdfError(f"it has more than {MAX_PAGES} pages")
            return _commented(pdf, document)
    except PdfError:
        raise
    except pikepdf.PasswordError as error:
        raise PdfError("it is protected with a password") from error
    except Exception as error:  # an object can be another than it should be, and raises whatever it stumbles on
        raise PdfError(f"the PDF can not be read: {error}") from error


def _commented(pdf: pikepdf.Pdf, document: pypdfium2.PdfDocument) -> CommentedPdf:
    title, identifier = _said_of_itself(pdf)
    threads = tuple(_threads(_all_comments(pdf)))
    texts = _texts(pdf, document, sorted({thread.page for thread in threads}))
    starts, bookmarks = _starts(texts), tuple(_bookmarks(document))
    return CommentedPdf(
        title=title,
        identifier=identifier,
        text="\n".join(page.text for page in texts.values()),
        comments=tuple(_comment(thread, texts, starts, bookmarks) for thread in threads),
    )


def _texts(pdf: pikepdf.Pdf, document: pypdfium2.PdfDocument, commented: Iterable[int]) -> dict[int, _PageText]:
    """The words of the pages with comments and of those before them; none of a page that draws too much."""
    wanted = sorted({page for number in commented for page in (number - 1, number) if page})
    known: dict[tuple[int, int], int] = {}
    owners = {number: pdf.pages[number - 1] for number in wanted}
    drawn = {number: _drawn(page.obj, page.resources, known) for number, page in owners.items()}
    return {number: _page_text(document, number) for number in wanted if drawn[number] <= MAX_DRAWN}


def _said_of_itself(pdf: pikepdf.Pdf) -> tuple[str, str]:
    """Title and identifier; what a program has spoilt is empty."""
    title = _string(pdf.docinfo.get("/Title"))
    spoilt = (pikepdf.PdfError, SyntaxError, ValueError, LookupError, TypeError, AttributeError)
    with suppress(*spoilt), pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        return str(metadata.get("dc:title") or title), str(metadata.get("dc:identifier") or "")
    return title, ""


# --- annotations -----------------------------------------------------------------------------------------------------

Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in points from the lower left corner of a page."""


@dataclass(slots=True)
class _Thread:
    """A comment while what belongs to it is gathered; `boxes` are those of the words that it marks."""

    mark: Mark
    page: int
    author: str
    text: str
    box: Box
    boxes: list[Box]
    replies: list[Reply] = field(default_factory=list)
    states: list[tuple[str, str]] = field(default_factory=list)


def _all_comments(pdf: pikepdf.Pdf) -> list[tuple[int, Any]]:
    """The annotations that are comments, with their pages."""
    found: list[tuple[int, Any]] = []
    seen = 0
    for number, page in enumerate(pdf.pages, start=1):
        for annotation in listed(page.obj.get("/Annots")):
            seen += 1
            if isinstance(annotation, pikepdf.Dictionary) and str(annotation.get("/Subtype")) in _MARKS:
                found.append((number, annotation))
        if seen > MAX_ANNOTATIONS:
            raise PdfError(f"it has more than {MAX_ANNOTATIONS} annotations")
        if len(found) > MAX_COMMENTS:
            raise PdfError(f"it has more than {MAX_COMMENTS} comments")
    return found


def _threads(annotations: Sequence[tuple[int, Any]]) -> Iterator[_Thread]:
    """Each comment that answers no other, with what belongs to it; those of a page from top to bottom."""
    by_name = {annotation.objgen: at for at, (_, annotation) in enumerate(annotations) if annotation.is_indirect}
    parents = [_parent(annotation, by_name) for _, annotation in annotations]
    parents = [None if _is_in_a_loop(at, parents) else parent for at, parent in enumerate(parents)]
    below: dict[int | None, list[int]] = defaultdict(list)
    for at, parent in enumerate(parents):
        below[parent].append(at)
    threads = [_thread(at, annotations, below) for at in below[None]]
    yield from sorted(threads, key=lambda thread: (thread.page, -thread.box[3], thread.box[0]))


def _parent(annotation: Any, by_name: Mapping[tuple[int, int], int]) -> int | None:
    """The number of the comment that one answers or belongs to."""
    answered = annotation.get("/IRT")
    if isinstance(answered, pikepdf.Dictionary) and answered.is_indirect:
        return by_name.get(answered.objgen)
    return None


def _is_in_a_loop(at: int, parents: Sequence[int | None]) -> bool:
    """Whether one comes back to a comment when going from each to what it answers."""
    met: set[int] = set()
    above = parents[at]
    while above is not None and above not in met:
        if above == at:
            return True
        met.add(above)
        above = parents[above]
    return False


def _thread(top: int, annotations: Sequence[tuple[int, Any]], below: Mapping[int | None, list[int]]) -> _Thread:
    page, annotation = annotations[top]
    thread = _Thread(
        mark=_MARKS[str(annotation.get("/Subtype"))],
        page=page,
        author=_author(annotation),
        text=_said(annotation),
        box=_point(annotation),
        boxes=list(_marked_boxes(annotation)),
    )
    waiting = sorted(below.get(top, ()), reverse=True)
    while waiting:
        at = waiting.pop()
        _add(annotations[at][1], thread)
        waiting += sorted(below.get(at, ()), reverse=True)
    return thread


def _add(annotation: Any, thread: _Thread) -> None:
    """Add an annotation to the comment that it belongs to: a state, a part of the same mark, or an answer."""
    if "/State" in annotation:
        if str(annotation.get("/StateModel", "Review")) != "Marked":
            thread.states.append((_string(annotation.get("/M")), _string(annotation["/State"])))
        return
    if str(annotation.get("/RT")) == "/Group":
        marks = {thread.mark, _MARKS[str(annotation.get("/Subtype"))]}
        thread.mark = Mark.REPLACEMENT if marks == {Mark.CARET, Mark.STRIKEOUT} else thread.mark
        thread.text = thread.text or _said(annotation)
        thread.boxes += _marked_boxes(annotation)
        return
    thread.replies.append(Reply(_author(annotation), _said(annotation)))


def _string(value: Any) -> str:
    return str(value)[:MAX_TEXT] if isinstance(value, pikepdf.String) else ""


def _author(annotation: Any) -> str:
    return " ".join(_string(annotation.get("/T")).split())


_LINE_END = re.compile(r"<(?:/p|br)\b[^<>]*>")


def _said(annotation: Any) -> str:
    """What is said in a comment, on one line with a slash between paragraphs; where there is only rich text, that
    without its marks."""
    text = _string(annotation.get("/Contents"))
    if not text.strip():
        rich = _LINE_END.sub("\n", _string(annotation.get("/RC")))
        text = html.unescape(re.sub(r"<[^<>]*>", "", rich))
    return " / ".join(" ".join(line.split()) for line in text.splitlines() if line.strip())


def _numbers(value: Any) -> list[float]:
    """The numbers of an array, without what is none among them."""
    return [float(number) for number in listed(value)[: 8 * MAX_QUADS] if isinstance(number, int | float | Decimal)]


def _box(numbers: Sequence[float]) -> Box:
    """The box around points, given as x, y, x, y …"""
    across, up = numbers[0::2], numbers[1::2]
    return min(across), min(up), max(across), max(up)


def _rectangle(annotation: Any) -> Box:
    numbers = _numbers(annotation.get("/Rect"))
    return _box(numbers) if len(numbers) == 4 else (0, 0, 0, 0)


def _point(annotation: Any) -> Box:
    """Where a comment stands: its rectangle, or the end of the line that leads from it to something."""
    leads = _numbers(annotation.get("/CL"))
    return _box(leads[:2]) if len(leads) >= 4 else _rectangle(annotation)


def _marked_boxes(annotation: Any) -> Iterator[Box]:
    """The boxes of the words that a comment marks, one a line; none of one that only stands beside words."""
    mark = _MARKS[str(annotation.get("/Subtype"))]
    quads = _numbers(annotation.get("/QuadPoints"))
    if len(quads) >= 8:
        yield from (_box(quads[at : at + 8]) for at in range(0, len(quads) - 7, 8))
    elif mark not in _POINTS:
        yield _rectangle(annotation)


# --- the words of a page ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _PageText:
    """The words of a page. `boxes` are those of its letters by their number in `text`, sorted by their middles from
    the lower end of the page (`heights`)."""

    text: str
    heights: tuple[float, ...] = ()
    boxes: tuple[tuple[int, Box], ...] = ()


def _drawn(owner: Any, resources: Any, known: dict[tuple[int, int], int], depth: int = 0) -> int:
    """Bytes that a page or a form draws, with the forms that it draws, each as often as it does so."""
    if owner.objgen in known:
        return known[owner.objgen]
    known[owner.objgen] = MAX_DRAWN + 1  # what draws itself has no end
    streams = [owner] if isinstance(owner, pikepdf.Stream) else listed(owner.get("/Contents"))
    written = b"\n".join(stream.read_bytes() for stream in streams if isinstance(stream, pikepdf.Stream))
    uses = Counter(_name(use[1]) for use in _USE.finditer(written))
    forms: Any = resources.get("/XObject", {})
    size = len(written)
    for name, times in uses.items():
        form = forms.get(name)
        if isinstance(form, pikepdf.Stream) and form.get("/Subtype") == "/Form":
            inner = form.get("/Resources", resources)
            size += times * (_drawn(form, inner, known, depth + 1) if depth < MAX_NESTED else MAX_DRAWN)
    known[owner.objgen] = min(size, MAX_DRAWN + 1)
    return known[owner.objgen]


_USE = re.compile(rb"/([^\s/<>\[\](){}%]{1,127})\s+Do\b")


def _name(written: bytes) -> str:
    """A name as it is written in what a page draws (ISO 32000-1, 7.3.5)."""
    plain = re.sub(rb"#([0-9A-Fa-f]{2})", lambda code: bytes.fromhex(code[1].decode()), written)
    return f"/{plain.decode('latin-1')}"


def _page_text(document: pypdfium2.PdfDocument, number: int) -> _PageText:
    page = document[number - 1]
    words = page.get_textpage()
    count = words.count_chars()
    if not 0 < count <= MAX_LETTERS:
        return _PageText("")
    codes = [pdfium.FPDFText_GetUnicode(words, at) for at in range(count)]
    text = "".join(chr(code) if code else " " for code in codes).replace(_HYPHEN, HYPHEN)
    lines = [_Line(found[0], tuple(map(words.get_charbox, range(*found.span())))) for found in _LINE.finditer(text)]
    return _page_of(_in_reading_order(lines))


_LINE = re.compile(f"[^\r\n{HYPHEN}]+{HYPHEN}?|{HYPHEN}")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page, with a box for each of its signs."""

    text: str
    boxes: tuple[Box, ...]

    @property
    def box(self) -> Box:
        """The box around its letters."""
        seen = [box for sign, box in zip(self.text, self.boxes, strict=True) if not sign.isspace()] or [*self.boxes]
        return (
            min(box[0] for box in seen),
            min(box[1] for box in seen),
            max(box[2] for box in seen),
            max(box[3] for box in seen),
        )


def _in_reading_order(lines: Sequence[_Line]) -> list[_Line]:
    """The lines from top to bottom, since a page may draw its headings behind its text; as they were drawn where most
    have others beside them: in columns and panels."""
    placed = sorted(((line.box, line) for line in lines), key=lambda found: (-_middle(found[0]), found[0][0]))
    beside = sum(
        _middle(below[0]) > above[0][1] and (below[0][0] > above[0][2] or below[0][2] < above[0][0])
        for above, below in pairwise(placed)
    )
    return list(lines) if beside > COLUMNS * len(lines) else [line for _, line in placed]


def _page_of(lines: Sequence[_Line]) -> _PageText:
    text, boxes = "", list[tuple[int, Box]]()
    for line in lines:
        boxes += ((len(text) + at, box) for at, box in enumerate(line.boxes) if not line.text[at].isspace())
        text += line.text if line.text.endswith(HYPHEN) else f"{line.text}\n"
    boxes.sort(key=lambda letter: _middle(letter[1]))
    return _PageText(text, tuple(_middle(box) for _, box in boxes), tuple(boxes))


def _middle(box: Box) -> float:
    return (box[1] + box[3]) / 2


def _starts(texts: Mapping[int, _PageText]) -> dict[int, int]:
    """Where the words of each page begin in those of all."""
    starts: dict[int, int] = {}
    at = 0
    for page, text in texts.items():
        starts[page] = at
        at += len(text.text) + 1
    return starts


def _letters_in(box: Box, page: _PageText) -> Iterator[int]:
    """The numbers of the letters whose middle is in a box."""
    left, bottom, right, top = box
    first, last = bisect_left(page.heights, bottom), bisect_left(page.heights, top)
    for number, letter in page.boxes[first:last]:
        if left <= (letter[0] + letter[2]) / 2 <= right:
            yield number


def _nearest_letter(box: Box, page: _PageText) -> int | None:
    """The number of the letter that is nearest to the middle of a box; of one beside the text the first of its line."""
    if not page.boxes:
        return None
    across, up = (box[0] + box[2]) / 2, _middle(box)
    at = bisect_left(page.heights, up)
    near = page.boxes[max(at - 300, 0) : at + 300]
    number, _ = min(near, key=lambda found: _distance(found[1], across, up))
    line = _line_around(number, page.text)
    beside = all(not letter[0] - 9 <= across <= letter[2] + 9 for at, letter in near if line[0] <= at < line[1])
    return line[0] if beside else number


def _distance(letter: Box, across: float, up: float) -> float:
    """How far a letter is from a point; another line is further away than another word of the same."""
    left, bottom, right, top = letter
    aside, above = max(left - across, across - right, 0.0), max(bottom - up, up - top, 0.0)
    return aside + 5 * above


_LINE_ENDS = f"\n{HYPHEN}"


def _line_around(at: int, text: str) -> tuple[int, int]:
    """From where to where the line of a letter goes."""
    start = max(text.rfind(end, 0, at) for end in _LINE_ENDS) + 1
    ends = [end for end in (text.find(sign, at) for sign in _LINE_ENDS) if end >= 0]
    return start, min(ends, default=len(text))


def _words_around(start: int, end: int, text: str) -> tuple[int, int]:
    """A piece of text with the whole of the words at its ends, which can go on on the next line."""
    while start and _is_in_word(text[start - 1]) and _is_in_word(text[start]):
        start -= 1
    while end < len(text) and _is_in_word(text[end]) and _is_in_word(text[end - 1]):
        end += 1
    return start, end


def _is_in_word(sign: str) -> bool:
    return sign.isalnum() or sign == HYPHEN


def _runs(letters: Iterable[int], text: str) -> list[tuple[int, int]]:
    """The pieces of text that letters make up, in whole words; nothing but spaces stands between those of a piece."""
    runs: list[tuple[int, int]] = []
    for at in sorted(set(letters)):
        if runs and not text[runs[-1][1] : at].replace(HYPHEN, " ").strip():
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))
    return [_words_around(start, end, text) for start, end in runs]


# --- comments with their words ---------------------------------------------------------------------------------------


def _comment(
    thread: _Thread, texts: Mapping[int, _PageText], starts: Mapping[int, int], bookmarks: Sequence[_Bookmark]
) -> PdfComment:
    page = texts.get(thread.page, _PageText(""))
    runs = _runs((at for box in thread.boxes[:MAX_QUADS] for at in _letters_in(box, page)), page.text)
    shown, is_near = " ".join(page.text[start:end] for start, end in runs), False
    if not runs and (nearest := _nearest_letter(thread.box, page)) is not None:
        start, end = _line_around(nearest, page.text)
        shown, is_near = page.text[start:end][:MAX_SHOWN], True
        runs = _runs([nearest], page.text)
    first = starts.get(thread.page, 0)
    return PdfComment(
        mark=thread.mark,
        page=thread.page,
        author=thread.author,
        text=thread.text,
        words=clean_text(shown),
        ranges=tuple((first + start, first + end) for start, end in runs),
        is_near=is_near,
        heading=_heading(thread, bookmarks),
        replies=tuple(thread.replies),
        settled=bool(thread.states) and max(thread.states, key=lambda state: state[0])[1] in _SETTLED,
    )


@dataclass(frozen=True, slots=True)
class _Bookmark:
    """A bookmark: its title, its page (from 1), and how high on the page its place is."""

    title: str
    page: int
    height: float


def _bookmarks(document: pypdfium2.PdfDocument) -> Iterator[_Bookmark]:
    for item in islice(document.get_toc(max_depth=10), MAX_BOOKMARKS):
        place = item.get_dest()
        number = place.get_index() if place else None
        if place is not None and number is not None:
            view = place.get_view()[1]
            yield _Bookmark(clean_text(item.get_title()), number + 1, view[1] if len(view) > 1 else 10_000.0)


def _heading(thread: _Thread, bookmarks: Sequence[_Bookmark]) -> str:
    """The title of the last bookmark that stands before a comment; empty where there is none."""
    height = max((box[3] for box in thread.boxes), default=thread.box[3])
    before = [mark for mark in bookmarks if (mark.page, -mark.height) <= (thread.page, -height)]
    return max(before, key=lambda mark: (mark.page, -mark.height)).title if before else ""
