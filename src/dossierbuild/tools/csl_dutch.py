"""What Dutch practice changes in a citation style: edits to any style, and to the maintained APA and Leidraad.

Every edit has a reason, and looks for exactly the place that it changes: a new release of apa.csl that moves
such a place raises `StyleMovedError`, so that the edit is looked at again and not lost without a word.

Sources: Werkgroep APA, De APA-richtlijnen uitgelegd (3e herziene editie, 2021), as restated by HAN
(specials.han.nl, theapateam.blogspot.com), Tilburg (libguides.uvt.nl/apa-handleiding), Radboud
(libguides.ru.nl/apa7) and Hanze (libguides.hanze.nl); American Psychological Association, Publication manual
(7th ed., 2020).
"""

from __future__ import annotations

import copy
import xml.etree.ElementTree as ET
from xml.etree.ElementTree import Element

from dossierbuild.tools.csl_terms import APA_TERMS, CSL, LOCALE_TERMS, MARK

LEGAL = "bill hearing legal_case legislation regulation treaty"
"""The CSL types that APA prints as legal works, as a style writes them."""


# The names that APA puts in the place of the author, as a style writes them.
_LEADING = (
    "author chair collection-editor compiler composer curator director editor editor-translator editorial-director "
    "executive-producer guest host illustrator organizer producer script-writer series-creator"
)


class StyleMovedError(Exception):
    """The place that an edit changes is not in the style as the edit expects it."""


def dutch_terms() -> list[Element]:
    """The terms that any style lacks in Dutch."""
    return list(ET.fromstring(LOCALE_TERMS))


def apa_terms() -> list[Element]:
    """The term of APA in every language: the "&" between names, marked because running text has a word."""
    term = Element(_tag("term"), {"name": "and", "form": "symbol"})
    term.text = f"&{MARK}"
    return [term]


def dutch_apa_terms() -> list[Element]:
    """The terms of APA in Dutch; ordinals end in "e" ("2e"), and pandoc does not look at `ordinal` alone."""
    terms = list(ET.fromstring(APA_TERMS))
    for name in ("ordinal", *(f"ordinal-{number:02}" for number in range(20))):
        term = Element(_tag("term"), {"name": name})
        term.text = "e"
        terms.append(term)
    return terms


def edit_dutch(style: Element) -> None:
    """Edit any style for a Dutch text; an edit whose place the style lacks is passed over."""
    for date in style.iter(_tag("date")):
        _swap_day_and_month(date)
    for part in style.iter(_tag("name-part")):
        # Capitals of particles follow from where a name stands, and the name itself is in the data as it is written.
        if part.get("name") == "family" and part.get("text-case") in ("capitalize-all", "capitalize-first", "title"):
            del part.attrib["text-case"]
    for term in style.iter(_tag("term")):
        if term.get("name") == "et-al" and term.text == "and others":
            term.text = "en anderen"
    if any("published as" in (term.text or "") for term in style.iter(_tag("term"))):
        for label in style.iter(_tag("text")):
            if label.get("term") == "original-work-published":
                label.attrib["value"] = "oorspronkelijk gepubliceerd als"
                del label.attrib["term"]


def _swap_day_and_month(date: Element) -> None:
    """ "28 november 2021" where a style for English has "November 28, 2021"."""
    parts = list(date)
    names = [part.get("name") for part in parts]
    if date.get("form") or names.count("month") != 1 or names[names.index("month") + 1 :][:1] != ["day"]:
        return
    at = names.index("month")
    month, day = parts[at], parts[at + 1]
    between = month.get("suffix", "") + day.get("prefix", "")
    if between.strip():
        return
    before, behind = month.get("prefix", ""), day.get("suffix", "").replace(",", "")
    day.attrib |= {"prefix": before, "suffix": between}
    month.attrib |= {"prefix": "", "suffix": behind}
    date[at : at + 2] = [day, month]


def edit_apa(style: Element) -> None:
    """The edits to APA in every language."""
    _order_same_year_by_title(style)
    _let_legal_work_be_narrated(style)
    _retrieve_with_date_only(style)
    _order_citation_as_list(style)
    _set_report_in_italics(style)
    _describe_before_date(style)
    _date_entry_in_full(style)
    _label_every_place(style)


def edit_leidraad(style: Element) -> None:
    """The edits to the Leidraad voor juridische auteurs, the note style for Dutch law.

    A law without a place in the Staatsblad goes by its title, and not by its year alone.
    """
    law = _only(_macro(style, "reference-legislative-footnote"), "choose/else-if[@type='legislation']/choose")
    article, gazette = list(law)
    if article.attrib != {"locator": "paragraph"}:
        raise StyleMovedError("reference-legislative-footnote")
    title = Element(_tag("else-if"), {"variable": "container-title", "match": "none"})
    ET.SubElement(title, _tag("text"), {"variable": "title"})
    law[:] = [article, title, gazette]
    bound = [
        element
        for element in _macro(style, "reference-book-etc-long").iter()
        if "chapter" in element.get("type", "").split()
    ]
    for element in bound:
        element.attrib |= {"type": f"{element.attrib['type']} paper-conference", "match": "any"}
    if not bound:
        raise StyleMovedError("reference-book-etc-long")


