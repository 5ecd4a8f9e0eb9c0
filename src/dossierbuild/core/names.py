"""Names of people and organisations: how they are read, shortened, sorted and written, also in CSL-JSON.

The one place that knows Dutch names. A particle ("van der") stands apart from the family name: it prints with or
without a capital, and sorts with or without the name, by the rules of who prints it.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from dossierbuild.core.csl_fields import NAME_PARTS
from dossierbuild.core.slug import slug
from dossierbuild.core.spelling import one_form

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

_ELSEWHERE = frozenset("af al da das del des di do dos du el il la le les uyt 's".split())
# Words of particles that in a text mostly stand before a name as words of their own.
_ALSO_PROSE = frozenset({"onder", "und"})
_WORDS = _ELSEWHERE | {word for particle in PARTICLES for word in particle.split()} - _ALSO_PROSE

PARTICLE_WORDS = _WORDS | {word.replace("'", "’") for word in _WORDS}
"""Words that may stand with a small letter in the name of a person in a text, with either apostrophe."""

_ELIDED = frozenset({"d'", "l'"})
"""Particles that are written as one word with the name: d’Ancona stays whole."""

_LONGEST = 3
"""Words in the longest particle."""

# Particles with a capital that research portals leave behind the first names: "Bergh, Erika Van den". Te, Ten and Der
# are first names too, and so is Van in Vietnamese names, where these family names are borne by nine in ten people.
_LEFT_BEHIND = frozenset({"van", "de", "vande", "vanden", "vander"})
_VIETNAMESE = frozenset("nguyen tran le pham huynh hoang phan vu vo dang bui do ho ngo duong ly".split())

# Words that no person is called by.
_ORGANISATIONS = frozenset(
    """
    academie agency alliantie associatie association autoriteit beroepsvereniging bibliotheek center centre centrum
    coalitie college commissie commission committee consortium coöperatie council department departement editorial
    editors federatie fonds foundation gemeente genootschap ggd ggz hogeschool inspectie institute instituut koninklijk
    koninklijke mc ministerie ministry museum nations netwerk ombudsman organisatie organisation organization planbureau
    platform programma provincie redactie rekenkamer rijksdienst rijksmuseum rijksoverheid society stichting team umc
    universiteit university vakbond vereniging verenigde waterschap werkgroep
    """.split()
)
# Kinds of organisations as parts of longer words: Jeugdinstituut, Zorgautoriteit, Kennisplatform.
_COMPOUND = re.compile(
    r"(?:kennis|expertise)\w{3,}|\w+(?:autoriteit|bibliotheek|centrum|hogeschool|inspectie|instituut|ministerie|"
    r"universiteit|vereniging)"
)
# Words that people are called by too: they tell only in a first name.
_ALSO_SURNAMES = frozenset(
    "bank board bureau centraal dienst group groep huis kamer nationaal raad sociaal the".split()
)
_JOINING = frozenset({"&", "en", "and", "und"})
# Prepositions that are no particles by themselves: "Samen voor Elkaar", "Council of Europe".
_NOT_IN_PEOPLE = frozenset({"voor", "for", "of", "of the"})

# Between people in one line, and the words by which such a line ends.
_BETWEEN_PEOPLE = re.compile(r"(?<!\s)\s*+;\s*+|(?:,\s++|(?<!\s)\s++)(?:\\?&|and|en|und)\s++", re.IGNORECASE)
_OTHERS = r"(?:(?:and )?others|et al\.?|e\.a\.?|(?:en )?anderen)\Z"
_AND_OTHERS = re.compile(rf"(?:,\s++|(?<!\s)\s++){_OTHERS}", re.IGNORECASE)
_LONG_INITIALS = frozenset("Ad Aug Ch Chr Chrs Fr Fre Gerh Hub IJ Jac Joh Jos Ph St Th Tj Wm Ya Ye Yu".split())
OTHERS = "others"
"""The name by which a list says that there are more people than it names."""

_PIECES = re.compile(r"(-?)([^\s.-]+)(\.?)")


@dataclass(frozen=True, slots=True)
class Person:
    """A person by the parts of the name. `particle` ("van der") and `dropping_particle` are those that CSL has.

    With `comma_suffix` a comma stands before the suffix also behind first and family name: "Jeffrey Doe, Jr.".

    As text it is the whole name in the order in which people say it.
    """

    family: str
    given: str = ""
    particle: str = ""
    dropping_particle: str = ""
    suffix: str = ""
    comma_suffix: bool = False

    def __str__(self) -> str:
        return _joined(self.given, self.dropping_particle, self.particle, self.family)

    @property
    def head(self) -> str:
        """The part by which the name is looked up: "Sterren"."""
        return self.family

    @property
    def surname(self) -> str:
        """Particle and family name: "van der Sterren"."""
        return _joined(self.particle, self.family)

    @property
    def initials(self) -> str:
        """The first names as initials: "J. W."."""
        return initials_of(self.given)

    @property
    def entry(self) -> str:
        """The name as an entry of a reference list by APA has it: "Van der Sterren, J. W.", but "d’Ancona, A."."""
        surname = _joined(self.particle[:1].upper() + self.particle[1:], self.family)
        behind = _joined(self.initials, self.dropping_particle)
        return ", ".join(part for part in (surname, behind, self.suffix) if part)

    @property
    def record(self) -> str:
        """The name as a record of a reference manager has it: "van der Sterren, Jan Willem"."""
        behind = _joined(self.given, self.dropping_particle)
        return ", ".join(part for part in (self.surname, behind, self.suffix) if part)

    @property
    def sorting(self) -> str:
        """The name as a Dutch catalogue sorts it: "Sterren, Jan Willem van der"."""
        behind = _joined(self.given, self.dropping_particle, self.particle)
        return ", ".join(part for part in (self.family, behind, self.suffix) if part)

    def csl(self) -> dict[str, Any]:
        """The name in the parts of CSL-JSON, sorted, without those that are empty."""
        parts = {
            "comma-suffix": self.comma_suffix,
            "dropping-particle": self.dropping_particle,
            "family": self.family,
            "given": self.given,
            "non-dropping-particle": self.particle,
            "suffix": self.suffix,
        }
        return {part: text for part, text in parts.items() if text or part == "family"}


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation, or whoever else has a name in one piece: it prints and sorts whole in every form.

    `short` is what citations call it once that is introduced ("CBS"), empty where no list states it.
    """

    name: str
    short: str = ""

    def __str__(self) -> str:
        return self.name

    @property
    def head(self) -> str:
        return self.name

    @property
    def surname(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        return ""

    @property
    def entry(self) -> str:
        return self.name

    @property
    def record(self) -> str:
        return self.name

    @property
    def sorting(self) -> str:
        return self.name

    def csl(self) -> dict[str, str]:
        return {"literal": self.name, "short": self.short} if self.short else {"literal": self.name}


Name = Person | Organisation


@dataclass(frozen=True, slots=True)
class Creator:
    """Someone who wrote a publication; `orcid` has the form 0000-0002-1825-0097. As text it is the name."""

    name: Name
    affiliation: str = ""
    orcid: str = ""

    def __str__(self) -> str:
        return str(self.name)

    @property
    def is_person(self) -> bool:
        return isinstance(self.name, Person)

    @property
    def orcid_address(self) -> str:
        """The ORCID as the address that its issuer wants shown; empty without one."""
        return f"https://orcid.org/{self.orcid}" if self.orcid else ""


# --- reading -------------------------------------------------------------------------------------------------------


def read_name(parts: Mapping[str, Any]) -> Name | None:
    """The name out of the parts of CSL, with its particle in its place; None when there is no name in them.

    An empty `non-dropping-particle` says that there is none, so that a family name such as that of Philippe
    Van Parijs can stay whole. A `short` name that is the name itself says nothing, and a person has none.
    """
    written = {part: one_form(parts[part]) for part in NAME_PARTS if isinstance(parts.get(part), str)}
    stated = {part: text for part, text in written.items() if text}
    short = stated.pop("short", "")
    if "literal" in stated:
        return _organisation(stated["literal"], short)
    if "family" not in stated:
        return _organisation(stated["given"], short) if "given" in stated else None
    for part in ("dropping-particle", "non-dropping-particle"):
        if _spelled(stated.get(part, "")) in _ELIDED:
            stated["family"] = one_form(_spelled(stated.pop(part)) + stated["family"])
    if set(stated) == {"family"}:
        return _organisation(stated["family"], short)
    person = Person(
        family=stated["family"],
        given=stated.get("given", ""),
        particle=stated.get("non-dropping-particle", ""),
        dropping_particle=stated.get("dropping-particle", ""),
        suffix=stated.get("suffix", ""),
        comma_suffix="suffix" in stated and str(parts.get("comma-suffix", "")).casefold() in ("true", "1"),
    )
    stated_whole = written.get("non-dropping-particle") == "" and not person.dropping_particle
    return person if stated_whole else _with_particle(person)


def name_of(text: str, *, organisation: bool | None = None, short: str = "") -> Name:
    """The name that is printed as `text`, a person's or an `organisation`'s; left open, its words decide.

    A name in one word is kept in one piece. What the words cannot tell ("Atlas Wonen") is taken for a person. `short`
    is what an organisation goes by.
    """
    words = text.split()
    if organisation is None:
        organisation = _reads_as_organisation(words)
    return _person(words) if words and not organisation else _organisation(" ".join(words), one_form(short))


def _organisation(name: str, short: str) -> Organisation:
    return Organisation(name, "" if short == name else short)


def looks_like_organisation(name: Name) -> bool:
    """Whether a name in two parts holds a word that only organisations have in that part."""
    if isinstance(name, Organisation):
        return False
    first, last = (re.findall(r"[^\W\d_]+", part.casefold()) for part in (name.given, name.family))
    return any(_names_organisation(word) for word in (*first, *last)) or not _ALSO_SURNAMES.isdisjoint(first)


def lists_what_it_does(text: str) -> bool:
    """Whether a line with commas names one organisation: "Ministerie van Volksgezondheid, Welzijn en Sport"."""
    words = text.casefold().split()
    return bool(words) and words[0] in _ORGANISATIONS and not _JOINING.isdisjoint(words)


def initials_of(given: str) -> str:
    """ "Jan Willem" as "J. W.", "Jean-Paul" as "J.-P.", "Th.M." as "Th. M."; a word in small letters stays a word."""
    initials = []
    for hyphen, word, stop in _PIECES.findall(given):
        if word.islower() and not stop:
            initials += [] if hyphen else [word]
        else:
            first = word[:2] if word.startswith("IJ") else word[0]
            initials.append(f"{hyphen}{word if stop else first}.")
    return " ".join(initials).replace(" -", "-")


def says_others(text: str) -> bool:
    """Whether a list says in the place of a name that there are more people: "and others", "et al.", "e.a."."""
    return bool(re.match(_OTHERS, text, re.IGNORECASE))


# --- people in one line --------------------------------------------------------------------------------------------


def listed_people(text: str) -> tuple[dict[str, str], ...]:
    """The people of a line that certainly names people, by family and given name; else nothing.

    They have initials: "Bos, A., Tak, B. & Vis, C.", "A. Bos, B. Tak and C. Vis", "Bos A, Tak B", "A. van der Bos".
    """
    named = _AND_OTHERS.sub("", text)
    people: list[dict[str, str]] = []
    for group in _BETWEEN_PEOPLE.split(named):
        found = _people_of_group([piece.strip() for piece in group.split(",") if piece.strip()])
        if not found:
            return ()
        people += found
    return (*people, {"family": OTHERS}) if people and named != text else tuple(people)


def _people_of_group(pieces: Sequence[str]) -> list[dict[str, str]]:
    """The people between two conjunctions; empty where a piece is no part of a person's name."""
    families, given = pieces[::2], pieces[1::2]
    if len(families) == len(given) and all(map(_are_initials, given)) and not any(map(_are_initials, families)):
        return [{"family": family, "given": first} for family, first in zip(families, given, strict=True)]
    parts = [piece.rpartition(" ") for piece in pieces]
    if len(parts) > 1 and all(
        family and last.isalpha() and last.isupper() and len(last) < 4 for family, _, last in parts
    ):
        return [{"family": family, "given": ". ".join((*last, ""))[:-1]} for family, _, last in parts]
    people = [_initials_first(piece) for piece in pieces]
    return people if all(people) else []


def _initials_first(text: str) -> dict[str, str]:
    """The person of "A. van der Bos"; empty for other words."""
    words = text.split(" ")
    before = list(takewhile(lambda word: word.endswith(".") and _are_initials(word), words))
    rest = words[len(before) :]
    if not before or not rest or not rest[-1][:1].isupper():
        return {}
    return {"family": " ".join(rest), "given": " ".join(before)}


def _are_initials(text: str) -> bool:
    """ "J. W.", "J.-P.", "Th.M.", "JW", also with a particle behind it ("J. van der")."""
    words = re.split(r"[\s.-]+", text.rstrip("."))
    while len(words) > 1 and words[-1] in PARTICLE_WORDS:
        words = words[:-1]
    if "." in text:
        return all((word.isupper() and len(word) == 1) or word in _LONG_INITIALS for word in words)
    return len(words) == 1 and words[0].isupper() and len(words[0]) < 4


def names_in_record(text: str) -> list[dict[str, str]]:
    """The people and organisations in a line of a record; most lists have one name a line, and some have all."""
    return [{"literal": text}] if lists_what_it_does(text) else list(listed_people(text)) or [_recorded_name(text)]


def _recorded_name(text: str) -> dict[str, str]:
    """'Family, Given, Suffix'; a name without a comma, or with nothing behind it, is an organisation's."""
    parts = [part.strip() for part in text.split(",", 2)]
    if len(parts) == 1 or not any(parts[1:]):
        return {"literal": parts[0]}
    return dict(zip(("family", "given", "suffix"), parts, strict=False))


# --- particles -----------------------------------------------------------------------------------------------------


def _with_particle(person: Person) -> Person:
    """The person with a Dutch particle in its place, wherever programs write it."""
    person = _gathered(person)
    if person.particle:
        return dataclasses.replace(person, particle=_particle(person.particle) or person.particle)
    if dropping := _particle(person.dropping_particle):
        return dataclasses.replace(person, particle=dropping, dropping_particle="")
    for particle, family in (_leading(person.family), _behind_comma(person.family)):
        if particle:
            return dataclasses.replace(person, particle=particle, family=family)
    particle, given = _trailing(person.given)
    return dataclasses.replace(person, particle=particle, given=given)


def _spelled(text: str) -> str:
    """A particle in small letters and with the straight apostrophe, to compare by."""
    return text.replace("’", "'").replace("‘", "'").replace("`", "'").casefold().strip()


def _particle(text: str) -> str:
    """The particle in its one spelling, or an empty text when it is none."""
    return _spelled(text).replace("'", "’") if _spelled(text) in PARTICLES else ""


def _leading(family: str) -> tuple[str, str]:
    words = family.split(" ")
    for count in range(min(_LONGEST, len(words) - 1), 0, -1):
        if found := _particle(" ".join(words[:count])):
            return found, " ".join(words[count:])
    return "", family


def _behind_comma(family: str) -> tuple[str, str]:
    name, comma, rest = family.partition(", ")
    found = _particle(rest) if comma else ""
    return (found, name) if found else ("", family)


def _trailing(given: str) -> tuple[str, str]:
    """The particle behind first names, in lower case only: Te and Der are first names too."""
    words = given.split(" ")
    for count in range(min(_LONGEST, len(words)), 0, -1):
        last = " ".join(words[-count:])
        found = _particle(last)
        if found and last == last.lower():
            return found, " ".join(words[:-count])
    return "", given


def _gathered(person: Person) -> Person:
    """The person with a particle in capitals, left behind the first names, before the family name."""
    words = person.given.split(" ")
    small = person.particle or person.dropping_particle
    if slug(person.family.replace("Đ", "D")) in _VIETNAMESE:
        return person
    for count in range(min(_LONGEST, len(words)) - 1, 0, -1):
        last = " ".join(words[-count:])
        found = _particle(_joined(last, small)) if last != last.lower() else ""
        if found and (" " in found or found in _LEFT_BEHIND):
            return dataclasses.replace(person, given=" ".join(words[:-count]), particle=found, dropping_particle="")
    return person


# --- names in one piece --------------------------------------------------------------------------------------------


def _person(words: Sequence[str]) -> Person:
    """A person whose name is written in one piece; with a capital a particle belongs to the family name (Flemish)."""
    last = len(words) - 1
    for start in range(last):
        small = list(takewhile(_is_small, words[start:last]))
        if small and (start or _particle(" ".join(small))):
            return Person(
                family=" ".join(words[start + len(small) :]),
                given=" ".join(words[:start]),
                particle=" ".join(small),
            )
        if any(_particle(" ".join(words[start : min(start + count, last)])) for count in range(1, _LONGEST + 1)):
            return Person(family=" ".join(words[start:]), given=" ".join(words[:start]))
    return Person(family=words[-1], given=" ".join(words[:-1]))


def _is_small(word: str) -> bool:
    """Whether a word may be of a particle: in small letters, and no title such as "dr."."""
    return word.islower() and not word.endswith(".")


def _reads_as_organisation(words: Sequence[str]) -> bool:
    """Whether a name is an organisation's as far as its words tell: the only guess about it."""
    if len(words) < 2 or words[-1] == words[-1].lower() or not _JOINING.isdisjoint(words):
        return True
    person = _person(words)
    return person.particle in _NOT_IN_PEOPLE or looks_like_organisation(person)


def _names_organisation(word: str) -> bool:
    return word in _ORGANISATIONS or bool(_COMPOUND.fullmatch(word))


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
