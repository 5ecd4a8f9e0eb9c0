"""Pictures that came with a document: under names of our own, which their contents make."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dossierbuild.core.word import Picture

# The first bytes of the formats that a dossier takes.
_FORMATS: Mapping[bytes, str] = MappingProxyType({b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"})


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPicture:
    """A picture to be put into the dossier at `path`."""

    path: str
    data: bytes
    id: str
    alt: str

    def written(self, caption: str) -> str:
        """The figure; without a caption, the picture with its text alternative only."""
        return f'![{caption}]({self.path}){{#{self.id} alt="{quoted(self.alt)}"}}'


def is_taken(data: bytes) -> bool:
    """Whether a dossier takes a picture, by its first bytes."""
    return data.startswith(tuple(_FORMATS))


class FigureNames:
    """The pictures that one text gets, each once."""

    def __init__(self) -> None:
        self.pictures: list[NewPicture] = []

    def added(self, picture: Picture, data: bytes) -> NewPicture | None:
        """A picture under its new name; None for one of a format that a dossier does not take."""
        extension = next((name for begin, name in _FORMATS.items() if data.startswith(begin)), "")
        if not extension:
            return None
        name = f"fig-{hashlib.sha256(data).hexdigest()[:8]}"
        found = NewPicture(path=f"figures/{name}.{extension}", data=data, id=name, alt=" ".join(picture.alt.split()))
        if found not in self.pictures:
            self.pictures.append(found)
        return found


def quoted(text: str) -> str:
    """A text as it stands between the quotes of an attribute."""
    return " ".join(text.split()).replace("\\", "\\\\").replace('"', "&quot;")


def attribute_value(text: str, name: str, before: str, after: str) -> str:
    """A block's text in which an attribute has another value, or has it for the first time."""
    for found in re.finditer(rf'(?<=\b{name}=")(?:\\.|[^"\\])*(?=")', text):
        if _plain(found[0]) == _plain(before) or not before:
            return f"{text[: found.start()]}{quoted(after)}{text[found.end() :]}"
    return text


def _plain(text: str) -> str:
    return " ".join(text.replace("&quot;", '"').replace("\\", "").split())
