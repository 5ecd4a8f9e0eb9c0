"""`dossierbuild tidy`: what was pasted is written as it was meant, where that is sure."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from dossierbuild.commands.files import change_file, dossier_of, read_named_file
from dossierbuild.commands.messages import Messages
from dossierbuild.core.catalogue import Language
from dossierbuild.core.model import SourceFile
from dossierbuild.core.problems import Checked, ExitCode, Place, in_order, problem
from dossierbuild.examination import Examined, examine
from dossierbuild.outcome import lacking
from dossierbuild.program import styles_folder
from dossierbuild.scheduler import OutOfBoundsError, local_scheduler
from dossierbuild.stages.parse import decode, parse_infographic
from dossierbuild.stages.read import read_files
from dossierbuild.stages.tidy import (
    Known,
    Manuscript,
    findings,
    manuscript_of_panels,
    manuscript_of_text,
    slips,
    tidied,
)

_NOTHING = Examined(language=Language.NL, sources=None, look=None, problems=())


@dataclass(frozen=True, slots=True, kw_only=True)
class TidyCommand:
    """Write what was pasted in `files` as it was meant; the files change only when asked to `write`.

    `dossier` is the folder with what the texts refer to, by default the nearest dossier around each file.
    """

    files: tuple[str, ...]
    dossier: str = ""
    write: bool = False
    messages: Messages


def run(asked: TidyCommand) -> ExitCode:
    """Show or write the change of each file."""
    dossiers: dict[Path | None, Examined] = {}
    ends = []
    for name in asked.files:
        root = dossier_of(name, asked.dossier)
        whole = os.path.realpath(root or os.curdir)
        try:
            dossiers[root] = dossiers.get(root) or _examined(root, whole)
        except OSError as error:
            asked.messages.tell(lacking(error), whole)
            return ExitCode.TOOL
        ends.append(_tidy_file(name, _known(name, root, dossiers[root]), dossiers[root].language, asked))
    return ExitCode.worst(ends)


def _examined(root: Path | None, whole: str) -> Examined:
    """What a dossier says; nothing where there is none or too much, since most that is pasted can be mended without."""
    files = read_files(root, Path(styles_folder())) if root else None
    if root is None or files is None or files.value is None:
        return _NOTHING
    with local_scheduler() as scheduler, scheduler.run(whole) as steps:
        try:
            return examine(files, "", steps)
        except OutOfBoundsError:
            return _NOTHING


def _known(name: str, root: Path | None, examined: Examined) -> Known:
    """What the text of a file can refer to; nothing where it lies elsewhere or is not of the dossier."""
    path, whole = Path(os.path.realpath(name)), os.path.realpath(root or "")
    if root is None or not path.is_relative_to(whole):
        return Known()
    return examined.known.get(path.relative_to(whole).as_posix(), Known())


def _tidy_file(name: str, known: Known, language: Language, asked: TidyCommand) -> ExitCode:
    messages = asked.messages.of(language)
    file = read_named_file(name)
    reader = _reader(file.value) if file.value else Checked(None, file.problems)
    if file.value is None or reader.value is None:
        return messages.tell(reader.problems)
    before = reader.value(file.value.data.decode("utf-8"))
    assert before is not None
    after, count = tidied(before, reader.value, known)
    path = file.value.path
    unwritten = change_file(path, file.value.data, after.prose.text.encode("utf-8"), write=asked.write)
    is_written = asked.write and not unwritten
    ending = "untidied" if not count else "tidied" if is_written else "tidiable"
    messages.close(messages.words(ending, file=path, count=count))
    manuscript = after if is_written else before
    left = [finding for finding in findings(manuscript, known) if finding.mend is None]
    end = messages.tell(in_order([*slips(manuscript, left, ""), *unwritten]))
    return ExitCode.TOOL if unwritten else end


def _reader(file: SourceFile) -> Checked[Callable[[str], Manuscript | None]]:
    """What makes a text of this file a manuscript, by what its name says that it is."""
    decoded = decode(file)
    if decoded.value is None:
        return Checked(None, decoded.problems)
    if file.path.endswith(".md"):
        return Checked(partial(manuscript_of_text, file.path))
    if not file.path.endswith((".yaml", ".yml")):
        return Checked(None, (problem("D238", Place(file.path), path=file.path),))
    parsed = parse_infographic(file)
    return Checked(partial(_panels, file.path) if parsed.value else None, parsed.problems)


def _panels(path: str, text: str) -> Manuscript | None:
    """The panels of an infographic as they were typed; None where the text is not one."""
    file = SourceFile(path, text.encode("utf-8"), "")
    parsed = parse_infographic(file).value
    return manuscript_of_panels(parsed, file) if parsed else None
