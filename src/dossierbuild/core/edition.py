"""An edition as its manifest.json tells it: the one place where that file is read and written.

The names are those of the contract, which readers elsewhere rely on. A manifest comes from a folder in which others can
write, so each value is asked for by its type. What the contract does not name may be absent, and names that are not
known here are passed over: an older manifest is read as well as a newer one.
"""

from __future__ import annotations

import dataclasses
import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from dossierbuild.core.downloads import DataFormat
from dossierbuild.core.folder import read_plain_file
from dossierbuild.core.json_values import JsonError, JsonValue, read_json
from dossierbuild.core.model import Called, CitationKey, Label, PictureFormat, PublicationId, PublishedFile, Role
from dossierbuild.core.problems import NOWHERE, Checked, problem
from dossierbuild.core.published import MANIFEST, is_digest, is_file_name
from dossierbuild.core.reasons import of_system
from dossierbuild.core.spec import Format

MAX_MANIFEST = 4_000_000
"""Bytes of a manifest that are read; a dossier of three hundred pages has a manifest of a twentieth of that."""

LISTED_FORMATS: Mapping[str, Format | PictureFormat | DataFormat] = MappingProxyType(
    {form.value: form for form in (*Format, *PictureFormat, *DataFormat)}
)
"""The formats of listed files, in the order in which they are listed."""

Counts = Mapping[str, int]
"""How many of each kind of content: headings, tables, citations …"""


@dataclass(frozen=True, slots=True)
class PartUse:
    """How often a part cites a work; `heading` is the part's title."""

    id: str
    heading: str
    count: int


@dataclass(frozen=True, slots=True)
class Use:
    """How often a publication cites a work, and which of its parts do."""

    publication: PublicationId
    count: int
    parts: tuple[PartUse, ...]


@dataclass(frozen=True, slots=True)
class CitedWork:
    """How a work is called in the edition, the publications that list it, and how each of them uses it."""

    label: Label
    publications: tuple[PublicationId, ...]
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Shortcoming:
    """A problem for which the files may not say that they are accessible: its code and its place."""

    code: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What was found when the files were opened again.

    `pages` are the files that tell it to readers, and `sources` what was looked at in the sources. `matrix` has for
    each publication the counts of its sources and of each format, under `sources` and the format's value.
    """

    pages: tuple[str, ...]
    sources: tuple[str, ...] = ()
    shortcomings: tuple[Shortcoming, ...] = ()
    matrix: Mapping[PublicationId, Mapping[str, Counts]]

    def counts(self, publication: PublicationId, form: str) -> Counts:
        """The counts of a publication in a format; none where nothing was counted."""
        return self.matrix.get(publication, {}).get(form, {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What manifest.json says; `generator` has names and versions of what the bytes depend on.

    `id` tells the dossier from others of its name, and `made_from` is a digest of what all its files were made from.
    Both are empty in an edition of an earlier version.
    """

    dossier: str
    id: str = ""
    title: str
    edition: str
    date: datetime.date
    language: str
    made_from: str = ""
    generator: Mapping[str, str]
    files: tuple[PublishedFile, ...]
    citations: tuple[CitedWork, ...]
    verification: Verification | None

    @property
    def labels(self) -> tuple[Label, ...]:
        """How the works are called."""
        return tuple(work.label for work in self.citations)


def social_path(dossier: str) -> str:
    """The picture for social media."""
    return f"{dossier}-social.{PictureFormat.PNG.value}"


# --- write ---------------------------------------------------------------------------------------------------------


def edition_json(edition: Edition) -> bytes:
    """manifest.json."""
    value = {
        "dossier": edition.dossier,
        **({"id": edition.id} if edition.id else {}),
        "title": edition.title,
        "edition": edition.edition,
        "date": edition.date.isoformat(),
        "language": edition.language,
        **({"made_from": edition.made_from} if edition.made_from else {}),
        "generator": dict(edition.generator),
        "files": [_file_json(file) for file in edition.files],
        "citations": {work.label.key: _work_json(work) for work in edition.citations},
        **({"verification": _verification_json(edition.verification)} if edition.verification else {}),
    }
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _file_json(file: PublishedFile) -> dict[str, Any]:
    return {
        "publication": file.publication,
        "format": file.format.value,
        "path": file.path,
        "media_type": file.format.media_type,
        "bytes": file.size,
        "sha256": file.sha256,
        **({"pages": file.pages} if file.pages else {}),
        **({"conforms_to": file.conforms_to, "checks": file.checks} if file.checks else {}),
    }


def _called_otherwise(label: Label) -> tuple[tuple[str, Called | None], ...]:
    return ("short", label.short), ("introduced", label.introduced)


def _work_json(work: CitedWork) -> dict[str, Any]:
    return {
        "parenthetical": work.label.parenthetical,
        "narrative": work.label.narrative,
        **{name: dataclasses.asdict(called) for name, called in _called_otherwise(work.label) if called},
        "publications": work.publications,
        "uses": [dataclasses.asdict(use) for use in work.uses],
    }


def _verification_json(verification: Verification) -> dict[str, Any]:
    return {
        "pages": verification.pages,
        "sources": verification.sources,
        "shortcomings": [dataclasses.asdict(shortcoming) for shortcoming in verification.shortcomings],
        "matrix": {
            publication: {form: dict(counts) for form, counts in formats.items()}
            for publication, formats in verification.matrix.items()
        },
    }


# --- read ----------------------------------------------------------------------------------------------------------


