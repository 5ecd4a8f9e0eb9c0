"""Passages: what an editor writes and a reader reads as one piece, who it is, where it stands and what it says.

`Fact` is what every form of a text keeps of a piece: its kind, its words, its id. A `Passage` is a fact of a source,
with its lines. Files that were built are read back as facts of the same kinds and compared by `segments`; sources are
compared by `fingerprint`, which looks through typography and citations.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from dossierbuild.core.problems import Place

ATOM = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands in a text for what is printed there and is not its own words: a citation, a label, the number of a note."""


class Kind(Enum):
    """The kinds of fact; the value is what the manifest and other records call them."""

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
    FORMULA = "formulas"
    LIST = "lists"
    ITEM = "items"
    TERM = "terms"
    DEFINITION = "definitions"
    CELL = "cells"
    CHART = "charts"
    QUOTATION = "quotations"
    CODE = "code"
    VERSE = "verses"
    PANEL = "panels"
    VALUE = "values"
    INSERT = "inserts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One piece of a text; the words of a figure, a chart or a table are its caption, which may be empty.

    `key` tells it from others with the same words: the id that an editor gave, the keys of a citation, the target of a
    link; it is empty where a format does not keep it. `part` is the title of its part in a publication, and the id of
    its text in the sources.
    """

    kind: Kind
    text: str
    key: str = ""
    part: str = ""


class AtomKind(Enum):
    """What can stand in a text as one sign."""

    CITATION = "citation"
    REFERENCE = "reference"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Atom:
    """What `ATOM` stands for: a citation with its keys, a reference with the id whose label is printed, or a note.

    `written` is what the editor wrote, on one line: "[see @koeter2022, p. 12]", "[](#fig-1)"; of a note it is empty.
    """

    kind: AtomKind
    names: tuple[str, ...] = ()
    written: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A run of words from `start` up to `end` that is in a language of its own; code is in none (`zxx`)."""

    language: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a file from `first` up to and including `last`, counted from 1.

    Where they are not taken whole, `columns` has the first column and the one behind the last for each of them.
    """

    first: int
    last: int
    columns: tuple[tuple[int, int], ...] = ()

    def cut(self, lines: Sequence[str]) -> str:
        """What stands there, of all lines of the file."""
        taken = lines[self.first - 1 : self.last]
        if self.columns:
            taken = [line[start - 1 : end - 1] for line, (start, end) in zip(taken, self.columns, strict=True)]
        return "\n".join(taken)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage(Fact):
    """A passage of a source. Every word that readers see stands in exactly one.

    `id` is the editor's own, else one made of its words; `within` is the id of the passage that it is a part of: an
    item in its list, a cell in its table, a note in the passage that calls it. The first paragraph of an item, a cell,
    a definition or a note is its own text; what follows are passages within it. `place` is where its words begin,
    `lines` all that it takes. `language` is as marked (BCP 47), empty where it is that of the dossier; `runs` are the
    words marked within it. `atoms` are in the order of their signs.
    """

    id: str
    place: Place
    lines: Lines
    within: str = ""
    language: str = ""
    atoms: tuple[Atom, ...] = ()
    runs: tuple[Run, ...] = ()

    @property
    def written(self) -> str:
        """Its words with each citation and reference as the editor wrote it."""
        pieces = self.text.split(ATOM)
        return "".join(
            f"{piece}{atom.written}" for piece, atom in zip(pieces, (*self.atoms, Atom(AtomKind.NOTE)), strict=True)
        )

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that are cited in it, in order."""
        return tuple(key for atom in self.atoms if atom.kind is AtomKind.CITATION for key in atom.names)

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers in its words, in order, without signs between thousands: "1500", "13,3"."""
        return tuple(_NUMBER.findall(normal_form(self.text)))

    @property
    def fingerprint(self) -> str:
        """The fingerprint of its words."""
        return fingerprint(self.text)


# --- words compared ------------------------------------------------------------------------------------------------

# Soft hyphens, zero-width characters and word joiners carry no text; a hyphen may come from hyphenation, and
# a line break may have swallowed a space, so neither is compared. The boxes of a task list become controls.
_UNSURE = re.compile("[\\s\u2610\u2611\u2612\u00ad\u200b-\u200d\u2060\ufe0e\ufe0f\ufeff\u2010\u2011-]+")


def comparable(text: str) -> str:
    """A text in the form in which texts of different formats are compared: ligatures and compatibility forms
    resolved (NFKC), without letter case, spaces and hyphens."""
    return _UNSURE.sub("", unicodedata.normalize("NFKC", text).casefold())


def segments(text: str) -> Iterable[str]:
    """The comparable pieces of a text between its atoms."""
    return (piece for part in text.split(ATOM) if (piece := comparable(part)))


_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:[. ]\d{3})+(?![\d])(?!,\d{3})")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufe0e\ufe0f\ufeff]")
_QUOTES_AND_DASHES = re.compile("[\"'`´‘’‚‛“”„‟«»‹›′″\u2010-\u2015\u2212-]")
_ENDS = ".,;:!?…()[]"


def normal_form(text: str) -> str:
    """The words without what an editor may change and still say the same.

    In one letter case and Unicode form (NFC), without atoms, quotation marks, dashes, soft hyphens and the signs at
    the end of a word; `%` is written out, and thousands stand together.
    """
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).replace(ATOM, " ")
    plain = _QUOTES_AND_DASHES.sub(" ", plain.casefold()).replace("%", " procent ")
    words = (word.strip(_ENDS) for word in plain.split())
    return _THOUSANDS.sub(lambda found: re.sub(r"\D", "", found[0]), " ".join(word for word in words if word))


def fingerprint(text: str) -> str:
    """Sixteen hexadecimal digits of the SHA-256 of a text's normal form."""
    return hashlib.sha256(normal_form(text).encode("utf-8", "surrogatepass")).hexdigest()[:16]


# --- ids -----------------------------------------------------------------------------------------------------------


def made_id(part: str, words: Sequence[str], *, told_apart: Sequence[str | int] = ()) -> str:
    """The id of a passage without one of its own: `p-` and six hexadecimal digits of SHA-256 over its part and words.

    `told_apart` is what tells it from another with the same words.
    """
    whole = json.dumps([part, *words, *([list(told_apart)] if told_apart else [])], ensure_ascii=False)
    return f"p-{hashlib.sha256(whole.encode('utf-8', 'surrogatepass')).hexdigest()[:6]}"
