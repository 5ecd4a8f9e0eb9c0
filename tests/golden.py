"""The golden set in tests/citations, and dossiers of nothing but citations: what tests and the oracle share.

Each case of the golden set is a publication of its own in a dossier that is its file; so the cases also prove that
labels and numbers are one for all publications, and that positions are not.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from dossierbuild.core.ast import Nodes, attr, div, identifier, number_citations, para, prose, walk
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.model import (
    CitationRequest,
    Metadata,
    Part,
    PartRole,
    Publication,
    PublicationId,
    Reference,
    Resolved,
    SourceFile,
)
from dossierbuild.core.problems import Checked
from dossierbuild.core.spec import PublicationKind, ShortNames
from dossierbuild.stages.cite import (
    insert_citations,
    insert_into_part,
    insertions,
    request_citations,
    resolve_citations,
)
from dossierbuild.stages.parse.references import parse_references
from dossierbuild.tools.csl import load_style
from dossierbuild.tools.pandoc import read_inlines, read_markdown

Resolver = Callable[[CitationRequest], Checked[Resolved]]

GOLDEN = sorted((Path(__file__).parent / "citations").glob("*.yaml"))

METADATA = Metadata(
    dossier="dossier", title="Titel", subtitle="", dossier_title="Titel", slug="titel", language="nl-NL",
    dossier_language="nl-NL", edition="1", date=datetime.date(2024, 1, 1), authors=(), publisher="", identifier="urn:x",
    license="", description="", audience="", contact="", website="", keywords=(),
)  # fmt: skip


def publication(name: str, blocks: Nodes) -> Publication:
    """A publication with one chapter and a reference list to be filled."""
    chapter = Part(id="c", role=PartRole.CHAPTER, title="C", blocks=prose(number_citations(blocks)))
    listed = Part(id="b", role=PartRole.BIBLIOGRAPHY, title="B", blocks=prose([div(attr("refs"), [])]))
    return Publication(
        id=PublicationId(name), kind=PublicationKind.FULL, metadata=METADATA, parts=(chapter, listed),
        contents=(), charts=(), pictures=(), icons=(),
    )  # fmt: skip


def markdown(text: str) -> Nodes:
    blocks, _ = read_markdown(text)
    return blocks


def references(items: list[dict[str, Any]]) -> tuple[Reference, ...]:
    """The works as a dossier's reference list is read; JSON is YAML too."""
    data = json.dumps({"references": items}, ensure_ascii=False, indent=1).encode("utf-8")
    parsed = parse_references(SourceFile("references.yaml", data, ""))
    assert parsed.value is not None, parsed.problems
    return parsed.value


@dataclass(frozen=True)
class Built:
    """What a dossier's citations came to."""

    request: CitationRequest
    resolved: Resolved
    publications: tuple[Publication, ...]

    def text(self, index: int) -> str:
        return shown(self.publications[index].parts[0].blocks.nodes())

    def entries(self, index: int) -> dict[str, str]:
        """The reference list of a publication: id of each entry and its text, without the links back."""
        blocks = [block for part in self.publications[index].parts[1:] for block in part.blocks.nodes()]
        found = [one for one in walk(blocks) if one["t"] == "Div" and identifier(one).startswith("ref-")]
        return {identifier(one).removeprefix("ref-"): shown(one["c"][1]) for one in found}


def build(
    texts: list[Nodes], works: list[dict[str, Any]] | tuple[Reference, ...], style: str = "apa",
    language: str = "nl-NL", *, as_written: bool = False, own: str | None = None, resolve: Resolver = resolve_citations,
    short_names: Sequence[ShortNames] = (),
) -> Built:  # fmt: skip
    """The texts, each as a publication, cited from `works`: the items of a list in YAML, or a list that was read.

    The publications are called p0, p1 …; `short_names` are their settings.
    """
    publications = tuple(publication(f"p{index}", blocks) for index, blocks in enumerate(texts))
    listed = works if isinstance(works, tuple) else references(works)
    loaded = load_style(style, language=language, as_written=as_written, own=own)
    asked = {one.id: when for one, when in zip(publications, short_names, strict=False)}
    request = request_citations(publications, listed, loaded, language, as_written, asked)
    answer = resolve(request)
    assert answer.value is not None, answer.problems
    assert not answer.problems
    inserted = inserted_citations(publications, request, answer.value, "terug naar verwijzing")
    return Built(request, answer.value, inserted)


def inserted_citations(
    publications: tuple[Publication, ...], request: CitationRequest, resolved: Resolved, back_to_citation: str
) -> tuple[Publication, ...]:
    """The publications with their citations printed."""
    parts = {
        place: insert_into_part(insertion)
        for one in publications
        for place, insertion in insertions(one, request.publications[one.id], resolved, FrozenMap())
    }
    terms = {"back_to_citation": back_to_citation, "short_names": "Kort: {names}."}
    return tuple(insert_citations(one, resolved, parts, (), terms=terms) for one in publications)


def shown(tree: Any) -> str:
    """A text as the golden set writes it: *italics*, ^raised^ and {note}; without links back."""
    return " ".join("".join(_shown(tree)).split())


_HELD = {"Cite": 1, "Link": 1, "Span": 1, "Div": 1, "Image": 1, "Header": 2}


def _shown(tree: Any) -> list[str]:
    if isinstance(tree, list):
        return [piece for value in tree for piece in _shown(value)]
    kind, content = tree["t"], tree.get("c")
    if kind == "Str":
        return [content]
    if kind in ("Space", "SoftBreak"):
        return [" "]
    if kind == "Span" and "backlinks" in content[0][1]:
        return []
    mark = {"Emph": ("*", "*"), "Superscript": ("^", "^"), "Note": ("{", "}"), "Para": ("", " ")}.get(kind, ("", ""))
    if kind == "Quoted":
        mark, content = ("“", "”"), content[1]
    inner = content[_HELD[kind]] if kind in _HELD else content
    text = "".join(_shown(inner)).strip() if kind == "Note" else "".join(_shown(inner))
    return [mark[0], text, mark[1]]


@cache
def golden(path: Path) -> dict[str, Any]:
    """A file of the golden set."""
    document: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return document


@cache
def golden_build(path: Path, resolve: Resolver = resolve_citations) -> Built:
    """All cases of a file in one run."""
    document = golden(path)
    texts = {str(index): case.get("citaat") or f"[@{case['werk']}]" for index, case in enumerate(document["gevallen"])}
    return build(
        [[para(inlines)] for inlines in read_inlines(texts).values()],
        document["bronnen"],
        document["stijl"],
        document["taal"],
        as_written=document.get("volgorde") == "zoals geschreven",
        resolve=resolve,
    )
