"""What is found: a slip in a manuscript, where it stands, and what to put there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Slip(Enum):
    """The kinds of slip: what another program or a habit of typing leaves, and what comes out otherwise than meant."""

    BULLET = "bullet"
    NUMBER = "number"
    TABLE = "table"
    HEADING = "heading"
    BOLD_HEADING = "bold heading"
    ID = "id"
    NOTE = "note"
    REFERENCE = "reference"
    CITATION = "citation"
    INDENTED = "indented"
    LEFTOVER = "leftover"
    CAPTION = "caption"
    QUOTE = "quote"
    SPACE = "space"
    INVISIBLE = "invisible"
    HYPHEN = "hyphen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A slip from offset `start` up to `end`; `text` is what it is told by.

    `written` is how it should be written, as it is told; `mend` is what to put in its place, None where it is not sure.
    """

    slip: Slip
    start: int
    end: int
    text: str
    written: str = ""
    mend: str | None = None
