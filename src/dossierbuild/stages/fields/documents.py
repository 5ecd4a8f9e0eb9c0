"""The citations of a document in their order, and the entries of the lists that programs print there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dossierbuild.core.problems import Place, Problem, problem
from dossierbuild.core.word import (
    Break,
    Control,
    Document,
    Field,
    Inline,
    Link,
    Paragraph,
    Text,
    inlines_of,
    paragraphs_of,
    text_of,
)
from dossierbuild.stages.fields.bookmarks import in_fields
from dossierbuild.stages.fields.citation import Citation, Found, Writer
from dossierbuild.stages.fields.citavi import read_citavi
from dossierbuild.stages.fields.csl import read_csl
from dossierbuild.stages.fields.endnote import read_endnote
from dossierbuild.stages.fields.labels import settled
from dossierbuild.stages.fields.payload import PayloadError, line, unpacked
from dossierbuild.stages.fields.word_sources import Sources, read_word, sources_of

_ADDIN = r"\s*(?:ADDIN\s+)?"
_WRITERS = MappingProxyType({
    writer: re.compile(_ADDIN + pattern, re.IGNORECASE)
    for writer, pattern in {
        Writer.ZOTERO: r"ZOTERO_ITEM\b",
        Writer.MENDELEY: r"(?:Mendeley\s+Citation\s*\{[^{}]*\}\s*)?CSL_CITATION\b",
        Writer.ENDNOTE: r"EN\.CITE\b",
        Writer.CITAVI: r"(?:CitaviPlaceholder|CITAVI\.PLACEHOLDER)",
        Writer.REFERENCE_MANAGER: r"REFMGR\.CITE\b",
        Writer.REFWORKS: r"RW\.CITE\b",
        Writer.PAPERS: r"PAPERS2_CITATIONS\b",
        Writer.WORD: r"CITATION\s",
    }.items()
})  # fmt: skip
_LIST = re.compile(
    rf"{_ADDIN}(?:ZOTERO_BIBL|(?:Mendeley\s+Bibliography\s+)?CSL_BIBLIOGRAPHY|EN\.(?:SECTION\.)?REFLIST|"
    r"CITAVI[. ]?BIBLIOGRAPHY|REFMGR\.REFLIST|RW\.BIB|PAPERS2_BIBLIOGRAPHY|BIBLIOGRAPHY)\b",
    re.IGNORECASE,
)
_LIST_CONTROL = re.compile(r"MENDELEY_BIBLIOGRAPHY|CitaviBibliography", re.IGNORECASE)
_MENDELEY_CITE = re.compile(r"MENDELEY_CITATION_v\d+_", re.IGNORECASE)
_SOFT_HYPHEN = "\u00ad"
_CITAVI_CONTROL = "CitaviPlaceholder"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of a printed list: its paragraph, and its words with their looks."""

    paragraph: int
    content: tuple[Inline, ...]

    @property
    def text(self) -> str:
        return line(text_of(self.content))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A document with each citation in a field or control within a paragraph, its citations, and its printed lists."""

    document: Document
    citations: tuple[Found, ...]
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]


def read_citations(document: Document, path: str) -> Reading:
    """The citations of a document; a place in `path` is a paragraph. What cannot be read, or was typed over, is told.

    D870 is told for a field that cannot be read, D871 and D872 for a label that was typed over, D873 for a work that
    the document does not hold.
    """
    whole = in_fields(document, lambda tag: bool(_MENDELEY_CITE.match(tag)))
    sources = sources_of(whole.sources)
    found: list[Found] = []
    problems: list[Problem] = []
    for paragraph in paragraphs_of(whole.blocks):
        place = Place(path, paragraph.number)
        for inline, writer in _fields(paragraph.content):
            printed = line(unicodedata.normalize("NFC", text_of(inline.content).replace(_SOFT_HYPHEN, "")))
            try:
                citation, told = settled(_read(inline, writer, sources, printed), place)
            except PayloadError:
                problems.append(problem("D870", place, writer=writer.value, text=printed))
                continue
            found.append(Found(place=place, inline=inline, citation=citation))
            problems.extend((*told, *_missing(citation, place)))
    return Reading(document=whole, citations=tuple(found), entries=tuple(_entries(whole)), problems=tuple(problems))


def _missing(citation: Citation, place: Place) -> Iterator[Problem]:
    """D873 for each work that the document does not hold."""
    for cited in citation.works:
        if not cited.item:
            yield problem("D873", place, writer=citation.writer.value, text=citation.printed, key=cited.name)


def writer_of(inline: Inline) -> Writer | None:
    """The program whose citation a field or control holds; None for anything else."""
    if isinstance(inline, Control):
        if _MENDELEY_CITE.match(inline.tag):
            return Writer.MENDELEY_CITE
        return Writer.CITAVI if inline.tag.startswith(_CITAVI_CONTROL) else None
    if isinstance(inline, Field) and not _LIST.match(inline.instruction):
        return next((writer for writer, begins in _WRITERS.items() if begins.match(inline.instruction)), None)
    return None


def _fields(content: tuple[Inline, ...]) -> Iterator[tuple[Field | Control, Writer]]:
    """The fields and controls that hold citations, each with the program; what lies within one is a part of it."""
    for inline in content:
        writer = writer_of(inline)
        if writer is not None and isinstance(inline, Field | Control):
            yield inline, writer
        elif isinstance(inline, Field | Control | Link) and not is_list(inline):
            yield from _fields(inline.content)


def _read(inline: Field | Control, writer: Writer, sources: Sources, printed: str) -> Citation:
    """The citation of a field or control; raises PayloadError."""
    if isinstance(inline, Control) and writer is Writer.MENDELEY_CITE:
        return read_csl(unpacked(_MENDELEY_CITE.sub("", inline.tag)), writer, printed)
    field = next((inner for inner in inlines_of((inline,)) if isinstance(inner, Field)), None)
    if field is None:
        raise PayloadError
    return _READERS[writer](field, sources, printed)


def _read_csl(writer: Writer) -> Callable[[Field, Sources, str], Citation]:
    def read(field: Field, _: Sources, printed: str) -> Citation:
        name, marked, payload = field.instruction.partition("CSL_CITATION")
        return read_csl(payload if marked else name, writer, printed)

    return read


def _unread(field: Field, sources: Sources, printed: str) -> Citation:
    raise PayloadError


_READERS: Mapping[Writer, Callable[[Field, Sources, str], Citation]] = MappingProxyType({
    Writer.ZOTERO: _read_csl(Writer.ZOTERO),
    Writer.MENDELEY: _read_csl(Writer.MENDELEY),
    Writer.ENDNOTE: lambda field, _, printed: read_endnote(field.instruction, field.data, printed),
    Writer.CITAVI: lambda field, _, printed: read_citavi(field.instruction, printed),
    Writer.WORD: lambda field, sources, printed: read_word(field.instruction, sources, printed),
    **dict.fromkeys((Writer.REFERENCE_MANAGER, Writer.REFWORKS, Writer.PAPERS), _unread),
})  # fmt: skip


# --- printed lists ---------------------------------------------------------------------------------------------------


def is_list(inline: Inline) -> bool:
    """Whether a field or control prints a list of works."""
    if isinstance(inline, Control):
        return bool(_LIST_CONTROL.match(inline.tag))
    return isinstance(inline, Field) and bool(_LIST.match(inline.instruction))


def is_in_list(paragraph: Paragraph) -> bool:
    """Whether a paragraph stands in a list of works that a program printed."""
    return bool(_LIST.match(paragraph.in_field) or _LIST_CONTROL.match(paragraph.in_control)) or any(
        map(is_list, inlines_of(paragraph.content))
    )


def _entries(document: Document) -> Iterator[Entry]:
    """The entries of all printed lists; some programs have all of them in one paragraph, with breaks between them."""
    for paragraph in paragraphs_of(document.blocks):
        if is_in_list(paragraph) and not paragraph.outline:
            for content in _lines(paragraph.content):
                if text_of(content).strip():
                    yield Entry(paragraph=paragraph.number, content=content)


def _lines(content: tuple[Inline, ...]) -> Iterator[tuple[Inline, ...]]:
    """The lines of a paragraph, without the fields and controls around them."""
    current: list[Inline] = []
    for inline in inlines_of(content):
        if isinstance(inline, Break):
            yield tuple(current)
            current = []
        elif isinstance(inline, Text):
            current.append(inline)
    yield tuple(current)
