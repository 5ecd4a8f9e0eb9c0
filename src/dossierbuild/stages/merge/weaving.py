"""A paragraph as it came back, written with the signs of its source: only the words that changed are written anew.

A `Strand` ties each sign of the paragraph that was sent to the signs of its source. Weaving follows the paragraph that
came back: what it shares with the strand keeps its source, what came from another paragraph takes its source with it,
and the rest is typed.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dossierbuild.core.passages import ATOM
from dossierbuild.core.word import Look
from dossierbuild.stages.merge.glyphs import Glyph, GlyphKind, Mark, MarkKind
from dossierbuild.stages.merge.paragraphs import Atom, Sign, WordBlock, folded

EMPHASES = frozenset({MarkKind.EMPHASIS, MarkKind.STRONG, MarkKind.STRIKE, MarkKind.SUPERSCRIPT, MarkKind.SUBSCRIPT})
FROM_ELSEWHERE = 3
"""How many words in a row have to be the same to have come from another paragraph."""


@dataclass(frozen=True, slots=True)
class Thread:
    """A sign that was sent, and the signs of the source that print it; without a sign, what is not printed."""

    sign: Sign | None
    glyphs: tuple[Glyph, ...]


@dataclass(frozen=True, slots=True)
class Strand:
    """A paragraph that was sent, tied to its source; `agrees` tells whether both say the same."""

    threads: tuple[Thread, ...] = ()
    agrees: bool = True

    @property
    def signs(self) -> tuple[Sign, ...]:
        return tuple(thread.sign for thread in self.threads if thread.sign)


def tied(signs: Sequence[Sign], glyphs: Sequence[Glyph]) -> Strand:
    """A paragraph tied to its source. Where they differ, what is printed there goes with what is written there."""
    seen = [index for index, glyph in enumerate(glyphs) if glyph.shown]
    keys = [_key_of_glyph(glyphs[index]) for index in seen], [_key_of_sign(sign) for sign in signs]
    if keys[0] == keys[1]:
        pairs: list[tuple[Sequence[Sign], Sequence[int]]] = [
            ([sign], [index]) for sign, index in zip(signs, seen, strict=True)
        ]
        return Strand(tuple(_threads(pairs, glyphs)))
    pairs = []
    for tag, first, last, begin, end in difflib.SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        if tag == "equal":
            pairs += [([signs[begin + step]], [seen[first + step]]) for step in range(last - first)]
        else:
            pairs.append((signs[begin:end], seen[first:last]))
    return Strand(tuple(_threads(pairs, glyphs)), agrees=False)


def _key_of_glyph(glyph: Glyph) -> str:
    return f"{ATOM}{glyph.kind}" if glyph.shown == ATOM else folded(glyph.shown)


def _key_of_sign(sign: Sign) -> str:
    return f"{ATOM}{sign.atom.kind}" if sign.atom else folded(sign.shown)


def _threads(pairs: Sequence[tuple[Sequence[Sign], Sequence[int]]], glyphs: Sequence[Glyph]) -> Iterator[Thread]:
    """The threads of pairs, with what is not printed in its place among them."""
    at = 0
    for signs, indices in pairs:
        for index in indices[:1]:
            yield from (Thread(None, (glyph,)) for glyph in glyphs[at:index])
            at = index
        stop = indices[-1] + 1 if indices else at
        taken = tuple(glyphs[at:stop])
        at = stop
        if not signs:
            yield Thread(None, taken)
        yield from (Thread(sign, () if count else taken) for count, sign in enumerate(signs))
    yield from (Thread(None, (glyph,)) for glyph in glyphs[at:])


# --- words -----------------------------------------------------------------------------------------------------------

_TOKEN = re.compile(rf"{ATOM}|[\w'\u2019]+|\s|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a sign or an atom among signs, from `start` up to `end`."""

    key: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        return self.key[:1].isalnum() or "\N{NO-BREAK SPACE}" in self.key


def tokens(signs: Sequence[Sign]) -> tuple[Token, ...]:
    """The words of signs; an atom has its name behind a space that does not break, which no word has."""
    text = "".join(sign.shown for sign in signs)
    found = []
    for match in _TOKEN.finditer(text):
        atom = signs[match.start()].atom
        key = f"\N{NO-BREAK SPACE}{atom.name}" if atom else folded(match[0])
        found.append(Token(key, match.start(), match.end()))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Opcode:
    """A stretch of tokens before and after, as difflib tells it."""

    is_equal: bool
    first: int
    last: int
    begin: int
    end: int


