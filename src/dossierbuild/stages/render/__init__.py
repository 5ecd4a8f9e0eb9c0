"""Render: drawings, bodies and files. Each format has one writer, and the writers do not know each other."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from dossierbuild.core.ast import Prose
from dossierbuild.core.model import Artifact, Asset, Font, Format, IndexJob, RenderJob, ReportJob
from dossierbuild.core.problems import Checked, Place, Problem, problem
from dossierbuild.stages.render.cover import COVER, cover_job, draw_cover
from dossierbuild.stages.render.drawings import NARROW, WIDE, draw_figure, insert_drawings
from dossierbuild.stages.render.epub import write_epub
from dossierbuild.stages.render.html import write_page
from dossierbuild.stages.render.index import write_index
from dossierbuild.stages.render.pdf import paper_page, paper_resources, write_paper
from dossierbuild.stages.render.report import write_reports
from dossierbuild.stages.render.sheet import overfull
from dossierbuild.stages.render.social import draw_social
from dossierbuild.tools.fonts import subset_font
from dossierbuild.tools.markup import MarkupError
from dossierbuild.tools.pages import TemplateError
from dossierbuild.tools.pandoc import PandocError, write_html
from dossierbuild.tools.paper import PaperError
from dossierbuild.tools.pdf_reader import page_picture

__all__ = [
    "COVER",
    "NARROW",
    "WIDE",
    "cover_job",
    "draw_figure",
    "insert_drawings",
    "render",
    "render_cover",
    "render_index",
    "render_picture",
    "render_reports",
    "render_social",
    "subset",
    "write_body",
]  # fmt: skip

WRITERS: Mapping[Format, Callable[[RenderJob], Artifact]] = MappingProxyType(
    {Format.HTML: write_page, Format.PDF: write_paper, Format.EPUB: write_epub}
)

PICTURE_WIDTH = 1600
"""Width of the infographic's picture in pixels."""


# The corner of a table that heads both ways: a cell without text heads nothing.
_EMPTY_HEAD = re.compile(r"<th(?: [^>]*)?></th>")


def write_body(blocks: Prose, path: str) -> Checked[str]:
    """The blocks of a part as an HTML fragment; `path` is named when it fails."""
    try:
        return Checked(_EMPTY_HEAD.sub("<td></td>", write_html(blocks.nodes())))
    except PandocError as error:
        return Checked(None, (problem("D501", Place(path), reason=error),))


def subset(font: Font, characters: str) -> Asset:
    """A font with the characters of the dossier only, for pages that carry their fonts inside."""
    return Asset(f"{font.path}.woff2", "font/woff2", subset_font(font.data, characters))


def render(job: RenderJob) -> Checked[Artifact]:
    """One file of a publication; what the layout engine had to say becomes problems."""
    path = f"{job.publication.metadata.slug}.{job.format.value}"
    try:
        artifact = WRITERS[job.format](job)
    except TemplateError as error:
        return Checked(None, (problem("D401", Place(f"styles/{error.name}", error.line), reason=error.reason),))
    except (MarkupError, PaperError) as error:
        return Checked(None, (problem("D502", Place(""), file=path, reason=error),))
    problems = tuple(_complaint(path, line) for line in artifact.log)
    if job.publication.kind == "infographic" and artifact.pages > 1:
        # A panel longer than a sheet pushes out what comes after it, which the engine tells as links that lead nowhere.
        problems = tuple(one for one in problems if "No anchor" not in dict(one.words)["reason"])
        problems += (overfull(job.publication, paper_page(job), paper_resources(job)),)
    return Checked(artifact, problems)


def render_index(job: IndexJob) -> Checked[bytes]:
    """The publication page."""
    try:
        return Checked(write_index(job))
    except TemplateError as error:
        return Checked(None, (problem("D401", Place(f"styles/{error.name}", error.line), reason=error.reason),))


def render_reports(job: ReportJob) -> Checked[tuple[tuple[str, bytes], ...]]:
    """The pages about the edition: path and bytes of each."""
    try:
        return Checked(write_reports(job))
    except TemplateError as error:
        return Checked(None, (problem("D401", Place(f"styles/{error.name}", error.line), reason=error.reason),))


def render_social(job: RenderJob) -> Checked[bytes]:
    """The picture for social media as PNG."""
    return _drawn(job, draw_social)


def render_cover(job: RenderJob) -> Checked[bytes]:
    """The cover of an e-book as PNG."""
    return _drawn(job, draw_cover)


def _drawn(job: RenderJob, draw: Callable[[RenderJob], bytes]) -> Checked[bytes]:
    try:
        return Checked(draw(job))
    except TemplateError as error:
        return Checked(None, (problem("D401", Place(f"styles/{error.name}", error.line), reason=error.reason),))
    except (MarkupError, PaperError) as error:
        return Checked(None, (problem("D502", Place(""), file=job.publication.metadata.slug, reason=error),))


def render_picture(artifact: Artifact) -> bytes:
    """The first page of a PDF as PNG."""
    return page_picture(artifact.data, 1, PICTURE_WIDTH)


def _complaint(path: str, line: str) -> Problem:
    return problem("D502", Place(""), file=path, reason=line)
