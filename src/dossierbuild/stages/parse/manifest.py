"""dossier.yaml and infographic.yaml: YAML to the types of core/spec.py."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from dossierbuild.core.addresses import is_web_address, runs_or_opens
from dossierbuild.core.ast import is_worded
from dossierbuild.core.bounds import LONGEST_VALUE, LONGEST_WORD, longest_word
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.languages import is_a_language, nearest_tag
from dossierbuild.core.model import SourceFile
from dossierbuild.core.nearest import nearest
from dossierbuild.core.problems import Checked, Place, Problem, has_errors, problem
from dossierbuild.core.slug import slug
from dossierbuild.core.spec import Infographic, InfographicPlan, Manifest, SummaryPlan, TermList
from dossierbuild.stages.parse.decoding import decode
from dossierbuild.stages.parse.imprint import imprint_problems, in_one_form
from dossierbuild.stages.parse.short_names import short_names_of_people
from dossierbuild.stages.parse.yaml_faults import yaml_problem
from dossierbuild.tools.identifiers import same_orcid
from dossierbuild.tools.schema import Fault, read_as
from dossierbuild.tools.yamlfile import Path, YamlDocument, YamlError, read_yaml

T = TypeVar("T", Manifest, Infographic, TermList)

# The picture for social media has the name that the picture of an infographic called so would have.
SOCIAL = "social"
# Names that go into paths: no dots, no slashes, no name that a system keeps for itself.
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,80}\Z")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")

# How many signs have room on a cover, with the smallest letters that it has for them.
_ON_COVER = MappingProxyType({"title": 600, "subtitle": 600, "description": 1200})
# An e-book is a ZIP archive, whose times can be of these years.
_FIRST_YEAR, _LAST_YEAR = 1980, 2107

_FEW = 30  # values that a message names; of more it names the nearest

# Values for the entries that a file must have and lacks, so that the rest can be checked.
_STAND_INS: Mapping[type[Any], dict[str, Any]] = MappingProxyType(
    {
        Manifest: {"title": "…", "edition": "…", "date": datetime.date.max, "publications": []},
        Infographic: {"title": "…", "panels": []},
        TermList: {"terms": []},
    }
)


def parse_manifest(file: SourceFile) -> Checked[tuple[Manifest, YamlDocument]]:
    """dossier.yaml, with the places of its keys; after an error, the entries that fit."""
    parsed = _parse(file, Manifest)
    if parsed.value is None:
        return parsed
    manifest, document = parsed.value
    more = (
        *_manifest_problems(file.path, manifest, document),
        *_author_problems(file.path, manifest, document),
        *_cover_problems(file.path, manifest, document),
        *imprint_problems(file.path, manifest, document),
        *short_names_of_people(file.path, manifest, document),
    )
    return Checked((in_one_form(manifest), document), (*parsed.problems, *more))


def parse_spec(file: SourceFile) -> Checked[tuple[Infographic, YamlDocument]]:
    """infographic.yaml, with the places of its keys; after an error, the entries that fit."""
    parsed = _parse(file, Infographic)
    if parsed.value is None or parsed.value[0].panels or has_errors(parsed.problems):
        return parsed
    empty = _unfit(file.path, parsed.value[1], ("panels",), "[]", "- {kind: points, …}")
    return Checked(parsed.value, (*parsed.problems, empty))


def parse_term_list(file: SourceFile) -> Checked[tuple[TermList, YamlDocument]]:
    """terms.yaml, with the places of its terms below the key `terms`; after an error, the terms that fit."""
    return _parse(file, TermList)


def _manifest_problems(path: str, manifest: Manifest, document: YamlDocument) -> Iterator[Problem]:
    """What no type says: names that go into paths, languages, titles, addresses, and what may not be empty."""
    yield from _name_problems(path, manifest, document)
    yield from _title_problems(path, manifest, document)
    if not is_a_language(manifest.language):
        place = Place(path, *document.place(("language",)))
        yield problem("D155", place, tag=manifest.language, nearest=nearest_tag(manifest.language))
    if manifest.website and not is_web_address(manifest.website):
        yield _unfit(path, document, ("website",), manifest.website, "https://…")
    contact = manifest.contact or ""
    if runs_or_opens(contact) or (contact.startswith(("http:", "https:")) and not is_web_address(contact)):
        yield _unfit(path, document, ("contact",), contact, "naam@voorbeeld.nl, https://…")
    if ("date",) in document.places and not _FIRST_YEAR <= manifest.date.year <= _LAST_YEAR:
        yield _unfit(path, document, ("date",), str(manifest.date), "2024-11-01")
    for index, ignored in enumerate(manifest.ignore):
        if not ignored.reason.strip():
            yield _unfit(path, document, ("ignore", index, "reason"), f"'{ignored.reason}'", "reason: …")
    for entry, expected in (("publications", "- {id: dossier, kind: full}"), ("formats", "[pdf, html, epub]")):
        if document.value.get(entry) == [] and (entry,) in document.places:
            yield _unfit(path, document, (entry,), "[]", expected)


def _name_problems(path: str, manifest: Manifest, document: YamlDocument) -> Iterator[Problem]:
    """Names that go into paths, and what tells dossiers and publications apart."""
    names: list[tuple[Path, str]] = [(("slug",), manifest.slug)] if manifest.slug is not None else []
    names += [(("publications", index, "id"), plan.id) for index, plan in enumerate(manifest.publications)]
    for key, name in names:
        if not _NAME.match(name):
            yield _unfit(path, document, key, name, slug(name) or "dossier")
    if manifest.id is not None and not _UUID.match(manifest.id):
        yield _unfit(path, document, ("id",), manifest.id, dataclasses.replace(manifest, id=None).identity)
    ids = [plan.id for plan in manifest.publications]
    for index, name in enumerate(ids):
        if name == SOCIAL and isinstance(manifest.publications[index], InfographicPlan):
            yield _unfit(path, document, ("publications", index, "id"), name, "infographic")
        if name in ids[:index]:
            yield problem("D123", Place(path, *document.place(("publications", index, "id"))), name, id=name)


def _title_problems(path: str, manifest: Manifest, document: YamlDocument) -> Iterator[Problem]:
    """D159: a title has words."""
    titles: list[tuple[Path, str | None]] = [(("title",), manifest.title)]
    titles += [(("publications", index, "title"), plan.title) for index, plan in enumerate(manifest.publications)]
    titles += [
        (("citations", "lists", at, "title"), wanted.title) for at, wanted in enumerate(manifest.citations.lists)
    ]
    for key, title in titles:
        if title is not None and document.has(key) and not is_worded(title):
            yield problem("D159", Place(path, *document.place(key)), key=key[-1], value=title)


def _cover_problems(path: str, manifest: Manifest, document: YamlDocument) -> Iterator[Problem]:
    """D509: titles, the subtitle and the description of a summary have room on a cover."""
    texts: list[tuple[Path, str]] = [(("title",), manifest.title), (("subtitle",), manifest.subtitle or "")]
    for index, plan in enumerate(manifest.publications):
        texts.append((("publications", index, "title"), plan.title or ""))
        texts.append((("publications", index, "subtitle"), plan.subtitle or ""))
    if any(isinstance(plan, SummaryPlan) for plan in manifest.publications):
        texts.append((("description",), manifest.description or ""))
    for key, text in texts:
        room = _ON_COVER[str(key[-1])]
        if len(text) > room:
            place = Place(path, *document.place(key))
            yield problem("D509", place, str(key[-1]), key=key[-1], length=len(text), room=room)


def _author_problems(path: str, manifest: Manifest, document: YamlDocument) -> Iterator[Problem]:
    """Authors without a name or with two, ORCIDs that cannot be right, and what an organisation cannot be or have."""
    for index, author in enumerate(manifest.authors):
        key: Path = ("authors", index)
        place = Place(path, *document.place(key))
        if not (author.name or "").strip() and not (author.literal or "").strip():
            yield problem("D103", place, f"authors/{index}", key="name")
        elif author.name and author.literal:
            yield _unfit(path, document, (*key, "literal"), author.literal, "name | literal")
        if author.literal and author.organisation is False:
            yield _unfit(path, document, (*key, "organisation"), "false", "name: …")
        if author.orcid is None:
            continue
        if not same_orcid(author.orcid):
            place = Place(path, *document.place((*key, "orcid")))
            yield problem("D150", place, author.orcid, orcid=author.orcid, name=author.creator)
        elif author.literal or author.organisation:
            yield _unfit(path, document, (*key, "orcid"), author.orcid, "affiliation: …")


def _unfit(path: str, document: YamlDocument, key: Path, value: str, expected: str) -> Problem:
    place = Place(path, *document.place(key))
    return problem("D104", place, key=key[-1], value=value, expected=expected)


def _parse(file: SourceFile, target: type[T]) -> Checked[tuple[T, YamlDocument]]:
    text = decode(file)
    if text.value is None:
        return Checked(None, text.problems)
    try:
        document = read_yaml(text.value)
    except YamlError as error:
        return Checked(None, (yaml_problem(file.path, error),))
    if document.value is None:
        return Checked(None, (problem("D106", Place(file.path)),))
    if target is TermList:
        document = _under("terms", document)
    value, faults = read_as(target, document.value)
    problems = [_problem(file.path, document, fault) for fault in faults]
    problems += _too_long(file.path, document)
    if value is None and isinstance(document.value, dict):
        document = _without_faults(document, faults, target)
        value, _ = read_as(target, document.value)
    return Checked((value, document) if value else None, tuple(problems))


def _too_long(path: str, document: YamlDocument) -> Iterator[Problem]:
    """D514: a value can be laid out as one paragraph; D515: and each word of it be broken over lines."""
    for key, value in _texts((), document.value):
        if len(value) > LONGEST_VALUE:
            name = next((step for step in reversed(key) if isinstance(step, str)), "")
            yield problem("D514", Place(path, *document.place(key)), key=name, length=len(value), most=LONGEST_VALUE)
        elif len(word := longest_word(value)) > LONGEST_WORD:
            place = Place(path, *document.place(key))
            yield problem("D515", place, text=word[:40], length=len(word), most=LONGEST_WORD)


def _texts(path: Path, value: object) -> Iterator[tuple[Path, str]]:
    """All texts of a document by their paths."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts((*path, name), inner)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts((*path, index), inner)
    elif path and isinstance(value, str):
        yield path, value


