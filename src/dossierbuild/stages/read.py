"""Read: the disk, once. A dossier's folder and the styles become `Files`, a snapshot with the digest of every file.

The only module that opens sources and styles. It follows no link out of the dossier, looks into no hidden folder and
bounds what it takes in; what the files say is for later.
"""

from __future__ import annotations

import dataclasses
import hashlib
from pathlib import Path

from dossierbuild.core.folder import files_in
from dossierbuild.core.model import Files, SourceFile
from dossierbuild.core.problems import NOWHERE, Checked, Place, Problem, problem

MANIFEST = "dossier.yaml"
MAX_FILE = 50_000_000
MAX_TOTAL = 500_000_000
MAX_FILES = 20_000


def read_files(root: Path, styles: Path) -> Checked[Files]:
    """Read the dossier in folder `root`, with the project's styles from folder `styles`.

    A dossier's own `styles/` stands in for the project's, file by file.
    """
    if not (root / MANIFEST).is_file():
        return Checked(None, (problem("D128", NOWHERE, path=root),))
    sources, problems = _read_folder(root)
    project_styles, _ = _read_folder(styles)
    own = [dataclasses.replace(one, path=one.path.removeprefix("styles/")) for one in sources
           if one.path.startswith("styles/")]  # fmt: skip
    merged = {one.path: one for one in (*project_styles, *own)}
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
        if size > MAX_FILE:
            limit = f"{MAX_FILE // 1_000_000} MB"
            problems.append(problem("D119", Place(name), size=f"{size // 1_000_000} MB", limit=limit))
            continue
        total += size
        if total > MAX_TOTAL or len(files) == MAX_FILES:
            limit = f"{MAX_FILES} × / {MAX_TOTAL // 1_000_000} MB"
            excess = f"{len(files) + 1} × / {total // 1_000_000} MB"
            problems.append(problem("D119", NOWHERE, size=excess, limit=limit))
            break
        data = path.read_bytes()
        files.append(SourceFile(name, data, hashlib.sha256(data).hexdigest()))
    return files, problems
