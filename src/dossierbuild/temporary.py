"""The folder for the temporary files of a build: it goes when the build ends, and after a kill with the next one.

A build holds a lock in its folder. A folder whose lock can be had is of a build that is no longer there.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

PREFIX = "dossierbuild-work-"
_LOCK = "lock"


class TemporaryFolder:
    """A folder of this process; `path` is where it is. Locks are those of Unix: elsewhere nothing is cleared."""

    def __init__(self) -> None:
        _clear(Path(tempfile.gettempdir()))
        self.path = Path(tempfile.mkdtemp(prefix=PREFIX))
        # It gets its name when it is locked, so that no other build can have it before.
        fresh = self.path / f"{_LOCK}.new"
        self._lock = os.open(fresh, os.O_CREAT | os.O_WRONLY, 0o600)
        _try_lock(self._lock)
        fresh.rename(self.path / _LOCK)

    def remove(self) -> None:
        """Take it away, with all that is in it."""
        os.close(self._lock)
        shutil.rmtree(self.path, ignore_errors=True)


def _clear(folder: Path) -> None:
    """Take away what builds left that are no longer there. Others can write in the folder too, so nothing is waited for
    and no link is followed."""
    if sys.platform == "win32":
        return
    for left in folder.glob(f"{PREFIX}*/{_LOCK}"):
        try:
            lock = os.open(left, os.O_WRONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError:  # of another user, or gone just now
            continue
        gone = _try_lock(lock)
        os.close(lock)
        if gone:
            shutil.rmtree(left.parent, ignore_errors=True)


def _try_lock(descriptor: int) -> bool:
    """Lock an open file; False where another process has it, or the system has no such locks."""
    if sys.platform == "win32":
        return False
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
