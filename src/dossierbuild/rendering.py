"""The render step: every file of an edition, with each drawing, body and section of pages made once."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dossierbuild.core.ast import walk
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.model import (
    AnchorKind,
    Artifact,
    Asset,
    BindJob,
    BuildOptions,
    ChartSpec,
    Drawing,
    Files,
    FitJob,
    LayoutJob,
    Look,
    PartId,
    Picture,
    Publication,
    PublicationId,
    RenderJob,
    Sibling,
    Sources,
)
from dossierbuild.core.passages import comparable, segments
from dossierbuild.core.problems import NOWHERE, Checked, Place, Problem
from dossierbuild.core.spec import Format, PublicationKind
from dossierbuild.core.typography import calendar, number_format
from dossierbuild.formats import FORMATS, Flowing, Need, Paged, write
from dossierbuild.scheduler import Begun, Job, Run
from dossierbuild.stages.parse import parse_picture
from dossierbuild.stages.render import (
    COVER,
    NARROW,
    PAPER_COVER,
    SVG,
    WIDE,
    ChartWidth,
    Fitted,
    Medium,
    address_of,
    covered,
    draw_figure,
    face_characters,
    fit_picture,
    formula_characters,
    front_pages,
    has_locators,
    insert_drawings,
    look_for,
    paged,
    paper_properties,
    place_formulas,
    place_pictures,
    render_cover,
    room_for,
    shown_widths,
    subset,
    tell_continued,
    write_body,
)

# The characters that every page's fonts carry, so that an edit seldom changes the fonts: ASCII, Latin-1, and the signs
# of typography.
_USUAL_CHARACTERS = frozenset(
    {*map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x100), *range(0x2010, 0x2040))), *"\n€−×→←↩\ufe0e"}
)

MOST_LAYOUTS = 3
"""How often an index is laid out anew at the most: its length moves what it names only where that stands behind it."""

# How many signs of the words that a passage begins with tell it from others.
_TOLD_APART = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Materials:
    """Values that rendering needs besides the publications: the sources for their tables and pictures, the look, the
    files of the styles, and the options, which name the formats and publications that were asked for.

    `characters` are all that will be printed, except those that only citations bring; the look has the fonts for them.
    `beginnings` of passages tell where in the sources stands what a page has no room for, and `origins` the file that
    each chapter was written in, by the chapter's id.
    """

    sources: Sources
    look: Look
    characters: frozenset[str]
    files: Files
    options: BuildOptions
    beginnings: tuple[tuple[str, Place], ...]
    origins: FrozenMap[str, str]

    def asked(self, publications: tuple[Publication, ...]) -> tuple[Publication, ...]:
        """The publications that were asked for."""
        only = self.options.only
        return tuple(publication for publication in publications if not only or publication.id in only)

    def formats(self) -> tuple[Format, ...]:
        """The formats that were asked for, in the order of FORMATS."""
        asked = self.options.formats or self.sources.manifest.formats
        return tuple(form for form in FORMATS if form in asked)

    def need(self, need: Need) -> bool:
        """Whether any format that was asked for has this need."""
        return any(_needs(form, need) for form in self.formats())


def materials_for(
    publications: tuple[Publication, ...], sources: Sources, look: Look, files: Files, options: BuildOptions
) -> Materials:
    """The materials of an edition, with the fonts that its characters need.

    The texts are in the publications from here on, and much to hold twice in a large dossier.
    """
    characters = _characters_of(publications, sources, look)
    return Materials(
        sources=dataclasses.replace(sources, chapters=(), summaries=()),
        look=look_for(look, characters, code=_code_of(publications), formulas=bool(sources.formulas)),
        characters=characters,
        files=files,
        options=options,
        beginnings=_beginnings(sources),
        origins=FrozenMap(
            (anchor.id, text.path)
            for text in sources.texts
            for anchor in text.anchors
            if anchor.kind is AnchorKind.CHAPTER
        ),
    )


def _needs(form: Format, need: Need) -> bool:
    writer = FORMATS[form].writer
    return isinstance(writer, Flowing) and need in writer.needs


# --- what waits for no citation -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """Drawings of charts, covers and fonts that are being made.

    `fonts` hold the usual characters; None where a text is known to have other characters.
    """

    drawings: Begun[Drawing, Asset]
    covers: Begun[PublicationId, Checked[bytes]]
    fonts: Begun[str, Asset] | None


def begin_pictures(publications: tuple[Publication, ...], materials: Materials, run: Run) -> Pictures:
    """Begin charts, covers and fonts, which wait for no citation."""
    usual = materials.characters <= _USUAL_CHARACTERS
    return Pictures(
        fonts=run.begin("subset", subset, _font_jobs(materials, _USUAL_CHARACTERS)) if usual else None,
        drawings=run.begin("draw", draw_figure, _drawing_jobs(publications, materials)),
        covers=run.begin("cover", render_cover, _cover_jobs(publications, materials, run)),
    )


def _characters_of(publications: tuple[Publication, ...], sources: Sources, look: Look) -> frozenset[str]:
    """The characters that will be printed, except those that only citations bring."""
    texts = [part.blocks.json for publication in publications for part in publication.parts]
    texts += [reference.work.csl_json() for reference in sources.references]
    texts += [cell for table in sources.tables for row in (table.columns, *table.rows) for cell in row]
    texts += [
        picture.data.decode("utf-8", "replace") for picture in sources.pictures if picture.media_type == "image/svg+xml"
    ]
    return frozenset().union(*texts, *_words_around(publications, look))


def _code_of(publications: tuple[Publication, ...]) -> frozenset[str]:
    """The characters of the code in all texts."""
    parts = [part.blocks for publication in publications for part in publication.parts]
    coded = [blocks.nodes() for blocks in parts if blocks.holds("Code") or blocks.holds("CodeBlock")]
    nodes = (node for blocks in coded for node in walk(blocks))
    return frozenset().union(*(node["c"][1] for node in nodes if node["t"] in ("Code", "CodeBlock")))


def _words_around(publications: tuple[Publication, ...], look: Look) -> Iterator[str]:
    """The words that templates put around the texts: the terms of the language and the metadata.

    The terms for formulas are heard and not printed.
    """
    for publication in publications:
        meta = publication.metadata
        yield from (word for key, word in look.words(meta.language).items() if not key.startswith("formula_"))
        yield from (str(getattr(meta, field.name)) for field in dataclasses.fields(meta))


def _font_jobs(materials: Materials, characters: frozenset[str]) -> dict[str, Job]:
    kept = face_characters(materials.look, characters, formula_characters(materials.sources.formulas))
    return {font.path: Job(font.path, (font, kept[font.path])) for font in materials.look.fonts}


def _drawing_jobs(publications: tuple[Publication, ...], materials: Materials) -> dict[Drawing, Job]:
    return {
        drawing: Job(drawing.spec.id, (drawing,))
        for publication in publications
        for drawing in _drawings(publication, materials)
    }


def _drawings(publication: Publication, materials: Materials) -> Iterator[Drawing]:
    """Each chart of a publication at both widths."""
    for chart in publication.charts:
        for width in (WIDE, NARROW):
            yield drawing_of(chart, width, materials.sources, materials.look)


def drawing_of(chart: ChartSpec, width: float, sources: Sources, look: Look) -> Drawing:
    """A chart of a text, to be drawn at a width in points."""
    families = look.theme.families("chart")
    table = sources.table(chart.data)
    assert table is not None
    terms = look.words_within(chart.language, sources.manifest.language)
    return Drawing(
        spec=dataclasses.replace(chart, place=NOWHERE),  # where it stands in the text does not change the drawing
        table=table,
        theme=look.theme,
        numbers=number_format(terms),
        calendar=calendar(terms),
        no_data=terms["no_data"],
        continued=terms["continued"],
        fonts=tuple(Asset(font.path, "font/ttf", font.data) for font in look.fonts if font.family in families),
        width=width,
    )


def _cover_jobs(publications: tuple[Publication, ...], materials: Materials, run: Run) -> dict[PublicationId, Job]:
    if not materials.need(Need.COVER):
        return {}
    picture = _cover_picture(materials, run)
    return {
        publication.id: Job(publication.metadata.slug, (_cover_job(publication, picture, materials),))
        for publication in materials.asked(publications)
    }


def _cover_job(publication: Publication, picture: tuple[Asset, ...], materials: Materials) -> RenderJob:
    job = _job(covered(publication), Format.PDF, FrozenMap(), assets=picture, siblings=(), materials=materials)
    return dataclasses.replace(job, cover=picture[0].path if picture else "")


def _cover_picture(materials: Materials, run: Run) -> tuple[Asset, ...]:
    """The picture on the cover as paper has it; none where dossier.yaml asks for none."""
    cover = materials.sources.manifest.cover
    picture = next((found for found in materials.sources.pictures if cover and found.path == cover.picture), None)
    if picture is None:
        return ()
    job = fit_job(picture, PAPER_COVER, Medium.PAPER, materials.look)
    fitted = run.one("fit", fit_picture, Job(f"{picture.path} cover", (job,))).asset
    return (dataclasses.replace(fitted, path=address_of(fitted.path, fitted.media_type, ())),)


# --- files ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """Files that are being made, with their jobs, and the problems of the layout.

    `fonts` are those of web pages, also of the pages that stand with the publications, whatever formats were asked for.
    """

    jobs: tuple[RenderJob, ...]
    fonts: tuple[Asset, ...]
    flowing: tuple[Begun[str, Checked[Artifact]], ...]
    paged: tuple[Begun[str, Checked[Artifact]], ...]
    problems: tuple[Problem, ...]

    def finished(self) -> Iterator[tuple[Checked[Artifact], ...]]:
        """The files as they get ready: those without pages first, while those with pages are still being bound."""
        for begun in (self.flowing, self.paged):
            yield tuple(file.result() for file in begun)


def render(
    publications: tuple[Publication, ...], materials: Materials, pictures: Pictures, run: Run
) -> Checked[Rendering]:
    """Begin the files that were asked for, from one body a part and one drawing a chart; all pages are laid out."""
    ingredients = _ingredients(publications, materials, pictures, run)
    if ingredients.value is None:
        return Checked(None, ingredients.problems)
    jobs = [
        _render_job(publication, form, ingredients.value, materials)
        for form in materials.formats()
        for publication in materials.asked(publications)
    ]
    files = {file.job.path: file for file in _begun_files(jobs, materials, run)}
    problems = tuple(found for file in files.values() for found in file.problems)
    rendering = Rendering(
        jobs=tuple(files[job.path].job for job in jobs),
        fonts=ingredients.value.fonts,
        flowing=tuple(file.begun for file in files.values() if file.begun and not _is_paged(file.job)),
        paged=tuple(file.begun for file in files.values() if file.begun and _is_paged(file.job)),
        problems=problems,
    )
    return Checked(rendering, problems)


def _is_paged(job: RenderJob) -> bool:
    return isinstance(FORMATS[job.format].writer, Paged)


@dataclass(frozen=True, slots=True, kw_only=True)
class _BegunFile:
    """A file that is being made, or that cannot be for the problems of its layout: then nothing is `begun`."""

    job: RenderJob
    begun: Begun[str, Checked[Artifact]] | None
    problems: tuple[Problem, ...] = ()


def _begun_files(jobs: Sequence[RenderJob], materials: Materials, run: Run) -> Iterator[_BegunFile]:
    """Each file, begun as soon as what it waits for is there: sections that are laid out, or the pages of its PDF."""
    waiting: dict[PublicationId, list[RenderJob]] = {job.publication.id: [] for job in jobs}
    for job in jobs:
        if not _is_paged(job):
            waiting[job.publication.id].append(job)
    for paper, sections in _laid_out([job for job in jobs if _is_paged(job)], materials.origins, run):
        begun = None if sections.value is None else _begin_binding(paper, sections.value, run)
        problems = tuple(_at_its_place(found, materials.beginnings) for found in sections.problems)
        yield _BegunFile(job=paper, begun=begun, problems=problems)
        yield from _begun_flowing(waiting.pop(paper.publication.id, ()), sections.value or (), run)
    for without_pages in waiting.values():
        yield from _begun_flowing(without_pages, (), run)


def _begun_flowing(jobs: Iterable[RenderJob], sections: tuple[Any, ...], run: Run) -> Iterator[_BegunFile]:
    """Files without pages, with the first words of the pages of `sections` where their format marks these."""
    for job in jobs:
        ready = _with_starts(job, sections)
        yield _BegunFile(job=ready, begun=_begin_writing(ready, run))


def _begin_writing(job: RenderJob, run: Run) -> Begun[str, Checked[Artifact]]:
    return run.begin("render", write, {job.path: Job(job.path, (job,), _size(job))})


def _size(job: RenderJob) -> int:
    """Characters of a publication's texts."""
    return sum(len(body) for body in job.bodies.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ingredients:
    """The parts that several files of an edition share."""

    bodies: Mapping[PartId, str]
    drawings: Mapping[PublicationId, Mapping[str, str]]  # the SVG of each drawing, by its path
    covers: Mapping[PublicationId, bytes]
    fonts: tuple[Asset, ...]
    files: tuple[Sibling, ...]
    pictures: Mapping[_Shown, Fitted]


def _ingredients(
    publications: tuple[Publication, ...], materials: Materials, pictures: Pictures, run: Run
) -> Checked[_Ingredients]:
    drawn = pictures.drawings.results()
    bodies, covers = _bodies(publications, run), _covers(pictures)
    if bodies.value is None or covers.value is None:
        return Checked(None, (*bodies.problems, *covers.problems))
    drawings = {
        publication.id: {
            drawn[drawing].path: drawn[drawing].data.decode("utf-8") for drawing in _drawings(publication, materials)
        }
        for publication in publications
    }
    texts = [*bodies.value.values(), *(svg for svgs in drawings.values() for svg in svgs.values())]
    value = _Ingredients(
        bodies=bodies.value,
        drawings=drawings,
        covers=covers.value,
        fonts=_web_fonts(publications, texts, pictures, materials, run),
        files=tuple(
            Sibling(
                publication=publication.id,
                title=publication.metadata.title,
                format=form,
                path=f"{publication.metadata.slug}.{form.value}",
            )
            for publication in publications
            for form in materials.sources.manifest.formats
        ),
        pictures=_fitted(publications, bodies.value, materials, run),
    )
    return Checked(value, (*bodies.problems, *covers.problems))


@dataclass(frozen=True, slots=True)
class _Shown:
    """A picture as a publication shows it in a medium."""

    publication: PublicationId
    path: str
    medium: Medium


def _fitted(
    publications: tuple[Publication, ...], bodies: Mapping[PartId, str], materials: Materials, run: Run
) -> dict[_Shown, Fitted]:
    """The pictures made ready for each medium; drawings that need nothing done stay what they are."""
    media = dict.fromkeys(FORMATS[form].pictures for form in materials.formats())
    jobs: dict[_Shown, Job] = {}
    ready: dict[_Shown, Fitted] = {}
    for publication in materials.asked(publications):
        texts = [bodies[PartId(publication.id, part.id)] for part in publication.parts]
        for medium in media:
            widths = shown_widths(texts, medium)
            for picture in materials.sources.pictures:
                if picture.path not in publication.pictures:
                    continue
                shown = _Shown(publication.id, picture.path, medium)
                if picture.media_type == SVG and not (picture.hard and medium is Medium.PAPER):
                    ready[shown] = Fitted(Asset(picture.path, SVG, picture.data), 0.0)
                else:
                    job = fit_job(picture, _given(picture, widths, publication, medium), medium, materials.look)
                    jobs[shown] = Job(f"{picture.path} {medium.name.lower()}", (job,))
    made = run.each("fit", fit_picture, jobs)
    for shown, fitted in made.items():
        run.tell("fit", jobs[shown].subject, _saved(jobs[shown].arguments[0], fitted))
    return ready | made


def _given(picture: Picture, widths: Mapping[str, float], publication: Publication, medium: Medium) -> float:
    """The width in CSS pixels that a picture is given at the most: by the texts that show it, or by the cover."""
    cover = publication.metadata.imprint.cover
    if medium is Medium.PAPER and cover and cover.picture == picture.path:
        return PAPER_COVER
    return widths.get(picture.path, 0.0)


def fit_job(picture: Picture, given: float, medium: Medium, look: Look) -> FitJob:
    """A picture to be made ready for a medium, where its width is at the most `given` CSS pixels; 0 leaves it open."""
    width, height = room_for(picture, given, medium)
    if picture.media_type != SVG:
        return FitJob(picture=picture, width=width, height=height)
    fonts = look.theme.fonts
    families = {"serif": fonts["text"], "sans-serif": fonts["label"], "monospace": fonts["label"]}
    return FitJob(picture=picture, width=width, height=height, fonts=look.fonts, families=tuple(families.items()))


def _saved(job: FitJob, fitted: Fitted) -> str:
    """How many bytes a picture has, and had; or why a drawing became one."""
    size = f"{len(job.picture.data):,} -> {len(fitted.asset.data):,} bytes"
    return f"{size}, drawn for {', '.join(job.picture.hard)}" if job.picture.hard else size


def _bodies(publications: tuple[Publication, ...], run: Run) -> Checked[Mapping[PartId, str]]:
    """The HTML of each part."""
    jobs = {
        PartId(publication.id, part.id): Job(part.id, (part.blocks, part.id), len(part.blocks.json))
        for publication in publications
        for part in publication.parts
    }
    written = run.each("write", write_body, jobs)
    problems = tuple(problem for body in written.values() for problem in body.problems)
    if any(body.value is None for body in written.values()):
        return Checked(None, problems)
    return Checked({place: body.value or "" for place, body in written.items()}, problems)


def _covers(pictures: Pictures) -> Checked[Mapping[PublicationId, bytes]]:
    drawn = pictures.covers.results()
    problems = tuple(problem for cover in drawn.values() for problem in cover.problems)
    if any(cover.value is None for cover in drawn.values()):
        return Checked(None, problems)
    return Checked({publication: cover.value or b"" for publication, cover in drawn.items()}, problems)


def _web_fonts(
    publications: tuple[Publication, ...], texts: Iterable[str], pictures: Pictures, materials: Materials, run: Run
) -> tuple[Asset, ...]:
    """The fonts with the characters of all texts."""
    characters = _USUAL_CHARACTERS.union(*texts, *_words_around(publications, materials.look))
    if pictures.fonts and characters == _USUAL_CHARACTERS:
        return tuple(pictures.fonts.results().values())
    return tuple(run.each("subset", subset, _font_jobs(materials, characters)).values())


def _render_job(publication: Publication, form: Format, ingredients: _Ingredients, materials: Materials) -> RenderJob:
    charts = FORMATS[form].charts
    if charts is ChartWidth.COLUMN and publication.kind is PublicationKind.INFOGRAPHIC:
        charts = ChartWidth.NARROW  # a panel is a narrow column
    drawings = ingredients.drawings[publication.id]
    bodies = FrozenMap(
        (part.id, insert_drawings(ingredients.bodies[PartId(publication.id, part.id)], drawings, charts))
        for part in publication.parts
    )
    medium = FORMATS[form].pictures
    fitted = {shown.path: found for shown, found in ingredients.pictures.items()
              if shown.publication == publication.id and shown.medium is medium}  # fmt: skip
    addresses = {
        path: (address_of(path, found.asset.media_type, publication.pictures), found.density)
        for path, found in fitted.items()
    }
    formulas = materials.sources.formulas
    bodies = FrozenMap(
        (part, tell_continued(place_formulas(place_pictures(body, addresses), formulas, medium), medium))
        for part, body in bodies.items()
    )
    assets = [dataclasses.replace(found.asset, path=addresses[path][0]) for path, found in fitted.items()]
    assets += [_icon(name, materials.files, materials.look) for name in publication.icons]
    if _needs(form, Need.WEB_FONTS):
        assets += ingredients.fonts
    if _needs(form, Need.COVER):
        assets.append(Asset(COVER, "image/png", ingredients.covers[publication.id]))
    job = _job(publication, form, bodies, assets=tuple(assets), siblings=ingredients.files, materials=materials)
    cover = publication.metadata.imprint.cover
    return dataclasses.replace(job, cover=addresses[cover.picture][0]) if cover and cover.picture in addresses else job


def _job(
    publication: Publication,
    form: Format,
    bodies: FrozenMap[str, str],
    *,
    assets: tuple[Asset, ...],
    siblings: tuple[Sibling, ...],
    materials: Materials,
) -> RenderJob:
    look = materials.look
    return RenderJob(
        publication=publication,
        format=form,
        claims=not materials.sources.shortcomings,
        is_measured=not materials.sources.unmeasured,
        bodies=bodies,
        assets=assets,
        styles=tuple(file for file in materials.files.styles if file.path.endswith((".j2", ".css"))),
        theme=look.theme,
        terms=look.words_within(publication.metadata.language, materials.sources.manifest.language),
        properties=look.properties,
        fonts=look.fonts,
        siblings=siblings,
    )


def _icon(name: str, files: Files, look: Look) -> Asset:
    """An icon in the theme's accent colour: in a picture of its own it has no text to take its colour from."""
    file = files.style(f"icons/{name}.svg")
    data = file.data if file else b""
    if file and file not in files.originals:  # what a drawing program kept in it goes
        own = parse_picture(file).value
        data = own.data if own else b""
    colour = look.theme.colour("accent").encode()
    return Asset(f"icons/{name}.svg", "image/svg+xml", data.replace(b"currentColor", colour))


# --- pages ----------------------------------------------------------------------------------------------------------


def _laid_out(
    jobs: Sequence[RenderJob], origins: Mapping[str, str], run: Run
) -> Iterator[tuple[RenderJob, Checked[tuple[Any, ...]]]]:
    """Each file with pages, with its laid out sections, or None for them where one has an error.

    The file with the most text comes first: its binding, which runs in one process, is then done beside the layout of
    the others.
    """
    cut = {job.path: run.begin("cut", _paged(job).cut, {job.path: Job(job.path, (job,), _size(job))}) for job in jobs}
    sections = {path: begun.result() for path, begun in cut.items()}
    lengths = {path: sum(_length(section) for section in found.value or ()) for path, found in sections.items()}
    largest_first = sorted(jobs, key=lambda job: -lengths[job.path])
    begun = {job.path: _begin_layout(job, sections[job.path].value or (), origins, run) for job in largest_first}
    for job in largest_first:
        found = sections[job.path]
        drawn = _with_index(job, found.value or (), begun[job.path].results(), origins, run)
        problems = (*found.problems, *(problem for _, laid in sorted(drawn.items()) for problem in laid.problems))
        whole = found.value and all(laid.value for laid in drawn.values())
        yield job, Checked(tuple(drawn[at].value for at in sorted(drawn)) if whole else None, problems)


def _with_index(
    job: RenderJob,
    sections: Sequence[LayoutJob],
    drawn: Mapping[int, Checked[Any]],
    origins: Mapping[str, str],
    run: Run,
) -> Mapping[int, Checked[Any]]:
    """The laid out sections with the pages that an index names, which are known when all is laid out.

    Sections with an index are laid out again, and once more if that moved what it names.
    """
    wanted = [at for at, section in enumerate(sections, 1) if has_locators(section.html)]
    told: Sequence[LayoutJob] = sections
    for _ in range(MOST_LAYOUTS if wanted else 0):
        if not all(laid.value for laid in drawn.values()):
            break
        pages = _pages_of_ids(drawn)
        before, word = told, job.terms["page"]
        front = front_pages([laid.value for _, laid in sorted(drawn.items()) if laid.value])
        told = [
            dataclasses.replace(section, html=paged(section.html, pages, word, front)) if at in wanted else section
            for at, section in enumerate(sections, 1)
        ]
        changed = [at for at in wanted if told[at - 1] != before[at - 1]]
        if not changed:
            break
        drawn = {**drawn, **_begin_layout(job, told, origins, run, changed).results()}
    return drawn


def _pages_of_ids(drawn: Mapping[int, Checked[Any]]) -> dict[str, int]:
    """The page on which each element with an id begins, counted from 1 through all sections."""
    sections = (drawn[at].value for at in sorted(drawn))
    pages = [anchors for section in sections if section for anchors in section.anchors]
    found: dict[str, int] = {}
    for page, anchors in enumerate(pages, 1):
        for anchor in anchors:
            found.setdefault(anchor, page)
    return found


def _paged(job: RenderJob) -> Paged:
    writer = FORMATS[job.format].writer
    assert isinstance(writer, Paged)
    return writer


def _begin_layout(
    job: RenderJob,
    sections: Sequence[LayoutJob],
    origins: Mapping[str, str],
    run: Run,
    wanted: Collection[int] = (),
) -> Begun[int, Checked[Any]]:
    """Begin the layout of a file's sections, the longest first; the results go by the section's number, from 1.

    Of some of them only, where their numbers are `wanted`.
    """
    files = _files_of(job.publication, len(sections), origins)
    jobs = {
        number: Job(f"{job.path} {number}", (section, job.path), _length(section), file)
        for number, (section, file) in enumerate(zip(sections, files, strict=True), 1)
        if not wanted or number in wanted
    }
    longest_first = sorted(jobs, key=lambda number: _length(sections[number - 1]), reverse=True)
    return run.begin("lay out", _paged(job).lay_out, {number: jobs[number] for number in longest_first})


def _files_of(publication: Publication, sections: int, origins: Mapping[str, str]) -> tuple[str, ...]:
    """The source of each section; empty where it has none, or several.

    The parts of a publication are laid out apart, between its front and its colophon, or all are in one section.
    """
    files = [origins.get(part.id, "") for part in publication.parts]
    if sections == len(files) + 2:
        return ("", *files, "")
    written = {*filter(None, files), *(place.path for place in publication.panels)}
    return (written.pop() if len(written) == 1 else "",) * sections


def _length(section: LayoutJob) -> int:
    return len(section.html)


def _beginnings(sources: Sources) -> tuple[tuple[str, Place], ...]:
    """The words that each passage of the texts begins with, in the form in which they are compared, and its place."""
    passages = (passage for text in sources.texts for passage in text.passages)
    found = ((next(iter(segments(passage.text)), "")[:_TOLD_APART], passage.place) for passage in passages)
    return tuple((words, place) for words, place in found if words)


def _at_its_place(found: Problem, begun: tuple[tuple[str, Place], ...]) -> Problem:
    """A problem of a page (D507) at the place of the passage that begins with its subject, the words on the page."""
    words = comparable(found.subject)[:_TOLD_APART]
    if found.code != "D507" or not words:
        return found
    places = (place for first, place in begun if words.startswith(first) or first.startswith(words))
    return dataclasses.replace(found, place=next(places, found.place))


def _begin_binding(job: RenderJob, sections: tuple[Any, ...], run: Run) -> Begun[str, Checked[Artifact]]:
    return run.begin("bind", _paged(job).bind, {job.path: Job(job.path, (bind_job(job, sections),), _size(job))})


def bind_job(job: RenderJob, sections: tuple[Any, ...]) -> BindJob:
    """The job that binds all laid out sections of a publication into one PDF."""
    return BindJob(
        publication=job.publication.id,
        path=job.path,
        identifier=job.publication.metadata.identifier,
        claims=job.claims,
        fonts=job.fonts,
        sections=sections,
        properties=paper_properties(job.publication.metadata),
    )


def _with_starts(job: RenderJob, sections: tuple[Any, ...]) -> RenderJob:
    """The job with the first words of every page of the PDF. Jobs of formats that mark no pages stay as they are."""
    if not _needs(job.format, Need.PAGE_STARTS):
        return job
    starts = tuple(start for section in sections for start in section.starts)
    return dataclasses.replace(job, page_starts=starts, front_pages=front_pages(sections))
