"""Two sets of facts held against each other: what was lost, what came too often, what was moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dossierbuild.core.passages import Fact, Kind, segments
from dossierbuild.stages.verify.facts import KINDS, Facts

_COUNTED = frozenset(KINDS) - {Kind.LINK}
"""Kinds of which no file has more than its sources have. A reference to another publication is a link in some
files and only text in others."""
_ORDERED = (Kind.HEADING, Kind.PARAGRAPH, Kind.FIGURE, Kind.TABLE, Kind.REFERENCE, Kind.NOTE)
_LOOSE = frozenset({Kind.PARAGRAPH, Kind.BOX, Kind.CITATION, Kind.REFERENCE})
"""Kinds that a PDF has no structure type for: their texts are looked for anywhere in it."""

_SHORT = 24
"""A paragraph of so few characters is likely to stand in other text as well."""

_Pieces = tuple[str, ...]
_Identity = tuple[Kind, str, _Pieces]
_Identified = tuple[tuple[_Identity, Fact], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How the facts of a file differ from those expected.

    `numbers` says how many of the expected facts of each kind were found, with those that were found too often. `lost`
    are the facts that were found less often than expected, each once; `surplus` those found more often, with how often
    they were found and expected; `moved` has the first fact of each kind that does not stand where it should.
    """

    numbers: Mapping[Kind, int]
    lost: tuple[Fact, ...]
    surplus: tuple[tuple[Fact, int, int], ...]
    moved: tuple[Fact, ...]


def compare(expected: Facts, found: Facts) -> Comparison:
    """Hold what was found against what was expected."""
    wanted, there = _identified(expected), _identified(found)
    counted = tuple(_counted(wanted, found, there))
    # In a stream a text may be part of another, so a text that is found too often there proves nothing.
    surplus = () if found.stream else tuple(_surplus(_counted(there, expected, wanted)))
    numbers = Counter[Kind]()
    for fact, meant, count in counted:
        numbers[fact.kind] += min(meant, count)
    for fact, count, meant in surplus:
        numbers[fact.kind] += count - meant
    return Comparison(
        numbers=MappingProxyType({kind: numbers[kind] for kind in KINDS}),
        lost=tuple(fact for fact, meant, count in counted if count < meant),
        surplus=surplus,
        moved=tuple(_moved(wanted, there)),
    )


def _identified(facts: Facts) -> _Identified:
    return tuple(((fact.kind, fact.key, tuple(segments(fact.text))), fact) for fact in facts.items)


def _counted(sought: _Identified, facts: Facts, there: _Identified) -> Iterator[tuple[Fact, int, int]]:
    """Each different fact of `sought`, how often it stands there, and how often in `facts`.

    `there` are the facts of `facts` with their identities.
    """
    exact = Counter(identity for identity, _ in there)
    first = dict(reversed(sought))
    stream = _Stream(facts, exact) if facts.stream else None
    for identity, meant in Counter(identity for identity, _ in sought).items():
        yield first[identity], meant, stream.count(identity, meant) if stream else exact[identity]


def _surplus(counted: Iterable[tuple[Fact, int, int]]) -> Iterator[tuple[Fact, int, int]]:
    return ((fact, count, meant) for fact, count, meant in counted if fact.kind in _COUNTED and count > meant)


def _moved(expected: _Identified, found: _Identified) -> Iterator[Fact]:
    """The first fact of each kind that stands elsewhere than expected.

    Only texts that stand once in both have an order to compare.
    """
    for kind in _ORDERED:
        wanted, there = (_texts_of(kind, facts) for facts in (expected, found))
        counts = Counter(wanted), Counter(there)
        once = {text for text, count in counts[0].items() if count == counts[1][text] == 1}
        before, after = ([text for text in texts if text in once] for texts in (wanted, there))
        moved = next((text for text, other in zip(before, after, strict=True) if text != other), None)
        if moved is not None:
            yield next(fact for (of, _, text), fact in expected if of is kind and text == moved)


def _texts_of(kind: Kind, facts: _Identified) -> list[_Pieces]:
    return [text for (of, _, text), _ in facts if of is kind]


class _Stream:
    """Counts facts in a text that does not always mark where a fact ends.

    A fact counts where all its pieces are found: in an element of its kind where there are such elements, else
    anywhere; a short paragraph where an element begins with it. A link counts only with its target.
    """

    def __init__(self, facts: Facts, exact: Counter[_Identity]) -> None:
        self._text = facts.stream
        self._beginnings = "".join(f"\n{text}" for text in facts.elements)
        self._elements: dict[tuple[Kind, str], Counter[str]] = {}
        for (kind, key, pieces), count in exact.items():
            self._elements.setdefault(_place(kind, key), Counter())["".join(pieces)] += count

    def count(self, fact: _Identity, enough: int) -> int:
        """How often a fact is found; the count may stop at `enough`."""
        kind, key, pieces = fact
        if kind is Kind.PARAGRAPH and len(pieces) == 1 and len(pieces[0]) <= _SHORT:
            return self._beginnings.count(f"\n{pieces[0]}")
        if kind in _LOOSE:
            return min(
                (self._text.count(piece) if enough > 1 else int(piece in self._text) for piece in pieces), default=1
            )
        elements = self._elements.get(_place(kind, key), Counter())
        if elements["".join(pieces)] >= enough:
            return enough
        return sum(count for text, count in elements.items() if all(piece in text for piece in pieces))


def _place(kind: Kind, key: str) -> tuple[Kind, str]:
    """Where a fact is looked for: among all of its kind, and a link among those with its target."""
    return kind, key if kind is Kind.LINK else ""
