"""The lists of a publication: of its terms, of its abbreviations, and its index."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from dossierbuild.core.alphabet import dutch_order, initial
from dossierbuild.core.ast import Node, Nodes, Prose, attr, div, link, node, para, plain, prose, span, text
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.model import IndexMark, ListKind, TextFile
from dossierbuild.core.slug import slug
from dossierbuild.core.terms import Term, uses_in, vocabulary_of
from dossierbuild.stages.compose.targets import Target, Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """The lists that a publication shows, by their kind, and where in them each term stands: the id by the term."""

    shown: Mapping[ListKind, Prose]
    addresses: FrozenMap[str, str]

    def only(self, kinds: Collection[ListKind]) -> Lists:
        """The lists of these kinds, without the ids of terms."""
        shown = ((kind, blocks) for kind, blocks in self.shown.items() if kind in kinds)
        return Lists(shown=FrozenMap(shown), addresses=FrozenMap())


def lists_of(texts: Sequence[TextFile], terms: Sequence[Term], targets: Mapping[str, Target], words: Terms) -> Lists:
    """The lists that the texts of a publication ask for; a term leads to what it means, else to what it is short for.

    `targets` are the publication's sections by id, `words` the fixed words.
    """
    asked = {use.kind for written in texts for use in written.lists}
    used, abbreviated = _used(texts, terms) if asked & {ListKind.GLOSSARY, ListKind.ABBREVIATIONS} else ((), ())
    shown: dict[ListKind, Prose] = {}
    addresses: dict[str, str] = {}
    if ListKind.ABBREVIATIONS in asked:
        addresses |= {term.term: f"abbr-{slug(term.abbr)}" for term in abbreviated}
        entries = [(term.abbr, addresses[term.term], term.term) for term in abbreviated]
        shown[ListKind.ABBREVIATIONS] = _definitions(ListKind.ABBREVIATIONS, entries, words)
    if ListKind.GLOSSARY in asked:
        explained = [term for term in used if term.means]
        addresses |= {term.term: f"term-{slug(term.term)}" for term in explained}
        entries = [(_named(term), addresses[term.term], term.means) for term in explained]
        shown[ListKind.GLOSSARY] = _definitions(ListKind.GLOSSARY, entries, words)
    marks = [mark for written in texts for mark in written.index_marks]
    if marks:
        shown[ListKind.INDEX] = prose([index_of(marks, targets, words)])
    return Lists(shown=FrozenMap(shown), addresses=FrozenMap(addresses))


def _used(texts: Iterable[TextFile], terms: Sequence[Term]) -> tuple[list[Term], list[Term]]:
    """The terms that texts use, and those of them of which they use the abbreviation, each in the order of the file."""
    passages = (passage for written in texts for passage in written.passages)
    uses = [use for _, use in uses_in(passages, vocabulary_of(terms))]
    used, abbreviated = {use.number for use in uses}, {use.number for use in uses if use.abbreviated}
    return [terms[number] for number in sorted(used)], [terms[number] for number in sorted(abbreviated)]


def _named(term: Term) -> str:
    return f"{term.term} ({term.abbr})" if term.abbr else term.term


def _definitions(kind: ListKind, entries: Iterable[tuple[str, str, str]], words: Terms) -> Prose:
    """A list of words with their ids and meanings, in the order of Dutch."""
    ordered = sorted(entries, key=lambda entry: dutch_order(entry[0]))
    items = [[[span(attr(name), text(word))], [[plain(text(meaning))]]] for word, name, meaning in ordered]
    role = "doc-glossary" if kind is ListKind.GLOSSARY else "region"
    return prose(
        [div(attr("", [kind.value], role=role, aria_label=words[kind.value]), [node("DefinitionList", items)])]
    )


# --- the index ------------------------------------------------------------------------------------------------------


def index_of(marks: Sequence[IndexMark], targets: Mapping[str, Target], words: Terms) -> Node:
    """The index: entries below their letter, each with the places that it leads to, and below it its parts."""
    entries: dict[str, list[IndexMark]] = {}
    for mark in marks:
        entries.setdefault(mark.entry.casefold(), []).append(mark)
    index = _Index(targets, words, {mark.see.casefold() for mark in marks if mark.see})
    ordered = sorted((_spelled(found), found) for found in entries.values())
    ordered.sort(key=lambda entry: dutch_order(entry[0]))
    groups: Nodes = []
    for letter, those in groupby(ordered, key=lambda entry: initial(entry[0])):
        groups.append(para([span(attr("", ["index-letter"]), text(letter))]))
        groups.append(node("BulletList", [index.entry(word, found) for word, found in those]))
    return div(attr("", ["index-list"]), groups)


def _spelled(marks: Iterable[IndexMark]) -> str:
    """An entry as it is printed: with a small letter where a text writes it so, since sentences begin with capitals."""
    return max(mark.entry for mark in marks)


@dataclass(frozen=True, slots=True)
class _Index:
    """What entries are made with: the sections by id, the fixed words, and the entries that others lead to."""

    targets: Mapping[str, Target]
    words: Terms
    seen: set[str]

    def entry(self, word: str, marks: Sequence[IndexMark]) -> Nodes:
        """An entry with its places, and its parts below it."""
        named = [span(attr(_entry_id(word)), text(word))] if word.casefold() in self.seen else text(word)
        own = plain([*named, *self.places([mark for mark in marks if not mark.sub])])
        parts: dict[str, list[IndexMark]] = {}
        for mark in marks:
            if mark.sub:
                parts.setdefault(mark.sub, []).append(mark)
        ordered = sorted(parts, key=dutch_order)
        below = [[plain([*text(sub), *self.places(parts[sub])])] for sub in ordered]
        return [own, node("BulletList", below)] if below else [own]

    def places(self, marks: Sequence[IndexMark]) -> Iterator[Node]:
        """The places of an entry, and where else to look; writers put page numbers in place of the sections."""
        located = [mark for mark in marks if not mark.see]
        if located:
            links = [piece for mark in located for piece in (*text(", "), self.locator(mark))]
            yield span(attr("", ["locators"]), links)
        for see in dict.fromkeys(mark.see for mark in marks if mark.see):
            yield from text(f"{'; ' if located else ', '}{self.words['see']} ")
            yield link(text(see), f"#{_entry_id(see)}")

    def locator(self, mark: IndexMark) -> Node:
        """A link to a place by the section that it stands in: its number, else its title."""
        target = self.targets.get(mark.section)
        number = (target.number or target.title) if target else "↑"
        name = target.words(self.words) if target else mark.entry
        return link(text(number), f"#{mark.id}", attr("", ["locator"], aria_label=name))


def _entry_id(word: str) -> str:
    return f"index-entry-{slug(word)}"
