"""What is wrong with a built file, and what was found in it, as values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from dossierbuild.core.model import Artifact, Format, Verified
from dossierbuild.core.problems import Place, Problem
from dossierbuild.stages.verify.compare import lost_facts, moved_facts, surplus_facts
from dossierbuild.stages.verify.facts import Facts, Kind, comparable
from dossierbuild.stages.verify.files import Reading

# What is looked at in a file of each format, as the manifest calls it.
CHECKS = MappingProxyType(
    {
        Format.PDF: ("opens", "title", "language", "links", "parity", "order"),
        Format.HTML: (
            "opens",
            "title",
            "language",
            "links",
            "ids",
            "self-contained",
            "inactive",
            "parity",
            "order",
            "labels",
        ),
        Format.EPUB: (
            "opens",
            "title",
            "language",
            "links",
            "ids",
            "self-contained",
            "inactive",
            "parity",
            "order",
            "labels",
        ),
    }
)


def verified(
    artifact: Artifact,
    expected: Facts,
    found: Mapping[Kind, int],
    claims: tuple[str, ...],
    problems: tuple[Problem, ...],
) -> Verified:
    """A file with what was expected of it and what was found."""
    wanted = expected.counts()
    return Verified(
        publication=artifact.publication,
        format=artifact.format,
        path=artifact.path,
        expected=tuple((kind.value, wanted[kind]) for kind in Kind),
        found=tuple((kind.value, found.get(kind, 0)) for kind in Kind),
        claims=claims,
        checks=CHECKS[artifact.format],
        problems=problems,
    )


def problem_in(code: str, artifact: Artifact, **words: str | int) -> Problem:
    """A problem of a file; its message names it."""
    given = {name: str(value) for name, value in words.items()}
    return Problem(code=code, place=Place(artifact.path), words=(("file", artifact.path), *given.items()))


def soundness(expected: Facts, reading: Reading, artifact: Artifact) -> Iterator[Problem]:
    """What holds for a file as a whole: title, language, ids, links, and nothing needed from elsewhere."""
    for address in reading.requests:
        yield problem_in("D604", artifact, address=address[:200])
    for found in reading.running:
        yield problem_in("D628", artifact, what=found)
    if reading.open:
        yield problem_in("D629", artifact)
    for identifier in reading.repeated_ids:
        yield problem_in("D606", artifact, id=identifier)
    for target in reading.dead_links:
        yield problem_in("D607", artifact, target=target)
    for code, found, meant in (
        ("D608", reading.facts.title, expected.title),
        ("D609", reading.facts.language, expected.language),
    ):
        if comparable(found) != comparable(meant):
            yield problem_in(code, artifact, found=found, expected=meant)


def content(expected: Facts, found: Facts, artifact: Artifact) -> Iterator[Problem]:
    """What was lost, came twice or was moved on the way."""
    for fact in lost_facts(expected, found):
        yield problem_in(fact.kind.code, artifact, text=_shortened(fact.text), part=fact.part)
    for fact, there, wanted in surplus_facts(expected, found):
        yield problem_in("D620", artifact, text=_shortened(fact.text), found=there, expected=wanted)
    for fact in moved_facts(expected, found):
        yield problem_in("D602", artifact, text=_shortened(fact.text), part=fact.part)


def _shortened(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"
