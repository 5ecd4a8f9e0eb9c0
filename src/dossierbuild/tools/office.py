"""LibreOffice, where the machine has it: drawings of Windows (EMF, WMF) as pictures. Nobody needs to have it.

It runs on a file of its own in an empty folder, with a profile of its own, and is ended when it takes too long.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

SECONDS = 60
"""How long it may take, its start included."""
_IMAGE = re.compile(r"<img [^<>]*+>")
_SAID = re.compile(r'(?<!\w)(\w++)="([^"]*+)"')
_NAMES = ("soffice", "libreoffice")


def has_office() -> bool:
    """Whether there is a LibreOffice on this machine."""
    return _program() is not None


def _program() -> str | None:
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


def pictures_in(document: bytes) -> dict[str, tuple[str, bytes]]:
    """The pictures of a Word document by their names, each as a file of pixels with its suffix; none where there is no
    LibreOffice.

    A page made by its writer has them as such: its program for drawings is often not installed.
    """
    program = _program()
    if program is None:
        return {}
    with TemporaryDirectory(prefix="dossierbuild-") as folder:
        here = Path(folder)
        (here / "in.docx").write_bytes(document)
        profile = f"-env:UserInstallation={(here / 'profile').as_uri()}"
        made = ("--convert-to", "html:HTML (StarWriter)", "--outdir", str(here), str(here / "in.docx"))
        _run([program, profile, "--headless", "--norestore", *made], here)
        page = here / "in.html"
        tags = _IMAGE.findall(page.read_text("utf-8", "replace")) if page.is_file() else []
        return dict(_shown(tags, here))


def _shown(tags: Iterable[str], folder: Path) -> Iterator[tuple[str, tuple[str, bytes]]]:
    for tag in tags:
        said = dict(_SAID.findall(tag))
        file = folder / Path(said.get("src", "")).name
        if said.get("name") and file.is_file():
            yield said["name"], (file.suffix, file.read_bytes())


def _run(command: list[str], here: Path) -> None:
    environment = {**os.environ, "HOME": str(here), "SAL_USE_VCLPLUGIN": "svp"}
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=here,
        env=environment,
        start_new_session=True,
    )
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End it with all that it has started."""
    with suppress(ProcessLookupError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
