"""The steps parse and check: what the sources say, and every problem in them."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from dossierbuild.core.catalogue import Language, Severity
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.languages import is_known, named_language
from dossierbuild.core.model import CitationKey, Files, InfographicText, Look, SourceFile, Sources, TextFile, TextKind
from dossierbuild.core.nearest import nearest
from dossierbuild.core.problems import Checked, Place, Problem, in_order, problem
from dossierbuild.core.spec import Manifest
from dossierbuild.scheduler import Job, Run
from dossierbuild.stages.check import (
    Coverage,
    accept,
    check_sources,
    empty_lists_of_kind,
    measured,
    own_look,
    shortcomings,
    unmeasured,
    unshown,
)
from dossierbuild.stages.cite import resolve_citations
from dossierbuild.stages.compose import labels_of
from dossierbuild.stages.formulas import draw_formulas, formulas_by_text
from dossierbuild.stages.parse import (
    FileId,
    SourceKind,
    characters_of,
    contrast_problems,
    decode,
    files_to_parse,
    gathered,
    parse_file,
    parse_look,
    parse_manifest,
    parse_style,
    stated_in_manifest,
    style_sheet_problems,
    wanted_files,
)
from dossierbuild.stages.recognise import (
    ProseFile,
    WorkIndex,
    candidate_keys,
    label_request,
    problems_of,
    prose_of,
    recognise,
    unread_problems,
    with_stated_short_names,
)
from dossierbuild.stages.tidy import (
    Known,
    Manuscript,
    findings,
    manuscript_of_panels,
    manuscript_of_text,
    slips,
    told_otherwise,
)
from dossierbuild.tools.yamlfile import YamlDocument

# What is wrong with a YAML file of ours, so that part of what it asks for was left out.
UNREAD = frozenset({"D103", "D104", "D105", "D116", "D117", "D122", "D130"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What the sources say, with all problems in them; `sources` is None when they cannot be composed.

    `known` is what each text can refer to, by its path.
    """

    language: Language
    sources: Sources | None
    look: Look | None
    problems: tuple[Problem, ...]
    known: FrozenMap[str, Known] = field(default_factory=FrozenMap)


def examine(files: Checked[Files], theme: str, run: Run) -> Examined:
    """Parse all files and check what they say; problems that dossier.yaml accepts are left out.

    `theme` is asked for in place of the one that dossier.yaml names; it may be empty.
    """
    assert files.value is not None
    manifest_file = files.value.source("dossier.yaml")
    assert manifest_file is not None
    parsed = parse_manifest(manifest_file)
    problems = [*files.problems, *parsed.problems]
    if parsed.value is None:
        return Examined(language=Language.NL, sources=None, look=None, problems=in_order(problems))
    manifest, document = parsed.value
    asked = Place("--theme") if theme else Place("dossier.yaml", *document.place(("theme",)))
    theme = theme or manifest.theme or ""
    look = parse_look(files.value, theme, asked)
    problems += (*look.problems, *style_sheet_problems(files.value))
    if look.value:
        problems += contrast_problems(files.value, look.value.theme, theme)
        problems += own_look(files.value)
        problems += _without_words(manifest, look.value, Place("dossier.yaml", *document.place(("language",))))
    wanted = wanted_files(manifest, document, files.value)
    assert wanted.value is not None
    sources = _parse(files.value, manifest, document, wanted.value, run)
    assert sources.value is not None
    sources = dataclasses.replace(sources, value=_with_formulas(sources.value, run))
    assert sources.value is not None
    problems += (*wanted.problems, *sources.problems)
    coverage = _coverage(sources.value, wanted.value, problems)
    problems += _ruled(files.value, sources.value, coverage, look.value, run)
    if look.value:
        problems += _without_own_words(sources.value, look.value)
    if coverage.complete and not any(found.subject.startswith("citations/") for found in problems):
        lists = range(len(manifest.citations.lists))
        named = tuple(Place("dossier.yaml", *document.place(("citations", "lists", at))) for at in lists)
        problems += empty_lists_of_kind(sources.value, named)
    if coverage.references:
        problems += typed_citations(files.value, sources.value, run)
    typed = tuple(_manuscripts(files.value, wanted.value, sources.value))
    known = _known(typed, sources.value, look.value if coverage.texts else None)
    told = _slips(typed, known, tuple(problems), run)
    places = tuple(Place("dossier.yaml", *document.place(("ignore", at))) for at in range(len(manifest.ignore)))
    accepted = accept(in_order(told), manifest.ignore, places, complete=coverage.complete)
    return Examined(
        language=Language.of(manifest.language),
        sources=dataclasses.replace(
            sources.value,
            shortcomings=shortcomings(told, accepted),
            unmeasured=unmeasured(accepted),
            measured=measured(told, accepted),
        ),
        look=look.value,
        problems=accepted,
        known=known,
    )


