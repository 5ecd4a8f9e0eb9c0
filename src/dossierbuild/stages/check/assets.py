"""Rules D3: pictures, data files and icons are there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dossierbuild.core.model import Sources
from dossierbuild.core.nearest import nearest
from dossierbuild.core.problems import Problem, problem


def missing_pictures(sources: Sources) -> Iterator[Problem]:
    """D301: a picture that a text shows is there."""
    known = [picture.path for picture in sources.pictures]
    for text in sources.texts:
        for use in text.pictures:
            if use.path not in sources.paths or not use.path.lower().endswith((".svg", ".png", ".jpg", ".jpeg")):
                yield problem("D301", use.place, use.path, path=use.path, nearest=nearest(use.path, known))


def missing_data(sources: Sources) -> Iterator[Problem]:
    """D303: a data file behind a chart or table is there."""
    known = [path for path in sources.paths if path.endswith(".csv")]
    uses = [(chart.data, chart.place) for text in sources.citing for chart in text.charts]
    uses += [(use.target, use.place) for text in sources.texts for use in text.data_tables]
    for path, place in uses:
        if path not in known:
            yield problem("D303", place, path, path=path, nearest=nearest(path, known))


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
    unknown_icons,
)
