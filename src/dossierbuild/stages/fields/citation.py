"""Citations that a program keeps in a Word document: which works, how they are named, and what is printed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from dossierbuild.core.model import CitationKey
from dossierbuild.core.problems import Place
from dossierbuild.core.word import Control, Field
from dossierbuild.core.works import Item


class Writer(Enum):
    """The programs that put citations into Word documents; the value is the name that people know them by."""

    ZOTERO = "Zotero"
    MENDELEY = "Mendeley"
    MENDELEY_CITE = "Mendeley Cite"
    ENDNOTE = "EndNote"
    CITAVI = "Citavi"
    WORD = "Word"
    REFERENCE_MANAGER = "Reference Manager"
    REFWORKS = "RefWorks"
    PAPERS = "Papers"


class Form(Enum):
    """How a citation names a work; the value is an example."""

    BRACKETS = "(Aarts, 2018)"
    NARRATIVE = "Aarts (2018)"
    YEAR = "(2018)"
    NAMES = "Aarts"
    LISTED = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A work in a citation: its `item` of CSL-JSON without an id, empty where the document does not hold the work.

    `name` is what the field calls the work, for messages. `label` is the kind of place in CSL's words ("page").
    `prefix` and `suffix` are as they were typed, with the tags that Zotero allows in them. `key` is None until works
    are joined.
    """

    item: Item
    name: str = ""
    locator: str = ""
    label: str = ""
    prefix: str = ""
    suffix: str = ""
    form: Form = Form.BRACKETS
    key: CitationKey | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A citation: its works in their order, the label that the program made and the one that stands in the document.

    `generated` is empty where the field does not keep it.
    """

    writer: Writer
    works: tuple[Cited, ...]
    generated: str
    printed: str

    @property
    def is_whole(self) -> bool:
        """Whether the document holds each of its works."""
        return bool(self.works) and all(cited.item for cited in self.works)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A citation where it stands: the `inline` that holds it, and the line of the document, which is a paragraph."""

    place: Place
    inline: Field | Control
    citation: Citation
