"""Where a typed entry says that the work can be read: its DOI, its address, and when somebody looked."""

from __future__ import annotations

import re

from dossierbuild.stages.transcribe.dates import read_day
from dossierbuild.stages.transcribe.entry import Found, Line, found

_DOI = re.compile(
    r"(?:(?:https?:?//)?(?:www\.|dx\.)?doi\.org/|\bdoi(?:\.org)?[:/ ]{0,3}(?:https?://(?:dx\.)?doi\.org/)?)?"
    r"\b(10\.[0-9]{4,9}/[^\s<>\"“”]+)",
    re.IGNORECASE,
)
_URL = re.compile(r"<?(?:https?://|www\.)[^\s<>\"“”]+>?", re.IGNORECASE)
# What goes on behind a blank within an address that a line break or a blank cut through.
_CUT = re.compile(r" ([a-z0-9][\w%=&?#~-]*(?:[/.][\w%=&?#~.-]+)*/?)(?=[\s.,;)]|\Z)")
_DAY = (
    r"[0-9]{1,2}(?:e|st|nd|rd|th)? [A-Za-z]{3,9}\.?,? [0-9]{4}|[A-Za-z]{3,9} [0-9]{1,2}(?:st|nd|rd|th)?,? [0-9]{4}"
    r"|[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}|[A-Za-z]{3,9} [0-9]{4}"
)
_SEEN = (
    r"(?:laatst |voor het laatst |last )?(?:geraadpleegd|opgehaald|verkregen|ontleend|opgevraagd|gedownload|bekeken|"
    r"bezocht|beluisterd|gevonden|gezien|gelezen|retrieved|accessed|viewed|downloaded)"
)
_FROM = r"(?:vanaf|van|via|op|uit|bij|aan|from|through|at|on)"
_ACCESS = re.compile(
    rf"[(\[]?\b(?:{_SEEN}\b(?: (?:op|in|on))?:?(?: (?P<day>{_DAY}))?,?(?: {_FROM}\b)?(?: (?:de )?website)?"
    r"|(?:online )?(?:beschikbaar|te raadplegen|te vinden|te downloaden|available)\b(?: (?:via|op|at|from|online))?"
    r"|(?:zie ook|zie|via|url|link|bron|see)(?=:? ?\Z|: ?\Z))[:,.]?[)\]]?",
    re.IGNORECASE,
)
_ISBN = re.compile(
    r"[(\[]?\bISBN(?:-1[03])?[: ]{0,2}(?P<isbn>(?:97[89][- ]?)?[0-9][0-9 -]{7,14}[0-9X])[)\]]?\.?", re.IGNORECASE
)
_TRAILING = ".,;:!?'’”\"<>"
_IN_ACCESS = re.compile(rf"[(\[]?{_SEEN}\b", re.IGNORECASE)


def read_links(line: Line) -> tuple[Found, Line]:
    """DOI, URL and day of access of an entry, and the entry without them and without the words that lead to them."""
    where, line = _addresses(line)
    if isbn := _ISBN.search(line.text):
        where |= found(ISBN=isbn["isbn"])
        line = line.without(isbn)
    seen = Found()
    for access in _accesses(line):
        if access["day"]:
            day = read_day(access["day"])
            seen |= found(accessed=day) if day else Found(unsure=frozenset({"accessed"}))
            if day is None:
                continue
        line = line.without(access)
    return where | seen, line.stripped(" ,;:")


def _accesses(line: Line) -> list[re.Match[str]]:
    """The phrases that lead to an address, the last one first."""
    return list(_ACCESS.finditer(line.text))[::-1]


def _addresses(line: Line) -> tuple[Found, Line]:
    where = Found()
    while doi := _DOI.search(line.text):
        number = _whole(doi[1])
        where |= found(DOI=number)
        line = line.cut(doi.start(), doi.end(1) - len(doi[1]) + len(number))
    while url := _URL.search(line.text):
        address, end, cut = _joined_up(line.text, url)
        bare = not address.lower().startswith("http")
        where |= found(["URL"] if bare or cut else [], URL=f"https://{address}" if bare else address)
        line = line.cut(url.start(), end)
    return where, line


def _joined_up(text: str, url: re.Match[str]) -> tuple[str, int, bool]:
    """An address without what ends the sentence, where it ends, and whether it goes on behind a blank."""
    address = _whole(url[0].strip("<>"))
    end = url.start() + url[0].find(address) + len(address)
    rest = _CUT.match(text, url.end()) if url[0][-1] in "/-_=?&" or url[0].endswith(("http://", "https://")) else None
    if rest and (re.search(r"[/.\d_=-]", rest[1]) or url[0][-1] in "-_="):
        return _whole(url[0] + rest[1]), rest.end(), True
    return address, end + (text[end : end + 1] == ">"), False


def _whole(address: str) -> str:
    """An address without the signs of the sentence around it; a bracket stays that it opened itself."""
    address = address.rstrip(_TRAILING)
    while (
        address[-1:] in ")]"
        and address
        and address.count(")") + address.count("]") > address.count("(") + address.count("[")
    ):
        address = address[:-1].rstrip(_TRAILING)
    return address
