"""The reference list and the citation style of a book."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from dossierbuild.core.problems import NOWHERE, Checked, Place, Problem, problem
from dossierbuild.stages.adopt.book import Book
from dossierbuild.stages.adopt.folder import is_remote

_ENTRY = re.compile(r"^[ \t]*@(?P<kind>[A-Za-z]\w*)\s*[{(]\s*(?P<key>[^\s,{}()\"#%]+)\s*,", re.MULTILINE)
_NO_WORK = frozenset({"comment", "string", "preamble", "set", "xdata"})
_RIS_KEY = re.compile(r"^ID  - *(\S+)", re.MULTILINE)
_YAML_KEY = re.compile(r"^[ \t]*(?:-[ \t]+)?id:[ \t]*[\"']?([^\s\"']+)", re.MULTILINE)
_LISTS = (".bib", ".json", ".yaml", ".yml", ".ris")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceList:
    """The reference list as a file of the dossier: its path and text, and the keys in it; by default an empty one."""

    path: str = "references.yaml"
    text: str = "references: []\n"
    keys: frozenset[str] = frozenset()


def read_list(book: Book) -> Checked[ReferenceList]:
    """The works of all lists that a book names, those of BibTeX as one list; the first of several with one key counts.

    D826: a list is not there, or cannot stand in one file with the first.
    """
    told: list[Problem] = []
    texts: list[str] = []
    suffix = ""
    for name in _named(book):
        path = (
            "" if is_remote(name) else book.folder.find(name, book.folder.base) or book.folder.find(f"{name}.bib", "")
        )
        kind = posixpath.splitext(path)[1].lower()
        if not path or kind not in _LISTS or (suffix and not (kind == suffix == ".bib")):
            told.append(problem("D826", _place(book), path=name))
            continue
        suffix = kind
        texts.append(book.folder.text(path))
    if not texts:
        return Checked(ReferenceList(), tuple(told))
    text = "\n".join(_without_doubles(texts)) if suffix == ".bib" else texts[0]
    return Checked(ReferenceList(path=f"references{suffix}", text=text, keys=_keys(text, suffix)), tuple(told))


def _named(book: Book) -> Iterator[str]:
    """The lists that the settings name; without any, those that lie beside the texts."""
    named = book.settings.texts("bibliography")
    if named:
        yield from dict.fromkeys(named)
    else:
        yield from (path for path in book.folder.below(book.folder.base)
                    if path.endswith(".bib") and posixpath.dirname(path) == book.folder.base)  # fmt: skip


def _place(book: Book) -> Place:
    return book.settings.place("bibliography") if "bibliography" in book.settings.by_key else NOWHERE


def _without_doubles(texts: list[str]) -> Iterator[str]:
    """The lists of BibTeX, the later ones without the works that an earlier one has."""
    known: set[str] = set()
    for text in texts:
        matches = list(_ENTRY.finditer(text))
        starts = [*(match.start() for match in matches), len(text)]
        kept = [text[: starts[0]]]
        for match, end in zip(matches, starts[1:], strict=True):
            key = match["key"].casefold()
            if key not in known or match["kind"].lower() in _NO_WORK:
                kept.append(text[match.start() : end])
            known.add(key)
        yield "".join(kept).rstrip() + "\n"


def _keys(text: str, suffix: str) -> frozenset[str]:
    if suffix == ".bib":
        return frozenset(match["key"] for match in _ENTRY.finditer(text) if match["kind"].lower() not in _NO_WORK)
    if suffix == ".ris":
        return frozenset(_RIS_KEY.findall(text))
    if suffix == ".json":
        try:
            items = json.loads(text)
        except ValueError:
            return frozenset()
        return (
            frozenset(str(item.get("id")) for item in items if isinstance(item, dict))
            if isinstance(items, list)
            else frozenset()
        )
    return frozenset(_YAML_KEY.findall(text))


def read_style(book: Book) -> Checked[tuple[str, bytes]]:
    """The citation style as dossier.yaml names it, and its file where the book has one; both empty without a style.

    D827: the style is not there.
    """
    name = next(iter(book.settings.texts("csl", "citation-style")), "")
    if not name:
        return Checked(("", b""))
    path = "" if is_remote(name) else book.folder.find(name, book.folder.base) or book.folder.find(f"{name}.csl", "")
    if path:
        return Checked((posixpath.basename(path), book.folder.files[path].data))
    return Checked(("", b""), (problem("D827", book.settings.place("csl"), path=name),))
