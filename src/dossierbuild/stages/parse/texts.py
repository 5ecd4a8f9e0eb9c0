"""Chapters and summaries: Markdown to `TextFile`."""

from __future__ import annotations

import dataclasses
import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from dossierbuild.core.ast import (
    Node,
    Nodes,
    attr_of,
    attributes,
    identifier,
    is_formula,
    plain_text,
    prose,
    text,
    walk,
    without_words,
)
from dossierbuild.core.catalogue import Language
from dossierbuild.core.model import (
    Anchor,
    AnchorKind,
    ChartKind,
    ChartSpec,
    CrossReference,
    DownloadUse,
    PictureUse,
    SourceFile,
    TableUse,
    TextFile,
)
from dossierbuild.core.nearest import nearest
from dossierbuild.core.numerals import Notation, as_thousands, is_doubtful
from dossierbuild.core.passages import Lines
from dossierbuild.core.problems import Checked, Place, Problem, has_errors, problem
from dossierbuild.core.slug import slug
from dossierbuild.core.table_view import read_view
from dossierbuild.stages.parse.decoding import decode
from dossierbuild.stages.parse.downloads import read_downloads
from dossierbuild.stages.parse.drawn_tables import (
    cut_words,
    drawing_problems,
    drawings,
    joined_rows,
    lines_of_code,
    without_consequences,
)
from dossierbuild.stages.parse.fences import code_problems, fence_problems
from dossierbuild.stages.parse.figures import figure_problems
from dossierbuild.stages.parse.formulas import (
    formula_problems,
    formula_uses,
)
from dossierbuild.stages.parse.front_matter import FrontMatter, read_front_matter
from dossierbuild.stages.parse.further_reading import read_further_reading
from dossierbuild.stages.parse.headers import header_problems
from dossierbuild.stages.parse.inspect import (
    BOXES,
    block_kind,
    citation_sites,
    cross_references,
    deepest,
    forbidden,
    includes,
    leave_out_empty,
    link_texts,
    opening,
    too_deep,
)
from dossierbuild.stages.parse.lists import index_marks, is_index_mark, list_uses
from dossierbuild.stages.parse.passages import passages_of
from dossierbuild.stages.parse.paths import data_path, is_remote, picture_path
from dossierbuild.stages.parse.places import Places, places_of
from dossierbuild.stages.parse.quotations import quotation_sites
from dossierbuild.stages.parse.reading import Read, read_blocks
from dossierbuild.stages.parse.table_notes import note_problems
from dossierbuild.tools.pandoc import DepthError, PandocError, Remark

# What the id of a node names, by the kind of its block, or else by that of the node.
_ANCHORS = MappingProxyType({
    "chart": AnchorKind.FIGURE, "figures": AnchorKind.FIGURE, "table": AnchorKind.TABLE,
    "Figure": AnchorKind.FIGURE, "Table": AnchorKind.TABLE, "key-figure": AnchorKind.BOX,
    **dict.fromkeys(BOXES, AnchorKind.BOX),
})  # fmt: skip


def parse_text(file: SourceFile, language: Language) -> Checked[TextFile]:
    """One text; `language` is that of the dossier. That of the text decides how an apostrophe at the start of a word is
    read."""
    decoded = decode(file)
    if decoded.value is None:
        return Checked(None, decoded.problems)
    if not decoded.value.strip():
        return Checked(None, (problem("D106", Place(file.path)),))
    front, body, problems = read_front_matter(file.path, decoded.value)
    places = places_of(file.path, body)
    deep = too_deep(places)
    if deep:
        return Checked(None, (*problems, *deep))
    own = Language.of(front.language) if front.language else language
    try:
        read = read_blocks(body, own)
    except DepthError as error:
        return Checked(None, (*problems, problem("D138", deepest(places), limit=error.limit)))
    except PandocError as error:
        return Checked(None, (*problems, problem("D501", Place(file.path), reason=error)))
    text = _text_of(front, read, body, dataclasses.replace(places, nodes=read.lines))
    return Checked(text.value, (*problems, *text.problems))


def _text_of(front: FrontMatter, read: Read, typed: str, places: Places) -> Checked[TextFile]:
    """The text of its blocks, None when it does not begin with its title; `typed` is the text with its code."""
    blocks = read.blocks
    every = tuple(walk(blocks))
    problems = tuple(code_problems(every, typed, places))
    if leave_out_empty(blocks):
        every = tuple(walk(blocks))
    problems = (
        *problems,
        *formula_problems(every, places),
        *_remarks(read.remarks, places),
        *fence_problems(every, read.remarks, places),
    )
    downloads = read_downloads(every, places)
    problems = (*problems, *downloads.problems, *includes(places), *forbidden(every, places, downloads.links))
    if not blocks or blocks[0]["t"] != "Header" or blocks[0]["c"][0] != 1:
        return Checked(None, (*problems, problem("D114", Place(places.path, 1, 1))))
    titled = _titled(front, blocks, downloads.uses, places)
    return Checked(titled.value, (*problems, *titled.problems))


