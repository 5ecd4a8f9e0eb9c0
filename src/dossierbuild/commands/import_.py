"""`dossierbuild import`: a book of Quarto, bookdown or pandoc becomes a dossier; what cannot be taken is told."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from dossierbuild.commands.documents import read_named_document
from dossierbuild.commands.messages import Messages
from dossierbuild.core.catalogue import Language
from dossierbuild.core.problems import NOWHERE, ExitCode, Place, has_errors, in_order, problem
from dossierbuild.stages.adopt import adopt
from dossierbuild.stages.read import read_book_files
from dossierbuild.starter import start_from

REPORT = "import.log"
"""The file of the new dossier that holds all that was told, however much it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportCommand:
    """Make the dossier `new` of the book in `folder`."""

    folder: str
    new: str
    messages: Messages


def run(asked: ImportCommand) -> ExitCode:
    """Make the dossier whole or not at all; the folder of the book stays as it is."""
    folder, new, messages = Path(asked.folder), Path(asked.new), asked.messages
    if os.path.lexists(new):
        return messages.tell([problem("D802", NOWHERE, path=new)], asked.new)
    if folder.is_file() and (document := read_named_document(asked.folder)).value is None:
        return messages.tell(document.problems)
    if not folder.is_dir():
        return messages.tell([problem("D117", Place(folder.as_posix()), path=folder.as_posix(), nearest="")])
    files = read_book_files(folder)
    if files.value is None or has_errors(files.problems):
        return messages.tell(in_order(files.problems), asked.folder)
    adopted = adopt(files.value, folder.resolve().name)
    if adopted.value is None:
        return messages.tell(in_order((*files.problems, *adopted.problems)), asked.folder)
    messages = messages.of(Language.of(adopted.value.language))
    told = in_order((*files.problems, *adopted.problems))
    report = messages.lines(told, asked.folder).encode("utf-8", "replace")
    try:
        start_from(new, {**adopted.value.files, REPORT: report})
    except OSError as error:
        reason = error.strerror or error
        messages.tell([problem("D149", NOWHERE, path=new, reason=reason)])
        return ExitCode.TOOL
    end = messages.tell(told, asked.folder)
    counts = messages.counts(told)
    report_path = new / REPORT
    messages.close(messages.words("imported", folder=new, counts=counts, report=report_path, program=messages.called))
    return end
