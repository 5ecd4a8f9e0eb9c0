"""Which book a folder holds: its system, its texts in order, and what is said of it as a whole."""

from __future__ import annotations

import fnmatch
import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Any

from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.natural_order import natural_order
from dossierbuild.core.problems import NOWHERE, Checked, Place, Problem, problem
from dossierbuild.stages.adopt.folder import Folder, Setting, Settings, as_dict, as_list, is_text, read_settings

_QUARTO = ("_quarto.yml", "_quarto.yaml")
_BOOKDOWN = ("_bookdown.yml", "_bookdown.yaml")
_ABOUT = re.compile(
    r"(?:readme|leesmij|license|licence|licentie|changelog|news|contributing|code_of_conduct|citation)\b", re.IGNORECASE
)
FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
TITLE_BLOCK = re.compile(r"\A\ufeff?%[^\n]*\n(?:[%\t ][^\n]*\n)*+")
# Of the YAML files beside plain Markdown, those that say what the book is.
_PANDOC_SETTINGS = re.compile(r"^(?:title|input-files?|metadata|bibliography):", re.MULTILINE)


class System(Enum):
    """What a book was written for."""

    QUARTO = "Quarto"
    BOOKDOWN = "bookdown"
    PANDOC = "pandoc"


class Role(Enum):
    """What the settings say that a text is."""

    CHAPTER = "chapter"
    PART = "part"
    APPENDIX = "appendix"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A text of a book in its order: a file, or, without one, the title of a part; `place` is where it is named."""

    path: str
    role: Role
    place: Place
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A book as its settings give it; `variables` are those of a shortcode `var`."""

    system: System
    folder: Folder
    entries: tuple[Entry, ...]
    settings: Settings
    variables: Any = None


def read_book(folder: Folder) -> Checked[Book]:
    """The book in a folder.

    D801: there is none. D803: a text that its order names is not there. D804: settings that cannot be read. D805: a
    text is not in the order.
    """
    system = _system(folder)
    settings, told = _settings(folder, system)
    order = list(_ORDERS[system](folder, settings))
    told += [missing for missing in order if isinstance(missing, Problem)]
    entries = tuple(entry for entry in order if isinstance(entry, Entry))
    first = next((entry.path for entry in entries if entry.path), "")
    if not first:
        return Checked(None, (*told, problem("D801", NOWHERE)))
    if not (system is System.QUARTO and "chapters" in settings.by_key):
        front = read_front_matter(folder, first)
        settings = settings.behind(front.value or Settings())
        told += front.problems
    told += [problem("D805", Place(path), path=path) for path in _unused(folder, entries)]
    variables = _read(folder, "_variables.yml").value
    said = {key: setting.value for key, setting in variables.by_key.items()} if variables else {}
    return Checked(
        Book(system=system, folder=folder, entries=entries, settings=settings, variables=said),
        tuple(told),
    )


def read_front_matter(folder: Folder, path: str) -> Checked[Settings]:
    """The settings at the head of a text, in YAML or as the lines with `%` that pandoc has."""
    text = folder.text(path)
    match = FRONT_MATTER.match(text)
    if match:
        return read_settings(path, match["yaml"], before=1)
    titles = TITLE_BLOCK.match(text)
    return Checked(_title_block(path, titles[0]) if titles else Settings())


def _title_block(path: str, lines: str) -> Settings:
    said = [line.removeprefix("%").strip() for line in lines.splitlines() if line.startswith("%")]
    return Settings(
        FrozenMap(
            (key, Setting(value, Place(path, number, 1)))
            for number, (key, value) in enumerate(zip(("title", "author", "date"), said, strict=False), 1)
            if value
        )
    )


def _system(folder: Folder) -> System:
    if any(posixpath.join(folder.base, name) in folder.files for name in _QUARTO):
        return System.QUARTO
    if any(posixpath.join(folder.base, name) in folder.files for name in (*_BOOKDOWN, "index.Rmd", "index.rmd")):
        return System.BOOKDOWN
    return System.PANDOC


def _settings(folder: Folder, system: System) -> tuple[Settings, list[Problem]]:
    """What the files say that hold settings only."""
    names = {System.QUARTO: _QUARTO, System.BOOKDOWN: (*_BOOKDOWN, "_output.yml"), System.PANDOC: ()}[system]
    if system is System.PANDOC:
        yaml = (path for path in folder.below(folder.base) if path.endswith((".yaml", ".yml")) and "/" not in path)
        names = tuple(path for path in yaml if _PANDOC_SETTINGS.search(folder.text(path)))
    settings, told = Settings(), list[Problem]()
    for name in names:
        read = _read(folder, name)
        settings = settings.behind(read.value or Settings())
        told += read.problems
    return settings, told


def _read(folder: Folder, name: str) -> Checked[Settings]:
    path = posixpath.join(folder.base, name)
    return read_settings(path, folder.text(path)) if path in folder.files else Checked(Settings())


def _unused(folder: Folder, entries: Iterable[Entry]) -> Iterator[str]:
    """The texts of the folder that its order does not name; those that begin with _ are made to be included."""
    used = {entry.path for entry in entries}
    for path in folder.below(folder.base):
        name = posixpath.basename(path)
        if is_text(path) and path not in used and not name.startswith("_") and not _ABOUT.match(name):
            yield path


