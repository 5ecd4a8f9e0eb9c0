"""A text of a book as lines: what it includes brought in, chunks as what is taken of them, code and formulas marked."""

from __future__ import annotations

import posixpath
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, count

from dossierbuild.core.foreign_references import own_id
from dossierbuild.core.problems import problem
from dossierbuild.stages.adopt.attributes import read_attributes, written
from dossierbuild.stages.adopt.book import FRONT_MATTER, TITLE_BLOCK
from dossierbuild.stages.adopt.chunks import HEAD, read_chunk, taken
from dossierbuild.stages.adopt.folder import Folder, is_text
from dossierbuild.stages.adopt.lines import Kind, Line, Taken, lines_of

_FENCE = re.compile(r"(?P<indent>[ \t]*+)(?P<marks>`{3,}+|~{3,}+)(?P<head>[^`\n]*+)\Z")
_INCLUDE = re.compile(r"[ \t]*\{\{<[ \t]*include[ \t](?P<path>[^<>{}]++)>\}\}[ \t]*\Z")
_RAW = re.compile(r"\{=(?P<format>[\w-]+)\}[ \t]*\Z")
_DISPLAY = re.compile(r"[ \t]*\$\$")
_ENVIRONMENT = re.compile(
    r"[ \t]*\\begin\{(?P<name>equation|align|eqnarray|gather|multline|displaymath|alignat|flalign)(?P<star>\*?)\}"
)
_LABEL = re.compile(r"\(\\#(?P<bookdown>[\w:.-]+)\)|\\label\{(?P<latex>[^{}\s]+)\}")
_NO_NUMBER = re.compile(r"\\(?:nonumber|notag)\b[ \t]*")
_BEHIND = re.compile(r"[ \t]*+(?P<braces>\{[^{}]*+\})?(?P<rest>[^\n]*+)")
_MOST_NESTED = 8


def read_text(folder: Folder, path: str, above: Sequence[str] = ()) -> Iterator[Taken]:
    """The lines of a text without its head, formulas and code marked as such.

    D829: a text that it includes is not there, or includes itself.
    """
    yield from _formulas(_without_code(folder, path, (*above, path)))


def _without_code(folder: Folder, path: str, above: Sequence[str]) -> Iterator[Taken]:
    text = folder.text(path)
    head = FRONT_MATTER.match(text) or TITLE_BLOCK.match(text)
    lines = deque(lines_of(path, text))
    for _ in range(head[0].count("\n") if head else 0):
        lines.popleft()
    unnamed, cells = count(1), count(1)
    while lines:
        line = lines.popleft()
        fence, include = _FENCE.match(line.text), _INCLUDE.match(line.text)
        if fence:
            yield from _fenced(line, fence, _up_to_end(lines, fence), folder, above, unnamed, cells)
        elif include:
            yield from _included(include["path"].strip(), line, folder, above)
        else:
            yield line


def _up_to_end(lines: deque[Line], fence: re.Match[str]) -> list[Line]:
    """The lines up to the fence that closes a block, which is taken away; all lines where nothing closes it."""
    closing = re.compile(rf"[ \t]*{re.escape(fence['marks'][0])}{{{len(fence['marks'])},}}[ \t]*\Z")
    inside = []
    while lines:
        line = lines.popleft()
        if closing.match(line.text):
            break
        inside.append(line)
    return inside


def _fenced(
    line: Line, fence: re.Match[str], body: list[Line], folder: Folder, above: Sequence[str],
    unnamed: Iterator[int], cells: Iterator[int],
) -> Iterator[Taken]:  # fmt: skip
    """What a block between fences becomes: code that is shown stays, code that ran and raw blocks do not."""
    head = fence["head"].strip()
    chunk_head, raw = HEAD.match(head), _RAW.match(head)
    if raw:
        yield from _raw_block(line, raw["format"], body)
    elif chunk_head:
        chunk = read_chunk(line, chunk_head, body, 0, next(cells))
        if not chunk.label:
            chunk = read_chunk(line, chunk_head, body, next(unnamed), chunk.cell)
        for child in chunk.children:
            yield from _included(child, line, folder, above)
        if not chunk.children:
            yield from taken(chunk, folder, above[0])
    else:
        language = next(iter(read_attributes(head).classes), "") if head.startswith("{") else head.split(" ")[0]
        yield line.saying(f"{fence['indent']}{fence['marks']}{language}", Kind.CODE)
        yield from (inner.saying(inner.text, Kind.CODE) for inner in body)
        yield line.saying(f"{fence['indent']}{fence['marks']}", Kind.CODE)


