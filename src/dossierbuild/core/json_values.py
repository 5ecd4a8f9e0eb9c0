"""JSON of others as typed values: each is asked for by its type, and says where it stands when it is of another."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NoReturn, TypeVar

from dossierbuild.core.reasons import Reason

T = TypeVar("T")

MAX_NUMBER = 10**15
"""Larger numbers are exact in no other reader of JSON, and count nothing that an edition holds."""


class JsonError(ValueError):
    """Text that is no JSON, or a value of another type than is meant; the reason says where and what is expected."""

    def __init__(self, nl: str, en: str) -> None:
        super().__init__(nl, en)
        self.reason = Reason(nl, en)

    def __str__(self) -> str:
        return self.reason.en


@dataclass(frozen=True, slots=True)
class JsonValue:
    """A value in a JSON text, with the way to it: `files[3].bytes`. All that reads it raises JsonError."""

    path: str
    value: object

    def refuse(self, nl: str, en: str) -> NoReturn:
        """Say that something else is expected here."""
        where = f"{self.path}: " if self.path else ""
        raise JsonError(f"{where}hier hoort {nl}", f"{where}{en} is expected")

    def text(self) -> str:
        """A text; half of a pair of code units is none."""
        if not isinstance(self.value, str) or not _is_sound(self.value):
            self.refuse("een tekst", "a text")
        return self.value

    def whole(self) -> int:
        """A whole number from 0 to MAX_NUMBER; `true` and `false` are none."""
        if type(self.value) is not int or not 0 <= self.value <= MAX_NUMBER:
            self.refuse("een geheel getal", "a whole number")
        return self.value

    def items(self) -> tuple[JsonValue, ...]:
        """The values of a list."""
        if not isinstance(self.value, list):
            self.refuse("een lijst", "a list")
        return tuple(JsonValue(f"{self.path}[{index}]", value) for index, value in enumerate(self.value))

    def texts(self) -> tuple[str, ...]:
        """The texts of a list."""
        return tuple(item.text() for item in self.items())

    def members(self) -> Iterator[tuple[str, JsonValue]]:
        """The names of an object with their values, in its order."""
        if not isinstance(self.value, dict):
            self.refuse("een object", "an object")
        for name, value in self.value.items():
            if not _is_sound(name):
                self.refuse("een object met leesbare namen", "an object with sound names")
            yield name, JsonValue(_below(self.path, name), value)

    def member(self, name: str) -> JsonValue:
        """The value of a name that the object must have."""
        return self.optional(name) or JsonValue(_below(self.path, name), None).refuse("een waarde", "a value")

    def optional(self, name: str) -> JsonValue | None:
        """The value of a name that the object may lack."""
        if not isinstance(self.value, dict):
            self.refuse("een object", "an object")
        return JsonValue(_below(self.path, name), self.value[name]) if name in self.value else None

    def read(self, name: str, reader: Callable[[JsonValue], T], default: T) -> T:
        """What `reader` makes of the value of a name, or `default` where the object lacks it."""
        found = self.optional(name)
        return default if found is None else reader(found)


def read_json(data: bytes) -> JsonValue:
    """The value of a JSON text in UTF-8. Raises JsonError, also for a name that an object has twice, for NaN and the
    infinities, and for numbers that are too long."""
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=_object, parse_int=_whole, parse_constant=_no_number)
    except JsonError:
        raise
    except RecursionError:
        raise JsonError("waarden liggen te diep in elkaar", "values lie too deep in each other") from None
    except UnicodeDecodeError as error:
        raise JsonError(f"byte {error.start + 1} is geen UTF-8", f"byte {error.start + 1} is no UTF-8") from None
    except ValueError:
        raise JsonError("dit is geen JSON", "this is no JSON") from None
    return JsonValue("", value)


def _object(members: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in members:
        if name in found:
            raise JsonError(
                f"de naam {name[:40]!r} staat twee keer in een object",
                f"the name {name[:40]!r} stands twice in an object",
            )
        found[name] = value
    return found


def _whole(digits: str) -> int:
    if len(digits) > len(str(MAX_NUMBER)):
        raise JsonError(
            f"een getal van {len(digits)} cijfers is te lang", f"a number of {len(digits)} digits is too long"
        )
    return int(digits)


def _no_number(name: str) -> NoReturn:
    raise JsonError(f"{name} is geen getal", f"{name} is no number")


def _is_sound(text: str) -> bool:
    """Whether a text can be written in UTF-8: half of a pair of code units cannot."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _below(path: str, name: str) -> str:
    """The way to a member; a name that does not print is shown as it is escaped."""
    shown = name[:40] if name.isprintable() else ascii(name[:40])
    return f"{path}.{shown}" if path else shown
