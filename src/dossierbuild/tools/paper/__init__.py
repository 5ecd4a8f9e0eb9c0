"""HTML in, an accessible and archival PDF out: PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2) in one file.

The engine is WeasyPrint. It reads the HTML and what the caller hands over, and nothing else: no file, no network, no
font of the system. So the same HTML and resources give the same bytes on any machine with the same
`engine_versions`. What WeasyPrint tells about the document comes back in `Paper.log`; whether that is an error in
a source is for the caller to say. Time and memory are for the caller to limit.
"""

from __future__ import annotations

import hashlib
import logging
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.sax.saxutils import escape

from dossierbuild.tools.paper.engine import (
    PaperError,
    corrected_engine,
    engine_versions,
    glyph_texts,
    load_engine,
    own_fonts,
)
from dossierbuild.tools.paper.notes import name_paragraphs
from dossierbuild.tools.paper.objects import mark_pages, write_structure
from dossierbuild.tools.paper.starts import page_starts
from dossierbuild.tools.paper.structure import note_faults, settle
from dossierbuild.tools.paper.tags import tag_boxes

__all__ = ["BASE_URL", "Extent", "Layout", "Paper", "PaperError", "engine_versions", "measure", "write_pdf"]

# What relative addresses in the HTML are relative to; `.invalid` never resolves (RFC 2606).
BASE_URL = "https://dossier.invalid/"

MEDIA_TYPES = {
    "css": "text/css",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "woff": "font/woff",
    "woff2": "font/woff2",
}


_MILLIMETRE = 96 / 25.4
"""In CSS pixels, in which the engine counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A PDF. `log` holds what the layout engine complained of, each line once and in order, as
    `error: text` or `warning: text`; a document that is in order has an empty log. `starts` has for each page the
    text with which its main flow begins."""

    data: bytes
    pages: int
    log: tuple[str, ...]
    starts: tuple[str, ...]


