"""Tracked changes, accepted or rejected in the tree of a part, so that nothing behind this knows of them.

A paragraph whose mark was deleted goes on with the next one. It keeps its style where words of it are left, as Word and
LibreOffice do, and has that of the next where none are.
"""

from __future__ import annotations

from collections.abc import Iterable

from dossierbuild.core.word import Changes
from dossierbuild.tools.docx.package import Element
from dossierbuild.tools.docx.vocabulary import child, name, short

_INSERTED = tuple(map(name, ("w:ins", "w:moveTo")))
_DELETED = tuple(map(name, ("w:del", "w:moveFrom")))
_FORMATTED = tuple(
    name(f"w:{kind}Change") for kind in ("rPr", "pPr", "tblPr", "trPr", "tcPr", "tblGrid", "sectPr", "tblPrEx")
)
_RANGES = tuple(
    name(f"w:{kind}Range{end}") for kind in ("moveFrom", "moveTo") for end in ("Start", "End")
)  # where a move begins and ends, which the elements themselves say too
_DELETED_WORDS = (("w:delText", "w:t"), ("w:delInstrText", "w:instrText"))


def counted(root: Element) -> tuple[int, int, int]:
    """How many insertions, deletions and changes of looks a part holds."""
    kinds = (_INSERTED, _DELETED, _FORMATTED)
    insertions, deletions, looks = (sum(1 for _ in root.iter(*tags)) for tags in kinds)
    return insertions, deletions, looks


def settle(root: Element, changes: Changes) -> None:
    """Accept or reject all changes in a part."""
    gone, kept = (_DELETED, _INSERTED) if changes is Changes.ACCEPT else (_INSERTED, _DELETED)
    for change in list(root.iter(*_FORMATTED)):
        _settle_look(change, changes)
    _settle_tables(root, gone, name("w:cellDel") if changes is Changes.ACCEPT else name("w:cellIns"))
    ended = [paragraph for paragraph in root.iter(name("w:p")) if _says(child(paragraph, "w:pPr", "w:rPr"), gone)]
    for properties in list(root.iter(name("w:rPr"), name("w:trPr"))):
        for mark in list(properties.iterchildren(*_INSERTED, *_DELETED)):
            _remove(mark)
    for element in list(root.iter(*gone, *_RANGES)):
        _remove(element)
    for element in list(root.iter(*kept)):
        _unwrap(element)
    for deleted, plain in _DELETED_WORDS:
        for element in root.iter(name(deleted)):
            element.tag = name(plain)
    for paragraph in reversed(ended):
        _join(paragraph)


def _settle_tables(root: Element, gone: tuple[str, ...], cell_gone: str) -> None:
    """Take out rows and cells that are gone, and a table that has none left."""
    for row in list(root.iter(name("w:tr"))):
        if _says(child(row, "w:trPr"), gone):
            table = row.getparent()
            _remove(row)
            if table is not None and next(table.iter(name("w:tr")), None) is None:
                _remove(table)
    for cell in list(root.iter(name("w:tc"))):
        if _says(child(cell, "w:tcPr"), (cell_gone,)):
            _remove(cell)


def _says(properties: Element | None, tags: Iterable[str]) -> bool:
    return properties is not None and any(properties.find(tag) is not None for tag in tags)


def _settle_look(change: Element, changes: Changes) -> None:
    """Leave the properties that are, or put back those that were; the mark of a paragraph keeps its own."""
    properties = change.getparent()
    if properties is None:
        return
    properties.remove(change)
    if changes is Changes.REJECT and len(change):
        kept = [part for part in properties if part.tag in (name("w:rPr"), *_INSERTED, *_DELETED)]
        was = [part for part in change[0] if part.tag != name("w:rPr")]
        properties[:] = [*was, *kept]


def _join(paragraph: Element) -> None:
    """Join a paragraph with the next one in its place."""
    after = paragraph.getnext()
    while after is not None and short(after).endswith(("RangeStart", "RangeEnd", "bookmarkStart", "bookmarkEnd")):
        after = after.getnext()
    content = [part for part in paragraph if short(part) != "w:pPr"]
    if after is None or short(after) != "w:p":
        if not content and paragraph.getnext() is not None:
            _remove(paragraph)
        return
    own = child(after, "w:pPr")
    if _has_words(content):
        properties = child(paragraph, "w:pPr")
        if own is not None:
            after.remove(own)
        if properties is not None:
            after.insert(0, properties)
        own = properties
    at = 0 if own is None else 1
    after[at:at] = content
    _remove(paragraph)


def _has_words(content: Iterable[Element]) -> bool:
    return any(part.text for element in content for part in element.iter(name("w:t")))


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        at = parent.index(element)
        parent[at : at + 1] = list(element)
