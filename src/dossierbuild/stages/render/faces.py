"""Which fonts go along with an edition, and with which characters: fallbacks only where the others lack something."""

from __future__ import annotations

import dataclasses
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from dossierbuild.core.characters import is_drawn
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.model import ALL_FAMILIES, FORMULAS, Font, Look
from dossierbuild.tools.fonts import characters_in


def look_for(look: Look, characters: Iterable[str], *, code: Iterable[str] = (), formulas: bool = False) -> Look:
    """The look with those fallbacks only that these characters need, and with their families behind the theme's.

    `code` are the characters of code; without any, the family that is for code alone is left out. The font of formulas
    stays where there are `formulas`.
    """
    sought = _sought(look.theme.fonts, frozenset(filter(is_drawn, characters)), frozenset(filter(is_drawn, code)))
    behind = {family: _behind(family, look.fonts, drawn) for family, drawn in sought.items() if drawn}
    taken = frozenset(font for fonts in behind.values() for font in fonts)
    families = FrozenMap(
        (family, tuple(dict.fromkeys(font.family for font in fonts))) for family, fonts in behind.items()
    )
    return dataclasses.replace(
        look,
        theme=dataclasses.replace(look.theme, behind=families),
        fonts=tuple(
            font
            for font in look.fonts
            if font in taken
            or (not font.behind and sought.get(font.family, True))
            or (formulas and font.behind == FORMULAS)
        ),
        properties=FrozenMap((name, _listed(name, value, families)) for name, value in look.properties.items()),
    )


def _sought(fonts: Mapping[str, str], text: frozenset[str], code: frozenset[str]) -> dict[str, frozenset[str]]:
    """The characters that each family of a theme is to show."""
    of_code = {fonts["code"]: code} if "code" in fonts else {}
    return of_code | {family: text for role, family in fonts.items() if role != "code"}


def _behind(family: str, fonts: Sequence[Font], characters: frozenset[str]) -> tuple[Font, ...]:
    """The fallbacks of a family, in order: those that have a character which it and all before them lack."""
    lacking = characters - _characters_of(family, fonts)
    groups: dict[str, list[Font]] = {}
    for font in sorted(fonts, key=lambda font: font.behind != family):
        if lacking and font.behind in (family, ALL_FAMILIES):
            groups.setdefault(font.family, []).append(font)
    taken: list[Font] = []
    for group in groups.values():
        found = lacking.intersection(frozenset().union(*(characters_in(font.data) for font in group)))
        taken += group if found else ()
        lacking -= found
    return tuple(taken)


def _characters_of(family: str, fonts: Iterable[Font]) -> frozenset[str]:
    """The characters of a family; one that has no file is taken to have those of the others."""
    mains = [font for font in fonts if not font.behind]
    own = [font for font in mains if font.family == family]
    return frozenset().union(*(characters_in(font.data) for font in own or mains))


def _listed(name: str, value: str, families: Mapping[str, Sequence[str]]) -> str:
    """The value of a property; one that names a family of the theme names those behind it as well."""
    behind = families.get(value.strip('"'), ()) if name.startswith("--font-") else ()
    return ", ".join((value, *(f'"{family}"' for family in behind)))


def face_characters(look: Look, characters: Iterable[str], of_formulas: Iterable[str]) -> dict[str, str]:
    """The characters to leave in each font of a look, sorted, by its path.

    A fallback keeps what some family of the theme lacks, in small and in capital letters, and the marks: these come
    from the font of the letter that they stand on. The font of formulas keeps the characters `of_formulas`.
    """
    usual = frozenset(characters)
    lacking = frozenset().union(*(usual - _characters_of(family, look.fonts) for family in look.theme.behind))
    rest = {*lacking, *(letter for character in lacking for letter in character.upper())}
    rest |= {character for character in usual if unicodedata.combining(character)}
    kept = {"": usual, FORMULAS: of_formulas}
    return {font.path: "".join(sorted(kept.get(font.behind, rest))) for font in look.fonts}
