"""What a parsed text holds, and what it may not hold.

Every chapter, summary and panel text passes through here right after pandoc: what is left knows no raw HTML or TeX,
no steering attributes, no address that runs code and no path out of the dossier. A text comes as its `nodes`, all of
them in document order, parents before children.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from types import MappingProxyType

from dossierbuild.core.ast import Node, attributes, classes, identifier, plain_text, walk
from dossierbuild.core.model import CitationKey, CitationSite, CrossReference, LinkText
from dossierbuild.core.nearest import nearest
from dossierbuild.core.problems import Place, Problem, problem
from dossierbuild.stages.parse.places import Places

BOXES = ("key-point", "practice", "definition", "quote", "attention")
BLOCKS = (*BOXES, "key-figure", "chart", "table", "key-points", "panel")

# pandoc's time grows threefold with each bracket in a bracket.
MAX_BRACKETS = 8
MAX_QUOTES = 20

_QUOTES = re.compile(rf"^[ \t]*(?:>[ \t]?){{{MAX_QUOTES + 1},}}", re.MULTILINE)
_BRACKET = re.compile(r"\\.|\]\(|[\[\])]|\n[ \t]*\n")

_ATTRIBUTES = MappingProxyType(
    {
        "chart": ("data", "type", "x", "y", "unit", "alt", "lang"),
        "table": ("data", "lang"),
        "key-points": ("from",),
        "panel": ("from",),
        "key-figure": ("value", "unit", "lang"),
        "Image": ("alt", "width", "lang"),
        "Table": ("alt", "lang"),
    }
)
_SCHEMES = re.compile(r"(?:https?://|mailto:|tel:|#)", re.IGNORECASE)
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*\Z")
_TAKEN = frozenset("main colophon contents contents-heading refs panels literatuur references appendix-data".split())
_OWN_IDS = ("ref-", "cite-", "fn-", "fnref-", "data-", "box-", "panel-")
_CONTAINERS = frozenset({"BlockQuote", "BulletList", "DefinitionList", "Note", "OrderedList", "Table"})
_NOTE_CALL = re.compile(r"\[\^[^\]\s]+\]")
_TEX_INCLUDE = re.compile(r"\\(?:input|include|includegraphics|lstinputlisting)\b")
# As in reStructuredText, wikis, Jinja and Hugo.
_INCLUDE = re.compile(r"^[ \t]*(\.\. include::.*|!\[\[.*\]\]|\{[{%][-<% ]*include\b.*)", re.MULTILINE)


def too_deep(places: Places) -> tuple[Problem, ...]:
    """What pandoc would take minutes or hours over: brackets in brackets, quotations in quotations."""
    return tuple(_too_deep(places))


def _too_deep(places: Places) -> Iterator[Problem]:
    for match in _QUOTES.finditer(places.text):
        yield problem("D138", places.at(match.start()), limit=MAX_QUOTES)
    texts = targets = 0  # the brackets that are open: of link texts and the like, and of link targets
    for match in _BRACKET.finditer(places.text):
        sign = match.group()
        texts = max(0, texts + {"[": 1, "]": -1, "](": -1}.get(sign, 0))
        targets = max(0, targets + {"](": 1, ")": -1}.get(sign, 0))
        if "\n" in sign:
            texts = targets = 0
        elif MAX_BRACKETS + 1 in (texts, targets) and sign in ("[", "]("):
            yield problem("D138", places.at(match.start()), limit=MAX_BRACKETS)


def includes(places: Places) -> tuple[Problem, ...]:
    """Directives by which other tools bring in a file; here they would be printed as they stand."""
    found = _INCLUDE.finditer(places.text)
    return tuple(problem("D121", places.at(match.start(1)), excerpt=match[1][:60]) for match in found)


def forbidden(nodes: Sequence[Node], places: Places) -> tuple[Problem, ...]:
    """Everything in a text that may not be published."""
    return (*_forbidden(nodes, places), *_enclosed_headings(nodes, places))


def _forbidden(nodes: Sequence[Node], places: Places) -> Iterator[Problem]:
    raw: Counter[tuple[int, str]] = Counter()
    for one in nodes:
        kind = one["t"]
        if kind in ("Str", "Space", "SoftBreak"):
            if kind == "Str" and (call := _NOTE_CALL.search(one["c"])):
                yield problem("D140", places.near(one).words(call.group()), note=call.group())
            continue
        if kind in ("RawBlock", "RawInline"):
            yield _raw(one, places, raw)
        elif kind == "Link":
            yield from _link(one, places.near(one))
        if identifier(one):
            yield from _identifier(identifier(one), places.near(one))
        yield from _attributes(one, places)
        if kind == "Div":
            yield from _block(one, places.near(one))


def _enclosed_headings(nodes: Sequence[Node], places: Places) -> Iterator[Problem]:
    """D146: a heading begins a section of the text; within a list, quotation, table or note there are none."""
    containers = (one for one in nodes if one["t"] in _CONTAINERS)
    headings = {id(one): one for container in containers for one in walk(container["c"]) if one["t"] == "Header"}
    for one in headings.values():
        words = plain_text(one["c"][2])
        yield problem("D146", places.near(one).words(words), text=words[:60])


def _raw(one: Node, places: Places, seen: Counter[tuple[int, str]]) -> Problem:
    language, code = one["c"]
    excerpt = code.strip().split("\n")[0][:60]
    near = places.near(one)
    place = near.words(excerpt, seen[near.begin, excerpt])
    seen[near.begin, excerpt] += 1
    if _TEX_INCLUDE.match(excerpt):
        return problem("D121", place, excerpt=excerpt)
    return problem("D108", place, language=language.upper(), excerpt=excerpt)


def _link(one: Node, places: Places) -> Iterator[Problem]:
    target = one["c"][2][0]
    if not _SCHEMES.match(target):
        yield problem("D120", places.target(target), target=target)
    elif not target.startswith("#") and not plain_text(one["c"][1]):
        yield problem("D125", places.target(target), target=target)


def _identifier(name: str, places: Places) -> Iterator[Problem]:
    if not _ID.match(name) or name.startswith(_OWN_IDS) or name in _TAKEN:
        tidy = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
        tidy = f"x-{tidy}" if not _ID.match(tidy) or tidy.startswith(_OWN_IDS) or tidy in _TAKEN else tidy
        yield problem("D126", places.identifier(name), id=name, nearest=tidy)


def _attributes(one: Node, places: Places) -> Iterator[Problem]:
    kind = next((name for name in classes(one) if name in _ATTRIBUTES), one["t"])
    known = _ATTRIBUTES.get(kind, ("lang",))
    for name in attributes(one):
        if name not in known:
            yield problem(
                "D127", places.near(one).nth(rf"(?<=[\s{{])({re.escape(name)})\s*="), name=name, known=", ".join(known)
            )


def _block(one: Node, places: Places) -> Iterator[Problem]:
    for name in classes(one):
        if name not in BLOCKS:
            place = places.nth(rf"^\s*:::+.*?({re.escape(name)})")
            yield problem("D118", place, kind=name, nearest=nearest(name, BLOCKS), known=", ".join(BLOCKS))


def citation_sites(nodes: Iterable[Node], places: Places) -> tuple[CitationSite, ...]:
    """Every key that a text cites, in document order, each with its place."""
    count: Counter[tuple[int, str]] = Counter()
    sites = []
    for one in nodes:
        if one["t"] == "Cite":
            near = places.near(one)
            for citation in one["c"][0]:
                key = citation["citationId"]
                locator = plain_text(citation["citationSuffix"]).lstrip(", ")
                place = near.citation(key, count[near.begin, key])
                sites.append(CitationSite(CitationKey(key), place, locator))
                count[near.begin, key] += 1
    return tuple(sites)


def cross_references(nodes: Iterable[Node], places: Places) -> tuple[CrossReference, ...]:
    """Every link to an id, in document order."""
    count: Counter[tuple[int, str]] = Counter()
    found = []
    for one in nodes:
        if one["t"] == "Link" and one["c"][2][0].startswith("#"):
            target = one["c"][2][0]
            near = places.near(one)
            place = near.target(target, count[near.begin, target])
            count[near.begin, target] += 1
            found.append(CrossReference(target[1:], not plain_text(one["c"][1]), place))
    return tuple(found)


def link_texts(nodes: Iterable[Node], places: Places) -> tuple[LinkText, ...]:
    """The words of each link that has some, in order."""
    links = [(one, plain_text(one["c"][1])) for one in nodes if one["t"] == "Link"]
    return tuple(LinkText(words, places.near(one).target(one["c"][2][0])) for one, words in links if words)


def block_kind(one: Node) -> str:
    """Which of our blocks a Div is (a box, chart, table, key-points), or an empty text."""
    return next((name for name in classes(one) if name in BLOCKS), "") if one["t"] == "Div" else ""


def opening(one: Node, places: Places) -> Place:
    """The place of a block's opening line."""
    lines = places.near(one)
    if identifier(one):
        return lines.identifier(identifier(one))
    return lines.nth(rf"^\s*(:::+.*{re.escape(block_kind(one))})")
