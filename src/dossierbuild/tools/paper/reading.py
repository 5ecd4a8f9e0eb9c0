"""The HTML and its resources as the engine reads them: from what the caller hands over, and from nowhere else."""

from __future__ import annotations

import errno
import logging
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote, urlsplit

from dossierbuild.tools.paper.engine import PaperError, own_fonts
from dossierbuild.tools.paper.notes import name_paragraphs

# What relative addresses in the HTML are relative to; `.invalid` never resolves (RFC 2606).
BASE_URL = "https://dossier.invalid/"

MEDIA_TYPES = MappingProxyType(
    {
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
)


@contextmanager
def giving_up() -> Iterator[None]:
    """The engine has no errors of its own: what stops it is any exception of any of its libraries."""
    try:
        yield
    except (PaperError, MemoryError):
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise  # a full disk is no fault of the document
        reason = " ".join(str(error).split())
        raise PaperError(f"the layout engine gave up: {type(error).__name__}: {reason}") from error


class Log(logging.Handler):
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
def listening(log: Log) -> Iterator[None]:
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


def fetcher(resources: Mapping[str, bytes], log: Log) -> Any:
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


@contextmanager
def laid_out(weasyprint: Any, html: str, resources: Mapping[str, bytes], log: Log, **options: Any) -> Iterator[Any]:
    """A whole HTML document on pages, as WeasyPrint has it."""
    with listening(log), giving_up():
        source = weasyprint.HTML(string=html, base_url=BASE_URL, url_fetcher=fetcher(resources, log))
        name_paragraphs(source.etree_element)
        with own_fonts() as fonts:
            yield source.render(font_config=fonts, **options)
