"""How validators are run: what they start ends with them, and holds nobody up."""

from __future__ import annotations

import os
import select
import sys
from pathlib import Path

import pytest

from dossierbuild.tools.validators import process
from dossierbuild.tools.validators.process import ValidatorError

pytestmark = [
    pytest.mark.built,
    pytest.mark.skipif(sys.platform != "linux", reason="a process is waited for by its file, which is Linux's"),
]
OUTLIVES = "sleep 1000 & echo $! > {pid}; echo klaar; echo fout >&2"


def test_a_program_that_leaves_another_running_is_read_to_its_end(tmp_path: Path) -> None:
    done = process.run(["sh", "-c", OUTLIVES.format(pid=tmp_path / "pid")])
    assert (done.returncode, done.stdout, done.stderr) == (0, "klaar\n", "fout\n")
    assert gone(int((tmp_path / "pid").read_text()))


def test_a_program_that_takes_too_long_is_ended_with_what_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "TIME_LIMIT", 2)
    with pytest.raises(ValidatorError, match="> 2 s"):
        process.run(["sh", "-c", OUTLIVES.format(pid=tmp_path / "pid") + "; wait"])
    assert gone(int((tmp_path / "pid").read_text()))


def test_a_program_that_is_not_there_says_so() -> None:
    with pytest.raises(ValidatorError, match="bestaat-niet"):
        process.run(["bestaat-niet"])


def gone(number: int) -> bool:
    """Whether a process ends before long: who kills it does not wait for that."""
    try:
        process = os.pidfd_open(number)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([process], [], [], 60)[0])
    finally:
        os.close(process)
