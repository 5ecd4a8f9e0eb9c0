"""A publication as PDF: the same page as in HTML, laid out on paper."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from urllib.parse import quote

from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.model import FORMULAS, Artifact, Asset, BindJob, Font, LayoutJob, Metadata, RenderJob
from dossierbuild.core.problems import NOWHERE, Checked, problem
from dossierbuild.core.spec import Format, PublicationKind
from dossierbuild.core.typography import whole_numbers
from dossierbuild.stages.render.css import own_styles, stylesheet
from dossierbuild.stages.render.directions import directed
from dossierbuild.stages.render.footnotes import notes_to_calls
from dossierbuild.stages.render.html import link_downloads, link_siblings
from dossierbuild.stages.render.poster import fitted, lengthened, overfull
from dossierbuild.stages.render.sections import sections
from dossierbuild.stages.render.shell import part_values, shell_values, template_texts
from dossierbuild.tools import markup
from dossierbuild.tools.pages import Markup, render_template
from dossierbuild.tools.paper import DrawnPages, bind, lay_out

STYLES = ("css/base.css", "css/print.css")
# Signs of a heading, and of a word in one, from which on it has smaller letters.
_LONG_HEADING = 90
_LONG_WORD = 24
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
            + tuple(Asset(font.path, "font/ttf", font.data) for font in _fonts(job)),
            body=publication.body,
            panels=publication.panels if publication.kind is PublicationKind.INFOGRAPHIC else (),
        )
        for html in sections(page, _paper_styles(job), publication)
    )


def lay_out_section(job: LayoutJob, path: str) -> Checked[DrawnPages]:
    """The pages of a section of the PDF at `path`; D506 when an infographic needs a longer sheet, D507 for what a page
    has no room for all the same. Raises MarkupError and PaperError."""
    resources = {asset.path: asset.data for asset in job.resources}
    made = _sheet(job, resources) if job.panels else Checked(_pages(job.html, resources, job.body))
    assert made.value is not None
    misfits = (problem("D507", NOWHERE, fault.words, words=fault.words[:60], file=path) for fault in made.value.faults)
    return Checked(made.value, (*made.problems, *misfits))


def _pages(html: str, resources: Mapping[str, bytes], body: str) -> DrawnPages:
    """The pages; where they have a fault they are laid out again with the style for what yields, and kept if that
    helps."""
    pages = lay_out(html, resources, body)
    if not pages.faults:
        return pages
    yielding = lay_out(html.replace("<html ", '<html class="yielding" ', 1), resources, body)
    return yielding if len(yielding.faults) < len(pages.faults) else pages


def _sheet(job: LayoutJob, resources: Mapping[str, bytes]) -> Checked[DrawnPages]:
    """The sheet of an infographic, which is longer than others where its texts are too long at their smallest."""
    html = fitted(job.html, resources)
    sheets = lay_out(html, resources)
    if len(sheets.starts) == 1:
        return Checked(sheets)
    too_long = overfull(job.panels, job.html, resources)
    return Checked(lay_out(lengthened(html, resources), resources), (too_long,))


def bind_paper(job: BindJob) -> Artifact:
    """Make the PDF. Raises PaperError."""
    paper = bind(
        job.sections,
        [font.data for font in job.fonts],
        identifier=job.identifier,
        archival=True,
        accessible=job.claims,
        properties=job.properties,
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


def paper_properties(meta: Metadata) -> FrozenMap[str, tuple[str, ...]]:
    """What a PDF says in its XMP of its publisher, of who helped, and of its numbers."""
    imprint = meta.imprint
    isbn, issn = (imprint.isbn.pdf or "").replace("-", ""), imprint.issn
    numbers = (
        f"urn:isbn:{isbn}" if isbn else "",
        f"urn:issn:{issn}" if issn else "",
        f"https://doi.org/{imprint.doi}" if imprint.doi else "",
        imprint.report_number,
    )
    found = {
        "dc:publisher": (meta.publisher,),
        "dc:contributor": tuple(contributor.name for contributor in imprint.contributors),
        "xmp:Identifier": numbers,
    }
    known = ((name, tuple(value for value in values if value)) for name, values in found.items())
    return FrozenMap((name, values) for name, values in known if values)


def _is_shown(path: str, html: str) -> bool:
    return any(form in html for form in {path, quote(path), escape(path)})


def paper_resources(job: RenderJob) -> dict[str, bytes]:
    """The pictures, drawings and fonts that the page of a job may show, by address."""
    return {asset.path: asset.data for asset in job.assets} | {font.path: font.data for font in _fonts(job)}


def _fonts(job: RenderJob) -> tuple[Font, ...]:
    """The fonts of texts; formulas are drawn."""
    return tuple(font for font in job.fonts if font.behind != FORMULAS)


def paper_page(job: RenderJob) -> str:
    """The HTML that is laid out on paper. Raises TemplateError and MarkupError."""
    page = render_template(
        "html/publication.html.j2",
        template_texts(job.styles, "html/"),
        **shell_values(job),
        css=Markup(_paper_styles(job)),
        parts=part_values(job, {part: _body(body, job) for part, body in job.bodies.items()}),
    )
    return directed(page)


def _paper_styles(job: RenderJob) -> str:
    """The style sheet of the page."""
    return stylesheet(job, (*STYLES, *own_styles(job.publication)), {font.path: font.path for font in _fonts(job)})


def _body(body: str, job: RenderJob) -> str:
    root = markup.parse_fragment(body)
    notes_to_calls(root)
    _count_on(root)
    _fit(root)
    website = job.publication.metadata.website
    folder = f"{website.rstrip('/')}/" if website else ""  # else they lie beside each other
    papers = [sibling for sibling in job.siblings if sibling.format is job.format]
    link_siblings(root, {str(sibling.publication): f"{folder}{sibling.path}" for sibling in papers})
    link_downloads(root, folder or None)
    return markup.inner_html(root)


def _count_on(root: markup.Element) -> None:
    """Have each list begin at its first number, which the layout engine does not read."""
    for listed in markup.with_tag(root, "ol"):
        if start := listed.get("start"):
            listed.set("style", f"counter-reset: list-item {int(start) - 1}")


def _fit(root: markup.Element) -> None:
    """Mark the headings that are long, and keep numbers whole at the ends of lines."""
    for heading in markup.with_tag(root, "h2", "h3", "h4"):
        if _is_long(markup.text_of(heading)):
            heading.set("class", f"{heading.get('class', '')} long".strip())
    for element in root.iter():
        element.text = whole_numbers(element.text or "") or None
        element.tail = whole_numbers(element.tail or "") or None


def _is_long(heading: str) -> bool:
    return len(heading) > _LONG_HEADING or any(len(word) > _LONG_WORD for word in heading.split())
