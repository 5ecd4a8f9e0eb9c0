"""Passages: their lines give them when they are read alone, their ids stay, their fingerprints see what matters."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest
import yaml
from command import ROOT
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dossierbuild.core.ast import Node, Nodes
from dossierbuild.core.catalogue import Language
from dossierbuild.core.model import InfographicText, SourceFile, TextFile
from dossierbuild.core.passages import ATOM, Atom, AtomKind, Kind, Passage, fingerprint
from dossierbuild.stages.parse.infographic import parse_infographic
from dossierbuild.stages.parse.passages import passages_of
from dossierbuild.stages.parse.places import places_of
from dossierbuild.stages.parse.reading import read_blocks
from dossierbuild.stages.parse.texts import parse_text
from dossierbuild.tools.pandoc import read_inlines

FOLDERS = (
    ROOT / "sources",
    *sorted((ROOT / "tests" / "dossiers").iterdir()),
    *sorted((ROOT / "src" / "dossierbuild" / "starters").iterdir()),
)
TEXTS = [path for folder in FOLDERS for path in sorted(folder.rglob("*.md"))]
INFOGRAPHICS = [path for folder in FOLDERS for path in sorted(folder.rglob("infographic.yaml"))]

WRAPPER = "Omslag"
"""The words of what a passage is put into to be read alone: a term before a definition, a call before a note."""

Reading = tuple[Kind, str, str, tuple[Atom, ...]]


def text_of(data: bytes) -> TextFile:
    parsed = parse_text(SourceFile("hoofdstuk.md", data, ""), Language.NL)
    assert parsed.value, parsed.problems
    return parsed.value


def infographic_of(data: bytes) -> InfographicText:
    parsed = parse_infographic(SourceFile("infographic.yaml", data, ""))
    assert parsed.value, parsed.problems
    return parsed.value


def lines_of_file(data: bytes) -> list[str]:
    return re.split(r"\r\n|\r|\n", data.decode("utf-8-sig"))


def named(passages: Sequence[Passage], words: str) -> Passage:
    (found,) = (one for one in passages if one.text == words)
    return found


# --- the law: the lines of a passage, read alone, give that passage ------------------------------------------------


def read_alone(data: bytes) -> Iterator[tuple[Passage, list[Reading], list[Reading]]]:
    """Each passage of a chapter with what it holds, and what its lines hold when they are read by themselves.

    All are read in one run, each below a heading of its own, with the definitions of notes and links at the end.
    """
    passages = text_of(data).passages
    lines = lines_of_file(data)
    alone = [
        one
        for one in passages
        if one.kind not in (Kind.ALT, Kind.VALUE, Kind.ROW)
        and (one.text or within(one, passages))
        # pandoc takes no drawn table for one in an item of a list behind another table
        and not one.text.startswith("+—")
    ]
    sources = [
        _alone(count, one, textwrap.dedent(one.lines.cut(lines).expandtabs(4))) for count, one in enumerate(alone)
    ]
    whole = "".join(f"# Apart{count}\n\n{source}\n\n" for count, source in enumerate(sources))
    sections = _sections(read_blocks(f"{whole}# Rest\n\n{_definitions(lines)}\n", Language.NL).blocks)
    assert len(sections) == len(alone) + 1, "a passage took more than its own lines"
    for one, section in zip(alone, sections, strict=False):
        found = passages_of("apart", section, places_of("", ""))
        if one.kind is Kind.NOTE:
            yield one, _readings([one, *within(one, passages)]), _readings(found)
        else:
            yield one, _readings(_without_notes([one, *within(one, passages)])), _readings(_without_notes(found))


def within(passage: Passage, passages: Sequence[Passage]) -> list[Passage]:
    """The passages that are parts of one, or of a part of it, in order."""
    names, found = {passage.id}, []
    for one in passages:
        if one.within in names:
            names.add(one.id)
            found.append(one)
    return found


def _alone(count: int, passage: Passage, cut: str) -> str:
    """The lines of a passage, put so that they are at the margin what they were where they stood."""
    while passage.kind is not Kind.QUOTATION and cut and all(line.startswith(">") for line in cut.split("\n")):
        cut = textwrap.dedent(re.sub(r"^> ?", "", cut, flags=re.MULTILINE))
    if passage.kind is Kind.CODE and cut.split() == passage.text.split():
        return textwrap.indent(cut, "    ")
    if passage.kind is Kind.NOTE and not cut.startswith("^["):
        cut = re.sub(r"^\[\^([^\]]+)\]", rf"[^apart{count}-\1]", cut)
        return f"{WRAPPER}{cut.partition(':')[0]}\n\n{cut}"
    if passage.kind is Kind.NOTE:
        return f"{WRAPPER}{cut}"
    if passage.kind is Kind.CELL:
        return re.sub(r"\A(\(?\w+)([.)])\Z", r"\1\\\2", cut)  # in a table this begins no list
    marker = re.match(r"(?:[-*+]|\(?\w+[.)]) +", cut)
    if marker and passage.kind in (Kind.ITEM, Kind.TABLE):  # in a list, where "1. a" above dashes is no table's head
        return f"{marker[0]}{WRAPPER}\n{cut}"
    if re.match(r" {0,3}[:~] ", cut):
        return f"{WRAPPER}\n\n{cut}"
    one_line = r"^(:::+[ \t]*\{[^}\n]*\.(?:key-points|panel)[^}\n]*\})[ \t]*:::+[ \t]*$"
    return re.sub(one_line, "\\1\n:::", cut, flags=re.MULTILINE)


_DEFINITION = re.compile(
    r"^[ >:]*(\[[^\]\n]+\]:[^\n]*\n(?:(?:[ \t]*\n)*(?: {4,}|\t)[^\n]*\n|(?![ \t]*\n|\[)[^\n]+\n)*)", re.MULTILINE
)


def _definitions(lines: Sequence[str]) -> str:
    """The definitions of notes and links, with the lines that belong to them."""
    return "\n\n".join(_DEFINITION.findall("\n".join([*lines, ""])))


def _sections(blocks: Nodes) -> list[list[Node]]:
    sections: list[list[Node]] = []
    for block in blocks:
        words = block["c"][2] if block["t"] == "Header" else []
        if len(words) == 1 and re.fullmatch(r"Apart\d+|Rest", str(words[0].get("c"))):
            sections.append([])
        else:
            sections[-1].append(block)
    return sections


def _readings(passages: Iterable[Passage]) -> list[Reading]:
    return [(one.kind, one.text, one.key, one.atoms) for one in passages]


def _without_notes(passages: Sequence[Passage]) -> list[Passage]:
    """The passages but notes, which belong to the first passage that calls them, and stand elsewhere."""
    notes = {id(inner) for one in passages if one.kind is Kind.NOTE for inner in (one, *within(one, passages))}
    return [one for one in passages if id(one) not in notes]


def is_same(passage: Passage, meant: list[Reading], found: list[Reading]) -> bool:
    """Whether the same was read; alone, a cell or a term is a paragraph, and an item stands in a list."""
    before, rest = found[: len(found) - len(meant)], found[len(found) - len(meant) :]
    if passage.kind in (Kind.CELL, Kind.TERM) and not passage.text:
        before, rest, meant = found[: -len(meant[1:])], found[-len(meant[1:]) :], meant[1:]
    elif passage.kind in (Kind.CELL, Kind.TERM) and rest:
        rest = [(passage.kind, *rest[0][1:]), *rest[1:]]
    return rest == meant and all(text.replace(ATOM, "") in ("", WRAPPER) for _, text, _, _ in before)


def assert_the_law(data: bytes) -> None:
    for passage, meant, found in read_alone(data):
        assert is_same(passage, meant, found), (passage.kind, passage.lines, meant, found)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_lines_of_each_passage_read_alone_give_it(path: Path) -> None:
    assert_the_law(path.read_bytes())


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_stands_in_an_attribute_has_its_columns(path: Path) -> None:
    lines = lines_of_file(path.read_bytes())
    for passage in text_of(path.read_bytes()).passages:
        if passage.kind in (Kind.ALT, Kind.VALUE) and passage.lines.columns:
            assert passage.lines.cut(lines).split() == passage.text.split()


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_rows_hold_their_cells(path: Path) -> None:
    passages = text_of(path.read_bytes()).passages
    by_id = {one.id: one for one in passages}
    for cell in (one for one in passages if one.kind is Kind.CELL):
        row = by_id[cell.within].lines
        assert row.first <= cell.lines.first <= cell.lines.last <= row.last
        assert cell.lines.columns


@pytest.mark.parametrize("path", INFOGRAPHICS, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_columns_of_each_text_of_an_infographic_give_it(path: Path) -> None:
    lines = lines_of_file(path.read_bytes())
    passages = [one for one in infographic_of(path.read_bytes()).passages if one.kind is not Kind.PANEL]
    written = {str(count): str(yaml.safe_load(one.lines.cut(lines))) for count, one in enumerate(passages)}
    read = read_inlines(written)
    for count, one in enumerate(passages):
        (found,) = passages_of("apart", [{"t": "Para", "c": read[str(count)]}], places_of("", ""))
        assert (found.text, found.atoms) == (one.text, one.atoms)
    assert len(passages) > 10


# --- the law over texts that nobody wrote --------------------------------------------------------------------------

WORDS = st.sampled_from(
    (
        "buurt|helpt|samen|*nadruk*|49%|1.500|'s avonds|[@bron, p. 3]|@bron|[](#kop)|`code`|noot[^n]|"
        "noot^[Een [korte] noot.]|[link](https://example.org/a)|[adres]|“aanhaling”|"
        "[English words]{lang=en}|1\\.|e-mail|café|a\\\\b"
    ).split("|")
)
SENTENCE = st.lists(WORDS, min_size=1, max_size=5).map(lambda words: f"De {' '.join(words)}.")
PARAGRAPH = st.lists(SENTENCE, min_size=1, max_size=3).map("\n".join)
CODE = st.sampled_from(
    ["```\n# geen kop\n\n- geen lijst\n```", "~~~ python\nx = [^n]\n~~~", "    ingesprongen\n\n    code"]
)
PIPES = st.lists(st.tuples(SENTENCE, SENTENCE), min_size=1, max_size=3).map(
    lambda rows: (
        "| Een | Twee |\n|:----|-----:|\n"
        + "\n".join("| {} | {} |".format(*(cell.replace("|", "\\|") for cell in row)) for row in rows)
    )
)
GRID = """\
+-----+--------+
| een | - a    |
|     | - b    |
+=====+========+
| x   | y      |
|     |        |
|     | z é    |
+-----+--------+"""
SPANS = """\
+---+---+
| a | b |
|   +---+
|   | c |
+---+---+"""
SIMPLE = """\
  Rechts Links
