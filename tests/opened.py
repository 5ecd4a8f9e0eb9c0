"""Built files as verify opens them."""

from __future__ import annotations

from dossierbuild.core.model import Artifact, Publication, Verified
from dossierbuild.core.problems import Problem
from dossierbuild.formats import FORMATS, open_again, verify_file
from dossierbuild.stages.verify import Facts, expected_facts
from dossierbuild.stages.verify.files import read_file


def verified(publication: Publication, artifact: Artifact) -> Verified:
    """A built file held against its publication."""
    return verify_file(expected_facts(publication), artifact, open_again(artifact))


def verify(publication: Publication, artifact: Artifact) -> tuple[Problem, ...]:
    """What a built file lacks of its publication, or has that no file may have."""
    return verified(publication, artifact).problems


def read_facts(artifact: Artifact) -> Facts:
    """The facts that a built file holds."""
    return read_file(artifact.data, FORMATS[artifact.format].reader).facts
