"""Pictures as people deliver them: what is read, what is refused, and what stands in the files that are built."""

from __future__ import annotations

import base64
import io
import re
import struct
import unicodedata
import zipfile
import zlib
from pathlib import Path

import pytest
from command import run
from PIL import Image, ImageCms, ImageFile

from dossierbuild.core.catalogue import Severity
from dossierbuild.core.model import Picture, SourceFile
from dossierbuild.core.problems import Checked
from dossierbuild.stages.parse.pictures import parse_picture
from dossierbuild.tools.pictures import fitted_raster, read_raster

SECRET = b"52.0907N 5.1214E"
RED = (204, 0, 0)


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def halves(left: tuple[int, ...] = RED, right: tuple[int, ...] = (255, 255, 255), size: int = 64) -> Image.Image:
    """A picture of two colours side by side, twice as wide as high."""
    picture = Image.new("RGB", (2 * size, size), right)
    picture.paste(left, (0, 0, size, size))
    return picture


def parsed(data: bytes, name: str = "figures/plaatje.png") -> Checked[Picture]:
    return parse_picture(SourceFile(name, data, ""))


def shown(data: bytes, width: int = 9999, height: int = 9999) -> Image.Image:
    return Image.open(io.BytesIO(fitted_raster(data, width, height)[1]))


def exif(orientation: int = 1) -> Image.Exif:
    """What a telephone writes: how it was held, its maker, and where it was."""
    found = Image.Exif()
    found[0x0112], found[0x010F], found[0x9286] = orientation, "Merk Telefoon", SECRET.decode()
    return found


DELIVERED: dict[str, bytes] = {
    "ink without a profile": saved(Image.new("CMYK", (64, 32), (0, 255, 255, 51)), "JPEG"),
    "ink in a tiff": saved(Image.new("CMYK", (64, 32), (0, 255, 255, 51)), "TIFF", compression="tiff_lzw"),
    "a palette": saved(halves().quantize(2), "PNG"),
    "webp": saved(halves(), "WEBP", lossless=True),
    "gif": saved(halves().quantize(2), "GIF"),
    "bmp": saved(halves(), "BMP"),
    "tiff": saved(halves(), "TIFF"),
    "avif": saved(halves(), "AVIF", quality=100, subsampling="4:4:4"),
    "jpeg 2000": saved(halves(), "JPEG2000"),
    "lab": saved(
        ImageCms.profileToProfile(
            halves(), ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), outputMode="LAB"
        )
        or halves(),
        "TIFF",
    ),
}


@pytest.mark.parametrize("name", DELIVERED)
def test_any_picture_becomes_srgb_of_the_same_colours(name: str) -> None:
    picture = shown(DELIVERED[name])
    assert picture.mode == "RGB"
    pixel = picture.getpixel((8, 8))
    assert isinstance(pixel, tuple)
    assert all(abs(found - wanted) < 16 for found, wanted in zip(pixel, RED, strict=True)), pixel


def test_sixteen_bits_become_eight_and_white_stays_white() -> None:
    deep = Image.new("I;16", (32, 16), 0xFFFF)
    deep.paste(0x8080, (0, 0, 16, 16))
    for kind in ("PNG", "TIFF"):
        picture = shown(saved(deep, kind))
        assert (picture.mode, picture.getpixel((4, 4)), picture.getpixel((30, 4))) == ("RGB", (128,) * 3, (255,) * 3)


def test_grey_that_is_transparent_stays_so() -> None:
    grey = Image.new("LA", (8, 8), (90, 0))
    assert shown(saved(grey, "PNG")).convert("RGBA").getpixel((2, 2)) == (90, 90, 90, 0)


def test_a_colour_profile_is_heeded() -> None:
    """The profile swaps what it calls red and green, so only one who heeds it sees red."""
    srgb = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    tags = {bytes(srgb[at : at + 4]): at for at in range(132, 132 + 12 * srgb[131], 12)}
    red, green = tags[b"rXYZ"], tags[b"gXYZ"]
    srgb[red + 4 : red + 12], srgb[green + 4 : green + 12] = srgb[green + 4 : green + 12], srgb[red + 4 : red + 12]
    name = srgb.find("sRGB".encode("utf-16-be"))
    srgb[name : name + 8] = "eigen".encode("utf-16-be")[:8]
    pixel = shown(saved(halves((0, 204, 0)), "PNG", icc_profile=bytes(srgb))).getpixel((8, 8))
    assert isinstance(pixel, tuple)
    assert pixel[0] > 180
    assert pixel[1] < 60


