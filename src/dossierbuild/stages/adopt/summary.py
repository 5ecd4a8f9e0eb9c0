"""The first text of 'in het kort': the book's abstract, else its summary, else a place to write one."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from dossierbuild.core.catalogue import Language
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.problems import Checked, Place, Problem
from dossierbuild.stages.adopt.book import Book
from dossierbuild.stages.adopt.chapters import Chapter, adopted
from dossierbuild.stages.adopt.lines import Kind, Line
from dossierbuild.stages.adopt.words import WORDS

KIND = "in short"
"""The kind of a chapter that is the text of 'in het kort'."""

_ID = re.compile(r"[ \t]?\{#[^\s{}]+\}|(?<=\{)#[^\s{}]+[ \t]+")


def abstract_of(book: Book, names: FrozenMap[str, str], language: Language) -> Checked[Chapter]:
    """The abstract that the settings give, as a text; None without one."""
    said = book.settings.get("abstract")
    if not isinstance(said, str) or not said.strip():
        return Checked(None)
    place = book.settings.place("abstract")
    source = book.folder.text(place.path).split("\n")[place.line - 1]
    lines = [Line(text, place, source) for text in said.strip().split("\n")]
    taken = tuple(adopted(lines, FrozenMap(), book, names, language))
    kept = tuple(line for line in taken if isinstance(line, Line))
    told = tuple(found for found in taken if isinstance(found, Problem))
    return Checked(Chapter(path=place.path, kind=KIND, lines=(*_heading(lines[0], language), *kept)), told)


def summary_of(chapters: Sequence[Chapter], language: Language) -> Chapter:
    """The text of 'in het kort' from the chapters of a book: a copy of the summary, without its names."""
    summary = next((chapter for chapter in chapters if chapter.kind == "summary" and not chapter.language), None)
    if summary is None:
        line = Line(WORDS["write"][language], Place(""), "")
        return Chapter(path="", kind=KIND, lines=(*_heading(line, language), line), is_draft=True)
    lines = (line.saying(_ID.sub("", line.text)) if line.kind is not Kind.CODE else line for line in summary.lines[1:])
    return dataclasses.replace(summary, kind=KIND, lines=(*_heading(summary.lines[0], language), *lines))


def _heading(line: Line, language: Language) -> tuple[Line, ...]:
    title = WORDS["in short"][language]
    return line.saying(f"# {title}", Kind.TEXT), line.saying("", Kind.TEXT)
