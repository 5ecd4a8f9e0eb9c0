"""The style sheets and style attributes of an SVG, worked out for each of its elements. Home of the CSS parsers.

Rules for media, animations and fonts are left out: a drawing looks the same everywhere and brings no font.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import cssselect2
import tinycss2
import tinycss2.color5

Declarations = Mapping[str, str]

MAX_VALUE = 2_000
"""The most characters of a value: references to properties could unfold into gigabytes."""

_VAR = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,((?:[^()]|\([^()]*\))*))?\)")
_LIGHT = re.compile(r"light-dark\(((?:[^(),]|\([^()]*\))*),(?:[^()]|\([^()]*\))*\)")


class UnresolvedError(Exception):
    """A value that refers to a property that nobody set, or to itself; the text is the value."""


def declarations(root: Any, sheets: Sequence[str]) -> Iterator[tuple[Any, Declarations]]:
    """Each element of a tree, parents first, with the values of the properties that are set on it.

    `sheets` are the texts of its style sheets. An attribute that refers to a property is among the values.
    Raises UnresolvedError.
    """
    matchers = [_matcher(sheets, important=important) for important in (False, True)]
    inherited: dict[Any, dict[str, str]] = {}
    for wrapper in cssselect2.ElementWrapper.from_xml_root(root).iter_subtree():
        element = wrapper.etree_element
        own = _in_order(wrapper, matchers)
        custom = {**inherited.get(element.getparent(), {}), **{n: v for n, v in own.items() if n.startswith("--")}}
        inherited[element] = custom
        given = {str(name): str(value) for name, value in element.attrib.items() if _refers(str(value))}
        plain = {name: value for name, value in {**given, **own}.items() if not name.startswith("--")}
        yield element, MappingProxyType({name: resolved(value, custom) for name, value in plain.items()})


def _matcher(sheets: Sequence[str], *, important: bool) -> Any:
    matcher = cssselect2.Matcher()
    for sheet in sheets:
        for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
            if rule.type == "qualified-rule":
                for selector in _selectors(rule.prelude):
                    matcher.add_selector(selector, _declared(rule.content, important=important))
    return matcher


def _selectors(prelude: Any) -> list[Any]:
    try:
        selectors = cssselect2.compile_selector_list(prelude)
    except cssselect2.SelectorError:
        return []
    return [selector for selector in selectors if selector.pseudo_element is None and not selector.never_matches]


def _declared(content: Any, *, important: bool) -> dict[str, str]:
    return {
        declaration.name if declaration.name.startswith("--") else declaration.lower_name: tinycss2.serialize(
            declaration.value
        ).strip()
        for declaration in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
        if declaration.type == "declaration" and declaration.important is important
    }


def _in_order(wrapper: Any, matchers: Sequence[Any]) -> dict[str, str]:
    """What is declared for an element, the stronger over the weaker: rules, its own attribute, important ones."""
    own: dict[str, str] = {}
    for matcher, important in zip(matchers, (False, True), strict=True):
        for *_, found in sorted(matcher.match(wrapper), key=lambda match: match[:2]):
            own |= found
        own |= _declared(wrapper.etree_element.get("style", ""), important=important)
    return own


def _refers(value: str) -> bool:
    return "var(" in value or "light-dark(" in value


def resolved(value: str, custom: Mapping[str, str]) -> str:
    """A value with the properties that it refers to put in. Raises UnresolvedError."""

    def put_in(found: re.Match[str]) -> str:
        value = custom.get(found[1], found[2])
        if value is None:
            raise UnresolvedError(f"var({found[1]})")
        return value.strip()

    if not _refers(value):
        return value
    for _ in range(16):
        if len(value) > MAX_VALUE:
            break
        before, value = value, _LIGHT.sub(r"\1", _VAR.sub(put_in, value))
        if value == before:
            return value
    raise UnresolvedError(value[:40])


def plain_colour(value: str) -> str:
    """A colour as `#rrggbb` or `rgba(r, g, b, a)`; any other value as it is. Raises UnresolvedError for a mix."""
    colour = tinycss2.color5.parse_color(value)
    if colour is None or isinstance(colour, str):
        if "color" in value.partition("(")[0].lower() and "(" in value:
            raise UnresolvedError(value.partition("(")[0] + "()")
        return value
    red, green, blue = (round(255 * min(1.0, max(0.0, part or 0.0))) for part in colour.to("srgb").coordinates)
    if colour.alpha >= 1:
        return f"#{red:02x}{green:02x}{blue:02x}"
    return f"rgba({red}, {green}, {blue}, {colour.alpha:.4g})"
