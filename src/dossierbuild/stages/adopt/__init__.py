"""Adopt: the folder of a book of Quarto, bookdown or pandoc becomes the files of a dossier.

The lines of the book are edited and not written anew from a tree, so that what its editors typed stays as they typed it
and each thing that cannot be taken is told at its place in the book. Nothing is run.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from dossierbuild.core.catalogue import Language
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.model import Files
from dossierbuild.core.problems import NOWHERE, Checked, Problem
from dossierbuild.core.slug import slug
from dossierbuild.stages.adopt.about import isbns_of, language_of, manifest_of
from dossierbuild.stages.adopt.book import Book, read_book
from dossierbuild.stages.adopt.chapters import LOST, Chapter, read_chapters
from dossierbuild.stages.adopt.folder import Setting, Settings, folder_of
from dossierbuild.stages.adopt.lines import Kind, Line
from dossierbuild.stages.adopt.lists import read_list, read_style
from dossierbuild.stages.adopt.pictures import STAND_IN, STAND_IN_DRAWING, names_of_files
from dossierbuild.stages.adopt.summary import abstract_of, summary_of
from dossierbuild.stages.adopt.targets import Targets, targets_of, with_links
from dossierbuild.stages.adopt.words import WORDS
from dossierbuild.tools.yamlfile import write_yaml

__all__ = ["adopt"]

_SHOWN = re.compile(r"\]\(((?:figures|data)/[^()\s]+)\)")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """A dossier made of a book: its language as a tag, and its files by their paths."""

    language: str
    files: FrozenMap[str, bytes]


def adopt(files: Files, called: str) -> Checked[Adopted]:
    """The dossier that is made of the book in a folder which is `called` so.

    The problems say all that could not be taken, at its place in the book. The value is None where there is no book.
    """
    read = read_book(folder_of(files))
    if read.value is None:
        return Checked(None, read.problems)
    book = read.value
    tag = language_of(book.settings, "\n".join(book.folder.text(entry.path) for entry in book.entries if entry.path))
    said = Settings(FrozenMap({"lang": Setting(tag, NOWHERE)}))
    book = dataclasses.replace(book, settings=book.settings.behind(said))
    language = Language.of(tag)
    names = names_of_files(book.folder)
    works, style = read_list(book), read_style(book)
    chapters, abstract = read_chapters(book, names, language), abstract_of(book, names, language)
    assert works.value is not None
    assert style.value is not None
    assert chapters.value is not None
    named = targets_of((*chapters.value, *([abstract.value] if abstract.value else [])), book.system)
    assert named.value is not None
    targets, texts = named.value
    linked = [_linked(number, chapter, targets, works.value.keys) for number, chapter in enumerate(texts)]
    finished = [chapter for chapter, _ in linked]
    summary = finished.pop() if abstract.value else summary_of(finished, language)
    short = slug(WORDS["in short"][language])
    about = manifest_of(book.settings, tag, called)
    assert about.value is not None
    title = f"{WORDS['in short'][language]}: {about.value['title']}"
    keys = {
        **about.value,
        **_lists(works.value.path, style.value[0]),
        "publications": _publications(short, title, isbns_of(book.settings)),
    }
    made = {
        "dossier.yaml": write_yaml(keys).encode("utf-8"),
        f"{short}.md": _written(summary).encode("utf-8"),
        **{path: _written(chapter).encode("utf-8") for path, chapter in _paths(finished)},
        **_shown((*finished, summary), book, names),
        works.value.path: works.value.text.encode("utf-8"),
        **({style.value[0]: style.value[1]} if style.value[0] else {}),
    }
    checked = (read, works, style, chapters, abstract, named, about)
    told = [found for part in checked for found in part.problems]
    told += [found for _, problems in linked for found in problems]
    return Checked(Adopted(language=tag, files=FrozenMap(made)), tuple(told))


def _linked(
    number: int, chapter: Chapter, targets: Targets, keys: frozenset[str]
) -> tuple[Chapter, tuple[Problem, ...]]:
    """A chapter with its references as links, and what was found on the way."""
    taken = tuple(with_links(number, chapter.lines, targets, keys))
    lines = tuple(line for line in taken if isinstance(line, Line))
    told = tuple(found for found in taken if isinstance(found, Problem))
    lost = chapter.is_draft or any(found.code in LOST for found in told)
    return dataclasses.replace(chapter, lines=lines, is_draft=lost), told


def _publications(short: str, title: str, isbns: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {"id": "dossier", "kind": "full", "chapters": "chapters/*.md"} | ({"isbn": isbns} if isbns else {}),
        {"id": short, "kind": "summary", "text": f"{short}.md", "title": title},
    ]


def _lists(references: str, style: str) -> dict[str, object]:
    """The keys of dossier.yaml that name the reference list and its style."""
    return {
        "references": references,
        **({"citations": {"style": style}} if style else {}),
    }


def _paths(chapters: Sequence[Chapter]) -> Iterator[tuple[str, Chapter]]:
    """The chapters with the paths of their files, whose names keep their order."""
    width = max(2, len(str(len(chapters))))
    for number, chapter in enumerate(chapters, 1):
        name = slug(chapter.title)[:40].strip("-") or chapter.kind
        yield f"chapters/{number:0{width}}-{name}.md", chapter


def _written(chapter: Chapter) -> str:
    """The text of a file: its head, and its lines without more than one empty line between them."""
    head: dict[str, object] = {"kind": chapter.kind} if chapter.kind not in ("chapter", "in short") else {}
    head |= {"lang": chapter.language} if chapter.language else {}
    head |= {"authors": list(chapter.authors)} if chapter.authors else {}
    head |= {"status": "draft"} if chapter.is_draft else {}
    front = f"---\n{write_yaml(head)}---\n\n" if head else ""
    return f"{front}{chr(10).join(_spaced(chapter.lines)).strip(chr(10))}\n"


def _spaced(lines: Iterable[Line]) -> Iterator[str]:
    before = ""
    for line in lines:
        text = line.text if line.kind is not Kind.TEXT or line.text.strip() else ""
        if text or before or line.kind is Kind.CODE:
            yield text
        before = text


def _shown(chapters: Iterable[Chapter], book: Book, names: FrozenMap[str, str]) -> dict[str, bytes]:
    """The pictures that chapters show and the data files that they link to, by their paths in the dossier."""
    shown = {path for chapter in chapters for line in chapter.lines for path in _SHOWN.findall(line.text)}
    stand_in = {STAND_IN: STAND_IN_DRAWING.encode("utf-8")} if STAND_IN in shown else {}
    return {name: book.folder.files[path].data for path, name in names.items() if name in shown} | stand_in
