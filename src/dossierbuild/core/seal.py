"""Seals: what proves that bytes in a cache were written by who has its key, under the name that they have."""

from __future__ import annotations

import hashlib
import hmac

KEY_BYTES = 32
SEAL_BYTES = hashlib.sha256().digest_size


def sealed(key: bytes, name: str, data: bytes) -> bytes:
    """The data behind its seal, an HMAC-SHA256 of name and data."""
    return _seal(key, name, data) + data


def unsealed(key: bytes, name: str, whole: bytes) -> bytes:
    """The data behind a seal. Raises ValueError where the seal is not that of the key, the name and the data."""
    data = whole[SEAL_BYTES:]
    if not hmac.compare_digest(whole[:SEAL_BYTES], _seal(key, name, data)):
        raise ValueError(name)
    return data


def _seal(key: bytes, name: str, data: bytes) -> bytes:
    encoded = name.encode()
    return hmac.digest(key, b"%d:%b" % (len(encoded), encoded) + data, "sha256")
