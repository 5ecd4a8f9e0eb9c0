"""Fonts with only the characters that are used.

HarfBuzz takes the characters out, fontTools packs the result.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

import uharfbuzz
from fontTools.ttLib import TTFont


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
