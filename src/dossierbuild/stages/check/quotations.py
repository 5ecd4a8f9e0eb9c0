"""Rule D2 over quotations: what is quoted word for word says where in the work it stands (APA 8.25 to 8.28)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dossierbuild.core.model import Sources
from dossierbuild.core.problems import Problem, problem

# What has no pages, paragraphs or chapters to point at.
_WITHOUT_PLACES = frozenset(
    "dataset personal_communication interview post song broadcast motion_picture speech".split()
)


def quotations_without_place(sources: Sources) -> Iterator[Problem]:
    """D231: a `quote` box that cites, and a longer text in quotation marks before a citation, have a locator."""
    types = {reference.key: reference.work.type for reference in sources.references}
    for sites in (sites for text in sources.citing for sites in text.quotations):
        if sites and not any(site.locator or types.get(site.key) in _WITHOUT_PLACES for site in sites):
            yield problem("D231", sites[0].place, sites[0].key, key=sites[0].key)


RULES: tuple[Callable[[Sources], Iterator[Problem]], ...] = (quotations_without_place,)
