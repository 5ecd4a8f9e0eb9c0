"""The bodies of a publication as the content documents of an EPUB: one file for each part.

The bodies are the same as in HTML. Here each becomes a file: it gets a heading of level 1, addresses that lead from
file to file, notes that reading systems can show in place, and the language of passages as `xml:lang`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import unquote, urljoin

from dossierbuild.core.model import Part, PartRole, Publication, Sibling
from dossierbuild.core.spec import Format
from dossierbuild.stages.render.html import link_downloads
from dossierbuild.tools import markup
from dossierbuild.tools.markup import Element

# https://idpf.github.io/epub-guides/epub-aria-authoring/: what EPUB says in epub:type next to the role.
_EPUB_TYPES = MappingProxyType({
    "doc-abstract": "abstract", "doc-appendix": "appendix", "doc-bibliography": "bibliography",
    "doc-chapter": "chapter", "doc-endnotes": "endnotes", "doc-footnote": "footnote", "doc-foreword": "foreword",
    "doc-glossary": "glossary", "doc-glossref": "glossref", "doc-index": "index", "doc-noteref": "noteref",
    "doc-part": "part",
})  # fmt: skip
_MATTER = MappingProxyType({
    PartRole.FOREWORD: "frontmatter", PartRole.SUMMARY: "frontmatter",
    PartRole.APPENDIX: "backmatter", PartRole.BIBLIOGRAPHY: "backmatter", PartRole.INDEX: "backmatter",
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PartFile:
    """A content document: its name, its part and the tree of its body (a `body` element)."""

    name: str
    part: Part
    body: Element

    @property
    def title(self) -> str:
        return self.part.title

    @property
    def matter(self) -> str:
        return _MATTER.get(self.part.role, "bodymatter")


def part_files(
    publication: Publication, bodies: Mapping[str, str], siblings: tuple[Sibling, ...]
) -> tuple[PartFile, ...]:
    """The parts as trees, each under its file name, with links, headings and notes as EPUB wants them.

    `bodies` are by the id of their part; `siblings` are the files of the edition, to which a text may link.
    """
    files = tuple(_read_part(number, part, bodies[part.id]) for number, part in enumerate(publication.parts, 1))
    website = publication.metadata.website
    base = f"{website.rstrip('/')}/"
    pages = {
        str(sibling.publication): urljoin(base, sibling.path) for sibling in siblings if sibling.format is Format.HTML
    }
    places = {identifier: file.name for file in files for identifier in markup.ids(file.body)}
    for file in files:
        _lift_headings(file.body)
        if not markup.with_tag(file.body, "h1"):
            file.body.insert(0, markup.make("h1", {"class": "file-title"}, file.title))
        _set_roles(file.body)
        link_downloads(file.body, base if website else None)
        _lead_links(file.body, file.name, places, pages if website else {})
    return files


def _read_part(number: int, part: Part, body: str) -> PartFile:
    root = markup.parse_fragment(body)
    if markup.by_id(root, part.id) is None:
        section = markup.make("section", {"id": part.id, "class": part.role.value})
        section.text, root.text = root.text, None
        section.extend(list(root))
        root.append(section)
    name = f"{number:02}-{re.sub(r'[^a-z0-9-]+', '-', part.id.lower()).strip('-') or 'part'}.xhtml"
    return PartFile(name=name, part=part, body=root)


def _lift_headings(body: Element) -> None:
    """Raise all headings by one level. A page of panels keeps its headings: its title is put above them."""
    if any("panels" in section.get("class", "").split() for section in markup.with_tag(body, "section")):
        return
    for heading in markup.with_tag(body, "h2", "h3", "h4", "h5", "h6"):
        heading.tag = f"h{int(heading.tag[1:]) - 1}"


def _set_roles(body: Element) -> None:
    for element in body.iter():
        if role := element.get("role"):
            if role in _EPUB_TYPES:
                element.set(markup.EPUB_TYPE, _EPUB_TYPES[role])
            if role == "doc-footnote":
                element.tag = "aside"
        if (language := element.get("lang")) is not None:
            element.set(markup.XML_LANG, language)


def _lead_links(body: Element, name: str, places: Mapping[str, str], pages: Mapping[str, str]) -> None:
    """Point links into other parts at their files.

    Another publication has no address inside an EPUB: a link to it leads to its page on the website, and without a
    website only the link's text stays.
    """
    for link in markup.with_tag(body, "a"):
        href = link.get("href", "")
        if href.startswith("#"):
            target = places.get(unquote(href[1:]), name)
            link.set("href", href if target == name else target + href)
        elif href.startswith("publication:"):
            sibling, _, place = href.removeprefix("publication:").partition("#")
            if sibling in pages:
                link.set("href", f"{pages[sibling]}#{place}")
            else:
                markup.unwrap(link)


def use_pictures(files: tuple[PartFile, ...]) -> dict[str, str]:
    """Give every picture that the files show an address that is safe in a package, and give the addresses by path."""
    paths: dict[str, str] = {}
    for image in (image for file in files for image in markup.with_tag(file.body, "img")):
        path = unquote(image.get("src", ""))
        if path.startswith("data:"):
            continue
        image.set("src", paths.setdefault(path, _safe_path(path, len(paths) + 1)))
    return paths


def _safe_path(path: str, number: int) -> str:
    if re.fullmatch(r"(?:[A-Za-z0-9_][A-Za-z0-9._-]*/)*[A-Za-z0-9_][A-Za-z0-9._-]*", path):
        return path
    return f"pictures/{number:03}.{path.rpartition('.')[2]}"
