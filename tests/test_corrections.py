"""Each correction of WeasyPrint is needed, each shortcut changes nothing, and what has moved is told by name."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from edition import every_construct, hard_cases, render_on_paper
from paper_sample import (
    FOLDER,
    FONTS,
    IDENTIFIER,
    font_resources,
    page_html,
    sample_html,
    sample_resources,
    texts,
    write,
)
from seen import page_texts
from test_paper_notes import pages_of_notes

from dossierbuild.core.spec import Format
from dossierbuild.tools.paper import EngineError, PaperError, engine, write_pdf
from dossierbuild.tools.paper.corrections import (
    CORRECTIONS,
    RELIED_ON,
    TAGS,
    Correction,
    Kind,
    corrected,
    is_moved,
    place_of,
)
from dossierbuild.tools.pdf_reader import read_pdf

PAPER = Path(__file__).parent.parent / "src" / "dossierbuild" / "tools" / "paper"
ROWS = (*CORRECTIONS, TAGS)
NEEDED = [row for row in ROWS if row.kind is Kind.RIGHT or row.target.endswith("__init__")]
FAST = [row for row in ROWS if row.kind is Kind.FAST]


@contextmanager
def without(*left_out: Correction) -> Iterator[None]:
    """WeasyPrint with all corrections but these."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "CORRECTIONS", tuple(row for row in CORRECTIONS if row not in left_out))
        if TAGS in left_out:
            patch.setattr(engine, "tagging_engine", lambda _: corrected(()))
            patch.setattr("dossierbuild.tools.paper.tagging_engine", lambda _: corrected(()))
        yield


# --- what each row is needed for: the tests that the rows name ------------------------------------------------------


def notes_of(name: str) -> list[tuple[int, int]]:
    return pages_of_notes((FOLDER / f"notes-{name}.html").read_text("utf-8"))


def test_a_bordered_area_of_notes_does_not_overflow() -> None:
    """A margin, however small, has the area measured with all its notes."""
    html = (FOLDER / "notes-area.html").read_text("utf-8")
    html = html.replace("</style>", ".footnote { margin-top: 1e-6px }</style>")
    assert all(called <= printed <= called + 1 for called, printed in pages_of_notes(html))


def test_a_note_is_moved_once() -> None:
    """Two notes are handed on to a page that then has room for one line less than may stand before a break."""
    notes = "".join(f'<span class="footnote">Noot {"woord " * length}.</span>' for length in (100, 60, 60))
    body = f"<p>{'tekst ' * 40}</p><p>Begin{notes}.</p>" + f"<p>{'tekst ' * 150}.</p>" * 3
    css = "@page { size: A6; margin: 10mm } html { line-height: 1.4 } .footnote { float: footnote }"
    for orphans in range(4, 13):
        for called, printed in pages_of_notes(page_html(body, f"{css} p {{ orphans: {orphans} }}")):
            assert called <= printed <= called + 1


def test_no_note_is_lost_where_a_page_is_made_again() -> None:
    assert all(called <= printed <= called + 1 for called, printed in notes_of("remake"))


def test_no_note_is_lost_where_page_numbers_change() -> None:
    assert all(called <= printed <= called + 1 for called, printed in notes_of("pages"))


def test_notes_need_their_account() -> None:
    note = '<span class="footnote">Noot.</span>'
    assert "Noot." in page_texts(write(f"<p>tekst{note}</p>", ".footnote { float: footnote }").data)[0]


def test_words_at_the_ends_of_lines_are_apart_and_whole() -> None:
    words = "samenlevingsopbouw en buurtvoorzieningen in vrijwilligersorganisaties " * 12
    text = read_pdf(write(f"<p>{words}</p>", "p { width: 50mm; hyphens: auto }").data)
    assert texts(text, "P") == [words.strip()]


def test_letters_in_a_drawing_join() -> None:
    """The width of joined letters is another than that of the letters one by one."""
    fonts = {"fonts/regular.ttf": (FONTS / "NotoNaskhArabic-Regular.ttf").read_bytes()}
    drawing = '<svg viewBox="0 0 90 40" width="90" height="40"><title>A</title><text x="9" y="20">كتاب</text></svg>'
    pages = [page_html(f"<p>{body}</p>") for body in ("كتاب", drawing)]
    text, drawn = (shown_glyphs(write_pdf(page, fonts, identifier=IDENTIFIER).data) for page in pages)
    assert text == drawn


