"""Blocks: boxes, figures, charts, tables and cross-references of a text, as they are published."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from math import ceil
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
    is_formula,
    link,
    node,
    plain,
    plain_text,
    rewrite,
    span,
    text,
    title_text,
    walk,
)
from dossierbuild.core.downloads import SCHEME, download_of
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.model import AnchorKind, DataTable, ListKind, NumberFormat, PublicationId
from dossierbuild.core.numerals import Notation, read_number
from dossierbuild.core.table_notes import NOTE, NOTED, is_note_block, with_notes
from dossierbuild.core.table_view import read_view
from dossierbuild.core.typography import format_number
from dossierbuild.stages.compose.beginnings import BEGINS, mark_beginnings
from dossierbuild.stages.compose.data_tables import data_table
from dossierbuild.stages.compose.formulas import described, on_lines_of_their_own, with_given_alt, with_number
from dossierbuild.stages.compose.lists import Lists
from dossierbuild.stages.compose.table_notes import notes_of, tie_marks
from dossierbuild.stages.compose.tables import caption_of, finish_table, without_data
from dossierbuild.stages.compose.targets import Target, Terms

_DEEPEST = 6
"""HTML has six levels of headings."""

# The key of the word that is read aloud for the box of a task.
_TASKS = MappingProxyType({"☐": "task_open", "☑": "task_done"})

_BESIDE = "beside"

_BOXES = ("practice", "definition", "quote", "attention")

# How key figures stand on paper: the lines that a page has for them, those of a value, and the signs of a line below.
_FIGURES_IN_A_ROW = 4
_LINES_OF_FIGURES = 45
_LINES_OF_A_VALUE = 5
_SIGNS_BELOW_A_VALUE = 17

# The class around a list by the signs around its numbers and by how it counts, as in styles/css/base.css; pandoc
# writes neither sign, and a list without a class has a dot.
_SIGNS = MappingProxyType({"OneParen": "one-paren", "TwoParens": "two-parens"})
_COUNTS = MappingProxyType({
    "LowerAlpha": "lower-alpha", "UpperAlpha": "upper-alpha", "LowerRoman": "lower-roman", "UpperRoman": "upper-roman",
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Everything that decides how a publication's blocks are published, besides the blocks.

    `targets` has the targets of the whole dossier by id; where two publications use one id, `publication`
    has its own. `language` is that of the text, `terms` are its fixed words, `numbers` its signs in numbers. `tables`
    holds the data files by path, `chapters` the blocks of chapters by id, `panels` the infographic's panels by id, and
    `lists` the publication's own lists. `dossier` is the dossier's slug, by which data files that are given along are
    called. In a box, a list or a quotation there is but `narrow` room. `spoken` has the words for formulas in passages
    of the text that are in another language, by language.
    """

    publication: PublicationId
    targets: Mapping[str, Target]
    language: str
    terms: Terms
    numbers: NumberFormat
    tables: Mapping[str, DataTable]
    chapters: Mapping[str, Prose]
    panels: Mapping[str, Node]
    lists: Lists
    dossier: str
    narrow: bool = False
    spoken: Mapping[str, Terms] = field(default_factory=FrozenMap)


def publish_blocks(blocks: Nodes, setting: Setting, level: int = 1) -> Nodes:
    """The blocks of a chapter as published; `level` is the level of the heading they stand under."""
    published: Nodes = []
    for block in with_notes(_merged(_merged(blocks, "key-point"), "key-figure")):
        if block["t"] == "Header":
            level = block["c"][0]
            published.append(_heading(block, setting))
        elif block["t"] in ("Para", "Plain"):
            published += on_lines_of_their_own(publish_inlines(block, setting))
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
    number = _number(target, setting.terms) if target and target.publication == setting.publication else ""
    title = numbered(number, inlines) if number else inlines
    # Running heads and bookmarks have words only.
    titled = [["data-title", title_text(title)]] if any(found["t"] == "Math" for found in walk(inlines)) else []
    names = [name for name in triple[1] if name == "unlisted"]  # in no contents; print.css: nor in bookmarks
    return header(min(level + 1, _DEEPEST), [triple[0], names, [*triple[2], *titled]], publish_inlines(title, setting))


