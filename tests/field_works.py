"""Citations as each of six programs keeps them in a Word document: one set of works, written by hand for each.

Every `…_file` makes a Word file with a paragraph for each work that is cited.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from html import escape
from types import MappingProxyType
from typing import Any

from word_files import field, paragraph, run, word_file, xml

LABELS = MappingProxyType(
    {
        "artikel": "(Van der Berg & Tak, 2019)",
        "boek": "(Vis & De Wit, 2018)",
        "hoofdstuk": "(Nijhof, 2016)",
        "rapport": "(Centraal Bureau voor Buurten, 2021)",
        "pagina": "(Gemeente Lindedorp, 2020)",
        "proefschrift": "(Zomer, 2014)",
    }
)


def packed(text: str) -> str:
    return base64.b64encode(text.encode("utf-8")).decode("ascii")


# --- CSL-JSON: Zotero, Mendeley Desktop, Mendeley Cite ---------------------------------------------------------------

CSL: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "artikel": {
            "type": "article-journal",
            "title": "Buren in beweging: Een terugblik",
            "author": [{"family": "Berg", "given": "Anna", "non-dropping-particle": "van der"},
                       {"family": "Tak", "given": "Jan Piet"}],
            "container-title": "Tijdschrift voor Buurten",
            "volume": "12", "issue": "3", "page": "45-67", "DOI": "10.1234/tvb.2019.12", "ISSN": "0378-5955",
            "issued": {"date-parts": [["2019"]]},
        },
        "boek": {
            "type": "book",
            "title": "Samen wonen",
            "author": [{"family": "Vis", "given": "Cor"}, {"family": "Wit", "given": "Dirk de"}],
            "edition": "2", "publisher": "Uitgeverij Linde", "publisher-place": "Utrecht", "ISBN": "978-90-13-14877-0",
            "issued": {"date-parts": [["2018"]]},
        },
        "hoofdstuk": {
            "type": "chapter",
            "title": "Vrijwilligers op straat",
            "author": [{"family": "Nijhof", "given": "Elly"}],
            "editor": [{"family": "Oude", "given": "Fred den"}],
            "container-title": "Handboek buurtwerk", "page": "88-101", "publisher": "Uitgeverij Linde",
            "publisher-place": "Utrecht", "issued": {"date-parts": [["2016"]]},
        },
        "rapport": {
            "type": "report",
            "title": "Buurten in cijfers",
            "author": [{"literal": "Centraal Bureau voor Buurten"}],
            "publisher-place": "Den Haag",
            "issued": {"date-parts": [["2021"]]},
        },
        "pagina": {
            "type": "webpage",
            "title": "Feest in de straat",
            "author": [{"literal": "Gemeente Lindedorp"}],
            "URL": "https://www.example.org/feest",
            "issued": {"date-parts": [["2020", 5, 3]]}, "accessed": {"date-parts": [["2022", 1, 9]]},
        },
        "proefschrift": {
            "type": "thesis",
            "title": "Over drempels",
            "author": [{"family": "Zomer", "given": "Gijs"}],
            "genre": "Proefschrift", "publisher": "Universiteit van Lindedorp",
            "issued": {"date-parts": [["2014"]]},
        },
    }
)  # fmt: skip


def csl_item(work: str, identifier: Any, **more: Any) -> dict[str, Any]:
    return {"id": identifier, "itemData": {"id": identifier, **CSL[work]}, **more}


def zotero(items: Sequence[dict[str, Any]], label: str, printed: str = "") -> str:
    payload = {
        "citationID": "k3Jd",
        "properties": {"formattedCitation": label, "plainCitation": label, "noteIndex": 0},
        "citationItems": items,
        "schema": "https://github.com/citation-style-language/schema/raw/master/csl-citation.json",
    }
    instruction = escape(f" ADDIN ZOTERO_ITEM CSL_CITATION {json.dumps(payload)} ", quote=False)
    middle = len(instruction) // 2  # Word cuts where the looks change
    return field(instruction[:middle], instruction[middle:], printed=escape(printed or label, quote=False))


def zotero_file(works: Mapping[str, str] = LABELS) -> bytes:
    return word_file(
        "".join(
            paragraph(zotero([csl_item(work, number)], label)) for number, (work, label) in enumerate(works.items())
        )
    )


def mendeley(items: Sequence[dict[str, Any]], label: str, printed: str = "") -> str:
    payload = {
        "citationItems": items,
        "mendeley": {
            "formattedCitation": label, "plainTextFormattedCitation": label, "previouslyFormattedCitation": label,
        },
        "properties": {"noteIndex": 0},
        "schema": "https://github.com/citation-style-language/schema/raw/master/csl-citation.json",
    }  # fmt: skip
    instruction = escape(f"ADDIN CSL_CITATION {json.dumps(payload)}", quote=False)
    return field(instruction, printed=escape(printed or label, quote=False))


def mendeley_file(works: Mapping[str, str] = LABELS) -> bytes:
    """Each field counts its works anew, so that all are ITEM-1."""
    return word_file("".join(paragraph(mendeley([csl_item(work, "ITEM-1")], label)) for work, label in works.items()))


def mendeley_cite(items: Sequence[dict[str, Any]], label: str, printed: str = "") -> str:
    payload = {
        "citationID": "MENDELEY_CITATION_2f", "properties": {"noteIndex": 0}, "isEdited": False,
        "manualOverride": {"isManuallyOverridden": False, "citeprocText": label, "manualOverrideText": ""},
        "citationItems": items,
    }  # fmt: skip
    tag = packed(json.dumps(payload)).replace("+", "-").replace("/", "_").rstrip("=")
    return (
        f'<w:sdt><w:sdtPr><w:tag w:val="MENDELEY_CITATION_v3_{tag}"/><w:id w:val="7"/></w:sdtPr>'
        f"<w:sdtContent>{run(escape(printed or label, quote=False))}</w:sdtContent></w:sdt>"
    )


def mendeley_cite_file(works: Mapping[str, str] = LABELS) -> bytes:
    bodies = (
        paragraph("Zie ", mendeley_cite([csl_item(work, f"uuid-{work}")], label)) for work, label in works.items()
    )
    return word_file("".join(bodies))


# --- EndNote ---------------------------------------------------------------------------------------------------------

RECORDS = MappingProxyType(
    {
        "artikel": '<ref-type name="Journal Article">17</ref-type><contributors><authors>'
        "<author>van der Berg, Anna</author><author>Tak, Jan Piet</author></authors></contributors><titles>"
        '<title><style face="normal" font="default" size="100%">Buren in beweging: Een terugblik</style></title>'
        "<secondary-title>Tijdschrift voor Buurten</secondary-title></titles><periodical><full-title>"
        "Tijdschrift voor Buurten</full-title></periodical><pages>45-67</pages><volume>12</volume><number>3</number>"
        "<dates><year>2019</year></dates><isbn>0378-5955</isbn><urls/>"
        "<electronic-resource-num>https://doi.org/10.1234/tvb.2019.12</electronic-resource-num>",
        "boek": '<ref-type name="Book">6</ref-type><contributors><authors><author>Vis, Cor</author>'
        "<author>de Wit, Dirk</author></authors></contributors><titles><title>Samen wonen</title></titles>"
        "<edition>2</edition><dates><year>2018</year></dates><pub-location>Utrecht</pub-location>"
        "<publisher>Uitgeverij Linde</publisher><isbn>978-90-13-14877-0</isbn>",
        "hoofdstuk": '<ref-type name="Book Section">5</ref-type><contributors><authors><author>Nijhof, Elly</author>'
        "</authors><secondary-authors><author>den Oude, Fred</author></secondary-authors></contributors><titles>"
        "<title>Vrijwilligers op straat</title><secondary-title>Handboek buurtwerk</secondary-title></titles>"
        "<pages>88-101</pages><dates><year>2016</year></dates><pub-location>Utrecht</pub-location>"
        "<publisher>Uitgeverij Linde</publisher>",
        "rapport": '<ref-type name="Report">27</ref-type><contributors><authors>'
        "<author>Centraal Bureau voor Buurten,</author></authors></contributors><titles>"
        "<title>Buurten in cijfers</title></titles><dates><year>2021</year></dates>"
        "<pub-location>Den Haag</pub-location>",
        "pagina": '<ref-type name="Web Page">12</ref-type><contributors><authors><author>Gemeente Lindedorp,</author>'
        "</authors></contributors><titles><title>Feest in de straat</title></titles><volume>2022</volume>"
        "<number>9 januari</number><dates><year>2020</year><pub-dates><date>3 mei 2020</date></pub-dates></dates>"
        "<urls><related-urls><url>https://www.example.org/feest</url></related-urls></urls>",
        "proefschrift": '<ref-type name="Thesis">32</ref-type><contributors><authors><author>Zomer, Gijs</author>'
        "</authors></contributors><titles><title>Over drempels</title></titles><dates><year>2014</year></dates>"
        "<publisher>Universiteit van Lindedorp</publisher><work-type>Proefschrift</work-type>",
    }
)


def cite(work: str, label: str, *, attributes: str = "", more: str = "") -> str:
    return (
        f"<Cite{attributes}><Author>Iemand</Author><Year>2000</Year><RecNum>{len(work)}</RecNum>{more}"
        f"<DisplayText>{escape(label, quote=False)}</DisplayText><record><rec-number>{len(work)}</rec-number>"
        f"{RECORDS[work]}</record></Cite>"
    )


def endnote(cites: str, printed: str) -> str:
    """A field with its XML in the instruction."""
    instruction = escape(f" ADDIN EN.CITE <EndNote>{cites}</EndNote>", quote=False)
    return field(instruction, printed=escape(printed, quote=False))


def endnote_packed(cites: str, printed: str) -> str:
    """A field with its XML packed, and once more in a field within its instruction, as EndNote has it."""
    data = packed(f"<EndNote>{cites}</EndNote>")
    lines = "\n".join(data[at : at + 76] for at in range(0, len(data), 76))
    begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:fldData>{lines}</w:fldData></w:fldChar></w:r>'
    return (
        f"{begin}<w:r><w:instrText> ADDIN EN.CITE </w:instrText></w:r>"
        f"{begin}<w:r><w:instrText> ADDIN EN.CITE.DATA </w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(escape(printed, quote=False))}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def endnote_file(works: Mapping[str, str] = LABELS) -> bytes:
    return word_file("".join(paragraph(endnote(cite(work, label), label)) for work, label in works.items()))


def endnote_packed_file(works: Mapping[str, str] = LABELS) -> bytes:
    return word_file("".join(paragraph(endnote_packed(cite(work, label), label)) for work, label in works.items()))


# --- Citavi ----------------------------------------------------------------------------------------------------------


def _person(last: str, first: str = "", **more: str) -> dict[str, Any]:
    return {"$type": "SwissAcademic.Citavi.Person, SwissAcademic.Citavi", "FirstName": first, "LastName": last, **more}


_LINDE = [{"$id": "40", "Name": "Uitgeverij Linde"}]
REFERENCES: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "artikel": {
            "ReferenceType": "JournalArticle", "Title": "Buren in beweging", "Subtitle": "Een terugblik",
            "Authors": [_person("Berg", "Anna", Prefix="van der"), _person("Tak", "Jan", MiddleName="Piet")],
            "Periodical": {"Name": "Tijdschrift voor Buurten", "Issn": "0378-5955"}, "Volume": "12", "Number": "3",
            "Year": "2019", "Doi": "10.1234/tvb.2019.12",
            "PageRange": "<sp>\n  <n>45</n>\n  <os>45</os>\n</sp>\n<ep>\n  <os>67</os>\n</ep>\n<os>45-67</os>",
        },
        "boek": {
            "ReferenceType": "Book", "Title": "Samen wonen", "Edition": "2", "PlaceOfPublication": "Utrecht",
            "Authors": [_person("Vis", "Cor"), _person("de Wit", "Dirk")], "Publishers": _LINDE, "Year": "2018",
            "Isbn": "978-90-13-14877-0",
        },
        "hoofdstuk": {
            "ReferenceType": "Contribution", "Title": "Vrijwilligers op straat", "Authors": [_person("Nijhof", "Elly")],
            "PageRange": "<os>88-101</os>",
            "ParentReference": {
                "ReferenceType": "BookEdited", "Title": "Handboek buurtwerk", "Year": "2016", "Publishers": _LINDE,
                "Editors": [_person("den Oude", "Fred")], "PlaceOfPublication": "Utrecht",
            },
        },
        "rapport": {
            "ReferenceType": "UnpublishedWork", "Title": "Buurten in cijfers", "Year": "2021",
            "Organizations": [_person("Centraal Bureau voor Buurten")], "PlaceOfPublication": "Den Haag",
        },
        "pagina": {
            "ReferenceType": "InternetDocument", "Title": "Feest in de straat", "Year": "2020", "Date": "03.05.2020",
            "AccessDate": "09.01.2022", "Organizations": [_person("Gemeente Lindedorp")],
            "OnlineAddress": "https://www.example.org/feest",
        },
        "proefschrift": {
            "ReferenceType": "Thesis", "Title": "Over drempels", "TitleSupplement": "Proefschrift", "Year": "2014",
            "Authors": [_person("Zomer", "Gijs")], "Organizations": [_person("Universiteit van Lindedorp")],
        },
    }
)  # fmt: skip


def citavi_entry(work: str, **more: Any) -> dict[str, Any]:
    return {"$id": f"e-{work}", "ReferenceId": work, "Reference": {"$id": f"r-{work}", **REFERENCES[work]}, **more}


def citavi(entries: Sequence[dict[str, Any]], label: str, printed: str = "") -> str:
    payload = {
        "$id": "1", "$type": "SwissAcademic.Citavi.Citations.WordPlaceholder, SwissAcademic.Citavi",
        "Entries": entries, "FormattedText": {"TextUnits": [{"Text": label}]},
        "Tag": "CitaviPlaceholder#3f", "Text": label, "WAIVersion": "6.11.0.0",
    }  # fmt: skip
    inner = field(
        f"ADDIN CitaviPlaceholder{{{packed(json.dumps(payload))}}}", printed=escape(printed or label, quote=False)
    )
    return (
        '<w:sdt><w:sdtPr><w:alias w:val="To edit, see citavi.com/edit"/><w:tag w:val="CitaviPlaceholder#3f"/></w:sdtPr>'
        f"<w:sdtContent>{inner}</w:sdtContent></w:sdt>"
    )


def citavi_file(works: Mapping[str, str] = LABELS) -> bytes:
    return word_file("".join(paragraph("Zie ", citavi([citavi_entry(work)], label)) for work, label in works.items()))


# --- Word ------------------------------------------------------------------------------------------------------------


def _names(role: str, *people: tuple[str, str]) -> str:
    persons = (f"<b:Person><b:Last>{last}</b:Last><b:First>{first}</b:First></b:Person>" for last, first in people)
    return f"<b:{role}><b:NameList>{''.join(persons)}</b:NameList></b:{role}>"


def _body(name: str) -> str:
    return f"<b:Author><b:Author><b:Corporate>{name}</b:Corporate></b:Author></b:Author>"


SOURCES = MappingProxyType(
    {
        "artikel": "<b:SourceType>JournalArticle</b:SourceType><b:LCID>1043</b:LCID><b:Author>"
        "<b:Author><b:NameList><b:Person><b:Last>van der Berg</b:Last><b:First>Anna</b:First></b:Person><b:Person>"
        "<b:Last>Tak</b:Last><b:First>Jan</b:First><b:Middle>Piet</b:Middle></b:Person></b:NameList></b:Author></b:Author>"
        "<b:Title>Buren in beweging: Een terugblik</b:Title><b:JournalName>Tijdschrift voor Buurten</b:JournalName>"
        "<b:Year>2019</b:Year><b:Pages>45-67</b:Pages><b:Volume>12</b:Volume><b:Issue>3</b:Issue>"
        "<b:DOI>10.1234/tvb.2019.12</b:DOI><b:StandardNumber>ISSN 0378-5955</b:StandardNumber>",
        "boek": "<b:SourceType>Book</b:SourceType><b:Author>" + _names("Author", ("Vis", "Cor"), ("de Wit", "Dirk"))
        + "</b:Author><b:Title>Samen wonen</b:Title><b:Year>2018</b:Year><b:City>Utrecht</b:City>"
        "<b:Edition>2</b:Edition><b:Publisher>Uitgeverij Linde</b:Publisher>"
        "<b:StandardNumber>978-90-13-14877-0</b:StandardNumber>",
        "hoofdstuk": "<b:SourceType>BookSection</b:SourceType><b:Author>" + _names("Author", ("Nijhof", "Elly"))
        + _names("Editor", ("den Oude", "Fred")) + "</b:Author><b:Title>Vrijwilligers op straat</b:Title>"
        "<b:BookTitle>Handboek buurtwerk</b:BookTitle><b:Year>2016</b:Year><b:City>Utrecht</b:City>"
        "<b:Publisher>Uitgeverij Linde</b:Publisher><b:Pages>88-101</b:Pages>",
        "rapport": "<b:SourceType>Report</b:SourceType>" + _body("Centraal Bureau voor Buurten")
        + "<b:Title>Buurten in cijfers</b:Title><b:Year>2021</b:Year><b:City>Den Haag</b:City>",
        "pagina": "<b:SourceType>InternetSite</b:SourceType>" + _body("Gemeente Lindedorp")
        + "<b:Title>Feest in de straat</b:Title><b:Year>2020</b:Year><b:Month>mei</b:Month><b:Day>3</b:Day>"
        "<b:YearAccessed>2022</b:YearAccessed><b:MonthAccessed>januari</b:MonthAccessed><b:DayAccessed>9</b:DayAccessed>"
        "<b:URL>https://www.example.org/feest</b:URL>",
        "proefschrift": "<b:SourceType>Report</b:SourceType><b:Author>" + _names("Author", ("Zomer", "Gijs"))
        + "</b:Author><b:Title>Over drempels</b:Title><b:Year>2014</b:Year><b:Institution>Universiteit van Lindedorp"
        "</b:Institution><b:ThesisType>Proefschrift</b:ThesisType>",
    }
)  # fmt: skip


def word_sources(body: str, works: Sequence[str] = tuple(SOURCES), more: str = "") -> bytes:
    """A Word file with the sources of these works, whose tags are their names, and `more` of them."""
    sources = "".join(f"<b:Source><b:Tag>{work}</b:Tag>{SOURCES[work]}</b:Source>" for work in works)
    return word_file(body, {"customXml/item1.xml": xml("b:Sources", sources + more)})


def word_own_file(works: Mapping[str, str] = LABELS) -> bytes:
    bodies = (
        paragraph(field(f" CITATION {work} \\l 1043 ", printed=escape(label, quote=False)))
        for work, label in works.items()
    )
    return word_sources("".join(bodies))


FILES: Mapping[str, Callable[[], bytes]] = MappingProxyType(
    {
        "Zotero": zotero_file,
        "Mendeley": mendeley_file,
        "Mendeley Cite": mendeley_cite_file,
        "EndNote": endnote_file,
        "EndNote, packed": endnote_packed_file,
        "Citavi": citavi_file,
        "Word": word_own_file,
    }
)
