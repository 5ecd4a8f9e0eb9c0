"""Edits of a Word document as an editor makes them, on the XML of its parts."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def w(name: str) -> str:
    return f"{{{W}}}{name}"


class Docx:
    """A document that is edited; `data` gives it as it is then."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            self.parts = {name: package.read(name) for name in package.namelist()}
        self.roots: dict[str, Any] = {}

    def root(self, part: str = "word/document.xml") -> Any:
        if part not in self.roots:
            self.roots[part] = etree.fromstring(self.parts[part])
        return self.roots[part]

    @property
    def body(self) -> Any:
        return self.root()[0]

    def data(self) -> bytes:
        for part, root in self.roots.items():
            self.parts[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
            for name, data in self.parts.items():
                package.writestr(name, data)
        return made.getvalue()

    # --- finding -----------------------------------------------------------------------------------------------------

    def paragraphs(self, part: str = "word/document.xml") -> Iterator[Any]:
        yield from self.root(part).iter(w("p"))

    def paragraph(self, words: str, part: str = "word/document.xml") -> Any:
        """The first paragraph with these words."""
        return next(p for p in self.paragraphs(part) if words in text_of(p))

    # --- editing -----------------------------------------------------------------------------------------------------

    def replace(self, old: str, new: str, part: str = "word/document.xml") -> None:
        """Put words in the place of others, which may stand in several runs."""
        paragraph = self.paragraph(old, part)
        texts = list(paragraph.iter(w("t")))
        whole = "".join(t.text or "" for t in texts)
        start = whole.index(old)
        end, at, first = start + len(old), 0, True
        for t in texts:
            text = t.text or ""
            left, right = max(start - at, 0), max(min(end - at, len(text)), 0)
            if left < len(text) and right > 0 and left < right:
                t.text = text[:left] + (new if first else "") + text[right:]
                t.set(SPACE, "preserve")
                first = False
            at += len(text)

    def after(self, words: str, *texts: str, style: str = "", like: str = "") -> Any:
        """New paragraphs behind the one with these words, in a style by its id or like another paragraph."""
        before = self.paragraph(words)
        for text in texts:
            fresh = etree.Element(w("p"))
            model = self.paragraph(like).find(w("pPr")) if like else None
            if model is not None:
                fresh.append(copy.deepcopy(model))
            elif style:
                etree.SubElement(etree.SubElement(fresh, w("pPr")), w("pStyle")).set(w("val"), style)
            fresh.append(run(text))
            before.addnext(fresh)
            before = fresh
        return before

    def delete(self, words: str) -> None:
        paragraph = self.paragraph(words)
        paragraph.getparent().remove(paragraph)

    def move(self, words: str, behind: str) -> None:
        paragraph = self.paragraph(words)
        self.paragraph(behind).addnext(paragraph)

    def split(self, words: str) -> None:
        """Begin a new paragraph at these words."""
        paragraph = self.paragraph(words)
        fresh = etree.Element(w("p"))
        if (model := paragraph.find(w("pPr"))) is not None:
            fresh.append(copy.deepcopy(model))
        found = False
        for child in list(paragraph):
            text = text_of(child)
            if not found and words in text:
                found = True
                t = next(t for t in child.iter(w("t")) if words in (t.text or ""))
                at = (t.text or "").index(words)
                second = copy.deepcopy(child)
                t.text = (t.text or "")[:at]
                next(t for t in second.iter(w("t")) if words in (t.text or "")).text = text[text.index(words) :]
                fresh.append(second)
            elif found and child.tag != w("pPr"):
                fresh.append(child)
        paragraph.addnext(fresh)

    def join(self, words: str) -> None:
        """Make one paragraph of the one with these words and the next."""
        paragraph = self.paragraph(words)
        following = paragraph.getnext()
        paragraph.append(run(" "))
        for child in list(following):
            if child.tag != w("pPr"):
                paragraph.append(child)
        following.getparent().remove(following)

    def look(self, words: str, **looks: bool) -> None:
        """Give words a look ("b", "i"), or take it away."""
        paragraph = self.paragraph(words)
        for child in [r for r in paragraph.iter(w("r")) if words in text_of(r)][:1]:
            text = text_of(child)
            at = text.index(words)
            pieces = [text[:at], words, text[at + len(words) :]]
            runs = []
            for piece in pieces:
                fresh = copy.deepcopy(child)
                for t in list(fresh.iter(w("t")))[1:]:
                    t.getparent().remove(t)
                t = next(fresh.iter(w("t")))
                t.text = piece
                t.set(SPACE, "preserve")
                runs.append(fresh)
            properties = runs[1].find(w("rPr"))
            if properties is None:
                properties = etree.Element(w("rPr"))
                runs[1].insert(0, properties)
            for name, on in looks.items():
                for old in properties.findall(w(name)):
                    properties.remove(old)
                if on:
                    etree.SubElement(properties, w(name))
            for fresh, piece in zip(runs, pieces, strict=True):
                if piece:
                    child.addprevious(fresh)
            child.getparent().remove(child)

    def style(self, words: str, style: str) -> None:
        """Give a paragraph another style by its id."""
        properties = self.paragraph(words).find(w("pPr"))
        properties.find(w("pStyle")).set(w("val"), style)


def run(text: str) -> Any:
    fresh = etree.Element(w("r"))
    t = etree.SubElement(fresh, w("t"))
    t.text = text
    t.set(SPACE, "preserve")
    return fresh


def text_of(element: Any) -> str:
    return "".join(t.text or "" for t in element.iter(w("t")))


def without_carriers(data: bytes) -> bytes:
    """A document as a program leaves it that keeps only text, headings, lists, tables, notes and pictures."""
    docx = Docx(data)
    for part in ("word/document.xml", "word/footnotes.xml"):
        if part not in docx.parts:
            continue
        root = docx.root(part)
        for name in ("bookmarkStart", "bookmarkEnd", "instrText", "fldChar"):
            for element in list(root.iter(w(name))):
                element.getparent().remove(element)
        for link in list(root.iter(w("hyperlink"))):
            for child in list(link):
                link.addprevious(child)
            link.getparent().remove(link)
        for style in root.iter(w("pStyle")):
            if not re.fullmatch(r"Heading\d|Kop\d", style.get(w("val"), "")):
                style.set(w("val"), "Normal")
    return docx.data()
