"""The pages of a PDF as a sighted reader can select their text: another reading than that of the structure."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2

from dossierbuild.tools.pdf_reader import clean_text


def page_texts(data: bytes) -> tuple[str, ...]:
    """The text on each page, in lines."""
    document = pypdfium2.PdfDocument(data)
    try:
        texts = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return tuple("\n".join(clean_text(line) for line in text.splitlines()) for text in texts)


def page_sizes(data: bytes) -> tuple[tuple[float, float], ...]:
    """The width and the height of each page, in points."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        edges = [[float(edge) for edge in page.mediabox.as_list()] for page in pdf.pages]
    return tuple((round(right - left, 3), round(top - bottom, 3)) for left, bottom, right, top in edges)


def fonts_without_letters(data: bytes) -> list[str]:
    """The names of the fonts that pages use and whose letters are not in the file."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return sorted(str(font.get("/BaseFont")) for font in _page_fonts(pdf) if not _has_letters(font))


def _page_fonts(pdf: pikepdf.Pdf) -> Iterator[Any]:
    for page in pdf.pages:
        fonts: Any = page.resources.get("/Font", {})
        yield from fonts.values()


def _has_letters(font: Any) -> bool:
    inner: Any = font.get("/DescendantFonts", [font])[0]
    descriptor = inner.get("/FontDescriptor", {})
    return any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
