"""`dossierbuild proof`: every page of a built edition as a picture, for a designer to look at."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dossierbuild.commands.messages import Messages
from dossierbuild.core.catalogue import Language
from dossierbuild.core.edition import edition_in
from dossierbuild.core.interruption import in_one_go
from dossierbuild.core.problems import NOWHERE, ExitCode, problem
from dossierbuild.core.reasons import of_system
from dossierbuild.proof import DamagedError, Shown, proof_page, show_edition
from dossierbuild.tools.browser import Browser, BrowserError, find_browser, open_browser


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofCommand:
    """Show the pages of the editions in `folders`."""

    folders: tuple[str, ...]
    messages: Messages


def run(asked: ProofCommand) -> ExitCode:
    """Make the proof of each folder."""
    return ExitCode.worst(_proof(Path(os.path.realpath(folder)), asked) for folder in asked.folders)


def _proof(folder: Path, asked: ProofCommand) -> ExitCode:
    found = edition_in(folder)
    own = Language.of(found.value.language) if found.value else Language.NL
    messages = asked.messages.of(own)
    if found.value is None:
        return messages.tell(found.problems)
    try:
        with _browser() as browser:
            shown = show_edition(folder, found.value, browser)
    except BrowserError:
        messages.tell([problem("D503", NOWHERE, what="Chromium")])
        return ExitCode.TOOL
    except DamagedError as error:
        messages.tell([problem("D624", NOWHERE, file=error)])
        return ExitCode.VERIFICATION
    target = folder.parent / f"{folder.name}-proof"
    if not _is_free(target):
        messages.tell([problem("D182", NOWHERE, path=target)])
        return ExitCode.TOOL
    try:
        with in_one_go():
            _write(target, shown, proof_page(folder.name, own, shown))
    except OSError as error:
        messages.tell([problem("D149", NOWHERE, path=target, reason=of_system(error))])
        return ExitCode.TOOL
    if browser is None:
        print(messages.words("blind"))
    count = sum(len(publication.sheets) for publication in shown)
    print(messages.words("proved", folder=target, count=count, page=target / "index.html"))
    return ExitCode.GOOD


@contextmanager
def _browser() -> Iterator[Browser | None]:
    program = find_browser()
    with open_browser(program) if program else contextlib.nullcontext() as browser:
        yield browser


def _is_free(target: Path) -> bool:
    """Whether there is nothing at a path, or a folder that holds no more than a proof does."""
    if not target.is_dir() or target.is_symlink():
        return not os.path.lexists(target)
    inside = list(target.iterdir())
    return all(path.name == "index.html" or path.suffix == ".png" for path in inside) and any(
        path.suffix == ".png" for path in inside
    )


def _write(target: Path, shown: tuple[Shown, ...], page: bytes) -> None:
    """Put the proof in its folder, in place of an earlier one."""
    if target.is_dir():
        shutil.rmtree(target)
    target.mkdir()
    for name, png in (sheet for publication in shown for sheet in publication.sheets):
        (target / name).write_bytes(png)
    (target / "index.html").write_bytes(page)
