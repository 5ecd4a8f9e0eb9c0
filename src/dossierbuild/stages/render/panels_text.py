"""An infographic's panels as text, to stand beside its picture: what the drawings say in words, and no decoration."""

from __future__ import annotations

from dossierbuild.core.ast import Node, Nodes, Prose, attr_of, classes, prose, rewrite
from dossierbuild.core.downloads import SCHEME
from dossierbuild.core.model import PartRole, Publication

# What leads to or names a place: beside the picture there are no such places.
_OF_PLACES = frozenset({"aria-labelledby", "aria-label", "role"})


def panels_as_text(publication: Publication) -> Prose:
    """The blocks of the panels, one heading level lower, without icons, ids and links to places in the edition.

    A chart is its text alternative.
    """
    panels = next(part for part in publication.parts if part.role is PartRole.PANELS)
    return prose(rewrite(panels.blocks.nodes(), _as_text))


def _as_text(found: Node) -> Node | Nodes | None:
    if found["t"] == "Image":
        return [] if "icon" in classes(found) else list(found["c"][1])
    if found["t"] == "Link" and found["c"][2][0].startswith(("#", "publication:")):
        return list(found["c"][1])
    if found["t"] == "Link":
        found["c"][2][0] = found["c"][2][0].removeprefix(SCHEME)  # the data file stands beside the page
        return found
    if found["t"] == "Plain" and not found["c"]:
        return []
    if "data-link" in classes(found):
        return []
    return _without_places(found)


def _without_places(found: Node) -> Node:
    attributes = attr_of(found)
    attributes[0] = ""
    attributes[2] = [[name, value] for name, value in attributes[2] if name not in _OF_PLACES]
    if "panels" in attributes[1]:
        attributes[1] = ["panels"]  # without its label it is no landmark, which a section would be
    if found["t"] == "Header":
        found["c"][0] += 1
    if found["t"] == "Figure":
        found["c"][2] = [{**block, "t": "Para"} for block in found["c"][2]]
    return found
