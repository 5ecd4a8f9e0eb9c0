"""Blocks: boxes, figures, charts, tables and cross-references of a text, as they are published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import ascii_lowercase
from types import MappingProxyType
from typing import Any

from dossierbuild.core.ast import (
    Attr,
    Node,
    Nodes,
    Prose,
    attr,
    attr_of,
    attributes,
    classes,
    div,
    header,
    identifier,
    link,
    node,
    plain,
    plain_text,
    rewrite,
    span,
    text,
    walk,
)
from dossierbuild.core.downloads import SCHEME, download_of
from dossierbuild.core.model import DataTable, NumberFormat, PublicationId
from dossierbuild.core.numerals import Notation, read_number
from dossierbuild.core.typography import format_number
from dossierbuild.stages.compose.tables import caption_of, data_table, finish_table, without_data
from dossierbuild.stages.compose.targets import Target, Terms

_DEEPEST = 6
"""HTML has six levels of headings."""

# The signs that `[ ]` and `[x]` are read as; the sign that is printed and the key of the word that is read aloud.
_TASKS = MappingProxyType({"☐": ("☐", "task_open"), "☑": ("☑", "task_done")})

_BESIDE = "beside"

_BOXES = ("practice", "definition", "quote", "attention")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Everything that decides how a publication's blocks are published, besides the blocks.

    `targets` has the targets of the whole dossier by id; where two publications use one id, `publication`
    has its own. `terms` are the fixed words, `numbers` the signs in numbers. `tables` holds the data files by path,
    `chapters` the blocks of chapters by id, and `panels` the infographic's panels by id. `dossier` is the
    dossier's slug, by which data files that are given along are called.
    """

    publication: PublicationId
    targets: Mapping[str, Target]
    terms: Terms
    numbers: NumberFormat
    tables: Mapping[str, DataTable]
    chapters: Mapping[str, Prose]
    panels: Mapping[str, Node]
    dossier: str


def publish_blocks(blocks: Nodes, setting: Setting, level: int = 1) -> Nodes:
    """The blocks of a chapter as published; `level` is the level of the heading they stand under."""
    published: Nodes = []
    for block in _merged(_merged(blocks, "key-point"), "key-figure"):
        if block["t"] == "Header":
            level = block["c"][0]
            published.append(_heading(block, setting))
        else:
            published.append(_block(block, setting, level))
    return _kept_apart(published)


def _kept_apart(blocks: Nodes) -> Nodes:
    """The blocks with plain texts as paragraphs where there are several; pandoc would run those of a tight list
    together, and a text behind a nested list would stand in no element of its own."""
    if sum(block["t"] == "Plain" for block in blocks) < 2:
        return blocks
    return [{**block, "t": "Para"} if block["t"] == "Plain" else block for block in blocks]


def _heading(heading: Node, setting: Setting) -> Node:
    level, triple, inlines = heading["c"]
    target = setting.targets.get(triple[0])
    number = target.number if target and target.publication == setting.publication else ""
    numbered = [span(attr("", ["number"]), text(number)), node("Space"), *inlines] if number else inlines
    return header(min(level + 1, _DEEPEST), [triple[0], [], triple[2]], publish_inlines(numbered, setting))


def _passage(triple: Attr, blocks: Nodes) -> Node:
    """A passage with an id or a language of its own.

    An empty text stands before a heading that it begins with: of a block that begins with a heading pandoc makes a
    section, which takes the heading's id.
    """
    apart = [plain([])] if blocks and blocks[0]["t"] == "Header" else []
    return div(triple, [*apart, *blocks])


def _block(block: Node, setting: Setting, level: int) -> Node:
    kind = block["t"]
    names = classes(block)
    if kind == "Div":
        if "key-points" in names:
            return _key_points(block, setting)
        if "key-figures" in names:
            return div(attr("", ["key-figures"]), [_key_figure(figure, setting) for figure in block["c"][1]])
        if "panel" in names:
            return setting.panels[attributes(block)["from"]]
        if "chart" in names:
            return _chart(block, setting)
        if "figures" in names:
            return _figures(block, setting)
        if "table" in names:
            return _table_from_data(block, setting)
        box = next((name for name in _BOXES if name in names), "")
        if box:
            return _box(block, box, setting, level)
        return _passage(attr_of(block), publish_blocks(block["c"][1], setting, level))
    if kind == "Figure":
        return _figure(block, setting)
    if kind == "Table":
        table: Node = publish_inlines(block, setting)
        target = setting.targets.get(identifier(block)) if plain_text(caption_of(block)) else None
        row_headers = attributes(block).get("row-headers", "")
        table["c"][0] = without_data(attr_of(block))
        return finish_table(table, _label(target, setting.terms), row_headers)
    if kind in ("BulletList", "OrderedList", "BlockQuote", "DefinitionList"):
        return _container(block, setting, level)
    published: Node = publish_inlines(block, setting)
    return published


