"""The picture for social media: a title and the main figures, in the size that most networks show."""

from __future__ import annotations

from dossierbuild.core.ast import classes, plain_text, walk
from dossierbuild.core.model import KeyFigure, Publication, RenderJob
from dossierbuild.stages.render.css import stylesheet
from dossierbuild.stages.render.directions import directed
from dossierbuild.stages.render.shell import shell_values, template_texts
from dossierbuild.tools.pages import Markup, render_template
from dossierbuild.tools.paper import write_pdf
from dossierbuild.tools.pdf_reader import page_picture

WIDTH = 1200
"""Pixels; the style sheet has the height, which Open Graph wants to be 630."""

STYLES = ("css/base.css", "css/social.css")
_FIGURES = 3


def draw_social(job: RenderJob) -> bytes:
    """Make the picture as PNG. Raises TemplateError, MarkupError and PaperError."""
    html = render_template(
        "html/social.html.j2",
        template_texts(job.styles, "html/"),
        **shell_values(job),
        css=Markup(stylesheet(job, STYLES, {font.path: font.path for font in job.fonts})),
        numbers=main_figures(job.publication),
    )
    resources = {font.path: font.data for font in job.fonts}
    return page_picture(
        write_pdf(directed(html), resources, identifier=job.publication.metadata.identifier).data, 1, WIDTH
    )


def main_figures(publication: Publication) -> tuple[KeyFigure, ...]:
    """The first numbers that a publication shows large."""
    blocks = (block for part in publication.parts for block in walk(part.blocks.nodes()))
    numbers = [block["c"][1] for block in blocks if block["t"] == "Div" and "number" in classes(block)]
    return tuple(
        KeyFigure(plain_text(shown), " ".join(plain_text(block) for block in rest))
        for shown, *rest in numbers[:_FIGURES]
    )
