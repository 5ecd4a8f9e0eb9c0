"""What Dutch practice changes in a citation style: terms of the locale, and edits to the maintained APA.

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

CSL = "http://purl.org/net/xbiblio/csl"

MARK = "\u2060"
"""WORD JOINER, which takes no room: it marks the words of a style that depend on where they come to stand.

An "&" with a mark joins names (and is "en" in running text); "Red." with a mark is a role, which follows the
language of the book. An organisation's own "&" has no mark. Marks are gone when citations have been resolved.
"""

LEGAL = "bill hearing legal_case legislation regulation treaty"
"""The CSL types that APA prints as legal works, as a style writes them."""

# Terms that pandoc's Dutch locale (of 2017) lacks or leaves in English; a style's own terms go before these.
LOCALE_TERMS = """
<terms xmlns="http://purl.org/net/xbiblio/csl">
  <term name="article-locator"><single>artikel</single><multiple>artikelen</multiple></term>
  <term name="article-locator" form="short"><single>art.</single><multiple>art.</multiple></term>
  <term name="broadcast">uitzending</term>
  <term name="chair"><single>voorzitter</single><multiple>voorzitters</multiple></term>
  <term name="chapter-number"><single>hoofdstuk</single><multiple>hoofdstukken</multiple></term>
  <term name="chapter-number" form="short"><single>hfdst.</single><multiple>hfdst.</multiple></term>
  <term name="circa" form="short">ca.</term>
  <term name="collection-editor"><single>redacteur</single><multiple>redacteuren</multiple></term>
  <term name="collection-editor" form="short"><single>red.</single><multiple>red.</multiple></term>
  <term name="collection-editor" form="verb">onder redactie van</term>
  <term name="compiler"><single>samensteller</single><multiple>samenstellers</multiple></term>
  <term name="compiler" form="short"><single>samenst.</single><multiple>samenst.</multiple></term>
  <term name="compiler" form="verb">samengesteld door</term>
  <term name="contributor" form="verb">met</term>
  <term name="curator"><single>curator</single><multiple>curatoren</multiple></term>
  <term name="editor-translator">
    <single>redacteur &amp; vertaler</single><multiple>redacteuren &amp; vertalers</multiple>
  </term>
  <term name="editor-translator" form="short">
    <single>red. &amp; vert.</single><multiple>red. &amp; vert.</multiple>
  </term>
  <term name="executive-producer">
    <single>uitvoerend producent</single><multiple>uitvoerend producenten</multiple>
  </term>
  <term name="graphic">afbeelding</term>
  <term name="guest"><single>gast</single><multiple>gasten</multiple></term>
  <term name="hearing">hoorzitting</term>
  <term name="host"><single>presentator</single><multiple>presentatoren</multiple></term>
  <term name="host" form="verb">gepresenteerd door</term>
  <term name="map">kaart</term>
  <term name="motion_picture">video</term>
  <term name="narrator"><single>verteller</single><multiple>vertellers</multiple></term>
  <term name="number"><single>nummer</single><multiple>nummers</multiple></term>
  <term name="number" form="short"><single>nr.</single><multiple>nr.</multiple></term>
  <term name="on">op</term>
  <term name="organizer"><single>organisator</single><multiple>organisatoren</multiple></term>
  <term name="original-work-published">oorspronkelijk werk gepubliceerd</term>
  <term name="page-range-delimiter">–</term>
  <term name="paragraph" form="symbol"><single>§</single><multiple>§§</multiple></term>
  <term name="patent">octrooi</term>
  <term name="performer" form="verb">uitgevoerd door</term>
  <term name="post">bericht</term>
  <term name="producer"><single>producent</single><multiple>producenten</multiple></term>
  <term name="producer" form="verb">geproduceerd door</term>
  <term name="recipient" form="verb">aan</term>
  <term name="review">recensie</term>
  <term name="review-book">boekrecensie</term>
  <term name="review-of">recensie van</term>
  <term name="review-of" form="short">recensie van</term>
  <term name="script-writer"><single>scenarist</single><multiple>scenaristen</multiple></term>
  <term name="script-writer" form="verb">geschreven door</term>
  <term name="series-creator"><single>bedenker</single><multiple>bedenkers</multiple></term>
  <term name="song">geluidsopname</term>
  <term name="special-issue">themanummer</term>
  <term name="supplement" form="short"><single>suppl.</single><multiple>suppl.</multiple></term>
  <term name="table"><single>tabel</single><multiple>tabellen</multiple></term>
</terms>
"""

# Terms of APA in Dutch; these go before those of the style. HAN, apa-normen: "2e druk", (Red.) for one editor
# and (Reds.) for more; theapateam.blogspot.com: double quotation marks.
APA_TERMS = f"""
<terms xmlns="http://purl.org/net/xbiblio/csl">
  <term name="open-quote">“</term>
  <term name="close-quote">”</term>
  <term name="open-inner-quote">‘</term>
  <term name="close-inner-quote">’</term>
  <term name="edition" form="short"><single>druk</single><multiple>druk</multiple></term>
  <term name="editor" form="short"><single>red.{MARK}</single><multiple>reds.{MARK}</multiple></term>
  <term name="editorial-director" form="short">
    <single>red.{MARK}</single><multiple>reds.{MARK}</multiple>
  </term>
  <term name="collection-editor" form="short">
    <single>red.{MARK}</single><multiple>reds.{MARK}</multiple>
  </term>
  <term name="post">onlinebericht</term>
  <term name="review-of">recensie van het</term>
</terms>
"""


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
    """The edits to any style for a Dutch text, where it has what they look for."""
    for date in style.iter(_tag("date")):
        _swap_day_and_month(date)
    for part in style.iter(_tag("name-part")):
        # Capitals of particles follow from where a name stands, and the name itself is in the data as it is written.
        if part.get("name") == "family" and part.get("text-case") in ("capitalize-all", "capitalize-first", "title"):
            del part.attrib["text-case"]
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
    bound = [one for one in _macro(style, "reference-book-etc-long").iter() if "chapter" in one.get("type", "").split()]
    for one in bound:
        one.attrib |= {"type": f"{one.attrib['type']} paper-conference", "match": "any"}
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
    group = next(one for one in macro.iter(_tag("group")) if year in list(one))
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
