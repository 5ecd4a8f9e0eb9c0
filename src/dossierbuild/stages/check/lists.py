"""Rules of terms.yaml, of the lists that texts ask for, and of the index."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dossierbuild.core.model import ListKind, Sources, TextFile, chapter_paths
from dossierbuild.core.nearest import nearest
from dossierbuild.core.problems import Place, Problem, problem
from dossierbuild.core.spec import FullPlan, SummaryPlan
from dossierbuild.core.terms import Use, uses_in, vocabulary_of


def repeated_lists(sources: Sources) -> Iterator[Problem]:
    """D185: a publication has one list of a kind."""
    for name, texts in _publications(sources):
        met: set[ListKind] = set()
        for use in (use for text in texts for use in text.lists):
            if use.kind in met:
                yield problem("D185", use.place, publication=name, kind=use.kind.value)
            met.add(use.kind)


def empty_lists(sources: Sources) -> Iterator[Problem]:
    """D355: there is something for a list to show."""
    for _, texts in _publications(sources):
        asked = [use for text in texts for use in text.lists]
        shown = set(_shown(sources, texts)) if asked else set()
        for use in asked:
            if use.kind not in shown:
                yield problem("D355", use.place, kind=use.kind.value)


def _shown(sources: Sources, texts: list[TextFile]) -> Iterator[ListKind]:
    """The lists for which a publication has entries."""
    if any(text.index_marks for text in texts):
        yield ListKind.INDEX
    vocabulary = vocabulary_of(sources.terms)
    for _, use in uses_in((passage for text in texts for passage in text.passages), vocabulary):
        if use.abbreviated:
            yield ListKind.ABBREVIATIONS
        if sources.terms[use.number].means:
            yield ListKind.GLOSSARY


def unused_terms(sources: Sources) -> Iterator[Problem]:
    """D356: a text uses each term of terms.yaml; D357: one uses any of them."""
    used = {use.number for use in _uses(sources)}
    if sources.terms and not used:
        yield problem("D357", Place(sources.terms[0].place.path))
        return
    for number, term in enumerate(sources.terms):
        if number not in used:
            yield problem("D356", term.place, term.term, term=term.term)


def _uses(sources: Sources) -> Iterator[Use]:
    vocabulary = vocabulary_of(sources.terms)
    passages = (passage for text in sources.citing for passage in text.passages)
    return (use for _, use in uses_in(passages, vocabulary)) if sources.terms else iter(())


def unknown_entries(sources: Sources) -> Iterator[Problem]:
    """D187: where the index says "see", there is such an entry."""
    for _, texts in _publications(sources):
        marks = [mark for text in texts for mark in text.index_marks]
        known = {mark.entry for mark in marks if not mark.see}
        folded = {entry.casefold() for entry in known}
        for mark in marks:
            if mark.see and mark.see.casefold() not in folded:
                yield problem("D187", mark.place, mark.id, entry=mark.see, nearest=nearest(mark.see, known))


def _publications(sources: Sources) -> Iterator[tuple[str, list[TextFile]]]:
    """Each publication of texts by its id, with its texts."""
    for plan in sources.manifest.publications:
        if isinstance(plan, FullPlan):
            wanted = chapter_paths(plan, sources.paths)
            yield plan.id, [text for path in wanted for text in sources.chapters if text.path == path]
        elif isinstance(plan, SummaryPlan):
            yield plan.id, [text for text in sources.summaries if text.path == plan.text]


RULES: tuple[Callable[[Sources], Iterator[Problem]], ...] = (
    repeated_lists,
    empty_lists,
    unused_terms,
    unknown_entries,
)
