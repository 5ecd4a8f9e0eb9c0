"""`dossierbuild import`: a book, or a Word document, becomes a dossier; what cannot be taken is told."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dossierbuild.commands.cite import parse_prose, with_keys
from dossierbuild.commands.documents import read_named_document
from dossierbuild.commands.messages import Messages
from dossierbuild.commands.word_sources import sources_of
from dossierbuild.core.catalogue import Language
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.model import SourceFile
from dossierbuild.core.problems import NOWHERE, Checked, ExitCode, Place, Problem, has_errors, in_order, problem
from dossierbuild.core.word import Changes
from dossierbuild.examination import examine
from dossierbuild.outcome import LACKS, lacking
from dossierbuild.program import styles_folder
from dossierbuild.scheduler import local_scheduler
from dossierbuild.stages.adopt import Adopted, adopt
from dossierbuild.stages.adopt.word import PERSONAL, Headings, adopt_document, language_of_document
from dossierbuild.stages.parse.pictures import parse_picture
from dossierbuild.stages.read import files_of, read_book_files
from dossierbuild.starter import start_from

REPORT = "import.log"
"""The file of the new dossier that holds all that was told, however much it is, but for the names of people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportCommand:
    """Make the dossier `new` of `book`, a folder or a Word document.

    `changes` is what is done with the tracked changes of a document, and `headings` how its headings are told.
    """

    book: str
    new: str
    changes: Changes | None = None
    headings: Headings | None = None
    messages: Messages


def run(asked: ImportCommand) -> ExitCode:
    """Make the dossier whole or not at all; the book stays as it is."""
    book, new, messages = Path(asked.book), Path(asked.new), asked.messages
    if os.path.lexists(new):
        return messages.tell([problem("D802", NOWHERE, path=new)], asked.new)
    if book.is_dir():
        return _made(_of_folder(book), asked, root=asked.book)
    if book.is_file():
        try:
            return _made(_of_document(asked), asked)
        except LACKS as error:
            messages.tell(lacking(error), asked.book)
            return ExitCode.TOOL
    return messages.tell([problem("D117", Place(book.as_posix()), path=book.as_posix(), nearest="")])


def _of_folder(folder: Path) -> Checked[Adopted]:
    files = read_book_files(folder)
    if files.value is None or has_errors(files.problems):
        return Checked(None, files.problems)
    adopted = adopt(files.value, folder.resolve().name)
    return Checked(adopted.value, (*files.problems, *adopted.problems))


def _of_document(asked: ImportCommand) -> Checked[Adopted]:
    """D846: somebody has to say what becomes of tracked changes."""
    read = read_named_document(asked.book, asked.changes or Changes.ACCEPT)
    if read.value is None:
        return Checked(None, read.problems)
    held, name = read.value.held, Path(asked.book).as_posix()
    if asked.changes is None and (held.insertions or held.deletions):
        undecided = problem("D846", Place(name), insertions=held.insertions, deletions=held.deletions)
        return Checked(None, (*read.problems, undecided))
    found = sources_of(read.value, name, asked.headings, Language.of(language_of_document(read.value)))
    adopted = adopt_document(found.document, name, Path(asked.book).stem, is_picture, asked.headings, found.cited)
    assert adopted.value is not None
    return Checked(_with_keys(adopted.value), (*read.problems, *found.problems, *adopted.problems))


def _with_keys(adopted: Adopted) -> Adopted:
    """The dossier with keys for the citations that were typed, where exactly one work of its list fits."""
    files = files_of(adopted.files, Path(styles_folder()))
    with local_scheduler() as scheduler, scheduler.run("import") as steps:
        sources = examine(Checked(files), "", steps).sources
        if sources is None or not sources.references:
            return adopted
        texts = [(file, parse_prose(file, sources).value) for file in files.sources if file.path.endswith(".md")]
        keyed = {file.path: with_keys(file, text, sources, steps).text for file, text in texts if text is not None}
    return dataclasses.replace(adopted, files=FrozenMap({**adopted.files, **keyed}))


def is_picture(path: str, data: bytes) -> bool:
    """Whether a dossier can show a picture."""
    return parse_picture(SourceFile(path, data, "")).value is not None


def _made(adopted: Checked[Adopted], asked: ImportCommand, root: str = "") -> ExitCode:
    """Write the dossier, and tell what was told of it."""
    told, new, messages = in_order(adopted.problems), Path(asked.new), asked.messages
    if adopted.value is None:
        return messages.tell(told, root)
    messages = messages.of(Language.of(adopted.value.language))
    try:
        start_from(new, {**adopted.value.files, REPORT: _report(told, messages, root)})
    except OSError as error:
        reason = error.strerror or error
        messages.tell([problem("D149", NOWHERE, path=new, reason=reason)])
        return ExitCode.TOOL
    end = messages.tell(told, root)
    counts, report = messages.counts(told), new / REPORT
    messages.close(messages.words("imported", folder=new, counts=counts, report=report, program=messages.called))
    return end


def _report(told: Sequence[Problem], messages: Messages, root: str) -> bytes:
    """All that was told, but what names people."""
    stored = (found for found in told if found.code not in PERSONAL)
    return messages.lines(stored, root).encode("utf-8", "replace")