def _container(block: Node, setting: Setting, level: int) -> Node:
    content = block["c"]
    if block["t"] == "BlockQuote":
        return node("BlockQuote", publish_blocks(content, setting, level))
    if block["t"] == "BulletList":
        return _list_of_tasks(node("BulletList", _items(content, setting, level)))
    if block["t"] == "OrderedList":
        return node("OrderedList", content[0], _items(content[1], setting, level))
    entries = [
        [publish_inlines(term, setting), [publish_blocks(blocks, setting, level) for blocks in definitions]]
        for term, definitions in content
    ]
    return node("DefinitionList", entries)


def _items(items: list[Nodes], setting: Setting, level: int) -> list[Nodes]:
    """The items of a list; one that begins with the box of a task has it told in words."""
    published = [publish_blocks(item, setting, level) for item in items]
    for item in published:
        first = _first_inline(item)
        if first and first["t"] == "Str" and first["c"] in _TASKS:
            sign, word = _TASKS[first["c"]]
            box = span(attr("", ["task"], role="img", aria_label=setting.terms[word]), text(sign))
            item[0] = {**item[0], "c": [box, *item[0]["c"][1:]]}
    return published


def _first_inline(item: Nodes) -> Node | None:
    """What the text of an item begins with."""
    inlines: Nodes = item[0]["c"] if item and item[0]["t"] in ("Plain", "Para") else []
    return inlines[0] if inlines else None


def _list_of_tasks(bullets: Node) -> Node:
    """A list of which each item is a task has no bullets before its boxes."""
    firsts = [_first_inline(item) for item in bullets["c"]]
    are_tasks = all(first and first["t"] == "Span" and "task" in classes(first) for first in firsts)
    return div(attr("", ["tasks"]), [bullets]) if are_tasks else bullets


def _label(target: Target | None, terms: Terms) -> Nodes:
    """The label before a caption: "Figuur 3"."""
    if target is None or not target.number:
        return []
    word = terms[target.kind.value]
    return [span(attr("", ["label"]), text(f"{word[:1].upper()}{word[1:]} {target.number}")), node("Space")]


def _caption(blocks: Nodes, setting: Setting) -> Nodes:
    """The inlines of a caption that was written as blocks."""
    inlines: Nodes = []
    for block in blocks:
        if block["t"] in ("Para", "Plain"):
            inlines += [node("Space"), *block["c"]] if inlines else block["c"]
    published: Nodes = publish_inlines(inlines, setting)
    return published


def _figure(figure: Node, setting: Setting, letter: str = "") -> Node:
    """A figure with its label; `letter` is that of a part of a larger figure."""
    triple, (_, caption), content = figure["c"]
    picture = next((inner for inner in walk(content) if inner["t"] == "Image"), node("Image", attr(), [], ["", ""]))
    label = [span(attr("", ["part-label"]), text(letter)), node("Space")] if letter else None
    numbered = _label(setting.targets.get(triple[0]), setting.terms) if label is None else label
    inlines = [*numbered, *_caption(caption, setting), *_credit(attributes(picture), setting.terms)]
    names = ["picture", *(name for name in classes(picture) if name == _BESIDE)]
    shown = publish_inlines(rewrite(content, _without_credit), setting)
    return node("Figure", [triple[0], names, []], [None, [plain(inlines)]], shown)


def _without_credit(inline: Node) -> Node | None:
    if inline["t"] != "Image":
        return None
    name, names, given = attr_of(inline)
    kept = [pair for pair in given if pair[0] not in ("credit", "rights")]
    return node("Image", [name, [kind for kind in names if kind != _BESIDE], kept], *inline["c"][1:])


def _credit(given: Mapping[str, str], terms: Terms) -> Nodes:
    """Who made a picture and whose it is, behind a caption: "Beeld: Anna de Vries. CC BY 4.0"."""
    maker, rights = given.get("credit", "").strip(), given.get("rights", "").strip()
    called = maker if ":" in maker or not maker else terms["credit"].format(credit=maker)
    words = ". ".join(part.rstrip(".") for part in (called, rights) if part).replace("'", "’")
    return [node("Space"), span(attr("", ["credit"]), text(words))] if words else []


