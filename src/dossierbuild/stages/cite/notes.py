"""Notes: where a citation that is a note, or a raised number, stands beside the words around it.

"woord [@k]." is printed as "woord.¹": against the word, and behind its punctuation. Notes that the editor
wrote stay where the editor put them.
"""

from __future__ import annotations

import re
from typing import Any

from dossierbuild.core.ast import Nodes, node, plain_text, rewrite, text, walk

_PUNCTUATION = re.compile(r"[.,;:!?…]+[”’»)]*|[”’»]+[.,;:!?…]*")


def attach_notes(values: list[Any]) -> list[Any]:
    """A list of inlines with each citation fitted to the words around it; any other list comes back as it is."""
    if not any(_is_citation(one) for one in values):
        return values
    out: Nodes = []
    for one in values:
        if _is_raised(one) and out and out[-1]["t"] in ("Space", "SoftBreak"):
            out.pop()
        if one["t"] == "Str" and out and _is_raised(out[-1], last=True):
            start = len(out) - 1
            while start and _is_raised(out[start]) and _is_raised(out[start - 1], last=True):
                start -= 1
            out[start:] = _behind_punctuation(out[start:], one["c"])
        elif one["t"] == "Str" and out and _ends_twice(out[-1], one["c"]):
            out += text(one["c"][1:])
        else:
            out.append(one)
    return _set_apart(out)


def _set_apart(inlines: Nodes) -> Nodes:
    """A comma between numbers that stand raised side by side: "10" and "11" are not "1011"."""
    out: Nodes = []
    for one in inlines:
        if out and _ends_raised(out[-1]) and (one["t"] == "Note" or _is_raised(one)):
            out.append(node("Superscript", text(",")))
        out.append(one)
    return out


def notes_behind_links(values: list[Any]) -> list[Any]:
    """A list of inlines in which no link holds a note, whose mark is a link too: the note stands behind the link."""
    out: list[Any] = []
    for one in values:
        notes: Nodes = []
        if isinstance(one, dict) and one.get("t") == "Link":
            notes = [inner for inner in walk(one) if inner["t"] == "Note"]
        out.append(rewrite(one, lambda inner: [] if inner["t"] == "Note" else None) if notes else one)
        out.extend(notes)
    return out


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


def _ends_twice(one: Any, word: str) -> bool:
    """Whether a citation in a note brings the full stop that the editor wrote too."""
    return _is_citation(one) and word.startswith(".") and plain_text(one).endswith(".")


def _ends_raised(one: Any) -> bool:
    return bool(one["t"] == "Note" or _is_raised(one, last=True))


def _is_citation(one: Any) -> bool:
    return isinstance(one, dict) and one.get("t") == "Cite"


def _is_raised(one: Any, *, last: bool = False) -> bool:
    """Whether this is a `Cite` that begins (or, with `last`, ends) with a note or a raised number."""
    if not _is_citation(one):
        return False
    inner: Nodes = one["c"][1]
    while inner and inner[0]["t"] in ("Span", "Link"):
        inner = inner[0]["c"][1]
    return bool(inner) and inner[-1 if last else 0]["t"] in ("Note", "Superscript")
