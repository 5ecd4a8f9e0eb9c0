"""The faces of a drawing's text: what its family lacks names the family behind it that has it.

resvg takes one family for a text. For a character that it lacks it takes whatever face comes first, of any weight, and
for some emoji none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from dossierbuild.core.characters import is_drawn
from dossierbuild.core.model import ALL_FAMILIES, Font
from dossierbuild.tools import markup
from dossierbuild.tools.fonts import characters_in

_SVG = f"{{{markup.SVG}}}"
# Marks and signs that are drawn with the character before them, in the face of that one.
_JOINED = frozenset({"Mn", "Me", "Cf"})
# What makes one sign of several in a font for emoji: a tone of skin, a joiner, and two letters that are a flag. In a
# text of several families resvg gives up on such a sign, so its parts are drawn beside each other, and a tone is not.
_TONE_OR_JOINER = re.compile("[\U0001f3fb-\U0001f3ff]|(?<=[\u2190-\U0001faff])\u200d")
_IN_FLAG = re.compile("(?<=[\U0001f1e6-\U0001f1ff])(?=[\U0001f1e6-\U0001f1ff])")
_APART = "\N{ZERO WIDTH NON-JOINER}"


@dataclass(frozen=True, slots=True)
class _Face:
    """A family as it is named, and the characters that it has."""

    name: str
    characters: frozenset[str]


def with_faces(svg: str, fonts: Sequence[Font], families: Mapping[str, str]) -> str:
    """The drawing with a `tspan` of its own family around all that the family of its text lacks.

    `families` has the family for each kind of family: `serif`, `sans-serif`, `monospace`.
    """
    root = markup.parse_xml(svg.encode())
    texts = [element for text in root.iter(f"{_SVG}text") for element in text.iter()]
    if not any(character > "\x7f" for element in texts for character in (element.text or "") + (element.tail or "")):
        return svg
    faces: dict[str, tuple[_Face, ...]] = {}
    for element in texts:
        name = _family_of(element, {font.family for font in fonts}, families)
        if name not in faces:
            faces[name] = tuple(_faces(name, fonts))
        _name_faces(element, faces[name])
    return markup.to_html(root)


def _family_of(element: markup.Element, known: set[str], families: Mapping[str, str]) -> str:
    """The family in which a renderer with these fonts draws the text of an element."""
    above = (element, *element.iterancestors())
    listed = next((found for at in above if (found := at.get("font-family"))), "")
    names = [name.strip().strip("'\"") for name in listed.split(",")]
    drawn = (name if name in known else families.get(name.lower(), "") for name in names)
    return next(filter(None, drawn), families["serif"])


def _faces(family: str, fonts: Sequence[Font]) -> Iterator[_Face]:
    """A family and those behind it, in the order in which they are looked through."""
    own = [font for font in fonts if font.family == family]
    fallbacks = (font for font in fonts if font.behind in (family, ALL_FAMILIES))
    behind = sorted(fallbacks, key=lambda font: font.behind != family)
    for name, group in groupby((*own, *behind), key=lambda font: font.family):
        yield _Face(name, frozenset().union(*(characters_in(font.data) for font in group)))


def _name_faces(element: markup.Element, faces: Sequence[_Face]) -> None:
    """Put `tspan`s around what is drawn in another family, among the element's own text and between its children."""
    children = list(element)
    written = [element.text, *(child.tail for child in children)]
    if all(all(character <= "\x7f" for character in text or "") for text in written):
        return
    for child in children:
        child.tail = None
        element.remove(child)
    element.text = None
    for text, next_child in zip(written, (*children, None), strict=True):
        apart = _IN_FLAG.sub(_APART, _TONE_OR_JOINER.sub("", text or ""))
        for family, piece in _pieces(apart, faces):
            markup.append(
                element, markup.make(f"{_SVG}tspan", {"font-family": f"'{family}'"}, piece) if family else piece
            )
        if next_child is not None:
            markup.append(element, next_child)


def _pieces(text: str, faces: Sequence[_Face]) -> Iterator[tuple[str, str]]:
    """The text in pieces, each with the family that it has to name; none for what is in the text's own."""
    named: list[tuple[str, str]] = []
    for character in text:
        joins = named and unicodedata.category(character) in _JOINED
        named.append((named[-1][0] if joins else _face_for(character, faces), character))
    for family, pairs in groupby(named, key=lambda pair: pair[0]):
        yield family, "".join(character for _, character in pairs)


def _face_for(character: str, faces: Sequence[_Face]) -> str:
    own, *behind = faces or (_Face("", frozenset()),)
    if character in own.characters or not is_drawn(character):
        return ""
    return next((face.name for face in behind if character in face.characters), "")
