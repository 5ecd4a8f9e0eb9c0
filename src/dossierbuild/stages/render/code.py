"""Code as it is shown: a line of it is an element of its own, so that one that is broken goes on farther to the right.

pandoc numbers the lines of coloured code and gives each an address. These would be the same in every part of a
publication and lead nowhere, so they are taken out; the classes of what is coloured stay.
"""

from __future__ import annotations

import re

_END = "</code></pre>"
_OPENING = re.compile(r"<pre[^<>]*+><code[^<>]*+>")
_WRAPPER = re.compile(r'<div class="sourceCode[^"<>]*+" id="cb\d++"[^<>]*+>')
_LINE_NUMBER = re.compile(r'<span id="[^"<>]*+"><a href="#[^"<>]*+"[^<>]*+></a>')


def with_lines(body: str) -> str:
    """The HTML of a part with its blocks of code in lines."""
    *blocks, rest = body.split(_END)
    written, is_wrapped = [], False
    for block in blocks:
        at = block.rfind("<pre")
        opening = _OPENING.match(block, at) if at >= 0 else None
        if opening is None:
            written.append(f"{block}{_END}")
            continue
        wrapper = _wrapper(block, at)
        before = block.removeprefix("</div>" if is_wrapped else "")
        cut = len(block) - len(before)
        lines = "\n".join(_line(line) for line in block[opening.end() :].split("\n"))
        written += [before[: wrapper - cut], opening[0], lines, _END]
        is_wrapped = wrapper < at
    return "".join([*written, rest.removeprefix("</div>" if is_wrapped else "")])


def _wrapper(block: str, at: int) -> int:
    """Where the element of pandoc's begins that holds the code which begins at `at` alone; `at` where there is none."""
    start = block.rfind("<div", 0, at)
    return start if start >= 0 and _WRAPPER.fullmatch(block, start, at) else at


def _line(line: str) -> str:
    number = _LINE_NUMBER.match(line)
    shown = line[number.end() :].removesuffix("</span>") if number else line
    return f'<span class="code-line">{shown}</span>'
