"""The release: from verified files to the set that is put in place, with its pages, manifest and checksums."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from dossierbuild import __version__
from dossierbuild.companions import COMPANIONS
from dossierbuild.core.edition import (
    LISTED_FORMATS,
    Counts,
    Edition,
    Shortcoming,
    Verification,
    edition_in,
    edition_json,
    social_path,
)
from dossierbuild.core.folder import read_plain_file
from dossierbuild.core.model import (
    Artifact,
    Format,
    IndexJob,
    PictureFormat,
    Publication,
    PublicationId,
    PublishedFile,
    Release,
    RenderJob,
    ReportJob,
    Resolved,
    Role,
    Verified,
)
from dossierbuild.core.problems import Checked, Problem
from dossierbuild.core.published import CHECKSUMS, MANIFEST, Checksums
from dossierbuild.stages.check import ACCESS_CHECKS
from dossierbuild.stages.register import citation_register
from dossierbuild.stages.render import main_figures, render_picture, render_social
from dossierbuild.stages.verify import expected_facts, read_back, verify_reading
from dossierbuild.workshop import Job, Workshop

FileList = list[tuple[PublishedFile, bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a release is put together from: all that was made and found out.

    `tools` are names and versions of what the bytes depend on.

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
    """Files of this edition's publications that are in place, sound, and not among the `artifacts`; none where no sound
    manifest stands, or that of another edition."""
    meta = publications[0].metadata
    folder = output / meta.dossier
    there = edition_in(folder).value
    if there is None or (there.dossier, there.edition) != (meta.dossier, meta.edition):
        return []
    wanted = _names(publications) - {artifact.path for artifact in artifacts}
    return list(_sound(folder, (file for file in there.files if file.path in wanted)))


def _names(publications: tuple[Publication, ...]) -> set[str]:
    """The names that listed files of these publications can have."""
    slugs = [publication.metadata.slug for publication in publications]
    return {
        social_path(publications[0].metadata.dossier),
        *(f"{slug}.{form}" for slug in slugs for form in LISTED_FORMATS),
    }


def _sound(folder: Path, files: Iterable[PublishedFile]) -> Iterator[tuple[PublishedFile, bytes]]:
    """The files that are what the manifest says, with their bytes."""
    for file in files:
        with contextlib.suppress(OSError):
            data = read_plain_file(folder / file.path)
            if hashlib.sha256(data).hexdigest() == file.sha256:
                yield file, data


def artifacts_of(files: FileList) -> list[Artifact]:
    """The publications' files among some."""
    return [
        Artifact(publication=file.publication, format=file.format, path=file.path, data=data, pages=file.pages, log=())
        for file, data in files
        if isinstance(file.format, Format)
    ]


def make_release(built: Built, shop: Workshop) -> Checked[Release]:
    """The release: the listed files, the files that stand with them, the manifest and the checksums."""
    made: FileList = [(_file_of(artifact), artifact.data) for artifact in built.artifacts]
    made += _picture(built, shop)
    made += _social(built, shop)
    paths = {file.path for file, _ in made}
    listed = [*made, *((file, data) for file, data in built.kept if file.path not in paths)]
    entries = _in_list_order([_opened(file, built.verified) for file, _ in listed], built.publications)
    meta = built.publications[0].metadata
    job = ReportJob(
        edition=_index_job(built.publications, entries, built.jobs),
        verified=built.verified,
        shortcomings=built.shortcomings,
    )
    companions = [(row, row.path(meta.dossier, meta.labels), row.make(job)) for row in COMPANIONS]
    problems = tuple(problem for _, _, page in companions for problem in page.problems)
    if any(page.value is None for _, _, page in companions):
        return Checked(None, problems)
    reports = tuple(path for row, path, _ in companions if row.role is Role.REPORT)
    files = (
        *((file.path, data) for file, data in listed),
        *((path, page.value or b"") for _, path, page in companions),
        (MANIFEST, edition_json(_edition(built, entries, reports))),
    )
    checksums = Checksums.of(files)
    whole = (*files, (CHECKSUMS, checksums.text.encode()))
    return Checked(Release(slug=meta.dossier, files=whole, checksums=checksums), problems)


def _picture(built: Built, shop: Workshop) -> FileList:
    """The infographic's picture, where its PDF was made."""
    for job in _picture_jobs(built.artifacts, built.publications):
        picture = shop.one("picture", render_picture, job)
        path = f"{job.subject.removesuffix('.pdf')}.png"
        publication = job.arguments[0].publication
        return [(_published(Role.PICTURE, publication, PictureFormat.PNG, path, picture), picture)]
    return []


