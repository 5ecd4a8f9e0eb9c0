"""A built PDF in, facts about it out: what a reader sees, and what a screen reader is told.

A build reads back what it made, because what was meant is not what was written. The structure tree, the links and the
metadata are read with pikepdf; the pages as they are seen are counted and drawn with pdfium (pypdfium2).
"""

from __future__ import annotations

import contextlib
import io
import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeAlias

import pikepdf
import pypdfium2

# Structure types that run on in a line; around all others there is at least a space.
INLINE_TAGS = frozenset({"Span", "Link", "Reference", "Code", "Quote", "BibEntry", "Annot"})
TEXT_OPERATORS = "BMC BDC EMC Tf Tj TJ ' \""
MAX_DEPTH = 200
MAX_PAGES = 5_000
MAX_CODES = 300_000
"""Codes in the map of a font: Unicode has half as many letters."""
MAX_SIDES = 20
"""How many times as high as wide a page can be that is shown."""
MAX_PART = 100_000_000
"""Bytes of a part when it is unfolded: a page of an atlas at 300 dots an inch, without its being packed."""
MAX_WHOLE = 2_000_000_000
"""Bytes of all parts together, of which one at a time is in memory."""
PIECE = 1 << 20
_PART = re.compile(rb"stream\s+")
_TWICE_PACKED = re.compile(rb"/F(?:ilter)?\s*\[\s*/(?:Fl|LZW)[A-Za-z]*\s*/(?:Fl|LZW)")
# What the layout made of letters: hyphens at the ends of lines, and ligatures.
LETTERS = MappingProxyType({
    "\u00ad": "", "\ufffe": "", "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
})  # fmt: skip
# The usual prefixes of the XMP namespaces that PDF/A and PDF/UA files hold.
PREFIXES = MappingProxyType(
    {
        "http://purl.org/dc/elements/1.1/": "dc",
        "http://ns.adobe.com/xap/1.0/": "xmp",
        "http://ns.adobe.com/pdf/1.3/": "pdf",
        "http://www.aiim.org/pdfa/ns/id/": "pdfaid",
        "http://www.aiim.org/pdfua/ns/id/": "pdfuaid",
    }
)
# From character codes to text: the length of a code in bytes, and the text of each.
TextMap: TypeAlias = tuple[int, dict[bytes, str]]


