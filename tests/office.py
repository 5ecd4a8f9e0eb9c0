"""LibreOffice as a second writer: one process of it for all that tests ask, with a profile of its own.

`Office` starts `office_driver.py` with the machine's own Python, since no .venv sees UNO, and that starts LibreOffice.
Both are one group of processes, which is killed when an answer does not come.
"""

from __future__ import annotations

import json
import os
import runpy
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from command import ROOT

DRIVER = Path(__file__).with_name("office_driver.py")
FILTERS = {".docx": "MS Word 2007 XML", ".odt": "writer8", ".pdf": "writer_pdf_Export"}
PATIENCE = 90  # seconds for one answer; opening and saving a long chapter takes one

Edit = tuple[object, ...]


class Office:
    """A LibreOffice that opens, edits and saves documents; the edits are the functions of `office_driver.py`."""

    def __init__(self, folder: Path) -> None:
        python = runpy.run_path(str(ROOT / "build.py"))["office_python"]()
        assert python, "no Python here sees UNO; `python3 build.py test --all` installs it"
        self.process = subprocess.Popen(
            [python, "-I", DRIVER, folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
        )
        self._answer()

    def save(self, source: Path, target: Path, edits: Iterable[Edit] = ()) -> Path:
        """The document after these edits, in the format of the target's name; an edit that finds nothing fails."""
        target.parent.mkdir(parents=True, exist_ok=True)
        asked = {"source": str(source), "target": str(target), "filter": FILTERS[target.suffix], "edits": list(edits)}
        print(json.dumps(asked), file=self._pipe(self.process.stdin), flush=True)
        answer = self._answer()
        assert not answer, f"{source.name}: {answer}"
        return target

    def close(self) -> None:
        """Ends the group, whatever state it is in."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.communicate()

    def _answer(self) -> str:
        """What the driver says was wrong; empty when all went well."""
        stream = self._pipe(self.process.stdout)
        with selectors.DefaultSelector() as selector:
            selector.register(stream, selectors.EVENT_READ)
            if not selector.select(PATIENCE):
                self.close()
                raise TimeoutError(f"LibreOffice gave no answer in {PATIENCE} seconds")
        line = stream.readline()
        assert line, "LibreOffice ended before its answer"
        return str(json.loads(line))

    @staticmethod
    def _pipe(stream: IO[str] | None) -> IO[str]:
        assert stream is not None
        return stream


def converted(source: Path, target: Path) -> Path:
    """A document saved by a LibreOffice of its own, in the format of the target's name.

    For documents with comments: one without a screen that hears over UNO aborts where it would draw their windows.
    """
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        to = f"{target.suffix[1:]}:{FILTERS[target.suffix]}"
        with subprocess.Popen(
            ["soffice", profile, "--headless", "--norestore", "--convert-to", to, "--outdir", folder, source],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        ) as process:  # fmt: skip
            try:
                process.wait(PATIENCE)
            except BaseException:
                os.killpg(process.pid, signal.SIGKILL)
                raise
        return Path(shutil.move(Path(folder) / f"{source.stem}{target.suffix}", target))


def main(arguments: list[str]) -> None:
    """`python tests/office.py FILE TARGET [EDITS]` saves a document with edits, a list in JSON, to try by hand."""
    source, target, *edits = arguments
    office = Office(Path(target).resolve().parent / ".office")
    try:
        office.save(Path(source).resolve(), Path(target).resolve(), json.loads(edits[0]) if edits else ())
    finally:
        office.close()


if __name__ == "__main__":
    main(sys.argv[1:])