def _without_words(manifest: Manifest, look: Look, place: Place) -> Iterable[Problem]:
    """D156: the fixed words exist in the dossier's language."""
    if is_known(manifest.language) and not named_language(manifest.language, look.terms):
        yield problem("D156", place, tag=manifest.language)


def _without_own_words(sources: Sources, look: Look) -> Iterator[Problem]:
    """D197: the fixed words exist in the language that a text has of its own."""
    for text in sources.texts:
        if text.language and not named_language(text.language, look.terms):
            yield problem("D197", text.anchors[0].place, text.id, tag=text.language)


def unknown_publications(manifest: Manifest, asked: Iterable[str]) -> tuple[Problem, ...]:
    """D145: a publication that was asked for is in dossier.yaml."""
    ids = [plan.id for plan in manifest.publications]
    return tuple(
        problem("D145", Place("dossier.yaml"), name, id=name, nearest=nearest(name, ids), known=", ".join(ids))
        for name in asked
        if name not in ids
    )


def _parse(
    files: Files, manifest: Manifest, document: YamlDocument, wanted: dict[str, tuple[str, ...]], run: Run
) -> Checked[Sources]:
    """All files that the manifest asks for, parsed."""
    language, settings = Language.of(manifest.language), manifest.citations
    own_style = next((files.source(path) for path in wanted.get("style", ())), None)
    place = Place("dossier.yaml", *document.place(("citations", "style")))
    written = own_style.path if own_style else ""
    settled = Job(settings.style, (settings, manifest.language, own_style, place), file=written)
    style = run.begin("style", parse_style, {"style": settled})
    jobs = {
        name: Job(name.path, (name.kind, file, language), _size(name, file), name.path)
        for name, file in files_to_parse(wanted, files).items()
    }
    short_names = tuple(stated_in_manifest("dossier.yaml", manifest, document))
    sources = gathered(manifest, files, run.each("parse", parse_file, jobs), style.result(), short_names)
    if sources.value is None:
        return sources
    others = {
        tag: dataclasses.replace(settled, arguments=(settings, tag, own_style, place))
        for tag in _languages_of_citations(sources.value)
    }
    styles = {tag: found.value for tag, found in run.each("style", parse_style, others).items() if found.value}
    return Checked(dataclasses.replace(sources.value, styles=FrozenMap(styles)), sources.problems)


def _languages_of_citations(sources: Sources) -> list[str]:
    """The languages of texts that cite in another one than the dossier's, of those that have words for it."""
    own = Language.of(sources.manifest.language)
    tags = {text.language for text in sources.texts if text.language and text.citations}
    return sorted(tag for tag in tags if tag.lower().startswith(Language.of(tag).value) and Language.of(tag) is not own)


def _with_formulas(sources: Sources, run: Run) -> Sources:
    """The sources with their formulas drawn: those of a text together, without those that stand in an earlier one."""
    jobs = {
        path: Job(path, (formulas,), sum(len(formula.tex) for formula in formulas), path)
        for path, formulas in formulas_by_text(sources.citing).items()
    }
    drawn = run.each("formulas", draw_formulas, jobs)
    return dataclasses.replace(
        sources, formulas=FrozenMap((formula, found) for batch in drawn.values() for formula, found in batch.items())
    )


def _size(name: FileId, file: SourceFile) -> int:
    """How much there is to read in a file; a picture's bytes are no measure of that."""
    return 0 if name.kind is SourceKind.PICTURE else len(file.data)


def _coverage(sources: Sources, wanted: dict[str, tuple[str, ...]], problems: Collection[Problem]) -> Coverage:
    """Which of the sources were read whole; an unknown key was passed over, other faults took more away."""
    left_out = {found.subject.partition("/")[0] for found in problems if found.code in UNREAD}
    unread = {found.place.path for found in problems if found.severity is Severity.ERROR}
    planned = "publications" not in left_out
    return Coverage(
        texts=planned and len(sources.texts) == len(wanted["chapters"]) + len(wanted["summaries"]),
        panels=planned and "panels" not in left_out and len(sources.infographics) == len(wanted["infographics"]),
        references=bool(sources.references) or not (unread & set(wanted["references"]) or "references" in left_out),
    )


def _ruled(files: Files, sources: Sources, coverage: Coverage, look: Look | None, run: Run) -> tuple[Problem, ...]:
    """What the rules find. They get the text of drawings, and of other pictures no more than is known of them."""
    plain = {picture.path for picture in sources.pictures if picture.media_type != "image/svg+xml"}
    pictures = tuple(
        dataclasses.replace(picture, data=b"") if picture.path in plain else picture for picture in sources.pictures
    )
    written = tuple(file for file in files.sources if file.path not in plain)
    shown = "".join(sorted(characters_of(look))) if look else None
    arguments = (dataclasses.replace(sources, pictures=pictures), coverage, written, shown)
    size = sum(len(file.data) for file in written)
    return run.one("rules", _apply_rules, Job("dossier.yaml", arguments, size, "dossier.yaml"))