class PdfError(Exception):
    """The bytes are no PDF that can be read. The text is one line that says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfElement:
    """One element of the structure tree.

    `text` is all text in it and below it, in reading order and over pages, on one line: words that were cut at the
    end of a line are whole, artifacts are left out. Notes are elements of their own: neither they nor their calls are
    in the text of what they stand in, and neither are the words in a picture that has a text alternative. `page` counts
    from 1 and is that of its first content, 0 when it has none. `language` is its own or that of what it stands in;
    `depth` is 0 for the root. `identifier` is its ID: a note `note-1` has its call in the Reference `call-1`.
    `attributes` are those of the structure, as ("Scope", "Column"). `target` is where a Link leads: an address, or
    `#name` for a place in the file; empty when no area of a page leads there.
    """

    tag: str
    text: str
    page: int
    alt: str
    language: str
    title: str
    identifier: str
    depth: int
    attributes: tuple[tuple[str, str], ...]
    target: str = ""

    def attribute(self, name: str) -> str:
        """The value of an attribute, empty when there is none."""
        return dict(self.attributes).get(name, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfLink:
    """One area of a link; a link over two lines has two. Exactly one of `uri` and `destination` is there; a place in
    another file is the relative uri `other.pdf#place`."""

    uri: str | None
    destination: str | None
    contents: str
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfFacts:
    """What is in a PDF. Pages count from 1; sizes are width and height in points (1/72 inch).

    `elements` is the structure tree in reading order; `metadata` holds the XMP properties by name, as ("pdfuaid:part",
    "1"); `fonts` the names of all fonts. `actions` are the kinds of what a reader's program does when the file is
    opened or something in it is used (/GoTo, /URI, /JavaScript), `triggered` those of them that no use sets off, and
    `annotations` the kinds of what lies over the pages (/Link). `parts` are the names of what a document of text does
    not have: forms, collections, encryption.
    """

    title: str
    language: str
    pages: int
    outline: tuple[tuple[int, str], ...]
    elements: tuple[PdfElement, ...]
    links: tuple[PdfLink, ...]
    destinations: tuple[str, ...]
    fonts: tuple[str, ...]
    attachments: tuple[str, ...]
    actions: tuple[str, ...]
    triggered: tuple[str, ...]
    parts: tuple[str, ...]
    annotations: tuple[str, ...]
    metadata: tuple[tuple[str, str], ...]


def read_pdf(data: bytes) -> PdfFacts:
    """Read a PDF.

    Raises PdfError when it is none, unfolds to too much, is broken for either of the two libraries, or when one of them
    finds fault with how any of its objects is written.
    """
    refuse_bombs(data)
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > MAX_PAGES:
                raise PdfError(f"it has more than {MAX_PAGES} pages")
            _require_sound(pdf)
            return PdfFacts(
                title=str(pdf.docinfo.get("/Title", "")),
                language=str(pdf.Root.get("/Lang", "")),
                pages=page_count(data),
                outline=tuple(_outline(pdf)),
                elements=tuple(_elements(pdf)),
                links=tuple(_links(pdf)),
                destinations=tuple(_destinations(pdf)),
                fonts=tuple(sorted(set(_fonts(pdf)))),
                attachments=tuple(sorted(pdf.attachments)),
                actions=tuple(sorted(set(_actions(pdf)))),
                triggered=tuple(sorted(set(_kinds(_by_themselves(pdf))))),
                parts=tuple(_foreign_parts(pdf)),
                annotations=tuple(sorted({str(annotation.get("/Subtype")) for annotation in _annotations(pdf)})),
                metadata=tuple(sorted(_metadata(pdf))),
            )
    except PdfError:
        raise
    except Exception as error:
        # Each object can be another than it should be, and a damaged one raises whatever it stumbles on.
        raise PdfError(f"the PDF can not be read: {error}") from error


def refuse_bombs(data: bytes) -> None:
    """Raise PdfError for bytes that do not begin as a PDF, and for parts that unfold to more than there is room for.

    The parts are unfolded before anything else reads them, a piece at a time: the libraries know no bound. What is
    packed twice has a second layer that is not looked into, so it is refused; no writer of text packs so.
    """
    if not data.startswith(b"%PDF-"):
        raise PdfError("the PDF can not be read: it does not begin as one")
    if _TWICE_PACKED.search(data):
        raise PdfError("a part of it is packed twice")
    whole = 0
    for start in _PART.finditer(data):
        part = 0
        for size in _unfolded(data, start.end()):
            part, whole = part + size, whole + size
            if part > MAX_PART or whole > MAX_WHOLE:
                raise PdfError(f"it unfolds to more than {part // 1_000_000} MB")


def _unfolded(data: bytes, at: int) -> Iterator[int]:
    """The sizes of the pieces of a part that is packed with zlib from a place on; where it is packed otherwise or is
    damaged there are no more."""
    packed = zlib.decompressobj()
    with contextlib.suppress(zlib.error):
        while not packed.eof and (piece := packed.unconsumed_tail or data[at : at + PIECE]):
            at += 0 if packed.unconsumed_tail else len(piece)
            yield len(packed.decompress(piece, PIECE))


def _require_sound(pdf: pikepdf.Pdf) -> None:
    """Raise PdfError when qpdf, which pikepdf is made of, has anything to say of the file; it reads each object."""
    faults = [*map(str, pdf.check_pdf_syntax()), *map(str, pdf.get_warnings())]
    if faults:
        raise PdfError(f"the PDF can not be read: {faults[0]}")


def page_count(data: bytes) -> int:
    """The number of pages. Raises PdfError."""
    with opened(data) as document:
        return len(document)


def page_picture(data: bytes, page: int, width: int) -> bytes:
    """A PNG of one page (from 1), `width` pixels wide. Raises PdfError when the page is not there or not whole."""
    with opened(data) as document:
        if not 1 <= page <= len(document):
            raise PdfError(f"there is no page {page}")
        seen = document[page - 1]
        if seen.get_height() > MAX_SIDES * seen.get_width():
            raise PdfError(f"page {page} is too narrow to be shown")
        picture = seen.render(scale=width / seen.get_width()).to_pil()
        png = io.BytesIO()
        picture.save(png, "PNG", compress_level=6)
        return png.getvalue()


@contextmanager
def opened(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    try:
        document = pypdfium2.PdfDocument(data)
        try:
            yield document
        finally:
            document.close()
    except pypdfium2.PdfiumError as error:
        raise PdfError(f"the PDF can not be read: {error}") from error


_LAYOUT = re.compile(f"[{''.join(LETTERS)}]")


def clean_text(text: str) -> str:
    """Text on one line: composed characters, no ligatures, no hyphens of the layout, single spaces."""
    whole_words = _LAYOUT.sub(lambda hit: LETTERS[hit[0]], text)
    return " ".join(unicodedata.normalize("NFC", whole_words).split())


# An object in a PDF can be anything, so what is taken out of one is Any from here on.


def _outline(pdf: pikepdf.Pdf) -> Iterator[tuple[int, str]]:
    def walk(items: Iterable[pikepdf.OutlineItem], level: int) -> Iterator[tuple[int, str]]:
        for item in items:
            yield level, str(item.title)
            yield from walk(item.children, level + 1)

    with pdf.open_outline(max_depth=MAX_DEPTH) as outline:
        yield from walk(outline.root, 1)


def _annotations(pdf: pikepdf.Pdf) -> Iterator[Any]:
    return (annotation for page in pdf.pages for annotation in listed(page.obj.get("/Annots")))


def _actions(pdf: pikepdf.Pdf) -> Iterator[str]:
    """The kind of each action that the file, a page, an annotation or a bookmark has, and of those that follow it
    (ISO 32000-1, 12.6); a destination in the place of an action is none."""
    yield from _kinds([*_by_themselves(pdf), *(owner.get("/A") for owner in _acting(pdf))])


def _by_themselves(pdf: pikepdf.Pdf) -> list[Any]:
    """The actions that need no use: those of opening, of scripts in the file, and of whatever is watched."""
    names: Any = pdf.Root.get("/Names", {})
    scripts: Any = pikepdf.NameTree(names["/JavaScript"]) if "/JavaScript" in names else {}
    watched = [action for owner in _acting(pdf) for action in _triggered(owner)]
    return [pdf.Root.get("/OpenAction"), *scripts.values(), *watched]


def _kinds(actions: Iterable[Any]) -> Iterator[str]:
    """The kinds of actions and of those that follow them."""
    waiting = list(actions)
    seen: set[tuple[int, int]] = set()
    while waiting:
        action = waiting.pop()
        if not isinstance(action, pikepdf.Dictionary) or action.objgen in seen:
            continue
        if action.is_indirect:
            seen.add(action.objgen)
        yield str(action.get("/S"))
        waiting += listed(action.get("/Next"))


# Entries of the catalogue (ISO 32000-1, 7.7.2) by which a file asks for input, unpacks, or shows what is elsewhere.
_FOREIGN = ("/AcroForm", "/AF", "/Collection", "/XFA", "/Requirements")


def _foreign_parts(pdf: pikepdf.Pdf) -> Iterator[str]:
    yield from (name for name in _FOREIGN if name in pdf.Root)
    if pdf.is_encrypted:
        yield "/Encrypt"


def _acting(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """All that can have actions."""
    yield pdf.Root
    yield from (page.obj for page in pdf.pages)
    yield from _annotations(pdf)
    with pdf.open_outline(max_depth=MAX_DEPTH) as outline:
        items = list(outline.root)
        while items:
            item = items.pop()
            items += item.children
            if item.obj is not None:
                yield item.obj


def _triggered(owner: Any) -> list[Any]:
    """The actions that something else than a use sets off: a page that opens, a field that changes."""
    return list(owner.get("/AA", pikepdf.Dictionary()).values())


def _links(pdf: pikepdf.Pdf) -> Iterator[PdfLink]:
    for number, page in enumerate(pdf.pages, start=1):
        for annotation in listed(page.obj.get("/Annots")):
            if annotation.get("/Subtype") != "/Link":
                continue
            uri, destination = _target(annotation)
            yield PdfLink(
                uri=uri,
                destination=destination,
                contents=str(annotation.get("/Contents", "")),
                page=number,
            )


def _target(annotation: Any) -> tuple[str | None, str | None]:
    """Where a link leads: an address, or the name of a place in the file."""
    action = annotation.get("/A", {})
    uri, destination = action.get("/URI"), annotation.get("/Dest", action.get("/D"))
    if action.get("/S") == "/GoToR":
        uri, destination = f"{_file_name(action.get('/F', ''))}#{destination}", None
    return None if uri is None else str(uri), None if destination is None else str(destination)


def _file_name(specification: Any) -> str:
    """The name in a file specification (ISO 32000-1, 7.11), which may be no more than a name."""
    if isinstance(specification, pikepdf.Dictionary):
        return str(specification.get("/UF", specification.get("/F", "")))
    return str(specification)


def _areas(pdf: pikepdf.Pdf) -> Iterator[tuple[tuple[int, int], str]]:
    """The target of each area of a link that a page has, by its object."""
    for page in pdf.pages:
        for annotation in listed(page.obj.get("/Annots")):
            if annotation.get("/Subtype") == "/Link":
                uri, destination = _target(annotation)
                yield annotation.objgen, uri or f"#{destination}"


def _destinations(pdf: pikepdf.Pdf) -> list[str]:
    names: Any = pdf.Root.get("/Names", {})
    tree: Any = pikepdf.NameTree(names["/Dests"]) if "/Dests" in names else ()
    return sorted(str(name) for name in tree)


def _fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    """The name of each font that a page can use."""
    for page in pdf.pages:
        fonts: Any = page.resources.get("/Font", {})
        for font in fonts.values():
            yield str(font.get("/BaseFont", ""))[1:]


def _metadata(pdf: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        for name in metadata:
            namespace, _, local = name[1:].partition("}")
            value = metadata[name]
            text = value if isinstance(value, str) else "; ".join(str(part) for part in value)
            if namespace in PREFIXES:
                yield f"{PREFIXES[namespace]}:{local}", text


def _elements(pdf: pikepdf.Pdf) -> tuple[PdfElement, ...]:
    root = pdf.Root.get("/StructTreeRoot")
    if root is None:
        return ()
    reader = _TreeReader(pdf)
    for kid in listed(root.get("/K")):
        reader.read(kid, depth=0, language=str(pdf.Root.get("/Lang", "")))
    return tuple(reader.elements[place] for place in sorted(reader.elements))


class _TreeReader:
    """Reads a structure tree depth first. An element is known after those below it, but stands before them."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.texts = _marked_texts(pdf)
        self.areas = dict(_areas(pdf))
        self.page_numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        self.roles: Any = pdf.Root.StructTreeRoot.get("/RoleMap", {})
        self.elements: dict[int, PdfElement] = {}
        self.begun = 0
        self.seen: set[tuple[int, int]] = set()

    def read(self, node: Any, *, depth: int, language: str) -> tuple[str, int]:
        """Read an element and all below it; its text as it runs on in its parent, and its first page."""
        if depth > MAX_DEPTH:
            raise PdfError(f"the structure tree has more than {MAX_DEPTH} levels")
        if node.objgen in self.seen:
            raise PdfError("an element stands twice in the structure tree")
        if node.is_indirect:
            self.seen.add(node.objgen)
        place, self.begun = self.begun, self.begun + 1
        own_tag = str(node["/S"])
        tag = str(self.roles.get(own_tag, own_tag))[1:]
        language, identifier = str(node.get("/Lang", language)), str(node.get("/ID", ""))
        parts = [self.read_kid(kid, node, depth, language) for kid in listed(node.get("/K"))]
        text = str(node.get("/ActualText", "".join(text for text, _ in parts)))
        page = min((page for _, page in parts if page), default=0)
        self.elements[place] = PdfElement(
            tag=tag,
            text=clean_text(text),
            page=page,
            alt=clean_text(str(node.get("/Alt", ""))),
            language=language,
            title=str(node.get("/T", "")),
            identifier=identifier,
            depth=depth,
            attributes=tuple(_attributes(node)),
            target=self.target_of(node),
        )
        if tag == "Note":
            return "", page
        if identifier.startswith("call-"):
            return text[len(text.rstrip()) :], page  # the space behind a call at the end of a line
        if tag in ("Figure", "Formula") and "/Alt" in node:
            return " ", page
        return text if tag in INLINE_TAGS else f" {text} ", page

    def target_of(self, node: Any) -> str:
        """Where the areas of a link lead that stand directly in an element."""
        kids = [kid for kid in listed(node.get("/K")) if isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid]
        return next((self.areas[kid["/Obj"].objgen] for kid in kids if kid["/Obj"].objgen in self.areas), "")

    def read_kid(self, kid: Any, owner: Any, depth: int, language: str) -> tuple[str, int]:
        if not isinstance(kid, pikepdf.Dictionary):  # an id on the page of the element
            page = self.page_numbers.get(owner["/Pg"].objgen, 0)
            return self.texts.get((page, int(kid)), ""), page
        if "/S" in kid:
            return self.read(kid, depth=depth + 1, language=language)
        page = self.page_numbers.get(kid.get("/Pg", owner.get("/Pg")).objgen, 0)
        return self.texts.get((page, int(kid["/MCID"])), "") if "/MCID" in kid else "", page


