"""The lists that a text shows (of terms, of abbreviations, the index), and the places that the index leads to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from dossierbuild.core.ast import Node, Nodes, attr_of, attributes, classes, identifier, plain_text, walk
from dossierbuild.core.model import IndexMark, ListKind, ListUse
from dossierbuild.core.problems import Checked, Place, Problem, problem
from dossierbuild.stages.parse.inspect import block_kind, opening
from dossierbuild.stages.parse.places import Places

_KINDS = frozenset(kind.value for kind in ListKind)


def list_uses(nodes: Sequence[Node], places: Places) -> tuple[ListUse, ...]:
    """The lists that a text asks for, in order."""
    blocks = (node for node in nodes if block_kind(node) in _KINDS)
    return tuple(ListUse(ListKind(block_kind(block)), opening(block, places)) for block in blocks)


def is_index_mark(node: Node) -> bool:
    """Whether a node is a place that the index leads to."""
    return node["t"] == "Span" and "index" in classes(node)


def index_marks(blocks: Nodes, text_id: str, places: Places) -> Checked[tuple[IndexMark, ...]]:
    """The marks for the index in document order; each gets an id in the tree, in place. D359: what is no entry."""
    marks: list[IndexMark] = []
    problems: list[Problem] = []
    met: Counter[tuple[int, str]] = Counter()
    for section, node in _marked(blocks):
        name = identifier(node) or f"index-{text_id}-{len(marks) + len(problems) + 1}"
        attr_of(node)[0] = name
        place = _place(node, places, met)
        read = _read_mark(node, name, section, place)
        problems += read.problems
        marks += [read.value] if read.value else []
    return Checked(tuple(marks), (*problems, *_unread(blocks, places)))


def _unread(blocks: Nodes, places: Places) -> Iterator[Problem]:
    """D359: a mark that is not read as one, because of what it is written with, would be printed as it stands."""
    for word in (node for node in walk(blocks) if node["t"] == "Str" and "{.index" in node["c"]):
        yield problem("D359", places.near(word).words(word["c"]), entry=word["c"])


def _marked(blocks: Nodes) -> Iterator[tuple[str, Node]]:
    """Each mark with the id of the chapter or section that it stands in."""
    section = ""
    for block in blocks:
        if block["t"] == "Header" and block["c"][0] <= 3:
            section = identifier(block)
        yield from ((section, node) for node in walk(block) if is_index_mark(node))


def _place(node: Node, places: Places, met: Counter[tuple[int, str]]) -> Place:
    near = places.near(node)
    sought = r"(\[)[^\[\]]*+\]\{[^{}\n]*\.index\b"
    met[near.begin, sought] += 1
    return near.nth(sought, met[near.begin, sought] - 1)


def _read_mark(node: Node, name: str, section: str, place: Place) -> Checked[IndexMark]:
    given = attributes(node)
    written = given.get("entry", "").split("!") if "entry" in given else [plain_text(node["c"][1])]
    levels = [" ".join(level.split()) for level in (*written, *([given["sub"]] if "sub" in given else []))]
    see = " ".join(given.get("see", "").split())
    if not all(levels) or len(levels) > 2 or ("see" in given and not see):
        return Checked(None, (problem("D359", place, name, entry="!".join(levels)),))
    entry, sub = (*levels, "")[:2]
    return Checked(IndexMark(id=name, entry=entry, sub=sub, see=see, section=section, place=place))