def _apply_rules(
    sources: Sources, coverage: Coverage, written: tuple[SourceFile, ...], shown: str | None
) -> tuple[Problem, ...]:
    """What all rules find; `shown` are the characters that the fonts have, None where these are not known."""
    found = check_sources(sources, coverage)
    return found if shown is None else (*found, *unshown(sources, written, frozenset(shown)))


def _slips(
    typed: tuple[Manuscript, ...], known: FrozenMap[str, Known], problems: tuple[Problem, ...], run: Run
) -> tuple[Problem, ...]:
    """The problems together with what was pasted or typed otherwise than it is read, each fault once."""
    jobs = {
        manuscript.prose.path: Job(
            manuscript.prose.path,
            (manuscript, known[manuscript.prose.path]),
            len(manuscript.prose.text),
            manuscript.prose.path,
        )
        for manuscript in typed
    }
    found = run.each("tidy", findings, jobs)
    for manuscript in typed:
        slipped = found[manuscript.prose.path]
        told = slips(manuscript, slipped, "dossierbuild tidy")
        problems = (*told_otherwise(problems, manuscript, slipped), *told)
    return problems


def typed_citations(files: Files, sources: Sources, run: Run) -> tuple[Problem, ...]:
    """The citations in all texts that stand there as plain text."""
    read = [(text, files.source(text.path)) for text in sources.citing]
    proses = tuple(prose_of(text, file) for text, file in read if file)
    index = index_works(proses, sources.citing, sources, run)
    return run.one("recognise", _recognised, _over(proses, index, sources.references_path))


def _over(proses: tuple[ProseFile, ...], *arguments: object) -> Job:
    """A job over all texts, which stand in one file where there is one."""
    file = proses[0].path if len(proses) == 1 else ""
    return Job(file or "dossier.yaml", (proses, *arguments), sum(len(prose.text) for prose in proses), file)


def _recognised(proses: tuple[ProseFile, ...], index: WorkIndex, list_path: str) -> tuple[Problem, ...]:
    return tuple(found for prose in proses for found in _recognised_in(prose, index, list_path))


def _recognised_in(prose: ProseFile, index: WorkIndex, list_path: str) -> Iterator[Problem]:
    citations = recognise(prose, index)
    yield from problems_of(prose, citations, index, list_path)
    yield from unread_problems(prose, citations, index)


def _manuscripts(files: Files, wanted: dict[str, tuple[str, ...]], sources: Sources) -> Iterator[Manuscript]:
    """All texts as they were typed, those that could not be parsed as well; panels only where they were."""
    for path in dict.fromkeys((*wanted["chapters"], *wanted["summaries"])):
        if (file := files.source(path)) and (text := decode(file).value) is not None:
            yield manuscript_of_text(path, text)
    for panels in sources.infographics:
        if file := files.source(panels.path):
            yield manuscript_of_panels(panels, file)


def _known(typed: Iterable[Manuscript], sources: Sources, look: Look | None) -> FrozenMap[str, Known]:
    """What each text can refer to, by its path; without a look no labels, since these are not sure."""
    keys = frozenset[str](reference.key for reference in sources.references)
    ids = frozenset(anchor.id for text in sources.texts for anchor in text.anchors)
    labels = labels_of(sources, look.words(sources.manifest.language)) if look else {}
    paths = [manuscript.prose.path for manuscript in typed]
    kinds = {chapter.path: chapter.kind for chapter in sources.chapters}
    return FrozenMap(
        (
            path,
            Known(
                keys=keys,
                ids=ids,
                labels=labels.get(path, FrozenMap()),
                numbered=kinds.get(path, TextKind.FOREWORD) not in (TextKind.FOREWORD, TextKind.SUMMARY),
                labelled=kinds.get(path) in (TextKind.PART, TextKind.APPENDIX),
            ),
        )
        for path in paths
    )


def index_works(
    proses: tuple[ProseFile, ...], citing: Sequence[TextFile | InfographicText], sources: Sources, run: Run
) -> WorkIndex:
    """The works by what they are called, with the labels that they have when what was typed is cited as well."""
    references = with_stated_short_names(sources.references, proses)
    by_names = WorkIndex(references)
    typed = run.one("typed", _candidates, _over(proses, by_names))
    if not typed:
        return by_names
    cited = {site.key for text in citing for site in text.citations}
    request = label_request(sources.references, cited | typed, sources.style, sources.manifest.language)
    resolved = run.one("labels", resolve_citations, Job("labels", (request,)))
    return WorkIndex(references, resolved.value.labels if resolved.value else ())


def _candidates(proses: tuple[ProseFile, ...], index: WorkIndex) -> frozenset[CitationKey]:
    return frozenset[CitationKey]().union(*(candidate_keys(prose, index) for prose in proses))