def _attributes(node: Any) -> Iterator[tuple[str, str]]:
    for attributes in listed(node.get("/A")):
        for name, value in attributes.items():
            if name != "/O":
                text = " ".join(str(part) for part in listed(value))
                yield name[1:], text.removeprefix("/")


def listed(value: Any) -> list[Any]:
    """PDF writes one of something as it is, and some in an array."""
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def _marked_texts(pdf: pikepdf.Pdf) -> dict[tuple[int, int], str]:
    """The text of each marked-content sequence (ISO 32000-1, 14.6) by page, from 1, and id. It is read from the
    content streams by the fonts' own maps to Unicode, so nothing is guessed from places on the page."""
    maps: dict[tuple[int, int], TextMap] = {}
    texts: dict[tuple[int, int], str] = {}
    for number, page in enumerate(pdf.pages, start=1):
        content = _joined_strings(pdf, page)
        for mcid, text in _page_pieces(content, page.resources, maps):
            texts[number, mcid] = texts.get((number, mcid), "") + text
        if isinstance(content, pikepdf.Stream):
            content.write(b"")  # the PDF keeps it to its end
    return texts


# Behind a string of one letter or none, as an engine writes it that places each letter.
_BETWEEN_STRINGS = re.compile(rb">(?:(?<=<[0-9A-Fa-f]{4}>)|(?<=<>))[-0-9.\s]+<(?!<)")


