"""The facts of a whole publication: what should be in a file of it, and what was read in one."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import unquote

from dossierbuild.core.passages import ATOM, Fact, Kind

APPARATUS = frozenset({"backlinks", "back", "data-link", "note-number", "formula-number", "locators"})
"""Classes of elements that number, lead back or lead aside: no part of the text, and different in each format."""


KINDS = (
    Kind.HEADING, Kind.PARAGRAPH, Kind.FIGURE, Kind.TABLE, Kind.ROW, Kind.BOX, Kind.NOTE, Kind.LINK, Kind.CITATION,
    Kind.REFERENCE, Kind.ALT, Kind.FORMULA,
)  # fmt: skip
"""The kinds that files are held against, in the order of the manifest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The facts of a publication or of a file in reading order.

    For a format that does not always mark where a text ends, `stream` is all text in reading order and `elements` the
    texts of the file's elements, both in the form in which they are compared; else both are empty.
    """

    title: str
    language: str
    items: tuple[Fact, ...]
    stream: str = ""
    elements: tuple[str, ...] = ()

    def of(self, kind: Kind) -> tuple[Fact, ...]:
        return tuple(fact for fact in self.items if fact.kind is kind)

    def counts(self) -> dict[Kind, int]:
        """How many there are of each kind."""
        return {kind: len(self.of(kind)) for kind in KINDS}


NOTHING = Facts(title="", language="", items=())


@dataclass(slots=True)
class FactList:
    """Facts while they are gathered."""

    part: str = ""
    items: list[Fact] = field(default_factory=list)

    def add(self, kind: Kind, text: str, key: str = "") -> None:
        text = " ".join(text.split())
        if kind in (Kind.FIGURE, Kind.TABLE) or text.strip(ATOM + " "):
            self.items.append(Fact(kind=kind, text=text, key=key, part=self.part))


def link_key(address: str) -> str:
    """The target of a link in one spelling: `#id` in the publication, or an address on the web; empty for
    what only some formats can link to, such as another publication of the edition."""
    target = unquote(address)
    return target if target.startswith(("#", "http://", "https://", "mailto:")) else ""
