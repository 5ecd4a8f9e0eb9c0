"""The release: from verified files to the set that is put in place, with its pages, manifest and checksums."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dossierbuild import __version__
from dossierbuild.core.model import (
    Artifact,
    Format,
    IndexJob,
    Publication,
    PublicationId,
    PublicationKind,
    PublishedFile,
    Release,
    RenderJob,
    ReportJob,
    Resolved,
    Verified,
)
from dossierbuild.core.problems import Checked, Problem
from dossierbuild.formats import FORMATS, Paged, held_against, open_again
from dossierbuild.program import library_versions
from dossierbuild.scheduler import Begun, Job, Run
from dossierbuild.stages.check import ACCESS_CHECKS
from dossierbuild.stages.distribute import CHECKSUMS, MANIFEST, checksums, published_files
from dossierbuild.stages.register import citation_register
from dossierbuild.stages.render import render_index, render_picture, render_reports, render_social
from dossierbuild.stages.verify import Facts, expected_facts
from dossierbuild.tools.pandoc import pandoc_version
from dossierbuild.tools.paper import engine_versions

FileList = list[tuple[PublishedFile, bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """All that was made and found out; `tools` are names and versions of what the bytes depend on.

    After a build of some files only, `kept` are those of the edition that are in place already.
    """

    publications: tuple[Publication, ...]
    resolved: Resolved
    jobs: tuple[RenderJob, ...]
    artifacts: tuple[Artifact, ...]
    kept: FileList
    verified: tuple[Verified, ...]
    shortcomings: tuple[Problem, ...]
    tools: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Files that are ready, while they are opened again and the infographic's picture is taken."""

    artifacts: tuple[Artifact, ...]
    readings: Begun[str, Checked[bytes]]
    pictures: Begun[str, bytes]


def begin_opening(artifacts: tuple[Artifact, ...], publications: tuple[Publication, ...], run: Run) -> Opening:
    """Begin what comes after files are ready."""
    files = {artifact.path: Job(artifact.path, (_plain(artifact),)) for artifact in artifacts}
    return Opening(
        artifacts=artifacts,
        readings=run.begin("read back", open_again, files),
        pictures=run.begin("picture", render_picture, _picture_jobs(artifacts, publications)),
    )


def begin_versions(run: Run) -> Begun[str, tuple[tuple[str, str], ...]]:
    """Names and versions of the tools, which are asked for once for each program."""
    return run.begin("versions", tool_versions, {"tools": Job("tools", ())})


def tool_versions() -> tuple[tuple[str, str], ...]:
    """Names and versions of all that the bytes depend on. Raises EngineError where the layout engine is missing."""
    return (("pandoc", pandoc_version()), *dict((*library_versions(), *engine_versions())).items())


def begin_expected(publications: tuple[Publication, ...], run: Run) -> Begun[PublicationId, Facts]:
    """What the files of each publication should hold."""
    jobs = {publication.id: Job(publication.id, (publication,)) for publication in publications}
    return run.begin("expect", expected_facts, jobs)


def verify_files(openings: Sequence[Opening], expected: Begun[PublicationId, Facts], run: Run) -> dict[str, Verified]:
    """Every file, by its path, held against its publication."""
    facts = expected.results()
    jobs = {
        artifact.path: Job(
            artifact.path,
            (facts[artifact.publication], dataclasses.replace(_plain(artifact), data=b""), readings[artifact.path]),
        )
        for opening in openings
        for readings in (opening.readings.results(),)
        for artifact in opening.artifacts
    }
    return run.each("verify", held_against, jobs)


def _plain(artifact: Artifact) -> Artifact:
    """Without what only its making tells of it: so a file that is in place is the one that was made."""
    return dataclasses.replace(artifact, log=(), page_starts=())


