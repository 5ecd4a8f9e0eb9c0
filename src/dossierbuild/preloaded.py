"""What every worker needs, imported once: workers are forked from a process that has imported this module.

The layout engine is not among it: an edit of a text whose PDF is not asked for would wait for it.
"""

from __future__ import annotations

import gc

from dossierbuild import pipeline

__all__ = ["pipeline"]  # with all steps

gc.collect()
gc.freeze()  # these objects stay, and the pages of memory that they are on are shared
