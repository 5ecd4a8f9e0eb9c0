"""Who made a work, as typed entries name them: people by family name or by initials first, and organisations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType

from dossierbuild.core.names import (
    OTHERS,
    PARTICLE_WORDS,
    Name,
    Organisation,
    Person,
    listed_people,
    lists_what_it_does,
    looks_like_organisation,
    name_of,
    read_name,
)

_ROLES = MappingProxyType({
    "editor": "red reds redactie redacteur redacteuren ed eds editor editors hrsg samenst samensteller",
    "director": "regisseur regie director reg",
    "executive-producer": "producent producenten producer producers",
    "host": "presentator presentatie host hosts",
    "translator": "vert vertaler vertaling trans transl translator",
})  # fmt: skip
_ROLE_OF = MappingProxyType({word: role for role, words in _ROLES.items() for word in words.split()})
_IN_BRACKETS = re.compile(r" ?[(\[](?P<role>[A-Za-z]{2,12})\.?[)\]][.,]?\Z")
_BARE = re.compile(r",? (?P<role>[Rr]eds?|[Ee]ds?)\.\Z")
_OTHERS = re.compile(r"(?:, ?| )(?:& |en |and )?(?:et al|e\. ?a|anderen|andere auteurs|others)\.?,?\Z", re.IGNORECASE)
_GAP = re.compile(r",? ?(?:\. ?\. ?\.|…),? ?(?:& |en )?")
_SHORT = re.compile(r" ?[(\[](?P<short>[A-Z][\w&.-]{1,11}(?: [A-Z][\w-]{1,11})?)[)\]]\Z")
_WITHOUT_COMMA = re.compile(
    r"(?P<family>(?:\A|(?<=, )|(?<=& )|(?<=en ))[A-ZÀ-Þ][\w’'-]{1,30}) (?=(?:[A-Z]\.){1,5}(?:,|\Z| ))"
)
_OTHER_NAME = re.compile(r" ?\[[^\[\]]{2,60}\]\.?\Z")
_SUFFIX = re.compile(r",? (?P<suffix>[JS]r\.?|I{2,3}|IV)(?=,|\Z| &| en )")
_AND = re.compile(r",? (?:&|en|and|und) ")
_LISTED = re.compile(r",? & |, (?:en |and )?")
_AMPERSAND = re.compile(r",? & |; ?")
_DASHES = re.compile(r"[-–—_―⸺ ]{2,12}[.,]?\Z|[–—―⸺][.,]?\Z")
_INVERTED = re.compile(r"(?P<family>[^,]+), (?P<given>[^,]+)\Z")
_STOPPED = re.compile(r"(?<= )(van|den|der|ten|ter|de|te)\.\Z")
_PLACES = frozenset("nederland vlaanderen belgië international europe europa amsterdam rotterdam utrecht".split())
_FUNCTION_WORDS = PARTICLE_WORDS | frozenset(
    "aan als and bij door en for from in met naar of om on onder op over per the to tot uit van voor with".split()
)
_SENTENCE = re.compile(r"[a-zà-ÿ)\]][.?!] [A-Z]")
_MOST_WORDS = 14


@dataclass(frozen=True, slots=True)
class People:
    """Names with the role that they share, and whether the text decides who they are."""

    names: tuple[Name, ...]
    role: str = "author"
    sure: bool = True

    def __bool__(self) -> bool:
        return bool(self.names)


NOBODY = People((), sure=False)


def is_dashes(text: str) -> bool:
    """Whether dashes stand for the authors of the entry before."""
    return bool(_DASHES.match(text.strip()))


def read_people(text: str) -> People:
    """The people or organisations of a text that names nothing else; `NOBODY` where it seems to say something else."""
    text, role, sure = _role(" ".join(text.split()).strip(" ,;:"))
    text = _STOPPED.sub(r"\1", text.strip(" ,;:"))
    more = _OTHERS.search(text)
    text = text[: more.start()] if more else text
    whole = _GAP.sub(", ", text)
    people = _persons(whole) or _mixed(whole) or _known_as(whole) or _one(whole)
    if not people.names:
        return NOBODY
    names = (*people.names, Organisation(OTHERS)) if more else people.names
    return People(names, role or "author", people.sure and sure and not more and whole == text)


def _role(text: str) -> tuple[str, str, bool]:
    """The text without the word for a role, the role, and whether that word stood in brackets or nowhere."""
    brackets = _IN_BRACKETS.search(text)
    if brackets and (role := _ROLE_OF.get(brackets["role"].lower())):
        return text[: brackets.start()], role, True
    bare = _BARE.search(text)
    return (text[: bare.start()], "editor", False) if bare else (text, "", True)


def _persons(text: str) -> People:
    """People with initials, all of them."""
    suffixes = [found["suffix"] for found in _SUFFIX.finditer(text)]
    plain = _particles_behind(_SUFFIX.sub("", text))
    listed = listed_people(plain)
    if not listed and (listed := listed_people(_WITHOUT_COMMA.sub(r"\g<family>, ", plain))):
        suffixes.append("")  # "Bos A., Vis C."
    read = [_person(parts) for parts in listed]
    names = tuple(name for name, _ in read)
    if len(suffixes) == 1 and len(names) == 1 and isinstance(names[0], Person):
        names = (Person(names[0].family, names[0].given, names[0].particle, suffix=suffixes[0]),)
        suffixes = []
    return People(names, sure=not suffixes and all(sure for _, sure in read))


def _particles_behind(text: str) -> str:
    """ "Berg, van den, K." and "Berg, van den K." as "Berg, K. van den"."""
    small = r"(?P<small>(?:(?:van|von|de|den|der|het|ten|ter|te|la|in|'t|’t) ?){1,3})"
    return re.sub(rf", {small},? (?P<given>(?:[A-Z][a-z]{{0,2}}\. ?){{1,5}})(?=,|\Z|& |en )", _swapped, text)


def _swapped(found: re.Match[str]) -> str:
    return f", {found['given'].strip()} {found['small'].strip()}" + (" " if found["given"].endswith(" ") else "")


def _person(parts: dict[str, str]) -> tuple[Name, bool]:
    """The person of a family name and initials, and whether both look like that."""
    name = read_name(parts)
    assert name is not None
    if not isinstance(name, Person):
        return name, False
    words = name.family.split()
    odd = len(words) > 4 or any(sign.isdigit() for sign in name.family) or words[-1] in PARTICLE_WORDS
    acronym = "." not in name.given and len(name.given) > 2
    return name, not (odd or acronym or looks_like_organisation(name) or words[0].islower())


def _mixed(text: str) -> People:
    """People and organisations beside each other: "Jansen, J., & Movisie"."""
    groups = [group for group in _AMPERSAND.split(text) if group]
    if len(groups) < 2:
        return NOBODY
    read = [_persons(group) for group in groups]
    if not any(people.names for people in read):
        return NOBODY
    read = [people if people.names else _one(group) for people, group in zip(read, groups, strict=True)]
    if not all(people.names for people in read):
        return NOBODY
    return People(tuple(name for people in read for name in people.names), sure=all(people.sure for people in read))


def _known_as(text: str) -> People:
    """People who go by another name in brackets, which is theirs alone: "Jansen, J. [Buurtblogger]"."""
    known = _OTHER_NAME.search(text)
    people = _persons(text[: known.start()]) if known else NOBODY
    return People(people.names, sure=False)


def _one(text: str) -> People:
    """One organisation or several, a person with a first name, or nobody where the text is a sentence."""
    text = text.strip(" ,;:")
    bare = text.rstrip(".") if not text.endswith(("B.V.", "N.V.", "V.Z.W.")) else text
    if (
        not bare
        or len(bare.split()) > _MOST_WORDS
        or _SENTENCE.search(bare)
        or bare[-1] in "?!"
        or reads_as_title(bare)
    ):
        return NOBODY
    if several := _several(bare):
        return several
    inverted = _INVERTED.match(bare)
    if inverted and _AND.search(inverted["given"]) and not _begins_as_organisation(bare):
        parts = (part for group in _LISTED.split(bare) for part in _AND.split(group) if part)
        return People(tuple(_organisation(part) for part in parts), sure=False)
    if inverted and not _begins_as_organisation(bare):
        return _first_names(inverted)
    return People((_organisation(bare),), sure=_is_whole(bare))


def _several(text: str) -> People:
    """Organisations beside each other, where each part names one by itself; only short names tell that for sure."""
    parts = [part for part in _LISTED.split(text) if part]
    if len(parts) == 1:
        parts = [part for part in _AND.split(text) if part]
        named = all(_SHORT.search(part) or (part.isupper() and " " not in part) for part in parts)
    else:
        named = all(_names_one(part) for part in parts) and not lists_what_it_does(parts[0])
    if len(parts) < 2 or not named:
        return NOBODY
    sure = all(_SHORT.search(part) or part.isupper() for part in parts)
    return People(tuple(_organisation(part) for part in parts), sure=sure)


def _names_one(text: str) -> bool:
    """Whether a part of a text may be an organisation by itself: an acronym, or the name of a kind of organisation."""
    return bool(_SHORT.search(text)) or text.isupper() or _begins_as_organisation(text) or "instituut" in text


def _begins_as_organisation(text: str) -> bool:
    """Whether the first word of a text is one by which only organisations begin: "Raad", "Rijksinstituut"."""
    return looks_like_organisation(Person(family="", given=text.split(maxsplit=1)[0]))


def reads_as_title(text: str) -> bool:
    """Whether words are rather those of a title: a line with several small ones, and none that organisations have."""
    long = len(text.split()) > 5 or bool(re.search(r"[,?!:0-9]", text))
    return len(_small_words(text)) > 1 and long and has_small_words(text)


def _organisation(text: str) -> Name:
    short = _SHORT.search(text)
    name = text[: short.start()] if short else text
    return name_of(name, organisation=True, short=short["short"] if short else "")


def _is_whole(text: str) -> bool:
    """Whether a name is one organisation's for sure: one word, or words that no person and no title has."""
    bare = _SHORT.sub("", text)
    words = bare.split()
    apart = [part for part in _AND.split(bare) if part][1:]
    if (
        not words
        or re.search(r"[/\"“”()\[\]]", bare)
        or not words[0][:1].isupper()
        or any(map(_begins_as_organisation, apart))
    ):
        return False
    if _begins_as_organisation(bare):
        return True
    if _AND.search(bare) or "," in bare or has_small_words(bare):
        return bool(_SHORT.search(text)) and "," not in bare
    known = any(word.isupper() or any(map(str.isupper, word[1:])) or word.casefold() in _PLACES for word in words)
    return known or isinstance(name_of(bare), Organisation) or bool(_SHORT.search(text))


def has_small_words(text: str) -> bool:
    """Whether a text has small words that are no part of most names, and none that only organisations have."""
    return bool(_small_words(text)) and not looks_like_organisation(name_of(text, organisation=False))


def _small_words(text: str) -> list[str]:
    words = (word.strip(".,;:()[]'’\"") for word in text.split())
    return [word for word in words if word.isalpha() and word.islower() and word not in _FUNCTION_WORDS]


def _first_names(inverted: re.Match[str]) -> People:
    """A person with first names in full, "Jansen, Jan"; this may also be an organisation with a comma in its name."""
    family, given = inverted["family"], inverted["given"]
    if len(given.split()) > 3 or len(family.split()) > 4 or not given[:1].isupper() or family.isupper():
        return People((_organisation(inverted[0]),), sure=False)
    name = read_name({"family": family, "given": given})
    return People((name,), sure=False) if name else NOBODY