def numbered(number: str, title: Nodes) -> Nodes:
    """The inlines of a heading with its number before them."""
    return [span(attr("", ["number"]), text(number)), node("Space"), *title]


def _number(target: Target, terms: Terms) -> str:
    """What stands before a heading: "2.1", and for parts and appendices their label."""
    return target.label(terms) if target.kind in (AnchorKind.PART, AnchorKind.APPENDIX) else target.number


def _passage(triple: Attr, blocks: Nodes) -> Node:
    """A passage with an id or a language of its own.

    An empty text stands before a heading that it begins with: of a block that begins with a heading pandoc makes a
    section, which takes the heading's id.
    """
    apart = [plain([])] if blocks and blocks[0]["t"] == "Header" else []
    return div(triple, [*apart, *blocks])


def _block(block: Node, setting: Setting, level: int) -> Node:
    kind = block["t"]
    if kind == "Div":
        return _div(block, setting, level)
    if kind == "Figure":
        return _figure(block, setting)
    if kind == "Table":
        return _table(block, setting, level)
    if kind in ("BulletList", "OrderedList", "BlockQuote", "DefinitionList"):
        return _container(block, setting, level)
    published: Node = publish_inlines(block, setting)
    return published


def _div(block: Node, setting: Setting, level: int) -> Node:
    """A block between colons: what its class says, or else a passage."""
    published = next((publish for name, publish in _DIVS.items() if name in classes(block)), None)
    if published:
        return published(block, setting, level)
    return _passage(attr_of(block), publish_blocks(block["c"][1], setting, level))


def _own_list(kind: ListKind, block: Node, setting: Setting, level: int) -> Node:
    """A list of the publication's own: what the editor wrote before it, and what it lists."""
    made = setting.lists.shown.get(kind, Prose())
    return div(attr(identifier(block)), [*publish_blocks(block["c"][1], setting, level), *made.nodes()])


def _notes(block: Node, setting: Setting, level: int) -> Node:
    """Notes below no table."""
    return div(attr("", ["table-notes"]), publish_blocks(block["c"][1], setting, level))


def _container(block: Node, setting: Setting, level: int) -> Node:
    content, setting = block["c"], replace(setting, narrow=True)
    if block["t"] == "BlockQuote":
        return node("BlockQuote", publish_blocks(content, setting, level))
    if block["t"] == "BulletList":
        return _list_of_tasks(node("BulletList", _items(content, setting, level)))
    if block["t"] == "OrderedList":
        return _numbered(content[0], _items(content[1], setting, level))
    entries = [
        [publish_inlines(term, setting), [publish_blocks(blocks, setting, level) for blocks in definitions]]
        for term, definitions in content
    ]
    return node("DefinitionList", entries)


def _numbered(numbering: list[Any], items: list[Nodes]) -> Node:
    """A list whose numbers are written as they were typed: 1. or 1) or (1)."""
    _, counts, signs = (part["t"] if isinstance(part, dict) else part for part in numbering)
    listed = node("OrderedList", numbering, items)
    if signs not in _SIGNS:
        return listed
    return div(attr("", [f"{_COUNTS.get(counts, 'decimal')}-{_SIGNS[signs]}"]), [listed])


def _items(items: list[Nodes], setting: Setting, level: int) -> list[Nodes]:
    """The items of a list; one that begins with the box of a task has it told in words."""
    published = [publish_blocks(item, setting, level) for item in items]
    for item in published:
        first = _first_inline(item)
        if first and first["t"] == "Str" and first["c"] in _TASKS:
            words = setting.terms[_TASKS[first["c"]]]
            box = span(attr("", ["task"], role="img", aria_label=words), text(first["c"]))
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
    return [span(attr("", ["label"]), text(target.label(terms))), node("Space")]


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


