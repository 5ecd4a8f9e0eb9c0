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
_WORDS = rf"[{BACK}](?:(?:(?![{BACK}])(?:[^\w<>]|[\d_]))*+[{BACK}])*+"
_RUN = re.compile(rf"(?P<run>{_WORDS})(?P<closing>[{re.escape(_CLOSING)}]*)")
_TOKEN = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][\w:-]*+)[^<>]*+>|[^<]+|<", re.DOTALL)
# What stands inside a line of text, and runs of such words with nothing but that and spaces between them.
_INLINE = frozenset("a,abbr,b,bdi,cite,em,i,mark,q,s,small,span,strong,sub,sup,u".split(","))
_RUNS = re.compile(rf"{_WORDS}(?:\s*+<[^<>]*+>(?:\s|<[^<>]*+>)*+{_WORDS})*+")
# What holds no text of the page, or draws it by rules of its own.
_APART = frozenset({"title", "style", "script", "svg", "math", "textarea", "option", "pre"})
# Blocks that have a direction of their own, with what they begin with: an item or a cell may begin with a paragraph.
_BLOCK = re.compile(
    r"<(p|li|td|th|dt|dd|h[1-6]|caption|figcaption)((?: [^<>]*)?)>(?=\s*(?:<p\b[^<>]*>)?([^<]*(?:<"
    r"(?!/?(?:p|li|td|th|dt|dd|h[1-6]|ul|ol|dl|div|table|caption|figcaption|blockquote)\b)[^<]*)*))"
)
_TAG = re.compile(r"<[^<>]*>")
_LETTER = re.compile(r"[^\W\d_]")
_ADDRESS = re.compile(r"\bhttps?://[^\s<>]++")
_OF_ITS_OWN = re.compile(r"\bdir=")


def directed(html: str) -> str:
    """The page with the direction of all that runs from right to left; any other page as it is.

    A paragraph, an item, a cell or a heading that is most of it of such a script, addresses aside, gets `dir="rtl"`;
    elsewhere a run of its words is in a `span` that has it, with the emphasis and the links that are in it.
    """
    if not runs_back(html):
        return html
    return "".join(_with_runs(_BLOCK.sub(_with_direction, html)))


def _with_direction(found: re.Match[str]) -> str:
    tag, attributes, content = found.groups()
    letters = _LETTER.findall(_ADDRESS.sub("", _TAG.sub("", content)))
    back = sum(map(runs_back, letters))
    if back * 2 <= len(letters) or not runs_back(letters[0]) or _OF_ITS_OWN.search(attributes):
        return found[0]
    return f'<{tag}{attributes} dir="rtl">'


def _with_runs(html: str) -> Iterator[str]:
    """The pieces of the page; a run in an element that already has a direction stays as it is."""
    apart: list[str] = []  # an element in which nothing changes, as often as it is open
    line: list[str] = []  # text and what stands inside a line of it
    for token in _TOKEN.finditer(html):
        name, written = token["name"], token[0]
        if not apart and (not name or (name in _INLINE and ' dir="rtl"' not in written)):
            line.append(written)
            continue
        yield from _in_order("".join(line))
        line.clear()
        if name and not written.endswith("/>"):
            if token["end"]:
                del apart[len(apart) - (name in apart) :]
            elif name in apart or (not apart and (name in _APART or ' dir="rtl"' in written)):
                apart.append(name)
        yield written
    yield from _in_order("".join(line))


def _in_order(line: str) -> Iterator[str]:
    """A line with its runs in elements, those that markup stands in between together in one."""
    at = 0
    for runs in _RUNS.finditer(line):
        start, end = _with_their_tags(line, *runs.span()) if "<" in runs[0] else (0, 0)
        if at <= start < end:
            yield from _apart_from_tags(line[at:start])
            yield f'<span dir="rtl">{line[start:end]}</span>'
            at = end
    yield from _apart_from_tags(line[at:])


def _with_their_tags(line: str, start: int, end: int) -> tuple[int, int]:
    """Where runs begin and end with the tags around them that belong to those between them; (0, 0) without these."""
    opened, closed = 0, 0
    for tag in _TAG.findall(line[start:end]):
        if not tag.startswith("</"):
            opened += 1
        elif opened:
            opened -= 1
        else:
            closed += 1
    for _ in range(closed):
        before = line.rfind("<", 0, start) if line.startswith(">", start - 1) else -1
        if before < 0 or line.startswith("</", before):
            return 0, 0
        start = before
    for _ in range(opened):
        if not line.startswith("</", end):
            return 0, 0
        end = line.index(">", end) + 1
    return start, end


def _apart_from_tags(line: str) -> Iterator[str]:
    """The pieces of a line, each run in an element of its own."""
    for token in _TOKEN.finditer(line):
        yield token[0] if token["name"] else _RUN.sub(_directed_run, token[0])


def _directed_run(found: re.Match[str]) -> str:
    """The run in its element, with the bracket at its end that closes one in it."""
    run, closing = found["run"], found["closing"]
    closes = closing[: max(0, sum(map(run.count, _OPENING)) - sum(map(run.count, _CLOSING)))]
    return f'<span dir="rtl">{run}{closes}</span>{closing[len(closes) :]}'
