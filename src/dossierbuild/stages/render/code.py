"""Code as it is shown: a line of it is an element of its own, so that one that is broken goes on farther to the right.

pandoc numbers the lines of coloured code and gives each an address. These would be the same in every part of a
publication and lead nowhere, so they are taken out; the classes of what is coloured stay.
"""

from __future__ import annotations

import re

_BLOCK = re.compile(
    r'(?P<opening>(?:<div class="sourceCode[^"]*" id="cb\d+"[^>]*>)?+<pre[^>]*><code[^>]*>)(?P<code>.*?)</code></pre>'
    r"(?P<closing>(?:</div>)?)",
    re.DOTALL,
)
_WRAPPER = re.compile(r'<div class="sourceCode[^"]*" id="cb\d+"[^>]*>')
_LINE_NUMBER = re.compile(r'<span id="[^"]*-\d+"><a href="#[^"]*-\d+"[^>]*></a>(?P<line>.*)</span>\Z')


def with_lines(body: str) -> str:
    """The HTML of a part with its blocks of code in lines."""
    return _BLOCK.sub(_block, body) if "<pre" in body else body


def _block(found: re.Match[str]) -> str:
    wrapper = _WRAPPER.match(found["opening"])
    lines = "\n".join(_line(line) for line in found["code"].split("\n"))
    opening, closing = found["opening"], found["closing"]
    if wrapper:
        opening, closing = opening[wrapper.end() :], ""
    return f"{opening}{lines}</code></pre>{closing}"


def _line(line: str) -> str:
    numbered = _LINE_NUMBER.match(line)
    return f'<span class="code-line">{numbered["line"] if numbered else line}</span>'
