"""What a work stands in: a journal with its numbers, or a book with its editors."""

from __future__ import annotations

import re

from dossierbuild.core.spelling import one_form
from dossierbuild.stages.transcribe.entry import Found, Line, found
from dossierbuild.stages.transcribe.people import read_people
from dossierbuild.stages.transcribe.publishers import read_publisher
from dossierbuild.stages.transcribe.titles import (
    groups_at_end,
    read_behind,
    segments,
    sentences,
    tidy_pages,
    tidy_title,
)

_PAGE = (
    r"[A-Z]{0,2}[0-9][0-9A-Z]{0,8}(?:\.[0-9]{1,3})?(?:[ ]?[-–—]{1,2}[ ]?[A-Z]{0,2}[0-9]{1,6})?"
    r"(?:,[ ]?[0-9]{1,4}(?:[-–][0-9]{1,4})?)?"
)
_SERIAL = re.compile(
    rf"""
    [,.;:]?[ ]?(?<=[,.;: ])
    (?:(?P<label>vol(?:ume)?|jrg|jaargang|jg)\.?[ ]?)?
    (?P<volume>[0-9]{{1,4}}(?:[-/–][0-9]{{1,4}})?)?(?:e[ ](?:jaargang|jrg\.?))?
    (?:,?[ ]?\([ ]?(?:nr|no|nummer|issue)?\.?[ ]?(?P<issue>[^()]{{1,25}}?)[ ]?\)
      |[,:;]?[ ]?(?:nr|no|nummer|afl|issue|aflevering)\.?[ ]?(?P<stated>[0-9]{{1,4}}(?:[-/–][0-9]{{1,4}})?))?
    (?:(?:[,.:;][ ]?|[ ])(?:(?P<paged>pp?|blz|pag|pagina[’']?s?|pages?)\.?[ ]?)?(?P<page>{_PAGE})
      |[,.:;][ ]?(?:[Aa]rtikel|[Aa]rticle|[Aa]rt\.)[ ](?:nr\.?[ ]|no\.?[ ])?(?P<number>[\w./-]{{1,24}}))?
    [ .]?\Z
    """,
    re.VERBOSE | re.IGNORECASE,
)
_RANGE = re.compile(r"[0-9]+ ?[-–—]+ ?[0-9]+\Z")
_AHEAD = re.compile(
    r"[,.;] (?P<status>advance online publication|online first|online voorpublicatie|ahead of print|vooraf online)"
    r"\.?\Z",
    re.IGNORECASE,
)
_LONGEST = 110

IN = re.compile(r"(?:(?<=[.?!…\])”\"’] )|(?<=\A)|(?<=, ))[Ii]n:? (?=[\[“‘\"'’A-ZÀ-Þ0-9a-z])")
EDITED = re.compile(
    r",? ?[(\[](?:[Rr]eds?|RED|[Ee]ds?|[Rr]edactie|[Rr]edacteur(?:en)?|[Hh]rsg|[Ss]amenst|[Ee]ditors?)\.?[)\]]"
    r"\.?[,.:]? ?"
)
_BARE_PAGES = re.compile(r", (?P<page>[0-9]{1,4} ?[-–—] ?[0-9]{1,4})[ .]?\Z")
_NEXT_PAGES = re.compile(r",? (?:(?:pp?|blz|pag)\.? ?)?(?P<page>[0-9]{1,4} ?[-–—] ?[0-9]{1,4})(?=[.,]|\Z)")
_LOOSE_PAGES = re.compile(
    r"[,.;:]? \(?(?:pp?|blz|pag)\.? ?(?P<page>[0-9]{1,5}(?: ?[-–—]{1,2} ?[0-9]{1,5})?)\)?[ .]?\Z", re.IGNORECASE
)


def read_serial(line: Line) -> tuple[Found, Line] | None:
    """Volume, issue, pages or article number at the end of a line, and the line before them; None without any."""
    ahead = _AHEAD.search(line.text)
    if ahead:
        read = read_serial(line[: ahead.start()]) or (Found(), line[: ahead.start()])
        return read[0] | found(status=ahead["status"].lower()), read[1]
    start = max(0, len(line.text) - _LONGEST)
    numbers = next((match for match in _matches(line.text, start) if _tells(match)), None)
    if numbers is None:
        return None
    volume, page, number = numbers["volume"] or "", numbers["page"] or "", numbers["number"] or ""
    issue = (numbers["issue"] or numbers["stated"] or "").strip()
    if _RANGE.match(volume) and not (issue or page or number):
        volume, page = "", volume
    unsure = []
    if not (volume or issue) and not numbers["paged"]:
        unsure = ["page", "volume"]
    if "/" in volume and not issue:
        unsure = ["volume", "issue"]
    if issue and not re.match(
        r"[\w/–-]{1,12}\Z|(?:supplement|suppl\.?|special issue)(?: \w+)?\Z", issue, re.IGNORECASE
    ):
        unsure = ["issue"]
    fields = found(unsure, volume=_dash(volume), issue=_dash(issue), page=tidy_pages(page), number=number.rstrip("."))
    return fields, line[: numbers.start()].stripped(" ,;:")


def _matches(text: str, start: int) -> list[re.Match[str]]:
    """All readings of the end of a text as numbers, from the longest to the shortest."""
    places = [gap.start() for gap in re.finditer(r"[ ,.;:]", text[start:])]
    return [match for at in places if (match := _SERIAL.match(text, start + at))]