def edition_in(folder: Path) -> Checked[Edition]:
    """The edition that is published in a folder; D622 where there is none that can be read."""
    try:
        return Checked(read_edition(read_plain_file(folder / MANIFEST, MAX_MANIFEST)))
    except OSError as error:
        reason = of_system(error)
    except JsonError as error:
        reason = error.reason
    return Checked(None, (problem("D622", NOWHERE, path=folder, reason=reason.at(MANIFEST)),))


def read_edition(data: bytes) -> Edition:
    """The edition that a manifest.json tells of. Raises JsonError, which says what is wrong with it and where."""
    manifest = read_json(data)
    dossier = manifest.member("dossier").text()
    return Edition(
        dossier=dossier,
        id=manifest.read("id", JsonValue.text, ""),
        title=manifest.member("title").text(),
        edition=manifest.member("edition").text(),
        date=_date(manifest.member("date")),
        language=manifest.member("language").text(),
        made_from=manifest.read("made_from", JsonValue.text, ""),
        generator=MappingProxyType({name: version.text() for name, version in manifest.member("generator").members()}),
        files=_files(manifest.member("files"), dossier),
        citations=tuple(_work(key, work) for key, work in manifest.member("citations").members()),
        verification=manifest.read("verification", _verification, None),
    )


def read_labels(data: bytes) -> tuple[Label, ...]:
    """How the works are called in the edition that a manifest.json tells of; nothing else in it is looked at.

    Raises JsonError.
    """
    return tuple(_label(key, work) for key, work in read_json(data).member("citations").members())


def _date(value: JsonValue) -> datetime.date:
    text = value.text()
    try:
        found = datetime.date.fromisoformat(text)
    except ValueError:
        value.refuse("een datum", "a date")
    return found if found.isoformat() == text else value.refuse("een datum", "a date")


def _files(value: JsonValue, dossier: str) -> tuple[PublishedFile, ...]:
    files = tuple(_file(entry, dossier) for entry in value.items())
    if not files or len({file.path for file in files}) < len(files):
        value.refuse("een lijst van bestanden, elk één keer", "a list of files, each once,")
    return files


def _file(entry: JsonValue, dossier: str) -> PublishedFile:
    path = _file_name(entry.member("path"))
    form = LISTED_FORMATS.get(entry.member("format").text()) or entry.member("format").refuse(
        f"een van {', '.join(LISTED_FORMATS)}", f"one of {', '.join(LISTED_FORMATS)}"
    )
    if entry.member("media_type").text() != form.media_type:
        entry.member("media_type").refuse(form.media_type, form.media_type)
    return PublishedFile(
        role=_role(form, path, dossier),
        publication=PublicationId(entry.member("publication").text()),
        format=form,
        path=path,
        size=entry.member("bytes").whole(),
        sha256=_digest(entry.member("sha256")),
        pages=entry.read("pages", JsonValue.whole, 0),
        conforms_to=entry.read("conforms_to", JsonValue.texts, ()),
        checks=entry.read("checks", JsonValue.texts, ()),
    )


def _role(form: Format | PictureFormat | DataFormat, path: str, dossier: str) -> Role:
    if isinstance(form, Format):
        return Role.PUBLICATION
    if isinstance(form, DataFormat):
        return Role.DATA
    return Role.SOCIAL_PICTURE if path == social_path(dossier) else Role.PICTURE


def _file_name(value: JsonValue) -> str:
    name = value.text()
    return name if is_file_name(name) else value.refuse("de naam van een bestand", "the name of a file")


def _digest(value: JsonValue) -> str:
    digest = value.text()
    return digest if is_digest(digest) else value.refuse("een SHA-256", "a SHA-256")


def _work(key: str, work: JsonValue) -> CitedWork:
    publications = tuple(PublicationId(name) for name in work.member("publications").texts())
    return CitedWork(_label(key, work), publications, work.read("uses", _uses, ()))


def _label(key: str, work: JsonValue) -> Label:
    return Label(
        key=CitationKey(key),
        parenthetical=work.member("parenthetical").text(),
        narrative=work.member("narrative").text(),
        short=work.read("short", _called, None),
        introduced=work.read("introduced", _called, None),
    )


def _called(value: JsonValue) -> Called:
    return Called(value.member("parenthetical").text(), value.member("narrative").text())


def _uses(value: JsonValue) -> tuple[Use, ...]:
    return tuple(
        Use(
            publication=PublicationId(use.member("publication").text()),
            count=use.member("count").whole(),
            parts=tuple(
                PartUse(
                    id=part.member("id").text(),
                    heading=part.member("heading").text(),
                    count=part.member("count").whole(),
                )
                for part in use.member("parts").items()
            ),
        )
        for use in value.items()
    )


def _verification(value: JsonValue) -> Verification:
    return Verification(
        pages=tuple(_file_name(page) for page in value.member("pages").items()),
        sources=value.read("sources", JsonValue.texts, ()),
        shortcomings=value.read("shortcomings", _shortcomings, ()),
        matrix=MappingProxyType(
            {PublicationId(name): _formats(formats) for name, formats in value.member("matrix").members()}
        ),
    )


def _formats(value: JsonValue) -> Mapping[str, Counts]:
    return MappingProxyType({form: _counts(counts) for form, counts in value.members()})


def _counts(value: JsonValue) -> Counts:
    return MappingProxyType({kind: count.whole() for kind, count in value.members()})


def _shortcomings(value: JsonValue) -> tuple[Shortcoming, ...]:
    return tuple(Shortcoming(item.member("code").text(), item.member("place").text()) for item in value.items())
