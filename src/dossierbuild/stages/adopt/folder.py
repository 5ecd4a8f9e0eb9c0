"""The folder of a book: its files by their paths, and what is written in them about the book as a whole."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.model import Files, SourceFile
from dossierbuild.core.problems import Checked, Place, problem
from dossierbuild.tools.yamlfile import YamlError, read_yaml

TEXTS = (".rmd", ".qmd", ".md", ".markdown")

_REMOTE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
# Values that R works out, which YAML marks.
_WORKED_OUT = re.compile(r"(:[ \t]+)!(?:r|expr)\b[^\n]*+")
_ANY_KEY = re.compile(r"^([A-Za-z][\w-]*):[ \t]+(\S[^\n]*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of a book by their paths; `base` is the folder in it where the book itself lies, empty for the top."""

    files: FrozenMap[str, SourceFile]
    base: str = ""

    def text(self, path: str) -> str:
        """What a file says; signs that are no UTF-8 are read as Windows has them."""
        data = self.files[path].data
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            return data.decode("cp1252", "replace")

    def find(self, written: str, folder: str) -> str:
        """The file that a path names in a text that lies in `folder`; empty where there is none in this folder."""
        plain = unquote(written).replace("\\", "/")
        for start in (folder, self.base, ""):
            path = posixpath.normpath(posixpath.join(start, plain.lstrip("/")))
            if path in self.files:
                return path
        return ""

    def below(self, folder: str) -> Iterator[str]:
        """The paths of the files in a folder and below it."""
        return (path for path in self.files if not folder or path.startswith(f"{folder}/"))


def folder_of(files: Files) -> Folder:
    """The files that were read, with the folder of the settings that lie nearest to the top as that of the book."""
    named = [
        path for path in (file.path for file in files.sources)
        if posixpath.basename(path) in ("_quarto.yml", "_quarto.yaml", "_bookdown.yml")
    ]  # fmt: skip
    nearest = min(named, key=lambda path: (path.count("/"), path), default="")
    return Folder(FrozenMap((file.path, file) for file in files.sources), posixpath.dirname(nearest))


def is_remote(path: str) -> bool:
    """Whether a path is an address of elsewhere."""
    return bool(_REMOTE.match(path))


def is_text(path: str) -> bool:
    return path.lower().endswith(TEXTS)


@dataclass(frozen=True, slots=True)
class Setting:
    """A value that somebody wrote about a book, and where."""

    value: Any
    place: Place


@dataclass(frozen=True, slots=True)
class Settings:
    """What is said of a book by its keys; the keys below `book` and `metadata` stand among the others."""

    by_key: FrozenMap[str, Setting] = field(default_factory=FrozenMap)

    def get(self, key: str, default: Any = None) -> Any:
        return self.by_key[key].value if key in self.by_key else default

    def place(self, key: str) -> Place:
        return self.by_key[key].place

    def texts(self, *keys: str) -> tuple[str, ...]:
        """What is said by some keys, as texts: a list is all of its items."""
        values = (item for key in keys for item in as_list(self.get(key)))
        return tuple(str(item).strip() for item in values if isinstance(item, str | int) and str(item).strip())

    def behind(self, others: Settings) -> Settings:
        """These with what others say, which counts where both say something."""
        return Settings(FrozenMap({**self.by_key, **others.by_key}))


def as_dict(value: Any) -> dict[str, Any]:
    """A value as a mapping; an empty one in the place of anything else."""
    return value if isinstance(value, dict) else {}


def as_list(value: Any) -> list[Any]:
    """A value as a list: what is none is the only item, and nothing has no items."""
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def read_settings(path: str, text: str, before: int = 0) -> Checked[Settings]:
    """The settings in a YAML text that begins behind `before` lines of a file.

    D804: what cannot be read; the lines with a key and a value are read then.
    """
    plain = _WORKED_OUT.sub(r"\1''", text.replace("\r\n", "\n"))
    try:
        document = read_yaml(plain)
    except YamlError as error:
        place = Place(path, error.line + before, error.column)
        told = (problem("D804", place, reason=error.detail or error.kind),)
        return Checked(Settings(FrozenMap(_keys_alone(path, plain, before))), told)
    values = document.value if isinstance(document.value, Mapping) else {}

    def settings(within: tuple[str, ...], said: Any) -> Iterator[tuple[str, Setting]]:
        for key, value in said.items() if isinstance(said, Mapping) else ():
            line, column = document.place((*within, key))
            yield key, Setting(value, Place(path, line + before, column))

    inner = [pair for key in ("metadata", "book") for pair in settings((key,), values.get(key))]
    return Checked(Settings(FrozenMap([*settings((), values), *inner])))


def _keys_alone(path: str, text: str, before: int) -> Iterator[tuple[str, Setting]]:
    for match in _ANY_KEY.finditer(text):
        line = text.count("\n", 0, match.start()) + 1 + before
        yield match[1], Setting(match[2].strip().strip("\"'"), Place(path, line, 1))
