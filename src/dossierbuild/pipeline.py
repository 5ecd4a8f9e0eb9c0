"""The pipeline: read -> parse -> check -> compose -> cite -> number -> render -> verify -> distribute.

Each step runs to its end and reports all that it finds; between steps the pipeline stops at the first error, so
nothing is put in place that was not verified. What is begun early is a handle that is asked for its result later.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from dossierbuild.citing import cite, compose, number, previous_labels, renamed_works
from dossierbuild.core.catalogue import Language
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.model import BuildOptions, DossierName, Files, Label, Publication, Resolved
from dossierbuild.core.problems import NOWHERE, Checked, ExitCode, Place, Problem, has_errors, in_order, problem, stops
from dossierbuild.core.published import NO_FILES, Checksums, holds
from dossierbuild.core.spec import Manifest
from dossierbuild.examination import examine, unknown_publications
from dossierbuild.release import (
    Built,
    begin_expected,
    begin_presenting,
    begin_versions,
    common_digest,
    files_in_place,
    left_out,
    make_release,
    open_when_ready,
    verify_files,
)
from dossierbuild.rendering import Materials, Pictures, begin_pictures, materials_for, render
from dossierbuild.scheduler import Begun, OutOfBoundsError, Run
from dossierbuild.stages.distribute import distribute, obstacles, sweep
from dossierbuild.stages.parse import parse_manifest
from dossierbuild.stages.read import read_files, read_manifest
from dossierbuild.temporary import PREFIX
from dossierbuild.tools.paper import EngineError
from dossierbuild.up_to_date import inputs_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a run ended: all problems, the files now in place (none after an error), and whether anything was made.

    `inputs` is the digest of what was read, and `checksums` what SHA256SUMS says of the files in place.
    """

    language: Language
    problems: tuple[Problem, ...]
    published: tuple[Path, ...] = ()
    inputs: str = ""
    checksums: Checksums = NO_FILES
    unchanged: bool = False
    exit_code: ExitCode = ExitCode.GOOD


def check(options: BuildOptions, styles: Path, run: Run) -> Outcome:
    """Every problem in the sources; nothing is rendered."""
    files = read_files(Path(options.root), styles)
    if files.value is None:
        return _failed(Language.NL, files.problems, ExitCode.SOURCES)
    return _guarded(files.value, lambda: _check(files, options, run))


def _check(files: Checked[Files], options: BuildOptions, run: Run) -> Outcome:
    examined = examine(files, options.theme, run)
    previous = previous_labels(options)
    problems = in_order((*examined.problems, *previous.problems))
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
        return _failed(Language.NL, files.problems, ExitCode.SOURCES)
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
    outcome = _guarded(files.value, lambda: _build(files, previous, options, run))
    if not outcome.published:
        return outcome
    outcome = dataclasses.replace(outcome, inputs=inputs)
    below = tuple(path.relative_to(output) for path in outcome.published)
    run.remember("build", whole, dataclasses.replace(outcome, published=below))
    return outcome


def refused_together(dossiers: Iterable[BuildOptions]) -> tuple[tuple[str, Outcome], ...]:
    """The folder and the outcome of each dossier that would be published in the place of another one (D180).

    A dossier that is named twice is no other, and one whose dossier.yaml cannot be read has no place yet.
    """
    places: dict[str, list[tuple[str, Manifest, Place]]] = {}
    for options in {os.path.realpath(options.root): options for options in dossiers}.values():
        file = read_manifest(Path(options.root))
        parsed = parse_manifest(file).value if file else None
        if parsed:
            manifest, document = parsed
            place = Place("dossier.yaml", *document.place(("slug",) if manifest.slug else ("title",)))
            places.setdefault(str(Path(options.output, manifest.name)), []).append((options.root, manifest, place))
    return tuple(
        (root, _failed(Language.of(manifest.language), (clash,), ExitCode.SOURCES))
        for target, same in places.items()
        for root, manifest, place in same
        for clash in (problem("D180", place, path=target, dossiers=", ".join(root for root, _, _ in same)),)
        if len(same) > 1
    )