def edit_apa_dutch(style: Element) -> None:
    """The edits to APA for a Dutch text."""
    _put_day_before_month(style)
    _write_original_work(style)
    _write_retrieved_on(style)
    _write_locator_labels(style)
    _write_number_label(style)
    _write_legal_reference(style)


def _order_same_year_by_title(style: Element) -> None:
    """The list gives a, b, c to works of one year by title, so a citation has the title as its last sort key.

    APA 8.12 and 8.19: "(Jansen, 2021a, 2021b)", in this order whichever was written first.
    """
    sort = _only(style, "citation/sort")
    if [key.attrib for key in sort][-1] != {"variable": "status"}:
        raise StyleMovedError("citation/sort")
    ET.SubElement(sort, _tag("key"), {"macro": "title"})


def _order_citation_as_list(style: Element) -> None:
    """APA 8.12: works in one citation stand in the order of the list, which has Smit alone before Smit and others."""
    key = _only(style, "citation/sort/key[@macro='author-sort']")
    if key.attrib != {"macro": "author-sort", "names-min": "3", "names-use-first": "1"}:
        raise StyleMovedError("citation/sort")
    key.attrib |= {"names-min": "21", "names-use-first": "19"}


def _set_report_in_italics(style: Element) -> None:
    """APA 8.14: a title in the place of the author is in italics in the text where it is in the list."""
    upright = _only(_macro(style, "title-short"), "choose/else-if[@type='bill legislation regulation report treaty']")
    upright.set("type", "bill legislation regulation treaty")


def _describe_before_date(style: Element) -> None:
    """ "*Eenzaamheid bij ouderen* [Factsheet]. (2021)": a description belongs to the title (APA 9.21, 9.12)."""
    group = _only(_macro(style, "author-title-substitute"), "choose/else-if[@variable='title']/group")
    if [text.attrib for text in group] != [{"macro": "title"}, {"macro": "identifier"}]:
        raise StyleMovedError("author-title-substitute")
    ET.SubElement(group, _tag("text"), {"macro": "description"})
    titled = _only(_macro(style, "title-and-descriptions"), "group/choose/if[@variable='title']")
    behind = _only(titled, "text[@macro='description']")
    titled.remove(behind)
    named = ET.SubElement(ET.SubElement(titled, _tag("choose")), _tag("if"), {"match": "any", "variable": _LEADING})
    named.append(behind)


def _date_entry_in_full(style: Element) -> None:
    """APA 10.3, example 49: an entry of an encyclopaedia that changes has the day of its version."""
    dated = _only(_macro(style, "date"), ".//if[@variable='issued']/group/choose/if")
    sorted_by_year = _only(_macro(style, "date-sort"), "choose/if")
    types = sorted_by_year.attrib["type"].split()
    if "entry" in dated.attrib["type"].split() or "entry" not in types:
        raise StyleMovedError("date")
    dated.set("type", f"{dated.attrib['type']} entry entry-dictionary entry-encyclopedia")
    sorted_by_year.set("type", " ".join(name for name in types if not name.startswith("entry")))


def _label_every_place(style: Element) -> None:
    """ "(Bakker, 2020, hoofdstuk 3 en 4)": the style drops the label before what is no number to CSL."""
    choose = _only(_macro(style, "label-locator"), "group/choose")
    unlabelled = _only(choose, "else-if[@locator='chapter line verse']")
    if len(unlabelled):
        raise StyleMovedError("label-locator")
    choose.remove(unlabelled)


def _let_legal_work_be_narrated(style: Element) -> None:
    """ "Wet maatschappelijke ondersteuning 2015 (2014)": citeproc takes what stands in names for the author.

    Without names it puts the whole of a narrative citation in parentheses. Legal works have no composer.
    """
    branch = _only(_macro(style, "author-short"), f"choose/if[@type='{LEGAL}']")
    title = _only(branch, "text[@macro='title-and-descriptions-short']")
    branch.remove(title)
    names = ET.SubElement(branch, _tag("names"), {"variable": "composer"})
    ET.SubElement(names, _tag("substitute")).append(title)


def _retrieve_with_date_only(style: Element) -> None:
    """APA 9.16: a retrieval date or none; without `accessed` the style would write "Retrieved https://…"."""
    branch = _retrieval(style)[0]
    if [child.get("term") for child in branch] != ["retrieved", None]:
        raise StyleMovedError("source-DOI-URL")
    dated = Element(_tag("choose"))
    ET.SubElement(dated, _tag("if"), {"variable": "accessed"}).extend(list(branch))
    branch[:] = [dated]


