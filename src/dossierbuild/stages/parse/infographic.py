"""The infographic: its panels' texts as trees, its charts, and what it cites."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping

from dossierbuild.core.ast import Nodes, has_words, para, prose, walk
from dossierbuild.core.bounds import LONGEST_VALUE
from dossierbuild.core.catalogue import Language
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.model import (
    Anchor,
    AnchorKind,
    ChartSpec,
    CitationSite,
    CrossReference,
    InfographicText,
    LinkText,
    SourceFile,
)
from dossierbuild.core.problems import Checked, Place, Problem, problem
from dossierbuild.core.spec import ChartPanel, ContrastPanel, ElementsPanel, Infographic, NumbersPanel
from dossierbuild.stages.parse.decoding import decode
from dossierbuild.stages.parse.downloads import read_downloads
from dossierbuild.stages.parse.formulas import formula_problems, formula_uses, with_formulas_told
from dossierbuild.stages.parse.inspect import (
    MAX_FIGURE,
    citation_sites,
    cross_references,
    forbidden,
    includes,
    link_texts,
    too_deep,
)
from dossierbuild.stages.parse.manifest import parse_spec
from dossierbuild.stages.parse.nested_citations import join_citations
from dossierbuild.stages.parse.panels import passages_of_panels, text_places
from dossierbuild.stages.parse.places import Places, places_of
from dossierbuild.stages.parse.quotations import quotation_sites
from dossierbuild.stages.parse.straight_signs import without_straight_signs
from dossierbuild.stages.parse.texts import chart_spec, doubtful_value, id_of_file
from dossierbuild.tools.pandoc import PandocError, read_inlines
from dossierbuild.tools.yamlfile import YamlDocument

# What steers a panel rather than being read.
_NO_PROSE = frozenset({"kind", "id", "icon", "data", "type", "x", "y", "unit", "decimal", "thousands", "value", "alt"})
_BLOCKS = frozenset(
    {
        "Para",
        "Plain",
        "BulletList",
        "OrderedList",
        "Header",
        "Div",
        "CodeBlock",
        "BlockQuote",
        "Table",
        "LineBreak",
    }
)

# What still comes on one sheet: three metres of it. A PDF ends at five, and a picture of it takes memory.
_MOST_PANELS = 60
_MOST_TEXTS = 1_000
_MOST_CHARACTERS = 10_000
"""The characters of all its texts: a list of so many is fitted on a sheet in a third of the time that it gets."""
_MOST_BESIDE = 3_000
"""The characters of all contrasts, whose sides are fitted beside each other: 1,900 take a third of that time."""
_LONGEST_TEXT = 1_000
"""The characters of one of its texts: twice as many in a narrow column take half of the time of the sheet to fit, and
ten times as many more than all of it."""
_LONGEST_NAME = 300
"""The characters of a title or a label: in seconds too, in larger letters."""


def parse_infographic(file: SourceFile, language: Language = Language.NL) -> Checked[InfographicText]:
    """infographic.yaml with all its texts read as Markdown; `language` decides as in a chapter how apostrophes are."""
    parsed = parse_spec(file)
    if parsed.value is None:
        return Checked(None, parsed.problems)
    spec, document = parsed.value
    written = {path: words for path, words in _texts((), dataclasses.asdict(spec)) if document.has(_steps(path))}
    panels = Place(file.path, *document.place(("panels",)))
    if len(spec.panels) > _MOST_PANELS or len(written) > _MOST_TEXTS:
        many = problem("D511", panels, panels=len(spec.panels), texts=len(written), most=_MOST_PANELS, some=_MOST_TEXTS)
        return Checked(None, (*parsed.problems, many))
    deep = [
        dataclasses.replace(found, place=Place(file.path, *document.place(_steps(path))))
        for path, words in written.items()
        for found in (*too_deep(places_of(file.path, words)), *includes(places_of(file.path, words)))
    ]
    if deep:
        return Checked(None, (*parsed.problems, *deep))
    try:
        readable = {
            path: without_straight_signs(with_formulas_told(words), language) for path, words in written.items()
        }
        texts = read_inlines(readable)
        join_citations(node for nodes in texts.values() for node in walk(nodes))
    except PandocError as error:
        return Checked(None, (*parsed.problems, problem("D501", Place(file.path), reason=error)))
    charts = [_chart(index, panel, file.path, document) for index, panel in enumerate(spec.panels)
              if isinstance(panel, ChartPanel)]  # fmt: skip
    words = decode(file).value or ""
    whole = places_of(file.path, words)
    where = text_places(document, whole)
    downloads = {path: read_downloads(tuple(walk(nodes)), where[path]) for path, nodes in texts.items()}
    citations = _citations(texts, where)
    value = InfographicText(
        spec=spec,
        path=file.path,
        texts=FrozenMap((path, prose(nodes)) for path, nodes in texts.items()),
        citations=citations,
        quotations=tuple(quotation_sites(tuple(walk([para(nodes) for nodes in texts.values()])), citations)),
        cross_references=_cross_references(file.path, texts, document),
        icons=tuple(_icons(spec, file.path, document)),
        charts=tuple(chart.value for chart in charts if chart.value),
        panels=tuple(
            Anchor(getattr(panel, "id", ""), AnchorKind.PANEL, Place(file.path, *document.place(("panels", index))))
            for index, panel in enumerate(spec.panels)
        ),
        passages=passages_of_panels(id_of_file(file.path), spec, texts, where),
        links=tuple(_links(file.path, texts, document)),
        formulas=tuple(use for path, nodes in texts.items() for use in formula_uses(nodes, walk(nodes), where[path])),
        downloads=tuple(use for found in downloads.values() for use in found.uses),
    )
    problems = [fault for chart in charts for fault in chart.problems]
    problems.extend(_doubtful_values(spec, file.path, words, document))
    for path, nodes in texts.items():
        problems.extend(downloads[path].problems)
        problems.extend(_refused(path, nodes, file.path, document, downloads[path].links))
        problems.extend(formula_problems(tuple(walk(para(nodes))), where[path]))
    problems += _without_words(spec, texts, file.path, document)
    problems += _long_whole(spec, written, panels)
    problems += _long_texts(written, file.path, document)
    problems += _long_figures(spec, file.path, document)
    return Checked(value, (*parsed.problems, *problems))


def _long_whole(spec: Infographic, written: Mapping[str, str], place: Place) -> Iterator[Problem]:
    """D514: all texts together, and those beside each other, can be fitted on a sheet."""
    contrasts = [f"panels/{index}/" for index, panel in enumerate(spec.panels) if isinstance(panel, ContrastPanel)]
    beside = (words for path, words in written.items() if path.startswith(tuple(contrasts)))
    for key, texts, most in (("panels", written.values(), _MOST_CHARACTERS), ("contrast", beside, _MOST_BESIDE)):
        length = sum(map(len, texts))
        if length > most:
            yield problem("D514", place, key=key, length=length, most=most)


def chart_id(index: int) -> str:
    """The id of the chart in panel number `index`, counted from 0."""
    return f"fig-panel-{index + 1}"


def _texts(path: tuple[str | int, ...], value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if name not in _NO_PROSE:
                yield from _texts((*path, name), inner)
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            yield from _texts((*path, index), inner)
    elif isinstance(value, str) and value.strip():
        yield "/".join(str(step) for step in path), value.strip()


def _steps(path: str) -> tuple[str | int, ...]:
    return tuple(int(step) if step.isdigit() else step for step in path.split("/"))


def _refused(path: str, nodes: Nodes, file: str, document: YamlDocument, links: frozenset[int]) -> Iterator[Problem]:
    """What may not stand in a panel's text, at the place of that text in the YAML file; `links` are those to data."""
    place = Place(file, *document.place(_steps(path)))
    for found in forbidden(tuple(walk(nodes)), places_of(file, ""), links):
        yield dataclasses.replace(found, place=place)
    if any(node["t"] in _BLOCKS for node in nodes) or any(node["t"] == "Image" for node in walk(nodes)):
        yield problem("D133", place)


