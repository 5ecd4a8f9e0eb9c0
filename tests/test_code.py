"""The code itself: what ruff and mypy have to say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    "arguments",
    [("ruff", "check", "--no-cache"), ("ruff", "format", "--check", "--no-cache"), ("mypy",)],
    ids=" ".join,
)
def test_the_code_is_clean(arguments: tuple[str, ...], tmp_path: Path) -> None:
    more = ["--cache-dir", str(tmp_path)] if arguments[0] == "mypy" else ["."]
    done = subprocess.run(
        [sys.executable, "-m", *arguments, *more], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
