"""Register: how each work is called, where it is used, and what is called otherwise than in the previous edition."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from dossierbuild.core.model import CitationKey, Label, Part, Publication, Reference
from dossierbuild.core.problems import Checked, Place, Problem, problem


def citation_register(publications: tuple[Publication, ...], labels: Iterable[Label]) -> dict[str, dict[str, Any]]:
    """For each key its labels and its uses, as manifest.json holds them under `citations`.

    `publications` names those that cite the work; `uses` says for each of them how often, and in which parts:
    `{"publication": "dossier", "count": 3, "parts": [{"id": "inleiding", "heading": "Inleiding", "count": 3}]}`.
    """
    counts = {one.id: [(part, _counts(part)) for part in one.parts] for one in publications}
    return {
        label.key: {
            "parenthetical": label.parenthetical,
            "narrative": label.narrative,
            "publications": [one.id for one in publications if label.key in one.cited],
            "uses": [_use(one, counts[one.id], label.key) for one in publications if label.key in one.cited],
        }
        for label in sorted(labels, key=lambda one: one.key)
    }


def _counts(part: Part) -> Counter[str]:
    """How often each key is cited in a part, notes and captions included."""
    return Counter(part.blocks.cited_keys())


def _use(publication: Publication, parts: list[tuple[Part, Counter[str]]], key: CitationKey) -> dict[str, Any]:
    using = [
        {"id": part.id, "heading": part.title or publication.metadata.title, "count": count[key]}
        for part, count in parts
        if count[key]
    ]
    return {"publication": publication.id, "count": sum(count[key] for _, count in parts), "parts": using}


def read_labels(manifest: bytes, path: str) -> Checked[tuple[Label, ...]]:
    """The labels in the manifest of an edition; `path` is where it comes from, for the message."""
    try:
        citations = json.loads(manifest.decode("utf-8"))["citations"]
        labels = tuple(
            Label(key=CitationKey(key), parenthetical=str(one["parenthetical"]), narrative=str(one["narrative"]))
            for key, one in citations.items()
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        lacking = f"{path}: {type(error).__name__}: {error}"
        return Checked(None, (problem("D236", Place(""), reason=" ".join(lacking.split())[:200]),))
    return Checked(labels)


def changed_labels(
    previous: Iterable[Label], labels: Iterable[Label], references: Iterable[Reference]
) -> Iterator[Problem]:
    """D235: a work keeps the name under which the previous edition was read and cited.

    A new work of the same author and year brings letters (2021 becomes 2021a), one of a namesake brings initials.
    """
    before = {one.key: one for one in previous}
    places = {one.key: one.place for one in references}
    for now in labels:
        old = before.get(now.key, now)
        if (old.parenthetical, old.narrative) != (now.parenthetical, now.narrative):
            same = old.parenthetical == now.parenthetical
            words = (old.narrative, now.narrative) if same else (old.parenthetical, now.parenthetical)
            yield problem("D235", places[now.key], now.key, key=now.key, before=words[0], now=words[1])