def _without_words(
    spec: Infographic, texts: Mapping[str, Nodes], file: str, document: YamlDocument
) -> Iterator[Problem]:
    """D159: titles and labels, by which a reader finds the way, have words."""
    for steps, value in _named((), dataclasses.asdict(spec)):
        if document.has(steps) and not has_words(texts.get("/".join(map(str, steps)), [])):
            yield problem("D159", Place(file, *document.place(steps)), key=steps[-1], value=value)


def _named(path: tuple[str | int, ...], value: object) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The titles and labels by their paths, also those that are empty."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _named((*path, name), inner)
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            yield from _named((*path, index), inner)
    elif path[-1] in ("title", "label"):
        yield path, str(value)


def _citations(texts: Mapping[str, Nodes], where: Mapping[str, Places]) -> tuple[CitationSite, ...]:
    """The cited keys, each where it stands in the file."""
    return tuple(site for path, nodes in texts.items() for site in citation_sites(walk(nodes), where[path]))


def _cross_references(path: str, texts: Mapping[str, Nodes], document: YamlDocument) -> tuple[CrossReference, ...]:
    found = []
    for name, nodes in texts.items():
        place = Place(path, *document.place(_steps(name)))
        references = cross_references(walk(nodes), places_of(path, ""))
        found += [dataclasses.replace(reference, place=place) for reference in references]
    return tuple(found)


