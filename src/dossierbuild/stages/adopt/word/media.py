"""Pictures: under which names they stand in the dossier, in a form that it can show."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from dossierbuild.core.folder import PICTURE_SUFFIXES
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.problems import Problem, problem
from dossierbuild.core.word import Document, Paragraph, Picture, inlines_of, paragraphs_of
from dossierbuild.stages.adopt.word.spots import spot, words_near
from dossierbuild.tools.docx.made import Drawing, document_of_drawings
from dossierbuild.tools.office import pictures_in

Shows = Callable[[str, bytes], bool]
"""Whether a dossier can show a picture of this name with these bytes."""


_DRAWINGS = (".emf", ".wmf", ".svg")
_USUAL = 80.0
"""Millimetres of a drawing of which the document does not say how large it is."""


@dataclass(frozen=True, slots=True)
class Media:
    """The pictures of a document by the names of their parts: where each stands in the dossier, and its bytes there."""

    paths: FrozenMap[str, str] = field(default_factory=FrozenMap)
    files: FrozenMap[str, bytes] = field(default_factory=FrozenMap)


def media_of(document: Document, is_shown: Shows) -> Media:
    """The pictures of a document that a dossier can show, as `is_shown` says; others go through LibreOffice first,
    where there is one."""
    parts = {picture.part: picture for _, picture in pictures_of(document) if picture.part}
    own = {part: (_own_name(part), document.media[part]) for part in parts}
    found = {part: picture for part, picture in own.items() if is_shown(*picture)}
    found |= _drawn([picture for part, picture in parts.items() if part not in found], document, is_shown)
    taken: dict[str, tuple[str, bytes]] = {}
    for number, part in enumerate((part for part in parts if part in found), 1):
        name, data = found[part]
        taken[part] = (f"figures/fig-{number}{posixpath.splitext(name)[1]}", data)
    paths = FrozenMap({part: path for part, (path, _) in taken.items()})
    return Media(paths, FrozenMap(dict(taken.values())))


def _drawn(pictures: Sequence[Picture], document: Document, is_shown: Shows) -> dict[str, tuple[str, bytes]]:
    """What LibreOffice makes of drawings that cannot be shown as they are, by their parts."""
    drawn = [picture for picture in pictures if picture.part.lower().endswith(_DRAWINGS)]
    sizes = [(picture.width or _USUAL, picture.height or _USUAL) for picture in drawn]
    drawings = [
        Drawing(posixpath.splitext(picture.part)[1].lower(), document.media[picture.part], width, height)
        for picture, (width, height) in zip(drawn, sizes, strict=True)
    ]
    made = pictures_in(document_of_drawings(drawings)) if drawings else {}
    named = {picture.part: made[f"d{at}"] for at, picture in enumerate(drawn) if f"d{at}" in made}
    return {part: (f"picture{suffix}", data) for part, (suffix, data) in named.items() if is_shown(f"x{suffix}", data)}


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
    """D859: a picture that cannot be shown. D868: one that is not in the document."""
    for paragraph in paragraphs:
        for inline in inlines_of(paragraph.content):
            if isinstance(inline, Picture) and not inline.part:
                yield problem("D868", spot(name, paragraph), path=inline.name or inline.alt or words_near(paragraph))
            elif isinstance(inline, Picture) and inline.part not in media.paths:
                kind = posixpath.splitext(inline.part)[1].lstrip(".").upper()
                yield problem("D859", spot(name, paragraph), kind=kind, text=inline.alt or words_near(paragraph))