# --- the order of each system ----------------------------------------------------------------------------------------


def _quarto_order(folder: Folder, settings: Settings) -> Iterator[Entry | Problem]:
    if "chapters" not in settings.by_key:
        listed = [item for item in as_list(as_dict(settings.get("project")).get("render")) if isinstance(item, str)]
        names = _matching(folder, listed) if listed else _by_name(folder, (".qmd", ".rmd", ".md"))
        yield from (Entry(path=path, role=Role.CHAPTER, place=Place(path)) for path in names)
        return
    for key, role in (("chapters", Role.CHAPTER), ("appendices", Role.APPENDIX)):
        if key in settings.by_key:
            yield from _listed(folder, settings.get(key), role, settings.place(key))


def _listed(folder: Folder, items: Any, role: Role, place: Place) -> Iterator[Entry | Problem]:
    """The entries of a list of chapters, those of its parts included."""
    for item in as_list(items):
        if isinstance(item, str):
            yield from _named(folder, item, role, place)
        elif isinstance(item, dict):
            part = str(item.get("part") or "")
            if part and is_text(part):
                yield from _named(folder, part, Role.PART, place)
            elif part:
                yield Entry(path="", role=Role.PART, place=_place_of(folder, part, place), title=part)
            yield from _named(folder, str(item.get("file") or ""), role, place)
            yield from _listed(folder, item.get("chapters"), role, place)


def _named(folder: Folder, name: str, role: Role, place: Place) -> Iterator[Entry | Problem]:
    """The entries of a name or a pattern; nothing for a line between chapters."""
    paths = _matching(folder, [name]) if name.strip("-") else []
    yield from (Entry(path=path, role=role, place=place) for path in paths)
    if not paths and name.strip("-"):
        yield problem("D803", _place_of(folder, name, place) if place.path else place, path=name)


def _place_of(folder: Folder, name: str, place: Place) -> Place:
    """Where a name stands in the settings, from the key that lists it on."""
    lines = folder.text(place.path).split("\n")
    at = next((at for at in range(max(place.line - 1, 0), len(lines)) if name in lines[at]), None)
    return place if at is None else Place(place.path, at + 1, lines[at].index(name) + 1)


def _matching(folder: Folder, patterns: Iterable[str]) -> list[str]:
    """The texts that patterns name, each once, in their order; a name is a pattern of itself."""
    texts = [path for path in folder.below(folder.base) if is_text(path)]
    found: dict[str, None] = {}
    for pattern in patterns:
        whole = posixpath.normpath(posixpath.join(folder.base, pattern))
        exact = [whole] if whole in texts else fnmatch.filter(texts, whole)
        found |= dict.fromkeys(sorted(exact, key=natural_order))
    return list(found)


def _bookdown_order(folder: Folder, settings: Settings) -> Iterator[Entry | Problem]:
    files = settings.get("rmd_files")
    if isinstance(files, dict):
        files = files.get("html") or next(iter(files.values()), None)
    names = [str(name) for name in as_list(files)]
    place = settings.place("rmd_files") if names else NOWHERE
    if not names:
        below = settings.get("rmd_subdir")
        folders = [str(name) for name in below] if isinstance(below, list) else []
        names = [path[len(folder.base) :].lstrip("/") for path in _by_name(folder, (".rmd",), below is True, folders)]
    first = next((name for name in names if name.lower() == "index.rmd"), "")
    index = first or next((name for name in ("index.Rmd", "index.rmd") if folder.find(name, folder.base)), "")
    for name in (index, *(name for name in names if name != index)):
        if name:
            yield from _named(folder, name, Role.CHAPTER, place)


def _pandoc_order(folder: Folder, settings: Settings) -> Iterator[Entry | Problem]:
    named = [str(name) for key in ("input-files", "input-file") for name in as_list(settings.get(key))]
    if named:
        for name in named:
            yield from _named(folder, name, Role.CHAPTER, next(iter(settings.by_key.values())).place)
        return
    names = _by_name(folder, (".md", ".markdown", ".rmd", ".qmd")) or _by_name(
        folder, (".md", ".markdown", ".rmd", ".qmd"), deep=True
    )
    yield from (Entry(path=path, role=Role.CHAPTER, place=Place(path)) for path in names)


def _by_name(folder: Folder, suffixes: tuple[str, ...], deep: bool = False, folders: Iterable[str] = ()) -> list[str]:
    """The texts with some suffixes in the order of their names, `index` first: at the top, below it, or in folders."""
    below = tuple(f"{posixpath.join(folder.base, name)}/" for name in folders)
    texts = [
        path for path in folder.below(folder.base)
        if path.lower().endswith(suffixes)
        and not posixpath.basename(path).startswith("_") and not _ABOUT.match(posixpath.basename(path))
        and (deep or posixpath.dirname(path) == folder.base or path.startswith(below or ("/",)))
    ]  # fmt: skip
    return sorted(texts, key=lambda path: (path.count("/"), not _is_index(path), natural_order(path)))


def _is_index(path: str) -> bool:
    return posixpath.splitext(posixpath.basename(path))[0].lower() == "index"


_ORDERS = MappingProxyType(
    {System.QUARTO: _quarto_order, System.BOOKDOWN: _bookdown_order, System.PANDOC: _pandoc_order}
)