def test_a_drawing_has_the_colour_of_its_text() -> None:
    path = '<path fill="currentColor" d="M0 0h9v9z"/>'
    drawing = f'<svg viewBox="0 0 9 9" width="9" height="9" role="img" aria-label="A">{path}</svg>'
    page = page_html(f"<p style='color: #ff0000'>{drawing}</p>")
    with pikepdf.open(BytesIO(write_pdf(page, font_resources(), identifier=IDENTIFIER).data)) as pdf:
        colours = re.findall(rb"([\d. ]+) (?:rg|scn)\b", pdf.pages[0].Contents.read_bytes())
    assert {colour.split()[-3:] == [b"1", b"0", b"0"] for colour in colours} == {True}, colours


def shown_glyphs(data: bytes) -> list[str]:
    """The glyphs that the first page shows, in order, each as four hexadecimal digits."""
    with pikepdf.open(BytesIO(data)) as pdf:
        shown = re.findall(rb"<([0-9a-f]+)>", pdf.pages[0].Contents.read_bytes())
    return re.findall("[0-9a-f]{4}", b"".join(shown).decode())


def test_words_on_either_side_of_a_link_at_the_end_of_a_line_are_apart() -> None:
    sentence = "<p style='width: {}mm'>Volgens <a href='#x'>Vermeer (2019)</a> gaat het <em>zo</em> goed</p>"
    text = read_pdf(write("<h1 id='x'>Kop</h1>" + "".join(sentence.format(width) for width in range(20, 60))).data)
    assert texts(text, "P") == ["Volgens Vermeer (2019) gaat het zo goed"] * 40


def test_a_note_and_its_call_lead_to_each_other() -> None:
    note = '<span id="call"><span class="footnote" id="note" data-call="call">Noot.</span></span>'
    links = read_pdf(write(f"<p>tekst{note}</p>", ".footnote { float: footnote }").data).links
    assert {(link.destination, link.contents) for link in links} == {("note", "1"), ("call", "1.")}


def test_a_table_over_pages_is_one_table() -> None:
    rows = "".join(f"<tr><td>rij {number}</td></tr>" for number in range(90))
    assert len(texts(read_pdf(write(f"<table>{rows}</table>").data), "Table")) == 1


def test_a_table_says_on_a_next_page_that_it_goes_on() -> None:
    """On each page but the first, and for nobody who listens: there the table is one."""
    rows = "".join(f"<tr><td>rij {number}</td></tr>" for number in range(90))
    head = (
        "<thead><tr class='continued' aria-hidden='true'><th>Tabel 1 (vervolg)</th></tr><tr><th>Rij</th></tr></thead>"
    )
    data = write(f"<table>{head}{rows}</table>").data
    first, *others = (page for page in page_texts(data) if "rij " in page)
    assert "(vervolg)" not in first
    assert others
    assert all("Tabel 1 (vervolg)" in page for page in others)
    assert [text for text in texts(read_pdf(data), "Table") if "vervolg" in text] == []


def named_test(row: Correction) -> Callable[[], None]:
    module, _, name = row.test.partition(".py::")
    test: Callable[[], None] = getattr(importlib.import_module(module), name)
    return test


@pytest.mark.parametrize("row", NEEDED, ids=lambda row: row.target)
def test_a_right_result_needs_its_correction(row: Correction) -> None:
    with without(row), pytest.raises((AssertionError, PaperError)):
        named_test(row)()


# --- shortcuts ------------------------------------------------------------------------------------------------------

