"""`dossierbuild build` and `dossierbuild check`: dossiers go through the pipeline, whole or as far as their sources."""

from __future__ import annotations

import dataclasses
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from dossierbuild.commands.messages import Messages
from dossierbuild.commands.words import has_words
from dossierbuild.console import Progress
from dossierbuild.core.model import BuildOptions, Step
from dossierbuild.core.problems import ExitCode, capped
from dossierbuild.outcome import Outcome, language_of, refused_together
from dossierbuild.pipeline import build, check
from dossierbuild.program import cache_folder, styles_folder
from dossierbuild.reproducible import built_twice
from dossierbuild.scheduler import Run, Scheduler, local_scheduler
from dossierbuild.up_to_date import write_down

Pipeline = Callable[[BuildOptions, Path, Run], Outcome]


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildCommand:
    """Make the publications of dossiers, one after the other.

    `explain` prints why each thing was made, `twice` holds a second build against the first. By `typed`, the words of
    the command line, a command that has nothing to do is known the next time; without them nothing is written down.
    """

    dossiers: tuple[BuildOptions, ...]
    explain: bool = False
    twice: bool = False
    typed: tuple[str, ...] = ()
    messages: Messages


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckCommand:
    """Look for every problem in the sources of dossiers."""

    dossiers: tuple[BuildOptions, ...]
    explain: bool = False
    messages: Messages


def run_build(asked: BuildCommand) -> ExitCode:
    """Build each dossier; the exit code is the worst of theirs. Where two have one slug, none is built."""
    if refused := _refused(asked.dossiers, asked.messages):
        return ExitCode.worst(refused)
    with local_scheduler(_workers(asked.dossiers)) as scheduler:
        _tell_of_no_cache(scheduler, asked.messages)
        return ExitCode.worst([_build(options, asked, scheduler) for options in asked.dossiers])


def run_check(asked: CheckCommand) -> ExitCode:
    """Check each dossier, and whether they can be built together; the exit code is the worst of theirs."""
    refused = _refused(asked.dossiers, asked.messages)
    with local_scheduler(_workers(asked.dossiers)) as scheduler:
        _tell_of_no_cache(scheduler, asked.messages)
        return ExitCode.worst([*refused, *(_check(options, asked, scheduler) for options in asked.dossiers)])


def _tell_of_no_cache(scheduler: Scheduler, messages: Messages) -> None:
    """Say that nothing is kept for the next time, where the cache folder is not the user's own."""
    if scheduler.store.folder is None:
        messages.close(messages.words("no cache", folder=cache_folder()))


def _refused(dossiers: tuple[BuildOptions, ...], messages: Messages) -> list[ExitCode]:
    """The exit codes of dossiers that cannot be built together, of which it is told."""
    refused = refused_together(dossiers)
    for root, outcome in refused:
        _say(outcome, root, "", messages.of(outcome.language))
    return [outcome.exit_code for _, outcome in refused]


def _workers(dossiers: tuple[BuildOptions, ...]) -> int:
    return max(options.jobs for options in dossiers)


def _build(options: BuildOptions, asked: BuildCommand, scheduler: Scheduler) -> ExitCode:
    outcome = _through(build, options, asked.messages, scheduler, explain=asked.explain)
    if outcome.checksums and asked.twice:
        outcome = _with_second(outcome, options)
    messages = asked.messages.of(outcome.language)
    ending = _built(outcome, options, messages, key="twice" if asked.twice else "built")
    _say(outcome, options.root, ending, messages)
    if outcome.checksums and asked.typed and len(asked.dossiers) == 1 and not _is_special(options, asked):
        again = _built(outcome, options, messages, key="unchanged")
        texts = (f"{again}\n", _told(outcome, options.root, messages))
        folder = str(outcome.published[0].parent)
        write_down(asked.typed, options.root, folder, outcome.inputs, outcome.checksums.text, texts)
    return outcome.exit_code


def _check(options: BuildOptions, asked: CheckCommand, scheduler: Scheduler) -> ExitCode:
    outcome = _through(check, options, asked.messages, scheduler, explain=asked.explain)
    messages = asked.messages.of(outcome.language)
    key = "counted" if outcome.problems else "checked"
    ending = messages.words(key, dossier=options.root, counts=messages.counts(outcome.problems))
    _say(outcome, options.root, ending, messages)
    return outcome.exit_code


