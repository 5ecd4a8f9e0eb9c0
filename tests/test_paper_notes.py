"""No note is lost: random documents with notes, of which some make WeasyPrint lose them. Read back from the file."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from paper_sample import IDENTIFIER, font_resources, page_html, write
from seen import page_texts

from dossierbuild.tools.paper import write_pdf
from dossierbuild.tools.pdf_reader import read_pdf

# Documents that are made up in a run. Hundreds go well too, at a second or so for each.
NOTE_EXAMPLES = 25

WORDS = "samenleving buurt wonen de het een en ontmoeting vrijwilliger verantwoordelijkheid zorg mensen werk".split()
# Areas of which some make WeasyPrint lose notes by a rounding error.
NOTE_AREAS = (
    "",
    "border-top: .5pt solid; padding-top: 2mm",
    "border-top: .5pt solid; padding-top: 1mm",
    "border-top: .5pt solid; margin-top: 2mm; padding-top: 2mm",
    "border-top: 1px solid; padding-top: 8px",
    "margin-top: .7em; border-top: .3pt solid; padding-top: .37em",
)


@st.composite
def passages(draw: st.DrawFn, longest: int) -> str:
    """Running text in which 0 to 4 notes are called."""

    def words(most: int) -> str:
        count, start = draw(st.integers(2, most)), draw(st.integers(0, len(WORDS) - 1))
        return " ".join(WORDS[(start + step * step) % len(WORDS)] for step in range(count))

    notes = draw(st.integers(0, 4))
    parts = [f'<span class="footnote">Noot {words(40)}.</span> {words(longest)}' for _ in range(notes)]
    return f"{words(longest)}" + "".join(parts) + "."


@st.composite
def blocks(draw: st.DrawFn, kinds: tuple[str, ...]) -> str:
    kind = draw(st.sampled_from(kinds))
    if kind == "list":
        points = draw(st.lists(passages(20), min_size=1, max_size=4))
        return f"<ul>{''.join(f'<li>{text}</li>' for text in points)}</ul>"
    if kind == "table":
        rows = draw(st.lists(passages(12), min_size=1, max_size=6))
        cells = "".join(f"<tr><td>cel</td><td>{text}</td></tr>" for text in rows)
        return f"<table><thead><tr><th>a</th><th>b</th></tr></thead>{cells}</table>"
    if kind == "box":
        return f'<div class="box"><h3>Kader</h3><p>{draw(passages(30))}</p><p>{draw(passages(30))}</p></div>'
    if kind == "heading":
        return "<h2 id='PLACE'>Tussenkop</h2>"
    return f'<div class="{kind}"><p>{draw(passages(60))}</p></div>'


@st.composite
def annotated(draw: st.DrawFn, kinds: tuple[str, ...], areas: tuple[str, ...]) -> str:
    """A document with notes, with a table of contents, which makes the engine lay out pages more than once."""
    body = draw(st.lists(blocks(kinds), min_size=6, max_size=24))
    numbered = [block.replace("PLACE", f"kop{place}") for place, block in enumerate(body)]
    places = re.findall(r"id='(\w+)'", "".join(numbered))
    contents = "".join(f"<li><a href='#{place}'>kop</a> <span data-href='#{place}'></span></li>" for place in places)
    css = f"""
        @page {{ size: {draw(st.sampled_from(["A5", "A4"]))}; margin: {draw(st.integers(12, 24))}mm;
                 @footnote {{ {draw(st.sampled_from(areas))} }} }}
        html {{ font: {draw(st.sampled_from([9, 9.5, 10.3]))}pt/{draw(st.sampled_from([1.2, 1.37, 1.5]))} Text;
                orphans: {draw(st.integers(1, 3))}; widows: {draw(st.integers(1, 3))};
                hyphens: auto; text-align: justify }}
        .footnote {{ float: footnote; font-size: {draw(st.sampled_from([".8em", "7.3pt"]))} }}
        .box {{ break-inside: {draw(st.sampled_from(["auto", "avoid"]))}; border: 1px solid; padding: 2mm }}
        .columns {{ columns: 2 }} h2, h3 {{ break-after: avoid }} td {{ border: 1px solid }}
        nav span::after {{ content: target-counter(attr(data-href url), page) }}"""
    return page_html(f"<h1>Noten</h1><nav role='doc-toc'><ol>{contents}</ol></nav>{''.join(numbered)}", css)


def pages_of_notes(html: str) -> list[tuple[int, int]]:
    """For each note, the page of its call and the page that it is printed on; each must be printed once."""
    paper = write_pdf(html, font_resources(), identifier=IDENTIFIER)
    facts = read_pdf(paper.data)
    pages = {element.identifier: element.page for element in facts.elements if element.identifier}
    calls = [name for name in pages if name.startswith("call-")]
    assert len(calls) == html.count('class="footnote"')
    seen = sum(text.count("Noot ") for text in page_texts(paper.data))
    assert seen == len(calls), "each note is seen once on the pages"
    return [(pages[name], pages[name.replace("call", "note")]) for name in calls]


@settings(max_examples=NOTE_EXAMPLES, derandomize=True, deadline=None, database=None)
@given(html=annotated(("text", "text", "text", "list", "table", "box", "heading"), NOTE_AREAS))
def test_each_note_is_printed_on_the_page_of_its_call_or_the_next(html: str) -> None:
    for called, printed in pages_of_notes(html):
        assert called <= printed <= called + 1


@settings(max_examples=NOTE_EXAMPLES // 2, derandomize=True, deadline=None, database=None)
@given(html=annotated(("text", "columns", "columns", "table", "heading"), (*NOTE_AREAS, "max-height: 30%")))
def test_no_note_is_lost_in_columns_or_a_small_area(html: str) -> None:
    for called, printed in pages_of_notes(html):
        assert called <= printed


def test_many_long_notes_stay_on_the_page() -> None:
    notes = "".join(f'<span class="footnote">Noot {number} {"woord " * 250}</span>' for number in range(6))
    paper = write(f"<h1>Kop</h1><p>tekst{notes}</p>", "@page { size: A5 } .footnote { float: footnote }")
    assert "".join(page_texts(paper.data)).count("woord") == 6 * 250
    assert paper.log == ()
