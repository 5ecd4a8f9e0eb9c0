"""Built files, opened again: their facts, and whether all that they point at is there."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from types import MappingProxyType
from urllib.parse import unquote

from dossierbuild.core.book import CONTAINER, FIRST, open_book, strange_entries
from dossierbuild.core.passages import Fact, Kind, comparable
from dossierbuild.stages.verify.active import active_content, active_in_paper, lacks_policy
from dossierbuild.stages.verify.facts import FactList, Facts, link_key
from dossierbuild.stages.verify.pages import read_facts_of_page
from dossierbuild.tools import markup
from dossierbuild.tools.markup import Element, MarkupError
from dossierbuild.tools.pdf_reader import PdfElement, PdfError, read_pdf

_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"


class UnreadableError(Exception):
    """A file that is not what its name says; the text is one line with the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read in a file.

    `requests` are addresses that a reader would fetch from elsewhere, `repeated_ids` ids that stand there
    more than once, `dead_links` targets in the publication that are not there. `running` is the active content,
    and a web page is `open` when no policy forbids such content. `strange` are the files in an e-book that do not
    belong there. `claims` are the standards that the file itself says it conforms to, and `files` other files, beside
    it, that it leads to. Where it `names_works`, its links to the reference list have their targets.
    """

    facts: Facts
    requests: tuple[str, ...] = ()
    repeated_ids: tuple[str, ...] = ()
    dead_links: tuple[str, ...] = ()
    running: tuple[str, ...] = ()
    open: bool = False
    strange: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    names_works: bool = True


@dataclass(frozen=True, slots=True)
class Reader:
    """How files of a format are read, and the names of the checks that are done on them, as in the manifest."""

    read: Callable[[bytes], Reading]
    checks: tuple[str, ...]


def read_file(data: bytes, reader: Reader) -> Reading:
    """Read a built file. Raises UnreadableError."""
    try:
        return reader.read(data)
    except (
        MarkupError,
        PdfError,
        zipfile.BadZipFile,
        KeyError,
        UnicodeDecodeError,
        zlib.error,
        ValueError,
        EOFError,
        RuntimeError,  # an encrypted file in a book, one that is packed in an unknown way, or what never ends
        MemoryError,
    ) as error:
        raise UnreadableError(" ".join(str(error).split()) or type(error).__name__) from None


# --- HTML ---------------------------------------------------------------------------------------------------


def _read_html(data: bytes) -> Reading:
    data.decode("utf-8")
    root = markup.parse_html(data)
    facts = FactList()
    read_facts_of_page(root, facts)
    targets = [link.get("href", "") for link in markup.with_tag(root, "a")]
    return Reading(
        facts=Facts(title=_title(root), language=root.get("lang", ""), items=tuple(facts.items)),
        requests=markup.requested_addresses(root),
        repeated_ids=_repeated(markup.ids(root)),
        dead_links=_dead((target[1:] for target in targets if target.startswith("#")), markup.ids(root)),
        running=tuple(dict.fromkeys(active_content(root))),
        open=lacks_policy(root),
        files=tuple(dict.fromkeys(unquote(target.partition("#")[0]) for target in targets if _is_file(target))),
    )


def _is_file(address: str) -> bool:
    return bool(address) and not re.match(r"[#/]|[a-z][a-z0-9+.-]*:", address, re.IGNORECASE)


def _title(root: Element) -> str:
    head = next(iter(markup.with_tag(root, "head")), root)
    return next((markup.text_of(title) for title in markup.with_tag(head, "title")), "")


def _repeated(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name, count in Counter(ids).items() if count > 1)


def _dead(targets: Iterable[str], ids: Iterable[str]) -> tuple[str, ...]:
    known = set(ids)
    return tuple(dict.fromkeys(target for target in targets if target not in known and unquote(target) not in known))


# --- EPUB ---------------------------------------------------------------------------------------------------


def _read_epub(data: bytes) -> Reading:
    with open_book(data) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
        strange = tuple(strange_entries(archive))
    container = markup.parse_xml(members[CONTAINER])
    package_path = next((path for element in container.iter() if (path := element.get("full-path"))), "")
    package = markup.parse_xml(members[package_path])
    known = {FIRST.decode(), CONTAINER, package_path, *_listed(package, package_path)}
    spine = _spine(package, package_path)
    marked_up = [path for path in members if path in spine or path.endswith((".xhtml", ".svg"))]
    trees = {path: markup.parse_xml(members[path]) for path in marked_up}
    pages = {path: trees[path] for path in spine}
    addresses = tuple(_addresses(members, trees))
    facts = FactList()
    for page in pages.values():
        read_facts_of_page(page, facts)
    language, *others = [markup.text_of(entry) for entry in package.iter(f"{_DC}language")] or [""]
    languages = {language, *(page.get("lang", "") for page in pages.values())}.difference(others) | {language}
    return Reading(
        facts=Facts(
            title=_entry(package, f"{_DC}title"),
            language=" ".join(sorted(languages)),
            items=tuple(facts.items),
        ),
        requests=tuple(dict.fromkeys(_outside(addresses))),
        repeated_ids=tuple(name for page in pages.values() for name in _repeated(markup.ids(page))),
        dead_links=tuple(dict.fromkeys((*_not_in_package(addresses, members), *_dead_links(pages, members)))),
        running=tuple(dict.fromkeys(found for tree in trees.values() for found in active_content(tree))),
        strange=tuple(dict.fromkeys((*strange, *(name for name in members if name not in known)))),
        claims=tuple(_claims_of_package(package)),
    )


def _listed(package: Element, package_path: str) -> Iterator[str]:
    """The paths of all files that the package says to be the book's."""
    return (_join(package_path, item.get("href", "")) for item in package.iter(f"{_OPF}item"))


