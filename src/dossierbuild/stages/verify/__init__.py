"""Verify: the built files are opened again and held against the publications that they were made from."""

from __future__ import annotations

from dossierbuild.core.model import Artifact, Publication, Verified
from dossierbuild.core.problems import Problem
from dossierbuild.stages.verify.again import verify_again, verify_page
from dossierbuild.stages.verify.expected import expected_facts
from dossierbuild.stages.verify.facts import Fact, Facts, Kind
from dossierbuild.stages.verify.files import UnreadableError, read_file
from dossierbuild.stages.verify.findings import held_against, unreadable
from dossierbuild.stages.verify.labels import verify_together

__all__ = [
    "Fact", "Facts", "Kind", "expected_facts", "read_facts", "verify", "verify_again", "verify_file", "verify_page",
    "verify_together",
]  # fmt: skip


def read_facts(artifact: Artifact) -> Facts:
    """The facts that a built file holds. Raises UnreadableError."""
    return read_file(artifact).facts


def verify(publication: Publication, artifact: Artifact) -> tuple[Problem, ...]:
    """What a built file lacks of its publication, or has that no file may have."""
    return verify_file(expected_facts(publication), artifact).problems


def verify_file(expected: Facts, artifact: Artifact) -> Verified:
    """A built file held against what its publication should hold: problems, and how much of each kind was found."""
    try:
        return held_against(expected, artifact, read_file(artifact), {})
    except UnreadableError as error:
        return unreadable(expected, artifact, error)
