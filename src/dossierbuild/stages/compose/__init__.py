"""Compose: chapters, summary and panels become publications, with ids, numbers, labels, contents and parts.

Citations still stand as the editor wrote them; the reference list is an empty place that cite fills.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
import uuid
from collections.abc import Iterator, Mapping

from dossierbuild.core.ast import (
    Node,
    Nodes,
    attr,
    classes,
    div,
    header,
    para,
    plain_text,
    prose,
    text,
    title_text,
    walk,
)
from dossierbuild.core.catalogue import Language
from dossierbuild.core.model import (
    ChartSpec,
    Heading,
    InfographicText,
    Metadata,
    Part,
    Publication,
    PublicationId,
    Sources,
    TextFile,
    chapter_paths,
)
from dossierbuild.core.spec import FullPlan, InfographicPlan, Manifest, Plan
from dossierbuild.core.typography import NUMBER_FORMATS
from dossierbuild.stages.compose.blocks import Setting, box, publish_blocks
from dossierbuild.stages.compose.infographic import panel_blocks, panels_by_id
from dossierbuild.stages.compose.labels import Label, Terms, number_texts
from dossierbuild.stages.compose.notes import number_notes
from dossierbuild.stages.compose.tables import data_table, finish_table

__all__ = ["compose_publications", "number_notes", "slug_of"]


def compose_publications(sources: Sources, terms: Terms, *, draft: bool) -> tuple[Publication, ...]:
    """All publications of the manifest; `terms` are the labels of the dossier's language.

    With `draft` an unfinished chapter says so at its head.
    """
    texts = {text.path: text for text in sources.texts}
    labels = {
        plan.id: number_texts(
            PublicationId(plan.id),
            tuple(texts[path] for path in _paths(plan, sources)),
            numbered=isinstance(plan, FullPlan),
        )
        for plan in sources.manifest.publications
    }
    return tuple(
        _publication(plan, sources, _setting(plan, sources, labels, terms), draft=draft)
        for plan in sources.manifest.publications
    )


def _paths(plan: Plan, sources: Sources) -> tuple[str, ...]:
    """The texts of a publication, in order."""
    known = {text.path for text in sources.texts}
    wanted = chapter_paths(plan, sources.paths) if isinstance(plan, FullPlan) else (getattr(plan, "text", ""),)
    return tuple(path for path in wanted if path in known)


def _setting(plan: Plan, sources: Sources, labels: Mapping[str, tuple[Label, ...]], terms: Terms) -> Setting:
    others = [label for name, group in labels.items() if name != plan.id for label in group]
    by_id = {label.id: label for label in reversed(others)} | {label.id: label for label in labels[plan.id]}
    setting = Setting(
        publication=PublicationId(plan.id),
        labels=by_id,
        terms=terms,
        numbers=NUMBER_FORMATS[Language.of(sources.manifest.language)],
        tables={table.path: table for table in sources.tables},
        chapters={chapter.id: chapter for chapter in sources.chapters},
        panels={},
    )
    return dataclasses.replace(setting, panels=panels_by_id(sources.infographics, setting))


def _publication(plan: Plan, sources: Sources, setting: Setting, *, draft: bool) -> Publication:
    texts = tuple(text for path in _paths(plan, sources) for text in sources.texts if text.path == path)
    infographic = next((one for one in sources.infographics if one.path == getattr(plan, "spec", None)), None)
    charts = infographic.charts if infographic else tuple(chart for text in texts for chart in text.charts)
    parts = [part for text in texts for part in _chapter_parts(text, setting, draft=draft)]
    if infographic:
        parts.append(Part(id="panels", role="panels", title="", blocks=prose(_panels(infographic, setting))))
    if any(part.blocks.holds("Cite") for part in parts):
        parts.append(_references(plan, setting.terms))
    if charts:
        parts.append(_data(charts, infographic is not None, setting))
    return Publication(
        id=setting.publication,
        kind=plan.kind,
        metadata=_metadata(plan, sources, infographic),
        parts=tuple(parts),
        contents=tuple(heading for part in parts for heading in _contents(part)),
        charts=charts,
        pictures=tuple(dict.fromkeys(use.path for text in texts for use in text.pictures)),
        icons=_icons(parts),
        panels=tuple(panel.place for panel in infographic.panels) if infographic else (),
    )


def _icons(parts: list[Part]) -> tuple[str, ...]:
    """The names of the icons that stand in the parts."""
    nodes = (one for part in parts if part.blocks.holds("Image") for one in walk(part.blocks.nodes()))
    paths = (one["c"][2][0] for one in nodes if one["t"] == "Image" and "icon" in classes(one))
    return tuple(dict.fromkeys(path.removeprefix("icons/").removesuffix(".svg") for path in paths))


def _chapter_parts(text_file: TextFile, setting: Setting, *, draft: bool) -> Iterator[Part]:
    """A text as one part for each of its headings of level 1."""
    groups: list[Nodes] = []
    for one in text_file.blocks.nodes():
        if one["t"] == "Header" and one["c"][0] == 1:
            groups.append([])
        groups[-1].append(one)
    for group in groups:
        blocks = publish_blocks(group, setting)
        if draft and text_file.status == "draft":
            unfinished = [para(text(setting.terms["unfinished"]))]
            blocks.insert(1, box("", "attention", setting.terms["draft"], unfinished))
        if group is groups[0] and text_file.authors:
            blocks.insert(1, div(attr("", ["chapter-authors"]), [para(text(", ".join(text_file.authors)))]))
        yield _part(blocks, "chapter", ["chapter"], title_text(group[0]["c"][2]))


def _part(blocks: Nodes, role: str, names: list[str], title: str) -> Part:
    """A part around its blocks; its id is taken over from its heading, so that links lead to its beginning."""
    name = blocks[0]["c"][1][0]
    blocks[0]["c"][1][0] = f"{name}-title"
    section = div(attr(name, ["section", *names], role=f"doc-{role}", aria_labelledby=f"{name}-title"), blocks)
    return Part(id=name, role=role, title=title, blocks=prose([section]))


def _panels(infographic: InfographicText, setting: Setting) -> list[Node]:
    return [div(attr("panels", ["section", "panels"], aria_label=setting.terms["kind_infographic"]),
                panel_blocks(infographic, setting))]  # fmt: skip


def _references(plan: Plan, terms: Terms) -> Part:
    title = terms["sources"] if isinstance(plan, InfographicPlan) else terms["references"]
    blocks = [header(2, attr("literatuur" if terms["references"] == "Literatuur" else "references"), text(title))]
    return _part([*blocks, div(attr("refs"), [])], "bibliography", ["bibliography"], title)


def _data(charts: tuple[ChartSpec, ...], panels: bool, setting: Setting) -> Part:
    """The appendix with the data of every chart, made from the same file as its drawing."""
    title = setting.terms["appendix_data"]
    blocks: Nodes = [header(2, attr("appendix-data"), text(title))]
    for chart in charts:
        label = setting.labels.get(chart.id)
        words = setting.terms["data_of"].format(label=label.words(setting.terms)) if label else chart.alt
        columns = dict.fromkeys((chart.x, *chart.y))
        caption = text(words if not chart.unit or chart.unit in words else f"{words} ({chart.unit})")
        table = data_table(setting.tables[chart.data], tuple(columns), f"data-{chart.id}", caption, setting.numbers)
        blocks.append(finish_table(table, []))
    return _part(blocks, "appendix", ["appendix"], title)


def _contents(part: Part) -> Iterator[Heading]:
    """The headings of a part down to sections, without what stands in boxes; citations in them are left out."""
    section = part.blocks.nodes()[0]
    for one in section["c"][1]:
        if one["t"] == "Header" and part.role != "panels":
            level, triple, inlines = one["c"]
            words, number = inlines, ""
            if words and words[0]["t"] == "Span" and words[0]["c"][0][1] == ["number"]:
                number, words = plain_text(words[0]), words[1:]
            if level <= 3:
                name = part.id if level == 2 else triple[0]
                yield Heading(name, level - 1, number, title_text(words))


def slug_of(manifest: Manifest) -> str:
    """The dossier's name in folders and files: as written, else made from the title."""
    return manifest.slug or re.sub(r"[^a-z0-9]+", "-", _ascii(manifest.title)).strip("-") or "dossier"


