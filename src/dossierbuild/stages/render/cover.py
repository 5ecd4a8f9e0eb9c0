"""The cover of an e-book: a picture of the PDF's cover."""

from __future__ import annotations

import dataclasses

from dossierbuild.core.model import Publication, RenderJob
from dossierbuild.core.spec import PublicationKind
from dossierbuild.stages.render.pdf import paper_page, paper_resources
from dossierbuild.tools.paper import write_pdf
from dossierbuild.tools.pdf_reader import page_picture

COVER = "cover.png"
"""The path of the cover among the assets of a job."""

_WIDTH = 1200
"""Pixels."""


def covered(publication: Publication) -> Publication:
    """The publication without its text, because a cover shows none of it.

    The sheet of an infographic has no cover, so its e-book gets the cover of a full dossier.
    """
    kind = PublicationKind.FULL if publication.kind is PublicationKind.INFOGRAPHIC else publication.kind
    return dataclasses.replace(
        publication, kind=kind, parts=(), contents=(), charts=(), panels=(), shows_panels=False, cited=()
    )


def draw_cover(job: RenderJob) -> bytes:
    """Make the cover of a `covered` publication as PNG. Raises TemplateError, MarkupError and PaperError."""
    paper = write_pdf(paper_page(job), paper_resources(job), identifier=job.publication.metadata.identifier)
    return page_picture(paper.data, 1, _WIDTH)
