"""Pictures of pages: how far two of them differ, and one at another size."""

from __future__ import annotations

import io

from PIL import Image, ImageChops, ImageStat


def scaled(png: bytes, width: int) -> bytes:
    """The picture, `width` pixels wide."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    height = max(1, round(picture.height * width / picture.width))
    out = io.BytesIO()
    picture.resize((width, height), Image.Resampling.LANCZOS).save(out, "PNG", compress_level=6)
    return out.getvalue()


def mean_difference(first: bytes, second: bytes) -> float:
    """How far two PNGs of one size differ: the mean over all pixels, from 0 (none) to 1 (black against white).

    Both are made a little soft, so that letters drawn a hair's breadth apart hardly count. Raises ValueError when the
    sizes differ.
    """
    pictures = [Image.open(io.BytesIO(png)).convert("RGB") for png in (first, second)]
    if pictures[0].size != pictures[1].size:
        raise ValueError(f"{pictures[0].size} and {pictures[1].size} pixels")
    soft = [picture.reduce(4) for picture in pictures]
    return sum(ImageStat.Stat(ImageChops.difference(*soft)).mean) / 3 / 255