def _joined_strings(pdf: pikepdf.Pdf, page: pikepdf.Page) -> pikepdf.Page | pikepdf.Stream:
    """What a page draws, without the distances between the letters of a line, which would each be made an object.

    Where the signs between strings may be text in another string, a remark or a part of an image, it is the page as it
    is.
    """
    parts = (part for part in listed(page.obj.get("/Contents")) if isinstance(part, pikepdf.Stream))
    written = b"\n".join(part.read_bytes() for part in parts)
    if any(sign in written for sign in (b"(", b"%", b"BI")):
        return page
    return pikepdf.Stream(pdf, _BETWEEN_STRINGS.sub(b"", written))


def _page_pieces(
    content: pikepdf.Page | pikepdf.Stream, resources: Any, maps: dict[tuple[int, int], TextMap]
) -> Iterator[tuple[int, str]]:
    """Pairs of id and text in the order of drawing. Marked content can lie within other: text belongs to the
    innermost that has an id, and an ActualText stands for all text in it."""
    within: list[tuple[int | None, bool]] = [(None, False)]  # whose text it is, and whether it is replaced
    current: TextMap = (1, {})
    for instruction in pikepdf.parse_content_stream(content, TEXT_OPERATORS):
        operands: Any = instruction.operands
        name = str(instruction.operator)
        mcid, replaced = within[-1]
        if name in ("BMC", "BDC"):
            properties = _properties(operands, resources)
            if "/MCID" in properties or operands[0] == "/Artifact":
                mcid = int(properties["/MCID"]) if "/MCID" in properties else None
            if "/ActualText" in properties and mcid is not None and not replaced:
                yield mcid, str(properties["/ActualText"])
            within.append((mcid, replaced or "/ActualText" in properties))
        elif name == "EMC":
            within.pop()
        elif name == "Tf":
            current = _text_map(resources["/Font"][operands[0]], maps)
        elif mcid is not None and not replaced:
            yield mcid, _decode(operands[-1], current)


