"""Code that made part of a book: what it says about its figures and tables, and what can be taken in its place.

Nothing is run. A chunk is the code between fences that knitr or Jupyter runs, with its options in its head or behind
`#|`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from dossierbuild.core.folder import PICTURE_SUFFIXES
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.natural_order import natural_order
from dossierbuild.core.problems import problem
from dossierbuild.stages.adopt.attributes import balanced_end, written
from dossierbuild.stages.adopt.folder import Folder, as_list
from dossierbuild.stages.adopt.lines import Kind, Line, Taken
from dossierbuild.tools.yamlfile import YamlError, read_yaml

HEAD = re.compile(r"\{[ \t]*(?P<engine>[A-Za-z][\w-]*)(?P<options>[\s,][^\n]*)?\}\s*\Z")
MISSING = "about:missing"
"""The path of a figure that is not there."""

_DRAWN = frozenset({"mermaid", "dot", "graphviz", "tikz", "plantuml"})
_NO_PROGRAM = frozenset({"css", "scss", "js", "cat", "comment", "include"})
_BOXED = frozenset({"block", "block2"})
_TABLE = re.compile(
    r"\b(?:kable|kbl|gt|flextable|qflextable|datatable|reactable|tbl_summary|huxtable|hux|tt|pander|pandoc\.table"
    r"|xtable|stargazer|modelsummary|as_flextable|regulartable)\s*\("
)
_GRAPHICS = re.compile(r"\binclude_graphics\s*\(")
_CAPTION = re.compile(r"\bcaption\s*=\s*(?=[\"'])")
_TEXT = re.compile(r"\"(?P<double>(?:[^\"\\]|\\.)*+)\"|'(?P<single>(?:[^'\\]|\\.)*+)'", re.DOTALL)
_COMMENT = re.compile(r"^[ \t]*(?:#|//|%%|--)\|[ ]?(?P<yaml>[^\n]*)$", re.MULTILINE)
_PATH_CALL = re.compile(r"(?:here::here|here|file\.path|paste0|path)\s*\(")
_FALSE = (False, "F", "FALSE", "false", "no")
_NAMES = MappingProxyType({"fig-caption": "fig-cap", "tab-cap": "tbl-cap", "out-width": "width"})


class Unknown(str):
    """An option whose value only the program of the code knows; the text is as it was typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """A chunk: its first line, what runs it, its label and options, and its code.

    `number` counts the chunks of the text that have no label, `cell` all of them, as the files of figures do.
    """

    line: Line
    engine: str
    label: str
    options: FrozenMap[str, Any]
    code: str
    number: int
    cell: int

    def says(self, name: str) -> str:
        """An option as one text; empty where it is not known."""
        value = self.options.get(name)
        return " ".join(value.split()) if isinstance(value, str) and not isinstance(value, Unknown) else ""

    def is_off(self, name: str) -> bool:
        return self.options.get(name) in _FALSE

    @property
    def is_hidden(self) -> bool:
        """Whether readers get nothing of it."""
        hides = self.options.get("results") in ("hide",) and self.options.get("fig-show") == "hide"
        return self.is_off("include") or self.engine in _NO_PROGRAM or hides

    @property
    def children(self) -> tuple[str, ...]:
        """The texts that it brings in."""
        return tuple(str(name) for name in as_list(self.options.get("child")) if not isinstance(name, Unknown))


def read_chunk(line: Line, head: re.Match[str], body: Sequence[Line], number: int, cell: int) -> Chunk:
    """A chunk from its head and the lines up to its closing fence."""
    code = "\n".join(inner.text for inner in body)
    label, options = _of_head(head["options"] or "")
    options |= _of_comments(code)
    named = str(options.pop("label", "") or label)
    return Chunk(
        line=line, engine=head["engine"].lower(), label=named, options=FrozenMap(options), code=code,
        number=number, cell=cell,
    )  # fmt: skip


def _of_head(text: str) -> tuple[str, dict[str, Any]]:
    label, options = "", {}
    for item in _parts(text):
        name, equals, value = item.partition("=")
        if equals and re.fullmatch(r"[\w.-]+", name.strip()):
            options[_name(name)] = value_of(value.strip())
        elif not label:
            label = item.strip().strip("\"'")
    return label, options


def _name(text: str) -> str:
    name = text.strip().replace(".", "-").lower()
    return _NAMES.get(name, name)