def _figures(block: Node, setting: Setting) -> Node:
    """Pictures with a letter each under one number, in two columns or three."""
    pictures = [part for part in block["c"][1] if part["t"] == "Figure"]
    caption = [part for part in block["c"][1] if part["t"] != "Figure"]
    parts = [_figure(picture, setting, ascii_lowercase[at]) for at, picture in enumerate(pictures)]
    given, label = attributes(block), _label(setting.targets.get(identifier(block)), setting.terms)
    inlines = [*label, *_caption(caption, setting), *_credit(given, setting.terms)]
    columns = "columns-2" if len(parts) in (2, 4) else "columns-3"
    names = ["figures", columns, *(name for name in classes(block) if name == _BESIDE)]
    language = [pair for pair in attr_of(block)[2] if pair[0] == "lang"]
    triple = [identifier(block), names, language]
    return node("Figure", triple, [None, [plain(inlines)]], [div(attr("", ["figure-parts"]), parts)])


def _chart(chart: Node, setting: Setting) -> Node:
    """A chart as a figure around its drawing, with a way to the table of its data."""
    name, given = identifier(chart), attributes(chart)
    target = setting.targets.get(name)
    caption = [*_caption(chart["c"][1], setting), *_credit(given, setting.terms)]
    figure = chart_figure(name, given.get("alt", ""), [*_label(target, setting.terms), *caption], setting.terms, target)
    attr_of(figure)[1] += [name for name in classes(chart) if name == _BESIDE]
    return figure


def chart_figure(name: str, alt: str, caption: Nodes, terms: Terms, target: Target | None) -> Node:
    """A figure around the drawing of chart `name`, with a link to the table of its data in the appendix."""
    words = f"{terms['data']}: {target.words(terms)}" if target and target.number else terms["data"]
    data = span(attr("", ["data-link"]), [link(text(words), f"#data-{name}")])
    drawing = node("Image", attr(), text(alt), [f"charts/{name}.svg", ""])
    return node("Figure", attr(name, ["chart"]), [None, [plain([*caption, node("Space"), data])]], [plain([drawing])])


def _table_from_data(block: Node, setting: Setting) -> Node:
    given, caption = attributes(block), _caption(block["c"][1], setting)
    table, notation = setting.tables[given["data"]], Notation(given.get("decimal", ""), given.get("thousands", ""))
    columns = range(len(table.columns))
    made = data_table(table, columns, notation, identifier(block), caption, setting.numbers)
    made["c"][0] = without_data(attr_of(block))
    label = _label(setting.targets.get(identifier(block)), setting.terms)
    return finish_table(made, label, attributes(block).get("row-headers", ""))


def _box(written: Node, kind: str, setting: Setting, level: int) -> Node:
    """A box with its label, its title when it begins with a heading, and its text."""
    content = written["c"][1]
    title: Nodes = []
    if content and content[0]["t"] == "Header":
        heading = content[0]
        inlines = publish_inlines(heading["c"][2], setting)
        triple = [identifier(heading), ["box-title"], attr_of(heading)[2]]
        title = [header(min(level + 2, _DEEPEST), triple, inlines)]
        content = content[1:]
    blocks = publish_blocks(content, setting, level + 1)
    if kind == "quote" and not any(block["t"] == "BlockQuote" for block in blocks):
        blocks = [node("BlockQuote", blocks)]
    return box(identifier(written), kind, setting.terms[kind], [*title, *blocks], attributes(written).get("lang", ""))


def box(name: str, kind: str, label: str, blocks: Nodes, language: str = "") -> Node:
    """A box of one kind with its label ("In de praktijk") and content.

    `language` is the language of the content where the label is in another one.
    """
    content = [_passage(attr(lang=language), blocks)] if language else blocks
    return div(
        attr(name, ["box", kind], role="note", aria_label=label),
        [div(attr("", ["box-label"]), [plain(text(label))]), *content],
    )


