"""The passages of a text: each heading, paragraph, item, cell, box and note of its tree as a value of its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from dossierbuild.core.ast import Node, Nodes, attributes, classes, identifier, plain_text
from dossierbuild.core.formulas.plain import plain_formula
from dossierbuild.core.passages import ATOM, Atom, AtomKind, Kind, Lines, Passage, Run, made_id
from dossierbuild.stages.parse.places import Places

NO_LANGUAGE = "zxx"
"""What BCP 47 calls a text that is in no language: code and mathematics."""

# Where the words of a passage begin, as they can be looked for in its lines.
RUN = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,5}")
_QUOTATION_MARKS = MappingProxyType({"SingleQuote": ("‘", "’"), "DoubleQuote": ("“", "”")})


def passages_of(text_id: str, blocks: Nodes, places: Places) -> tuple[Passage, ...]:
    """The passages of a chapter or summary in document order, a note behind the passage that calls it first."""
    gathered = _Gathering(text_id, places)
    _read_all(blocks, _Around(), gathered)
    return with_ids(gathered.drafts)


# --- ids -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Draft:
    """A passage without its id; `around` is the number of the draft that it is a part of.

    `heads` are the words at the head of a cell's row and of its column.
    """

    passage: Passage
    around: int | None = None
    heads: tuple[str, ...] = ()


def with_ids(drafts: Sequence[Draft]) -> tuple[Passage, ...]:
    """The passages with their ids: the editor's own, or made of what they say.

    Of several passages with the same words in one text, the first has the id that it would have alone. The ids of the
    others also depend on the nearest id of the editor's before them, and behind the same id on the number of such
    passages before. So only a change to one of these passages changes their ids, never an edit of other words. The id
    of a cell depends on its words and on the heads of its row and column.
    """
    within = _words_within(drafts)
    taken = {draft.passage.key for draft in drafts if draft.passage.key}
    seen: Counter[tuple[str, ...]] = Counter()
    ids: list[str] = []
    near = ""
    for draft, words in zip(drafts, within, strict=True):
        near = draft.passage.key or near
        own = draft.passage.key if draft.passage.key not in ids else ""  # an id that is given twice is a problem
        ids.append(own or _new_id(draft, (*words, *draft.heads), near, seen, taken))
        taken.add(ids[-1])
    return tuple(
        replace(draft.passage, id=name, within="" if draft.around is None else ids[draft.around])
        for draft, name in zip(drafts, ids, strict=True)
    )


def _words_within(drafts: Sequence[Draft]) -> list[tuple[str, ...]]:
    """The words of each passage; a passage without words of its own has those of all passages within it."""
    inner: list[list[str]] = [[] for _ in drafts]
    words: list[tuple[str, ...]] = [()] * len(drafts)
    for at in range(len(drafts) - 1, -1, -1):
        own = drafts[at].passage.written
        words[at] = (own,) if own else ("", *reversed(inner[at]))
        around = drafts[at].around
        if around is not None:
            inner[around] += [*inner[at], *([own] if own else [])]
    return words


def _new_id(draft: Draft, words: tuple[str, ...], near: str, seen: Counter[tuple[str, ...]], taken: set[str]) -> str:
    part = draft.passage.part
    name = made_id(part, words)
    if seen[words]:
        name = made_id(part, words, told_apart=(near, seen[near, *words]))
        seen[near, *words] += 1
    seen[words] += 1
    extra = 0
    while name in taken:  # six digits of other words
        extra += 1
        name = made_id(part, words, told_apart=(near, seen[near, *words], extra))
    return name


# --- the tree ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Around:
    """What a block stands in: the number of a draft, and the language that is marked there."""

    draft: int | None = None
    language: str = ""

    def inside(self, draft: int | None, block: Node) -> _Around:
        return _Around(self.draft if draft is None else draft, attributes(block).get("lang") or self.language)


@dataclass(slots=True)
class _Gathering:
    """Passages while they are gathered; `noted` holds the notes that have a passage."""

    part: str
    places: Places
    drafts: list[Draft] = field(default_factory=list)
    noted: set[tuple[Lines, str]] = field(default_factory=set)

    def add(
        self, kind: Kind, thing: Any, words: Words, around: _Around, key: str = "", heads: tuple[str, ...] = ()
    ) -> int:
        """The number of a passage that is added, with its pictures' alternative texts and its notes behind it."""
        lines = self.places.lines_of(thing)
        inside = self.places.within(lines)
        run = RUN.search(words.text.replace(ATOM, "|"))
        passage = Passage(
            id="",
            kind=kind,
            text=words.text,
            key=key,
            part=self.part,
            place=inside.words(run.group() if run else words.text),
            lines=lines,
            language=around.language,
            atoms=tuple(words.atoms),
            runs=tuple(words.runs),
        )
        self.drafts.append(Draft(passage, around.draft, heads))
        number = len(self.drafts) - 1
        here = _Around(number, around.language)
        for picture in words.pictures:
            self._add_alternative(picture, here)
        for note in words.notes:
            self._add_note(note, here)
        return number

    def add_attribute(self, kind: Kind, block: Node, name: str, written: str, around: _Around) -> None:
        """Add the text of a block's attribute, at the block's lines where the attribute cannot be found."""
        text = " ".join(written.split())
        if text:
            lines = self.places.attribute(self.places.lines_of(block), name, text)
            place = self.places.within(lines).words(text)
            passage = Passage(
                id="", kind=kind, text=text, part=self.part, place=place, lines=lines, language=around.language
            )
            self.drafts.append(Draft(passage, around.draft))

    def _add_alternative(self, picture: Node, around: _Around) -> None:
        written = attributes(picture).get("alt") or plain_text(picture["c"][1])
        self.add_attribute(Kind.ALT, picture, "alt", written, around)

    def _add_note(self, note: Node, around: _Around) -> None:
        note_read = (self.places.lines_of(note), plain_text(note["c"]))
        if note_read not in self.noted:
            self.noted.add(note_read)
            _led(Kind.NOTE, note, note["c"], around, self)


