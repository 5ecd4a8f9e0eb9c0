"""Citations of EndNote: XML in the instruction of a field, or packed in its data.

EndNote's records have the fields of RIS under other names (Clarivate's RSXML), so both are read by the same table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from types import MappingProxyType
from typing import Any

from dossierbuild.core.tagged_works import Record, item_of
from dossierbuild.core.work_dates import DateError, read_date
from dossierbuild.core.works import Item
from dossierbuild.stages.fields.citation import Citation, Cited, Form, Writer
from dossierbuild.stages.fields.items import tidied
from dossierbuild.stages.fields.payload import LONGEST, PayloadError, line, unpacked, words
from dossierbuild.tools.identifiers import is_isbn, is_issn
from dossierbuild.tools.markup import Element, MarkupError, parse_xml

_CODES = MappingProxyType(
    dict(
        pair.split("=")
        for pair in """
        2=ART 3=ADVS 4=BILL 5=CHAP 6=BOOK 7=CASE 8=CTLG 9=COMP 10=CONF 12=ELEC 13=GEN 14=HEAR 17=JOUR 19=MGZN 20=MAP
        21=MPCT 23=NEWS 24=PAMP 25=PAT 26=PCOMM 27=RPRT 28=EDBOOK 31=STAT 32=THES 34=UNPB 36=MANSCPT 37=FIGURE 38=CHART
        39=EQUA 43=EJOUR 44=EBOOK 45=DBASE 46=GOVDOC 47=CPAPER 48=MULTI 49=CLSWK 50=LEGAL 51=ANCIENT 52=DICT 53=ENCYC
        54=GRANT 55=AGGR 56=BLOG 57=SER 58=STAND 59=DATA 60=ECHAP 61=MUSIC
        """.split()
    )
)
"""The codes of RIS by the numbers of EndNote's types."""
_NAMED_CODES = MappingProxyType({
    "interview": "INTV", "podcast": "PODCAST", "press release": "PRESS", "television episode": "VIDEO",
    "social media": "BLOG",
})  # fmt: skip
_TAGS = MappingProxyType({
    "AU": "contributors/authors/author", "A2": "contributors/secondary-authors/author",
    "A3": "contributors/tertiary-authors/author", "A4": "contributors/subsidiary-authors/author",
    "TI": "titles/title", "T2": "titles/secondary-title", "T3": "titles/tertiary-title", "JF": "periodical/full-title",
    "SP": "pages", "VL": "volume", "IS": "number", "ET": "edition", "NV": "num-vols", "CY": "pub-location",
    "PB": "publisher", "SN": "isbn", "DO": "electronic-resource-num", "UR": "urls//url", "LA": "language",
    "PY": "dates/year", "M3": "work-type", "C1": "custom1", "C3": "custom3",
    "C7": "custom7",
})  # fmt: skip
"""The tags of RIS with the elements that hold the same."""
_NUMBERED = frozenset({"RPRT", "GOVDOC", "STAND", "PAT"})
"""Types whose number EndNote keeps where others have an ISBN."""
_FORMS = (
    ("Hidden", Form.LISTED),
    ("ExcludeAuth", Form.YEAR),
    ("ExcludeYear", Form.NAMES),
    ("AuthorYear", Form.NARRATIVE),
)
_FACES = MappingProxyType({"italic": "i", "superscript": "sup", "subscript": "sub"})
_END = "</EndNote>"
_SIGNS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def read_endnote(instruction: str, packed: str, printed: str) -> Citation:
    """The citation in the instruction of a field, else in its packed data; raises PayloadError where it holds none.

    The data of the fields within it stand behind its own: the same once more, or the next part of a long payload.
    """
    xml = instruction if "<EndNote" in instruction else unpacked(packed)
    for begin in re.finditer("<EndNote", xml):
        end = xml.find(_END, begin.start())
        root = _root(xml[begin.start() : end + len(_END)]) if end >= 0 else None
        if root is not None and root.findall("Cite"):
            return _citation(root.findall("Cite"), printed)
    raise PayloadError


def _root(xml: str) -> Element | None:
    try:
        return parse_xml(_SIGNS.sub(" ", xml).encode("utf-8", "replace")) if len(xml) <= LONGEST else None
    except MarkupError:
        return None


def _citation(cites: Sequence[Element], printed: str) -> Citation:
    label = next((line(_plain(label)) for cite in cites for label in cite.findall("DisplayText")), "")
    return Citation(writer=Writer.ENDNOTE, works=tuple(map(_cited, cites)), generated=label, printed=printed)


def _cited(cite: Element) -> Cited:
    record = cite.find("record")
    locator = line(_text(cite, "Pages"))
    return Cited(
        item=_item(record) if record is not None else {},
        name=", ".join(filter(None, (line(_text(cite, "Author")), line(_text(cite, "Year"))))),
        locator=locator,
        label="page" if locator else "",
        prefix=words(_text(cite, "Prefix")),
        suffix=words(_text(cite, "Suffix")),
        form=next((form for name, form in _FORMS if cite.get(name) == "1"), Form.BRACKETS),
    )


# --- records ---------------------------------------------------------------------------------------------------------


def _item(record: Element) -> Item:
    code = _code(record.find("ref-type"))
    number = line(_text(record, "isbn"))
    moved = {"SN": "IS", "IS": "M1"} if code in _NUMBERED and not (is_isbn(number) or is_issn(number)) else {}
    tags = ((moved.get(tag, tag), text) for tag, path in _TAGS.items() for text in _texts(record, path))
    item = item_of(Record((("TY", code), *tags, *_day(record))))
    if item["type"] == "webpage":
        item |= {"accessed": _accessed(record), "volume": ""}
    return tidied(item)


def _day(record: Element) -> Iterator[tuple[str, str]]:
    """The day in its year, without that year where people wrote it there too."""
    year = line(_text(record, "dates/year"))
    for text in _texts(record, "dates/pub-dates/date"):
        yield "DA", text if "/" in text or not year else text.replace(year, "").strip(" ,-")


def _code(kind: Element | None) -> str:
    if kind is None:
        return "GEN"
    return _NAMED_CODES.get(kind.get("name", "").casefold()) or _CODES.get(line(_plain(kind)), "GEN")


def _accessed(record: Element) -> Any:
    """The day on which a page was read: with its year apart, where EndNote has it for a web page, or as one text."""
    year, day, volume, number = (line(_text(record, name)) for name in ("custom1", "custom2", "volume", "number"))
    stated = (line(_text(record, "access-date")), f"{day} {year}", f"{number} {volume}", day, number)
    for text in stated:
        try:
            if date := read_date(text.strip()):
                return date
        except DateError:
            continue
    return ""


def _texts(record: Element, path: str) -> Iterator[str]:
    """The texts of a field; with its slant where it is a title."""
    read = _rich if path.startswith("titles/") else _plain
    return (text for element in record.findall(path) if (text := line(read(element))))


def _text(parent: Element, name: str) -> str:
    found = parent.find(name)
    return _plain(found) if found is not None else ""


def _plain(element: Element) -> str:
    return "".join(map(str, element.itertext()))


def _rich(element: Element) -> str:
    """A title: its parts are `style` elements with a face each."""
    pieces = [element.text or ""]
    for part in element:
        tag = next((tag for face, tag in _FACES.items() if face in part.get("face", "")), "")
        pieces += [f"<{tag}>{_plain(part)}</{tag}>" if tag else _plain(part), part.tail or ""]
    return "".join(pieces)
