"""The pipeline: read -> parse -> check -> compose -> cite -> render -> verify -> distribute.

Each step runs to its end and reports all that it finds; between steps the pipeline stops at the first error, so
nothing is put in place that was not verified.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from dossierbuild.core.catalogue import Language
from dossierbuild.core.model import (
    BuildOptions,
    CitationKey,
    CitationStyle,
    DataTable,
    Files,
    InfographicText,
    Label,
    Look,
    Picture,
    Publication,
    Release,
    Resolved,
    Sources,
    TextFile,
)
from dossierbuild.core.nearest import nearest
from dossierbuild.core.problems import Checked, ExitCode, Place, Problem, has_errors, in_order, problem, stops
from dossierbuild.core.spec import Manifest
from dossierbuild.current import inputs_of
from dossierbuild.program import library_versions
from dossierbuild.release import Edition, artifacts_of, begin_release, files_in_place, make_release, verify_files
from dossierbuild.rendering import Materials, begin_pictures, render_all
from dossierbuild.stages.check import Coverage, accept, check_sources, shortcomings, unaccepted
from dossierbuild.stages.cite import (
    insert_citations,
    insert_into_part,
    insertions,
    request_citations,
    resolve_citations,
)
from dossierbuild.stages.compose import (
    compose_publications,
    compose_text,
    compositions,
    notes_of,
    number_notes,
    settings_of,
    with_notes,
)
from dossierbuild.stages.distribute import CHECKSUMS, distribute, holds, sweep
from dossierbuild.stages.parse.contrast import contrast_problems
from dossierbuild.stages.parse.data import parse_picture, parse_table
from dossierbuild.stages.parse.infographic import parse_infographic
from dossierbuild.stages.parse.look import parse_look
from dossierbuild.stages.parse.manifest import parse_manifest
from dossierbuild.stages.parse.references import parse_references
from dossierbuild.stages.parse.sources import wanted_files
from dossierbuild.stages.parse.style import parse_style
from dossierbuild.stages.parse.texts import parse_text
from dossierbuild.stages.read import read_files
from dossierbuild.stages.recognise import (
    ProseFile,
    WorkIndex,
    candidate_keys,
    label_request,
    problems_of,
    prose_of,
    recognise,
)
from dossierbuild.stages.register import changed_labels, read_labels
from dossierbuild.stages.verify import verify_together
from dossierbuild.temporary import PREFIX
from dossierbuild.tools.csl import style_facts
from dossierbuild.tools.pandoc import pandoc_version
from dossierbuild.tools.paper import EngineError, engine_versions
from dossierbuild.tools.yamlfile import YamlDocument
from dossierbuild.workshop import Job, WorkerDiedError, Workshop

# What is wrong with a YAML file of ours, so that part of what it asks for was left out.
UNREAD = frozenset({"D103", "D104", "D105", "D116", "D117", "D122", "D130"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a run ended: all problems, the files now in place (none after an error), and whether anything was made.

    `inputs` is the digest of what was read, and `sums` what SHA256SUMS says of the files in place.
    """

    language: Language
    problems: tuple[Problem, ...]
    published: tuple[Path, ...] = ()
    inputs: str = ""
    sums: str = ""
    unchanged: bool = False
    exit_code: ExitCode = ExitCode.GOOD


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What the sources say, with all problems in them; `sources` is None when they cannot be composed."""

    language: Language
    sources: Sources | None
    look: Look | None
    problems: tuple[Problem, ...]


def check(options: BuildOptions, styles: Path, shop: Workshop) -> Outcome:
    """Every problem in the sources; nothing is rendered."""
    files = read_files(Path(options.root), styles)
    if files.value is None:
        return _failed(Language.NL, files.problems, ExitCode.SOURCES)
    try:
        return _check(files, options, shop)
    except WorkerDiedError as error:
        return _died(files.value, error)
    except OSError as error:
        return _no_room(files.value, error)


def _check(files: Checked[Files], options: BuildOptions, shop: Workshop) -> Outcome:
    examined = examine(files, options, shop)
    previous = previous_labels(options)
    problems = in_order((*examined.problems, *previous.problems))
    if examined.sources and examined.look and not has_errors(problems):
        cited = cite(examined.sources, examined.look, options, shop)
        problems = in_order((*problems, *cited.problems, *_renamed(previous, cited, examined.sources)))
    code = ExitCode.SOURCES if _stops(problems, options) else ExitCode.GOOD
    return Outcome(language=examined.language, problems=problems, exit_code=code)


def build(options: BuildOptions, styles: Path, shop: Workshop) -> Outcome:
    """The whole line, from the dossier's folder to the files in place."""
    output = Path(options.output)
    files = read_files(Path(options.root), styles)
    if files.value is None:
        return _failed(Language.NL, files.problems, ExitCode.SOURCES)
    previous = previous_labels(options)
    asked = dataclasses.replace(options, root="", output="", previous="", jobs=0, fresh=False)
    whole = (files.value, asked, previous)
    kept = shop.recall("build", whole)
    if kept and holds(output, kept[0], kept[1]):
        sweep(output, kept[0])
        names = [line[66:] for line in kept[1].decode().splitlines()]
        published = tuple(output / kept[0] / name for name in (*names, CHECKSUMS))
        made = Outcome(language=kept[2], problems=kept[3], published=published, unchanged=True)
        return dataclasses.replace(made, inputs=_inputs(files.value), sums=kept[1].decode())
    try:
        outcome, release = _build(files, previous, options, shop)
    except EngineError as error:
        lacking = problem("D505", Place(""), reason=error)
        return _failed(_language(files.value), (lacking,), ExitCode.TOOL)
    except WorkerDiedError as error:
        return _died(files.value, error)
    except OSError as error:
        return _no_room(files.value, error)
    if release is None:
        return outcome
    placed = distribute(release, output)
    if placed.value is None:
        return _failed(outcome.language, (*outcome.problems, *placed.problems), ExitCode.TOOL)
    sums = dict(release.files)[CHECKSUMS]
    shop.remember("build", whole, (release.slug, sums, outcome.language, outcome.problems))
    return dataclasses.replace(outcome, published=placed.value, inputs=_inputs(files.value), sums=sums.decode())


