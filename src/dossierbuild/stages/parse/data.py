"""Pictures: picture files to pictures whose kind and size were looked at."""

from __future__ import annotations

import re
import struct
from xml.etree import ElementTree

from dossierbuild.core.model import Picture, SourceFile
from dossierbuild.core.problems import Checked, Place, problem

MAX_PIXELS = 50_000_000

PICTURE_SUFFIXES = (".svg", ".png", ".jpg", ".jpeg")


def parse_picture(file: SourceFile) -> Checked[Picture]:
    """A picture, known by its first bytes and not by its name, of a size that can be handled."""
    media_type = _media_type(file.data)
    if not media_type:
        return Checked(None, (problem("D313", Place(file.path), path=file.path),))
    try:
        width, height = _size(file.data, media_type)
    except (ValueError, ElementTree.ParseError) as error:
        return Checked(None, (problem("D307", Place(file.path), path=file.path, reason=str(error)),))
    if width * height > MAX_PIXELS:
        reason = f"{width} × {height} pixels"
        return Checked(None, (problem("D307", Place(file.path), path=file.path, reason=reason),))
    return Checked(Picture(path=file.path, media_type=media_type, data=file.data, width=width, height=height))


def _media_type(data: bytes) -> str:
    """The media type of a kind of picture that can be shown everywhere, else an empty text."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8"):
        return "image/jpeg"
    return "image/svg+xml" if b"<svg" in data[:2000] else ""


def _size(data: bytes, media_type: str) -> tuple[int, int]:
    """Width and height; raises ValueError or ParseError with what is wrong."""
    if media_type == "image/svg+xml":
        return _svg_size(data)
    if media_type == "image/jpeg":
        return _jpeg_size(data)
    if len(data) < 24:
        raise ValueError("png")
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def _jpeg_size(data: bytes) -> tuple[int, int]:
    offset = 2
    while offset + 9 < len(data):
        marker, length = data[offset + 1], int.from_bytes(data[offset + 2 : offset + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[offset + 5 : offset + 9])
            return width, height
        offset += 2 + length
    raise ValueError("jpg")


# What an SVG may not hold: it would run, reach outside, or be drawn by something else than the SVG's renderer.
_SVG_ELEMENTS = re.compile(r"(?:^|\})(script|foreignObject|iframe|embed|object|audio|video|image|animate|set)$")


def _svg_size(data: bytes) -> tuple[int, int]:
    if b"<!ENTITY" in data or re.search(rb"<!DOCTYPE[^>]*\[", data):
        raise ValueError("<!ENTITY>")  # entities can unfold into gigabytes
    if b"<?xml-stylesheet" in data:
        raise ValueError("<?xml-stylesheet?>")
    root = ElementTree.fromstring(data)
    for element in root.iter():
        if _SVG_ELEMENTS.search(element.tag):
            raise ValueError(f"<{element.tag.rpartition('}')[2]}>")
        for name, value in element.attrib.items():
            local = name.rpartition("}")[2]
            if local.startswith("on") or (local == "href" and not value.startswith("#")) or _reaches_out(value):
                raise ValueError(f"{local}={value[:40]}")
        if element.tag.rpartition("}")[2] == "style" and _reaches_out(element.text or ""):
            raise ValueError("<style>")
    box = (root.get("viewBox") or "").replace(",", " ").split()
    sizes = [root.get("width", ""), root.get("height", "")]
    numbers = [float(match.group()) if (match := re.match(r"[0-9.]+(?=$|px$)", size)) else 0.0 for size in sizes]
    if not all(numbers) and len(box) == 4:
        numbers = [float(box[2]), float(box[3])]
    return round(numbers[0]), round(numbers[1])


def _reaches_out(css: str) -> bool:
    lowered = css.lower()
    return (
        "@import" in lowered
        or "\\" in lowered
        or any(  # a backslash can hide either
            not match.group(1).startswith("#") for match in re.finditer(r"url\(\s*['\"]?([^)'\"]*)", lowered)
        )
    )