def _titled(front: FrontMatter, blocks: Nodes, downloads: tuple[DownloadUse, ...], places: Places) -> Checked[TextFile]:
    """The text of blocks that begin with its title, with what is wrong in its figures, tables and lists."""
    every = tuple(walk(blocks))
    text_id = str(identifier(blocks[0]) or front.id or id_of_file(places.path))
    attr_of(blocks[0])[0] = text_id
    passages = passages_of(text_id, blocks, places)
    nodes = without_words(every)
    drawn = tuple(drawings(places, lines_of_code(nodes, places)))
    broken = tuple(drawing_problems(drawn, nodes, places))
    _give_ids(nodes, text_id)
    problems = (*_levels(nodes, places), *figure_problems(nodes, places))
    charts, chart_problems = _charts(nodes, places)
    pictures, picture_problems = _pictures(nodes, places)
    tables, table_problems = _data_tables(nodes, places)
    further = read_further_reading(nodes, places)
    if further.value or any(node["t"] == "Image" for node in nodes):
        nodes = without_words(walk(blocks))  # what a picture or further reading has now stands in place of other nodes
    citations = citation_sites(nodes, places)
    marks = index_marks(blocks, text_id, places)
    value = TextFile(
        id=text_id,
        path=places.path,
        kind=front.kind,
        language=front.language,
        title=prose(blocks[0]["c"][2]),
        status=front.status,
        authors=front.authors,
        blocks=prose(blocks),
        empty=not further.value and not plain_text(blocks[1:]),
        citations=citations,
        quotations=tuple(quotation_sites(nodes, citations)),
        further_reading=further.value or (),
        anchors=tuple(_anchors(nodes, places)),
        cross_references=cross_references(nodes, places),
        key_points_from=tuple(_brought_in(nodes, places, "key-points")),
        panels_from=tuple(_brought_in(nodes, places, "panel")),
        charts=tuple(dataclasses.replace(chart, language=front.language) for chart in charts),
        pictures=pictures,
        data_tables=tables,
        downloads=downloads,
        passages=passages,
        links=link_texts(nodes, places),
        formulas=formula_uses(blocks, nodes, places),
        lists=list_uses(nodes, places),
        index_marks=marks.value or (),
    )
    problems = (*problems, *_key_figures(nodes, places), *header_problems(nodes, places))
    problems = (*problems, *cut_words(nodes, places), *joined_rows(nodes, places), *note_problems(blocks, places))
    problems = (*problems, *further.problems)
    problems = (*without_consequences((*problems, *table_problems), drawn, broken), *broken)
    return Checked(value, (*problems, *chart_problems, *picture_problems, *marks.problems))


def _remarks(remarks: tuple[Remark, ...], places: Places) -> Iterator[Problem]:
    """pandoc's remarks on notes and on names that were described twice, as problems."""
    for remark in remarks:
        if remark.kind == "NoteDefinedButNotUsed":
            place = places.words(f"[^{remark.about}]:")
            yield problem("D142", place, remark.about, note=f"[^{remark.about}]")
        elif remark.kind.startswith("Duplicate"):
            name = f"[^{remark.about}]" if remark.kind == "DuplicateNoteReference" else f"[{remark.about}]"
            yield problem("D141", places.words(f"{name}:", 1), remark.about, name=name)


def id_of_file(path: str) -> str:
    """The id of a text that has none of its own: its file's name, without the number that it may begin with."""
    return slug(re.sub(r"^[0-9]+[-_. ]*", "", posixpath.basename(path).rpartition(".")[0])) or "deel"


def _give_ids(nodes: Nodes, text_id: str) -> None:
    """Give each heading, figure and table without an id one that begins with the chapter's, in place."""
    taken = {identifier(node) for node in nodes if identifier(node)}
    for node in nodes:
        if node["t"] in ("Header", "Figure", "Table") and not identifier(node):
            words = plain_text(node["c"][2]) if node["t"] == "Header" else node["t"]
            base = f"{text_id}-{slug(words) or 'x'}"
            name, count = base, 2
            while name in taken:
                name, count = f"{base}-{count}", count + 1
            taken.add(name)
            attr_of(node)[0] = name