def _ascii(words: str) -> str:
    return unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode("ascii").lower()


def _metadata(plan: Plan, sources: Sources, infographic: InfographicText | None) -> Metadata:
    manifest = sources.manifest
    slug = slug_of(manifest)
    title = plan.title or (plain_text(infographic.text("title").nodes()) if infographic else "") or manifest.title
    own = plan.subtitle or (manifest.subtitle if isinstance(plan, FullPlan) else None)
    return Metadata(
        dossier=slug,
        title=title,
        subtitle=own or "",
        dossier_title=manifest.title,
        slug=f"{slug}-{plan.id}",
        language=manifest.language,
        labels=Language.of(manifest.language),
        edition=manifest.edition,
        date=manifest.date,
        authors=tuple(author.name for author in manifest.authors),
        publisher=manifest.publisher or "",
        identifier=_identifier(plan, manifest, slug),
        license=manifest.license or "",
        description=manifest.description or "",
        audience=manifest.audience or "",
        contact=manifest.contact or "",
        certifier=manifest.certifier or "",
        website=manifest.website or "",
        keywords=manifest.keywords,
    )


def _identifier(plan: Plan, manifest: Manifest, slug: str) -> str:
    """The identifier as written for the full dossier; for the others, and without one, a UUID from the names."""
    if manifest.identifier and isinstance(plan, FullPlan):
        return manifest.identifier
    name = "/".join((manifest.identifier or slug, manifest.edition, plan.id))
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}"
