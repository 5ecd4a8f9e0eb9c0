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
from types import SimpleNamespace
from typing import Any

from dossierbuild.tools.paper.binding import bound_document
from dossierbuild.tools.paper.drawn_pages import DrawnPages, draw_pages, on_later_page
from dossierbuild.tools.paper.engine import (
    EngineError,
    PaperError,
    corrected_engine,
    engine_versions,
    load_engine,
    tagging_engine,
)
from dossierbuild.tools.paper.finishing import file_identifier, finish
from dossierbuild.tools.paper.measuring import Extent, Layout, measure
from dossierbuild.tools.paper.reading import BASE_URL, Log, giving_up, laid_out, listening

__all__ = [
    "BASE_URL",
    "DrawnPages",
    "EngineError",
    "Extent",
    "Layout",
    "Paper",
    "PaperError",
    "bind",
    "engine_versions",
    "lay_out",
    "measure",
    "write_pdf",
]  # fmt: skip

VARIANT = "pdf/a-2a"
"""What the layout is told that it is for; it makes no difference there which of the variants it is."""

METADATA = ("title", "authors", "description", "keywords", "generator", "created", "modified", "lang", "custom")
"""What WeasyPrint knows of a document, by its names."""

MANY_PAGES = 30
"""With more, what the layout made on the way is cleared up before the pages are drawn: it is as much as they take."""


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
    sheets = lay_out(html, resources)
    return bind((sheets,), resources.values(), identifier=identifier, archival=archival, accessible=accessible)


def lay_out(html: str, resources: Mapping[str, bytes]) -> DrawnPages:
    """Lay out an HTML document, or a part of one that begins on a new page, on sheets that `bind` makes a PDF of.

    Page numbers are left open where the style sheet prints nothing but `counter(page)` in the margin of a page, and
    in what `::after` prints behind an element with `data-href`: that is the page of the element that it names.
    Raises PaperError when the engine gives up, or is not there.
    """
    weasyprint = load_engine()
    log = Log()
    with corrected_engine(), laid_out(weasyprint, html, resources, log, pdf_variant=VARIANT, pdf_tags=True) as document:
        if len(document.pages) > MANY_PAGES:
            gc.collect()
        metadata = {key: value for key, value in vars(document.metadata).items() if key in METADATA}
        data, starts, faults = draw_pages(document, metadata, html)
    for fault in faults:
        log.error(fault)
    return DrawnPages(starts=starts, log=tuple(dict.fromkeys(log.lines)), data=data)


def bind(
    sheets: Sequence[DrawnPages], fonts: Iterable[bytes], *, identifier: str, archival: bool, accessible: bool
) -> Paper:
    """One PDF of sheets, in their order; `fonts` are the files of the fonts that they were laid out with.

    The first have the document's metadata. See `write_pdf` for the rest.
    """
    weasyprint = load_engine()
    log = Log()
    variant = ("pdf/a-2a" if archival else "pdf/ua-1") if accessible else "pdf/a-2u"

    def blank(pages: Any, metadata: Mapping[str, Any]) -> Any:
        about = weasyprint.document.DocumentMetadata(**metadata)
        return weasyprint.Document(pages, about, None, SimpleNamespace(font_map=None), {}, "srgb")

    with listening(log), giving_up():
        document, add_tags = bound_document([section.drawn() for section in sheets], fonts, blank)
        with tagging_engine(add_tags):
            data = document.write_pdf(
                pdf_variant=variant,
                pdf_tags=True,
                pdf_identifier=file_identifier(identifier),
                finisher=lambda _, pdf: finish(pdf, identifier, archival and accessible, log),
            )
    if not document.metadata.title:
        log.error("the document has no <title>")
    if not document.metadata.lang:
        log.error("the <html> element has no lang")
    earlier = [
        line for section, pages in _counted(sheets) for line in (on_later_page(text, pages) for text in section.log)
    ]
    return Paper(
        data=data,
        pages=sum(len(section.starts) for section in sheets),
        log=tuple(dict.fromkeys((*earlier, *log.lines))),
        starts=tuple(start for section in sheets for start in section.starts),
    )


def _counted(sheets: Sequence[DrawnPages]) -> Iterator[tuple[DrawnPages, int]]:
    """DrawnPages, each with the number of pages before it."""
    pages = 0
    for section in sheets:
        yield section, pages
        pages += len(section.starts)
