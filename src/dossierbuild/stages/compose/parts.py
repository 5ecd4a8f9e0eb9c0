"""Parts: the chapters, panels, reference list and appendix of a publication, with their headings for the contents."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from dossierbuild.core.ast import (
    Node,
    Nodes,
    Prose,
    attr,
    classes,
    div,
    header,
    link,
    number_citations,
    para,
    plain,
    plain_text,
    prose,
    text,
    title_text,
    walk,
)
from dossierbuild.core.entries import LIST, OWN_LIST
from dossierbuild.core.languages import language_for
from dossierbuild.core.model import AnchorKind, ChartSpec, Heading, InfographicText, Part, PartRole, TextKind
from dossierbuild.core.names import Creator
from dossierbuild.core.table_view import TableView
from dossierbuild.core.typography import format_letters
from dossierbuild.stages.compose.blocks import Setting, box, numbered, publish_blocks
from dossierbuild.stages.compose.data_tables import data_table
from dossierbuild.stages.compose.first_uses import FirstUse, Marker
from dossierbuild.stages.compose.formulas import with_languages_marked
from dossierbuild.stages.compose.infographic import panel_blocks, panel_headings
from dossierbuild.stages.compose.tables import finish_table
from dossierbuild.stages.compose.targets import Terms

_LIST_IDS = MappingProxyType({"nl": "literatuur", "en": "references"})
"""The id of the reference list by language: a part of addresses, so it stays when its title changes."""

_ROLES = MappingProxyType(
    {
        TextKind.FOREWORD: PartRole.FOREWORD,
        TextKind.SUMMARY: PartRole.SUMMARY,
        TextKind.PART: PartRole.PART,
        TextKind.CHAPTER: PartRole.CHAPTER,
        TextKind.APPENDIX: PartRole.APPENDIX,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A part, its headings for the table of contents, and the names of its icons."""

    part: Part
    headings: tuple[Heading, ...] = ()
    icons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """A text to compose for a publication.

    It `is_foreign` when it is in another language than the publication, and `in_part` when it is a chapter of a part
    that a text before it opens. `setting` is narrowed to the targets, tables, chapters and panels that the text uses.
    `unfinished` is the key of the words of a box at its head that says so; empty for a finished text. With `own_list`
    it gets a list of what it cites at its end.
    """

    path: str
    kind: TextKind
    blocks: Prose
    authors: tuple[Creator, ...]
    unfinished: str
    is_foreign: bool
    in_part: bool
    own_list: bool = False
    setting: Setting
    first_uses: tuple[FirstUse, ...] = ()


def compose_text(composition: Composition) -> tuple[Composed, ...]:
    """A text as one part for each of its headings of level 1."""
    marker = Marker(composition.first_uses)
    groups: list[Nodes] = []
    blocks = composition.blocks.nodes()
    for block in with_languages_marked(blocks) if composition.setting.spoken else blocks:
        if block["t"] == "Header" and block["c"][0] == 1:
            groups.append([])
        groups[-1].append(block)
    return tuple(_chapter(group, composition, marker, first=group is groups[0]) for group in groups)


def _chapter(group: Nodes, composition: Composition, marker: Marker, *, first: bool) -> Composed:
    terms = composition.setting.terms
    blocks = marker.blocks(publish_blocks(group, composition.setting))
    if composition.unfinished:
        blocks.insert(1, box("", "attention", terms["draft"], [para(text(terms[composition.unfinished]))]))
    if first and composition.authors:
        blocks.insert(1, div(attr("", ["chapter-authors"]), [para(_authors(composition.authors))]))
    role = _ROLES[composition.kind]
    language = composition.setting.language if composition.is_foreign else ""
    own_list = composition.own_list and prose(blocks).holds("Cite")
    if own_list:
        blocks.append(_own_list(group[0]["c"][1][0], terms))
    composed = _part(blocks, role, title_text(group[0]["c"][2]), tuple(_classes(composition)), language)
    if own_list:
        composed = dataclasses.replace(composed, part=dataclasses.replace(composed.part, own_list=True))
    return _deeper(composed) if composition.in_part else composed


def _authors(creators: tuple[Creator, ...]) -> Nodes:
    """The authors of a text on one line, each with whom they work for and a link to their ORCID."""
    return [inline for number, creator in enumerate(creators) for inline in _author(creator, ", " if number else "")]


def _author(creator: Creator, before: str) -> Nodes:
    number = creator.orcid_address
    linked = [link(text(number.removeprefix("https://")), number)] if number else []
    if not creator.affiliation and not linked:
        return text(f"{before}{creator}")
    comma = ", " if creator.affiliation and linked else ""
    return [*text(f"{before}{creator} ({creator.affiliation}{comma}"), *linked, *text(")")]


def _own_list(part: str, terms: Terms) -> Node:
    """The section at the end of a part for the list of what it cites, an empty block, which `cite` fills."""
    name = f"{LIST}-at-{part}"
    about = attr("", [OWN_LIST], role="doc-bibliography", aria_labelledby=f"{name} {part}-title")
    # Without the empty text pandoc would make a section of the heading.
    return div(about, [plain([]), header(3, attr(name), text(terms["references"])), div(attr(LIST), [])])


