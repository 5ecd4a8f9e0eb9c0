"""BibTeX and BibLaTeX: text in, entries laid out as CSL-JSON out.

pandoc reads the fields (TeX, strings, cross-references); what it loses is taken from the text itself: the
place of each entry, titles as written (it takes every title without a language for English and lowers its
capitals), dates in words, languages and the kinds of entry that it does not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from dossierbuild.core.catalogue import Language
from dossierbuild.core.citation_words import CITATION_WORDS
from dossierbuild.core.csl_fields import NAMES
from dossierbuild.core.problems import Checked, Place, Problem, problem
from dossierbuild.stages.parse.places import Places, places_of
from dossierbuild.stages.parse.reference_dates import DateError, read_date
from dossierbuild.stages.parse.reference_items import Entry
from dossierbuild.stages.parse.short_names import with_short_authors
from dossierbuild.tools.pandoc import PandocError, read_references

_START = re.compile(r"@\s*([A-Za-z]\w*)\s*[{(]")
_NOT_READ = frozenset({"comment", "set"})
_NOT_WORKS = frozenset({"preamble", "string", "xdata"})
_ROUND = re.compile(r"\A(@\s*[A-Za-z]\w*\s*)\((.*)\)\Z", re.DOTALL)
_KEY = re.compile(r"\s*([^\s,{}()\"#%]+)\s*,")
_FIELD = re.compile(r"(?:[\s,]|%[^\n]*\n)*([A-Za-z][\w:+-]*)\s*=\s*")
_BARE = re.compile(r"[^\s,{}\"#]+")
_JOIN = re.compile(r"\s*#\s*")

_TITLES = frozenset(
    """
    title subtitle titleaddon booktitle booksubtitle booktitleaddon maintitle mainsubtitle maintitleaddon
    journaltitle journalsubtitle issuetitle issuesubtitle eventtitle origtitle shorttitle reprinttitle
    """.split()
)
# Lists in BibLaTeX, so that pandoc parts them at "and"; in most lists it is a word of a name: John Wiley and Sons.
_PUBLISHERS = frozenset({"publisher", "origpublisher", "institution", "organization", "school"})
_DATES = MappingProxyType(
    {"date": "issued", "urldate": "accessed", "origdate": "original-date", "eventdate": "event-date"}
)
_KINDS = MappingProxyType(
    {
        "misc": "document",
        "unpublished": "manuscript",
        "newspaper": "article-newspaper",
        "newspaperarticle": "article-newspaper",
        "magazine": "article-magazine",
        "blog": "post-weblog",
        "webpage": "webpage",
        "website": "webpage",
        "law": "legislation",
        "bill": "bill",
        "case": "legal_case",
        "film": "motion_picture",
        "generic": "document",
        "hearing": "hearing",
        "magazine_article": "article-magazine",
        "newspaper_article": "article-newspaper",
        "statute": "legislation",
        "television_broadcast": "broadcast",
    }
)
# Kinds of Mendeley's with a _ in their names, which pandoc cannot read, and what it knows them by.
_ALIASES = MappingProxyType(
    {
        "book_section": "incollection",
        "conference_proceedings": "inproceedings",
        "encyclopedia_article": "inreference",
        "magazine_article": "article",
        "newspaper_article": "article",
        "web_page": "online",
        "working_paper": "report",
    }
)
_DISSERTATION = MappingProxyType({language: words.dissertation for language, words in CITATION_WORDS.items()})
_MASTER = MappingProxyType({language: words.masters_thesis for language, words in CITATION_WORDS.items()})
_THESES = MappingProxyType({
    "phdthesis": _DISSERTATION, "phd thesis": _DISSERTATION, "phd dissertation": _DISSERTATION,
    "doctoral dissertation": _DISSERTATION, "doctoral thesis": _DISSERTATION, "mastersthesis": _MASTER,
    "mathesis": _MASTER, "master’s thesis": _MASTER, "master's thesis": _MASTER, "msc thesis": _MASTER,
})  # fmt: skip
_PRIVATE = frozenset({"persoonlijke communicatie", "personal communication", "e-mail", "email"})
_CONSULTED = re.compile(r"(?:geraadpleegd|bezocht|accessed|retrieved)(?: op| on)?:?\s++(.+?)\.?\Z", re.IGNORECASE)


MAX_BRACES = 20
_BRACE = re.compile(r"(?<!\\)[{}]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a field's value: what stands between braces or quotes, or a bare word."""

    start: int
    end: int
    bare: bool


@dataclass(frozen=True, slots=True)
class BibEntry:
    """An entry as it stands in the text, from `offset` to `end`; `key` is empty when it is no work.

    Kind and names of fields are in lower case.
    """

    kind: str
    key: str
    offset: int
    end: int
    fields: tuple[tuple[str, tuple[Piece, ...]], ...]

    def raw(self, text: str) -> dict[str, str]:
        """The fields as written, without the outer braces."""
        joined = {name: " ".join(text[piece.start : piece.end] for piece in pieces) for name, pieces in self.fields}
        return {name: " ".join(value.strip("{}").split()) for name, value in joined.items()}


