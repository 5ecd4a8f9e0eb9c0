"""`dossierbuild verify`: an edition that was built earlier is opened again and judged."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from types import MappingProxyType

from dossierbuild.commands import message_arguments, tell
from dossierbuild.core.catalogue import Language
from dossierbuild.core.problems import ExitCode, Problem, in_order
from dossierbuild.program import PACKAGE
from dossierbuild.tools.validators import Machine
from dossierbuild.verification import Inspection, Judgement, inspect_edition, judge_edition

DESCRIPTION = (
    "Opens the files of an edition again, without its sources: checksums, contents of the formats against each other "
    "and against the manifest, labels of citations, links, and that nothing is fetched from elsewhere. With "
    "--conformance it also runs the validators that this machine has (veraPDF, page-validation, EPUBCheck, Ace, "
    "Nu HTML Checker, axe) and says which were not there. Exit code 4: something is not as it was built, or a "
    "validator has something against it."
)

TEXTS = MappingProxyType(
    {
        Language.NL: {
            "good": "{folder}: {files} bestanden, alles is zoals het gebouwd is",
            "bad": "{folder}: {files} bestanden, {count} probleem(en)",
            "judged": "{tool}: {files} bestand(en) gekeurd, {count} bevinding(en)",
            "absent": "{tool}: niet gevonden op deze computer, dus niet gekeurd",
            "idle": "{tool}: geen bestanden om te keuren",
        },
        Language.EN: {
            "good": "{folder}: {files} files, all is as it was built",
            "bad": "{folder}: {files} files, {count} problem(s)",
            "judged": "{tool}: {files} file(s) judged, {count} finding(s)",
            "absent": "{tool}: not found on this machine, so nothing was judged",
            "idle": "{tool}: no files to judge",
        },
    }
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("output", metavar="OUTPUT", nargs="+", help="folder of a built edition: output/SLUG")
    parser.add_argument("--conformance", action="store_true", help="run the validators that this machine has as well")
    message_arguments(parser, "the edition's")


def run(given: argparse.Namespace) -> ExitCode:
    """Verify each folder."""
    return max((_verify(Path(folder), given) for folder in given.output), key=lambda code: code.value)


def _verify(folder: Path, given: argparse.Namespace) -> ExitCode:
    inspection = inspect_edition(folder)
    language = Language(given.language) if given.language else inspection.language
    problems: list[Problem] = list(inspection.problems)
    if given.conformance and inspection.files:
        for judgement in judge_edition(folder, machine()):
            print(_line(judgement, language), flush=True)
            problems += judgement.problems
    tell(in_order(problems), given, language, str(folder))
    _summarise(folder, inspection, problems, language)
    return ExitCode.VERIFICATION if problems else ExitCode.GOOD


def machine() -> Machine:
    """This machine; packages of Node are looked for where the user stands, and beside the tests of a checkout."""
    places = (Path.cwd() / "node_modules", Path(PACKAGE).parent.parent / "tests" / "conformance" / "node_modules")
    return Machine(tuple(place for place in places if place.is_dir()))


def _line(judgement: Judgement, language: Language) -> str:
    key = "absent" if judgement.files is None else "judged" if judgement.files else "idle"
    words = TEXTS[language][key]
    return words.format(tool=judgement.validator, files=judgement.files, count=len(judgement.problems))


def _summarise(folder: Path, inspection: Inspection, problems: list[Problem], language: Language) -> None:
    words = TEXTS[language]["bad" if problems else "good"]
    stream = sys.stderr if problems else sys.stdout
    print(words.format(folder=folder, files=inspection.files, count=len(problems)), file=stream)
