"""The language that a passage is in, by its commonest words: precise rather than complete."""

from __future__ import annotations

import re
from types import MappingProxyType

# The commonest words that bind a text together; names and terms travel, these do not. The single letters are what
# stands beside an apostrophe: d'n, zo'n, it's, d'un.
COMMON = MappingProxyType(
    {
        "nl": frozenset(
            "aan al alle als bij d dat de der die dit doen door dus een eens en er ge geen haar had heb heeft hem "
            "het hij hoe hun ik in is je k kan kunnen m maar me meer men met mij mijn moet n na naar niet nog nu "
            "of om omdat onder ons ook op over s t te tegen toch toen tot u uit uw van veel voor want waren was "
            "wat we wel werd wie worden wordt z ze zei zich zij zijn zo zonder zou".split()
        ),
        "en": frozenset(
            "a about after all also an and any are as at be because been but by can could d did do for from had "
            "has have he her his how i if in into is it its m may more most no not of on one only or other our "
            "out s should so some t than that the their them then there these they this those through to was we "
            "were what when where which who will with would you your".split()
        ),
        "de": frozenset(
            "aber als am an auch auf aus bei bis da das dass dem den der des die durch ein eine einem einen "
            "einer es für gegen haben hat ich ihr ihre im in ist kann mehr mit nach nicht noch nur oder schon "
            "sich sie sind so um und uns unter vom von vor war was wenn werden wie wir wird zu zum zur zwischen "
            "über".split()
        ),
        "fr": frozenset(
            "au aux avec c ce ces cette comme d dans de des deux du elle en entre est et il ils je l la le les "
            "leur leurs lui mais même n ne nous on ont ou où par pas plus pour qu que qui s sa sans se ses si "
            "son sont sur tout un une vous y à être".split()
        ),
    }
)
# The common words that one language has and another has not.
_ONLY = MappingProxyType({(own, other): COMMON[own] - COMMON[other] for own in COMMON for other in COMMON})
FEWEST_WORDS = 7
FEWEST_COMMON = 3
SHARE = 0.2
"""The least share of common words of another language. In a running text of any language some 40% are common."""

_WORD = re.compile(r"[^\W\d_]+")


def foreign_language(text: str, language: str) -> str:
    """The language (nl, en, de, fr) that a text is in, when that is certainly not its own; else an empty text.

    Words that both languages have count for neither. `language` is a BCP 47 tag; a text in a language that is
    not one of the four gets an empty answer.
    """
    own = language.lower().split("-")[0]
    words = _WORD.findall(text.casefold())
    if own not in COMMON or len(words) < FEWEST_WORDS:
        return ""
    for other in COMMON:
        if other == own:
            continue
        foreign = sum(map(_ONLY[other, own].__contains__, words))
        native = sum(map(_ONLY[own, other].__contains__, words))
        if foreign >= max(FEWEST_COMMON, SHARE * len(words), 4 * native):
            return other
    return ""
