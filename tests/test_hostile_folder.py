"""`verify` on a folder in which somebody else has written, with checksums and a manifest that fit what is there."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import shutil
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from command import run
from PIL import Image

from dossierbuild.cli import main
from dossierbuild.stages.verify import verify_picture
from dossierbuild.tools.markup import css_addresses

PAGE, BOOK, PAPER = (f"buurtfeesten-in-het-kort.{form}" for form in ("html", "epub", "pdf"))
Change = Callable[[bytes], bytes]


@pytest.fixture
def folder(edition: Path, tmp_path: Path) -> Path:
    """A copy of a whole edition, to change."""
    return Path(shutil.copytree(edition, tmp_path / "output" / "buurtfeesten"))


def put(folder: Path, name: str, data: bytes) -> None:
    """Put a file in the place of another, and make manifest and checksums fit."""
    (folder / name).write_bytes(data)
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    for file in manifest["files"]:
        if file["path"] == name:
            file.update(bytes=len(data), sha256=hashlib.sha256(data).hexdigest())
    path.write_text(json.dumps(manifest), encoding="utf-8")
    write_checksums(folder)


def write_checksums(folder: Path, *more: str) -> None:
    """SHA256SUMS of the files that it lists, and of more."""
    path = folder / "SHA256SUMS"
    names = sorted({*(line.split("  ")[1] for line in path.read_text("utf-8").splitlines()), *more})
    lines = (f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names)
    path.write_text("".join(lines), encoding="utf-8")


def verified(folder: Path) -> tuple[int, str]:
    """Exit code and problems of `verify`, which runs in this process, so that what it raises fails the test."""
    errors = io.StringIO()
    with contextlib.redirect_stderr(errors), contextlib.redirect_stdout(io.StringIO()):
        code = main(["verify", str(folder)])
    return code, errors.getvalue()


def assert_told(folder: Path, code: str, name: str, words: str = "") -> None:
    ended, errors = verified(folder)
    assert ended == 4
    told = [line for line in errors.splitlines() if line.startswith(f"{folder}/{name}: fout {code}: ")]
    assert any(words in line for line in told), errors


# --- web pages -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "code", "words"),
    [
        ("<script>alert(1)</script>", "D628", "<script>"),
        ('<svg><a xlink:href="java&#10;script:alert(1)"><text>x</text></a></svg>', "D628", "href="),
        ('<svg><set attributeName="href" to="javascript:alert(1)"/></svg>', "D628", "to="),
        ('<p onpointerdown="alert(1)">x</p>', "D628", "onpointerdown"),
        ('<a href="data:text/html,x">x</a>', "D628", "href="),
        ('<meta http-equiv=" refresh" content="0;url=https://elders.invalid/">', "D628", "refresh"),
        ('<base href="https://elders.invalid/">', "D628", "<base>"),
        ('<p style="background:image-set(&quot;https://elders.invalid/x&quot; 1x)">x</p>', "D604", "elders"),
        (r"<style>p{background:\75 rl(https://elders.invalid/x)}</style>", "D604", "elders"),
        ('<style>@\\69mport "https://elders.invalid/x"</style>', "D604", "elders"),
        ('<link rel="stylesheet" href="data:text/css,p{}">', "D604", "data:text/css"),
        ('<img alt="" srcset="data:image/png;base64,AA 1x,https://elders.invalid/x 2x">', "D604", "elders"),
    ],
)
def test_what_a_page_runs_or_requests_is_told(markup: str, code: str, words: str, folder: Path) -> None:
    page = (folder / PAGE).read_text("utf-8").replace("</main>", f"{markup}</main>", 1)
    put(folder, PAGE, page.encode())
    assert_told(folder, code, PAGE, words)


@pytest.mark.parametrize("policy", ["default-src 'none'; script-src *", "script-src 'none'", ""])
def test_a_policy_that_allows_more_is_none(policy: str, folder: Path) -> None:
    text = (folder / PAGE).read_text("utf-8")
    own = text.partition('Content-Security-Policy" content="')[2].partition('"')[0]
    put(folder, PAGE, text.replace(own, policy, 1).encode())
    assert_told(folder, "D629", PAGE)


@pytest.mark.parametrize("kind", ["before its end", "behind its end", "instead of it"])
def test_a_picture_is_a_picture_from_its_first_byte_to_its_last(kind: str, folder: Path) -> None:
    name, page = "buurtfeesten-infographic.png", b"<script>alert(1)</script>"
    data = (folder / name).read_bytes()
    put(folder, name, {"before its end": data[:-12] + page + data[-12:], "behind its end": data + page}.get(kind, page))
    assert_told(folder, "D624", name)


def test_pictures_of_other_programs_are_pictures() -> None:
    for mode in ("1", "L", "P", "RGB", "RGBA"):
        png = io.BytesIO()
        Image.new(mode, (3, 2)).save(png, "PNG", dpi=(300, 300))
        assert verify_picture("x.png", png.getvalue()) == ()


# --- style sheets --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sheet", "addresses"),
    [
        ('p{background:image-set("a.png" type("image/png") 1x, url(b.png) 2x)}', ("a.png", "b.png")),
        ('p{background:-webkit-image-set("a.png" 1x)}', ("a.png",)),
        ('p{--a:"a.png";background:image-set(var(--a) 1x)}', ("var()",)),
        (r'p{background:u\72l("a.png")}', ("a.png",)),
        (r"p{background:URL(\61.png)}", ("a.png",)),
        ('@import/**/"a.css";', ("a.css",)),
        (r'@\49mport "a.css" print;', ("a.css",)),
        ('p{background:cross-fade(url(a.png), "b.png", 50%)}', ("a.png", "b.png")),
        ("p{background:url(a.png", ("a.png",)),
        ('@import "a.css', ("a.css",)),
        ('p{content:"\\"";background:url(a.png)}', ("a.png",)),
        ('p{content:"url(a.png)"}/* url(b.png) */', ()),
        ('@namespace svg url("http://www.w3.org/2000/svg");@namespace "http://a.invalid/";p{}', ()),
        ('@font-face{src:url("data:font/woff2;base64,AA") format("woff2")}p{fill:url(#a)}', ()),
        ('p{width:calc((1px + 2px) * 3);quotes:"(" ")"}', ()),
    ],
)
def test_an_address_is_found_however_it_is_written(sheet: str, addresses: tuple[str, ...]) -> None:
    assert css_addresses(sheet) == addresses


@pytest.mark.parametrize("sign", ["(", ")(", "@", "a", " ", "-", "{", ";", "image("])
def test_an_address_behind_much_else_is_found(sign: str) -> None:
    assert css_addresses(f"{sign * 20_000}\n}} p{{background:url(a.png)}}") == ("a.png",)


# --- books ---------------------------------------------------------------------------------------------------------


def packed_again(data: bytes, *more: tuple[zipfile.ZipInfo | str, bytes]) -> bytes:
    """A book with more files in it."""
    book = io.BytesIO(data)
    with zipfile.ZipFile(book, "a") as archive, contextlib.suppress(UserWarning):
        for name, content in more:
            archive.writestr(name, content)
    return book.getvalue()


def _a_link() -> tuple[zipfile.ZipInfo, bytes]:
    entry = zipfile.ZipInfo("EPUB/koppeling")
    entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return entry, b"/etc/passwd"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("EPUB/los.js", b"alert(1)"), "EPUB/los.js"),
        (("/etc/cron.d/x", b"x"), "/etc/cron.d/x"),
        (("../../x", b"x"), "../../x"),
        (("EPUB/map/", b""), "EPUB/map/"),
        (_a_link(), "EPUB/koppeling"),
    ],
)
def test_a_file_in_a_book_that_is_not_the_books_is_told(
    more: tuple[zipfile.ZipInfo | str, bytes], words: str, folder: Path
) -> None:
    put(folder, BOOK, packed_again((folder / BOOK).read_bytes(), more))
    assert_told(folder, "D635", BOOK, words)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_is_there_twice_is_told(folder: Path) -> None:
    put(folder, BOOK, packed_again((folder / BOOK).read_bytes(), ("META-INF/container.xml", b"<container/>")))
    assert verified(folder)[0] == 4


def _encrypted(data: bytes) -> bytes:
    """The book, with a flag at its first entry that says it is encrypted."""
    at = data.index(b"PK\1\2")
    return data[: at + 8] + struct.pack("<H", 1) + data[at + 10 :]


def _unpacks_to_much(data: bytes) -> bytes:
    book = io.BytesIO(data)
    with zipfile.ZipFile(book, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("EPUB/veel.txt", b"\0" * 120_000_000)
    return book.getvalue()


def _many_files(data: bytes) -> bytes:
    return packed_again(data, *((f"EPUB/{number}", b"") for number in range(6000)))


@pytest.mark.parametrize(
    "change", [_encrypted, _unpacks_to_much, _many_files, lambda data: b"<html>" + data, lambda data: data[:200]]
)
def test_a_book_that_is_none_is_told(change: Change, folder: Path) -> None:
    put(folder, BOOK, change((folder / BOOK).read_bytes()))
    assert_told(folder, "D601", BOOK)


# --- paper ---------------------------------------------------------------------------------------------------------


def changed_paper(data: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    saved = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(saved)
    return saved.getvalue()


def _opens_an_address(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://elders.invalid/")


def _with_a_form(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(), XFA="<xfa/>")


def _a_collection(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Collection = pikepdf.Dictionary()


def _link_to(action: pikepdf.Dictionary) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
        page = pdf.pages[0]
        page.Annots = pikepdf.Array([*page.get("/Annots", []), pdf.make_indirect(link)])

    return change


def _to_a_file_elsewhere() -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name.GoToR, F="//server/map/x.pdf", D="x")


def _submits() -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name.SubmitForm, F="https://elders.invalid/")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_opens_an_address, "/URI"),
        (_with_a_form, "/AcroForm"),
        (_a_collection, "/Collection"),
        (_link_to(pikepdf.Dictionary(S=pikepdf.Name.URI, URI="file:///etc/passwd")), "file:///etc/passwd"),
        (_link_to(_to_a_file_elsewhere()), "//server/map/x.pdf"),
        (_link_to(_submits()), "/SubmitForm"),
    ],
)
def test_a_pdf_that_does_something_is_told(change: Callable[[pikepdf.Pdf], None], words: str, folder: Path) -> None:
    put(folder, PAPER, changed_paper((folder / PAPER).read_bytes(), change))
    assert_told(folder, "D628", PAPER, words)


def _with_a_part_that_unfolds(pdf: pikepdf.Pdf) -> None:
    part = pikepdf.Stream(pdf, b"")
    part.write(zlib.compress(b" " * 130_000_000, 9), filter=pikepdf.Name.FlateDecode)
    pdf.pages[0].Contents = part


def _with_a_map_without_end(pdf: pikepdf.Pdf) -> None:
    fonts: Any = pdf.pages[0].resources["/Font"]
    every = b"begincodespacerange <00000000> <FFFFFFFF> endcodespacerange"
    for font in fonts.values():
        font.ToUnicode = pdf.make_stream(every + b" beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange")


@pytest.mark.parametrize("change", [_with_a_part_that_unfolds, _with_a_map_without_end])
def test_a_pdf_without_bounds_is_told(change: Callable[[pikepdf.Pdf], None], folder: Path) -> None:
    put(folder, PAPER, changed_paper((folder / PAPER).read_bytes(), change))
    assert_told(folder, "D601", PAPER)


def test_a_page_that_is_a_pdf_behind_its_beginning_is_told(folder: Path) -> None:
    put(folder, PAPER, b"<script>alert(1)</script>\n" + (folder / PAPER).read_bytes())
    assert_told(folder, "D601", PAPER)


# --- the folder ----------------------------------------------------------------------------------------------------


def test_a_file_that_only_the_checksums_name_is_told(folder: Path) -> None:
    (folder / "los.exe").write_bytes(b"MZ")
    write_checksums(folder, "los.exe")
    assert_told(folder, "D632", "los.exe")


@pytest.mark.parametrize(
    "kind", [os.mkfifo, lambda path: path.symlink_to("/etc/passwd"), lambda path: path.symlink_to(path)]
)
def test_what_is_no_file_is_told(kind: Callable[[Path], None], folder: Path) -> None:
    kind(folder / "vreemd")
    assert_told(folder, "D634", "vreemd")


def test_what_others_put_there_is_a_note(folder: Path) -> None:
    (folder / "leesmij.txt").write_text("van ons", encoding="utf-8")
    done = run("verify", folder)
    assert done.code == 0
    assert "opmerking D633" in done.err
    assert "leesmij.txt" in done.err
