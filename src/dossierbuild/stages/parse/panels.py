"""The passages of an infographic: each text of its panels with the lines and columns that it has in the YAML file."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from dossierbuild.core.ast import Nodes
from dossierbuild.core.passages import ATOM, Kind, Passage
from dossierbuild.core.spec import Infographic
from dossierbuild.stages.parse.passages import RUN, Draft, Words, with_ids, words_of
from dossierbuild.stages.parse.places import Places
from dossierbuild.tools.yamlfile import YamlDocument

# What a text is by the key that it stands under.
_KINDS = MappingProxyType({"title": Kind.HEADING, "label": Kind.TERM, "alt": Kind.ALT, "value": Kind.VALUE})


def text_places(document: YamlDocument, whole: Places) -> Mapping[str, Places]:
    """For the path of each value in the file (`panels/0/items/2/text`) the part of the file in which it is written."""
    return {
        "/".join(str(step) for step in path): dataclasses.replace(whole, begin=begin, end=end)
        for path, (begin, end) in document.extents.items()
    }


def passages_of_panels(
    text_id: str, spec: Infographic, texts: Mapping[str, Nodes], where: Mapping[str, Places]
) -> tuple[Passage, ...]:
    """The title, the lead, and each panel with its texts, alternative texts and values within it."""
    drafts: list[Draft] = []
    panels: dict[str, int] = {}
    for path, words in _words(spec, texts, where):
        panel = path.split("/")[1] if "/" in path else ""
        if panel and panel not in panels:
            panels[panel] = len(drafts)
            name = getattr(spec.panels[int(panel)], "id", "")
            drafts.append(Draft(_passage(text_id, Kind.PANEL, Words(), where[f"panels/{panel}"], key=name)))
        last = path.rpartition("/")[2]
        kind = Kind.ITEM if last.isdigit() else _KINDS.get(last, Kind.PARAGRAPH)
        drafts.append(Draft(_passage(text_id, kind, words, where[path]), panels.get(panel)))
    return with_ids(drafts)


def _words(spec: Infographic, texts: Mapping[str, Nodes], where: Mapping[str, Places]) -> Iterator[tuple[str, Words]]:
    """The words of each text, in the order of the file."""
    plain = dict(_plain((), dataclasses.asdict(spec)))
    for path in where:
        if path in texts:
            yield path, words_of(texts[path])
        elif path in plain:
            yield path, words_of([{"t": "Str", "c": plain[path]}])


def _plain(path: tuple[str, ...], value: object) -> Iterator[tuple[str, str]]:
    """The alternative texts and values, which are no Markdown."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _plain((*path, str(name)), inner)
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            yield from _plain((*path, str(index)), inner)
    elif path[-1] in ("alt", "value") and str(value).strip():
        yield "/".join(path), str(value)


def _passage(part: str, kind: Kind, words: Words, where: Places, key: str = "") -> Passage:
    run = RUN.search(words.text.replace(ATOM, "|"))
    return Passage(
        id="",
        kind=kind,
        text=words.text,
        key=key,
        part=part,
        place=where.words(run.group() if run else words.text),
        lines=where.between(where.begin, where.end),
        atoms=tuple(words.atoms),
        runs=tuple(words.runs),
    )
