"""Further reading: the works that a text lists for who wants to know more.

A block holds keys in running text (`@a; @b`), or a list of them with what the editor says of each behind it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from dossierbuild.core.ast import Node, Nodes, para, plain_text
from dossierbuild.core.entries import FURTHER_READING, named_work
from dossierbuild.core.model import CitationSite
from dossierbuild.core.problems import Checked, Place, Problem, problem
from dossierbuild.core.reasons import Reason
from dossierbuild.stages.parse.inspect import block_kind, citation_sites, opening
from dossierbuild.stages.parse.places import Places

_BETWEEN_KEYS = frozenset({";", ",", "."})
_BEFORE_REMARK = ".,:;–—-"
_SPACES = frozenset({"Space", "SoftBreak", "LineBreak"})


@dataclass(slots=True)
class _Named:
    """The works of a block while it is read, with what stands between them and is none."""

    places: Places
    cites: Nodes = field(default_factory=list)
    works: Nodes = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    met: Counter[str] = field(default_factory=Counter)

    def add(self, cites: Nodes, remarks: Nodes) -> None:
        """Works with one remark for all of them, which is not possible, or with none."""
        self.cites += cites
        keys = [citation["citationId"] for cite in cites for citation in cite["c"][0]]
        for key in keys:
            self.works.append(named_work(key, remarks if len(keys) == 1 else []))
            self.met[key] += 1
            if self.met[key] > 1:
                place = self.places.citation(key, self.met[key] - 1)
                self.tell(place, f"@{key}", Reason("die bron staat er al", "that work stands there already"))
        for cite in cites:
            self._refuse_words(cite)
        if remarks and len(keys) != 1:
            self.refuse(cites[0], plain_text(remarks))

    def _refuse_words(self, cite: Node) -> None:
        for citation in cite["c"][0]:
            for words in (citation["citationPrefix"], citation["citationSuffix"]):
                if words:
                    self.refuse(cite, plain_text(words).lstrip(", "))

    def refuse(self, thing: Node, words: str = "") -> None:
        """Tell of something that is no work, where its words begin; of what has none, as it is written."""
        near = self.places.near(thing)
        words = words or plain_text([thing]) or near.text[near.begin : near.end].strip().partition("\n")[0]
        self.tell(near.words(words[:60]), words, Reason("dat is geen bron", "that is no work"))

    def tell(self, place: Place, words: str, reason: Reason) -> None:
        """D254 at a place in the block."""
        self.problems.append(problem("D254", place, text=words[:60], reason=reason))


def read_further_reading(nodes: Sequence[Node], places: Places) -> Checked[tuple[CitationSite, ...]]:
    """The works that blocks of further reading name, each where it is named; in the tree, in place, each block becomes
    a list of `named_work`. D254: what is no work, or stands there twice; a block without works."""
    sites: list[CitationSite] = []
    problems: list[Problem] = []
    for block in (node for node in nodes if block_kind(node) == FURTHER_READING):
        named = _Named(places.near(block))
        for inner in block["c"][1]:
            _read(inner, named)
        if not named.works and not named.problems:
            reason = Reason("er staat geen bron in", "no work stands in it")
            named.tell(opening(block, places), FURTHER_READING, reason)
        block["c"][1] = named.works
        sites += citation_sites(named.cites, places)
        problems += named.problems
    return Checked(tuple(sites), tuple(problems))


def _read(block: Node, named: _Named) -> None:
    if block["t"] in ("Para", "Plain"):
        cites, rest = _keys(block["c"])
        named.add(cites, [])
        if rest:
            named.refuse(block, plain_text(rest))
    elif block["t"] in ("BulletList", "OrderedList"):
        for item in block["c"] if block["t"] == "BulletList" else block["c"][1]:
            _read_item(item, named)
    else:
        named.refuse(block)


def _read_item(item: Nodes, named: _Named) -> None:
    """A work, with what is said of it behind it and in the paragraphs below it; or several works."""
    first = item[0]["c"] if item and item[0]["t"] in ("Para", "Plain") else []
    cites, rest = _keys(first)
    texts = list(takewhile(lambda block: block["t"] in ("Para", "Plain"), item[1:]))
    remarks = [*([para(rest)] if rest else []), *(para(block["c"]) for block in texts)]
    if cites:
        named.add(cites, remarks)
    for block in item[1 + len(texts) :] if cites else item:
        named.refuse(block)


def _keys(inlines: Nodes) -> tuple[Nodes, Nodes]:
    """The citations that a text begins with, and the words behind them."""
    cites: Nodes = []
    rest = list(inlines)
    while rest and (rest[0]["t"] == "Cite" or _is_between(rest[0])):
        inline = rest.pop(0)
        cites += [inline] if inline["t"] == "Cite" else []
    return cites, list(_without_sign(rest)) if cites else rest


def _is_between(inline: Node) -> bool:
    return inline["t"] in _SPACES or (inline["t"] == "Str" and inline["c"] in _BETWEEN_KEYS)


def _without_sign(remark: Nodes) -> Iterator[Node]:
    """A remark without the colon or dash that parts it from the work."""
    is_begun = False
    for inline in remark:
        sign = inline["t"] == "Str" and not inline["c"].strip(_BEFORE_REMARK)
        is_begun = is_begun or not (sign or inline["t"] in _SPACES)
        if is_begun:
            yield inline