def _tells(match: re.Match[str]) -> bool:
    """Whether numbers are those of a journal, rather than the end of a title: "Agenda 2030"."""
    if match["issue"] is not None and not re.search(
        r"[0-9]|suppl|special|zomer|winter|herfst|lente|voorjaar|najaar|spring|summer|fall|autumn",
        match["issue"],
        re.IGNORECASE,
    ):
        return False
    if match["volume"] and (match["label"] or match["issue"] or match["stated"] or match["page"] or match["number"]):
        bare = match["page"] and match[0][0] == " " and not (match["issue"] or match["label"])
        return not bare or (len(match["volume"]) < 4 and bool(_RANGE.match(match["page"])))
    if match["issue"] or match["stated"] or match["number"] or match["paged"]:
        return match["volume"] is not None or match[0][0] in ",;.:" or bool(match["stated"] or match["issue"])
    if match["page"]:
        return match[0][0] in ",;:" and bool(_RANGE.match(match["page"]))
    range_or_short = match["volume"] and (len(match["volume"]) < 4 or _RANGE.match(match["volume"]))
    return bool(range_or_short) and match[0][0] == ","


def _dash(text: str) -> str:
    return text.replace("–", "-")


def read_chapter(line: Line) -> Found:
    """Editors, book, pages and publisher of what stands behind "In"; what does not fit is unsure."""
    edited = EDITED.search(line.text[:400])
    editors = Found()
    if edited:
        people = read_people(line.text[: edited.start()])
        unsure = [] if people.sure else ["editor"]
        editors = found(unsure, editor=people.names)
        line = line[edited.end() :]
    name, rest = _book(line)
    behind_name, name = groups_at_end(name)
    loose = _LOOSE_PAGES.search(name.text) or _BARE_PAGES.search(name.text)
    pages = found(page=tidy_pages(loose["page"])) if loose else Found()
    name = name.without(loose) if loose else name
    if next_pages := _NEXT_PAGES.match(rest.text):
        pages, rest = pages | found(page=tidy_pages(next_pages["page"])), rest[next_pages.end() :]
    behind, rest = read_behind(rest)
    published, more = _with_pages(rest)
    container = found([] if name.text else ["container-title"], container_title=tidy_title(name.text))
    read = editors | container | behind_name.found | behind.found | pages | published | more
    if not edited and not line.italics:
        read = read.doubted("editor", "container-title")
    doubtful = read.unsure & {"editor", "container-title", "publisher"}
    return read.doubted("editor", "container-title", "publisher", "page") if doubtful else read


def _with_pages(line: Line) -> tuple[Found, Found]:
    """The publisher of a book, and the pages of a chapter that stand behind the publisher."""
    line = line.stripped(" ,;:")
    loose = _LOOSE_PAGES.search(line.text) or re.search(r", (?P<page>[0-9]{1,4} ?[-–—] ?[0-9]{1,4})\.?\Z", line.text)
    pages = found(page=tidy_pages(loose["page"])) if loose else Found()
    return read_publisher(line.without(loose) if loose else line), pages


def _book(line: Line) -> tuple[Line, Line]:
    """The title of a book and what stands behind it, by its italics or by where the sentence or its brackets end."""
    stretches = line.italics
    if stretches and not line.text[: stretches[0][0]].strip(" “\"‘'(["):
        end = stretches[0][1]
        closing = re.match(r"[\"”’')\]?!]*", line.text[end:])
        end += closing.end() if closing else 0
        stop = next((stop for stop in sentences(line.text) if stop > end), len(line.text))
        pages = re.search(r" ?[(\[](?:[^()]{0,30}, ?)?(?:pp?|blz|pag)\.? ?[0-9]", line.text[end:])
        if pages and re.match(r" ?[.:–] ?\w", line.text[end:]):
            stop = end + pages.start()
            return line[:stop], line[stop:]
        end = stop if re.match(r" ?[:–] ", line.text[end:]) else end
        return line[:end], line[end:]
    pages = re.search(r" ?[(\[](?:[^()]{0,30}, ?)?(?:pp?|blz|pag)\.? ?[0-9]", line.text)
    ends = sentences(line.text)
    end = min([*([pages.start()] if pages else []), *ends[:1]], default=len(line.text))
    return line[:end].stripped(" "), line[end:]


def first_container(line: Line) -> tuple[Line, Line]:
    """The name of a journal, newspaper or site at the beginning of a line, and what stands behind it."""
    stretches = line.italics
    if stretches and not line.text[: stretches[0][0]].strip(" “\"‘'"):
        end = stretches[0][1]
        closing = re.match(r"[)\]!?+]*(?:: [^.,]{2,80})?", line.text[end:])
        end += closing.end() if closing else 0
        return line[:end], line[end:].stripped(" ,;:.")
    parts = segments(line)
    if len(parts) < 2:
        return line.stripped(" .,"), Line("", "")
    end = sentences(line.text)[0]
    return line[:end].stripped(" .,"), line[end:].stripped(" ,;:.")


def container_name(line: Line) -> str:
    """The name of what a work stands in."""
    return one_form(line.text.strip(" .,;:“”\"‘’'" if line.text[:1] in "“\"‘'" and line.text[:2] != "’t" else " .,;:"))
