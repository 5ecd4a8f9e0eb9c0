"""Rules D1: ids, cross-references, key points, publications, empty texts; D508, D510: tables too wide or too long."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from dossierbuild.core.ast import classes, walk
from dossierbuild.core.model import Anchor, AnchorKind, Sources, TextKind
from dossierbuild.core.nearest import nearest
from dossierbuild.core.passages import Kind, Passage
from dossierbuild.core.problems import Place, Problem, problem
from dossierbuild.core.table_width import WIDEST, needed_room

_UNLABELLED = frozenset({AnchorKind.PASSAGE, AnchorKind.PANEL})

_MOST_ROWS = 2_000
"""As many as take some forty seconds to lay out, on fifty pages."""


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


def too_wide_tables(sources: Sources) -> Iterator[Problem]:
    """D508: the columns of a table fit beside each other on a page on its side."""
    for place, name, rows in (*_typed_tables(sources), *_data_tables(sources)):
        columns = max(map(len, rows), default=0)
        needed = needed_room(rows, hyphenated=True)
        if needed > WIDEST:
            yield problem("D508", place, name, columns=columns, room=columns * WIDEST // needed)


def too_long_tables(sources: Sources) -> Iterator[Problem]:
    """D510: a table has no more rows than can be laid out within the time that a chapter gets."""
    for place, name, rows in (*_typed_tables(sources), *_data_tables(sources)):
        if len(rows) > _MOST_ROWS:
            yield problem("D510", place, name, rows=len(rows), most=_MOST_ROWS)


_Table: TypeAlias = tuple[Place, str, list[list[str]]]


def _typed_tables(sources: Sources) -> Iterator[_Table]:
    """Place, id and texts of each table in the texts."""
    for text in sources.texts:
        within: dict[str, list[Passage]] = {}
        for passage in text.passages:
            within.setdefault(passage.within, []).append(passage)
        for table in (passage for passage in text.passages if passage.kind is Kind.TABLE):
            rows = [row for row in within.get(table.id, ()) if row.kind is Kind.ROW]
            yield table.place, table.id, [[cell.text for cell in within.get(row.id, ())] for row in rows]


def _data_tables(sources: Sources) -> Iterator[_Table]:
    """The same of each data file that is shown as a table."""
    for reference in (reference for text in sources.texts for reference in text.data_tables):
        table = sources.table(reference.target)
        if table is not None:
            yield reference.place, reference.target, [list(row) for row in (table.columns, *table.rows)]


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
    too_wide_tables,
    too_long_tables,
)