def test_a_photo_is_turned_and_says_nothing_of_where_it_was_taken() -> None:
    for kind in ("JPEG", "PNG", "WEBP", "TIFF"):
        data = saved(halves(), kind, exif=exif(6))
        assert SECRET in data
        picture = shown(data)
        assert picture.size == (64, 128)
        assert SECRET not in fitted_raster(data, 9999, 9999)[1]
        assert not picture.getexif()
        assert read_raster(data).height == 128


def test_a_jpeg_that_needs_nothing_keeps_its_pixels_and_loses_its_words() -> None:
    plain, telling = saved(halves(), "JPEG"), saved(halves(), "JPEG", comment=SECRET, exif=exif(), xmp=SECRET)
    assert fitted_raster(telling, 9999, 9999) == ("image/jpeg", plain)


def test_a_picture_has_no_more_pixels_than_its_place() -> None:
    assert shown(saved(halves(size=500), "JPEG"), 300, 9999).size == (300, 150)
    assert shown(saved(halves(size=500), "PNG"), 9999, 100).size == (200, 100)


def cut(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]


def without_scan(jpeg: bytes) -> bytes:
    """A JPEG with all of its headers and none of its pixels."""
    start = jpeg.index(b"\xff\xda")
    return jpeg[: start + 2 + int.from_bytes(jpeg[start + 2 : start + 4], "big")] + b"\xff\xd9"


def bomb() -> bytes:
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b"")]
    body = (struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
            for kind, data in chunks)  # fmt: skip
    return b"\x89PNG\r\n\x1a\n" + b"".join(body)