def _put_day_before_month(style: Element) -> None:
    """Radboud, nederlandse-conventies: "(2022, 3 maart)"."""
    date = _only(_macro(style, "date-issued-month-day"), "date")
    month, day = list(date)
    if month.attrib != {"name": "month"} or day.attrib != {"name": "day", "prefix": " "}:
        raise StyleMovedError("date-issued-month-day")
    day.attrib = {"name": "day", "suffix": " "}
    date[:] = [day, month]


def _write_original_work(style: Element) -> None:
    """ "(Oorspronkelijk werk gepubliceerd in 1959)", with a title "… gepubliceerd als *Titel* in 1959"."""
    macro = _macro(style, "publication-history")
    year = _only(macro, ".//text[@macro='date-original-year']")
    publisher = _only(macro, ".//text[@variable='original-publisher']")
    group = next(group for group in macro.iter(_tag("group")) if year in list(group))
    if publisher not in list(group) or group.get("delimiter") != ", ":
        raise StyleMovedError("publication-history")
    group.set("delimiter", " ")
    year.set("prefix", "in ")
    publisher.set("prefix", "bij ")
    _only(macro, ".//text[@value='as']").set("value", "als")


def _write_retrieved_on(style: Element) -> None:
    """ "Geraadpleegd op 3 maart 2024, van https://…"."""
    _only(_retrieval(style), ".//date[@variable='accessed']").set("prefix", "op ")


def _write_locator_labels(style: Element) -> None:
    """Labels but "p." in full and without a capital: "hoofdstuk 3", "paragraaf 2.1" (APA 8.13)."""
    macro = _macro(style, "label-locator")
    page = _only(macro, ".//if[@locator='page']/label")
    labels = [label for label in macro.iter(_tag("label")) if label is not page]
    if not labels or page.get("form") != "short":
        raise StyleMovedError("label-locator")
    for label in labels:
        label.attrib = {"variable": "locator"}


def _write_number_label(style: Element) -> None:
    """ "(Rapport nr. 88)": in Dutch the label has no capital; "publicatie" is Dutch."""
    label = _only(_macro(style, "label-number"), ".//label")
    if label.attrib.pop("text-case", "") != "capitalize-first":
        raise StyleMovedError("label-number")
    _only(_macro(style, "identifier-number"), ".//text[@value='publication']").set("value", "publicatie")


def _write_legal_reference(style: Element) -> None:
    """Laws and parliamentary papers by title with their full date, not by the American Bluebook.

    The APA Team, 17 december 2019: "Kamerstukken II, 32793, nr. 459. (2019, 3 december). Geraadpleegd op
    17 december 2019, van https://…"; in the text "(Kamerstukken II, 32793, nr. 459, 2019)".
    """
    branch = _only(_macro(style, "bibliography"), f"group/choose/if[@type='{LEGAL}']")
    if [child.get("macro") or child.get("variable") for child in branch] != [
        "legal-reference", "source-DOI-URL", "references",
    ]:  # fmt: skip
        raise StyleMovedError("bibliography")
    branch[0] = ET.fromstring(f"""
        <group xmlns="{CSL}" delimiter=". " suffix=".">
          <group delimiter=", ">
            <text macro="legal-title"/>
            <choose><if type="legal_case"><text variable="authority"/></if></choose>
            <text variable="container-title"/>
            <text variable="number"/>
          </group>
          <text macro="date"/>
        </group>""")
    full_date = _only(_macro(style, "date"), ".//if[@variable='issued']/group/choose/if")
    full_date.set("type", f"{full_date.attrib['type']} {LEGAL}")
    retrieved = _retrieval(style)
    legal = ET.SubElement(retrieved, _tag("else-if"), {"match": "any", "type": LEGAL})
    legal.extend(copy.deepcopy(list(retrieved[0])))


def _retrieval(style: Element) -> Element:
    """The choice whose first branch writes when a work without a date was seen."""
    choice = _only(_macro(style, "source-DOI-URL"), "choose/else-if[@variable='URL']/group/choose")
    if [child.attrib for child in choice] != [{"match": "none", "variable": "issued status"}]:
        raise StyleMovedError("source-DOI-URL")
    return choice


def _tag(name: str) -> str:
    return f"{{{CSL}}}{name}"


def _macro(style: Element, name: str) -> Element:
    return _only(style, f"macro[@name='{name}']")


def _only(parent: Element, path: str) -> Element:
    found = parent.findall(path, {"": CSL})
    if len(found) != 1:
        raise StyleMovedError(path)
    return found[0]