def _too_deep(text: str) -> int | None:
    """Where too many braces stand in each other; pandoc would take minutes over them."""
    depth = 0
    for match in _BRACE.finditer(text):
        depth = max(0, depth + (1 if match.group() == "{" else -1))
        if depth > MAX_BRACES:
            return match.start()
    return None


def bibtex_entries(path: str, text: str, language: Language) -> Checked[tuple[Entry, ...]]:
    """The works of a .bib file; a thesis whose entry states no language is named in `language`."""
    places = places_of(path, text)
    deep = _too_deep(text)
    if deep is not None:
        return Checked(None, (problem("D138", places.at(deep), limit=MAX_BRACES),))
    found = tuple(_scan(text))
    if not found:
        return Checked(None, (problem("D229", Place(path)),))
    try:
        items = read_references(_for_pandoc(text, found), "biblatex")
    except PandocError as error:
        return Checked(None, (_unreadable(places, str(error), found),))
    waiting = list(found)
    entries = []
    for item in items:
        bib = next((entry for entry in waiting if entry.key == item["id"]), None)
        if bib is None:
            entries.append(Entry(item=item, place=Place(path)))
            continue
        waiting.remove(bib)
        entries.append(Entry(item=_mended(item, bib, bib.raw(text), language), place=places.at(bib.offset)))
    return Checked(tuple(entries))


# --- the text --------------------------------------------------------------------------------------------------------


def _scan(text: str) -> Iterator[BibEntry]:
    """The entries of a text. What does not parse is passed over here; pandoc tells what is wrong with it."""
    offset = 0
    while match := _START.search(text, offset):
        kind, start = match.group(1).lower(), match.start()
        end = _closing(text, match.end() - 1)
        key = _KEY.match(text, match.end())
        offset = end
        if kind not in _NOT_READ:
            is_work = key is not None and kind not in _NOT_WORKS
            fields = tuple(_fields(text, key.end())) if key and is_work else ()
            yield BibEntry(kind, key.group(1) if key and is_work else "", start, end, fields)


def _fields(text: str, offset: int) -> Iterator[tuple[str, tuple[Piece, ...]]]:
    while match := _FIELD.match(text, offset):
        pieces, offset = _pieces(text, match.end())
        if not pieces:
            break
        yield match.group(1).lower(), pieces


def _pieces(text: str, offset: int) -> tuple[tuple[Piece, ...], int]:
    """The value at `offset`: pieces joined by #."""
    pieces: list[Piece] = []
    while offset < len(text):
        if text[offset] in '{"':
            end = _closing(text, offset)
            pieces.append(Piece(offset + 1, end - 1, bare=False))
        elif match := _BARE.match(text, offset):
            end = match.end()
            pieces.append(Piece(offset, end, bare=True))
        else:
            break
        offset = end
        join = _JOIN.match(text, offset)
        if not join:
            break
        offset = join.end()
    return tuple(pieces), offset


def _closing(text: str, offset: int) -> int:
    """The offset behind the sign that closes the brace, parenthesis or quote at `offset`; else the text's end."""
    closing = {"{": "}", "(": ")", '"': '"'}[text[offset]]
    depth, index = 0, offset + 1
    while index < len(text):
        sign = text[index]
        if sign == "\\":
            index += 1
        elif sign == closing and depth == 0:
            return index + 1
        elif sign in "{}":
            depth += 1 if sign == "{" else -1
        index += 1
    return len(text)


def _for_pandoc(text: str, entries: tuple[BibEntry, ...]) -> str:
    """The entries alone, each on the lines where it stands in the text."""
    parts, last = [], 0
    for entry in entries:
        parts += [
            "\n" * text.count("\n", last, entry.offset),
            _ROUND.sub(r"\1{\2}", _known_kind(_kept_whole(text, entry), entry.kind)),
        ]
        last = entry.end
    return "".join(parts)


def _known_kind(text: str, kind: str) -> str:
    return re.sub(r"\A@\s*\w+", f"@{_ALIASES.get(kind, 'misc')}", text) if "_" in kind else text


def _kept_whole(text: str, entry: BibEntry) -> str:
    """The entry with braces around titles and publishers: so BibTeX keeps capitals, and an "and" in a name."""
    braced = _TITLES | _PUBLISHERS
    whole = [piece for name, pieces in entry.fields if name in braced for piece in pieces if not piece.bare]
    parts, last = [], entry.offset
    for piece in whole:
        parts += [text[last : piece.start], "{", text[piece.start : piece.end], "}"]
        last = piece.end
    return "".join([*parts, text[last : entry.end]])