def _links(path: str, texts: Mapping[str, Nodes], document: YamlDocument) -> Iterator[LinkText]:
    for name, nodes in texts.items():
        place = Place(path, *document.place(_steps(name)))
        yield from (dataclasses.replace(link, place=place) for link in link_texts(walk(nodes), places_of(path, "")))


def _icons(spec: Infographic, path: str, document: YamlDocument) -> Iterator[tuple[str, Place]]:
    for index, panel in enumerate(spec.panels):
        if isinstance(panel, ElementsPanel):
            for count, item in enumerate(panel.items):
                yield item.icon, Place(path, *document.place(("panels", index, "items", count, "icon")))


def _doubtful_values(spec: Infographic, path: str, whole: str, document: YamlDocument) -> Iterator[Problem]:
    """D322 for numbers, as they are written: YAML itself reads 1.250 as a number without its last nought."""
    extents = dict(document.extents)
    for index, panel in enumerate(spec.panels):
        for count in range(len(panel.items) if isinstance(panel, NumbersPanel) else 0):
            key = ("panels", index, "items", count, "value")
            start, end = extents.get(key, (0, 0))
            yield from doubtful_value(whole[start:end].strip("\"' "), Place(path, *document.place(key)))


def _long_texts(written: Mapping[str, str], path: str, document: YamlDocument) -> Iterator[Problem]:
    """D514: a text can be fitted in the narrowest column that a panel has for it."""
    for name, words in written.items():
        key = next(step for step in reversed(_steps(name)) if isinstance(step, str))
        most = _LONGEST_NAME if key in ("title", "label") else _LONGEST_TEXT
        if most < len(words) <= LONGEST_VALUE:
            yield problem("D514", Place(path, *document.place(_steps(name))), key=key, length=len(words), most=most)


def _long_figures(spec: Infographic, path: str, document: YamlDocument) -> Iterator[Problem]:
    """D514: a number, as it is written, and its unit are no longer than a panel has room for in large letters."""
    extents = dict(document.extents)
    for index, panel in enumerate(spec.panels):
        for count in range(len(panel.items) if isinstance(panel, NumbersPanel) else 0):
            for key in ("value", "unit"):
                steps = ("panels", index, "items", count, key)
                start, end = extents.get(steps, (0, 0))
                if MAX_FIGURE < end - start <= LONGEST_VALUE:
                    place = Place(path, *document.place(steps))
                    yield problem("D514", place, key=key, length=end - start, most=MAX_FIGURE)


def _chart(index: int, panel: ChartPanel, path: str, document: YamlDocument) -> Checked[ChartSpec]:
    given = {
        "data": panel.data,
        "type": panel.type,
        "x": panel.x,
        "y": panel.y,
        "unit": panel.unit,
        "alt": panel.alt,
        "decimal": panel.decimal,
        "thousands": panel.thousands,
    }
    return chart_spec(chart_id(index), given, Place(path, *document.place(("panels", index))))
