"""The render step: every file of an edition, with each drawing, body and section of pages made once."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

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
    PublicationId,
    RenderJob,
    Sources,
)
from dossierbuild.core.problems import Checked, Place
from dossierbuild.core.typography import number_format
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

# The characters that every page's fonts carry, so that an edit seldom changes the fonts: ASCII, Latin-1, and the signs
# of typography.
_USUAL_CHARACTERS = frozenset(
    {*map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x100), *range(0x2010, 0x2040))), *"\n€−×→←↩\ufe0e"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Materials:
    """What publications are rendered with: tables and pictures of the sources, the look, the files of the styles, and
    which formats of which publications were asked for."""

    sources: Sources
    look: Look
    files: Files
    options: BuildOptions

    def asked(self, publications: tuple[Publication, ...]) -> tuple[Publication, ...]:
        """Those of the publications that were asked for."""
        return tuple(one for one in publications if not self.options.only or one.id in self.options.only)

    def formats(self) -> tuple[Format, ...]:
        """The formats that were asked for."""
        return self.options.formats or tuple(Format(one) for one in self.sources.manifest.formats)


def begin_pictures(publications: tuple[Publication, ...], *, materials: Materials, shop: Workshop) -> None:
    """Have made what waits for no citation: fonts, where the texts have none but the usual characters, charts and
    covers."""
    shop.begin("subset", subset, _font_jobs(materials.look, _USUAL_CHARACTERS))
    shop.begin("draw", draw_figure, _drawing_jobs(publications, materials))
    if Format.EPUB in materials.formats():
        asked = materials.asked(publications)
        books = [_render_job(one, Format.EPUB, (), (), materials, publications) for one in asked]
        shop.begin("cover", render_cover, _cover_jobs(books))


def render_all(
    publications: tuple[Publication, ...],
    materials: Materials,
    shop: Workshop,
    *,
    beside: Callable[[Sequence[RenderJob], Sequence[Artifact]], None] = lambda jobs, artifacts: None,
) -> Checked[tuple[tuple[RenderJob, ...], tuple[Artifact, ...]]]:
    """The files that were asked for, from one body a part and one drawing a chart.

    `beside` gets the jobs and what is made of them, some while PDFs are still being bound, to begin what comes after.
    """
    drawn = shop.each("draw", draw_figure, _drawing_jobs(publications, materials))
    drawings = {asset.path: asset.data.decode("utf-8") for asset in drawn}
    parts = [part for publication in publications for part in publication.parts]
    written = shop.each("write", write_body, [Job(part.id, (part.blocks, part.id)) for part in parts])
    problems = [found for one in written for found in one.problems]
    if any(one.value is None for one in written):
        return Checked(None, tuple(problems))
    bodies = iter(one.value or "" for one in written)
    bodies_of = {one.id: tuple(next(bodies) for _ in one.parts) for one in publications}
    texts = (*drawings.values(), *(one.value or "" for one in written))
    web_fonts = tuple(_web_fonts(publications, texts, materials.look, shop))
    jobs = tuple(
        _render_job(
            one,
            form,
            tuple(insert_drawings(body, drawings, one.kind, form) for body in bodies_of[one.id]),
            web_fonts,
            materials,
            publications,
        )
        for form in materials.formats()
        for one in materials.asked(publications)
    )
    covered = _with_covers(jobs, shop)
    if covered.value is None:
        return Checked(None, (*problems, *covered.problems))
    jobs = covered.value
    papers, pages, books = (
        [one for one in jobs if one.format is form] for form in (Format.PDF, Format.HTML, Format.EPUB)
    )
    laid_out: LaidOut = {}
    for paper, sheets in _laid_out(papers, shop):
        laid_out[paper.publication.id] = sheets
        beside_it = [one for one in (*pages, *books) if one.publication == paper.publication]
        shop.begin("bind", bind, _bindings([paper], laid_out))
        shop.begin("render", render, _named(_with_starts(beside_it, laid_out)))
    jobs = (*papers, *pages, *_with_starts(books, laid_out))
    rendered = shop.each("render", render, _named(jobs[len(papers) :]))
    beside(jobs, [one.value for one in rendered if one.value])
    results = [*shop.each("bind", bind, _bindings(papers, laid_out)), *rendered]
    problems += [found for one in laid_out.values() for found in one.problems]
    problems += [found for one in results for found in one.problems]
    artifacts = tuple(one.value for one in results if one.value)
    beside(jobs, artifacts)
    return Checked((jobs, artifacts) if len(artifacts) == len(jobs) else None, tuple(problems))


def _named(jobs: Sequence[RenderJob]) -> list[Job]:
    return [Job(f"{one.publication.metadata.slug}.{one.format.value}", (one,)) for one in jobs]


LaidOut = dict[PublicationId, Checked[tuple[Any, ...]]]
"""The sheets of each PDF."""


def _laid_out(jobs: Sequence[RenderJob], shop: Workshop) -> Iterator[tuple[RenderJob, Checked[tuple[Any, ...]]]]:
    """The sheets of each PDF, whose sections are laid out side by side.

    The largest comes first: its binding, which nothing can share, is then done beside the layout of the others.
    """
    named = _named(jobs)
    cut = shop.each("cut", sections_of, named)
    sections = [
        [Job(f"{one.subject} {number}", (section, one.subject)) for number, section in enumerate(found.value or (), 1)]
        for one, found in zip(named, cut, strict=True)
    ]
    largest_first = sorted(range(len(jobs)), key=lambda at: -sum(_length(one) for one in sections[at]))
    for at in largest_first:
        shop.begin("lay out", lay_out, sorted(sections[at], key=_length, reverse=True))
    for at in largest_first:
        sheets = shop.each("lay out", lay_out, sections[at])
        problems = (*cut[at].problems, *(one for section in sheets for one in section.problems))
        whole = cut[at].value and all(section.value for section in sheets)
        yield jobs[at], Checked(tuple(section.value for section in sheets) if whole else None, problems)


def _length(section: Job) -> int:
    return len(section.arguments[0].html)


def _with_starts(jobs: Sequence[RenderJob], laid_out: LaidOut) -> list[RenderJob]:
    """The jobs, those of e-books with the words with which each page of the PDF begins, where there is one."""
    starts = {
        name: tuple(start for section in sheets.value or () for start in section.starts)
        for name, sheets in laid_out.items()
    }
    return [
        dataclasses.replace(one, page_starts=starts.get(one.publication.id, ())) if one.format is Format.EPUB else one
        for one in jobs
    ]


def _bindings(papers: Sequence[RenderJob], laid_out: LaidOut) -> list[Job]:
    """PDFs to be bound: those of which everything is laid out."""
    return [
        Job(f"{one.publication.metadata.slug}.pdf", (bind_job(one, sheets),))
        for one in papers
        if (sheets := laid_out[one.publication.id].value)
    ]


def bind_job(job: RenderJob, sheets: tuple[Any, ...]) -> BindJob:
    """What is to be bound of the sheets of a PDF."""
    return BindJob(
        publication=job.publication.id,
        path=f"{job.publication.metadata.slug}.pdf",
        identifier=job.publication.metadata.identifier,
        claims=job.claims,
        fonts=job.fonts,
        sheets=sheets,
    )


def _with_covers(jobs: tuple[RenderJob, ...], shop: Workshop) -> Checked[tuple[RenderJob, ...]]:
    """The jobs, those of e-books with the picture of their cover."""
    books = [one for one in jobs if one.format is Format.EPUB]
    drawn = shop.each("cover", render_cover, _cover_jobs(books))
    problems = tuple(found for one in drawn for found in one.problems)
    if any(one.value is None for one in drawn):
        return Checked(None, problems)
    covers = {book: Asset(COVER, "image/png", one.value or b"") for book, one in zip(books, drawn, strict=True)}
    return Checked(
        tuple(dataclasses.replace(one, assets=(*one.assets, covers[one])) if one in covers else one for one in jobs)
    )


def _cover_jobs(books: Sequence[RenderJob]) -> list[Job]:
    return [Job(one.publication.metadata.slug, (cover_job(one),)) for one in books]


def _drawing_jobs(publications: tuple[Publication, ...], materials: Materials) -> list[Job]:
    return [Job(one.spec.id, (one,)) for one in _drawings(publications, materials)]


def _drawings(publications: tuple[Publication, ...], materials: Materials) -> tuple[Drawing, ...]:
    sources, look = materials.sources, materials.look
    terms = look.words(sources.manifest.language)
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
                numbers=number_format(terms),
                no_data=terms["no_data"],
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
    words = [*bodies, *look.words(publications[0].metadata.language).values()]
    words += [value for one in publications for value in _texts_of(one.metadata)]
    return shop.each("subset", subset, _font_jobs(look, _USUAL_CHARACTERS.union(*words)))


def _font_jobs(look: Look, characters: frozenset[str]) -> list[Job]:
    return [Job(font.path, (font, "".join(sorted(characters)))) for font in look.fonts]


def _texts_of(metadata: object) -> list[str]:
    values = [getattr(metadata, field.name) for field in dataclasses.fields(metadata)]  # type: ignore[arg-type]
    return [str(value) for value in values]


def _render_job(
    publication: Publication,
    form: Format,
    bodies: tuple[str, ...],
    web_fonts: tuple[Asset, ...],
    materials: Materials,
    publications: tuple[Publication, ...],
) -> RenderJob:
    sources, look, files = materials.sources, materials.look, materials.files
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
        terms=tuple(look.words(publication.metadata.language).items()),
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