def differences(old: Sequence[Token], new: Sequence[Token]) -> list[Opcode]:
    """How one becomes the other."""
    matcher = difflib.SequenceMatcher(None, [token.key for token in old], [token.key for token in new], autojunk=False)
    return [Opcode(tag == "equal", *places) for tag, *places in matcher.get_opcodes()]


def lost(old: Strand, new: Sequence[Sign]) -> Strand:
    """What of a strand is not in a paragraph as it came back; what stays is left out as an empty thread."""
    before = tokens(old.signs)
    kept = {
        at
        for opcode in differences(before, tokens(new))
        if opcode.is_equal
        for token in before[opcode.first : opcode.last]
        for at in range(token.start, token.end)
    }
    threads = []
    at = 0
    for thread in old.threads:
        if thread.sign is None:
            continue
        threads.append(Thread(Sign("\0"), ()) if at in kept else thread)
        at += 1
    return Strand(tuple(threads))


# --- weaving ---------------------------------------------------------------------------------------------------------

Formats = frozenset[MarkKind]


def formats(look: Look) -> Formats:
    """The marks that a look asks for."""
    asked = (
        (look.bold, MarkKind.STRONG),
        (look.italic, MarkKind.EMPHASIS),
        (look.strike, MarkKind.STRIKE),
        (look.superscript, MarkKind.SUPERSCRIPT),
        (look.subscript, MarkKind.SUBSCRIPT),
    )
    return frozenset(kind for has, kind in asked if has)


def usual_formats(signs: Sequence[Sign]) -> Formats:
    """How most of these signs look."""
    counted = Counter(formats(sign.look) for sign in signs if not sign.atom and not sign.shown.isspace())
    return counted.most_common(1)[0][0] if counted else frozenset()


def without_usual_look(block: WordBlock) -> WordBlock:
    """A block without the formats that most of its words have."""
    usual = usual_formats(block.signs)
    return replace(block, signs=tuple(_less_formats(sign, usual) for sign in block.signs)) if usual else block


def _less_formats(sign: Sign, usual: Formats) -> Sign:
    look = replace(
        sign.look,
        bold=sign.look.bold and MarkKind.STRONG not in usual,
        italic=sign.look.italic and MarkKind.EMPHASIS not in usual,
        strike=sign.look.strike and MarkKind.STRIKE not in usual,
    )
    return replace(sign, look=look)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loom:
    """What weaving knows of the rest of the text.

    `donors` are paragraphs less what they kept; `atom` gives the source of an atom that is new in its paragraph, None
    for none, and `link` the target that is written for one in the document, "" for none. `margin` stands before each
    line, and `is_cell` allows one line only. With `keeps_links` links that are gone from the document stay.
    """

    donors: Sequence[Strand] = ()
    atom: Callable[[Atom], str | None] = lambda atom: None
    link: Callable[[str], str] = lambda target: target
    margin: str = ""
    is_cell: bool = False
    keeps_links: bool = False


def woven(old: Strand, new: Sequence[Sign], usual: Formats, loom: Loom) -> tuple[Glyph, ...]:
    """The signs of the source for a paragraph as it came back; `usual` is how words without marks look in it."""
    return _mended(_Weaving(old, new, usual, loom).result())


