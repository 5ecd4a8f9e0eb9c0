"""What texts are sent with to be revised in Word: the labels that they print, and the pictures that they show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dossierbuild import __version__
from dossierbuild.citing import print_texts
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.model import Asset, Files, Look, Picture, Sources
from dossierbuild.core.problems import Checked
from dossierbuild.rendering import drawing_of, fit_job
from dossierbuild.scheduler import Job, Run
from dossierbuild.stages.render import SVG, WIDE, Medium, draw_figure, fit_picture
from dossierbuild.stages.send import Letter, SentText, Shown
from dossierbuild.stages.send.styles import BODY_POINTS

_VIEW = re.compile(rb'viewBox="0 0 ([0-9.]+) ([0-9.]+)"')
_SIZE = re.compile(r"([0-9.]+)rem")
_POINT = 96 / 72


def letters(
    sources: Sources, look: Look, files: Files, run: Run, paths: Sequence[str], *, whole: bool
) -> Checked[tuple[Letter, ...]]:
    """What is sent of the texts at `paths`: a letter for each, or one of all when `whole`, in the dossier's order."""
    printed = print_texts(sources, look, run)
    if printed.value is None:
        return Checked(None, printed.problems)
    texts = tuple(sent for sent in printed.value if sent.text.path in paths)
    groups = [texts] if whole else [(sent,) for sent in texts]
    pictures = _pictures(texts, sources, look, run)
    return Checked(tuple(_letter(group, pictures, sources, look, files) for group in groups), printed.problems)


def _letter(
    texts: tuple[SentText, ...], pictures: FrozenMap[str, Shown], sources: Sources, look: Look, files: Files
) -> Letter:
    cited = {site.key for sent in texts for site in (*sent.text.citations, *sent.text.further_reading)}
    shown = {use.path for sent in texts for use in sent.text.pictures}
    shown |= {f"charts/{chart.id}" for sent in texts for chart in sent.text.charts}
    digests = {file.path: file.digest for file in files.sources}
    manifest = sources.manifest
    language = (texts[0].text.language if len(texts) == 1 else "") or manifest.language
    return Letter(
        dossier=manifest.identity,
        slug=manifest.name,
        title=manifest.title,
        language=language,
        version=__version__,
        texts=texts,
        digests=FrozenMap((sent.text.path, digests[sent.text.path]) for sent in texts),
        works=FrozenMap(
            (reference.key, reference.work.csl_json()) for reference in sources.references if reference.key in cited
        ),
        pictures=FrozenMap((path, picture) for path, picture in pictures.items() if path in shown),
        theme=look.theme,
        sizes=FrozenMap(_sizes(look)),
        terms=look.words_within(language, manifest.language),
    )


def _sizes(look: Look) -> Iterator[tuple[str, float]]:
    """The sizes that the theme gives in `rem`, in points, by their names."""
    for name, value in look.properties.items():
        found = _SIZE.fullmatch(value)
        if name.startswith("--size-") and found:
            yield name.removeprefix("--size-"), float(found[1]) * BODY_POINTS


# --- pictures --------------------------------------------------------------------------------------------------------


def _pictures(texts: Sequence[SentText], sources: Sources, look: Look, run: Run) -> FrozenMap[str, Shown]:
    """The pictures and charts of texts by path, as they are sent."""
    paths = {use.path for sent in texts for use in sent.text.pictures}
    charts = {f"charts/{chart.id}": chart for sent in texts for chart in sent.text.charts}
    drawings = {path: drawing_of(chart, WIDE, sources, look) for path, chart in charts.items()}
    drawn = run.each("draw", draw_figure, {path: Job(path, (drawing,)) for path, drawing in drawings.items()})
    pictures = {picture.path: picture for picture in sources.pictures if picture.path in paths}
    pictures |= {path: _as_picture(path, asset) for path, asset in drawn.items()}
    jobs = {
        path: Job(f"{path} word", (fit_job(picture, 0.0, Medium.SCREEN, look),)) for path, picture in pictures.items()
    }
    fitted = run.each("fit", fit_picture, jobs)
    return FrozenMap((path, _shown(pictures[path], made.asset)) for path, made in fitted.items())


def _as_picture(path: str, drawn: Asset) -> Picture:
    """The first sheet of a chart as a picture of its own."""
    sheet = drawn.data[: drawn.data.index(b"</svg>") + 6]
    found = _VIEW.search(sheet)
    assert found is not None
    width, height = (round(float(size) * _POINT) for size in found.groups())
    return Picture(path=path, media_type=SVG, data=sheet, width=width, height=height)


def _shown(picture: Picture, asset: Asset) -> Shown:
    return Shown(
        data=asset.data,
        media_type=asset.media_type,
        width=picture.width or 300,
        height=picture.height or 150,
    )
