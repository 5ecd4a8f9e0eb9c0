"""What is wrong with a built file, and what was found in it, as values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from dossierbuild.core.entries import entry_named
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.model import Artifact, Verified
from dossierbuild.core.passages import Kind, comparable
from dossierbuild.core.problems import Checked, Place, Problem, problem
from dossierbuild.stages.verify.compare import Comparison, compare
from dossierbuild.stages.verify.facts import KINDS, NOTHING, Facts
from dossierbuild.stages.verify.files import Reader, Reading, UnreadableError, read_file

LOST = MappingProxyType(
    {
        Kind.HEADING: "D610",
        Kind.PARAGRAPH: "D611",
        Kind.FIGURE: "D612",
        Kind.ROW: "D613",
        Kind.BOX: "D614",
        Kind.CITATION: "D615",
        Kind.REFERENCE: "D616",
        Kind.NOTE: "D617",
        Kind.ALT: "D618",
        Kind.FORMULA: "D649",
        Kind.LINK: "D619",
        Kind.TABLE: "D621",
    }
)
"""The code of the problem that reports a fact as lost, by its kind."""


def reading_of(artifact: Artifact, reader: Reader) -> Checked[Reading]:
    """What is in a built file; D601 when the file is not of its format."""
    try:
        return Checked(read_file(artifact.data, reader))
    except UnreadableError as error:
        return Checked(None, (problem("D601", Place(artifact.path), file=artifact.path, reason=str(error)),))


def held_against(
    expected: Facts, artifact: Artifact, reading: Reading, checks: tuple[str, ...], recorded: Mapping[str, int]
) -> Verified:
    """A file with what was expected of it, what was found, and what is wrong with it.

    `checks` are the names of the checks that were done, as in the manifest. `recorded` holds the numbers
    that the file had when it was built, by the names of the kinds; it may be empty.
    """
    comparison = compare(expected, reading.facts)
    problems = (
        *_soundness(expected, reading, artifact),
        *_content(comparison, artifact),
        *_differences(comparison.numbers, recorded, artifact),
    )
    return _verified(artifact, expected, reading, comparison.numbers, checks, problems)


def unreadable(expected: Facts, artifact: Artifact, checks: tuple[str, ...], problems: tuple[Problem, ...]) -> Verified:
    """A file in which nothing was found, because it could not be read."""
    return _verified(artifact, expected, Reading(facts=NOTHING), {}, checks, problems)


def _verified(
    artifact: Artifact,
    expected: Facts,
    reading: Reading,
    found: Mapping[Kind, int],
    checks: tuple[str, ...],
    problems: tuple[Problem, ...],
) -> Verified:
    wanted = expected.counts()
    links = reading.facts.of(Kind.LINK) if reading.names_works else ()
    return Verified(
        publication=artifact.publication,
        format=artifact.format,
        path=artifact.path,
        expected=FrozenMap((kind.value, wanted[kind]) for kind in KINDS),
        found=FrozenMap((kind.value, found.get(kind, 0)) for kind in KINDS),
        claims=reading.claims,
        checks=checks,
        called=tuple(dict.fromkeys((link.key, link.text) for link in links if entry_named(link.key))),
        problems=problems,
    )


def _soundness(expected: Facts, reading: Reading, artifact: Artifact) -> Iterator[Problem]:
    """What holds for a file as a whole: title, language, ids, links, and nothing needed from elsewhere."""
    for address in reading.requests:
        yield problem("D604", Place(artifact.path), file=artifact.path, address=address[:200])
    for found in reading.running:
        yield problem("D628", Place(artifact.path), file=artifact.path, what=found)
    for name in reading.strange:
        yield problem("D635", Place(artifact.path), file=artifact.path, name=name[:200])
    if reading.open:
        yield problem("D629", Place(artifact.path), file=artifact.path)
    for identifier in reading.repeated_ids:
        yield problem("D606", Place(artifact.path), file=artifact.path, id=identifier)
    for target in reading.dead_links:
        yield problem("D607", Place(artifact.path), file=artifact.path, target=target)
    facts = reading.facts
    if comparable(facts.title) != comparable(expected.title):
        yield problem("D608", Place(artifact.path), file=artifact.path, found=facts.title, expected=expected.title)
    if comparable(facts.language) != comparable(expected.language):
        yield problem(
            "D609", Place(artifact.path), file=artifact.path, found=facts.language, expected=expected.language
        )


def _content(comparison: Comparison, artifact: Artifact) -> Iterator[Problem]:
    """What was lost, came twice or was moved on the way."""
    for fact in comparison.lost:
        yield problem(
            LOST[fact.kind], Place(artifact.path), file=artifact.path, text=_shortened(fact.text), part=fact.part
        )
    for fact, there, wanted in comparison.surplus:
        yield problem(
            "D620", Place(artifact.path), file=artifact.path, text=_shortened(fact.text), found=there, expected=wanted
        )
    for fact in comparison.moved:
        yield problem("D602", Place(artifact.path), file=artifact.path, text=_shortened(fact.text), part=fact.part)


def _differences(found: Mapping[Kind, int], recorded: Mapping[str, int], artifact: Artifact) -> Iterator[Problem]:
    for kind, number in found.items():
        if number != recorded.get(kind.value, number):
            yield problem(
                "D623",
                Place(artifact.path),
                file=artifact.path,
                kind=kind.value,
                found=number,
                expected=recorded[kind.value],
            )


def _shortened(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"
