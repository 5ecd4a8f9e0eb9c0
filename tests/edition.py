"""Editions of the dossiers with every construct and with hard cases, built once for all tests that open them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from dossierbuild.core.model import Artifact, BuildOptions, Format, Publication, RenderJob, Resolved
from dossierbuild.pipeline import cite, examine
from dossierbuild.program import cache_folder, program_digest
from dossierbuild.rendering import Materials, bind_job, render_all
from dossierbuild.stages.read import read_files
from dossierbuild.stages.render import bind, lay_out, sections_of
from dossierbuild.tools.store import Store
from dossierbuild.workshop import workshop

DOSSIERS = Path(__file__).parent / "dossiers"
ROOT = DOSSIERS / "every-construct"
STYLES = Path(__file__).parent.parent / "styles"


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


def render_on_paper(job: RenderJob) -> Artifact:
    """The PDF of a job, made anew in this process."""
    cut = sections_of(job)
    assert cut.value is not None
    made = bind(bind_job(job, tuple(lay_out(one, "").value for one in cut.value)))
    assert made.value is not None
    return made.value


@cache
def _edition(name: str) -> Edition:
    """The edition; its sources have no problem, and neither has its rendering."""
    with TemporaryDirectory() as folder:
        options = BuildOptions(root=str(DOSSIERS / name), output=folder)
        files = read_files(DOSSIERS / name, STYLES)
        assert files.value is not None
        with workshop(
            Store(Path(cache_folder())),  # that of the tests' session, so that nothing is laid out twice
            scope="test",
            program=program_digest(),
            workers=os.cpu_count() or 1,
            fresh=False,
            report=lambda step: None,
        ) as shop:
            examined = examine(files, options, shop)
            assert examined.problems == ()
            assert examined.sources is not None
            assert examined.look is not None
            cited = cite(examined.sources, examined.look, options, shop)
            assert cited.problems == ()
            assert cited.value is not None
            publications, resolved = cited.value
            materials = Materials(sources=examined.sources, look=examined.look, files=files.value, options=options)
            rendered = render_all(publications, materials, shop)
            assert rendered.problems == ()
            assert rendered.value is not None
            jobs, artifacts = rendered.value
    return Edition(publications=publications, resolved=resolved, jobs=jobs, artifacts=artifacts)
