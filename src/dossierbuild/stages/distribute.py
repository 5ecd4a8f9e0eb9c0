"""Distribute: put a verified release in place, whole or not at all. The only writer of results.

The files are written into a folder beside the published one, synced to the disk, and the two folders then change
places in one step of the file system. Where that step does not exist the files go over one by one, the manifest last.
A build that is killed leaves at most a hidden folder, which the next build takes away. What others put into the
published folder stays there; where it stands in the way of a file of ours, nothing is written.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from filelock import FileLock, Timeout

from dossierbuild.core.edition import Edition, edition_in
from dossierbuild.core.folder import read_plain_file
from dossierbuild.core.interruption import in_one_go
from dossierbuild.core.model import DossierName, Release
from dossierbuild.core.problems import NOWHERE, Checked, Problem, problem
from dossierbuild.core.published import (
    CHECKSUMS,
    HIDDEN,
    INDEX,
    MANIFEST,
    NO_FILES,
    Checksums,
    ChecksumsError,
    read_checksums,
)
from dossierbuild.core.reasons import of_system


def distribute(release: Release, output: Path) -> Checked[tuple[Path, ...]]:
    """Put the release in `output/<slug>/`; files there that are no part of a release stay.

    Takes a lock, so that two builds of one dossier follow each other. A folder that cannot be written is a problem, and
    so is all that `obstacles` finds.
    """
    slug = release.dossier.slug
    target = output / slug
    try:
        if blocked := tuple(_links(output)):
            return Checked(None, blocked)
        output.mkdir(parents=True, exist_ok=True)
        with FileLock(output / f".{slug}.lock"):
            if blocked := obstacles(release.dossier, output, release.files):
                return Checked(None, blocked)
            _sweep(output, slug)
            fresh = Path(tempfile.mkdtemp(prefix=f"{HIDDEN}{slug}.", dir=output))
            try:
                _fill(fresh, release, target)
                with in_one_go():
                    _put_in_place(fresh, target, release)
            finally:
                shutil.rmtree(fresh, ignore_errors=True)
    except OSError as error:
        return Checked(None, (problem("D605", NOWHERE, path=output, reason=of_system(error)),))
    return Checked(tuple(target / path for path in release.files))


def obstacles(dossier: DossierName, output: Path, names: Iterable[str] = ()) -> tuple[Problem, ...]:
    """What keeps an edition of a dossier, with files of these names, out of `output/<slug>/`.

    D183: a link stands in the place of the folder or of a file; only `output` itself may be one, which leads to a
    folder. D182: something that is not of an edition stands in such a place. D181: the edition there is another
    dossier's.
    """
    target = output / dossier.slug
    links = (*_links(output), *(_link(path) for path in (target,) if path.is_symlink()))
    if links or not os.path.lexists(target):
        return links
    if not target.is_dir():
        return (problem("D182", NOWHERE, path=target),)
    other = edition_in(target).value
    if other and other.id not in ("", dossier.id):
        return (_belongs_to(other, target, dossier),)
    own = _own_names(target)
    return tuple(found for name in names for found in _in_the_way(target / name, own=name in own))


def _belongs_to(other: Edition, target: Path, dossier: DossierName) -> Problem:
    return problem("D181", NOWHERE, path=target, title=other.title, other=other.id, own=dossier.title, id=dossier.id)


def _links(output: Path) -> Iterator[Problem]:
    """D183 for an output folder that is a link to nowhere, or to itself."""
    if output.is_symlink() and not output.is_dir():
        yield _link(output)


def _link(path: Path) -> Problem:
    return problem("D183", NOWHERE, path=path, target=path.readlink())


def _in_the_way(path: Path, *, own: bool) -> Iterator[Problem]:
    """What stands where a file is to be written, unless it is `own`: a file, pipe or device under a name that the
    edition in place lists."""
    if path.is_symlink():
        yield _link(path)
    elif path.is_dir() or (not own and os.path.lexists(path)):
        yield problem("D182", NOWHERE, path=path)


def _own_names(target: Path) -> frozenset[str]:
    """The names of the files of the edition in a folder, by its checksums and its manifest; none where neither can be
    read."""
    edition, listed = edition_in(target).value, _checksums(target).names
    if edition is None and MANIFEST not in listed:
        return frozenset()
    reports = edition.verification.pages if edition and edition.verification else ()
    files = (file.path for file in edition.files) if edition else ()
    return frozenset((*files, *reports, *listed, INDEX, MANIFEST, CHECKSUMS))


def _checksums(folder: Path) -> Checksums:
    """What SHA256SUMS says; nothing where it cannot be read."""
    try:
        return read_checksums(folder)
    except (OSError, ChecksumsError):
        return NO_FILES


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
    for other in _others(target, release):
        if other.is_dir() and not other.is_symlink():
            shutil.copytree(other, folder / other.name, symlinks=True, copy_function=_carry)
        else:
            _carry(other, folder / other.name)
    _sync(folder)


def _others(target: Path, release: Release) -> Iterator[Path]:
    """The files and folders in the published folder that belong neither to this release nor to the one before; a file
    that was changed since belongs to neither."""
    if not target.is_dir():
        return
    before = dict(_checksums(target))
    for path in sorted(target.iterdir()):
        if path.name not in release.files and path.name != CHECKSUMS and not _is_as_built(path, before):
            yield path


def _is_as_built(path: Path, checksums: Mapping[str, str]) -> bool:
    """Whether a file is the one that checksums list."""
    try:
        return hashlib.sha256(read_plain_file(path)).hexdigest() == checksums.get(path.name)
    except OSError:
        return False


def _carry(source: Path | str, target: Path | str) -> None:
    """Have a file of somebody else in another folder too: by a second name, so that a pipe or a device is not opened;
    a copy only where a file system has no second names."""
    try:
        os.link(source, target, follow_symlinks=False)
    except (OSError, NotImplementedError):
        kind = Path(source).lstat().st_mode
        if not stat.S_ISLNK(kind) and not stat.S_ISREG(kind):
            raise
        shutil.copy2(source, target, follow_symlinks=False)


def _put_in_place(fresh: Path, target: Path, release: Release) -> None:
    if not target.exists():
        fresh.rename(target)
    elif not _exchange(fresh, target):
        before = dict(_checksums(target))
        for path in release.files:
            (fresh / path).replace(target / path)
        for old in (target / name for name in before if name not in release.files):
            if _is_as_built(old, before):
                old.unlink()
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
