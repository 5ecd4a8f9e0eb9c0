"""The commands: each module holds what is asked of it as a frozen value, and `run`, which answers with an exit code.

Nothing here knows of arguments as people type them: `cli.py` turns these into the values. Only the commands print.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from dossierbuild.core.model import Step
from dossierbuild.program import cache_folder, program_digest
from dossierbuild.tools.store import Store
from dossierbuild.workshop import Workshop, workshop


def workshop_for(
    root: Path, *, report: Callable[[Step], None] = lambda step: None, workers: int = 0, fresh: bool = False
) -> AbstractContextManager[Workshop]:
    """A workshop for the dossier in folder `root`, with the user's cache; `workers` 0 is one a core."""
    store, scope, program = Store(Path(cache_folder())), str(root.resolve()), program_digest()
    return workshop(store, scope=scope, program=program, workers=workers, fresh=fresh, report=report)
