"""What the entries of a .bib file take from elsewhere in it: a text by its name (@string), fields by a key (crossref,
xdata). What is nowhere, leads back to itself or grows beyond bounds is told, and the program that reads the list gets
an empty value in its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dossierbuild.core.bounds import LONGEST_VALUE
from dossierbuild.core.problems import Problem, problem
from dossierbuild.core.reasons import Reason
from dossierbuild.core.work_dates import MONTHS
from dossierbuild.stages.parse.bibtex_text import BibEntry, Edit, Piece
from dossierbuild.stages.parse.places import Places

MAX_STEPS = 20
"""Steps from an entry to the last from which it takes fields."""

MAX_SOURCES = 500
"""Entries from which one entry takes fields."""

_LINKS = frozenset({"crossref", "xdata"})
# Fields whose bare words are months, or are read by programs of their own.
_OWN_WORDS = frozenset({"month", "year", "date", "timestamp", "owner", "groups"})

_NO_TEXT = Reason(
    "er is hierboven geen @string met die naam; bedoelde u die tekst zelf, zet hem dan tussen accolades",
    "no @string above has that name; if that text itself is meant, put it in braces",
)
_TOO_LONG = Reason("die tekst wordt te lang", "that text becomes too long")
_NO_ENTRY = Reason("er is geen bron met die sleutel", "there is no source with that key")
_NO_END = Reason(
    "dat leidt terug naar zichzelf of langs te veel andere bronnen", "it leads back to itself or along too many sources"
)


@dataclass(frozen=True, slots=True)
class _Link:
    """What an entry names in one field: its keys in lower case, and where they stand."""

    entry: BibEntry
    field: str
    keys: tuple[str, ...]
    piece: Piece


def string_edits(entries: Sequence[BibEntry], places: Places) -> Iterator[Edit | Problem]:
    """D250 for each name that no @string above has, and for one whose text grows too long, which becomes empty."""
    lengths: dict[str, int] = dict.fromkeys(MONTHS, 0)
    for entry in entries:
        for field, pieces in entry.fields:
            yield from _unknown(entry, field, pieces, lengths, places)
        if entry.kind != "string":
            continue
        for name, pieces in entry.fields:
            length = sum(_length(piece, places.text, lengths) for piece in pieces)
            if length > LONGEST_VALUE:
                yield _told(entry, name, places.text[pieces[0].start : pieces[0].end], _TOO_LONG, pieces[0], places)
                yield Edit(pieces[0].start - (not pieces[0].bare), pieces[-1].end + (not pieces[-1].bare), "{}")
            lengths[name] = length if length <= LONGEST_VALUE else 0


def _length(piece: Piece, text: str, lengths: Mapping[str, int]) -> int:
    word = text[piece.start : piece.end]
    return lengths.get(word.lower(), len(word)) if piece.bare else len(word)


def _unknown(
    entry: BibEntry, field: str, pieces: Sequence[Piece], known: dict[str, int], places: Places
) -> Iterator[Problem]:
    """D250 for each name without a text; once, for from here on it counts as known."""
    for piece in pieces:
        word = places.text[piece.start : piece.end]
        if piece.bare and field not in _OWN_WORDS and not word.isdigit() and word.lower() not in known:
            known[word.lower()] = len(word)
            yield _told(entry, field, word, _NO_TEXT, piece, places)


def link_edits(entries: Sequence[BibEntry], tokens: Mapping[BibEntry, str], places: Places) -> Iterator[Edit | Problem]:
    """Each link with the tokens of those that it names; an empty one with D250 where it leads nowhere or has no end."""
    keyed = {entry.key.casefold(): entry for entry in reversed(entries) if entry.has_key and entry.key}
    links = tuple(_links(entries, places.text))
    endless = _endless(links, keyed)
    for link in links:
        named = [keyed[key] for key in link.keys if key in keyed]
        lost = next((key for key in link.keys if key not in keyed), "")
        if link.entry in endless:
            named = []
        if link.entry in endless or lost:
            written = places.text[link.piece.start : link.piece.end].strip()
            reason = _NO_END if link.entry in endless else _NO_ENTRY
            yield _told(link.entry, link.field, lost or written, reason, link.piece, places)
        yield Edit(link.piece.start, link.piece.end, ",".join(tokens[entry] for entry in named))


def _links(entries: Sequence[BibEntry], text: str) -> Iterator[_Link]:
    for entry in entries:
        for field, pieces in entry.fields:
            if field in _LINKS and len(pieces) == 1 and not pieces[0].bare:
                written = text[pieces[0].start : pieces[0].end].split(",")
                keys = tuple(key.strip().casefold() for key in written if key.strip())
                yield _Link(entry, field, keys, pieces[0])


def _endless(links: Sequence[_Link], keyed: Mapping[str, BibEntry]) -> frozenset[BibEntry]:
    """The entries from which following the links does not end within bounds."""
    follows: dict[BibEntry, list[BibEntry]] = {}
    for link in links:
        follows.setdefault(link.entry, []).extend(keyed[key] for key in link.keys if key in keyed)
    sizes: dict[BibEntry, int] = {}
    for _ in range(MAX_STEPS):
        ended = {
            entry: 1 + sum(sizes.get(source, 1) for source in sources)
            for entry, sources in follows.items()
            if entry not in sizes and all(source in sizes or source not in follows for source in sources)
        }
        sizes |= {entry: size for entry, size in ended.items() if size <= MAX_SOURCES}
    return frozenset(follows.keys() - sizes.keys())


def _told(entry: BibEntry, field: str, name: str, reason: Reason, piece: Piece, places: Places) -> Problem:
    key = entry.key or f"@{entry.kind}"
    return problem("D250", places.at(piece.start), entry.key, key=key, field=field, name=name[:60], reason=reason)
