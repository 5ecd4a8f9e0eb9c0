"""Rules D1: ids, cross-references, key points, publications, empty texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dossierbuild.core.ast import classes, identifier, plain_text, walk
from dossierbuild.core.model import Anchor, AnchorKind, Sources, TextKind
from dossierbuild.core.nearest import nearest
from dossierbuild.core.problems import Place, Problem, problem

_UNLABELLED = frozenset({AnchorKind.PASSAGE, AnchorKind.PANEL})


def duplicate_ids(sources: Sources) -> Iterator[Problem]:
    """D111: an id names one thing in the whole dossier, so that every reference to it means the same."""
    first: dict[str, Anchor] = {}
    for anchor in _anchors(sources):
        if anchor.id in first:
            yield problem("D111", anchor.place, anchor.id, (first[anchor.id].place,), id=anchor.id)
        first.setdefault(anchor.id, anchor)


def ids_of_data(sources: Sources) -> Iterator[Problem]:
    """D126: no id is that of the table of a chart's data, which is made of the chart's id."""
    made = {f"data-{chart.id}" for text in sources.texts for chart in text.charts}
    for anchor in _anchors(sources):
        if anchor.id in made:
            yield problem("D126", anchor.place, id=anchor.id, nearest=f"x-{anchor.id}")


def dead_cross_references(sources: Sources) -> Iterator[Problem]:
    """D112: a link to an id leads to something; one without text leads to something that has a label."""
    known = {anchor.id: anchor.kind for anchor in _anchors(sources)}
    labelled = [name for name, kind in known.items() if kind not in _UNLABELLED]
    for text in sources.citing:
        for reference in text.cross_references:
            if reference.target not in known or (reference.labelled and reference.target not in labelled):
                near = nearest(reference.target, labelled if reference.labelled else known)
                yield problem("D112", reference.place, reference.target, id=reference.target, nearest=near)


def key_points_from(sources: Sources) -> Iterator[Problem]:
    """D112, D113: a summary takes its key points from a chapter that exists and has some."""
    chapters = {chapter.id: chapter for chapter in sources.chapters}
    for text in sources.texts:
        for reference in text.key_points_from:
            chapter = chapters.get(reference.target)
            if chapter is None:
                near = nearest(reference.target, chapters)
                yield problem("D112", reference.place, reference.target, id=reference.target, nearest=near)
            elif not any("key-point" in classes(node) for node in walk(chapter.blocks.nodes())):
                yield problem("D113", reference.place, reference.target, id=reference.target)


def panels_from(sources: Sources) -> Iterator[Problem]:
    """D111, D112: a text brings in a panel that exists, and each id names one panel."""
    panels = [panel for infographic in sources.infographics for panel in infographic.panels if panel.id]
    first: dict[str, Anchor] = {}
    for panel in panels:
        if panel.id in first:
            yield problem("D111", panel.place, panel.id, (first[panel.id].place,), id=panel.id)
        first.setdefault(panel.id, panel)
    for text in sources.texts:
        for reference in text.panels_from:
            if reference.target not in first:
                near = nearest(reference.target, first)
                yield problem("D112", reference.place, reference.target, id=reference.target, nearest=near)


def empty_texts(sources: Sources) -> Iterator[Problem]:
    """D106: a text is more than its heading, unless it opens a part."""
    for text in sources.texts:
        if (
            text.empty
            and text.kind is not TextKind.PART
            and not text.key_points_from
            and not text.panels_from
            and not text.pictures
        ):
            yield problem("D106", Place(text.path), text.id)


def second_titles(sources: Sources) -> Iterator[Problem]:
    """D199: a file of chapters is one chapter. One for each file, at its second title."""
    for text in sources.chapters:
        titles = [block for block in text.blocks.nodes() if block["t"] == "Header" and block["c"][0] == 1]
        for title in titles[1:2]:
            places = {anchor.id: anchor.place for anchor in text.anchors}
            place = places.get(identifier(title), Place(text.path))
            yield problem("D199", place, title=plain_text(title["c"][2])[:60])


def _anchors(sources: Sources) -> Iterator[Anchor]:
    for text in sources.texts:
        yield from text.anchors


RULES: tuple[Callable[[Sources], Iterator[Problem]], ...] = (
    duplicate_ids,
    ids_of_data,
    dead_cross_references,
    key_points_from,
    panels_from,
    empty_texts,
    second_titles,
)