def _classes(composition: Composition) -> Iterator[str]:
    """The classes of a text: all look like chapters, but for what style sheets say of its kind."""
    yield "chapter"
    if composition.kind is not TextKind.CHAPTER:
        yield _ROLES[composition.kind].value
    if composition.in_part:
        yield "in-part"


def _deeper(composed: Composed) -> Composed:
    """A part with its headings one level deeper in the contents."""
    headings = (dataclasses.replace(heading, level=heading.level + 1) for heading in composed.headings)
    return dataclasses.replace(composed, headings=tuple(headings))


def _part(blocks: Nodes, role: PartRole, title: str, names: Sequence[str], language: str = "") -> Composed:
    """A part around its blocks; its id is taken over from its heading, so that links lead to its beginning.

    `names` are its classes; `language` is its own where that is not the publication's.
    """
    name = blocks[0]["c"][1][0]
    blocks[0]["c"][1][0] = f"{name}-title"
    about = {"role": f"doc-{role.value}", "aria_labelledby": f"{name}-title"} | ({"lang": language} if language else {})
    section = div(attr(name, ["section", *names], **about), blocks)
    return Composed(
        part=Part(id=name, role=role, title=title, blocks=prose(number_citations([section])), language=language),
        headings=tuple(_headings(name, blocks, language)),
        icons=_icons(blocks),
    )


def compose_panels(
    infographic: InfographicText, title: str, setting: Setting, first_uses: tuple[FirstUse, ...]
) -> Composed:
    """The panels of an infographic as one part under its title, each a heading of level 2 in the contents."""
    triple = attr("panels", ["section", "panels"], aria_label=setting.terms["kind_infographic"])
    blocks = Marker(first_uses).blocks(panel_blocks(infographic, setting))
    part = Part(id="panels", role=PartRole.PANELS, title=title, blocks=prose(number_citations([div(triple, blocks)])))
    headings = (Heading(part.id, 1, "", title), *panel_headings(infographic))
    return Composed(part=part, headings=headings, icons=_icons(blocks))


def compose_references(terms: Terms, language: str, *, infographic: bool) -> Composed:
    """The part of the reference list; the list itself is an empty block, which `cite` fills."""
    title = terms["sources"] if infographic else terms["references"]
    name = _LIST_IDS[language_for(language, _LIST_IDS)]
    blocks = [header(2, attr(name), text(title))]
    return _part([*blocks, div(attr(LIST), [])], PartRole.BIBLIOGRAPHY, title, [PartRole.BIBLIOGRAPHY.value])


def compose_index(index: Prose, terms: Terms) -> Composed:
    """The part of the index, for a publication of which no text shows it."""
    title = terms["index"]
    blocks = [header(2, attr("index-register"), text(title)), *index.nodes()]
    return _part(blocks, PartRole.INDEX, title, [PartRole.INDEX.value])


def compose_data(charts: tuple[ChartSpec, ...], setting: Setting) -> Composed:
    """The appendix with a table for each chart, made from the same file as the drawing.

    Where other appendices have letters, it has the next.
    """
    lettered = [
        target
        for target in setting.targets.values()
        if target.kind is AnchorKind.APPENDIX and target.number and target.publication == setting.publication
    ]
    title = setting.terms["data_of_figures" if lettered else "appendix_data"]
    blocks: Nodes = [header(2, attr("appendix-data"), text(title))]
    if lettered:
        last = dataclasses.replace(lettered[-1], number=format_letters(len(lettered) + 1))
        blocks = [header(2, attr("appendix-data"), numbered(last.label(setting.terms), text(title)))]
    for chart in charts:
        target = setting.targets.get(chart.id)
        words = setting.terms["data_of"].format(label=target.words(setting.terms)) if target else chart.alt
        source = setting.tables[chart.data]
        view = TableView(columns=tuple(dict.fromkeys((chart.x, *chart.y))))
        caption = text(words if not chart.unit or chart.unit in words else f"{words} ({chart.unit})")
        name = f"data-{chart.id}"
        table = data_table(source, view, chart.notation, name, caption, setting.numbers)
        blocks.append(finish_table(table, [], setting.numbers.decimal))
    return _part(blocks, PartRole.APPENDIX, title, [PartRole.APPENDIX.value])


def _headings(part: str, blocks: Nodes, language: str) -> Iterator[Heading]:
    """The headings of a part down to sections, with that of its own list and without what stands in boxes; citations in
    them are left out."""
    own = [inner for block in blocks if OWN_LIST in classes(block) for inner in block["c"][1]]
    for block in (*blocks, *own):
        if block["t"] == "Header":
            level, triple, inlines = block["c"]
            words, number = inlines, ""
            if words and words[0]["t"] == "Span" and words[0]["c"][0][1] == ["number"]:
                number, words = plain_text(words[0]), words[1:]
            if level <= 3 and "unlisted" not in triple[1]:
                name = part if level == 2 else triple[0]
                yield Heading(name, level - 1, number, title_text(words), language)


def _icons(blocks: Nodes) -> tuple[str, ...]:
    paths = (image["c"][2][0] for image in walk(blocks) if image["t"] == "Image" and "icon" in classes(image))
    return tuple(path.removeprefix("icons/").removesuffix(".svg") for path in paths)
