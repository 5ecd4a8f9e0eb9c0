"""The package of a Word document (ECMA-376, part 2): a ZIP file that may come from anybody, opened within bounds.

Nothing is parsed before the number of its parts, their size and how tightly they are packed are known to be those of an
honest document. Of 180 honest files no part was packed more than 28 times.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element

MAX_PARTS = 2_000
MAX_UNPACKED = 100_000_000
"""Bytes of all parts that are unpacked, counted while they are."""
MAX_RATIO = 100
RATIO_FROM = 1_000_000
"""Bytes of a part from which it is asked how tightly it was packed: a small one is repetitive by nature."""
MAX_SIGNS = 1_500_000
"""How many times `<` may stand in a part that is parsed: each element of a tree takes a hundred times its room."""

CONTENT_TYPES = "[Content_Types].xml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What Word calls "Strict Open XML" has the same names in other namespaces (ECMA-376, part 1, annex A).
_STRICT = tuple(
    (f"http://purl.oclc.org/ooxml/{strict}".encode(), f"http://schemas.openxmlformats.org/{transitional}".encode())
    for strict, transitional in (
        ("wordprocessingml/main", "wordprocessingml/2006/main"),
        ("officeDocument/relationships", "officeDocument/2006/relationships"),
        ("officeDocument/math", "officeDocument/2006/math"),
        ("officeDocument/bibliography", "officeDocument/2006/bibliography"),
        ("officeDocument/customProperties", "officeDocument/2006/custom-properties"),
        ("officeDocument/docPropsVTypes", "officeDocument/2006/docPropsVTypes"),
        ("drawingml/", "drawingml/2006/"),
    )
)


class DocxFault(Enum):
    """Why a file is not read."""

    OTHER_FORMAT = "other format"
    OLD_WORD = "old word"
    MACROS = "macros"
    TEMPLATE = "template"
    PARTS = "parts"
    SIZE = "size"
    PACKED = "packed"
    BROKEN = "broken"


class DocxError(Exception):
    """A file that is not read. `part` names what of it is at fault, and may be empty; `value` is a number or a word."""

    def __init__(self, fault: DocxFault, part: str = "", value: object = "") -> None:
        super().__init__(f"{fault.value}: {part} {value}")
        self.fault, self.part, self.value = fault, part, str(value)


@dataclass(frozen=True, slots=True)
class Relation:
    """Where a relation of a part leads: to another part, or out of the package."""

    kind: str
    target: str
    is_external: bool


class Package:
    """The parts of a document by their names ("word/document.xml"); each is unpacked when it is asked for."""

    def __init__(self, data: bytes) -> None:
        """Open the package; raises DocxError."""
        self._archive = _opened(data)
        self._entries = {entry.filename.lstrip("/"): entry for entry in self._archive.infolist()}
        self._unpacked = 0
        self._refuse_excess()
        self.document = self._main_part()

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def names(self) -> Iterator[str]:
        """The names of all parts."""
        yield from self._entries

    def data(self, name: str) -> bytes:
        """The bytes of a part; raises DocxError where there is none, it is broken, or all are too much."""
        entry = self._entries.get(name)
        if entry is None:
            raise DocxError(DocxFault.BROKEN, name)
        pieces = []
        try:
            with self._archive.open(entry) as part:
                while piece := part.read(1 << 20):
                    self._unpacked += len(piece)
                    if self._unpacked > MAX_UNPACKED:
                        raise DocxError(DocxFault.SIZE, name, MAX_UNPACKED // 1_000_000)
                    pieces.append(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
            raise DocxError(DocxFault.BROKEN, name, str(error)) from None
        return b"".join(pieces)

    def tree(self, name: str) -> Element:
        """The root of a part in XML, with the namespaces of transitional documents; raises DocxError."""
        data = self.data(name)
        for strict, transitional in _STRICT:
            data = data.replace(strict, transitional)
        if data.count(b"<") > MAX_SIGNS:
            raise DocxError(DocxFault.SIZE, name, MAX_SIGNS)
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise DocxError(DocxFault.BROKEN, name, " ".join(str(error).split())[:120]) from None
        if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]
            raise DocxError(DocxFault.BROKEN, name, "DOCTYPE")
        return root

    def optional(self, name: str) -> Element | None:
        """The root of a part, or None where there is no such part."""
        return self.tree(name) if name in self else None

    def relations(self, part: str) -> dict[str, Relation]:
        """The relations of a part by their ids; of the package itself for an empty name."""
        folder, name = posixpath.split(part)
        root = self.optional(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = {}
        for relation in root.iter(f"{{{_RELATIONS}}}Relationship") if root is not None else ():
            target, is_external = relation.get("Target", ""), relation.get("TargetMode") == "External"
            if not is_external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = relation.get("Type", "").rpartition("/")[2]
            found[relation.get("Id", "")] = Relation(kind, target, is_external)
        return found

    def _refuse_excess(self) -> None:
        entries = self._archive.infolist()
        if len(entries) > MAX_PARTS:
            raise DocxError(DocxFault.PARTS, value=len(entries))
        for entry in entries:
            if entry.file_size > RATIO_FROM and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
                raise DocxError(DocxFault.PACKED, entry.filename, entry.file_size // max(entry.compress_size, 1))
        if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
            raise DocxError(DocxFault.SIZE, value=MAX_UNPACKED // 1_000_000)
        if len(self._entries) < len(entries):
            raise DocxError(DocxFault.BROKEN)

    def _main_part(self) -> str:
        """The name of the part with the text; raises DocxError for a package that is another thing."""
        if CONTENT_TYPES not in self:
            raise DocxError(DocxFault.OTHER_FORMAT)
        main = next(
            (relation.target for relation in self.relations("").values() if relation.kind == "officeDocument"), ""
        )
        types = self.tree(CONTENT_TYPES)
        stated = {entry.get("ContentType", "") for entry in types}
        if any("macroenabled" in kind.casefold() or "vbaproject" in kind.casefold() for kind in stated):
            raise DocxError(DocxFault.MACROS)
        if any(name.casefold().endswith("vbaproject.bin") for name in self._entries):
            raise DocxError(DocxFault.MACROS)
        own = {
            entry.get("ContentType", "")
            for entry in types.iter(f"{{{_TYPES}}}Override")
            if entry.get("PartName", "").lstrip("/") == main
        }
        if any("template" in kind for kind in own):
            raise DocxError(DocxFault.TEMPLATE)
        if any("wordprocessingml" not in kind for kind in own) or main not in self:
            raise DocxError(DocxFault.OTHER_FORMAT)
        return main


def _opened(data: bytes) -> zipfile.ZipFile:
    if data.startswith(_COMPOUND):
        raise DocxError(DocxFault.OLD_WORD)
    if not data.startswith(b"PK\3\4"):
        raise DocxError(DocxFault.OTHER_FORMAT)
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise DocxError(DocxFault.BROKEN, value=str(error)) from None
