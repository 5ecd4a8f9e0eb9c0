"""A block of code as it came back: lines that are the same keep what is written for them."""

from __future__ import annotations

import difflib
import re

_MARGIN = re.compile(r"[>\s]*")
_FENCE = re.compile(r"[>\s]*(?:`{3,}|~{3,})")


def rewritten(source: str, returned: str) -> str:
    """A block of code between its fences, or behind the spaces that make it one, with the lines that came back.

    Lines are compared without their spaces, since some programs drop those that a line begins with, and empty lines. A
    line that changed has its own where it has any, else those of the line whose place it takes.
    """
    lines = source.split("\n")
    is_fenced = bool(_FENCE.match(lines[0]))
    before = lines[1:-1] if is_fenced else lines
    margin = _MARGIN.match(lines[0])
    assert margin
    after = returned.split("\n")
    body: list[str] = []
    matcher = difflib.SequenceMatcher(
        None, [_said(line.removeprefix(margin[0])) for line in before], [_said(line) for line in after], autojunk=False
    )
    has_lost_blanks = all(line.strip() for line in after)
    for tag, first, last, begin, end in matcher.get_opcodes():
        if tag == "equal":
            body += before[first:last]
            continue
        stood = before[first:last]
        if begin == end and has_lost_blanks and not any(line.strip() for line in stood):
            body += stood
        for at, line in enumerate(after[begin:end]):
            own = line if line[:1].isspace() or at >= len(stood) else _indented(line, stood[at].removeprefix(margin[0]))
            body.append(f"{margin[0]}{own}")
    return "\n".join([lines[0], *body, lines[-1]] if is_fenced else body)


def _said(line: str) -> str:
    return " ".join(line.split())


def _indented(line: str, like: str) -> str:
    """A line with the spaces that another begins with."""
    return like[: len(like) - len(like.lstrip())] + line
