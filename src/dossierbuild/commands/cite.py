"""`dossierbuild cite`: citations that were pasted as plain text become keys, where exactly one work fits."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dossierbuild.commands.files import change_file, dossier_of, read_named_file
from dossierbuild.commands.messages import Messages
from dossierbuild.core.ast import Prose
from dossierbuild.core.catalogue import Language, Severity
from dossierbuild.core.model import Files, InfographicText, PublicationId, SourceFile, Sources, TextFile
from dossierbuild.core.problems import Checked, ExitCode, Place, Problem, has_errors, in_order, problem
from dossierbuild.examination import examine, index_works
from dossierbuild.outcome import LACKS, lacking
from dossierbuild.program import styles_folder
from dossierbuild.scheduler import Job, Run, local_scheduler
from dossierbuild.stages.cite import printed_alone, request_alone, resolve_citations
from dossierbuild.stages.parse import parse_infographic, parse_text
from dossierbuild.stages.read import read_files
from dossierbuild.stages.recognise import (
    ProseFile,
    Recognised,
    WorkIndex,
    convertible,
    is_faithful,
    label_request,
    problems_of,
    prose_of,
    readings,
    recognise,
    replaced,
    text_of_each,
    unread_problems,
    words_of,
)


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
    found = with_keys(file.value, parsed.value, sources, steps)
    unwritten = change_file(file.value.path, file.value.data, found.text, write=write)
    ending = "uncited" if not found.count else "cited" if write and not unwritten else "citable"
    messages.close(messages.words(ending, file=file.value.path, count=found.count))
    end = messages.tell(in_order([*found.problems, *unwritten]))
    return ExitCode.TOOL if unwritten else end


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyed:
    """A file with keys for `count` of its typed citations, and what is to be told of the others."""

    text: bytes
    count: int
    problems: tuple[Problem, ...]


def with_keys(file: SourceFile, parsed: TextFile | InfographicText, sources: Sources, steps: Run) -> Keyed:
    """A file whose typed citations are keys, where exactly one work fits and prints what was typed."""
    prose = prose_of(parsed, file)
    index = index_works((prose,), (*sources.citing, parsed), sources, steps)
    citations = recognise(prose, index)
    read = _read_alone(tuple(citation for citation in citations if citation.is_whole), sources)
    printed = _printed(read, index, sources, steps)
    faithful = {
        citation: reading
        for citation, reading in read.items()
        if is_faithful(citation.text, printed[citation], [index.works[key] for key in citation.keys])
    }
    otherwise = {citation: printed[citation] for citation in read if citation not in faithful}
    sound = convertible(prose, faithful, parsed, lambda text: _parsed_again(prose.path, text, sources))
    left = [citation for citation in citations if not citation.is_whole]
    told = (
        *_kept_as_typed(prose, citations, sound, otherwise),
        *problems_of(prose, left, index, sources.references_path),
        *unread_problems(prose, citations, index),
    )
    return Keyed(text=replaced(prose.text, sound).encode("utf-8"), count=len(sound), problems=told)


def _read_alone(citations: Sequence[Recognised], sources: Sources) -> Mapping[Recognised, Prose]:
    """What each citation is with its keys where nothing stands around it."""
    alone = SourceFile("", text_of_each(citations).encode("utf-8"), "")
    parsed = parse_text(alone, Language.of(sources.manifest.language)).value if citations else None
    return readings(citations, parsed) if parsed else {}


def _printed(
    read: Mapping[Recognised, Prose], index: WorkIndex, sources: Sources, steps: Run
) -> Mapping[Recognised, str]:
    """What each citation prints in a publication of its own; nothing where citations cannot be resolved."""
    names = {PublicationId(str(number)): citation for number, citation in enumerate(read)}
    keys = [label.key for label in index.labels]
    labels = label_request(sources.references, keys, sources.style, sources.manifest.language)
    request = request_alone({name: read[citation] for name, citation in names.items()}, labels)
    resolved = steps.one("labels", resolve_citations, Job("printed", (request,))).value if read else None
    if resolved is None:
        return dict.fromkeys(read, "")
    return {citation: words_of(printed_alone(name, read[citation], resolved)) for name, citation in names.items()}


def _kept_as_typed(
    prose: ProseFile, citations: Sequence[Recognised], sound: Sequence[Recognised], otherwise: Mapping[Recognised, str]
) -> Iterator[Problem]:
    """D237, D248: a citation stays as it was typed where keys cannot stand, or would print what is in `otherwise`."""
    for citation in citations:
        if not citation.is_whole or citation in sound:
            continue
        place, text, written = prose.place(citation.start), citation.text, citation.written
        if citation in otherwise:
            yield problem("D248", place, text, text=text, written=written, printed=otherwise[citation])
        else:
            yield problem("D237", place, text, text=text, written=written)


def parse_prose(file: SourceFile, sources: Sources) -> Checked[TextFile] | Checked[InfographicText]:
    """A file as what its name says it is."""
    if file.path.endswith(".md"):
        return parse_text(file, Language.of(sources.manifest.language))
    if file.path.endswith((".yaml", ".yml")):
        return parse_infographic(file, Language.of(sources.manifest.language))
    return Checked(None, (problem("D238", Place(file.path), path=file.path),))


def _parsed_again(path: str, text: str, sources: Sources) -> TextFile | InfographicText | None:
    return parse_prose(SourceFile(path, text.encode("utf-8"), ""), sources).value
