"""A publication as an EPUB 3.3: bodies and templates in, one package out, the same bytes for the same job."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from dossierbuild.core.model import ALL_FAMILIES, FORMULAS, Artifact, PartRole, RenderJob
from dossierbuild.core.spec import Format
from dossierbuild.stages.render.cover import COVER
from dossierbuild.stages.render.css import own_styles, stylesheet
from dossierbuild.stages.render.directions import directed
from dossierbuild.stages.render.epub_access import access_of
from dossierbuild.stages.render.epub_package import package_identifier, package_imprint
from dossierbuild.stages.render.epub_pages import PageMark, mark_pages, name_by_page, page_of
from dossierbuild.stages.render.epub_parts import PartFile, part_files, use_pictures
from dossierbuild.stages.render.shell import shell_values, template_texts
from dossierbuild.tools import markup
from dossierbuild.tools.pages import Markup, render_template

_XHTML = "application/xhtml+xml"
_COLOPHON = "colophon.xhtml"
# Parts that a reading system offers to go to, the first of each; their DPUB-ARIA roles have the names of these types.
_LANDMARKS = (
    PartRole.FOREWORD,
    PartRole.SUMMARY,
    PartRole.PART,
    PartRole.BIBLIOGRAPHY,
    PartRole.APPENDIX,
    PartRole.INDEX,
)
_CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml" /></rootfiles>
</container>
"""


@dataclass(frozen=True, slots=True)
class _File:
    """A file of the package: manifest id, path below EPUB/, media type, properties, and its bytes."""

    id: str
    path: str
    media_type: str
    properties: str
    data: bytes


def write_epub(job: RenderJob) -> Artifact:
    """Make the EPUB of a publication.

    Raises TemplateError when a template in styles/epub cannot be used, MarkupError when a body is no XML.
    """
    publication = job.publication
    parts = part_files(publication, job.bodies, job.siblings)
    terms = job.terms
    pages = mark_pages(parts, job.page_starts, job.front_pages)
    name_by_page(parts, terms["page"], job.front_pages)
    last = page_of(job.page_starts, terms["colophon"], _COLOPHON, pages, job.front_pages)
    pictures = _picture_files(job, use_pictures(parts))
    values = shell_values(job)
    shell = _Shell(job, values)
    texts = [
        _File("title-page", "title.xhtml", _XHTML, "", shell.page("title.xhtml")),
        _File("nav", "nav.xhtml", _XHTML, "nav", _navigation(shell, parts, (*pages, *last), values)),
        *(_part_file(shell, number, part) for number, part in enumerate(parts, 1)),
        _File("colophon", _COLOPHON, _XHTML, "", shell.page(_COLOPHON, pages=last)),
    ]
    shown = {tag for tag in ("svg", "math", "code") if any(markup.with_tag(part.body, tag) for part in parts)}
    fonts = _font_files(job, shown)
    style = _File("style", "style.css", "text/css", "", _stylesheet(job, fonts).encode())
    files = [*texts, style, *_cover_file(job), *pictures, *fonts]
    package = shell.page(
        "package.opf",
        identifier=package_identifier(publication.metadata.identifier),
        **package_imprint(publication.metadata),
        access=access_of(
            (part.body for part in parts),
            terms,
            claims=job.claims,
            certifier=publication.metadata.certifier if job.is_measured else "",
        ),
        page_source=f"{publication.metadata.slug}.pdf" if pages else "",
        files=files,
        spine=[text.id for text in texts],
    )
    members = {f"EPUB/{file.path}": file.data for file in files} | {"EPUB/package.opf": package}
    data = _packed({**members, "META-INF/container.xml": _CONTAINER.encode()}, job)
    return Artifact(publication=publication.id, format=job.format, path=job.path, data=data, pages=0, log=())


class _Shell:
    """The templates of an EPUB, with the values that all of them get."""

    def __init__(self, job: RenderJob, values: dict[str, Any]) -> None:
        self._values = values
        self._templates = template_texts(job.styles, "epub/")
        self.language = job.publication.metadata.language

    def page(self, name: str, **values: object) -> bytes:
        page = render_template(f"epub/{name}.j2", self._templates, **{**self._values, **values})
        return (directed(page) if name.endswith(".xhtml") else page).encode("utf-8")


def _part_file(shell: _Shell, number: int, part: PartFile) -> _File:
    html = Markup(markup.inner_xhtml(part.body))
    properties = [name for name, tag in (("svg", "svg"), ("mathml", "math")) if markup.with_tag(part.body, tag)]
    language = part.part.language or shell.language
    page = shell.page(
        "part.xhtml", part={"title": part.title, "matter": part.matter, "language": language, "html": html}
    )
    return _File(f"part-{number}", part.name, _XHTML, " ".join(properties), page)


