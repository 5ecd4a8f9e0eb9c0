"""Render: drawings, bodies and files. Each format has one writer, and the writers do not know each other."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from dossierbuild.core.ast import Prose
from dossierbuild.core.model import Artifact, Asset, BindJob, Font, IndexJob, LayoutJob, RenderJob, ReportJob
from dossierbuild.core.problems import NOWHERE, Checked, Place, problem
from dossierbuild.stages.render.code import with_lines
from dossierbuild.stages.render.continued_tables import tell_continued
from dossierbuild.stages.render.cover import COVER, covered, draw_cover
from dossierbuild.stages.render.drawings import NARROW, WIDE, ChartWidth, draw_figure, insert_drawings
from dossierbuild.stages.render.epub import write_epub
from dossierbuild.stages.render.faces import face_characters, look_for
from dossierbuild.stages.render.formulas import formula_characters, place_formulas
from dossierbuild.stages.render.html import write_page
from dossierbuild.stages.render.index import write_index
from dossierbuild.stages.render.locators import has_locators, paged
from dossierbuild.stages.render.panels_text import panels_as_text
from dossierbuild.stages.render.pdf import bind_paper, lay_out_section, paper_properties, paper_sections
from dossierbuild.stages.render.pictures import (
    PAPER_COVER,
    SVG,
    Fitted,
    Medium,
    address_of,
    fit_picture,
    place_pictures,
    room_for,
    shown_widths,
)
from dossierbuild.stages.render.report import VERIFICATION, statement_path, write_statement, write_verification
from dossierbuild.stages.render.social import draw_social, main_figures
from dossierbuild.tools.fonts import subset_font
from dossierbuild.tools.markup import MarkupError
from dossierbuild.tools.pages import TemplateError
from dossierbuild.tools.pandoc import PandocError, write_html
from dossierbuild.tools.paper import DrawnPages, EngineError, PaperError, front_pages
from dossierbuild.tools.pdf_reader import page_picture

__all__ = [
    "COVER",
    "NARROW",
    "PAPER_COVER",
    "SVG",
    "VERIFICATION",
    "WIDE",
    "ChartWidth",
    "Fitted",
    "Medium",
    "address_of",
    "bind",
    "covered",
    "draw_figure",
    "face_characters",
    "fit_picture",
    "formula_characters",
    "front_pages",
    "has_locators",
    "insert_drawings",
    "lay_out",
    "look_for",
    "main_figures",
    "paged",
    "panels_as_text",
    "paper_properties",
    "place_formulas",
    "place_pictures",
    "render_cover",
    "render_epub",
    "render_html",
    "render_index",
    "render_picture",
    "render_social",
    "render_statement",
    "render_verification",
    "room_for",
    "sections_of",
    "shown_widths",
    "statement_path",
    "subset",
    "tell_continued",
    "write_body",
]  # fmt: skip

T = TypeVar("T")

_PICTURE_WIDTH = 1600
"""Width of the infographic's picture in pixels."""


# The corner of a table that heads both ways: a cell without text heads nothing.
_EMPTY_HEAD = re.compile(r"<th(?P<given>(?: [^>]*)?)></th>")
# A cell in the foot of a table that heads its row, which pandoc writes as any other.
_ROW_HEAD = re.compile(
    r"<td(?P<given>(?: (?!scope=)[\w-]++=\"[^\"]*+\")*+ scope=\"row\"(?: [\w-]++=\"[^\"]*+\")*+)>"
    r"(?P<inside>[^<]*+(?:<(?!/?td\b)[^<]*+)*+)</td>"
)
_SCOPE = re.compile(r" (?:scope|headers)=\"[^\"]*\"")


def write_body(blocks: Prose, path: str) -> Checked[str]:
    """The blocks of a part as an HTML fragment; D501 at `path` when pandoc fails."""
    try:
        return Checked(with_lines(_with_heads(write_html(blocks))))
    except PandocError as error:
        return Checked(None, (problem("D501", Place(path), reason=error),))


def _with_heads(html: str) -> str:
    """A fragment in which the cells of tables that head something are heads, and no others."""
    html = _EMPTY_HEAD.sub(lambda cell: f"<td{_SCOPE.sub('', cell['given'])}></td>", html)
    return _ROW_HEAD.sub(r"<th\g<given>>\g<inside></th>", html)


def subset(font: Font, characters: str) -> Asset:
    """A font that has these characters only, as WOFF2 for pages that carry their fonts inside."""
    return Asset(f"{font.path}.woff2", "font/woff2", subset_font(font.data, characters))


def render_html(job: RenderJob) -> Checked[Artifact]:
    """The web page of a publication."""
    return _made(lambda: Checked(write_page(job)), job.path)


def render_epub(job: RenderJob) -> Checked[Artifact]:
    """The e-book of a publication."""
    return _made(lambda: Checked(write_epub(job)), job.path)


def sections_of(job: RenderJob) -> Checked[tuple[LayoutJob, ...]]:
    """The sections of a publication's PDF, in order; each can be laid out apart."""
    return _made(lambda: Checked(paper_sections(job)), job.path)


def lay_out(job: LayoutJob, path: str) -> Checked[DrawnPages]:
    """The laid-out pages of a section of a PDF; `path` is the file that problems name."""
    return _made(lambda: lay_out_section(job, path), path)


def bind(job: BindJob) -> Checked[Artifact]:
    """The PDF of a publication; complaints of the layout engine become problems (D502)."""
    made = _made(lambda: Checked(bind_paper(job)), job.path)
    if made.value is None:
        return made
    complaints = tuple(problem("D502", NOWHERE, file=job.path, reason=line) for line in made.value.log)
    return Checked(made.value, complaints)


def _made(make: Callable[[], Checked[T]], path: str) -> Checked[T]:
    """The result of `make`; a template that cannot be used is D401, pages that cannot be made D502.

    Raises EngineError, which is a fault of the machine and not of the sources.
    """
    try:
        return make()
    except EngineError:
        raise
    except TemplateError as error:
        return Checked(None, (problem("D401", Place(f"styles/{error.name}", error.line), reason=error.reason),))
    except (MarkupError, PaperError) as error:
        return Checked(None, (problem("D502", NOWHERE, file=path, reason=error),))


def render_index(job: IndexJob) -> Checked[bytes]:
    """The publication page."""
    return _made(lambda: Checked(write_index(job)), "index.html")


def render_verification(job: ReportJob) -> Checked[bytes]:
    """The page with what was found in the files."""
    return _made(lambda: Checked(write_verification(job)), VERIFICATION)


def render_statement(job: ReportJob) -> Checked[bytes]:
    """The statement of accessibility, to be completed."""
    return _made(lambda: Checked(write_statement(job)), "")


def render_social(job: RenderJob) -> Checked[bytes]:
    """The picture for social media as PNG."""
    return _made(lambda: Checked(draw_social(job)), job.publication.metadata.slug)


def render_cover(job: RenderJob) -> Checked[bytes]:
    """The cover of an e-book as PNG."""
    return _made(lambda: Checked(draw_cover(job)), job.publication.metadata.slug)


def render_picture(artifact: Artifact) -> bytes:
    """The first page of a PDF as PNG."""
    return page_picture(artifact.data, 1, _PICTURE_WIDTH)
