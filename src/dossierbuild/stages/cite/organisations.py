"""Organisations: a citation calls them by their short names once it has been said which these are (APA 8.21).

citeproc gets the full names, so that order, letters and the reference list are those. The short name travels with the
full one as signs that take no room and sort as nothing; afterwards each place where a citation prints a name gets the
form that belongs there: "(Centraal Bureau voor de Statistiek [CBS], 2020)" or "Centraal Bureau voor de Statistiek (CBS,
2020)" at the first, "CBS" from there on.
"""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from itertools import pairwise
from typing import Any

from dossierbuild.core.ast import Node, Nodes, plain_text, rewrite, text, walk
from dossierbuild.core.model import CitationId
from dossierbuild.core.names import OTHERS
from dossierbuild.core.spec import ShortNames
from dossierbuild.core.works import Item
from dossierbuild.stages.cite.namesakes import hidden_signs, letters_of
from dossierbuild.stages.cite.works import GAP
from dossierbuild.tools.csl import MARK

# FUNCTION APPLICATION and INVISIBLE TIMES enclose a name that has a short one. Its spaces do not break, which sorts as
# spaces do, so that the name stays one word through the run. A full stop at its end stands behind INVISIBLE PLUS, where
# citeproc sees that the sentence needs no other.
_BEGIN, _END, _STOP, _SPACE = "\u2061", "\u2062", "\u2064", "\u00a0"
_NAME = re.compile(f"{_BEGIN}([\U000e0100-\U000e01ff]+)([^{_BEGIN}{_END}{_STOP}]*)(?:{_END}|{_STOP}(\\.?))")
_BEFORE_COMMA = re.compile(f"(?:{_END}|{_STOP}\\.?),")
_LEAVES = frozenset({"Str", "Space", "SoftBreak"})

Names = tuple[str, str]
"""The full and the short name of an organisation."""


class Form(Enum):
    """The forms in which a citation has the name of an organisation."""

    FULL = "full"
    INTRODUCED = "introduced"
    SHORT = "short"


def mark_short_names(items: Iterable[Item]) -> list[Item]:
    """The items with each short name hidden in the full one."""
    return [{field: _marked(value) for field, value in item.items()} for item in items]


def _marked(value: Any) -> Any:
    """The names of a field with marks; any other value as it is."""
    if not isinstance(value, list):
        return value
    return [_marked_name(name) if isinstance(name, dict) and name.get("short") else name for name in value]


def _marked_name(name: Mapping[str, str]) -> dict[str, str]:
    full = name["literal"].replace(" ", _SPACE)
    end = f"{_STOP}." if full.endswith(".") else _END
    return {"literal": f"{_BEGIN}{hidden_signs(name['short'])}{full.removesuffix('.')}{end}"}


def join_two_organisations(items: Iterable[Item]) -> list[Item]:
    """APA 9.8 and 10.4: "Movisie & Vilans. (2019)"; the comma before the & belongs to initials."""
    return [
        item | {"author": [_joined(item["author"])]} if _are_two(item.get("author", ())) else item for item in items
    ]


def _are_two(authors: Sequence[Mapping[str, str]]) -> bool:
    names = [author.get("literal") for author in authors]
    return len(names) == 2 and all(names) and names[1] != OTHERS


def _joined(authors: Sequence[Mapping[str, str]]) -> dict[str, str]:
    return {"literal": f" &{MARK} ".join(author["literal"] for author in authors)}


def call_organisations(
    citations: Mapping[CitationId, Nodes], when: ShortNames, in_full: Collection[CitationId], joint: str | None
) -> dict[CitationId, Nodes]:
    """The printed citations of a publication, in the order of its text, with organisations called as is asked for.

    With `first-use` the first of several citations that name an organisation tells its short name. Those `in_full` (in
    headings, which are read elsewhere too, and in the notes of a style that cites in notes) neither do so nor use it. A
    name that no later citation prints needs no short one. `joint` is what the style has between a name and a year; None
    says that it prints no years, so that in running text a short name stays in parentheses of its own.
    """
    if when != "first-use":
        form = Form.SHORT if when == "always" else Form.FULL
        return {place: call_each(inlines, form, joint) for place, inlines in citations.items()}
    left = Counter(name for place, inlines in citations.items() if place not in in_full for name in _named(inlines))
    introduced: set[Names] = set()

    def form_of(name: Names) -> Form:
        left[name] -= 1
        if name in introduced:
            return Form.SHORT
        introduced.add(name)
        return Form.INTRODUCED if left[name] else Form.FULL

    return {
        place: in_full_names(inlines if place in in_full else _called(inlines, form_of, joint))
        for place, inlines in citations.items()
    }


