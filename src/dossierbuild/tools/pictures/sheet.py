"""Pictures of pages, many on one sheet."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

_GAP = 16  # pixels around each page
_LINE = 22  # pixels for the number below it
_GROUND, _INK = "#d5dadc", "#14222c"


def contact_sheet(pages: Sequence[tuple[str, bytes]], columns: int, width: int) -> bytes:
    """Pages, each a label and a PNG, as one PNG: so many beside each other, each `width` pixels wide."""
    pictures = [(label, _scaled(png, width)) for label, png in pages]
    rows = [pictures[start : start + columns] for start in range(0, len(pictures), columns)]
    heights = [max(picture.height for _, picture in row) + _GAP + _LINE for row in rows]
    sheet = Image.new("RGB", (columns * (width + _GAP) + _GAP, sum(heights) + _GAP), _GROUND)
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(15)
    y = _GAP
    for row, height in zip(rows, heights, strict=True):
        for place, (label, picture) in enumerate(row):
            x = _GAP + place * (width + _GAP)
            sheet.paste(picture, (x, y))
            draw.text((x, y + picture.height + 3), label, fill=_INK, font=font)
        y += height
    return _png(sheet)


def _scaled(png: bytes, width: int) -> Image.Image:
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=6)
    return out.getvalue()