def _unreadable(places: Places, message: str, entries: tuple[BibEntry, ...]) -> Problem:
    """Where pandoc gives up. The column may have moved with the braces that were added; the line has not.

    pandoc names the line in words only, which `test_a_list_that_cannot_be_read_is_told_at_its_line` checks.
    """
    match = re.search(r"line ([0-9]+)", message)
    lines = places.text.split("\n")
    number = int(match.group(1)) if match else 0
    if not 0 < number <= len(lines) or "end of input" in message:
        # An entry that is never closed runs to the end.
        last = places.at(entries[-1].offset)
        number = last.line
    return problem("D208", Place(places.path, number), reason=lines[number - 1].strip()[:60])


# --- the fields ------------------------------------------------------------------------------------------------------


def _mended(item: dict[str, Any], bib: BibEntry, raw: dict[str, str], language: Language) -> dict[str, Any]:
    """pandoc's item, with what it lost taken from the text."""
    mended = {field: _names(value) if field in NAMES else value for field, value in item.items()}
    mended = with_short_authors(mended, {name: raw[name] for name, pieces in bib.fields if not pieces[0].bare})
    if "shorttitle" not in raw:
        mended.pop("title-short", None)
    mended |= _dates(item, raw)
    mended.setdefault("language", raw.get("langid") or raw.get("language") or raw.get("hyphenation"))
    mended |= _genre(bib.kind, raw, Language.of(str(item.get("language", language.value))), item)
    mended |= _address(mended)
    if "issue" in raw and item.get("type", "").startswith("article"):
        mended.setdefault("issue", raw["issue"])  # pandoc knows it beside a number only
    if not item.get("type") or ("_" in bib.kind and bib.kind in _KINDS):
        kind = "webpage" if bib.kind == "misc" and mended.get("URL") else _KINDS.get(bib.kind, bib.kind)
        mended["type"] = "personal_communication" if raw.get("type", "").lower() in _PRIVATE else kind
    if mended["type"] == "legal_case" and "authority" not in mended:
        mended["authority"] = mended.pop("publisher", "")
    return mended


def _names(names: list[dict[str, str]]) -> list[dict[str, str]]:
    """Names without tags; a first letter in braces, `{\\c{S}}ukru`, makes pandoc take a given name for a particle."""
    plain = [{part: re.sub(r"<[^<>]++>", "", text) for part, text in name.items()} for name in names]
    for name in plain:
        if name.get("dropping-particle", "")[:1].isupper():
            *middle, name["family"] = name["family"].split(" ")
            name["given"] = " ".join([name.get("given", ""), name.pop("dropping-particle"), *middle]).strip()
    return plain


def _genre(kind: str, raw: dict[str, str], language: Language, item: dict[str, Any]) -> dict[str, Any]:
    """The kind of a thesis or report: BibLaTeX has words for some that pandoc knows in English only."""
    word = raw.get("type", kind).lower()
    if word in _THESES:
        return {"genre": _THESES[word][language]}
    return {"genre": item.get("genre", "") if "type" in raw and word != "techreport" else ""}


def _dates(item: dict[str, Any], raw: dict[str, str]) -> dict[str, Any]:
    """Each date as written, unless only pandoc can read it."""
    written: dict[str, Any] = {_DATES[name]: raw[name] for name in _DATES if raw.get(name)}
    if "issued" not in written and raw.get("year"):
        parts = {name: raw[name] for name in ("year", "month", "day") if raw.get(name)}
        written["issued"] = parts if len(parts) > 1 else raw["year"]
    return {field: _readable(value, item.get(field)) for field, value in written.items()}


def _readable(value: Any, other: Any) -> Any:
    """A date as written, else as pandoc read it; where neither is a date, as written, for the message."""
    parts = isinstance(other, dict) and other.get("date-parts")
    for date in (value, other) if parts else (value,):
        try:
            read_date(date)
        except DateError:
            continue
        return date
    return "-".join(value.values()) if isinstance(value, dict) else value


def _address(item: dict[str, Any]) -> dict[str, Any]:
    """The address that stands in `howpublished` and the day of reading that stands in a note, in their own fields."""
    found: dict[str, Any] = {}
    publishers = str(item.get("publisher", "")).split("; ")
    if len(publishers) == 2 and len(set(publishers)) == 1:  # Mendeley gives a school as the institution too
        found |= {"publisher": publishers[0]}
    if not item.get("URL") and re.match(r"https?://\S+\Z", str(item.get("publisher", ""))):
        found |= {"URL": item["publisher"], "publisher": ""}
    consulted = _CONSULTED.match(str(item.get("note", "")))
    if consulted and not item.get("accessed"):
        try:
            found |= {"accessed": read_date(consulted.group(1)), "note": ""}
        except DateError:
            return found
    return found
