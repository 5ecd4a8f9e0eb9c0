"""Links to data files of the dossier, which are given along with the publication."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dossierbuild.core.ast import Node
from dossierbuild.core.downloads import DATA_SUFFIXES, SCHEME
from dossierbuild.core.model import DownloadUse
from dossierbuild.core.problems import Place, Problem, problem
from dossierbuild.stages.parse.paths import inside, is_remote
from dossierbuild.stages.parse.places import Places

# How the names of files end that people give along and that cannot be: they are of one program, or may run something.
_NOT_GIVEN = tuple(
    ".xls .xlsm .xlsb .doc .docx .odt .pdf .ppt .pptx .txt .tsv .zip .gz .7z .sav .dta .rds .rdata .parquet .sqlite "
    ".db .gpkg .shp .kml .xml .html .htm .js .r .py".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Downloads:
    """The data files that a text links to, the `id` of each such link in the tree, and what is wrong with them."""

    uses: tuple[DownloadUse, ...]
    links: frozenset[int]
    problems: tuple[Problem, ...]


def read_downloads(nodes: Iterable[Node], places: Places) -> Downloads:
    """The data files that a text links to; in the tree each gets the SCHEME and its path in the dossier, in place.

    D116 for a path that leaves the dossier, D372 for a file of a kind that is not given along.
    """
    uses: list[DownloadUse] = []
    links: list[int] = []
    problems: list[Problem] = []
    for link in (node for node in nodes if node["t"] == "Link"):
        written = str(link["c"][2][0])
        suffix = posixpath.splitext(written.lower())[1]
        if written.startswith("#") or is_remote(written) or suffix not in (*DATA_SUFFIXES, *_NOT_GIVEN):
            continue
        place, path = places.near(link).target(written), inside(written)
        problems += _problems(written, suffix, path, place)
        links.append(id(link))
        link["c"][2][0] = f"{SCHEME}{path or ''}"
        if path and suffix in DATA_SUFFIXES:
            uses.append(DownloadUse(path, place))
    return Downloads(uses=tuple(uses), links=frozenset(links), problems=tuple(problems))


def _problems(written: str, suffix: str, path: str | None, place: Place) -> Iterator[Problem]:
    if suffix not in DATA_SUFFIXES:
        yield problem("D372", place, written, path=written, known=", ".join(DATA_SUFFIXES))
    elif path is None:
        yield problem("D116", place, path=written)