def _through(
    pipeline: Pipeline, options: BuildOptions, messages: Messages, scheduler: Scheduler, *, explain: bool
) -> Outcome:
    """The outcome of a run through the pipeline; a build shows its progress, and each may explain its steps."""
    messages = messages.of(language_of(Path(options.root)))
    steps: list[Step] = []
    progress = Progress(partial(_progress, messages) if pipeline is build and not messages.json else None)

    def report(step: Step) -> None:
        steps.append(step)
        progress.show(step)

    with progress, scheduler.run(os.path.realpath(options.root), fresh=options.fresh, report=report) as run:
        outcome = pipeline(options, Path(styles_folder()), run)
    for step in steps if explain else ():
        made = messages.words("made" if step.made else "reused")
        name = messages.words(f"step: {step.name}")
        print(f"{name:<24}{made:<12}{step.seconds:7.2f} s  {step.subject}: {_reason(step, messages)}")
    return outcome


def _progress(messages: Messages, done: int, step: Step) -> str:
    key, name = "step made" if step.made else "step", messages.words(f"step: {step.name}")
    seconds = f"{step.seconds:.1f}"
    return messages.words(key, done=done, begun=max(done, step.begun), name=name, subject=step.subject, seconds=seconds)


def _reason(step: Step, messages: Messages) -> str:
    """Why a step was done or not, in the reader's language, or what came out of it; the parts that changed go by their
    names in the program."""
    reason, _, parts = step.reason.partition(": ")
    if reason != "unchanged" and not has_words(reason):
        return step.reason
    return messages.words("unchanged step" if reason == "unchanged" else reason, parts=parts)


def _with_second(outcome: Outcome, options: BuildOptions) -> Outcome:
    """The outcome of a build that went well, after another one elsewhere."""
    formats = [wanted.value for wanted in options.formats]
    named = (("--only", options.only), ("--format", formats), ("--theme", [options.theme] if options.theme else []))
    typed = [word for name, values in named for value in values for word in (name, value)]
    typed += ["--draft"] if options.draft else []
    found = built_twice(Path(options.root), outcome.published[0].parent, typed)
    code = ExitCode.VERIFICATION if found else outcome.exit_code
    return dataclasses.replace(outcome, problems=(*outcome.problems, *found), exit_code=code)


def _is_special(options: BuildOptions, asked: BuildCommand) -> bool:
    """Whether a build is one that is never said again without doing it."""
    return bool(options.previous or options.fresh or asked.explain or asked.twice)


def _built(outcome: Outcome, options: BuildOptions, messages: Messages, *, key: str) -> str:
    """The closing line of a build that went well: `unchanged` where nothing was made, else by its key."""
    folder = outcome.published[0].parent if outcome.published else Path(options.output)
    shown = "unchanged" if outcome.unchanged and key == "built" else key
    line = messages.words(shown, dossier=options.root, count=len(outcome.published), folder=folder)
    return f"{line}; {messages.counts(outcome.problems)}" if outcome.problems else line


def _say(outcome: Outcome, root: str, ending: str, messages: Messages) -> None:
    """Print the problems, and the ending on standard output; after a failure it says that nothing was published."""
    print(_told(outcome, root, messages), end="", file=sys.stderr, flush=True)
    if outcome.exit_code is ExitCode.GOOD:
        print(ending)
    elif not outcome.published:
        messages.close(messages.words("stopped", dossier=root, counts=messages.counts(outcome.problems)))


def _told(outcome: Outcome, root: str, messages: Messages) -> str:
    """The problems as printed, so many of each code; a path outside the dossier, as in styles/, stays as it is."""
    return "".join(
        messages.lines((found,), root if _is_below(root, found.place.path) else "")
        for found in capped(outcome.problems)
    )


def _is_below(root: str, path: str) -> bool:
    """Whether a path is one of the dossier, as is that of the dossier itself."""
    return not path or (not Path(path).is_absolute() and (Path(root) / path).exists())