def _read_all(blocks: Sequence[Node], around: _Around, gathered: _Gathering) -> None:
    for block in blocks:
        reader = _READERS.get(block["t"])
        if reader:
            reader(block, around.inside(None, block), gathered)


def _led(
    kind: Kind,
    thing: Any,
    blocks: Nodes,
    around: _Around,
    gathered: _Gathering,
    key: str = "",
    heads: tuple[str, ...] = (),
) -> None:
    """Add a passage with the words of its first paragraph; the blocks behind that are passages within it."""
    leads = bool(blocks) and blocks[0]["t"] in ("Para", "Plain")
    number = gathered.add(kind, thing, words_of(blocks[0]["c"] if leads else []), around, key, heads)
    _read_all(blocks[1:] if leads else blocks, _Around(number, around.language), gathered)


def _paragraph(block: Node, around: _Around, gathered: _Gathering) -> None:
    gathered.add(Kind.PARAGRAPH, block, words_of(block["c"]), around)


def _heading(block: Node, around: _Around, gathered: _Gathering) -> None:
    gathered.add(Kind.HEADING, block, words_of(block["c"][2]), around, identifier(block))


def _figure(block: Node, around: _Around, gathered: _Gathering) -> None:
    _, (_, caption), content = block["c"]
    inner = words_of(content)
    words = words_of(caption)
    same = plain_text(caption)
    words.pictures += [
        picture for picture in inner.pictures if "alt" in attributes(picture) or plain_text(picture["c"][1]) != same
    ]
    number = gathered.add(Kind.FIGURE, block, words, around, identifier(block))
    for picture in inner.pictures:
        _add_credit(picture, _Around(number, around.language), gathered)


def _add_credit(thing: Node, around: _Around, gathered: _Gathering) -> None:
    """Add who made a picture and whose it is, as they are printed under its caption."""
    for name in ("credit", "rights"):
        gathered.add_attribute(Kind.VALUE, thing, name, attributes(thing).get(name, ""), around)