def write_pdf(
    html: str, resources: Mapping[str, bytes], *, identifier: str, archival: bool = True, accessible: bool = True
) -> Paper:
    """Lay out a whole HTML document as a PDF.

    `resources` has style sheets, fonts and pictures by the path that the HTML names them by, relative to BASE_URL.
    `identifier` is the document's own (URN, ISBN, DOI) and goes into its metadata. Title, language, authors,
    description, keywords and dates come from the HTML. Without `archival` the file is PDF/UA-1 only; without
    `accessible` it is tagged all the same but says of itself that it is PDF/A-2u, and not that it is PDF/UA.
    Raises PaperError when the engine gives up, or is not there.
    """
    weasyprint = load_engine()
    log = _Log()
    variant = ("pdf/a-2a" if archival else "pdf/ua-1") if accessible else "pdf/a-2u"

    def add_tags(pdf: Any, document: Any, pdf_version: Any, page_streams: list[Any]) -> None:
        _add_tags(pdf, document, page_streams, log)

    def finish(document: Any, pdf: Any) -> None:
        _finish(pdf, identifier, archival and accessible, log)

    with _listening(log), corrected_engine(add_tags), _giving_up():
        source = weasyprint.HTML(string=html, base_url=BASE_URL, url_fetcher=_fetcher(resources, log))
        name_paragraphs(source.etree_element)
        document = source.render(font_config=own_fonts(), pdf_variant=variant, pdf_tags=True)
        data = document.write_pdf(
            pdf_variant=variant, pdf_tags=True, pdf_identifier=_file_identifier(identifier), finisher=finish
        )
    return Paper(
        data=data,
        pages=len(document.pages),
        log=tuple(dict.fromkeys(log.lines)),
        starts=page_starts(document.pages),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """The room that an element with an id takes on its first page, which counts from 1: from its top to the lowest
    line or picture in it. In millimetres from the top left corner of the page."""

    identifier: str
    page: int
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A document on paper: width and height of each page in millimetres, and its elements with an id."""

    pages: tuple[tuple[float, float], ...]
    extents: tuple[Extent, ...]


def measure(html: str, resources: Mapping[str, bytes]) -> Layout:
    """The pages that a whole HTML document would have, and where its elements stand on them.

    Raises PaperError when the engine gives up, or is not there.
    """
    weasyprint = load_engine()
    log = _Log()
    with _listening(log), corrected_engine(lambda *_: None), _giving_up():
        source = weasyprint.HTML(string=html, base_url=BASE_URL, url_fetcher=_fetcher(resources, log))
        name_paragraphs(source.etree_element)
        document = source.render(font_config=own_fonts())
        extents = [found for number, page in enumerate(document.pages, 1) for found in _extents(page._page_box, number)]
    return Layout(
        pages=tuple((page.width / _MILLIMETRE, page.height / _MILLIMETRE) for page in document.pages),
        extents=tuple({one.identifier: one for one in reversed(extents)}.values())[::-1],
    )


def _extents(page: Any, number: int) -> Iterator[Extent]:
    for box in page.descendants():
        name = box.element.get("id") if box.element is not None and box.element_tag == box.element.tag else None
        if name and hasattr(box, "descendants"):
            ends = [one.position_y + one.height for one in box.descendants() if not hasattr(one, "children")]
            yield Extent(
                identifier=name,
                page=number,
                left=box.position_x / _MILLIMETRE,
                top=box.position_y / _MILLIMETRE,
                width=box.margin_width() / _MILLIMETRE,
                height=(max(ends, default=box.position_y) - box.position_y) / _MILLIMETRE,
            )


@contextmanager
def _giving_up() -> Iterator[None]:
    """The engine has no errors of its own: what stops it is any exception of any of its libraries."""
    try:
        yield
    except PaperError:
        raise
    except Exception as error:
        reason = " ".join(str(error).split())
        raise PaperError(f"the layout engine gave up: {type(error).__name__}: {reason}") from error


class _Log(logging.Handler):
    """The lines of one document's log."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        message = " ".join(record.getMessage().split())
        # A glyph that no font has is a hole in the text, which is more than a warning.
        severe = record.levelno >= logging.ERROR or message.startswith(".notdef glyph")
        self.lines.append(f"{'error' if severe else 'warning'}: {message}")

    def error(self, message: str) -> None:
        self.lines.append(f"error: {message}")


@contextmanager
def _listening(log: _Log) -> Iterator[None]:
    logger = logging.getLogger("weasyprint")
    propagate, logger.propagate = logger.propagate, False
    logger.addHandler(log)
    try:
        with warnings.catch_warnings():
            # It leaves the file of its colour profile to the garbage collector.
            warnings.simplefilter("ignore", ResourceWarning)
            yield
    finally:
        logger.removeHandler(log)
        logger.propagate = propagate


def _fetcher(resources: Mapping[str, bytes], log: _Log) -> Any:
    """A WeasyPrint URL fetcher that serves the resources and `data:` addresses, and refuses all else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class ResourceFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint is untyped
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            path = unquote(urlsplit(url).path).lstrip("/")
            if not url.startswith(BASE_URL) or path not in resources:
                log.error(f"refused to read {url}: it is not one of the document's resources")
                raise ValueError("not one of the document's resources")
            media_type = MEDIA_TYPES.get(path.rpartition(".")[2].lower(), "application/octet-stream")
            return URLFetcherResponse(url, resources[path], {"Content-Type": media_type})

    return ResourceFetcher(allowed_protocols=("data",), allow_redirects=False)


def _add_tags(pdf: Any, document: Any, page_streams: list[Any], log: _Log) -> None:
    tagged = tag_boxes(document, [dict(stream._tags) for stream in page_streams])
    for fault in (*tagged.faults, *note_faults(tagged.document)):
        log.error(fault)
    settle(tagged.document)
    write_structure(pdf, tagged)
    for fault in mark_pages(page_streams, tagged, glyph_texts(document)):
        log.error(fault)
    if not document.metadata.title:
        log.error("the document has no <title>")
    if not document.metadata.lang:
        log.error("the <html> element has no lang")


def _finish(pdf: Any, identifier: str, both: bool, log: _Log) -> None:
    """What WeasyPrint has no option for, done just before the file is written."""
    for item in pdf.objects:
        extra = getattr(item, "extra", None) or {}
        if "Interpolate" in extra:
            extra["Interpolate"] = "false"  # PDF/A-2, 6.2.8
        lines = getattr(item, "stream", None) or []
        if b"begincmap" in lines:
            # The second of two glyphs that stand for one letter has no text of its own; ISO 19005-2, 6.2.11.7.2,
            # wants one for each, so it is a word joiner, which is none.
            lines[:] = [line.removesuffix(b"<>") + b"<2060>" if line.endswith(b" <>") else line for line in lines]
        address = _link_address(item)
        if address.startswith(BASE_URL) and not _lead_aside(item, address.removeprefix(BASE_URL)):
            log.error(f"link to {address.removeprefix(BASE_URL)}: there is no such place in this document")
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    metadata.compress = False  # so that any program finds it, as PDF/A asks of version 1
    metadata.stream[0] = metadata.stream[0].replace(b"</rdf:RDF>", _more_metadata(identifier, both) + b"</rdf:RDF>")


def _link_address(item: Any) -> str:
    """The address that an object of a PDF leads to, empty when it is no link to the outside."""
    if not isinstance(item, dict) or item.get("Subtype") != "/Link" or "A" not in item:
        return ""
    return str(item["A"]["URI"].string)


def _lead_aside(link: Any, address: str) -> bool:
    """Have a link to `other.pdf#place` open that place in the PDF beside this one (ISO 32000-1, 12.6.4.3); False
    for any other address."""
    import pydyf

    path, _, place = address.partition("#")
    if "/" in path or not path.endswith(".pdf"):
        return False
    name = pydyf.String(unquote(path))
    file = pydyf.Dictionary({"Type": "/Filespec", "F": name, "UF": name})
    where = pydyf.String(unquote(place)) if place else pydyf.Array([0, "/Fit"])
    link["A"] = pydyf.Dictionary({"Type": "/Action", "S": "/GoToR", "F": file, "D": where})
    return True


def _file_identifier(identifier: str) -> bytes:
    """The first part of the file's ID (ISO 32000-1, 14.4): the same for all files of one document."""
    return hashlib.sha256(identifier.encode()).hexdigest()[:32].encode()


def _more_metadata(identifier: str, both: bool) -> bytes:
    """XMP that WeasyPrint does not write: the document's identifier, and in an archival file that it is PDF/UA
    too, with the declaration of that property which PDF/A asks for (ISO 19005-2, 6.6.2.3)."""
    parts = [
        f"""<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier>{escape(identifier)}</dc:identifier></rdf:Description>"""
    ]
    if both:
        parts.append(PDF_UA_METADATA)
    return "\n".join(parts).encode()


PDF_UA_METADATA = """<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Which part of ISO 14289 the document follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
