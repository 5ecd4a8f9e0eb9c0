"""Picture files to pictures: each is known by what is in it, not by its name, and read whole."""

from __future__ import annotations

from types import MappingProxyType

from dossierbuild.core.catalogue import Language
from dossierbuild.core.model import Picture, SourceFile
from dossierbuild.core.problems import Checked, Place, Problem, problem
from dossierbuild.stages.parse.svg import SvgError, UndrawnError, read_svg
from dossierbuild.tools.pictures import MAX_PIXELS, PictureError, read_raster
from dossierbuild.tools.resvg import DrawingError, draw_svg

_SVG = "image/svg+xml"
# The size in pixels in which a drawing is tried that is not for the layout engine; its letters do not matter.
_TRIAL = (64, 64)
_FAMILIES = MappingProxyType({"serif": "serif", "sans-serif": "sans-serif", "monospace": "monospace"})
# How files of other kinds begin, from the given byte on.
_FOREIGN = MappingProxyType(
    {
        (4, b"ftyphei"): "HEIC",
        (4, b"ftyphev"): "HEIC",
        (4, b"ftypmif1"): "HEIC",
        (4, b"ftypmsf1"): "HEIC",
        (0, b"8BPS"): "PSD",
        (0, b"%!PS"): "EPS",
        (0, b"\xc5\xd0\xd3\xc6"): "EPS",
        (0, b"%PDF"): "PDF",
        (0, b"\xd7\xcd\xc6\x9a"): "WMF",
        (40, b" EMF"): "EMF",
        (0, b"\x1f\x8b"): "SVGZ",
        (0, b"\xff\x0a"): "JPEG XL",
        (0, b"\0\0\0\x0cJXL "): "JPEG XL",
    }
)
_PIXELS = MappingProxyType(
    {
        (0, b"\x89PNG\r\n\x1a\n"): "image/png",
        (0, b"\xff\xd8"): "image/jpeg",
        (8, b"WEBP"): "image/webp",
        (0, b"GIF8"): "image/gif",
        (0, b"BM"): "image/bmp",
        (0, b"II*\0"): "image/tiff",
        (0, b"MM\0*"): "image/tiff",
        (4, b"ftypavi"): "image/avif",
        (0, b"\0\0\0\x0cjP  "): "image/jp2",
    }
)


def parse_picture(file: SourceFile, language: Language = Language.NL) -> Checked[Picture]:
    """A picture of a size that can be handled; a drawing speaks the language where it has a choice.

    D307 for what is broken, runs or reaches out, D313 for a kind that cannot be read, D317 for what cannot be drawn.
    """
    place = Place(file.path)
    media_type = _kind(file.data, dict(_PIXELS))
    try:
        if media_type:
            return _raster(file, media_type)
        if b"<svg" in _beginning(file.data) or b":svg" in _beginning(file.data):
            return Checked(_drawing(file, language))
    except (PictureError, SvgError, DrawingError) as error:
        return Checked(None, (problem("D307", place, path=file.path, reason=error.reason),))
    except UndrawnError as error:
        return Checked(None, (problem("D317", place, str(error), path=file.path, feature=str(error)),))
    kind = _kind(file.data, dict(_FOREIGN)) or file.path.rpartition(".")[2].upper()
    return Checked(None, (problem("D313", place, path=file.path, kind=kind),))


def _beginning(data: bytes) -> bytes:
    """The first signs of a text, in whichever encoding."""
    return data[:8000].replace(b"\0", b"")


def _kind(data: bytes, signatures: dict[tuple[int, bytes], str]) -> str:
    return next((kind for (at, sign), kind in signatures.items() if data.startswith(sign, at)), "")


def _raster(file: SourceFile, media_type: str) -> Checked[Picture]:
    pixels = read_raster(file.data)
    picture = Picture(path=file.path, media_type=media_type, data=file.data, width=pixels.width, height=pixels.height)
    notes: list[Problem] = []
    if pixels.series:
        notes.append(problem("D316", Place(file.path), path=file.path))
    if pixels.guessed:
        notes.append(problem("D318", Place(file.path), path=file.path))
    return Checked(picture, tuple(notes))


def _drawing(file: SourceFile, language: Language) -> Picture:
    drawing = read_svg(file.data, language.value)
    if drawing.hard:
        draw_svg(drawing.svg, *_TRIAL, (), _FAMILIES)
    if drawing.width * drawing.height > MAX_PIXELS:
        raise SvgError(f"{drawing.width} × {drawing.height} px")
    return Picture(
        path=file.path,
        media_type=_SVG,
        data=drawing.svg.encode(),
        width=drawing.width,
        height=drawing.height,
        hard=drawing.hard,
    )
