"""Paths as editors write them, made relative to the dossier's folder."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//|\\\\")


def is_remote(path: str) -> bool:
    """Whether a path is an address of elsewhere: with a scheme, a host or a drive letter."""
    return bool(_SCHEME.match(path))


def inside(path: str, folder: str = "") -> str | None:
    """The path from the dossier's folder of `path`, written in a file of `folder`; None when it leaves the dossier.

    Percent signs are decoded once, as pandoc encodes them once.
    """
    plain = unquote(path)
    if is_remote(plain) or plain.startswith(("/", "~")) or "\\" in plain or "\0" in plain:
        return None
    normal = posixpath.normpath(posixpath.join(folder, plain))
    return None if normal == ".." or normal.startswith("../") else normal


def data_path(path: str) -> str | None:
    """The path of a data file: below data/ unless it says so itself; None when it leaves the dossier."""
    return inside(path) if path.startswith(("data/", "./", "../")) else inside(path, "data")


def picture_path(path: str, folder: str) -> str | None:
    """The path of a picture: from the dossier's folder, or from the text's own folder when it begins with a dot."""
    return inside(path, folder if path.startswith("../") else "")
