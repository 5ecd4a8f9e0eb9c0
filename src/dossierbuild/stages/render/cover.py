"""The cover of an e-book: that of the paper edition, as a picture."""

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
    """What of a job decides its cover: nothing of the text. An infographic's sheet has no cover of its own, so its
    e-book has that of the dossier."""
    kind = "full" if job.publication.kind == "infographic" else job.publication.kind
    publication = dataclasses.replace(
        job.publication, kind=kind, parts=(), contents=(), charts=(), panels=(), shows_panels=False, cited=()
    )
    return dataclasses.replace(job, publication=publication, format=Format.PDF, bodies=(), assets=(), siblings=())


def draw_cover(job: RenderJob) -> bytes:
    """Make the cover of a `cover_job` as PNG. Raises TemplateError, MarkupError and PaperError."""
    paper = write_pdf(paper_page(job), paper_resources(job), identifier=job.publication.metadata.identifier)
    return page_picture(paper.data, 1, WIDTH)
