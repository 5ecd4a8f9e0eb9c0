"""What is found: a slip in a manuscript, where it stands, and what to put there; and what is known of its dossier."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from dossierbuild.core.frozen_map import FrozenMap

_LONGEST = 60


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
    FOREIGN = "cross-reference of another system"
    MARKUP = "markup"
    OTHERWISE = "otherwise"
    UNFINISHED = "unfinished"
    UNDERLINED = "underlined"
    CODE = "code"
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


def shortened(words: str) -> str:
    """Words as a finding tells them: on one line, with an ellipsis for what is more than 60 signs."""
    plain = " ".join(words.split())
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 1]}…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a text can refer to: the keys of the reference list, the ids of all texts, and ids by the label that is
    printed for them.

    Its headings get numbers of their own where it is `numbered`, and its title a label ("Bijlage A") where it is
    `labelled`.
    """

    keys: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()
    labels: FrozenMap[str, str] = field(default_factory=FrozenMap)
    numbered: bool = False
    labelled: bool = False
