"""Read: the disk, once. A dossier's folder and the styles become `Files`, a snapshot with the digest of every file.

Names come in NFC, as texts do: some systems write "é" as two characters.

The only module that opens sources and styles. It follows no link out of the dossier, looks into no hidden folder and
limits the size and number of files; what they say is read in parse.
"""

from __future__ import annotations

import dataclasses
import hashlib
import unicodedata
from pathlib import Path

from dossierbuild.core.folder import files_in
from dossierbuild.core.model import Files, SourceFile
from dossierbuild.core.problems import NOWHERE, Checked, Place, Problem, problem

_MANIFEST = "dossier.yaml"
# Bytes of a file, bytes of all files, and number of files.
_MAX_FILE = 50_000_000
_MAX_TOTAL = 500_000_000
_MAX_FILES = 20_000


def read_files(root: Path, styles: Path) -> Checked[Files]:
    """Read the dossier in folder `root`, with the project's styles from folder `styles`.

    A dossier's own `styles/` stands in for the project's, file by file.
    """
    if not (root / _MANIFEST).is_file():
        return Checked(None, (problem("D128", NOWHERE, path=root),))
    sources, problems = _read_folder(root)
    project_styles, _ = _read_folder(styles)
    own = [dataclasses.replace(file, path=file.path.removeprefix("styles/")) for file in sources
           if file.path.startswith("styles/")]  # fmt: skip
    merged = {file.path: file for file in (*project_styles, *own)}
    files = Files(tuple(sources), tuple(merged[path] for path in sorted(merged)), tuple(project_styles))
    return Checked(files, tuple(problems))


def _read_folder(root: Path) -> tuple[list[SourceFile], list[Problem]]:
    files: list[SourceFile] = []
    problems: list[Problem] = []
    total = 0
    inside = root.resolve()
    for name in files_in(str(root)):
        path = root / name
        if not path.resolve().is_relative_to(inside):
            problems.append(problem("D116", Place(name), path=name))
            continue
        if not path.is_file():
            continue
        size = path.stat().st_size
        if size > _MAX_FILE:
            limit = f"{_MAX_FILE // 1_000_000} MB"
            problems.append(problem("D119", Place(name), size=f"{size // 1_000_000} MB", limit=limit))
            continue
        total += size
        if total > _MAX_TOTAL or len(files) == _MAX_FILES:
            limit = f"{_MAX_FILES} × / {_MAX_TOTAL // 1_000_000} MB"
            excess = f"{len(files) + 1} × / {total // 1_000_000} MB"
            problems.append(problem("D119", NOWHERE, size=excess, limit=limit))
            break
        data = path.read_bytes()
        files.append(SourceFile(unicodedata.normalize("NFC", name), data, hashlib.sha256(data).hexdigest()))
    return files, problems
