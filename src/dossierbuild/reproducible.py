"""The proof that a dossier gives the same bytes: it is built again under other circumstances."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from dossierbuild.core.folder import files_in, outside
from dossierbuild.core.problems import NOWHERE, Problem, problem
from dossierbuild.core.published import CHECKSUMS, read_checksums

# What may differ between two machines and not between two builds: time zone, language, order of sets, home, cache.
_ELSEWHERE = MappingProxyType(
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C", "LANGUAGE": "", "PYTHONHASHSEED": "1"}
)


def built_twice(root: Path, published: Path, options: Sequence[str]) -> tuple[Problem, ...]:
    """Build the dossier in folder `root` again: D630 when files in `published` come out otherwise.

    The second build is of a copy in another folder, by another process with no cache, one worker, and another time
    zone, locale, hash seed, home and umask.
    """
    with TemporaryDirectory() as folder:
        elsewhere = Path(folder)
        copy = elsewhere / "a copy" / "élders"
        sources = outside(str(root), str(published.parent), files_in(str(root)))
        for name in (source for source in sources if (root / source).is_file()):
            target = copy / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / name, target)
        output = elsewhere / "output"
        shutil.copytree(published, output / published.name)  # files of an earlier build, which are listed with these
        if _build(copy, output, elsewhere, options) != 0:
            return (problem("D630", NOWHERE, file=CHECKSUMS),)
        again = output / published.name
        names = (*read_checksums(published).names, CHECKSUMS)
        other = sorted(name for name in names if not _same(published / name, again / name))
    return (problem("D630", NOWHERE, file=", ".join(other)),) if other else ()


def _build(copy: Path, output: Path, elsewhere: Path, options: Sequence[str]) -> int:
    """Build the copy; the exit code."""
    command = [sys.executable, "-P", "-m", "dossierbuild", "build", str(copy), "--output", str(output), "--jobs", "1"]
    own = {"HOME": str(elsewhere), "DOSSIERBUILD_CACHE": str(elsewhere / "cache")}
    umask = -1 if sys.platform == "win32" else 0o077
    environment = {**os.environ, **_ELSEWHERE, **own}
    nowhere = subprocess.DEVNULL
    process = subprocess.Popen([*command, *options], env=environment, stdout=nowhere, stderr=nowhere, umask=umask)
    try:
        return process.wait()
    except BaseException:
        process.terminate()  # it puts away what it has begun
        process.wait()
        raise


def _same(first: Path, other: Path) -> bool:
    return other.is_file() and first.read_bytes() == other.read_bytes()
