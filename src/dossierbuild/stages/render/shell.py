"""What templates get: the values that stand around a text, the same for every format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from dossierbuild import __version__
from dossierbuild.core.ast import classes, identifier, plain_text, rewrite, walk
from dossierbuild.core.model import Publication, RenderJob, SourceFile
from dossierbuild.core.spec import PublicationKind
from dossierbuild.core.typography import format_date
from dossierbuild.stages.render.cite_as import apa, citation_tags
from dossierbuild.stages.render.colophon import colophon_rows
from dossierbuild.stages.render.licences import license_of
from dossierbuild.tools.pages import Markup

# Classes and kinds of nodes in a caption that are no part of its title.
_ASIDE = frozenset({"label", "credit", "data-link", "citation", "note-ref", "Cite", "Note"})


def shell_values(job: RenderJob) -> dict[str, Any]:
    """The values for the shell of a publication, but for its parts and its CSS."""
    publication = job.publication
    meta = publication.metadata
    terms = job.terms
    name, url = license_of(meta.license)
    return {
        "meta": meta,
        "date": format_date(meta.date, terms),
        "date_iso": meta.date.isoformat(),
        "terms": terms,
        "languages": list(dict.fromkeys(part.language for part in publication.parts if part.language)),
        "kind": publication.kind.value,
        "format": job.format.value,
        "contents": _contents_tree(publication),
        "siblings": [
            {"id": sibling.publication, "title": sibling.title, "path": sibling.path, "format": sibling.format.value}
            for sibling in job.siblings
        ],
        "license_name": name,
        "license_url": url,
        "cover": _cover(job),
        "generator": f"dossierbuild {__version__}",
        "figures": _figures_of(publication),
        "how_to_cite": apa(meta, terms),
        "colophon": colophon_rows(meta, terms, apa(meta, terms)),
        "citation_tags": citation_tags(meta),
    }


def _cover(job: RenderJob) -> dict[str, str]:
    """The picture on the cover: `address`, `alt` and `focus`; empty where there is none, as on an infographic."""
    cover = job.publication.metadata.imprint.cover
    if cover is None or not job.cover or job.publication.kind is PublicationKind.INFOGRAPHIC:
        return {}
    return {"address": job.cover, "alt": cover.alt or "", "focus": cover.focus or ""}


def _contents_tree(publication: Publication) -> list[dict[str, Any]]:
    """The headings as a tree: `id`, `number`, `title`, `language` and `children` of each, and the `role` of a part."""
    roles = {part.id: part.role.value for part in publication.parts}
    top: list[dict[str, Any]] = []
    open_levels: list[tuple[int, list[dict[str, Any]]]] = [(0, top)]
    for heading in publication.contents:
        while open_levels[-1][0] >= heading.level:
            open_levels.pop()
        children: list[dict[str, Any]] = []
        open_levels[-1][1].append(
            {
                "id": heading.id,
                "role": roles.get(heading.id, ""),
                "number": heading.number,
                "title": heading.title,
                "language": heading.language,
                "children": children,
            }
        )
        open_levels.append((heading.level, children))
    return top


def _sections(headings: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The headings of sections that stand below each heading of the contents, by its id."""
    found: dict[str, list[dict[str, Any]]] = {}
    for heading in headings:
        found[heading["id"]] = [child for child in heading["children"] if not child["role"]]
        found |= _sections(heading["children"])
    return found


def _figures_of(publication: Publication) -> list[dict[str, str]]:
    """The numbered figures in order: `id`, `label` ("Figuur 3") and `title`, the first sentence of the caption."""
    figures = []
    for figure in (node for part in publication.parts for node in walk(part.blocks.nodes()) if node["t"] == "Figure"):
        label = next((inner for inner in walk(figure["c"][1]) if "label" in classes(inner)), None)
        if label is not None:
            caption = rewrite(figure["c"][1], lambda inner: [] if _ASIDE & {*classes(inner), inner["t"]} else None)
            words = re.sub(r"(?<! ) ++([.,;:!?])", r"\1", re.sub(r"\(\s*\)", "", plain_text(caption)))
            title = re.split(r"[.;](?=\s+[^\W\d_a-z]|\s*$)", words, maxsplit=1)[0].strip()
            figures.append({"id": identifier(figure), "label": plain_text(label), "title": title})
    return figures


def part_values(job: RenderJob, bodies: Mapping[str, str]) -> list[dict[str, Any]]:
    """The parts for a template, each with the headings of its sections and its body as markup.

    `bodies` has the bodies by the part's id.
    """
    sections = _sections(_contents_tree(job.publication))
    return [
        {
            "id": part.id,
            "role": part.role.value,
            "title": part.title,
            "sections": sections.get(part.id, []),
            "html": Markup(bodies[part.id]),
        }
        for part in job.publication.parts
    ]


def template_texts(styles: Iterable[SourceFile], folder: str) -> dict[str, str]:
    """The templates below a folder of styles/ by their path."""
    wanted = (file for file in styles if file.path.startswith(folder) and file.path.endswith(".j2"))
    return {file.path: file.data.decode("utf-8") for file in wanted}
