"""The folder in which an edition is published: its page and two records by name, and what its checksums say.

It needs as little as can be, so that a build that has nothing to do knows it at once.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator

from dossierbuild.core.folder import read_plain_file

MANIFEST = "manifest.json"
CHECKSUMS = "SHA256SUMS"
INDEX = "index.html"
HIDDEN = ".dossierbuild-"
"""How the name of a folder begins that a build which was killed leaves beside the published ones."""

MAX_CHECKSUMS = 1_000_000
"""Bytes of SHA256SUMS that are read: ten thousand lines, where an edition has some twenty."""

MAX_NAME = 255
"""Bytes of a file's name: no common file system takes more."""

_DIGITS = frozenset("0123456789abcdef")
_GAP = "  "  # between digest and name, of a file that is read as bytes


class ChecksumsError(ValueError):
    """A line that is no digest with the name of a file; `line` counts from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(f"{CHECKSUMS}:{line}")
        self.line = line


class Checksums(tuple[tuple[str, str], ...]):
    """What SHA256SUMS says: the name and the SHA-256 of each file, in the order of its lines."""

    __slots__ = ()

    @classmethod
    def of(cls, files: Iterable[tuple[str, bytes]]) -> Checksums:
        """The checksums of these files, in order of their names."""
        return cls((name, hashlib.sha256(data).hexdigest()) for name, data in sorted(files))

    @classmethod
    def read(cls, text: bytes) -> Checksums:
        """What a file SHA256SUMS says.

        Raises ChecksumsError at a line that is no digest of a file in the same folder, at one that names a file again,
        and where the last line has no end.
        """
        lines = text.split(b"\n")
        found: dict[str, str] = {}
        for number, line in enumerate(lines[:-1], 1):
            digest, gap, name = _parts(line)
            if not (is_digest(digest) and gap == _GAP and is_file_name(name)) or name in found:
                raise ChecksumsError(number)
            found[name] = digest
        if lines[-1] or not found:
            raise ChecksumsError(len(lines))
        return cls(found.items())

    @property
    def text(self) -> str:
        """SHA256SUMS, as `sha256sum -c` reads it."""
        return "".join(f"{digest}{_GAP}{name}\n" for name, digest in self)

    @property
    def names(self) -> tuple[str, ...]:
        """The files that are listed."""
        return tuple(name for name, _ in self)


NO_FILES = Checksums()


def _parts(line: bytes) -> tuple[str, str, str]:
    """Digest, gap and name of a line; empty ones where it is no text."""
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        return "", "", ""
    return text[:64], text[64:66], text[66:]


def is_digest(text: str) -> bool:
    """Whether a text is a SHA-256 in hexadecimal."""
    return len(text) == 64 and _DIGITS.issuperset(text)


def is_file_name(text: str) -> bool:
    """Whether a text names a file in the folder itself, on every system: no path, nothing hidden, no sign that does not
    print."""
    return (
        text.isprintable()
        and not text.startswith(".")
        and not {"/", "\\", ":"}.intersection(text)
        and 0 < len(text.encode("utf-8")) <= MAX_NAME
    )


def read_checksums(folder: str | os.PathLike[str]) -> Checksums:
    """What SHA256SUMS in a folder says. Raises OSError and ChecksumsError."""
    return Checksums.read(read_plain_file(os.path.join(folder, CHECKSUMS), MAX_CHECKSUMS))


def holds(folder: str | os.PathLike[str], checksums: Checksums) -> bool:
    """Whether a folder has SHA256SUMS with these checksums, and the files that they are of."""
    try:
        return read_checksums(folder) == checksums and all(
            hashlib.sha256(data).hexdigest() == digest for data, digest in _listed(folder, checksums)
        )
    except (OSError, ChecksumsError):
        return False


def _listed(folder: str | os.PathLike[str], checksums: Checksums) -> Iterator[tuple[bytes, str]]:
    return ((read_plain_file(os.path.join(folder, name)), digest) for name, digest in checksums)
