"""Merge: what was changed in a Word document comes back into the text that it was made of.

`exchanges` parts what was sent and what came back by text. `bring` changes the source of each: unchanged paragraphs
keep their bytes, and in changed ones only the changed words do not. Its steps are `pairing`, `edits`, `order`,
`completing` and `spots`. `three_way` puts this together with what was changed at home meanwhile. `unproven` are
paragraphs that would not read as they came back.
"""

from dossierbuild.stages.merge.bringing import Brought, bring
from dossierbuild.stages.merge.exchanging import Exchange, exchanges
from dossierbuild.stages.merge.paragraphs import word_blocks
from dossierbuild.stages.merge.proving import unproven
from dossierbuild.stages.merge.source import SourceText, source_text
from dossierbuild.stages.merge.spots import Spot
from dossierbuild.stages.merge.three_way import Conflict, Merged, Taken, three_way

__all__ = [
    "Brought",
    "Conflict",
    "Exchange",
    "Merged",
    "SourceText",
    "Spot",
    "Taken",
    "bring",
    "exchanges",
    "source_text",
    "three_way",
    "unproven",
    "word_blocks",
]
