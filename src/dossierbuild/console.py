"""Progress for people: one moving line on a terminal, plain lines in a log. The only importer of rich."""

from __future__ import annotations

import sys
from types import TracebackType

from dossierbuild.core.model import Step


class Progress:
    """Shows steps on standard error while they are done; nothing at all when `quiet`."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._status: object | None = None
        self._done = 0

    def __enter__(self) -> Progress:
        if not self._quiet and sys.stderr.isatty():
            from rich.console import Console

            status = Console(stderr=True).status("")
            status.start()
            self._status = status
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._status is not None:
            self._status.stop()  # type: ignore[attr-defined]

    def show(self, step: Step) -> None:
        """Tell of a step that was done; in a log only of what was made."""
        self._done += 1
        if self._quiet:
            return
        if self._status is not None:
            self._status.update(f"{self._done}  {step.name}: {step.subject}")  # type: ignore[attr-defined]
        elif step.made:
            print(f"{step.name}: {step.subject} ({step.seconds:.1f} s)", file=sys.stderr, flush=True)
