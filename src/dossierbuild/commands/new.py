"""`dossierbuild new`: a small dossier that builds at once, in a folder of its own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dossierbuild.commands.messages import Messages
from dossierbuild.core.interruption import in_one_go
from dossierbuild.core.problems import NOWHERE, ExitCode, problem
from dossierbuild.core.reasons import of_system
from dossierbuild.starter import start_dossier


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCommand:
    """Start a dossier in `folder`, in the language of the messages."""

    folder: str
    messages: Messages


def run(asked: NewCommand) -> ExitCode:
    """Start the dossier; a folder that holds something stays as it is."""
    folder, messages = Path(asked.folder), asked.messages
    try:
        if folder.exists() and any(folder.iterdir()):
            return messages.tell([problem("D134", NOWHERE, path=folder)], asked.folder)
        with in_one_go():
            start_dossier(folder, messages.language)
    except OSError as error:
        messages.tell([problem("D149", NOWHERE, path=folder, reason=of_system(error))], asked.folder)
        return ExitCode.TOOL
    print(messages.words("started", folder=folder, program=messages.called))
    return ExitCode.GOOD
