"""What others have written as it is shown to people: nothing in it steers a terminal, and its length has an end."""

from __future__ import annotations

import re
from collections.abc import Sequence

LONGEST = 200
"""Characters of a value that stands in a message."""
FEW = 8
"""Names of many that stand in a message."""

# Controls, halves of pairs (which stand for bytes of a name that is no UTF-8), ends of lines and paragraphs, and the
# marks of UAX #9 that turn the text behind them round.
_STEERS = "\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
_NOT_IN_A_VALUE = re.compile(f"[\x00-\x1f{_STEERS}]")
_NOT_IN_A_TEXT = re.compile(f"[\x00-\x08\x0b-\x1f{_STEERS}]")


def legible(value: str) -> str:
    """A value on one line; what cannot stand there is shown as an escape: `\\x1b`, `\\n`, `\\u202e`."""
    return _NOT_IN_A_VALUE.sub(_escape, value)


def legible_lines(text: str) -> str:
    """A text of lines, of which the tabs and the line ends stay."""
    return _NOT_IN_A_TEXT.sub(_escape, text)


def legible_json(text: str) -> str:
    """A JSON text on one line, in which the same characters stand as escapes of JSON, which mean the same."""
    return _NOT_IN_A_VALUE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def shortened(value: str, longest: int = LONGEST) -> str:
    """A value of at most so many characters, with "…" for what was in its middle."""
    half = longest // 2
    return value if len(value) <= longest else f"{value[:half]}…{value[1 - half :]}"


def first_few(names: Sequence[str]) -> str:
    """The first of many names, and how many there are: "a, b, c, d, e, f, g, h, … (12)"."""
    return ", ".join(names) if len(names) <= FEW else f"{', '.join(names[:FEW])}, … ({len(names)})"


def _escape(match: re.Match[str]) -> str:
    return ascii(match[0])[1:-1]
