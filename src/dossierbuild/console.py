"""Progress for people: one moving line on a terminal, plain lines in a log. The only importer of rich."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import TracebackType

from dossierbuild.core.legible import legible
from dossierbuild.core.model import Step


class Progress:
    """Shows steps on standard error while they are done, each as the line that `told` makes of its number and the step;
    nothing at all when that is None."""

    def __init__(self, told: Callable[[int, Step], str] | None) -> None:
        self._told = told
        self._status: object | None = None
        self._done = 0

    def __enter__(self) -> Progress:
        if self._told and sys.stderr.isatty():
            from rich.console import Console

            status = Console(file=sys.__stderr__).status("")
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
        if self._told is None:
            return
        line = legible(self._told(self._done, step))
        if self._status is not None:
            self._status.update(line.replace("[", "\\["))  # type: ignore[attr-defined]
        elif step.made:
            print(line, file=sys.stderr, flush=True)
