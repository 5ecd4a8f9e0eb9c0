"""Notes: where a citation that is a note, or a raised number, stands beside the words around it.

"woord [@k]." is printed as "woord.¹": against the word, and behind its punctuation. Notes that the editor
wrote stay where the editor put them.
"""

from __future__ import annotations

import re
from typing import Any

from dossierbuild.core.ast import Node, Nodes, node, plain_text, rewrite, text, walk

_PUNCTUATION = re.compile(r"[.,;:!?…]+[”’»)]*|[”’»]+[.,;:!?…]*")


def attach_notes(values: list[Any]) -> list[Any]:
    """A list of inlines with each citation fitted to the words around it; any other list comes back as it is."""
    if not any(_is_citation(value) for value in values):
        return values
    out: Nodes = []
    for inline in values:
        if _is_raised(inline) and out and out[-1]["t"] in ("Space", "SoftBreak"):
            out.pop()
        if inline["t"] == "Str" and out and _is_raised(out[-1], last=True):
            start = len(out) - 1
            while start and _is_raised(out[start]) and _is_raised(out[start - 1], last=True):
                start -= 1
            out[start:] = _behind_punctuation(out[start:], inline["c"])
        elif inline["t"] == "Str" and out and _ends_twice(out[-1], inline["c"]):
            out += text(inline["c"][1:])
        else:
            out.append(inline)
    return _set_apart(out)


def _set_apart(inlines: Nodes) -> Nodes:
    """A comma between numbers that stand raised side by side: "10" and "11" are not "1011"."""
    out: Nodes = []
    for inline in inlines:
        if out and _ends_raised(out[-1]) and (inline["t"] == "Note" or _is_raised(inline)):
            out.append(node("Superscript", text(",")))
        out.append(inline)
    return out


def notes_behind_links(values: list[Any]) -> list[Any]:
    """A list of inlines with the notes of each link behind it, because the mark of a note is a link itself."""
    out: list[Any] = []
    for value in values:
        notes: Nodes = []
        if isinstance(value, dict) and value.get("t") == "Link":
            notes = [inner for inner in walk(value) if inner["t"] == "Note"]
        out.append(rewrite(value, lambda inner: [] if inner["t"] == "Note" else None) if notes else value)
        out.extend(notes)
    return out


def opened_notes(inlines: Nodes) -> Nodes:
    """The inlines with the text of notes in their place."""

    def opened(inner: Node) -> Nodes | None:
        return [inline for block in inner["c"] for inline in block["c"]] if inner["t"] == "Note" else None

    result: Nodes = rewrite(inlines, opened)
    return result


def _behind_punctuation(cites: Nodes, word: str) -> Nodes:
    """Citations and the word behind them; its punctuation goes before the first note, and behind a narrated author."""
    found = _PUNCTUATION.match(word)
    end = found.end() if found else 0
    moved, rest = text(word[:end]), text(word[end:])
    if _is_raised(cites[0]):
        return [*moved, *cites, *rest]
    citations, inlines = cites[0]["c"]
    first = node("Cite", citations, [*inlines[:-1], *moved, inlines[-1]])
    return [first, *cites[1:], *rest]


def _ends_twice(inline: Any, word: str) -> bool:
    """Whether a citation in a note brings the full stop that the editor wrote too."""
    return _is_citation(inline) and word.startswith(".") and plain_text(inline).endswith(".")


def _ends_raised(inline: Any) -> bool:
    return bool(inline["t"] == "Note" or _is_raised(inline, last=True))


def _is_citation(value: Any) -> bool:
    return isinstance(value, dict) and value.get("t") == "Cite"


def _is_raised(value: Any, *, last: bool = False) -> bool:
    """Whether the value is a `Cite` that begins (or, with `last`, ends) with a note or a raised number."""
    if not _is_citation(value):
        return False
    inner: Nodes = value["c"][1]
    while inner and inner[0]["t"] in ("Span", "Link"):
        inner = inner[0]["c"][1]
    return bool(inner) and inner[-1 if last else 0]["t"] in ("Note", "Superscript")
