"""A document with every construct that a dossier can print, and what it needs, for the tests of PDF."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from dossierbuild.tools.paper import Paper, write_pdf
from dossierbuild.tools.pdf_reader import PdfElement, PdfFacts

FOLDER = Path(__file__).parent / "paper"
FONTS = Path(__file__).parent.parent / "styles" / "fonts"
IDENTIFIER = "urn:uuid:5f0c2f3e-0000-4000-8000-000000000001"
LONG_TABLE_ROWS = 70
DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="100" height="100">'
    b'<rect width="100" height="100" fill="#eee"/><circle cx="50" cy="50" r="40" fill="#0b4f8a"/></svg>'
)


def sample_html() -> str:
    rows = "".join(
        f'<tr><th>rij {row}</th><td>inhoud van rij {row} met <a href="#tekst">link</a></td></tr>'
        for row in range(LONG_TABLE_ROWS)
    )
    return (FOLDER / "every-construct.html").read_text(encoding="utf-8").replace("LONG-TABLE", rows)


def sample_resources() -> dict[str, bytes]:
    return {
        "every-construct.css": (FOLDER / "every-construct.css").read_bytes(),
        "figures/photo.png": _photo(),
        "figures/drawing.svg": DRAWING,
        "figures/pattern.svg": DRAWING,
        **font_resources(),
    }


def font_resources() -> dict[str, bytes]:
    names = {"regular": "Regular", "italic": "Italic", "bold": "Bold"}
    return {f"fonts/{name}.ttf": (FONTS / f"DossierSerif-{file}.ttf").read_bytes() for name, file in names.items()}


def page_html(body: str, css: str = "", head: str = "", title: str = "Proef") -> str:
    """A small document in Dutch, in the sample's font."""
    font = "@font-face { font-family: Text; src: url(fonts/regular.ttf) } html { font: 10pt Text }"
    return (
        f'<!DOCTYPE html><html lang="nl"><head><meta charset="utf-8"><title>{title}</title>{head}'
        f"<style>{font} {css}</style></head><body>{body}</body></html>"
    )


def write(body: str, css: str = "", **options: str) -> Paper:
    return write_pdf(page_html(body, css, **options), font_resources(), identifier=IDENTIFIER)


def texts(facts: PdfFacts, tag: str) -> list[str]:
    return [element.text for element in facts.elements if element.tag == tag]


def below(facts: PdfFacts, element: PdfElement) -> list[PdfElement]:
    """The elements below one, in reading order."""
    start = facts.elements.index(element) + 1
    inside = []
    for other in facts.elements[start:]:
        if other.depth <= element.depth:
            break
        inside.append(other)
    return inside


def tags_in(facts: PdfFacts, tag: str, text: str) -> str:
    """The types of the first element of a type that holds a text and of all below it, as `L(LI(Lbl LBody))`."""
    element = next(one for one in facts.elements if one.tag == tag and text in one.text)
    written, depth = element.tag, element.depth
    for other in below(facts, element):
        step = other.depth - depth
        written += "(" * step + ")" * -step + " " * (step <= 0) + other.tag
        depth = other.depth
    return written + ")" * (depth - element.depth)


def _photo() -> bytes:
    picture = Image.new("RGB", (60, 40), "#0b4f8a")
    picture.paste("#ffffff", (30, 0, 60, 40))
    data = io.BytesIO()
    picture.save(data, "PNG")
    return data.getvalue()
