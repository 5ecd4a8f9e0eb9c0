"""Data files that are given along with a publication: which kinds there are, and what each is called."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from dossierbuild.core.slug import slug


class DataFormat(Enum):
    """The kinds of data file; the value is the file's extension. None runs anything where it is opened in a browser."""

    media_type: str

    CSV = "csv", "text/csv"
    JSON = "json", "application/json"
    GEOJSON = "geojson", "application/geo+json"
    XLSX = "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    ODS = "ods", "application/vnd.oasis.opendocument.spreadsheet"

    def __new__(cls, extension: str, media_type: str = "") -> DataFormat:
        member = object.__new__(cls)
        member._value_ = extension
        member.media_type = media_type
        return member


DATA_SUFFIXES = tuple(f".{form.value}" for form in DataFormat)
SCHEME = "download:"
"""What stands before the path of a data file in a tree, in the place of the scheme of an address."""


@dataclass(frozen=True, slots=True)
class Download:
    """A data file of a dossier, by its path there, and its name among the files of the edition."""

    path: str
    name: str

    @property
    def format(self) -> DataFormat:
        return DataFormat(self.name.rpartition(".")[2])


def download_of(dossier: str, path: str) -> Download:
    """A data file as it is given along: `data/per-jaar/leden.csv` of `buurt` is `buurt-per-jaar-leden.csv`."""
    stem, suffix = posixpath.splitext(path.removeprefix("data/"))
    return Download(path, f"{dossier}-{slug(stem.replace('/', '-')) or 'data'}{suffix.lower()}")


def downloads_of(dossier: str, paths: Iterable[str]) -> tuple[Download, ...]:
    """The data files, each once, in order."""
    return tuple(download_of(dossier, path) for path in dict.fromkeys(paths))