def _figures(block: Node, around: _Around, gathered: _Gathering) -> None:
    """A figure of several pictures: its caption, and within it the figure of each."""
    figures = [part for part in block["c"][1] if part["t"] == "Figure"]
    caption = [part for part in block["c"][1] if part["t"] != "Figure"]
    number = len(gathered.drafts)
    _led(Kind.FIGURE, block, [*caption, *figures], around, gathered, identifier(block))
    _add_credit(block, _Around(number, around.language), gathered)


def _code(block: Node, around: _Around, gathered: _Gathering) -> None:
    text = " ".join(block["c"][1].split())
    words = Words(text=text, runs=[Run(NO_LANGUAGE, 0, len(text))])
    gathered.add(Kind.CODE, block, words, around, identifier(block))


def _verse(block: Node, around: _Around, gathered: _Gathering) -> None:
    lines = [[*line, {"t": "LineBreak"}] for line in block["c"]]
    gathered.add(Kind.VERSE, block, words_of(lines), around)


def _quotation(block: Node, around: _Around, gathered: _Gathering) -> None:
    number = gathered.add(Kind.QUOTATION, block, Words(), around)
    _read_all(block["c"], _Around(number, around.language), gathered)


_DIVS = MappingProxyType({"chart": Kind.CHART, "table": Kind.TABLE, "key-points": Kind.INSERT, "panel": Kind.INSERT})


def _div(block: Node, around: _Around, gathered: _Gathering) -> None:
    if "figures" in classes(block):
        _figures(block, around, gathered)
        return
    kind = next((_DIVS[name] for name in classes(block) if name in _DIVS), Kind.BOX)
    if kind is Kind.BOX:
        number = gathered.add(kind, block, Words(), around, identifier(block))
        gathered.add_attribute(
            Kind.VALUE, block, "value", attributes(block).get("value", ""), _Around(number, around.language)
        )
        _read_all(block["c"][1], _Around(number, around.language), gathered)
        return
    number = len(gathered.drafts)
    _led(kind, block, block["c"][1], around, gathered, identifier(block))
    gathered.add_attribute(Kind.ALT, block, "alt", attributes(block).get("alt", ""), _Around(number, around.language))
    _add_credit(block, _Around(number, around.language), gathered)


def _list(block: Node, around: _Around, gathered: _Gathering) -> None:
    number = gathered.add(Kind.LIST, block, Words(), around)
    for item in block["c"][1] if block["t"] == "OrderedList" else block["c"]:
        _led(Kind.ITEM, item, item, _Around(number, around.language), gathered)


def _definitions(block: Node, around: _Around, gathered: _Gathering) -> None:
    number = gathered.add(Kind.LIST, block, Words(), around)
    for term, definitions in block["c"]:
        gathered.add(Kind.TERM, term, words_of(term), _Around(number, around.language))
        for definition in definitions:
            _led(Kind.DEFINITION, definition, definition, _Around(number, around.language), gathered)


def _table(block: Node, around: _Around, gathered: _Gathering) -> None:
    _, (_, caption), _, head, bodies, foot = block["c"]
    number = gathered.add(Kind.TABLE, block, words_of(caption), around, identifier(block))
    columns = [plain_text(cell[4]) for row in head[1][:1] for cell in row[1]]
    parts = [head[1], *(rows for body in bodies for rows in (body[2], body[3])), foot[1]]
    for row in (row for rows in parts for row in rows):
        own = gathered.add(Kind.ROW, row, Words(), _Around(number, around.language))
        first = plain_text(row[1][0][4]) if row[1] else ""
        for count, cell in enumerate(row[1]):
            heads = (first, columns[count] if count < len(columns) else str(count))
            _led(Kind.CELL, cell, cell[4], _Around(own, around.language), gathered, heads=heads)


