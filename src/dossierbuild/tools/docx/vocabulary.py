"""The names of Office Open XML (ECMA-376, part 1, and Microsoft's later additions) as lxml writes them."""

from __future__ import annotations

from types import MappingProxyType

from dossierbuild.tools.docx.package import Element

NAMESPACES = MappingProxyType(
    {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
        "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
        "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
        "b": "http://schemas.openxmlformats.org/officeDocument/2006/bibliography",
    }
)


def name(written: str) -> str:
    """A name with its prefix, "w:p", as lxml has it."""
    prefix, _, local = written.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def short(element: Element) -> str:
    """The name of an element with its prefix, "w:p"; in a namespace that is not known, its local name."""
    space, _, local = str(element.tag)[1:].rpartition("}")
    return f"{_PREFIXES[space]}:{local}" if space in _PREFIXES else local


_PREFIXES = MappingProxyType({space: prefix for prefix, space in NAMESPACES.items()})


def child(element: Element | None, *path: str) -> Element | None:
    """The first child of a name, and so on down the path; None where one is not there."""
    for step in path:
        element = element.find(name(step)) if element is not None else None
    return element


def value(element: Element | None, *path: str) -> str:
    """The `w:val` of what stands at a path below an element; empty where it is not there."""
    found = child(element, *path)
    return found.get(name("w:val"), "") if found is not None else ""


def is_on(element: Element | None) -> bool:
    """Whether a property that is there or not is there, and does not say that it is off (ECMA-376, 17.17.4)."""
    return element is not None and element.get(name("w:val"), "true") not in ("0", "false", "off", "none")