-------- -----
      12 twaalf
       3 drie

: Onderschrift {#tbl-a}"""
MULTILINE = """\
table: Boven

-------------------------
Een        Twee
---------- --------------
eerste rij van de
           tabel

tweede     x
-------------------------"""
BARE = """\
Table: Vooraf

| a | b |
|---|---|
| `x|y` | c |"""
TABLES = st.sampled_from([GRID, SPANS, SIMPLE, MULTILINE, BARE])
VERSE = st.lists(SENTENCE, min_size=1, max_size=3).map(lambda lines: "\n".join(f"| {line}" for line in lines))
FIGURE = SENTENCE.map(lambda words: f'![{words}](figures/a.png){{alt="Wat er te zien is"}}')
HEADINGS = st.tuples(st.sampled_from(["## ", "### "]), SENTENCE).map("".join) | SENTENCE.map(
    lambda words: f"{words}\n------"
)
LEAVES = PARAGRAPH | CODE | PIPES | TABLES | VERSE | FIGURE


def hang(mark: str, text: str) -> str:
    """A text behind a mark, with its other lines below where it begins; behind words, if it begins with spaces."""
    text = f"Eerst.\n\n{text}" if text.startswith(" ") else text
    return mark + textwrap.indent(text, " " * len(mark)).lstrip(" ")


def nested(blocks: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(blocks, min_size=1, max_size=3).map("\n\n".join)
    marks = st.sampled_from(["- ", "*   ", "1. ", "10) ", "a. ", "(i) "])
    lists = st.tuples(marks, st.lists(several, min_size=1, max_size=3), st.sampled_from(["\n", "\n\n"])).map(
        lambda parts: parts[2].join(hang(parts[0], item) for item in parts[1])
    )
    quotes = several.map(lambda text: "\n".join(f"> {line}".rstrip() for line in text.split("\n")))
    boxes = st.tuples(st.sampled_from([" practice", " {.key-point #kern}", ": {.quote lang=de}"]), several).map(
        lambda parts: f":::{parts[0]}\n{parts[1]}\n:::"
    )
    definitions = st.lists(st.tuples(SENTENCE, several), min_size=1, max_size=2).map(
        lambda pairs: "\n\n".join(f"{term}\n\n{hang(':   ', text)}" for term, text in pairs)
    )
    return lists | quotes | boxes | definitions


BLOCKS = st.lists(HEADINGS | LEAVES | st.recursive(LEAVES, nested, max_leaves=6), min_size=1, max_size=7).map(
    "\n\n".join
)
FRONT = st.sampled_from(["", "---\nid: begin\nstatus: final\n---\n", "---\nauthors: [A]\n...\n\n"])
ENDS = "\n\n[^n]: Een noot.\n\n    Met een tweede alinea.\n\n[adres]: https://example.org/\n    'Titel'\n"


@settings(max_examples=60, deadline=None)
@example("", f"1. De buurt.\n{hang('1. ', SIMPLE)}", "\n", False, False, False)
@given(FRONT, BLOCKS, st.sampled_from(["\n", "\r\n"]), st.booleans(), st.booleans(), st.booleans())
def test_the_law_holds_for_any_text(front: str, body: str, end: str, bom: bool, tabs: bool, finished: bool) -> None:
    text = f"{front}# Kop {{#kop}}\n\n{body}{ENDS if finished else ''}"
    text = re.sub(r"^(?: {4})+", lambda found: "\t" * (len(found[0]) // 4), text, flags=re.MULTILINE) if tabs else text
    assert_the_law((("\ufeff" if bom else "") + text.replace("\n", end)).encode())


# --- who a passage is ----------------------------------------------------------------------------------------------

CHAPTER = """# Feest {#feest}

Elke straat heeft een tafel.

## Waarom {#waarom}

Elke straat heeft een tafel.

- Buren eten samen.
- Buren eten samen.

| Straat | Tafel | Stoel |
|:-------|:------|:------|
| Noord  | ja    | ja    |
| Zuid   | nee   | ja    |

## Hoe

Elke straat heeft een tafel.
"""


def ids(text: str, words: str) -> list[str]:
    """The ids of the passages with these words, in order."""
    return [one.id for one in text_of(text.encode()).passages if one.text == words]


@pytest.mark.parametrize("text", [CHAPTER, *(path.read_text("utf-8") for path in TEXTS)])
def test_no_two_passages_of_a_text_have_one_id(text: str) -> None:
    passages = text_of(text.encode()).passages
    assert len({one.id for one in passages}) == len(passages)
    assert {one.within for one in passages} <= {"", *(one.id for one in passages)}


def test_an_id_is_the_editor_s_own_or_made_of_the_words() -> None:
    (chapter,), (own,), (made,) = (ids(CHAPTER, words) for words in ("Feest", "Waarom", "Hoe"))
    assert (chapter, own) == ("feest", "waarom")
    assert re.fullmatch("p-[0-9a-f]{6}", made)
    assert ids(CHAPTER.replace("## Hoe", "## Hoe dan"), "Hoe dan") != [made]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("## Hoe", "## Hoe dan"),
        ("## Waarom", "Een nieuwe alinea.\n\n## Waarom"),
        ("- Buren eten samen.\n- Buren", "- Buren eten samen.\n- Iets anders.\n- Buren"),
        ("| Noord  | ja    | ja", "| Noord  | nooit | ja"),
        ("# Feest {#feest}", "---\nstatus: final\n---\n# Het feest {#feest}"),
    ],
)
def test_passages_with_the_same_words_keep_their_ids_when_other_words_change(before: str, after: str) -> None:
    changed = CHAPTER.replace(before, after, 1)
    assert changed != CHAPTER
    for words in ("Elke straat heeft een tafel.", "Buren eten samen."):
        assert ids(changed, words) == ids(CHAPTER, words)
        assert len(set(ids(CHAPTER, words))) == CHAPTER.count(words)
    assert ids(changed, "ja")[-2:] == ids(CHAPTER, "ja")[-2:]


def test_a_passage_under_an_id_of_the_editor_keeps_its_own_when_one_with_its_words_comes_elsewhere() -> None:
    more = CHAPTER.replace("## Hoe", "## Wie {#wie}\n\nElke straat heeft een tafel.\n\n## Hoe")
    first, second, *_ = ids(CHAPTER, "Elke straat heeft een tafel.")
    assert ids(more, "Elke straat heeft een tafel.")[:2] == [first, second]


# --- what a passage says -------------------------------------------------------------------------------------------


def test_citations_references_and_notes_are_signs_in_the_words() -> None:
    text = text_of(
        b"# Kop {#kop}\n\nIn 1.500 wijken [zie @bron, p. 3; @ander] helpt @bron [](#kop).[^n]\n\n[^n]: Een noot.\n"
    )
    passage, note = text.passages[1:]
    assert passage.text == f"In 1.500 wijken {ATOM} helpt {ATOM} {ATOM}.{ATOM}"
    assert [(atom.kind, atom.names) for atom in passage.atoms] == [
        (AtomKind.CITATION, ("bron", "ander")),
        (AtomKind.CITATION, ("bron",)),
        (AtomKind.REFERENCE, ("kop",)),
        (AtomKind.NOTE, ()),
    ]
    assert passage.written == "In 1.500 wijken [zie @bron, p. 3; @ander] helpt @bron [](#kop)."
    assert (passage.keys, passage.numbers) == (("bron", "ander", "bron"), ("1500",))
    assert (note.kind, note.text, note.within, note.lines.first) == (Kind.NOTE, "Een noot.", passage.id, 5)


def test_a_passage_knows_its_language_and_the_words_in_another() -> None:
    text = text_of(
        b"# Kop {#kop}\n\n::: {.quote lang=en}\nAll in English.\n:::\n\nHet heet [the long way]{lang=en} of `x = 1`.\n"
    )
    english, mixed = named(text.passages, "All in English."), named(text.passages, "Het heet the long way of x = 1.")
    assert (english.language, mixed.language) == ("en", "")
    assert [(run.language, mixed.text[run.start : run.end]) for run in mixed.runs] == [
        ("en", "the long way"),
        ("zxx", "x = 1"),
    ]


SAID = "Bijna 1.500 buren – 49% – noemen het 'feest' belangrijk."


@pytest.mark.parametrize(
    "said",
    [
        SAID.replace(" ", "\n"),
        SAID.replace("'", "’"),
        SAID.replace("–", "-"),
        SAID.replace("%", " procent"),
        SAID.replace("1.500", "1 500"),
        SAID.replace("1.500", "1\N{NARROW NO-BREAK SPACE}500"),
        SAID.replace("belangrijk", "belang\N{SOFT HYPHEN}rijk"),
        SAID.replace("belangrijk.", "belangrijk"),
        SAID.replace("buren", f"buren {ATOM}"),
        SAID.lower(),
    ],
)
def test_a_fingerprint_looks_through_typography(said: str) -> None:
    assert fingerprint(said) == fingerprint(SAID)


@pytest.mark.parametrize(("word", "other"), [("1.500", "1.600"), ("49%", "94%"), ("Bijna", "Ruim"), ("buren", "huren")])
def test_a_fingerprint_sees_other_words_and_numbers(word: str, other: str) -> None:
    assert fingerprint(SAID.replace(word, other)) != fingerprint(SAID)


def test_a_block_that_is_printed_otherwise_is_known_by_its_neighbours() -> None:
    data = b"# Kop {#kop}\n\n(@een) Een voorbeeld.\n\nZie (@een) en verder.\n\nDaarna.\n"
    text = text_of(data)
    assert [(one.text, one.lines.first) for one in text.passages if one.text][1:] == [
        ("Een voorbeeld.", 3),
        ("Zie (1) en verder.", 5),
        ("Daarna.", 7),
    ]


def test_what_stands_before_a_block_that_cannot_be_told_keeps_its_lines() -> None:
    data = b"# Kop {#kop}\n\nEerst.\n\nTweede.\n\nDerde.\n\n(@a) Zie (@a).\n(@b) Zie (@b).\n\nLaatst.\n"
    passages = text_of(data).passages
    assert [(one.text, one.lines.first, one.lines.last) for one in passages[:2]] == [("Kop", 1, 1), ("Eerst.", 3, 3)]
    assert named(passages, "Laatst.").lines.first <= 12 <= named(passages, "Laatst.").lines.last


# --- places follow from the lines ----------------------------------------------------------------------------------


def test_what_is_cited_has_its_place_in_the_passage_that_cites_it() -> None:
    text = text_of(
        b"# Kop\n\nEerst.[^n]\n\nIn de tekst [@bron].\n\n| a        | b           |\n|:---------|:------------|\n"
        b"| x [@bron] | [@bron, 4] |\n\n[^n]: In een noot [@bron].\n"
    )
    places = [(site.place.line, site.place.column) for site in text.citations]
    assert places == [(11, 20), (5, 14), (9, 6), (9, 16)]


def test_a_panel_s_citation_has_its_place_in_the_text_that_cites_it() -> None:
    infographic = infographic_of(
        b"# niet @bron\ntitle: Feest\nlead: Kort\npanels:\n  - kind: points\n    title: Punten\n"
        b"    items: ['vergunning', \"afval\n      en meer [@bron]\"]\n"
    )
    assert [(site.place.line, site.place.column) for site in infographic.citations] == [(8, 16)]