def _levels(nodes: Nodes, places: Places) -> Iterator[Problem]:
    """Skipped heading levels; the heading that is a box's title takes its level from where the box stands."""
    titles = {id(node["c"][1][0]) for node in nodes if node["t"] == "Div" and node["c"][1]}
    previous = 0
    headings = [heading for heading in nodes if heading["t"] == "Header"]
    for heading in headings:
        if id(heading) in titles:
            continue
        level = heading["c"][0]
        if level > previous + 1:
            marks = "#" * (previous + 1)
            yield problem("D110", places.near(heading).heading(), level=level, previous=previous, marks=marks)
        previous = level


def _anchors(nodes: Nodes, places: Places) -> Iterator[Anchor]:
    seen: Counter[tuple[Lines, str]] = Counter()
    for node in nodes:
        name = identifier(node)
        if node["t"] == "Header":
            place = places.near(node).heading()
            kind = AnchorKind.CHAPTER if node["c"][0] == 1 else AnchorKind.SECTION
        elif name:
            place = places.near(node).identifier(name, seen[places.lines_of(node), name])
            kind = _ANCHORS.get(block_kind(node)) or _ANCHORS.get(node["t"], AnchorKind.PASSAGE)
            kind = AnchorKind.FORMULA if is_formula(node) else kind
        if name and not is_index_mark(node):
            seen[places.lines_of(node), name] += 1
            yield Anchor(name, kind, place)


def _brought_in(nodes: Nodes, places: Places, kind: str) -> Iterator[CrossReference]:
    """What blocks of a kind bring in from elsewhere by `from`."""
    for block in nodes:
        if block_kind(block) == kind:
            yield CrossReference(attributes(block).get("from", ""), False, opening(block, places))


def _key_figures(nodes: Nodes, places: Places) -> Iterator[Problem]:
    """D309, D310, D322: a key figure has a value that is one number, and says what it is the value of."""
    for block in (block for block in nodes if block_kind(block) == "key-figure"):
        place = opening(block, places)
        value = attributes(block).get("value", "")
        if not value.strip():
            yield problem("D309", place, block="key-figure", attribute="value", example='value="49" unit="%"')
        yield from doubtful_value(value, place)
        if not plain_text(block["c"][1]):
            yield problem("D310", place, block="key-figure")


def doubtful_value(value: str, place: Place) -> Iterator[Problem]:
    """D322: a number that stands alone is either thousands or has decimals."""
    if is_doubtful(value) and "." in value:
        yield problem("D322", place, value=value.strip(), thousands=as_thousands(value))


def _charts(nodes: Nodes, places: Places) -> tuple[tuple[ChartSpec, ...], tuple[Problem, ...]]:
    charts: list[ChartSpec] = []
    problems: list[Problem] = []
    divs = [block for block in nodes if block_kind(block) == "chart"]
    for count, block in enumerate(divs):
        place = opening(block, places)
        spec = chart_spec(identifier(block) or f"chart-{count + 1}", attributes(block), place)
        problems.extend(spec.problems)
        if not identifier(block):
            problems.append(problem("D309", place, block="chart", attribute="#id", example="#fig-1"))
        if not plain_text(block["c"][1]):
            problems.append(problem("D310", place, identifier(block), block="chart"))
        if spec.value:
            charts.append(spec.value)
    return tuple(charts), tuple(problems)


def chart_spec(name: str, given: dict[str, str], place: Place) -> Checked[ChartSpec]:
    """A chart from its attributes (data, type, x, y, unit, alt, decimal, thousands)."""
    problems = [
        problem("D309", place, name, block="chart", attribute=attribute, example=f'{attribute}="{example}"')
        for attribute, example in (("data", "x.csv"), ("type", "line"), ("x", "jaar"), ("y", "a,b"))
        if not given.get(attribute, "").strip()
    ]
    silent = () if given.get("alt", "").strip() else (problem("D302", place, subject=name, path=name),)
    known = tuple(kind.value for kind in ChartKind)
    kind = given.get("type", "")
    if kind and kind not in known:
        problems.append(
            problem("D306", place, kind=kind, nearest=nearest(kind, known), known=", ".join(known), subject=name)
        )
    notation = notation_of(given, place)
    problems.extend(notation.problems)
    path = data_path(given.get("data", ""))
    if path is None:
        problems.append(problem("D116", place, path=given["data"]))
    if path is None or notation.value is None or has_errors(problems):
        return Checked(None, (*problems, *silent))
    return Checked(
        ChartSpec(
            id=name,
            kind=ChartKind(kind),
            data=path,
            x=given["x"].strip(),
            y=tuple(column.strip() for column in given["y"].split(",") if column.strip()),
            unit=given.get("unit", ""),
            alt=given.get("alt", "").strip(),
            place=place,
            notation=notation.value,
        ),
        (*problems, *silent),
    )