AWKWARD = {
    "empty": "<section><h2></h2></section><section></section><p></p><ul><li></li></ul>",
    "words": "<p>" + "meervoudigepersoonlijkheidsstoornis" * 6 + "</p><p>een&shy;twee&#8209;drie</p>",
    "columns": "<div style='columns: 2'>" + "<p>Een regel in kolommen, met een <em>woord</em>.</p>" * 40 + "</div>",
    "lists": "<style>li::marker { color: #c00 }</style>"
    "<ol start=4 style='list-style: lower-roman inside'><li>een<ul><li>twee<li>drie</ul></ol>"
    "<p style='display: list-item; list-style: square'>punt</p>",
    "generated": "<style>q::before { content: '«' } p::marker { color: red } em::after { content: counter(page) }"
    " h2 { counter-increment: k } h2::before { content: counter(k, upper-roman) '. '; float: left }</style>"
    "<h2>Kop</h2><p><q>citaat</q> <em>nadruk</em></p>",
    "logical": "<p style='margin-block-start: 2em; padding-inline: 3mm; direction: rtl'>tekst <b>vet</b></p>",
    "grid": "<div style='display: grid; grid-template-columns: 1fr auto min-content; gap: 2mm'>"
    "<div style='grid-column: span 2'>breed blok met tekst</div><div>smal</div>"
    "<div style='display: grid; grid-template-columns: max-content fit-content(20mm)'><p>a</p><p>b c d</p>"
    "<p style='grid-column: span 2'>over beide</p></div><div>x</div></div>"
    "<div style='display: grid; grid-template: 20mm / 30mm 40mm'><p style='grid-column: span 2'>vast</p></div>"
    + "".join(
        f"<div style='display: grid; justify-content: start; grid-template-columns: {columns}'>"
        "<p style='grid-column: span 2'>een langere tekst over beide</p><p>a</p><p>b</p></div>"
        for columns in ("auto auto", "min-content auto", "max-content auto", "auto 20mm", "fit-content(20mm) auto")
    ),
    "table": "<table><caption>Tabel</caption><thead><tr><th colspan=2>kop</th></tr></thead>"
    + "<tr><td>cel</td><td>inhoud van de cel</td></tr>" * 80
    + "</table>",
    "notes": "".join(f"<p>Zin<span class=footnote>Noot {number}</span> verder.</p>" for number in range(60)),
    "crowded": "<p>" + "".join(f"woord<span class=footnote>Noot {number}</span> " for number in range(150)) + "</p>",
    "mixed notes": "<style>@page { @footnote { max-height: 30%; margin-top: 3mm } } li { margin: 2mm }</style>"
    + "<p style='float: left; width: 30%'>ernaast</p>"
    + "".join(
        f"<p>Zin<span class=footnote>Noot {number}{extra}</span> verder.</p>"
        for number in range(12)
        for extra in ("", "<ul><li>punt</ul>", "<b style='float: right'>drijft</b>", " met meer woorden" * 9)
    ),
    "notes in columns": "<div style='columns: 2'>"
    + "<p>Een regel in kolommen<span class=footnote>Met een noot.</span>, met een woord.</p>" * 40
    + "</div>",
    "figure": "<figure style='float: right; break-inside: avoid'><img src='figures/drawing.svg' alt='tekening'>"
    "<figcaption>bijschrift</figcaption></figure>" + "<p>tekst eromheen</p>" * 20,
}


def awkward_page(name: str) -> bytes:
    css = "@page { size: A5; @footnote { border-top: 1pt solid } } .footnote { float: footnote }"
    return write_pdf(page_html(f"<h1>Kop</h1>{AWKWARD[name]}", css), sample_resources(), identifier=IDENTIFIER).data


@pytest.mark.thorough
@pytest.mark.parametrize("row", FAST, ids=lambda row: row.target)
@pytest.mark.parametrize("name", AWKWARD)
def test_no_shortcut_changes_a_byte(name: str, row: Correction) -> None:
    made = awkward_page(name)
    with without(row):
        assert awkward_page(name) == made


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["area", "remake", "pages"])
def test_no_shortcut_changes_a_byte_of_notes(name: str) -> None:
    html = (FOLDER / f"notes-{name}.html").read_text("utf-8")
    made = write_pdf(html, font_resources(), identifier=IDENTIFIER).data
    with without(*FAST):
        assert write_pdf(html, font_resources(), identifier=IDENTIFIER).data == made


