"""The pipeline: read -> parse -> check -> compose -> cite -> number -> render -> verify -> distribute.

Each step runs to its end and reports all that it finds; between steps the pipeline stops at the first error, so
nothing is put in place that was not verified. What is begun early is a handle that is asked for its result later.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

from dossierbuild.citing import cite, compose, number, previous_labels, renamed_works, retracted_works
from dossierbuild.core.catalogue import Language
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.model import BuildOptions, DossierName, Files, Label, Publication, Resolved
from dossierbuild.core.problems import Checked, ExitCode, has_errors, in_order, stops
from dossierbuild.core.published import holds
from dossierbuild.examination import examine, unknown_publications
from dossierbuild.outcome import Outcome, blame, blame_for_the_place, failed, guarded
from dossierbuild.release import (
    Built,
    begin_expected,
    begin_presenting,
    begin_versions,
    common_digest,
    data_files,
    files_in_place,
    left_out,
    make_release,
    open_when_ready,
    verify_files,
)
from dossierbuild.rendering import Materials, Pictures, begin_pictures, materials_for, render
from dossierbuild.scheduler import Begun, Run
from dossierbuild.stages.distribute import distribute, obstacles, sweep
from dossierbuild.stages.read import read_files
from dossierbuild.up_to_date import inputs_of


def check(options: BuildOptions, styles: Path, run: Run) -> Outcome:
    """Every problem in the sources; nothing is rendered."""
    files = read_files(Path(options.root), styles)
    if files.value is None:
        return failed(Language.NL, files.problems, ExitCode.SOURCES)
    return guarded(files.value, lambda: _check(files, options, run))


def _check(files: Checked[Files], options: BuildOptions, run: Run) -> Outcome:
    examined = examine(files, options.theme, run)
    previous = previous_labels(options)
    retracted = retracted_works(options.retractions, examined.sources) if examined.sources else ()
    problems = in_order((*examined.problems, *previous.problems, *retracted))
    if examined.sources and examined.look and not has_errors(problems):
        cited = cite(compose(examined.sources, examined.look, run, draft=options.draft), run)
        renamed = renamed_works(previous, cited.value[1], examined.sources) if cited.value else ()
        problems = in_order((*problems, *cited.problems, *renamed))
    code = ExitCode.SOURCES if stops(problems, draft=options.draft) else ExitCode.GOOD
    return Outcome(language=examined.language, problems=problems, exit_code=code)


def build(options: BuildOptions, styles: Path, run: Run) -> Outcome:
    """The whole line, from the dossier's folder to the files in place; nothing is done when they are there already."""
    output = Path(options.output)
    files = read_files(Path(options.root), styles)
    if files.value is None:
        return failed(Language.NL, files.problems, ExitCode.SOURCES)
    previous = previous_labels(options)
    inputs = inputs_of(
        (*((file.path, file.data) for file in files.value.sources), *((path, b"") for path in files.value.unread)),
        ((file.path, file.data) for file in files.value.originals),
    )
    whole = (files, dataclasses.replace(options, root="", output="", previous="", jobs=0, fresh=False), previous)
    kept: Outcome | None = run.recall("build", whole)
    if kept and holds(output / kept.published[0].parts[0], kept.checksums):
        sweep(output, kept.published[0].parts[0])
        return dataclasses.replace(kept, published=tuple(output / path for path in kept.published), unchanged=True)
    outcome = guarded(files.value, lambda: _build(files, previous, options, run))
    if not outcome.published:
        return outcome
    outcome = dataclasses.replace(outcome, inputs=inputs)
    below = tuple(path.relative_to(output) for path in outcome.published)
    run.remember("build", whole, dataclasses.replace(outcome, published=below))
    return outcome


def _build(files: Checked[Files], previous: Checked[tuple[Label, ...]], options: BuildOptions, run: Run) -> Outcome:
    """Parse, check, compose, cite and number, and then make the files of what came of it."""
    assert files.value is not None
    versions = begin_versions(run)
    examined = examine(files, options.theme, run)
    language, problems = examined.language, in_order((*examined.problems, *previous.problems))
    if examined.sources is None or examined.look is None or stops(problems, draft=options.draft):
        return failed(language, problems, ExitCode.SOURCES)
    sources, look = examined.sources, examined.look
    manifest = sources.manifest
    unknown = unknown_publications(manifest, options.only)
    if unknown:
        return failed(language, unknown, ExitCode.USAGE)
    name = DossierName(slug=manifest.name, id=manifest.identity, title=manifest.title)
    if blocked := obstacles(name, Path(options.output)):
        return failed(language, blocked, blame_for_the_place(blocked))
    citation_run = compose(sources, look, run, draft=options.draft)
    materials = materials_for(citation_run.publications, sources, look, files.value, options)
    pictures = begin_pictures(citation_run.publications, materials, run)
    cited = cite(citation_run, run)
    renamed = renamed_works(previous, cited.value[1], sources) if cited.value else ()
    problems = in_order((*problems, *cited.problems, *renamed))
    if cited.value is None or stops(problems, draft=options.draft):
        return failed(language, problems, ExitCode.SOURCES)
    publications, resolved = number(cited.value[0], citation_run.terms, run), cited.value[1]
    del examined, sources, citation_run, cited
    made = _make(publications, resolved, materials, pictures, versions, run)
    return dataclasses.replace(made, problems=in_order((*problems, *made.problems)))


def _make(
    publications: tuple[Publication, ...],
    resolved: Resolved,
    materials: Materials,
    pictures: Pictures,
    versions: Begun[str, FrozenMap[str, str]],
    run: Run,
) -> Outcome:
    """Render, verify and distribute."""
    language, output = Language.of(materials.sources.manifest.language), Path(materials.options.output)
    expected = begin_expected(publications, run)
    rendering = render(publications, materials, pictures, run)
    if rendering.value is None:
        return failed(language, rendering.problems, blame(rendering.problems))
    presented = begin_presenting(rendering.value.jobs, publications, run)
    ready = open_when_ready(rendering.value, publications, run)
    problems = (*rendering.problems, *ready.problems)
    if stops(problems, draft=materials.options.draft):
        return failed(language, problems, blame(problems))
    made_from, tools = common_digest(materials.files, materials.options), versions.result()
    kept = files_in_place(output, ready.artifacts, publications, made_from, tools)
    verified = verify_files(ready, kept, expected, resolved.labels, run)
    problems += verified.problems
    if verified.value is None:
        return failed(language, problems, ExitCode.VERIFICATION)
    built = Built(
        publications=publications,
        resolved=resolved,
        jobs=rendering.value.jobs,
        terms=materials.look.words(materials.sources.manifest.language),
        fonts=rendering.value.fonts,
        artifacts=ready.artifacts,
        kept=kept,
        data=data_files(publications, materials.files),
        verified=verified.value,
        shortcomings=materials.sources.shortcomings,
        unmeasured=materials.sources.unmeasured,
        measured=materials.sources.measured,
        tools=tools,
        made_from=made_from,
    )
    release = make_release(built, ready, presented, run)
    problems += release.problems
    if release.value is None:
        return failed(language, problems, ExitCode.VERIFICATION)
    if materials.options.only or materials.options.formats:
        problems += left_out(output, release.value)
    placed = distribute(release.value, output)
    if placed.value is None:
        return failed(language, (*problems, *placed.problems), blame_for_the_place(placed.problems))
    return Outcome(language=language, problems=problems, published=placed.value, checksums=release.value.checksums)