def _claims_of_package(package: Element) -> Iterator[str]:
    if package.get("version") == "3.0":
        yield "EPUB 3.3"
    for meta in package.iter(f"{_OPF}meta"):
        if meta.get("property") == "dcterms:conformsTo":
            yield markup.text_of(meta)


def _entry(package: Element, name: str) -> str:
    return next((markup.text_of(entry) for entry in package.iter(name)), "")


def _spine(package: Element, package_path: str) -> list[str]:
    """The paths of the content documents in reading order."""
    items = {item.get("id"): item.get("href", "") for item in package.iter(f"{_OPF}item")}
    return [_join(package_path, items[reference.get("idref")]) for reference in package.iter(f"{_OPF}itemref")]


def _join(page: str, address: str) -> str:
    """The path in the package of an address that stands in a page."""
    path = unquote(address.partition("#")[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page


def _addresses(members: dict[str, bytes], trees: dict[str, Element]) -> Iterator[tuple[str, str]]:
    """Every address that a file of the package makes a reader fetch, with the path of the file."""
    for path, data in members.items():
        if path.endswith(".css"):
            yield from ((path, address) for address in markup.css_addresses(data.decode("utf-8")))
        elif path in trees:
            yield from ((path, address) for address in markup.requested_addresses(trees[path]))


def _outside(addresses: Iterable[tuple[str, str]]) -> Iterator[str]:
    for path, address in addresses:
        absolute = re.match(r"(?:[a-z][a-z0-9+.-]*:|/)", address, re.IGNORECASE)
        if absolute or _join(path, address).startswith(".."):
            yield address


def _not_in_package(addresses: Iterable[tuple[str, str]], members: dict[str, bytes]) -> Iterator[str]:
    return (address for path, address in addresses if ":" not in address and _join(path, address) not in members)


def _dead_links(pages: dict[str, Element], members: dict[str, bytes]) -> Iterator[str]:
    ids = {path: set(markup.ids(page)) for path, page in pages.items()}
    for path, page in pages.items():
        for link in markup.with_tag(page, "a"):
            address = link.get("href", "")
            target, place = _join(path, address), unquote(address.partition("#")[2])
            if ":" not in address and (target not in members or (place and place not in ids.get(target, ()))):
                yield address


# --- PDF ----------------------------------------------------------------------------------------------------

# Elements that begin with the text of another one.
_GROUPS = frozenset({"Document", "Part", "Sect", "Div", "L", "LI", "Table", "TR", "TBody", "THead", "BlockQuote"})
_TAGS = MappingProxyType(
    {f"H{level}": Kind.HEADING for level in range(1, 7)}
    | {
        "TR": Kind.ROW,
        "Note": Kind.NOTE,
        "Link": Kind.LINK,
    }
)

# Where the calls of notes lead, and their numbers back.
_OF_NOTES = ("#fn-", "#fnref-")


def _read_pdf(data: bytes) -> Reading:
    pdf = read_pdf(data)
    whole = [element for element in pdf.elements if element.depth == 0 or element.tag == "Note"]
    return Reading(
        facts=Facts(
            title=pdf.title,
            language=pdf.language,
            items=tuple(_facts_of_elements(pdf.elements)),
            stream=comparable("\n".join(element.text for element in whole)),
            elements=tuple(comparable(element.text) for element in pdf.elements if element.tag not in _GROUPS),
        ),
        dead_links=_dead((link.destination for link in pdf.links if link.destination), pdf.destinations),
        running=tuple(active_in_paper(pdf)),
        claims=tuple(_claims_of_paper(dict(pdf.metadata))),
        names_works=False,
    )


def _claims_of_paper(metadata: dict[str, str]) -> Iterator[str]:
    """What the metadata claims: the part of ISO 19005 with its level, and the part of ISO 14289."""
    if part := metadata.get("pdfaid:part"):
        yield f"PDF/A-{part}{metadata.get('pdfaid:conformance', '').lower()}"
    if part := metadata.get("pdfuaid:part"):
        yield f"PDF/UA-{part}"


def _facts_of_elements(elements: tuple[PdfElement, ...]) -> Iterator[Fact]:
    tables: list[int] = []  # the depths of the tables that the element stands in
    for place, element in enumerate(elements):
        while tables and element.depth <= tables[-1]:
            tables.pop()
        if element.target.startswith(_OF_NOTES):
            continue
        if element.tag in _TAGS and element.text:
            text = _without_markers(element, elements[place + 1 :])
            yield Fact(kind=_TAGS[element.tag], text=text, key=link_key(element.target))
        elif element.tag == "Figure" and element.alt:
            yield Fact(kind=Kind.ALT, text=element.alt)
        elif element.tag == "Formula":
            yield Fact(kind=Kind.FORMULA, text=element.alt)
        elif element.tag == "Table":
            tables.append(element.depth)
            own = (caption for caption in _within(element, elements[place + 1 :]) if caption.tag == "Caption")
            yield Fact(kind=Kind.TABLE, text=next((caption.text for caption in own), ""))
        elif element.tag == "Caption" and not tables:
            yield Fact(kind=Kind.FIGURE, text=element.text)


def _within(element: PdfElement, after: tuple[PdfElement, ...]) -> Iterator[PdfElement]:
    return takewhile(lambda other: other.depth > element.depth, after)


_MARKER = re.compile(r"[•◦▪‣–-]|\(?(?:\d+|[a-z]+)[.)]", re.IGNORECASE)


def _without_markers(element: PdfElement, after: tuple[PdfElement, ...]) -> str:
    """The text of an element without the bullets and numbers of the lists in it, which only paper has as
    text."""
    text, end = element.text, 0
    for label in _within(element, after):
        if label.tag == "Lbl" and _MARKER.fullmatch(label.text) and (start := text.find(label.text, end)) >= 0:
            text, end = f"{text[:start]} {text[start + len(label.text) :]}", start
    return text


_OF_PAGES = (
    "opens", "title", "language", "links", "ids", "self-contained", "inactive", "parity", "order", "labels",
)  # fmt: skip

HTML = Reader(_read_html, _OF_PAGES)
EPUB = Reader(_read_epub, _OF_PAGES)
PDF = Reader(_read_pdf, ("opens", "title", "language", "links", "parity", "order"))
