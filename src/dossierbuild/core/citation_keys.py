"""Citation keys for works that came without one: a word by which the work is known and its year, "koeter2022"."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from itertools import chain, product
from string import ascii_lowercase


def key_letters(text: str) -> str:
    """The letters and digits of a text that may stand in a key: "Müller-Bos" as "mullerbos"."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in plain if sign.isascii() and sign.isalnum())


def free_key(word: str, year: str, taken: Collection[str]) -> str:
    """The key of a word ("bron" without one) and a year ("zd" without one), with a letter behind it where it is taken.

    Capitals make no other key, as in the lists themselves.
    """
    stem = f"{word or 'bron'}{year or 'zd'}"
    folded = {key.casefold() for key in taken}
    letters = chain(("",), ascii_lowercase, map("".join, product(ascii_lowercase, repeat=2)))
    return next((stem + letter for letter in letters if stem + letter not in folded), stem)