def _properties(operands: Any, resources: Any) -> Any:
    if len(operands) < 2:
        return {}
    return resources["/Properties"][operands[1]] if isinstance(operands[1], pikepdf.Name) else operands[1]


_HEXADECIMAL = re.compile(rb"<([0-9A-Fa-f]*)>")


def _decode(shown: Any, text_map: TextMap) -> str:
    length, texts = text_map
    codes = _codes(shown)
    return "".join([texts.get(codes[at : at + length], "\ufffd") for at in range(0, len(codes), length)])


def _codes(shown: Any) -> bytes:
    """The character codes that a text operator shows: those of a string, or of the strings in an array. An engine may
    place every letter by a string of its own, so they are taken all at once where they are written in digits."""
    written = shown.unparse() if isinstance(shown, pikepdf.Object) else b""
    if b"(" in written:
        return b"".join(bytes(part) for part in listed(shown) if isinstance(part, pikepdf.String))
    return bytes.fromhex(b"".join(_HEXADECIMAL.findall(written)).decode())


def _text_map(font: Any, maps: dict[tuple[int, int], TextMap]) -> TextMap:
    if font.objgen not in maps:
        stream = font.get("/ToUnicode")
        maps[font.objgen] = (1, {}) if stream is None else _read_text_map(stream.read_bytes())
    return maps[font.objgen]


def _read_text_map(cmap: bytes) -> TextMap:
    """Read the `bfchar` and `bfrange` sections of a ToUnicode map (ISO 32000-1, 9.10.3)."""
    space = re.search(rb"begincodespacerange\s*<([0-9A-Fa-f]+)>", cmap)
    length = len(space[1]) // 2 if space else 2
    texts: dict[bytes, str] = {}
    for kind, section in re.findall(rb"begin(bfchar|bfrange)((?:(?!begin|end).)*+)end\1", cmap, re.DOTALL):
        values = [bytes.fromhex(value.decode()) for value in re.findall(rb"<([0-9A-Fa-f]*)>", section)]
        step = 2 if kind == b"bfchar" else 3
        for place in range(0, len(values) - step + 1, step):
            first, last = int.from_bytes(values[place], "big"), int.from_bytes(values[place + step - 2], "big")
            text = values[place + step - 1].decode("utf-16-be", "replace")
            if len(texts) + last - first > MAX_CODES:
                raise PdfError("the map of a font has too many codes")
            for code in range(first, min(last + 1, 256**length)):
                shown = text[:-1] + chr(ord(text[-1]) + code - first) if text else ""
                texts[code.to_bytes(length, "big")] = shown
    return length, texts
