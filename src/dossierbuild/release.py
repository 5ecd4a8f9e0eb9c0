"""The release: from verified files to the set that is put in place, with its pages, manifest and checksums."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from types import MappingProxyType

from dossierbuild import __version__
from dossierbuild.companions import COMPANIONS, make_companions
from dossierbuild.core.downloads import DataFormat
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
from dossierbuild.core.folder import outside, read_plain_file
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.model import (
    Artifact,
    Asset,
    BuildOptions,
    DossierName,
    Files,
    IndexJob,
    Label,
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
from dossierbuild.core.problems import NOWHERE, Checked, Problem, problem, stops
from dossierbuild.core.published import CHECKSUMS, MANIFEST, Checksums
from dossierbuild.core.spec import Format, PublicationKind
from dossierbuild.formats import FORMATS, Paged, open_again, verify_file
from dossierbuild.program import library_versions
from dossierbuild.rendering import Rendering
from dossierbuild.scheduler import Begun, Job, Run
from dossierbuild.stages.check import ACCESS_CHECKS
from dossierbuild.stages.register import citation_register
from dossierbuild.stages.render import (
    Medium,
    main_figures,
    panels_as_text,
    place_formulas,
    render_picture,
    render_social,
    write_body,
)
from dossierbuild.stages.verify import Facts, expected_facts, verify_together
from dossierbuild.tools.pandoc import pandoc_version
from dossierbuild.tools.paper import engine_versions
from dossierbuild.tools.store import digest

FileList = list[tuple[PublishedFile, bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a release is put together from: all that was made and found out.

    `tools` has the version of all that the bytes depend on, by its name. `terms` are the fixed words of the dossier's
    language, whatever that of its publications.

    `data` are the files that are given along. After a build of some files only, `kept` are those of the edition that
    are in place already. `made_from` is the digest of what all have in common.
    """

    publications: tuple[Publication, ...]
    resolved: Resolved
    jobs: tuple[RenderJob, ...]
    terms: FrozenMap[str, str]
    fonts: tuple[Asset, ...]
    artifacts: tuple[Artifact, ...]
    kept: FileList
    data: FileList
    verified: tuple[Verified, ...]
    shortcomings: tuple[Problem, ...]
    unmeasured: tuple[str, ...]
    measured: tuple[str, ...]
    tools: FrozenMap[str, str]
    made_from: str

    @property
    def dossier(self) -> DossierName:
        """The dossier that the publications are of."""
        meta = self.publications[0].metadata
        return DossierName(slug=meta.dossier, id=meta.dossier_id, title=meta.dossier_title)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Files that are ready, while they are opened again and the infographic's picture is taken."""

    artifacts: tuple[Artifact, ...]
    readings: Begun[str, Checked[bytes]]
    pictures: Begun[str, bytes]


def _begin_opening(artifacts: tuple[Artifact, ...], publications: tuple[Publication, ...], run: Run) -> Opening:
    """Begin what comes after files are ready."""
    files = {artifact.path: Job(artifact.path, (_plain(artifact),)) for artifact in artifacts}
    return Opening(
        artifacts=artifacts,
        readings=run.begin("read back", open_again, files),
        pictures=run.begin("picture", render_picture, _picture_jobs(artifacts, publications)),
    )


def begin_versions(run: Run) -> Begun[str, FrozenMap[str, str]]:
    """Names and versions of the tools, which are asked for once for each program."""
    return run.begin("versions", tool_versions, {"tools": Job("tools", ())})


def tool_versions() -> FrozenMap[str, str]:
    """Names and versions of all that the bytes depend on. Raises EngineError where the layout engine is missing."""
    return FrozenMap((("pandoc", pandoc_version()), *library_versions(), *engine_versions()))


