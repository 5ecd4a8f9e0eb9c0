"""How a command ends that came to no end of its own: it was interrupted, or the program has a fault.

Little is imported here, so that it can be told whatever it is that fails.
"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import traceback
from collections.abc import Sequence

from dossierbuild import __version__
from dossierbuild.commands.words import asked_language, words
from dossierbuild.core.catalogue import Language
from dossierbuild.core.interruption import Interruption
from dossierbuild.program import cache_folder

FAULT = 1
"""The exit status of a fault of the program, which is that of Python too."""


def tell_ending(error: BaseException, typed: Sequence[str]) -> int:
    """Say in one line why a command ends here; its exit status."""
    if not isinstance(error, Interruption):
        _tell_fault(error, typed)
        return FAULT
    if "json" not in typed and "--format-problems=json" not in typed:
        _say("interrupted later" if error.changed else "interrupted", typed)
    return error.exit_status


def _say(name: str, typed: Sequence[str], **values: object) -> None:
    """Print a text in the language that was asked for, else in both: nobody can say any more whose it was."""
    asked = asked_language(typed)
    texts = [words(name, language, **values) for language in ([asked] if asked else Language)]
    print(" / ".join(texts), file=sys.stderr)


def _tell_fault(error: BaseException, typed: Sequence[str]) -> None:
    """Write down where the program failed, and say where that can be read."""
    about = f"dossierbuild {__version__}, Python {platform.python_version()}, {platform.platform()}\n{list(typed)}\n\n"
    text = about + "".join(traceback.format_exception(error))
    path = _written(text.encode("utf-8", "backslashreplace"))
    if path:
        _say("fault", typed, path=path)
    else:
        _say("fault without trace", typed, reason=" ".join(traceback.format_exception_only(error)).strip())


def _written(trace: bytes) -> str:
    """The path of a new file with the trace, in the folder of temporary files or else in the cache; "" for nowhere."""
    for folder in (None, cache_folder()):
        try:
            handle, path = tempfile.mkstemp(prefix="dossierbuild-fault-", suffix=".txt", dir=folder)
            with os.fdopen(handle, "wb") as file:
                file.write(trace)
        except OSError:
            continue
        return path
    return ""