_Reader = Callable[[Node, _Around, _Gathering], None]
_READERS: Mapping[str, _Reader] = MappingProxyType(
    {
        "Para": _paragraph,
        "Plain": _paragraph,
        "Header": _heading,
        "Figure": _figure,
        "CodeBlock": _code,
        "LineBlock": _verse,
        "BlockQuote": _quotation,
        "Div": _div,
        "BulletList": _list,
        "OrderedList": _list,
        "DefinitionList": _definitions,
        "Table": _table,
    }
)


# --- words ---------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Words:
    """The words of inlines while they are read, with what stands in them and what they call."""

    text: str = ""
    atoms: list[Atom] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    notes: Nodes = field(default_factory=list)
    pictures: Nodes = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    length: int = 0

    def add(self, piece: str) -> None:
        """Add words; white space in them becomes one space."""
        for count, word in enumerate(piece.replace(ATOM, "").split()):
            if count or piece[0].isspace():
                self.add_space()
            self._append(word)
        if piece[-1:].isspace():
            self.add_space()

    def add_space(self) -> None:
        if self.pieces and self.pieces[-1] != " ":
            self._append(" ")

    def add_atom(self, atom: Atom) -> None:
        self.atoms.append(atom)
        self._append(ATOM)

    def _append(self, piece: str) -> None:
        self.pieces.append(piece)
        self.length += len(piece)


def words_of(tree: Any) -> Words:
    """The words of inlines as they are read, on one line."""
    words = Words()
    _add(tree, words)
    words.text = "".join(words.pieces).rstrip()
    words.runs = [Run(run.language, run.start, min(run.end, len(words.text))) for run in words.runs]
    return words


def _add(tree: Any, words: Words) -> None:
    """Add what a tree holds. Most of it is words and spaces, so they come first."""
    for inner in tree if isinstance(tree, list) else (tree,):
        if isinstance(inner, list):
            _add(inner, words)
        elif isinstance(inner, dict):
            kind = inner["t"]
            if kind == "Str":
                words.add(inner["c"])
            elif kind in ("Space", "SoftBreak", "LineBreak"):
                words.add_space()
            else:
                _INLINES.get(kind, _add_content)(inner, words)


def _add_content(inline: Node, words: Words) -> None:
    _add(inline.get("c"), words)
    if inline["t"] in ("Para", "Plain"):
        words.add_space()


def _add_run(language: str, content: Any, words: Words) -> None:
    start = words.length
    if isinstance(content, str):
        words.add(content)
    else:
        _add(content, words)
    if language and words.length > start:
        words.runs.append(Run(language, start, words.length))


def _add_citation(inline: Node, words: Words) -> None:
    keys = tuple(str(cited["citationId"]) for cited in inline["c"][0])
    words.add_atom(Atom(AtomKind.CITATION, keys, plain_text(inline["c"][1])))


def _add_link(inline: Node, words: Words) -> None:
    target = str(inline["c"][2][0])
    if target.startswith("#") and not plain_text(inline["c"][1]):
        words.add_atom(Atom(AtomKind.REFERENCE, (target[1:],), f"[]({target})"))
    else:
        _add_run(attributes(inline).get("lang", ""), inline["c"][1], words)


def _add_quoted(inline: Node, words: Words) -> None:
    opening, closing = _QUOTATION_MARKS[inline["c"][0]["t"]]
    words.add(opening)
    _add(inline["c"][1], words)
    words.add(closing)


def _add_note(inline: Node, words: Words) -> None:
    words.notes.append(inline)
    words.add_atom(Atom(AtomKind.NOTE))


_INLINES: Mapping[str, Callable[[Node, Words], None]] = MappingProxyType(
    {
        "Code": lambda inline, words: _add_run(NO_LANGUAGE, inline["c"][1], words),
        "Math": lambda inline, words: _add_run(NO_LANGUAGE, plain_formula(inline["c"][1]), words),
        "RawInline": lambda _, words: None,
        "Cite": _add_citation,
        "Link": _add_link,
        "Image": lambda inline, words: words.pictures.append(inline),
        "Span": lambda inline, words: _add_run(attributes(inline).get("lang", ""), inline["c"][1], words),
        "Quoted": _add_quoted,
        "Note": _add_note,
    }
)
