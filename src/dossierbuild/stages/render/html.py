"""A publication as one HTML page with everything inside: nothing is loaded from elsewhere."""

from __future__ import annotations

import base64
from collections.abc import Mapping

from dossierbuild.core.downloads import SCHEME
from dossierbuild.core.model import Artifact, Asset, RenderJob
from dossierbuild.stages.render.css import own_styles, shown_faces, stylesheet
from dossierbuild.stages.render.directions import directed
from dossierbuild.stages.render.locators import once_a_section
from dossierbuild.stages.render.shell import part_values, shell_values, template_texts
from dossierbuild.tools import markup
from dossierbuild.tools.pages import Markup, render_template

STYLES = ("css/base.css", "css/screen.css")


def write_page(job: RenderJob) -> Artifact:
    """Make the HTML page. Raises TemplateError and MarkupError."""
    assets = {asset.path: asset for asset in job.assets}
    faces = {
        path.removesuffix(".woff2"): data_address(asset) for path, asset in assets.items() if path.endswith(".woff2")
    }
    values = shell_values(job)
    if values["cover"]:
        values["cover"] |= {"address": data_address(assets[job.cover])}
    faces = shown_faces(job, job.bodies.values(), faces)
    html = render_template(
        "html/publication.html.j2",
        template_texts(job.styles, "html/"),
        **values,
        css=Markup(stylesheet(job, (*STYLES, *own_styles(job.publication)), faces)),
        parts=part_values(job, {part: _body(body, assets, job) for part, body in job.bodies.items()}),
    )
    data = directed(html).encode("utf-8")
    return Artifact(publication=job.publication.id, format=job.format, path=job.path, data=data, pages=0, log=())


def data_address(asset: Asset) -> str:
    """The asset as a `data:` address."""
    return f"data:{asset.media_type};base64,{base64.b64encode(asset.data).decode('ascii')}"


def _body(body: str, assets: Mapping[str, Asset], job: RenderJob) -> str:
    root = markup.parse_fragment(body)
    for picture in markup.with_tag(root, "img"):
        source = picture.get("src", "")
        if source in assets:
            picture.set("src", data_address(assets[source]))
    paths = {str(sibling.publication): sibling.path for sibling in job.siblings if sibling.format is job.format}
    link_siblings(root, paths)
    link_downloads(root, "")
    once_a_section(root)
    return markup.inner_html(root)


def link_siblings(root: markup.Element, paths: Mapping[str, str]) -> None:
    """Turn `publication:ID#place` into the address of that publication's file; without a file only the text stays."""
    for link in markup.with_tag(root, "a"):
        target = link.get("href", "")
        if target.startswith("publication:"):
            name, _, place = target.removeprefix("publication:").partition("#")
            path = paths.get(name)
            if path:
                link.set("href", f"{path}#{place}")
            else:
                markup.unwrap(link)


def link_downloads(root: markup.Element, folder: str | None) -> None:
    """Turn `download:NAME` into the address of that data file in a folder; None leaves the text, which has its name."""
    for link in markup.with_tag(root, "a"):
        target = link.get("href", "")
        if target.startswith(SCHEME) and folder is None:
            markup.unwrap(link)
        elif target.startswith(SCHEME):
            link.set("href", f"{folder}{target.removeprefix(SCHEME)}")
