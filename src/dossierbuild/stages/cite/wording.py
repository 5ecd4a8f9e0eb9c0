"""Wording: what a CSL style cannot say, put right on the resolved tree.

A style cannot know whether names stand in running text or in parentheses, whether initials stand before a
particle, or which language a book is in. The marks that style and works carry (`MARK`, `GAP`) say where
such words stand; nothing here guesses from text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import groupby, takewhile
from string import digits
from types import MappingProxyType
from typing import Any

from dossierbuild.core.ast import Node, Nodes, attr, node, plain_text, rewrite, span, text
from dossierbuild.core.catalogue import Language
from dossierbuild.core.citation_words import CITATION_WORDS
from dossierbuild.core.works import Item
from dossierbuild.stages.cite.articles import show_article
from dossierbuild.stages.cite.brackets import close_behind_stops, close_behind_suffixes, narrate_title
from dossierbuild.stages.cite.namesakes import drop_initials, show_initials
from dossierbuild.stages.cite.works import GAP, IJ, authors_of, given_names
from dossierbuild.tools.csl import MARK, UNCASED, StyleFacts

# HAN, apa-normen: an editor's role is named in the language of the book.
_EDITORS = MappingProxyType({"en": ("Ed.", "Eds."), "de": ("Hrsg.", "Hrsg."), "fr": ("Éd.", "Éds.")})

_Change = Callable[[str, str], str]
"""Gets the text before a word and the word, gives the word that is to be printed."""


class Wording:
    """The wording of one run: what it depends on, and the changes in their order."""

    def __init__(self, language: Language, items: Sequence[Item], facts: StyleFacts) -> None:
        self._language = language
        self._words = CITATION_WORDS[language]
        self._facts = facts
        self._given_names = given_names(items)
        self._books = {item["id"]: str(item.get("language", "")) for item in items}
        self._authors = {item["id"]: authors_of(item, self._words) for item in items}
        self._titles = {item["id"]: [str(item.get(name, "")) for name in ("title-short", "title")] for item in items}

    def of_citation(self, inlines: Nodes, narrated: str) -> Nodes:
        """A citation as it is printed; `narrated`: the key of the work whose author is in running text."""
        words = close_behind_suffixes(inlines) if self._facts.encloses_each else inlines
        words = close_behind_stops(words) if self._facts.quotes_stops else words
        words = _name_initials(_name_articles(words))
        if narrated and self._language is Language.NL:
            words = _drop_comma(words)
        words = _write_and(words, self._words.conjunction if narrated else "&")
        if narrated in self._authors:
            words = _write_author(words, self._authors[narrated], numeric=self._facts.numeric)
            words = narrate_title(words, self._titles[narrated], self._authors[narrated])
        return self._names(words)

    def of_entry(self, inlines: Nodes, key: str) -> Nodes:
        """An entry of the reference list as it is printed."""
        joined = _write_and(_name_articles(without_initials(inlines)), "&")
        return self._names(_end_once(_name_roles(joined, self._books.get(key, ""))))

    def _names(self, inlines: Nodes) -> Nodes:
        if self._language is Language.NL:
            inlines = _capitalise_particles(inlines, self._given_names)
        return _tidy_spans(_link_whole_addresses(set_upright(remove_marks(inlines))))


def _name_initials(inlines: Nodes) -> Nodes:
    """A citation with the initials of those who share a surname: "(J. Jansen, 2021)"."""
    return _change_words(inlines, lambda before, word: show_initials(word))


def _name_articles(inlines: Nodes) -> Nodes:
    """Titles with the article that they were sorted without."""
    return _change_words(inlines, lambda before, word: show_article(word))


def without_initials(inlines: Nodes) -> Nodes:
    """An entry without the initials that its citations carry before the surname."""
    return _change_words(inlines, lambda before, word: drop_initials(word))


def _write_and(inlines: Nodes, conjunction: str) -> Nodes:
    """ "Spierts en Van der Sterren (2000)", but "(Spierts & Van der Sterren, 2000)": APA 8.17.

    Only an "&" between names outside parentheses changes, not one in the name of an organisation.
    """

    def change(before: str, word: str) -> str:
        outside = before.count("(") <= before.count(")")
        return word.replace(f"&{MARK}", conjunction if outside else "&")

    return _change_words(inlines, change)


def _write_author(inlines: Nodes, author: str, *, numeric: bool) -> Nodes:
    """ "Koeter [2]": a narrative citation needs a subject, also where the style prints a number or a note only."""
    first = inlines[0] if inlines else node("Space")
    if first["t"] in ("Note", "Superscript"):
        return [*text(author), *inlines]
    if numeric and plain_text(inlines)[:1] in {"[", "(", *digits}:
        return [*text(author), node("Space"), *inlines]
    return inlines


def _drop_comma(inlines: Nodes) -> Nodes:
    """ "Jansen, Bos en Dam (2021)": Dutch has no comma before the word between the last two of three names."""
    joined = [node("Space"), node("Str", f"&{MARK}")]
    in_running_text = len(list(takewhile(lambda inline: "(" not in plain_text([inline]), inlines)))
    return [
        node("Str", inline["c"].removesuffix(","))
        if index < in_running_text and inline["t"] == "Str" and inlines[index + 1 : index + 3] == joined
        else inline
        for index, inline in enumerate(inlines)
    ]


def _capitalise_particles(inlines: Nodes, given_names: frozenset[str]) -> Nodes:
    """ "Van der Sterren", and "J. van der Sterren" behind a given name or initials.

    Dutch spelling (Onze Taal; HAN, apa-amerika-vs-nederland): the first particle gets a capital unless a
    given name, initials or another particle stand before it.
    """

    def change(before: str, word: str) -> str:
        parts = re.split(rf"{MARK}(?=\w)", word)
        for index, part in enumerate(parts[1:], 1):
            ahead = re.split(r"[\s/(\[]", (before + "".join(parts[:index])).rstrip())[-1]
            letters = "".join(re.findall(r"[^\W\d_]", ahead))
            if ahead.endswith((",", ";")) or letters not in given_names:
                parts[index] = part[0].upper() + part[1:]
        return "".join(parts)

    return _change_words(inlines, change)


def _name_roles(inlines: Nodes, book: str) -> Nodes:
    """ "(Eds.)" for the editors of an English book; `book` is the work's language tag, empty if not known."""
    editors = _EDITORS.get(book.lower()[:2])

    def change(before: str, word: str) -> str:
        if editors:
            word = re.sub(rf"Reds\.{MARK}", editors[1], word)
            word = re.sub(rf"Red\.{MARK}", editors[0], word)
        return word

    return _change_words(inlines, change)


