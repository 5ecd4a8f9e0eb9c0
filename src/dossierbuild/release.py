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
    PublishedFile,
    Release,
    RenderJob,
    ReportJob,
    Resolved,
    Verified,
)
from dossierbuild.core.problems import Checked, Problem
from dossierbuild.stages.check import ACCESS_CHECKS
from dossierbuild.stages.distribute import CHECKSUMS, MANIFEST, checksums, published_files
from dossierbuild.stages.register import citation_register
from dossierbuild.stages.render import render_index, render_picture, render_reports, render_social
from dossierbuild.stages.verify import expected_facts, read_back, verify_reading
from dossierbuild.workshop import Job, Workshop

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


def _expect_jobs(publications: tuple[Publication, ...]) -> list[Job]:
    return [Job(one.id, (one,)) for one in publications]


def begin_release(
    jobs: Sequence[RenderJob],
    artifacts: Sequence[Artifact],
    *,
    publications: tuple[Publication, ...],
    shop: Workshop,
) -> None:
    """Have begun what comes after the rendering of these artifacts: they are read back, and pictures are drawn."""
    shop.begin("expect", expected_facts, _expect_jobs(publications))
    shop.begin("read back", read_back, _read_jobs(artifacts))
    shop.begin("picture", render_picture, _picture_jobs(artifacts, publications))
    shop.begin("social picture", render_social, _social_jobs(jobs, publications))


def verify_files(
    artifacts: Sequence[Artifact], publications: tuple[Publication, ...], shop: Workshop
) -> tuple[Verified, ...]:
    """Every file held against its publication; what a publication should hold is made out once for all its files."""
    facts = shop.each("expect", expected_facts, _expect_jobs(publications))
    expected = {one.id: found for one, found in zip(publications, facts, strict=True)}
    read = zip(artifacts, shop.each("read back", read_back, _read_jobs(artifacts)), strict=True)
    jobs = [
        Job(one.path, (expected[one.publication], dataclasses.replace(_plain(one), data=b""), reading))
        for one, reading in read
    ]
    return tuple(shop.each("verify", verify_reading, jobs))


def _read_jobs(artifacts: Sequence[Artifact]) -> list[Job]:
    return [Job(one.path, (_plain(one),)) for one in artifacts]


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


def artifacts_of(files: FileList) -> list[Artifact]:
    """The publications' files among some."""
    formats = {one.value for one in Format}
    return [_artifact(one, data) for one, data in files if one.format in formats]


def make_release(edition: Edition, shop: Workshop) -> Checked[Release]:
    """The release: the artifacts, the picture, the pages, the manifest and the checksums."""
    publications = edition.publications
    slug = publications[0].metadata.dossier
    made: FileList = [(_file_of(one), one.data) for one in edition.artifacts]
    made += _picture(edition, shop)
    made += _social(edition, shop)
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


def _picture(edition: Edition, shop: Workshop) -> FileList:
    """The infographic's picture, where its PDF was made."""
    for job in _picture_jobs(edition.artifacts, edition.publications):
        picture = shop.one("picture", render_picture, job)
        path = f"{job.subject.removesuffix('.pdf')}.png"
        return [(_published(job.arguments[0].publication, "png", path, "image/png", picture, 0), picture)]
    return []


def _picture_jobs(artifacts: Sequence[Artifact], publications: tuple[Publication, ...]) -> list[Job]:
    """At most one."""
    infographics = [one.id for one in publications if one.kind == "infographic"]
    posters = [one for one in artifacts if one.publication in infographics and one.format is Format.PDF]
    return [Job(one.path, (one,)) for one in posters[:1]]


def _social(edition: Edition, shop: Workshop) -> FileList:
    """The picture for social media, where the infographic's PDF was made, or the first PDF without an infographic."""
    for job in _social_jobs(edition.jobs, edition.publications):
        picture = shop.one("social picture", render_social, job)
        publication = job.arguments[0].publication.id
        if picture.value is not None:
            return [(_published(publication, "png", job.subject, "image/png", picture.value, 0), picture.value)]
    return []


def _social_jobs(jobs: Sequence[RenderJob], publications: tuple[Publication, ...]) -> list[Job]:
    """At most one."""
    infographics = [one.id for one in publications if one.kind == "infographic"]
    papers = [one for one in jobs if one.format is Format.PDF]
    telling = [one for one in papers if not infographics or one.publication.id in infographics]
    return [Job(social_path(one.publication), (one,)) for one in telling[:1]]


def social_path(publication: Publication) -> str:
    return f"{publication.metadata.dossier}-social.png"


def _file_of(one: Artifact) -> PublishedFile:
    return _published(one.publication, one.format.value, one.path, one.format.media_type, one.data, one.pages)


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
    infographics = {one.id for one in publications if one.kind == "infographic"}
    fonts = next((one.assets for one in jobs if one.format is Format.HTML), ())
    pictures = [one.path for one in entries if one.format == "png"]
    social = social_path(publications[0])
    return IndexJob(
        publications=publications,
        files=entries,
        panels=next((one.bodies[0] for one in jobs if one.publication.id in infographics), ""),
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
    meta = next((one for one in publications if one.kind == "full"), publications[0]).metadata
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