@dataclass(slots=True)
class _Weaving:
    old: Strand
    new: Sequence[Sign]
    usual: Formats
    loom: Loom
    out: list[Glyph] = field(default_factory=list)

    def result(self) -> list[Glyph]:
        signs = self.old.signs
        places = [index for index, thread in enumerate(self.old.threads) if thread.sign]
        before, after = tokens(signs), tokens(self.new)
        reached = 0
        for opcode in differences(before, after):
            first = places[before[opcode.first].start] if opcode.first < len(before) else len(self.old.threads)
            last = places[before[opcode.last].start] if opcode.last < len(before) else len(self.old.threads)
            first = min(reached, first)
            if opcode.is_equal:
                begin = after[opcode.begin].start
                self._keep(self.old.threads[first:last], begin)
            else:
                taken = self.old.threads[first:last]
                self._insert(after[opcode.begin : opcode.end], taken, self._next_kept(last))
                self.out += [glyph for thread in taken if thread.sign is None for glyph in thread.glyphs]
            reached = last
        return self.out

    def _next_kept(self, at: int) -> Thread | None:
        return next((thread for thread in self.old.threads[at:] if thread.sign and thread.glyphs), None)

    def _keep(self, threads: Sequence[Thread], begin: int) -> None:
        for thread in threads:
            if thread.sign is None:
                self.out += thread.glyphs
                continue
            self.out += [self._formatted(glyph, thread.sign, self.new[begin]) for glyph in thread.glyphs]
            begin += 1

    def _formatted(self, glyph: Glyph, old: Sign, new: Sign) -> Glyph:
        """A sign with the marks that it got, and without those that it lost."""
        before, after = formats(old.look), formats(new.look)
        gone = before - after
        if old.link and not new.link and not self.loom.keeps_links and not old.atom:
            gone = gone | {MarkKind.LINK}
        marks = tuple(mark for mark in glyph.marks if mark.kind not in gone)
        if new.link and not old.link and not old.atom:
            marks = self._linked(new, marks)
        return replace(glyph, marks=(*_fresh(after - before), *marks))

    # --- what is not of this paragraph -----------------------------------------------------------------------------

    def _insert(self, inserted: Sequence[Token], replaced: Sequence[Thread], follower: Thread | None) -> None:
        """Write tokens: those of another paragraph as they were there, the others as typed."""
        while inserted:
            donor, first, begin, size = self._from_elsewhere(inserted)
            stop = begin if donor else len(inserted)
            self._type(inserted[:stop], replaced, follower)
            if donor is None:
                return
            self._copy(donor, first, inserted[begin : begin + size])
            inserted = inserted[begin + size :]

    def _from_elsewhere(self, inserted: Sequence[Token]) -> tuple[Strand | None, int, int, int]:
        """The longest stretch that stood in another paragraph: that, from which sign on, where here, how long."""
        best: tuple[Strand | None, int, int, int] = (None, 0, 0, 0)
        keys = [token.key for token in inserted]
        for donor in self.loom.donors:
            theirs = tokens(donor.signs)
            found = difflib.SequenceMatcher(
                None, [token.key for token in theirs], keys, autojunk=False
            ).find_longest_match()
            stretch = inserted[found.b : found.b + found.size]
            words = sum(token.is_word for token in stretch)
            if found.size > best[3] and words >= FROM_ELSEWHERE:
                best = (donor, theirs[found.a].start, found.b, found.size)
        return best

    def _copy(self, donor: Strand, start: int, copied: Sequence[Token]) -> None:
        begin, end = copied[0].start, copied[-1].end
        threads = [thread for thread in donor.threads if thread.sign][start : start + end - begin]
        for thread, new in zip(threads, self.new[begin:end], strict=True):
            assert thread.sign
            self.out += [self._on_this_margin(self._formatted(glyph, thread.sign, new)) for glyph in thread.glyphs]

    def _on_this_margin(self, glyph: Glyph) -> Glyph:
        if "\n" not in glyph.source or glyph.kind not in (GlyphKind.SPACE, GlyphKind.BREAK):
            return glyph
        if self.loom.is_cell:
            return replace(glyph, source=" ", kind=GlyphKind.SPACE, shown=" ")
        begin = glyph.source[: glyph.source.index("\n")]
        return replace(glyph, source=f"{begin}\n{self.loom.margin}")

    def _type(self, inserted: Sequence[Token], replaced: Sequence[Thread], follower: Thread | None) -> None:
        if not inserted:
            return
        around = self._around(replaced, follower)
        previous = self.out[-1] if self.out else None
        addresses = _in_addresses("".join(sign.shown for sign in self.new))
        for at in range(inserted[0].start, inserted[-1].end):
            sign = self.new[at]
            marks = (*self._emphasis(sign, previous, follower), *around)
            self.out += self._typed(sign, at, self._linked(sign, marks), addresses)

    def _around(self, replaced: Sequence[Thread], follower: Thread | None) -> tuple[Mark, ...]:
        """The links and spans around what is typed: those of what it replaces, else those on both sides."""
        stood = [glyph.marks for thread in replaced if thread.sign for glyph in thread.glyphs]
        if not stood and self.out and follower:
            stood = [self.out[-1].marks, follower.glyphs[0].marks]
        if not stood:
            return ()
        return tuple(mark for mark in stood[0] if mark.kind not in EMPHASES and all(mark in marks for marks in stood))

    def _emphasis(self, sign: Sign, previous: Glyph | None, follower: Thread | None) -> tuple[Mark, ...]:
        """The emphasis of a typed sign: that of a neighbour that looks alike, where it has one."""
        asked = formats(sign.look) - self.usual
        near = [*(previous.marks if previous else ()), *(follower.glyphs[0].marks if follower else ())]
        return tuple(
            next((mark for mark in near if mark.kind is kind), _mark(kind))
            for kind in sorted(asked, key=lambda kind: kind.name)
        )

    def _linked(self, sign: Sign, marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
        if any(mark.kind is MarkKind.LINK for mark in marks) or not sign.link:
            return marks
        target = self.loom.link(sign.link)
        return (*marks, Mark(MarkKind.LINK, -1, "[", f"]({target})")) if target else marks

    def _typed(self, sign: Sign, at: int, marks: tuple[Mark, ...], addresses: frozenset[int]) -> list[Glyph]:
        if sign.atom:
            source = self.loom.atom(sign.atom)
            if source is None:
                return []
            return [Glyph(ATOM, source, tuple(m for m in marks if m.kind in EMPHASES), sign.atom.kind)]
        if sign.shown == "\n":
            return [
                Glyph(" ", " ", marks, GlyphKind.SPACE)
                if self.loom.is_cell
                else Glyph("\n", f"\\\n{self.loom.margin}", marks, GlyphKind.BREAK)
            ]
        if sign.shown == " ":
            return [Glyph(" ", " ", marks, GlyphKind.SPACE)]
        if any(mark.kind is MarkKind.CODE for mark in marks) or at in addresses:
            return [Glyph(sign.shown, sign.shown, marks)]
        before = self.new[at - 1].shown if at else ""
        after = self.new[at + 1].shown if at + 1 < len(self.new) else ""
        return [Glyph(sign.shown, escaped(sign.shown, before, after, in_cell=self.loom.is_cell), marks)]


def _in_addresses(text: str) -> frozenset[int]:
    """The places of signs in addresses, in which none means anything."""
    return frozenset(at for found in _ADDRESS.finditer(text) for at in range(*found.span()))


def _mark(kind: MarkKind) -> Mark:
    return Mark(kind, -1, str(kind.value), str(kind.value))


def _fresh(kinds: Formats) -> tuple[Mark, ...]:
    return tuple(_mark(kind) for kind in sorted(kinds, key=lambda kind: kind.name))


def _mended(glyphs: Sequence[Glyph]) -> tuple[Glyph, ...]:
    """Signs of which no emphasis begins or ends with a space, which Markdown does not read as one."""
    mended = list(glyphs)
    for order in (range(len(mended)), range(len(mended) - 1, -1, -1)):
        step = 1 if order.step > 0 else -1
        for at in order:
            if mended[at].kind not in (GlyphKind.SPACE, GlyphKind.BREAK):
                continue
            beside = mended[at - step].marks if 0 <= at - step < len(mended) else ()
            marks = tuple(
                mark for mark in mended[at].marks if mark in beside or mark.kind in (MarkKind.LINK, MarkKind.SPAN)
            )
            mended[at] = replace(mended[at], marks=marks)
    return tuple(mended)


# --- typed words -----------------------------------------------------------------------------------------------------

_ALWAYS = frozenset("\\`*[]<${")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\[\]{}\"]+")


