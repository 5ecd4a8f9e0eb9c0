"""The cache: results kept by the content of what they were made from, in a folder outside the output.

An entry's name is the digest of its inputs, so an entry is never wrong, only there or not. It begins with a seal, which
only who has the user's key can make; an entry that is damaged or was put there by somebody else counts as missing, and
is never unpickled. The folder can be thrown away at any time, and several builds can use it at once: entries are
written apart and put in place whole.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import hashlib
import os
import pickle
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import field
from enum import Enum
from pathlib import Path
from typing import Any

from dossierbuild.core.folder import read_plain_file
from dossierbuild.core.seal import sealed, unsealed


@dataclasses.dataclass(frozen=True, slots=True)
class Store:
    """A folder of entries, and the key that seals them; without a folder nothing is kept."""

    folder: Path | None
    key: bytes = field(default=b"", repr=False)

    def load(self, key: str) -> tuple[Any] | None:
        """The value kept under `key` in a tuple of one, or None when there is none or it is damaged."""
        if self.folder is None:
            return None
        path = self._path(key)
        try:
            payload = unsealed(self.key, key, read_plain_file(path))
        except (OSError, ValueError):
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return (pickle.loads(payload),)

    def holds(self, key: str) -> bool:
        """Whether there is an entry, sound or not."""
        return self.folder is not None and self._path(key).is_file()

    def save(self, key: str, value: Any) -> None:
        """Keep a value; a full or read-only disk only means that it is not kept."""
        if self.folder is None:
            return
        payload = pickle.dumps(value, protocol=5)
        path = self._path(key)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(sealed(self.key, key, payload))
                Path(name).replace(path)
            except OSError:
                Path(name).unlink()
                raise

    def prune(self, used: Iterable[str], limit: int) -> None:
        """Take the oldest entries away until the rest is at most `limit` bytes; those in `used` stay."""
        if self.folder is None or not self.folder.is_dir():
            return
        kept = {self._path(key) for key in used}
        with contextlib.suppress(OSError):
            entries = sorted(self.folder.glob("*/*"), key=lambda path: path.stat().st_mtime, reverse=True)
            total = 0
            for path in entries:
                total += path.stat().st_size
                if total > limit and path not in kept:
                    path.unlink()

    def _path(self, key: str) -> Path:
        assert self.folder is not None
        return self.folder / key[:2] / key[2:]


def digest(*values: object) -> str:
    """The SHA-256 of values in hexadecimal: equal values give equal digests in every process and on every machine.

    Takes what flows through the pipeline: frozen dataclasses, tuples, mappings, sets, text, bytes, numbers, dates and
    enumerations.
    """
    state = hashlib.sha256()
    for value in values:
        _feed(state, value)
    return state.hexdigest()


def _feed(state: Any, value: object) -> None:
    if isinstance(value, Enum):
        _mark(state, b"e", f"{type(value).__name__}.{value.name}".encode())
    elif isinstance(value, str):
        _mark(state, b"s", value.encode())
    elif isinstance(value, bytes):
        _mark(state, b"b", value)
    elif isinstance(value, tuple | list):
        state.update(b"(%d" % len(value))
        for item in value:
            _feed(state, item)
    elif isinstance(value, Mapping):
        _feed(state, tuple(value.items()))
    elif isinstance(value, frozenset):
        _feed(state, tuple(sorted(map(digest, value))))
    elif dataclasses.is_dataclass(value):
        _mark(state, b"d", type(value).__name__.encode())
        for field in dataclasses.fields(value):
            _feed(state, getattr(value, field.name))
    elif value is None or isinstance(value, bool | int | float | datetime.date):
        _mark(state, b"v", repr(value).encode())
    else:
        raise TypeError(f"no digest for {type(value).__name__}")


def _mark(state: Any, kind: bytes, data: bytes) -> None:
    state.update(kind + b"%d:" % len(data))
    state.update(data)
