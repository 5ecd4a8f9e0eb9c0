"""Whether a build has nothing to do, known before anything heavy is imported.

When a build ends well, what it was made from and what it made are written down in the cache: digests of the dossier,
the styles and the program on one side, of the published files on the other. The same command in the same folder then
compares contents, never times, and says again that nothing changed. Whatever differs, is damaged or is not plain sends
the command the long way.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Sequence

from dossierbuild.core.folder import contents_of, digest_of, files_in, read_plain_file, unread_in
from dossierbuild.core.published import HIDDEN, Checksums, holds
from dossierbuild.core.seal import sealed, unsealed
from dossierbuild.program import cache_folder, cache_key, program_digest, styles_folder

_SEPARATOR = b"\0"


def replayed(arguments: Sequence[str]) -> bool:
    """Whether a build with these arguments would make what is there already; then what it said is said again."""
    try:
        root, folder, inputs, sums, said, warned = _load(_path(arguments))
        if not _holds(folder, sums) or inputs != _inputs_on_disk(root):
            return False
    except (OSError, ValueError):
        return False
    sys.stderr.write(warned)
    sys.stdout.write(said)
    sys.stdout.flush()
    return True


def write_down(
    arguments: Sequence[str], root: str, folder: str, inputs: str, sums: str, texts: tuple[str, str]
) -> None:
    """Write down a build that ended well.

    `folder` is where its files are, and `sums` what SHA256SUMS there says; `inputs` is the digest of what was read;
    `texts` are what it says when nothing changed, to standard output and to standard error. A cache that cannot be
    written is no fault.
    """
    fields = (os.path.abspath(root), os.path.abspath(folder), inputs, sums, *texts)
    data = _SEPARATOR.join(os.fsencode(field) for field in fields)
    path, key = _path(arguments), cache_key()
    beside = f"{path}.{os.getpid()}"
    if key is None:
        return
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(beside, "wb") as file:
            file.write(sealed(key, os.path.basename(path), data))
        os.replace(beside, path)
    except OSError:
        return


def _inputs_on_disk(root: str) -> str:
    """The digest of a dossier in folder `root`, of the styles and of the program. Raises OSError, and ValueError where
    there are links, which only the long way looks through."""
    styles = styles_folder()
    unread = [(path, b"") for path in unread_in(root)]
    return inputs_of([*_plain_files(root), *unread], _plain_files(styles))


def inputs_of(sources: Iterable[tuple[str, bytes]], styles: Iterable[tuple[str, bytes]]) -> str:
    """The digest of sources and styles, by their names and contents, and of the program."""
    return digest_of((("sources", digest_of(sources).encode()), ("styles", digest_of(styles).encode()),
                      ("program", program_digest().encode())))  # fmt: skip


def _plain_files(root: str) -> list[tuple[str, bytes]]:
    names = list(files_in(root))
    if any(os.path.islink(os.path.join(root, name)) for name in names):
        raise ValueError(root)
    return list(contents_of(root, names))


def _holds(folder: str, sums: str) -> bool:
    """Whether the published files are those of these checksums, and no build that was killed left something there."""
    left_behind = any(name.startswith(HIDDEN) for name in os.listdir(os.path.dirname(folder)))
    return not left_behind and holds(folder, Checksums.read(sums.encode()))


def _load(path: str) -> tuple[str, str, str, str, str, str]:
    """What was written down. Raises OSError where there is nothing, and ValueError where it is damaged or not ours."""
    whole, key = read_plain_file(path), cache_key()
    if key is None:
        raise ValueError(path)
    data = unsealed(key, os.path.basename(path), whole)
    root, folder, inputs, sums, said, warned = os.fsdecode(data).split(_SEPARATOR.decode())
    return root, folder, inputs, sums, said, warned


def _path(arguments: Sequence[str]) -> str:
    """Where a build is written down: by the folder it was started in and its arguments."""
    name = hashlib.blake2b(os.fsencode("\0".join((os.getcwd(), *arguments))), digest_size=32).hexdigest()
    return os.path.join(cache_folder(), "current", name)