def escaped(sign: str, before: str, after: str, *, in_cell: bool = False) -> str:
    """A typed sign as it is written to mean itself between its neighbours."""
    if sign in _ALWAYS or (in_cell and sign == "|"):
        return f"\\{sign}"
    if sign == "_" and not (before.isalnum() and after.isalnum()):
        return "\\_"
    if sign == "@" and not before.isalnum():
        return "\\@"
    if sign in "^~":
        return f"\\{sign}"
    if sign == "-" and before == "-":
        return "\\-"
    if sign == "." and before == "." and after != "":
        return "\\."
    if sign == "&" and (after.isalpha() or after == "#"):
        return "\\&"
    return sign


def meaning_itself(text: str) -> str:
    """Words as they are written to mean themselves."""
    around = zip(["", *text], text, [*text[1:], ""], strict=False)
    return "".join(escaped(sign, before, after) for before, sign, after in around)


_BEGINS = re.compile(
    r"#{1,6}(?=\s|\Z)|[-+](?=\s|\Z)|\(?(?:\d+|#|[A-Za-z]|[ivxlcdm]+)[.)](?=\s|\Z)|[>|:%]|:::|~|=+\s*\Z"
)


def begun(text: str) -> str:
    """A written paragraph that is no heading, list or other block by how it begins."""
    found = _BEGINS.match(text)
    if not found:
        return text
    at = found.end() - 1 if text[0] not in "#>|:%~-+=" else 0
    return f"{text[:at]}\\{text[at:]}"


def atoms_of(strands: Sequence[Strand]) -> Mapping[str, str]:
    """What is written for each atom of paragraphs that were sent, by its name."""
    return {
        thread.sign.atom.name: "".join(glyph.source for glyph in thread.glyphs)
        for strand in strands
        for thread in strand.threads
        if thread.sign and thread.sign.atom and thread.glyphs
    }