def _under(key: str, document: YamlDocument) -> YamlDocument:
    """A file that is a list, as one that has the list below a key."""
    places, extents = (
        FrozenMap(((key, *path), at) for path, at in found.items()) for found in (document.places, document.extents)
    )
    return YamlDocument({key: document.value}, places, extents)


def _without_faults(document: YamlDocument, faults: tuple[Fault, ...], target: type[T]) -> YamlDocument:
    """The document without the values that do not fit, so that the rest can be checked in the same run.

    An unknown key goes; otherwise the item of a list goes, or the whole top-level entry, and what a file cannot do
    without is filled in.
    """
    gone = {fault.path if fault.kind == "unknown" else _item(fault.path) for fault in faults if fault.path}
    paths = [path for path in gone if not any(path[:depth] in gone for depth in range(1, len(path)))]
    document = document.without(paths)
    return YamlDocument(_STAND_INS[target] | document.value, document.places, document.extents)


def _item(path: Path) -> Path:
    """The path of the innermost item of a list that a path leads into, or of the top-level entry."""
    depths = [depth for depth, step in enumerate(path, 1) if isinstance(step, int)]
    return path[: depths[-1] if depths else 1]


def _problem(path: str, document: YamlDocument, fault: Fault) -> Problem:
    place = Place(path, *document.place(fault.path))
    name = "/".join(str(step) for step in fault.path)
    known = ", ".join(fault.known)
    key = next((step for step in reversed(fault.path) if isinstance(step, str)), fault.key)
    if fault.kind == "unknown":
        return problem("D102", place, name, key=fault.key, nearest=nearest(fault.key, fault.known), known=known)
    if fault.kind == "missing":
        return problem("D103", place, name, key=fault.key)
    if fault.kind == "text":
        return problem("D130", place, name, key=fault.key, value=fault.value)
    if fault.kind == "choice":
        near = nearest(fault.value, fault.known)
        if fault.path[0] == "panels":
            return problem("D122", place, name, kind=fault.value, nearest=near, known=known)
        possible = [near] if near and len(fault.known) > _FEW else fault.known
        return problem("D104", place, name, key=key, value=fault.value, expected=" | ".join(possible))
    return problem("D104", place, name, key=key, value=fault.value, expected=fault.expected)
