"""The steps parse and check: what the sources say, and every problem in them."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from dossierbuild.core.catalogue import Language, Severity
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.languages import is_known, named_language
from dossierbuild.core.model import CitationKey, Files, InfographicText, Look, SourceFile, Sources, TextFile
from dossierbuild.core.nearest import nearest
from dossierbuild.core.problems import Checked, Place, Problem, in_order, problem
from dossierbuild.core.spec import Manifest
from dossierbuild.scheduler import Job, Run
from dossierbuild.stages.check import (
    Coverage,
    accept,
    check_sources,
    measured,
    own_look,
    shortcomings,
    unmeasured,
    unshown,
)
from dossierbuild.stages.cite import resolve_citations
from dossierbuild.stages.compose import labels_of
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
    named = Place("--theme") if theme else Place("dossier.yaml", *document.place(("theme",)))
    theme = theme or manifest.theme or ""
    look = parse_look(files.value, theme, named)
    problems += (*look.problems, *style_sheet_problems(files.value))
    if look.value:
        problems += contrast_problems(files.value, look.value.theme, theme)
        problems += own_look(files.value)
        problems += _without_words(manifest, look.value, Place("dossier.yaml", *document.place(("language",))))
    wanted = wanted_files(manifest, document, files.value)
    assert wanted.value is not None
    sources = _parse(files.value, manifest, document, wanted.value, run)
    assert sources.value is not None
    problems += (*wanted.problems, *sources.problems)
    coverage = _coverage(sources.value, wanted.value, problems)
    problems += check_sources(sources.value, coverage)
    if look.value:
        problems += unshown(sources.value, files.value, characters_of(look.value))
    if coverage.references:
        problems += typed_citations(files.value, sources.value, run)
    typed = tuple(_manuscripts(files.value, wanted.value, sources.value))
    known = _known(typed, sources.value, look.value if coverage.texts else None)
    for manuscript in typed:
        found = findings(manuscript, known[manuscript.prose.path])
        problems = [*told_otherwise(problems, manuscript, found), *slips(manuscript, found, "dossierbuild tidy")]
    places = tuple(Place("dossier.yaml", *document.place(("ignore", at))) for at in range(len(manifest.ignore)))
    accepted = accept(in_order(problems), manifest.ignore, places, complete=coverage.complete)
    return Examined(
        language=Language.of(manifest.language),
        sources=dataclasses.replace(
            sources.value,
            shortcomings=shortcomings(problems, accepted),
            unmeasured=unmeasured(accepted),
            measured=measured(problems, accepted),
        ),
        look=look.value,
        problems=accepted,
        known=known,
    )


def _without_words(manifest: Manifest, look: Look, place: Place) -> Iterable[Problem]:
    """D156: the fixed words exist in the dossier's language."""
    if is_known(manifest.language) and not named_language(manifest.language, look.terms):
        yield problem("D156", place, tag=manifest.language)


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
    return gathered(manifest, files, run.each("parse", parse_file, jobs), style.result())


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


def typed_citations(files: Files, sources: Sources, run: Run) -> list[Problem]:
    """The citations in all texts that stand there as plain text."""
    read = [(text, files.source(text.path)) for text in sources.citing]
    proses = [prose_of(text, file) for text, file in read if file]
    index = index_works(proses, sources.citing, sources, run)
    return [
        found
        for prose in proses
        for found in problems_of(prose, recognise(prose, index), index, sources.references_path)
    ]


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
    chapters = {chapter.path for chapter in sources.chapters}
    return FrozenMap(
        (path, Known(keys=keys, ids=ids, labels=labels.get(path, FrozenMap()), numbered=path in chapters))
        for path in paths
    )


def index_works(
    proses: Sequence[ProseFile], citing: Sequence[TextFile | InfographicText], sources: Sources, run: Run
) -> WorkIndex:
    """The works by what they are called, with the labels that they have when what was typed is cited as well."""
    by_names = WorkIndex(sources.references)
    typed = frozenset[CitationKey]().union(*(candidate_keys(prose, by_names) for prose in proses))
    if not typed:
        return by_names
    cited = {site.key for text in citing for site in text.citations}
    request = label_request(sources.references, cited | typed, sources.style, sources.manifest.language)
    resolved = run.one("labels", resolve_citations, Job("labels", (request,)))
    return WorkIndex(sources.references, resolved.value.labels if resolved.value else ())
