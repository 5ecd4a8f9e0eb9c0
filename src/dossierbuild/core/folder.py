"""The files of a folder, and one digest of all of them. Needs as little as can be, so that it is there at once."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator

PICTURE_SUFFIXES = tuple(".svg .png .jpg .jpeg .jfif .webp .gif .bmp .tif .tiff .avif .jp2".split())
"""How the names of pictures end; what a picture is, its content says."""

SUFFIXES = frozenset(
    {
        *".yaml .yml .md .csv .json .geojson .xlsx .ods .bib .ris .csl .css .j2 .ttf .otf .woff2".split(),
        *PICTURE_SUFFIXES,
    }
)
"""Of files that can belong to a dossier or to its styles."""

BOOK_SUFFIXES = frozenset(
    {*".rmd .qmd .md .markdown .yml .yaml .bib .json .ris .csl".split(), *PICTURE_SUFFIXES}
)  # fmt: skip
"""Of files that a book of Quarto, bookdown or pandoc is made of, as far as a dossier can take them."""

OTHER_SUFFIXES = (
    frozenset(
        ".docx .doc .odt .rtf .pages .txt .markdown .mdown .htm .html .tex .xlsx .xls .ods .numbers .tsv "
        ".tif .tiff .webp .gif .bmp .heic .heif .eps .ai .psd .emf .wmf".split()
    )
    - SUFFIXES
)
"""Of files of other programs, which hold what a dossier is made of and are not read."""

MAX_FILE = 500_000_000
"""Bytes. A PDF of a thousand pages with photographs has a fifth of that, and all files of an edition are held in memory
together."""


def files_in(root: str, suffixes: frozenset[str] = SUFFIXES) -> Iterator[str]:
    """The paths below `root` of the files that can belong to a dossier, in order, with `/` between their parts.

    Hidden ones and folders called `output` are left alone. A link to a folder is told as a file, and not followed.
    """
    yield from _files(root, "", suffixes)


def unread_in(root: str) -> Iterator[str]:
    """The paths below `root` of files of other programs, in order, told by their names alone.

    The file that Word keeps beside an open document is left out. A name that is no UTF-8 has signs for what is not.
    Folders that cannot be read have no files.
    """
    with contextlib.suppress(OSError):
        for path in _files(root, "", OTHER_SUFFIXES):
            name = path.rpartition("/")[2]
            if not name.startswith("~$") and os.path.splitext(name)[1].lower() in OTHER_SUFFIXES:
                yield os.fsencode(path).decode("utf-8", "replace")


def _files(root: str, below: str, suffixes: frozenset[str]) -> Iterator[str]:
    with os.scandir(os.path.join(root, below)) as found:
        entries = sorted((entry for entry in found if not entry.name.startswith(".")), key=lambda entry: entry.name)
    folders = [entry for entry in entries if _is_folder(entry) and entry.name != "output"]
    yield from (f"{below}{entry.name}" for entry in folders if entry.is_symlink())
    for entry in entries:
        if not _is_folder(entry) and os.path.splitext(entry.name)[1].lower() in suffixes:
            yield f"{below}{entry.name}"
    for entry in folders:
        if not entry.is_symlink():
            yield from _files(root, f"{below}{entry.name}/", suffixes)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is a folder, or a link to one; a link that leads to itself is none."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def outside(root: str, folder: str, names: Iterable[str]) -> Iterator[str]:
    """The names of files below `root` that do not lie in a folder, which may stand below `root` too."""
    whole, part = os.path.realpath(root), os.path.realpath(folder)
    below = os.path.relpath(part, whole).replace(os.sep, "/") if part.startswith(whole + os.sep) else ""
    yield from (name for name in names if not (below and name.startswith(f"{below}/")))


def digest_of(files: Iterable[tuple[str, bytes]]) -> str:
    """One digest of files, of their names and contents, in any order."""
    state = hashlib.blake2b(digest_size=32)
    for name, data in sorted(files):
        state.update(b"%d:%b%d:" % (len(name.encode()), name.encode(), len(data)))
        state.update(data)
    return state.hexdigest()


def contents_of(root: str, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The files below `root`, each with what is in it. Raises OSError."""
    for name in names:
        yield name, read_plain_file(os.path.join(root, name), follow=True)


def read_plain_file(path: str | os.PathLike[str], limit: int = MAX_FILE, *, follow: bool = False) -> bytes:
    """The bytes of a file in a folder that others can write in; it never waits for a pipe or a device.

    Raises OSError, for all that is no regular file and for more than `limit` bytes too. A link is followed only where
    `follow` says so.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags if follow else flags | getattr(os, "O_NOFOLLOW", 0))
    with open(handle, "rb", buffering=0) as file:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "not a regular file", os.fspath(path))
        if found.st_size > limit:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), os.fspath(path))
        return file.read()
