"""Verify: the built files are opened again and held against the publications that they were made from."""

from __future__ import annotations

import pickle

from dossierbuild.core.model import Artifact, Publication, Verified
from dossierbuild.core.passages import Fact, Kind
from dossierbuild.core.problems import Checked, Problem
from dossierbuild.stages.verify.again import verify_again, verify_page
from dossierbuild.stages.verify.expected import expected_facts
from dossierbuild.stages.verify.facts import CODES, KINDS, Facts
from dossierbuild.stages.verify.files import Reading, read_file
from dossierbuild.stages.verify.findings import held_against, reading_of, unreadable
from dossierbuild.stages.verify.labels import verify_together

__all__ = [
    "CODES",
    "KINDS",
    "Fact",
    "Facts",
    "Kind",
    "expected_facts",
    "read_back",
    "read_facts",
    "verify",
    "verify_again",
    "verify_file",
    "verify_page",
    "verify_reading",
    "verify_together",
]


def read_facts(artifact: Artifact) -> Facts:
    """The facts that a built file holds. Raises UnreadableError."""
    return read_file(artifact).facts


def verify(publication: Publication, artifact: Artifact) -> tuple[Problem, ...]:
    """What a built file lacks of its publication, or has that no file may have."""
    return verify_file(expected_facts(publication), artifact).problems


def verify_file(expected: Facts, artifact: Artifact) -> Verified:
    """A built file held against what its publication should hold: problems, and how much of each kind was found."""
    return verify_reading(expected, artifact, read_back(artifact))


def read_back(artifact: Artifact) -> Checked[bytes]:
    """What is in a built file, packed as it is passed on; D601 when it is not what its name says."""
    reading = reading_of(artifact)
    return Checked(pickle.dumps(reading.value) if reading.value else None, reading.problems)


def verify_reading(expected: Facts, artifact: Artifact, packed: Checked[bytes]) -> Verified:
    """What `read_back` found in a file, held against what its publication should hold."""
    if packed.value is None:
        return unreadable(expected, artifact, packed.problems)
    reading: Reading = pickle.loads(packed.value)
    return held_against(expected, artifact, reading, {})
