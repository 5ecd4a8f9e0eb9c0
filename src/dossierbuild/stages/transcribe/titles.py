"""Titles: where they end, and what stands in brackets behind them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dossierbuild.core.spelling import one_form
from dossierbuild.core.works import WorkDate
from dossierbuild.stages.transcribe.entry import EMPTY, Found, Line, found
from dossierbuild.stages.transcribe.media import MEDIA
from dossierbuild.stages.transcribe.people import read_people

# A full stop behind these ends no sentence; behind the others none where a number follows.
_ABBREVIATED = re.compile(
    r"(?:\A|[\s(./-])(?:[A-Za-z]|dr|prof|mr|ir|drs|st|vs|bijv|incl|excl|ca|red|eds?|reds|inc|co|corp|ltd|jr|sr|"
    r"et al|geh|herz|uitg|[a-z]\.[a-z])\Z",
    re.IGNORECASE,
)
_BEFORE_NUMBER = re.compile(
    r"(?:\A|[\s(./-])(?:nrs?|no|vol|jrg|pp|blz|pag|art|hfst|deel|dl|afl|suppl)\Z", re.IGNORECASE
)
_STOP = re.compile(
    r"(?:(?P<dot>\.)|[?!…])[\"”’']?(?P<bracket>[)\]]?)(?= ?[\[(]| [\"“‘'„«]?[A-Z0-9À-Þ’]| [’']?[a-z]|\Z)"
)
_QUOTES = "\"“”„«»‘'"


def sentences(text: str) -> tuple[int, ...]:
    """The offsets behind the full stops, question marks and exclamation marks that may end a title or a name."""
    return tuple(stop.end() for stop in _STOP.finditer(text) if _ends(text, stop))


def _ends(text: str, stop: re.Match[str]) -> bool:
    before = text[max(0, stop.start() - 12) : stop.start()]
    if stop["dot"] and _ABBREVIATED.search(before):
        return stop.end() == len(text)
    if stop["dot"] and _BEFORE_NUMBER.search(before) and text[stop.end() : stop.end() + 2].strip()[:1].isdigit():
        return False
    behind = text[stop.end() :].lstrip(" \"“‘'„«")
    if re.match(r" ['’‘](?:s-|t )[A-Z]", text[stop.end() :]):
        return True
    if stop["dot"] and text[stop.start() + 1 : stop.start() + 2] not in ("", " "):
        return stop["bracket"] != "" or text[stop.start() + 1] in "\"”’'"
    return not behind or not behind[0].islower() or _begins_small(behind)


def _begins_small(text: str) -> bool:
    """Whether a name begins with a small letter: "de Volkskrant", "’t Hart"."""
    return bool(re.match(r"(?:de|het|the) [A-Z]|[’']t [A-Z]|e[A-Z]|i[A-Z]", text))


def segments(line: Line) -> tuple[Line, ...]:
    """The sentences of a line, each without the full stop behind it."""
    ends = sentences(line.text)
    starts = (0, *ends)
    parts = (line[start:end].stripped(" ") for start, end in zip(starts, (*ends, len(line.text)), strict=True))
    return tuple(part for part in parts if part.text.strip(" .,;"))


def read_title(line: Line) -> str:
    """The title of a line, with the tags of CSL around words that are italic in an upright one."""
    stretches = line.italics if not line.is_italic else ()
    for start, end in reversed(stretches):
        line = Line(f"{line.text[:start]}<i>{line.text[start:end]}</i>{line.text[end:]}", "")
    return tidy_title(line.text)


def tidy_title(text: str) -> str:
    """A title in one form, without the stop behind it and without quotation marks around the whole of it."""
    text = text.strip(" ,;:")
    text = text[:-1] if text.endswith(".") and not text.endswith("..") else text
    inside = text[1:-1]
    if text[:1] in _QUOTES and text[-1:] in _QUOTES + "’" and not set(inside) & set(_QUOTES):
        text = inside.strip(" ,.")
    return one_form(text)


# --- behind a title --------------------------------------------------------------------------------------------------

_GROUP = re.compile(r"\((?P<round>(?:[^()]|\([^()]*\))*)\)|\[(?P<square>[^\[\]]*)\]")
_PAGES = re.compile(
    r"(?:(?:pp?|blz|pag|bldz)(?:\. ?| |(?=[0-9]))|pagina[’']?s? |pages? )"
    r"(?P<pages>[0-9ivxlcA-Z][\w.]{0,12}(?: ?[-–—]{1,2} ?[\w.]{1,12})?)\Z"
)
_ONLY_PAGES = re.compile(r"(?P<pages>[0-9]{1,4} ?[-–—]{1,2} ?[0-9]{1,4})\Z")
_EDITION = re.compile(
    r"(?P<number>[0-9]{1,2}) ?(?:e|de|ste|st|nd|rd|th)?,? ?(?P<words>(?:[a-z]{1,20}\.?,? ){0,4})"
    r"(?:dr(?:uk)?|ed(?:itie|ition|n)?|uitg(?:ave)?|oplage)\.?\Z",
    re.IGNORECASE,
)
_LOOSE_EDITION = re.compile(
    r"[,.]? (?P<number>[0-9]{1,2})(?:e|de|ste|st|nd|rd|th) (?:druk|dr\.|editie|edition|ed\.)(?=[.,;]|\Z| [A-Z])",
    re.IGNORECASE,
)
_EDITION_WORD = re.compile(
    r"(?:(?:geheel |volledig )?(?:herziene?|herz\.|revised|rev\.)(?: (?:druk|dr\.?|editie|edition|ed\.?|uitgave))?"
    r"|(?:eerste|tweede|derde|vierde|vijfde|zesde|zevende|achtste|negende|tiende|first|second|third|fourth|fifth)"
    r",? (?:[a-z]+ )?(?:druk|editie|edition|ed\.?))\Z",
    re.IGNORECASE,
)
_VOLUME = re.compile(r"(?:vol(?:ume)?|deel|dl|band)\.? (?P<volume>[0-9IVX]{1,5})\Z", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?P<series>[^,;()\d]{0,60}?)(?P<label> ?\b(?:nr|no|nummer|number|nrs)\.? ?)?"
    r"(?P<number>[\w./-]{0,40}[0-9][\w./:-]{0,40})\Z",
    re.IGNORECASE,
)
_REPORT = re.compile(
    r"rapport|report|publicatie|publication|working|discussion|paper|notitie|kamerstuk|advies|dossier|brochure|reeks|"
    r"serie|tabel|bulletin|policy|brief|technical|statistisch|onderzoek",
    re.IGNORECASE,
)
_TRANSLATED = re.compile(
    r"(?P<who>[^,()]{3,80}), (?:Vert|Vertaler|Trans|Transl)\.?\Z|(?:vertaald door|vert\.) (?P<by>.{3,80})\Z",
    re.IGNORECASE,
)
_GENRE = (
    r"(?P<genre>(?:ongepubliceerde? |unpublished |niet-gepubliceerde? )?(?:(?:academisch )?proefschrift|dissertatie|"
    r"doctoraatsproefschrift|doctoraatsthesis|doctoraat|(?:doctoral|phd|ph\.d\.) (?:dissertation|thesis)|"
    r"(?:master|bachelor)[’']?s?[- ]?(?:of [a-z]{1,20} )?(?:thesis|scriptie|proef|proefschrift|dissertation)|"
    r"afstudeerscriptie|scriptie|eindwerk|thesis|doctoraalscriptie|licentiaatsverhandeling|msc thesis|ma thesis|"
    r"afstudeeropdracht))"
)
_THESIS = re.compile(rf"{_GENRE}\Z", re.IGNORECASE)
_LOOSE_THESIS = re.compile(rf"{_GENRE}[.,:]? (?:aan de |at the |at )?(?P<school>[A-Z].{{2,100}})\Z", re.IGNORECASE)
_ORIGINAL = re.compile(
    r" ?[(\[](?:oorspronkelijk(?:e)?(?: werk)?|original work)(?: (?:gepubliceerd|verschenen|uitgegeven|published))?"
    r"(?: als (?P<title>[^()]{2,200}?))?(?: (?:in|uit))? (?P<year>1[4-9][0-9]{2}|20[0-9]{2})\.?[)\]]\.?",
    re.IGNORECASE,
)


def read_original(line: Line) -> tuple[Found, Line]:
    """The title and the year of the work that a translation or a reprint is of, and the line without them."""
    original = _ORIGINAL.search(line.text)
    if original is None:
        return Found(), line
    title, year = tidy_title(original["title"] or ""), WorkDate(((int(original["year"]),),))
    return found(original_date=year, original_title=title), line.without(original)


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands in brackets behind a title: its fields, with `thesis` or a `medium` where they say what it is."""

    found: Found = EMPTY
    thesis: bool = False
    report: bool = False
    medium: str = ""

    def __or__(self, other: Behind) -> Behind:
        found_here = self.found | other.found
        return Behind(found_here, self.thesis or other.thesis, self.report or other.report, self.medium or other.medium)


