"""The people who wrote a book, in the ways in which settings name them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dossierbuild.stages.adopt.folder import Settings, as_list

_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
_JOINTS = re.compile(r";|&|\\and\b|\n|(?<=\s)(?:en|and|und|et)(?=\s)")
_MARKS = re.compile(r"\^[^^\s]*\^|\[\^[^\[\]]*\]|\^\[[^\[\]]*\]|`[^`]*`|<[^<>]*>|[*\\]")


def people(settings: Settings) -> list[dict[str, str]]:
    """The authors, each with a `name` and, where they are known, `affiliation` and `orcid`."""
    found = [
        person for key in ("author", "authors") for value in as_list(settings.get(key)) for person in _people(value)
    ]
    places = {str(item.get("id")): _words(item.get("name")) for item in as_list(settings.get("affiliations"))
              if isinstance(item, dict)}  # fmt: skip
    return [{key: places.get(value, value) if key == "affiliation" else value for key, value in person.items()}
            for person in found]  # fmt: skip


def _people(value: Any) -> Iterator[dict[str, str]]:
    if isinstance(value, dict):
        yield from _person(value)
    elif isinstance(value, str):
        yield from ({"name": name} for name in _names(value))


def _person(said: dict[str, Any]) -> Iterator[dict[str, str]]:
    name = said.get("name")
    if isinstance(name, dict):
        parts = (
            ("literal",)
            if name.get("literal")
            else ("given", "firstname", "non-dropping-particle", "family", "lastname")
        )
        name = " ".join(_words(name.get(part)) for part in parts if name.get(part))
    if not name and len(said) == 1:  # the name as a key, with what is known of it below
        key, inner = next(iter(said.items()))
        yield from _person({"name": key, **inner} if isinstance(inner, dict) else {"name": key})
        return
    words = _words(name)
    if not words:
        return
    places = [_words(item.get("name") or item.get("ref")) if isinstance(item, dict) else _words(item)
              for key in ("affiliation", "affiliations", "institute") for item in as_list(said.get(key))]  # fmt: skip
    orcid = _ORCID.search(str(said.get("orcid") or ""))
    known = {"affiliation": next(filter(None, places), ""), "orcid": orcid[0] if orcid else ""}
    yield {"name": words, **{key: value for key, value in known.items() if value}}


def _words(value: Any) -> str:
    return " ".join(_MARKS.sub("", str(value)).split()) if isinstance(value, str | int) else ""


def _names(text: str) -> list[str]:
    """The names in a text; a comma parts them only where each is more than one word."""
    plain = [_words(part) for part in _JOINTS.split(text.strip())]
    names = []
    for part in filter(None, plain):
        pieces = [piece.strip() for piece in part.split(",") if piece.strip()]
        names += pieces if all(" " in piece for piece in pieces) else [part]
    return names
