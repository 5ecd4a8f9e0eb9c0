"""Names of people and organisations: particles on their own, organisations whole.

A Dutch particle ("van der") prints with or without a capital and sorts with or without the name by the
style's rules, which only works when it stands in `non-dropping-particle`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from dossierbuild.core.csl_fields import NAME_PARTS
from dossierbuild.stages.parse.reference_texts import one_form

_ARTICLES = ("de", "den", "der", "het", "'t", "ten", "ter", "d'n")
_BEFORE_ARTICLES = (
    "aan",
    "bij",
    "in",
    "onder",
    "op",
    "over",
    "tot",
    "uit",
    "van",
    "von",
    "voor",
    "voor in",
    "van op",
)

PARTICLES = frozenset(
    {f"{first} {second}" for first in _BEFORE_ARTICLES for second in _ARTICLES}
    | set("van von vom vander vanden vande de den der 't ten ter te het zu zur zum".split())
    | {"von und zu", "van de l'", "van la", "de la", "de van der", "van van", "op gen"}
)
"""Particles of Dutch names, after the prefixes in the Dutch register of persons, and the German ones."""

_ELIDED = frozenset({"d'", "l'"})
"""Particles that are written as one word with the name: d’Ancona stays whole."""

_LONGEST = 3

# Words that no person is called by.
_ORGANISATIONS = frozenset(
    """
    academie agency alliantie associatie association beroepsvereniging centrum coalitie college commissie
    commission committee consortium coöperatie council department departement expertisecentrum federatie
    foundation gemeente genootschap hogeschool inspectie institute instituut kennisinstituut kenniscentrum
    kenniswerkplaats koninklijk koninklijke ministerie ministry nations organisatie organisation organization
    planbureau programma provincie rekenkamer rijksdienst rijksinstituut rijksoverheid society stichting
    universiteit university vakbond vereniging verenigde waterschap werkgroep
    """.split()
)
# Words that people are called by too: they tell only in a first name.
_ALSO_SURNAMES = frozenset(
    "bank board bureau centraal fonds group groep huis kamer nationaal netwerk platform raad sociaal".split()
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name in parts as CSL-JSON has them; `moved` is the particle that stood elsewhere, or empty."""

    parts: tuple[tuple[str, str], ...]
    moved: str = ""

    def as_dict(self) -> dict[str, str]:
        return dict(self.parts)

    def __str__(self) -> str:
        one = self.as_dict()
        if "literal" in one:
            return one["literal"]
        words = (
            one.get("given"),
            one.get("dropping-particle"),
            one.get("non-dropping-particle"),
            one.get("family"),
        )
        return " ".join(word for word in words if word)


def read_name(parts: dict[str, Any]) -> Name | None:
    """The name out of its parts, mended; None when there is no name in it.

    An empty `non-dropping-particle` says that there is none, so that a family name such as that of Philippe
    Van Parijs can stay whole.
    """
    given = {name: one_form(parts[name]) for name in NAME_PARTS if isinstance(parts.get(name), str)}
    stays = given.get("non-dropping-particle") == ""
    kept = {name: text for name, text in given.items() if text}
    if "literal" in kept:
        return Name((("literal", kept["literal"]),))
    if "family" not in kept:
        return Name((("literal", kept["given"]),)) if "given" in kept else None
    for field in ("dropping-particle", "non-dropping-particle"):
        if _spelled(kept.get(field, "")) in _ELIDED:
            kept["family"] = one_form(_spelled(kept.pop(field)) + kept["family"])
    if set(kept) == {"family"}:
        return Name((("literal", kept["family"]),))
    moved = "" if stays else _mend(kept)
    return Name(tuple(sorted(kept.items())), moved)


def _mend(parts: dict[str, str]) -> str:
    """Move a Dutch particle to its place, in `parts` itself; returns it when it stood elsewhere."""
    stated = parts.get("non-dropping-particle", "")
    if stated:
        parts["non-dropping-particle"] = _particle(stated) or stated
        return ""
    dropping = _particle(parts.get("dropping-particle", ""))
    if dropping:
        del parts["dropping-particle"]
    before, family = _leading(parts["family"])
    family, after = _trailing_after_comma(family)
    given, hidden = _trailing(parts.get("given", ""))
    found = next((one for one in (dropping, before, after, hidden) if one), "")
    if found:
        parts |= {"family": family, "given": given, "non-dropping-particle": found}
    if not parts.get("given"):
        parts.pop("given", None)
    return found


def _spelled(text: str) -> str:
    """A particle in small letters and with the straight apostrophe, to compare by."""
    return text.replace("’", "'").replace("‘", "'").replace("`", "'").casefold().strip()


def _particle(text: str) -> str:
    """The particle in its one spelling, or an empty text when it is none."""
    return _spelled(text).replace("'", "’") if _spelled(text) in PARTICLES else ""


def _leading(family: str) -> tuple[str, str]:
    words = family.split(" ")
    for count in range(min(_LONGEST, len(words) - 1), 0, -1):
        found = _particle(" ".join(words[:count]))
        if found:
            return found, " ".join(words[count:])
    return "", family


def _trailing_after_comma(family: str) -> tuple[str, str]:
    name, comma, rest = family.partition(", ")
    found = _particle(rest) if comma else ""
    return (name, found) if found else (family, "")


def _trailing(given: str) -> tuple[str, str]:
    """First names and the particle behind them, in lower case only: Te and Der are first names too."""
    words = given.split(" ")
    for count in range(min(_LONGEST, len(words)), 0, -1):
        last = " ".join(words[-count:])
        found = _particle(last)
        if found and last == last.lower():
            return " ".join(words[:-count]), found
    return given, ""


def looks_like_organisation(name: Name) -> bool:
    """Whether a name in two parts holds a word that only organisations have in that part."""
    one = name.as_dict()
    if "literal" in one:
        return False
    first, last = _words(one.get("given", "")), _words(one["family"])
    return bool(first & (_ORGANISATIONS | _ALSO_SURNAMES) or last & _ORGANISATIONS)


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", text.casefold()))
