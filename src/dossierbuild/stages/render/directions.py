"""The direction of text in a page: letters from right to left stand in an element that says so.

By the rules for plain text (UAX #9) a number, a comma or a bracket beside an Arabic or Hebrew name would go to its
other side: "محمد, 2001" in a Dutch sentence begins with the year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dossierbuild.core.characters import BACK, runs_back

# A run of words of such a script, with what stands between them that is of no script.
_OPENING, _CLOSING = "([{«", ")]}»"
_RUN = re.compile(rf"(?P<run>[{BACK}](?:(?:(?![{BACK}])[\W\d_])*[{BACK}])*)(?P<closing>[{re.escape(_CLOSING)}]*)")
_TOKEN = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][\w:-]*+)[^<>]*+>|[^<]+|<", re.DOTALL)
# What holds no text of the page, or draws it by rules of its own.
_APART = frozenset({"title", "style", "script", "svg", "math", "textarea", "option", "pre"})
# Blocks that have a direction of their own.
_BLOCK = re.compile(r"<(p)((?: [^<>]*)?)>(?=([^<]*(?:<(?!/?(?:p|li|dd|ul|ol|dl|div|table|blockquote)\b)[^<]*)*))")
_TAG = re.compile(r"<[^<>]*>")
_LETTER = re.compile(r"[^\W\d_]")
_OF_ITS_OWN = re.compile(r"\bdir=")


def directed(html: str) -> str:
    """The page with the direction of all that runs from right to left; any other page as it is.

    A paragraph or an item that is most of it of such a script gets `dir="rtl"`; elsewhere a run of its words is in a
    `span` that has it.
    """
    if not runs_back(html):
        return html
    return "".join(_with_runs(_BLOCK.sub(_with_direction, html)))


def _with_direction(found: re.Match[str]) -> str:
    tag, attributes, content = found.groups()
    letters = _LETTER.findall(_TAG.sub("", content))
    back = sum(map(runs_back, letters))
    if back * 2 <= len(letters) or not runs_back(letters[0]) or _OF_ITS_OWN.search(attributes):
        return found[0]
    return f'<{tag}{attributes} dir="rtl">'


def _with_runs(html: str) -> Iterator[str]:
    """The pieces of the page; a run in an element that already has a direction stays as it is."""
    apart: list[str] = []  # an element in which nothing changes, as often as it is open
    for token in _TOKEN.finditer(html):
        name, written = token["name"], token[0]
        if name and not written.endswith("/>"):
            if token["end"]:
                del apart[len(apart) - (name in apart) :]
            elif name in apart or (not apart and (name in _APART or ' dir="rtl"' in written)):
                apart.append(name)
        yield _RUN.sub(_directed_run, written) if not name and not apart else written


def _directed_run(found: re.Match[str]) -> str:
    """The run in its element, with the bracket at its end that closes one in it."""
    run, closing = found["run"], found["closing"]
    closes = closing[: max(0, sum(map(run.count, _OPENING)) - sum(map(run.count, _CLOSING)))]
    return f'<span dir="rtl">{run}{closes}</span>{closing[len(closes) :]}'
