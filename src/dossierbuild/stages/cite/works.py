"""Works: the CSL-JSON items as citeproc gets them.

Here stands what a style cannot see in the data: particles are marked, so that their capital can follow from
where the name comes to stand; an organisation that publishes its own work is named once; papers of parliament
are known by their title.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from dossierbuild.core.model import Reference
from dossierbuild.tools.csl import LEGAL, MARK, StyleFacts

Item = dict[str, Any]

GAP = "\u2063"
"""INVISIBLE SEPARATOR: stands for a space in a name that is sorted letter by letter (APA 9.44)."""

_PARLIAMENT = re.compile(r"(?:Kamerstuk|Handelingen|Aanhangsel\s)", re.IGNORECASE)
_LEGAL = frozenset(LEGAL.split())


def prepare_items(references: Iterable[Reference], style: str, facts: StyleFacts) -> list[Item]:
    """The items for citeproc, in the order given; `style` is the style's name."""
    items: list[Item] = [json.loads(one.csl_json) for one in references]
    for item in items:
        for name in _names(item):
            _mark_particle(name, together=not facts.demotes_particles)
        if style.startswith("apa"):
            _name_organisation_once(item)
            _recognise_parliament(item)
            _title_legal_work(item)
    _keep_nameless_apart(items)
    return items


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
    """Where a work stands in a list by author, for styles that have no list of their own."""
    names = item.get("author") or item.get("editor") or [{}]
    name = names[0].get("family") or names[0].get("literal") or str(item.get("title", ""))
    return f"{name} {_year(item)}".replace(MARK, "").casefold()


def authors_of(item: Item, conjunction: str) -> str:
    """Who wrote a work, as running text names them; the title where nobody is named."""
    names = item.get("author") or item.get("editor") or []
    called = [_called(name) for name in names]
    if len(called) > 2:
        return f"{called[0]} et al."
    return f" {conjunction} ".join(called) or str(item.get("title-short") or item.get("title", ""))


def _called(name: dict[str, str]) -> str:
    parts = (name.get("non-dropping-particle", ""), name.get("family") or name.get("literal", ""))
    return " ".join(part for part in parts if part)


def _names(item: Item) -> Iterator[dict[str, str]]:
    for value in item.values():
        if isinstance(value, list):
            yield from (one for one in value if isinstance(one, dict) and "family" in one)


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
    """An author without initials cannot be told apart by them, and does not make others carry theirs.

    Works of one year stay as they are: they need a letter behind the year.
    """
    led = {(name["family"], _year(item)) for item in items for name in _leading(item) if name.get("given")}
    for item in items:
        for name in _names(item):
            if not name.get("given") and (name["family"], _year(item)) not in led:
                name["family"] += MARK


def _leading(item: Item) -> list[dict[str, str]]:
    """The name that a citation begins with, unless it is an organisation's."""
    names = item.get("author") or item.get("editor") or []
    return [name for name in names[:1] if "family" in name]


def _year(item: Item) -> str:
    """The year of a work as far as it is given in numbers, else the whole of its date."""
    issued = item.get("issued") or {}
    parts = [part for dates in issued.get("date-parts", ()) for part in dates]
    return str(parts[0] if parts else issued)


def _name_organisation_once(item: Item) -> None:
    """APA 9.29 and 9.32: a publisher, or the site of a web page, that is the author is left out."""
    authors = [name.get("literal", "").casefold() for name in item.get("author", ())]
    everyone = {*authors, " & ".join(authors), " en ".join(authors), " and ".join(authors)} - {""}
    if str(item.get("publisher", "")).casefold() in everyone:
        del item["publisher"]
    site = str(item.get("container-title", "")).casefold()
    if item.get("type") in ("webpage", "post") and site in everyone:
        del item["container-title"]


def _recognise_parliament(item: Item) -> None:
    """The APA Team, 17 december 2019: a paper of parliament goes by its number, whatever its type."""
    if any(_PARLIAMENT.match(str(item.get(field, ""))) for field in ("title", "container-title")):
        item["type"] = "bill"


def _title_legal_work(item: Item) -> None:
    """A legal work without a title goes by its series and number: "Kamerstukken II, 32793, nr. 459"."""
    if item.get("type") in _LEGAL and not item.get("title"):
        fields = ("container-title", "number")
        item["title"] = ", ".join(str(item.pop(field)) for field in fields if item.get(field))
