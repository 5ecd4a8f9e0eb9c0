"""In-text citations as people type them: "(Koeter, 2022, p. 5; Hofman, 2020)" and "Gerrits en Vlaar (2010)".

What comes out says what stands where: the words before a year, the year, the words behind it. Whether they are a
citation, and of which work, is for the reference list to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dossierbuild.core.visible import HIDDEN

_YEAR = (
    r"(?:(?:1[5-9]|20)\d\d(?:\s?[/–-]\s?(?:1[5-9]|20)\d\d)?[a-z]?|z\.\s?[dj]\.?(?:-[a-z])?|[ns]\.\s?d\.(?:-[a-z])?"
    r"|in\sdruk|ter\sperse|in\spress)(?![\w’'])"
)
# Letters that share a year, "2015a, b" and "2017a–c"; a letter before a number is the label of a place: "2015a, p 3".
_LETTERS = r"(?:(?<=\d[a-z])(?:\s*(?:[,/&–-]|\b(?:en|and)\b)\s*[a-z](?![\w’'.]|\s*\d))+)?"
_YEARS = rf"{_YEAR}{_LETTERS}(?:\s*(?:[,&/]|en\b|and\b)\s*{_YEAR}{_LETTERS})*"
_PAGES = r"(?:pp?|blz|pag|pagina[’']?s?|bladzijden?|hfst|par|art)\b\.?\s*[\divxlc]"
_PARENTHESES = re.compile(rf"\(([^()]{{4,600}})\)|(?<![\]\\!\w])\[([^\[\]()@^]{{4,600}})\](?![\[({{:{HIDDEN}])")
_YEAR_APART = re.compile(rf"(?:(?<=[^\W\d_])|(?<=\d{{4}}));(?=\s*{_YEARS}\s*(?:[,;:]|\Z))", re.IGNORECASE)
_YEAR_AND_LETTERS = re.compile(rf"(?P<year>{_YEAR})(?P<letters>{_LETTERS})", re.IGNORECASE)
_AFTER_COMMA = re.compile(rf",\s*(?P<years>{_YEARS})", re.IGNORECASE)
_AFTER_SPACE = re.compile(rf"(?<=[\w.])\s+(?P<years>{_YEARS})(?=\s*(?:$|[,:]|{_PAGES}))", re.IGNORECASE)
_SUFFIX = re.compile(rf"\s*(?:$|[,:]\s*(?P<suffix>\S.*)|(?P<place>{_PAGES}.*))", re.IGNORECASE | re.DOTALL)
_NEXT = re.compile(r"(?:\s*,\s*(?:(?:en|and|&)\s+)?|\s+(?:en|and|&)\s+)(?=\S)")
_QUOTED_IN = re.compile(r".*\b(?:aangehaald|geciteerd|genoemd|cited|quoted)\s+in\b:?\s*", re.IGNORECASE | re.DOTALL)
_NARRATIVE = re.compile(rf"\(\s*(?P<years>{_YEARS})(?P<rest>[^()]{{0,200}})\)", re.IGNORECASE)
_BREAK = re.compile(r"\n[ \t]*(?:\n|[-*+#|:]|\d+[.)]\s)|\|")
_RANGE = re.compile(
    r"(?P<first>^(?:(?:pp?|blz|pag|pagina[’']?s?|bladzijden?)\b\.?\s*)?\d+)"
    r"(?:\s?[-–]\s?pp?\.\s?|\s(?:tot(?:\sen\smet)?|t/m)\s)(?P<last>\d+)",
    re.IGNORECASE,
)
_LONGEST_HEAD = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One work as it was typed: `head` is what stands before the year, `suffix` what stands behind it.

    `start` and `end` are offsets in the text. `quoted_in` is what comes before "aangehaald in", these words included;
    `comma` says whether a comma stands between head and year.
    """

    start: int
    end: int
    head: str
    years: tuple[str, ...]
    suffix: str
    quoted_in: str = ""
    comma: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A pair of parentheses with works in it; `rest` says whether more stands in it than works.

    Of a narrative citation the first work has only its year in parentheses: its `head` is all text before that may hold
    the names, and `behind` is the text behind the parentheses.
    """

    start: int
    end: int
    items: tuple[Item, ...]
    narrative: bool = False
    rest: bool = False
    behind: str = ""


def typed_citations(text: str) -> Iterator[Typed]:
    """What may be a citation in a text, in order; only the prose of the text is visible.

    Square brackets are read as round ones where they are no part of a link.
    """
    for found in _PARENTHESES.finditer(text):
        if HIDDEN in found[0] or re.search(r"\n\s*\n", found[0]):
            continue
        year = _NARRATIVE.fullmatch(found[0])
        typed = _narrative(text, found, year) if year else _parenthetical(text, found)
        if typed:
            yield typed


def _parenthetical(text: str, found: re.Match[str]) -> Typed | None:
    inside = _YEAR_APART.sub(",", found[found.lastindex or 0])
    items, rest = _all_items(inside.split(";"), found.start() + 1)
    if not items:
        return None
    return Typed(start=found.start(), end=found.end(), items=items, rest=rest)


def _all_items(segments: list[str], offset: int) -> tuple[tuple[Item, ...], bool]:
    """The works in the parts of a citation, and whether there are parts without any."""
    of_segments = []
    for segment in segments:
        of_segments.append(tuple(_items(segment, offset)))
        offset += len(segment) + 1
    return tuple(item for items in of_segments for item in items), not all(of_segments)


def _items(segment: str, offset: int) -> Iterator[Item]:
    """The works in a part of a citation; several where commas stand between them."""
    quoted_in = _QUOTED_IN.match(segment)
    begin = quoted_in.end() if quoted_in else len(segment) - len(segment.lstrip())
    year = _AFTER_COMMA.search(segment, begin) or _AFTER_SPACE.search(segment, begin)
    if year is None or not segment[begin : year.start()].strip():
        return
    further = _NEXT.match(segment, year.end())
    others = tuple(_items(segment[further.end() :], offset + further.end())) if further else ()
    if others and others[0].comma:
        suffix, end = "", year.end()
    else:
        others = ()
        behind = _SUFFIX.match(segment, year.end())
        if behind is None:
            return
        suffix, end = _tidy_suffix(behind["suffix"] or behind["place"] or ""), len(segment.rstrip())
    yield Item(
        start=offset + (len(segment) - len(segment.lstrip())),
        end=offset + end,
        head=segment[begin : year.start()],
        years=_split_years(year["years"]),
        suffix=suffix,
        quoted_in=quoted_in[0] if quoted_in else "",
        comma=year[0].startswith(","),
    )
    yield from others


def _narrative(text: str, found: re.Match[str], year: re.Match[str]) -> Typed | None:
    """A year in parentheses behind words; the words go back to the beginning of the paragraph, or some lines."""
    before = text[max(0, found.start() - _LONGEST_HEAD) : found.start()]
    breaks = [gap.end() for gap in _BREAK.finditer(before)]
    head = before[breaks[-1] :] if breaks else before
    first, *others = year["rest"].split(";")
    behind = _SUFFIX.match(first)
    if behind is None or not head.strip() or not head[-1:].isspace():
        return None
    item = Item(
        start=found.start() - len(head),
        end=found.end(),
        head=head,
        years=_split_years(year["years"]),
        suffix=_tidy_suffix(behind["suffix"] or behind["place"] or ""),
    )
    items, rest = _all_items(others, found.start() + year.start("rest") - year.start() + len(first) + 1)
    after = text[found.end() : found.end() + 40]
    return Typed(start=item.start, end=item.end, items=(item, *items), narrative=True, rest=rest, behind=after)


def _split_years(years: str) -> tuple[str, ...]:
    """Each year with its own letter: "2015a, b" are 2015a and 2015b, "2017a–c" are three."""
    return tuple(year for found in _YEAR_AND_LETTERS.finditer(years) for year in _lettered(found))


def _lettered(found: re.Match[str]) -> Iterator[str]:
    yield found["year"]
    last = found["year"][-1]
    for sign, letter in re.findall(r"([,/&–-]|en|and)\s*([a-z])(?!\w)", found["letters"], re.IGNORECASE):
        between = range(ord(last) + 1, ord(letter)) if sign in "–-" else ()
        yield from (f"{found['year'][:-1]}{chr(number)}" for number in (*between, ord(letter)))
        last = letter


def _tidy_suffix(suffix: str) -> str:
    """A suffix on one line, with a page as "p. 12", also from "p.12" and from a number alone.

    A range has a hyphen, also from "4 tot 6", "12 t/m 15" and "p.4-p.6".
    """
    line = _RANGE.sub(r"\g<first>-\g<last>", " ".join(suffix.split()))
    if re.fullmatch(r"\d+(?:\s?[-–]\s?\d+)?", line):
        return f"p. {line}"
    line = re.sub(r"^(?:pagina[’']?s?|bladzijden?)\s*(?=\d)", "p. ", line, flags=re.IGNORECASE)
    return re.sub(r"^(pp?|blz|pag)\b\.?\s*(?=\d)", lambda label: f"{label[1]}. ", line)
