"""Terms and abbreviations that a dossier explains, and where a text uses them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dossierbuild.core.passages import Kind, Passage
from dossierbuild.core.problems import Place

_NOT_PRINTED = frozenset({Kind.ALT, Kind.CODE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term that terms.yaml explains: the word, its abbreviation, its other forms, and what it means."""

    term: str
    abbr: str
    forms: tuple[str, ...]
    avoided: tuple[str, ...]
    means: str
    place: Place

    @property
    def written(self) -> tuple[str, ...]:
        """All that texts may write for it."""
        return tuple(dict.fromkeys(form for form in (self.term, *self.forms, self.abbr) if form))


@dataclass(frozen=True, slots=True)
class Use:
    """A use of a term in a text, from `start` up to `end`; `number` is that of the term among all terms."""

    start: int
    end: int
    number: int
    abbreviated: bool


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Terms as they are looked for in texts.

    Words are found whole, the longest first. A word that is written small may begin with a capital, and an abbreviation
    is found as it is written.
    """

    terms: tuple[Term, ...]
    pattern: re.Pattern[str]
    numbers: tuple[tuple[str, int], ...]

    def uses(self, text: str) -> Iterator[Use]:
        """The uses of terms in a text, in order."""
        known = dict(self.numbers)
        for found in self.pattern.finditer(text):
            word = " ".join(found[0].split())
            number = known.get(word, known.get(word[:1].lower() + word[1:]))
            if number is not None:
                yield Use(found.start(), found.end(), number, word == self.terms[number].abbr)


def uses_in(passages: Iterable[Passage], vocabulary: Vocabulary) -> Iterator[tuple[Passage, Use]]:
    """The uses of terms in what is printed of a text, in order."""
    for passage in passages:
        if passage.kind not in _NOT_PRINTED:
            yield from ((passage, use) for use in vocabulary.uses(passage.text))


def vocabulary_of(terms: Sequence[Term]) -> Vocabulary:
    """The terms, ready to be looked for; where two have a form in common it is the first one's."""
    numbers: dict[str, int] = {}
    for number, term in enumerate(terms):
        for form in term.written:
            numbers.setdefault(form, number)
    forms = sorted(numbers, key=len, reverse=True)
    alternatives = "|".join(_form(form) for form in forms) or r"(?!)"
    return Vocabulary(tuple(terms), re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)"), tuple(numbers.items()))


def _form(form: str) -> str:
    first = form[0]
    begin = (
        f"[{re.escape(first)}{re.escape(first.upper())}]"
        if first.islower() and len(first.upper()) == 1
        else re.escape(first)
    )
    return begin + r"\s".join(re.escape(word) for word in form[1:].split(" "))
