"""Citation keys for works that came without one: a word by which the work is known and its year, "koeter2022"."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from itertools import chain, product
from string import ascii_lowercase
from typing import Any

from dossierbuild.core.csl_fields import LEADERS
from dossierbuild.core.names import Person, read_name


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
    letters = chain(("",), *(map("".join, product(ascii_lowercase, repeat=count)) for count in (1, 2, 3)))
    return next((stem + letter for letter in letters if stem + letter not in folded), stem)


def key_for(item: dict[str, Any], taken: Collection[str]) -> str:
    """A key of the first name and the year, koeter2022, with a letter behind it where that is taken."""
    parts = item.get("issued", {}).get("date-parts", ())
    return free_key(_head(item), str(parts[0][0]) if parts else "", taken)


def _head(item: dict[str, Any]) -> str:
    """The name by which a work is looked up in small letters; of an organisation in several words the initials."""
    names = [name for role in LEADERS for stated in item.get(role, ()) if (name := read_name(stated))]
    if names and isinstance(names[0], Person):
        return key_letters(names[0].family)
    words = str(names[0] if names else item.get("title", "")).split() or [""]
    initials = "".join(word[0] for word in words if word[0].isupper()) if names else ""
    return key_letters(initials if len(initials) > 2 else next((word for word in words if len(word) > 3), words[0]))
