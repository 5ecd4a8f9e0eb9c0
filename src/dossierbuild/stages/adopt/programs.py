"""What a program would put into a text: texts that are called by name, shortcodes, and code within a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.problems import Problem, problem
from dossierbuild.stages.adopt.attributes import read_attributes, written
from dossierbuild.stages.adopt.book import Book
from dossierbuild.stages.adopt.chunks import Unknown, value_of
from dossierbuild.stages.adopt.folder import as_dict
from dossierbuild.stages.adopt.lines import AS_TYPED, Kind, Line, Spot, Taken, edited, excerpt_of, outside_code

_TEXT_REFERENCE = re.compile(r"[ \t]*\(ref:(?P<name>[\w.-]+)\)[ \t]+(?P<words>\S.*)\Z")
_CALL = re.compile(r"\(ref:([\w.-]+)\)")
_TABLE_NAME = re.compile(r"[ \t]*+(?:Table|Tabel)?:[ \t]*+\(\\#tab:(?P<name>[\w.-]++)\)(?P<words>[^\n]*+)\Z")
_TABLE_CAPTION = re.compile(r"[ \t]*+(?:[Tt]able|[Tt]abel)?:[ \t]")

_RUN = re.compile(r"`\{?(?P<engine>r|python|julia|ojs)\}?[ \t]++(?P<code>[^`]*+)`")
_REFERENCES = re.compile(r"#\s*(?:References|Referenties|Literatuur\w*|Bibliograf\w+|Bronnen)", re.IGNORECASE)
_PARAMETER = re.compile(
    r"(?:rmarkdown::metadata|params)\$(?P<name>[\w.]+)\Z|params\[\[[\"'](?P<quoted>[\w.-]+)[\"']\]\]\Z"
)
_SHORTCODE = re.compile(
    AS_TYPED + r"\{\{<[ \t]*+(?P<name>/?[\w.-]++)(?P<rest>[^<>{}]*+)>\}\}",
    re.DOTALL,
)
_WORD = re.compile(r"\"[^\"]*+\"|'[^']*+'|[^\s\"']++")


# --- text references and captions of bookdown ------------------------------------------------------------------------


def text_references(taken: Iterable[Taken]) -> FrozenMap[str, str]:
    """The texts that are named with `(ref:name)` at the beginning of a line, by their names."""
    lines = (line for line in taken if isinstance(line, Line) and line.kind is Kind.TEXT)
    matches = (match for line in lines if (match := _TEXT_REFERENCE.match(line.text)))
    return FrozenMap((match["name"], match["words"].strip()) for match in matches)


def with_text_references(taken: Iterable[Taken], texts: FrozenMap[str, str]) -> Iterator[Taken]:
    """The lines with these texts where they are called, and without those that name them."""
    for line in taken:
        if not isinstance(line, Line) or line.kind is not Kind.TEXT:
            yield line
        elif not _TEXT_REFERENCE.match(line.text):
            yield line.saying(_CALL.sub(lambda call: texts.get(call[1], call[0]), line.text))


def table_captions(taken: Iterable[Taken]) -> Iterator[Taken]:
    """The captions of tables with their names in braces behind them."""
    for line in taken:
        yield _table_caption(line) if isinstance(line, Line) and line.kind is Kind.TEXT else line


def _table_caption(line: Line) -> Line:
    named = _TABLE_NAME.match(line.text)
    if named:
        name = written(f"tbl-{named['name']}")
        return line.saying(f": {named['words'].strip()} {name}")
    begin = line.text.rfind("{")
    if begin < 0 or not line.text.rstrip().endswith("}") or not _TABLE_CAPTION.match(line.text):
        return line
    name = read_attributes(line.text[begin:]).id.removeprefix("tbl").removeprefix("tab").lstrip(":-")
    return line.saying(f"{line.text[:begin].rstrip()} {written(f'tbl-{name}') if name else ''}".rstrip())


# --- what a program would put into a sentence ------------------------------------------------------------------------


def without_programs(taken: Iterable[Taken], book: Book) -> Iterator[Taken]:
    """The lines with what shortcodes and inline code say where the settings have it.

    D811: code that is worked out in a sentence stays behind `??`. D818, D819: a shortcode is left out.
    """
    ran = edited(taken, _runs, partial(_run, book))
    return edited(ran, outside_code(_SHORTCODE), partial(_shortcode, book))


def _runs(text: str) -> Iterator[tuple[int, int, re.Match[str]]]:
    return ((match.start(), match.end(), match) for match in _RUN.finditer(text))


def _run(book: Book, found: re.Match[str], spot: Spot) -> Iterator[str | Problem]:
    code = found["code"].strip()
    asked = _PARAMETER.match(code)
    name = (asked["name"] or asked["quoted"]) if asked else ""
    value = as_dict(book.settings.get("params")).get(name) if name else None
    value = value.get("value") if isinstance(value, dict) else value
    if value is None and name and "metadata" in code:
        value = book.settings.get(name)
    value = value_of(code) if value is None else value
    if isinstance(value, str | int | float) and not isinstance(value, Unknown):
        yield str(value)
    elif _REFERENCES.search(code):
        yield problem("D818", spot.place(found[0]), excerpt=excerpt_of(found[0]))
    else:
        yield problem("D811", spot.place(found[0]), excerpt=excerpt_of(code))
        yield f"`?? {code}`"


def _shortcode(book: Book, found: re.Match[str], spot: Spot) -> Iterator[str | Problem]:
    name, words = found["name"], [word.strip("\"'") for word in _WORD.findall(found["rest"])]
    first = words[0] if words else ""
    value = _value(book.variables if name == "var" else _metadata(book), first) if name in ("var", "meta") else None
    place, said = spot.place(found[0]), excerpt_of(f"{name}{found['rest']}")
    if value is not None:
        yield str(value)
    elif name in ("pagebreak", "bibliography"):
        yield problem("D818", place, excerpt=said)
    elif name == "kbd":
        yield f"`{first}`"
    else:
        yield problem("D819", place, excerpt=said)
        if first.startswith("https://"):
            yield f"<{first}>"


def _metadata(book: Book) -> dict[str, Any]:
    return {key: setting.value for key, setting in book.settings.by_key.items()}


def _value(said: Any, path: str) -> Any:
    """The value at a path with points between its steps, where it can be printed."""
    for step in path.split("."):
        said = said.get(step) if isinstance(said, dict) else None
    return said if isinstance(said, str | int | float) else None
