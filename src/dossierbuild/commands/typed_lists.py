"""A typed reference list as works: read, printed again as proof, and told where it is unsure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePath

from dossierbuild.core.ast import plain_text
from dossierbuild.core.catalogue import Language
from dossierbuild.core.model import Reference, SourceFile
from dossierbuild.core.problems import Checked, Place, in_order, problem
from dossierbuild.stages.cite import resolve_citations
from dossierbuild.stages.parse.decoding import decode
from dossierbuild.stages.parse.reference_items import Entry, read_entry
from dossierbuild.stages.recognise import label_request
from dossierbuild.stages.transcribe import Transcribed, problems_of, proved, transcribe, typed_list
from dossierbuild.tools.csl import load_style

SUFFIXES = frozenset({".txt", ".md"})


def is_typed_list(name: str) -> bool:
    """Whether a file holds a list as people type it, by its name."""
    return PurePath(name).suffix.lower() in SUFFIXES


def read_typed_list(file: SourceFile, language: Language) -> Checked[tuple[Reference, ...]]:
    """The works of a typed list, with D880 to D883 for what is not sure; D229 when the file holds none."""
    text = decode(file)
    if text.value is None:
        return Checked(None, text.problems)
    works = transcribe(typed_list(file.path, text.value), frozenset())
    if not works:
        return Checked(None, (problem("D229", Place(file.path, 1, 1)),))
    works = proved(works, printed_again([work for work in works if work.apa], language))
    return as_references(works)


def as_references(works: Iterable[Transcribed]) -> Checked[tuple[Reference, ...]]:
    """The works as references, with what is wrong with each and what is not sure of it."""
    works = tuple(works)
    read = [read_entry(Entry(item=work.item, place=work.place)) for work in works]
    found = [fault for _, faults in read for fault in faults]
    references = tuple(reference for reference, _ in read if reference)
    return Checked(references, in_order([*found, *problems_of(works)]))


def printed_again(works: Iterable[Transcribed], language: Language) -> Mapping[str, str]:
    """How each work prints in a list in APA, by its key; nothing where citations cannot be resolved."""
    references = tuple(Reference(work=work.work, place=work.place) for work in works)
    style = load_style("apa", language=language.value, as_written=False)
    request = label_request(references, [reference.key for reference in references], style, language.value)
    resolved = resolve_citations(request).value if references else None
    return {key: plain_text(entry.nodes()) for key, entry in resolved.entries.items()} if resolved else {}
