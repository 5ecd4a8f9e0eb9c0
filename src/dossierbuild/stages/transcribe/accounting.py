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
    opgehaald verkregen ontleend opgevraagd gedownload bekeken bezocht beluisterd gevonden gezien gelezen retrieved
    accessed viewed
    downloaded laatst voor het last de website en and und et al ea others anderen red reds redactie ed eds hrsg
    samenst
    vert vertaler trans regisseur director producent presentator host pp p blz pag pagina pages page nr no nummer number
    vol volume jrg jaargang jg deel issue artikel article art druk editie edition uitgave doi org https http www url
    link
    zie ook bron see z d n zd nd zj j s e st ste nd rd th vertaald door regie afl aflevering dx
    """.split()
)
_MONTHS = MappingProxyType({
    name: number
    for number, names in enumerate((
        "januari january jan", "februari february feb", "maart march mrt mar", "april apr", "mei may", "juni june jun",
        "juli july jul", "augustus august aug", "september sept sep", "oktober october okt oct",
        "november nov", "december dec"), 1)
    for name in names.split()
})  # fmt: skip
_HIDDEN = frozenset({"publisher-place", "language", "note", "year-suffix"})
_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> tuple[str, ...]:
    """The words and numbers of a text, without capitals, accents and signs."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "").replace("'", "")).casefold()
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return tuple(_WORD.findall(re.sub(r"(?<=[0-9])(?:ste|de|e|st|nd|rd|th)\b", "", letters)))


def words_left(typed: str, work: Work) -> tuple[str, ...]:
    """The words of an entry that are in no field of the work and lead to none, in their order."""
    held = Counter(words_of(" ".join(_texts(work))))
    numbers = {str(part) for _, date in work.dates for end in date.ends for part in end}
    months = {name for name, number in _MONTHS.items() if str(number) in numbers}
    left: list[str] = []
    for word in words_of(typed):
        bare = word.lstrip("0") or word
        if held[word] > 0:
            held[word] -= 1
        elif word not in _GLUE and bare not in numbers and word not in months and word[:4] not in numbers:
            left.append(word)
    return tuple(left)


def same_words(typed: str, printed: str, work: Work) -> bool:
    """Whether a work, printed as an entry again, has all the words of the entry as it was typed."""
    return not missing_words(typed, printed, work)


def missing_words(typed: str, printed: str, work: Work) -> tuple[str, ...]:
    """The words of a typed entry that the work does not have when it is printed as an entry again.

    Words that say what a field is, those of a place of publication and days of access do not count, as not every entry
    has them. That no word was lost does not prove that each stands in the right field.
    """
    unprinted = " ".join(work.text(field) for field in sorted(_HIDDEN - {"note"}))
    seen = Counter(words_of(f"{printed} {unprinted}"))
    numbers = {str(part) for _, date in work.dates for end in date.ends for part in end}
    missing = Counter(words_of(typed)) - seen
    return tuple(word for word in missing if not _may_lack(word, numbers))


def _may_lack(word: str, numbers: set[str]) -> bool:
    bare = word.lstrip("0") or word
    return word in _GLUE or word in _MONTHS or bare in numbers or word[:4] in numbers


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
