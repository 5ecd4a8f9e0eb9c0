"""What a parsed text holds, and what it may not hold.

Every chapter, summary and panel text passes through here right after pandoc: what is left holds no raw HTML or TeX,
no steering attributes, no address that runs code and no path out of the dossier. A text comes as its `nodes`, all of
them in document order, parents before children.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from types import MappingProxyType
from typing import Any

from dossierbuild.core.ast import (
    Node,
    attributes,
    classes,
    has_words,
    identifier,
    is_formula,
    is_worded,
    plain_text,
    walk,
)
from dossierbuild.core.bounds import LONGEST_VALUE, LONGEST_WORD, longest_word
from dossierbuild.core.downloads import SCHEME
from dossierbuild.core.entries import FURTHER_READING
from dossierbuild.core.ids import is_free
from dossierbuild.core.languages import is_known, nearest_tag
from dossierbuild.core.model import CitationKey, CitationSite, CrossReference, LinkText
from dossierbuild.core.nearest import nearest
from dossierbuild.core.problems import Place, Problem, problem
from dossierbuild.core.row_heads import STATED as ROW_HEADS
from dossierbuild.core.table_notes import NOTE as TABLE_NOTE
from dossierbuild.core.table_view import KEYS as VIEW_KEYS
from dossierbuild.stages.parse.places import Places

BOXES = ("key-point", "practice", "definition", "quote", "attention")
BLOCKS = (
    *BOXES, "key-figure", "chart", "figures", "table", TABLE_NOTE, "key-points", "panel", "glossary", "abbreviations",
    "index", FURTHER_READING,
)  # fmt: skip

BESIDE = "beside"
"""The class of a figure for which there may be room beside the text."""

# pandoc's time grows threefold with each bracket in a bracket.
MAX_BRACKETS = 8
MAX_QUOTES = 20

MAX_NOTES = 2_000
"""Notes that a paragraph may call: so many are laid out in half of the time that their chapter gets."""

MAX_FIGURE = 100
"""Characters of the value of a key figure, or of its unit: some lines of large letters in a third of a page."""

_QUOTES = re.compile(rf"^[ \t]*(?:>[ \t]?){{{MAX_QUOTES + 1},}}", re.MULTILINE)
_BRACKET = re.compile(r"\\.|\]\(|[\[\])]|\n[ \t]*\n")

# What a line begins with that stands in lists and quotations, and a line that begins or ends a block.
_NESTING = re.compile(r"(?:[ \t>]|[-+*][ \t]|\d{1,9}[.)][ \t])*+")
_FENCE_LINE = re.compile(r"[ \t>]*+:::+[ \t]*+(?P<kind>\S?)")

_ATTRIBUTES = MappingProxyType(
    {
        "chart": ("data", "type", "x", "y", "unit", "alt", "decimal", "thousands", "credit", "rights", "lang"),
        "figures": ("credit", "rights", "lang"),
        "table": ("data", *VIEW_KEYS, "decimal", "thousands", "row-headers", "source", "lang"),
        "key-points": ("from",),
        "panel": ("from",),
        "key-figure": ("value", "unit", "lang"),
        "index": ("entry", "sub", "see", "lang"),
        "Image": ("alt", "width", "credit", "rights", "lang"),
        "formula": ("alt", "lang"),
        "Table": ("row-headers", "source", "lang"),
    }
)
_SCHEMES = re.compile(r"(?:https?://|mailto:|tel:|#)", re.IGNORECASE)
# What is no plain text in the source of a table: a citation, a link, emphasis, a raised text.
_MARKUP = re.compile(r"(?<!\w)@\w[\w:.-]{0,40}|\]\(|\*\w|\^\w|<https?:")
_CONTAINERS = frozenset({"BlockQuote", "BulletList", "DefinitionList", "Note", "OrderedList", "Table"})
_NOTE_CALL = re.compile(r"\[\^[^\[\]\s]++\]")
_TEX_INCLUDE = re.compile(r"\\(?:input|include|includegraphics|lstinputlisting)\b")
_EMPTY_REMARK = re.compile(r"<!--\s*+-->")
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


def deepest(places: Places) -> Place:
    """Where a text is nested deepest, by what its lines begin with and the blocks that are open."""
    depths, blocks = [], 0
    for line in places.text.split("\n"):
        fence = _FENCE_LINE.match(line)
        blocks = max(0, blocks + (0 if not fence else 1 if fence["kind"] else -1))
        nesting = _NESTING.match(line)
        depths.append(blocks + (nesting.end() // 2 if nesting else 0))
    return places.at(places.starts[depths.index(max(depths))])


def leave_out_empty(tree: list[Any]) -> bool:
    """Take what visual editors leave between two lists out of a tree, in place: HTML that shows and does nothing.

    True where there was any.
    """
    kept = [inner for inner in tree if not (isinstance(inner, dict) and _is_empty(inner))]
    is_changed = len(kept) < len(tree)
    tree[:] = kept
    for inner in tree:
        content = inner.get("c") if isinstance(inner, dict) else inner
        if isinstance(content, list):
            is_changed |= leave_out_empty(content)
    return is_changed


def _is_empty(node: Node) -> bool:
    return node.get("t") in ("RawBlock", "RawInline") and not _EMPTY_REMARK.sub("", node["c"][1]).strip()


def includes(places: Places) -> tuple[Problem, ...]:
    """Directives by which other tools bring in a file; here they would be printed as they stand."""
    found = _INCLUDE.finditer(places.text)
    return tuple(problem("D121", places.at(match.start(1)), excerpt=match[1][:60]) for match in found)


def forbidden(nodes: Sequence[Node], places: Places, links: frozenset[int] = frozenset()) -> tuple[Problem, ...]:
    """Everything in a text that may not be published; `links` are those, by their `id`, that lead to a data file."""
    return (
        *_forbidden(nodes, places, links),
        *_enclosed_headings(nodes, places),
        *_enclosed_notes(nodes, places),
        *_crowded_paragraphs(nodes, places),
        *_endless(nodes, places),
    )


def _forbidden(nodes: Sequence[Node], places: Places, links: frozenset[int]) -> Iterator[Problem]:
    raw: Counter[tuple[int, str]] = Counter()
    for node in nodes:
        kind = node["t"]
        if kind in ("Str", "Space", "SoftBreak"):
            if kind == "Str" and (call := _NOTE_CALL.search(node["c"])):
                yield problem("D140", places.near(node).words(call.group()), note=call.group())
            continue
        if kind in ("RawBlock", "RawInline"):
            yield _raw(node, places, raw)
        elif kind == "Link":
            yield from _link(node, places.near(node), is_download=id(node) in links)
        elif kind == "Header" and not has_words(node["c"][2]):
            yield problem("D158", places.near(node).heading())
        if not is_free(identifier(node)):
            yield id_problem(identifier(node), places.near(node).identifier(identifier(node)))
        yield from _attributes(node, places)
        if kind == "Div":
            yield from _block(node, places.near(node))


def _enclosed_notes(nodes: Sequence[Node], places: Places) -> Iterator[Problem]:
    """D512: a note has no note of its own, for which a page has no place."""
    notes = (node for node in nodes if node["t"] == "Note")
    for note in notes:
        if any(inner["t"] == "Note" for inner in walk(note["c"])):
            yield problem("D512", places.near(note).words("^["))


def _crowded_paragraphs(nodes: Sequence[Node], places: Places) -> Iterator[Problem]:
    """D513: a paragraph calls no more notes than can be laid out within the time that a chapter gets."""
    for paragraph in (node for node in nodes if node["t"] in ("Para", "Plain")):
        notes = sum(inner["t"] == "Note" for inner in walk(paragraph["c"]))
        if notes > MAX_NOTES:
            yield problem("D513", places.near(paragraph).start(), notes=notes, most=MAX_NOTES)


def _endless(nodes: Sequence[Node], places: Places) -> Iterator[Problem]:
    """D515: words and lines of code can be broken over lines within the time that a chapter gets, and headings,
    citations and the texts of links be repeated in contents, heads of pages and what is read aloud."""
    for node in nodes:
        words, most = _unbroken(node)
        if len(words) > most:
            begin = " ".join(words[:40].split())
            yield problem("D515", places.near(node).words(begin), text=begin, length=len(words), most=most)


def _unbroken(node: Node) -> tuple[str, int]:
    """What of a node stays in one piece, and how long that may be."""
    match node["t"]:
        case "Str":
            return node["c"], LONGEST_WORD
        case "Code":
            return longest_word(node["c"][1]), LONGEST_WORD
        case "CodeBlock":
            return max(node["c"][1].split("\n"), key=len), LONGEST_WORD
        case "Header":
            return plain_text(node["c"][2]), LONGEST_VALUE
        case "Link" | "Cite":
            return plain_text(node["c"][1]), LONGEST_VALUE
        case _:
            return "", LONGEST_VALUE


def _enclosed_headings(nodes: Sequence[Node], places: Places) -> Iterator[Problem]:
    """D146: a heading begins a section of the text; within a list, quotation, table or note there are none."""
    containers = (node for node in nodes if node["t"] in _CONTAINERS)
    inside = (node for container in containers for node in walk(container["c"]))
    headings = {id(node): node for node in inside if node["t"] == "Header"}
    for heading in headings.values():
        words = plain_text(heading["c"][2])
        yield problem("D146", places.near(heading).words(words), text=words[:60])


def _raw(node: Node, places: Places, seen: Counter[tuple[int, str]]) -> Problem:
    language, code = node["c"]
    excerpt = code.strip().split("\n")[0][:60]
    near = places.near(node)
    place = near.words(excerpt, seen[near.begin, excerpt])
    seen[near.begin, excerpt] += 1
    if _TEX_INCLUDE.match(excerpt):
        return problem("D121", place, excerpt=excerpt)
    return problem("D108", place, language=language.upper(), excerpt=excerpt)


def _link(node: Node, places: Places, *, is_download: bool) -> Iterator[Problem]:
    target = node["c"][2][0]
    if not is_download and not _SCHEMES.match(target):
        yield problem("D120", places.target(target), target=target)
    elif not is_worded(_name_of_link(node)) and not (target.startswith("#") and not node["c"][1]):
        yield problem("D125", places.target(target), target=target)


def _name_of_link(link: Node) -> str:
    """What is read aloud of a link: its words, and what its pictures show."""
    pictures = [node for node in walk(link["c"][1]) if node["t"] == "Image"]
    given = (attributes(picture).get("alt", plain_text(picture)) for picture in pictures)
    return " ".join((plain_text(link, lambda node: node["t"] == "Image"), *given))


def id_problem(name: str, place: Place) -> Problem:
    """D126, for an id that is not free."""
    tidy = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    return problem("D126", place, id=name, nearest=tidy if tidy and is_free(tidy) else f"x-{tidy}")


def _attributes(node: Node, places: Places) -> Iterator[Problem]:
    kind = next((name for name in classes(node) if name in _ATTRIBUTES), node["t"])
    kind = "formula" if kind == "Span" and is_formula(node) else kind
    known = _ATTRIBUTES.get(kind, ("lang",))
    most = MAX_FIGURE if kind == "key-figure" else LONGEST_VALUE
    for name, value in attributes(node).items():
        if name == "lang" and not is_known(value):
            yield problem("D155", _value(name, value, node, places), tag=value, nearest=nearest_tag(value))
        if name == "row-headers" and value not in ROW_HEADS:
            yield problem("D332", _value(name, value, node, places), value=value)
        if name == "source" and (markup := _MARKUP.search(value)):
            yield problem("D366", _value(name, value, node, places), text=markup[0])
        if name not in known:
            yield problem("D127", _key(name, node, places), name=name, known=", ".join(known))
        elif len(value) > most:
            yield problem("D514", _key(name, node, places), key=name, length=len(value), most=most)


def _key(name: str, node: Node, places: Places) -> Place:
    """The place of an attribute's name."""
    return places.near(node).nth(rf"(?<=[\s{{])({re.escape(name)})\s*=")