def _inputs(files: Files) -> str:
    return inputs_of([(one.path, one.data) for one in files.sources], [(one.path, one.data) for one in files.originals])


def _build(
    files: Checked[Files], previous: Checked[tuple[Label, ...]], options: BuildOptions, shop: Workshop
) -> tuple[Outcome, Release | None]:
    versions = Job("tools", ())
    shop.begin("versions", tool_versions, [versions])
    examined = examine(files, options, shop)
    language, problems = examined.language, in_order((*examined.problems, *previous.problems))
    if examined.sources is None or examined.look is None or files.value is None or _stops(problems, options):
        return _failed(language, problems, ExitCode.SOURCES), None
    sources, look = examined.sources, examined.look
    unknown = _unknown_publications(sources.manifest, options)
    if unknown:
        return _failed(language, unknown, ExitCode.USAGE), None
    without_texts = dataclasses.replace(sources, chapters=(), summaries=())
    materials = Materials(sources=without_texts, look=look, files=files.value, options=options)
    beside = partial(begin_pictures, materials=materials, shop=shop)
    cited = cite(sources, look, options, shop, beside=beside)
    problems = in_order((*problems, *cited.problems, *_renamed(previous, cited, sources)))
    if cited.value is None or _stops(problems, options):
        return _failed(language, problems, ExitCode.SOURCES), None
    publications, resolved = cited.value
    del examined, sources, cited  # their texts are in the publications now, and much to hold twice in a large dossier
    tools = shop.one("versions", tool_versions, versions)
    after = partial(begin_release, publications=publications, shop=shop)
    rendered = render_all(publications, materials, shop, beside=after)
    problems = in_order((*problems, *rendered.problems))
    if rendered.value is None or _stops(rendered.problems, options):
        own = any(one.code.startswith("D4") for one in rendered.problems) or not has_errors(rendered.problems)
        return _failed(language, problems, ExitCode.SOURCES if own else ExitCode.VERIFICATION), None
    jobs, artifacts = rendered.value
    kept = files_in_place(Path(options.output), artifacts, publications)
    verified = verify_files((*artifacts, *artifacts_of(kept)), publications, shop)
    lost = [found for one in verified[: len(artifacts)] for found in one.problems]
    lost += verify_together(verified[: len(artifacts)], resolved.labels)
    problems = in_order((*problems, *lost))
    if stops(lost):
        return _failed(language, problems, ExitCode.VERIFICATION), None
    edition = Edition(
        publications=publications,
        resolved=resolved,
        jobs=jobs,
        artifacts=artifacts,
        kept=kept,
        verified=verified,
        shortcomings=without_texts.shortcomings,
        tools=tools,
    )
    release = make_release(edition, shop)
    problems = in_order((*problems, *release.problems))
    if release.value is None:
        return _failed(language, problems, ExitCode.VERIFICATION), None
    return Outcome(language=language, problems=problems), release.value


