"""What templates get: the values that stand around a text, the same for every format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from dossierbuild import __version__
from dossierbuild.core.model import Heading, Metadata, RenderJob, SourceFile
from dossierbuild.core.typography import format_date
from dossierbuild.tools.pages import Markup

_CREATIVE_COMMONS = re.compile(r"CC-(BY(?:-NC)?(?:-SA|-ND)?)-([0-9.]+)\Z")


def shell_values(job: RenderJob) -> dict[str, Any]:
    """The values for the shell of a publication, but for its parts and its CSS."""
    publication = job.publication
    meta = publication.metadata
    name, url = license_of(meta.license)
    return {
        "meta": meta,
        "date": format_date(meta.date, meta.labels),
        "date_iso": meta.date.isoformat(),
        "terms": dict(job.terms),
        "kind": publication.kind,
        "format": job.format.value,
        "contents": contents_tree(publication.contents),
        "siblings": [
            {"id": sibling, "title": title, "path": path, "format": path.rpartition(".")[2]}
            for sibling, title, path in job.siblings
        ],
        "license_name": name,
        "license_url": url,
        "generator": f"dossierbuild {__version__}",
        "how_to_cite": how_to_cite(meta, dict(job.terms)["edition"]),
    }


def contents_tree(headings: tuple[Heading, ...]) -> list[dict[str, Any]]:
    """The headings as a tree: `id`, `number`, `title` and `children` of each."""
    top: list[dict[str, Any]] = []
    open_levels: list[tuple[int, list[dict[str, Any]]]] = [(0, top)]
    for heading in headings:
        while open_levels[-1][0] >= heading.level:
            open_levels.pop()
        children: list[dict[str, Any]] = []
        open_levels[-1][1].append(
            {"id": heading.id, "number": heading.number, "title": heading.title, "children": children}
        )
        open_levels.append((heading.level, children))
    return top


def license_of(identifier: str) -> tuple[str, str]:
    """Name and address of a licence by its SPDX identifier; one that is not known here has no address."""
    if found := _CREATIVE_COMMONS.match(identifier):
        terms, version = found[1], found[2]
        return f"CC {terms} {version}", f"https://creativecommons.org/licenses/{terms.lower()}/{version}/"
    if identifier == "CC0-1.0":
        return "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"
    return identifier, ""


def how_to_cite(meta: Metadata, edition_word: str) -> str:
    """The publication as an entry of a reference list, in plain text."""
    names = " & ".join(filter(None, [", ".join(meta.authors[:-1]), *meta.authors[-1:]]))
    who = names or meta.publisher or meta.dossier_title
    title = f"{meta.title}: {meta.subtitle}" if meta.subtitle and meta.title[-1] not in "?!." else meta.title
    parts = [f"{who.rstrip('.')} ({meta.date.year})", f"{title} ({edition_word.lower()} {meta.edition})"]
    if names and meta.publisher:
        parts.append(meta.publisher)
    if meta.website:
        return f"{'. '.join(parts)}. {meta.website}"
    return f"{'. '.join(parts)}."


def part_values(job: RenderJob, bodies: Sequence[str]) -> list[dict[str, Any]]:
    """The parts for a template, each with its body as markup."""
    return [
        {"id": part.id, "role": part.role, "title": part.title, "html": Markup(body)}
        for part, body in zip(job.publication.parts, bodies, strict=True)
    ]


def template_texts(styles: Iterable[SourceFile], folder: str) -> dict[str, str]:
    """The templates below a folder of styles/ by their path."""
    wanted = (one for one in styles if one.path.startswith(folder) and one.path.endswith(".j2"))
    return {one.path: one.data.decode("utf-8") for one in wanted}
