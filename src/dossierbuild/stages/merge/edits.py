"""What each segment becomes by the blocks that stand for it in the document that came back."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass, field, replace

from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.passages import Kind
from dossierbuild.core.problems import Problem, problem
from dossierbuild.core.word import Picture
from dossierbuild.stages.merge.additions import Additions
from dossierbuild.stages.merge.code import rewritten
from dossierbuild.stages.merge.comparing import differs
from dossierbuild.stages.merge.glyphs import GlyphKind, written
from dossierbuild.stages.merge.heads import Head, hashes, new_head
from dossierbuild.stages.merge.notes import NoteEdits, PartKey, edited_notes
from dossierbuild.stages.merge.pairing import Pairing
from dossierbuild.stages.merge.paragraphs import CODE_STYLE, Role, WordBlock, folded
from dossierbuild.stages.merge.pictures import attribute_value
from dossierbuild.stages.merge.placing import Woven
from dossierbuild.stages.merge.source import Part, Segment
from dossierbuild.stages.merge.tables import edited_table
from dossierbuild.stages.merge.ties import Tie
from dossierbuild.stages.merge.weaving import usual_formats, without_usual_look, woven


@dataclass(frozen=True, slots=True, kw_only=True)
class Edits:
    """The edits of a text, by the numbers of its segments and of the blocks that came back.

    `parts` and `wholes` are parts and segments that are written anew, `heads` paragraphs of another kind than they
    were. `woven` are the signs of blocks. `excused` are blocks whose changes cannot come along, which `problems` tell.
    """

    parts: FrozenMap[PartKey, str]
    wholes: FrozenMap[int, str]
    heads: FrozenMap[int, Head]
    woven: FrozenMap[int, Woven]
    notes: NoteEdits
    excused: frozenset[int]
    problems: tuple[Problem, ...]

    def text_of(self, segment: Segment) -> str:
        """What is written for a segment, before it gets another head."""
        text = self.wholes.get(segment.number, segment.text)
        shift = 0
        for part in segment.parts:
            fresh = self._part(segment, part)
            if fresh is not None:
                start = part.start + shift
                if text[start : start + len(part.source)] != part.source:
                    start = text.index(part.source) if part.source in text else start
                text = f"{text[:start]}{fresh}{text[start + len(part.source) :]}"
                shift += len(fresh) - len(part.source)
        for call, fresh in self.notes.inline.items():
            text = text.replace(call, fresh, 1)
        return text + "".join(self.notes.added.get(segment.number, ()))

    def _part(self, segment: Segment, part: Part) -> str | None:
        key = segment.number, part.passage
        return self.notes.parts.get(key, self.parts.get(key))


def edits_of(pairing: Pairing, additions: Additions) -> Edits:
    """What becomes of what was sent and came back; what paragraphs get that is new is among the additions."""
    editing = _Editing(pairing, additions)
    for new, tie in pairing.kept():
        editing.edit(tie, new)
    return Edits(
        parts=FrozenMap(editing.parts),
        wholes=FrozenMap(editing.wholes),
        heads=FrozenMap(editing.heads),
        woven=FrozenMap(editing.woven),
        notes=edited_notes(pairing, additions),
        excused=frozenset(editing.excused),
        problems=tuple(editing.problems),
    )


@dataclass(slots=True)
class _Editing:
    """Edits while they are gathered, block by block."""

    pairing: Pairing
    additions: Additions
    parts: dict[PartKey, str] = field(default_factory=dict)
    wholes: dict[int, str] = field(default_factory=dict)
    heads: dict[int, Head] = field(default_factory=dict)
    woven: dict[int, Woven] = field(default_factory=dict)
    excused: set[int] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def edit(self, tie: Tie, new: WordBlock) -> None:
        if new.role is Role.HEADING:
            tie, new = replace(tie, block=without_usual_look(tie.block)), without_usual_look(new)
        if tie.cells:
            self._edit_table(tie, new)
            return
        if tie.segment and tie.segment.kind is Kind.FIGURE:
            self._edit_pictures(tie, tie.segment, new)
        if tie.part is None:
            self._tell_typed(tie, new)
        elif tie.segment:
            self._edit_words(tie, tie.segment, tie.part, new)
            self._edit_head(tie, tie.segment, tie.part, new)

    def _tell_typed(self, tie: Tie, new: WordBlock) -> None:
        """D909: words were typed where only the program writes."""
        if folded(tie.block.text) != folded(new.text):
            self.excused.add(new.number)
            self.problems.append(problem("D909", self.pairing.place(tie), sent=tie.block.text, returned=new.text))

    def _edit_words(self, tie: Tie, segment: Segment, part: Part, new: WordBlock) -> None:
        if part.kind is Kind.CODE:
            if new.style != CODE_STYLE and tie.block.text.split() == new.text.split():
                return  # what lost its style may have lost its spaces too
            self.wholes[segment.number] = rewritten(segment.text, "".join(sign.shown for sign in new.signs))
        elif differs(tie.block, new) or self._is_linked(tie.block, new):
            loom = self.additions.loom(new.number, _continued(part))
            glyphs = woven(tie.strand, new.signs, usual_formats(tie.block.signs), loom)
            self.parts[segment.number, part.passage] = f"{part.head}{written(glyphs)}{part.tail}"
            self.woven[new.number] = Woven(part.head, glyphs)

    def _is_linked(self, old: WordBlock, new: WordBlock) -> bool:
        """Whether words lead to an address that led to none."""
        pairs = zip(old.signs, new.signs, strict=False)
        return any(after.link and not before.link and self.pairing.target(after.link) for before, after in pairs)

    def _edit_head(self, tie: Tie, segment: Segment, part: Part, new: WordBlock) -> None:
        """Another level of a heading, a paragraph that became a heading or an item, or the other way round."""
        old = tie.block
        is_same = (old.role, old.level, old.is_ordered) == (new.role, new.level, new.is_ordered)
        is_one = len(segment.parts) == 1 and part.kind in (Kind.HEADING, Kind.PARAGRAPH, Kind.ITEM)
        if is_same or not is_one or _has_lost(self.pairing, old.role):
            return
        head = new_head(part, new.role, hashes(new.level, self.pairing.sent.ties))
        if head:
            self.heads[segment.number] = head

    def _edit_pictures(self, tie: Tie, segment: Segment, new: WordBlock) -> None:
        """A picture that was replaced, and a text alternative that was."""
        sent = {sign.atom.name for sign in tie.block.signs if sign.atom}
        for before, after in zip(tie.block.pictures, new.pictures, strict=False):
            text = self.wholes.get(segment.number, segment.text)
            if before.alt != after.alt and after.alt:
                text = attribute_value(text, "alt", before.alt, after.alt)
            if _is_new(after, new, sent):
                added = self.additions.picture(after)
                text = _TARGET.sub(added.path, text, count=1) if added else text
            if text != segment.text:
                self.wholes[segment.number] = text

    def _edit_table(self, tie: Tie, new: WordBlock) -> None:
        if tie.segment is None:
            return
        edit = edited_table(tie, new, lambda: self.additions.cell_loom(new.number))
        if edit.reason:
            self.excused.add(new.number)
            self.problems.append(problem("D913", self.pairing.place(tie), reason=edit.reason))
            return
        self.parts |= {(tie.segment.number, passage): text for passage, text in edit.cells.items()}
        if edit.rows is not None:
            self.wholes[tie.segment.number] = edit.rows


def _continued(part: Part) -> str:
    """What stands before each further line of a part."""
    breaks = [glyph.source for glyph in part.glyphs if "\n" in glyph.source and glyph.kind is GlyphKind.SPACE]
    if breaks:
        return breaks[0][breaks[0].rindex("\n") + 1 :]
    return part.head if not part.head.strip("> \t") else " " * len(part.head)


def _has_lost(pairing: Pairing, role: Role) -> bool:
    """Whether the program that saved the document keeps no such paragraphs at all."""
    return role is not Role.PARAGRAPH and not any(block.role is role for block in pairing.returned)


_TARGET = re.compile(r"(?<=\]\()[^()\s]+")


def _is_new(picture: Picture, block: WordBlock, sent: Set[str]) -> bool:
    """Whether a picture of a block is none of those that were sent there, by their contents."""
    atom = next((sign.atom for sign in block.signs if sign.atom and sign.atom.value == picture), None)
    return atom is not None and atom.name not in sent
