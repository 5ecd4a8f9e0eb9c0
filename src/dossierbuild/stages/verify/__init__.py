"""Verify: the built files are opened again and held against the publications that they were made from."""

from __future__ import annotations

import pickle

from dossierbuild.core.model import Artifact, Verified
from dossierbuild.core.problems import Checked
from dossierbuild.stages.verify.again import verify_again, verify_page, verify_picture
from dossierbuild.stages.verify.expected import expected_facts
from dossierbuild.stages.verify.facts import Facts
from dossierbuild.stages.verify.files import EPUB, HTML, PDF, Reader, Reading
from dossierbuild.stages.verify.findings import held_against, reading_of, unreadable
from dossierbuild.stages.verify.labels import verify_together

__all__ = [
    "EPUB",
    "HTML",
    "PDF",
    "Facts",
    "Reader",
    "expected_facts",
    "read_back",
    "verify_again",
    "verify_page",
    "verify_picture",
    "verify_reading",
    "verify_together",
]


def read_back(artifact: Artifact, reader: Reader) -> Checked[bytes]:
    """What is in a built file, packed for `verify_reading`; D601 when the file is not of its format."""
    reading = reading_of(artifact, reader)
    return Checked(pickle.dumps(reading.value) if reading.value else None, reading.problems)


def verify_reading(expected: Facts, artifact: Artifact, checks: tuple[str, ...], packed: Checked[bytes]) -> Verified:
    """What `read_back` found in a file, held against what its publication should hold."""
    if packed.value is None:
        return unreadable(expected, artifact, checks, packed.problems)
    reading: Reading = pickle.loads(packed.value)
    return held_against(expected, artifact, reading, checks, {})
