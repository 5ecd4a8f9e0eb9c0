"""Fonts with only the characters that are used.

HarfBuzz takes the characters out, fontTools packs the result.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

import uharfbuzz
from fontTools.ttLib import TTFont

_PRIVATE = frozenset(map(chr, (*range(0xE000, 0xF900), *range(0xF0000, 0x110000))))


def subset_font(data: bytes, characters: Iterable[str]) -> bytes:
    """The font with only these characters, as WOFF2; all layout features and names stay.

    The bytes depend on the arguments alone. A character that the font lacks is passed over. Raises FontError.
    """
    try:
        with TTFont(BytesIO(_subset(data, characters)), recalcTimestamp=False) as font:
            font.flavor = "woff2"
            out = BytesIO()
            font.save(out, reorderTables=False)
    except Exception as error:
        # Every table has a reader of its own, and a damaged one raises whatever it stumbles on.
        raise FontError(str(error)) from error
    return out.getvalue()


def characters_in(data: bytes) -> frozenset[str]:
    """The characters that a font has a sign for, without those of private use: what these mean is the font's secret."""
    return frozenset(map(chr, uharfbuzz.Face(data).unicodes)) - _PRIVATE


def described(data: bytes) -> FontNames:
    """What a font says of itself. Raises FontError."""
    require_font(data)
    try:
        with TTFont(BytesIO(data), lazy=True) as font:
            return FontNames(
                family=font["name"].getBestFamilyName() or "",
                weight=max(100, min(900, round(font["OS/2"].usWeightClass, -2))),
                italic=bool(font["head"].macStyle & 2),
            )
    except Exception as error:
        raise FontError(str(error)) from error


@dataclass(frozen=True, slots=True)
class FontNames:
    """The family of a font, its weight from 100 to 900, and whether it is italic."""

    family: str
    weight: int
    italic: bool


def _subset(data: bytes, characters: Iterable[str]) -> bytes:
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(sorted({ord(character) for character in characters}))
    # Style sheets may ask for any feature, such as old-style figures; the licence goes along, with its name.
    for kept in (
        wanted.layout_feature_tag_set,
        wanted.layout_script_tag_set,
        wanted.name_id_set,
        wanted.name_lang_id_set,
    ):
        kept.clear()
        kept.invert()
    wanted.flags = uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    made: bytes = uharfbuzz.subset(uharfbuzz.Face(data), wanted).blob.data
    return made


class FontError(Exception):
    """The data is no font, or a damaged one."""


def require_font(data: bytes) -> None:
    """Raise FontError unless the data is a font that can be used."""
    subset_font(data, "a")
