"""Read: the disk, once. A dossier's folder and the styles become `Files`, a snapshot with the digest of every file.

Names come in NFC, as texts do: some systems write "é" as two characters.

The only module that opens sources and styles. It follows no link out of the dossier, looks into no hidden folder and
limits the size and number of files; what they say is read in parse. The folder of a book that is to become a dossier is
read here too, under the same rules.
"""

from __future__ import annotations

import dataclasses
import hashlib
import os
import stat
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

from dossierbuild.core.characters import name_of, unfit_characters
from dossierbuild.core.downloads import DATA_SUFFIXES
from dossierbuild.core.folder import BOOK_SUFFIXES, PICTURE_SUFFIXES, SUFFIXES, files_in, read_plain_file, unread_in
from dossierbuild.core.model import Files, SourceFile
from dossierbuild.core.nearest import nearest
from dossierbuild.core.problems import NOWHERE, Checked, Place, Problem, problem
from dossierbuild.core.reasons import of_system

_MANIFEST = "dossier.yaml"
# Bytes of a file, bytes of all files, and number of files.
_MAX_FILE = 50_000_000
_MAX_TOTAL = 500_000_000
_MAX_FILES = 20_000
# Folders in that of a book with programs of others.
_PROGRAMS = ("renv/", "packrat/", "node_modules/", "site_libs/", "venv/")


def read_files(root: Path, styles: Path) -> Checked[Files]:
    """Read the dossier in folder `root`, with the project's styles from folder `styles`.

    A dossier's own `styles/` stands in for the project's, file by file.
    """
    sources, problems = _read_folder(root) if os.path.lexists(root / _MANIFEST) else ([], [])
    if not any(file.path == _MANIFEST for file in sources):
        return Checked(None, tuple(problems) or (problem("D128", NOWHERE, path=root, nearest=nearest_dossier(root)),))
    project_styles, _ = _read_folder(styles)
    own = [dataclasses.replace(file, path=file.path.removeprefix("styles/")) for file in sources
           if file.path.startswith("styles/")]  # fmt: skip
    merged = {file.path: file for file in (*project_styles, *own)}
    files = Files(
        sources=tuple(sources),
        styles=tuple(merged[path] for path in sorted(merged)),
        originals=tuple(project_styles),
        unread=tuple(unread_in(str(root))),
    )
    return Checked(files, tuple(problems))


def read_book_files(root: Path) -> Checked[Files]:
    """Read the folder of a book: its texts, settings, lists and pictures, and the data files that a text names; folders
    with programs are left alone."""
    sources, problems = _read_folder(root, BOOK_SUFFIXES)
    said = b"\n".join(file.data for file in sources if not file.path.lower().endswith(PICTURE_SUFFIXES))
    data, more = _read_folder(root, frozenset(DATA_SUFFIXES) - BOOK_SUFFIXES, said)
    return Checked(Files(sources=(*sources, *data), styles=(), originals=()), tuple(dict.fromkeys((*problems, *more))))


def files_of(sources: Mapping[str, bytes], styles: Path) -> Files:
    """A dossier of files that were made, with the project's styles from folder `styles`."""
    project_styles, _ = _read_folder(styles)
    made = (_source(path, sources[path]) for path in sorted(sources))
    return Files(sources=tuple(made), styles=tuple(project_styles), originals=tuple(project_styles))


def nearest_dossier(root: Path) -> str:
    """The folder beside one that is no dossier, which is a dossier and has the name most like it; "" for none."""
    try:
        beside = [folder.name for folder in root.parent.iterdir() if (folder / _MANIFEST).is_file()]
    except OSError:
        return ""
    near = nearest(root.name, beside)
    return str(root.with_name(near)) if near else ""


def read_manifest(root: Path) -> SourceFile | None:
    """The dossier.yaml in a folder, where there is one that can be read."""
    try:
        return _source(_MANIFEST, read_plain_file(root / _MANIFEST, _MAX_FILE, follow=True))
    except OSError:
        return None


def _source(name: str, data: bytes) -> SourceFile:
    return SourceFile(unicodedata.normalize("NFC", name), data, hashlib.sha256(data).hexdigest())


def _read_folder(
    root: Path, suffixes: frozenset[str] = SUFFIXES, named_in: bytes | None = None
) -> tuple[list[SourceFile], list[Problem]]:
    """The files of a folder, or only those that are `named_in` a text.

    What is neither a file nor a folder is left alone. D184: what cannot be read.
    """
    files: list[SourceFile] = []
    problems: list[Problem] = []
    total = 0
    for name in _names(root, suffixes, problems):
        if named_in is not None and not _is_named(name, named_in):
            continue
        read = _read(root, name)
        problems += read.problems
        total += sum(len(file.data) for file in read.value or ())
        if total > _MAX_TOTAL or len(files) == _MAX_FILES:
            limit = f"{_MAX_FILES} × / {_MAX_TOTAL // 1_000_000} MB"
            excess = f"{len(files) + 1} × / {total // 1_000_000} MB"
            problems.append(problem("D119", NOWHERE, size=excess, limit=limit))
            break
        files += read.value or ()
    return files, problems


def _is_named(name: str, text: bytes) -> bool:
    last = unicodedata.normalize("NFC", name.rpartition("/")[2])
    return last.encode() in text or quote(last).encode() in text


def _names(root: Path, suffixes: frozenset[str], problems: list[Problem]) -> Iterator[str]:
    """The paths of the files below `root`, up to a folder that cannot be read, which is added to the problems."""
    try:
        names = files_in(str(root), suffixes)
        yield from names if suffixes is SUFFIXES else (name for name in names if not _is_of_program(name))
    except OSError as error:
        problems.append(problem("D184", NOWHERE, path=error.filename, reason=of_system(error)))


def _is_of_program(name: str) -> bool:
    return any(name.startswith(folder) or f"/{folder}" in name for folder in _PROGRAMS)


def _read(root: Path, name: str) -> Checked[tuple[SourceFile, ...]]:
    """A file of the dossier; none where the name is that of a pipe, a device or a socket."""
    path = root / name
    if unfit := next(unfit_characters(name), None):
        return Checked(None, (problem("D137", Place(name), reason=name_of(unfit[1])),))
    try:
        if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root)):
            return Checked(None, (problem("D116", Place(name), path=name),))
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            return Checked(())
        if found.st_size > _MAX_FILE:
            size, limit = f"{found.st_size // 1_000_000} MB", f"{_MAX_FILE // 1_000_000} MB"
            return Checked(None, (problem("D119", Place(name), size=size, limit=limit),))
        return Checked((_source(name, read_plain_file(path, _MAX_FILE, follow=True)),))
    except OSError as error:
        return Checked(None, (problem("D184", Place(name), path=name, reason=of_system(error)),))