NOTHING = Behind()


def read_behind(line: Line) -> tuple[Behind, Line]:
    """The groups in brackets at the beginning of a line up to an unknown one, and the line behind them."""
    behind = NOTHING
    while line:
        start = len(line.text) - len(line.text.lstrip(" .,:;"))
        group = _GROUP.match(line.text, start)
        read = _read_group(group) if group else None
        if group is None or read is None:
            return behind, line
        behind = behind | read
        line = line[group.end() :]
    return behind, line


def groups_at_end(line: Line) -> tuple[Behind, Line]:
    """The groups in brackets at the end of a title that are no part of it, and the title without them."""
    if line.text[:1] in _QUOTES and line.text[-1:] in _QUOTES + "’" and set("([") & set(line.text):
        line = line[1:-1].stripped(" .,")
    starts = list(_GROUP.finditer(line.text))
    while starts:
        group = starts.pop()
        if line.text[group.end() :].strip(" .,") or not line.text[: group.start()].strip():
            break
        read = _read_group(group)
        if read is None:
            break
        more, rest = groups_at_end(line[: group.start()].stripped(" "))
        return more | read, rest
    return NOTHING, line


def _read_group(group: re.Match[str]) -> Behind | None:
    """The fields of one pair of brackets; None when it may belong to the title."""
    text = (group["round"] if group["round"] is not None else group["square"]).strip(" .;,")
    if group["square"] is not None:
        return _medium(text)
    if text.casefold() in MEDIA:
        return _medium(text)
    return _thesis(text) or _details(text)


