"""Straight quotation marks that are none: apostrophes, and the marks of feet and inches, of minutes and seconds.

pandoc takes a straight sign for a quotation mark wherever it can be one, and closes a quotation with any other.
"""

from __future__ import annotations

import re

from dossierbuild.core.catalogue import Language

# Lines of code between fences, code in a line, and formulas, in which a straight sign is a prime.
_CODE = (
    r"^ {0,3}```[^\n]*+\n(?:(?! {0,3}```)[^\n]*+\n)*+ {0,3}```[^\n]*+|`[^`\n]++`"
    r"|\$\$[^$]*+\$\$|\$(?=[^\s$])[^$\n]*+(?<=\S)\$"
)
_IN_PARAGRAPH = r"(?:[^{}\n]|\n(?![ \t]*+\n))*+"

# Before a clipped word ('s avonds, 't, 'n) or a year ('80); and 'n' between words, as in rock 'n' roll.
_APOSTROPHE = re.compile(
    rf"(?P<kept>{_CODE})"
    r"|(?P<and>(?<=[^\W\d_][ -])'n'(?=[ -][^\W\d_]))"
    r"|(?<![\w'’])'(?=(?:s|t|n|m|k|r|ns|er|ie)\b(?!')|[0-9]{2}\b(?!'(?!s\b)))",
    re.MULTILINE | re.IGNORECASE,
)
_DOUBLE = re.compile(rf'(?P<kept>{_CODE}|(?<!\w)"(?=\S){_IN_PARAGRAPH.format(chr(34))}")|(?<=\d)"(?!\w)', re.MULTILINE)
# What stands behind an opening single mark in its paragraph may hold the mark that closes it.
_SINGLE = re.compile(
    rf"(?P<kept>{_CODE}|(?<!\w)'(?=\S){_IN_PARAGRAPH.format('')})"
    r"|(?P<second>(?<=\d)''(?!['\w]))|(?<=\d)'(?=\d{1,2}″)|(?<=\d)'(?!['\w])",
    re.MULTILINE,
)
# Words that stand beside the letter 'n' when the letter is meant.
_OF_A_LETTER = frozenset(
    "de het een en of als met is van naar in op zonder dan door voor letter klank medeklinker teken symbool the a "
    "and or as with".split()
)
_BEFORE = re.compile(r"(?<!\w)(?P<word>\w++)[ -]\Z")
_BEHIND = re.compile(r"[ -](?P<word>\w++)")
_REACH = 40


def without_straight_signs(text: str, language: Language) -> str:
    """The text with each of those signs as ’, ′ or ″, but for those in code and formulas.

    A sign before a clipped word is an apostrophe in Dutch only. A sign behind a number is a measure unless a quotation
    is open in its paragraph.
    """
    if language is Language.NL:
        text = _APOSTROPHE.sub(_apostrophe, text)
    text = _DOUBLE.sub(lambda found: found["kept"] or "″", text)
    return _SINGLE.sub(lambda found: found["kept"] or ("″" if found["second"] else "′"), text)


def _apostrophe(found: re.Match[str]) -> str:
    if found["kept"] or not found["and"]:
        return found["kept"] or "’"
    before = _BEFORE.search(found.string[max(0, found.start() - _REACH) : found.start()])
    behind = _BEHIND.match(found.string[found.end() : found.end() + _REACH])
    beside = {found["word"].lower() for found in (before, behind) if found}
    return found[0] if beside & _OF_A_LETTER else found[0].replace("'", "’")
