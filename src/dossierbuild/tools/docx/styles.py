"""The styles and lists of a document: what a paragraph or a run has by its style and all that this is based on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType

from dossierbuild.core.word import ListPlace
from dossierbuild.tools.docx.package import Element
from dossierbuild.tools.docx.vocabulary import child, is_on, name, value

_HEADING = re.compile(r"(?:heading|kop|überschrift|titre|rubrik) ?([1-9])")
_MAX_BASES = 20
"""Styles that a style may rest upon: Word itself stops at eleven."""
_USUAL_SIZE = 10.0  # points, where no style says one (ECMA-376, 17.3.2.38)


@dataclass(frozen=True, slots=True)
class Style:
    """A style by its name in small letters, with its element and the id of the one that it is based on."""

    name: str
    element: Element
    base: str


class Styles:
    """The styles of a document by their ids."""

    def __init__(self, root: Element | None) -> None:
        self._by_id = dict(_read(root)) if root is not None else {}
        self._chains: dict[str, tuple[Style, ...]] = {}
        self._defaults = {
            style.get(name("w:type"), ""): style.get(name("w:styleId"), "")
            for style in (root.iter(name("w:style")) if root is not None else ())
            if style.get(name("w:default"), "0") in ("1", "true", "on")
        }
        defaults = child(root, "w:docDefaults", "w:rPrDefault", "w:rPr")
        self.language = _language(defaults)
        self._size = _size(defaults)

    def chain(self, identifier: str, kind: str = "paragraph") -> tuple[Style, ...]:
        """A style and all that it rests upon; for an empty or unknown id, the default of its kind."""
        at = identifier if identifier in self._by_id else self._defaults.get(kind, "")
        if at not in self._chains:
            self._chains[at] = tuple(self._up(at))
        return self._chains[at]

    def _up(self, at: str) -> Iterator[Style]:
        found: list[Style] = []
        while at in self._by_id and len(found) < _MAX_BASES:
            style = self._by_id[at]
            if style in found:
                break
            found.append(style)
            yield style
            at = style.base

    def size(self, run: Element | None, paragraph: tuple[Style, ...], character: tuple[Style, ...]) -> float:
        """The size of a run in points: its own, else that of the nearest style that has one."""
        own = (run, *(child(style.element, "w:rPr") for style in (*character, *paragraph)))
        return next((size for properties in own if (size := _size(properties))), self._size or _USUAL_SIZE)


def _read(root: Element) -> Iterator[tuple[str, Style]]:
    for style in root.iter(name("w:style")):
        called = " ".join(value(style, "w:name").casefold().split())
        identifier = style.get(name("w:styleId"), "")
        yield identifier, Style(called or identifier.casefold(), style, value(style, "w:basedOn"))


def _size(properties: Element | None) -> float:
    half_points = value(properties, "w:sz")
    return int(half_points) / 2 if re.fullmatch(r"[0-9]{1,4}", half_points) else 0.0


def _language(properties: Element | None) -> str:
    return value(properties, "w:lang")


def outline_of(properties: Element | None, styles: tuple[Style, ...]) -> int:
    """The level of a heading, 1 to 9; 0 for what is none.

    Said by the paragraph, else by the nearest style, else by the name of a style, in English as Word keeps it or as
    some programs translate it.
    """
    for found in (properties, *(child(style.element, "w:pPr") for style in styles)):
        level = value(found, "w:outlineLvl")
        if re.fullmatch(r"[0-9]", level):
            return int(level) + 1 if int(level) < 9 else 0
    names = (_HEADING.fullmatch(style.name) for style in styles)
    return next((int(match[1]) for match in names if match), 0)


def toggle(tag: str, run: Element | None, character: tuple[Style, ...]) -> bool:
    """Whether a run has a property by itself or by its character style."""
    for properties in (run, *(child(style.element, "w:rPr") for style in character)):
        found = child(properties, tag)
        if found is not None:
            return is_on(found)
    return False


def by_style(tag: str, styles: tuple[Style, ...]) -> bool:
    """Whether the styles of a paragraph give its words a property."""
    return toggle(tag, None, styles)


# --- lists -----------------------------------------------------------------------------------------------------------

_UNKNOWN = ("decimal", 1)


class Numbering:
    """The lists of a document: what each level of each list looks like."""

    def __init__(self, root: Element | None) -> None:
        self._levels: dict[str, dict[int, tuple[str, int]]] = {}
        self._definitions: dict[str, tuple[str, dict[int, int]]] = {}
        for definition in root.iter(name("w:abstractNum")) if root is not None else ():
            levels = {_number(level, "w:ilvl"): _level(level) for level in definition.iter(name("w:lvl"))}
            self._levels[definition.get(name("w:abstractNumId"), "")] = levels
        for instance in root.iter(name("w:num")) if root is not None else ():
            starts = {
                _number(override, "w:ilvl"): int(start)
                for override in instance.iter(name("w:lvlOverride"))
                if (start := value(override, "w:startOverride")).isdecimal() and len(start) < 7
            }
            self._definitions[instance.get(name("w:numId"), "")] = value(instance, "w:abstractNumId"), starts

    def place(self, properties: Element | None, styles: tuple[Style, ...]) -> ListPlace | None:
        """Where a paragraph stands in a list, by itself or by its style; None where it is in none."""
        stated = [properties, *(child(style.element, "w:pPr") for style in styles)]
        numbers = next((found for own in stated if (found := child(own, "w:numPr")) is not None), None)
        identifier = value(numbers, "w:numId")
        if numbers is None or identifier not in self._definitions:
            return None
        written = value(numbers, "w:ilvl")
        level = int(written) if re.fullmatch("[0-8]", written) else 0
        definition, starts = self._definitions[identifier]
        format, start = self._levels.get(definition, {}).get(level, _UNKNOWN)
        return ListPlace(identifier, level, format, starts.get(level, start))


def _number(element: Element, attribute: str) -> int:
    written = element.get(name(attribute), "")
    return int(written) if re.fullmatch("[0-9]", written) else 0


def _level(level: Element) -> tuple[str, int]:
    start = value(level, "w:start")
    return value(level, "w:numFmt") or "decimal", int(start) if start.isdecimal() and len(start) < 7 else 1


# --- signs of fonts that are no letters ------------------------------------------------------------------------------

# What the codes of the font Symbol are in Unicode, from 0x20 and from 0xA0 on (Unicode's table of Adobe Symbol).
_SYMBOL = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
_SYMBOL_HIGH = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"
SIGNS = MappingProxyType(
    {
        "symbol": {0x20 + at: sign for at, sign in enumerate(_SYMBOL)}
        | {0xA0 + at: sign for at, sign in enumerate(_SYMBOL_HIGH)},
        "wingdings": {
            0xA7: "▪", 0xA8: "◻", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x76: "❖", 0xD8: "➢", 0xDF: "←", 0xE0: "→",
            0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xF0: "⇨", 0xFC: "✔", 0xFB: "✘", 0xFE: "☑", 0xFD: "☒", 0x4A: "☺",
            0x4C: "☹", 0x21: "✏", 0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x9F: "•", 0xAB: "★", 0x6C: "●",
        },
    }
)  # fmt: skip


def sign(font: str, code: int) -> str:
    """The Unicode character of a sign in a font of signs; empty where it is not known."""
    return SIGNS.get(font.casefold(), {}).get(code & 0xFF, "") if code < 0x100 or 0xF000 <= code <= 0xF0FF else ""
