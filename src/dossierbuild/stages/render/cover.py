"""The cover of an e-book: a picture of the PDF's cover."""

from __future__ import annotations

import dataclasses

from dossierbuild.core.model import Format, RenderJob
from dossierbuild.stages.render.pdf import paper_page, paper_resources
from dossierbuild.tools.paper import write_pdf
from dossierbuild.tools.pdf_reader import page_picture

COVER = "cover.png"
"""The path of the cover among the assets of a job."""

WIDTH = 1200
"""Pixels."""


def cover_job(job: RenderJob) -> RenderJob:
    """The part of a job that decides its cover, so that an edit of the text does not draw the cover again.

    An infographic's sheet has no cover; its e-book gets the cover of a dossier.
    """
    kind = "full" if job.publication.kind == "infographic" else job.publication.kind
    publication = dataclasses.replace(job.publication, kind=kind, parts=(), contents=(), charts=(), panels=(), cited=())
    return dataclasses.replace(job, publication=publication, format=Format.PDF, bodies=(), assets=(), siblings=())


def draw_cover(job: RenderJob) -> bytes:
    """Make the cover of a `cover_job` as PNG. Raises TemplateError, MarkupError and PaperError."""
    paper = write_pdf(paper_page(job), paper_resources(job), identifier=job.publication.metadata.identifier)
    return page_picture(paper.data, 1, WIDTH)
