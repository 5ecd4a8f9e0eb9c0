"""Writes a structure tree into a PDF, and tells in its pages what the tree knows about them.

In comes the PDF as WeasyPrint has it just before writing, and the `Tagged` that `tags` made of the same
document. Object numbers follow the reading order, so that the same document gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import pydyf

from dossierbuild.tools.paper.structure import Element, LinkArea, Mark, Tagged

# The last glyph of a TJ operator as WeasyPrint writes it: `[... <0012003a>-5] TJ`, four digits a glyph.
LAST_GLYPH = re.compile(rb"^(.*<[0-9a-f]*)([0-9a-f]{4})>([^<>]*)\] TJ$", re.DOTALL)
GLYPHS = re.compile(rb"<([0-9a-f]*+)>")
FONT_CHOICE = re.compile(rb"^/(\S+) \S+ Tf$")
SOFT_HYPHEN = b"/Span <</ActualText <FEFF00AD>>> BDC"


def write_structure(pdf: Any, tagged: Tagged) -> None:
    """Write the tree of `tagged` (ISO 32000-1, 14.7) into a PDF whose pages are there already."""
    pages = len(pdf.page_references)
    writer = _TreeWriter(pdf)
    root = writer.add({"Type": "/StructTreeRoot"})
    root["K"] = pydyf.Array([writer.write(tagged.document, root)])
    root["ParentTree"] = writer.add({"Nums": writer.parent_numbers(pages, tagged.artifacts)}).reference
    root["ParentTreeNextKey"] = pages + len(writer.links)
    if writer.ids:
        names = [part for name in sorted(writer.ids) for part in (pydyf.String(name), writer.ids[name])]
        root["IDTree"] = writer.add({"Names": pydyf.Array(names)}).reference
    pdf.catalog["StructTreeRoot"] = root.reference
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})


class _TreeWriter:
    """Writes elements depth first, and keeps by the way which element each piece of content belongs to."""

    def __init__(self, pdf: Any) -> None:
        self.pdf = pdf
        self.pages = pdf.page_references
        self.owners: dict[Mark, bytes] = {}
        self.links: list[tuple[LinkArea, bytes]] = []
        self.ids: dict[str, bytes] = {}

    def add(self, entries: dict[str, Any]) -> Any:
        dictionary = pydyf.Dictionary(entries)
        self.pdf.add_object(dictionary)
        return dictionary

    def write(self, element: Element, parent: Any) -> bytes:
        """Write an element with all below it; the reference to it."""
        written = self.add({"Type": "/StructElem", "S": f"/{element.tag}", "P": parent.reference})
        page = next((kid.page for kid in element.kids if not isinstance(kid, Element)), None)
        if page is not None:
            written["Pg"] = self.pages[page]
        for name, text in element.entries.items():
            written[name] = pydyf.String(text)
        if "ID" in element.entries:
            self.ids[element.entries["ID"]] = written.reference
        if element.attributes:
            written["A"] = pydyf.Array(
                _attribute_object(owner, values) for owner, values in element.attributes.items() if values
            )
        written["K"] = pydyf.Array([self.write_kid(kid, written, page) for kid in element.kids])
        return bytes(written.reference)

    def write_kid(self, kid: Element | Mark | LinkArea, owner: Any, page: int | None) -> Any:
        if isinstance(kid, Element):
            return self.write(kid, owner)
        reference = self.pages[kid.page]
        if isinstance(kid, LinkArea):
            self.links.append((kid, owner.reference))
            return pydyf.Dictionary({"Type": "/OBJR", "Obj": kid.annotation.reference, "Pg": reference})
        self.owners[kid] = owner.reference
        if kid.page == page:
            return kid.mcid
        return pydyf.Dictionary({"Type": "/MCR", "Pg": reference, "MCID": kid.mcid})

    def parent_numbers(self, pages: int, artifacts: Iterable[Mark]) -> Any:
        """The number tree from content to elements: an array for each page, then an element for each link."""
        owners = {**self.owners, **dict.fromkeys(artifacts, b"null")}
        by_page: list[list[bytes]] = [[] for _ in range(pages)]
        for mark in sorted(owners, key=lambda mark: (mark.page, mark.mcid)):
            by_page[mark.page].append(owners[mark])
        numbers = pydyf.Array()
        for page, references in enumerate(by_page):
            numbers.extend((page, pydyf.Array(references)))
        for number, (area, reference) in enumerate(self.links, start=pages):
            numbers.extend((number, reference))
            area.annotation["StructParent"] = number
            area.annotation["Contents"] = pydyf.String(area.annotation["Contents"])
        return numbers


def _attribute_object(owner: str, values: Mapping[str, Any]) -> Any:
    entries = {name: _array(value) if isinstance(value, tuple) else value for name, value in values.items()}
    return pydyf.Dictionary({"O": f"/{owner}", **entries})


def _array(values: tuple[Any, ...]) -> Any:
    """An array of numbers or of texts."""
    return pydyf.Array(pydyf.String(value) if isinstance(value, str) else value for value in values)


def mark_pages(page_streams: Iterable[Any], tagged: Tagged, glyphs: Mapping[bytes, Mapping[bytes, str]]) -> list[str]:
    """Turn what is no content into artifacts, and complete the text at the ends of lines.

    `glyphs` gives the text of each glyph (four hexadecimal digits) by the name of the font's resource. Returns
    lines for the log.
    """
    spaces = {font: glyph for font, texts in glyphs.items() for glyph, text in texts.items() if text == " "}
    faults = []
    for number, stream in enumerate(page_streams):
        items = stream.stream
        places = {
            item["MCID"]: place
            for place, item in enumerate(items)
            if isinstance(item, pydyf.Dictionary) and "MCID" in item
        }
        if len(places) < len(stream._tags):
            faults.append(f"page {number + 1}: content in a translucent group (CSS opacity) has no tags")
        for mcid, place in places.items():
            mark = Mark(number, mcid)
            if mark in tagged.artifacts:
                _make_artifact(items, place, *tagged.artifacts[mark])
            elif mark in tagged.hyphenated:
                _tell_hyphen(items, place)
            elif mark in tagged.spaced:
                _add_space(items, place, spaces, glyphs)
    return faults


def _make_artifact(items: list[Any], place: int, kind: str, subtype: str) -> None:
    """Make an artifact (ISO 32000-1, 14.8.2.2) of the marked content whose properties stand at `place`."""
    items[place - 1] = "/Artifact"
    items[place] = pydyf.Dictionary({"Type": f"/{kind}", **({"Subtype": f"/{subtype}"} if subtype else {})})


def _tell_hyphen(items: list[Any], place: int) -> None:
    """Tell that the last glyph is a hyphen of the layout and no character of the text (ISO 32000-1, 14.8.2.2.3),
    so that a word that was cut can be searched, copied and read aloud whole."""
    last = _last_text(items, place)
    if last and (match := LAST_GLYPH.match(items[last])):
        text, hyphen, kerning = match.groups()
        items[last] = b"%b>] TJ\n%b\n[<%b>%b] TJ\nEMC" % (text, SOFT_HYPHEN, hyphen, kerning)


def _add_space(
    items: list[Any], place: int, spaces: Mapping[bytes, bytes], glyphs: Mapping[bytes, Mapping[bytes, str]]
) -> None:
    """Show the space between the last word of a line and the next line. The layout leaves it out, and a reader
    would have to guess from the places of the letters that two words are two (ISO 32000-1, 14.8.2.5). Where the
    part of the font that is in the file has no space, the letters are told to be themselves and a space: all that are
    shown at once, since programs take a break within them for a break in the word."""
    last = _last_text(items, place)
    match = LAST_GLYPH.match(items[last]) if last else None
    fonts = [found[1] for item in items[place:last] if isinstance(item, bytes) and (found := FONT_CHOICE.match(item))]
    if last is None or match is None or not fonts or fonts[-1] not in glyphs:
        return
    text, glyph, kerning = match.groups()
    if space := spaces.get(fonts[-1]):
        items[last] = b"%b%b>%b<%b>] TJ" % (text, glyph, kerning, space)
    else:
        codes = b"".join(GLYPHS.findall(items[last]))
        shown = "".join(glyphs[fonts[-1]].get(codes[at : at + 4], "") for at in range(0, len(codes), 4))
        letters = f"{shown} ".encode("utf-16-be").hex().encode()
        items[last] = b"/Span <</ActualText <FEFF%b>>> BDC\n%b\nEMC" % (letters, items[last])


def _last_text(items: list[Any], place: int) -> int | None:
    """The place of the last text-showing operator of the marked content whose properties stand at `place`."""
    last = None
    for here in range(place, len(items)):
        if items[here] == b"EMC":
            break
        if isinstance(items[here], bytes) and items[here].endswith(b"] TJ"):
            last = here
    return last