def _unknown_publications(manifest: Manifest, options: BuildOptions) -> tuple[Problem, ...]:
    """D145: what was asked for is in dossier.yaml."""
    ids = [plan.id for plan in manifest.publications]
    return tuple(
        problem("D145", Place("dossier.yaml"), name, id=name, nearest=nearest(name, ids), known=", ".join(ids))
        for name in options.only
        if name not in ids
    )


def tool_versions() -> tuple[tuple[str, str], ...]:
    """Names and versions of all that the bytes depend on. Raises EngineError where the layout engine is missing."""
    return (("pandoc", pandoc_version()), *dict((*library_versions(), *engine_versions())).items())


def _stops(problems: tuple[Problem, ...], options: BuildOptions) -> bool:
    return stops(problems, draft=options.draft)


def _died(files: Files, error: WorkerDiedError) -> Outcome:
    return _failed(_language(files), (problem("D503", Place(""), what=error.subject),), ExitCode.TOOL)


def _no_room(files: Files, error: OSError) -> Outcome:
    """A step could not write what it needs for a moment: the disk for temporary files is full, or not to be written."""
    temporary = str(error.filename or "").partition(PREFIX)[0]  # not the build's own folder, which is gone now
    folder = temporary or os.environ.get("TMPDIR") or os.environ.get("TEMP") or "TMPDIR"
    found = problem("D605", Place(""), path=folder, reason=error.strerror or error)
    return _failed(_language(files), (found,), ExitCode.TOOL)


def _language(files: Files) -> Language:
    """The language of the messages, where nothing else is known of the dossier."""
    file = files.source("dossier.yaml")
    parsed = parse_manifest(file).value if file else None
    return Language.of(parsed[0].language) if parsed else Language.NL


def _failed(language: Language, problems: tuple[Problem, ...], code: ExitCode) -> Outcome:
    return Outcome(language=language, problems=problems, exit_code=code)


# --- parse and check -----------------------------------------------------------------------------------------------


