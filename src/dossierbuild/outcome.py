"""How a run ends: with files in place, or with problems and the exit code that says who is to mend them."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from dossierbuild.core.catalogue import Language
from dossierbuild.core.model import BuildOptions, Files, SourceFile
from dossierbuild.core.problems import NOWHERE, ExitCode, Place, Problem, has_errors, in_order, problem
from dossierbuild.core.published import NO_FILES, Checksums
from dossierbuild.core.reasons import Reason, of_system
from dossierbuild.core.spec import Manifest
from dossierbuild.scheduler import OutOfBoundsError
from dossierbuild.stages.parse import parse_manifest
from dossierbuild.stages.read import read_manifest
from dossierbuild.temporary import PREFIX
from dossierbuild.tools.paper import EngineError

LACKS = (EngineError, OutOfBoundsError, OSError)
"""How a step ends for which the machine has no layout engine, no time or memory, or no room for files."""
_NO_FOLDER = Reason("er is nergens plaats voor tijdelijke bestanden", "there is no room for temporary files anywhere")
"""Why Python finds no folder for them, which it says as of a file that is not there."""


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


def failed(language: Language, problems: tuple[Problem, ...], code: ExitCode) -> Outcome:
    """A run that published nothing."""
    return Outcome(language=language, problems=problems, exit_code=code)


def blame(problems: tuple[Problem, ...]) -> ExitCode:
    """Whether the sources or the program are at fault: own styles, and what only stops a build that is no draft."""
    own = any(found.code.startswith("D4") for found in problems) or not has_errors(problems)
    return ExitCode.SOURCES if own else ExitCode.VERIFICATION


def blame_for_the_place(problems: tuple[Problem, ...]) -> ExitCode:
    """Whether the sources are at fault, which name another dossier's folder, or the folder is."""
    return ExitCode.SOURCES if any(found.code == "D181" for found in problems) else ExitCode.TOOL


def guarded(files: Files, steps: Callable[[], Outcome]) -> Outcome:
    """How the steps ended, or what the machine lacked for them."""
    try:
        return steps()
    except LACKS as error:
        return failed(_language(files.source("dossier.yaml")), lacking(error), ExitCode.TOOL)


def lacking(error: EngineError | OutOfBoundsError | OSError) -> tuple[Problem, ...]:
    """What the machine lacked for a step that ended in one of `LACKS`."""
    if isinstance(error, EngineError):
        return (problem("D505", NOWHERE, reason=error),)
    if isinstance(error, OutOfBoundsError):
        return in_order(problem("D503", Place(job.file), what=job.file or job.subject) for job in error.jobs)
    # no room for temporary files; the build's own folder is gone by now
    written = str(error.filename or "").partition(PREFIX)[0]
    folder = written or os.environ.get("TMPDIR") or os.environ.get("TEMP") or "TMPDIR"
    reason = of_system(error) if error.filename or error.errno != errno.ENOENT else _NO_FOLDER
    return (problem("D605", NOWHERE, path=folder, reason=reason),)


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
        (root, failed(Language.of(manifest.language), (clash,), ExitCode.SOURCES))
        for target, same in places.items()
        for root, manifest, place in same
        for clash in (problem("D180", place, path=target, dossiers=", ".join(root for root, _, _ in same)),)
        if len(same) > 1
    )


def language_of(root: Path) -> Language:
    """The language of the dossier in a folder: Dutch where none can be read."""
    return _language(read_manifest(root))


def _language(file: SourceFile | None) -> Language:
    manifest = parse_manifest(file).value if file else None
    return Language.of(manifest[0].language) if manifest else Language.NL
