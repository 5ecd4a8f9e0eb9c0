"""LibreOffice, where the machine has it: drawings of Windows (EMF, WMF) as pictures. No one needs to have it.

It runs on files of its own in an empty folder, with a profile of its own, and is ended when it takes too long.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

SECONDS = 60
"""How long all drawings of a document may take, its start included."""
_NAMES = ("soffice", "libreoffice")


def has_office() -> bool:
    """Whether there is a LibreOffice on this machine."""
    return _program() is not None


def _program() -> str | None:
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


def as_png(drawings: Mapping[str, bytes]) -> dict[str, bytes]:
    """Each drawing as PNG, by its name, which ends in `.emf` or `.wmf`; those that could not be made are not there."""
    program = _program()
    if program is None or not drawings:
        return {}
    with TemporaryDirectory(prefix="dossierbuild-") as folder:
        here = Path(folder)
        files = {name: here / f"{number}{Path(name).suffix.lower()}" for number, name in enumerate(drawings)}
        for name, file in files.items():
            file.write_bytes(drawings[name])
        _run([program, *_arguments(here), *map(str, files.values())], here)
        made = {name: here / "png" / f"{file.stem}.png" for name, file in files.items()}
        return {name: file.read_bytes() for name, file in made.items() if file.is_file()}


def _arguments(here: Path) -> tuple[str, ...]:
    profile = f"-env:UserInstallation={(here / 'profile').as_uri()}"
    return (profile, "--headless", "--norestore", "--convert-to", "png", "--outdir", str(here / "png"))


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