def _end_once(inlines: Nodes) -> Nodes:
    """No full stop behind a title that ends in an ellipsis."""

    def change(before: str, word: str) -> str:
        return word[1:] if before.endswith("…") and word.startswith(".") else word

    return _change_words(inlines, change)


# pandoc would print citeproc's classes as blocks inside a paragraph.
_SPANS = MappingProxyType({
    "csl-left-margin": "entry-number", "csl-right-inline": "entry-text", "csl-block": "entry-block",
    "csl-indent": "entry-indent",
})  # fmt: skip


def _tidy_spans(inlines: Nodes) -> Nodes:
    """The inlines with citeproc's spans under our names, and without spans that mean nothing to a reader."""

    def tidied(inline: Node) -> Node | Nodes | None:
        if inline["t"] != "Span" or inline["c"][0][0] or inline["c"][0][2]:
            return None
        names = [_SPANS[name] for name in inline["c"][0][1] if name in _SPANS]
        return span(attr(classes=names), inline["c"][1]) if names else list(inline["c"][1])

    result: Nodes = rewrite(inlines, tidied)
    return result


def set_upright(inlines: Nodes) -> Nodes:
    """Italics within italics as upright text between italics (APA 6.23)."""

    def lifted(inline: Node) -> Nodes | None:
        if inline["t"] != "Emph" or not any(inner["t"] == "Emph" for inner in inline["c"]):
            return None
        out: Nodes = []
        for upright, run in groupby(inline["c"], key=lambda inner: inner["t"] == "Emph"):
            part = list(run)
            if upright:
                out += [inner for emph in part for inner in emph["c"]]
            else:
                before = list(takewhile(_is_space, part))
                behind = list(takewhile(_is_space, reversed(part[len(before) :])))
                words = part[len(before) : len(part) - len(behind)]
                out += [*before, *([node("Emph", words)] if words else []), *behind]
        return out

    result: Nodes = rewrite(inlines, lifted)
    return result


def _is_space(inline: Node) -> bool:
    return inline["t"] in ("Space", "SoftBreak")


def _link_whole_addresses(tree: Any) -> Any:
    """ "https://doi.org/10.1000/1" as one link, where a style writes the beginning of the address itself."""
    if isinstance(tree, dict):
        return {name: _link_whole_addresses(value) for name, value in tree.items()}
    if not isinstance(tree, list):
        return tree
    out: list[Any] = []
    for value in map(_link_whole_addresses, tree):
        ahead = _missing_beginning(value)
        if ahead and out and out[-1]["t"] == "Str" and out[-1]["c"].endswith(ahead):
            out[-1] = node("Str", out[-1]["c"].removesuffix(ahead))
            out.append(node("Link", value["c"][0], [*text(ahead), *value["c"][1]], value["c"][2]))
        else:
            out.append(value)
    return [value for value in out if value != node("Str", "")]


def _missing_beginning(value: Any) -> str:
    """The beginning of an address that the text of its link leaves out."""
    if not isinstance(value, dict) or value.get("t") != "Link":
        return ""
    shown, address = plain_text(value), value["c"][2][0]
    return str(address.removesuffix(shown)) if address.endswith(shown) else ""


def remove_marks(inlines: Nodes) -> Nodes:
    """The inlines without marks, with a space for each gap and two signs for the one letter IJ."""

    def split(inline: Node) -> Nodes | None:
        if inline["t"] != "Str" or not {MARK, GAP, IJ, UNCASED} & set(inline["c"]):
            return None
        return text(inline["c"].replace(MARK, "").replace(UNCASED, "").replace(GAP, " ").replace(IJ, "IJ"))

    result: Nodes = rewrite(inlines, split)
    return result


def _change_words(inlines: Nodes, change: _Change) -> Nodes:
    """A copy with each word changed, in the order of the text; a note begins a text of its own."""
    before = ""

    def copy(tree: object) -> object:
        nonlocal before
        if isinstance(tree, list):
            return [copy(value) for value in tree]
        if not isinstance(tree, dict):
            return tree
        kind = tree.get("t")
        if kind == "Str":
            word = change(before, tree["c"])
            before += word
            return {**tree, "c": word}
        if kind in ("Space", "SoftBreak", "LineBreak"):
            before += " "
        elif kind == "Note":
            outside, before = before, ""
            note = {**tree, "c": copy(tree["c"])}
            before = outside
            return note
        return {name: copy(value) for name, value in tree.items()}

    return [copy(inline) for inline in inlines]  # type: ignore[misc]
