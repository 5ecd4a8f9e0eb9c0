"""What a work may be called before a year: its names in each form that people type.

They are held against names in their comparable form, word by word, which takes no longer for any list: "Planije, M.,
Tuynman, M., & Hulsbosch, L." is "planije m tuynman m & hulsbosch l" there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import Enum
from itertools import product

from dossierbuild.core.names import Name, Organisation, Person
from dossierbuild.core.works import Work

OTHERS = re.compile(
    r"\bet\.?\s+al\b\.?|\be\.?\s?a\b\.?|\bc\.\s?s\b\.?|\bcs\b\.?|\b(?:en|and)\s+(?:anderen|others|collegas|colleagues)\b",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"[.,:;/()\[\]“”„\"«»\-–—]")
_AND = frozenset({"en", "and", "und"})
_OTHERS_BEHIND = frozenset({("+",), ("&", "+")})
_MOST_NAMES = 20  # a list names no more of them, and nobody types them
_MINISTRY = "ministerie van "


Words = tuple[str, ...]
"""Comparable words."""


class Form(Enum):
    """Where names stand, which says in what forms."""

    TYPED = "typed"
    IN_TEXT = "in running text, without initials behind a name"
    PRINTED = "printed, without first names"


def comparable_head(words: str) -> str:
    """Names in the form in which they are compared: "Spierts & Van der Sterren", "spierts en van der Sterren" are one.

    Letters are without accents and capitals, "&", "en" and "and" are one sign, and so are "et al." and "e.a.".
    """
    plain = re.sub(r"[\\*_’'`‘]", "", words).replace("+", "&").replace("&", " & ")
    folded = unicodedata.normalize("NFKD", OTHERS.sub(" + ", plain)).casefold()
    letters = "".join(sign for sign in folded if not unicodedata.combining(sign))
    alone = _SIGNS.sub(" ", letters.replace("organisation", "organization")).split()
    return " ".join("&" if word in _AND else word for word in alone)


def calls(head: str, work: Work) -> bool:
    """Whether comparable names are those of a work, in any form."""
    return _calls(head, work, Form.TYPED)


def calls_in_text(head: str, work: Work) -> bool:
    """Whether comparable names are those of a work in running text, where "Bos, J. (2018)" begins an entry."""
    return _calls(head, work, Form.IN_TEXT)


def is_printed(head: str, work: Work) -> bool:
    """Whether comparable names are those that a citation prints, in any form; it prints no first names."""
    return _calls(head, work, Form.PRINTED)


def calls_first_of_two(head: str, work: Work) -> bool:
    """Whether comparable names are the first of a work's two authors and "en collega's"."""
    names = work.creators
    words = tuple(head.split())
    return len(names) == 2 and words[-1:] == ("+",) and words[:-1] in _forms_of(names[0], Form.TYPED)


def first_words(work: Work) -> Iterator[str]:
    """The words with which the comparable names of a work may begin."""
    if not work.creators:
        yield from (title.split()[0] for title in _titles(work))
        return
    first = work.creators[0]
    if isinstance(first, Organisation):
        yield from (comparable_head(first.name).split() or [""])[:1]
        yield from (short.split(" ")[0] for short in _shorts(first))
        return
    initials = comparable_head(first.initials).split()
    forms = (*_surnames(first), comparable_head(first.given), *initials[:1], "".join(initials))
    yield from (form.split()[0] for form in forms if form)


def short_names(name: Name) -> tuple[str, ...]:
    """What an organisation goes by beside its name, as it is written."""
    return (name.short,) if isinstance(name, Organisation) and name.short else ()


def anchors(work: Work) -> tuple[str, ...]:
    """The comparable names that alone call a work: those of its first author without a particle, else its title."""
    if not work.creators:
        return tuple(title for title in _titles(work) if " " in title)
    first = work.creators[0]
    if isinstance(first, Organisation):
        return (comparable_head(first.name), *_shorts(first))
    return (comparable_head(first.family),)


def whole_anchors(work: Work) -> tuple[str, ...]:
    """The comparable names that alone call a work, of a person with the particle."""
    first = work.creators[0] if work.creators else None
    return _surnames(first) if isinstance(first, Person) else anchors(work)


