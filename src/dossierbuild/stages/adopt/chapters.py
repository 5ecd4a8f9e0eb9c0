"""The chapters of a book: its texts taken one by one, each level-1 heading with what follows a chapter of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dossierbuild.core.catalogue import Language
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.problems import Checked, Problem, problem
from dossierbuild.stages.adopt.attributes import split_heading
from dossierbuild.stages.adopt.blocks import adopted_blocks
from dossierbuild.stages.adopt.book import Book, Entry, Role, System, read_front_matter
from dossierbuild.stages.adopt.elements import without_elements
from dossierbuild.stages.adopt.folder import Settings
from dossierbuild.stages.adopt.html import without_html
from dossierbuild.stages.adopt.kinds import FOREWORD, REFERENCES, summary_language
from dossierbuild.stages.adopt.lines import Kind, Line, Taken, lines_of
from dossierbuild.stages.adopt.people import people
from dossierbuild.stages.adopt.pictures import adopted_links
from dossierbuild.stages.adopt.programs import (
    table_captions,
    text_references,
    with_text_references,
    without_programs,
)
from dossierbuild.stages.adopt.tex import without_tex
from dossierbuild.stages.adopt.texts import read_text
from dossierbuild.stages.adopt.words import WORDS

_HEADING = re.compile(r"(?P<marks>#{1,6})[ \t]+\S")
_UNDER_HEADING = re.compile(r"(?:={2,}|-{3,})[ \t]*\Z")
_NOT_HEADING = re.compile(r"[ \t]*(?:[-*+>|#:<`]|\d+[.)][ \t]|\[\^?[^\[\]]*\]:|!\[|$)")
_MARKER = re.compile(r"\((?P<kind>PART|APPENDIX)(?:\\?\*)?\)(?P<title>[^\n]*+)")
_LABEL = re.compile(r"[ \t]*\[\]\{#(?P<id>[^\s{}]+)\}[ \t]*\Z")
_DEFINITION = re.compile(r"\[(?P<name>\^?[^\[\]\n]+)\]:[ \t]")
LOST = frozenset({"D809", "D810", "D811", "D812", "D813", "D814", "D815", "D829"})
"""What readers miss, so that a text is no more than a draft until its editor has looked at it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A text of the dossier to come: its lines, the first of which is its heading, and what its head will say.

    `path` is the file that it comes from, `kind` what it is in a report, and `language` a tag where that is not the
    book's.
    """

    path: str
    kind: str
    lines: tuple[Line, ...]
    language: str = ""
    authors: tuple[str, ...] = ()
    is_draft: bool = False

    @property
    def title(self) -> str:
        return split_heading(self.lines[0].text)[0]


def read_chapters(book: Book, names: FrozenMap[str, str], language: Language) -> Checked[tuple[Chapter, ...]]:
    """All chapters of a book in order, and what of them could not be taken; `names` are those of its pictures.

    D818: a heading that only says that appendices follow. D831: the list of references is made here. D832: what stands
    before the first heading got one. D833: a chapter in which nothing is left.
    """
    raw = [tuple(without_elements(read_text(book.folder, entry.path))) if entry.path else () for entry in book.entries]
    texts = text_references(piece for taken in raw for piece in taken)
    told: list[Problem] = []
    chapters: list[Chapter] = []
    appended = False
    for entry, taken in zip(book.entries, raw, strict=True):
        lines = tuple(adopted(taken, texts, book, names, language))
        for piece in _pieces(lines, entry, book, language):
            appended = appended or _marker(piece.lines[0]) == "APPENDIX"
            told += [*piece.told, *(verdict := _verdict(piece, entry))]
            if not verdict:
                chapters.append(_chapter(piece, entry, book, language, appended=appended))
    return Checked(tuple(chapters), tuple(told))


def adopted(
    taken: Iterable[Taken], texts: FrozenMap[str, str], book: Book, names: FrozenMap[str, str], language: Language
) -> Iterator[Taken]:
    """Lines after all passes that need no other text of the book."""
    lines = without_programs(table_captions(with_text_references(taken, texts)), book)
    lines = adopted_blocks(without_html(without_tex(lines)), language)
    yield from _headings(adopted_links(lines, book.folder, names, language))


# --- headings --------------------------------------------------------------------------------------------------------


def _headings(taken: Iterable[Taken]) -> Iterator[Taken]:
    """The lines with each heading behind `#`, where some have a line of signs below them."""
    lines = list(taken)
    under = {
        at for at in range(1, len(lines)) if _is_underline(lines[at], lines[at - 1], lines[at - 2] if at > 1 else None)
    }
    for at, line in enumerate(lines):
        if isinstance(line, Line) and at + 1 in under:
            following = lines[at + 1]
            level = "#" if isinstance(following, Line) and following.text.startswith("=") else "##"
            yield line.saying(f"{level} {line.text.strip()}")
        elif at not in under:
            yield line


def _is_underline(line: Taken, above: Taken, before: Taken | None) -> bool:
    """Whether a line makes the one above it, which is a paragraph of its own, a heading."""
    return (
        isinstance(line, Line)
        and isinstance(above, Line)
        and line.kind is above.kind is Kind.TEXT
        and bool(_UNDER_HEADING.match(line.text))
        and not _NOT_HEADING.match(above.text)
        and not (isinstance(before, Line) and before.text.strip())
    )


def heading_of(line: Line) -> re.Match[str] | None:
    """The marks of a line that is a heading."""
    return _HEADING.match(line.text) if line.kind is Kind.TEXT else None


def _marker(line: Line) -> str:
    found = _MARKER.match(split_heading(line.text)[0])
    return found["kind"] if found else ""


# --- pieces: a level-1 heading and what follows it -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Piece:
    """The lines of a chapter, the first of which is its heading, and what of them could not be taken."""

    lines: tuple[Line, ...]
    told: tuple[Problem, ...]


def _pieces(taken: Sequence[Taken], entry: Entry, book: Book, language: Language) -> list[_Piece]:
    """A text of the book in pieces; what stands before its first heading gets one where it has words."""
    title = _title(entry, book)
    lines = _raised(taken) if not title else list(taken)
    top = _heading_lines(entry, title)
    pieces: list[list[Taken]] = [[*top]]
    before: Taken | None = None
    for line in lines:
        heading = heading_of(line) if isinstance(line, Line) else None
        if heading and len(heading["marks"]) == 1 and not (isinstance(before, Line) and before.text.strip()):
            pieces.append([])
        pieces[-1].append(line)
        before = line
    first, *others = (_piece(piece) for piece in pieces)
    if not title and _has_words(first.lines):
        line = first.lines[0].saying(f"# {WORDS['beginning'][language]} {{-}}", Kind.TEXT)
        told = problem("D832", first.lines[0].place, title=WORDS["beginning"][language])
        first = _Piece((line, line.saying(""), *first.lines), (*first.told, told))
    elif not title:
        others[:1] = [_Piece(piece.lines, (*first.told, *piece.told)) for piece in others[:1]]
    kept = [first] if title or _has_words(first.lines) else []
    return _with_definitions(
        [
            piece
            for piece in (*kept, *others)
            if not (title and others and piece is first and not _has_words(first.lines[1:]))
        ]
    )


def _piece(taken: Sequence[Taken]) -> _Piece:
    return _Piece(
        tuple(piece for piece in taken if isinstance(piece, Line)),
        tuple(piece for piece in taken if isinstance(piece, Problem)),
    )


def _title(entry: Entry, book: Book) -> str:
    """The title of a text that stands in no heading: that of a part without a file, or in the head of its file."""
    if not entry.path:
        return entry.title
    if book.system is not System.QUARTO or "chapters" not in book.settings.by_key:
        return ""
    front = read_front_matter(book.folder, entry.path).value
    return " ".join(str(front.get("title") or "").split()) if front else ""


def _heading_lines(entry: Entry, title: str) -> tuple[Line, ...]:
    if not title:
        return ()
    line = next(lines_of(entry.path or entry.place.path, title))
    return (Line(f"# {title}", entry.place if not entry.path else line.place, title), line.saying(""))


def _raised(taken: Sequence[Taken]) -> list[Taken]:
    """The lines with their headings raised where none of them is of level 1."""
    marks = [len(heading["marks"]) for line in taken if isinstance(line, Line) and (heading := heading_of(line))]
    least = min(marks, default=1)
    return [
        line.saying(line.text[least - 1 :]) if isinstance(line, Line) and heading_of(line) else line for line in taken
    ]


def _has_words(lines: Sequence[Line]) -> bool:
    return any(line.text.strip() and not _LABEL.match(line.text) for line in lines)


def _with_definitions(pieces: list[_Piece]) -> list[_Piece]:
    """The pieces, each with the notes and addresses that it calls: these may stand anywhere in a text.

    What is called nowhere stays where it is.
    """
    parted = [_parted(piece.lines) for piece in pieces]
    texts = ["\n".join(line.text for line in prose) for prose, _ in parted]
    everything = "\n".join((*texts, *(line.text[5:] for _, blocks in parted for block in blocks for line in block)))
    moved = []
    for piece, text, (prose, own) in zip(pieces, texts, parted, strict=True):
        called = [block for _, blocks in parted for block in blocks if _name(block[0]) in text]
        left = [block for block in own if _name(block[0]) not in everything]
        behind = (line for block in (*called, *left) for line in (block[0].saying(""), *block))
        moved.append(_Piece((*prose, *behind), piece.told))
    return moved


def _name(line: Line) -> str:
    """What calls the note or address that a line describes."""
    return line.text.partition("]:")[0] + "]"


def _parted(lines: Sequence[Line]) -> tuple[list[Line], list[tuple[Line, ...]]]:
    """The lines that describe no note or address, and each description with the lines that belong to it."""
    prose: list[Line] = []
    blocks: list[tuple[Line, ...]] = []
    at = 0
    while at < len(lines):
        end = _end_of_definition(lines, at)
        if end > at:
            blocks.append(tuple(lines[at:end]))
        else:
            prose.append(lines[at])
        at = max(end, at + 1)
    return prose, blocks


def _end_of_definition(lines: Sequence[Line], at: int) -> int:
    """The index behind what is described at `at`: further lines of its paragraph and what is indented below it."""
    if lines[at].kind is not Kind.TEXT or not _DEFINITION.match(lines[at].text):
        return at
    end = last = at + 1
    in_paragraph = True
    while end < len(lines):
        line = lines[end]
        if line.text.startswith(("    ", "\t")) and line.text.strip():
            last = end + 1
        elif not line.text.strip():
            in_paragraph = False
        elif not in_paragraph or _DEFINITION.match(line.text) or heading_of(line) or line.kind is not Kind.TEXT:
            break
        else:
            last = end + 1
        end += 1
    return last


# --- what a piece is -------------------------------------------------------------------------------------------------


def _verdict(piece: _Piece, entry: Entry) -> list[Problem]:
    """Why a piece comes into no chapter; nothing where it does."""
    heading, *rest = piece.lines
    words, _ = split_heading(heading.text)
    place = heading.at(heading.source.strip())
    kind = _marker(heading)
    if kind == "PART" or entry.role is Role.PART or (_has_words(rest) and kind != "APPENDIX"):
        return []
    if kind == "APPENDIX":
        return [problem("D818", place, excerpt=words)]
    if REFERENCES.match(words):
        return [problem("D831", place, title=words)]
    return [problem("D833", place, title=words)]


def _chapter(piece: _Piece, entry: Entry, book: Book, language: Language, *, appended: bool) -> Chapter:
    heading, *rest = piece.lines
    words, attributes = split_heading(heading.text)
    is_part = _marker(heading) == "PART" or entry.role is Role.PART
    if _marker(heading) == "PART":
        words = _MARKER.sub(lambda found: found["title"].strip(), words)
    summary = summary_language(words)
    own = str(book.settings.get("lang") or "").split("-")[0].lower()
    is_appendix = appended or entry.role is Role.APPENDIX or "appendix" in attributes.classes
    if is_part:
        kind = "part"
    elif summary:
        kind = "summary"
    elif FOREWORD.match(words):
        kind = "foreword"
    else:
        kind = "appendix" if is_appendix else "chapter"
    unnumbered = attributes.is_unnumbered and kind in ("chapter", "appendix")
    braces = " ".join((*([f"#{attributes.id}"] if attributes.id else []), *(["-"] if unnumbered else [])))
    top = heading.saying(f"# {words or WORDS['untitled'][language]}{f' {{{braces}}}' if braces else ''}")
    return Chapter(
        path=entry.path or entry.place.path,
        kind=kind,
        lines=(top, *rest),
        language=summary if summary != own else "",
        authors=_authors(entry, book),
        is_draft=any(found.code in LOST for found in piece.told),
    )


def _authors(entry: Entry, book: Book) -> tuple[str, ...]:
    """Who wrote a text apart from the book, where the head of its file says so."""
    if book.system is not System.QUARTO or not entry.path or len(book.entries) == 1:
        return ()
    front = read_front_matter(book.folder, entry.path).value or Settings()
    return tuple(person["name"] for person in people(front))
