"""Rules D1 and D3 of accessibility: what a reader who hears the text, or sees it in another way, would miss."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from dossierbuild.core.model import Sources
from dossierbuild.core.passages import ATOM, Kind, Passage
from dossierbuild.core.problems import Place, Problem, in_order, problem
from dossierbuild.stages.check.language import foreign_language

ACCESS_CHECKS = ("alternative-texts", "heading-levels", "link-texts", "languages", "contrast")
"""What is looked at in the sources, as the manifest calls it."""

# A missing text alternative, a skipped heading level and too little contrast are facts, whatever an exception in
# dossier.yaml says; the other three are suppositions, that an editor who knows better may wave away.
_FACTS = frozenset({"D302", "D110", "D405"})
_SUPPOSITIONS = frozenset({"D143", "D144", "D315"})

# WCAG 2.4.4: words of a link that say nothing of where it leads.
SILENT_LINKS = frozenset(
    (
        "click|click here|continue|details|here|link|more|more info|more information|read more|see here|this link|"
        "bekijk|deze link|dit|download|ga naar|hier|info|klik|klik hier|klik hier voor meer informatie|lees hier|"
        "lees meer|lees verder|meer|meer info|meer informatie|meer lezen|meer weten|url|verder|verder lezen|zie hier|"
        "zie link"
    ).split("|")
)
# What D315 looks at, and what is no running text.
_NOT_READ = frozenset({Kind.ALT, Kind.CODE, Kind.VALUE})
_FILE_NAME = re.compile(
    r"\S+\.(?:svg|png|jpe?g|gif|webp|pdf|csv)\Z|(?:img|image|dsc|scan|foto|figuur)[-_ ]?\d+\Z", re.IGNORECASE
)
_NEEDLESS = re.compile(
    r"(?:dit is |this is )?(?:een |an? )?(?:afbeelding|plaatje|illustratie|image|picture|graphic) (?:van|met|of)\b",
    re.IGNORECASE,
)
_QUOTATION = re.compile(r"[“„«]([^”»]{1,1000})[”»]|(?<!\w)‘([^‘’]+)’(?!\w)")


def shortcomings(found: Iterable[Problem], accepted: Iterable[Problem]) -> tuple[Problem, ...]:
    """Why files may not claim to be accessible: facts among all problems, and suppositions that were not accepted."""
    facts = (fact for fact in found if fact.code in _FACTS)
    return in_order((*facts, *(supposition for supposition in accepted if supposition.code in _SUPPOSITIONS)))


def silent_links(sources: Sources) -> Iterator[Problem]:
    """D143: the words of a link say where it leads, also to those who hear them by themselves."""
    for text in sources.citing:
        for link in text.links:
            if re.sub(r"[^\w ]", "", link.text).strip().casefold() in SILENT_LINKS:
                yield problem("D143", link.place, text=link.text)


def unmarked_languages(sources: Sources) -> Iterator[Problem]:
    """D144: a passage in another language is marked, so that it is read aloud as what it is (WCAG 3.1.2)."""
    for passage in (passage for text in sources.citing for passage in text.passages):
        if not passage.language and passage.kind not in _NOT_READ:
            words = _unmarked_words(passage)
            quotations = [double or single for double, single in _QUOTATION.findall(words)]
            for piece in (" ".join(_QUOTATION.sub("", words).split()), *quotations):
                if other := foreign_language(piece, sources.manifest.language):
                    excerpt = piece if len(piece) <= 60 else f"{piece[:59]}…"
                    yield problem("D144", passage.place, language=other, text=excerpt)


def _unmarked_words(passage: Passage) -> str:
    """The words that are not marked as another language or as code."""
    words, end = "", 0
    for run in passage.runs:
        words += passage.text[end : max(end, run.start)]
        end = max(end, run.end)
    return (words + passage.text[end:]).replace(ATOM, "")


def idle_alternatives(sources: Sources) -> Iterator[Problem]:
    """D315: an alternative text is no name of a file, and does not begin with what a screen reader says already."""
    for text in sources.citing:
        uses: list[tuple[str, Place]] = [(chart.alt, chart.place) for chart in text.charts]
        uses += [(use.alt, use.place) for use in getattr(text, "pictures", ())]
        for alt, place in uses:
            if _FILE_NAME.match(alt) or _NEEDLESS.match(alt):
                yield problem("D315", place, alt=alt)


RULES: tuple[Callable[[Sources], Iterator[Problem]], ...] = (silent_links, unmarked_languages, idle_alternatives)
