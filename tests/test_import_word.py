"""Word documents as dossiers: what is taken, what it becomes, and what is told of the rest.

The report of `word_report.py` has what Dutch Word makes of a report; other bodies show a construct each.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
import yaml
from command import run as command
from word_files import field, paragraph, run, table, word_file, xml
from word_report import (
    BOLD,
    FORMULA,
    STYLES,
    bookmark,
    caption,
    chart,
    drawing,
    item,
    picture,
    report,
    text_box,
)

from dossierbuild.commands.import_ import is_picture
from dossierbuild.commands.word_sources import sources_of
from dossierbuild.core.catalogue import Language
from dossierbuild.core.problems import Problem
from dossierbuild.core.word import Changes
from dossierbuild.stages.adopt.word import Headings, adopt_document
from dossierbuild.tools.docx import read_document
from dossierbuild.tools.office import has_office

HEAD = paragraph("Bomen", style="Titel") + paragraph("12 maart 2024")
CHAPTER = HEAD + paragraph("Kop", style="Kop1")


def adopted(
    document: bytes, headings: Headings | None = None, changes: Changes = Changes.ACCEPT
) -> tuple[Mapping[str, str], tuple[Problem, ...]]:
    """The texts of the dossier that is made of a document, and what is told."""
    made = adopt_document(read_document(document, changes), "rapport.docx", "rapport", is_picture, headings)
    assert made.value is not None
    texts = {path: data.decode("utf-8") for path, data in made.value.files.items() if not path.startswith("figures/")}
    return {**texts, **dict.fromkeys((path for path in made.value.files if path not in texts), "")}, made.problems


@cache
def whole() -> tuple[Mapping[str, str], tuple[Problem, ...]]:
    return adopted(report())


def chapters(body: str, headings: Headings | None = None) -> list[str]:
    texts, _ = adopted(report(body), headings)
    return [texts[path] for path in sorted(texts) if path.startswith("chapters/")]


def body(words: str, **parts: str) -> str:
    """The text of a chapter with this body, below its heading."""
    texts, _ = adopted(report(CHAPTER + words, **parts))
    (text,) = (texts[path] for path in texts if path.startswith("chapters/"))
    return text.split("# Kop {#kop}\n\n", 1)[-1].rstrip("\n")


def told(words: str, code: str, **parts: str | bytes) -> list[str]:
    """The words of the problems of a code, in order."""
    return [" ".join(map(str, found.words.values())) for found in adopted(report(CHAPTER + words, **parts))[1]
            if found.code == code]  # fmt: skip


# --- the whole -------------------------------------------------------------------------------------------------------


def test_the_cover_is_what_the_dossier_says_of_itself() -> None:
    about = yaml.safe_load(whole()[0]["dossier.yaml"])
    assert (about["title"], about["subtitle"], about["date"]) == ("Bomen in de stad", "Een verkenning", "2024-03-12")
    assert [person["name"] for person in about["authors"]] == ["Anna de Vries", "Bart Smit"]
    assert about["language"] == "nl-NL"


def test_chapters_begin_at_headings_by_the_name_of_their_style() -> None:
    texts, _ = whole()
    assert sorted(path for path in texts if path.startswith("chapters/")) == [
        "chapters/01-samenvatting.md", "chapters/02-inleiding.md", "chapters/03-uitkomsten.md",
        "chapters/04-vragenlijst.md",
    ]  # fmt: skip
    assert texts["chapters/01-samenvatting.md"].startswith(
        "---\nkind: summary\n---\n\n# Samenvatting {#samenvatting}\n"
    )
    assert texts["chapters/04-vragenlijst.md"].startswith("---\nkind: appendix\n---\n\n# Vragenlijst {#vragenlijst}\n")
    assert texts["in-het-kort.md"] == "# In het kort\n\nBomen maken de stad koeler.\n"


def test_captions_fields_notes_lists_and_tables_are_those_of_a_dossier() -> None:
    text = whole()[0]["chapters/02-inleiding.md"]
    assert "Zie [](#fig-de-zieke-iep), [](#tbl-bomen-per-wijk) en pagina 7. Water[^1] en [urban" in text
    assert '[urban forestry]{lang="en"}' in text
    assert "- eik\n  - zomereik\n- beuk\n" in text
    assert "\n## Waar zij staan\n" in text
    assert (
        '![Bomen aan het water](figures/fig-1.png){#fig-bomen-aan-het-water alt="Een rij bomen langs een gracht."}'
        in text
    )
    assert "verhaal. Dat vertellen wij hier.\n\n![De zieke iep](figures/fig-1.png){#fig-de-zieke-iep alt=" in text
    assert "| West | 800   |\n\n: Bomen per wijk {#tbl-bomen-per-wijk}\n" in text
    assert "| Soorten     | Aantal |\n+======+======+========+\n| Loof | eik  | 3      |\n|      +---" in text
    assert text.endswith("[^1]: Uit de grond.\n")


def test_charts_boxes_and_formulas_are_those_of_a_dossier() -> None:
    texts, _ = whole()
    text = texts["chapters/03-uitkomsten.md"]
    assert '.chart data="grafiek.csv" type="bar" x="categorie" y="Bomen" decimal="." alt="Het aantal bomen' in text
    assert texts["data/grafiek.csv"] == "categorie,Bomen\n2021,41\n2022,0.3\n"
    assert "Een web ([de cijfers](data/een-web.csv))" in text
    assert "Een punt.\n\n::: attention\n### Let op\n\nSnoei alleen in de winter.\n:::\n" in text
    assert "De oppervlakte is $x^{2}$.\n\n$$x^{2}$$\n\n> Wie een boom plant" in text
    assert "1.  eerst\n\nEn dan:\n\n2.  daarna\n" in text
    assert "niet voor lezers" not in text


def test_what_did_not_come_is_told_at_its_paragraph() -> None:
    places = {(found.code, found.place.line) for found in whole()[1]}
    assert places == {
        ("D818", 5), ("D851", 0), ("D853", 51), ("D854", 40), ("D857", 11), ("D858", 50), ("D860", 0), ("D862", 50),
        ("D864", 41),
    }  # fmt: skip


@pytest.mark.built
def test_the_dossier_passes_its_check_and_is_built(tmp_path: Path) -> None:
    (tmp_path / "rapport.docx").write_bytes(report())
    done = command("import", str(tmp_path / "rapport.docx"), str(tmp_path / "nieuw"))
    assert done.code == 0
    made = command("build", str(tmp_path / "nieuw"), "--draft", "--format", "html", "--output", str(tmp_path / "uit"))
    assert made.code == 0, made.err
    page = next((tmp_path / "uit").rglob("*-dossier.html")).read_text("utf-8")
    words = " ".join(re.sub(r"<[^<>]*>", "", page).split())
    assert "Zie figuur 2, tabel 1 en pagina 7. Water" in words


# --- changes and comments --------------------------------------------------------------------------------------------

COMMENTS = xml(
    "w:comments",
    '<w:comment w:id="1" w:author="Eva Bos"><w:p><w:r><w:t>Klopt dit?</w:t></w:r></w:p></w:comment>',
)
CHANGED = paragraph("Tekst ", f'<w:ins w:id="1" w:author="Eva Bos">{run("nieuw")}</w:ins>')


@pytest.mark.parametrize(("choice", "words"), [("accept", "Tekst nieuw"), ("reject", "Tekst")])
def test_changes_are_decided_by_who_imports(tmp_path: Path, choice: str, words: str) -> None:
    (tmp_path / "rapport.docx").write_bytes(report(CHAPTER + CHANGED))
    refused = command("import", str(tmp_path / "rapport.docx"), str(tmp_path / "nieuw"))
    assert (refused.code, (tmp_path / "nieuw").exists()) == (3, False)
    assert "D846" in refused.err
    done = command("import", str(tmp_path / "rapport.docx"), str(tmp_path / "nieuw"), "--changes", choice)
    assert done.code == 0
    assert (tmp_path / "nieuw" / "chapters" / "01-kop.md").read_text("utf-8").endswith(f"\n{words}\n")


def test_a_comment_is_printed_and_its_author_stored_nowhere(tmp_path: Path) -> None:
    words = paragraph('<w:commentRangeStart w:id="1"/>', run("Een zin."), '<w:commentRangeEnd w:id="1"/>')
    (tmp_path / "rapport.docx").write_bytes(report(CHAPTER + words, comments=COMMENTS))
    done = command("import", str(tmp_path / "rapport.docx"), str(tmp_path / "nieuw"))
    assert "rapport.docx:4: opmerking D849: opmerking van Eva Bos bij 'Een zin.': Klopt dit?" in done.err
    stored = [file.read_bytes() for file in (tmp_path / "nieuw").rglob("*") if file.is_file()]
    assert not any(b"Eva Bos" in data or b"Klopt dit" in data for data in stored)
    assert b"D850" in (tmp_path / "nieuw" / "import.log").read_bytes()


# --- headings --------------------------------------------------------------------------------------------------------

LARGE = '<w:b/><w:sz w:val="32"/>'
SMALLER = '<w:b/><w:sz w:val="26"/>'
BY_LOOKS = (
    paragraph(run("1 Aanleiding", LARGE)) + paragraph("Een zin.") + paragraph(run("1.1 Waarom", SMALLER))
    + paragraph("Nog een zin.") + paragraph(run("Dit is een zin, en die is vet.", BOLD))
)  # fmt: skip


def test_headings_without_styles_are_proposed_and_told() -> None:
    texts, problems = adopted(report(HEAD + BY_LOOKS))
    assert texts["chapters/01-aanleiding.md"] == (
        "# Aanleiding {#aanleiding}\n\nEen zin.\n\n## Waarom\n\nNog een zin.\n\n**Dit is een zin, en die is vet.**\n"
    )
    assert [(found.place.line, found.words["level"]) for found in problems if found.code == "D847"] == [
        (3, "1"),
        (5, "2"),
    ]


def test_looks_are_no_headings_unless_they_are_asked_for() -> None:
    (alone,) = chapters(HEAD + BY_LOOKS, Headings.STYLES)
    assert "\n**1 Aanleiding**\n" in alone
    (styled,) = chapters(CHAPTER + BY_LOOKS)
    assert "\n**1.1 Waarom**\n" in styled
    (guessed,) = chapters(CHAPTER + BY_LOOKS, Headings.GUESS)
    assert "\n## Aanleiding\n" in guessed
    assert "\n### Waarom\n" in guessed


@pytest.mark.parametrize(
    ("typed", "words"),
    [("1.2 Bomen", "Bomen"), ("1. Bomen", "Bomen"), ("Hoofdstuk 3: Bomen", "Bomen"), ("3 redenen", "3 redenen"),
     ("2024 in cijfers", "2024 in cijfers"), ("1Bomen", "1Bomen")],
)  # fmt: skip
def test_a_typed_number_leaves_a_heading_where_it_is_one(typed: str, words: str) -> None:
    (text,) = chapters(HEAD + paragraph(typed, style="Kop1") + paragraph("Tekst."))
    assert text.startswith(f"# {words} {{#")


def test_a_single_heading_above_all_is_the_title() -> None:
    lone = paragraph("Alles over bomen", style="Kop1") + paragraph("Bij wijze van begin.")
    texts, _ = adopted(report(lone + "".join(
        paragraph(words, style="Kop2") + paragraph("Tekst.") for words in ("Wortel", "Kroon"))))  # fmt: skip
    assert yaml.safe_load(texts["dossier.yaml"])["title"] == "Alles over bomen"
    assert [path for path in sorted(texts) if path.startswith("chapters/")][-2:] == [
        "chapters/01-wortel.md", "chapters/02-kroon.md",
    ]  # fmt: skip


def test_no_level_is_skipped_and_a_heading_with_a_picture_only_is_none() -> None:
    text = body(paragraph(drawing(picture()), style="Kop2") + paragraph("Diep", style="Kop3") + paragraph("Tekst."))
    assert text == "![](figures/fig-1.png)\n\n## Diep\n\nTekst."


def test_appendices_below_a_heading_are_appendices() -> None:
    texts = chapters(CHAPTER + paragraph("Tekst.") + paragraph("Bijlagen", style="Kop1") + "".join(
        paragraph(f"Bijlage {number}: {words}", style="Kop2") + paragraph("Tekst.")
        for number, words in ((1, "Kaart"), (2, "Lijst"))))  # fmt: skip
    assert [text.split("\n")[4] for text in texts[1:]] == ["# Kaart {#kaart}", "# Lijst {#lijst}"]
    assert all("kind: appendix" in text for text in texts[1:])


def test_a_chapter_without_anything_is_told_and_a_part_stays() -> None:
    empty = HEAD + paragraph("Deel I: Wortels", style="Kop1") + paragraph("Leeg", style="Kop1")
    texts, problems = adopted(report(empty + paragraph("Vol", style="Kop1") + paragraph("Tekst.")))
    assert texts["chapters/01-wortels.md"] == "---\nkind: part\n---\n\n# Wortels {#wortels}\n"
    assert [(str(found.place), found.words["title"]) for found in problems if found.code == "D833"] == [
        ("rapport.docx:4", "Leeg")
    ]


def test_a_table_of_contents_that_was_typed_is_left_out() -> None:
    lines = "".join(paragraph(f"{words}\t{page}") for words, page in (("Een", 2), ("Twee", 3), ("Drie", 7)))
    (text,) = chapters(
        HEAD + paragraph("Inhoud", style="Kop1") + lines + paragraph("Kop", style="Kop1") + paragraph("T.")
    )
    assert text == "# Kop {#kop}\n\nT.\n"


# --- captions and references -----------------------------------------------------------------------------------------


def test_captions_above_and_below_go_with_what_most_of_them_stand_at() -> None:
    cells = (paragraph("a"), paragraph("b"))
    below = "".join(table(cells, cells) + caption("Tabel", number, f"Onder {number}") for number in (1, 2))
    assert [line for line in body(below).split("\n") if line.startswith(":")] == [
        ": Onder 1 {#tbl-onder-1}", ": Onder 2 {#tbl-onder-2}",
    ]  # fmt: skip
    above = "".join(caption("Figuur", number, f"Boven {number}") + paragraph(drawing(picture())) for number in (1, 2))
    assert body(above).startswith("![Boven 1](figures/fig-1.png){#fig-boven-1}\n\n![Boven 2]")


@pytest.mark.parametrize(
    "typed", ["Figuur 3: De gracht", "Figuur 3. De gracht", "figuur 3 De gracht", "Afbeelding 3 – De gracht"]
)
def test_a_typed_caption_is_one_beside_a_picture_only(typed: str) -> None:
    assert body(paragraph(drawing(picture())) + paragraph(typed)) == "![De gracht](figures/fig-1.png){#fig-de-gracht}"
    assert "De gracht" in body(paragraph(typed) + paragraph("Tekst."))


def test_a_label_on_a_line_of_its_own_is_that_of_the_title_below_it() -> None:
    cells = (paragraph("a"), paragraph("b"))
    in_apa = paragraph(run("Tabel 1", BOLD)) + paragraph(run("Bomen per wijk", "<w:i/>")) + table(cells, cells)
    assert body(paragraph("Tekst.") + in_apa).endswith("\n\n: *Bomen per wijk* {#tbl-bomen-per-wijk}")
    assert body(paragraph("Tabel 1") + paragraph("Tekst.") + paragraph("Nog meer.")).startswith("Tabel 1\n\nTekst.")


def test_a_caption_by_its_style_goes_before_a_line_that_looks_like_one() -> None:
    text = body(paragraph("Figuur 1 van het rapport") + paragraph(drawing(picture())) + caption("Figuur", 1, "Gracht"))
    assert text == "Figuur 1 van het rapport\n\n![Gracht](figures/fig-1.png){#fig-gracht}"


def test_pictures_side_by_side_with_a_caption_are_one_figure() -> None:
    text = body(paragraph(drawing(picture(), 'descr="A" name="a"'), drawing(picture(), 'descr="B" name="b"'))
                + caption("Figuur", 1, "Samen"))  # fmt: skip
    assert text.startswith('::: {#fig-samen .figures}\n![](figures/fig-1.png){alt="A"}\n\n![]')
    assert text.endswith("\n\nSamen\n:::")


def test_a_caption_in_a_text_box_is_that_of_the_picture_beside_it() -> None:
    text = body(paragraph(drawing(picture()), text_box(caption("Figuur", 1, "Drijvend"))))
    assert text == "![Drijvend](figures/fig-1.png){#fig-drijvend}"


def test_a_caption_without_anything_is_a_paragraph_and_told() -> None:
    words = caption("Figuur", 1, "Nergens") + paragraph("Tekst.")
    assert body(words).startswith("Figuur 1. Nergens\n")
    assert told(words, "D856") == ["Figuur 1. Nergens"]


@pytest.mark.parametrize(
    ("printed", "sentence"),
    [
        ("Figuur 1", "Zie [](#fig-gracht)."),
        ("1", "Zie [](#fig-gracht)."),
        ("hierboven", "Zie figuur [hierboven](#fig-gracht)."),
    ],
)
def test_a_reference_prints_its_label_once(printed: str, sentence: str) -> None:
    before = "Zie " if printed == "Figuur 1" else "Zie figuur "
    words = paragraph(before, field(" REF _Ref1 \\h ", printed=printed), ".")
    text = body(words + paragraph(drawing(picture())) + caption("Figuur", 1, "Gracht", "_Ref1"))
    assert text.startswith(f"{sentence}\n")


def test_links_and_references_to_headings_lead_to_their_ids() -> None:
    text = body(
        paragraph("Zie paragraaf ", field(" REF _Ref2 \\r \\h ", printed="1.1"), " of ",
                  '<w:hyperlink w:anchor="_Ref2">' + run("de methode") + "</w:hyperlink>", ".")
        + paragraph(bookmark("_Ref2", run("Methode")), style="Kop2") + paragraph("Tekst.")
    )  # fmt: skip
    assert text.startswith("Zie [](#methode) of [de methode](#methode).\n\n## Methode {#methode}\n")


# --- pictures, charts, formulas --------------------------------------------------------------------------------------


def test_a_picture_that_cannot_be_shown_keeps_its_caption_and_is_told() -> None:
    words = paragraph(drawing(picture("i2"), 'name="x" descr="Een boom."')) + caption("Figuur", 1, "Boom")
    assert body(words) == '![Boom](figures/niet-overgenomen.svg){#fig-boom alt="Deze figuur is niet overgenomen"}'
    assert told(words, "D859") == ["PNG Een boom."]


def test_a_small_picture_stays_in_its_sentence() -> None:
    small = drawing(picture(), 'name="x" descr="een blad"', height=180_000)
    assert body(paragraph("Kies ", small, " hier.")) == 'Kies ![](figures/fig-1.png){alt="een blad"} hier.'


@pytest.mark.parametrize(
    ("kind", "grouping", "values", "drawn"),
    [
        ("barChart", "clustered", {"a": "1", "b": "2"}, 'type="bar"'),
        ("barChart", "percentStacked", {"a": "1", "b": "2"}, 'type="stacked"'),
        ("lineChart", "standard", {"2020": "1", "2021": "2"}, 'type="line"'),
        ("pieChart", "", {"a": "1", "b": "2"}, 'type="share"'),
        ("barChart", "clustered", {"a": "", "b": ""}, "([de cijfers](data/trend.csv))"),
        ("scatterChart", "", {"1": "1", "2": "2"}, "([de cijfers](data/trend.csv))"),
    ],
)
def test_a_chart_is_drawn_where_there_is_a_kind_for_it(
    kind: str, grouping: str, values: dict[str, str], drawn: str
) -> None:
    part = {"charts/chart1": chart(kind, ("Groei, netto", values), title="Trend", grouping=grouping)}
    texts, _ = adopted(report(CHAPTER + paragraph(drawing('<c:chart r:id="c1"/>')), **part))
    assert drawn in texts["chapters/01-kop.md"]
    assert texts["data/trend.csv"].startswith("categorie,Groei netto\n")


def test_a_formula_that_cannot_be_set_keeps_its_letters() -> None:
    framed = "<m:oMath><m:borderBox><m:e><m:r><m:t>E=mc</m:t></m:r></m:e></m:borderBox></m:oMath>"
    assert body(paragraph("Zo: ", framed, " en ", FORMULA)) == "Zo: `E=mc` en $x^{2}$"
    assert told(paragraph(framed), "D861") == ["E=mc"]


EMF = b"".join(
    value.to_bytes(size, "little")
    for value, size in [
        # a head that says how large the drawing is, a rectangle, and the end
        (1, 4), (88, 4), (0, 4), (0, 4), (100, 4), (50, 4), (0, 4), (0, 4), (5000, 4), (2500, 4), (0x464D4520, 4),
        (0x10000, 4), (132, 4), (3, 4), (1, 2), (0, 2), (0, 4), (0, 4), (0, 4), (1000, 4), (500, 4), (500, 4), (250, 4),
        (43, 4), (24, 4), (5, 4), (5, 4), (90, 4), (45, 4), (14, 4), (20, 4), (0, 4), (0, 4), (20, 4),
    ]
)  # fmt: skip
DRAWN = word_file(
    CHAPTER + paragraph(drawing(picture())), {"word/styles.xml": STYLES, "word/media/x.emf": EMF}, {"i1": "media/x.emf"}
)


def test_a_drawing_of_windows_is_told_where_nothing_can_read_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    texts, problems = adopted(DRAWN)
    assert [found.words["kind"] for found in problems if found.code == "D859"] == ["EMF"]
    assert not any(path.startswith("figures/") for path in texts)


@pytest.mark.skipif(not has_office(), reason="LibreOffice is not on this machine")
def test_a_drawing_of_windows_becomes_a_picture_where_libreoffice_is() -> None:
    texts, problems = adopted(DRAWN)
    assert [path for path in texts if path.startswith("figures/fig-1.")]
    assert not [found for found in problems if found.code == "D859"]


def test_a_chart_in_a_cell_is_a_link_to_its_numbers_and_told() -> None:
    drawn = paragraph(drawing('<c:chart r:id="c1"/>'))
    words = table((paragraph("a"), drawn), (paragraph("b"), paragraph("c")))
    assert "[de cijfers](data/grafiek.csv)" in body(words)
    assert told(words, "D854") == ["barChart data/grafiek.csv"]
    assert not told(words, "D852")


def test_a_box_has_one_heading_and_no_box_in_it() -> None:
    inner = text_box(paragraph(run("Binnen", BOLD)), paragraph("Twee."))
    text = body(paragraph("Tekst.", text_box(paragraph(run("Buiten", BOLD)), paragraph("Een.", inner))))
    assert (text.count(":::"), text.count("#")) == (2, 3)
    assert all(words in text for words in ("### Buiten", "Een.", "Binnen", "Twee."))


# --- what a dossier cannot have --------------------------------------------------------------------------------------


def test_tables_within_tables_and_lists_within_cells_stay_in_their_cell() -> None:
    inner = table((paragraph("b"), paragraph("c")))
    text = body(table((paragraph("a"), item("punt") + inner + paragraph("d")), (paragraph("e"), paragraph("f"))))
    assert all(line.startswith(("+", "|")) for line in text.split("\n"))
    assert "| - punt" in text


def test_signs_that_no_text_can_have_are_gone() -> None:
    assert body(paragraph("af\u00adbreken \uf0b7 punt")) == "afbreken punt"


def test_the_language_is_that_of_the_words() -> None:
    english = "The trees of the city are old and they are cared for by the people of the town."
    texts, _ = adopted(report(paragraph("Trees", style="Titel") + paragraph("March 2024")
                              + paragraph("Introduction", style="Kop1") + paragraph(english)))  # fmt: skip
    assert yaml.safe_load(texts["dossier.yaml"])["language"] == "en-GB"
    assert "in-short.md" in texts


# --- sources ---------------------------------------------------------------------------------------------------------

ITEM = {
    "type": "book", "title": "De stad als bos", "author": [{"family": "Aarts", "given": "Ina"}],
    "issued": {"date-parts": [[2018]]}, "publisher": "Boom",
}  # fmt: skip
ZOTERO = {
    "citationItems": [{"id": 1, "itemData": ITEM, "locator": "12", "label": "page"}],
    "properties": {"plainCitation": "(Aarts, 2018, p. 12)"},
}
SLANTED = "<w:i/>"
LIVE = field(f" ADDIN ZOTERO_ITEM CSL_CITATION {escape(json.dumps(ZOTERO))} ", printed="(Aarts, 2018, p. 12)")
SOURCES = (
    paragraph("Zie ", LIVE, " en (Bos, 2019), maar niet (Cox, 2001).")
    + paragraph("Literatuur", style="Kop1")
    + paragraph("Aarts, I. (2018). ", run("De stad als bos", SLANTED), ". Boom.")
    + paragraph("Bos, K. (2019). ", run("Bomen snoeien", SLANTED), ". Van Gorcum.")
)  # fmt: skip


def test_works_of_fields_and_of_a_typed_list_become_sources_and_citations_keys(tmp_path: Path) -> None:
    (tmp_path / "rapport.docx").write_bytes(report(CHAPTER + SOURCES))
    done = command("import", str(tmp_path / "rapport.docx"), str(tmp_path / "nieuw"))
    assert done.code == 0, done.err
    listed = yaml.safe_load((tmp_path / "nieuw" / "references.yaml").read_text("utf-8"))["references"]
    assert [(work["id"], work["title"]) for work in listed] == [
        ("aarts2018", "De stad als bos"), ("bos2019", "Bomen snoeien"),
    ]  # fmt: skip
    (chapter,) = (tmp_path / "nieuw" / "chapters").iterdir()
    assert chapter.read_text("utf-8") == (
        "# Kop {#kop}\n\nZie [@aarts2018, p. 12] en [@bos2019], maar niet (Cox, 2001).\n"
    )
    assert "D831" in done.err


def test_a_chapter_about_sources_is_no_list() -> None:
    prose = paragraph("Bronnen", style="Kop1") + paragraph("Wij spraken met boswachters, en lazen alle jaarverslagen.")
    found = sources_of(read_document(report(CHAPTER + prose)), "rapport.docx", None, Language.NL)
    assert (found.cited.listed, found.cited.references) == (frozenset(), "references: []\n")
