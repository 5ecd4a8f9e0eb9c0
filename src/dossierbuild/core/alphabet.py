"""The order of Dutch lists of words: as in dictionaries, with ij as two letters, and without accents and case."""

from __future__ import annotations

import unicodedata


def dutch_order(words: str) -> tuple[str, str]:
    """What words are sorted by: letter by letter, word by word; hyphens and apostrophes do not count.

    "één" stands at "een", and "ijs" between "idee" and "ik", as in the Woordenlijst Nederlandse Taal. Of words that
    differ in nothing else, the order is that of their characters.
    """
    return "".join(sign for sign in _plain(words) if sign.isalnum() or sign == " "), words


def initial(words: str) -> str:
    """The letter that words stand under in a list, as a capital; "#" for those that begin with no letter."""
    first = next((sign for sign in _plain(words) if sign.isalnum()), "")
    return first.upper() if first.isalpha() else "#"


def _plain(words: str) -> str:
    folded = unicodedata.normalize("NFKD", words.casefold())
    return " ".join("".join(sign for sign in folded if not unicodedata.combining(sign)).split())
