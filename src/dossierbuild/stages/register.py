"""Register: how each work is called, where it is used, and which are called otherwise than before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from dossierbuild.core.edition import CitedWork, PartUse, Use
from dossierbuild.core.legible import first_few
from dossierbuild.core.model import CitationKey, Label, Part, Publication, Reference
from dossierbuild.core.problems import Problem, problem
from dossierbuild.core.reasons import Reason


def citation_register(publications: tuple[Publication, ...], labels: Iterable[Label]) -> tuple[CitedWork, ...]:
    """The labelled works in order of their keys: the label, the publications that list the work, and how often and in
    which parts each of them cites it."""
    counts = {publication.id: [(part, _counts(part)) for part in publication.parts] for publication in publications}
    works = []
    for label in sorted(labels, key=lambda label: label.key):
        citing = [publication for publication in publications if label.key in publication.cited]
        uses = tuple(_use(publication, counts[publication.id], label.key) for publication in citing)
        works.append(CitedWork(label, tuple(publication.id for publication in citing), uses))
    return tuple(works)


def _counts(part: Part) -> Counter[str]:
    """How often each key is cited in a part, notes and captions included."""
    return Counter(part.blocks.cited_keys())


def _use(publication: Publication, parts: list[tuple[Part, Counter[str]]], key: CitationKey) -> Use:
    using = tuple(
        PartUse(id=part.id, heading=part.title or publication.metadata.title, count=count[key])
        for part, count in parts
        if count[key]
    )
    return Use(publication.id, sum(count[key] for _, count in parts), using)


def unlisted_works(
    labels: Iterable[Label], listed: Collection[CitationKey], references: Iterable[Reference], style: str
) -> Iterator[Problem]:
    """D255: the style has entries for works of each type, so that what is cited is `listed`; once for each type."""
    cited = {label.key for label in labels if label.key not in listed}
    unlisted: dict[str, list[Reference]] = {}
    for reference in references:
        if reference.key in cited:
            unlisted.setdefault(reference.work.type, []).append(reference)
    for kind, works in unlisted.items():
        keys = first_few([work.key for work in works])
        reason = Reason(
            f"de stijl '{style}' noemt dat alleen in de tekst ({keys})",
            f"the style '{style}' names it in the text only ({keys})",
        )
        yield problem("D255", works[0].place, kind, types=kind, reason=reason)


def changed_labels(
    previous: Iterable[Label], labels: Iterable[Label], references: Iterable[Reference]
) -> Iterator[Problem]:
    """D235: a work keeps the name under which the previous edition was read and cited.

    A new work of the same author and year brings letters (2021 becomes 2021a), a work of a namesake brings initials. An
    organisation that goes by a short name in one of the editions only is known by its full one.
    """
    before = {label.key: label for label in previous}
    places = {reference.key: reference.place for reference in references}
    for now in labels:
        old = before.get(now.key, now)
        for was, called in zip(_names(old, now), _names(now, old), strict=True):
            if was != called:
                yield problem("D235", places[now.key], now.key, key=now.key, before=was, now=called)
                break


def _names(label: Label, other: Label) -> tuple[str, ...]:
    """What a work is called, as far as another label says it too."""
    short = label.short if other.short else None
    return (label.parenthetical, label.narrative, *((short.parenthetical, short.narrative) if short else ()))
