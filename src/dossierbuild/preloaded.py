"""What every worker needs, imported once: workers are forked from a process that has imported this module."""

from __future__ import annotations

import contextlib
import gc

import dossierbuild.pipeline  # noqa: F401  # all steps
from dossierbuild.tools.paper import EngineError, load_engine

with contextlib.suppress(EngineError):  # to be told when the engine is needed
    load_engine()
gc.collect()
gc.freeze()  # these objects stay, and the pages of memory that they are on are shared
