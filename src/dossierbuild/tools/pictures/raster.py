"""Pixels of any kind, made ready to be shown anywhere: 8-bit sRGB, upright, no larger than their place, without
metadata.

The settings of the encoders are fixed, so that the same file gives the same bytes.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageCms, ImageFile, ImageOps, UnidentifiedImageError

from dossierbuild.core.reasons import Reason
from dossierbuild.tools.pictures.whole import lack_of, segments

MAX_PIXELS = 50_000_000
FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "AVIF", "JPEG2000")
"""The formats that are read, by Pillow's names."""

# Formats of photographs, those of drawings, and the rest: there the number of colours tells which it is.
_PHOTOGRAPHS = frozenset({"JPEG", "MPO", "AVIF", "JPEG2000"})
_DRAWINGS = frozenset({"PNG", "GIF"})
_MANY_COLOURS = 4096
_QUALITY = 90
_ORIENTATION = 0x0112  # Exif 3.0, 4.6.5
_DEEP = 257  # what a value of 16 bits is divided by to have 8
_KEPT = frozenset({0xE0, 0xEE})  # segments of a JPEG that say how its pixels are coded: JFIF and Adobe


class PictureError(Exception):
    """A picture that cannot be shown; the reason says why in a few words."""

    def __init__(self, reason: Reason | str) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Pixels:
    """What a picture is: width and height in pixels when it is upright, whether it is a series (an animation, pages),
    of which the first is shown, and whether its colours are ink of an unknown press, which are shown as a guess."""

    width: int
    height: int
    series: bool
    guessed: bool


def read_raster(data: bytes) -> Pixels:
    """What a picture is, after all of it was decoded. Raises PictureError."""
    with _opened(data) as image:
        _in_srgb(image)
        width, height = image.size[::-1] if _orientation(image) > 4 else image.size
        return Pixels(
            width=width,
            height=height,
            series=image.format != "MPO" and bool(getattr(image, "is_animated", False)),
            guessed=image.mode == "CMYK" and _profile(image) is None,
        )


def fitted_raster(data: bytes, width: int, height: int) -> tuple[str, bytes]:
    """The media type and bytes of a picture that is at most `width` and `height` pixels large. Raises PictureError.

    A JPEG that needs no change but the loss of its metadata keeps its coded pixels.
    """
    with _opened(data) as image:
        if image.format == "JPEG" and _is_ready(image, width, height):
            return "image/jpeg", _without_metadata(data)
        pixels = ImageOps.exif_transpose(_in_srgb(image))
        scale = min(1.0, width / pixels.width, height / pixels.height)
        if scale < 1:
            size = [max(1, round(side * scale)) for side in pixels.size]
            pixels = pixels.resize(size, Image.Resampling.LANCZOS)
        return _encoded(pixels, str(image.format))


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    """The picture, decoded. The library has no error of its own for what is broken: any exception is one."""
    kind = "?"
    try:
        with _whole_only(), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of broken metadata, which are not kept
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                if image.width * image.height > MAX_PIXELS:
                    raise PictureError(f"{image.width} × {image.height} px")
                kind = str(image.format)
                lack = lack_of(data)
                if lack:
                    raise PictureError(
                        Reason(f"{kind}, dat afbreekt: {lack} ontbreekt", f"{kind} that breaks off: {lack} is lacking")
                    )
                image.load()
                yield image
    except PictureError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureError(f"{''.join(re.findall('[0-9]+', str(error))[:1])} px") from error
    except UnidentifiedImageError as error:
        raise PictureError(
            Reason("niet te zien is wat voor bestand het is", "what kind of file it is cannot be told")
        ) from error
    except Exception as error:
        raise PictureError(Reason(f"{kind}, dat beschadigd is", f"{kind} that is damaged")) from error


@contextmanager
def _whole_only() -> Iterator[None]:
    """Let Pillow refuse a picture that breaks off: WeasyPrint sets the whole process to take one."""
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _orientation(image: Image.Image) -> int:
    value = image.getexif().get(_ORIENTATION, 1)
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _is_ready(image: Image.Image, width: int, height: int) -> bool:
    """Whether a JPEG has sRGB pixels, is upright and small enough."""
    profile = _profile(image)
    plain = image.mode in ("RGB", "L") and (profile is None or _is_srgb(profile))
    return plain and _orientation(image) == 1 and image.width <= width and image.height <= height


