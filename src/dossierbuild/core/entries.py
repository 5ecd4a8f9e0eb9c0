"""Entries: the works that a publication lists, as its tree and its ids know them.

A work has its entry in the list at the end (`ref-KEY`) or, where each chapter has a list, in that of part N
(`refs-N-KEY`), and once more in each block of further reading that names it (`refs-further-N-M`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dossierbuild.core.ast import Node, attr, attributes, div
from dossierbuild.core.slug import anchor

FURTHER_READING = "further-reading"
"""The class of a block that lists works to read, cited or not."""

LIST = "refs"
"""The id of the block that `cite` puts a reference list into."""

OWN_LIST = "own-references"
"""The class of the section at the end of a part that has the part's own reference list."""

ENTRY = "entry"

_ID = re.compile(r"#ref(?:s-[0-9]+)?-(?!further-)")


def entry_id(key: str, part: int = 0) -> str:
    """The id of a work's entry in the list of the publication, or of its part with this number, from 1."""
    return f"{LIST}-{part}-{anchor(key)}" if part else f"ref-{anchor(key)}"


def entry_named(address: str) -> str:
    """The key, as an anchor, of the work to whose entry a link leads; empty for a link that leads elsewhere."""
    found = _ID.match(address)
    return address[found.end() :] if found else ""


def named_work(key: str, remarks: Sequence[Node]) -> Node:
    """A work that a block of further reading names, with what the editor says of it."""
    return div(attr("", [ENTRY], key=key), remarks)


def key_of_named(named: Node) -> str:
    """The key of such a work."""
    return attributes(named)["key"]
