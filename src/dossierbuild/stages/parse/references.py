"""The reference list: a file in any of four formats to `Reference`s, each a clean CSL-JSON item.

The same works give the same items in every format: CSL-YAML (.yaml, .yml), CSL-JSON (.json), BibTeX and
BibLaTeX (.bib) and RIS (.ris).
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from dossierbuild.core.catalogue import Language
from dossierbuild.core.model import Reference, SourceFile
from dossierbuild.core.problems import Checked, Place, Problem, problem
from dossierbuild.stages.parse.bibtex import bibtex_entries
from dossierbuild.stages.parse.characters import value_problems
from dossierbuild.stages.parse.decoding import decode
from dossierbuild.stages.parse.json_faults import deep_offset, fault_offset
from dossierbuild.stages.parse.places import places_of
from dossierbuild.stages.parse.reference_items import Entry, read_entry
from dossierbuild.stages.parse.reference_keys import with_keys
from dossierbuild.stages.parse.reference_mends import mends
from dossierbuild.stages.parse.ris import ris_entries
from dossierbuild.stages.parse.yaml_faults import yaml_problem
from dossierbuild.tools.yamlfile import MAX_DEPTH, YamlError, read_yaml


def parse_references(
    file: SourceFile, language: Language = Language.NL, *, tell_mended: bool = False
) -> Checked[tuple[Reference, ...]]:
    """All works of a reference list, in the order of the file; the value is None only when it cannot be read.

    `language` is the dossier's, for what a .bib file leaves to a style in one language (a thesis' kind). What programs
    wrote otherwise than CSL has it is put right in silence, unless with `tell_mended`: D252, once for each kind.
    """
    text = decode(file)
    if text.value is None:
        return Checked(None, text.problems)
    if not text.value.strip():
        return Checked(())
    entries = _entries(file.path, text.value, language)
    if entries.value is None:
        return Checked(None, entries.problems)
    keyed, made = with_keys(entries.value)
    if tell_mended:
        keyed = tuple(dataclasses.replace(entry, own_names=entry.own_fields) for entry in keyed)
    references, problems = _read_all(keyed)
    mended = mends(keyed, references) if tell_mended else ()
    return Checked(references, (*entries.problems, *made, *problems, *mended))


def _entries(path: str, text: str, language: Language) -> Checked[tuple[Entry, ...]]:
    match path.rpartition(".")[2].lower():
        case "yaml" | "yml":
            return _yaml_entries(path, text)
        case "json":
            return _json_entries(path, text)
        case "bib" | "bibtex":
            return bibtex_entries(path, text, language)
        case "ris":
            return ris_entries(path, text)
        case _:
            return Checked(None, (problem("D219", Place(path), path=path),))


def _read_all(entries: Iterable[Entry]) -> tuple[tuple[Reference, ...], tuple[Problem, ...]]:
    """Each entry as a reference; of several with one key (capitals aside) the first counts."""
    known: dict[str, Reference] = {}
    problems: list[Problem] = []
    for entry in entries:
        unfit = value_problems(entry.item, entry.place)
        reference, found = (None, unfit) if unfit else read_entry(entry)
        problems.extend(found)
        if reference is None:
            continue
        first = known.setdefault(reference.key.casefold(), reference)
        if first is not reference:
            related = (first.place,)
            problems.append(problem("D202", reference.place, reference.key, related, key=reference.key))
    return tuple(known.values()), tuple(problems)


# --- CSL-YAML --------------------------------------------------------------------------------------------------------


_Stands = Mapping[tuple[str | int, ...], tuple[int, int]]


def _yaml_entries(path: str, text: str) -> Checked[tuple[Entry, ...]]:
    try:
        document = read_yaml(text, scalars_as_text=True)
    except YamlError as error:
        return Checked(None, (yaml_problem(path, error),))
    if document.value is None:
        return Checked(())
    inside: tuple[str, ...] = ("references",) if isinstance(document.value, dict) else ()
    items = document.value.get("references", "") if isinstance(document.value, dict) else document.value
    if items is None:
        return Checked(())
    if not isinstance(items, list):
        return Checked(None, (problem("D220", Place(path, *document.place(inside))),))
    found = [_yaml_entry(path, document.places, (*inside, index), item) for index, item in enumerate(items)]
    return Checked(
        tuple(entry for entry in found if isinstance(entry, Entry)),
        tuple(fault for fault in found if isinstance(fault, Problem)),
    )


def _yaml_entry(path: str, stands: _Stands, at: tuple[str | int, ...], item: Any) -> Entry | Problem:
    place = Place(path, *stands[at])
    if not isinstance(item, dict):
        return problem("D221", place)
    places = tuple((name, Place(path, *stands[(*at, name)])) for name in item)
    return Entry(item=item, place=place, places=places, own_names=True, own_fields=True)


# --- CSL-JSON --------------------------------------------------------------------------------------------------------

_BETWEEN = re.compile(r"[\s,]*")
_OPENING = re.compile(r"\s*(?:\{\s*\"(?:references|items)\"\s*:\s*)?\[")


def _json_entries(path: str, text: str) -> Checked[tuple[Entry, ...]]:
    """The works of a CSL-JSON list, read work by work, because only then is the place of each known."""
    places = places_of(path, text)
    deep = deep_offset(text, MAX_DEPTH)
    if deep is not None:
        return Checked(None, (problem("D138", places.at(deep), limit=MAX_DEPTH),))
    try:
        whole = json.loads(text, parse_constant=str, parse_float=str, parse_int=str)
    except json.JSONDecodeError:
        fault = places.at(fault_offset(text))
        line = text.split("\n")[fault.line - 1].strip()
        return Checked(None, (problem("D208", fault, reason=line[:60]),))
    opening = _OPENING.match(text)
    if opening is None:
        place = Place(path, 1, 1)
        return (
            Checked((Entry(item=whole, place=place, own_names=True),))
            if _is_item(whole)
            else Checked(None, (problem("D220", place),))
        )
    decoder = json.JSONDecoder(parse_constant=str, parse_float=str, parse_int=str)
    offset = _next(text, opening.end())
    entries, problems = [], []
    while text[offset] != "]":
        item, end = decoder.raw_decode(text, offset)
        if isinstance(item, dict):
            entries.append(Entry(item=item, place=places.at(offset), own_names=True))
        else:
            problems.append(problem("D221", places.at(offset)))
        offset = _next(text, end)
    return Checked(tuple(entries), tuple(problems))


def _is_item(value: Any) -> bool:
    return isinstance(value, dict) and "id" in value


def _next(text: str, offset: int) -> int:
    match = _BETWEEN.match(text, offset)
    return match.end() if match else offset
