"""In-text citations as people type them: "(Koeter, 2022, p. 5; Hofman, 2020)" and "Gerrits en Vlaar (2010)".

What comes out says what stands where: the words before a year, the year, the words behind it. Whether they are a
citation, and of which work, is for the reference list to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dossierbuild.core.visible import HIDDEN

# The year of a reprint has that of the original beside it: "1959/1993", "1993 [1959]", "[1959] 1993".
_YEAR = (
    r"(?:(?:1[5-9]|20)\d\d(?:\s?[/–-]\s?(?:1[5-9]|20)\d\d|\s?[\[(](?:1[5-9]|20)\d\d[\])])?[a-z]?"
    r"|\[(?:1[5-9]|20)\d\d\]\s(?:1[5-9]|20)\d\d"
    r"|z\.\s?[dj]\.?(?:-[a-z])?|[ns]\.\s?d\.(?:-[a-z])?|zonder\s(?:datum|jaar)|ongedateerd"
    r"|in\sdruk|ter\sperse|in\spress)(?![\w’'])"
)
# Letters that share a year, "2015a, b" and "2017a–c"; a letter before a number is the label of a place: "2015a, p 3".
_LETTERS = r"(?:(?<=\d[a-z])(?:\s*(?:t/m|tot\sen\smet|[,/&+–-]|\b(?:en|and)\b)\s*[a-z](?![\w’'.]|/m|\s*\d))+)?"
_YEARS = rf"{_YEAR}{_LETTERS}(?:\s*(?:[,&/]|en\b|and\b)\s*{_YEAR}{_LETTERS})*"
_PAGES = r"(?:pp?|blz|pag|pagina[’']?s?|bladzijden?|hfst|par|art)\b\.?\s*[\divxlc]"
_PARENTHESES = re.compile(
    rf"\(([^()]++(?:\([^()]*+\)[^()]*+)*+)\)|(?<![\]\\!\w])\[([^\[\]()@^]{{4,600}})\](?![\[({{:{HIDDEN}])"
)
_INNER = re.compile(r"\([^()]++\)")
_LONGEST = 600
_YEAR_APART = re.compile(
    rf"(?:(?<=[^\W\d_])|(?<=\d{{4}})|(?<=\d{{4}}[a-z]));(?=\s*(?:{_YEARS}|(?<=\d[a-z];\s)[a-z])\s*(?:[,;:)\]]|\Z))",
    re.IGNORECASE,
)
_YEAR_AND_LETTERS = re.compile(rf"(?P<year>{_YEAR})(?P<letters>{_LETTERS})", re.IGNORECASE)
_LETTER = re.compile(r"(t/m|tot en met|[,/&+–-]|en|and)\s*([a-z])(?!\w|/m)", re.IGNORECASE)
_AFTER_COMMA = re.compile(rf",\s*(?P<years>{_YEARS})", re.IGNORECASE)
_AFTER_SPACE = re.compile(
    rf"(?<=[\w.*_\]\)”\"’])(?:\s+|\s*[:/–-]\s*)(?P<years>{_YEARS})(?=\s*(?:$|[,:]|(?:en|and|&)\s|{_PAGES}))",
    re.IGNORECASE,
)
_COMMA_IN_QUOTES = re.compile(r",[”\"]\s*\Z")
_SUFFIX = re.compile(rf"\s*(?:$|[,:]\s*(?P<suffix>\S.*)|(?P<place>{_PAGES}.*))", re.IGNORECASE | re.DOTALL)
_NEXT = re.compile(r"(?:\s*,\s*(?:(?:en|and|&)\s+)?|\s+(?:en|and|&)\s+)(?=\S)")
_PLACE = re.compile(
    r"\s*[,:]\s*(?P<suffix>(?:(?:pp?|blz|pag|pagina[’']?s?|bladzijden?)\b\.?\s*)?\d{1,3}(?:\s?[-–]\s?\d{1,4}|\sen\s\d{1,3})?"
    r"(?:\s?e\.?\s?v\.?)?)(?=,|\s+(?:en|and|&)\s)",
    re.IGNORECASE,
)
_QUOTED_IN = re.compile(
    r".*\b(?:aangehaald|geciteerd|genoemd|overgenomen|cited|quoted)\s+(?:in|door|bij|uit|by)\b:?\s*",
    re.IGNORECASE | re.DOTALL,
)
_LEADING_YEARS = re.compile(rf"\s*(?P<years>{_YEARS})", re.IGNORECASE)
_NARRATIVE = re.compile(rf"[(\[]\s*(?P<years>{_YEARS})(?P<rest>[^()]{{0,200}})[)\]]", re.IGNORECASE)
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
    `comma` says whether a comma stands between head and year. One that `is_further` has the head of the one before.
    """

    start: int
    end: int
    head: str
    years: tuple[str, ...]
    suffix: str
    quoted_in: str = ""
    comma: bool = True
    is_further: bool = False


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
        yield from _typed_in(text, found.start(), found.end())


def _typed_in(text: str, start: int, end: int) -> Iterator[Typed]:
    """The citation in a pair of parentheses; where it is none itself, those in the pairs within."""
    whole = text[start:end]
    if len(whole) > _LONGEST or HIDDEN in whole or re.search(r"\n\s*\n", whole):
        typed = None
    elif (year := _NARRATIVE.fullmatch(whole)) and not _QUOTED_IN.match(year["rest"]):
        typed = _narrative(text, start, end, year)
    else:
        typed = _parenthetical(whole, start)
    if typed:
        yield typed
    elif "(" in whole[1:]:
        for inner in _INNER.finditer(text, start + 1, end - 1):
            yield from _typed_in(text, inner.start(), inner.end())


