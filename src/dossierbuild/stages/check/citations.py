"""Rules D2 over citations: what a text cites is in the reference list, on a page that the work has."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from dossierbuild.core.model import CitationSite, Sources
from dossierbuild.core.nearest import nearest
from dossierbuild.core.problems import Problem, problem
from dossierbuild.core.works import Work

_RANGE = re.compile(r"(\d{1,5})(?:\s*[-–—]{1,2}\s*(\d{1,5}))?")
_PAGES = re.compile(
    rf"(?P<label>(?:pp?|blz|pag|pages?|pagina(?:['’]?s)?|bladzijden?)\b\.?\s*)?(?P<pages>(?:{_RANGE.pattern}[\s,&]*)+)"
    r"(?P<rest>.*)"
)
# Works that take up some pages of a larger whole.
_PARTS = frozenset(
    "article-journal article-magazine article-newspaper chapter entry entry-dictionary entry-encyclopedia "
    "paper-conference review review-book".split()
)


def unknown_keys(sources: Sources) -> Iterator[Problem]:
    """D201: every key that is cited, or named as further reading, is in the reference list; the hint names the nearest
    key and where it stands."""
    places = {str(reference.key): reference.place for reference in sources.references}
    sites = [site for text in sources.citing for site in text.citations]
    sites += [site for text in sources.texts for site in text.further_reading]
    for site in sites:
        if site.key not in places:
            near = nearest(site.key, places)
            related = (places[near],) if near else ()
            yield problem(
                "D201", site.place, site.key, related, key=site.key, nearest=near, list=sources.references_path
            )


def pages_outside_works(sources: Sources) -> Iterator[Problem]:
    """D230: a cited page is one of the work's: within an article or chapter, and no higher than a book has pages."""
    works = {reference.key: (reference.place, _page_range(reference.work)) for reference in sources.references}
    for site in (site for text in sources.citing for site in text.citations):
        place, (first, last, pages) = works.get(site.key, (site.place, (0, 0, "")))
        if pages and any(not first <= page <= last for page in _cited_pages(site)):
            yield problem("D230", site.place, site.key, (place,), key=site.key, locator=site.locator, pages=pages)


def _cited_pages(site: CitationSite) -> list[int]:
    """The pages that a locator names, with a label or without ("12"); other parts and Roman numerals do not count."""
    found = _PAGES.match(site.locator)
    if not found or not (found["label"] or re.match(r"$|[,;]|e\.?\s?v|ff?\b", found["rest"])):
        return []
    return [page for first, last in _RANGE.findall(found["pages"]) for page in _ends(first, last)]


def _ends(first: str, last: str) -> tuple[int, ...]:
    """The ends of a range; "123-5" ends at 125."""
    if not last:
        return (int(first),)
    return int(first), int(first[: max(0, len(first) - len(last))] + last)


def _page_range(work: Work) -> tuple[int, int, str]:
    """First and last page of a work, and how the list states them; empty where the list does not state both."""
    pages, count = work.text("page"), work.text("number-of-pages")
    if work.type in _PARTS:
        ranges = re.split(r"(?:(?<!\s)\s++)?+[,&]\s*+", pages)
        if all(_RANGE.fullmatch(span) and "-" in span for span in ranges):
            ends = [page for span in ranges for page in _ends(*_RANGE.findall(span)[0])]
            return min(ends), max(ends), pages
    elif number := re.search(r"\d{1,5}\Z", count):
        return 1, int(number[0]), f"1-{number[0]}"
    return 0, 0, ""


RULES: tuple[Callable[[Sources], Iterator[Problem]], ...] = (unknown_keys, pages_outside_works)
