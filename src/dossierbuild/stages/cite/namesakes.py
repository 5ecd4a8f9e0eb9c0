"""Namesakes: people of one surname, whose citations carry their initials (APA 8.20).

citeproc can distinguish them, in a time that grows with the square of the list: a minute for 2,000 works that take
three seconds otherwise. Here initials travel with the surname as signs that take no room and sort as nothing; in
citations they become letters again, in the list they are taken out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from dossierbuild.core.names import initials_of
from dossierbuild.core.works import Item
from dossierbuild.stages.cite.works import GAP, leaders, leading_role
from dossierbuild.tools.csl import MARK

# A variation selector for each byte of UTF-8. Text has none behind a mark, unless somebody tries what happens then:
# `show_initials` drops whatever is no UTF-8.
_FIRST_SIGN = 0xE0100
_HIDDEN = re.compile(f"(?<!{MARK}){MARK}([\U000e0100-\U000e01ff]+)")


def hide_initials(items: Iterable[Item]) -> list[Item]:
    """The items, with the initials hidden before the surname of each leading author who has a namesake.

    A namesake leads another work, has the same surname (and particle) and other initials.
    """
    items = list(items)
    known: dict[str, set[str]] = defaultdict(set)
    for item in items:
        known[_surname(item)].add(_initials(item))
    shared = {surname for surname, initials in known.items() if len(initials - {""}) > 1}
    return [_hidden(item) if _initials(item) and _surname(item) in shared else item for item in items]


def _hidden(item: Item) -> Item:
    first, *others = leaders(item)
    signs = hidden_signs(f"{_initials(item)} ")
    return {**item, leading_role(item): [{**first, "family": f"{MARK}{signs}{first['family']}"}, *others]}


def hidden_signs(letters: str) -> str:
    """Letters as signs that take no room and sort as nothing."""
    return "".join(chr(_FIRST_SIGN + byte) for byte in letters.encode())


def _surname(item: Item) -> str:
    """The surname that a work goes by, with its particle; "" of an organisation."""
    first = _first(item)
    return f"{first.get('non-dropping-particle', '')} {first.get('family', '')}".strip()


def _initials(item: Item) -> str:
    return initials_of(_first(item).get("given", ""))


def _first(item: Item) -> dict[str, str]:
    return next(iter(leaders(item)), {})


def show_initials(word: str) -> str:
    """A word of a citation, with its hidden initials as letters."""

    return _HIDDEN.sub(lambda match: letters_of(match[1]), word)


def letters_of(signs: str) -> str:
    """What `hidden_signs` hid, with a gap for each space."""
    return bytes(ord(sign) - _FIRST_SIGN for sign in signs).decode(errors="ignore").replace(" ", GAP)


def drop_initials(word: str) -> str:
    """A word of an entry, without hidden initials: the list has them behind the surname."""
    return _HIDDEN.sub("", word)
