"""Entries that wrap over lines or paragraphs, and entries that run together, as one entry each."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator

from dossierbuild.stages.transcribe.dates import find_issued
from dossierbuild.stages.transcribe.entry import TypedEntry
from dossierbuild.stages.transcribe.people import is_dashes, read_people

_HEADINGS = frozenset(
    "literatuur literatuurlijst literatuurlijsten referenties referentielijst bronnen bronnenlijst bronvermelding "
    "bibliografie references bibliography sources reference~list geraadpleegde~literatuur geraadpleegde~bronnen "
    "gebruikte~literatuur gebruikte~bronnen literatuurverwijzingen verwijzingen works~cited".split()
)
_AUTHOR = re.compile(
    r"(?:(?:van|de|den|der|ten|ter|von|le|la|’t|'t) ){0,3}[A-ZÀ-Þ][\w’'À-ÿ-]+(?: [A-Za-zÀ-ÿ’'-]+){0,3}, "
    r"(?:[A-Z][a-z]{0,2}\.[ -]?){1,5}"
)
_ADDRESS_ONLY = re.compile(
    r"(?:<?https?://|www\.|doi:|(?:geraadpleegd|opgehaald|verkregen|retrieved|beschikbaar)\b)", re.IGNORECASE
)
_NEXT = re.compile(r"(?<=[.\w/)]) (?=(?:(?:van|de|den|der|ten|ter|von|’t|'t) ){0,3}[A-ZÀ-Þ])")
_HEAD = 400


def whole_entries(entries: Iterable[TypedEntry]) -> Iterator[TypedEntry]:
    """Each entry alone: joined where it goes on in the next, parted where several run together, without headings."""
    waiting: TypedEntry | None = None
    for entry in entries:
        for piece in _parts(entry):
            if not piece.text.strip() or is_heading(piece.text):
                continue
            if waiting is not None and goes_on(piece.text):
                waiting = TypedEntry((*waiting.runs, (" ", False), *piece.runs), waiting.place)
                continue
            if waiting is not None:
                yield waiting
            waiting = piece
    if waiting is not None:
        yield waiting


def is_heading(text: str) -> bool:
    """Whether a line is only the heading of a list of references."""
    words = re.sub(r"^#+|^[0-9.]+ ", "", text.strip()).strip(" :.#*").casefold()
    return words.replace(" ", "~") in _HEADINGS


def begins(text: str) -> bool:
    """Whether a text begins an entry: who made a work, or dashes, and a date in parentheses."""
    issued = find_issued(text[:_HEAD])
    if issued is None:
        return False
    head = text[: issued.start].strip()
    return is_dashes(head) or bool(head and read_people(head).names)


def goes_on(text: str) -> bool:
    """Whether a text can only be the rest of the entry before: an address, or words that begin in small letters."""
    text = text.strip()
    if _ADDRESS_ONLY.match(text):
        return True
    return text[0].islower() and not begins(text) and not find_issued(text[:_HEAD])


def _parts(entry: TypedEntry) -> Iterator[TypedEntry]:
    """The entries that stand in one: on lines of their own, or behind each other."""
    text = entry.text
    cuts = [0]
    for gap in re.finditer(r"\n", text):
        rest = text[gap.end() : gap.end() + _HEAD]
        if begins(rest.partition("\n")[0]) or is_heading(rest.partition("\n")[0]):
            cuts.append(gap.end())
    for start, end in zip(cuts, (*cuts[1:], len(text)), strict=True):
        piece = _cut(entry, start, end)
        yield from _run_together(piece) if piece.text.strip() else ()


def _run_together(entry: TypedEntry) -> Iterator[TypedEntry]:
    """The entries of a line in which another one begins behind the end of the first."""
    text = entry.text
    first = find_issued(text)
    if first is None:
        yield entry
        return
    for gap in _NEXT.finditer(text, first.end):
        rest = text[gap.end() : gap.end() + _HEAD]
        if not _AUTHOR.match(rest):
            continue
        issued = find_issued(rest)
        if issued is None or not ends_entry(text[: gap.start()]):
            continue
        people = read_people(rest[: issued.start])
        if people.names and people.sure and people.role == "author":
            yield _cut(entry, 0, gap.start())
            yield from _run_together(dataclasses.replace(_cut(entry, gap.end(), len(text)), parted=True))
            return
    yield entry


def ends_entry(text: str) -> bool:
    """Whether a text may be a whole entry: it ends with a full stop, an address or pages."""
    return text.endswith(".") or bool(re.search(r"(?:https?://|www\.|10\.[0-9]{4,9}/)\S+\Z|[0-9][-–][0-9]+\Z", text))


def _cut(entry: TypedEntry, start: int, end: int) -> TypedEntry:
    """The part of an entry between two offsets of its text; its place is that of the line on which it begins."""
    runs: list[tuple[str, bool]] = []
    at = 0
    for words, italic in entry.runs:
        piece = words[max(0, start - at) : max(0, end - at)]
        if piece:
            runs.append((piece, italic))
        at += len(words)
    return TypedEntry(tuple(runs), entry.place, entry.parted)