def files_in_place(output: Path, artifacts: Sequence[Artifact], publications: tuple[Publication, ...]) -> FileList:
    """Files of this edition's publications that are in place, sound, and not made anew now."""
    slug, edition = publications[0].metadata.dossier, publications[0].metadata.edition
    ids, made = {one.id for one in publications}, {one.path for one in artifacts}
    there = published_files(output, slug, edition)
    in_place = [one for one in there if one.path not in made and one.publication in ids]
    return [(one, (output / slug / one.path).read_bytes()) for one in in_place]


def artifacts_of(files: FileList) -> tuple[Artifact, ...]:
    """The publications' files among some."""
    formats = {form.value for form in Format}
    return tuple(_artifact(file, data) for file, data in files if file.format in formats)


def make_release(
    edition: Edition, openings: Sequence[Opening], social: Begun[PublicationId, Checked[bytes]]
) -> Checked[Release]:
    """The release: the artifacts, the picture, the pages, the manifest and the checksums."""
    publications = edition.publications
    slug = publications[0].metadata.dossier
    made: FileList = [(_file_of(one), one.data) for one in edition.artifacts]
    made += [file for opening in openings for file in _pictures(opening, publications)]
    made += _social(social, publications)
    paths = {one.path for one, _ in made}
    kept = [(one, data) for one, data in edition.kept if one.path not in paths]
    entries = _in_list_order((*(one for one, _ in made), *(one for one, _ in kept)), publications)
    job = _index_job(publications, entries, edition.jobs)
    index = render_index(job)
    reports = render_reports(ReportJob(edition=job, verified=edition.verified, shortcomings=edition.shortcomings))
    if index.value is None or reports.value is None:
        return Checked(None, (*index.problems, *reports.problems))
    manifest = _manifest(edition, entries, tuple(path for path, _ in reports.value))
    files = (
        *((one.path, data) for one, data in (*made, *kept)),
        ("index.html", index.value),
        *reports.value,
        (MANIFEST, manifest),
    )
    return Checked(Release(slug=slug, files=(*files, (CHECKSUMS, checksums(files)))))


def _pictures(opening: Opening, publications: tuple[Publication, ...]) -> FileList:
    """The infographic's picture, where its pages are among the files."""
    pictures = opening.pictures.results()
    return [
        (_published(artifact.publication, "png", f"{slug}.png", "image/png", pictures[artifact.path], 0),
         pictures[artifact.path])
        for artifact in opening.artifacts
        if artifact.path in pictures
        for slug in (_slug_of(artifact.publication, publications),)
    ]  # fmt: skip


def _slug_of(publication: PublicationId, publications: tuple[Publication, ...]) -> str:
    return next(one.metadata.slug for one in publications if one.id == publication)


def _picture_jobs(artifacts: Sequence[Artifact], publications: tuple[Publication, ...]) -> dict[str, Job]:
    """At most one: of the first infographic that has pages."""
    infographics = _infographics(publications)
    posters = [one for one in artifacts if one.publication in infographics and one.pages]
    return {poster.path: Job(poster.path, (poster,)) for poster in posters[:1]}


def _infographics(publications: tuple[Publication, ...]) -> frozenset[PublicationId]:
    return frozenset(one.id for one in publications if one.kind is PublicationKind.INFOGRAPHIC)


def begin_social(
    jobs: Sequence[RenderJob], publications: tuple[Publication, ...], run: Run
) -> Begun[PublicationId, Checked[bytes]]:
    """The picture for social media, where the infographic is made on paper, or the first publication that is so
    without an infographic."""
    infographics = _infographics(publications)
    papers = [job for job in jobs if isinstance(FORMATS[job.format].writer, Paged)]
    telling = [job for job in papers if not infographics or job.publication.id in infographics]
    drawing = {job.publication.id: Job(social_path(job.publication), (job,)) for job in telling[:1]}
    return run.begin("social picture", render_social, drawing)


def _social(social: Begun[PublicationId, Checked[bytes]], publications: tuple[Publication, ...]) -> FileList:
    path = social_path(publications[0])
    return [
        (_published(publication, "png", path, "image/png", picture.value, 0), picture.value)
        for publication, picture in social.results().items()
        if picture.value is not None
    ]


