"""Labels for a text that is shown as written: what its cross-references print, and what stands before captions."""

from __future__ import annotations

from dossierbuild.core.ast import Node, Prose, attr, attr_of, link, number_citations, plain_text, prose, rewrite, text
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.model import AnchorKind
from dossierbuild.stages.compose.beginnings import BEGINS, mark_beginnings
from dossierbuild.stages.compose.blocks import reference_words
from dossierbuild.stages.compose.parts import Composition

_CAPTIONED = frozenset({AnchorKind.FIGURE, AnchorKind.TABLE})


def with_labels(composition: Composition) -> Prose:
    """The blocks of a text as written, its citations numbered, and with the label of its target as the words of each
    cross-reference that has none, which then has the class `cross-reference`."""
    setting = composition.setting
    blocks = composition.blocks.nodes()
    mark_beginnings(blocks)

    def labelled(found: Node) -> Node | None:
        if found["t"] != "Link" or not found["c"][2][0].startswith("#") or plain_text(found["c"][1]):
            return None
        address = found["c"][2][0]
        target = setting.targets.get(address[1:])
        words = reference_words(target, setting, begins=BEGINS in attr_of(found)[1]) if target else address
        return link(text(words), address, attr("", ["cross-reference"]))

    return prose(number_citations(rewrite(blocks, labelled)))


def caption_labels(composition: Composition) -> FrozenMap[str, str]:
    """The label of each figure and table of the publication by its id, as it begins a line: "Figuur 3"."""
    setting = composition.setting
    own = (target for target in setting.targets.values() if target.publication == setting.publication)
    return FrozenMap((target.id, target.label(setting.terms)) for target in own if target.kind in _CAPTIONED)
