"""The publication page: what the dossier is, the infographic's picture with its text, and the downloads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from dossierbuild import __version__
from dossierbuild.core.model import IndexJob, KeyFigure, Metadata, Publication, PublishedFile, Role
from dossierbuild.core.spec import PublicationKind
from dossierbuild.core.typography import format_date, format_size
from dossierbuild.stages.render.cite_as import apa, bibtex, citation_tags, ris
from dossierbuild.stages.render.colophon import colophon_rows
from dossierbuild.stages.render.css import shown_faces, stylesheet
from dossierbuild.stages.render.directions import directed
from dossierbuild.stages.render.html import data_address
from dossierbuild.stages.render.licences import license_of
from dossierbuild.stages.render.report import report_pages
from dossierbuild.stages.render.shell import template_texts
from dossierbuild.stages.render.structured_data import structured_data
from dossierbuild.tools.pages import Markup, render_template

STYLES = ("css/base.css", "css/screen.css", "css/index.css")


def write_index(job: IndexJob) -> bytes:
    """Make index.html. Raises TemplateError and MarkupError."""
    first = _of_kind(job, PublicationKind.FULL) or job.publications[0]
    infographic = _of_kind(job, PublicationKind.INFOGRAPHIC)
    meta = first.metadata
    terms = job.terms
    license_name, license_url = license_of(meta.license)
    faces = {
        asset.path.removesuffix(".woff2"): data_address(asset) for asset in job.assets if asset.path.endswith(".woff2")
    }
    html = render_template(
        "html/index.html.j2",
        template_texts(job.styles, "html/"),
        meta=meta,
        date=format_date(meta.date, terms),
        date_iso=meta.date.isoformat(),
        terms=terms,
        license_name=license_name,
        license_url=license_url,
        generator=f"dossierbuild {__version__}",
        how_to_cite=apa(meta, terms),
        colophon=colophon_rows(meta, terms, apa(meta, terms)),
        citation_tags=citation_tags(meta),
        citation_files=_citation_files(meta, terms["edition"]),
        css=Markup(stylesheet(job, STYLES, shown_faces(job, (job.panels,), faces))),
        downloads=[_download(publication, job, terms) for publication in job.publications],
        data=[_file(file, terms) for file in job.files if file.role is Role.DATA],
        structured_data=Markup(structured_data(meta, job, license_url)),
        picture=job.picture,
        social=job.social,
        social_alt=_social_alt(meta, job.figures),
        picture_alt=f"{infographic.metadata.title}. {terms['infographic_text']}" if infographic else "",
        reports=[{"path": path, "title": title} for path, title in report_pages(terms)],
        text_alternative=Markup(job.panels),
    )
    return directed(html).encode("utf-8")


def _of_kind(job: IndexJob, kind: PublicationKind) -> Publication | None:
    return next((publication for publication in job.publications if publication.kind is kind), None)


def _citation_files(meta: Metadata, edition_word: str) -> list[dict[str, str]]:
    """The reference for reference managers: name of the format, text, name of the file and its `data:` address."""
    records = [
        ("BibTeX", "bib", "application/x-bibtex", bibtex(meta, edition_word)),
        ("RIS", "ris", "application/x-research-info-systems", ris(meta)),
    ]
    return [
        {
            "format": name,
            "text": record,
            "file": f"{meta.slug}.{extension}",
            "address": f"data:{media_type};charset=utf-8,{quote(record)}",
        }
        for name, extension, media_type, record in records
    ]


def _social_alt(meta: Metadata, figures: Sequence[KeyFigure]) -> str:
    """The text alternative of the picture for social media."""
    return " ".join((f"{meta.dossier_title}.", *(f"{figure.value} {figure.text}." for figure in figures)))


def _download(publication: Publication, job: IndexJob, terms: Mapping[str, str]) -> dict[str, Any]:
    files = [file for file in job.files if file.publication == publication.id and file.role is Role.PUBLICATION]
    return {
        "id": publication.id,
        "title": publication.metadata.title,
        "language": publication.metadata.foreign_language,
        "kind": publication.kind.value,
        "files": [_file(file, terms) for file in files],
    }


def _file(file: PublishedFile, terms: Mapping[str, str]) -> dict[str, Any]:
    return {"format": file.format.value, "path": file.path, "pages": file.pages, "size": format_size(file.size, terms)}
