"""The account of an entry's words: which of them came into no field, and whether a work prints them again."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from types import MappingProxyType

from dossierbuild.core.works import Work, WorkDate

# Words by which APA says what a field is.
_GLUE = frozenset(
    """
    in van via op uit from at on the online beschikbaar available te raadplegen vinden downloaden geraadpleegd
    opgehaald verkregen ontleend opgevraagd gedownload bekeken bezocht beluisterd gevonden gezien gelezen
    retrieved accessed viewed downloaded laatst voor het last de website en and und et al ea others anderen red
    reds redactie ed eds hrsg samenst vert vertaler trans regisseur director producent presentator host pp p blz
    pag pagina pages page nr no nummer number vol volume jrg jaargang jg deel dl isbn issue artikel article art
    druk dr editie edition uitgave doi org https http www url link zie ook bron see z d n zd nd zj j s e st ste
    nd rd th vertaald door regie afl aflevering dx
    """.split()
)
_OF_ORIGINAL = frozenset(
    "oorspronkelijk oorspronkelijke werk gepubliceerd verschenen uitgegeven als original work published".split()
)
_MONTHS = MappingProxyType({
    name: number
    for number, names in enumerate((
        "januari january jan", "februari february feb", "maart march mrt mar", "april apr", "mei may", "juni june jun",
        "juli july jul", "augustus august aug", "september sept sep", "oktober october okt oct",
        "november nov", "december dec"), 1)
    for name in names.split()
})  # fmt: skip
_UNPRINTED = frozenset({"publisher-place", "genre", "ISBN"})
_WORD = re.compile(r"[^\W_]+")
_ORDINAL = re.compile(r"(?<=[0-9])(?:ste|de|e|st|nd|rd|th)\Z")


def words_of(text: str) -> tuple[str, ...]:
    """The words and numbers of a text, without capitals, accents and signs; an ordinal is its number."""
    return tuple(_folded(word) for word in _written(text))


def words_left(typed: str, work: Work) -> tuple[str, ...]:
    """The words of an entry, as they were typed, that are in no field of the work and lead to none."""
    held = Counter(words_of(" ".join(_texts(work))))
    numbers = _numbers(work)
    glue = _GLUE | _OF_ORIGINAL if work.date("original-date").first else _GLUE
    left: list[str] = []
    for written in _written(typed):
        word = _folded(written)
        if held[word] > 0:
            held[word] -= 1
        elif word not in glue and not _tells_date(word, numbers):
            left.append(written)
    return tuple(left)


def _written(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", re.sub("[’'‘]", "", text)))


def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word).casefold()
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return _ORDINAL.sub("", letters)


def _numbers(work: Work) -> frozenset[str]:
    """The numbers of all dates of a work."""
    return frozenset(str(part) for _, date in work.dates for end in date.ends for part in end)


def _tells_date(word: str, numbers: frozenset[str]) -> bool:
    """Whether a word is a number or a month of the dates with these numbers."""
    bare = word.lstrip("0") or word
    return bare in numbers or str(_MONTHS.get(word, "")) in numbers or word[:4] in numbers


def same_words(typed: str, printed: str, work: Work) -> bool:
    """Whether a work, printed as an entry again, has all the words of the entry as it was typed."""
    return not missing_words(typed, printed, work)


def missing_words(typed: str, printed: str, work: Work) -> tuple[str, ...]:
    """The words of a typed entry that the work does not have when it is printed as an entry again.

    Words that say what a field is do not count, nor what APA leaves out or puts in its own words: a place of
    publication, a short name, a day of access, the kind of a thesis. A word that is printed once may be typed twice, as
    APA leaves out a publisher who is the author. That no word was lost does not prove that each stands where it should.
    """
    short = (getattr(name, "short", "") for _, names in work.names for name in names)
    unprinted = (*(work.text(field) for field in sorted(_UNPRINTED)), *short)
    seen = {*words_of(" ".join((printed, *unprinted))), *_OF_ORIGINAL, *_GLUE}
    numbers = _numbers(work)
    typed_words = {_folded(word): word for word in _written(typed)}
    missing = (word for word in typed_words if word not in seen and not _tells_date(word, numbers))
    return tuple(typed_words[word] for word in missing if len(word) > 1)


def _texts(work: Work) -> Iterator[str]:
    for field, text in work.texts:
        if field != "note":
            yield text
    for _, names in work.names:
        for name in names:
            yield " ".join(filter(None, (str(name), getattr(name, "short", ""), getattr(name, "suffix", ""))))
    for _, date in work.dates:
        yield _date_words(date)


def _date_words(date: WorkDate) -> str:
    return " ".join([date.literal, *(str(part) for end in date.ends for part in end)])