def examine(files: Checked[Files], options: BuildOptions, shop: Workshop) -> Examined:
    """Parse all files and check what they say; problems that dossier.yaml accepts are left out."""
    assert files.value is not None
    manifest_file = files.value.source("dossier.yaml")
    assert manifest_file is not None
    parsed = parse_manifest(manifest_file)
    problems = [*files.problems, *parsed.problems]
    if parsed.value is None:
        return Examined(language=Language.NL, sources=None, look=None, problems=in_order(problems))
    manifest, document = parsed.value
    language = Language.of(manifest.language)
    wanted = wanted_files(manifest, document, files.value)
    theme_place = Place("dossier.yaml", *document.place(("theme",)))
    look = parse_look(files.value, options.theme or manifest.theme, theme_place)
    problems += [*wanted.problems, *look.problems]
    if look.value:
        problems += contrast_problems(files.value, look.value.theme, options.theme or manifest.theme or "")
    sources = _parse_sources(files.value, manifest, document, wanted.value or {}, shop)
    problems += sources.problems
    assert sources.value is not None
    assert wanted.value is not None
    coverage = _coverage(sources.value, wanted.value, problems)
    problems += check_sources(sources.value, coverage)
    if coverage.references:
        problems += typed_citations(files.value, sources.value, shop)
    places = tuple(Place("dossier.yaml", *document.place(("ignore", at))) for at in range(len(manifest.ignore)))
    accepted = accept(in_order(problems), manifest.ignore, places, complete=coverage.complete)
    known = dataclasses.replace(sources.value, shortcomings=shortcomings(problems, accepted))
    return Examined(language=language, sources=known, look=look.value, problems=accepted)


def _coverage(sources: Sources, wanted: dict[str, tuple[str, ...]], problems: list[Problem]) -> Coverage:
    """Which of the sources were read whole; an unknown key was passed over, other faults took more away."""
    left_out = {one.subject.partition("/")[0] for one in problems if one.code in UNREAD}
    planned = "publications" not in left_out
    return Coverage(
        texts=planned and len(sources.texts) == len(wanted["chapters"]) + len(wanted["summaries"]),
        panels=planned and "panels" not in left_out and len(sources.infographics) == len(wanted["infographics"]),
        references=bool(sources.references) or not (wanted["references"] or "references" in left_out),
    )


def _parse_sources(
    files: Files, manifest: Manifest, document: YamlDocument, wanted: dict[str, tuple[str, ...]], shop: Workshop
) -> Checked[Sources]:
    """All files that the manifest asks for, parsed; what cannot be parsed is left out, with its problems."""
    language = Language.of(manifest.language)

    def parse(step: str, function: Callable[..., Checked[Any]], kind: str, *more: Any) -> list[Checked[Any]]:
        sources = [file for path in wanted.get(kind, ()) if (file := files.source(path))]
        return shop.each(step, function, [Job(file.path, (file, *more)) for file in sources])

    chapters: list[Checked[TextFile]] = parse("parse", parse_text, "chapters", language)
    summaries: list[Checked[TextFile]] = parse("parse", parse_text, "summaries", language)
    infographics: list[Checked[InfographicText]] = parse("parse", parse_infographic, "infographics")
    references = parse("parse", parse_references, "references", language)
    tables: list[Checked[DataTable]] = parse("parse", parse_table, "tables")
    pictures: list[Checked[Picture]] = parse("parse", parse_picture, "pictures")
    own_style = next((files.source(path) for path in wanted.get("style", ())), None)
    settings = manifest.citations
    named = Place("dossier.yaml", *document.place(("citations", "style")))
    style = shop.one("style", parse_style, Job(settings.style, (settings, manifest.language, own_style, named)))
    results: tuple[Checked[Any], ...] = (
        *chapters,
        *summaries,
        *infographics,
        *references,
        *tables,
        *pictures,
        style,
    )
    sources = Sources(
        manifest=manifest,
        manifest_path="dossier.yaml",
        paths=tuple(one.path for one in files.sources),
        chapters=tuple(one.value for one in chapters if one.value),
        summaries=tuple(one.value for one in summaries if one.value),
        infographics=tuple(one.value for one in infographics if one.value),
        references=tuple(reference for one in references for reference in one.value or ()),
        references_path=manifest.references,
        tables=tuple(one.value for one in tables if one.value),
        pictures=tuple(one.value for one in pictures if one.value),
        icons=tuple(
            one.path.removeprefix("icons/").removesuffix(".svg")
            for one in files.styles
            if one.path.startswith("icons/") and one.path.endswith(".svg")
        ),
        style=style.value or CitationStyle(name="", xml=""),
    )
    return Checked(sources, tuple(found for one in results for found in one.problems))


