"""Short names of organisations: where they are stated, and the works whose authors they are.

Who states a short name once, in dossier.yaml or at one work of the list, states it for all works of that organisation.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dossierbuild.core.model import Reference, ShortName
from dossierbuild.core.names import Name, Organisation
from dossierbuild.core.problems import Place, Problem, problem
from dossierbuild.core.spec import Manifest, Publisher
from dossierbuild.core.spelling import one_form
from dossierbuild.tools.yamlfile import Path, YamlDocument

# "Short author: CBS" and "tex.shortauthor: CBS", as people and Better BibTeX write it in Zotero's box "Extra".
_LABEL = re.compile(r"\s*+(?:(?:bib(?:la)?)?tex\.)?short[ -]?(author|editor)\s*+[:=]\s*+(\S.*)", re.IGNORECASE)
_BETWEEN = re.compile(r"(?<!\s)\s++and\s++|;")


def with_short_authors(item: dict[str, Any], written: Mapping[str, str]) -> dict[str, Any]:
    """An item with the short names that a .bib file has in `shortauthor` and `shorteditor`, at the names in order.

    Where there are fewer they are those of the organisations. A short name that stands there stays; a person has none,
    and other TeX than an ampersand is no name.
    """
    stated = ((role, written.get(f"short{role}", "")) for role in ("author", "editor"))
    return item | {role: _shortened(item[role], shorts) for role, shorts in stated if shorts and item.get(role)}


def with_short_authors_of_note(item: dict[str, Any]) -> dict[str, Any]:
    """An item with the short names that its note states in lines of their own, which leave the note."""
    lines = str(item.get("note") or "").split("\n")
    labels = [(line, _LABEL.match(line)) for line in lines]
    stated = {f"short{label[1].lower()}": label[2] for _, label in labels if label}
    rest = "\n".join(line for line, label in labels if not label)
    return with_short_authors({**item, "note": rest}, stated) if stated else item


def _shortened(names: Any, written: str) -> Any:
    if not isinstance(names, list) or not all(isinstance(name, dict) for name in names):
        return names
    shorts = [short.replace("\\&", "&").strip("{} \t\r") for short in _BETWEEN.split(written)]
    if any("\\" in short for short in shorts):
        return names
    whole = [index for index, name in enumerate(names) if "literal" in name or not name.get("given")]
    if len(shorts) == len(names):
        given = dict(enumerate(shorts))
    else:
        given = dict(zip(whole, shorts, strict=True)) if len(whole) == len(shorts) else {}
    return [
        {**name, "short": given[index]} if index in whole and given.get(index) and not name.get("short") else name
        for index, name in enumerate(names)
    ]


def short_names_of_people(path: str, manifest: Manifest, document: YamlDocument) -> Iterator[Problem]:
    """D104: in dossier.yaml only organisations have short names."""
    named = [(("authors", at), author.short, author.creator) for at, author in enumerate(manifest.authors)]
    named += [(("contributors", at), found.short, found.creator) for at, found in enumerate(manifest.contributors)]
    for key, short, creator in named:
        if short and creator.is_person:
            place = Place(path, *document.place((*key, "short")))
            yield problem("D104", place, key="short", value=short, expected="organisation: true")


def stated_in_manifest(path: str, manifest: Manifest, document: YamlDocument) -> Iterator[ShortName]:
    """The short names in dossier.yaml: of publisher, authors, contributors and funders."""
    found: list[tuple[Path, str, str | None]] = []
    if isinstance(manifest.publisher, Publisher):
        found.append((("publisher", "short"), manifest.publisher.name, manifest.publisher.short))
    for at, author in enumerate(manifest.authors):
        found.append((("authors", at, "short"), str(author.creator), author.short))
    for at, contributor in enumerate(manifest.contributors):
        found.append((("contributors", at, "short"), str(contributor.creator), contributor.short))
    for at, funder in enumerate(manifest.funders):
        found.append((("funders", at, "short"), funder.name, funder.short))
    for way, organisation, short in found:
        if short and short != organisation:
            yield ShortName(one_form(organisation), one_form(short), Place(path, *document.place(way)))


def stated_in_list(references: Iterable[Reference]) -> Iterator[ShortName]:
    """The short names that works of a list state."""
    for reference in references:
        for _, names in reference.work.names:
            for name in names:
                if isinstance(name, Organisation) and name.short:
                    yield ShortName(name.name, name.short, reference.place)


def with_short_names(references: Iterable[Reference], stated: Iterable[ShortName]) -> tuple[Reference, ...]:
    """The works, in which each organisation that has no short name goes by the first that is stated of it."""
    known: dict[str, str] = {}
    for name in stated:
        known.setdefault(name.organisation, name.short)
    return tuple(_renamed(reference, known) for reference in references) if known else tuple(references)


def _renamed(reference: Reference, known: Mapping[str, str]) -> Reference:
    names = tuple((role, tuple(_named(name, known) for name in names)) for role, names in reference.work.names)
    if names == reference.work.names:
        return reference
    return dataclasses.replace(reference, work=dataclasses.replace(reference.work, names=names))


def _named(name: Name, known: Mapping[str, str]) -> Name:
    if isinstance(name, Organisation) and not name.short and name.name in known:
        return dataclasses.replace(name, short=known[name.name])
    return name
