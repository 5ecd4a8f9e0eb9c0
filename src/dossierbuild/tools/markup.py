"""Markup: XHTML and SVG as trees. The only importer of lxml outside the citation styles.

pandoc's HTML 5 is well-formed XML ("polyglot"), so bodies are read as XML, which keeps the case of SVG's
names. In these trees an HTML element has its bare name (`p`), an SVG element its namespace; the namespace of
HTML comes back when a tree is written. No entity is resolved, no DTD is loaded and nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from types import MappingProxyType
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element

XHTML = "http://www.w3.org/1999/xhtml"
SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_PREFIXES = MappingProxyType(
    {
        "http://www.w3.org/XML/1998/namespace": "xml",
        XLINK: "xlink",
        "http://www.idpf.org/2007/ops": "epub",
    }
)
# https://html.spec.whatwg.org/multipage/syntax.html#void-elements
_VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
})  # fmt: skip
_UNESCAPED = frozenset({"script", "style"})


class MarkupError(Exception):
    """A text that is not well-formed; the text says what and where in one line."""


def parse_fragment(xhtml: str) -> Element:
    """The nodes of a polyglot HTML fragment inside a root element `body`; raises MarkupError."""
    return _parse(f'<body xmlns:epub="http://www.idpf.org/2007/ops">{xhtml}</body>'.encode())


def parse_xml(data: bytes) -> Element:
    """The root of an XML document (XHTML, SVG, OPF), with the bare names for HTML; raises MarkupError."""
    return _parse(data)


def parse_html(data: bytes) -> Element:
    """The root of an HTML page in UTF-8, read leniently as a browser would. For reading only: names in SVG
    are in lower case here. Raises MarkupError when there is no element at all."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise MarkupError(_line(error)) from None
    if root is None:
        raise MarkupError("no elements")
    return root


def _parse(data: bytes) -> Element:
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
    except etree.XMLSyntaxError as error:
        raise MarkupError(_line(error)) from None
    for element in root.iter():
        if not isinstance(element.tag, str):
            raise MarkupError(f"entity {element.text}")
        if element.tag.startswith(f"{{{XHTML}}}"):
            element.tag = element.tag.removeprefix(f"{{{XHTML}}}")
    return root


def _line(error: etree.XMLSyntaxError) -> str:
    return " ".join(str(error.msg).split())


# --- writing ------------------------------------------------------------------------------------------------


def to_html(element: Element) -> str:
    """The element and its content in HTML syntax: void elements stay open, all others are closed by an end
    tag."""
    return "".join(_written(element, xml=False))


def inner_html(element: Element) -> str:
    """What stands inside the element, in HTML syntax."""
    return "".join(_inner(element, xml=False))


def inner_xhtml(element: Element) -> str:
    """What stands inside the element, in XML syntax.

    It can stand in a document that declares the namespaces of XHTML (as the default) and of EPUB (`epub:`); SVG
    declares its own.
    """
    return "".join(_inner(element, xml=True))


def _written(element: Element, *, xml: bool) -> Iterator[str]:
    name = etree.QName(element)
    local = name.localname
    foreign = name.namespace is not None
    yield f"<{local}"
    for key, value in _declarations(element) + [(_attribute_name(key), value) for key, value in attributes(element)]:
        yield f' {key}="{_escape(value).replace(chr(34), "&quot;")}"'
    empty = len(element) == 0 and not element.text
    if empty and (xml or foreign):
        yield "/>" if foreign else " />" if local in _VOID else f"></{local}>"
    elif local in _VOID and not foreign:
        yield ">"
    else:
        yield ">"
        yield from _inner(element, xml=xml)
        yield f"</{local}>"


def _inner(element: Element, *, xml: bool) -> Iterator[str]:
    raw = not xml and element.tag in _UNESCAPED
    yield (element.text or "") if raw else _escape(element.text or "")
    for child in element:
        yield from _written(child, xml=xml)
        yield _escape(child.tail or "")


def _declarations(element: Element) -> list[tuple[str, str]]:
    """The namespace declarations that an outermost foreign element needs."""
    namespace = etree.QName(element).namespace
    parent = element.getparent()
    if namespace is None or (parent is not None and etree.QName(parent).namespace == namespace):
        return []
    linked = any(key.startswith(f"{{{XLINK}}}") for inner in element.iter() for key, _ in attributes(inner))
    return [("xmlns", namespace)] + ([("xmlns:xlink", XLINK)] if linked else [])


def _attribute_name(key: str) -> str:
    name = etree.QName(key)
    prefix = _PREFIXES.get(name.namespace or "")
    return f"{prefix}:{name.localname}" if prefix else name.localname


def _escape(value: str) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


# --- looking and changing -----------------------------------------------------------------------------------


def attributes(element: Element) -> list[tuple[str, str]]:
    """The attributes as names (`{namespace}name` where there is a namespace) and values."""
    return [(str(key), str(value)) for key, value in element.items()]


def by_id(root: Element, identifier: str) -> Element | None:
    return next((element for element in root.iter() if element.get("id") == identifier), None)


