"""The command as people run it: a process of its own with a working folder, an environment and two streams."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MINIMAL = ROOT / "tests" / "dossiers" / "minimal"


TWO_FONTS = """\
- {family: Dossier Serif, file: DossierSerif-Regular.ttf, weight: 400, style: normal}
- {family: Dossier Sans, file: DossierSans-Regular.ttf, weight: 400, style: normal}
"""


def use_two_fonts(dossier: Path) -> None:
    """Have a dossier's pages carry two of the fonts only."""
    fonts = dossier / "styles" / "fonts" / "fonts.yaml"
    fonts.parent.mkdir(parents=True)
    fonts.write_text(TWO_FONTS, encoding="utf-8")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """How a run of the command ended: its exit code, standard output and standard error."""

    code: int
    out: str
    err: str


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a run: ours, with this checkout, and `more`; wrong words of a problem are an error,
    and a process that is aborted writes where its threads stand."""
    strict = {"PYTHONPATH": str(ROOT / "src"), "PYTHONWARNINGS": "error:::dossierbuild.core.problems"}
    return {**os.environ, **strict, "PYTHONFAULTHANDLER": "1", **(more or {})}


def run(*arguments: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> Run:
    """Run `dossierbuild` with these arguments to its end; one that does not come to it tells where it stands."""
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "dossierbuild", *map(str, arguments)],
        cwd=cwd, env=environment(env), stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    ) as process:  # fmt: skip
        try:
            out, err = process.communicate(timeout=600)
        except BaseException as error:
            os.killpg(process.pid, signal.SIGABRT)  # all its processes hold its output, and would be waited for
            error.add_note(process.communicate()[1].decode("utf-8", "replace"))
            raise
    return Run(code=process.returncode, out=out.decode("utf-8"), err=err.decode("utf-8"))


def hearing() -> None:
    """Have a process that is about to start hear the signals that whoever runs the tests may have turned off."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
