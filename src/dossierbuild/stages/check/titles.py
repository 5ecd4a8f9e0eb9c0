"""Titles with a capital on each word, as English headings have them: what reference lists want otherwise is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from dossierbuild.core.legible import first_few
from dossierbuild.core.model import Reference, Sources
from dossierbuild.core.problems import Problem, problem
from dossierbuild.core.works import Work

# Styles that print a title with a capital at its beginning and in names only: APA 6.17, and so the others.
_SENTENCE_STYLES = ("apa", "elsevier-vancouver", "ieee", "nature", "vancouver")
_TYPES = frozenset(
    """
    article article-journal article-magazine article-newspaper book chapter document manuscript paper-conference
    post-weblog report review speech thesis webpage
    """.split()
)
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_TAG = re.compile(r"<[^<>]*>")
_STOP = re.compile(r"[:.?!–—(“‘\"]\s*\Z")
_ENGLISH = frozenset("a an and as at by for from in is its of on or the to with".split())
_DUTCH = frozenset("aan bij de den der des door een en het in met na naar of om op over te tot uit van voor".split())
_ONLY_DUTCH = _DUTCH - _ENGLISH
# German writes nouns with a capital.
_GERMAN = frozenset("bei das dem ein eine einer eines für im ist mit nach und zum zur über".split())
# Words that are in hardly any name: a capital on two of them says how the title is written.
_TELLING = frozenset(
    """
    about across after against all among analysis approach are be before being between beyond by can change changing
    do does during effect effects evaluating evaluation evidence experience experiences exploring framework from how
    impact improving into is learning lessons living longitudinal making model need not our perspective perspectives
    practice qualitative relationship relationships review role should study systematic their theory this through to
    toward towards trial understanding using what when where who why with within without working you your young older
    aan alle als bij doen door een goed goede hoe leren leven maar maken meer mensen met naar niet nieuwe ook onze over
    samenwerken te tussen uit voor waarom wat werken wonen zijn zonder
    """.split()
)
# Treaties and organisations are names whose words all have a capital.
_OF_NAMES = frozenset("act agreement convention declaration nations treaty university".split())
# Words with a capital wherever they stand.
_PROPER = frozenset(
    """
    africa african america american amsterdam antwerp asia asian belgian belgium britain british brussels catholic china
    chinese christian covid dutch england english europe european flanders flemish france french german germany hague
    india islam islamic jewish london moroccan muslim netherlands rotterdam states surinamese turkish union united
    utrecht
    """.split()
)
_ENOUGH = 3
_PLENTY = 4


class _Works(Protocol):
    @property
    def references(self) -> tuple[Reference, ...]: ...


@dataclass(frozen=True, slots=True)
class _Title:
    """The words of a title behind the first of each of its sentences, by how they are written."""

    capitals: tuple[str, ...]
    small: tuple[str, ...]


def title_case(works: _Works) -> Iterator[Problem]:
    """D251, once for a list: titles with a capital on each word, with the first as it would be."""
    found = [reference for reference in works.references if _is_title_case(reference.work)]
    if found:
        keys = [reference.key for reference in found]
        written = _in_sentence_case(found[0].work.title)
        subject = keys[0] if len(keys) == 1 else ""
        yield problem("D251", found[0].place, subject, keys=first_few(keys), key=keys[0], written=written)


def title_case_in_style(sources: Sources) -> Iterator[Problem]:
    """D251 where the style of the dossier wants titles otherwise."""
    if sources.manifest.citations.style.startswith(_SENTENCE_STYLES):
        yield from title_case(sources)


def _is_title_case(work: Work) -> bool:
    if work.type not in _TYPES or work.text("language").lower().startswith(("de", "lb")):
        return False
    title = _TAG.sub("", work.title)
    plain = {word.casefold() for word in _WORD.findall(title)}
    if plain & (_GERMAN | _OF_NAMES):
        return False
    if title.isupper():
        return len([word for word in _WORD.findall(title) if len(word) > _ENOUGH]) >= _ENOUGH
    words = _sorted_words(title)
    if words.small or len(words.capitals) < _ENOUGH:
        return False
    telling = [word for word in words.capitals if _stem(word) in _TELLING]
    english = bool(plain & _ENGLISH) and not plain & _ONLY_DUTCH
    others = [word for word in words.capitals if _stem(word) not in _PROPER]
    return len(telling) > 1 or (english and len(others) + len(telling) >= _PLENTY)


def _sorted_words(title: str) -> _Title:
    """Words of grammar in small letters, and words that have capitals of their own, say nothing."""
    capitals, small = [], []
    for match in _WORD.finditer(title):
        word = match.group()
        if _begins(title, match.start()) or _keeps_capitals(word):
            continue
        if word[0].isupper():
            capitals.append(word)
        elif word not in _ENGLISH | _DUTCH | _TELLING:
            small.append(word)
    return _Title(tuple(capitals), tuple(small))


def _begins(title: str, start: int) -> bool:
    """Whether a word begins the title or a sentence of it."""
    return not title[:start].strip(" ¿¡“‘\"'(") or bool(_STOP.search(title, max(0, start - 3), start))


def _keeps_capitals(word: str) -> bool:
    """Whether a word is written in a way of its own: DNA, iPhone, McDonald."""
    return any(part[1:] != part[1:].lower() for part in word.split("-"))


def _stem(word: str) -> str:
    return re.split(r"[’'-]", word.casefold())[0]


def _in_sentence_case(title: str) -> str:
    """The title, without markup, with a capital at its beginning and where a word is known to have one."""
    plain = _TAG.sub("", title)
    return _WORD.sub(
        lambda match: _lowered(match.group(), begins=_begins(plain, match.start()), whole=plain.isupper()), plain
    )


def _lowered(word: str, *, begins: bool, whole: bool) -> str:
    if whole and not word.isalpha() and word[-1].isdigit():
        return word
    if whole:
        return word.capitalize() if begins or _stem(word) in _PROPER else word.lower()
    if begins or _keeps_capitals(word) or _stem(word) in _PROPER:
        return word
    return word.lower()