def _value(name: str, value: str, node: Node, places: Places) -> Place:
    """The place of an attribute's value."""
    return places.near(node).nth(rf"(?<=[\s{{]){name}\s*=\s*[\"']?({re.escape(value)})")


def _block(node: Node, places: Places) -> Iterator[Problem]:
    beside = {BESIDE} if block_kind(node) in ("chart", "figures") else set()
    for name in classes(node):
        if name not in BLOCKS and name not in beside:
            place = places.nth(rf"^[ \t]*+:::++.*?({re.escape(name)})")
            yield problem("D118", place, kind=name, nearest=nearest(name, BLOCKS), known=", ".join(BLOCKS))


def citation_sites(nodes: Iterable[Node], places: Places) -> tuple[CitationSite, ...]:
    """Every key that a text cites, in document order, each with its place."""
    count: Counter[tuple[int, str]] = Counter()
    sites = []
    for node in nodes:
        if node["t"] == "Cite":
            near = places.near(node)
            for citation in node["c"][0]:
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
    for link in nodes:
        if link["t"] == "Link" and link["c"][2][0].startswith("#"):
            target = link["c"][2][0]
            near = places.near(link)
            place = near.target(target, count[near.begin, target])
            count[near.begin, target] += 1
            found.append(CrossReference(target[1:], not plain_text(link["c"][1]), place))
    return tuple(found)


def link_texts(nodes: Iterable[Node], places: Places) -> tuple[LinkText, ...]:
    """The words of each link that has some, in order."""
    links = [(link, plain_text(link["c"][1])) for link in nodes if link["t"] == "Link"]
    return tuple(
        LinkText(words, places.near(link).target(link["c"][2][0].removeprefix(SCHEME)))
        for link, words in links
        if words
    )


def block_kind(node: Node) -> str:
    """Which of our blocks a Div is (a box, chart, table, key-points), or an empty text."""
    return next((name for name in classes(node) if name in BLOCKS), "") if node["t"] == "Div" else ""


def opening(block: Node, places: Places) -> Place:
    """The place of a block's opening line."""
    lines = places.near(block)
    if identifier(block):
        return lines.identifier(identifier(block))
    return lines.nth(rf"^[ \t]*+(:::++.*{re.escape(block_kind(block))})")