def call_each(inlines: Nodes, form: Form, joint: str | None) -> Nodes:
    """A citation with all organisations in one form; short names stand in the text of notes, too."""
    if form is Form.SHORT:
        return _renamed(inlines, lambda match: _names_of(match)[1])
    return in_full_names(_called(inlines, lambda _: form, joint))


def in_full_names(inlines: Nodes) -> Nodes:
    """A citation, or an entry of the list, with full names where none has been chosen, and without marks."""
    return _renamed(inlines, lambda match: _names_of(match)[0])


def short_names_in(inlines: Iterable[Node]) -> set[Names]:
    """The full and short names of the organisations that a marked citation prints, in notes as well."""
    words = (word["c"] for word in walk(list(inlines)) if word["t"] == "Str")
    names = {_names_of(match) for word in words for match in _NAME.finditer(word)}
    return {(full.replace(GAP, " "), short.replace(GAP, " ")) for full, short in names}


def _named(inlines: Nodes) -> Iterator[Names]:
    """Each organisation with a short name that a marked citation prints outside notes, as often as it does."""
    for leaf in _leaves(inlines):
        if leaf["t"] == "Str":
            yield from (_names_of(match) for match in _NAME.finditer(leaf["c"]))


def _called(inlines: Nodes, form_of: Callable[[Names], Form], joint: str | None) -> Nodes:
    """A copy with each name outside notes in the form that `form_of` gives it, asked in the order of the text."""
    if next(_named(inlines), None) is None:
        return inlines
    copied = copy.deepcopy(inlines)
    leaves = list(_leaves(copied))
    before = ""
    for leaf in leaves:
        if leaf["t"] == "Str":
            leaf["c"] = _word(before, leaf["c"], form_of)
        before += leaf["c"] if leaf["t"] == "Str" else " "
    if joint is not None:
        _join_parentheses(leaves, joint)
    return copied


def _word(before: str, word: str, form_of: Callable[[Names], Form]) -> str:
    """A word with its names in their forms; `before` is the text ahead of it.

    A short name stands in brackets within parentheses, else in parentheses, which `_END` closes.
    """

    def written(match: re.Match[str]) -> str:
        full, short = _names_of(match)
        form = form_of((full, short))
        if form is not Form.INTRODUCED:
            return short if form is Form.SHORT else full
        enclosing = _enclosing(before + word[: match.start()])
        if enclosing == "(":
            return f"{full}{GAP}[{short}]"
        return f"{full}{GAP}({short})" + ("" if enclosing else _END)

    return _NAME.sub(written, word)


def _enclosing(before: str) -> str:
    """The bracket that is open behind these words; "" in running text."""
    opened: list[str] = []
    for sign in before:
        if sign in "([":
            opened.append(sign)
        elif sign in ")]" and opened:
            opened.pop()
    return opened[-1] if opened else ""


def joint_of(citations: Iterable[Nodes]) -> str:
    """What a style has between a name and a year, before a space: the comma of "(CBS, 2020)", or nothing."""
    return "," if any(_BEFORE_COMMA.search(plain_text(inlines)) for inlines in citations) else ""


def _join_parentheses(leaves: Nodes, joint: str) -> None:
    """ "Centraal Bureau voor de Statistiek (CBS) (2020)" becomes "… (CBS, 2020)", in place."""
    words = [leaf for leaf in leaves if leaf["t"] == "Str"]
    for first, second in pairwise(words):
        if first["c"].endswith(f"){_END}") and second["c"].startswith("("):
            first["c"] = first["c"].removesuffix(f"){_END}") + joint
            second["c"] = second["c"][1:]


def _leaves(tree: Any) -> Iterator[Node]:
    """The words and spaces of inlines, without the text of notes."""
    if isinstance(tree, list):
        for value in tree:
            yield from _leaves(value)
    elif isinstance(tree, dict) and tree.get("t") in _LEAVES:
        yield tree
    elif isinstance(tree, dict) and tree.get("t") != "Note":
        yield from _leaves(list(tree.values()))


def _renamed(inlines: Nodes, name: Callable[[re.Match[str]], str]) -> Nodes:
    """The inlines with each marked name as `name` gives it, and without marks and empty words."""

    def renamed(inline: Node) -> Nodes | None:
        if inline["t"] != "Str" or (inline["c"] and not {_BEGIN, _END, GAP} & set(inline["c"])):
            return None
        return text(_NAME.sub(name, inline["c"]).replace(_END, "").replace(GAP, " "))

    result: Nodes = rewrite(inlines, renamed)
    return result


def _names_of(match: re.Match[str]) -> Names:
    """The full and the short name of a marked one, with gaps for spaces."""
    full = match[2].replace(_SPACE, GAP) + (match[3] or "")
    return full, letters_of(match[1]) or full