def notation_of(given: Mapping[str, str], place: Place) -> Checked[Notation]:
    """How the attributes of a chart or table state that numbers are written; D323 for what cannot be so."""
    stated = Notation(given.get("decimal", "").strip(), given.get("thousands", "").strip())
    known = {stated.decimal, stated.thousands} <= {"", ".", ","}
    if known and (stated.decimal != stated.thousands or not stated.decimal):
        return Checked(stated)
    return Checked(None, (problem("D323", place, decimal=stated.decimal, thousands=stated.thousands),))


def _pictures(nodes: Nodes, places: Places) -> tuple[tuple[PictureUse, ...], tuple[Problem, ...]]:
    """The pictures of a text; their paths in the tree are made relative to the dossier's folder, in place."""
    pictures: list[PictureUse] = []
    problems: list[Problem] = []
    captions: dict[int, str] = {}
    for node in nodes:
        if node["t"] == "Figure":
            captions |= {id(inner): plain_text(node["c"][1]) for inner in walk(node["c"][2]) if inner["t"] == "Image"}
        if node["t"] != "Image":
            continue
        written = node["c"][2][0]
        place = places.near(node).target(written)
        words = captions.get(id(node), plain_text(node["c"][1]))
        decorates = _decorates(node, in_figure=id(node) in captions)
        alt = _take_alt(node)
        if decorates and words:
            problems.append(problem("D330", place, subject=written, path=written, caption=words[:60]))
        elif not decorates and (not alt or alt == captions.get(id(node))):
            # without alt, pandoc gives a figure its caption
            problems.append(problem("D302", place, subject=written, path=written))
        path = picture_path(written, posixpath.dirname(places.path))
        if is_remote(written):
            problems.append(problem("D311", place, path=written))
        elif path is None:
            problems.append(problem("D116", place, path=written))
        else:
            node["c"][2][0] = path
            pictures.append(PictureUse(path=path, alt=alt, place=place))
    return tuple(pictures), tuple(problems)


def _decorates(picture: Node, *, in_figure: bool) -> bool:
    """Whether a picture is given an empty alternative text; in a figure pandoc has put it in place of the caption."""
    given = attributes(picture).get("alt", plain_text(picture["c"][1]) if in_figure else None)
    return given is not None and not given.strip()


def _take_alt(picture: Node) -> str:
    """The alternative text of a picture; one given as attribute comes in place of the text in brackets.

    A picture that only decorates has an empty one. It keeps the attribute, without which it would be one that nobody
    described.
    """
    triple = attr_of(picture)
    given = dict(triple[2]).get("alt")
    if given is not None:
        picture["c"][1] = text(given.strip())
        kept = [] if given.strip() else [["alt", ""]]
        triple[2] = [pair for pair in triple[2] if pair[0] != "alt"] + kept
    return plain_text(picture["c"][1]).strip()


def _data_tables(nodes: Nodes, places: Places) -> tuple[tuple[TableUse, ...], tuple[Problem, ...]]:
    """Tables to be made from data: the path of the file (made complete in the tree, in place) with its place."""
    tables: list[TableUse] = []
    problems: list[Problem] = []
    divs: list[Node] = [block for block in nodes if block_kind(block) == "table"]
    for block in divs:
        place = opening(block, places)
        written = attributes(block).get("data", "")
        path = data_path(written)
        notation, view = notation_of(attributes(block), place), read_view(attributes(block))
        problems.extend(notation.problems)
        problems += [
            problem("D360", place, name, name=name, value=attributes(block)[name], expected=expected)
            for name, expected in view.faults()
        ]
        if not identifier(block):
            problems.append(problem("D309", place, block="table", attribute="#id", example="#tbl-1"))
        if not plain_text(block["c"][1]):
            problems.append(problem("D310", place, identifier(block), block="table"))
        if not written:
            problems.append(problem("D309", place, block="table", attribute="data", example='data="x.csv"'))
        elif path is None:
            problems.append(problem("D116", place, path=written))
        elif notation.value is not None and not view.faults():
            attr_of(block)[2] = [[name, path if name == "data" else value] for name, value in attr_of(block)[2]]
            tables.append(TableUse(id=identifier(block), target=path, notation=notation.value, view=view, place=place))
    return tuple(tables), tuple(problems)
