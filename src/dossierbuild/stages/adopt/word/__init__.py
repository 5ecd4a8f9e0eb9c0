"""A Word document becomes the files of a dossier.

The document is read as it is, not by pandoc: headings, captions, fields and boxes are found in it first, and only then
do its chapters become a tree and a text. What cannot come is told at its paragraph, with the words by which it is found
in Word; what the file holds is counted against what came.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from dossierbuild.core.ast import Node, Nodes, attr, attr_of, header, para, rewrite, text
from dossierbuild.core.catalogue import Language
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.languages import is_known
from dossierbuild.core.problems import Checked, Place, Problem, problem
from dossierbuild.core.slug import slug
from dossierbuild.core.word import Block, Chart, Control, Document, Field, Paragraph, Text, inlines_of, paragraphs_of
from dossierbuild.core.word_tree import list_numbers
from dossierbuild.stages.adopt import Adopted
from dossierbuild.stages.adopt.about import language_of, manifest_of
from dossierbuild.stages.adopt.folder import Settings
from dossierbuild.stages.adopt.pictures import STAND_IN, STAND_IN_DRAWING
from dossierbuild.stages.adopt.word.anchors import referred_to, with_ids
from dossierbuild.stages.adopt.word.captions import gathered
from dossierbuild.stages.adopt.word.charts import Charted, charted
from dossierbuild.stages.adopt.word.contents import without_contents
from dossierbuild.stages.adopt.word.cover import cover_of
from dossierbuild.stages.adopt.word.formulas import formulas_of, lost_formulas
from dossierbuild.stages.adopt.word.headings import Headings, with_headings
from dossierbuild.stages.adopt.word.lost import comments_of, counted, drawn_otherwise, foreign_words, lost_and_found
from dossierbuild.stages.adopt.word.media import Media, Shows, lost_pictures, media_of
from dossierbuild.stages.adopt.word.pieces import Figure, Heading, Piece
from dossierbuild.stages.adopt.word.references import lost_references
from dossierbuild.stages.adopt.word.sections import (
    Section,
    level_of_chapters,
    listed_in,
    sections_of,
    title_heading,
    without_listed,
)
from dossierbuild.stages.adopt.word.spots import spot, words_near
from dossierbuild.stages.adopt.word.written import Known, tree_of_section
from dossierbuild.stages.adopt.words import WORDS
from dossierbuild.tools.pandoc import write_markdown
from dossierbuild.tools.yamlfile import write_yaml

__all__ = ["PERSONAL", "Cited", "Headings", "adopt_document", "language_of_document", "references_of"]

PERSONAL = frozenset({"D849"})
"""The codes of problems that name people, which are printed and never stored."""
REFERENCES = "references.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """What is known of the sources of a document.

    `citations` has, as Markdown, what each field or control of a citation program is, `references` the text of the
    reference list. `listed` are the numbers of the paragraphs in which the document prints that list, which are left
    out.
    """

    citations: FrozenMap[Field | Control, str] = field(default_factory=FrozenMap)
    references: str = "references: []\n"
    listed: frozenset[int] = frozenset()


NOT_CITED = Cited()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parted:
    """A document in its pieces, what an edition makes by itself apart."""

    pieces: tuple[Piece, ...]
    dropped: tuple[Block, ...]
    problems: tuple[Problem, ...]


def adopt_document(
    document: Document,
    name: str,
    called: str,
    is_shown: Shows,
    headings: Headings | None = None,
    cited: Cited = NOT_CITED,
) -> Checked[Adopted]:
    """The dossier that is made of a document; `name` is its file in problems, `called` its title without another.

    The problems say what could not come, and what is to be looked at.
    """
    tag = language_of_document(document)
    language = Language.of(tag)
    parted = _without_list(_parted(document, name, headings), cited.listed, name)
    first = _first_chapter(parted.pieces)
    sections = sections_of(parted.pieces[first:])
    cover, of_cover = cover_of(document, parted.pieces[:first], title_heading(parted.pieces), name, is_all=not sections)
    about = manifest_of(cover.settings, tag, called)
    assert about.value is not None
    front = _front(cover.text, about.value["title"] if not sections else "", language)
    filled, emptied = _filled((*front, *sections), about.value["title"], name, language)
    sections, anchors = with_ids(filled, referred_to(document))
    known = _known(document, tag, media_of(document, is_shown), anchors, cited)
    trees = [tree_of_section(section, known) for section in sections]
    told = [*parted.problems, *of_cover, *about.problems, *emptied, *_lost(document, known, trees, name)]
    told += [
        problem("D832", Place(name), title=section.heading.text) for section in front if first < len(parted.pieces)
    ]
    dropped = (*parted.dropped, *_blocks(() if cover.text else parted.pieces[:first]))
    told += counted(document, [made for tree in trees for made in tree], dropped, told, name)
    files = _files(sections, trees, about.value, known, cited)
    return Checked(Adopted(language=tag, files=FrozenMap(files)), tuple(told))


def references_of(document: Document, name: str, headings: Headings | None = None) -> tuple[Paragraph, ...]:
    """The paragraphs of the list of references that a document prints, an entry each."""
    return listed_in(_parted(document, name, headings).pieces)


# --- parts -----------------------------------------------------------------------------------------------------------


def language_of_document(document: Document) -> str:
    """The tag of a document's language: what most of its words are in, since Word's own setting is often another's."""
    words = " ".join(paragraph.text for paragraph in paragraphs_of(document.blocks))
    guessed, stated = language_of(Settings(), words), document.language
    is_stated = "-" in stated and is_known(stated) and stated.split("-")[0].lower() == guessed.split("-")[0]
    return stated if is_stated else guessed