def _parenthetical(whole: str, start: int) -> Typed | None:
    items, rest = _all_items(_YEAR_APART.sub(",", whole[1:-1]).split(";"), start + 1)
    return Typed(start=start, end=start + len(whole), items=items, rest=rest) if items else None


def _all_items(segments: list[str], offset: int, before: Item | None = None) -> tuple[tuple[Item, ...], bool]:
    """The works in the parts of a citation, which may stand behind one, and whether there are parts without any.

    A part that begins with a year is of the author before it: "Bakker, 2015a, p. 3; 2017, p. 4".
    """
    of_segments: list[tuple[Item, ...]] = []
    for segment in segments:
        items = _further(segment, offset, before) if before else tuple(_items(segment, offset))
        before = items[-1] if items else before
        of_segments.append(items)
        offset += len(segment) + 1
    return tuple(item for items in of_segments for item in items), not all(of_segments)


def _of_same_author(segment: str, offset: int, before: Item) -> Iterator[Item]:
    """The work in a part of a citation that begins with a year, behind a work."""
    years = _LEADING_YEARS.match(segment)
    behind = _SUFFIX.match(segment, years.end()) if years else None
    if years and behind:
        yield replace(
            before,
            start=offset + len(segment) - len(segment.lstrip()),
            end=offset + len(segment.rstrip()),
            years=_split_years(years["years"]),
            suffix=_tidy_suffix(behind["suffix"] or behind["place"] or ""),
            is_further=True,
        )


def _items(segment: str, offset: int) -> Iterator[Item]:
    """The works in a part of a citation; several where commas stand between them."""
    quoted_in = _QUOTED_IN.match(segment)
    begin = quoted_in.end() if quoted_in else len(segment) - len(segment.lstrip())
    years = (_AFTER_COMMA.search(segment, begin), _AFTER_SPACE.search(segment, begin))
    year = min(filter(None, years), key=lambda found: found.start("years"), default=None)
    if year is None or not segment[begin : year.start()].strip():
        return
    item = Item(
        start=offset + (len(segment) - len(segment.lstrip())),
        end=offset + len(segment.rstrip()),
        head=segment[begin : year.start()],
        years=_split_years(year["years"]),
        suffix="",
        quoted_in=quoted_in[0] if quoted_in else "",
        comma=year[0].startswith(",") or bool(_COMMA_IN_QUOTES.search(segment[: year.start()])),
    )
    place = _PLACE.match(segment, year.end())
    for end, suffix in (*([(place.end(), place["suffix"])] if place else ()), (year.end(), "")):
        further = _NEXT.match(segment, end)
        others = tuple(_further(segment[further.end() :], offset + further.end(), item)) if further else ()
        if others and (others[0].comma or not item.comma):
            yield replace(item, end=offset + end, suffix=_tidy_suffix(suffix))
            yield from others
            return
    behind = _SUFFIX.match(segment, year.end())
    if behind:
        yield replace(item, suffix=_tidy_suffix(behind["suffix"] or behind["place"] or ""))


def _further(segment: str, offset: int, before: Item) -> tuple[Item, ...]:
    """The works in a part of a citation that stands behind another work."""
    return tuple(_items(segment, offset)) or tuple(_of_same_author(segment, offset, before))


def _narrative(text: str, start: int, end: int, year: re.Match[str]) -> Typed | None:
    """A year in parentheses behind words; the words go back to the beginning of the paragraph, or some lines."""
    before = text[max(0, start - _LONGEST_HEAD) : start]
    breaks = [gap.end() for gap in _BREAK.finditer(before)]
    head = before[breaks[-1] :] if breaks else before
    inside = _YEAR_APART.sub(",", year[0][1:-1])
    years = _LEADING_YEARS.match(inside)
    assert years
    first, *others = inside[years.end() :].split(";")
    behind = _SUFFIX.match(first)
    if behind is None or not head.strip() or not head[-1:].isspace():
        return None
    item = Item(
        start=start - len(head),
        end=end,
        head=head,
        years=_split_years(years["years"]),
        suffix=_tidy_suffix(behind["suffix"] or behind["place"] or ""),
    )
    items, rest = _all_items(others, start + 1 + years.end() + len(first) + 1, item)
    after = text[end : end + 40]
    return Typed(start=item.start, end=end, items=(item, *items), narrative=True, rest=rest, behind=after)


def _split_years(years: str) -> tuple[str, ...]:
    """Each year with its own letter: "2015a, b" are 2015a and 2015b, "2017a–c" are three."""
    return tuple(year for found in _YEAR_AND_LETTERS.finditer(years) for year in _lettered(found))


def with_each_letter(text: str) -> str:
    """The text with every letter behind a year of its own: "2015a, b" as "2015a, 2015b"."""
    return _YEAR_AND_LETTERS.sub(lambda found: ", ".join(_lettered(found)), _YEAR_APART.sub(",", text))


def _lettered(found: re.Match[str]) -> Iterator[str]:
    yield found["year"]
    last = found["year"][-1]
    for sign, letter in _LETTER.findall(found["letters"]):
        between = range(ord(last) + 1, ord(letter)) if sign in ("–", "-", "t/m", "tot en met") else ()
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
