"""Ids: the names that editors may give to chapters, figures and passages, and those that are made here."""

from __future__ import annotations

import re

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*\Z")
_TAKEN = frozenset("main colophon contents contents-heading refs panels literatuur references appendix-data".split())
_OWN_ID = re.compile(r"(?:refs?|cell|cite|fn|fnref|index|term|abbr)-|panel-[a-z]{1,2}(?:-title)?\Z")


def is_free(name: str) -> bool:
    """Whether an editor may give this id, or none: it is a name, and none that is made here."""
    return not name or (bool(_ID.match(name)) and not _OWN_ID.match(name) and name not in _TAKEN)
