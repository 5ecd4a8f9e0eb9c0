"""Whatever is taken out of one file of a built edition, the others tell: what, from which part, in which file.

Somebody has covered up each damage in the checksums.
"""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from dossierbuild.tools.pdf_reader import read_pdf
from dossierbuild.verification import inspect_edition

NAME = "buurtfeesten-dossier"
PARAGRAPH = "Zorg voor taart."

Change = Callable[[Path], None]


@pytest.fixture
def copy(edition: Path, tmp_path: Path) -> Path:
    """A copy of the published folder, to damage."""
    return Path(shutil.copytree(edition, tmp_path / "buurtfeesten"))


def _cover_up(folder: Path, change: Change) -> None:
    """Make a change, and have the manifest and the checksums say what is there now."""
    before = {path.name: _digest(path) for path in folder.iterdir()}
    change(folder)
    for record in ("manifest.json", "SHA256SUMS"):
        text = (folder / record).read_text("utf-8")
        for name, digest in before.items():
            text = text.replace(digest, _digest(folder / name))
        (folder / record).write_text(text, encoding="utf-8")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


# --- pages and e-books ---------------------------------------------------------------------------------------------


def _in_page(pattern: str, new: str) -> Change:
    def change(folder: Path) -> None:
        path = folder / f"{NAME}.html"
        text, count = re.subn(pattern, new, path.read_text("utf-8"), count=1, flags=re.DOTALL)
        assert count
        path.write_text(text, encoding="utf-8")

    return change


def _in_book(pattern: str, new: str) -> Change:
    def change(folder: Path) -> None:
        path = folder / f"{NAME}.epub"
        with zipfile.ZipFile(path) as book:
            members = {member: book.read(member) for member in book.infolist()}
        changed = 0
        with zipfile.ZipFile(path, "w") as book:
            for member, data in members.items():
                text = data
                if re.search(r"/0\d-.*\.xhtml$", member.filename) and not changed:
                    changed_text, changed = re.subn(pattern, new, data.decode(), count=1, flags=re.DOTALL)
                    text = changed_text.encode()
                book.writestr(member, text)
        assert changed

    return change


# --- paper ---------------------------------------------------------------------------------------------------------


def _on_paper(alter: Callable[[pikepdf.Pdf], None]) -> Change:
    def change(folder: Path) -> None:
        with pikepdf.open(folder / f"{NAME}.pdf", allow_overwriting_input=True) as pdf:
            alter(pdf)
            pdf.save(folder / f"{NAME}.pdf", compress_streams=False)

    return change


def _below(node: Any) -> Iterator[Any]:
    kids = node.get("/K", [])
    for one in list(kids) if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(one, pikepdf.Dictionary) and "/S" in one:
            yield one
            yield from _below(one)


def _element(pdf: pikepdf.Pdf, tag: str, text: str = "") -> Any:
    """The first structure element of a type that begins with a text."""
    written = io.BytesIO()
    pdf.save(written)
    read = read_pdf(written.getvalue()).elements
    return next(
        element
        for element, one in zip(_below(pdf.Root.StructTreeRoot), read, strict=True)
        if one.tag == tag and one.text.startswith(text)
    )


def _without_element(tag: str, text: str = "") -> Callable[[pikepdf.Pdf], None]:
    """Take an element out of the structure tree."""

    def alter(pdf: pikepdf.Pdf) -> None:
        element = _element(pdf, tag, text)
        element.P.K = pikepdf.Array([one for one in element.P.K if not _is_same(one, element)])

    return alter


def _is_same(one: Any, other: Any) -> bool:
    return isinstance(one, pikepdf.Dictionary) and one.is_indirect and bool(one.objgen == other.objgen)


def _without_alternative(pdf: pikepdf.Pdf) -> None:
    del _element(pdf, "Figure")["/Alt"]


def _without_link_area(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        areas: Any = page.obj.get("/Annots", [])
        for area in areas:
            if "/URI" in area.get("/A", {}):
                page.obj["/Annots"] = pikepdf.Array([one for one in areas if one.objgen != area.objgen])
                return
    raise AssertionError


def _with_lines_turned_around(pdf: pikepdf.Pdf) -> None:
    paragraph = _element(pdf, "P", "Een feest begint")
    paragraph.K = pikepdf.Array(list(reversed(list(paragraph.K))))


NOTE = r'<(div|aside) (?=[^>]*id="fn-1").*?</\1>'
LINK = r'<a (?=[^>]*href="https?:)[^>]*>(.*?)</a>'
DRAWING = r"(<svg (?:(?!aria-hidden)[^>])*>\s*)<title[^>]*>.*?</title>"
DAMAGE: dict[str, tuple[Change, str, set[str]]] = {
    "a paragraph in the page": (_in_page(PARAGRAPH, ""), "html", {"D611"}),
    "a note in the page": (_in_page(NOTE, ""), "html", {"D617"}),
    "a link in the page": (_in_page(LINK, r"\1"), "html", {"D619"}),
    "an alternative text in the page": (_in_page(DRAWING, r"\1"), "html", {"D618"}),
    "the order of words in the page": (_in_page("Zorg voor", "voor Zorg"), "html", {"D611", "D620"}),
    "a paragraph in the book": (_in_book(PARAGRAPH, ""), "epub", {"D611"}),
    "a note in the book": (_in_book(NOTE, ""), "epub", {"D617"}),
    "a link in the book": (_in_book(LINK, r"\1"), "epub", {"D619"}),
    "an alternative text in the book": (_in_book(DRAWING, r"\1"), "epub", {"D618"}),
    "the order of words in the book": (_in_book("Zorg voor", "voor Zorg"), "epub", {"D611", "D620"}),
    "a paragraph on paper": (_on_paper(_without_element("P", "Vraag op tijd")), "pdf", {"D611"}),
    "a note on paper": (_on_paper(_without_element("Note")), "pdf", {"D617"}),
    "a link on paper": (_on_paper(_without_link_area), "pdf", {"D619"}),
    "an alternative text on paper": (_on_paper(_without_alternative), "pdf", {"D618"}),
    "the order of words on paper": (_on_paper(_with_lines_turned_around), "pdf", {"D611"}),
}  # fmt: skip


@pytest.mark.parametrize("case", list(DAMAGE))
def test_what_is_lost_is_named_with_its_part_in_the_file_that_lost_it(copy: Path, case: str) -> None:
    change, form, codes = DAMAGE[case]
    _cover_up(copy, change)
    found = inspect_edition(copy).problems
    assert codes <= {one.code for one in found}
    assert {one.place.path for one in found} == {f"{NAME}.{form}"}
    lost = [one.words for one in found if one.code in codes - {"D620"}]
    assert all(words["part"] for words in lost)


def test_nothing_is_said_of_an_edition_that_is_whole(copy: Path) -> None:
    _cover_up(copy, lambda folder: None)
    assert inspect_edition(copy).problems == ()
