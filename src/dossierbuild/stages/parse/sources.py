"""Which files a manifest asks for, and which of them are not there."""

from __future__ import annotations

from dossierbuild.core.folder import PICTURE_SUFFIXES
from dossierbuild.core.model import Files, chapter_paths
from dossierbuild.core.nearest import nearest
from dossierbuild.core.problems import Checked, Place, Problem, problem
from dossierbuild.core.spec import FullPlan, InfographicPlan, Manifest, SummaryPlan
from dossierbuild.stages.parse.paths import inside
from dossierbuild.tools.yamlfile import YamlDocument

MANIFEST = "dossier.yaml"
TERMS = "terms.yaml"


def wanted_files(manifest: Manifest, document: YamlDocument, files: Files) -> Checked[dict[str, tuple[str, ...]]]:
    """The paths of the files by what they are: chapters, summaries, infographics, references, style, tables, pictures.

    The problems name every file that the manifest asks for and that is not there.
    """
    paths = tuple(file.path for file in files.sources)
    problems: list[Problem] = []
    chapters: list[str] = []
    named: dict[str, list[str]] = {"summaries": [], "infographics": [], "references": [], "style": []}
    for index, plan in enumerate(manifest.publications):
        if isinstance(plan, FullPlan):
            found, lost = _chapters(plan, index, paths, document)
            chapters.extend(found)
            problems.extend(lost)
        elif isinstance(plan, SummaryPlan):
            named["summaries"] += _named(plan.text, ("publications", index, "text"), paths, document, problems)
        elif isinstance(plan, InfographicPlan):
            named["infographics"] += _named(plan.spec, ("publications", index, "spec"), paths, document, problems)
    named["references"] = _named(manifest.references, ("references",), paths, document, problems)
    if manifest.citations.style.endswith(".csl"):
        named["style"] = _named(manifest.citations.style, ("citations", "style"), paths, document, problems)
    wanted = {kind: tuple(dict.fromkeys(found)) for kind, found in named.items()}
    wanted["chapters"] = tuple(dict.fromkeys(chapters))
    wanted["terms"] = tuple(path for path in paths if path == TERMS)
    problems += _cover_problems(manifest, paths, document)
    wanted["tables"] = tuple(path for path in paths if path.endswith(".csv"))
    wanted["pictures"] = tuple(
        path for path in paths if path.lower().endswith(PICTURE_SUFFIXES) and not path.startswith("styles/")
    )
    return Checked(wanted, tuple(problems))


def _chapters(
    plan: FullPlan, index: int, paths: tuple[str, ...], document: YamlDocument
) -> tuple[tuple[str, ...], list[Problem]]:
    place = Place(MANIFEST, *document.place(("publications", index, "chapters")))
    found = chapter_paths(plan, paths)
    problems: list[Problem] = []
    for pattern in (plan.chapters,) if isinstance(plan.chapters, str) else plan.chapters:
        if inside(pattern) is None:
            problems.append(problem("D116", place, "publications", path=pattern))
        elif not isinstance(plan.chapters, str) and pattern not in paths and "*" not in pattern:
            near = nearest(pattern, paths)
            problems.append(problem("D117", place, "publications", path=pattern, nearest=near))
    if not found and not problems:
        problems.append(problem("D105", place, "publications", pattern=plan.chapters))
    return tuple(path for path in found if path.endswith(".md")), problems


def _cover_problems(manifest: Manifest, paths: tuple[str, ...], document: YamlDocument) -> list[Problem]:
    """D313, D116, D117: the picture on the cover is there, and of a kind that is read."""
    problems: list[Problem] = []
    if manifest.cover and manifest.cover.picture.lower().endswith(PICTURE_SUFFIXES):
        _named(manifest.cover.picture, ("cover", "picture"), paths, document, problems)
    elif manifest.cover:
        picture = manifest.cover.picture
        place = Place(MANIFEST, *document.place(("cover", "picture")))
        problems.append(problem("D313", place, picture, path=picture, kind=picture.rpartition(".")[2].upper()))
    return problems


def _named(
    written: str,
    key: tuple[str | int, ...],
    paths: tuple[str, ...],
    document: YamlDocument,
    problems: list[Problem],
) -> list[str]:
    place = Place(MANIFEST, *document.place(key))
    path = inside(written)
    if path is None:
        problems.append(problem("D116", place, str(key[0]), path=written))
    elif path not in paths:
        problems.append(problem("D117", place, str(key[0]), path=written, nearest=nearest(written, paths)))
    else:
        return [path]
    return []
