"""A Word document that was sent: the names by which its parts are known again when it comes back.

Bookmarks, fields, styles and properties each survive some programs and not others, so a document has them all, and none
is needed to bring it back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum


class Carrier(Enum):
    """What a bookmark stands around; the value is what its name begins with."""

    WORDS = "_db"
    """All that a passage says, in one paragraph."""
    NOTE = "_dbn_"
    """The first paragraph of a note."""
    BOX_BEGIN = "_dbb"
    BOX_END = "_dbe"
    SHOWN = "_dbs"
    """What the program shows in the place of a block, such as a chart or the label of a table."""
    FORMULA = "_dbf"
    """A formula of a passage, of which some programs keep no more than this."""
    TEXT = "_dbt"
    """The heading of the title of a text; its number counts the texts of the document from 1."""


TOP = "_dbtop"
"""The bookmark around what the document says of itself at its beginning."""

# LibreOffice calls a bookmark that it met twice "…_Copy_1".
_NAME = re.compile(r"(_dbn_|_db[befst]?)([0-9]{1,6})(?:_([0-9]{1,6}))?(?:_Copy_[0-9]{1,6})?")


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A bookmark: what it stands around, the number of the passage, and which of several it is for that passage.

    Passages are counted from 0 through all texts of the document.
    """

    carrier: Carrier
    number: int
    count: int = 1

    @property
    def name(self) -> str:
        return f"{self.carrier.value}{self.number}_{self.count}"


def read_bookmark(name: str) -> Bookmark | None:
    """The bookmark of this name; None for one that others made."""
    found = _NAME.fullmatch(name)
    return Bookmark(Carrier(found[1]), int(found[2]), int(found[3] or 1)) if found else None


# --- styles ----------------------------------------------------------------------------------------------------------

NOTICE_STYLE = "Toelichting"
BOX_BEGIN_STYLE = "Kader begin"
BOX_END_STYLE = "Kader einde"
SHOWN_STYLE = "Vaste regel"
PICTURE_STYLE = "Figuur"
BOX_STYLE = "Kader"
CELL_STYLE = "Tabeltekst"
TABLE_NOTE_STYLE = "Tabelnoot"
VERSE_STYLE = "Vers"

FIXED_STYLES = frozenset({NOTICE_STYLE, BOX_BEGIN_STYLE, BOX_END_STYLE, SHOWN_STYLE})
"""Names of the styles of paragraphs that stand in no text: the program puts them there."""

BEGINS, ENDS = "▼", "▲"
"""What the first and the last line of a box begin with."""

# --- fields ----------------------------------------------------------------------------------------------------------

CITATION_FIELD = "ADDIN ZOTERO_ITEM CSL_CITATION"
"""What stands before the JSON of a citation; `citationID` counts the citations of the document from 1."""
REFERENCE_FIELD = "ADDIN DOSSIERBUILD"
"""What stands before the JSON of a cross-reference, whose `ref` is the id that it leads to."""

# --- properties ------------------------------------------------------------------------------------------------------

DOSSIER_PROPERTY = "dossierbuild-dossier"
SENT_PROPERTY = "dossierbuild-sent"
"""Eight hexadecimal digits that tell one sending from another; what is kept of it has them in its name."""
VERSION_PROPERTY = "dossierbuild-version"
PATH_PROPERTY = "dossierbuild-text-"
"""The path of a text below the dossier; its number follows, from 1."""
DIGEST_PROPERTY = "dossierbuild-sha256-"
"""The SHA-256 of a text as it was sent; its number follows, from 1."""

KEPT_FOLDER = ".word"
"""The folder of a dossier that keeps what was sent."""


def kept_path(stem: str, sent: str, suffix: str) -> str:
    """Where a dossier keeps a document (`.docx`), or a text that is in it (`.md`)."""
    return f"{KEPT_FOLDER}/{stem}-{sent}{suffix}"
