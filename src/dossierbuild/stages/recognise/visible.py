"""The prose of a Markdown text, with all else blanked out: what is found in it stands at the same offset in the text."""

from __future__ import annotations

import re

HIDDEN = "\0"

# A backslash keeps the sign behind it from meaning anything.
_IN_BRACKETS = r"(?:[^\[\]\\]|\\.)*"
_NOT_PROSE = re.compile(
    rf"""
      \A---[ \t]*\n.*?^(?:---|\.\.\.)[ \t]*$                # front matter
    | ^[ ]*(?P<fence>```+|~~~+).*?(?:^[ ]*(?P=fence)|\Z)     # code
    | `[^`\n]+`
    | <!--.*?-->
    | ^\[(?!\^)[^\]\n]+\]:.*?$                               # the address of a link
    | (?<=\])\([^()]*(?:\([^()]*\)[^()]*)*\)
    | <[^<>\s]+>
    | (?:https?://|www\.)[^\s()]+
    | \[{_IN_BRACKETS}@{_IN_BRACKETS}\]                      # citations by key
    | (?<!\w)-?@\{{?\w[^\s\[\](){{}}]*\}}?(?:[ ]?\[{_IN_BRACKETS}\])?
    | \{{[^{{}}\n]*\}}                                       # attributes
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
_QUOTE_MARKS = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)


def visible_text(markdown: str) -> str:
    """The text with everything blanked out that is no prose, and with spaces for the marks before a quotation."""
    prose = _NOT_PROSE.sub(lambda found: re.sub(r"[^\n]", HIDDEN, found[0]), markdown)
    return _QUOTE_MARKS.sub(lambda found: " " * len(found[0]), prose)
