"""Style sheets, which a process reads once: all sections of a document have the same ones.

To read them takes the engine longer than to lay out a page. What a sheet brings in beside its rules (fonts, counter
styles, complaints) is brought in anew for each document.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A WeasyPrint CSS object, and what reading it brings in: the descriptors of fonts, counter styles, and a log."""

    css: Any
    faces: tuple[Any, ...]
    counters: Mapping[str, Any]
    log: tuple[logging.LogRecord, ...]


class _Faces:
    """Stands for a FontConfiguration while a sheet is read, and keeps what it is asked to add."""

    def __init__(self) -> None:
        self.descriptors: list[Any] = []

    def add_font_face(self, descriptors: Any, fetcher: Any) -> None:
        self.descriptors.append(descriptors)


class _Records(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


def with_sheets_read_once(read: Callable[..., Any]) -> Callable[..., Any]:
    """WeasyPrint's `CSS` as `find_stylesheets` calls it, for sheets that stand in the page and bring in no others."""

    def css(*, string: str | None = None, **options: Any) -> Any:
        if string is None or "@import" in string.lower():
            return read(string=string, **options)
        sheet = _sheet(string, options["base_url"], options["media_type"])
        if sheet.css.layers:  # their order is that of all sheets of a document
            return read(string=string, **options)
        for record in sheet.log:
            _logger().handle(record)
        for descriptors in sheet.faces:
            options["font_config"].add_font_face(descriptors, options["url_fetcher"])
        options["counter_style"].update(sheet.counters)
        return sheet.css

    return css


@lru_cache(maxsize=8)
def _sheet(text: str, base_url: str, media: str) -> _Sheet:
    from weasyprint import CSS
    from weasyprint.css.counters import CounterStyle

    faces, counters, kept = _Faces(), CounterStyle(), _Records()
    logger = _logger()
    others, logger.handlers = logger.handlers, [kept]
    try:
        css = CSS(string=text, base_url=base_url, media_type=media, font_config=faces, counter_style=counters)
    finally:
        logger.handlers = others
    return _Sheet(css, tuple(faces.descriptors), counters, tuple(kept.records))


def _logger() -> logging.Logger:
    return logging.getLogger("weasyprint")
