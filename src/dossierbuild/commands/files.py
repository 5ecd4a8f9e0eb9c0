"""Files that are named on the command line: read, and changed only when that was asked for."""

from __future__ import annotations

import difflib
import hashlib
import os
import re
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from dossierbuild.core.interruption import in_one_go
from dossierbuild.core.model import SourceFile
from dossierbuild.core.nearest import nearest
from dossierbuild.core.problems import NOWHERE, Checked, Place, Problem, problem
from dossierbuild.core.reasons import of_system
from dossierbuild.streams import lost_output

MAX_FILE = 50_000_000


def read_named_file(name: str) -> Checked[SourceFile]:
    """A file that was named on the command line; it goes by that name in messages."""
    path = Path(name)
    place = Place(path.as_posix())
    try:
        if path.is_file() and path.stat().st_size > MAX_FILE:
            size = f"{path.stat().st_size // 1_000_000} MB"
            return Checked(None, (problem("D119", place, size=size, limit=f"{MAX_FILE // 1_000_000} MB"),))
        data = path.read_bytes()
    except OSError:
        return Checked(None, (problem("D117", place, path=path.as_posix(), nearest=_nearest_file(path)),))
    return Checked(SourceFile(path.as_posix(), data, hashlib.sha256(data).hexdigest()))


def _nearest_file(path: Path) -> str:
    """The file beside one that is not there whose name is most like it; "" for none."""
    try:
        near = nearest(path.name, (beside.name for beside in path.parent.iterdir() if beside.is_file()))
    except OSError:
        return ""
    return path.with_name(near).as_posix() if near and near != path.name else ""


def dossier_of(name: str, stated: str) -> Path | None:
    """The dossier that was stated, else the nearest folder above a file that is one."""
    if stated:
        return Path(stated)
    above = (*Path(name).parents, *Path(os.path.realpath(name)).parents)
    return next((folder for folder in above if (folder / "dossier.yaml").is_file()), None)


def change_file(path: str, before: bytes, after: bytes, *, write: bool) -> tuple[Problem, ...]:
    """Print the difference of a file's contents on standard output, and put the new ones in place when asked to.

    D149: they could not be put in place, and the file is what it was; or there was no room for the difference, which
    was all that was asked for.
    """
    print(difference(path, before, after), end="", flush=True)
    if write:
        return write_file(path, after) if before != after else ()
    reason = lost_output()
    return (problem("D149", NOWHERE, path="stdout", reason=reason),) if reason else ()


def difference(path: str, before: bytes, after: bytes) -> str:
    """The unified difference of a file's contents, whatever ends its lines; nothing where they are the same."""
    texts = [data.decode("utf-8", "replace").replace("\r\n", "\n") for data in (before, after)]
    lines = [re.findall(r"[^\n]*\n|[^\n]+", text) for text in texts]
    found = difflib.unified_diff(lines[0], lines[1], path, path)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in found)


def write_file(path: str, data: bytes) -> tuple[Problem, ...]:
    """Put a file in place whole, with the rights that it had; behind a link, the file that the link leads to."""
    try:
        target = Path(os.path.realpath(path))
        with TemporaryDirectory(dir=target.parent, prefix=".dossierbuild-") as folder:
            fresh = Path(folder) / target.name
            fresh.write_bytes(data)
            if target.exists():
                shutil.copymode(target, fresh)
            with in_one_go():
                fresh.replace(target)
    except OSError as error:
        return (problem("D149", Place(path), path=path, reason=of_system(error)),)
    return ()
