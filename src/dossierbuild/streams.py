"""Standard output and standard error as the program has them: they take everything, and nothing steers a terminal.

What is said is not the work. A stream that is closed, full or read by nobody stops no build; a command whose work is
what it prints asks `lost_output` whether it arrived. This is the first thing that runs, so it needs next to nothing.
"""

from __future__ import annotations

import errno
import io
import os
import select
import sys
from typing import Any

from dossierbuild.core.legible import legible_lines
from dossierbuild.core.reasons import Reason, of_system


class _Descriptor(io.RawIOBase):
    """An open file of the system; `failure` is why it takes no more. What is written behind that is dropped."""

    def __init__(self, number: int) -> None:
        self._number = number
        self.failure: OSError | None = None

    def fileno(self) -> int:
        return self._number

    def isatty(self) -> bool:
        return os.isatty(self._number)

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        while self.failure is None:
            try:
                return os.write(self._number, data)
            except BlockingIOError:  # its reader has not come so far
                select.select([], [self._number], [])
            except OSError as error:
                self.failure = error
        return len(data)


class _Stream(io.TextIOWrapper):
    """A stream of text for people, in which whatever would steer a terminal is shown as an escape."""

    def write(self, text: str, /) -> int:
        super().write(legible_lines(text))
        return len(text)


def open_streams() -> None:
    """Give the program its streams; one that was closed leads nowhere, so that no other file gets its number."""
    for number in range(3):
        _open(number)
    sys.stdout = _stream(1, sys.stdout)
    sys.stderr = _stream(2, sys.stderr)


def _open(number: int) -> None:
    try:
        os.fstat(number)
    except OSError:
        os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)


def _stream(number: int, before: Any) -> _Stream:
    encoding = before.encoding if before else "utf-8"
    raw = _Descriptor(number)
    at_once = number == 2 or raw.isatty()
    return _Stream(io.BufferedWriter(raw), encoding, errors="backslashreplace", line_buffering=at_once)


def lost_output() -> Reason | None:
    """Why standard output did not take all that was printed; nothing when it did, or when its reader wanted no more."""
    sys.stdout.flush()
    raw = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
    failure = raw.failure if isinstance(raw, _Descriptor) else None
    return None if failure is None or failure.errno == errno.EPIPE else of_system(failure)
