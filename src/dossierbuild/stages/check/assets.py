"""Rules D3: pictures, data files and icons are there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dossierbuild.core.downloads import DATA_SUFFIXES, download_of
from dossierbuild.core.folder import PICTURE_SUFFIXES
from dossierbuild.core.model import Sources
from dossierbuild.core.nearest import nearest
from dossierbuild.core.problems import Problem, problem

# How the names of pictures end that are of no kind that can be read; such files are not even opened.
_UNREADABLE = tuple(
    ".heic .heif .psd .eps .ps .ai .pdf .wmf .emf .svgz .jxl .ico .cdr .vsdx .drawio .cr2 .nef .dng .xcf".split()
)


def missing_pictures(sources: Sources) -> Iterator[Problem]:
    """D301, D313: a picture that a text shows is there, and of a kind that is read."""
    known = [path for path in sources.paths if path.lower().endswith(PICTURE_SUFFIXES)]
    for text in sources.texts:
        for use in text.pictures:
            if use.path.lower().endswith(_UNREADABLE):
                kind = use.path.rpartition(".")[2].upper()
                yield problem("D313", use.place, use.path, path=use.path, kind=kind)
            elif use.path not in sources.paths or not use.path.lower().endswith(PICTURE_SUFFIXES):
                yield problem("D301", use.place, use.path, path=use.path, nearest=nearest(use.path, known))


def missing_data(sources: Sources) -> Iterator[Problem]:
    """D303: a data file behind a chart or table is there."""
    known = [path for path in sources.paths if path.endswith(".csv")]
    uses = [(chart.data, chart.place) for text in sources.citing for chart in text.charts]
    uses += [(use.target, use.place) for text in sources.texts for use in text.data_tables]
    for path, place in uses:
        if path not in known:
            yield problem("D303", place, path, path=path, nearest=nearest(path, known))


def given_along(sources: Sources) -> Iterator[Problem]:
    """D303, D373: a data file that a text links to is there, and no two of them would have one name."""
    known = [path for path in sources.paths if path.lower().endswith(DATA_SUFFIXES)]
    names: dict[str, str] = {}
    for use in (use for text in sources.citing for use in text.downloads):
        name = download_of(sources.manifest.name, use.path).name
        if use.path not in known:
            yield problem("D303", use.place, use.path, path=use.path, nearest=nearest(use.path, known))
        elif names.setdefault(name, use.path) != use.path:
            yield problem("D373", use.place, use.path, path=use.path, other=names[name], name=name)


def unknown_icons(sources: Sources) -> Iterator[Problem]:
    """D312: an element's icon is one of those in styles/icons."""
    for infographic in sources.infographics:
        for icon, place in infographic.icons:
            if icon not in sources.icons:
                near, known = nearest(icon, sources.icons), ", ".join(sources.icons)
                yield problem("D312", place, icon, icon=icon, nearest=near, known=known)


RULES: tuple[Callable[[Sources], Iterator[Problem]], ...] = (
    missing_pictures,
    missing_data,
    given_along,
    unknown_icons,
)
