"""A dossier cut into sections that can be laid out apart, because each begins on a new page.

Chapters are laid out side by side, and an unchanged chapter is not laid out again. Each section carries what it needs
of the whole: the number of its first note, and stand-ins for its neighbours, which selectors of the style sheet may
count. Page numbers and links to other sections are filled in when the sections are bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dossierbuild.core.model import Publication
from dossierbuild.core.spec import PublicationKind

COLOPHON = "colophon"

# Declarations that need the whole document: a dossier whose style sheet has any is laid out in one piece.
_OF_THE_WHOLE = re.compile(
    r"target-(?:counter|text)|counters?\(\s*pages|@page[^{@]*:(?:first|left|right|nth|blank)"
    r"|break-(?:before|after|inside)\s*:\s*(?:left|right|recto|verso)"
)
_PAGE_COUNTER = re.compile(r"counters?\(\s*page\b")
_PLAIN_PAGE_COUNTER = re.compile(r"content:\s*counter\(page\)\s*[;}]")
_NOTE = re.compile(r'<(?:span|div)[^<>]* role="doc-footnote"')
_SHEET = re.compile(r"<div class=\"sheet\"[^<>]*+>")
_MAIN = re.compile(r"<main\b[^<>]*+>")
_START_TAG = re.compile(r"<section\b[^<>]*+>")
_CLASS = re.compile(r'\bclass="([^"]*)"')


def sections(page: str, css: str, publication: Publication) -> tuple[str, ...]:
    """The HTML of a publication on paper as documents that are laid out apart, in order.

    It is one document when the publication has no parts that each begin on a new page, or when the page or its
    style sheet `css` is not of the form that can be cut.
    """
    if publication.kind is not PublicationKind.FULL or _needs_the_whole(css):
        return (page,)
    frame, sheet, main = page.find("</head>"), _SHEET.search(page), _MAIN.search(page)
    end = page.rfind("</main>")
    if sheet is None or main is None or end < 0 or not frame < sheet.start() < main.start() < end:
        return (page,)
    names = (*(part.id for part in publication.parts), COLOPHON)
    starts = [page.find(f'<section id="{name}"', main.end()) for name in names]
    if page[main.end() : starts[0]].strip() or starts != sorted(starts):
        return (page,)
    body = page.index(">", page.index("<body", frame)) + 1
    leaves = [page[start:stop] for start, stop in zip(starts, (*starts[1:], end), strict=True)]
    opening = page[:body] + sheet[0] + main[0]
    closing = page[end:]
    front = page[: main.start()] + closing.removeprefix("</main>")
    return (front, *_documents(leaves, opening, closing))


def _needs_the_whole(css: str) -> bool:
    css = re.sub(r"/\*.*?(?:\*/|\Z)", "", css, flags=re.DOTALL)
    return bool(_OF_THE_WHOLE.search(css)) or len(_PAGE_COUNTER.findall(css)) > len(_PLAIN_PAGE_COUNTER.findall(css))


def _documents(leaves: list[str], opening: str, closing: str) -> Iterator[str]:
    """Each leaf as a document of its own, among stand-ins for its neighbours that take no room."""
    stand_ins = [_stand_in(leaf) for leaf in leaves]
    notes = 0
    for index, leaf in enumerate(leaves):
        counted = f'{opening[:-1]} style="counter-reset: footnote {notes}">'
        yield "".join((counted, *stand_ins[:index], leaf, *stand_ins[index + 1 :], closing))
        notes += len(_NOTE.findall(leaf))


def _stand_in(leaf: str) -> str:
    tag = _START_TAG.match(leaf)
    found = _CLASS.search(tag[0]) if tag else None
    return f'<section class="{found[1] if found else ""}" style="display: none"></section>'
