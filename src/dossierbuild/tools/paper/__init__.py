"""HTML in, an accessible and archival PDF out: PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2) in one file.

The engine is WeasyPrint. It reads the HTML and what the caller hands over, and nothing else: no file, no network, no
font of the system. So the same HTML and resources give the same bytes on any machine with the same
`engine_versions`. What WeasyPrint tells about the document comes back in `Paper.log`; whether that is an error in
a source is for the caller to say. Time and memory are for the caller to limit.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType, SimpleNamespace
from typing import Any

from dossierbuild.tools.paper.binding import bound_document
from dossierbuild.tools.paper.drawn_pages import LETTERS, DrawnPages, draw_pages, on_later_page
from dossierbuild.tools.paper.engine import (
    EngineError,
    PaperError,
    corrected_engine,
    engine_versions,
    load_engine,
    tagging_engine,
)
from dossierbuild.tools.paper.finishing import file_identifier, finish
from dossierbuild.tools.paper.judging import Fault, judged
from dossierbuild.tools.paper.measuring import Extent, measure
from dossierbuild.tools.paper.reading import Log, giving_up, laid_out, listening

__all__ = [
    "DrawnPages",
    "EngineError",
    "Extent",
    "Fault",
    "Paper",
    "PaperError",
    "bind",
    "engine_versions",
    "front_pages",
    "lay_out",
    "measure",
    "write_pdf",
]  # fmt: skip

VARIANT = "pdf/a-2a"
"""The PDF variant that WeasyPrint asks for when it lays out. The layout is the same for all variants."""

METADATA = ("title", "authors", "description", "keywords", "generator", "created", "modified", "lang", "custom")
"""The names of the metadata that WeasyPrint reads from a document."""

NO_PROPERTIES: Mapping[str, Sequence[str]] = MappingProxyType({})

MANY_PAGES = 30
"""A document with more pages has its garbage collected between layout and drawing: each takes as much memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A PDF. `log` holds the complaints of the layout engine, each line once and in order, as `error: text` or
    `warning: text`; it is empty when there are none. `starts` has for each page the text with which its main flow
    begins."""

    data: bytes
    pages: int
    log: tuple[str, ...]
    starts: tuple[str, ...]


def write_pdf(
    html: str, resources: Mapping[str, bytes], *, identifier: str, archival: bool = True, accessible: bool = True
) -> Paper:
    """Lay out a whole HTML document as a PDF.

    `resources` has style sheets, fonts and pictures by the path that the HTML names them by.
    `identifier` is the document's own (URN, ISBN, DOI) and goes into its metadata. Title, language, authors,
    description, keywords and dates come from the HTML. Without `archival` the file is PDF/UA-1 only; without
    `accessible` it is tagged all the same but says of itself that it is PDF/A-2u, and not that it is PDF/UA.
    Raises PaperError when the engine gives up, or is not there.
    """
    pages = lay_out(html, resources)
    return bind((pages,), resources.values(), identifier=identifier, archival=archival, accessible=accessible)


def lay_out(html: str, resources: Mapping[str, bytes], body: str = "") -> DrawnPages:
    """The drawn pages of an HTML document, or of a part of it that begins on a new page, for `bind`.

    Page numbers are left open where the style sheet prints nothing but `counter(page)` in the margin of a page, and
    in what `::after` prints behind an element with `data-href`: that is the page of the element that it names. With the
    id `body` of an element, pages are counted anew from the one where it begins, with Roman numerals before it.
    Raises PaperError when the engine gives up, or is not there.
    """
    weasyprint = load_engine()
    log = Log()
    with corrected_engine(), laid_out(weasyprint, html, resources, log, pdf_variant=VARIANT, pdf_tags=True) as document:
        if len(document.pages) > MANY_PAGES:
            gc.collect()
        metadata = {key: value for key, value in vars(document.metadata).items() if key in METADATA}
        data, starts, complaints = draw_pages(document, metadata, html, numerals=LETTERS if body else "")
        begun = next((number for number, page in enumerate(document.pages) if body and body in page.anchors), None)
        faults = judged(document.pages)
        anchors = tuple(tuple(page.anchors) for page in document.pages)
    for complaint in complaints:
        log.error(complaint)
    told = tuple(dict.fromkeys(log.lines))
    return DrawnPages(starts=starts, anchors=anchors, log=told, faults=faults, data=data, body=begun)


def bind(
    sections: Sequence[DrawnPages],
    fonts: Iterable[bytes],
    *,
    identifier: str,
    archival: bool,
    accessible: bool,
    properties: Mapping[str, Sequence[str]] = NO_PROPERTIES,
) -> Paper:
    """One PDF of sections, in their order; `fonts` are the files of the fonts that they were laid out with.

    The metadata are those of the first section, with `properties`, lists of texts by the name that they have in XMP
    (`dc:publisher`). See `write_pdf` for the other arguments.
    """
    weasyprint = load_engine()
    log = Log()
    variant = ("pdf/a-2a" if archival else "pdf/ua-1") if accessible else "pdf/a-2u"

    def blank(pages: Any, metadata: Mapping[str, Any]) -> Any:
        about = weasyprint.document.DocumentMetadata(**metadata)
        return weasyprint.Document(pages, about, None, SimpleNamespace(font_map=None), {}, "srgb")

    with listening(log), giving_up():
        document, add_tags = bound_document(
            [section.drawn() for section in sections], fonts, front_pages(sections), blank
        )
        with tagging_engine(add_tags):
            data = document.write_pdf(
                pdf_variant=variant,
                pdf_tags=True,
                pdf_identifier=file_identifier(identifier),
                finisher=lambda _, pdf: finish(pdf, identifier, archival and accessible, log, properties),
            )
    if not document.metadata.title:
        log.error("the document has no <title>")
    if not document.metadata.lang:
        log.error("the <html> element has no lang")
    earlier = [
        line for section, pages in _counted(sections) for line in (on_later_page(text, pages) for text in section.log)
    ]
    return Paper(
        data=data,
        pages=sum(len(section.starts) for section in sections),
        log=tuple(dict.fromkeys((*earlier, *log.lines))),
        starts=tuple(start for section in sections for start in section.starts),
    )


def front_pages(sections: Sequence[DrawnPages]) -> int:
    """How many pages come before the body, and have Roman numerals; none where pages are counted through."""
    pages = 0
    for section in sections:
        if section.body is not None:
            return pages + section.body
        pages += len(section.starts)
    return 0


def _counted(sections: Sequence[DrawnPages]) -> Iterator[tuple[DrawnPages, int]]:
    """Each section with the number of pages before it."""
    pages = 0
    for section in sections:
        yield section, pages
        pages += len(section.starts)
