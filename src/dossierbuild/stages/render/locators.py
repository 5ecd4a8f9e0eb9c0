"""The places that an index leads to, as each format names them: by section on a screen, by page on paper.

In the body of a part an entry has a link to each of its places, named after the section.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from dossierbuild.core.typography import page_label
from dossierbuild.tools import markup

CLASS = "locators"
_LOCATORS = re.compile(rf'<span class="{CLASS}"[^<>]*+>(?:[^<]|<(?!/span>|span ))*+</span>')

Place = tuple[int, markup.Element]
"""A page, and a link to a place on it."""


def has_locators(html: str) -> bool:
    """Whether there is an entry of an index in a text of HTML."""
    return f'class="{CLASS}"' in html


def once_a_section(root: markup.Element) -> None:
    """Leave of the places of an entry the first in each section, in place."""
    for entry in markup.with_class(root, CLASS):
        links = markup.with_tag(entry, "a")
        first = {markup.text_of(link): link for link in reversed(links)}
        _fill(entry, [link for link in links if first[markup.text_of(link)] is link])


def by_page(entry: markup.Element, pages: Mapping[str, int], word: str, front: int) -> None:
    """Name the places of an entry by their pages, in place; `pages` has them by id, from 1, `word` is "pagina", and the
    first `front` pages have Roman numerals.

    A page stands there once, and three or more that follow each other as the first and the last. A place whose page is
    not known goes by its section.
    """
    links = markup.with_tag(entry, "a")
    known = [(pages[_target(link)], link) for link in links if _target(link) in pages]
    told = [link for link in links if _target(link) not in pages]
    _fill(entry, [*_named(sorted(known, key=lambda place: place[0]), word, front), *told])


def paged(html: str, pages: Mapping[str, int], word: str, front: int) -> str:
    """A page of HTML with the places of its index named by their pages; see `by_page`."""

    def named(found: re.Match[str]) -> str:
        root = markup.parse_fragment(found[0])
        for entry in markup.with_class(root, CLASS):
            by_page(entry, pages, word, front)
        return markup.inner_html(root)

    return _LOCATORS.sub(named, html)


def _target(link: markup.Element) -> str:
    return link.get("href", "").partition("#")[2]


def _named(places: Sequence[Place], word: str, front: int) -> Iterator[markup.Element]:
    """A link for each page or run of pages."""
    first = dict(reversed(places))
    ordered = sorted(first)
    runs = groupby(enumerate(ordered), key=lambda numbered: (numbered[1] <= front, numbered[1] - numbered[0]))
    for run in ([page for _, page in pages] for _, pages in runs):
        ranges = [(run[0], run[-1])] if len(run) > 2 else [(page, page) for page in run]
        for begin, end in ranges:
            link = first[begin]
            link.text = "–".join(page_label(page, front) for page in dict.fromkeys((begin, end)))
            link.set("aria-label", f"{word} {link.text}")
            yield link


def _fill(entry: markup.Element, links: Iterable[markup.Element]) -> None:
    """Give an entry these links, with commas before them."""
    kept = list(links)
    for child in list(entry):
        entry.remove(child)
    entry.text = ", " if kept else None
    for number, link in enumerate(kept, 1):
        link.tail = ", " if number < len(kept) else None
        entry.append(link)