def _without_metadata(data: bytes) -> bytes:
    """A JPEG without comments and without what applications wrote into it."""
    kept = (
        segment.data
        for segment in segments(data)
        if segment.marker in _KEPT or not (0xE0 <= segment.marker <= 0xEF or segment.marker == 0xFE)
    )
    return b"".join(kept)


# --- colours --------------------------------------------------------------------------------------------------------


def _in_srgb(image: Image.Image) -> Image.Image:
    """The picture in RGB, or RGBA where any of it is transparent."""
    alpha = _alpha(image)
    flat = _converted(_shallow(image), _profile(image))
    if alpha is None or alpha.getextrema() == (255, 255):
        return flat
    flat.putalpha(alpha)
    return flat


def _alpha(image: Image.Image) -> Image.Image | None:
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        return None if image.mode.startswith("I") else image.convert("RGBA").getchannel("A")
    return None


def _shallow(image: Image.Image) -> Image.Image:
    """The picture with 8 bits a channel. Raises PictureError where it is not known what white is."""
    if image.mode not in ("F", "I") and not image.mode.startswith("I;16"):
        return image
    deep = image.convert("I") if image.mode != "F" else image
    extrema: Any = deep.getextrema()
    if image.mode == "F" or extrema[0] < 0 or extrema[1] > 0xFFFF:
        raise PictureError(f"{image.format}: 32 bit")
    shallow = deep.point(lambda value: value * (1 / _DEEP) + 0.5).convert("L")
    return ImageOps.invert(shallow) if _white_is_zero(image) else shallow


def _white_is_zero(image: Image.Image) -> bool:
    """Whether a deep TIFF counts from white (TIFF 6.0, PhotometricInterpretation); others are turned when read."""
    tags: Any = getattr(image, "tag_v2", {})
    return bool(tags) and tags.get(262) == 0


def _profile(image: Image.Image) -> ImageCms.ImageCmsProfile | None:
    """The colour profile that a picture brings, if it can be read and is for pixels of its kind."""
    data = image.info.get("icc_profile")
    if not data:
        return None
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(data))
    except OSError:
        return None
    space = profile.profile.xcolor_space.strip()
    wanted = {"CMYK": "CMYK", "L": "GRAY", "LA": "GRAY", "1": "GRAY", "LAB": "Lab"}.get(image.mode, "RGB")
    return profile if space == ("GRAY" if image.mode.startswith("I") else wanted) else None


def _is_srgb(profile: ImageCms.ImageCmsProfile) -> bool:
    return "srgb" in (profile.profile.profile_description or "").lower()


def _converted(image: Image.Image, profile: ImageCms.ImageCmsProfile | None) -> Image.Image:
    """The picture in RGB; without a profile its numbers are taken for sRGB, and ink for plain cyan, magenta, yellow."""
    own = profile or (ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")) if image.mode == "LAB" else None)
    if own is None or _is_srgb(own):
        return image.convert("RGB")
    source = image if image.mode in ("CMYK", "LAB", "L") else image.convert("L" if image.mode in ("1", "LA") else "RGB")
    srgb = ImageCms.createProfile("sRGB")
    shown = ImageCms.profileToProfile(source, own, srgb, outputMode="RGB")
    assert shown is not None
    return shown


# --- encoding -------------------------------------------------------------------------------------------------------


def _encoded(pixels: Image.Image, origin: str) -> tuple[str, bytes]:
    """The media type and bytes: a photograph as JPEG, a drawing and what is transparent as PNG."""
    pixels.info.clear()  # the encoders write what they find here
    out = io.BytesIO()
    if pixels.mode == "RGB" and _is_photograph(pixels, origin):
        pixels.save(out, "JPEG", quality=_QUALITY, subsampling=0, optimize=True)
        return "image/jpeg", out.getvalue()
    pixels.save(out, "PNG", compress_level=9)
    return "image/png", out.getvalue()


def _is_photograph(pixels: Image.Image, origin: str) -> bool:
    if origin in _DRAWINGS:
        return False
    return origin in _PHOTOGRAPHS or pixels.getcolors(_MANY_COLOURS) is None
