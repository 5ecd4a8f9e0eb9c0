"""The sources of a Word document: what its citation programs keep in fields, and its list of references as typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dossierbuild.commands.typed_lists import as_references, printed_again
from dossierbuild.core.catalogue import Language
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.model import Reference
from dossierbuild.core.problems import Place, Problem
from dossierbuild.core.word import Document, Inline, Paragraph, Text, inlines_of
from dossierbuild.stages.adopt.word import Cited, Headings, references_of
from dossierbuild.stages.fields import Entry, Found, is_in_list, join, read_citations, unfound, written
from dossierbuild.stages.parse.reference_items import Entry as Stated
from dossierbuild.stages.parse.reference_items import read_entry
from dossierbuild.stages.parse.reference_yaml import references_as_yaml
from dossierbuild.stages.transcribe import Transcribed, TypedEntry, proved, transcribe

_FEWEST = 0.5
"""The part of a list that has to be in APA for it to be a list: a chapter about sources is a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordSources:
    """A document with the fields of its citations in their paragraphs, what is known of them, and what was told."""

    document: Document
    cited: Cited
    problems: tuple[Problem, ...]


def sources_of(document: Document, name: str, headings: Headings | None, language: Language) -> WordSources:
    """The works of a document with keys: those of its fields, and of its list those that no field brings."""
    reading = read_citations(document, name)
    joined = join(reading.citations)
    in_fields, faults = _as_references(joined.items, joined.citations)
    listed = _entries(reading.document, reading.entries, name, headings)
    typed = transcribe(_typed(unfound(listed, joined.items), name), frozenset(work.key for work in in_fields))
    is_list = _is_list(typed, len(listed))
    read = as_references(_proved(typed, language) if is_list else ())
    references = (*in_fields, *(read.value or ()))
    cited = Cited(
        citations=FrozenMap({found.inline: written(found.citation, language) for found in joined.citations}),
        listed=frozenset(entry.paragraph for entry in listed) if is_list else frozenset(),
        **({"references": references_as_yaml(references)} if references else {}),
    )
    told = (*reading.problems, *joined.problems, *faults, *read.problems)
    return WordSources(document=reading.document, cited=cited, problems=told)


def _as_references(
    items: Iterable[Mapping[str, object]], citations: Sequence[Found]
) -> tuple[tuple[Reference, ...], tuple[Problem, ...]]:
    """The works of fields, each at the place where it is cited first."""
    places: dict[str, Place] = {}
    for found in citations:
        for work in found.citation.works:
            if work.key:
                places.setdefault(work.key, found.place)
    read = [read_entry(Stated(item=dict(item), place=places[str(item["id"])])) for item in items]
    faults = tuple(fault for _, told in read for fault in told)
    return tuple(reference for reference, _ in read if reference), faults


def _entries(document: Document, printed: Sequence[Entry], name: str, headings: Headings | None) -> tuple[Entry, ...]:
    """The entries below the heading of a list of references, and those of lists that programs print elsewhere."""
    below = references_of(document, name, headings)
    numbers = {paragraph.number for paragraph in below}
    in_programs = [entry for entry in printed if entry.paragraph not in numbers]
    typed = [_as_entry(paragraph) for paragraph in below if not is_in_list(paragraph)]
    from_fields = [entry for entry in printed if entry.paragraph in numbers]
    return tuple(sorted([*typed, *from_fields, *in_programs], key=lambda entry: entry.paragraph))


def _as_entry(paragraph: Paragraph) -> Entry:
    return Entry(paragraph=paragraph.number, content=paragraph.content)


def _typed(entries: Iterable[Entry], name: str) -> Iterator[TypedEntry]:
    for entry in entries:
        if entry.text:
            yield TypedEntry(tuple(_runs(entry.content)), Place(name, entry.paragraph))


def _runs(content: tuple[Inline, ...]) -> Iterator[tuple[str, bool]]:
    for inline in inlines_of(content):
        if isinstance(inline, Text):
            yield inline.words, inline.look.italic or inline.look.underline


def _is_list(typed: Sequence[Transcribed], count: int) -> bool:
    """Whether what stands below such a heading is a list: most of it is in APA, or came with fields."""
    return count > 0 and sum(not work.apa for work in typed) <= _FEWEST * count


def _proved(typed: Sequence[Transcribed], language: Language) -> tuple[Transcribed, ...]:
    return proved(typed, printed_again([work for work in typed if work.apa], language)) if typed else ()