def name_words(work: Work) -> frozenset[str]:
    """The comparable words of all names of a work, with initials apart and as one word; else those of its title."""
    if not work.creators:
        return frozenset(word for title in _titles(work) for word in title.split())
    return frozenset(word for name in work.creators for form in _forms(name) for word in form.split())


def _forms(name: Name) -> Iterator[str]:
    """The comparable parts of a name."""
    if isinstance(name, Organisation):
        yield from (comparable_head(name.name), *_shorts(name))
        return
    initials = comparable_head(name.initials)
    yield from (comparable_head(name.given), initials, initials.replace(" ", ""), *_surnames(name))


def _calls(head: str, work: Work, form: Form) -> bool:
    """Whether words are one name, two, the first ones of more with "et al.", or all of them; else the title."""
    words = tuple(head.split())
    names = work.creators[:_MOST_NAMES]
    if not names:
        return head in _titles(work)
    starts = ends = frozenset({0})
    for count, name in enumerate(names, 1):
        forms = _forms_of(name, form)
        ends = frozenset(
            start + len(called) for start in starts for called in forms if _stands_at(called, words, start)
        )
        if 2 < len(names) > count and any(words[end:] in _OTHERS_BEHIND for end in ends):
            return True
        starts = ends | {end + 1 for end in ends if words[end : end + 1] == ("&",)}
    return len(words) in ends


def _stands_at(form: Words, words: Words, start: int) -> bool:
    return words[start : start + len(form)] == form


def _forms_of(name: Name, form: Form) -> frozenset[Words]:
    """The forms of one name, each as its words."""
    forms = _forms_of_organisation(name) if isinstance(name, Organisation) else _forms_of_person(name, form)
    return frozenset(tuple(text.split()) for text in forms) - {()}


def _forms_of_person(name: Person, form: Form) -> Iterator[str]:
    surnames, initials = _surnames(name), _initials(name)
    yield from surnames
    for surname, some in product(surnames, initials):
        yield f"{some} {surname}"
        if form is not Form.IN_TEXT:
            yield f"{surname} {some}"
    if name.particle and form is not Form.IN_TEXT:
        family = comparable_head(name.family)
        yield from (f"{family} {some} {particle}" for some, particle in product(("", *initials), _particles(name)))
    if name.given and form is not Form.PRINTED:
        yield from (f"{comparable_head(name.given)} {surname}" for surname in surnames)


def _forms_of_organisation(name: Organisation) -> Iterator[str]:
    """The name, the short one, and both together in either order."""
    full = comparable_head(name.name)
    yield full
    for short in _shorts(name):
        yield from (short, f"{full} {short}", f"{short} {full}")
        if full.startswith(_MINISTRY):
            yield f"{_MINISTRY}{short}"


def _shorts(name: Organisation) -> tuple[str, ...]:
    """The comparable short names, those of capitals also with full stops: "C.B.S."."""
    return tuple(
        form
        for short in short_names(name)
        for form in dict.fromkeys((comparable_head(short), " ".join(comparable_head(short)) if short.isupper() else ""))
        if form
    )


def _surnames(name: Person) -> tuple[str, ...]:
    family = comparable_head(name.family)
    return tuple(f"{particle} {family}" for particle in _particles(name)) if name.particle else (family,)


def _particles(name: Person) -> tuple[str, ...]:
    """A particle, and the short forms of it: "v.d.", "vd" and "v. den"."""
    whole = comparable_head(name.particle)
    letters = [word[0] for word in whole.split()]
    if len(letters) < 2 or letters[0] != "v":
        return (whole,)
    rest = " ".join(whole.split()[1:])
    return (whole, " ".join(letters), "".join(letters), f"v {rest}", f"{whole.split()[0]} {' '.join(letters[1:])}")


def _initials(name: Person) -> tuple[str, ...]:
    """The initials, apart or as one word, all of them or the first ones."""
    letters = comparable_head(name.initials).split()
    first = (letters[:count] for count in range(1, len(letters) + 1))
    return tuple(dict.fromkeys(form for some in first for form in (" ".join(some), "".join(some))))


def _titles(work: Work) -> list[str]:
    titles = (comparable_head(title) for title in (work.text("title-short"), work.title))
    return [title for title in dict.fromkeys(titles) if title]