# --- citations typed as plain text ----------------------------------------------------------------------------------


def typed_citations(files: Files, sources: Sources, shop: Workshop) -> list[Problem]:
    """The citations in all texts that stand there as plain text."""
    found = [(text, files.source(text.path)) for text in sources.citing]
    proses = [prose_of(text, file) for text, file in found if file]
    index = index_works(proses, sources.citing, sources, shop)
    return [
        one for prose in proses for one in problems_of(prose, recognise(prose, index), index, sources.references_path)
    ]


def index_works(
    proses: Sequence[ProseFile], citing: Sequence[TextFile | InfographicText], sources: Sources, shop: Workshop
) -> WorkIndex:
    """The works by what they are called, with the labels that they have when what was typed is cited as well."""
    by_names = WorkIndex(sources.references)
    typed = frozenset[CitationKey]().union(*(candidate_keys(one, by_names) for one in proses))
    if not typed:
        return by_names
    cited = {site.key for text in citing for site in text.citations}
    request = label_request(sources.references, cited | typed, sources.style, sources.manifest.language)
    resolved = shop.one("labels", resolve_citations, Job("labels", (request,)))
    return WorkIndex(sources.references, resolved.value.labels if resolved.value else ())


# --- compose and cite ----------------------------------------------------------------------------------------------


def cite(
    sources: Sources,
    look: Look,
    options: BuildOptions,
    shop: Workshop,
    *,
    beside: Callable[[tuple[Publication, ...]], None] = lambda _: None,
) -> Checked[tuple[tuple[Publication, ...], Resolved]]:
    """The publications with numbers, labels, citations, reference lists and notes in place.

    `beside` gets them before they are cited, to begin what does not wait for citations.
    """
    manifest = sources.manifest
    terms = look.words(Language.of(manifest.language))
    settings = settings_of(sources, terms)
    jobs = [Job(one.path, (one,)) for one in compositions(sources, settings, draft=options.draft)]
    composed = compose_publications(sources, settings, shop.each("compose", compose_text, jobs))
    as_written = manifest.citations.order == "as-written"
    request = request_citations(composed, sources.references, sources.style, manifest.language, as_written)
    citing = Job("citations", (request,))
    shop.begin("cite", resolve_citations, [citing])
    beside(composed)
    resolved = shop.one("cite", resolve_citations, citing)
    if resolved.value is None:
        return Checked(None, resolved.problems)
    filled = shop.each(
        "insert", insert_into_part, [Job(one.part, (one,)) for one in insertions(composed, request, resolved.value)]
    )
    inserted = insert_citations(composed, resolved.value, filled, back_to_citation=terms["back_to_citation"])
    numbered = shop.each("number", number_notes, [Job(one.part, (one,)) for one in notes_of(inserted, terms)])
    return Checked((with_notes(inserted, numbered), resolved.value), resolved.problems)


def previous_labels(options: BuildOptions) -> Checked[tuple[Label, ...]]:
    """How the previous edition called its works; nothing when none was named."""
    if not options.previous:
        return Checked(())
    try:
        return read_labels(Path(options.previous).read_bytes(), options.previous)
    except OSError as error:
        reason = f"{options.previous}: {error.strerror or error}"
        return Checked(None, (problem("D236", Place(""), reason=reason),))


def _renamed(
    previous: Checked[tuple[Label, ...]], cited: Checked[tuple[tuple[Publication, ...], Resolved]], sources: Sources
) -> tuple[Problem, ...]:
    """The works that are called otherwise than in the previous edition; numbers mean nothing from one to the next."""
    if not previous.value or cited.value is None or style_facts(sources.style).numeric:
        return ()
    changed = changed_labels(previous.value, cited.value[1].labels, sources.references)
    return unaccepted(changed, sources.manifest.ignore)
