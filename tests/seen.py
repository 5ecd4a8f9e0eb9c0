"""The pages of a PDF as a sighted reader can select their text: another reading than that of the structure."""

from __future__ import annotations

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