def social_path(publication: Publication) -> str:
    return f"{publication.metadata.dossier}-social.png"


def _file_of(one: Artifact) -> PublishedFile:
    return _published(one.publication, one.format.value, one.path, FORMATS[one.format].media_type, one.data, one.pages)


def _published(
    publication: PublicationId, form: str, path: str, media_type: str, data: bytes, pages: int
) -> PublishedFile:
    return PublishedFile(
        publication=publication,
        format=form,
        path=path,
        media_type=media_type,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        pages=pages,
    )


def _artifact(one: PublishedFile, data: bytes) -> Artifact:
    return Artifact(
        publication=one.publication, format=Format(one.format), path=one.path, data=data, pages=one.pages, log=()
    )


def _in_list_order(
    entries: tuple[PublishedFile, ...], publications: tuple[Publication, ...]
) -> tuple[PublishedFile, ...]:
    ids = [one.id for one in publications]
    formats = ["pdf", "html", "epub", "png"]
    return tuple(sorted(entries, key=lambda one: (ids.index(one.publication), formats.index(one.format))))


def _index_job(
    publications: tuple[Publication, ...], entries: tuple[PublishedFile, ...], jobs: tuple[RenderJob, ...]
) -> IndexJob:
    job = jobs[0]
    infographics = _infographics(publications)
    fonts = next((one.assets for one in jobs if one.format is Format.HTML), ())
    pictures = [one.path for one in entries if one.format == "png"]
    social = social_path(publications[0])
    return IndexJob(
        publications=publications,
        files=entries,
        panels=next((body for one in jobs if one.publication.id in infographics for body in one.bodies.values()), ""),
        picture=next((path for path in pictures if path != social), ""),
        social=social if social in pictures else "",
        assets=tuple(one for one in fonts if one.path.endswith(".woff2")),
        styles=job.styles,
        theme=job.theme,
        terms=job.terms,
        properties=job.properties,
        fonts=job.fonts,
    )


def _manifest(edition: Edition, entries: tuple[PublishedFile, ...], pages: tuple[str, ...]) -> bytes:
    """manifest.json, as the contract names its fields."""
    publications = edition.publications
    meta = next((one for one in publications if one.kind is PublicationKind.FULL), publications[0]).metadata
    opened = {one.path: one for one in edition.verified}
    value = {
        "dossier": meta.dossier,
        "title": meta.dossier_title,
        "edition": meta.edition,
        "date": meta.date.isoformat(),
        "language": meta.language,
        "generator": {"dossierbuild": __version__, **dict(edition.tools)},
        "files": [_entry(one, opened.get(one.path)) for one in entries],
        "citations": citation_register(publications, edition.resolved.labels),
        "verification": {
            "pages": pages,
            "sources": ACCESS_CHECKS,
            "shortcomings": [{"code": one.code, "place": str(one.place)} for one in edition.shortcomings],
            "matrix": {one.id: _matrix(one.id, edition.verified) for one in publications},
        },
    }
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _entry(one: PublishedFile, opened: Verified | None) -> dict[str, Any]:
    """A file as the manifest lists it; what was opened again has what it claims and what was looked at."""
    return {
        "publication": one.publication,
        "format": one.format,
        "path": one.path,
        "media_type": one.media_type,
        "bytes": one.size,
        "sha256": one.sha256,
        **({"pages": one.pages} if one.pages else {}),
        **({"conforms_to": opened.claims, "checks": opened.checks} if opened else {}),
    }


def _matrix(publication: PublicationId, verified: tuple[Verified, ...]) -> dict[str, dict[str, int]]:
    """How many of each kind the sources have, and each format."""
    files = [one for one in verified if one.publication == publication]
    sources = {"sources": dict(files[0].expected)} if files else {}
    return sources | {one.format.value: dict(one.found) for one in files}