def _table(written: Node, setting: Setting, level: int, below: Sequence[Node] = ()) -> Node:
    """A table, typed or made of a data file, with the notes and the source that belong to it."""
    given, is_typed = attributes(written), written["t"] == "Table"
    inside = [] if is_typed else [block for block in written["c"][1] if is_note_block(block)]
    table: Node = publish_inlines(written, setting) if is_typed else _table_from_data(written, setting)
    table["c"][0] = without_data(attr_of(written))
    notes = publish_blocks(notes_of([*inside, *below], given.get("source", ""), setting.terms), setting, level)
    target = setting.targets.get(identifier(written)) if plain_text(caption_of(table)) else None
    notes = tie_marks(table, notes, setting.terms)
    label = _label(target, setting.terms)
    return finish_table(
        table,
        label,
        setting.numbers.decimal,
        row_headers=given.get("row-headers", ""),
        notes=notes,
        narrow=setting.narrow,
        continued=setting.terms["continued"],
    )


def _table_from_data(block: Node, setting: Setting) -> Node:
    given, caption = attributes(block), _caption(block["c"][1], setting)
    notation = Notation(given.get("decimal", ""), given.get("thousands", ""))
    table, view = setting.tables[given["data"]], read_view(given)
    return data_table(table, view, notation, identifier(block), caption, setting.numbers)


def _box(kind: str, written: Node, setting: Setting, level: int) -> Node:
    """A box with its label, its title when it begins with a heading, and its text."""
    content = written["c"][1]
    title: Nodes = []
    if content and content[0]["t"] == "Header":
        heading = content[0]
        inlines = publish_inlines(heading["c"][2], setting)
        triple = [identifier(heading), ["box-title"], attr_of(heading)[2]]
        title = [header(min(level + 2, _DEEPEST), triple, inlines)]
        content = content[1:]
    blocks = publish_blocks(content, replace(setting, narrow=True), level + 1)
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


def _key_figures(written: Nodes, setting: Setting) -> Node:
    """Key figures side by side; those with more than a page has room for so are `tall`, and go on over pages."""
    longest = max(len(plain_text(figure)) for figure in written)
    lines = ceil(len(written) / _FIGURES_IN_A_ROW) * (_LINES_OF_A_VALUE + longest / _SIGNS_BELOW_A_VALUE)
    names = ["key-figures", *(["tall"] if lines > _LINES_OF_FIGURES else [])]
    return div(attr("", names), [_key_figure(figure, setting) for figure in written])


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
    items = [_key_point(point, setting, keep_id=False) for point in unmarked(key_points(chapter))]
    target = setting.targets[source]
    points = in_language([node("BulletList", items)], target.language, setting.language)
    way = div(attr("", ["box-source"]), [plain([_cross_reference(target, setting)])])
    return box("", "key-points", setting.terms["key_points"], [*points, way])


def in_language(blocks: Nodes, language: str, around: str) -> Nodes:
    """The blocks, marked as being in a language where the text around them is in another."""
    return blocks if language == around else [_passage(attr(lang=language), blocks)]


def key_points(chapter: Prose) -> Nodes:
    """The key points of a chapter, in order."""
    return [block for block in walk(chapter.nodes()) if block["t"] == "Div" and "key-point" in classes(block)]


def unmarked(blocks: Nodes) -> Nodes:
    """Blocks that are shown once more, without their places in the index, of which each is one."""
    return rewrite(blocks, lambda found: found["c"][1] if found["t"] == "Span" and "index" in classes(found) else None)  # type: ignore[no-any-return]


def _key_point(point: Node, setting: Setting, *, keep_id: bool) -> Nodes:
    blocks = publish_blocks([block for block in point["c"][1] if block["t"] != "Header"], setting, 2)
    if len(blocks) == 1 and blocks[0]["t"] == "Para":
        blocks = [plain(blocks[0]["c"])]
    if keep_id and identifier(point) and blocks and blocks[0]["t"] in ("Plain", "Para"):
        blocks[0]["c"] = [span(attr(identifier(point)), blocks[0]["c"])]
    return blocks