def _merged(blocks: Nodes, name: str) -> Nodes:
    """Key points, or key figures, that follow each other as one block of class `name` and an s."""
    merged: Nodes = []
    for block in blocks:
        if block["t"] == "Div" and name in classes(block):
            if not (merged and merged[-1].get("merged")):
                merged.append({**div(attr("", [f"{name}s"]), []), "merged": True})
            merged[-1]["c"][1].append(block)
        else:
            merged.append(block)
    return [{"t": block["t"], "c": block["c"]} if "merged" in block else block for block in merged]


def _key_figure(written: Node, setting: Setting) -> Node:
    given = attributes(written)
    blocks = publish_blocks(written["c"][1], setting, 2)
    figure = key_figure(given.get("value", ""), given.get("unit", ""), blocks, setting)
    triple = attr_of(figure)
    triple[0] = identifier(written)
    triple[2] = [pair for pair in attr_of(written)[2] if pair[0] == "lang"]
    return figure


def key_figure(value: str, unit: str, blocks: Nodes, setting: Setting) -> Node:
    """A large number with its unit, above the text that says what it counts."""
    short = unit in ("%", "‰")
    words = [span(attr("", ["unit"]), text(unit if short else f" {unit}"))] if unit else []
    shown = div(
        attr("", ["value"]),
        [plain([*text(format_number(read_number(value) or value.strip(), setting.numbers)), *words])],
    )
    return div(attr("", ["number"]), [shown, *blocks])


def _key_points(written: Node, setting: Setting) -> Node:
    """A list of key points: the editor's own, or with `from` the key points of a chapter, word for word."""
    source = attributes(written).get("from", "")
    if not source:
        items = [_key_point(point, setting, keep_id=True) for point in written["c"][1]]
        return box("", "key-points", setting.terms["key_points"], [node("BulletList", items)])
    chapter = setting.chapters[source]
    items = [_key_point(point, setting, keep_id=False) for point in key_points(chapter)]
    target = setting.targets[source]
    way = div(attr("", ["box-source"]), [plain([_cross_reference(target, setting)])])
    return box("", "key-points", setting.terms["key_points"], [node("BulletList", items), way])


def key_points(chapter: Prose) -> Nodes:
    """The key points of a chapter, in order."""
    return [block for block in walk(chapter.nodes()) if block["t"] == "Div" and "key-point" in classes(block)]


def _key_point(point: Node, setting: Setting, *, keep_id: bool) -> Nodes:
    blocks = publish_blocks([block for block in point["c"][1] if block["t"] != "Header"], setting, 2)
    if len(blocks) == 1 and blocks[0]["t"] == "Para":
        blocks = [plain(blocks[0]["c"])]
    if keep_id and identifier(point) and blocks and blocks[0]["t"] in ("Plain", "Para"):
        blocks[0]["c"] = [span(attr(identifier(point)), blocks[0]["c"])]
    return blocks


def publish_inlines(tree: Any, setting: Setting) -> Any:
    """The tree with the label of the target as the text of each cross-reference that has no text."""

    def change(inline: Node) -> Node | None:
        if inline["t"] == "Link" and inline["c"][2][0].startswith("#"):
            return _resolve_link(inline, setting)
        if inline["t"] == "Link" and inline["c"][2][0].startswith(SCHEME):
            return _download(inline, setting)
        return None

    return rewrite(tree, change)


def _resolve_link(written: Node, setting: Setting) -> Node:
    target = setting.targets.get(written["c"][2][0][1:])
    if target is None:
        return written
    if not plain_text(written["c"][1]):
        return _cross_reference(target, setting)
    return link(written["c"][1], _address(target, setting), attr_of(written))


def _download(written: Node, setting: Setting) -> Node:
    """A link to `download:NAME`, a data file that is given along, with its name in words; writers know where it is."""
    name = download_of(setting.dossier, written["c"][2][0].removeprefix(SCHEME)).name
    words = written["c"][1] or text(name)
    named = words if name in plain_text(words) else [*words, *text(f" ({name})")]
    return link(named, f"{SCHEME}{name}", attr_of(written))


def _cross_reference(target: Target, setting: Setting) -> Node:
    words, kinds = target.words(setting.terms), ["cross-reference"]
    if target.publication != setting.publication:
        words = setting.terms["in_dossier"].format(label=words)
    elif target.number:
        kinds.append("numbered")
    return link(text(words), _address(target, setting), attr("", kinds))


def _address(target: Target, setting: Setting) -> str:
    """`#id` within the publication, `publication:id` for a place in another one; writers know the files."""
    if target.publication == setting.publication:
        return f"#{target.id}"
    return f"publication:{target.publication}#{target.id}"
