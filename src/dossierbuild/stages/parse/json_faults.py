"""Where a JSON text goes wrong, by the grammar of RFC 8259: Python's versions each name another place for one fault."""

from __future__ import annotations

import re
from types import MappingProxyType

_SPACE = re.compile(r"[ \t\n\r]*")
_TOKEN = re.compile(
    r'"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*"'
    r"|(?P<bare>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|true|false|null|NaN|-?Infinity)"
    r"|[\[\]{}:,]"
)
_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)

# The signs with which a token may begin, by where the reader stands; `0` is any number or bare word.
_VALUE = '"0[{'
_KEY = '"'
_AFTER_OPENING = MappingProxyType({"[": f"{_VALUE}]", "{": f"{_KEY}}}"})
_AFTER_COMMA = MappingProxyType({"[": _VALUE, "{": _KEY})
_AFTER_VALUE = MappingProxyType({"[": ",]", "{": ",}", "": ""})
_KEYS = (_AFTER_OPENING["{"], _AFTER_COMMA["{"])


def fault_offset(text: str) -> int:
    """The offset of the first token that cannot stand where it does; behind the last one where more is needed.

    For a text that json refuses; names that Python's json takes for numbers (NaN, Infinity) are no fault here either.
    """
    opened, expected, end = "", _VALUE, 0
    while match := _TOKEN.match(text, _behind_space(text, end)):
        sign = "0" if match["bare"] else match[0][0]
        if sign not in expected:
            return match.start()
        end = match.end()
        if sign in "[{":
            opened += sign
            expected = _AFTER_OPENING[sign]
        elif sign == ",":
            expected = _AFTER_COMMA[opened[-1]]
        elif sign == ":":
            expected = _VALUE
        elif expected in _KEYS and sign == _KEY:
            expected = ":"
        else:
            opened = opened[:-1] if sign in "]}" else opened
            expected = _AFTER_VALUE[opened[-1:]]
    start = _behind_space(text, end)
    return start if start < len(text) else end


def _behind_space(text: str, offset: int) -> int:
    match = _SPACE.match(text, offset)
    return match.end() if match else offset


def deep_offset(text: str, limit: int) -> int | None:
    """The offset of the first bracket inside `limit` others; None when nothing stands that deep."""
    depth = 0
    for match in _BRACKET.finditer(text):
        depth += (match[0] in "[{") - (match[0] in "]}")
        if depth > limit:
            return match.start()
    return None
