"""Alone: texts outside of any publication, to see what their citations print."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from dossierbuild.core.ast import Node, Nodes, Prose, citation_number, rewrite
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.model import CitationId, CitationRequest, PublicationId, Resolved
from dossierbuild.stages.cite.request import clusters_of_text


def request_alone(texts: Mapping[PublicationId, Prose], labels: CitationRequest) -> CitationRequest:
    """The request for what texts print, each as if it were a publication; works and style are those of `labels`."""
    clusters = {name: clusters_of_text(name, text, labels.style, labels.language) for name, text in texts.items()}
    return dataclasses.replace(labels, publications=FrozenMap(clusters))


def printed_alone(name: PublicationId, text: Prose, resolved: Resolved) -> Nodes:
    """A text with its citations printed."""

    def printed(found: Node) -> Nodes | None:
        if found["t"] != "Cite":
            return None
        return resolved.printed[CitationId(publication=name, part="", number=citation_number(found))].nodes()

    nodes: Nodes = rewrite(text.nodes(), printed)
    return nodes