def _parts(text: str) -> Iterator[str]:
    """What stands between the commas that are in no bracket and no quotes."""
    part, depth, quote = "", 0, ""
    for sign in f"{text},":
        if quote:
            quote = "" if sign == quote and not part.endswith("\\") else quote
        elif sign in "\"'":
            quote = sign
        elif sign in "([{":
            depth += 1
        elif sign in ")]}":
            depth -= 1
        if sign == "," and not quote and depth <= 0:
            if part.strip():
                yield part.strip()
            part = ""
        else:
            part += sign


def value_of(text: str) -> Any:
    """A value of R that is written out: a text, a truth value, or several texts; else it is unknown."""
    whole = _TEXT.fullmatch(text)
    if whole:
        return _said(whole)
    if text in ("TRUE", "T", "FALSE", "F"):
        return text in ("TRUE", "T")
    if re.fullmatch(r"c\s*\((?s:.*)\)", text):
        inner = list(_parts(text[text.index("(") + 1 : -1]))
        matches = [_TEXT.fullmatch(item) for item in inner]
        if all(matches):
            return [_said(match) for match in matches if match]
    return text if re.fullmatch(r"[\d.]+", text) else Unknown(text)


def _said(match: re.Match[str]) -> str:
    words = match["double"] if match["double"] is not None else match["single"]
    return re.sub(r"\\(.)", lambda sign: {"n": "\n", "t": " "}.get(sign[1], sign[1]), words, flags=re.DOTALL)


def _of_comments(code: str) -> dict[str, Any]:
    """The options behind `#|`, which are YAML, or else in the form of a head."""
    lines = [match["yaml"] for match in _COMMENT.finditer(code)]
    try:
        said = read_yaml("\n".join(lines)).value
    except YamlError:
        said = None
    if isinstance(said, Mapping):
        return {_name(key): value for key, value in said.items()}
    return _of_head(",".join(lines))[1]


# --- what comes in its place -----------------------------------------------------------------------------------------


def taken(chunk: Chunk, folder: Folder, text: str) -> Iterator[Taken]:
    """What can be taken of a chunk in the file `text`: its figures, its words, or its code where it is to be read.

    D808: it is left out. D809: its figure is not there. D810: what it makes is a table.
    """
    line = chunk.line
    if chunk.engine == "asis":
        yield from _plain(line, chunk.code)
        return
    if chunk.engine in _BOXED:
        kind = chunk.says("type") or "note"
        yield from _plain(line, f"::: {{.{kind}}}\n{chunk.code}\n:::")
        return
    pictures = () if chunk.is_hidden else _pictures(chunk, folder, text)
    name = chunk.label or chunk.engine
    if pictures or (_is_figure(chunk) and not chunk.is_hidden):
        if not pictures or MISSING in pictures:
            yield problem("D809", line.at(line.text.strip()), name, label=name)
        yield from _plain(line, _figure(chunk, pictures or (MISSING,)))
    elif _is_table(chunk) and not chunk.is_hidden:
        yield problem("D810", line.at(line.text.strip()), name, label=name)
        yield from _plain(
            line, f":::::: {written(table_id(chunk.label), ['missing-table'])}\n{_table_caption(chunk)}\n::::::"
        )
    elif chunk.is_off("eval") and not chunk.is_off("echo") and not chunk.is_hidden:
        yield from (line.saying(words, Kind.CODE) for words in ("```" + chunk.engine, *_shown(chunk), "```"))
    else:
        yield problem("D808", line.at(line.text.strip()), name, label=name)


def _plain(line: Line, text: str) -> Iterator[Line]:
    """A text with nothing beside it, as lines that come from one line."""
    yield from (line.saying(words, Kind.TEXT) for words in ("", *text.split("\n"), ""))


def _shown(chunk: Chunk) -> list[str]:
    return [words for words in chunk.code.split("\n") if not _COMMENT.match(words)]


def _is_figure(chunk: Chunk) -> bool:
    return (
        bool(as_list(chunk.options.get("fig-cap")))
        or chunk.label.startswith("fig-")
        or chunk.engine in _DRAWN
        or bool(_GRAPHICS.search(chunk.code))
    )


def _is_table(chunk: Chunk) -> bool:
    return "tbl-cap" in chunk.options or chunk.label.startswith("tbl-") or bool(_TABLE.search(chunk.code))


def figure_id(label: str) -> str:
    return label if label.startswith("fig-") or not label else f"fig-{label}"


def table_id(label: str) -> str:
    return label if label.startswith("tbl-") or not label else f"tbl-{label}"


