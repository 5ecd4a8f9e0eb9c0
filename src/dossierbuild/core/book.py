"""The container of an e-book (EPUB 3.3, 4): a ZIP file that may come from anybody, opened within bounds."""

from __future__ import annotations

import io
import posixpath
import re
import stat
import zipfile
from collections import Counter
from collections.abc import Iterator

MEDIA_TYPE = b"application/epub+zip"
FIRST = b"mimetype"
CONTAINER = "META-INF/container.xml"

MAX_ENTRIES = 5_000
"""Files in a book: a dossier of three hundred pages has some hundred."""
MAX_UNPACKED = 50_000_000
"""Bytes that a book may have unpacked, whatever its own size."""
MAX_RATIO = 4
"""How many times as large a larger book may be unpacked: pictures and fonts are packed already."""


def open_book(data: bytes) -> zipfile.ZipFile:
    """The container, to read from. Raises zipfile.BadZipFile for what is none, and for one that unpacks to too much."""
    if not data.startswith(b"PK\3\4"):
        raise zipfile.BadZipFile("it does not begin as a book")
    archive = zipfile.ZipFile(io.BytesIO(data))
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise zipfile.BadZipFile(f"{len(entries)} files")
    size = sum(entry.file_size for entry in entries)
    if size > MAX_UNPACKED + MAX_RATIO * len(data):
        raise zipfile.BadZipFile(f"{size} bytes unpacked")
    return archive


def strange_entries(archive: zipfile.ZipFile) -> Iterator[str]:
    """What a container of ours never has: names twice, names that lead elsewhere, links and folders, files that are
    encrypted or packed in another way, and another beginning than the standard asks for."""
    entries = archive.infolist()
    first = entries[0] if entries else None
    if not first or first.filename.encode() != FIRST or archive.read(first) != MEDIA_TYPE:
        yield "mimetype"
    yield from (name for name, count in Counter(entry.filename for entry in entries).items() if count > 1)
    yield from (entry.filename for entry in entries if not _is_plain(entry))


def _is_plain(entry: zipfile.ZipInfo) -> bool:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    name = entry.orig_filename
    inside = name == posixpath.normpath(name) and not re.match(r"[/\\]|\.\.(?:/|$)|[A-Za-z]:", name)
    packed = entry.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) and not entry.flag_bits & 0x1
    return inside and "\\" not in name and name.isprintable() and packed and kind in (0, stat.S_IFREG)
