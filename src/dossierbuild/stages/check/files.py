"""Rules D1 of files: what lies in the dossier's folder and comes into no publication."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from types import MappingProxyType

from dossierbuild.core.model import Sources
from dossierbuild.core.natural_order import natural_order
from dossierbuild.core.problems import Place, Problem, problem
from dossierbuild.core.spec import InfographicPlan, SummaryPlan

# What files of other programs could be, and what is read in their place.
_READ_AS = MappingProxyType(
    {
        ".md": (".docx", ".doc", ".odt", ".rtf", ".pages", ".txt", ".markdown", ".mdown", ".htm", ".html", ".tex"),
        ".csv": (".xlsx", ".xls", ".ods", ".numbers", ".tsv"),
    }
)
_SHEETS = (".xlsx", ".ods")
"""Files that can be given along, and of which nothing is read."""
_PICTURES_READ = ".svg, .png, .jpg"
_TEXTS = (".md",)
_PICTURES = (".svg", ".png", ".jpg", ".jpeg")
_LISTS = (".bib", ".ris", ".yaml", ".yml", ".json", ".csl")
# The words that files begin with which a dossier's folder holds for those who work on it; a folder in it may have one
# that is called so and nothing more.
_ABOUT = frozenset({"readme", "leesmij", "license", "licence", "licentie", "changelog", "contributing"})
_FIRST_WORD = re.compile(r"[a-z]*+")
_NOT_OURS = ("styles/", "schema/")
_MOST = 5


def unused_texts(sources: Sources) -> Iterator[Problem]:
    """D176: a text comes into a publication."""
    used = {text.path for text in sources.texts}
    unused = _unused(sources, _TEXTS, used)
    if unused:
        yield problem("D176", Place(unused[0]), files=_named(unused))


def unused_files(sources: Sources) -> Iterator[Problem]:
    """D179: data, pictures and lists are used by a publication; a line for each of the three."""
    data = {chart.data for text in sources.citing for chart in text.charts}
    data |= {use.target for text in sources.texts for use in text.data_tables} | _given_along(sources)
    pictures = {use.path for text in sources.texts for use in text.pictures}
    pictures |= {sources.manifest.cover.picture} if sources.manifest.cover else set()
    lists = _lists(sources) | _given_along(sources)
    for suffixes, used in (((".csv", ".geojson"), data), (_PICTURES, pictures), (_LISTS, lists)):
        unused = _unused(sources, suffixes, used)
        if unused:
            yield problem("D179", Place(unused[0]), files=_named(unused))


def _lists(sources: Sources) -> set[str]:
    """The files that dossier.yaml names, and itself."""
    manifest = sources.manifest
    specs = {plan.spec for plan in manifest.publications if isinstance(plan, InfographicPlan)}
    specs |= {plan.text for plan in manifest.publications if isinstance(plan, SummaryPlan)}
    named = {manifest.references, manifest.citations.style, *specs}
    return {"dossier.yaml", "terms.yaml", *(posixpath.normpath(path) for path in named)}


def _given_along(sources: Sources) -> set[str]:
    """The data files that texts link to."""
    return {use.path for text in sources.citing for use in text.downloads}


def unread_files(sources: Sources) -> Iterator[Problem]:
    """D177: no file holds what other programs read and this one does not; a line for texts, for data, for pictures."""
    kinds: dict[str, list[str]] = {}
    sheets = (path for path in sources.paths if path.lower().endswith(_SHEETS) and path not in _given_along(sources))
    for path in _ours((*sources.unread, *sheets)):
        suffix = posixpath.splitext(path)[1].lower()
        kinds.setdefault(
            next((name for name, known in _READ_AS.items() if suffix in known), _PICTURES_READ), []
        ).append(path)
    for known, unread in kinds.items():
        stem = posixpath.splitext(unread[0])[0]
        better = stem if stem.lower().endswith((".md", ".csv")) else ""
        yield problem("D177", Place(unread[0]), files=_named(unread), known=known, better=better)


def _unused(sources: Sources, suffixes: tuple[str, ...], used: set[str]) -> list[str]:
    return [path for path in _ours(sources.paths) if path.lower().endswith(suffixes) and path not in used]


def _ours(paths: Iterable[str]) -> list[str]:
    """The files that could be of a publication, in order."""
    ordered = sorted(paths, key=natural_order)
    return [path for path in ordered if not path.startswith(_NOT_OURS) and not _is_about_the_folder(path)]


def _is_about_the_folder(path: str) -> bool:
    folder, name = posixpath.split(path.lower())
    word = _FIRST_WORD.match(name)
    return (posixpath.splitext(name)[0] if folder or not word else word[0]) in _ABOUT


def _named(paths: list[str]) -> str:
    more = f", … (+{len(paths) - _MOST})" if len(paths) > _MOST else ""
    return f"{', '.join(paths[:_MOST])}{more}"


RULES: tuple[Callable[[Sources], Iterator[Problem]], ...] = (unused_texts, unused_files, unread_files)
