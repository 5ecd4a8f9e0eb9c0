"""The steps compose, cite and number: from sources to publications in which every citation and note is in place."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dossierbuild.core.ast import Prose, citation_number, walk
from dossierbuild.core.edition import MAX_MANIFEST, read_labels
from dossierbuild.core.folder import read_plain_file
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.json_values import JsonError
from dossierbuild.core.model import (
    BuildOptions,
    CitationId,
    CitationKey,
    CitationRequest,
    Label,
    Look,
    Part,
    PartId,
    PartRole,
    Publication,
    PublicationId,
    Resolved,
    Sources,
    WorksOfKind,
)
from dossierbuild.core.problems import NOWHERE, Checked, Place, Problem, problem
from dossierbuild.core.reasons import of_system
from dossierbuild.scheduler import Begun, Job, Run
from dossierbuild.stages.check import is_about, marks_of, retractions, unaccepted
from dossierbuild.stages.cite import (
    in_their_languages,
    insert_citations,
    insert_into_part,
    insertions,
    request_citations,
    request_further_reading,
    resolve_citations,
)
from dossierbuild.stages.compose import (
    caption_labels,
    compose_publications,
    compose_text,
    compositions,
    settings_of,
    with_labels,
)
from dossierbuild.stages.compose.parts import Composition
from dossierbuild.stages.number import notes_of, number_notes, with_notes
from dossierbuild.stages.register import changed_labels, unlisted_works
from dossierbuild.stages.send import SentText
from dossierbuild.tools.csl import style_facts
from dossierbuild.tools.retraction_data import Notice, RetractionDataError, read_notices


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationRun:
    """The publications with citations as editors wrote them, while these are being resolved.

    `requests` and `resolving` are by the language of texts, first that of the dossier, and so are `terms`, the fixed
    words. `further` lists the works that texts name as further reading, by language, where any does.
    """

    publications: tuple[Publication, ...]
    sources: Sources
    requests: Mapping[str, CitationRequest]
    resolving: Mapping[str, Begun[str, Checked[Resolved]]]
    further: Mapping[str, Begun[str, Checked[Resolved]]]
    terms: Mapping[str, Mapping[str, str]]


def compose(sources: Sources, look: Look, run: Run, *, draft: bool) -> CitationRun:
    """The publications of the manifest, with ids, numbers, labels and contents; the citation run is begun.

    With `draft` an unfinished chapter says so.
    """
    manifest = sources.manifest
    terms = look.words(manifest.language)
    others = _other_words(sources, look)
    settings = settings_of(sources, terms, others)
    texts = compositions(sources, settings, others, draft=draft)
    jobs = {name: Job(text.path, (text,)) for name, text in texts.items()}
    publications = compose_publications(sources, settings, run.each("compose", compose_text, jobs))
    requests = _requests(publications, sources)
    return CitationRun(
        publications=publications,
        sources=sources,
        requests=requests,
        resolving={
            language: run.begin("cite", resolve_citations, {"citations": Job("citations", (request,))})
            for language, request in requests.items()
        },
        further={
            language: run.begin("cite", resolve_citations, {"further reading": Job("further reading", (request,))})
            for language, request in _further_reading(sources).items()
        },
        terms={manifest.language: terms, **others},
    )


def _requests(publications: tuple[Publication, ...], sources: Sources) -> dict[str, CitationRequest]:
    """The requests for the citations of publications by the language of texts, first that of the dossier."""
    manifest = sources.manifest
    as_written = manifest.citations.order == "as-written"
    plans = {plan.id: manifest.short_names_in(plan) for plan in manifest.publications}
    short_names = {publication.id: plans[publication.id.removesuffix(_WRITTEN)] for publication in publications}
    return {
        language: request_citations(publications, sources.references, style, language, as_written, short_names)
        for language, style in {manifest.language: sources.style, **sources.styles}.items()
    }


def _further_reading(sources: Sources) -> dict[str, CitationRequest]:
    """The requests for the works that texts name as further reading, by language; none where no text does."""
    keys = [site.key for text in sources.texts for site in text.further_reading]
    styles = {sources.manifest.language: sources.style, **sources.styles} if keys else {}
    return {
        language: request_further_reading(keys, sources.references, style, language)
        for language, style in styles.items()
    }


def _kinds(sources: Sources) -> tuple[WorksOfKind, ...]:
    """The parts of the reference list that have headings of their own, with the works of their types."""
    return tuple(
        WorksOfKind(
            title=wanted.title,
            keys=frozenset(work.key for work in sources.references if work.work.type in wanted.types),
        )
        for wanted in sources.manifest.citations.lists
    )


def _other_words(sources: Sources, look: Look) -> dict[str, Mapping[str, str]]:
    """The fixed words for the languages of texts and of passages with formulas; those of the dossier where there are
    none."""
    tags = {text.language for text in sources.texts if text.language}
    tags |= {use.language for text in sources.texts for use in text.formulas if use.language}
    return {tag: look.words_within(tag, sources.manifest.language) for tag in sorted(tags)}


def cite(citation_run: CitationRun, run: Run) -> Checked[tuple[tuple[Publication, ...], Resolved]]:
    """The publications with printed citations and reference lists, and how each work is called. D255: a work that the
    style does not list."""
    answers, readings = _answered(citation_run.resolving), _answered(citation_run.further)
    given = (*answers.values(), *readings.values())
    problems = tuple(dict.fromkeys(found for answer in given for found in answer.problems))
    by_language, further = _values(answers), _values(readings)
    if len(by_language) + len(further) < len(given):
        return Checked(None, problems)
    resolved = in_their_languages(citation_run.publications, by_language)
    cited = _with_citations(citation_run, resolved, by_language, further, run)
    listed = (resolved, *further.values())[:2]  # in each language the same works
    return Checked((cited, resolved), (*problems, *_unlisted(listed, citation_run.sources)))


def _with_citations(
    citation_run: CitationRun,
    resolved: Resolved,
    by_language: Mapping[str, Resolved],
    further: Mapping[str, Resolved],
    run: Run,
) -> tuple[Publication, ...]:
    """The publications with their citations and lists, the lists in the language of each."""
    sources, request = citation_run.sources, next(iter(citation_run.requests.values()))
    lists = {
        publication.id: by_language.get(publication.metadata.language, resolved)
        for publication in citation_run.publications
    }
    jobs: dict[PartId, Job] = {}
    for publication in citation_run.publications:
        to_read = _entries_to_read(lists[publication.id], further, publication.metadata.language, sources)
        clusters = request.publications[publication.id]
        for place, insertion in insertions(publication, clusters, resolved, to_read):
            jobs[place] = Job(place.part, (insertion,))
    parts, kinds = run.each("insert", insert_into_part, jobs), _kinds(sources)
    return tuple(
        insert_citations(
            publication, lists[publication.id], parts, kinds, terms=citation_run.terms[publication.metadata.language]
        )
        for publication in citation_run.publications
    )


def _unlisted(resolved: Iterable[Resolved], sources: Sources) -> tuple[Problem, ...]:
    """D255 about works that have a label and no entry."""
    found = tuple(resolved)
    labels = tuple(label for one in found for label in one.labels)
    entries = {key for one in found for key in one.entries}
    return unaccepted(unlisted_works(labels, entries, sources.references, sources.style.name), sources.manifest.ignore)


def _answered(resolving: Mapping[str, Begun[str, Checked[Resolved]]]) -> dict[str, Checked[Resolved]]:
    """What came of requests, by language; each may be asked once."""
    return {language: begun.result() for language, begun in resolving.items()}


def _values(answers: Mapping[str, Checked[Resolved]]) -> dict[str, Resolved]:
    """The answers by language, without those that failed."""
    return {language: answer.value for language, answer in answers.items() if answer.value is not None}


def _entries_to_read(
    resolved: Resolved, further: Mapping[str, Resolved], language: str, sources: Sources
) -> FrozenMap[CitationKey, Prose]:
    """The entries of further reading in list order: as in the reference list where the work is cited, but for the
    number that a style of numbers puts before it there."""
    if not further:
        return FrozenMap()
    listed = {} if style_facts(sources.style).numeric else resolved.entries
    entries = further.get(language, next(iter(further.values()))).entries
    return FrozenMap((key, listed.get(key, entry)) for key, entry in entries.items())


def print_texts(sources: Sources, look: Look, run: Run) -> Checked[tuple[SentText, ...]]:
    """Each chapter and summary as it is written, with what its citations, cross-references and captions print in its
    publication; in the order of the manifest, one of several publications where it comes first."""
    manifest, others = sources.manifest, _other_words(sources, look)
    settings = settings_of(sources, look.words(manifest.language), others)
    texts = compositions(sources, settings, others, draft=False)
    jobs = {name: Job(text.path, (text,)) for name, text in texts.items()}
    publications = compose_publications(sources, settings, run.each("compose", compose_text, jobs))
    first = {path: publication for publication, path in reversed(texts)}
    parts = {path: _part_as_written(texts[publication, path]) for path, publication in first.items()}
    written = tuple(_as_written(publication, parts, first) for publication in publications)
    resolved = _resolved((*publications, *written), sources, run)
    if resolved.value is None:
        return Checked(None, resolved.problems)
    by_path = {text.path: text for text in sources.texts}
    printed = tuple(
        SentText(
            text=by_path[path],
            blocks=parts[path].blocks,
            printed=_printed(PublicationId(f"{publication}{_WRITTEN}"), parts[path], resolved.value),
            captions=caption_labels(texts[publication, path]),
            terms=FrozenMap(texts[publication, path].setting.terms),
        )
        for publication, path in texts
        if first[path] == publication
    )
    return Checked(printed, resolved.problems)


_WRITTEN = " as written"
"""Behind the id of a publication: its texts as they are written, beside the publication itself in one request."""


def _part_as_written(composition: Composition) -> Part:
    language = composition.setting.language if composition.is_foreign else ""
    blocks = with_labels(composition)
    return Part(id=composition.path, role=PartRole.CHAPTER, title="", blocks=blocks, language=language)


def _as_written(publication: Publication, parts: Mapping[str, Part], first: Mapping[str, PublicationId]) -> Publication:
    """A publication of nothing but its texts as they are written, of those that belong to it `first`."""
    own = tuple(part for path, part in parts.items() if first[path] == publication.id)
    return dataclasses.replace(publication, id=PublicationId(f"{publication.id}{_WRITTEN}"), parts=own)


def _resolved(publications: tuple[Publication, ...], sources: Sources, run: Run) -> Checked[Resolved]:
    """What the citations of publications print."""
    requests = _requests(publications, sources)
    jobs = {language: Job(f"citations {language}", (request,)) for language, request in requests.items()}
    answers = run.each("cite", resolve_citations, jobs)
    problems = tuple(dict.fromkeys(found for answer in answers.values() for found in answer.problems))
    values = _values(answers)
    complete = len(values) == len(answers)
    return Checked(in_their_languages(publications, values) if complete else None, problems)


def _printed(publication: PublicationId, part: Part, resolved: Resolved) -> FrozenMap[int, Prose]:
    """What the citations of a text print, by their numbers in it; those that stand in descriptions of pictures print
    nothing."""
    numbers = (citation_number(found) for found in walk(part.blocks.nodes()) if found["t"] == "Cite")
    places = {number: CitationId(publication=publication, part=part.id, number=number) for number in numbers}
    return FrozenMap((number, resolved.printed[place]) for number, place in places.items() if place in resolved.printed)


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
