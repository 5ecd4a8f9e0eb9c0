"""The infographic: its panels as blocks, each from its own data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dossierbuild.core.ast import Node, Nodes, attr, div, header, node, para, plain, span, text, title_text
from dossierbuild.core.model import Heading, InfographicText
from dossierbuild.core.spec import (
    ChartPanel,
    ContrastPanel,
    ElementsPanel,
    GroupsPanel,
    LevelsPanel,
    NumbersPanel,
    Panel,
    PointsPanel,
)
from dossierbuild.core.typography import format_letters
from dossierbuild.stages.compose.blocks import Setting, chart_figure, key_figure, publish_inlines


def panel_blocks(infographic: InfographicText, setting: Setting) -> Nodes:
    """The lead and all panels, in order."""
    lead = infographic.text("lead").nodes()
    blocks = [div(attr("", ["lead"]), [para(publish_inlines(lead, setting))])] if lead else []
    for index, panel in enumerate(infographic.spec.panels):
        blocks.append(_panel(index, panel, _Texts(infographic, setting, index, level=3)))
    return blocks


def panels_by_id(infographics: Iterable[InfographicText], setting: Setting) -> dict[str, Node]:
    """The panels that have an id, by id, as blocks for another publication: with neither letters nor ids in them."""
    panels = {}
    for infographic in infographics:
        for index, (panel, anchor) in enumerate(zip(infographic.spec.panels, infographic.panels, strict=True)):
            if anchor.id:
                texts = _Texts(infographic, setting, index, level=4)
                blocks = [header(3, attr(), texts("title")), *_body(index, panel, texts)]
                panels[anchor.id] = div(attr("", ["panel", panel.kind]), blocks)
    return panels


def panel_headings(infographic: InfographicText) -> Iterator[Heading]:
    """The title of each panel, with its letter as its number."""
    for index, _ in enumerate(infographic.spec.panels):
        letter = format_letters(index + 1)
        title = title_text(infographic.text(f"panels/{index}/title").nodes())
        yield Heading(f"{_name(letter)}-title", 2, letter, title)


def _name(letter: str) -> str:
    """The id of a panel."""
    return f"panel-{letter.lower()}"


class _Texts:
    """The texts of one panel, by their path below `panels/N/`; `level` is the level of headings in the panel."""

    def __init__(self, infographic: InfographicText, setting: Setting, index: int, *, level: int) -> None:
        self.infographic = infographic
        self.setting = setting
        self.index = index
        self.level = level

    def __call__(self, path: str) -> Nodes:
        written = self.infographic.text(f"panels/{self.index}/{path}").nodes()
        inlines: Nodes = publish_inlines(written, self.setting)
        return inlines


def _panel(index: int, panel: Panel, texts: _Texts) -> Node:
    letter = format_letters(index + 1)
    name = _name(letter)
    title = [span(attr("", ["letter"]), text(letter)), node("Space"), *texts("title")]
    blocks = [header(2, attr(f"{name}-title"), title), *_body(index, panel, texts)]
    return div(attr(name, ["section", "panel", panel.kind], aria_labelledby=f"{name}-title"), blocks)


def _body(index: int, panel: Panel, texts: _Texts) -> Nodes:
    """All of a panel below its title."""
    if isinstance(panel, ChartPanel):
        return _content(index, panel, texts)
    message = [div(attr("", ["message"]), [para(text(panel.alt))])] if panel.alt else []
    written = texts("text")
    words = [div(attr("", ["panel-text"]), [para(written)])] if written else []
    return [*message, *words, *_content(index, panel, texts)]


def _content(index: int, panel: Panel, texts: _Texts) -> Nodes:
    match panel:
        case ContrastPanel():
            columns = [_column(texts, side, len(getattr(panel, side).items), side) for side in ("left", "right")]
            return [div(attr("", ["columns"]), columns)]
        case GroupsPanel():
            groups = [
                _column(texts, f"groups/{count}", len(group.items), "") for count, group in enumerate(panel.groups)
            ]
            return [div(attr("", ["columns"]), groups)]
        case LevelsPanel():
            return _levels(len(panel.levels), texts)
        case ElementsPanel():
            return [div(attr("", ["elements"]), [_element(texts, count, item.icon) for count, item in
                                                 enumerate(panel.items)])]  # fmt: skip
        case PointsPanel():
            items = [[plain(texts(f"items/{count}"))] for count in range(len(panel.items))]
            return [div(attr("", ["points"]), [node("BulletList", items)])]
        case NumbersPanel():
            return [div(attr("", ["numbers"]), _numbers(panel, texts))]
        case ChartPanel():
            return [chart_figure(f"fig-panel-{index + 1}", panel.alt, texts("text"), texts.setting.terms, None)]


def _column(texts: _Texts, path: str, count: int, side: str) -> Node:
    items = [[plain(texts(f"{path}/items/{item}"))] for item in range(count)]
    blocks = [header(texts.level, attr(), texts(f"{path}/label")), node("BulletList", items)]
    return div(attr("", ["column", side] if side else ["column"]), blocks)


def _levels(count: int, texts: _Texts) -> Nodes:
    """The levels nested in each other, the outermost around the others; written from the inside out."""
    inner: Nodes = []
    for level in range(count):
        label = span(attr("", ["level-label"]), [node("Strong", texts(f"levels/{level}/label"))])
        words = para([label, node("Space"), *texts(f"levels/{level}/text")])
        inner = [div(attr("", ["level", f"level-{level + 1}"]), [words, *inner])]
    return inner


def _element(texts: _Texts, count: int, icon: str) -> Node:
    picture = node("Image", attr("", ["icon"], alt=""), [], [f"icons/{icon}.svg", ""])
    words = texts(f"items/{count}/text")
    blocks = [
        plain([picture]),
        header(texts.level, attr(), texts(f"items/{count}/label")),
        *([para(words)] if words else []),
    ]
    return div(attr("", ["element"]), blocks)


def _numbers(panel: NumbersPanel, texts: _Texts) -> Nodes:
    blocks: Nodes = []
    for count, item in enumerate(panel.items):
        blocks.append(key_figure(str(item.value), item.unit, [para(texts(f"items/{count}/text"))], texts.setting))
    return blocks
