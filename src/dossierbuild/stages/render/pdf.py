"""A publication as PDF: the same page as in HTML, laid out on paper."""

from __future__ import annotations

from dossierbuild.core.model import Artifact, RenderJob
from dossierbuild.stages.render.css import own_styles, stylesheet
from dossierbuild.stages.render.html import link_siblings
from dossierbuild.stages.render.sheet import fitted
from dossierbuild.stages.render.shell import part_values, shell_values, template_texts
from dossierbuild.tools import markup
from dossierbuild.tools.pages import Markup, render_template
from dossierbuild.tools.paper import write_pdf

STYLES = ("css/base.css", "css/print.css")
# What HTML has no room for inside a paragraph: a note may hold it, and stands in the paragraph that calls it.
BLOCKS = ("blockquote", "div", "dl", "figure", "h3", "h4", "h5", "h6", "hr", "ol", "pre", "table", "ul")
# How the layout complains of a picture without text, which a file that does not claim to be accessible may have.
UNDESCRIBED = "has no text alternative"


def write_paper(job: RenderJob) -> Artifact:
    """Make the PDF. Raises TemplateError, MarkupError and PaperError."""
    resources = paper_resources(job)
    html = paper_page(job)
    if job.publication.kind == "infographic":
        html = fitted(html, resources)
    paper = write_pdf(html, resources, identifier=job.publication.metadata.identifier, accessible=job.claims)
    path = f"{job.publication.metadata.slug}.pdf"
    return Artifact(
        publication=job.publication.id,
        format=job.format,
        path=path,
        data=paper.data,
        pages=paper.pages,
        log=paper.log if job.claims else tuple(one for one in paper.log if UNDESCRIBED not in one),
        page_starts=paper.starts,
    )


def paper_resources(job: RenderJob) -> dict[str, bytes]:
    """All that the page of a job may show, by address."""
    return {asset.path: asset.data for asset in job.assets} | {font.path: font.data for font in job.fonts}


def paper_page(job: RenderJob) -> str:
    """The HTML that is laid out on paper. Raises TemplateError and MarkupError."""
    styles = stylesheet(job, (*STYLES, *own_styles(job.publication)), {font.path: font.path for font in job.fonts})
    return render_template(
        "html/publication.html.j2",
        template_texts(job.styles, "html/"),
        **shell_values(job),
        css=Markup(styles),
        parts=part_values(job, [_body(body, job) for body in job.bodies]),
    )


def _body(body: str, job: RenderJob) -> str:
    root = markup.parse_fragment(body)
    _notes_to_calls(root)
    website = job.publication.metadata.website
    folder = f"{website.rstrip('/')}/" if website else ""  # else they lie beside each other
    link_siblings(root, {str(name): f"{folder}{path}" for name, _, path in job.siblings if path.endswith(".pdf")})
    return markup.inner_html(root)


def _widen_paragraph(call: markup.Element, note: markup.Element) -> None:
    """Write the paragraph around a call as a `div` that says what it is, if the note holds what would end it."""
    around = call.getparent()
    while around is not None and around.tag != "p":
        around = around.getparent()
    if around is not None and markup.with_tag(note, *BLOCKS):
        around.tag = "div"
        around.set("role", "paragraph")


def _notes_to_calls(root: markup.Element) -> None:
    """Put each note where it is called; the layout sets it at the foot of that page with a number of its own."""
    for note in markup.with_class(root, "footnote"):
        call = markup.by_id(root, note.get("id", "").replace("fn-", "fnref-", 1))
        if call is None:
            continue
        for extra in (*markup.with_class(note, "note-number"), *markup.with_class(note, "back")):
            markup.detach(extra)
        note.tag = "span"
        note.text = (note.text or "").lstrip()  # a line break here would put the note's number on a line of its own
        for paragraph in markup.with_tag(note, "p"):
            paragraph.tag = "span"
            paragraph.set("class", "footnote-paragraph")
        while call is not None and not markup.has_class(call, "note-ref"):
            call = call.getparent()
        if call is not None:
            _widen_paragraph(call, note)
            markup.replace(call, markup.detach(note))
    for section in markup.with_class(root, "footnotes"):
        if not len(section):
            markup.detach(section)
