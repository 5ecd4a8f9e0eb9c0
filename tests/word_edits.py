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
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
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

    # --- what editors do besides -------------------------------------------------------------------------------------

    def insert(self, behind: str, words: str) -> None:
        """Words typed while changes are tracked."""
        target = next(r for r in self.paragraph(behind).iter(w("r")) if behind in text_of(r))
        change = etree.Element(w("ins"), {w("id"): "900", w("author"): "Redacteur"})
        change.append(run(words))
        target.addnext(change)

    def comment(self, words: str, text: str, author: str = "Redacteur") -> None:
        """A comment on words of one run; without words, on nothing."""
        if "word/comments.xml" not in self.parts:
            self.parts["word/comments.xml"] = f'<w:comments xmlns:w="{W}"/>'.encode()
            self.add_part("comments", "comments.xml")
        comments = self.root("word/comments.xml")
        number = str(len(comments))
        if words:
            self.look(words)
            target = next(r for r in self.paragraph(words).iter(w("r")) if text_of(r) == words)
            called = etree.Element(w("r"))
            etree.SubElement(called, w("commentReference"), {w("id"): number})
            target.addprevious(etree.Element(w("commentRangeStart"), {w("id"): number}))
            target.addnext(called)
            target.addnext(etree.Element(w("commentRangeEnd"), {w("id"): number}))
        made = etree.SubElement(comments, w("comment"), {w("id"): number, w("author"): author})
        etree.SubElement(made, w("p")).append(run(text))

    def link(self, words: str, address: str) -> None:
        """Make words of one run lead to an address."""
        self.look(words)
        target = next(r for r in self.paragraph(words).iter(w("r")) if text_of(r) == words)
        link = etree.Element(w("hyperlink"))
        link.set(f"{{{OFFICE}}}id", self.add_part("hyperlink", address, outside=True))
        target.addprevious(link)
        link.append(target)

    def add_part(self, kind: str, target: str, *, outside: bool = False, media: str = "") -> str:
        """Relate the document to a part or an address; the id of the relation."""
        relations = self.root("word/_rels/document.xml.rels")
        number = f"rIdAdded{len(relations)}"
        attributes = {"Id": number, "Type": f"{OFFICE}/{kind}", "Target": target}
        etree.SubElement(
            relations, f"{{{RELATIONS}}}Relationship", attributes | ({"TargetMode": "External"} if outside else {})
        )
        if kind == "comments":
            types = self.root("[Content_Types].xml")
            content = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
            etree.SubElement(types, f"{{{TYPES}}}Override", {"PartName": f"/word/{target}", "ContentType": content})
        return number

    def field(self, behind: str, instruction: str, printed: str) -> None:
        """A field at the end of a paragraph."""
        paragraph = self.paragraph(behind)
        for kind in ("begin", instruction, "separate", printed, "end"):
            if kind in ("begin", "separate", "end"):
                fresh = etree.Element(w("r"))
                etree.SubElement(fresh, w("fldChar"), {w("fldCharType"): kind})
            else:
                fresh = run(kind)
                if kind == instruction:
                    fresh[0].tag = w("instrText")
            paragraph.append(fresh)

    def note(self, behind: str, text: str) -> None:
        """A new footnote at the end of a paragraph."""
        note = etree.SubElement(self.root("word/footnotes.xml"), w("footnote"), {w("id"): "77"})
        etree.SubElement(note, w("p")).append(run(text))
        call = etree.SubElement(self.paragraph(behind), w("r"))
        etree.SubElement(call, w("footnoteReference"), {w("id"): "77"})

    def object(self, behind: str) -> None:
        """An embedded object at the end of a paragraph."""
        etree.SubElement(etree.SubElement(self.paragraph(behind), w("r")), w("object"))

    def table(self, behind: str, *rows: tuple[str, ...]) -> None:
        """A new table behind a paragraph."""
        table = etree.Element(w("tbl"))
        etree.SubElement(table, w("tblPr"))
        for row in rows:
            line = etree.SubElement(table, w("tr"))
            for words in row:
                etree.SubElement(etree.SubElement(line, w("tc")), w("p")).append(run(words))
        self.paragraph(behind).addnext(table)

    def merge_cells(self, words: str) -> None:
        """Make one cell of the one with these words and the next."""
        cell = next(c for c in self.root().iter(w("tc")) if text_of(c) == words)
        following = cell.getnext()
        following.getparent().remove(following)
        properties = cell.find(w("tcPr"))
        if properties is None:
            properties = etree.Element(w("tcPr"))
            cell.insert(0, properties)
        etree.SubElement(properties, w("gridSpan"), {w("val"): "2"})

    def table_in_cell(self, words: str) -> None:
        """A table within the cell with these words."""
        cell = next(c for c in self.root().iter(w("tc")) if text_of(c) == words)
        table = etree.SubElement(cell, w("tbl"))
        row = etree.SubElement(table, w("tr"))
        etree.SubElement(etree.SubElement(row, w("tc")), w("p")).append(run("Een cel in een cel."))
        etree.SubElement(cell, w("p"))

    def delete_picture(self, caption: str) -> None:
        """Delete the picture above a caption."""
        before = self.paragraph(caption).getprevious()
        before.getparent().remove(before)

    def new_picture(self, behind: str, data: bytes, alt: str) -> None:
        """A picture in a paragraph of its own."""
        model = next(p for p in reversed(list(self.paragraphs())) if list(p.iter(w("drawing"))))
        fresh = copy.deepcopy(model)
        for mark in list(fresh.iter(w("bookmarkStart"), w("bookmarkEnd"))):
            mark.getparent().remove(mark)
        self.parts["word/media/added.png"] = data
        number = self.add_part("image", "media/added.png")
        for element in fresh.iter():
            if etree.QName(element).localname == "docPr":
                element.attrib.update({"descr": alt, "name": "Afbeelding 9", "id": "99"})
            if etree.QName(element).localname == "blip":
                element.set(f"{{{OFFICE}}}embed", number)
        self.paragraph(behind).addnext(fresh)

    def new_picture_of_other_kind(self, behind: str) -> None:
        """A picture of a kind that no dossier takes."""
        self.new_picture(behind, b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "Iets dat beweegt.")

    def delete_pictures(self) -> None:
        """Delete all pictures, as some programs do."""
        for paragraph in [p for p in self.paragraphs() if list(p.iter(w("drawing")))]:
            paragraph.getparent().remove(paragraph)

    def forget_where_it_is_from(self) -> None:
        """Take away the properties of the document."""
        self.parts.pop("docProps/custom.xml")
        relations = self.root("_rels/.rels")
        for relation in list(relations):
            if relation.get("Target", "").endswith("custom.xml"):
                relations.remove(relation)

    def delete_all_behind(self, words: str) -> None:
        """Delete all paragraphs and tables behind one."""
        following = self.paragraph(words).getnext()
        while following is not None and following.tag != w("sectPr"):
            after = following.getnext()
            following.getparent().remove(following)
            following = after

    def type_control(self, words: str) -> None:
        """Put a sign into words that no text may hold in its source as it is: a break within them."""
        target = next(r for r in self.paragraph(words).iter(w("r")) if words in text_of(r))
        etree.SubElement(target, w("br"))
        target.append(copy.deepcopy(next(target.iter(w("t")))))


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
