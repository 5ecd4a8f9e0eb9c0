"""The picture for social media: a title and the main figures, of the size that most of them show."""

from __future__ import annotations

from dossierbuild.core.model import RenderJob
from dossierbuild.stages.render.css import stylesheet
from dossierbuild.stages.render.shell import shell_values, template_texts
from dossierbuild.tools import markup
from dossierbuild.tools.pages import Markup, render_template
from dossierbuild.tools.paper import write_pdf
from dossierbuild.tools.pdf_reader import page_picture

WIDTH = 1200
"""Pixels; the style sheet has the height, which Open Graph wants to be 630."""

STYLES = ("css/base.css", "css/social.css")
FIGURES = 3


def draw_social(job: RenderJob) -> bytes:
    """Make the picture as PNG. Raises TemplateError, MarkupError and PaperError."""
    html = render_template(
        "html/social.html.j2",
        template_texts(job.styles, "html/"),
        **shell_values(job),
        css=Markup(stylesheet(job, STYLES, {font.path: font.path for font in job.fonts})),
        numbers=[one for body in job.bodies.values() for one in main_figures(body)][:FIGURES],
    )
    resources = {font.path: font.data for font in job.fonts}
    return page_picture(write_pdf(html, resources, identifier=job.publication.metadata.identifier).data, 1, WIDTH)


def main_figures(body: str) -> list[dict[str, str]]:
    """The numbers that an infographic's panels show large, with what they are numbers of: `value` and `text`."""
    figures = []
    for number in markup.with_class(markup.parse_fragment(body), "number"):
        value = next(iter(markup.with_class(number, "value")), None)
        if value is not None:
            words = [markup.text_of(one) for one in number if one is not value]
            figures.append({"value": markup.text_of(value), "text": " ".join(words)})
    return figures[:FIGURES]
