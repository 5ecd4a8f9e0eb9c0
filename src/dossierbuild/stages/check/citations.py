"""Rules D2 over citations: what a text cites is in the reference list."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dossierbuild.core.model import Sources
from dossierbuild.core.nearest import nearest
from dossierbuild.core.problems import Problem, problem


def unknown_keys(sources: Sources) -> Iterator[Problem]:
    """D201: every cited key is in the reference list; the hint names the nearest key and where it stands."""
    places = {str(reference.key): reference.place for reference in sources.references}
    for text in sources.citing:
        for site in text.citations:
            if site.key not in places:
                near = nearest(site.key, places)
                related = (places[near],) if near else ()
                yield problem(
                    "D201",
                    site.place,
                    site.key,
                    related,
                    key=site.key,
                    nearest=near,
                    list=sources.references_path,
                )


RULES: tuple[Callable[[Sources], Iterator[Problem]], ...] = (unknown_keys,)
