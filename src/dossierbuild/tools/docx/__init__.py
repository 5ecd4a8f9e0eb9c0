"""Word documents (Office Open XML): read as they were typed, with their fields, notes, comments and tracked changes.

pandoc reads such documents too, and loses what editors need: the fields of citation programs, content controls, notes'
names, hidden text, charts and text boxes. So its parts are read here; nothing outside the package is ever looked at.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from functools import partial

from lxml import etree

from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.word import Block, Changes, Document, Held, Picture, inlines_of, paragraphs_of
from dossierbuild.tools.docx.changes import counted, settle
from dossierbuild.tools.docx.comments import read_comments
from dossierbuild.tools.docx.package import DocxError, DocxFault, Element, Package
from dossierbuild.tools.docx.story import Setting, Story
from dossierbuild.tools.docx.styles import Numbering, Styles
from dossierbuild.tools.docx.vocabulary import name, short

__all__ = ["DocxError", "DocxFault", "read_document"]


def read_document(data: bytes, changes: Changes = Changes.ACCEPT) -> Document:
    """A document as its parts say it, with its tracked changes accepted or rejected.

    Raises DocxError for a file that is none, is of a kind that can run programs, or is more than an honest one.
    """
    package = Package(data)
    try:
        return _Reader(package, changes).read()
    except RecursionError:
        raise DocxError(DocxFault.BROKEN, package.document) from None


class _Reader:
    """Reads a document part by part."""

    def __init__(self, package: Package, changes: Changes) -> None:
        self._package = package
        self._changes = changes
        self._related = {
            relation.kind: relation.target
            for relation in package.relations(package.document).values()
            if not relation.is_external and relation.target in package
        }
        self._counts = [0, 0, 0]
        self._roots: list[Element] = []

    def read(self) -> Document:
        package = self._package
        root = self._settled(package.document)
        styles = Styles(self._part("styles"))
        commented = frozenset(mark.get(name("w:id"), "") for mark in root.iter(name("w:commentRangeStart")))
        hidden: list[str] = []
        notes: dict[tuple[str, bool], Callable[[], tuple[Block, ...]]] = {}
        setting = Setting(package, styles, Numbering(self._part("numbering")), notes, itertools.count(1), hidden)
        for kind, is_endnote in (("footnotes", False), ("endnotes", True)):
            notes |= self._notes(kind, is_endnote, setting, commented)
        body = root.find(name("w:body"))
        relations = package.relations(package.document)
        blocks = Story(setting, relations, commented).blocks(body) if body is not None else ()
        comments = self._part("comments")
        said = tuple(read_comments(comments, self._part("commentsExtended"))) if comments is not None else ()
        return Document(
            blocks=blocks,
            comments=said,
            media=FrozenMap({part: package.data(part) for part in sorted(_pictured(blocks))}),
            properties=FrozenMap(_core_properties(self._from_package("core-properties"))),
            stated=FrozenMap(_custom_properties(self._from_package("custom-properties"))),
            sources=self._sources(),
            language=styles.language,
            held=self._held(hidden),
        )

    def _settled(self, part: str) -> Element:
        root = self._package.tree(part)
        self._counts = [before + found for before, found in zip(self._counts, counted(root), strict=True)]
        settle(root, self._changes)
        self._roots.append(root)
        return root

    def _part(self, kind: str) -> Element | None:
        return self._package.tree(self._related[kind]) if kind in self._related else None

    def _notes(
        self, kind: str, is_endnote: bool, setting: Setting, commented: frozenset[str]
    ) -> Iterator[tuple[tuple[str, bool], Callable[[], tuple[Block, ...]]]]:
        """Each note by its id; read where it is called, so that its paragraphs count there."""
        part = self._related.get(kind)
        root = self._settled(part) if part else None
        relations = self._package.relations(part) if part else {}
        for note in root if root is not None else ():
            if note.get(name("w:type"), "normal") == "normal":
                story = Story(setting, relations, commented)
                yield (note.get(name("w:id"), ""), is_endnote), partial(story.blocks, note)

    def _from_package(self, kind: str) -> Element | None:
        relations = self._package.relations("").values()
        part = next((relation.target for relation in relations if relation.kind == kind), "")
        return self._package.optional(part)

    def _sources(self) -> str:
        """Word's own list of sources, which is a part of the document's own data; empty where it lists none."""
        for part in self._package.names():
            if part.startswith("customXml/item") and "Props" not in part and part.endswith(".xml"):
                root = self._package.tree(part)
                if root.tag == name("b:Sources") and len(root):
                    return str(etree.tostring(root, encoding="unicode"))
        return ""

    def _held(self, hidden: list[str]) -> Held:
        def count(*kinds: str) -> int:
            return sum(1 for root in self._roots for found in root.iter(*map(name, kinds)) if _counts(found))

        pictures = [
            relation
            for root_part in (self._package.document, *map(self._related.get, ("footnotes", "endnotes")))
            if root_part
            for relation in self._package.relations(root_part).values()
        ]
        begun = sum(
            1
            for root in self._roots
            for found in root.iter(name("w:fldChar"))
            if found.get(name("w:fldCharType")) == "begin"
        )
        return Held(
            drawings=count("a:blip") + count("v:imagedata"),
            external_pictures=sum(1 for found in pictures if found.kind == "image" and found.is_external),
            text_boxes=count("w:txbxContent"),
            charts=count("c:chart"),
            diagrams=count("dgm:relIds"),
            objects=count("w:object"),
            formulas=count("m:oMath"),
            tables=count("w:tbl"),
            notes=count("w:footnoteReference", "w:endnoteReference"),
            fields=begun + count("w:fldSimple"),
            chunks=count("w:altChunk"),
            insertions=self._counts[0],
            deletions=self._counts[1],
            formatting_changes=self._counts[2],
            hidden_words=sum(len(words.split()) for words in hidden),
        )


def _counts(element: Element) -> bool:
    """Whether an element is no second form of another, and no preview of an object."""
    return not any(short(around) in ("mc:Fallback", "w:object") for around in element.iterancestors())


def _pictured(blocks: tuple[Block, ...]) -> set[str]:
    return {
        inline.part
        for paragraph in paragraphs_of(blocks)
        for inline in inlines_of(paragraph.content)
        if isinstance(inline, Picture) and inline.part
    }


def _core_properties(root: Element | None) -> dict[str, str]:
    found = {str(entry.tag).rpartition("}")[2]: entry.text or "" for entry in root} if root is not None else {}
    return {key: " ".join(words.split()) for key, words in found.items() if words.strip()}


def _custom_properties(root: Element | None) -> dict[str, str]:
    entries = root if root is not None else ()
    return {entry.get("name", ""): "".join(map(str, entry.itertext())) for entry in entries}
