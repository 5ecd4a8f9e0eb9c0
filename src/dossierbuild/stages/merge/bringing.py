"""A text as a returned Word document changes it, and what of the document could not come along.

The text is the one that was sent, so what others changed meanwhile is not looked at here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dossierbuild.core.problems import Problem
from dossierbuild.stages.merge.additions import Additions
from dossierbuild.stages.merge.arrivals import Cite
from dossierbuild.stages.merge.comparing import comparable_words
from dossierbuild.stages.merge.completing import half_boxes, half_captioned, with_borders, with_called_notes
from dossierbuild.stages.merge.edits import Edits, edits_of
from dossierbuild.stages.merge.exchanging import Exchange
from dossierbuild.stages.merge.glyphs import GlyphKind
from dossierbuild.stages.merge.order import in_order
from dossierbuild.stages.merge.pairing import Pairing, paired
from dossierbuild.stages.merge.pictures import NewPicture
from dossierbuild.stages.merge.placing import joined, with_first_numbers, with_what_stays
from dossierbuild.stages.merge.spots import Spot, spots


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A text with the changes of a returned document.

    `pictures` are those that were added or replaced. `expected` are the words of each returned block as they are to be
    read when the text is sent again, less those whose change could not come along, which problems tell. `gone` are
    kinds of atom of which the program that saved the document kept none.
    """

    text: str
    pictures: tuple[NewPicture, ...]
    problems: tuple[Problem, ...]
    spots: tuple[Spot, ...]
    expected: tuple[str, ...]
    gone: frozenset[GlyphKind]


def bring(exchange: Exchange, cite: Cite) -> Brought:
    """A text, as it was sent, with the changes of the document that came back."""
    pairing = paired(exchange, cite)
    additions = Additions.to(pairing, cite)
    edits = edits_of(pairing, additions)
    ordered = in_order(pairing, edits, additions)
    whole = with_what_stays(ordered, pairing.source, _staying(pairing, edits), edits.text_of)
    bordered = with_borders(whole, pairing.source)
    placed = with_first_numbers(with_called_notes(bordered, pairing.source), pairing.source)
    text, starts = joined(placed, pairing.source)
    return Brought(
        text=text,
        pictures=tuple(additions.pictures.pictures),
        problems=(
            *pairing.problems,
            *edits.problems,
            *half_boxes(whole, pairing),
            *half_captioned(placed, pairing),
        ),
        spots=tuple(spots(pairing, edits, placed, starts)),
        expected=tuple(_expected(pairing, edits)),
        gone=pairing.gone,
    )


def _staying(pairing: Pairing, edits: Edits) -> frozenset[int]:
    """The segments that stay where they are, because no block of the document stands for them."""
    return frozenset(range(len(pairing.source.segments))) - pairing.sent.segments - edits.notes.dropped


def _expected(pairing: Pairing, edits: Edits) -> Iterator[str]:
    """The words of the blocks that the proof looks at: those that say something, and not only what the program says."""
    for block, tie in pairing.pairs():
        is_fixed = tie is not None and tie.part is None and not tie.cells
        if not block.is_empty and not is_fixed and block.number not in edits.excused:
            yield comparable_words(block, pairing.returned_notes)
