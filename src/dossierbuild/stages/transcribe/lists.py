"""A file with a typed list, an entry a line or a paragraph, as typed entries; *stars* or _lines_ make words italic."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dossierbuild.core.problems import Place
from dossierbuild.stages.transcribe.entry import TypedEntry
from dossierbuild.stages.transcribe.splitting import begins, ends_entry, is_heading

_EMPHASIS = re.compile(
    r"(?<![\w\\*])(?P<sign>\*{1,3}|_{1,3})(?=[^\s*_])(?P<words>(?:[^*_]|(?<=\w)_(?=\w)){1,600})(?<=[^\s*_])(?P=sign)(?![\w*])"
)
_ESCAPED = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_LINK = re.compile(r"\[(?P<words>[^\[\]]{1,300})\]\((?P<address>[^()\s]{1,600})\)")
_MARKED = re.compile(r"\s*(?:[-*+•] |[0-9]{1,3}[.)] |\[[0-9]{1,3}\])")
_DATED = re.compile(r"[A-ZÀ-Þ].{0,200}?(?<![/\w-])(?:1[89]|20)[0-9]{2}(?![/\w-])")
_LONG = 120


def typed_list(path: str, text: str) -> tuple[TypedEntry, ...]:
    """The entries of a list in the order of the file, each at its first line.

    Blank lines part entries. Without them a line is an entry where lines are long; short lines are those of wrapped
    entries, which begin with who made a work, a bullet or a number, or end where the next line is not indented.
    """
    lines = text.split("\n")
    long = any(len(line) > _LONG for line in lines)
    entries = _grouped(lines, long=long)
    return tuple(TypedEntry(tuple(_runs("\n".join(piece))), Place(path, number, 1)) for number, piece in entries)


def _grouped(lines: Iterable[str], *, long: bool) -> Iterator[tuple[int, list[str]]]:
    """The number of the first line of each entry, and its lines."""
    waiting: list[str] = []
    first = 0
    for number, line in enumerate(lines, 1):
        starts = not waiting or long or bool(_MARKED.match(line)) or is_heading(waiting[-1]) or _begins(line, waiting)
        goes_on = bool(waiting) and line[:1] in " \t" and not _MARKED.match(line)
        if waiting and (not line.strip() or (starts and not goes_on)):
            yield first, waiting
            waiting = []
        if line.strip():
            first = first if waiting else number
            waiting.append(line)
    if waiting:
        yield first, waiting


def _begins(line: str, before: list[str]) -> bool:
    """Whether a short line begins an entry, rather than going on with the lines before it."""
    text = "".join(words for words, _ in _runs(line))
    fresh = bool(_DATED.match(text)) and ends_entry(before[-1].rstrip(" *_"))
    return fresh or begins(text)


def _runs(markdown: str) -> Iterator[tuple[str, bool]]:
    """The words of an entry with whether they are italic."""
    text = _LINK.sub(_as_words, markdown)
    at = 0
    for emphasis in _EMPHASIS.finditer(text):
        yield _ESCAPED.sub("", text[at : emphasis.start()]), False
        yield _ESCAPED.sub("", emphasis["words"]), len(emphasis["sign"]) != 2
        at = emphasis.end()
    yield _ESCAPED.sub("", text[at:]), False


def _as_words(link: re.Match[str]) -> str:
    """A link as its words; the address follows where these are no address."""
    words, address = link["words"], link["address"]
    return words if "/" in words or "www." in words else f"{words} {address}"
