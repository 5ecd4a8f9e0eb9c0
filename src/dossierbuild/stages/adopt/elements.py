"""HTML and LaTeX that runs over several lines: comments, elements and environments, taken out whole or unwrapped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from types import MappingProxyType
from urllib.parse import quote

from dossierbuild.core.problems import Problem, problem
from dossierbuild.stages.adopt.attributes import written
from dossierbuild.stages.adopt.chunks import figure_id, table_id
from dossierbuild.stages.adopt.lines import CODE, Kind, Line, Taken, excerpt_of
from dossierbuild.stages.adopt.tables import rows_of_html, rows_of_tex

_OPENING = re.compile(
    r"<!--|<(?P<tag>script|style|iframe|video|audio|table|svg|object|form|noscript|canvas|math)\b[^<>]*+>"
    r"|\\begin\{(?P<name>[A-Za-z]+\*?)\}(?:\[[^\[\]]*+\])?",
    re.IGNORECASE,
)
# Environments that say how their words are laid out, and nothing else.
_LAYOUT = frozenset(
    "center flushleft flushright landscape minipage spacing singlespace doublespace onehalfspace small footnotesize "
    "scriptsize adjustwidth sloppypar samepage CSLReferences".split()
)
_BOXES = MappingProxyType(
    {"quote": "quote", "quotation": "quote", "framed": "attention", "shaded": "attention", "tcolorbox": "attention",
     "mdframed": "attention", "kader": "attention", "definition": "definition"}
)  # fmt: skip
_ITEMS = MappingProxyType({"itemize": "- ", "enumerate": "1. ", "description": "- "})
_ITEM = re.compile(r"^\s*\\item\b\s*(?:\[([^\[\]]*+)\]\s*)?")
_GRAPHICS = re.compile(r"\\includegraphics(?:\[[^\[\]]*+\])?\{([^{}]+)\}")
_CAPTION = re.compile(r"\\caption(?:\[[^\[\]]*+\])?\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*+\})*+\})*+)\}")
_LABEL = re.compile(r"\\label\{([^{}]+)\}|\(\\#([\w:.-]+)\)")
_HTML_CAPTION = re.compile(r"<caption\b[^<>]*+>(.*?)(?:</caption>|\Z)", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*+>")
_ID = re.compile(r"\bid\s*=\s*[\"']?([\w:.-]+)")
_CODE = re.compile(CODE)
_TABLES = frozenset("table tabular longtable tabularx sidewaystable".split())
_MOST_NESTED = 20


def without_elements(taken: Iterable[Taken], depth: int = 0) -> Iterator[Taken]:
    """The lines without comments (D830), without elements and environments that hold what Markdown does not (D815), and
    without the frame of those that hold text.

    Simple tables become tables; others, and figures, leave their caption and their name.
    """
    rest = iter(taken)
    for line in rest:
        if isinstance(line, Line) and line.kind is Kind.TEXT and depth < _MOST_NESTED:
            yield from _line(line, rest, depth)
        else:
            yield line


def _line(line: Line, rest: Iterator[Taken], depth: int) -> Iterator[Taken]:
    """A line with what begins in it, which may take further lines; nothing where it held no more than that."""
    held = bool(line.text.strip())
    while opening := _first(line.text):
        inside, behind, told = _up_to(line.saying(line.text[opening.end() :]), _closing(opening), rest)
        yield from told
        said = tuple(_said(line, opening, inside))
        before = line.saying(line.text[: opening.start()])
        yield from (found for found in said if isinstance(found, Problem))
        words = [words for words in said if isinstance(words, Line)]
        if not words and behind.place == line.place:
            line = line.saying(before.text + behind.text)
            continue
        if before.text.strip():
            yield before
        yield from without_elements(words, depth + 1)
        line = behind
    if line.text.strip() or not held:
        yield line


def _first(text: str) -> re.Match[str] | None:
    """The first thing in a line that opens something, outside code."""
    code = [match.span() for match in _CODE.finditer(text)]
    found = _OPENING.finditer(text)
    return next((match for match in found if not any(start <= match.start() < end for start, end in code)), None)


def _closing(opening: re.Match[str]) -> re.Pattern[str]:
    if opening["name"]:
        return re.compile(rf"\\end\{{{re.escape(opening['name'])}\}}")
    return re.compile(rf"</{opening['tag']}\s*>" if opening["tag"] else "-->", re.IGNORECASE)


def _up_to(line: Line, closing: re.Pattern[str], rest: Iterator[Taken]) -> tuple[list[Line], Line, list[Problem]]:
    """The lines up to what closes an element, the rest of the line behind it, and problems on the way.

    Where nothing closes it, it ends with the text.
    """
    inside: list[Line] = []
    told: list[Problem] = []
    current: Taken | None = line
    while current is not None:
        if isinstance(current, Line):
            end = closing.search(current.text) if current.kind is Kind.TEXT else None
            if end:
                inside.append(current.saying(current.text[: end.start()]))
                return inside, current.saying(current.text[end.end() :]), told
            inside.append(current)
        else:
            told.append(current)
        current = next(rest, None)
    return inside, inside[-1].saying(""), told


def _said(line: Line, opening: re.Match[str], inside: list[Line]) -> Iterator[Taken]:
    """What an element or environment leaves: lines in its place, or problems that say what is gone."""
    place = line.at(opening[0])
    body = "\n".join(inner.text for inner in inside)
    name = (opening["name"] or "").rstrip("*")
    if opening[0] == "<!--":
        if body.strip():
            yield problem("D830", place, excerpt=excerpt_of(body))
    elif name in _LAYOUT:
        yield problem("D818", place, excerpt=opening[0])
        yield from (line.saying(""), *inside, line.saying(""))
    elif name in _BOXES:
        yield from (line.saying(""), line.saying(f"::: {_BOXES[name]}"), *inside, line.saying(":::"), line.saying(""))
    elif name in _ITEMS:
        yield line.saying("")
        yield from _items(inside, _ITEMS[name])
        yield line.saying("")
    elif name in ("figure", "wrapfigure", "SCfigure") and _GRAPHICS.search(body):
        yield from _figure(line, body)
    elif opening["tag"] and opening["tag"].lower() == "style" and not body.strip():
        return
    elif rows := _rows(opening, name, body):
        yield from _simple_table(line, opening[0], body, rows)
    else:
        yield problem("D815", place, excerpt=excerpt_of(opening[0]))
        if name in _TABLES or opening[0].lower().startswith("<table"):
            yield from _table(line, opening[0], body)


def _items(inside: list[Line], mark: str) -> Iterator[Line]:
    for line in inside:
        words = _ITEM.sub(lambda item: f"{mark}**{item[1]}** " if item[1] else mark, line.text)
        indented = words.startswith(mark) or not words.strip()
        yield line.saying(words if indented else f"{' ' * len(mark)}{words.strip()}")


def _caption(body: str) -> tuple[str, str]:
    """The caption of an element or environment, and the name that it is referred to by."""
    caption = _CAPTION.search(body) or _HTML_CAPTION.search(body)
    label = _LABEL.search(body)
    words = " ".join(_TAG.sub("", _LABEL.sub("", caption[1])).split()) if caption else ""
    return words, (label[1] or label[2]).rpartition(":")[2] if label else ""


def _figure(line: Line, body: str) -> Iterator[Line]:
    caption, label = _caption(body)
    paths = [quote(path.strip(), safe="/:") for path in _GRAPHICS.findall(body)]
    pictures = [f"![{caption}]({path}){written(figure_id(label))}" for path in paths[:1]]
    pictures += [f"![]({path})" for path in paths[1:]]
    yield from (line.saying(words) for picture in pictures for words in ("", picture, ""))


def _rows(opening: re.Match[str], name: str, body: str) -> list[str]:
    """The lines of a table in Markdown, where an element or environment is a simple one."""
    if name in _TABLES:
        return rows_of_tex(f"{opening[0]}{body}\\end{{{opening['name']}}}")
    return rows_of_html(body) if (opening["tag"] or "").lower() == "table" else []


def _simple_table(line: Line, opening: str, body: str, rows: list[str]) -> Iterator[Line]:
    caption, name = _named(opening, body)
    below = ("", f": {caption} {written(name)}".rstrip()) if caption or name else ()
    yield from (line.saying(words) for words in ("", *rows, *below, ""))


def _named(opening: str, body: str) -> tuple[str, str]:
    """The caption of a table and its name as a dossier has it."""
    caption, label = _caption(body)
    found = _ID.search(opening)
    return caption, table_id(label or (found[1] if found else ""))


def _table(line: Line, opening: str, body: str) -> Iterator[Line]:
    caption, name = _named(opening, body)
    said = ("", f":::::: {written(name, ['missing-table'])}", caption, "::::::", "")
    yield from (line.saying(words) for words in said)