def _build(files: Checked[Files], previous: Checked[tuple[Label, ...]], options: BuildOptions, run: Run) -> Outcome:
    """Parse, check, compose, cite and number, and then make the files of what came of it."""
    assert files.value is not None
    versions = begin_versions(run)
    examined = examine(files, options.theme, run)
    language, problems = examined.language, in_order((*examined.problems, *previous.problems))
    if examined.sources is None or examined.look is None or stops(problems, draft=options.draft):
        return _failed(language, problems, ExitCode.SOURCES)
    sources, look = examined.sources, examined.look
    manifest = sources.manifest
    unknown = unknown_publications(manifest, options.only)
    if unknown:
        return _failed(language, unknown, ExitCode.USAGE)
    name = DossierName(slug=manifest.name, id=manifest.identity, title=manifest.title)
    if blocked := obstacles(name, Path(options.output)):
        return _failed(language, blocked, _blame_for_the_place(blocked))
    citation_run = compose(sources, look, run, draft=options.draft)
    materials = materials_for(citation_run.publications, sources, look, files.value, options)
    pictures = begin_pictures(citation_run.publications, materials, run)
    cited = cite(citation_run, run)
    renamed = renamed_works(previous, cited.value[1], sources) if cited.value else ()
    problems = in_order((*problems, *cited.problems, *renamed))
    if cited.value is None or stops(problems, draft=options.draft):
        return _failed(language, problems, ExitCode.SOURCES)
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
        return _failed(language, rendering.problems, _blame(rendering.problems))
    presented = begin_presenting(rendering.value.jobs, publications, run)
    ready = open_when_ready(rendering.value, publications, run)
    problems = (*rendering.problems, *ready.problems)
    if stops(problems, draft=materials.options.draft):
        return _failed(language, problems, _blame(problems))
    made_from, tools = common_digest(materials.files, materials.options), versions.result()
    kept = files_in_place(output, ready.artifacts, publications, made_from, tools)
    verified = verify_files(ready, kept, expected, resolved.labels, run)
    problems += verified.problems
    if verified.value is None:
        return _failed(language, problems, ExitCode.VERIFICATION)
    built = Built(
        publications=publications,
        resolved=resolved,
        jobs=rendering.value.jobs,
        fonts=rendering.value.fonts,
        artifacts=ready.artifacts,
        kept=kept,
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
        return _failed(language, problems, ExitCode.VERIFICATION)
    if materials.options.only or materials.options.formats:
        problems += left_out(output, release.value)
    placed = distribute(release.value, output)
    if placed.value is None:
        return _failed(language, (*problems, *placed.problems), _blame_for_the_place(placed.problems))
    return Outcome(language=language, problems=problems, published=placed.value, checksums=release.value.checksums)


def _blame(problems: tuple[Problem, ...]) -> ExitCode:
    """Whether the sources or the program are at fault: own styles, and what only stops a build that is no draft."""
    own = any(found.code.startswith("D4") for found in problems) or not has_errors(problems)
    return ExitCode.SOURCES if own else ExitCode.VERIFICATION


def _blame_for_the_place(problems: tuple[Problem, ...]) -> ExitCode:
    """Whether the sources are at fault, which name another dossier's folder, or the folder is."""
    return ExitCode.SOURCES if any(found.code == "D181" for found in problems) else ExitCode.TOOL


def _guarded(files: Files, steps: Callable[[], Outcome]) -> Outcome:
    """How the steps ended, or what the machine lacked for them."""
    found: tuple[Problem, ...]
    try:
        return steps()
    except EngineError as error:
        found = (problem("D505", NOWHERE, reason=error),)
    except OutOfBoundsError as error:
        found = tuple(problem("D503", Place(job.file), what=job.file or job.subject) for job in error.jobs)
    except OSError as error:  # no room for temporary files; the build's own folder is gone by now
        folder = str(error.filename or "").partition(PREFIX)[0] or os.environ.get("TMPDIR") or os.environ.get("TEMP")
        found = (problem("D605", NOWHERE, path=folder or "TMPDIR", reason=error.strerror or error),)
    file = files.source("dossier.yaml")
    manifest = parse_manifest(file).value if file else None
    language = Language.of(manifest[0].language) if manifest else Language.NL
    return _failed(language, in_order(found), ExitCode.TOOL)


def _failed(language: Language, problems: tuple[Problem, ...], code: ExitCode) -> Outcome:
    return Outcome(language=language, problems=problems, exit_code=code)
