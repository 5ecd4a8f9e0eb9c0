"""A text as a returned Word document changes it, and what of the document could not come along.

The text is the one that was sent, so what others changed meanwhile is not looked at here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.passages import ATOM, Kind
from dossierbuild.core.problems import Place, Problem, problem
from dossierbuild.core.sent import read_bookmark
from dossierbuild.core.word import Control, Field, Note, Picture
from dossierbuild.stages.merge.alignment import aligned
from dossierbuild.stages.merge.arrivals import WHAT, Arrivals, Cite
from dossierbuild.stages.merge.borders import without_borders
from dossierbuild.stages.merge.code import rewritten
from dossierbuild.stages.merge.glyphs import Glyph, GlyphKind, written
from dossierbuild.stages.merge.glyphs import glyphs as glyphs_of
from dossierbuild.stages.merge.labels import Labels, named_notes, restored
from dossierbuild.stages.merge.paragraphs import (
    Atom,
    Role,
    Sign,
    WordBlock,
    folded,
    note_blocks,
    numbered,
    without_atoms,
)
from dossierbuild.stages.merge.pictures import FigureNames, NewPicture, attribute_value
from dossierbuild.stages.merge.placing import Placed, joined, margin_of, with_first_numbers, with_what_stays
from dossierbuild.stages.merge.source import Part, Segment, SourceText
from dossierbuild.stages.merge.tables import TableEdit, edited_table, new_table
from dossierbuild.stages.merge.ties import NoteTie, Tie, note_ties, strands_of, ties_of
from dossierbuild.stages.merge.weaving import (
    Loom,
    Strand,
    atoms_of,
    begun,
    formats,
    lost,
    tied,
    usual_formats,
    without_usual_look,
    woven,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where in a brought text a comment stands; `offset` is -1 for one without a place."""

    comment: str
    offset: int


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One text and what stands for it in the document that was sent and in the one that came back.

    `first` is the number of the text's first passage among those of the document.
    """

    source: SourceText
    sent: tuple[WordBlock, ...]
    returned: tuple[WordBlock, ...]
    sent_media: FrozenMap[str, bytes]
    returned_media: FrozenMap[str, bytes]
    first: int = 0


def bring(exchange: Exchange, cite: Cite) -> Brought:
    """A text, as it was sent, with the changes of the document that came back."""
    return _Bringing(exchange, cite).result()


class _Bringing:
    """The work on one text: pairs, then what each segment becomes, then their order."""

    def __init__(self, exchange: Exchange, cite: Cite) -> None:
        self.source = exchange.source
        self.cite = cite
        self.media = exchange.returned_media
        self.problems: list[Problem] = []
        self.excused: set[int] = set()
        gone = _gone(exchange)
        for kind in sorted(gone, key=lambda kind: kind.name):
            self.problems.append(problem("D916", Place(self.source.path), what=WHAT[kind]))
        sent = without_atoms(exchange.sent, gone)
        self.old = named_notes(sent, {}, exchange.sent_media)
        self.gone = gone
        found = _notes_of(self.old, exchange.sent_media)
        self.sent_notes = {name: without_atoms(blocks, gone) for name, blocks in found.items()}
        self.new = without_borders(named_notes(numbered(exchange.returned), self.sent_notes, self.media), self.old)
        self.ties = ties_of(self.old, self.source, exchange.first)
        self.notes = note_ties(self.ties, self.source, self.sent_notes, exchange.first)
        self.first = exchange.first
        self.alignment = aligned(self.old, self.new)
        self.labels = Labels.of(self.old, self.new)
        self.arrivals = Arrivals(_names(self.old, self.sent_notes), cite, self.problems)
        self.new = self._restored()
        self.returned_notes = self._restored_notes()
        strands = [*strands_of(self.ties), *(s for note in self.notes.values() for s in strands_of(note.ties))]
        self.atoms = atoms_of(strands)
        self.donors = self._donors()
        self.keeps_links = not any(sign.link for block in self.new for sign in block.signs)
        self.usual = {
            role: usual_formats([s for block in self.old if block.role is role for s in block.signs]) for role in Role
        }
        self.figures = FigureNames()
        self.new_notes: list[str] = []
        self.pending: dict[int, list[str]] = {}
        self.current = -1
        self.edits: dict[int, dict[int, str]] = {}
        self.heads: dict[int, tuple[str, str]] = {}
        self.woven: dict[int, tuple[str, tuple[Glyph, ...]]] = {}
        self.whole: dict[int, str] = {}
        self.added: dict[int, list[str]] = {}
        self.dropped: set[int] = set()
        self.calls: dict[str, str] = {}

    # --- what came back, with its atoms ----------------------------------------------------------------------------

    def _restored(self) -> tuple[WordBlock, ...]:
        found = []
        for block, number in zip(self.new, self.alignment.sent, strict=True):
            old = self.old[number] if number is not None else None
            mended, retyped = restored(block, old, self.labels)
            place = self._place(self.ties[number] if number is not None else None)
            self.problems += [problem("D907", place, sent=one, returned=other) for one, other in retyped]
            found.append(self.arrivals.settled(mended, old, place))
        return tuple(found)

    def _restored_notes(self) -> dict[str, tuple[WordBlock, ...]]:
        """The notes that came back, with their atoms."""
        found = {}
        for name, blocks in _notes_of(self.new, self.media).items():
            before = self.sent_notes.get(name, ())
            olds = [*before, *[None] * max(0, len(blocks) - len(before))]
            mended = []
            for block, old in zip(blocks, olds, strict=False):
                own, retyped = restored(block, old, self.labels)
                place = Place(self.source.path)
                self.problems += [problem("D907", place, sent=one, returned=other) for one, other in retyped]
                mended.append(self.arrivals.settled(own, old, place))
            found[name] = tuple(mended)
        return found

    def _donors(self) -> tuple[Strand, ...]:
        """What paragraphs that were sent have lost."""
        pairs = {old: new for new, old in enumerate(self.alignment.sent) if old is not None}
        found = []
        for number, tie in enumerate(self.ties):
            if tie.cells or not tie.strand.threads:
                continue
            new = self.new[pairs[number]].signs if number in pairs else ()
            if new != tie.block.signs:
                found.append(lost(tie.strand, new))
        return tuple(donor for donor in found if any(thread.glyphs for thread in donor.threads))

    def _place(self, tie: Tie | None) -> Place:
        """Where in the file a block that was sent stands."""
        if tie is None or tie.segment is None:
            return Place(self.source.path)
        at = tie.segment.start + (tie.part.start + len(tie.part.head) if tie.part else 0)
        before = self.source.text[:at]
        return Place(self.source.path, before.count("\n") + 1, at - before.rfind("\n"))

    # --- the result ------------------------------------------------------------------------------------------------

    def result(self) -> Brought:
        for new, number in zip(self.new, self.alignment.sent, strict=True):
            if number is not None:
                self._edit(self.ties[number], new)
        self._edit_notes()
        placed = with_what_stays(self._placed(), self.source, self._is_free, self._segment_text)
        placed = self._with_borders(placed)
        placed = with_first_numbers(self._with_called_notes(placed), self.source)
        self._tell_halves(placed)
        text, starts = joined(placed, self.source)
        return Brought(
            text=text,
            pictures=tuple(self.figures.pictures),
            problems=tuple(self.problems),
            spots=tuple(self._spots(placed, starts)),
            gone=self.gone,
            expected=tuple(
                comparable_words(block, self.returned_notes)
                for block, number in zip(self.new, self.alignment.sent, strict=True)
                if not block.is_empty
                and block.number not in self.excused
                and (number is None or not _is_fixed(self.ties[number]))
            ),
        )

    def _is_fixed(self, tie: Tie) -> bool:
        """Whether a block says what only the program says."""
        return tie.part is None and not tie.cells

    def _is_proven(self, block: WordBlock) -> bool:
        """Whether the proof looks at a block: it says something, and not only what the program says."""
        number = self.alignment.sent[block.number]
        is_fixed = number is not None and _is_fixed(self.ties[number])
        return not block.is_empty and not is_fixed and block.number not in self.excused

    def _is_free(self, segment: Segment) -> bool:
        """Whether a segment stays where it is because no block of the document stands for it."""
        return segment.number not in self.tied and segment.number not in self.dropped

    @property
    def tied(self) -> frozenset[int]:
        return frozenset(tie.segment.number for tie in self.ties if tie.segment)

    def _loom(self, margin: str, *, is_cell: bool = False) -> Loom:
        return Loom(
            donors=self.donors,
            atom=self._source_of_atom,
            link=self._target,
            margin=margin,
            is_cell=is_cell,
            keeps_links=self.keeps_links,
        )

    def _target(self, link: str) -> str:
        """What is written for the target of a link: an address as it is, for a bookmark of a passage its id."""
        if not link.startswith("#"):
            return link if re.match(r"(?:https?|mailto):", link) else ""
        found = read_bookmark(link[1:])
        number = found.number - self.first if found else -1
        key = self.source.passages[number].key if 0 <= number < len(self.source.passages) else ""
        return f"#{key}" if key else ""

    # --- atoms that are new where they stand -----------------------------------------------------------------------

    def _source_of_atom(self, atom: Atom) -> str | None:
        if atom.name in self.atoms:
            return self.atoms[atom.name]
        if isinstance(atom.value, Note):
            return self._new_note(atom.value)
        if isinstance(atom.value, Field | Control):
            return self.cite(atom.value)
        if isinstance(atom.value, Picture):
            return self._new_picture(atom.value)
        return None

    def _new_picture(self, picture: Picture, caption: str = "") -> str | None:
        added = self.figures.added(picture, self.media.get(picture.part, b""))
        assert added is not None
        return added.written(caption)

    def _new_note(self, note: Note) -> str:
        name = self._free_name()
        self.new_notes.append(name)
        waiting = self.pending.setdefault(self.current, [])
        at = len(waiting)
        waiting.append("")
        blocks = note_blocks(note, self.media)
        usual = usual_formats([sign for block in blocks for sign in block.signs])
        texts: list[str] = []
        for block in blocks:
            glyphs = woven(Strand(), block.signs, usual, self._loom("    "))
            texts.append(begun(written(glyphs)) if texts else written(glyphs))
        waiting[at] = f"[^{name}]: " + "\n\n    ".join(texts)
        return f"[^{name}]"

    def _free_name(self) -> str:
        taken = {*re.findall(r"\[\^([^\[\]\s]+)\]", self.source.text), *self.new_notes}
        numbers = [int(name) for name in taken if name.isdecimal()]
        if numbers and len(numbers) == len(taken):
            return str(max(numbers) + 1)
        return next(name for count in range(1, len(taken) + 2) if (name := f"noot-{count}") not in taken)

    # --- edits of what was sent ------------------------------------------------------------------------------------

    def _edit(self, tie: Tie, new: WordBlock) -> None:
        self.current = new.number
        if new.role is Role.HEADING:
            tie, new = replace(tie, block=without_usual_look(tie.block)), without_usual_look(new)
        if tie.cells:
            self._edit_table(tie, new)
            return
        self._edit_picture(tie, new)
        if tie.part is None:
            if folded(tie.block.text) != folded(new.text):
                self._tell_typed(tie, new)
        elif tie.part.kind is Kind.CODE:
            self._edit_code(tie, new)
        elif _differs(tie.block, new) or self._is_linked(tie.block, new):
            self._weave(tie, tie.part, new)
        if tie.part is not None and tie.segment is not None and len(tie.segment.parts) == 1:
            self._edit_role(tie, tie.part, new)

    def _is_linked(self, old: WordBlock, new: WordBlock) -> bool:
        """Whether words lead to an address that led to none."""
        pairs = zip(old.signs, new.signs, strict=False)
        return any(after.link and not before.link and self._target(after.link) for before, after in pairs)

    def _tell_typed(self, tie: Tie, new: WordBlock) -> None:
        """D909: words were typed where only the program writes."""
        self.excused.add(new.number)
        self.problems.append(problem("D909", self._place(tie), sent=tie.block.text, returned=new.text))

    def _weave(self, tie: Tie, part: Part, new: WordBlock) -> None:
        assert tie.segment
        usual = usual_formats(tie.block.signs)
        margin = _continued(part)
        glyphs = woven(tie.strand, new.signs, usual, self._loom(margin))
        self.edits.setdefault(tie.segment.number, {})[part.passage] = f"{part.head}{written(glyphs)}{part.tail}"
        self.woven[new.number] = (part.head, glyphs)

    def _edit_code(self, tie: Tie, new: WordBlock) -> None:
        """Code is written as it came back, between the lines or behind the spaces that say that it is code."""
        assert tie.segment
        self.whole[tie.segment.number] = rewritten(tie.segment.text, "".join(sign.shown for sign in new.signs))

    def _edit_picture(self, tie: Tie, new: WordBlock) -> None:
        """A picture that was replaced, and a text alternative that was."""
        if tie.segment is None or tie.segment.kind is not Kind.FIGURE:
            return
        for before, after in zip(tie.block.pictures, new.pictures, strict=False):
            text = self.whole.get(tie.segment.number, tie.segment.text)
            if before.alt != after.alt and after.alt:
                text = attribute_value(text, "alt", before.alt, after.alt)
            old, fresh = tie.block.signs, self.media.get(after.part, b"")
            digests = {sign.atom.name for sign in old if sign.atom}
            changed = next((s.atom for s in new.signs if s.atom and s.atom.value == after), None)
            if changed and changed.name not in digests and fresh:
                added = self.figures.added(after, fresh)
                if added is not None:
                    text = _TARGET.sub(added.path, text, count=1)
            if text != tie.segment.text:
                self.whole[tie.segment.number] = text

    def _edit_role(self, tie: Tie, part: Part, new: WordBlock) -> None:
        """Another level of a heading, a paragraph that became a heading or an item, or the other way round."""
        old = tie.block
        if (old.role, old.level, old.is_ordered) == (new.role, new.level, new.is_ordered) or tie.segment is None:
            return
        if part.kind not in (Kind.HEADING, Kind.PARAGRAPH, Kind.ITEM) or self._has_lost(old.role):
            return
        margin = re.match(r"[>\s]*", part.head)
        assert margin
        if new.role is Role.HEADING:
            self.heads[tie.segment.number] = (f"{margin[0]}{'#' * self._hashes(new.level)} ", part.tail)
        elif new.role is Role.ITEM and part.kind in (Kind.ITEM, Kind.PARAGRAPH):
            self.heads[tie.segment.number] = ("\0", "")
        elif new.role is Role.PARAGRAPH and (part.kind is Kind.HEADING or part.kind is Kind.ITEM):
            self.heads[tie.segment.number] = (margin[0] if part.kind is Kind.HEADING else "", "")

    def _has_lost(self, role: Role) -> bool:
        """Whether the program that saved the document keeps no such paragraphs at all."""
        return role is not Role.PARAGRAPH and not any(block.role is role for block in self.new)

    def _hashes(self, level: int) -> int:
        """How many signs a heading of a level in the document begins with in the source."""
        counted = Counter(
            tie.part.head.count("#") - tie.block.level
            for tie in self.ties
            if tie.part and tie.part.kind is Kind.HEADING and "#" in tie.part.head
        )
        return max(1, min(6, level + (counted.most_common(1)[0][0] if counted else 0)))

    def _edit_table(self, tie: Tie, new: WordBlock) -> None:
        if tie.segment is None:
            return
        edit: TableEdit = edited_table(tie, new, lambda: self._loom("", is_cell=True))
        if edit.reason:
            self.excused.add(new.number)
            self.problems.append(problem("D913", self._place(tie), reason=edit.reason))
            return
        for passage, text in edit.cells.items():
            self.edits.setdefault(tie.segment.number, {})[passage] = text
        if edit.rows is not None:
            self.whole[tie.segment.number] = edit.rows

    def _edit_notes(self) -> None:
        self.current = -1
        for name, note in self.notes.items():
            blocks = self.returned_notes.get(name)
            if blocks is None or not note.ties:
                continue
            if note.is_inline:
                self._edit_inline_note(note, blocks)
            else:
                self._edit_note(note, blocks)

    def _edit_note(self, note: NoteTie, blocks: Sequence[WordBlock]) -> None:
        """A note of its own: its paragraphs that changed, were added or were deleted."""
        pairs = aligned([replace(own.block, number=at) for at, own in enumerate(note.ties)], numbered(blocks)).sent
        last = note.ties[0].segment
        for block, number in zip(blocks, pairs, strict=True):
            own = note.ties[number] if number is not None else None
            last = own.segment if own and own.segment else last
            if own and own.part and own.segment and _differs(own.block, block):
                glyphs = woven(own.strand, block.signs, usual_formats(own.block.signs), self._loom("    "))
                text = f"{own.part.head}{written(glyphs)}{own.part.tail}"
                self.edits.setdefault(own.segment.number, {})[own.part.passage] = text
            elif own is None and last:
                glyphs = woven(Strand(), block.signs, usual_formats(block.signs), self._loom("    "))
                self.added.setdefault(last.number, []).append(f"\n\n    {begun(written(glyphs))}")
        for number, own in enumerate(note.ties):
            if number and number not in pairs and own.segment:
                self.dropped.add(own.segment.number)

    def _edit_inline_note(self, note: NoteTie, blocks: Sequence[WordBlock]) -> None:
        """A note that is written where it is called."""
        before = self.sent_notes[note.name]
        if len(blocks) != 1 or len(before) != 1 or not _differs(before[0], blocks[0]):
            return
        strand = tied(before[0].signs, glyphs_of(note.call[2:-1]))
        inner = woven(strand, blocks[0].signs, usual_formats(before[0].signs), self._loom(""))
        self.calls[note.call] = f"^[{written(inner)}]"

    # --- their order -----------------------------------------------------------------------------------------------

    def _placed(self) -> list[Placed]:
        found: list[Placed] = []
        done: set[int] = set()
        for new, number in zip(self.new, self.alignment.sent, strict=True):
            if number is None:
                found += self._new_block(new, found)
                continue
            tie = self.ties[number]
            if tie.segment is None or tie.segment.number in done:
                continue
            done.add(tie.segment.number)
            found.append(self._kept(tie, tie.segment, new, found))
            found += self._pending_notes(new.number)
        return [*found, *self._pending_notes(-1)]

    def _kept(self, tie: Tie, segment: Segment, new: WordBlock, before: Sequence[Placed]) -> Placed:
        text = self._segment_text(segment)
        head = tie.part.head if tie.part else ""
        if segment.number in self.heads and tie.part:
            fresh, tail = self.heads[segment.number]
            head = self._marker(new, before) if fresh == "\0" else fresh
            body = text[len(tie.part.head) : len(text) - len(tie.part.tail)]
            text = f"{head}{body}{tail}"
        return Placed(text=text, segment=segment, role=new.role, level=new.level, head=head, block=new.number)

    def _segment_text(self, segment: Segment) -> str:
        text = self.whole.get(segment.number, segment.text)
        edits = self.edits.get(segment.number, {})
        shift = 0
        for part in segment.parts:
            if part.passage in edits:
                start = part.start + shift
                fresh = edits[part.passage]
                if text[start : start + len(part.source)] != part.source:
                    start = text.index(part.source) if part.source in text else start
                text = f"{text[:start]}{fresh}{text[start + len(part.source) :]}"
                shift += len(fresh) - len(part.source)
        for call, fresh in self.calls.items():
            text = text.replace(call, fresh, 1)
        return text + "".join(self.added.get(segment.number, ()))

    def _pending_notes(self, block: int) -> Iterator[Placed]:
        """The notes that a block calls and that are new."""
        for text in self.pending.pop(block, ()):
            yield Placed(text=text, role=Role.PARAGRAPH, is_note=True)

    def _new_block(self, new: WordBlock, before: Sequence[Placed]) -> Iterator[Placed]:
        self.current = new.number
        margin = margin_of(before[-1] if before else None, self._next_segment(new.number), self.source)
        if new.role is Role.TABLE:
            text = new_table(new, lambda: self._loom("", is_cell=True), margin)
            yield Placed(text=text, role=Role.TABLE, block=new.number)
        else:
            head = ""
            if new.role is Role.ITEM:
                head = self._marker(new, before)
                margin = " " * len(head)
            elif new.role is Role.HEADING:
                head = "#" * self._hashes(new.level) + " "
            usual = usual_formats(new.signs) if new.role is Role.HEADING else self.usual[Role.PARAGRAPH]
            glyphs = woven(Strand(), new.signs, usual, self._loom(margin))
            text = begun(written(glyphs)) if new.role is not Role.HEADING else written(glyphs)
            if text.strip():
                head = head or margin
                self.woven[new.number] = (head, glyphs)
                yield Placed(text=f"{head}{text}", role=new.role, level=new.level, head=head, block=new.number)
        yield from self._pending_notes(new.number)

    def _next_segment(self, number: int) -> Segment | None:
        """The segment of the first block behind a new one that was sent."""
        for old in self.alignment.sent[number + 1 :]:
            if old is not None and self.ties[old].segment is not None:
                return self.ties[old].segment
        return None

    def _marker(self, new: WordBlock, before: Sequence[Placed]) -> str:
        """What an item begins with: as the items before it, and the next number where these are numbered."""
        margin = ""
        for placed in reversed(before):
            if placed.role is not Role.ITEM:
                break
            indent = re.match(r"[>\s]*", placed.head)
            assert indent
            if placed.level == new.level and _is_numbered(placed.head) == new.is_ordered:
                return _next_marker(placed.head)
            margin = indent[0] + " " * 4 if placed.level < new.level else margin or indent[0]
            if placed.level < new.level:
                break
        return f"{margin}1. " if new.is_ordered else f"{margin}- "

    def _tell_halves(self, placed: Sequence[Placed]) -> None:
        """D911, D922: a caption was deleted and what it belongs to was not, or the other way round."""
        kept = {number for number in self.alignment.sent if number is not None}
        stays = {own.number for own in placed}
        for tie in self.ties:
            if tie.segment is None or tie.block.number in kept or tie.segment.number not in stays:
                continue
            if tie.part and tie.segment.kind in (Kind.TABLE, Kind.FIGURE, Kind.CHART):
                self.problems.append(problem("D911", self._place(tie), text=tie.block.text))
            is_shown = bool(tie.cells or tie.block.pictures) and not (tie.part and tie.part.kind is not Kind.FIGURE)
            if is_shown:
                self.problems.append(problem("D922", self._place(tie), text=self._caption(tie.segment)))

    def _caption(self, segment: Segment) -> str:
        """The caption of what a segment shows, else its first line."""
        said = [tie.block.text for tie in self.ties if tie.segment is segment and tie.part and tie.block.text]
        return said[0] if said else segment.text.split("\n", maxsplit=1)[0]

    # --- boxes and notes -------------------------------------------------------------------------------------------

    def _with_borders(self, placed: Sequence[Placed]) -> list[Placed]:
        """Put back the border of a box whose other border still stands; D910 says so."""
        found = list(placed)
        for opening in self.source.segments:
            if opening.kind is not Kind.BOX or opening.is_end:
                continue
            closing = self.source.segment_of(opening.passage, is_end=True)
            if closing is None:
                continue
            numbers = [own.segment.number if own.segment else -1 for own in found]
            stands = opening.number in numbers, closing.number in numbers
            inside = [at for at, number in enumerate(numbers) if opening.number < number < closing.number]
            if stands == (True, False):
                at = inside[-1] if inside else numbers.index(opening.number)
                found.insert(at + 1, Placed(text=closing.text, segment=closing))
            elif stands == (False, True):
                at = inside[0] if inside else numbers.index(closing.number)
                found.insert(at, Placed(text=opening.text, segment=opening))
            if stands[0] != stands[1] and {opening.number, closing.number} <= self.tied:
                at = opening.start
                line = self.source.text.count("\n", 0, at) + 1
                self.problems.append(problem("D910", Place(self.source.path, line), text=opening.text))
        return found

    def _with_called_notes(self, placed: Sequence[Placed]) -> list[Placed]:
        """Without the notes that nothing calls any more."""
        text = "\n".join(own.text for own in placed)
        found = []
        for own in placed:
            label = re.match(r"\s*(\[\^[^\[\]\s]+\]):", own.text) if own.segment else None
            is_note = own.segment is not None and own.segment.kind is Kind.NOTE and label
            called = re.compile(re.escape(label[1]) + "(?!:)") if is_note and label else None
            if called is None or called.search(text) or not called.search(self.source.text):
                found.append(own)
        return found

    # --- comments --------------------------------------------------------------------------------------------------

    def _spots(self, placed: Sequence[Placed], starts: Sequence[int]) -> Iterator[Spot]:
        begins = {own.block: start for own, start in zip(placed, starts, strict=True) if own.block >= 0}
        pairs = dict(enumerate(self.alignment.sent))
        for block in self.new:
            for inner in block.blocks():
                for name, at in inner.comments:
                    yield Spot(comment=name, offset=self._offset(block, at, begins, pairs))

    def _offset(self, block: WordBlock, at: int, begins: Mapping[int, int], pairs: Mapping[int, int | None]) -> int:
        start = begins.get(block.number, -1)
        if start < 0:
            return -1
        old = pairs.get(block.number)
        head: str = ""
        glyphs: tuple[Glyph, ...] = ()
        if block.number in self.woven:
            head, glyphs = self.woven[block.number]
        elif old is not None and self.ties[old].part:
            part = self.ties[old].part
            assert part
            head, glyphs = part.head, part.glyphs
            start += part.start
        return start + len(head) + _written_before(glyphs, at)


def _written_before(glyphs: Sequence[Glyph], count: int) -> int:
    """How much is written before a sign, counted by what is shown."""
    seen = 0
    for at, glyph in enumerate(glyphs):
        if glyph.shown and seen == count:
            marked = (*glyphs[:at], Glyph("", "\0", glyph.marks), *glyphs[at:])
            return written(marked).index("\0")
        seen += len(glyph.shown)
    return len(written(glyphs))


_TARGET = re.compile(r"(?<=\]\()[^()\s]+")


def _with_notes(blocks: Sequence[WordBlock]) -> Iterator[WordBlock]:
    """Blocks, the paragraphs of their cells, and those of the notes in them."""
    for block in blocks:
        for inner in block.blocks():
            yield inner
            for sign in inner.signs:
                if sign.atom and isinstance(sign.atom.value, Note):
                    yield from _with_notes(note_blocks(sign.atom.value, {}))


_KEPT_WHEN_GONE = frozenset({GlyphKind.FORMULA, GlyphKind.PICTURE, GlyphKind.OTHER})


def _gone(exchange: Exchange) -> frozenset[GlyphKind]:
    """The kinds of atom of which a program kept none, so that their loss says nothing of any."""
    kinds = [
        {sign.atom.kind for block in _with_notes(blocks) for sign in block.signs if sign.atom}
        for blocks in (exchange.sent, exchange.returned)
    ]
    return frozenset(kinds[0] - kinds[1]) & _KEPT_WHEN_GONE


def _is_fixed(tie: Tie) -> bool:
    """Whether a block says what only the program says."""
    return tie.part is None and not tie.cells


NOTHING: Mapping[str, tuple[WordBlock, ...]] = MappingProxyType({})


def comparable_words(block: WordBlock, notes: Mapping[str, tuple[WordBlock, ...]] = NOTHING) -> str:
    """What a block says as the proof compares it: atoms by their kind, notes with their words, as `notes` has them."""
    if block.rows:
        cells = (cell.blocks for row in block.rows for cell in row)
        return " | ".join(" ".join(filter(None, (comparable_words(own, notes) for own in cell))) for cell in cells)
    return " ".join(_comparable(block.signs, notes).split())


def _comparable(signs: Sequence[Sign], notes: Mapping[str, tuple[WordBlock, ...]]) -> str:
    text = folded("".join(_compared(sign, notes) for sign in signs)).replace("...", "…")
    return re.sub("-{2,3}", "-", text)


def _compared(sign: Sign, notes: Mapping[str, tuple[WordBlock, ...]]) -> str:
    if sign.atom is None:
        return sign.shown
    if not isinstance(sign.atom.value, Note):
        return ATOM
    blocks = notes.get(sign.atom.name) or note_blocks(sign.atom.value, {})
    return f"{ATOM}({' '.join(comparable_words(block, notes) for block in blocks)})"


def _differs(old: WordBlock, new: WordBlock) -> bool:
    return _said(old) != _said(new)


def _said(block: WordBlock) -> list[tuple[str, str, object]]:
    return [
        (folded(sign.shown), sign.atom.name if sign.atom else "", formats(sign.look) if not sign.atom else None)
        for sign in block.signs
    ]


def _notes_of(blocks: Sequence[WordBlock], media: Mapping[str, bytes]) -> dict[str, tuple[WordBlock, ...]]:
    """The paragraphs of each note that is called, by its name."""
    found: dict[str, tuple[WordBlock, ...]] = {}
    for block in blocks:
        for inner in block.blocks():
            for sign in inner.signs:
                if sign.atom and isinstance(sign.atom.value, Note) and sign.atom.name not in found:
                    found[sign.atom.name] = note_blocks(sign.atom.value, media)
    return found


def _names(blocks: Sequence[WordBlock], notes: Mapping[str, tuple[WordBlock, ...]]) -> frozenset[str]:
    """The names of all atoms of blocks and their notes."""
    every = (*blocks, *(block for own in notes.values() for block in own))
    return frozenset(sign.atom.name for block in every for inner in block.blocks() for sign in inner.signs if sign.atom)


def _continued(part: Part) -> str:
    """What stands before each further line of a part."""
    breaks = [glyph.source for glyph in part.glyphs if "\n" in glyph.source and glyph.kind is GlyphKind.SPACE]
    if breaks:
        return breaks[0][breaks[0].rindex("\n") + 1 :]
    return part.head if not part.head.strip("> \t") else " " * len(part.head)


_NUMBERED = re.compile(r"([>\s]*\(?)(\d+)([.)]\s+)")


def _is_numbered(head: str) -> bool:
    return not re.match(r"[>\s]*[-+*]", head)


def _next_marker(head: str) -> str:
    found = _NUMBERED.fullmatch(head)
    return f"{found[1]}{int(found[2]) + 1}{found[3]}" if found else head
