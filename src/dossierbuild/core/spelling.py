"""Spelling: a text in the one form in which names and titles are kept and compared."""

from __future__ import annotations

import html
import re
import unicodedata

# An apostrophe inside a word, before a clipped word ('s avonds, 't, zo 'n) or before a year ('80).
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)|(?<![\w'])'(?=(?:[stnmkrd]|ns|er|ie|[0-9]{2})\b(?!'))", re.IGNORECASE)
# Signs as web pages write them, which catalogues pass on; but for those that would begin a tag.
_ENTITY = re.compile(r"&(?!lt|gt|#60|#62)(?:[A-Za-z]+|#[0-9]+);")
# The opening mark that word processors and TeX put before a clipped word: ‘t Hart, ‘s-Hertogenbosch.
_CLIPPED = re.compile(r"‘(?=[stn][\s-])")
_OPENING = re.compile(r"(?<!\w)'(?=[\w\"“«])")


def one_form(text: str) -> str:
    """A text on one line, composed (NFC), with an apostrophe as ’ wherever it cannot be a quotation mark."""
    composed = unicodedata.normalize("NFC", _ENTITY.sub(lambda match: html.unescape(match[0]), text))
    visible = "".join(sign if unicodedata.category(sign) not in ("Cc", "Cs") else " " for sign in composed)
    line = _CLIPPED.sub("’", " ".join(visible.split()))
    if "‘" in line:
        return line
    marked = _APOSTROPHE.sub("’", line.replace("’", "'"))
    return marked if _OPENING.search(marked) else marked.replace("'", "’")


def folded(text: str) -> str:
    """A text without capitals, accents, signs and markup, to compare by."""
    plain = unicodedata.normalize("NFKD", re.sub(r"<[^<>]*+>", "", text)).casefold()
    return "".join(sign for sign in plain if sign.isalnum())
