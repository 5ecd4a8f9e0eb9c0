"""What looks like the names of a source, and what may stand before them, where the reference list does not say."""

from __future__ import annotations

import re

from dossierbuild.core.names import PARTICLE_WORDS
from dossierbuild.stages.recognise.typed import Item
from dossierbuild.stages.recognise.words import (
    INTRODUCING,
    JOINING,
    NOT_A_SOURCE,
    NOT_AN_AUTHOR,
    REPORTING,
    SIGNALS,
    TIMES,
)
from dossierbuild.stages.recognise.works import WorkIndex

_CAPITAL = "A-ZÀ-ÖØ-ÞĲŁŠŽ"
_NAME = re.compile(rf"[’'‘dl]{{0,2}}[{_CAPITAL}][^\W\d_]*(?:[’'.-][^\W\d_]+)*\Z")
_INITIALS = re.compile(rf"(?:[{_CAPITAL}][a-z]?\.-?)+\Z")
_OTHERS = re.compile(r"\*?(?:et\.?\s+al\b\.?|e\.\s?a\.|c\.s\.|cs\.|en anderen|en collega[’']?s|and others)\*?,?\s*\Z")
_LIFE = re.compile(r"\d\s?[–-]\s?\d")  # "Jane Addams (1860–1935)"
_ET_AL = frozenset({"et", "al", "e.a", "c.s", "ea", "cs", "anderen", "collega’s", "collega's", "others"})
_AND = frozenset({"&", "en", "and", "\\&"})


def is_prefix(before: str) -> bool:
    """Whether the words before a name in parentheses are no names: "zie ook", "het rapport van"."""
    return all(
        _bare(word).casefold() in SIGNALS or re.fullmatch(r"[a-zà-ÿ’'.:,-]+|\d{1,3}[,:]?", word)
        for word in before.split()
    )


def may_precede(before: str) -> bool:
    """Whether a name can begin behind words of running text: not behind a part of a name, or another name."""
    words = before.split()
    if not words or re.search(r"[!?:;(\[“\"‘—–…*_]\Z|[^\W\d_]{2}\.\Z|[)\]]\.?\Z", words[-1]):
        return True
    last = words[-1]
    if last in _AND or last.endswith(","):
        other = words[-2] if last in _AND and len(words) > 1 else last
        return not _is_name(_bare(other)) or _bare(other).casefold() in SIGNALS
    return not (_is_name(_bare(last)) or _INITIALS.match(last)) or last.casefold() in SIGNALS | REPORTING


def name_run(head: str) -> str:
    """The names at the end of some words, or an empty text: "Jansen, De Boer en Bos", "Movisie", "Bos et al."."""
    others = _OTHERS.search(head)
    end = others.start() if others else len(head.rstrip())
    words = list(re.finditer(r"\S+", head[:end]))
    begin = len(words)
    while begin and _continues(words[begin - 1][0], is_last=begin == len(words)):
        begin -= 1
    while begin < len(words) and (words[begin][0] in _AND or _bare(words[begin][0]).casefold() in SIGNALS):
        begin += 1
    while begin < len(words) and not _is_name(_bare(words[begin][0])):
        if _bare(words[begin][0]).casefold() in PARTICLE_WORDS and _leads_to_name([word[0] for word in words[begin:]]):
            break
        begin += 1
    return head[words[begin].start() :].rstrip() if begin < len(words) else ""


def looks_typed(item: Item, index: WorkIndex) -> bool:
    """Whether words and a year in parentheses look like a source that the list does not have."""
    words = item.head.replace("/", " ").split()
    dropped = ""
    while words and (_bare(words[0]).casefold() in SIGNALS or (words[0].islower() and not _leads_to_name(words))):
        dropped = _bare(words.pop(0)).casefold()
    if not words or dropped in TIMES or _LIFE.search(item.years[0]) or any(word.endswith(":") for word in words):
        return False
    names = " ".join(words)
    if re.fullmatch(r"[“\"*_].+[”\"*_]", names):
        return item.comma
    if not item.comma:
        return index.names_author(names) or bool(_OTHERS.search(names))
    return all(_is_part_of_name(word) for word in words) and _names_somebody(words)


def looks_narrative(run: str, item: Item, behind: str, index: WorkIndex) -> bool:
    """Whether names with a year in parentheses behind them look like a source that the list does not have.

    That takes more than a capital: a festival and a law have a year too.
    """
    words = run.split()
    if _LIFE.search(item.years[0]):
        return False
    if _OTHERS.search(run) or index.abbreviates(run):
        return True
    before = re.sub(r"\b(?:de|het|the|ook|also)\s+\Z", "", item.head[: item.head.rindex(run)]).split()[-1:]
    next_word = re.match(r"\W*(\w+)", behind)
    tells = bool(next_word and next_word[1] in REPORTING and not behind.lstrip().startswith((".", ";")))
    introduced = bool(before) and _bare(before[0]).casefold() in INTRODUCING
    if index.names_author(run):
        return tells or introduced or not index.may_be_born(run, item.years[0])
    return (tells or introduced or "&" in words) and _names_somebody(words)


def _continues(word: str, *, is_last: bool) -> bool:
    """Whether a run of names can go on with this word, seen from its end."""
    if is_last:
        return _is_name(_bare(word)) and not word.endswith((".", ":", ";"))
    return _is_part_of_name(word)


def _is_part_of_name(word: str) -> bool:
    bare = _bare(word)
    small = bare in PARTICLE_WORDS | JOINING or word in _AND or bare.casefold() in _ET_AL
    return small or _is_name(bare) or bool(_INITIALS.match(word.rstrip(",")))


def _leads_to_name(words: list[str]) -> bool:
    """Whether the words begin with a particle and a name: "van der Sterren"."""
    for word in words:
        if _bare(word) not in PARTICLE_WORDS:
            return word is not words[0] and _is_name(_bare(word))
    return False


def _names_somebody(words: list[str]) -> bool:
    """Whether one of the names is not that of a place, a month or a law."""
    names = [_bare(word) for word in words if _is_name(_bare(word))]
    whole = " ".join(_bare(word) for word in words).casefold()
    if not any(len(name) > 1 for name in names) or whole in NOT_A_SOURCE:
        return False
    all_places = all(name.casefold() in NOT_A_SOURCE for name in names)
    return not all_places and not any(_names_a_thing(name.casefold()) for name in names)


def _names_a_thing(name: str) -> bool:
    """Whether a name is a word for what has a year and writes nothing, or ends in one: "woonvisie", but not "Movisie".

    What stands before such an ending is a word, and no word of fewer than three letters does.
    """
    return any(name.endswith(ending) and len(name) - len(ending) not in (1, 2) for ending in NOT_AN_AUTHOR)


def _is_name(word: str) -> bool:
    return bool(_NAME.match(word)) and not _INITIALS.match(word)


def _bare(word: str) -> str:
    """A word without the signs around it."""
    return word.strip('*_.,:;!?()[]“”"«»')
