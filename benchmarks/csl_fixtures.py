"""The fixtures of the CSL test suite: what each asks for, and printed text in a form in which two answers compare.

A fixture is a text of sections, `>>== NAME ==>>` to `<<== NAME ==<<`, as the suite's README describes them.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from types import MappingProxyType
from typing import Any

from dossierbuild.core.ast import Node, Nodes, node, para, text

_SECTION = re.compile(r">>=+ ?(?P<name>[A-Z0-9-]+) ?=+>>\n(?P<text>.*?)\n?<<=+ ?(?P=name) ?=+<<", re.DOTALL)
_LINE_OF_ANSWER = re.compile(r"^(?:>>|\.\.)\[\d+\] ", re.MULTILINE)
_MARKS = MappingProxyType({"i": "italic", "em": "italic", "b": "bold", "strong": "bold", "sup": "sup", "sub": "sub"})
_KINDS = MappingProxyType(
    {"Emph": "italic", "Strong": "bold", "Superscript": "sup", "Subscript": "sub", "SmallCaps": "small"}
)
_QUOTES = MappingProxyType({"DoubleQuote": "“”", "SingleQuote": "‘’"})


class Grade(IntEnum):
    """How near an answer is to the one that a fixture asks for."""

    NONE = 0
    OTHER = 1
    """Other words, or words in another order."""
    SIGNS = 2
    """The same letters and digits in the same order, with other capitals, punctuation or quotation marks."""
    MARKUP = 3
    """The same text, with other italics, bold type, raised or small letters."""
    EQUAL = 4


@dataclass(frozen=True, slots=True)
class Letter:
    """A sign of printed text and how it is set: "italic", "bold", "sup", "sub", "small"."""

    sign: str
    marks: frozenset[str] = frozenset()


Printed = tuple[Letter, ...]
"""A printed text without its spaces, which the suite's HTML has elsewhere than a document."""


def grade(printed: Printed, wanted: Printed) -> Grade:
    """How near a printed text is to the one that is wanted."""
    if printed == wanted:
        return Grade.EQUAL
    if _signs(printed) == _signs(wanted):
        return Grade.MARKUP
    if _alone(printed) == _alone(wanted):
        return Grade.SIGNS
    return Grade.OTHER if printed else Grade.NONE


def _signs(printed: Printed) -> str:
    return "".join(letter.sign for letter in printed)


def _alone(printed: Printed) -> str:
    return "".join(sign for sign in _signs(printed).casefold() if sign.isalnum())


class Fixture:
    """One fixture, by its sections."""

    def __init__(self, path: Path) -> None:
        self.name = path.stem
        found = _SECTION.finditer(path.read_text(encoding="utf-8"))
        self._sections = {section["name"]: section["text"] for section in found}

    @property
    def style(self) -> str:
        return self._sections["CSL"].strip()

    @property
    def asks_for_list(self) -> bool:
        """Whether the reference list is asked for, and not the citations."""
        return self._sections["MODE"].strip() == "bibliography"

    @cached_property
    def items(self) -> list[dict[str, Any]]:
        """The works, under keys that a text can cite."""
        return [item | {"id": self._keys[str(item["id"])]} for item in self._works]

    @cached_property
    def _works(self) -> list[dict[str, Any]]:
        works: list[dict[str, Any]] = json.loads(self._sections["INPUT"])
        return [work | {"id": work.get("id", f"work-{number}")} for number, work in enumerate(works, 1)]

    @cached_property
    def _keys(self) -> dict[str, str]:
        return {str(work["id"]): f"work{number:03}" for number, work in enumerate(self._works, 1)}

    @property
    def wanted(self) -> Printed:
        answer = self._sections["RESULT"]
        parser = _Html()
        parser.feed(_LINE_OF_ANSWER.sub("", answer) if "CITATIONS" in self._sections else answer)
        return tuple(parser.letters)

    @property
    def asks_for_position(self) -> bool:
        """Whether a citation says by itself that it comes after another of the same work, where it does not."""
        asked = self._sections.get("CITATION-ITEMS", "")
        return '"position"' in asked or '"near-note"' in asked

    def paragraphs(self) -> Nodes:
        """The citations in the order of the text, each in a paragraph of its own."""
        return [
            para([node("Cite", [self._citation(item, number) for item in cluster], [])])
            for number, cluster in enumerate(self._clusters(), 1)
        ]

    def _citation(self, item: dict[str, Any], number: int) -> Node:
        place = f", {{{item.get('label', 'page')} {item['locator']}}}" if item.get("locator") else ""
        return {
            "citationId": self._keys.get(str(item["id"]), "unknown"),
            "citationPrefix": text(str(item.get("prefix", ""))),
            "citationSuffix": text(place + str(item.get("suffix", ""))),
            "citationMode": {"t": "NormalCitation"},
            "citationNoteNum": number,
            "citationHash": 0,
        }

    def _clusters(self) -> list[list[dict[str, Any]]]:
        if "CITATIONS" in self._sections:
            return _final(json.loads(self._sections["CITATIONS"]))
        if "CITATION-ITEMS" in self._sections:
            clusters: list[list[dict[str, Any]]] = json.loads(self._sections["CITATION-ITEMS"])
            return clusters
        ids = [{"id": work["id"]} for work in self._works]
        return [[cited] for cited in ids] if self.asks_for_list else [ids]


def _final(steps: list[list[Any]]) -> list[list[dict[str, Any]]]:
    """The citations of a text that was changed step by step, as the last step leaves them."""
    named = {citation["citationID"]: citation["citationItems"] for citation, _, _ in steps if "citationID" in citation}
    last, before, behind = steps[-1]
    order = [*(name for name, _ in before), last.get("citationID", ""), *(name for name, _ in behind)]
    return [named.get(name) or last["citationItems"] for name in order]


class _Html(HTMLParser):
    """Reads the HTML of an answer into `letters`."""

    def __init__(self) -> None:
        super().__init__()
        self.letters: list[Letter] = []
        self._open: list[tuple[str, frozenset[str]]] = [("", frozenset())]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        marks, style = self._open[-1][1], dict(attrs).get("style") or ""
        if tag in _MARKS:
            marks ^= {_MARKS[tag]}
        for value, mark in (("font-style", "italic"), ("font-weight", "bold"), ("font-variant", "small")):
            if f"{value}:normal" in style:
                marks -= {mark}
        if "small-caps" in style:
            marks |= {"small"}
        if "baseline" in style:
            marks -= {"sup", "sub"}
        self._open.append((tag, marks))

    def handle_endtag(self, tag: str) -> None:
        while len(self._open) > 1 and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.letters.extend(_set(data, self._open[-1][1]))


def printed_text(tree: Any, marks: frozenset[str] = frozenset()) -> Printed:
    """What nodes print, with notes in their place."""
    if isinstance(tree, list):
        return tuple(letter for value in tree for letter in printed_text(value, marks))
    kind, content = tree["t"], tree.get("c")
    if kind == "Str":
        return _set(content, marks)
    if kind in _KINDS:
        return printed_text(content, marks ^ {_KINDS[kind]})
    if kind == "Quoted":
        opening, closing = _QUOTES[content[0]["t"]]
        return (*_set(opening, marks), *printed_text(content[1], marks), *_set(closing, marks))
    if kind in ("Span", "Link", "Cite", "Div"):
        return printed_text(content[1], marks)
    return printed_text(content, marks) if kind in ("Para", "Plain", "Note") else ()


def _set(words: str, marks: frozenset[str]) -> Printed:
    return tuple(Letter(sign, marks) for sign in words if not sign.isspace() and sign.isprintable())