def publish_inlines(tree: Any, setting: Setting) -> Any:
    """The tree with the label of the target as the text of each cross-reference that has no text, and with a text
    alternative for each formula.

    Lists in it stand in notes and cells.
    """

    mark_beginnings(tree)

    def change(inline: Node) -> Node | Nodes | None:
        publish = _INLINES.get(inline["t"])
        return publish(inline, setting) if publish else None

    return rewrite(tree, change)


def _span(written: Node, setting: Setting) -> Node | Nodes | None:
    if is_formula(written):
        target = setting.targets.get(identifier(written))
        own = target if target and target.publication == setting.publication else None
        return with_number(with_given_alt(written, setting.spoken), own)
    if "index" in classes(written):
        language = attributes(written).get("lang", "")
        return span(attr(identifier(written), (), **({"lang": language} if language else {})), written["c"][1])
    return None


def _link(written: Node, setting: Setting) -> Node | None:
    address = written["c"][2][0]
    if address.startswith("#"):
        return _resolve_link(written, setting)
    return _download(written, setting) if address.startswith(SCHEME) else None


def _resolve_link(written: Node, setting: Setting) -> Node:
    target = setting.targets.get(written["c"][2][0][1:])
    if target is None:
        return written
    if not plain_text(written["c"][1]):
        return _cross_reference(target, setting, begins=BEGINS in classes(written))
    return link(written["c"][1], _address(target, setting), attr_of(written))


def _download(written: Node, setting: Setting) -> Node:
    """A link to `download:NAME`, a data file that is given along, with its name in words; writers know where it is."""
    name = download_of(setting.dossier, written["c"][2][0].removeprefix(SCHEME)).name
    words = written["c"][1] or text(name)
    named = words if name in plain_text(words) else [*words, *text(f" ({name})")]
    return link(named, f"{SCHEME}{name}", attr_of(written))


def reference_words(target: Target, setting: Setting, *, begins: bool = False) -> str:
    """What a cross-reference to a target prints; `begins` where it begins a sentence."""
    words = target.words(setting.terms)
    if target.publication != setting.publication:
        words = setting.terms["in_dossier"].format(label=words)
    return f"{words[:1].upper()}{words[1:]}" if begins else words


def _cross_reference(target: Target, setting: Setting, *, begins: bool = False) -> Node:
    kinds, language = ["cross-reference"], ""
    if target.publication == setting.publication:
        if target.number:
            kinds.append("numbered")
        elif target.language != setting.language:
            language = target.language
    words = reference_words(target, setting, begins=begins)
    return link(text(words), _address(target, setting), attr("", kinds, **({"lang": language} if language else {})))


def _address(target: Target, setting: Setting) -> str:
    """`#id` within the publication, `publication:id` for a place in another one; writers know the files."""
    if target.publication == setting.publication:
        return f"#{target.id}"
    return f"publication:{target.publication}#{target.id}"


# How a block between colons is published, by its class.
_DIVS: Mapping[str, Callable[[Node, Setting, int], Node]] = MappingProxyType(
    {
        "key-points": lambda block, setting, level: _key_points(block, setting),
        "key-figures": lambda block, setting, level: _key_figures(block["c"][1], setting),
        "panel": lambda block, setting, level: setting.panels[attributes(block)["from"]],
        "chart": lambda block, setting, level: _chart(block, setting),
        "figures": lambda block, setting, level: _figures(block, setting),
        NOTED: lambda block, setting, level: _table(block["c"][1][0], setting, level, block["c"][1][1:]),
        "table": _table,
        NOTE: _notes,
        **{kind.value: partial(_own_list, kind) for kind in ListKind},
        **{name: partial(_box, name) for name in _BOXES},
    }
)
# What becomes of an inline, or of a list in a note or a cell, by its type.
_INLINES: Mapping[str, Callable[[Node, Setting], Node | Nodes | None]] = MappingProxyType(
    {
        "Link": _link,
        "Math": lambda formula, setting: described(formula, setting.terms),
        "OrderedList": lambda listed, setting: _numbered(*listed["c"]),
        "Span": _span,
    }
)
