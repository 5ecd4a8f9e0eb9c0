"""`dossierbuild verify`: an edition that was built earlier is opened again and judged."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dossierbuild.commands.messages import Messages
from dossierbuild.core.problems import ExitCode, Problem, in_order, stops
from dossierbuild.program import PACKAGE
from dossierbuild.release import tool_versions
from dossierbuild.tools.paper import EngineError
from dossierbuild.tools.validators import Machine
from dossierbuild.verification import Inspection, Judgement, inspect_edition, judge_edition, other_system


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyCommand:
    """Judge the editions in `folders`; with `conformance`, by the validators that this machine has as well."""

    folders: tuple[str, ...]
    conformance: bool = False
    messages: Messages


def run(asked: VerifyCommand) -> ExitCode:
    """Verify each folder."""
    return ExitCode.worst(_verify(Path(folder), asked) for folder in asked.folders)


def _verify(folder: Path, asked: VerifyCommand) -> ExitCode:
    inspection = inspect_edition(folder)
    messages = asked.messages.of(inspection.language)
    problems: list[Problem] = [*inspection.problems, *_other_system(folder)]
    if asked.conformance and inspection.files:
        for judgement in judge_edition(folder, machine()):
            print(_line(judgement, messages), flush=True)
            problems += judgement.problems
    messages.tell(in_order(problems), str(folder))
    _summarise(folder, inspection, problems, messages)
    return ExitCode.VERIFICATION if stops(problems) else ExitCode.GOOD


def _other_system(folder: Path) -> tuple[Problem, ...]:
    """What is other here than where an edition was built; nothing where this machine cannot lay out at all."""
    try:
        return other_system(folder, tool_versions())
    except EngineError:
        return ()


def machine() -> Machine:
    """This machine; packages of Node are looked for where the user stands, and beside the tests of a checkout."""
    places = (Path.cwd() / "node_modules", Path(PACKAGE).parent.parent / "tests" / "conformance" / "node_modules")
    return Machine(tuple(place for place in places if place.is_dir()))


def _line(judgement: Judgement, messages: Messages) -> str:
    key = "absent" if judgement.files is None else "judged" if judgement.files else "idle"
    count = len(judgement.problems)
    return messages.words(key, tool=judgement.validator, files=judgement.files, count=count)


def _summarise(folder: Path, inspection: Inspection, problems: list[Problem], messages: Messages) -> None:
    counts = messages.counts(problems)
    if stops(problems):
        messages.close(messages.words("unsound", folder=folder, files=inspection.files, counts=counts))
    else:
        line = messages.words("sound", folder=folder, files=inspection.files)
        print(f"{line}; {counts}" if problems else line)
