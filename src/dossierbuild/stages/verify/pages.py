"""The facts of a page of HTML or XHTML, by the elements and classes that publications are made of."""

from __future__ import annotations

from types import MappingProxyType

from dossierbuild.core.passages import ATOM, Kind
from dossierbuild.stages.verify.facts import APPARATUS, FactList, link_key
from dossierbuild.tools import markup
from dossierbuild.tools.markup import Element

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_WHOLE = MappingProxyType({"box-label": Kind.BOX, "footnote": Kind.NOTE, "entry": Kind.REFERENCE})
"""Classes of elements whose text is one fact."""
_CAPTIONED = MappingProxyType({"figure": Kind.FIGURE, "table": Kind.TABLE})
_CAPTIONS = frozenset({"figcaption", "caption"})
_PARAGRAPHS = frozenset({"p", "dt", "pre"})
_PASSED_OVER = frozenset({"head", "nav", "script", "style", "template"})
"""Elements without text, or with text that stands elsewhere as well."""
_CONTAINERS = frozenset({
    "address", "article", "aside", "blockquote", "body", "dd", "details", "div", "dl", "figure", "footer",
    "header", "html", "label", "li", "main", "ol", "section", "summary", "table", "tbody", "tfoot", "thead", "ul",
})  # fmt: skip
_BLOCKS = _CONTAINERS | _HEADINGS | _PARAGRAPHS | _PASSED_OVER | _CAPTIONS | {"tr"}


_CONTENT_ROLES = frozenset({"doc-chapter", "doc-bibliography", "doc-appendix", "doc-index"})
_PANELS = "panels"


def read_facts_of_page(root: Element, facts: FactList) -> None:
    """Add the facts in the parts of a page (chapters, panels, references, appendices) to the list, in reading order.

    The cover, the contents and whatever else stands around the parts have no facts.
    """
    if root.get("role") in _CONTENT_ROLES or root.get("id") == _PANELS:
        facts.part = next((_text(heading) for heading in root.iter(*_HEADINGS)), "")
        _read(root, facts)
    else:
        for child in root:
            read_facts_of_page(child, facts)


def _read(element: Element, facts: FactList) -> None:
    tag = str(element.tag)
    kind = next((_WHOLE[name] for name in element.get("class", "").split() if name in _WHOLE), None)
    if tag in _PASSED_OVER:
        return
    if kind is not None:
        _add(element, facts, kind, "" if kind is Kind.BOX else element.get("id", ""))
    elif tag in _HEADINGS:
        _add(element, facts, Kind.HEADING, element.get("id", ""))
    elif tag in _CAPTIONS:
        _read_inlines(element, facts)
    elif tag == "tr":
        _add(element, facts, Kind.ROW)
    elif tag in _PARAGRAPHS:
        _add(element, facts, Kind.PARAGRAPH)
    else:
        if tag in _CAPTIONED:
            caption = next((child for child in element if child.tag in _CAPTIONS), None)
            text = "" if caption is None else _text(caption)
            facts.add(_CAPTIONED[tag], text, element.get("id", ""))
        _read_container(element, facts)


def _add(element: Element, facts: FactList, kind: Kind, key: str = "") -> None:
    facts.add(kind, _text(element), key)
    _read_inlines(element, facts)


def _read_container(element: Element, facts: FactList) -> None:
    """Text that stands in a container itself, between blocks, is a paragraph as well."""
    run = markup.make("p", None, element.text or "")
    for child in element:
        if _is_block(child):
            _close(run, facts)
            _read(child, facts)
            run = markup.make("p", None, child.tail or "")
        else:
            run.append(markup.copy(child))
            markup.append(run, child.tail or "")
    _close(run, facts)


def _is_block(element: Element) -> bool:
    return str(element.tag) in _BLOCKS


def _close(run: Element, facts: FactList) -> None:
    if run.text or len(run):
        _add(run, facts, Kind.PARAGRAPH)


def _read_inlines(element: Element, facts: FactList) -> None:
    """The citations, links and pictures in an element, in order."""
    for child in element:
        tag = str(child.tag)
        if set(child.get("class", "").split()) & APPARATUS:
            continue
        if tag.endswith("svg"):
            facts.add(Kind.ALT, _name_of_drawing(child))
            continue
        if tag == "img":
            facts.add(Kind.ALT, child.get("alt", ""))
        elif markup.has_class(child, "citation"):
            facts.add(Kind.CITATION, _text(child), child.get("data-cites", ""))
        elif tag == "a" and (key := link_key(_address(child))) and not _is_apparatus(child):
            facts.add(Kind.LINK, _text(child), key)
        _read_inlines(child, facts)


def _address(link: Element) -> str:
    """The address of a link; a place in another file of the same publication is a place in the
    publication."""
    address = link.get("href", "")
    return f"#{address.partition('#')[2]}" if ".xhtml#" in address and ":" not in address else address


def _name_of_drawing(drawing: Element) -> str:
    titles = [child for child in drawing if str(child.tag).endswith("title")]
    return drawing.get("aria-label") or (markup.text_of(titles[0]) if titles else "")


def _is_apparatus(link: Element) -> bool:
    return link.get("role") in ("doc-noteref", "doc-backlink")


def _text(element: Element) -> str:
    """The text of an element, with ATOM where a note is called."""
    if any(link.get("role") == "doc-noteref" for link in element.iter("a")):
        element = markup.copy(element)
        for call in [link for link in element.iter("a") if link.get("role") == "doc-noteref"]:
            markup.replace(call, markup.make("span", None, ATOM))
    return markup.text_of(element, _has_no_text)


def _has_no_text(element: Element) -> bool:
    return (
        bool(set(element.get("class", "").split()) & APPARATUS)
        or element.get("role") == "doc-backlink"
        or str(element.tag).endswith("svg")
    )
