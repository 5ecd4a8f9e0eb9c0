"""A copy of a PDF with comments put in, as a program does in which people read it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

Box = tuple[float, float, float, float]
HYPHEN = 2  # what pdfium gives for a hyphen at the end of a line


def letters(text: str) -> str:
    """A text without the spaces, which a page has elsewhere."""
    return "".join(text.split())


@dataclass(slots=True)
class Page:
    """The letters of a page as they are drawn, and the box of each."""

    text: str
    boxes: list[Box]


def pages_of(pdf: Path) -> list[Page]:
    document = pypdfium2.PdfDocument(pdf)
    pages = []
    for page in document:
        words = page.get_textpage()
        codes = [pdfium.FPDFText_GetUnicode(words, at) for at in range(words.count_chars())]
        seen = [at for at, code in enumerate(codes) if code not in (0, HYPHEN) and not chr(code).isspace()]
        pages.append(Page("".join(chr(codes[at]) for at in seen), [words.get_charbox(at) for at in seen]))
    document.close()
    return pages


@dataclass(slots=True)
class Copy:
    """A PDF that comments are put in."""

    path: Path
    pages: list[Page] = field(init=False)
    pdf: pikepdf.Pdf = field(init=False)

    def __post_init__(self) -> None:
        self.pages = pages_of(self.path)
        self.pdf = pikepdf.open(self.path)

    def count(self, words: str) -> int:
        """How often words stand in the PDF."""
        return sum(page.text.count(letters(words)) for page in self.pages)

    def find(self, words: str, number: int = 0) -> tuple[int, list[Box]]:
        """The page of the words that stand there for the so many-th time, from 0, and the boxes of their letters."""
        sought = letters(words)
        for at, page in enumerate(self.pages):
            start = page.text.find(sought)
            while start >= 0:
                if number == 0:
                    return at, page.boxes[start : start + len(sought)]
                number, start = number - 1, page.text.find(sought, start + 1)
        raise AssertionError(f"{words!r} is not in {self.path.name}")

    def mark(self, words: str, text: str = "", kind: str = "Highlight", number: int = 0, **more: Any) -> pikepdf.Object:
        """Mark words, a box for each of their lines."""
        page, boxes = self.find(words, number)
        lines: list[Box] = []
        for left, bottom, right, top in boxes:
            if lines and abs(lines[-1][1] - bottom) < 6 and left >= lines[-1][0]:
                lines[-1] = (lines[-1][0], min(lines[-1][1], bottom), right, max(lines[-1][3], top))
            else:
                lines.append((left, bottom, right, top))
        quads = [value for left, low, right, top in lines for value in (left, top, right, top, left, low, right, low)]
        around = (min(box[0] for box in lines), min(box[1] for box in lines), lines[0][2], lines[0][3])
        return self.put(page, around, text, kind, **{"QuadPoints": pikepdf.Array(quads), **more})

    def point(self, words: str, text: str = "", kind: str = "Text", **more: Any) -> pikepdf.Object:
        """Put a comment at the beginning of words."""
        page, ((left, bottom, _, top), *_) = self.find(words)
        return self.put(page, (left, bottom, left + 2, top), text, kind, **more)

    def put(self, page: int, box: Box, text: str = "", kind: str = "Text", **more: Any) -> pikepdf.Object:
        """Put a comment in a box of a page, which counts from 0."""
        said = {"Contents": pikepdf.String(text), "T": pikepdf.String("Els")} if text else {}
        entries = {"Type": pikepdf.Name.Annot, "Subtype": pikepdf.Name(f"/{kind}"), "Rect": pikepdf.Array(box)}
        annotation = self.pdf.make_indirect(pikepdf.Dictionary(**{**entries, **said, **more}))
        owner = self.pdf.pages[page].obj
        owner.Annots = pikepdf.Array([*owner.get("/Annots", ()), annotation])
        return annotation

    def save(self, path: Path, **more: Any) -> Path:
        self.pdf.save(path, **more)
        return path
