"""The law of typed citations: what is written with keys prints the authors, years and words that were typed.

Both texts are held against each other as words. Names that are left out or written out ("et al.", initials, a short
name) are of the works that are cited; each of these is named, with its year; and no other word comes or goes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from types import MappingProxyType

from dossierbuild.core.citation_words import LOCATOR_SPELLINGS
from dossierbuild.core.works import Work
from dossierbuild.stages.recognise.called import anchors, comparable_head, name_words
from dossierbuild.stages.recognise.typed import with_each_letter

_UNDATED = re.compile(r"\b(?:z\.\s?[dj]|[ns]\.\s?d)\b\.?|\bzonder\s(?:datum|jaar)\b|\bongedateerd\b", re.IGNORECASE)
_RANGE = re.compile(r"(?<=\d)\s*(?:[-–—]|\btot en met\b|\btot\b|\bt/m\b)\s*(?:pp?\.?\s*)?(?=\d)")
_FOLLOWING = re.compile(r"(?<=\d)\s?e?\.?\s?v\b\.?(?!\w)", re.IGNORECASE)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d[a-z]?|zd")
_PASSED_OVER = frozenset("& + ministerie van".split())
_PLACES = MappingProxyType(
    {spelling: kind for kind, spellings in LOCATOR_SPELLINGS.items() for spelling in spellings.split()}
)


def is_faithful(typed: str, printed: str, works: Sequence[Work]) -> bool:
    """Whether a citation that was typed is printed with the same authors, years, places and words.

    A letter behind a year may come, and the year of an original beside that of its reprint.
    """
    names = _PASSED_OVER.union(*(name_words(work) for work in works))
    before, after = list(_words(with_each_letter(typed))), list(_words(printed))
    return (
        sorted(_others(before, names)) == sorted(_others(after, names))
        and _has_years(list(_years(before)), list(_years(after)), works)
        and all(_is_named(work, before) for work in works)
    )


def _words(text: str) -> Iterator[str]:
    """The words in the form in which they are compared, with one sign for each way to write a place or no date."""
    plain = _FOLLOWING.sub(" ev ", _RANGE.sub(" ", _UNDATED.sub(" zd ", text)))
    apart = re.sub(r"\b(?:pp?|blz)\.?(?=\d)", "p ", plain, flags=re.IGNORECASE)
    for word in comparable_head(re.sub("§+", " § ", apart)).split():
        kind = _PLACES.get(word, word)
        if kind != "page":
            yield kind


def _others(words: Sequence[str], names: frozenset[str]) -> list[str]:
    """The words that are no names and no years."""
    return [word for word in words if word not in names and not _YEAR.fullmatch(word)]


def _years(words: Sequence[str]) -> Iterator[str]:
    return (word for word in words if _YEAR.fullmatch(word))


def _has_years(typed: Sequence[str], printed: Sequence[str], works: Sequence[Work]) -> bool:
    """Whether each typed year is printed, and none beside them but the year of an original."""
    lettered = Counter(year for year in typed if _is_lettered(year))
    missing, more = Counter(map(_without_letter, typed)), Counter(map(_without_letter, printed))
    originals = {str(year) for work in works for year in work.date("original-date").years}
    return lettered <= Counter(printed) and missing <= more and originals.issuperset(more - missing)


def _is_lettered(year: str) -> bool:
    return year != "zd" and year[-1].isalpha()


def _without_letter(year: str) -> str:
    return year[:-1] if _is_lettered(year) else year


def _is_named(work: Work, words: Sequence[str]) -> bool:
    """Whether words name the first author of a work, or its title; a possessive may end a name."""
    return any(f" {name}" in f" {' '.join(words)}" for name in anchors(work) or name_words(work))