def begin_expected(publications: tuple[Publication, ...], run: Run) -> Begun[PublicationId, Facts]:
    """What the files of each publication should hold."""
    jobs = {publication.id: Job(publication.id, (publication,)) for publication in publications}
    return run.begin("expect", expected_facts, jobs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """All files of a rendering, in the order of its jobs, while they are opened again.

    `problems` are those of their making.
    """

    artifacts: tuple[Artifact, ...]
    openings: tuple[Opening, ...]
    problems: tuple[Problem, ...]


def open_when_ready(rendering: Rendering, publications: tuple[Publication, ...], run: Run) -> Ready:
    """Begin to open each file as soon as it is ready; files that could not be made are left out."""
    openings: list[Opening] = []
    problems: list[Problem] = []
    for files in rendering.finished():
        problems += (found for file in files for found in file.problems)
        openings.append(_begin_opening(tuple(file.value for file in files if file.value), publications, run))
    made = {artifact.path: artifact for opening in openings for artifact in opening.artifacts}
    return Ready(
        artifacts=tuple(made[job.path] for job in rendering.jobs if job.path in made),
        openings=tuple(openings),
        problems=tuple(problems),
    )


def verify_files(
    ready: Ready, kept: FileList, expected: Begun[PublicationId, Facts], labels: Iterable[Label], run: Run
) -> Checked[tuple[Verified, ...]]:
    """Every file held against its publication, those of `ready` and those that are `kept` from an earlier build, in the
    order in which a build of all files makes them.

    Problems are of the files of `ready` alone; there is no value where one of them stops a release.
    """
    kept_files = _begin_opening(_artifacts_of(kept), (), run)
    facts = expected.results()
    jobs = {
        artifact.path: Job(
            artifact.path,
            (facts[artifact.publication], dataclasses.replace(_plain(artifact), data=b""), readings[artifact.path]),
        )
        for opening in (*ready.openings, kept_files)
        for readings in (opening.readings.results(),)
        for artifact in opening.artifacts
    }
    verified = run.each("verify", verify_file, jobs)
    made = tuple(verified[artifact.path] for artifact in ready.artifacts)
    problems = (*(found for file in made for found in file.problems), *verify_together(made, labels))
    places = {(form, publication): at for at, (form, publication) in enumerate(product(FORMATS, facts))}
    whole = tuple(sorted(verified.values(), key=lambda file: places[file.format, file.publication]))
    return Checked(None if stops(problems) else whole, problems)


def _plain(artifact: Artifact) -> Artifact:
    """The artifact without its log and its page starts, so that it equals the file as read from a published folder."""
    return dataclasses.replace(artifact, log=(), page_starts=())


def common_digest(files: Files, options: BuildOptions) -> str:
    """The digest of what all files of an edition are made from, whichever are asked for: the sources, the styles, the
    theme, and whether it is a draft. Editions that are published inside the dossier's folder are no sources."""
    names = frozenset(outside(options.root, options.output, (file.path for file in files.sources)))
    sources = tuple((file.path, file.digest) for file in files.sources if file.path in names)
    styles = tuple((file.path, file.digest) for file in files.originals)
    return digest(sources, styles, options.theme, options.draft)


def files_in_place(
    output: Path,
    artifacts: Sequence[Artifact],
    publications: tuple[Publication, ...],
    made_from: str,
    tools: Mapping[str, str],
) -> FileList:
    """The sound files of this edition's publications that `output` holds and that are not among the `artifacts`.

    Empty where the manifest there is lacking or damaged, or tells of files that other tools made or that were made from
    something else: an edition is of one text."""
    folder = output / publications[0].metadata.dossier
    there = edition_in(folder).value
    if there is None or there.made_from != made_from or there.generator != _generator(tools):
        return []
    wanted = _names(publications) - {artifact.path for artifact in artifacts}
    return list(_sound(folder, (file for file in there.files if file.path in wanted)))


def left_out(output: Path, release: Release) -> tuple[Problem, ...]:
    """D631: files of the edition in place that are no part of the release, because they are of an earlier text."""
    there = edition_in(output / release.dossier.slug).value
    gone = [file.path for file in there.files if file.path not in release.files] if there else []
    return (problem("D631", NOWHERE, files=", ".join(gone)),) if gone else ()


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


def data_files(publications: tuple[Publication, ...], files: Files) -> FileList:
    """The data files that are given along, each once, with the publication that is the first to link to it."""
    found = {
        data.name: (data, publication.id) for publication in reversed(publications) for data in publication.downloads
    }
    return [
        (_published(Role.DATA, publication, data.format, name, source.data), source.data)
        for name, (data, publication) in sorted(found.items())
        if (source := files.source(data.path))
    ]


def _artifacts_of(files: FileList) -> tuple[Artifact, ...]:
    """The publications' files among listed files, as artifacts with an empty log."""
    return tuple(
        Artifact(publication=file.publication, format=file.format, path=file.path, data=data, pages=file.pages, log=())
        for file, data in files
        if isinstance(file.format, Format)
    )


def make_release(built: Built, ready: Ready, presented: Presented, run: Run) -> Checked[Release]:
    """The release: the listed files, the files that stand with them, the manifest and the checksums."""
    made: FileList = [(_file_of(artifact), artifact.data) for artifact in built.artifacts]
    made += [picture for opening in ready.openings for picture in _pictures(opening, built.publications)]
    made += _social(presented, built.publications)
    made += built.data
    paths = {file.path for file, _ in made}
    listed = [*made, *((file, data) for file, data in built.kept if file.path not in paths)]
    entries = _in_list_order([_opened(file, built.verified) for file, _ in listed], built.publications)
    job = ReportJob(
        edition=_index_job(built, entries, _panels(presented)),
        verified=built.verified,
        shortcomings=built.shortcomings,
        unmeasured=built.unmeasured,
        measured=built.measured,
    )
    pages = run.one("companions", make_companions, Job("index.html", (job,)))
    companions = [(row, row.path(job.edition.terms), page) for row, page in zip(COMPANIONS, pages, strict=True)]
    problems = tuple(found for _, _, page in companions for found in page.problems)
    if any(page.value is None for _, _, page in companions):
        return Checked(None, problems)
    reports = tuple(path for row, path, _ in companions if row.role is Role.REPORT)
    files = (
        *((file.path, data) for file, data in listed),
        *((path, page.value or b"") for _, path, page in companions),
        (MANIFEST, edition_json(_edition(built, entries, reports))),
    )
    checksums = Checksums.of(files)
    whole = FrozenMap((*files, (CHECKSUMS, checksums.text.encode())))
    return Checked(Release(dossier=built.dossier, files=whole, checksums=checksums), problems)


def _pictures(opening: Opening, publications: tuple[Publication, ...]) -> FileList:
    """The infographic's picture, where its pages are among the files."""
    slugs = {publication.id: publication.metadata.slug for publication in publications}
    taken = opening.pictures.results()
    pictures = [(artifact, taken[artifact.path]) for artifact in opening.artifacts if artifact.path in taken]
    return [(_picture(Role.PICTURE, artifact.publication, f"{slugs[artifact.publication]}.png", data), data)
            for artifact, data in pictures]  # fmt: skip


def _picture(role: Role, publication: PublicationId, path: str, data: bytes) -> PublishedFile:
    return _published(role, publication, PictureFormat.PNG, path, data)


def _picture_jobs(artifacts: Sequence[Artifact], publications: tuple[Publication, ...]) -> dict[str, Job]:
    """The job that makes a picture of the first infographic; empty where its pages are not among the artifacts."""
    infographics = {publication.id for publication in _infographics(publications)[:1]}
    posters = [artifact for artifact in artifacts if artifact.publication in infographics and artifact.pages]
    return {poster.path: Job(poster.path, (poster,)) for poster in posters[:1]}


def _infographics(publications: tuple[Publication, ...]) -> tuple[Publication, ...]:
    return tuple(publication for publication in publications if publication.kind is PublicationKind.INFOGRAPHIC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Presented:
    """What presents the infographic on the publication page and in social media, while it is being made.

    `social` is the picture for social media, `panels` the panels as HTML, to stand beside the infographic's picture.
    """

    social: Begun[PublicationId, Checked[bytes]]
    panels: Begun[PublicationId, Checked[str]]


def begin_presenting(jobs: Sequence[RenderJob], publications: tuple[Publication, ...], run: Run) -> Presented:
    """Begin what shows the first infographic; both are empty without one, but for a picture of the first publication.

    The picture is taken where its pages are among the jobs: a build of other files keeps the one that is there.
    """
    papers = [job for job in jobs if isinstance(FORMATS[job.format].writer, Paged)]
    wanted = {publication.id for publication in (_infographics(publications) or publications)[:1]}
    telling = [job for job in papers if job.publication.id in wanted]
    name = social_path(publications[0].metadata.dossier)
    texts = {
        publication.id: Job(publication.id, (panels_as_text(publication), publication.id))
        for publication in _infographics(publications)[:1]
    }
    return Presented(
        social=run.begin(
            "social picture", render_social, {job.publication.id: Job(name, (job,)) for job in telling[:1]}
        ),
        panels=run.begin("write", write_body, texts),
    )


def _panels(presented: Presented) -> str:
    """The HTML of the panels as text, with formulas as a page has them."""
    body = next((text.value or "" for text in presented.panels.results().values()), "")
    return place_formulas(body, {}, Medium.SCREEN)


def _social(presented: Presented, publications: tuple[Publication, ...]) -> FileList:
    path = social_path(publications[0].metadata.dossier)
    return [
        (_picture(Role.SOCIAL_PICTURE, publication, path, picture.value), picture.value)
        for publication, picture in presented.social.results().items()
        if picture.value is not None
    ]


def _file_of(artifact: Artifact) -> PublishedFile:
    file = _published(Role.PUBLICATION, artifact.publication, artifact.format, artifact.path, artifact.data)
    return dataclasses.replace(file, pages=artifact.pages)


def _published(
    role: Role, publication: PublicationId, form: Format | PictureFormat | DataFormat, path: str, data: bytes
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
    opened = next((report for report in verified if report.path == file.path), None)
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


def _index_job(built: Built, entries: tuple[PublishedFile, ...], panels: str) -> IndexJob:
    first = built.jobs[0]
    infographics = _infographics(built.publications)
    pictures = {file.role: file.path for file in reversed(entries)}
    return IndexJob(
        publications=built.publications,
        files=entries,
        panels=panels,
        figures=main_figures(infographics[0]) if infographics else (),
        picture=pictures.get(Role.PICTURE, ""),
        social=pictures.get(Role.SOCIAL_PICTURE, ""),
        assets=built.fonts,
        styles=first.styles,
        theme=first.theme,
        terms=built.terms,
        properties=first.properties,
        fonts=first.fonts,
    )


def _edition(built: Built, entries: tuple[PublishedFile, ...], reports: tuple[str, ...]) -> Edition:
    """The content of manifest.json."""
    publications = built.publications
    full = (publication for publication in publications if publication.kind is PublicationKind.FULL)
    meta = next(full, publications[0]).metadata
    return Edition(
        dossier=meta.dossier,
        id=meta.dossier_id,
        title=meta.dossier_title,
        edition=meta.edition,
        date=meta.date,
        language=meta.dossier_language,
        made_from=built.made_from,
        generator=_generator(built.tools),
        files=entries,
        citations=citation_register(publications, built.resolved.labels),
        verification=Verification(
            pages=reports,
            sources=ACCESS_CHECKS,
            shortcomings=tuple(
                Shortcoming(shortcoming.code, str(shortcoming.place)) for shortcoming in built.shortcomings
            ),
            matrix=MappingProxyType(
                {publication.id: _matrix(publication.id, built.verified) for publication in publications}
            ),
        ),
    )


def _generator(tools: Mapping[str, str]) -> Mapping[str, str]:
    """The program and the tools with their versions."""
    return MappingProxyType({"dossierbuild": __version__, **tools})


def _matrix(publication: PublicationId, verified: tuple[Verified, ...]) -> Mapping[str, Counts]:
    """Counts by kind of content: those of the sources, and those of the file in each format."""
    files = [file for file in verified if file.publication == publication]
    sources = {"sources": files[0].expected} if files else {}
    return FrozenMap(sources | {file.format.value: file.found for file in files})