def _figure(chunk: Chunk, pictures: Sequence[str]) -> str:
    """The Markdown of a chunk's pictures: one with its caption, or several under one caption."""
    captions = [" ".join(str(said).split()) for said in as_list(chunk.options.get("fig-cap"))
                if not isinstance(said, Unknown)]  # fmt: skip
    parts = [" ".join(str(said).split()) for said in as_list(chunk.options.get("fig-subcap")) if isinstance(said, str)]
    alts = [str(said) for said in as_list(chunk.options.get("fig-alt")) if not isinstance(said, Unknown)]
    width = chunk.says("width") if chunk.says("width").endswith("%") else ""
    name = figure_id(chunk.label) if captions or chunk.label.startswith("fig-") else ""
    if len(pictures) == 1 or (not parts and len(captions) == len(pictures)):
        return "\n\n".join(
            _picture(
                path,
                _at(captions, count),
                name if not count or not name else f"{name}-{count + 1}",
                _at(alts, count),
                width,
            )
            for count, path in enumerate(pictures)
        )
    inner = "\n\n".join(
        _picture(path, _at(parts, count), f"{name}-{chr(ord('a') + count)}" if name and count < 26 else "",
                 _at(alts, count), "")
        for count, path in enumerate(pictures)
    )  # fmt: skip
    return f":::::: {written(name, ['figures'])}\n{inner}\n\n{_at(captions, 0)}\n::::::"


def _at(texts: Sequence[str], count: int) -> str:
    return texts[count] if count < len(texts) else ""


def _picture(path: str, caption: str, name: str, alt: str, width: str) -> str:
    return f"![{caption}]({quote(path, safe='/:')}){written(name, alt=alt, width=width)}"


def _table_caption(chunk: Chunk) -> str:
    if chunk.says("tbl-cap"):
        return chunk.says("tbl-cap")
    call = _CAPTION.search(chunk.code)
    caption = _TEXT.match(chunk.code, call.end()) if call else None
    return " ".join(_said(caption).split()) if caption else ""


def _pictures(chunk: Chunk, folder: Folder, text: str) -> tuple[str, ...]:
    """The files of a chunk's pictures: those that its code names, else those that were made of it."""
    call = _GRAPHICS.search(chunk.code)
    if call:
        return tuple(_named(chunk.code, call.end() - 1))
    label = re.escape(chunk.label) if chunk.label else f"unnamed-chunk-{chunk.number}"
    names = re.compile(rf"(?:{label}-\d+|cell-{re.escape(chunk.label)}-output-\d+|cell-{chunk.cell}-output-\d+)\Z")
    stem = posixpath.splitext(posixpath.basename(text))[0]
    by_name: dict[str, list[str]] = {}
    for path in folder.files:
        name, suffix = posixpath.splitext(posixpath.basename(path))
        if suffix.lower() in PICTURE_SUFFIXES and names.match(name) and _is_made(path, stem, name, chunk):
            by_name.setdefault(name, []).append(path)
    return tuple(
        f"/{min(by_name[name], key=lambda path: _rank(path, stem))}" for name in sorted(by_name, key=natural_order)
    )


def _is_made(path: str, stem: str, name: str, chunk: Chunk) -> bool:
    """Whether a picture can be one that a chunk made: one without a label needs a folder with the text's name."""
    parts = posixpath.dirname(path).split("/")
    of_text = any(part in (f"{stem}_files", stem, f"{stem}_cache") for part in parts)
    return of_text or (bool(chunk.label) and not name.startswith("cell-"))


def _rank(path: str, stem: str) -> tuple[bool, bool, int, int, str]:
    """Drawings before pixels, those of the text before others, and those for screens before those for paper."""
    suffix = posixpath.splitext(path)[1].lower()
    return (f"{stem}_files" not in path, "latex" in path, PICTURE_SUFFIXES.index(suffix), path.count("/"), path)


def _named(code: str, opening: int) -> Iterator[str]:
    """The paths in a call of `include_graphics`; one that is worked out is missing."""
    end = balanced_end(code, opening, "()")
    inside = code[opening + 1 : end - 1] if end > 0 else ""
    first = next(_parts(inside), "")
    first = first.removeprefix("path").lstrip().removeprefix("=").lstrip() if first.startswith("path") else first
    several = re.fullmatch(r"c\s*\((?P<items>.*)\)", first, re.DOTALL)
    for item in _parts(several["items"]) if several else (first,):
        yield _path_of(item)


def _path_of(written_path: str) -> str:
    """A path that is written out, in one text or in steps."""
    value = value_of(written_path)
    if isinstance(value, str) and not isinstance(value, Unknown):
        return value
    call = _PATH_CALL.match(written_path)
    steps = [value_of(step) for step in _parts(written_path[call.end() : -1])] if call else []
    if not steps or any(isinstance(step, Unknown) or not isinstance(step, str) for step in steps):
        return MISSING
    return ("" if written_path.startswith("paste0") else "/").join(steps)
