"""The citations that were typed in a file, as problems for editors or as the text with keys in their place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.model import (
    CitationKey,
    CitationRequest,
    CitationStyle,
    Reference,
)
from dossierbuild.core.problems import Problem, problem
from dossierbuild.core.visible import ProseFile
from dossierbuild.stages.recognise.identify import Fit, Recognised, candidates, identify
from dossierbuild.stages.recognise.typed import typed_citations
from dossierbuild.stages.recognise.unread import unread
from dossierbuild.stages.recognise.works import WorkIndex
from dossierbuild.tools.csl import load_style, style_facts


def candidate_keys(file: ProseFile, index: WorkIndex) -> frozenset[CitationKey]:
    """The works that the citations typed in a file may mean."""
    return frozenset(key for typed in typed_citations(file.visible) for key in candidates(typed, index))


def label_request(
    references: tuple[Reference, ...], keys: Iterable[CitationKey], style: CitationStyle, language: str
) -> CitationRequest:
    """The request for the labels of the works with these keys, by author and year.

    What people type follows APA, also where the dossier's style prints numbers or notes.
    """
    facts = style_facts(style) if style.xml else None
    if facts is None or facts.numeric or facts.note:
        style = load_style("apa", language=language, as_written=False)
    wanted = frozenset(keys)
    works = tuple(reference.csl_item() for reference in references if reference.key in wanted)
    return CitationRequest(publications=FrozenMap(), works=works, style=style, language=language, as_written=False)


def recognise(file: ProseFile, index: WorkIndex) -> tuple[Recognised, ...]:
    """Every citation that was typed in a file, in order."""
    return tuple(found for typed in typed_citations(file.visible) for found in identify(file.visible, typed, index))


def problems_of(
    file: ProseFile, citations: Iterable[Recognised], index: WorkIndex, list_path: str
) -> Iterator[Problem]:
    """D232, D233, D234: a citation in plain text gets no entry in the list, no link and no printed label.

    All three are warnings. D234 is a suspicion only, but a citation of an unknown work leaves the reader without the
    source. Where the text is no citation, `ignore` accepts it, and `--draft` builds in spite of it.
    """
    places = {reference.key: reference.place for reference in index.references}
    for citation in citations:
        place, text, written = file.place(citation.start), citation.text, citation.written
        related = tuple(places[key] for key in citation.keys)
        match citation.fit:
            case Fit.ONE:
                command = "dossierbuild cite" if citation.is_whole else ""
                yield problem("D232", place, text, related, text=text, written=written, command=command)
            case Fit.SEVERAL:
                yield problem("D233", place, text, related, text=text, written=written)
            case Fit.NONE:
                yield problem("D234", place, text, related, text=text, written=written, list=list_path)


def unread_problems(file: ProseFile, citations: Iterable[Recognised], index: WorkIndex) -> Iterator[Problem]:
    """D247: names and year of a listed work stand outside all `citations` of a file; it may still be no citation."""
    for found in unread(file, citations, index):
        written = ", ".join(f"[@{key}]" for key in found.keys)
        yield problem("D247", file.place(found.start), found.text, text=found.text, written=written)


def replaced(text: str, citations: Iterable[Recognised]) -> str:
    """The text with keys in place of these typed citations; all else stays as it was, byte for byte."""
    parts, last = [], 0
    for citation in sorted(citations, key=lambda citation: citation.start):
        parts += [text[last : citation.start], citation.written]
        last = citation.end
    return "".join([*parts, text[last:]])