def _navigation(
    shell: _Shell, parts: tuple[PartFile, ...], pages: tuple[PageMark, ...], values: dict[str, Any]
) -> bytes:
    places = {identifier: part.name for part in parts for identifier in markup.ids(part.body)}
    terms = values["terms"]
    firsts = {part.part.role: part for part in reversed(parts)}
    landmarks = [
        ("titlepage", "title.xhtml", terms["title_page"]),
        ("toc", "nav.xhtml#toc", terms["contents"]),
        *[("bodymatter", part.name, terms["start"]) for part in parts if part.matter == "bodymatter"][:1],
        *((role.value, firsts[role].name, firsts[role].title) for role in _LANDMARKS if role in firsts),
    ]
    depth = 3 if PartRole.PART in firsts else 2
    contents = [
        *_with_addresses(values["contents"], places, depth),
        {"href": _COLOPHON, "number": "", "title": terms["colophon"], "language": "", "children": []},
    ]
    return shell.page(
        "nav.xhtml",
        contents=contents,
        landmarks=[{"type": kind, "href": href, "title": title} for kind, href, title in landmarks],
        pages=pages,
    )


def _with_addresses(headings: list[dict[str, Any]], places: dict[str, str], depth: int) -> list[dict[str, Any]]:
    """Contents as addresses in the package, to `depth` levels; a part begins where its file begins."""
    return [
        {
            "href": f"{places[heading['id']]}#{heading['id']}",
            "number": heading["number"],
            "title": heading["title"],
            "language": heading["language"],
            "children": _with_addresses(heading["children"], places, depth - 1) if depth > 1 else [],
        }
        for heading in headings
        if heading["id"] in places
    ]


def _cover_file(job: RenderJob) -> list[_File]:
    """The picture that a reading system shows on its shelf (EPUB 3.3, D.8: cover-image)."""
    covers = [asset for asset in job.assets if asset.path == COVER]
    return [_File("cover", cover.path, cover.media_type, "cover-image", cover.data) for cover in covers]


def _picture_files(job: RenderJob, paths: dict[str, str]) -> list[_File]:
    """The pictures that the text shows. A picture without bytes is left out; the verification reports it."""
    assets = {asset.path: asset for asset in job.assets}
    return [
        _File(f"picture-{number}", safe, assets[path].media_type, "", assets[path].data)
        for number, (path, safe) in enumerate(sorted(paths.items()), 1)
        if path in assets
    ]


_PROPERTY = re.compile(r"var\((--[a-z0-9-]+)(?:,[^()]*)?\)")


def _font_files(job: RenderJob, shown: Collection[str]) -> list[_File]:
    """The family of charts where `svg` is shown, so that their words fit, that of code where `code` is, so that its
    columns stand, the font of formulas where `math` is, and the fallbacks.

    The rest of the book uses the reading system's fonts.
    """
    roles = (role for tag, role in (("svg", "chart"), ("code", "code")) if tag in shown and role in job.theme.fonts)
    families = {family for role in roles for family in job.theme.families(role)}
    behind = (ALL_FAMILIES, FORMULAS) if "math" in shown else (ALL_FAMILIES,)
    paths = {font.path for font in job.fonts if font.family in families or font.behind in behind}
    fonts = [
        asset for asset in job.assets if asset.path.removesuffix(".woff2") in paths and asset.path.endswith(".woff2")
    ]
    return [_File(f"font-{number}", font.path, font.media_type, "", font.data) for number, font in enumerate(fonts, 1)]


def _stylesheet(job: RenderJob, fonts: list[_File]) -> str:
    """The style sheets in one, with the theme's properties filled in: many e-readers know no `var()`."""
    names = ("css/base.css", *own_styles(job.publication), "css/epub.css")
    css = stylesheet(job, names, {font.path.removesuffix(".woff2"): font.path for font in fonts})
    for _ in range(3):  # a property may be made from another
        css = _PROPERTY.sub(lambda use: job.properties.get(use[1], use[0]), css)
    return css


def _packed(members: dict[str, bytes], job: RenderJob) -> bytes:
    """The members as a zip file with the same bytes at any time and on any machine (EPUB OCF 3.3, 4.2)."""
    date = job.publication.metadata.date
    stamp = (max(date.year, 1980), date.month, date.day, 0, 0, 0)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(_member("mimetype", stamp, zipfile.ZIP_STORED), Format.EPUB.media_type)
        for path in sorted(members):
            archive.writestr(_member(path, stamp, zipfile.ZIP_DEFLATED), members[path], compresslevel=9)
    return buffer.getvalue()


def _member(path: str, stamp: tuple[int, int, int, int, int, int], compression: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(path, stamp)
    info.create_system = 3  # as if made on Unix, on any system
    info.external_attr = 0o100644 << 16
    info.compress_type = compression
    return info
