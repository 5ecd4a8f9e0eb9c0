"""A publication as PDF: the same page as in HTML, laid out on paper."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from dossierbuild.core.model import Artifact, Asset, BindJob, LayoutJob, PublicationKind, RenderJob
from dossierbuild.core.problems import Checked
from dossierbuild.core.spec import Format
from dossierbuild.stages.render.css import own_styles, stylesheet
from dossierbuild.stages.render.footnotes import notes_to_calls
from dossierbuild.stages.render.html import link_siblings
from dossierbuild.stages.render.poster import fitted, overfull
from dossierbuild.stages.render.sections import sections
from dossierbuild.stages.render.shell import part_values, shell_values, template_texts
from dossierbuild.tools import markup
from dossierbuild.tools.pages import Markup, render_template
from dossierbuild.tools.paper import DrawnPages, bind, lay_out

STYLES = ("css/base.css", "css/print.css")
# Words of the layout engine's complaint about a picture without text; it holds only for a file that claims to be
# accessible.
_UNDESCRIBED = "has no text alternative"


def paper_sections(job: RenderJob) -> tuple[LayoutJob, ...]:
    """The sections of the PDF, in order. Raises TemplateError and MarkupError."""
    publication = job.publication
    page = paper_page(job)
    return tuple(
        LayoutJob(
            html=html,
            resources=tuple(asset for asset in job.assets if _is_shown(asset.path, html))
            + tuple(Asset(font.path, "font/ttf", font.data) for font in job.fonts),
            panels=publication.panels if publication.kind is PublicationKind.INFOGRAPHIC else (),
        )
        for html in sections(page, _paper_styles(job), publication)
    )


def lay_out_section(job: LayoutJob) -> Checked[DrawnPages]:
    """The pages of a section; D506 when an infographic takes more than one. Raises MarkupError and PaperError."""
    resources = {asset.path: asset.data for asset in job.resources}
    if not job.panels:
        return Checked(lay_out(job.html, resources))
    sheets = lay_out(fitted(job.html, resources), resources)
    if len(sheets.starts) > 1:
        return Checked(sheets, (overfull(job.panels, job.html, resources),))
    return Checked(sheets)


def bind_paper(job: BindJob) -> Artifact:
    """Make the PDF. Raises PaperError."""
    paper = bind(
        job.sections,
        [font.data for font in job.fonts],
        identifier=job.identifier,
        archival=True,
        accessible=job.claims,
    )
    return Artifact(
        publication=job.publication,
        format=Format.PDF,
        path=job.path,
        data=paper.data,
        pages=paper.pages,
        log=paper.log if job.claims else tuple(line for line in paper.log if _UNDESCRIBED not in line),
        page_starts=paper.starts,
    )


def _is_shown(path: str, html: str) -> bool:
    return any(form in html for form in {path, quote(path), escape(path)})


def paper_resources(job: RenderJob) -> dict[str, bytes]:
    """The pictures, drawings and fonts that the page of a job may show, by address."""
    return {asset.path: asset.data for asset in job.assets} | {font.path: font.data for font in job.fonts}


def paper_page(job: RenderJob) -> str:
    """The HTML that is laid out on paper. Raises TemplateError and MarkupError."""
    return render_template(
        "html/publication.html.j2",
        template_texts(job.styles, "html/"),
        **shell_values(job),
        css=Markup(_paper_styles(job)),
        parts=part_values(job, {part: _body(body, job) for part, body in job.bodies.items()}),
    )


def _paper_styles(job: RenderJob) -> str:
    """The style sheet of the page."""
    return stylesheet(job, (*STYLES, *own_styles(job.publication)), {font.path: font.path for font in job.fonts})


def _body(body: str, job: RenderJob) -> str:
    root = markup.parse_fragment(body)
    notes_to_calls(root)
    website = job.publication.metadata.website
    folder = f"{website.rstrip('/')}/" if website else ""  # else they lie beside each other
    papers = [sibling for sibling in job.siblings if sibling.format is job.format]
    link_siblings(root, {str(sibling.publication): f"{folder}{sibling.path}" for sibling in papers})
    return markup.inner_html(root)
