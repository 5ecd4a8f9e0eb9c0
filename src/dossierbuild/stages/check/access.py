"""Rules D1 and D3 of accessibility: what a reader who hears the text, or sees it in another way, would miss."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher

from dossierbuild.core.model import Sources
from dossierbuild.core.passages import ATOM, Kind, Passage
from dossierbuild.core.problems import Place, Problem, in_order, problem
from dossierbuild.stages.check.language import foreign_language

ACCESS_CHECKS = ("alternative-texts", "heading-levels", "link-texts", "languages", "contrast")
"""What is looked at in the sources, as the manifest calls it."""

# A missing text alternative, a skipped heading level, what has no name or no language and too little contrast are
# facts, whatever an exception in dossier.yaml says; the others are suppositions, that an editor who knows better may
# wave away.
_FACTS = frozenset({"D110", "D125", "D155", "D158", "D159", "D302", "D330", "D405"})
_SUPPOSITIONS = frozenset({"D143", "D144", "D315", "D331", "D333", "D334"})

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
    r".*\.(?:svg|png|jpe?g|gif|webp|tiff?|bmp|heic|pdf|csv|xlsx?|docx?)\Z|[^\s_]*+_\S*+\Z", re.IGNORECASE
)
# Words that by themselves do not say what is shown: what it is, that it has no text yet, and the names of cameras.
_IDLE = frozenset(
    (
        "afbeelding beeld cijfers cirkeldiagram cover diagram figuur fig foto fotografie gegevens grafiek icoon "
        "illustratie infographic kaart kaartje lijngrafiek logo omslag plaatje portret schema schermafbeelding "
        "staafdiagram staafgrafiek tabel taartdiagram tekening tijdlijn banner chart clipart drawing figure graph "
        "graphic icon illustration image img infographic map painting photo photograph pic picture plot screenshot "
        "table timeline bar line pie alt alternatief alternatieve alternative beschrijving caption bijschrift "
        "description dummy geen hier komt ipsum leeg lorem none nog nvt n v t placeholder tbd tekst test text title "
        "titel todo untitled naamloos xx xxx decoratie decoratief decoration decorative versiering dsc dscn gopr "
        "pxl scan wa whatsapp de het een dit deze van met bij in op om the a an this of with at on"
    ).split()
)
_LETTERS = re.compile(r"[^\W\d_]+")
REPEATED = 0.9
"""How much of the words of an alternative text are those of a caption, from 0 to 1, where it repeats the caption."""

_NEEDLESS = re.compile(
    r"(?:dit is |this is )?(?:een |an? )?(?:afbeelding|plaatje|illustratie|image|picture|graphic) (?:van|met|of)\b",
    re.IGNORECASE,
)
_MANY = 3  # passages of a text that are told once
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
    for text in sources.texts:
        yield from _unmarked(text.passages, text.language or sources.manifest.language)
    for infographic in sources.infographics:
        yield from _unmarked(infographic.passages, sources.manifest.language)


def _unmarked(passages: Iterable[Passage], language: str) -> Iterator[Problem]:
    """D144 for the passages of a text in a language; for many in another one, once, at the first of them."""
    found: dict[str, list[tuple[Place, str]]] = {}
    for place, piece in _pieces(passages):
        if other := foreign_language(piece, language):
            found.setdefault(other, []).append((place, piece if len(piece) <= 60 else f"{piece[:59]}…"))
    for other, told in found.items():
        if len(told) < _MANY:
            yield from (problem("D144", place, language=other, text=excerpt) for place, excerpt in told)
        else:
            yield problem("D144", told[0][0], language=other, text=f"{told[0][1]} ({len(told)}×)")


def _pieces(passages: Iterable[Passage]) -> Iterator[tuple[Place, str]]:
    """What is read aloud as one: the words of a passage that are in no other language yet, and each quotation in it."""
    for passage in passages:
        if not passage.language and passage.kind not in _NOT_READ:
            words = _unmarked_words(passage)
            quotations = [double or single for double, single in _QUOTATION.findall(words)]
            for piece in (" ".join(_QUOTATION.sub("", words).split()), *quotations):
                yield passage.place, piece


def _unmarked_words(passage: Passage) -> str:
    """The words that are not marked as another language or as code."""
    words, end = "", 0
    for run in passage.runs:
        words += passage.text[end : max(end, run.start)]
        end = max(end, run.end)
    return (words + passage.text[end:]).replace(ATOM, "")


def idle_alternatives(sources: Sources) -> Iterator[Problem]:
    """D315: an alternative text says what is shown: it is no file's name, and no word for a picture alone."""
    for passage, _ in _alternatives(sources):
        if _FILE_NAME.match(passage.text) or _NEEDLESS.match(passage.text) or not _telling_words(passage.text):
            yield problem("D315", passage.place, alt=passage.text)


def repeated_alternatives(sources: Sources) -> Iterator[Problem]:
    """D331: an alternative text says more than the caption or the title that is read aloud beside it."""
    for passage, beside in _alternatives(sources):
        words = _telling_words(passage.text)
        if words and any(_is_repeated(words, _telling_words(text)) for text in beside):
            yield problem("D331", passage.place, alt=passage.text)


def _alternatives(sources: Sources) -> Iterator[tuple[Passage, tuple[str, ...]]]:
    """Each alternative text, with the caption or the titles that stand with what it describes."""
    for text in sources.citing:
        within: dict[str, list[str]] = {}
        for passage in text.passages:
            within.setdefault(passage.id, []).append(passage.text)
            if passage.kind in (Kind.HEADING, Kind.PARAGRAPH):
                within.setdefault(passage.within, []).append(passage.text)
        yield from (
            (passage, tuple(within.get(passage.within, ()))) for passage in text.passages if passage.kind is Kind.ALT
        )


def _telling_words(text: str) -> list[str]:
    """The words of a text that can say what is shown, in lower case."""
    return [word for word in _LETTERS.findall(text.casefold()) if word not in _IDLE]


def _is_repeated(words: list[str], others: list[str]) -> bool:
    alike = SequenceMatcher(None, words, others, autojunk=False)
    return alike.real_quick_ratio() >= REPEATED and alike.ratio() >= REPEATED


RULES: tuple[Callable[[Sources], Iterator[Problem]], ...] = (
    silent_links,
    unmarked_languages,
    idle_alternatives,
    repeated_alternatives,
)
