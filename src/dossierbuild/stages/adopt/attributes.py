"""Attributes in braces, as pandoc has them: `{#id .class key="value"}`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from dossierbuild.core.frozen_map import FrozenMap

_ITEM = re.compile(
    r"""\#(?P<id>[^\s{}="'.#]+(?:[.#][^\s{}="'.#]+)*+)|\.(?P<class>[^\s{}="'.#]+)"""
    r"""|(?P<key>[A-Za-z][\w.:-]*+)\s*=\s*(?:"(?P<double>(?:[^"\\]|\\.)*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s{}"']++))"""
    r"""|(?P<word>[^\s{}]+)""",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributes:
    """What braces say: an id, classes, and values by their keys."""

    id: str = ""
    classes: tuple[str, ...] = ()
    values: FrozenMap[str, str] = field(default_factory=FrozenMap)

    @property
    def is_unnumbered(self) -> bool:
        return bool({"-", "unnumbered"} & set(self.classes))


def read_attributes(text: str) -> Attributes:
    """The attributes in a text with or without its braces; a word alone is a class, as it is behind `:::`."""
    found = list(_ITEM.finditer(text.strip().removeprefix("{").removesuffix("}")))
    return Attributes(
        id=next((item["id"] for item in found if item["id"]), ""),
        classes=tuple(item["class"] or item["word"] for item in found if item["class"] or item["word"]),
        values=FrozenMap((item["key"], _value(item)) for item in found if item["key"]),
    )


def _value(item: re.Match[str]) -> str:
    if item["double"] is not None:
        return re.sub(r"\\(.)", r"\1", item["double"], flags=re.DOTALL)
    return item["single"] if item["single"] is not None else item["bare"]


def written(name: str = "", classes: Iterable[str] = (), **values: str) -> str:
    """Attributes in braces, without those that are empty; nothing where all of them are."""
    items = [f"#{name}"] if name else []
    items += [f".{word}" for word in classes]
    items += [f"{key}={_quoted(value)}" for key, value in values.items() if value]
    return f"{{{' '.join(items)}}}" if items else ""


def _quoted(value: str) -> str:
    plain = " ".join(value.split())
    return '"{}"'.format(plain.replace("\\", "\\\\").replace('"', '\\"'))


def split_heading(text: str) -> tuple[str, Attributes]:
    """The words of a heading without its marks, and its attributes."""
    words = text.lstrip("#").strip()
    begin = words.rfind("{")
    if not words.endswith("}") or begin < 0:
        return words.rstrip("#").rstrip(), Attributes()
    return words[:begin].rstrip().rstrip("#").rstrip(), read_attributes(words[begin:])


def balanced_end(text: str, begin: int, brackets: str) -> int:
    """The offset behind the bracket that closes the one at `begin`; -1 where nothing closes it."""
    depth = 0
    for match in re.compile(r"\\.|[{}\[\]()]", re.DOTALL).finditer(text, begin):
        if match[0] in brackets:
            depth += 1 if match[0] == brackets[0] else -1
            if depth == 0:
                return match.end()
    return -1
