"""The command line: arguments in, problems and explanations out, and the exit code. Only it and commands/ print."""

from __future__ import annotations

import argparse
import dataclasses
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import MappingProxyType

from dossierbuild import __version__
from dossierbuild.commands import cite, proof, references, verify
from dossierbuild.console import Progress
from dossierbuild.core.catalogue import Language, Severity
from dossierbuild.core.model import BuildOptions, Format, PublicationId, Step
from dossierbuild.core.problems import ExitCode, Place, as_json, as_text, problem
from dossierbuild.current import write_down
from dossierbuild.pipeline import Outcome, build, check
from dossierbuild.program import cache_folder, program_digest, styles_folder
from dossierbuild.starter import start_dossier
from dossierbuild.tools.store import Store
from dossierbuild.twice import built_twice
from dossierbuild.workshop import Workshop, workshop

# The commands that work on what is named, without building.
_EDITING = MappingProxyType({"cite": cite.run, "references": references.run, "verify": verify.run, "proof": proof.run})

TEXTS = MappingProxyType(
    {
        Language.NL: {
            "built": "{dossier}: {count} bestanden staan in {folder}",
            "twice": "{dossier}: tweemaal gebouwd, {count} bestanden byte voor byte gelijk; ze staan in {folder}",
            "unchanged": "{dossier}: niets veranderd; de bestanden in {folder} zijn actueel",
            "checked": "{dossier}: geen problemen",
            "stopped": "{dossier}: {errors} fout(en), {warnings} waarschuwing(en); er is niets gepubliceerd",
            "warned": "{dossier}: {warnings} waarschuwing(en)",
            "started": "{folder}: een nieuw dossier; bouw het met: dossierbuild build {folder}",
        },
        Language.EN: {
            "built": "{dossier}: {count} files are in {folder}",
            "twice": "{dossier}: built twice, {count} files the same byte for byte; they are in {folder}",
            "unchanged": "{dossier}: nothing changed; the files in {folder} are up to date",
            "checked": "{dossier}: no problems",
            "stopped": "{dossier}: {errors} error(s), {warnings} warning(s); nothing was published",
            "warned": "{dossier}: {warnings} warning(s)",
            "started": "{folder}: a new dossier; build it with: dossierbuild build {folder}",
        },
    }
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code (0 good, 2 usage, 3 sources, 4 verification, 5 a tool is missing)."""
    parser = _parser()
    given = parser.parse_args(arguments)
    if given.command == "new":
        return _new(given)
    if given.command in _EDITING:
        return _EDITING[given.command](given).value
    worst = 0
    for dossier in given.dossier or ["sources"]:
        outcome = _run(given, dossier)
        if outcome.sums and given.command == "build" and given.twice:
            outcome = _twice(outcome, given, dossier)
        said, warned = _texts(outcome, given, dossier)
        print(warned, end="", file=sys.stderr)
        print(said, end="")
        if outcome.sums and len(given.dossier) <= 1 and not _is_special(given):
            texts = _texts(dataclasses.replace(outcome, unchanged=True), given, dossier)
            folder = str(outcome.published[0].parent)
            write_down(arguments or sys.argv[1:], dossier, folder, outcome.inputs, outcome.sums, texts)
        worst = max(worst, outcome.exit_code.value)
    return worst


def _is_special(given: argparse.Namespace) -> bool:
    """Whether a build is one that is never said again without doing it."""
    return bool(given.previous or given.explain or given.fresh or getattr(given, "twice", False))


def _twice(outcome: Outcome, given: argparse.Namespace, dossier: str) -> Outcome:
    """The outcome of a build that went well, after another one elsewhere."""
    named = (("--only", given.only), ("--format", given.format), ("--theme", [given.theme] if given.theme else None))
    options = [word for name, values in named for value in values or () for word in (name, value)]
    options += ["--draft"] if given.draft else []
    found = built_twice(Path(dossier), outcome.published[0].parent, options)
    code = ExitCode.VERIFICATION if found else outcome.exit_code
    return dataclasses.replace(outcome, problems=(*outcome.problems, *found), exit_code=code)


def _run(given: argparse.Namespace, dossier: str) -> Outcome:
    options = BuildOptions(
        root=dossier,
        output=getattr(given, "output", "output"),
        only=tuple(PublicationId(name) for name in getattr(given, "only", None) or ()),
        formats=tuple(Format(name) for name in getattr(given, "format", None) or ()),
        jobs=given.jobs,
        fresh=given.fresh,
        draft=given.draft,
        theme=getattr(given, "theme", ""),
        previous=given.previous,
    )
    with Progress(quiet=given.command == "check") as progress:
        steps: list[Step] = []

        def report(step: Step) -> None:
            steps.append(step)
            progress.show(step)

        with workshop(
            Store(Path(cache_folder())),
            scope=str(Path(dossier).resolve()),
            program=program_digest(),
            workers=options.jobs,
            fresh=options.fresh,
            report=report,
        ) as shop:
            outcome = _command(given.command, options)(shop)
    if given.explain:
        for step in steps:
            made = "made" if step.made else "reused"
            print(f"{step.name:<16}{made:<8}{step.seconds:7.2f} s  {step.subject}: {step.reason}")
    return outcome


def _command(name: str, options: BuildOptions) -> Callable[[Workshop], Outcome]:
    if name == "check":
        return lambda shop: check(options, Path(styles_folder()), shop)
    return lambda shop: build(options, Path(styles_folder()), shop)


def _texts(outcome: Outcome, given: argparse.Namespace, dossier: str) -> tuple[str, str]:
    """What a run says to standard output and to standard error."""
    language = Language(given.language) if given.language else outcome.language
    text = as_json if given.format_problems == "json" else as_text
    warned = []
    for one in outcome.problems:
        in_dossier = not one.place.path or (Path(dossier) / one.place.path).exists()
        warned.append(f"{text(one, language, dossier if in_dossier else '')}\n")
    errors = sum(one.severity is Severity.ERROR for one in outcome.problems)
    counts = {"dossier": dossier, "errors": errors, "warnings": len(outcome.problems) - errors}
    words = TEXTS[language]
    if outcome.exit_code is not ExitCode.GOOD:
        stopped = () if outcome.published else (words["stopped"].format(**counts), "\n")
        return "", "".join((*warned, *stopped))
    if given.command == "check":
        said = words["warned" if outcome.problems else "checked"].format(**counts)
    else:
        folder = outcome.published[0].parent if outcome.published else Path(given.output)
        key = "twice" if given.twice else "unchanged" if outcome.unchanged else "built"
        said = words[key].format(**counts, count=len(outcome.published), folder=folder)
    return f"{said}\n", "".join(warned)


def _new(given: argparse.Namespace) -> int:
    folder = Path(given.folder)
    language = Language(given.language or "nl")
    if folder.exists() and any(folder.iterdir()):
        print(as_text(problem("D134", Place(""), path=folder), language, given.folder), file=sys.stderr)
        return ExitCode.SOURCES.value
    start_dossier(folder, language)
    print(TEXTS[language]["started"].format(folder=folder))
    return ExitCode.GOOD.value


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dossierbuild",
        description="Makes a dossier, its summary and its infographic from one set of sources, each as PDF, HTML and "
        "EPUB, with the same citations everywhere.",
        epilog="exit codes: 0 good, 2 wrong use, 3 problems in the sources, 4 an output failed its verification, "
        "5 a tool is missing",
    )
    parser.add_argument("--version", action="version", version=f"dossierbuild {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    make = commands.add_parser("build", help="make the publications", description=_BUILD)
    _dossier_arguments(make)
    make.add_argument("--output", metavar="DIR", default="output", help="where to put them (default: output)")
    make.add_argument("--only", metavar="PUBLICATION", action="append", help="only this publication; may be repeated")
    formats = [one.value for one in Format]
    make.add_argument("--format", action="append", choices=formats, help="only this format; may be repeated")
    make.add_argument("--theme", metavar="NAME", default="", help="another theme from styles/themes")
    make.add_argument(
        "--twice", action="store_true", help="build it again under other circumstances and compare every byte"
    )
    look = commands.add_parser("check", help="report every problem in the sources", description=_CHECK)
    _dossier_arguments(look)
    start = commands.add_parser("new", help="start a dossier", description=_NEW)
    start.add_argument("folder", metavar="FOLDER", help="a folder that does not exist yet, or is empty")
    start.add_argument("--language", choices=["nl", "en"], help="language of the dossier (default: nl)")
    cite.arguments(commands.add_parser("cite", help="turn pasted citations into keys", description=cite.DESCRIPTION))
    convert = "turn a reference list into tidy CSL-YAML"
    references.arguments(commands.add_parser("references", help=convert, description=references.DESCRIPTION))
    again = "open a built edition again and judge it"
    verify.arguments(commands.add_parser("verify", help=again, description=verify.DESCRIPTION))
    sheets = "show all pages of a built edition on contact sheets"
    proof.arguments(commands.add_parser("proof", help=sheets, description=proof.DESCRIPTION))
    return parser


_BUILD = "Makes all publications of a dossier. Nothing is put in place unless every file is made and verified."
_CHECK = "Reports every problem in a dossier's sources, with its place and how to mend it; makes nothing."
_NEW = "Starts a small dossier that builds at once."


def _dossier_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("dossier", metavar="DOSSIER", nargs="*", help="folder with a dossier.yaml (default: sources)")
    parser.add_argument(
        "--jobs", metavar="N", type=_workers, default=0, help="work in N processes (default: one per core)"
    )
    parser.add_argument("--fresh", action="store_true", help="make everything anew, without what was kept")
    parser.add_argument("--explain", action="store_true", help="say why each thing was made or reused")
    parser.add_argument("--draft", action="store_true", help="warnings do not stop; unfinished chapters are marked")
    parser.add_argument(
        "--previous", metavar="MANIFEST", default="",
        help="manifest.json of the previous edition: tell which works are called otherwise now",
    )  # fmt: skip
    parser.add_argument("--language", choices=["nl", "en"], help="language of the messages (default: the dossier's)")
    parser.add_argument("--format-problems", choices=["text", "json"], default="text", help="how problems are printed")


def _workers(value: str) -> int:
    count = int(value)
    if not 0 <= count <= 4 * (os.cpu_count() or 1) + 32:
        raise argparse.ArgumentTypeError(f"{value}")
    return count
