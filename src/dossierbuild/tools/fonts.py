"""Fonts by fontTools: a font with only the characters that are used, and which characters no font has."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont


def subset_font(data: bytes, characters: frozenset[str] | str) -> bytes:
    """The font with only these characters, as WOFF2; all layout features and names stay.

    The bytes depend on the arguments alone: the time of change in the font stays as it was. A character that
    the font lacks is passed over. Data that is no font raises `fontTools.ttLib.TTLibError`.
    """
    with TTFont(BytesIO(data), recalcTimestamp=False) as font:
        subsetter = Subsetter(_options())
        subsetter.populate(unicodes=sorted({ord(character) for character in characters}))
        subsetter.subset(font)
        font.flavor = "woff2"
        out = BytesIO()
        font.save(out, reorderTables=False)
    return out.getvalue()


class FontError(Exception):
    """The data is no font, or a damaged one."""


def require_font(data: bytes) -> None:
    """Raise FontError unless the data is a font that can be used."""
    try:
        subset_font(data, "a")
    except Exception as error:
        # Every table has a reader of its own, and a damaged one raises whatever it stumbles on.
        raise FontError(str(error)) from error


def missing_characters(fonts: Iterable[bytes], characters: Iterable[str]) -> tuple[str, ...]:
    """The characters that none of the fonts has, in order of code point; control characters do not count."""
    wanted = {character for character in characters if character.isprintable()}
    for data in fonts:
        with TTFont(BytesIO(data), lazy=True) as font:
            wanted -= {chr(code) for code in font.getBestCmap()}
    return tuple(sorted(wanted))


def _options() -> Options:
    options = Options()
    options.layout_features = ["*"]  # style sheets may ask for any: old-style or tabular figures, fractions
    options.name_IDs = ["*"]  # the licence asks that its notice travels with the font
    options.notdef_outline = True
    options.recalc_timestamp = False
    return options