def _raw_block(line: Line, format: str, body: list[Line]) -> Iterator[Taken]:
    """HTML is read on as it is; what is for another format is for that format only (D820)."""
    if format.startswith("html"):
        yield from (line.saying(""), *body, line.saying(""))
    elif any(inner.text.strip() for inner in body):
        yield problem("D820", line.at(line.text.strip()), format=format)


def _included(written_path: str, line: Line, folder: Folder, above: Sequence[str]) -> Iterator[Taken]:
    path = folder.find(written_path, posixpath.dirname(above[-1]))
    if not path or not is_text(path) or path in above or len(above) > _MOST_NESTED:
        yield problem("D829", line.at(written_path), path=written_path)
    else:
        yield line.saying("")
        yield from _without_code(folder, path, (*above, path))
        yield line.saying("")


# --- formulas that stand alone ---------------------------------------------------------------------------------------


def _formulas(lines: Iterable[Taken]) -> Iterator[Taken]:
    """Displayed formulas as they are written here: between `$$`, with their name behind them."""
    rest = deque(lines)
    while rest:
        line = rest.popleft()
        opening = _opening(line) if isinstance(line, Line) and line.kind is Kind.TEXT else None
        if not isinstance(line, Line) or opening is None:
            yield line
            continue
        begin, end, frame = opening
        yield from _formula(line, begin, end, frame, rest)


def _opening(line: Line) -> tuple[int, str, str] | None:
    """Where the formula that a line opens begins, what closes it, and the environment that its lines need."""
    display, environment = _DISPLAY.match(line.text), _ENVIRONMENT.match(line.text)
    if display:
        return display.end(), "$$", ""
    if environment:
        name = environment["name"]
        frame = (
            "" if name in ("equation", "displaymath") else "gathered" if name in ("gather", "multline") else "aligned"
        )
        return environment.end(), f"\\end{{{name}{environment['star']}}}", frame
    if line.text.lstrip().startswith("\\["):
        return line.text.index("\\[") + 2, "\\]", ""
    return None


def _formula(line: Line, begin: int, end: str, frame: str, rest: deque[Taken]) -> Iterator[Taken]:
    """The lines of a formula; where nothing closes it the line stays as it is."""
    inside, behind = [line.saying(line.text[begin:])], None
    for further in chain((None,), rest):
        if further is not None:
            if not isinstance(further, Line) or further.kind is not Kind.TEXT or not further.text.strip():
                if end == "$$":
                    break
                if not isinstance(further, Line) or further.kind is not Kind.TEXT:
                    break
            inside.append(further)
        body, closing, after = inside[-1].text.partition(end)
        if closing:
            inside[-1], behind = inside[-1].saying(body), after
            break
    if behind is None:
        yield line
        return
    for _ in inside[1:]:
        rest.popleft()
    found = _BEHIND.match(behind)
    label = read_attributes(found["braces"]) if found and found["braces"] else None
    names = [match["bookdown"] or match["latex"] for inner in inside for match in _LABEL.finditer(inner.text)]
    name = own_id((label.id if label else "") or next(iter(names), ""))
    alt = label.values.get("alt", "") if label else ""
    body_lines = [inner.saying(_NO_NUMBER.sub("", _LABEL.sub("", inner.text)).rstrip(), Kind.MATHS) for inner in inside]
    if frame:
        body_lines = [
            line.saying(f"\\begin{{{frame}}}", Kind.MATHS),
            *body_lines,
            line.saying(f"\\end{{{frame}}}", Kind.MATHS),
        ]
    braces = written(name, alt=alt)
    closing_line = f"$${f' {braces}' if braces else ''}"
    if len(body_lines) == 1:
        yield line.saying(f"$${body_lines[0].text.strip()}{closing_line}", Kind.MATHS)
    else:
        yield line.saying("$$", Kind.MATHS)
        yield from (inner for inner in body_lines if inner.text.strip())
        yield inside[-1].saying(closing_line, Kind.MATHS)
    if found and found["rest"].strip():
        yield inside[-1].saying(found["rest"].strip())
