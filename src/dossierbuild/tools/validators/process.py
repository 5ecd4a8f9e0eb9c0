"""Where validators are looked for, and how they are run: bounded in time, and without a network."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeVar

T = TypeVar("T")

TIME_LIMIT = 300
"""Seconds that a validator has for a file."""

# Port 9 discards; nothing listens there.
_NOWHERE = "http://127.0.0.1:9"


class ValidatorError(Exception):
    """A validator that came to no result; the text says why in one line."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a validator has against a file; `message` is one line."""

    path: Path
    message: str


@dataclass(frozen=True, slots=True)
class Machine:
    """Where to look: `modules` are folders with packages of Node (`node_modules`), besides the PATH."""

    modules: tuple[Path, ...] = ()

    def program(self, *names: str) -> str | None:
        """The first of these programs that the PATH has."""
        return next((found for name in names if (found := shutil.which(name))), None)

    def package(self, path: str) -> str | None:
        """A file of a package of Node: `vnu-jar/build/dist/vnu.jar`."""
        places = (folder / path for folder in self.modules)
        return next((str(place) for place in places if place.exists()), None)


def run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run a program to its end, and then end all that it started. Raises ValidatorError when it takes too long or
    cannot be started."""
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), _NOWHERE)
    # Files and not pipes: a browser that outlives the program that started it would hold a pipe open for ever.
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        try:
            process = subprocess.Popen(
                list(command),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                env={**os.environ, **proxies, **(environment or {})},
                start_new_session=True,
            )
        except OSError as error:
            raise ValidatorError(str(error)) from None
        try:
            process.wait(timeout=TIME_LIMIT)
        except subprocess.TimeoutExpired:
            raise ValidatorError(f"> {TIME_LIMIT} s") from None
        finally:
            _end(process)
        return subprocess.CompletedProcess(list(command), process.returncode, _text(out), _text(err))


def _text(written: IO[bytes]) -> str:
    written.seek(0)
    return written.read().decode("utf-8", errors="replace").replace("\r\n", "\n")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program with all that it started."""
    if sys.platform == "win32":
        process.kill()
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def each(judge: Callable[[Path], Iterable[T]], files: Sequence[Path]) -> tuple[T, ...]:
    """What `judge` says of each file, a few files at a time."""
    with ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1)) as pool:
        return tuple(finding for found in pool.map(lambda path: tuple(judge(path)), files) for finding in found)


def last_line(done: subprocess.CompletedProcess[str]) -> str:
    """The last line that a program wrote, to the standard error first: the reason why it failed."""
    lines = (done.stderr.strip() or done.stdout.strip()).splitlines()
    return one_line(lines[-1]) if lines else f"exit code {done.returncode}"


def one_line(text: str) -> str:
    """A text on one line, of a length that can be read."""
    line = " ".join(text.split())
    return line if len(line) <= 300 else f"{line[:299]}…"
