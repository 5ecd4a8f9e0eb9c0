"""A dossier taken through the steps up to its files, without verifying or publishing them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dossierbuild.citing import cite, compose, number
from dossierbuild.core.model import Artifact, BuildOptions, Publication, RenderJob, Resolved, Sources
from dossierbuild.core.problems import Problem
from dossierbuild.examination import examine
from dossierbuild.program import styles_folder
from dossierbuild.rendering import begin_pictures, materials_for, render
from dossierbuild.scheduler import local_scheduler
from dossierbuild.stages.read import read_files


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """Publications, the jobs that render them, their files, and the problems of each step from check to render."""

    publications: tuple[Publication, ...]
    resolved: Resolved
    jobs: tuple[RenderJob, ...]
    artifacts: tuple[Artifact, ...]
    problems: tuple[Problem, ...]


def rendered(options: BuildOptions, change: Callable[[Sources], Sources] = lambda sources: sources) -> Rendered:
    """The files of a dossier; `change` is made to its sources after they were checked."""
    files = read_files(Path(options.root), Path(styles_folder()))
    assert files.value is not None
    with local_scheduler() as scheduler, scheduler.run("test") as run:
        examined = examine(files, options.theme, run)
        assert examined.sources is not None
        assert examined.look is not None
        sources = change(examined.sources)
        citation_run = compose(sources, examined.look, run, draft=options.draft)
        materials = materials_for(citation_run.publications, sources, examined.look, files.value, options)
        pictures = begin_pictures(citation_run.publications, materials, run)
        cited = cite(citation_run, run)
        assert cited.value is not None
        publications = number(cited.value[0], citation_run.terms, run)
        rendering = render(publications, materials, pictures, run)
        assert rendering.value is not None
        files_made = [file for ready in rendering.value.finished() for file in ready]
        jobs = rendering.value.jobs
    made = {file.value.path: file.value for file in files_made if file.value}
    return Rendered(
        publications=publications,
        resolved=cited.value[1],
        jobs=jobs,
        artifacts=tuple(made[job.path] for job in jobs),
        problems=(
            *examined.problems,
            *cited.problems,
            *rendering.problems,
            *(problem for file in files_made for problem in file.problems),
        ),
    )
