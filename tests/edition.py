"""Editions of the dossiers with every construct and with hard cases, built once for all tests that open them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rendered import rendered

from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.model import Artifact, BuildOptions, LayoutJob, Publication, RenderJob, Resolved
from dossierbuild.core.spec import Format
from dossierbuild.rendering import bind_job
from dossierbuild.stages.render import bind, front_pages, has_locators, lay_out, paged, sections_of

DOSSIERS = Path(__file__).parent / "dossiers"
ROOT = DOSSIERS / "every-construct"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Publications, the jobs that render them, and their files."""

    publications: tuple[Publication, ...]
    resolved: Resolved
    jobs: tuple[RenderJob, ...]
    artifacts: tuple[Artifact, ...]

    def publication(self, name: str) -> Publication:
        return next(one for one in self.publications if one.id == name)

    def job(self, name: str, form: Format) -> RenderJob:
        return next(one for one in self.jobs if one.publication.id == name and one.format is form)

    def artifact(self, name: str, form: Format) -> Artifact:
        return next(one for one in self.artifacts if one.publication == name and one.format is form)


def every_construct() -> Edition:
    """Each construct once."""
    return _edition("every-construct")


def hard_cases() -> Edition:
    """Constructs inside each other: lists in tables, notes in lists, tables over pages, other languages in boxes."""
    return _edition("hard-cases")


def report() -> Edition:
    """All that a report has besides chapters: a foreword, summaries in two languages, parts, appendices."""
    return _edition("report")


def render_on_paper(job: RenderJob) -> Artifact:
    """The PDF of a job, made anew in this process."""
    cut = sections_of(job)
    assert cut.value is not None
    made = bind(bind_job(job, tuple(_with_index([lay_out(one, "").value for one in cut.value], cut.value, job))))
    assert made.value is not None
    return made.value


def _with_index(drawn: list[Any], cut: tuple[LayoutJob, ...], job: RenderJob) -> list[Any]:
    """The laid out sections, those with an index once more with the pages that it names."""
    pages: dict[str, int] = {}
    front = front_pages(drawn)
    for page, names in enumerate((names for one in drawn for names in one.anchors), 1):
        pages = dict.fromkeys(names, page) | pages
    return [
        lay_out(dataclasses.replace(one, html=paged(one.html, pages, job.terms["page"], front)), "").value
        if has_locators(one.html)
        else laid
        for one, laid in zip(cut, drawn, strict=True)
    ]


@cache
def _edition(name: str) -> Edition:
    """The edition; its sources have no problem, and neither has its rendering."""
    with TemporaryDirectory() as folder:
        built = rendered(BuildOptions(root=str(DOSSIERS / name), output=folder))
    assert built.problems == ()
    return Edition(publications=built.publications, resolved=built.resolved, jobs=built.jobs, artifacts=built.artifacts)


def with_bodies(job: RenderJob, change: Callable[[str], str]) -> RenderJob:
    """The job with each of its bodies changed."""
    return dataclasses.replace(job, bodies=FrozenMap((part, change(body)) for part, body in job.bodies.items()))
