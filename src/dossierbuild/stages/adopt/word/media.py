"""Pictures: under which names they stand in the dossier, in a form that it can show."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from dossierbuild.core.folder import PICTURE_SUFFIXES
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.problems import Problem, problem
from dossierbuild.core.word import Document, Paragraph, Picture, inlines_of, paragraphs_of
from dossierbuild.stages.adopt.word.spots import spot, words_near
from dossierbuild.tools.office import as_png

Shows = Callable[[str, bytes], bool]
"""Whether a dossier can show a picture of this name with these bytes."""


@dataclass(frozen=True, slots=True)
class Media:
    """The pictures of a document by the names of their parts: where each stands in the dossier, and its bytes there."""

    paths: FrozenMap[str, str] = field(default_factory=FrozenMap)
    files: FrozenMap[str, bytes] = field(default_factory=FrozenMap)


def media_of(document: Document, is_shown: Shows) -> Media:
    """The pictures of a document that a dossier can show, as `is_shown` says; others go through LibreOffice first,
    where there is one."""
    parts = list(dict.fromkeys(picture.part for _, picture in pictures_of(document) if picture.part))
    direct = {part: _own_name(part) for part in parts if is_shown(_own_name(part), document.media[part])}
    drawn = as_png({part: document.media[part] for part in parts if part not in direct})
    made = {part: "picture.png" for part, data in drawn.items() if is_shown("picture.png", data)}
    taken: dict[str, tuple[str, bytes]] = {}
    for part in parts:
        if name := direct.get(part) or made.get(part):
            data = document.media[part] if part in direct else drawn[part]
            taken[part] = (f"figures/fig-{len(taken) + 1}{posixpath.splitext(name)[1]}", data)
    paths = FrozenMap({part: path for part, (path, _) in taken.items()})
    return Media(paths, FrozenMap(dict(taken.values())))


def _own_name(part: str) -> str:
    """A name for the file of a part, of which nothing but its kind is its own."""
    suffix = posixpath.splitext(part)[1].lower()
    return f"picture{suffix if suffix in PICTURE_SUFFIXES else '.png'}"


def pictures_of(document: Document) -> Iterator[tuple[Paragraph, Picture]]:
    """Each picture of a document with the paragraph that it stands in."""
    for paragraph in paragraphs_of(document.blocks):
        for inline in inlines_of(paragraph.content):
            if isinstance(inline, Picture):
                yield paragraph, inline


def lost_pictures(paragraphs: Iterable[Paragraph], media: Media, name: str) -> Iterator[Problem]:
    """D859: a picture that cannot be shown. D813: one that stands elsewhere."""
    for paragraph in paragraphs:
        for inline in inlines_of(paragraph.content):
            if isinstance(inline, Picture) and not inline.part:
                yield problem("D813", spot(name, paragraph), path=inline.name or inline.alt or words_near(paragraph))
            elif isinstance(inline, Picture) and inline.part not in media.paths:
                kind = posixpath.splitext(inline.part)[1].lstrip(".").upper()
                yield problem("D859", spot(name, paragraph), kind=kind, text=inline.alt or words_near(paragraph))
