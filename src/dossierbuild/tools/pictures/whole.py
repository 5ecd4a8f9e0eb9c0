"""Whether a PNG or JPEG is there from its first byte to its last.

The decoder fills in what it misses in some cut files and says nothing of it.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8"

# ITU-T T.81, table B.1: markers without a length, and those of frames.
_BARE = frozenset({0x01, *range(0xD0, 0xDA)})
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SEQUENTIAL = frozenset({0xC0, 0xC1})
_SCAN, _END, _TABLES = 0xDA, 0xD9, 0xC4


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment of a JPEG: its marker, and its bytes with the marker; those of a scan hold the coded data too."""

    marker: int
    data: bytes


def lack_of(data: bytes) -> str:
    """What a PNG or JPEG lacks or has broken, in a few words; empty where it is whole or of another kind."""
    if data.startswith(PNG):
        return _lack_of_png(data)
    return _lack_of_jpeg(data) if data.startswith(JPEG) else ""


def _lack_of_png(data: bytes) -> str:
    offset, kind = len(PNG), b""
    while offset + 12 <= len(data) and kind != b"IEND":
        length = int.from_bytes(data[offset : offset + 4], "big")
        kind, end = data[offset + 4 : offset + 8], offset + 8 + length
        if int.from_bytes(data[end : end + 4], "big") != zlib.crc32(data[offset + 4 : end]):
            return kind.decode("ascii", "replace")
        offset = end + 4
    return "" if kind == b"IEND" else "IEND"


def _lack_of_jpeg(data: bytes) -> str:
    found = list(segments(data))
    if not found or found[-1].marker != _END:
        return "EOI"
    frame = next((segment for segment in found if segment.marker in _FRAMES), None)
    if frame is None or len(frame.data) < 10:
        return "SOF"
    coded = sum(len(segment.data) for segment in found if segment.marker == _SCAN)
    return "" if 8 * coded >= _least_bits(frame, found) else "SOS"


def _least_bits(frame: Segment, found: list[Segment]) -> int:
    """The bits that the coded data of a frame have at the least: two codes for each block of its first component."""
    height, width = (int.from_bytes(frame.data[at : at + 2], "big") for at in (5, 7))
    blocks = -(-height // 8) * -(-width // 8)
    if frame.marker not in _SEQUENTIAL:
        return 0 if frame.marker not in (0xC2,) else blocks // 8
    return blocks * sum(_shortest(found, kind) for kind in (0, 1))


def _shortest(found: list[Segment], kind: int) -> int:
    """The length in bits of the shortest code in the Huffman tables of a kind: 0 for DC, 1 for AC (T.81, B.2.4.2)."""
    shortest = 16
    for segment in found:
        at = 4 if segment.marker == _TABLES else len(segment.data)
        while at + 17 <= len(segment.data):
            counts = segment.data[at + 1 : at + 17]
            if segment.data[at] >> 4 == kind:
                shortest = min(shortest, next((bits for bits, count in enumerate(counts, 1) if count), 16))
            at += 17 + sum(counts)
    return shortest if shortest < 16 else 1


def segments(data: bytes) -> Iterator[Segment]:
    """The segments of a JPEG up to its end or to where it is broken off; fill bytes are left out."""
    offset = 0
    while offset + 2 <= len(data) and data[offset] == 0xFF:
        marker = data[offset + 1]
        if marker == 0xFF:
            offset += 1
            continue
        end = offset + 2
        if marker not in _BARE:
            end += int.from_bytes(data[end : end + 2], "big")
        if marker == _SCAN:
            end = _end_of_coded(data, end)
        if end > len(data):
            return
        yield Segment(marker, data[offset:end])
        if marker == _END:
            return
        offset = end


def _end_of_coded(data: bytes, start: int) -> int:
    """Where coded data end: before a marker that is no restart and no stuffed byte (T.81, F.1.2.3)."""
    at = data.find(b"\xff", start)
    while at >= 0 and at + 1 < len(data) and (data[at + 1] == 0 or 0xD0 <= data[at + 1] <= 0xD7):
        at = data.find(b"\xff", at + 2)
    return at if at >= 0 else len(data)
