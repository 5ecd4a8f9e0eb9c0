"""How a signal ends the program: everything that was begun is put away, and what may not stop half-way is finished."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
"""Ctrl-C, an order to end, and a terminal that is gone; Windows has no such thing as the last."""
PATIENCE = 3
"""Further signals that are passed over while things are put away; the next one ends the program as it is."""


class Interruption(BaseException):
    """The program has to end; `number` is that of the signal, `changed` whether it has put anything in place."""

    def __init__(self, number: int, *, changed: bool) -> None:
        super().__init__(number)
        self.number = number
        self.changed = changed

    @property
    def exit_status(self) -> int:
        """128 and the number of the signal, as shells have it."""
        return 128 + self.number


class Ending:
    """What the signals do in a run: they raise Interruption, once, in the main thread."""

    def __init__(self) -> None:
        self._held = False
        self._waiting = 0
        self._more = 0
        self._changed = False
        self._met = False

    def __call__(self, number: int, frame: FrameType | None) -> None:
        if self._held:
            self._waiting = number
        elif not self._met:
            self._met = True
            raise Interruption(number, changed=self._changed)
        else:
            self._more += 1
            if self._more > PATIENCE:
                os._exit(128 + number)

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Have a signal wait until what is done here is done; it counts as a change."""
        self._held = True
        try:
            yield
        finally:
            self._held, self._changed = False, True
            if self._waiting:
                self(self._waiting, None)


@contextmanager
def interruptible() -> Iterator[None]:
    """Have the signals raise Interruption; those that whoever started the program ignores stay ignored.

    Behind it nothing is interrupted any more: what is left is the end of the program.
    """
    ending = Ending()
    heard = [number for number in SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]
    for number in heard:
        signal.signal(number, ending)
    try:
        yield
    finally:
        for number in heard:
            signal.signal(number, signal.SIG_IGN)


@contextmanager
def in_one_go() -> Iterator[None]:
    """Put something in place: a signal waits until it is there, and says then that something has changed."""
    handlers = map(signal.getsignal, SIGNALS)
    ending = next((handler for handler in handlers if isinstance(handler, Ending)), None)
    if ending is None:
        yield
    else:
        with ending.hold():
            yield
