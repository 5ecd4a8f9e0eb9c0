"""The render step: every file of an edition, with each drawing, body and section of pages made once."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from dossierbuild.core.catalogue import Language
from dossierbuild.core.model import (
    Artifact,
    Asset,
    BindJob,
    BuildOptions,
    Drawing,
    Files,
    Format,
    Look,
    Publication,
    RenderJob,
    Sources,
)
from dossierbuild.core.problems import Checked, Place
from dossierbuild.core.typography import NUMBER_FORMATS
from dossierbuild.stages.render import (
    COVER,
    NARROW,
    WIDE,
    bind,
    cover_job,
    draw_figure,
    insert_drawings,
    lay_out,
    render,
    render_cover,
    sections_of,
    subset,
    write_body,
)
from dossierbuild.workshop import Job, Workshop

# The characters that every page's fonts carry, so that an edit seldom changes the fonts: ASCII and Latin-1.
_USUAL_CHARACTERS = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x100))))


def render_all(
    publications: tuple[Publication, ...],
    sources: Sources,
    look: Look,
    files: Files,
    options: BuildOptions,
    shop: Workshop,
) -> Checked[tuple[tuple[RenderJob, ...], tuple[Artifact, ...]]]:
    """The files that were asked for, from one body a part and one drawing a chart."""
    drawn = shop.each("draw", draw_figure, [Job(one.spec.id, (one,)) for one in _drawings(publications, sources, look)])
    drawings = {asset.path: asset.data.decode("utf-8") for asset in drawn}
    parts = [part for publication in publications for part in publication.parts]
    written = shop.each("write", write_body, [Job(part.id, (part.blocks, part.id)) for part in parts])
    problems = [found for one in written for found in one.problems]
    if any(one.value is None for one in written):
        return Checked(None, tuple(problems))
    bodies = iter(one.value or "" for one in written)
    bodies_of = {one.id: tuple(next(bodies) for _ in one.parts) for one in publications}
    web_fonts = tuple(_web_fonts(publications, (*drawings.values(), *(one.value or "" for one in written)), look, shop))
    wanted = options.formats or tuple(Format(one) for one in sources.manifest.formats)
    jobs = tuple(
        _render_job(
            one,
            form,
            tuple(insert_drawings(body, drawings, one.kind, form) for body in bodies_of[one.id]),
            web_fonts,
            sources,
            look,
            files,
            publications,
        )
        for form in sorted(wanted, key=lambda form: form is not Format.PDF)  # the slowest first
        for one in publications
        if not options.only or one.id in options.only
    )
    covered = _with_covers(jobs, shop)
    if covered.value is None:
        return Checked(None, (*problems, *covered.problems))
    jobs = covered.value
    results = _paper([one for one in jobs if one.format is Format.PDF], shop)
    papers = [one.value for one in results if one.value]
    others = [_with_page_starts(one, papers) for one in jobs if one.format is not Format.PDF]
    named = [Job(f"{one.publication.metadata.slug}.{one.format.value}", (one,)) for one in others]
    results += shop.each("render", render, named)
    jobs = (*(one for one in jobs if one.format is Format.PDF), *others)
    problems += [found for one in results for found in one.problems]
    artifacts = tuple(one.value for one in results if one.value)
    return Checked((jobs, artifacts) if len(artifacts) == len(jobs) else None, tuple(problems))


def _paper(jobs: Sequence[RenderJob], shop: Workshop) -> list[Checked[Artifact]]:
    """The PDF of each job: its sections laid out side by side, and bound."""
    paths = [f"{one.publication.metadata.slug}.pdf" for one in jobs]
    cut = shop.each("cut", sections_of, [Job(path, (one,)) for path, one in zip(paths, jobs, strict=True)])
    sections = [
        Job(f"{path} {number}", (section, path))
        for path, one in zip(paths, cut, strict=True)
        for number, section in enumerate(one.value or (), 1)
    ]
    slowest_first = sorted(sections, key=lambda job: (not job.arguments[0].panels, -len(job.arguments[0].html)))
    laid_out = shop.each("lay out", lay_out, slowest_first)
    sheets = {job.subject: one for job, one in zip(slowest_first, laid_out, strict=True)}
    problems = {path: one.problems for path, one in zip(paths, cut, strict=True)}
    bindings = []
    for path, one, job in zip(paths, cut, jobs, strict=True):
        own = [sheets[f"{path} {number}"] for number in range(1, len(one.value or ()) + 1)]
        problems[path] += tuple(found for section in own for found in section.problems)
        if one.value and all(section.value for section in own):
            bindings.append(Job(path, (bind_job(job, path, own),)))
    bound = shop.each("bind", bind, bindings)
    failed: list[Checked[Artifact]] = [Checked(None, found) for found in problems.values() if found]
    return [*bound, *failed]


def bind_job(job: RenderJob, path: str, sections: Sequence[Checked[Any]]) -> BindJob:
    """What is to be bound of the sections of a PDF, which are laid out."""
    return BindJob(
        publication=job.publication.id,
        path=path,
        identifier=job.publication.metadata.identifier,
        claims=job.claims,
        fonts=job.fonts,
        sheets=tuple(section.value for section in sections),
    )


def _with_page_starts(book: RenderJob, papers: Sequence[Artifact]) -> RenderJob:
    """The job of an e-book with the pages of its PDF, where that was made in this build."""
    starts = (one.page_starts for one in papers if one.publication == book.publication.id)
    return dataclasses.replace(book, page_starts=next(starts, ()))


def _with_covers(jobs: tuple[RenderJob, ...], shop: Workshop) -> Checked[tuple[RenderJob, ...]]:
    """The jobs, those of e-books with the picture of their cover."""
    books = [one for one in jobs if one.format is Format.EPUB]
    drawn = shop.each("cover", render_cover, [Job(one.publication.metadata.slug, (cover_job(one),)) for one in books])
    problems = tuple(found for one in drawn for found in one.problems)
    if any(one.value is None for one in drawn):
        return Checked(None, problems)
    covers = {book: Asset(COVER, "image/png", one.value or b"") for book, one in zip(books, drawn, strict=True)}
    return Checked(
        tuple(dataclasses.replace(one, assets=(*one.assets, covers[one])) if one in covers else one for one in jobs)
    )


def _drawings(publications: tuple[Publication, ...], sources: Sources, look: Look) -> tuple[Drawing, ...]:
    language = Language.of(sources.manifest.language)
    fonts = tuple(Asset(font.path, "font/ttf", font.data) for font in look.fonts)
    drawings = []
    for chart in (chart for publication in publications for chart in publication.charts):
        table = sources.table(chart.data)
        assert table is not None
        spec = dataclasses.replace(chart, place=Place(""))  # where it stands in the text does not change the drawing
        drawings += [
            Drawing(
                spec=spec,
                table=table,
                theme=look.theme,
                numbers=NUMBER_FORMATS[language],
                language=language,
                fonts=fonts,
                width=width,
            )
            for width in (WIDE, NARROW)
        ]
    return tuple(dict.fromkeys(drawings))


def _web_fonts(
    publications: tuple[Publication, ...],
    bodies: tuple[str, ...],
    look: Look,
    shop: Workshop,
) -> list[Asset]:
    words = [*bodies, *look.words(publications[0].metadata.labels).values()]
    words += [value for one in publications for value in _texts_of(one.metadata)]
    characters = "".join(sorted(_USUAL_CHARACTERS.union(*words)))
    return shop.each("subset", subset, [Job(font.path, (font, characters)) for font in look.fonts])


def _texts_of(metadata: object) -> list[str]:
    values = [getattr(metadata, field.name) for field in dataclasses.fields(metadata)]  # type: ignore[arg-type]
    return [str(value) for value in values]


def _render_job(
    publication: Publication,
    form: Format,
    bodies: tuple[str, ...],
    web_fonts: tuple[Asset, ...],
    sources: Sources,
    look: Look,
    files: Files,
    publications: tuple[Publication, ...],
) -> RenderJob:
    pictures = tuple(
        Asset(one.path, one.media_type, one.data) for one in sources.pictures if one.path in publication.pictures
    )
    icons = tuple(_icon(name, files, look) for name in publication.icons)
    return RenderJob(
        publication=publication,
        format=form,
        claims=not sources.shortcomings,
        bodies=bodies,
        assets=(*pictures, *icons, *(web_fonts if form is not Format.PDF else ())),
        styles=_shells(files),
        theme=look.theme,
        terms=tuple(look.words(publication.metadata.labels).items()),
        properties=look.properties,
        fonts=look.fonts,
        siblings=tuple(
            (one.id, one.metadata.title, f"{one.metadata.slug}.{other}")
            for one in publications
            for other in sources.manifest.formats
        ),
    )


def _shells(files: Files) -> tuple[Any, ...]:
    return tuple(one for one in files.styles if one.path.endswith((".j2", ".css")))


def _icon(name: str, files: Files, look: Look) -> Asset:
    """An icon in the theme's accent colour: in a picture of its own it has no text to take its colour from."""
    file = files.style(f"icons/{name}.svg")
    data = file.data if file else b""
    colour = look.theme.colour("accent").encode()
    return Asset(f"icons/{name}.svg", "image/svg+xml", data.replace(b"currentColor", colour))
