"""The order in which people put names: numbers by their value, letters without regard to case and accents."""

from __future__ import annotations

import re
import unicodedata

NaturalOrder = tuple[tuple[tuple[int, int, str], ...], str]


def natural_order(path: str) -> NaturalOrder:
    """What paths are sorted by: `2-x.md` stands before `10-x.md`, `Één.md` between `een.md` and `elf.md`.

    Of paths that differ in case or accents only, the order is that of their characters.
    """
    folded = unicodedata.normalize("NFKD", path.casefold())
    plain = "".join(sign for sign in folded if not unicodedata.combining(sign))
    return tuple(_rank(piece) for piece in re.findall(r"[0-9]+|[^0-9]", plain)), path


def _rank(piece: str) -> tuple[int, int, str]:
    """The rank of a whole number or of a single sign; a longer number is a larger one."""
    if not "0" <= piece[0] <= "9":
        return 1, 0, piece
    digits = piece.lstrip("0")
    return 0, len(digits), digits
