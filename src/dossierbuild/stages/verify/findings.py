"""What is wrong with a built file, and what was found in it, as values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from dossierbuild.core.model import Artifact, Format, Verified
from dossierbuild.core.passages import Kind, comparable
from dossierbuild.core.problems import Checked, Place, Problem
from dossierbuild.stages.verify.compare import Comparison, compare
from dossierbuild.stages.verify.facts import CODES, KINDS, NOTHING, Facts
from dossierbuild.stages.verify.files import Reading, UnreadableError, read_file

_OF_PAGES = (
    "opens", "title", "language", "links", "ids", "self-contained", "inactive", "parity", "order", "labels",
)  # fmt: skip

# What is looked at in a file of each format, as the manifest calls it.
CHECKS = MappingProxyType(
    {
        Format.PDF: ("opens", "title", "language", "links", "parity", "order"),
        Format.HTML: _OF_PAGES,
        Format.EPUB: _OF_PAGES,
    }
)


# Where the reference list has a work.
REFERENCE = "#ref-"


def reading_of(artifact: Artifact) -> Checked[Reading]:
    """What is in a built file; D601 when it is not what its name says."""
    try:
        return Checked(read_file(artifact))
    except UnreadableError as error:
        return Checked(None, (problem_in("D601", artifact.path, reason=str(error)),))


def held_against(expected: Facts, artifact: Artifact, reading: Reading, recorded: Mapping[str, int]) -> Verified:
    """A file with what was expected of it, what was found, and what is wrong with it.

    `recorded` holds the numbers that the file had when it was built, by the names of the kinds; it may be empty.
    """
    comparison = compare(expected, reading.facts)
    problems = (
        *_soundness(expected, reading, artifact),
        *_content(comparison, artifact),
        *_differences(comparison.numbers, recorded, artifact),
    )
    return _verified(artifact, expected, reading, comparison.numbers, problems)


def unreadable(expected: Facts, artifact: Artifact, problems: tuple[Problem, ...]) -> Verified:
    """A file in which nothing was found, because it could not be read."""
    return _verified(artifact, expected, Reading(facts=NOTHING), {}, problems)


def _verified(
    artifact: Artifact, expected: Facts, reading: Reading, found: Mapping[Kind, int], problems: tuple[Problem, ...]
) -> Verified:
    wanted = expected.counts()
    links = reading.facts.of(Kind.LINK) if artifact.format is not Format.PDF else ()
    return Verified(
        publication=artifact.publication,
        format=artifact.format,
        path=artifact.path,
        expected=tuple((kind.value, wanted[kind]) for kind in KINDS),
        found=tuple((kind.value, found.get(kind, 0)) for kind in KINDS),
        claims=reading.claims,
        checks=CHECKS[artifact.format],
        called=tuple(dict.fromkeys((one.key, one.text) for one in links if one.key.startswith(REFERENCE))),
        problems=problems,
    )


def problem_in(code: str, path: str, **words: str | int) -> Problem:
    """A problem of a file; its message names it."""
    given = {name: str(value) for name, value in words.items()}
    return Problem(code=code, place=Place(path), words=(("file", path), *given.items()))


def _soundness(expected: Facts, reading: Reading, artifact: Artifact) -> Iterator[Problem]:
    """What holds for a file as a whole: title, language, ids, links, and nothing needed from elsewhere."""
    for address in reading.requests:
        yield problem_in("D604", artifact.path, address=address[:200])
    for found in reading.running:
        yield problem_in("D628", artifact.path, what=found)
    if reading.open:
        yield problem_in("D629", artifact.path)
    for identifier in reading.repeated_ids:
        yield problem_in("D606", artifact.path, id=identifier)
    for target in reading.dead_links:
        yield problem_in("D607", artifact.path, target=target)
    for code, found, meant in (
        ("D608", reading.facts.title, expected.title),
        ("D609", reading.facts.language, expected.language),
    ):
        if comparable(found) != comparable(meant):
            yield problem_in(code, artifact.path, found=found, expected=meant)


def _content(comparison: Comparison, artifact: Artifact) -> Iterator[Problem]:
    """What was lost, came twice or was moved on the way."""
    for fact in comparison.lost:
        yield problem_in(CODES[fact.kind], artifact.path, text=_shortened(fact.text), part=fact.part)
    for fact, there, wanted in comparison.surplus:
        yield problem_in("D620", artifact.path, text=_shortened(fact.text), found=there, expected=wanted)
    for fact in comparison.moved:
        yield problem_in("D602", artifact.path, text=_shortened(fact.text), part=fact.part)


def _differences(found: Mapping[Kind, int], recorded: Mapping[str, int], artifact: Artifact) -> Iterator[Problem]:
    for kind, number in found.items():
        if number != recorded.get(kind.value, number):
            yield problem_in("D623", artifact.path, kind=kind.value, found=number, expected=recorded[kind.value])


def _shortened(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"