def test_no_shortcut_changes_a_byte_of_the_sample() -> None:
    made = write_pdf(sample_html(), sample_resources(), identifier=IDENTIFIER).data
    with without(*FAST):
        assert write_pdf(sample_html(), sample_resources(), identifier=IDENTIFIER).data == made


EDITIONS = {"every-construct": every_construct, "hard-cases": hard_cases}


@cache
def papers(name: str) -> dict[str, bytes]:
    """The PDF of each publication of an edition, made in this process."""
    jobs = [job for job in EDITIONS[name]().jobs if job.format is Format.PDF]
    return {job.publication.id: render_on_paper(job).data for job in jobs}


@pytest.mark.parametrize("name", EDITIONS)
def test_no_shortcut_changes_a_byte_of_a_dossier(name: str) -> None:
    made = papers(name)
    with without(*FAST):
        assert papers.__wrapped__(name) == made


def calls_of_original(row: Correction, *, shortcut: bool) -> int:
    """How often WeasyPrint's own function is called for some pages, with the shortcut around it or without."""
    count = 0

    def correct(original: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **options: Any) -> Any:
            nonlocal count
            count += 1
            return original(*arguments, **options)

        return row.correct(counted) if shortcut else counted

    with without(row), dataclasses.replace(row, correct=correct).applied():
        for name in ("grid", "lists", "notes"):
            awkward_page(name)
    return count


@pytest.mark.parametrize("row", FAST, ids=lambda row: row.target)
def test_a_shortcut_saves_work(row: Correction) -> None:
    assert calls_of_original(row, shortcut=True) < calls_of_original(row, shortcut=False)


# --- the table ------------------------------------------------------------------------------------------------------

TREES = {path.name: ast.parse(path.read_text("utf-8")) for path in PAPER.glob("*.py")}
PUBLIC = {"HTML", "CSS", "Document", "FontConfiguration", "URLFetcher", "URLFetcherResponse"}
TARGETS = {row.target for row in (*ROWS, *RELIED_ON)}


def test_only_rows_replace_something() -> None:
    """`setattr` stands in the module of the rows alone, and nothing else is put on an imported module."""
    for name, tree in TREES.items():
        calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
        assert "setattr" not in calls or name == "corrections.py"
        stored = [
            node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
        ]
        assert not [ast.unparse(node) for node in stored if ast.unparse(node).startswith(("weasyprint.", "pydyf."))]


def test_all_that_is_leaned_on_is_a_row() -> None:
    names = {target.rpartition(".")[2] for target in TARGETS}
    for module, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("weasyprint"):
                assert {one.name for one in node.names} <= names | PUBLIC, f"{module}:{node.lineno}"
            elif isinstance(node, ast.Attribute) and node.attr[:1] == "_" and node.attr[:2] != "__":
                own = ast.unparse(node.value) in ("self", "fonts", "writer")
                assert own or node.attr in names, f"{module}:{node.lineno} leans on {node.attr}"
            elif isinstance(node, ast.Call) and ast.unparse(node.func) == "getattr" and len(node.args) == 3:
                read = ast.literal_eval(node.args[1])
                assert read[:1] != "_" or read[:2] == "__" or read in names, f"{module}:{node.lineno} leans on {read}"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.target)
def test_each_row_says_why_and_names_its_test(row: Correction) -> None:
    assert len(row.why.split()) >= 5
    assert callable(named_test(row))


@pytest.mark.parametrize("target", sorted(TARGETS))
def test_what_has_moved_is_told_by_name(target: str) -> None:
    assert target.startswith(("weasyprint.", "pydyf."))
    assert not is_moved(target)
    assert is_moved(f"{target}_elsewhere")
    owner, name = place_of(target)
    if name in vars(owner):
        with pytest.MonkeyPatch.context() as patch:
            patch.delattr(owner, name)
            if is_moved(target):
                with pytest.raises(EngineError, match=target):
                    engine.load_engine()


def test_nothing_is_replaced_when_a_document_is_done() -> None:
    before = [getattr(*place_of(row.target)) for row in ROWS]
    write("<p>tekst</p>")
    with pytest.raises(PaperError):
        write("<div>" * 2000)
    assert [getattr(*place_of(row.target)) for row in ROWS] == before
