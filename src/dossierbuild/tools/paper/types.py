"""What the HTML says about itself: the structure type, the name and the text of its elements.

The words are HTML 5, ARIA 1.2 and DPUB-ARIA 1.1 on one side, the standard structure types of PDF 1.7 (ISO 32000-1,
14.8.4) on the other.
"""

from __future__ import annotations

from types import MappingProxyType

from dossierbuild.tools.paper.structure import Element, HtmlElement

SVG = "{http://www.w3.org/2000/svg}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# What is not named here adds nothing to the structure: its content belongs to the element around it.
TYPES = MappingProxyType(
    {
        "main": "Part",
        "article": "Art",
        "section": "Sect",
        "aside": "Sect",
        "nav": "Sect",
        "div": "Div",
        "header": "Div",
        "footer": "Div",
        "hgroup": "Div",
        "address": "Div",
        "details": "Div",
        "figure": "Div",
        "form": "Div",
        "fieldset": "Div",
        "p": "P",
        "pre": "P",
        "summary": "P",
        "legend": "P",
        "blockquote": "BlockQuote",
        "h1": "H1",
        "h2": "H2",
        "h3": "H3",
        "h4": "H4",
        "h5": "H5",
        "h6": "H6",
        "ul": "L",
        "ol": "L",
        "menu": "L",
        "dl": "L",
        "li": "LI",
        "dt": "Lbl",
        "dd": "LBody",
        "table": "Table",
        "caption": "Caption",
        "thead": "THead",
        "tbody": "TBody",
        "tfoot": "TFoot",
        "tr": "TR",
        "th": "TH",
        "td": "TD",
        "figcaption": "Caption",
        "img": "Figure",
        f"{SVG}svg": "Figure",
        "code": "Code",
        "q": "Quote",
        "em": "Span",
        "strong": "Span",
        "b": "Span",
        "i": "Span",
        "u": "Span",
        "s": "Span",
        "mark": "Span",
        "small": "Span",
        "sub": "Span",
        "sup": "Span",
        "cite": "Span",
        "dfn": "Span",
        "kbd": "Span",
        "samp": "Span",
        "var": "Span",
        "abbr": "Span",
        "del": "Span",
        "ins": "Span",
    }
)
ROLES = MappingProxyType({"doc-footnote": "Note", "math": "Formula", "list": "L", "listitem": "LI"})
# Links that point at something else in the document, for which PDF has a type of its own around the link.
REFERENCES = frozenset({"doc-biblioref", "doc-noteref", "doc-glossref"})
# Wrappers that may not stand between a TOC, its TOCI and their content.
PLAIN_IN_CONTENTS = frozenset({"Div", "P", "Sect"})

# https://www.w3.org/TR/css-lists-3/ list-style-type -> ISO 32000-1, table 347, ListNumbering
NUMBERINGS = MappingProxyType(
    {
        "disc": "Disc",
        "circle": "Circle",
        "square": "Square",
        "decimal": "Decimal",
        "lower-alpha": "LowerAlpha",
        "lower-latin": "LowerAlpha",
        "lower-roman": "LowerRoman",
        "upper-alpha": "UpperAlpha",
        "upper-latin": "UpperAlpha",
        "upper-roman": "UpperRoman",
    }
)


def structure_type(source: HtmlElement, parent: Element, *, as_block: bool) -> str | None:
    """The structure type of an HTML element inside `parent`; None when it adds nothing to the structure.

    `as_block` tells that it is laid out as a block: HTML has no paragraphs within a paragraph, so a note of more than
    one paragraph has them as `<span>` with `display: block`.
    """
    if not isinstance(source.tag, str) or source.tag in ("html", "body"):
        return None
    tag = ROLES.get(role_of(source)) or TYPES.get(source.tag)
    if source.tag == "a":
        tag = "Link" if source.get("href") else None
    elif "csl-left-margin" in classes_of(source):
        tag = "Lbl"  # the number of an entry in a numbered bibliography
    elif tag == "Figure" and parent.tag == "Formula":
        tag = None  # a piece of a formula that may go on at the next line
    elif tag == "Div" and parent.tag == "L":
        tag = "LI"  # <dl><div>: a term with its descriptions
    elif tag == "Div" and (source.get("role") or source.get("aria-label")):
        tag = "Sect"
    elif tag is None and as_block and parent.inside("Note"):
        tag = "P"
    elif tag is None and (language_of(source) or role_of(source) == "img"):
        tag = "Span"
    if _in_contents(parent):
        return "TOC" if tag == "L" else "TOCI" if tag == "LI" else None if tag in PLAIN_IN_CONTENTS else tag
    return tag


def _in_contents(parent: Element) -> bool:
    element: Element | None = parent
    while element is not None:
        if element.source is not None and role_of(element.source) == "doc-toc":
            return True
        element = element.parent
    return False


def is_decoration(source: HtmlElement, html_tag: str | None) -> bool:
    if source is None or source.tag != html_tag:
        return False
    # pandoc hides a caption from screen readers when it equals the picture's alt; here it is read after it.
    hidden = source.get("aria-hidden") == "true" and source.tag != "figcaption"
    picture = TYPES.get(source.tag) == "Figure"
    silent = source.tag == "img" and source.get("alt") == ""
    return hidden or silent or (picture and role_of(source) in ("presentation", "none"))


def role_of(source: HtmlElement) -> str:
    return str(source.get("role") or "")


def classes_of(source: HtmlElement) -> list[str]:
    return str(source.get("class") or "").split()


def language_of(source: HtmlElement) -> str:
    """The language that is told on an element itself, empty when none is."""
    return str(source.get("lang") or source.get(XML_LANG) or "")


def text_of(source: HtmlElement) -> str:
    """The text of an HTML element without the notes that are called in it."""
    if "footnote" in classes_of(source):
        return ""
    return (source.text or "") + "".join(text_of(child) + (child.tail or "") for child in source)


def plain_text(text: str) -> str:
    """Text on one line, with single spaces."""
    return " ".join(text.split())
