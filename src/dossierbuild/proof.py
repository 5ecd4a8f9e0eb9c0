"""The proof of an edition for a designer: all pages of all publications as pictures, on sheets and in one HTML page."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from dossierbuild.core.book import open_book, strange_entries
from dossierbuild.core.catalogue import Language
from dossierbuild.core.edition import Edition
from dossierbuild.core.folder import read_plain_file
from dossierbuild.core.languages import language_for
from dossierbuild.core.spec import Format
from dossierbuild.program import styles_folder
from dossierbuild.tools import markup
from dossierbuild.tools.browser import Browser, BrowserError
from dossierbuild.tools.pages import render_template
from dossierbuild.tools.pdf_reader import PdfError, page_count, page_picture
from dossierbuild.tools.pictures import contact_sheet
from dossierbuild.tools.yamlfile import read_yaml

WIDTHS = (320, 1280)
"""Of the windows in which web pages are shown, in pixels: a phone, and a desk."""

_TEMPLATE = "html/proof.html.j2"


class DamagedError(Exception):
    """A file of an edition that cannot be read; the text is its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """How pages stand on a sheet: the width of each in pixels, and how many beside and below each other."""

    width: int
    columns: int
    rows: int


_PAPER = _Layout(width=400, columns=4, rows=3)
_SCREENS = MappingProxyType({320: _Layout(width=320, columns=5, rows=1), 1280: _Layout(width=560, columns=3, rows=2)})
_SCREEN_HEIGHTS = MappingProxyType({320: 1400, 1280: 1600})
_BOOK = _Layout(width=320, columns=5, rows=2)
_READER = (600, 800)  # pixels, the window of an e-reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One file of the edition as it looks: its name, what its pages are, their number, and the sheets that show them,
    each the name of its file and a PNG."""

    file: str
    what: str
    pages: int
    sheets: tuple[tuple[str, bytes], ...]


def show_edition(folder: Path, edition: Edition, browser: Browser | None) -> tuple[Shown, ...]:
    """All PDFs of a published edition, and its web pages and e-books where there is a browser.

    Raises BrowserError, and DamagedError for a file that is not there or cannot be read.
    """
    terms = _terms(edition.language)
    papers, pages, books = (
        [_there(folder / file.path) for file in edition.files if file.format is form]
        for form in (Format.PDF, Format.HTML, Format.EPUB)
    )
    shown = [_show_paper(path, terms) for path in papers]
    if browser is not None:
        pages.append(_there(folder / "index.html"))
        shown += [_show_screens(browser, path, width, terms) for path in pages for width in WIDTHS]
        shown += [_show_book(browser, path, terms) for path in books]
    return tuple(shown)


def _there(path: Path) -> Path:
    """The path of a regular file; a link is none. Raises DamagedError."""
    if path.is_symlink() or not path.is_file():
        raise DamagedError(path.name)
    return path


def _read(path: Path) -> bytes:
    try:
        return read_plain_file(path)
    except OSError:
        raise DamagedError(path.name) from None


def _terms(tag: str) -> dict[str, str]:
    """The fixed words for an edition in the language of a BCP 47 tag."""
    terms = read_yaml((Path(styles_folder()) / "terms.yaml").read_text(encoding="utf-8")).value
    words: dict[str, str] = terms[language_for(tag, terms)]
    return words


def proof_page(name: str, language: Language, shown: tuple[Shown, ...]) -> bytes:
    """The HTML page that holds all sheets; the published folder called `name` stands beside its own."""
    template = (Path(styles_folder()) / _TEMPLATE).read_text(encoding="utf-8")
    page = render_template(
        _TEMPLATE,
        {_TEMPLATE: template},
        language=language.value,
        terms=_terms(language.value),
        edition=name,
        shown=shown,
    )
    return page.encode("utf-8")


def screens(browser: Browser, page: Path, width: int, height: int) -> Iterator[bytes]:
    """A web page in a window of `width` pixels, in pieces of `height` pixels."""
    whole = browser.show(page, width, height)
    for top in range(0, whole, height):
        yield browser.picture(top, width, min(height, whole - top))


def _show_paper(path: Path, terms: dict[str, str]) -> Shown:
    data = _read(path)
    try:
        numbers = range(1, page_count(data) + 1)
        pages = [(str(number), page_picture(data, number, 2 * _PAPER.width)) for number in numbers]
    except PdfError:
        raise DamagedError(path.name) from None
    sheets = _sheets(f"{path.stem}-pdf", pages, _PAPER)
    return Shown(file=path.name, what=terms["proof_pages"], pages=len(pages), sheets=sheets)


def _show_screens(browser: Browser, path: Path, width: int, terms: dict[str, str]) -> Shown:
    pieces = screens(browser, path, width, _SCREEN_HEIGHTS[width])
    pages = [(str(number), piece) for number, piece in enumerate(pieces, 1)]
    if not pages:
        raise BrowserError(f"{path.name}: an empty page")
    sheets = _sheets(f"{path.stem}-{width}", pages, _SCREENS[width])
    return Shown(file=path.name, what=terms["proof_screens"].format(width=width), pages=len(pages), sheets=sheets)


def _show_book(browser: Browser, path: Path, terms: dict[str, str]) -> Shown:
    """An e-book as a reading system with a window of 600 by 800 pixels would show its parts, in their order."""
    width, height = _READER
    with TemporaryDirectory() as folder:
        try:
            parts = unpacked(_read(path), Path(folder))
        except (zipfile.BadZipFile, markup.MarkupError, KeyError, ValueError, OSError, EOFError, RuntimeError):
            raise DamagedError(path.name) from None
        pieces = [piece for part in parts for piece in screens(browser, part, width, height)]
    pages = [(str(number), piece) for number, piece in enumerate(pieces, 1)]
    return Shown(
        file=path.name, what=terms["proof_book"], pages=len(pages), sheets=_sheets(f"{path.stem}-epub", pages, _BOOK)
    )


def unpacked(epub: bytes, folder: Path) -> tuple[Path, ...]:
    """The files of an e-book put in a folder; returns its content documents in reading order (EPUB 3.3, 5.7).

    Raises zipfile.BadZipFile, MarkupError, KeyError and ValueError for what is no e-book.
    """
    with open_book(epub) as book:
        if any(strange_entries(book)):
            raise zipfile.BadZipFile
        book.extractall(folder)
        (rootfile,) = markup.with_tag(markup.parse_xml(book.read("META-INF/container.xml")), "rootfile")
        path = rootfile.get("full-path", "")
        package = markup.parse_xml(book.read(path))
    items = {item.get("id"): item.get("href", "") for item in markup.with_tag(package, "item")}
    parts = [items[item.get("idref")] for item in markup.with_tag(package, "itemref")]
    return tuple((folder / path).parent / part for part in parts)


def _sheets(name: str, pages: list[tuple[str, bytes]], layout: _Layout) -> tuple[tuple[str, bytes], ...]:
    each = layout.columns * layout.rows
    groups = [pages[start : start + each] for start in range(0, len(pages), each)]
    return tuple(
        (f"{name}-{number:02}.png", contact_sheet(group, min(layout.columns, len(pages)), layout.width))
        for number, group in enumerate(groups, 1)
    )