def _parted(document: Document, name: str, headings: Headings | None) -> _Parted:
    shown, of_contents = without_contents(document.blocks, name)
    titled, of_headings = with_headings(shown, headings, name)
    pieces, of_captions = gathered(titled, name)
    kept = {id(block) for block in shown}
    dropped = tuple(block for block in document.blocks if id(block) not in kept)
    return _Parted(pieces=pieces, dropped=dropped, problems=(*of_contents, *of_headings, *of_captions))


def _without_list(parted: _Parted, listed: frozenset[int], name: str) -> _Parted:
    """D831: the list of references is left out, since an edition makes its own."""
    pieces = without_listed(parted.pieces, listed)
    entries = tuple(piece for piece in parted.pieces if isinstance(piece, Paragraph) and piece.number in listed)
    if not entries:
        return parted
    told = problem("D831", Place(name, entries[0].number), title=words_near(entries[0]))
    return _Parted(pieces=pieces, dropped=(*parted.dropped, *entries), problems=(*parted.problems, told))


def _first_chapter(pieces: Sequence[Piece]) -> int:
    level, title = level_of_chapters(pieces), title_heading(pieces)
    are_chapters = (isinstance(piece, Heading) and piece.level <= level and piece is not title for piece in pieces)
    return next((at for at, is_chapter in enumerate(are_chapters) if is_chapter), len(pieces))


def _front(text: tuple[Piece, ...], title: str, language: Language) -> tuple[Section, ...]:
    """The chapter of what stands before the first heading, or of a document without any; a summary by its style."""
    if not text:
        return ()
    is_abstract = all(isinstance(piece, Paragraph) and piece.style == "abstract" for piece in text)
    words = title or WORDS["summary" if is_abstract else "beginning"][language]
    return (Section(heading=_heading(words), pieces=text, kind="summary" if is_abstract else "chapter"),)


def _heading(words: str) -> Heading:
    return Heading(paragraph=Paragraph(number=0, style="", styles=(), content=(Text(words),), outline=1), level=1)


def _filled(
    sections: Sequence[Section], title: str, name: str, language: Language
) -> tuple[tuple[Section, ...], tuple[Problem, ...]]:
    """The sections with something in them, and D833 for the others; a place to write where there is none."""
    filled = tuple(section for section in sections if section.pieces or section.kind == "part")
    empty = [section for section in sections if section not in filled]
    told = tuple(
        problem("D833", spot(name, section.heading.paragraph), title=section.heading.text) for section in empty
    )
    if any(section.kind != "part" for section in filled):
        return filled, told
    words = Paragraph(number=0, style="", styles=(), content=(Text(WORDS["write"][language]),))
    return (*filled, Section(heading=_heading(title), pieces=(words,))), told


def _blocks(pieces: Sequence[Piece]) -> Iterator[Block]:
    for piece in pieces:
        yield piece.block if isinstance(piece, Figure) else piece.paragraph if isinstance(piece, Heading) else piece


def _known(document: Document, tag: str, media: Media, anchors: FrozenMap[str, str], cited: Cited) -> Known:
    language = Language.of(tag)
    return Known(
        language=language,
        tag=tag,
        media=media,
        charts=_charts(document, language),
        formulas=formulas_of(document),
        anchors=anchors,
        citations=cited.citations,
        numbers=list_numbers(document.blocks),
    )


