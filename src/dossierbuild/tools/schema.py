"""The types of core/spec.py as a check on plain values and as JSON Schemas. The only importer of pydantic."""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Iterator
from enum import Enum
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from dossierbuild.core import spec
from dossierbuild.core.spec import Infographic, Manifest, TermList

MAX_FAULTS = 1_000

T = TypeVar("T", Manifest, Infographic, TermList)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What does not fit in a file.

    `kind` is unknown (a key), missing (a key), choice (a value that is not one of `known`), text (should be text) or
    value; `path` leads to the place as keys and indices; `known` are the keys or values that are possible there.
    """

    kind: str
    path: tuple[str | int, ...]
    key: str
    value: str = ""
    expected: str = ""
    known: tuple[str, ...] = ()


def _adapter(target: type[Any]) -> TypeAdapter[Any]:
    for member in vars(spec).values():
        if dataclasses.is_dataclass(member):
            # A key that is a word of Python's own, as `not`, ends with an underscore in its type.
            member.__pydantic_config__ = {  # type: ignore[union-attr]
                "extra": "forbid",
                "use_attribute_docstrings": True,
                "alias_generator": lambda name: name.rstrip("_"),
            }
    return TypeAdapter(target)


# Made while this module is imported, which one thread does: Python 3.11 cannot read the types in two at once.
_ADAPTERS = MappingProxyType({target: _adapter(target) for target in (Manifest, Infographic, TermList)})


def read_as(target: type[T], value: object) -> tuple[T | None, tuple[Fault, ...]]:
    """The value as one of the types, or what is wrong with it, up to a thousand faults."""
    if not isinstance(value, dict):
        return None, (Fault(kind="value", path=(), key="", value=_short(value), expected="key: value"),)
    try:
        return _ADAPTERS[target].validate_python(value), ()
    except ValidationError as error:
        return None, tuple(_faults(target, value, error))


def json_schema(target: type[Any]) -> str:
    """The JSON Schema (draft 2020-12) of a type, as text with a line break at its end."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **_ADAPTERS[target].json_schema()}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def kinds(union: Any) -> dict[str, type[Any]]:
    """The members of a union of types by the value of their `kind`."""
    found = {}
    for member in typing.get_args(union):
        found[typing.get_args(typing.get_type_hints(member)["kind"])[0].value] = member
    return found


def _faults(target: type[Any], value: object, error: ValidationError) -> Iterator[Fault]:
    seen: set[tuple[str, tuple[str | int, ...]]] = set()
    for detail in error.errors(include_url=False)[:MAX_FAULTS]:
        fault = _fault(target, value, tuple(detail["loc"]), detail["type"], detail["input"])
        if fault and (fault.kind, fault.path) not in seen:
            seen.add((fault.kind, fault.path))
            yield fault


def _fault(target: type[Any], value: object, location: tuple[str | int, ...], kind: str, given: object) -> Fault | None:
    """A fault in our terms; None for a complaint about a member of a union that the value does not mean to be."""
    path: list[str | int] = []
    here: Any = target
    parent: Any = target
    for step in location:
        form = _form(here, step)
        if form is not None:  # text, or what is written with keys: the value is either
            if isinstance(value, dict) is (form is str):
                return None
            here = form
            continue
        member = _member(here, step)
        if member is not None:  # a step into one member of a union, not into the value
            chosen = _chosen(here, value)
            if chosen is None:
                known = tuple(kinds(here))
                return Fault(kind="choice", path=(*path, "kind"), key="kind", value=_kind_of(value), known=known)
            if chosen is not member:
                return None
            here = member
            continue
        if not isinstance(step, int) and not dataclasses.is_dataclass(here):
            continue  # pydantic's own names for plain unions, such as `str` or `tuple[str, ...]`
        parent, here = here, _inside(here, step)
        value = _value_at(value, step)
        path.append(step)
    key = str(path[-1]) if path else ""
    if kind in ("unexpected_keyword_argument", "extra_forbidden"):
        return Fault(kind="unknown", path=tuple(path), key=key, known=_fields(parent))
    if kind in ("missing", "missing_argument", "missing_keyword_only_argument"):
        return Fault(kind="missing", path=tuple(path), key=key)
    if kind == "string_type":
        return Fault(kind="text", path=tuple(path), key=key, value=_short(given))
    if kind in ("literal_error", "enum"):
        return Fault(kind="choice", path=tuple(path), key=key, value=_short(given), known=_choices(here))
    return Fault(kind="value", path=tuple(path), key=key, value=_short(given), expected=_describe(here))


def _choices(here: Any) -> tuple[str, ...]:
    """What can be written for a literal or a member of an Enum."""
    members = here if isinstance(here, type) and issubclass(here, Enum) else typing.get_args(here)
    return tuple(str(member.value if isinstance(member, Enum) else member) for member in members)


def _is_union(annotation: Any) -> bool:
    return typing.get_origin(annotation) in (types.UnionType, typing.Union)


def _member(here: Any, step: str | int) -> type[Any] | None:
    if _is_union(here) and all(dataclasses.is_dataclass(member) for member in typing.get_args(here)):
        return next((member for member in typing.get_args(here) if member.__name__ == step), None)
    return None


def _form(here: Any, step: str | int) -> type[Any] | None:
    """Which form of a union of text and a type with keys a step names; None for other unions and steps."""
    members = typing.get_args(here) if _is_union(here) else ()
    if str not in members or not any(dataclasses.is_dataclass(member) for member in members):
        return None
    return next((member for member in members if getattr(member, "__name__", "") == step), None)


def _kind_of(value: object) -> str:
    return str(value.get("kind", "")) if isinstance(value, dict) else _short(value)


def _chosen(union: Any, value: object) -> type[Any] | None:
    return kinds(union).get(_kind_of(value))


def _value_at(value: object, step: str | int) -> object:
    if isinstance(value, dict):
        return value.get(step)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return None


def _inside(here: Any, step: str | int) -> Any:
    if isinstance(step, int):
        for member in typing.get_args(here) if _is_union(here) else (here,):
            if typing.get_origin(member) is tuple:
                return typing.get_args(member)[0]
        return str
    hints = typing.get_type_hints(here) if dataclasses.is_dataclass(here) else {}
    found = hints.get(step, hints.get(f"{step}_", str))
    members = [member for member in typing.get_args(found) if member is not type(None)] if _is_union(found) else [found]
    return members[0] if len(members) == 1 else found


def _fields(here: Any) -> tuple[str, ...]:
    return tuple(field.name.rstrip("_") for field in dataclasses.fields(here)) if dataclasses.is_dataclass(here) else ()


_DESCRIPTIONS = MappingProxyType({"bool": "true | false", "int": "1", "float": "1.5", "date": "2024-11-01"})


def _describe(here: Any) -> str:
    if typing.get_origin(here) is tuple:
        return "[…]"
    if dataclasses.is_dataclass(here):
        return ", ".join(f"{name}: …" for name in _fields(here))
    return _DESCRIPTIONS.get(getattr(here, "__name__", ""), "'…'")


def _short(value: object) -> str:
    words = " ".join(str(value).split())
    return words if len(words) <= 40 else words[:39] + "…"