NOISE = Image.effect_noise((64, 64), 90).convert("RGB")
BROKEN: dict[str, bytes] = {
    "cut png": cut(saved(NOISE, "PNG")),
    "png without its end": saved(NOISE, "PNG")[:-12],
    "png with a byte changed": saved(NOISE, "PNG")[:300] + b"?" + saved(NOISE, "PNG")[301:],
    "cut jpg": cut(saved(NOISE, "JPEG")),
    "jpg without data": without_scan(saved(NOISE, "JPEG")),
    "cut webp": cut(saved(NOISE, "WEBP")),
    "cut gif": cut(saved(NOISE, "GIF")),
    "cut tiff": cut(saved(NOISE, "TIFF")),
    "cut bmp": cut(saved(NOISE, "BMP")),
    "cut avif": cut(saved(NOISE, "AVIF")),
    "bomb": bomb(),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_picture_that_is_not_whole_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the layout engine has told Pillow to take what breaks off."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    assert [found.code for found in parsed(BROKEN[name]).problems] == ["D307"]


FOREIGN = {
    "HEIC": b"\0\0\0\x18ftypheic",
    "PSD": b"8BPS\0\1",
    "EPS": b"%!PS-Adobe-3.0 EPSF-3.0",
    "PDF": b"%PDF-1.7",
    "WMF": b"\xd7\xcd\xc6\x9a",
    "SVGZ": b"\x1f\x8b\x08",
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_a_kind_that_cannot_be_read_is_named(kind: str) -> None:
    """Whatever its name says."""
    problem = parsed(FOREIGN[kind] + bytes(60), "figures/foto.jpg").problems[0]
    assert (problem.code, problem.words["kind"]) == ("D313", kind)


def test_more_than_one_image_is_told_and_stops_nothing() -> None:
    pages = saved(Image.new("RGB", (9, 9), "red"), "TIFF", save_all=True, append_images=[Image.new("RGB", (9, 9))])
    found = parsed(pages)
    assert [(problem.code, problem.severity) for problem in found.problems] == [("D316", Severity.NOTE)]
    assert found.value
    assert shown(pages).getpixel((2, 2)) == (255, 0, 0)


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 90 60">{}</svg>'
EDITED = SVG.format(
    '<metadata>geheim</metadata><!-- geheim --><g xmlns:ed="urn:ed" ed:auteur="geheim"><ed:blad>geheim</ed:blad>'
    '<mask id="m"><rect width="45" height="60" fill="white"/></mask><rect width="90" height="60" mask="url(#m)"/></g>'
)


def built_with(dossier: Path, files: dict[str, bytes]) -> tuple[Path, str]:
    """The edition of the good dossier with each of these pictures, and what is said of its making."""
    chapter = dossier / "chapters/02-slot.md"
    cake = re.search(r"!\[[^\]]*\]\(figures/taart\.png\)\{[^}]*\}", chapter.read_text("utf-8"))
    assert cake
    told = '{{alt="Taart nummer {} op de lange tafel."}}'
    more = "\n\n".join(f"![Plaatje {n}](<figures/{name}>)" + told.format(n) for n, name in enumerate(files))
    chapter.write_text(chapter.read_text("utf-8").replace(cake[0], f"{cake[0]}\n\n{more}"), encoding="utf-8")
    for name, data in files.items():
        (dossier / "figures" / name).write_bytes(data)
    made = run("build", dossier, "--output", dossier.parent / "output", "--only", "dossier", "--explain")
    assert made.code == 0, made.err
    return dossier.parent / "output" / "buurtfeesten", made.out


@pytest.mark.built
def test_what_is_delivered_is_shown_in_each_format_and_tells_nothing(plain: Path) -> None:
    photo = saved(NOISE.resize((2400, 1600)), "JPEG", exif=exif(), comment=SECRET, xmp=SECRET)
    files = {
        "foto.jpg": photo,
        "eigenlijk-png.jpg": saved(halves(), "PNG", exif=exif()),
        unicodedata.normalize("NFD", "één web.webp"): saved(halves(), "WEBP", exif=exif()),
        "tekening.svg": EDITED.encode(),
    }
    folder, said = built_with(plain, files)
    assert re.search(r"figures/foto\.jpg screen: [0-9,]+ -> [0-9,]+ bytes", said)
    assert re.search(r"figures/tekening\.svg paper: .*drawn for <mask>", said)
    page = next(folder.glob("*-dossier.html")).read_text("utf-8")
    images = [(kind, base64.b64decode(data)) for kind, data in re.findall(r'src="data:([^;]+);base64,([^"]+)"', page)]
    with zipfile.ZipFile(next(folder.glob("*-dossier.epub"))) as book:
        members = {name: book.read(name) for name in book.namelist()}
    assert 'src="figures' not in page
    kinds = [kind for kind, _ in images]
    assert "image/svg+xml" in kinds
    assert "image/webp" not in kinds
    for data in (*(data for _, data in images), *members.values(), next(folder.glob("*-dossier.pdf")).read_bytes()):
        assert SECRET not in data
        assert b"geheim" not in data
    largest = max(Image.open(io.BytesIO(data)).width for kind, data in images if kind == "image/jpeg")
    assert largest == 2 * 828
    assert {name.rpartition(".")[2] for name in members if "figures/" in name or "pictures/" in name} <= {
        "svg", "png", "jpg",
    }  # fmt: skip


@pytest.mark.built
def test_names_are_compared_as_people_read_them(dossier: Path) -> None:
    """On disk in one form of Unicode and in the text in the other; another case is told with the right name."""
    chapter = dossier / "chapters/02-slot.md"
    (dossier / "figures/taart.png").rename(dossier / "figures" / unicodedata.normalize("NFD", "crème.png"))
    chapter.write_text(chapter.read_text("utf-8").replace("figures/taart.png", "figures/crème.png"), "utf-8")
    assert run("check", dossier).code == 0
    chapter.write_text(chapter.read_text("utf-8").replace("figures/crème.png", "figures/Crème.PNG"), "utf-8")
    checked = run("check", dossier)
    assert checked.code == 3
    assert "D301" in checked.err
    assert "'figures/crème.png'" in checked.err
