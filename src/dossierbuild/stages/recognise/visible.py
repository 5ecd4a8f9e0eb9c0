"""The prose of a file, with all else blanked out: what is found in it stands at the same offset in the file."""

from __future__ import annotations

import dataclasses
import functools
import re
from types import MappingProxyType

from dossierbuild.core.model import InfographicText
from dossierbuild.tools.yamlfile import read_yaml

HIDDEN = "\0"

# A backslash keeps the sign behind it from meaning anything. Nothing goes back over what it has taken (`*+`), so that
# no text takes longer than it is long.
_IN_BRACKETS = r"(?:[^\[\]\\]|\\.)*+"
_UP_TO_KEY = r"(?:[^\[\]\\@]|\\.)*+"
_NOT_PROSE = re.compile(
    rf"""
      \A\ufeff?---[ \t]*\n.*?^(?:---|\.\.\.)[ \t]*$        # front matter
    | ^[ ]*(?P<fence>```+|~~~+).*?(?:^[ ]*(?P=fence)|\Z)     # code
    | `[^`\n]+`
    | <!--(?:(?!-->).)*+(?:-->|\Z)
    | ^\[(?!\^)[^\]\n]+\]:.*?$                               # the address of a link
    | (?<=\])\([^()]*+(?:\([^()]*+\)[^()]*+)*+\)
    | <[^<>\s]+>
    | (?:https?://|www\.)(?:[^\s()]|\([^\s()]*\))+
    | \[{_UP_TO_KEY}@{_IN_BRACKETS}\]                        # citations by key
    | (?<!\w)-?@\{{?\w[^\s\[\](){{}}]*\}}?(?:[ ]?\[{_IN_BRACKETS}\])?
    | \{{[^{{}}\n]*\}}                                       # attributes
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
_ENTITIES = MappingProxyType({"&amp;": "&    ", "&nbsp;": "      "})
_QUOTE_MARKS = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)


def visible_text(markdown: str) -> str:
    """The text with everything blanked out that is no prose, and with spaces for the marks before a quotation."""
    prose = _NOT_PROSE.sub(lambda found: re.sub(r"[^\n]", HIDDEN, found[0]), markdown.replace("\r", " "))
    for entity, sign in _ENTITIES.items():
        prose = prose.replace(entity, sign)
    return _QUOTE_MARKS.sub(lambda found: " " * len(found[0]), prose)


def visible_panels(yaml: str, infographic: InfographicText) -> str:
    """The YAML with everything blanked out but the texts of the panels, as far as they stand there as they are read."""
    document = read_yaml(yaml)
    starts = [0, *(found.end() for found in re.finditer("\n", yaml))]
    values = dataclasses.asdict(infographic.spec)
    visible = list(re.sub(r"[^\n]", HIDDEN, yaml))
    for path, _ in infographic.texts:
        steps = tuple(int(step) if step.isdigit() else step for step in path.split("/"))
        line, column = document.place(steps)
        value = functools.reduce(lambda inner, step: inner[step], steps, values)  # type: ignore[index]
        found = _as_written(str(value)).search(yaml, starts[line - 1] + column - 1)
        if found:
            # The sign before a text (a quotation mark, a space) is where a word ends.
            visible[found.start() - 1 : found.end()] = f" {visible_text(found[0])}"
    return "".join(visible)


def _as_written(value: str) -> re.Pattern[str]:
    """A text as YAML may hold it: on several lines, with quotation marks doubled or behind a backslash."""
    pieces = [re.escape(word).replace("'", "'{1,2}").replace('"', r'\\?"') for word in value.split()]
    return re.compile(r"\s+".join(pieces))
