"""Texts of works in the one form that all formats of reference lists share."""

from __future__ import annotations

import html
import re
import unicodedata
from types import MappingProxyType

# An apostrophe inside a word, before a clipped word ('s avonds, 't, zo 'n) or before a year ('80).
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)|(?<![\w'])'(?=(?:[stnmkrd]|ns|er|ie|[0-9]{2})\b(?!'))", re.IGNORECASE)
# Signs as web pages write them, which catalogues pass on; but for those that would begin a tag.
_ENTITY = re.compile(r"&(?!lt|gt|#60|#62)(?:[A-Za-z]+|#[0-9]+);")
_OPENING = re.compile(r"(?<!\w)'(?=\w)")
_EMPHASIS = re.compile(r"(?<![\w*\\])(\*{1,2})(?=[^\s*])([^*]*[^\s*])\1(?![\w*])")

_LANGUAGES = MappingProxyType(
    {
        "nl-NL": "nl-nl dutch nederlands nld dut",
        "en-US": "en-us english american usenglish engels eng",
        "en-GB": "en-gb british ukenglish",
        "de-DE": "de-de german ngerman deutsch duits deu ger",
        "fr-FR": "fr-fr french français frans fra fre",
    }
)
_TAGS = MappingProxyType({name: tag for tag, names in _LANGUAGES.items() for name in names.split()})


def one_form(text: str) -> str:
    """A text on one line, composed (NFC), with an apostrophe as ’ wherever it cannot be a quotation mark."""
    composed = unicodedata.normalize("NFC", _ENTITY.sub(lambda match: html.unescape(match[0]), text))
    visible = "".join(sign if unicodedata.category(sign) not in ("Cc", "Cs") else " " for sign in composed)
    line = " ".join(visible.split())
    if "‘" in line:
        return line
    marked = _APOSTROPHE.sub("’", line.replace("’", "'"))
    return marked if _OPENING.search(marked) else marked.replace("'", "’")


def with_emphasis(text: str) -> str:
    """The stars of Markdown, which lists in YAML use for italic and bold, as the tags of CSL-JSON."""

    def tagged(match: re.Match[str]) -> str:
        tag = "i" if match.group(1) == "*" else "b"
        return f"<{tag}>{match.group(2)}</{tag}>"

    return _EMPHASIS.sub(tagged, text)


def language_tag(text: str) -> str:
    """The BCP 47 tag for a language by its name ("dutch", "Nederlands"); a tag stays as it is."""
    return _TAGS.get(text.casefold(), text)
