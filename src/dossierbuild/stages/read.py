"""Read: the disk, once. A dossier's folder and the styles become `Files`, a snapshot with the digest of every file.

The only module that opens sources and styles. It follows no link out of the dossier, looks into no hidden folder and
bounds what it takes in; what the files say is for later.
"""

from __future__ import annotations

import dataclasses
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from dossierbuild.core.model import Files, SourceFile
from dossierbuild.core.problems import Checked, Place, Problem, problem

MANIFEST = "dossier.yaml"
SUFFIXES = frozenset(".yaml .yml .md .csv .json .bib .ris .csl .svg .png .jpg .jpeg .css .j2 .ttf .otf .woff2".split())
MAX_FILE = 50_000_000
MAX_TOTAL = 500_000_000
MAX_FILES = 20_000


def read_files(root: Path, styles: Path) -> Checked[Files]:
    """Read the dossier in folder `root`, with the project's styles from folder `styles`.

    A dossier's own `styles/` stands in for the project's, file by file.
    """
    if not (root / MANIFEST).is_file():
        return Checked(None, (problem("D128", Place(""), path=root),))
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
    for path in _walk(root):
        name = path.relative_to(root).as_posix()
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
            problems.append(problem("D119", Place(""), size=excess, limit=limit))
            break
        data = path.read_bytes()
        files.append(SourceFile(name, data, hashlib.sha256(data).hexdigest()))
    return files, problems


def _walk(root: Path) -> Iterator[Path]:
    """The files that can belong to a dossier, sorted; hidden folders and `output` are left alone."""
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "output")
        linked = [name for name in folders if (Path(folder) / name).is_symlink()]
        for name in linked:
            yield Path(folder) / name
        for name in sorted(names):
            if Path(name).suffix.lower() in SUFFIXES and not name.startswith("."):
                yield Path(folder) / name
