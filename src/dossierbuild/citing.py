"""The steps compose, cite and number: from sources to publications in which every citation and note is in place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dossierbuild.core.edition import MAX_MANIFEST, read_labels
from dossierbuild.core.folder import read_plain_file
from dossierbuild.core.json_values import JsonError
from dossierbuild.core.model import (
    BuildOptions,
    CitationRequest,
    Label,
    Look,
    Publication,
    PublicationId,
    Resolved,
    Sources,
)
from dossierbuild.core.problems import NOWHERE, Checked, Place, Problem, problem
from dossierbuild.core.reasons import of_system
from dossierbuild.scheduler import Begun, Job, Run
from dossierbuild.stages.check import is_about, marks_of, retractions, unaccepted
from dossierbuild.stages.cite import (
    insert_citations,
    insert_into_part,
    insertions,
    request_citations,
    resolve_citations,
)
from dossierbuild.stages.compose import compose_publications, compose_text, compositions, settings_of
from dossierbuild.stages.number import notes_of, number_notes, with_notes
from dossierbuild.stages.register import changed_labels
from dossierbuild.tools.csl import style_facts
from dossierbuild.tools.retraction_data import Notice, RetractionDataError, read_notices


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationRun:
    """The publications with citations as editors wrote them, while these are being resolved.

    `terms` are the fixed words by language; those of the dossier by an empty one.
    """

    publications: tuple[Publication, ...]
    request: CitationRequest
    resolving: Begun[str, Checked[Resolved]]
    terms: Mapping[str, Mapping[str, str]]


def compose(sources: Sources, look: Look, run: Run, *, draft: bool) -> CitationRun:
    """The publications of the manifest, with ids, numbers, labels and contents; the citation run is begun.

    With `draft` an unfinished chapter says so.
    """
    manifest = sources.manifest
    terms = look.words(manifest.language)
    settings = settings_of(sources, terms)
    others = _other_words(sources, look)
    texts = compositions(sources, settings, others, draft=draft)
    jobs = {name: Job(text.path, (text,)) for name, text in texts.items()}
    publications = compose_publications(sources, settings, run.each("compose", compose_text, jobs))
    as_written = manifest.citations.order == "as-written"
    short_names = {PublicationId(plan.id): manifest.short_names_in(plan) for plan in manifest.publications}
    request = request_citations(
        publications, sources.references, sources.style, manifest.language, as_written, short_names
    )
    return CitationRun(
        publications=publications,
        request=request,
        resolving=run.begin("cite", resolve_citations, {"citations": Job("citations", (request,))}),
        terms={"": terms, **others},
    )


def _other_words(sources: Sources, look: Look) -> dict[str, Mapping[str, str]]:
    """The fixed words for the languages that texts have of their own; those of the dossier where there are none."""
    tags = {text.language for text in sources.texts if text.language}
    return {tag: look.words_within(tag, sources.manifest.language) for tag in sorted(tags)}


def cite(citation_run: CitationRun, run: Run) -> Checked[tuple[tuple[Publication, ...], Resolved]]:
    """The publications with printed citations and reference lists, and how each work is called."""
    resolved = citation_run.resolving.result()
    if resolved.value is None:
        return Checked(None, resolved.problems)
    publications = citation_run.publications
    jobs = {
        place: Job(place.part, (insertion,))
        for place, insertion in insertions(publications, citation_run.request, resolved.value).items()
    }
    cited = insert_citations(
        publications,
        resolved.value,
        run.each("insert", insert_into_part, jobs),
        terms=citation_run.terms[""],
    )
    return Checked((cited, resolved.value), resolved.problems)


def number(
    publications: tuple[Publication, ...], terms: Mapping[str, Mapping[str, str]], run: Run
) -> tuple[Publication, ...]:
    """The publications with their notes numbered and set at the end of each part; `terms` as in `CitationRun`."""
    notes = notes_of(publications, {language: words["back"] for language, words in terms.items()})
    jobs = {place: Job(place.part, (part,)) for place, part in notes.items()}
    return with_notes(publications, run.each("number", number_notes, jobs))


def previous_labels(options: BuildOptions) -> Checked[tuple[Label, ...]]:
    """How the previous edition called its works; nothing when none was named."""
    if not options.previous:
        return Checked(())
    try:
        return Checked(read_labels(read_plain_file(options.previous, MAX_MANIFEST, follow=True)))
    except OSError as error:
        reason = of_system(error)
    except JsonError as error:
        reason = error.reason
    return Checked(None, (problem("D236", NOWHERE, reason=reason.at(options.previous)),))


def retracted_works(path: str, sources: Sources) -> tuple[Problem, ...]:
    """What the data in a file says of the works of the list; nothing when no file was named.

    D259: it cannot be read, or not to its end; what was found before stays.
    """
    if not path:
        return ()
    marks = frozenset(mark for reference in sources.references for mark in marks_of(reference))
    notices: list[Notice] = []
    damage: tuple[Problem, ...] = ()
    try:
        notices.extend(notice for notice in read_notices(path) if is_about(notice, marks))
    except OSError as error:
        damage = (problem("D259", Place(path), reason=of_system(error)),)
    except RetractionDataError as error:
        damage = (problem("D259", Place(path, error.line), reason=error.reason),)
    return (*unaccepted(retractions(sources.references, notices), sources.manifest.ignore), *damage)


def renamed_works(previous: Checked[tuple[Label, ...]], resolved: Resolved, sources: Sources) -> tuple[Problem, ...]:
    """The works that are called otherwise than in the previous edition; numbers mean nothing from one to the next."""
    if not previous.value or style_facts(sources.style).numeric:
        return ()
    changed = changed_labels(previous.value, resolved.labels, sources.references)
    return unaccepted(changed, sources.manifest.ignore)
