"""A letter as a Word document: its texts written by pandoc, and around them what makes it the dossier's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dossierbuild.core.ast import Nodes, attr, div, para, prose, text
from dossierbuild.core.folder import digest_of
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.model import Theme
from dossierbuild.core.sent import (
    DIGEST_PROPERTY,
    DOSSIER_PROPERTY,
    NOTICE_STYLE,
    PATH_PROPERTY,
    SENT_PROPERTY,
    TOP,
    VERSION_PROPERTY,
    Bookmark,
    Carrier,
)
from dossierbuild.stages.send.blocks import SentText, Writer
from dossierbuild.stages.send.drawings import Shown
from dossierbuild.stages.send.package import About, package, parts_of
from dossierbuild.stages.send.styles import styles_xml
from dossierbuild.tools.pandoc import write_docx

__all__ = ["Letter", "SentText", "Shown", "word_document"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is sent in one document: texts of a dossier, in order.

    `slug` names the dossier's files. `digests` has the SHA-256 of each text's file by its path, `works` the CSL-JSON of
    the works by key, `pictures` what is shown by path, charts as `charts/ID`. `sizes` are those of the theme in points
    by name, as far as it gives them in `rem`.
    """

    dossier: str
    slug: str
    title: str
    language: str
    version: str
    texts: tuple[SentText, ...]
    digests: FrozenMap[str, str]
    works: FrozenMap[str, str]
    pictures: FrozenMap[str, Shown]
    theme: Theme
    sizes: FrozenMap[str, float]
    terms: FrozenMap[str, str]


def word_document(letter: Letter) -> tuple[str, bytes]:
    """The document, and the eight digits that tell what was sent: of two letters that differ they differ.

    The same letter gives the same bytes. Raises PandocError.
    """
    writer = Writer(works=letter.works, pictures=letter.pictures)
    blocks = _notice(letter, writer)
    for number, text_sent in enumerate(letter.texts, 1):
        written = writer.text(text_sent)
        title = written[0]["c"]
        title[2] = writer.bookmarks.named(Bookmark(Carrier.TEXT, number).name, title[2])
        language = text_sent.text.language
        blocks += [div(attr(lang=language), written)] if language and language != letter.language else written
    made = write_docx(prose(blocks))
    styles = styles_xml(letter.theme, letter.sizes, letter.language)
    shown = {relation: letter.pictures[path] for path, relation in writer.relations.items()}
    title = letter.texts[0].text.title if len(letter.texts) == 1 else None
    properties = dict(_properties(letter))
    about = About(title=title.nodes() if title else text(letter.title), language=letter.language)
    parts = parts_of(made, styles, shown, about, letter.theme)
    sent = digest_of((*parts.items(), *((name, value.encode()) for name, value in properties.items())))[:8]
    return sent, package(parts, {**properties, SENT_PROPERTY: sent})


def _notice(letter: Letter, writer: Writer) -> Nodes:
    """What may be changed in the document, in plain words."""
    words = text(letter.terms["word_notice"].format(title=letter.title))
    return [div(attr(custom_style=NOTICE_STYLE), [para(writer.bookmarks.named(TOP, words))])]


def _properties(letter: Letter) -> Iterator[tuple[str, str]]:
    yield DOSSIER_PROPERTY, letter.dossier
    yield VERSION_PROPERTY, letter.version
    for number, sent in enumerate(letter.texts, 1):
        yield f"{PATH_PROPERTY}{number}", sent.text.path
        yield f"{DIGEST_PROPERTY}{number}", letter.digests[sent.text.path]
