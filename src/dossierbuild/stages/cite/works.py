"""Works: the CSL-JSON items as citeproc gets them.

Here stands what a style cannot see in the data: particles are marked, so that their capital can follow from
where the name comes to stand; "in press" is in the dossier's language; a law is found in its gazette.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from dossierbuild.core.catalogue import Language
from dossierbuild.core.citation_words import CITATION_WORDS, CitationWords
from dossierbuild.core.csl_fields import LEADERS
from dossierbuild.core.model import CslItem
from dossierbuild.core.works import Item
from dossierbuild.stages.cite.apa import follow_apa
from dossierbuild.stages.cite.legal import CASE_STYLES, name_case, name_gazette, name_paper_of_parliament
from dossierbuild.tools.csl import LEIDRAAD, MARK, StyleFacts

GAP = "\u2063"
"""INVISIBLE SEPARATOR: stands for a space in a name that is sorted letter by letter (APA 9.44)."""

IJ = "\u0132"
"""LATIN CAPITAL LIGATURE IJ: one letter in Dutch, so IJsbrand has the initial "IJ."; printed as two signs."""

_DISSERTATIONS = frozenset(
    "doctoral phd phdthesis phddissertation doctoralthesis doctoraldissertation dissertation".split()
)
_MASTERS_THESES = frozenset("ma masters mastersthesis masterthesis mathesis msc mscthesis".split())
_BACHELORS_THESES = frozenset("ba bachelorsthesis bachelorthesis bathesis bsc bscthesis".split())


def prepare_items(works: Iterable[CslItem], style: str, facts: StyleFacts, language: Language) -> list[Item]:
    """The items for citeproc, in the order given; `style` is the style's name, `language` the dossier's."""
    items: list[Item] = [json.loads(work.csl_json) for work in works]
    for item in items:
        for name in _names(item):
            if "given" in name:
                name["given"] = re.sub(r"\bIJ(?=[a-z.])", IJ, name["given"])
            _mark_particle(name, together=not facts.demotes_particles)
        _name_status(item, facts, language)
        _write_ranges(item)
        _number_version(item)
        _name_thesis(item, CITATION_WORDS[language])
        name_paper_of_parliament(item, apart=style == LEIDRAAD)
        name_case(item, apart=style in CASE_STYLES or style.startswith("apa"))
        name_gazette(item, apart=style == LEIDRAAD)
        if style.startswith("apa"):
            follow_apa(item)
    _keep_nameless_apart(items)
    return items


def _name_status(item: Item, facts: StyleFacts, language: Language) -> None:
    """ "in druk" in the dossier's language, and where the style prints it."""
    issued = item.get("issued") or {}
    status = item.get("status") or ("" if "date-parts" in issued else issued.get("literal", ""))
    statuses = CITATION_WORDS[language].statuses
    if str(status).lower() in statuses:
        status = statuses[status.lower()]
    elif not item.get("status"):
        return
    if facts.status:
        item["status"] = status
        if "date-parts" not in issued:
            item.pop("issued", None)
    elif not issued.get("date-parts"):
        item["issued"] = {"literal": status}


def _write_ranges(item: Item) -> None:
    """ "83(1–2)": numbers from and to with an en dash, which citeproc writes between pages only."""
    for field in ("volume", "issue"):
        if isinstance(item.get(field), str):
            item[field] = re.sub(r"(?<=\d)-(?=\d)", "–", item[field])


def _number_version(item: Item) -> None:
    """ "Versie 2" as 2, because styles write the word themselves."""
    if "version" in item:
        item["version"] = re.sub(r"\A(?:versie|version|v\.?)\s*+(?=[0-9])", "", item["version"], flags=re.IGNORECASE)


def _name_thesis(item: Item, words: CitationWords) -> None:
    """The kind of a thesis in the dossier's language, where the list has a word of BibLaTeX or Zotero for it."""
    genre = re.sub(r"[^a-z]", "", str(item.get("genre", "")).lower().replace("’", ""))
    if item.get("type") != "thesis":
        return
    if genre in _DISSERTATIONS:
        item["genre"] = words.dissertation
    elif genre in _MASTERS_THESES:
        item["genre"] = words.masters_thesis
    elif genre in _BACHELORS_THESES:
        item["genre"] = words.bachelors_thesis


def given_names(items: Iterable[Item]) -> frozenset[str]:
    """How the given names before marked particles may be printed, letters only: "Jan", "J", "JP"."""
    forms: set[str] = set()
    for item in items:
        for name in _names(item):
            words = re.findall(r"[^\W\d_]+", name.get("given", ""))
            if words and MARK in name.get("family", "") + name.get("non-dropping-particle", ""):
                forms |= {words[-1], words[-1][0], "".join(words), "".join(word[0] for word in words)}
    return frozenset(forms)


def sort_name(item: Item) -> str:
    """The text that sorts a work in a list by author, for styles that have no list of their own."""
    names = leaders(item) or [{}]
    name = names[0].get("family") or names[0].get("literal") or str(item.get("title", ""))
    return f"{name} {_year(item)}".replace(MARK, "").casefold()


def authors_of(item: Item, words: CitationWords) -> str:
    """The authors of a work as running text names them; its title where nobody is named."""
    names = leaders(item)
    called = [_called(name) for name in names]
    if len(called) > 2:
        return f"{called[0]} {words.et_al}"
    return f" {words.conjunction} ".join(called) or str(item.get("title-short") or item.get("title", ""))


def leading_role(item: Item) -> str:
    """The field that names the leaders of a work: "author", "editor" of a collection; "" where nobody is named."""
    return next((field for field in LEADERS if item.get(field)), "")


def leaders(item: Item) -> list[dict[str, str]]:
    """The names of the people and organisations that lead a work, in its order."""
    return list(item.get(leading_role(item), ()))


def _called(name: dict[str, str]) -> str:
    parts = (name.get("non-dropping-particle", ""), name.get("family") or name.get("literal", ""))
    return " ".join(part for part in parts if part)


def _names(item: Item) -> Iterator[dict[str, str]]:
    for value in item.values():
        if isinstance(value, list):
            yield from (name for name in value if isinstance(name, dict) and "family" in name)


def _mark_particle(name: dict[str, str], *, together: bool) -> None:
    """Put the mark before a particle that begins with a small letter.

    With `together` (styles that never part them) particle and name become one, because citeproc would take
    "De Boer" and "Van Boer" for one surname and print initials that nobody needs; gaps make it sort letter by
    letter. "’t Hart" and "d’Ancona" never get a capital and stay as they are.
    """
    particle = name.get("non-dropping-particle", "")
    if not particle or not particle[0].isalpha() or not particle[0].islower() or particle[1:2] in ("'", "’"):
        return
    if together:
        name["family"] = MARK + f"{name.pop('non-dropping-particle')} {name['family']}".replace(" ", GAP)
    else:
        name["non-dropping-particle"] = MARK + particle


def _keep_nameless_apart(items: list[Item]) -> None:
    """Mark the surnames of people without initials, so that citeproc prints no initials of their namesakes.

    Works of one year stay as they are: they need a letter behind the year.
    """
    led = {(name.get("family"), _year(item)) for item in items for name in leaders(item)[:1] if name.get("given")}
    for item in items:
        for name in _names(item):
            if not name.get("given") and (name["family"], _year(item)) not in led:
                name["family"] += MARK


def _year(item: Item) -> str:
    """The year of a work as far as it is given in numbers, else the whole of its date."""
    issued = item.get("issued") or {}
    parts = [part for dates in issued.get("date-parts", ()) for part in dates]
    return str(parts[0] if parts else issued)
