"""Words with their looks as inlines of pandoc's tree: emphasis around as much as looks alike, spaces outside it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from dossierbuild.core.ast import Node, Nodes, attr, node, plain_text, span
from dossierbuild.core.word import Inline, Look, Mark, Text, inlines_of

LONGEST_FOREIGN = 8
"""Words in another language than their paragraph. Word marks whole pages with a language that they are not in."""

_KINDS = ("Strong", "Emph", "Strikeout", "SmallCaps", "Superscript", "Subscript", "Code")
_CODE_STYLES = frozenset({"html code", "verbatim char", "source text", "html typewriter", "inline code", "code"})
_EMPHASIS_STYLES = frozenset({"emphasis", "subtle emphasis", "book title"})
_STRONG_STYLES = frozenset({"strong", "intense emphasis"})
_PIECES = re.compile(r"[ \t\n\r\v\f]+|[^ \t\n\r\v\f]+")
_AT = re.compile(r"(?<=[^\w\s])(?=@)")
_NOT_PRINTED = re.compile("[\u00ad\ue000-\uf8ff]")
"""Hyphens that only a program for words may need, and signs of fonts that nobody else has."""
_ALLOWED = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Atom:
    """A word, a space or another node, with the kinds of emphasis around it and the language that it is marked with."""

    node: Node
    kinds: frozenset[str] = frozenset()
    language: str = ""

    @property
    def is_space(self) -> bool:
        return bool(self.node["t"] in ("Space", "LineBreak"))


def is_allowed(target: str) -> bool:
    """Whether a text may lead to an address."""
    return bool(_ALLOWED.match(target))


def formatted(content: Sequence[Inline], become: Callable[[Inline], Nodes], language: str) -> Nodes:
    """Inlines as nodes, in their order; `become` gives those for all that is no text."""
    return _in_languages(_spread(list(_atoms(content, become, language))))


def without_ends(nodes: Nodes) -> Nodes:
    """Nodes without spaces and breaks at either end."""
    first, last = 0, len(nodes)
    while first < last and nodes[first]["t"] in ("Space", "LineBreak"):
        first += 1
    while first < last and nodes[last - 1]["t"] in ("Space", "LineBreak"):
        last -= 1
    return nodes[first:last]


def _atoms(content: Sequence[Inline], become: Callable[[Inline], Nodes], language: str) -> Iterator[_Atom]:
    usual = _usual(content, language)
    shown = (inline for inline in content if not isinstance(inline, Mark))
    for tag, group in groupby(shown, lambda inline: _foreign(inline, usual)):
        inlines = list(group)
        words = sum(len(inline.words.split()) for inline in inlines if isinstance(inline, Text))
        marked = tag if 0 < words <= LONGEST_FOREIGN else ""
        for inline in inlines:
            if isinstance(inline, Text):
                yield from _of_text(inline, marked)
            else:
                yield from (_Atom(made) for made in become(inline))


def _of_text(text: Text, language: str) -> Iterator[_Atom]:
    kinds = frozenset(_kinds(text.look))
    for piece in _PIECES.findall(_NOT_PRINTED.sub("", text.words)):
        made = node("Str", piece) if piece.strip(" \t\n\r\v\f") else node("Space")
        yield _Atom(made, kinds, language if any(sign.isalpha() for sign in piece) or made["t"] == "Space" else "")


def _kinds(look: Look) -> Iterator[str]:
    style = look.style.lower()
    if style in _CODE_STYLES:
        yield "Code"
    is_emphasized = look.italic or look.underline or style in _EMPHASIS_STYLES
    asked = (look.bold or style in _STRONG_STYLES, is_emphasized, look.strike, look.small_caps, look.superscript,
             look.subscript)  # fmt: skip
    yield from (kind for kind, is_so in zip(_KINDS, asked, strict=False) if is_so)


# --- languages -------------------------------------------------------------------------------------------------------


def _usual(content: Sequence[Inline], language: str) -> str:
    """The language of a paragraph: that of most of its words, where these are more than a few foreign ones."""
    words: Counter[str] = Counter()
    for inline in inlines_of(tuple(content)):
        if isinstance(inline, Text):
            words[_subtag(inline.look.language or language)] += len(inline.words.split())
    most = max(words, key=lambda tag: words[tag], default="")
    return most if words[most] > LONGEST_FOREIGN else _subtag(language)


def _foreign(inline: Inline, usual: str) -> str:
    """The language of a text where it states another one than is usual around it."""
    stated = _subtag(inline.look.language) if isinstance(inline, Text) else ""
    return "" if stated in ("", usual, "zxx", "x") else stated


def _subtag(tag: str) -> str:
    return tag.replace("_", "-").split("-", maxsplit=1)[0].lower()


def _in_languages(atoms: Iterable[_Atom]) -> Nodes:
    out: Nodes = []
    for language, group in groupby(atoms, lambda atom: atom.language):
        made = _nested(list(group))
        out += [span(attr(lang=language), made)] if language else made
    return out


# --- emphasis --------------------------------------------------------------------------------------------------------


def _spread(atoms: Sequence[_Atom]) -> Iterator[_Atom]:
    """Atoms whose spaces have what the words on both sides of them have, so that nothing begins or ends in a space."""
    edge = _Atom(node("Space"))
    before = list(accumulate(atoms, _nearest_word, initial=edge))
    behind = list(accumulate(reversed(atoms), _nearest_word, initial=edge))[::-1]
    for atom, left, right in zip(atoms, before[:-1], behind[1:], strict=True):
        language = left.language if left.language == right.language else ""
        yield _Atom(atom.node, left.kinds & right.kinds, language) if atom.is_space else atom


def _nearest_word(seen: _Atom, atom: _Atom) -> _Atom:
    return seen if atom.is_space else atom


def _nested(atoms: Sequence[_Atom]) -> Nodes:
    """Atoms within their emphasis: what most of them share stands outermost."""
    counts = Counter(kind for atom in atoms for kind in atom.kinds)
    if not counts:
        return [part for made in _joined(atom.node for atom in atoms) for part in _before_at(made)]
    outer = max(counts, key=lambda kind: (kind != "Code", counts[kind], -_KINDS.index(kind)))
    out: Nodes = []
    for is_within, group in groupby(atoms, lambda atom: outer in atom.kinds):
        inner = _nested([_Atom(atom.node, atom.kinds - {outer}) for atom in group])
        out += _wrapped(outer, inner) if is_within else inner
    return out


def _wrapped(kind: str, nodes: Nodes) -> Nodes:
    if kind == "Code":
        return [node("Code", attr(), plain_text(nodes))]
    return [node(kind, nodes)]


def _before_at(made: Node) -> Nodes:
    """A word parted before each sign that could begin a citation there, which is then written as a sign."""
    if made["t"] != "Str" or "@" not in made["c"]:
        return [made]
    return [node("Str", part) for part in _AT.split(made["c"]) if part]


def _joined(nodes: Iterable[Node]) -> Nodes:
    """Nodes in which the pieces of a word are one, and spaces in a row too."""
    out: Nodes = []
    for made in nodes:
        before = out[-1]["t"] if out else ""
        if made["t"] == before == "Str":
            out[-1] = node("Str", out[-1]["c"] + made["c"])
        elif not made["t"] == before == "Space":
            out.append(made)
    return out
