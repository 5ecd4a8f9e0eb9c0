"""Compose: chapters, summary and panels become publications, with ids, numbers, labels, contents and parts.

Citations still stand as the editor wrote them; the reference list is an empty place that cite fills.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from types import MappingProxyType

from dossierbuild.core.ast import plain_text
from dossierbuild.core.downloads import downloads_of
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.model import (
    InfographicText,
    ListKind,
    Metadata,
    PartRole,
    Publication,
    PublicationId,
    Sources,
    TextFile,
    TextKind,
    TextStatus,
    chapter_paths,
)
from dossierbuild.core.spec import FullPlan, InfographicPlan, Plan, SummaryPlan
from dossierbuild.core.typography import number_format
from dossierbuild.stages.compose.blocks import Setting, in_language
from dossierbuild.stages.compose.first_uses import FirstUse, first_uses
from dossierbuild.stages.compose.formulas import formula_words
from dossierbuild.stages.compose.imprint import imprint_of
from dossierbuild.stages.compose.infographic import panels_by_id
from dossierbuild.stages.compose.lists import lists_of
from dossierbuild.stages.compose.parts import (
    Composed,
    Composition,
    compose_data,
    compose_index,
    compose_panels,
    compose_references,
    compose_text,
)
from dossierbuild.stages.compose.printed_labels import caption_labels, with_labels
from dossierbuild.stages.compose.targets import Target, Terms, targets_of

__all__ = [
    "caption_labels",
    "compose_publications",
    "compose_text",
    "compositions",
    "labels_of",
    "settings_of",
    "with_labels",
]


TextId = tuple[PublicationId, str]
"""A text in a publication: the publication's id and the text's path."""


def settings_of(
    sources: Sources, terms: Terms, words: Mapping[str, Terms] = MappingProxyType({})
) -> dict[PublicationId, Setting]:
    """The setting of each publication by its id; `terms` are the words of the dossier's language, `words` those of
    others by their tags."""
    targets = _targets(sources)
    return {
        PublicationId(plan.id): _in_language(
            _setting(plan, sources, targets, terms), _language_of(plan, sources), {**words, "": terms}
        )
        for plan in sources.manifest.publications
    }


def _language_of(plan: Plan, sources: Sources) -> str:
    """The language of a publication: that of a summary's text where it has one of its own, else the dossier's."""
    texts = _texts(plan, sources) if isinstance(plan, SummaryPlan) else ()
    return next((text.language for text in texts if text.language), sources.manifest.language)


def labels_of(sources: Sources, terms: Terms) -> dict[str, FrozenMap[str, str]]:
    """For each text by its path, the ids in the dossier by the label that is printed for them there: "figuur 3".

    Where two publications use a label, it is that of the text's own.
    """
    targets = _targets(sources)
    found: dict[str, FrozenMap[str, str]] = {}
    for plan in sources.manifest.publications:
        own = targets[PublicationId(plan.id)]
        others = [target for group in targets.values() if group is not own for target in reversed(group)]
        labels = FrozenMap(
            (target.words(terms).lower(), target.id) for target in (*others, *reversed(own)) if target.number
        )
        for path in (*_paths(plan, sources), getattr(plan, "spec", "")):
            found.setdefault(path, labels)
    return found


def _targets(sources: Sources) -> dict[PublicationId, tuple[Target, ...]]:
    """The targets of each publication by its id."""
    texts = {text.path: text for text in sources.texts}
    return {
        PublicationId(plan.id): targets_of(
            PublicationId(plan.id),
            tuple(texts[path] for path in _paths(plan, sources)),
            _language_of(plan, sources),
            numbered=isinstance(plan, FullPlan),
        )
        for plan in sources.manifest.publications
    }


def compositions(
    sources: Sources, settings: Mapping[PublicationId, Setting], words: Mapping[str, Terms], *, draft: bool
) -> dict[TextId, Composition]:
    """Each text of each publication to be composed. `words` has the fixed words of the languages that texts, or
    passages with formulas in them, are marked with. With `draft` an unfinished chapter says so."""
    return {
        (publication, text.path): Composition(
            path=text.path,
            kind=text.kind,
            blocks=text.blocks,
            authors=text.authors,
            unfinished=_unfinished(plan, text) if draft and text.status is TextStatus.DRAFT else "",
            is_foreign=_language(text, sources) != settings[publication].language,
            in_part=in_part,
            own_list=sources.manifest.citations.list_at == "chapter",
            setting=_spoken(_narrowed(settings[publication], text, sources), text, _language(text, sources), words),
            first_uses=uses.get(text.path, ()),
        )
        for plan in sources.manifest.publications
        for publication in (PublicationId(plan.id),)
        for uses in (_first_uses(_texts(plan, sources), sources, settings[publication]),)
        for text, in_part in _with_parts(_texts(plan, sources))
    }


def _with_parts(texts: tuple[TextFile, ...]) -> Iterator[tuple[TextFile, bool]]:
    """Each text, and whether it is a chapter of a part: one was opened before it, and only chapters stand between."""
    is_open = False
    for text in texts:
        is_open = text.kind is TextKind.PART or (is_open and text.kind is TextKind.CHAPTER)
        yield text, is_open and text.kind is TextKind.CHAPTER


def _unfinished(plan: Plan, text: TextFile) -> str:
    """The key of the words that say of a text that it is not finished, by what it is."""
    kind = TextKind.SUMMARY if isinstance(plan, SummaryPlan) else text.kind
    return "unfinished" if kind is TextKind.CHAPTER else f"unfinished_{kind.value}"


def _language(text: TextFile, sources: Sources) -> str:
    return text.language or sources.manifest.language


def _spoken(setting: Setting, text: TextFile, language: str, words: Mapping[str, Terms]) -> Setting:
    """The setting of a text in a language, with its words for labels and its signs in numbers."""
    spoken = {use.language: formula_words(words[use.language]) for use in text.formulas if use.language}
    setting = dataclasses.replace(setting, spoken=FrozenMap(spoken)) if spoken else setting
    return _in_language(setting, language, words)


def _in_language(setting: Setting, language: str, words: Mapping[str, Terms]) -> Setting:
    """The setting in a language, with panels that say in which language they are."""
    if language == setting.language:
        return setting
    terms = words[language]
    panels = {name: in_language([panel], setting.language, language)[0] for name, panel in setting.panels.items()}
    return dataclasses.replace(setting, language=language, terms=terms, numbers=number_format(terms), panels=panels)


def _first_uses(
    texts: Sequence[TextFile | InfographicText], sources: Sources, setting: Setting
) -> dict[str, tuple[FirstUse, ...]]:
    return first_uses(texts, sources.terms, setting.lists.addresses)


def _narrowed(setting: Setting, text: TextFile, sources: Sources) -> Setting:
    """The setting narrowed to what one text uses, so that an edit elsewhere does not compose the text again."""
    wanted = {reference.target for reference in text.key_points_from}
    brought = [chapter for chapter in sources.chapters if chapter.id in wanted]
    ids = {anchor.id for anchor in text.anchors} | wanted
    ids |= {reference.target for source in (text, *brought) for reference in source.cross_references}
    asked = {use.kind for use in text.lists}
    panels, tables = (
        {reference.target for reference in text.panels_from},
        {reference.target for reference in text.data_tables},
    )
    return dataclasses.replace(
        setting,
        targets={name: target for name, target in setting.targets.items() if name in ids},
        tables={path: table for path, table in setting.tables.items() if path in tables},
        chapters={chapter.id: chapter.blocks for chapter in brought},
        panels={name: panel for name, panel in setting.panels.items() if name in panels},
        lists=setting.lists.only(asked),
    )


def compose_publications(
    sources: Sources, settings: Mapping[PublicationId, Setting], composed: Mapping[TextId, tuple[Composed, ...]]
) -> tuple[Publication, ...]:
    """All publications of the manifest, of their texts as composed."""
    return tuple(
        _publication(plan, sources, settings[PublicationId(plan.id)], composed)
        for plan in sources.manifest.publications
    )


def _paths(plan: Plan, sources: Sources) -> tuple[str, ...]:
    """The texts of a publication, in order."""
    known = {text.path for text in sources.texts}
    wanted = chapter_paths(plan, sources.paths) if isinstance(plan, FullPlan) else (getattr(plan, "text", ""),)
    return tuple(path for path in wanted if path in known)


def _setting(
    plan: Plan, sources: Sources, targets: Mapping[PublicationId, tuple[Target, ...]], terms: Terms
) -> Setting:
    others = [target for name, group in targets.items() if name != plan.id for target in group]
    own = targets[PublicationId(plan.id)]
    by_id = {target.id: target for target in (*reversed(others), *own)}
    setting = Setting(
        publication=PublicationId(plan.id),
        targets=by_id,
        language=sources.manifest.language,
        terms=terms,
        numbers=number_format(terms),
        tables={table.path: table for table in sources.tables},
        chapters={chapter.id: chapter.blocks for chapter in sources.chapters},
        panels={},
        dossier=sources.manifest.name,
        lists=lists_of(_texts(plan, sources), sources.terms, by_id, terms),
    )
    return dataclasses.replace(setting, panels=panels_by_id(sources.infographics, setting))


def _texts(plan: Plan, sources: Sources) -> tuple[TextFile, ...]:
    return tuple(text for path in _paths(plan, sources) for text in sources.texts if text.path == path)


def _publication(
    plan: Plan, sources: Sources, setting: Setting, composed: Mapping[TextId, tuple[Composed, ...]]
) -> Publication:
    texts = _texts(plan, sources)
    infographic = next((text for text in sources.infographics if text.path == getattr(plan, "spec", None)), None)
    meta = _metadata(plan, sources, infographic, texts, setting.language)
    charts = infographic.charts if infographic else tuple(chart for text in texts for chart in text.charts)
    parts = [part for text in texts for part in composed[setting.publication, text.path]]
    if infographic:
        uses = _first_uses((infographic,), sources, setting).get(infographic.path, ())
        parts.append(compose_panels(infographic, meta.title, setting, uses))
    if any(made.part.blocks.holds("Cite") and not made.part.own_list for made in parts):
        short = isinstance(plan, InfographicPlan)
        parts.insert(_end_of_body(parts), compose_references(setting.terms, setting.language, infographic=short))
    if charts:
        parts.append(compose_data(charts, setting))
    index = setting.lists.shown.get(ListKind.INDEX)
    if index and not any(use.kind is ListKind.INDEX for text in texts for use in text.lists):
        parts.append(compose_index(index, setting.terms))
    return Publication(
        id=setting.publication,
        kind=plan.kind,
        metadata=meta,
        parts=tuple(made.part for made in parts),
        contents=tuple(heading for made in parts for heading in made.headings),
        charts=charts,
        downloads=downloads_of(meta.dossier, _downloads(texts, infographic, sources)),
        pictures=tuple(dict.fromkeys((*_cover_pictures(meta), *(use.path for text in texts for use in text.pictures)))),
        icons=tuple(dict.fromkeys(icon for made in parts for icon in made.icons)),
        panels=tuple(panel.place for panel in infographic.panels) if infographic else (),
        body=_body(plan, parts),
        shows_panels=bool(infographic) or any(text.panels_from for text in texts),
    )


def _downloads(texts: tuple[TextFile, ...], infographic: InfographicText | None, sources: Sources) -> Iterator[str]:
    """The data files that a publication links to, those of panels included that it shows."""
    yield from (use.path for text in texts for use in text.downloads)
    shown = sources.infographics if any(text.panels_from for text in texts) else ()
    yield from (use.path for panels in (infographic, *shown) if panels for use in panels.downloads)


def _end_of_body(parts: Sequence[Composed]) -> int:
    """The place behind which only appendices stand: that of the reference list."""
    appendices = takewhile(lambda made: made.part.role is PartRole.APPENDIX, reversed(parts))
    return len(parts) - sum(1 for _ in appendices)


def _body(plan: Plan, parts: Sequence[Composed]) -> str:
    """The part at which pages are counted anew, where the editor asks for that: the first that is no front matter."""
    if not isinstance(plan, FullPlan) or plan.front_pages != "roman":
        return ""
    return next((made.part.id for made in parts if made.part.role not in _FRONT), "")


_FRONT = frozenset({PartRole.FOREWORD, PartRole.SUMMARY})


def _cover_pictures(meta: Metadata) -> tuple[str, ...]:
    cover = meta.imprint.cover
    return (cover.picture,) if cover else ()


def _metadata(
    plan: Plan, sources: Sources, infographic: InfographicText | None, texts: tuple[TextFile, ...], language: str
) -> Metadata:
    manifest = sources.manifest
    authors = tuple(author.creator for author in manifest.authors)
    known = {str(author) for author in authors}
    of_texts = {str(author): author for text in reversed(texts) for author in reversed(text.authors)}
    name = manifest.name
    title = plan.title or (plain_text(infographic.text("title").nodes()) if infographic else "") or manifest.title
    own = plan.subtitle or (manifest.subtitle if isinstance(plan, FullPlan) else None)
    return Metadata(
        dossier=name,
        dossier_id=manifest.identity,
        title=title,
        subtitle=own or "",
        dossier_title=manifest.title,
        slug=f"{name}-{plan.id}",
        language=language,
        dossier_language=manifest.language,
        edition=manifest.edition,
        date=manifest.date,
        authors=authors,
        authors_of_texts=tuple(author for name, author in reversed(of_texts.items()) if name not in known),
        publisher=manifest.publisher_name,
        identifier=manifest.identifier_of(plan),
        license=manifest.license or "",
        description=manifest.description or "",
        audience=manifest.audience or "",
        contact=manifest.contact or "",
        certifier=manifest.certifier or "",
        website=manifest.website or "",
        keywords=manifest.keywords,
        imprint=imprint_of(plan, manifest, texts),
    )
