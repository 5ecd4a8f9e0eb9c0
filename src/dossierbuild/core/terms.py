"""Terms and abbreviations that a dossier explains, and where a text uses them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.passages import Kind, Passage
from dossierbuild.core.problems import Place

_WORD = re.compile(r"\w+")
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
    """Terms as they are looked for in texts: what may be written for each, by the first word of it in small letters.

    Words are found whole, the longest first. A word that is written small may begin with a capital, and an abbreviation
    is found as it is written. It takes as long as the text is, however many terms there are.
    """

    terms: tuple[Term, ...]
    forms: FrozenMap[str, tuple[_Form, ...]]

    def uses(self, text: str) -> Iterator[Use]:
        """The uses of terms in a text, in order."""
        said = text.replace("\n", " ")
        end = 0
        for word in _WORD.finditer(said):
            for form in self.forms.get(word[0].lower(), ()):
                start = word.start() - form.before
                if start >= end and form.stands(said, start):
                    end = start + len(form.text)
                    yield Use(start, end, form.number, form.text == self.terms[form.number].abbr)
                    break


@dataclass(frozen=True, slots=True)
class _Form:
    """What may be written for the term of a number; `before` are the signs before its first word."""

    text: str
    number: int
    before: int

    def stands(self, said: str, start: int) -> bool:
        """Whether it stands at a place in a text, where a word begins."""
        first, end = said[start : start + 1], start + len(self.text)
        same = first == self.text[0] or (self.text[0].islower() and first == self.text[0].upper())
        apart = _WORD.match(said, end) is None and (start == 0 or _WORD.match(said[start - 1]) is None)
        return same and apart and said.startswith(self.text[1:], start + 1)


def uses_in(passages: Iterable[Passage], vocabulary: Vocabulary) -> Iterator[tuple[Passage, Use]]:
    """The uses of terms in what is printed of a text, in order."""
    for passage in passages:
        if passage.kind not in _NOT_PRINTED:
            yield from ((passage, use) for use in vocabulary.uses(passage.text))


def vocabulary_of(terms: Sequence[Term]) -> Vocabulary:
    """The terms, ready to be looked for; where two have a form in common it is the first one's."""
    numbers: dict[str, int] = {}
    for number, term in enumerate(terms):
        for written in term.written:
            numbers.setdefault(written, number)
    forms: dict[str, list[_Form]] = {}
    for written in sorted(numbers, key=len, reverse=True):
        if first := _WORD.search(written):
            forms.setdefault(first[0].lower(), []).append(_Form(written, numbers[written], first.start()))
    return Vocabulary(tuple(terms), FrozenMap((word, tuple(those)) for word, those in forms.items()))
