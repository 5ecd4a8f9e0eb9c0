"""What a publication holds for its readers, as facts of one type: what should be there and what was read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from urllib.parse import unquote

NOTE_CALL = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands in a text where a note is called: its number is not part of the text."""

APPARATUS = frozenset({"backlinks", "back", "data-link", "note-number"})
"""Classes of what counts, leads back or leads aside: it is no part of the text, and formats differ in it."""


class Kind(Enum):
    """The kinds of fact; the value is what the manifest calls them."""

    HEADING = "headings"
    PARAGRAPH = "paragraphs"
    FIGURE = "figures"
    TABLE = "tables"
    ROW = "rows"
    BOX = "boxes"
    NOTE = "notes"
    LINK = "links"
    CITATION = "citations"
    REFERENCE = "references"
    ALT = "alternatives"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One fact; that of a figure or table is its caption, which may be empty.

    `key` tells it from others with the same text: the id of what has an id, the keys of a citation, the target of a
    link; it is empty where a format does not keep it. `part` is the title of its part.
    """

    kind: Kind
    text: str
    key: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The facts of a publication or of a file in reading order.

    `stream` is all text in reading order, for formats in which a text cannot always be told from its
    neighbours; `elements` are the texts of its elements then, in the form in which they are compared.
    """

    title: str
    language: str
    items: tuple[Fact, ...]
    stream: str = ""
    elements: tuple[str, ...] = ()

    def of(self, kind: Kind) -> tuple[Fact, ...]:
        return tuple(one for one in self.items if one.kind is kind)

    def counts(self) -> dict[Kind, int]:
        """How many there are of each kind."""
        return {kind: len(self.of(kind)) for kind in Kind}


NOTHING = Facts(title="", language="", items=())


@dataclass(slots=True)
class FactList:
    """Facts while they are gathered."""

    part: str = ""
    items: list[Fact] = field(default_factory=list)

    def add(self, kind: Kind, text: str, key: str = "") -> None:
        text = " ".join(text.split())
        if kind in (Kind.FIGURE, Kind.TABLE) or text.strip(NOTE_CALL + " "):
            self.items.append(Fact(kind=kind, text=text, key=key, part=self.part))


def link_key(address: str) -> str:
    """The target of a link in one spelling: `#id` in the publication, or an address on the web; empty for
    what only some formats can link to, such as another publication of the edition."""
    target = unquote(address)
    return target if target.startswith(("#", "http://", "https://", "mailto:")) else ""


# Soft hyphens, zero-width characters and word joiners carry no text; a hyphen may come from hyphenation, and
# a line break may have swallowed a space, so neither is compared. The boxes of a task list become controls.
_UNSURE = re.compile("[\\s\u2610\u2612\u00ad\u200b-\u200d\u2060\ufe0e\ufe0f\ufeff\u2010\u2011-]+")


def comparable(text: str) -> str:
    """A text in the form in which texts of different formats are compared: ligatures and compatibility forms
    resolved (NFKC), without letter case, spaces and hyphens."""
    return _UNSURE.sub("", unicodedata.normalize("NFKC", text).casefold())


def segments(text: str) -> Iterable[str]:
    """The comparable pieces of a text between its note calls."""
    return (piece for part in text.split(NOTE_CALL) if (piece := comparable(part)))
