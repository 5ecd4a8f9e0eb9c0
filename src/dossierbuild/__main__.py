"""`python -m dossierbuild`, and the command `dossierbuild`."""

import contextlib
import importlib
import sys

from dossierbuild.core.interruption import Interruption, interruptible
from dossierbuild.streams import open_streams
from dossierbuild.up_to_date import replayed


def start() -> int:
    """Run the command to its end, whatever comes between: a closed stream, a signal, or a fault of the program."""
    open_streams()
    try:
        with interruptible():
            return _run()
    except (Exception, Interruption) as error:  # noqa: BLE001 - whatever it is, it is told
        status: int = importlib.import_module("dossierbuild.commands.endings").tell_ending(error, sys.argv[1:])
        return status


def _run() -> int:
    """Run the command; one that has nothing to do ends before the rest of the program is imported."""
    if replayed(sys.argv[1:]):
        return 0
    if sys.argv[1:2] in (["build"], ["check"]):
        with contextlib.suppress(OSError):  # where it cannot be started, the first job says so
            importlib.import_module("dossierbuild.workers").warm_up()
    code: int = importlib.import_module("dossierbuild.cli").main()
    return code


if __name__ == "__main__":
    sys.exit(start())