def ids(root: Element) -> tuple[str, ...]:
    """All ids in document order, repeated ones as often as they occur."""
    return tuple(value for element in root.iter() if (value := element.get("id")) is not None)


def has_class(element: Element, name: str) -> bool:
    return name in element.get("class", "").split()


def with_class(root: Element, name: str) -> tuple[Element, ...]:
    """The elements below and including `root` that carry the class."""
    return tuple(element for element in root.iter() if has_class(element, name))


def with_tag(root: Element, *names: str) -> tuple[Element, ...]:
    """The elements below and including `root` with one of these names, whatever their namespace."""
    return tuple(element for element in root.iter() if isinstance(element.tag, str) and _local(element.tag) in names)


def _local(name: str) -> str:
    """A name without its namespace, or without the prefix that it keeps where HTML was read."""
    return name.rpartition("}")[2].rpartition(":")[2]


def text_of(element: Element, leave_out: Callable[[Element], bool] | None = None) -> str:
    """The text inside an element with single spaces, without the elements that `leave_out` accepts."""
    return " ".join("".join(_texts(element, leave_out or (lambda _: False))).split())


_INLINE = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd",
    "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var",
})  # fmt: skip


def _texts(element: Element, leave_out: Callable[[Element], bool]) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        apart = child.tag not in _INLINE
        if isinstance(child.tag, str) and not leave_out(child):
            yield " " if apart else ""
            yield from _texts(child, leave_out)
            yield " " if apart else ""
        yield child.tail or ""


def make(tag: str, attributes: dict[str, str] | None = None, *content: str | Element) -> Element:
    """A new element with texts and elements inside."""
    element = etree.Element(tag, attributes or {})
    for piece in content:
        append(element, piece)
    return element


def append(element: Element, content: str | Element) -> None:
    """Put a text or an element behind what stands in the element."""
    if not isinstance(content, str):
        element.append(content)
    elif len(element):
        element[-1].tail = (element[-1].tail or "") + content
    else:
        element.text = (element.text or "") + content


def detach(element: Element) -> Element:
    """Take an element out of its tree; the text behind it stays where it is."""
    parent = element.getparent()
    if parent is None:
        return element
    tail, before = element.tail or "", element.getprevious()
    element.tail = None
    parent.remove(element)
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    return element


def replace(element: Element, *new: Element) -> None:
    """Put other elements in an element's place; without any, the element just goes."""
    for node in new:
        element.addprevious(node)
    detach(element)


def unwrap(element: Element) -> None:
    """Put an element's content in its place."""
    marker = make("span")
    element.addprevious(marker)
    marker.tail = element.text
    for child in list(element):
        element.addprevious(child)
    detach(element)
    detach(marker)


def copy(element: Element) -> Element:
    """A copy that is a tree of its own, without the text behind the element."""
    twin = deepcopy(element)
    twin.tail = None
    return twin


# --- requests -----------------------------------------------------------------------------------------------

_REQUESTS = ("src", "srcset", "poster", "data", "background", "action", "formaction", "ping", "manifest")
_NOT_FETCHED = frozenset({
    "alternate", "author", "bookmark", "canonical", "help", "license", "next", "prev", "search",
})  # fmt: skip
_CSS_ADDRESS = re.compile(
    r"""url\(\s*+(?:"([^"]*+)"|'([^']*+)'|((?:[^"'()\s\\]|\\.)*+))\s*+\)|@import\s+(?:"([^"]*)"|'([^']*)')""",
    re.IGNORECASE,
)


def css_addresses(css: str) -> tuple[str, ...]:
    """The addresses that a style sheet makes a reader fetch, but for `data:` and places in the file
    itself."""
    if "(" not in css and "@" not in css:  # most attributes
        return ()
    found = ("".join(groups) for groups in _CSS_ADDRESS.findall(css))
    return tuple(address.strip() for address in found if _is_request(address.strip()))


def requested_addresses(root: Element) -> tuple[str, ...]:
    """The addresses that a page makes a reader fetch when it is opened, in document order. What a reader may
    follow (`<a href>`) is no request; `data:` and `#…` are in the file itself."""
    return tuple(address for element in root.iter() if isinstance(element.tag, str) for address in _requests(element))


def _requests(element: Element) -> Iterator[str]:
    local = _local(str(element.tag))
    if local == "style":
        yield from css_addresses(element.text or "")
    for key, value in attributes(element):
        name = _local(key)
        if name == "srcset":
            addresses = [words[0] for candidate in value.split(", ") if (words := candidate.split())]
        elif name in _REQUESTS or (name == "href" and _fetches_href(element, local)):
            addresses = [value.strip()]
        elif name == "content" and element.get("http-equiv", "").lower() == "refresh":
            addresses = [value.partition("=")[2].strip()]
        else:
            yield from css_addresses(value)
            continue
        yield from (address for address in addresses if _is_request(address))


def _fetches_href(element: Element, local: str) -> bool:
    if local == "link":
        return not set(element.get("rel", "").lower().split()) <= _NOT_FETCHED
    return local not in ("a", "area")


def _is_request(address: str) -> bool:
    return bool(address) and not address.startswith(("#", "data:"))
