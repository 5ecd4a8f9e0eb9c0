"""From a file to what was found in it, and from there to problems for editors or to the text with keys in place."""

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
from dossierbuild.stages.recognise.identify import Finding, Outcome, candidates, identify
from dossierbuild.stages.recognise.typed import typed_citations
from dossierbuild.stages.recognise.visible import ProseFile
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


def recognise(file: ProseFile, index: WorkIndex) -> tuple[Finding, ...]:
    """Every citation that was typed in a file, in order."""
    return tuple(one for typed in typed_citations(file.visible) for one in identify(file.visible, typed, index))


def problems_of(file: ProseFile, findings: Iterable[Finding], index: WorkIndex, list_path: str) -> Iterator[Problem]:
    """D232, D233, D234: a citation in plain text gets no entry in the list, no link and no one label.

    All are warnings. D234 is a suspicion only, but what it suspects would leave the reader without the source; where it
    is none, `ignore` takes it by its text, and `--draft` goes on without.
    """
    places = {one.key: one.place for one in index.references}
    for finding in findings:
        place, text, written = file.place(finding.start), finding.text, finding.written
        related = tuple(places[key] for key in finding.keys)
        match finding.outcome:
            case Outcome.ONE:
                command = "dossierbuild cite" if finding.is_whole else ""
                yield problem("D232", place, text, related, text=text, written=written, command=command)
            case Outcome.SEVERAL:
                yield problem("D233", place, text, related, text=text, written=written)
            case Outcome.NONE:
                yield problem("D234", place, text, related, text=text, written=written, list=list_path)


def replaced(text: str, findings: Iterable[Finding]) -> str:
    """The text with each of these findings written with keys; all else stays as it was, byte for byte."""
    parts, last = [], 0
    for one in sorted(findings, key=lambda finding: finding.start):
        parts += [text[last : one.start], one.written]
        last = one.end
    return "".join([*parts, text[last:]])
