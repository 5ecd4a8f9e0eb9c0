"""Characters: those that cannot stand in any text, marks of direction that are not closed, and what each is called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from types import MappingProxyType

# What no XML file can hold (https://www.w3.org/TR/xml/#charsets): controls other than tab and line end, halves of
# pairs, noncharacters; separators of lines and paragraphs, which end a line in one format and not in another; and signs
# that stand for something outside the text.
_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufff9-\ufffc\ud800-\udfff"
    + "".join(chr(plane + 0xFFFE) + chr(plane + 0xFFFF) for plane in range(0, 0x110000, 0x10000))
    + "]"
)
# A character that is written as its number, as Markdown may have it.
_NUMBERED = re.compile(r"&#(?:[xX](?P<hexadecimal>[0-9a-fA-F]{1,6})|(?P<decimal>[0-9]{1,7}));")
# Unicode has no names for controls, only those that ISO 6429 gives them.
_CONTROLS = MappingProxyType(dict(enumerate((
    "NULL", "START OF HEADING", "START OF TEXT", "END OF TEXT", "END OF TRANSMISSION", "ENQUIRY", "ACKNOWLEDGE", "BELL",
    "BACKSPACE", "TABULATION", "LINE FEED", "LINE TABULATION", "FORM FEED", "CARRIAGE RETURN", "SHIFT OUT", "SHIFT IN",
    "DATA LINK ESCAPE", "DEVICE CONTROL ONE", "DEVICE CONTROL TWO", "DEVICE CONTROL THREE", "DEVICE CONTROL FOUR",
    "NEGATIVE ACKNOWLEDGE", "SYNCHRONOUS IDLE", "END OF TRANSMISSION BLOCK", "CANCEL", "END OF MEDIUM", "SUBSTITUTE",
    "ESCAPE", "FILE SEPARATOR", "GROUP SEPARATOR", "RECORD SEPARATOR", "UNIT SEPARATOR",
))) | {0x7F: "DELETE", 0x85: "NEXT LINE"})  # fmt: skip

# Marks that begin and end a run in a direction of its own (UAX #9, 2.1 to 2.5).
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CLOSES = MappingProxyType({"\u202c": "\u202a\u202b\u202d\u202e", "\u2069": "\u2066\u2067\u2068"})
_NOT_DRAWN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"})
# The other characters that leave no mark where a font lacks them: they choose a form of the one before them.
_STEERS = re.compile("[\u034f\u180b-\u180f\ufe00-\ufe0f\U000e0000-\U000e0fff]")
# The scripts that run from right to left (Bidi_Class R and AL), by their blocks.
BACK = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff"
"""The characters of scripts that run from right to left, for a class of a regular expression."""
_BACK = re.compile(f"[{BACK}]")
# Those, the scripts of India and South-East Asia, and what makes one sign of several emoji.
_REORDERED = re.compile(
    f"[{BACK}\u0900-\u109f\u1780-\u17ff\u1a20-\u1aaf\u1b00-\u1c4f\ua800-\uaaff"
    "\u200d\u20e3\ufe0f\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
)
_BLOCK = re.compile(r"(?:[^\n]+\n?)+")


def unfit_characters(text: str) -> Iterator[tuple[int, str]]:
    """The offset of each character that cannot stand in a text, in order, and the character.

    One that is written as its number (`&#11;`) counts where that number is written.
    """
    found = [(match.start(), match[0]) for match in _UNFIT.finditer(text)]
    for match in _NUMBERED.finditer(text) if "&#" in text else ():
        number = int(match["hexadecimal"], 16) if match["hexadecimal"] else int(match["decimal"])
        if number <= 0x10FFFF and _UNFIT.match(chr(number)):
            found.append((match.start(), chr(number)))
    return iter(sorted(found))


def loose_directions(text: str) -> Iterator[tuple[int, str]]:
    """The offset of each mark of direction that is not closed, or closes nothing, in its block, and the mark.

    A block ends at an empty line.
    """
    if not _DIRECTION.search(text):
        return
    for block in _BLOCK.finditer(text):
        loose: list[tuple[int, str]] = []
        for match in _DIRECTION.finditer(text, *block.span()):
            if loose and loose[-1][1] in _CLOSES.get(match[0], ""):
                loose.pop()
            else:
                loose.append((match.start(), match[0]))
        yield from loose


def is_drawn(character: str) -> bool:
    """Whether a font must have a character for it to be seen: no space, no control, no mark that steers others."""
    if character.isspace() or _STEERS.match(character):
        return False
    return unicodedata.category(character) not in _NOT_DRAWN


def runs_back(text: str) -> bool:
    """Whether any letter of a text is of a script that runs from right to left."""
    return bool(_BACK.search(text))


def is_drawn_in_order(text: str) -> bool:
    """Whether the signs of a text stand for its characters one after the other, from left to right."""
    return not _REORDERED.search(text)


def joins(text: str) -> bool:
    """Whether a text has signs that join, or letters with marks apart, so that it is seen right only as a whole."""
    return not text.isascii() and (not is_drawn_in_order(text) or any(map(unicodedata.combining, text)))


def name_of(character: str) -> str:
    """The number and the name of a character: "U+000B LINE TABULATION"; the number alone where it has no name."""
    number = ord(character)
    name = unicodedata.name(character, "") or _CONTROLS.get(number, "")
    return f"U+{number:04X} {name}".rstrip()
