"""Two sets of facts held against each other: what was lost, what came too often, what was moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from dossierbuild.stages.verify.facts import Fact, Facts, Kind, comparable, segments

COUNTED = tuple(kind for kind in Kind if kind is not Kind.LINK)
"""Kinds of which no file has more than its sources have. A reference to another publication is a link in some
files and only text in others."""
ORDERED = (Kind.HEADING, Kind.PARAGRAPH, Kind.FIGURE, Kind.TABLE, Kind.REFERENCE, Kind.NOTE)
LOOSE = (Kind.PARAGRAPH, Kind.BOX, Kind.CITATION, Kind.REFERENCE)
"""Kinds that a PDF has no structure type for: their texts are looked for anywhere in it."""

SHORT = 24
"""A paragraph of so few characters is likely to stand in other text as well."""

Identity = tuple[Kind, str, tuple[str, ...]]


def counts(expected: Facts, found: Facts) -> dict[Kind, int]:
    """How many of the expected facts of each kind were found, and how many more than expected."""
    numbers = dict.fromkeys(Kind, 0)
    for fact, wanted, there in _counted(expected, found):
        numbers[fact.kind] += min(wanted, there)
    for fact, there, wanted in surplus_facts(expected, found):
        numbers[fact.kind] += there - wanted
    return numbers


def lost_facts(expected: Facts, found: Facts) -> Iterator[Fact]:
    """The facts that were found less often than expected, each once."""
    return (fact for fact, wanted, there in _counted(expected, found) if there < wanted)


def surplus_facts(expected: Facts, found: Facts) -> Iterator[tuple[Fact, int, int]]:
    """The facts that were found more often than expected, with both counts. Where texts are looked for in a
    stream, one may be part of another, so nothing is said."""
    if not found.stream:
        for fact, there, wanted in _counted(found, expected):
            if fact.kind in COUNTED and there > wanted:
                yield fact, there, wanted


def moved_facts(expected: Facts, found: Facts) -> Iterator[Fact]:
    """The first fact of each kind that does not stand where it should among those of its kind."""
    for kind in ORDERED:
        wanted, there = ([comparable(one.text) for one in facts.of(kind)] for facts in (expected, found))
        counts = Counter(wanted), Counter(there)
        once = {text for text in counts[0] if counts[0][text] == counts[1][text] == 1}
        before, after = ([text for text in texts if text in once] for texts in (wanted, there))
        moved = next((one for one, other in zip(before, after, strict=True) if one != other), None)
        if moved is not None:
            yield next(one for one in expected.of(kind) if comparable(one.text) == moved)


def _counted(these: Facts, those: Facts) -> Iterator[tuple[Fact, int, int]]:
    """Each different fact of `these`, how often it stands there, and how often in `those`."""
    occurrences = _Occurrences(those)
    first = {_identity(one): one for one in reversed(these.items)}
    for identity, count in Counter(_identity(one) for one in these.items).items():
        yield first[identity], count, occurrences.count(first[identity])


def _identity(fact: Fact) -> Identity:
    return fact.kind, fact.key, tuple(segments(fact.text))


class _Occurrences:
    """Counts facts in what was read. In a stream a text counts where all its pieces are found: in an element
    of its kind where there are such elements, else anywhere; a short paragraph where an element begins with it. A link
    counts only with its target."""

    def __init__(self, facts: Facts) -> None:
        self._stream = facts.stream
        self._elements = facts.elements
        self._exact = Counter(_identity(one) for one in facts.items)
        self._texts = {kind: [(comparable(one.text), one.key) for one in facts.of(kind)] for kind in Kind}

    def count(self, fact: Fact) -> int:
        if not self._stream:
            return self._exact[_identity(fact)]
        pieces = tuple(segments(fact.text))
        if fact.kind is Kind.PARAGRAPH and len(pieces) == 1 and len(pieces[0]) <= SHORT:
            return sum(text.startswith(pieces[0]) for text in self._elements)
        if fact.kind in LOOSE:
            return min((self._stream.count(piece) for piece in pieces), default=1)
        there = (text for text, key in self._texts[fact.kind] if fact.kind is not Kind.LINK or key == fact.key)
        return sum(all(piece in text for piece in pieces) for text in there)