def _thesis(text: str) -> Behind | None:
    kind, _, school = text.partition(",")
    if not (thesis := _THESIS.match(kind.strip())):
        return None
    return Behind(found(genre=thesis["genre"], publisher=one_form(school.strip())), thesis=True)


def take_edition(line: Line) -> tuple[Found, Line]:
    """An edition without brackets, and the line without it: "Titel, 3e druk. Utrecht: Boom"."""
    edition = _LOOSE_EDITION.search(line.text)
    return (found(edition=edition["number"]), line.without(edition)) if edition else (Found(), line)


def read_thesis(line: Line) -> Behind | None:
    """A thesis as a sentence behind a title says so, without brackets: "Proefschrift Universiteit Leiden"; unsure."""
    thesis = _LOOSE_THESIS.match(line.text.strip(" .,"))
    if thesis is None:
        return None
    school = one_form(thesis["school"].strip(" .,"))
    return Behind(found(["genre", "publisher"], genre=thesis["genre"], publisher=school), thesis=True)


def _medium(text: str) -> Behind | None:
    if not text or not text[0].isalpha():
        return None
    return _thesis(text) or Behind(found(genre=one_form(text)), medium=one_form(text))


def _details(text: str) -> Behind | None:
    """Pages, edition, volume, number and translator, separated by commas."""
    whole = _detail(text)
    if whole is not None:
        return whole
    parts = [part.strip() for part in re.split(";" if ";" in text else ",", text)]
    read = [_detail(part) for part in parts]
    if len(parts) < 2 or any(part is None for part in read):
        return None
    behind = NOTHING
    for part in read:
        assert part is not None
        behind = behind | part
    return behind


def _detail(text: str) -> Behind | None:
    if pages := _PAGES.match(text) or _ONLY_PAGES.match(text):
        return Behind(found(page=tidy_pages(pages["pages"])))
    if edition := _EDITION.match(text):
        words = edition["words"].replace(",", "").strip()
        return Behind(found(["edition"] if words else [], edition=one_form(text) if words else edition["number"]))
    if _EDITION_WORD.match(text):
        return Behind(found(["edition"], edition=one_form(text)))
    if volume := _VOLUME.match(text):
        return Behind(found(volume=volume["volume"]))
    if translated := _TRANSLATED.match(text):
        people = read_people(translated["who"] or translated["by"])
        return Behind(found([] if people.sure else ["translator"], translator=people.names)) if people else None
    return _number(text)


def _number(text: str) -> Behind | None:
    """ "Rapport nr. 12", "SCP-publicatie 2019-5", "nr. 3", and "2021/12" alone, unsure; None for other words."""
    number = _NUMBER.match(text)
    if number is None or not (number["series"].strip() or number["label"]):
        return Behind(found(["number"], number=text)) if re.match(r"[0-9]+[/-][0-9]+\Z", text) else None
    series = number["series"].strip(" ,")
    if series and not _REPORT.search(series):
        return None
    if series and not number["label"]:
        return Behind(found(number=one_form(text)), report=True)  # "WRR-rapport 88"
    return Behind(found(genre=one_form(series), number=number["number"]), report=bool(series))


def tidy_pages(text: str) -> str:
    return re.sub(r" ?(?:-{1,2}|–|—) ?", "-", text.strip(" .,"))
