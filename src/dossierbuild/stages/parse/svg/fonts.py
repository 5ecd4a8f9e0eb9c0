"""The fonts of a drawing: what is short or bound to one renderer is written out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from dossierbuild.stages.parse.svg.faults import UndrawnError

_GENERIC = frozenset("serif sans-serif monospace cursive fantasy system-ui ui-sans-serif ui-serif ui-monospace".split())
_SERIF = re.compile(r"times|georgia|garamond|cambria|palatino|book|roman|serif|minion|caslon|charter", re.IGNORECASE)
_MONO = re.compile(r"mono|courier|consolas|menlo|code", re.IGNORECASE)
# CSS Fonts 4, 2.5.1: what the words for sizes are when `medium` is 16 pixels.
_SIZES = MappingProxyType(
    {
        "xx-small": "9",
        "x-small": "10",
        "small": "13",
        "medium": "16",
        "large": "18",
        "x-large": "24",
        "xx-large": "32",
        "larger": "1.2em",
        "smaller": "0.8333em",
    }
)
_SIZE = re.compile(r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:px|pt|pc|em|rem|ex|mm|cm|in|q|%)\Z|0\Z", re.IGNORECASE)
_STYLES = frozenset({"italic", "oblique"})
_WEIGHTS = frozenset({"bold", "bolder", "lighter"})
_WIDTHS = re.compile(r"(?:ultra-|extra-|semi-)?(?:condensed|expanded)\Z")


def font_properties(value: str) -> Mapping[str, str]:
    """The properties that the short form `font` stands for (CSS Fonts 4, 2.7). Raises UndrawnError."""
    words = re.sub(r"/\s*[^\s,]+", "", value).split()
    at = next((at for at, word in enumerate(words) if word.lower() in _SIZES or _SIZE.match(word)), None)
    if at is None or at + 1 == len(words):
        raise UndrawnError("font")
    properties = {"font-style": "normal", "font-weight": "normal", "font-variant": "normal"}
    for word in words[:at]:
        lower = word.lower()
        if lower in _STYLES:
            properties["font-style"] = lower
        elif lower in _WEIGHTS or lower.isdigit():
            properties["font-weight"] = lower
        elif lower == "small-caps":
            properties["font-variant"] = lower
        elif lower != "normal" and not _WIDTHS.match(lower):
            raise UndrawnError("font")
    return MappingProxyType({**properties, "font-size": words[at], "font-family": " ".join(words[at + 1 :])})


def font_size(value: str) -> str:
    """A size as a number or with a unit that every renderer has."""
    size = _SIZES.get(value.strip().lower(), value.strip())
    return f"{float(size[:-3]) * 16:g}" if _SIZE.match(size) and size.lower().endswith("rem") else size


def family_list(value: str) -> str:
    """Families in quotation marks, with a kind of family at the end for those who have none of them."""
    names = [name.strip().strip("'\"").strip() for name in value.split(",")]
    names = [name for name in names if name and name != "inherit"]
    generic = next((name for name in names if name.lower() in _GENERIC), "") or _kind(" ".join(names))
    plain = generic.lower().removeprefix("ui-").replace("system-ui", "sans-serif")
    families = [f"'{name}'" for name in names if name.lower() not in _GENERIC and "'" not in name]
    return ", ".join([*families, plain])


def _kind(names: str) -> str:
    if "sans" in names.lower():
        return "sans-serif"
    return "monospace" if _MONO.search(names) else "serif" if _SERIF.search(names) else "sans-serif"
