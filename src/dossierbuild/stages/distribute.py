"""Distribute: put a verified release in place, whole or not at all. The only writer of results.

The files are written into a folder beside the published one, synced to the disk, and the two folders then change
places in one step of the file system. Where that step does not exist the files go over one by one, the manifest last.
A build that is killed leaves at most a hidden folder, which the next build takes away.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from dossierbuild.core.model import Release
from dossierbuild.core.problems import NOWHERE, Checked, problem
from dossierbuild.core.published import HIDDEN, ChecksumsError, read_checksums


def distribute(release: Release, output: Path) -> Checked[tuple[Path, ...]]:
    """Put the release in `output/<slug>/`; files there that are no part of a release stay.

    Takes a lock, so that two builds of one dossier follow each other. A folder that cannot be written is a problem.
    """
    target = output / release.slug
    try:
        output.mkdir(parents=True, exist_ok=True)
        with FileLock(output / f".{release.slug}.lock"):
            _sweep(output, release.slug)
            fresh = Path(tempfile.mkdtemp(prefix=f"{HIDDEN}{release.slug}.", dir=output))
            try:
                _fill(fresh, release, target)
                _put_in_place(fresh, target, release)
            finally:
                shutil.rmtree(fresh, ignore_errors=True)
    except OSError as error:
        reason = error.strerror or str(error)
        return Checked(None, (problem("D605", NOWHERE, path=output, reason=reason),))
    return Checked(tuple(target / path for path in release.files))


def sweep(output: Path, slug: str) -> None:
    """Remove the folders that a killed build left behind, unless another build of this dossier is at work."""
    with contextlib.suppress(OSError, Timeout):
        if any(_left_behind(output, slug)):
            with FileLock(output / f".{slug}.lock", timeout=0):
                _sweep(output, slug)


def _sweep(output: Path, slug: str) -> None:
    for left in _left_behind(output, slug):
        shutil.rmtree(left, ignore_errors=True)


def _left_behind(output: Path, slug: str) -> Iterator[Path]:
    """The hidden folders of builds of this dossier; builds of other dossiers in the same place may be at work."""
    return output.glob(f"{HIDDEN}{slug}.*")


def _fill(folder: Path, release: Release, target: Path) -> None:
    """Write the release into a folder, and copy there whatever others put beside the published files."""
    mask = os.umask(0)
    os.umask(mask)
    folder.chmod(0o777 & ~mask)
    for path, data in release.files.items():
        with (folder / path).open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    for own in _others(target, release):
        if own.is_dir():
            shutil.copytree(own, folder / own.name, symlinks=True)
        else:
            shutil.copy2(own, folder / own.name, follow_symlinks=False)
    _sync(folder)


def _others(target: Path, release: Release) -> Iterator[Path]:
    """The files and folders in the published folder that belong neither to this release nor to the one before."""
    if not target.is_dir():
        return
    ours = set(release.files)
    with contextlib.suppress(OSError, ChecksumsError):
        ours.update(read_checksums(target).names)
    yield from (path for path in sorted(target.iterdir()) if path.name not in ours)


def _put_in_place(fresh: Path, target: Path, release: Release) -> None:
    if not target.exists():
        fresh.rename(target)
    elif not _exchange(fresh, target):
        target.mkdir(exist_ok=True)
        for path in release.files:
            (fresh / path).replace(target / path)
    _sync(target.parent)


def _exchange(first: Path, second: Path) -> bool:
    """Let two folders change places in one step; False where the system has no such step.

    Linux: renameat2 with RENAME_EXCHANGE (2). macOS: renamex_np with RENAME_SWAP (2).
    """
    names = (os.fsencode(first), os.fsencode(second))
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "linux":
            return bool(library.renameat2(-100, names[0], -100, names[1], 2) == 0)
        if sys.platform == "darwin":
            return bool(library.renamex_np(names[0], names[1], 2) == 0)
    except (OSError, AttributeError, TypeError):
        return False
    return False


def _sync(folder: Path) -> None:
    """Have the folder's entries on the disk; Windows has no such call."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
