"""The lines of a changed text in the order of the document that came back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dossierbuild.stages.merge.additions import IN_NOTES, Additions
from dossierbuild.stages.merge.edits import Edits
from dossierbuild.stages.merge.glyphs import written
from dossierbuild.stages.merge.heads import hashes, marker
from dossierbuild.stages.merge.pairing import Pairing
from dossierbuild.stages.merge.paragraphs import Role, WordBlock
from dossierbuild.stages.merge.placing import Placed, Woven, margin_of
from dossierbuild.stages.merge.source import Segment
from dossierbuild.stages.merge.tables import new_table
from dossierbuild.stages.merge.ties import Tie
from dossierbuild.stages.merge.weaving import Formats, Strand, begun, usual_formats, woven


def in_order(pairing: Pairing, edits: Edits, additions: Additions) -> tuple[Placed, ...]:
    """What stands for the blocks that came back, each segment once, with new notes behind what calls them."""
    ordering = _Ordering(pairing, edits, additions, _usual(pairing))
    found: list[Placed] = []
    done: set[int] = set()
    for new, tie in pairing.pairs():
        if tie is None:
            found += filter(None, [ordering.added(new, found)])
        elif tie.segment and tie.segment.number not in done:
            done.add(tie.segment.number)
            found.append(ordering.kept(tie, tie.segment, new, found))
        found += _new_notes(additions, new.number)
    return (*found, *_new_notes(additions, IN_NOTES))


def _usual(pairing: Pairing) -> Formats:
    """How the words of plain paragraphs look in the document."""
    return usual_formats(
        [sign for block in pairing.sent.blocks if block.role is Role.PARAGRAPH for sign in block.signs]
    )


def _new_notes(additions: Additions, block: int) -> Iterator[Placed]:
    """The notes that a block calls and that are new."""
    return (Placed(text=text, is_note=True) for text in additions.notes.get(block, ()))


@dataclass(frozen=True, slots=True)
class _Ordering:
    """Makes the lines of a block; `usual` is how the words of plain paragraphs look."""

    pairing: Pairing
    edits: Edits
    additions: Additions
    usual: Formats

    def kept(self, tie: Tie, segment: Segment, new: WordBlock, before: Sequence[Placed]) -> Placed:
        """The lines of a block that was sent, behind those that are placed."""
        text = self.edits.text_of(segment)
        head = tie.part.head if tie.part else ""
        fresh = self.edits.heads.get(segment.number)
        if fresh and tie.part:
            head = marker(new, before) if fresh.text is None else fresh.text
            body = text[len(tie.part.head) : len(text) - len(tie.part.tail)]
            text = f"{head}{body}{fresh.tail}"
        return Placed(
            text=text,
            segment=segment,
            role=new.role,
            level=new.level,
            head=head,
            block=new.number,
            woven=self.edits.woven.get(new.number),
        )

    def added(self, new: WordBlock, before: Sequence[Placed]) -> Placed | None:
        """The lines of a new block, behind those that are placed; none for one that says nothing."""
        margin = margin_of(before[-1] if before else None, self._next_segment(new.number), self.pairing.source)
        if new.role is Role.TABLE:
            text = new_table(new, lambda: self.additions.cell_loom(new.number), margin)
            return Placed(text=text, role=Role.TABLE, block=new.number)
        if new.role is Role.HEADING:
            head = f"{hashes(new.level, self.pairing.sent.ties)} "
            return self._paragraph(new, head, margin, usual_formats(new.signs))
        if new.role is Role.ITEM:
            head = marker(new, before)
            return self._paragraph(new, head, " " * len(head), self.usual)
        return self._paragraph(new, margin, margin, self.usual)

    def _paragraph(self, new: WordBlock, head: str, margin: str, usual: Formats) -> Placed | None:
        """A new paragraph behind its head, with a margin before each further line."""
        glyphs = woven(Strand(), new.signs, usual, self.additions.loom(new.number, margin))
        text = written(glyphs) if new.role is Role.HEADING else begun(written(glyphs))
        if not text.strip():
            return None
        return Placed(
            text=f"{head}{text}",
            role=new.role,
            level=new.level,
            head=head,
            block=new.number,
            woven=Woven(head, glyphs),
        )

    def _next_segment(self, number: int) -> Segment | None:
        """The segment of the first block behind a new one that was sent and has one."""
        ties = (self.pairing.sent.ties[sent] for sent in self.pairing.numbers[number + 1 :] if sent is not None)
        return next((tie.segment for tie in ties if tie.segment), None)