def _charts(document: Document, language: Language) -> FrozenMap[Chart, Charted]:
    """What each chart becomes; a chart without numbers becomes nothing."""
    inlines = (inline for paragraph in paragraphs_of(document.blocks) for inline in inlines_of(paragraph.content))
    charts = [
        inline for inline in dict.fromkeys(found for found in inlines if isinstance(found, Chart)) if inline.series
    ]
    made: dict[Chart, Charted] = {}
    for chart in charts:
        usual = slug(chart.title)[:40].strip("-") or slug(WORDS["chart"][language])
        paths = {found.path for found in made.values()}
        path = next(path for path in _paths(f"data/{usual}") if path not in paths)
        made[chart] = charted(chart, path, language)
    return FrozenMap(made)


def _paths(stem: str) -> Iterator[str]:
    yield f"{stem}.csv"
    yield from (f"{stem}-{number}.csv" for number in count(2))


def _lost(document: Document, known: Known, trees: Sequence[Nodes], name: str) -> Iterator[Problem]:
    paragraphs = tuple(paragraphs_of(document.blocks))
    yield from lost_and_found(document, name)
    yield from lost_pictures(paragraphs, known.media, name)
    yield from lost_formulas(paragraphs, known.formulas, name)
    yield from lost_references(paragraphs, known.anchors, name)
    yield from drawn_otherwise(known.charts, trees, document, name)
    for tree in trees:
        yield from foreign_words(tree, name)
    yield from comments_of(document, name)


# --- files -----------------------------------------------------------------------------------------------------------


def _files(
    sections: Sequence[Section], trees: Sequence[Nodes], about: dict[str, Any], known: Known, cited: Cited
) -> dict[str, bytes]:
    language = known.language
    short = slug(WORDS["in short"][language])
    keys = {
        **about,
        "references": REFERENCES,
        "publications": [
            {"id": "dossier", "kind": "full", "chapters": "chapters/*.md"},
            {"id": short, "kind": "summary", "text": f"{short}.md",
             "title": f"{WORDS['in short'][language]}: {about['title']}"},
        ],
    }  # fmt: skip
    texts = [_text(section, tree, known) for section, tree in zip(sections, trees, strict=True)]
    written = "".join(texts)
    return {
        "dossier.yaml": write_yaml(keys).encode("utf-8"),
        f"{short}.md": _summary(sections, trees, language).encode("utf-8"),
        **{path: made.encode("utf-8") for path, made in zip(_names(sections), texts, strict=True)},
        **known.media.files,
        **{found.path: found.csv.encode("utf-8") for found in known.charts.values()},
        **({STAND_IN: STAND_IN_DRAWING.encode("utf-8")} if STAND_IN in written else {}),
        REFERENCES: cited.references.encode("utf-8"),
    }


def _names(sections: Sequence[Section]) -> Iterator[str]:
    """The paths of the chapters, whose numbers keep their order."""
    width = max(2, len(str(len(sections))))
    for number, section in enumerate(sections, 1):
        yield f"chapters/{number:0{width}}-{slug(section.heading.text)[:40].strip('-') or section.kind}.md"


def _text(section: Section, tree: Nodes, known: Known) -> str:
    own = section.language if section.language not in ("", known.tag.split("-", maxsplit=1)[0]) else ""
    head = {"kind": section.kind} if section.kind != "chapter" else {}
    head |= {"lang": own} if own else {}
    front = f"---\n{write_yaml(head)}---\n\n" if head else ""
    return f"{front}{write_markdown(tree)}"


def _summary(sections: Sequence[Section], trees: Sequence[Nodes], language: Language) -> str:
    """The text of 'in het kort': a copy of the summary without its ids, else a place to write one."""
    own = (tree for section, tree in zip(sections, trees, strict=True) if _is_summary(section, language))
    heading = header(1, attr(), text(WORDS["in short"][language]))
    found = next(own, None)
    if found is None:
        return f"---\nstatus: draft\n---\n\n{write_markdown([heading, para(text(WORDS['write'][language]))])}"
    return write_markdown([heading, *(_without_id(made) for made in found[1:])])


def _is_summary(section: Section, language: Language) -> bool:
    return section.kind == "summary" and section.language in ("", language.value)


def _without_id(block: Node) -> Node:
    """A block of a summary that stands in two texts: ids are those of the chapter."""

    def without(found: Node) -> Node | None:
        triple = attr_of(found)
        triple[0] = ""
        return None

    copy: Node = rewrite(block, without)
    return copy
