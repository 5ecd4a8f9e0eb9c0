"""Pictures and links of a book: a picture goes to figures/, a link to a text of the book to a place in the dossier."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from urllib.parse import unquote

from dossierbuild.core.catalogue import Language
from dossierbuild.core.downloads import DATA_SUFFIXES
from dossierbuild.core.folder import PICTURE_SUFFIXES
from dossierbuild.core.foreign_references import own_id
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.natural_order import natural_order
from dossierbuild.core.problems import Problem, problem
from dossierbuild.core.slug import slug
from dossierbuild.stages.adopt.attributes import read_attributes, written
from dossierbuild.stages.adopt.chunks import MISSING
from dossierbuild.stages.adopt.folder import Folder, is_remote
from dossierbuild.stages.adopt.lines import AS_TYPED, Spot, Taken, edited, outside_code
from dossierbuild.stages.adopt.words import WORDS

STAND_IN = "figures/niet-overgenomen.svg"
"""The picture that stands in the place of those that were not taken."""
STAND_IN_DRAWING = """\
<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360" viewBox="0 0 640 360">
<rect x="8" y="8" width="624" height="344" fill="#f4f4f2" stroke="#6b6b6b" stroke-width="2" stroke-dasharray="12 8"/>
<path d="M8 8 L632 352 M632 8 L8 352" stroke="#6b6b6b" stroke-width="1" fill="none"/>
</svg>
"""

_LINK = re.compile(
    AS_TYPED
    + r"(?P<bang>!?)\[(?P<words>(?:[^\[\]\\`]|\\.|`[^`]*+`|`|\[(?:[^\[\]\\`]|\\.|`[^`]*+`|`|\[[^\[\]]*+\])*+\])*+)\]"
    r"\([ \t]*+(?P<target><[^<>\n]*+>|[^()\s]*+(?:\([^()\s]*+\)[^()\s]*+)*+)\s*+(?P<title>\"[^\"]*+\"|'[^']*+')?\s*+\)"
    r"(?P<braces>\{[^{}]*+\})?",
    re.DOTALL,
)

_UNREAD = (".pdf", ".eps", ".ps", ".emf", ".wmf", ".heic", ".tikz")
_LAYOUT = frozenset(
    "fig-align fig-pos fig-env fig-cap-location height out-width out-height group style fig-scap fig-format "
    "layout-ncol".split()
)
_USED = frozenset({"alt", "fig-alt", "width", "lang", "fig-cap"})


def find_links(text: str) -> Iterator[tuple[int, int, re.Match[str]]]:
    """The pictures and links in a text, but not in code: from where to where each stands, and its parts."""
    return outside_code(_LINK)(text)


def names_of_files(folder: Folder) -> FrozenMap[str, str]:
    """For each picture and data file of the folder the path that it gets in the dossier; no two of them differ in case
    only."""
    names: dict[str, str] = {}
    taken = {STAND_IN}
    for path in sorted(folder.files, key=natural_order):
        stem, suffix = posixpath.splitext(posixpath.basename(path))
        kind = "figures" if suffix.lower() in PICTURE_SUFFIXES else "data" if suffix.lower() in DATA_SUFFIXES else ""
        if kind:
            usual = slug(stem) or ("figuur" if kind == "figures" else "gegevens")
            name = next(name for name in _names(f"{kind}/{usual}", suffix.lower()) if name not in taken)
            taken.add(name)
            names[path] = name
    return FrozenMap(names)


def _names(stem: str, suffix: str) -> Iterator[str]:
    yield f"{stem}{suffix}"
    count = 2
    while True:
        yield f"{stem}-{count}{suffix}"
        count += 1


def adopted_links(
    taken: Iterable[Taken], folder: Folder, names: FrozenMap[str, str], language: Language
) -> Iterator[Taken]:
    """The lines with their pictures and links as the dossier has them.

    D812: a picture is not there, D813: it is elsewhere, D814: it is of a kind that cannot be taken. D823: what a
    picture says that is not known. D836: a link to a file that is no text of the book and no data file.
    """
    return edited(taken, find_links, partial(_adopted, folder, names, language))


def _adopted(
    folder: Folder, names: FrozenMap[str, str], language: Language, found: re.Match[str], spot: Spot
) -> Iterator[str | Problem]:
    target = unquote(found["target"].strip("<>"))
    if found["bang"]:
        yield from _picture(found, target, spot, folder, names, language)
        return
    told: list[Problem] = []
    words = "".join(_inside(found["words"], partial(_adopted, folder, names, language), spot, told))
    yield from told
    yield from _link(words, target, found, spot, folder, names)


def _inside(
    words: str, edit: Callable[[re.Match[str], Spot], Iterator[str | Problem]], spot: Spot, problems: list[Problem]
) -> Iterator[str]:
    """The words of a link with the pictures in it edited."""
    done = 0
    for start, end, match in find_links(words):
        yield words[done:start]
        for said in edit(match, spot):
            if isinstance(said, str):
                yield said
            else:
                problems.append(said)
        done = end
    yield words[done:]


def _picture(
    found: re.Match[str], target: str, spot: Spot, folder: Folder, names: FrozenMap[str, str], language: Language
) -> Iterator[str | Problem]:
    attributes = read_attributes(found["braces"] or "")
    file = _found(target, spot, folder)
    fault = None if file else _fault(target, spot)
    if fault:
        yield fault
    unknown = [key for key in attributes.values if key not in _USED | _LAYOUT]
    if unknown:
        yield problem("D823", spot.place(f"{unknown[0]}="), names=", ".join(unknown))
    alt = attributes.values.get("fig-alt") or attributes.values.get("alt") or ""
    alt = alt or ("" if file else WORDS["figure"][language])
    width = attributes.values.get("width", "")
    name = own_id(attributes.id)
    words = found["words"] or (WORDS["figure alone"][language] if name or not file else "")
    kept = {"alt": alt, "width": width if width.endswith("%") else "", "lang": attributes.values.get("lang", "")}
    yield f"![{words}]({names[file] if file else STAND_IN}){written(name, **kept)}"


def _fault(target: str, spot: Spot) -> Problem | None:
    """Why a picture cannot be taken; what code would have made was told with its code."""
    if target == MISSING:
        return None
    place = spot.place(target)
    if is_remote(target):
        return problem("D813", place, path=target)
    if target.lower().endswith(_UNREAD):
        return problem("D814", place, path=target)
    return problem("D812", place, path=target)


def _found(target: str, spot: Spot, folder: Folder) -> str:
    """The file of a picture; one that is drawn for paper may have a sister that can be shown."""
    if target == MISSING or is_remote(target):
        return ""
    within = posixpath.dirname(spot.line.place.path)
    stem, suffix = posixpath.splitext(target)
    others = [f"{stem}{other}" for other in PICTURE_SUFFIXES] if suffix.lower() in _UNREAD else []
    bare = [f"{target}{other}" for other in PICTURE_SUFFIXES]
    paths = (folder.find(path, within) for path in (target, *others, *bare))
    return next((path for path in paths if path.lower().endswith(PICTURE_SUFFIXES)), "")


def _link(
    words: str, target: str, found: re.Match[str], spot: Spot, folder: Folder, names: FrozenMap[str, str]
) -> Iterator[str | Problem]:
    """A link: within the book by the name of what it leads to, with `#` alone where that is a whole text, and to a data
    file by the path that it gets."""
    if target.startswith("#") or is_remote(target) or not target:
        yield f"[{words}]{found[0][len(found['words']) + 2 :]}"
        return
    path, _, name = target.partition("#")
    within = posixpath.dirname(spot.line.place.path)
    stem = posixpath.splitext(path)[0]
    text = next((text for suffix in ("", ".qmd", ".Rmd", ".md") if (text := folder.find(
        path if not suffix else f"{stem}{suffix}", within)) and _is_text(text)), "")  # fmt: skip
    data = names.get(folder.find(path, within), "")
    if text:
        yield f"[{words}](#{name or f'text:{text}'})"
    elif data.startswith("data/"):
        yield f"[{words}]({data})"
    else:
        yield problem("D836", spot.place(target), path=target)
        yield words


def _is_text(path: str) -> bool:
    return path.lower().endswith((".qmd", ".rmd", ".md"))
