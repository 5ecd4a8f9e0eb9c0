"""What was read of a Word document becomes Markdown that is read as the same tree."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

import pytest

from dossierbuild.core.ast import Nodes, attr, node, plain_text, rewrite, text, walk
from dossierbuild.core.frozen_map import FrozenMap
from dossierbuild.core.word import (
    Block,
    Break,
    BreakKind,
    Cell,
    Field,
    Inline,
    Link,
    ListPlace,
    Look,
    Note,
    Paragraph,
    Picture,
    Row,
    Table,
    Text,
    TextBox,
)
from dossierbuild.core.word_tree import Reading, Special, inline_nodes, list_numbers, tree_of
from dossierbuild.tools.pandoc import read_markdown, write_markdown

BOLD, ITALIC, BOTH = Look(bold=True), Look(italic=True), Look(bold=True, italic=True)
ENGLISH, DUTCH = Look(language="en-US"), Look(language="nl-NL")
NUMBERS = count(1)


def p(*content: Inline | str, style: str = "normal", outline: int = 0, item: ListPlace | None = None) -> Paragraph:
    inlines = tuple(Text(part) if isinstance(part, str) else part for part in content)
    return Paragraph(
        number=next(NUMBERS), style=style, styles=(style,), content=inlines, outline=outline, item=item
    )  # fmt: skip


def bullet(*content: Inline | str, level: int = 0) -> Paragraph:
    return p(*content, item=ListPlace("1", level, "bullet"))


def numbered(*content: Inline | str, level: int = 0, kind: str = "decimal", start: int = 1, of: str = "2") -> Paragraph:
    return p(*content, item=ListPlace(of, level, kind, start))


def table(*rows: Sequence[str | Cell], **about: bool) -> Table:
    cells = [[cell if isinstance(cell, Cell) else Cell(blocks=(p(cell),)) for cell in row] for row in rows]
    return Table(rows=tuple(Row(tuple(row)) for row in cells), **about)  # type: ignore[arg-type]


def become(inline: Special, reading: Reading) -> Nodes:
    match inline:
        case Field(content=content) | Link(content=content):
            return inline_nodes(content, reading)
        case Picture(alt=alt):
            return [node("Image", attr(), text(alt), ["figures/een.png", ""])]
        case TextBox(blocks=blocks):
            return [node("Div", attr("", ["attention"]), tree_of(blocks, reading))]
        case _:
            return []


_READ_OTHERWISE = {
    "Str", "Space", "SoftBreak", "Quoted", "DoubleQuote", "SingleQuote", "ColWidth", "ColWidthDefault", "Figure",
    "Plain", "Para", "RawBlock", "RawInline",
}  # fmt: skip


def skeleton(nodes: Nodes) -> list[str]:
    """The kinds of the nodes of a tree, but for words, quotation marks, and how far apart blocks stand."""
    return [found["t"] for found in walk(nodes) if found["t"] not in _READ_OTHERWISE]


def folded(nodes: Nodes) -> str:
    """The words of a tree with straight quotation marks, dashes and points as they are typed."""
    nodes = rewrite(
        nodes, lambda made: node("Str", made["c"][1].replace("\\", "")) if made["t"] == "RawInline" else None
    )
    signs = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "–": "--", "—": "---", "\u00a0": " "})
    return plain_text(nodes).translate(signs)


def markdown(*blocks: Block) -> str:
    """The text that blocks become; it is read as the tree that it was written from."""
    tree = tree_of(blocks, Reading(become=become, numbers=list_numbers(blocks), language="nl-NL"))
    written = write_markdown(tree)
    again = read_markdown(written)[0]
    assert (skeleton(again), folded(again)) == (skeleton(tree), folded(tree))
    return written.rstrip("\n")


@pytest.mark.parametrize(
    ("content", "written"),
    [
        (("Een ", Text("vet ", BOLD), Text("woord", BOLD), "."), "Een **vet woord**."),
        (
            (Text("vet en ", BOLD), Text("cursief", BOTH), Text(" en ", BOLD), Text("vet", BOLD)),
            "**vet en *cursief* en vet**",
        ),
        (
            (Text("deel", ITALIC), "woord en ", Text("H", BOLD), Text("2", Look(subscript=True)), "O"),
            "*deel*woord en **H**~2~O",
        ),
        (("de ", Text("deel", BOLD), Text("woorden", ITALIC), " hier"), None),
        (("Kies ", Text("a_b*c", Look(style="html code")), " of 1. a #b @c \\d"), None),
        (("1. Geen lijst",), None),
        (("- Geen lijst",), None),
        (("# Geen kop",), None),
        (("> “Citaat” van 'haar' ... -- einde",), None),
        (
            ("Het ", Text("community building", ENGLISH), " van ", Text("hier", DUTCH)),
            'Het [community building]{lang="en"} van hier',
        ),
        (
            (Text("a b c d e f g h i", ENGLISH), Text(" een twee drie vier vijf zes zeven acht negen", DUTCH)),
            "a b c d e f g h i een twee drie vier vijf zes zeven acht negen",
        ),
        (
            ("a", Break(BreakKind.LINE), "b", Break(BreakKind.LINE), Break(BreakKind.LINE), "c", Break(BreakKind.PAGE)),
            "a\\\nb\n\nc",
        ),
        (
            ("Zie ", Link("https://a.nl/b_c?d=e", (Text("de ", BOLD), Text("pagina", BOLD))), "."),
            "Zie [**de pagina**](https://a.nl/b_c?d=e).",
        ),
        (("Zie ", Link("javascript:alert(1)", (Text("dit"),)), "."), "Zie dit."),
        (
            ("woord", Note("2", False, (p("De ", Text("noot", ITALIC), "."), p("En meer."))), "."),
            "woord[^1].\n\n[^1]: De *noot*.\n\n    En meer.",
        ),
        (("af\u00adbreken\tnu\u00a0hier",), None),
    ],
)
def test_words_keep_their_looks(content: tuple[Inline | str, ...], written: str | None) -> None:
    made = markdown(p(*content))
    assert written in (None, made)


@pytest.mark.parametrize(
    "typed", ["::: kader", ":::", ": zo", "---", "# een", "+ plus", "| a | b |", "```", "> x", "2) b"]
)
def test_signs_at_the_beginning_of_a_paragraph_begin_no_block(typed: str) -> None:
    (made,) = read_markdown(markdown(p("Term."), p(typed), p("Tekst.")).split("\n\n", 1)[1])[0][:1]
    assert made["t"] == "Para"
    assert plain_text([made]) == typed


def test_a_list_counts_on_behind_what_stands_between_its_items() -> None:
    made = markdown(
        bullet("a"),
        bullet("b", level=1),
        bullet("c", level=2),
        bullet("d"),
        p(""),
        numbered("een"),
        numbered("x", level=1, kind="lowerLetter"),
        numbered("y", level=1, kind="lowerLetter"),
        numbered("twee"),
        p("Tussen."),
        numbered("drie"),
        p("Nog.", style="list continue"),
        numbered("opnieuw", level=1, kind="lowerLetter"),
        numbered("zeven", start=7, of="3"),
    )
    assert made == (
        "- a\n  - b\n    - c\n- d\n\n"
        "1.  een\n    a.  x\n    b.  y\n2.  twee\n\nTussen.\n\n"
        "3.  drie\n\n    Nog.\n\n    a.  opnieuw\n\n<!-- -->\n\n7.  zeven"
    )


def test_a_table_has_its_head_and_its_merged_cells() -> None:
    assert markdown(table(["A", "B"], ["1", "2|3"], has_head=True)) == "| A   | B    |\n|-----|------|\n| 1   | 2\\|3 |"
    bold = [Cell(blocks=(p(Text(words, BOLD)),)) for words in ("A", "B")]
    assert markdown(table(bold, ["1", "2"])) == "| A   | B   |\n|-----|-----|\n| 1   | 2   |"
    merged = table(
        [Cell(blocks=(p("kop"),), columns=2)], ["1", "2"], [Cell(blocks=(p("r"),), rows=2), "x"], ["y"], has_head=True
    )
    assert markdown(merged) == (
        "+---------+\n| kop     |\n+====+====+\n| 1  | 2  |\n+----+----+\n"
        "| r  | x  |\n|    +----+\n|    | y  |\n+----+----+"
    )


def test_a_head_has_the_rows_that_its_cells_reach_into_and_rows_are_filled_up() -> None:
    tall = table([Cell(blocks=(p("kop"),), rows=2), "x"], ["y"], ["1"], has_head=True)
    head = tree_of([tall], Reading(become=become))[0]["c"][3][1]
    assert len(head) == 2
    assert "| 1" in markdown(tall)


def test_what_a_cell_holds_stays_in_it() -> None:
    listed = Cell(blocks=(p("een"), bullet("twee"), p("Kop", outline=2), table(["a", "b"], ["c", "d"])))
    made = markdown(table(["A", listed], ["c"]))
    assert all(line.startswith(("+", "|")) for line in made.split("\n"))
    assert [word for word in made.replace("|", " ").split() if word.strip("+-")] == [
        "A", "een", "twee", "**Kop**", "a", "b", "c", "d", "c",
    ]  # fmt: skip


def test_a_table_of_one_cell_and_a_text_box_are_what_the_caller_makes_of_a_box() -> None:
    framed = "::: attention\nDoos.\n:::"
    assert markdown(table([Cell(blocks=(p("Doos."),))])) == framed
    assert markdown(p("Ervoor ", TextBox((p("Doos."),)), "erna.")) == f"Ervoor erna.\n\n{framed}"


def test_headings_quotations_code_and_pictures() -> None:
    made = markdown(
        p(Text("Kop", BOLD), Break(BreakKind.LINE), Text("twee", BOLD), outline=2),
        p("Citaat.", style="quote"),
        p("En meer.", style="quote"),
        p("x <- 1", style="html preformatted"),
        p("  y", style="html preformatted"),
        p("Een ", Picture(part="x", alt="bij"), " hier."),
    )
    assert made == (
        "## Kop twee\n\n> Citaat.\n>\n> En meer.\n\n``` text\nx <- 1\n  y\n```\n\nEen ![bij](figures/een.png) hier."
    )


def test_the_numbers_of_a_level_begin_anew_behind_a_higher_item() -> None:
    items = [numbered("a", level=level) for level in (0, 1, 1, 0, 1)]
    assert list(list_numbers(items).values()) == [1, 1, 2, 2, 1]
    assert list_numbers([p("a")]) == FrozenMap()
