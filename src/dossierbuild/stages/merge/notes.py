"""What becomes of the notes that were sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.stages.merge.additions import IN_NOTES, Additions
from dossierbuild.stages.merge.alignment import aligned
from dossierbuild.stages.merge.comparing import differs
from dossierbuild.stages.merge.glyphs import glyphs, written
from dossierbuild.stages.merge.pairing import Pairing
from dossierbuild.stages.merge.paragraphs import WordBlock, numbered
from dossierbuild.stages.merge.ties import NoteTie, Tie
from dossierbuild.stages.merge.weaving import Strand, begun, tied, usual_formats, woven

_MARGIN = "    "
"""What stands before each further line of a note."""

PartKey = tuple[int, int]
"""The numbers of a segment and of the passage that a part of it says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteEdits:
    """The parts of notes that are written anew, and what else becomes of notes.

    `added` has the paragraphs that a segment gets behind it, `dropped` the numbers of segments that go, and `inline`
    what is written for a note where it is called.
    """

    parts: FrozenMap[PartKey, str] = field(default_factory=FrozenMap)
    added: FrozenMap[int, tuple[str, ...]] = field(default_factory=FrozenMap)
    dropped: frozenset[int] = frozenset()
    inline: FrozenMap[str, str] = field(default_factory=FrozenMap)


def edited_notes(pairing: Pairing, additions: Additions) -> NoteEdits:
    """What becomes of each note that is still called."""
    parts: dict[PartKey, str] = {}
    added: defaultdict[int, tuple[str, ...]] = defaultdict(tuple)
    dropped: set[int] = set()
    inline: dict[str, str] = {}
    for note, blocks in _still_called(pairing):
        if note.is_inline:
            inline |= _inline(note, pairing.sent.notes[note.name], blocks, additions)
            continue
        numbers = _numbers(note, blocks)
        for segment, passage, text in _written(note, blocks, numbers, additions):
            if passage is None:
                added[segment] += (text,)
            else:
                parts[segment, passage] = text
        dropped |= _deleted(note, numbers)
    return NoteEdits(
        parts=FrozenMap(parts), added=FrozenMap(added), dropped=frozenset(dropped), inline=FrozenMap(inline)
    )


def _still_called(pairing: Pairing) -> Iterator[tuple[NoteTie, Sequence[WordBlock]]]:
    for name, note in pairing.sent.note_ties.items():
        blocks = pairing.returned_notes.get(name)
        if blocks is not None and note.ties:
            yield note, blocks


def _numbers(note: NoteTie, blocks: Sequence[WordBlock]) -> tuple[int | None, ...]:
    """For each paragraph of a note that came back the number of the sent one that it is."""
    sent = [replace(tie.block, number=at) for at, tie in enumerate(note.ties)]
    return aligned(sent, numbered(blocks)).sent


def _written(
    note: NoteTie, blocks: Sequence[WordBlock], numbers: Sequence[int | None], additions: Additions
) -> Iterator[tuple[int, int | None, str]]:
    """For each paragraph that changed or is new its segment, its passage, None for a new one, and what is written."""
    last = note.ties[0].segment
    for block, number in zip(blocks, numbers, strict=True):
        tie = None if number is None else note.ties[number]
        last = tie.segment if tie and tie.segment else last
        if tie and tie.part and tie.segment and differs(tie.block, block):
            body = _woven(tie.strand, block, tie.block, additions)
            yield tie.segment.number, tie.part.passage, f"{tie.part.head}{body}{tie.part.tail}"
        elif tie is None and last:
            yield last.number, None, f"\n\n{_MARGIN}{begun(_woven(Strand(), block, block, additions))}"


def _woven(strand: Strand, block: WordBlock, usual: WordBlock, additions: Additions) -> str:
    return written(woven(strand, block.signs, usual_formats(usual.signs), additions.loom(IN_NOTES, _MARGIN)))


def _deleted(note: NoteTie, numbers: Sequence[int | None]) -> frozenset[int]:
    """The segments of paragraphs that did not come back; the first has the label of the note, and stays."""
    ties: list[Tie] = [tie for number, tie in enumerate(note.ties) if number and number not in numbers]
    return frozenset(tie.segment.number for tie in ties if tie.segment)


def _inline(
    note: NoteTie, sent: Sequence[WordBlock], returned: Sequence[WordBlock], additions: Additions
) -> dict[str, str]:
    """What is written for a note that stands where it is called."""
    if len(returned) != 1 or len(sent) != 1 or not differs(sent[0], returned[0]):
        return {}
    strand = tied(sent[0].signs, glyphs(note.call[2:-1]))
    inner = woven(strand, returned[0].signs, usual_formats(sent[0].signs), additions.loom(IN_NOTES))
    return {note.call: f"^[{written(inner)}]"}
