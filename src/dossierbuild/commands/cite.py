"""`dossierbuild cite`: citations that were pasted as plain text become keys, where exactly one work fits."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dossierbuild.commands.files import change_file, dossier_of, read_named_file
from dossierbuild.commands.messages import Messages
from dossierbuild.core.catalogue import Language, Severity
from dossierbuild.core.model import Files, InfographicText, SourceFile, Sources, TextFile
from dossierbuild.core.problems import Checked, ExitCode, Place, has_errors, in_order, problem
from dossierbuild.examination import examine, index_works
from dossierbuild.outcome import LACKS, lacking
from dossierbuild.program import styles_folder
from dossierbuild.scheduler import Run, local_scheduler
from dossierbuild.stages.parse import parse_infographic, parse_text
from dossierbuild.stages.read import read_files
from dossierbuild.stages.recognise import convertible, problems_of, prose_of, recognise, replaced


@dataclass(frozen=True, slots=True, kw_only=True)
class CiteCommand:
    """Turn what was typed in `files` into keys; the files change only when asked to `write`.

    `dossier` is the folder with the reference list, by default the nearest dossier around each file.
    """

    files: tuple[str, ...]
    dossier: str = ""
    write: bool = False
    messages: Messages


def run(asked: CiteCommand) -> ExitCode:
    """Show or write the change of each file."""
    by_dossier: dict[Path | None, list[str]] = {}
    for name in asked.files:
        by_dossier.setdefault(dossier_of(name, asked.dossier), []).append(name)
    return ExitCode.worst(_run_in_dossier(root, names, asked) for root, names in by_dossier.items())


def _run_in_dossier(root: Path | None, names: Sequence[str], asked: CiteCommand) -> ExitCode:
    messages = asked.messages
    if root is None:
        return messages.tell([problem("D128", Place(names[0]), path=Path(names[0]).parent, nearest="")])
    files = read_files(root, Path(styles_folder()))
    if files.value is None:
        return messages.tell(files.problems, str(root))
    whole = os.path.realpath(root)
    try:
        return _cite_files(root, whole, files, names, asked)
    except LACKS as error:
        messages.tell(lacking(error), str(root))
        return ExitCode.TOOL


def _cite_files(root: Path, whole: str, files: Checked[Files], names: Sequence[str], asked: CiteCommand) -> ExitCode:
    messages = asked.messages
    with local_scheduler() as scheduler, scheduler.run(whole) as steps:
        examined = examine(files, "", steps)
        messages = messages.of(examined.language)
        if examined.sources is None or not examined.sources.references:
            stopping = [found for found in examined.problems if found.severity is Severity.ERROR]
            messages.tell(stopping or files.problems, str(root))
            return ExitCode.SOURCES
        sources = examined.sources
        return ExitCode.worst([_cite_file(name, sources, steps, messages, write=asked.write) for name in names])


def _cite_file(name: str, sources: Sources, steps: Run, messages: Messages, *, write: bool) -> ExitCode:
    file = read_named_file(name)
    parsed = parse_prose(file.value, sources) if file.value else Checked(None, file.problems)
    panels_fail = isinstance(parsed.value, InfographicText) and has_errors(parsed.problems)
    if file.value is None or parsed.value is None or panels_fail:
        return messages.tell(parsed.problems)
    prose = prose_of(parsed.value, file.value)
    index = index_works((prose,), (*sources.citing, parsed.value), sources, steps)
    citations = recognise(prose, index)
    sound = convertible(prose, citations, parsed.value, lambda text: _parsed_again(prose.path, text, sources))
    text = replaced(prose.text, sound).encode("utf-8")
    unwritten = change_file(prose.path, file.value.data, text, write=write)
    ending = "uncited" if not sound else "cited" if write and not unwritten else "citable"
    messages.close(messages.words(ending, file=prose.path, count=len(sound)))
    unsound = [citation for citation in citations if citation.is_whole and citation not in sound]
    left = [citation for citation in citations if not citation.is_whole]
    told = [
        problem("D237", prose.place(citation.start), citation.text, text=citation.text, written=citation.written)
        for citation in unsound
    ]
    end = messages.tell(in_order([*told, *problems_of(prose, left, index, sources.references_path), *unwritten]))
    return ExitCode.TOOL if unwritten else end


def parse_prose(file: SourceFile, sources: Sources) -> Checked[TextFile] | Checked[InfographicText]:
    """A file as what its name says it is."""
    if file.path.endswith(".md"):
        return parse_text(file, Language.of(sources.manifest.language))
    if file.path.endswith((".yaml", ".yml")):
        return parse_infographic(file, Language.of(sources.manifest.language))
    return Checked(None, (problem("D238", Place(file.path), path=file.path),))


def _parsed_again(path: str, text: str, sources: Sources) -> TextFile | InfographicText | None:
    return parse_prose(SourceFile(path, text.encode("utf-8"), ""), sources).value