def _picture_jobs(artifacts: Sequence[Artifact], publications: tuple[Publication, ...]) -> list[Job]:
    """At most one."""
    infographics = [one.id for one in publications if one.kind == "infographic"]
    posters = [one for one in artifacts if one.publication in infographics and one.format is Format.PDF]
    return [Job(one.path, (one,)) for one in posters[:1]]


def _social(built: Built, shop: Workshop) -> FileList:
    """The picture for social media, where the infographic's PDF was made, or the first PDF without an infographic."""
    for job in _social_jobs(built.jobs, built.publications):
        picture = shop.one("social picture", render_social, job)
        publication = job.arguments[0].publication.id
        if picture.value is not None:
            file = _published(Role.SOCIAL_PICTURE, publication, PictureFormat.PNG, job.subject, picture.value)
            return [(file, picture.value)]
    return []


def _social_jobs(jobs: Sequence[RenderJob], publications: tuple[Publication, ...]) -> list[Job]:
    """At most one."""
    infographics = [one.id for one in publications if one.kind == "infographic"]
    papers = [one for one in jobs if one.format is Format.PDF]
    telling = [one for one in papers if not infographics or one.publication.id in infographics]
    return [Job(social_path(one.publication.metadata.dossier), (one,)) for one in telling[:1]]


def _file_of(artifact: Artifact) -> PublishedFile:
    file = _published(Role.PUBLICATION, artifact.publication, artifact.format, artifact.path, artifact.data)
    return dataclasses.replace(file, pages=artifact.pages)


def _published(
    role: Role, publication: PublicationId, form: Format | PictureFormat, path: str, data: bytes
) -> PublishedFile:
    return PublishedFile(
        role=role,
        publication=publication,
        format=form,
        path=path,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
    )


def _opened(file: PublishedFile, verified: tuple[Verified, ...]) -> PublishedFile:
    """The file with what it claims and what was looked at, where it was opened again."""
    opened = next((one for one in verified if one.path == file.path), None)
    return dataclasses.replace(
        file, conforms_to=opened.claims if opened else (), checks=opened.checks if opened else ()
    )


def _in_list_order(files: Sequence[PublishedFile], publications: tuple[Publication, ...]) -> tuple[PublishedFile, ...]:
    """The files of each publication together, by role and format."""
    ids = [publication.id for publication in publications]
    roles, formats = list(Role), list(LISTED_FORMATS.values())
    return tuple(
        sorted(
            files,
            key=lambda file: (ids.index(file.publication), roles.index(file.role), formats.index(file.format)),
        )
    )


def _index_job(
    publications: tuple[Publication, ...], entries: tuple[PublishedFile, ...], jobs: tuple[RenderJob, ...]
) -> IndexJob:
    job = jobs[0]
    infographics = [one for one in publications if one.kind == "infographic"]
    bodies = {one.publication.id: one.bodies for one in reversed(jobs)}
    fonts = next((one.assets for one in jobs if one.format is Format.HTML), ())
    pictures = {file.role: file.path for file in reversed(entries)}
    return IndexJob(
        publications=publications,
        files=entries,
        panels=next((bodies[one.id][0] for one in infographics if one.id in bodies), ""),
        figures=main_figures(infographics[0]) if infographics else (),
        picture=pictures.get(Role.PICTURE, ""),
        social=pictures.get(Role.SOCIAL_PICTURE, ""),
        assets=tuple(one for one in fonts if one.path.endswith(".woff2")),
        styles=job.styles,
        theme=job.theme,
        terms=job.terms,
        properties=job.properties,
        fonts=job.fonts,
    )


def _edition(built: Built, entries: tuple[PublishedFile, ...], reports: tuple[str, ...]) -> Edition:
    """What the manifest says."""
    publications = built.publications
    meta = next((one for one in publications if one.kind == "full"), publications[0]).metadata
    return Edition(
        dossier=meta.dossier,
        title=meta.dossier_title,
        edition=meta.edition,
        date=meta.date,
        language=meta.language,
        generator=MappingProxyType({"dossierbuild": __version__, **dict(built.tools)}),
        files=entries,
        citations=citation_register(publications, built.resolved.labels),
        verification=Verification(
            pages=reports,
            sources=ACCESS_CHECKS,
            shortcomings=tuple(Shortcoming(one.code, str(one.place)) for one in built.shortcomings),
            matrix=MappingProxyType({one.id: _matrix(one.id, built.verified) for one in publications}),
        ),
    )


def _matrix(publication: PublicationId, verified: tuple[Verified, ...]) -> Mapping[str, Counts]:
    """How many of each kind the sources have, and each format."""
    files = [file for file in verified if file.publication == publication]
    sources = {"sources": dict(files[0].expected)} if files else {}
    return MappingProxyType(sources | {file.format.value: dict(file.found) for file in files})
